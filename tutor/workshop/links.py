"""Print the links that open the course for students: on Binder, and on a JupyterHub.

`python -m tutor links` finds the instructor's own copy of the repository by the remote of this clone, and
prints for it the address that starts the course on mybinder.org and, with ``--hub``, the one that brings it
into a student's home on a JupyterHub (nbgitpuller), each with a badge in Markdown.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from tutor.workshop.bootstrap import COURSE, ROOT
from tutor.workshop.lab import FIRST_NOTEBOOK

BINDER = "https://mybinder.org"
BINDER_BADGE = f"{BINDER}/badge_logo.svg"
HUB_BADGE = "https://img.shields.io/badge/open%20on-JupyterHub-F37726"

# The default branch of a repository; only Binder has a name for it.
DEFAULT_BRANCH = "HEAD"

_SSH_SHORT = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?P<path>(?!//).+)")
_HERE_ONLY = re.compile(r"file:|[./~\\]|[A-Za-z]:[\\/]")
_NOT_IN_BRANCH = re.compile(r"[\s~^:?*\[\\\x00-\x1f\x7f]|\.\.|//|@\{|^[-/.]|[/.]$|\.lock$")
# Hosts that take ssh on the port of the web under another name.
_SSH_NAMES = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com"}


class LinkError(ValueError):
    """No link can be made; the text says what was given, what is allowed and what to do."""


@dataclass(frozen=True)
class Repository:
    """A repository that can be read over the web.

    Parameters
    ----------
    address : str
        Its address, ``https://host/owner/name``, without user name, password or slash at the end.
    """

    address: str

    @property
    def host(self) -> str:
        """The host, such as ``"github.com"``."""
        return urlsplit(self.address).netloc

    @property
    def path(self) -> str:
        """Owner (on GitLab perhaps several groups) and name, such as ``"owner/name"``."""
        return urlsplit(self.address).path.strip("/").removesuffix(".git")

    @property
    def name(self) -> str:
        """The last part, which is the folder's name in a student's home."""
        return PurePosixPath(self.path).name


@dataclass(frozen=True)
class Copy:
    """The instructor's copy: its repository and branch, where that was read, and what to mind."""

    repository: Repository
    branch: str
    read_from: str
    notes: tuple[str, ...] = ()


def read_address(text: str) -> Repository:
    """Read the address of a repository in any form that git knows and the web can reach.

    Parameters
    ----------
    text : str
        ``https://host/owner/name``, ``git@host:owner/name.git`` or ``ssh://git@host/owner/name``.

    Raises
    ------
    LinkError
        It is none of these, or a folder that only this computer sees.
    """
    given = text.strip()
    if _HERE_ONLY.match(given):
        raise LinkError(
            f"{given} is a folder on this computer, which no student can reach.\n"
            "What to do: push your copy to GitHub, GitLab or another git host that the web can read, "
            "and give its address: --repository https://github.com/YOU/across-the-tumen"
        )
    if "://" not in given and (short := _SSH_SHORT.fullmatch(given)):
        scheme, host, path = "https", short["host"], short["path"]
        if "." not in host:
            raise LinkError(
                f"{host!r} in {given!r} is a name out of your ssh settings; students need the host's own.\n"
                "What to do: give the address that the browser shows: --repository https://..."
            )
    else:
        parts = urlsplit(given)
        scheme, path = parts.scheme, parts.path
        # Neither a user name nor a token may reach a link; ssh's port is not the web's.
        host = parts.netloc.rpartition("@")[2]
        if scheme in ("ssh", "git"):
            scheme, host = "https", host.partition(":")[0]
    host = _SSH_NAMES.get(host.lower(), host.lower())
    path = path.strip("/")
    if host in ("github.com", "gitlab.com"):
        path = path.removesuffix(".git")
    _refuse_what_is_no_repository(given, scheme, host, path)
    return Repository(urlunsplit((scheme, host, f"/{path}", "", "")))


def _refuse_what_is_no_repository(given: str, scheme: str, host: str, path: str) -> None:
    parts = path.split("/")
    good = (
        scheme in ("http", "https")
        and re.fullmatch(r"[\w.-]+(:\d+)?", host)
        and re.fullmatch(r"[\w.~/+-]+", path)
        and all(parts)
        and (host != "github.com" or len(parts) == 2)
        and (host != "gitlab.com" or (len(parts) >= 2 and "-" not in parts))
    )
    if not good:
        raise LinkError(
            f"{_without_secrets(given)!r} is not the address of a repository.\n"
            "Allowed are https://HOST/OWNER/NAME and git@HOST:OWNER/NAME.git, without a branch, a file or "
            "anything else behind the name.\n"
            "What to do: copy the address of your copy's first page from the browser; "
            "a branch is given apart: --branch NAME"
        )


def _without_secrets(address: str) -> str:
    """Leave out user name and password or token, which an address over https may hold."""
    return re.sub(r"//[^/@]*@", "//", address)


def read_branch(text: str) -> str:
    """Read the name of a branch or tag.

    Raises
    ------
    LinkError
        Git allows no such name.
    """
    given = text.strip()
    if not given or _NOT_IN_BRANCH.search(given):
        raise LinkError(
            f"{text!r} cannot be the name of a branch: no spaces and none of ~ ^ : ? * [ \\ may be in it.\n"
            "What to do: see the names with `git branch -a`, or on your copy's page on the git host."
        )
    return given


def read_hub(text: str) -> str:
    """Read the address of a JupyterHub, from its first page or any page behind it.

    Returns
    -------
    str
        The address with a slash at the end; a hub may live below a path.

    Raises
    ------
    LinkError
        It is no address of the web.
    """
    given = text.strip()
    parts = urlsplit(given if "://" in given else f"https://{given}")
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[\w.-]+(:\d+)?", host):
        raise LinkError(
            f"{text!r} is not the address of a JupyterHub.\n"
            "What to do: log in to your hub and copy what the browser shows, such as "
            "https://hub.university.edu"
        )
    # What comes from /hub/ or /user/ on belongs to a page of the hub, not to its address.
    path = re.split(r"/(?:hub|user)(?:/|$)", parts.path, maxsplit=1)[0].rstrip("/")
    return urlunsplit((parts.scheme, host.lower(), f"{path}/", "", ""))


def find_notebook(folder: str, number: str, root: Path = ROOT) -> str:
    """Find a lesson or exercise by its number.

    Parameters
    ----------
    folder : str
        ``"lessons"`` or ``"exercises"``.
    number : str
        Such as ``"03"`` or ``"3"``.

    Returns
    -------
    str
        Its path in the repository, with forward slashes.

    Raises
    ------
    LinkError
        There is none; the message lists the numbers that there are.
    """
    known = {
        path.name[:2]: path.name for path in sorted((root / folder).glob("[0-9][0-9]_*.ipynb"))
    }
    wanted = number.strip().zfill(2)
    if wanted not in known:
        raise LinkError(f"There is no {number!r} in {folder}/. There are: {', '.join(known)}.")
    return f"{folder}/{known[wanted]}"


def binder_link(repository: Repository, branch: str, notebook: str) -> str:
    """Write the address that starts the course on mybinder.org.

    The three ways in which mybinder.org reads a repository (gh, gl, git) are those of BinderHub's
    ``repoproviders``: owner and name as they are on GitHub; escaped into one part on GitLab, where groups
    can be nested; the whole address escaped for any other host. What follows is the branch.
    """
    provider = {
        "github.com": f"gh/{repository.path}",
        "gitlab.com": f"gl/{quote(repository.path, safe='')}",
    }.get(repository.host, f"git/{quote(repository.address, safe='')}")
    return f"{BINDER}/v2/{provider}/{quote(branch)}?urlpath=lab/tree/{quote(notebook)}"


def hub_link(hub: str, repository: Repository, branch: str, notebook: str) -> str:
    """Write the address by which nbgitpuller brings the course into a student's home and opens it.

    Parameters
    ----------
    hub : str
        The hub's address with a slash at the end, as `read_hub` gives it.
    repository : Repository
        The copy to bring.
    branch : str
        Its branch or tag; for ``"HEAD"`` nbgitpuller asks the host itself.
    notebook : str
        What opens in JupyterLab afterwards, as a path in the repository.
    """
    asked = {"repo": repository.address, "urlpath": f"lab/tree/{repository.name}/{notebook}"}
    if branch != DEFAULT_BRANCH:
        asked["branch"] = branch
    if not repository.address.endswith(f"/{repository.name}"):
        # nbgitpuller would call the folder name.git, and the notebook would not be found in it.
        asked["targetPath"] = repository.name
    return f"{hub}hub/user-redirect/git-pull?{urlencode(asked)}"


def badge(words: str, picture: str, link: str) -> str:
    """Write a picture that leads to a link, in Markdown."""
    return f"[![{words}]({picture})]({link})"


def own_copy(root: Path = ROOT) -> Copy:
    """Find the instructor's copy: the remote and branch of this clone, else the course's own address.

    Raises
    ------
    LinkError
        The clone's remote cannot be reached by students.
    """
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != root.resolve():
        why = "This folder is not a clone made with git (a ZIP is not one)"
        return _copy_of_authors(root, why)
    branch = _git(root, "symbolic-ref", "--short", "HEAD")
    remotes = (_git(root, "remote") or "").split()
    followed = _git(root, "config", f"branch.{branch}.remote") if branch else None
    remote = next((name for name in (followed, "origin", *remotes) if name in remotes), None)
    if remote is None:
        return _copy_of_authors(root, "This clone has no remote")
    repository = read_address(_git(root, "remote", "get-url", remote) or "")
    read_from = f"the remote {remote!r} of this clone"
    if branch is None:
        note = "This clone is on no branch: the links open the repository's default branch."
        return Copy(repository, DEFAULT_BRANCH, read_from, (note,))
    merged = _git(root, "config", f"branch.{branch}.merge") or f"refs/heads/{branch}"
    there = merged.removeprefix("refs/heads/")
    return Copy(repository, there, read_from, _notes_on_push(root, remote, there))


def copy_on_the_web(root: Path = ROOT) -> Copy:
    """Find the instructor's copy, or the course's own where the web cannot read hers; a note says which."""
    try:
        return own_copy(root)
    except LinkError:
        return _copy_of_authors(root, "The remote of this clone cannot be read from the web")


def _copy_of_authors(root: Path, why: str) -> Copy:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    note = (
        f"{why}, so these links open the course as its authors keep it. "
        "For a copy of your own give --repository."
    )
    return Copy(
        read_address(project["urls"]["Repository"]), DEFAULT_BRANCH, "pyproject.toml", (note,)
    )


def _notes_on_push(root: Path, remote: str, branch: str) -> tuple[str, ...]:
    there = f"refs/remotes/{remote}/{branch}"
    if _git(root, "rev-parse", "--verify", "--quiet", there) is None:
        return (f"The branch {branch} has not been pushed to {remote} yet: push it first.",)
    ahead = _git(root, "rev-list", "--count", f"{there}..HEAD")
    if ahead not in (None, "0"):
        commits = "1 commit of yours is" if ahead == "1" else f"{ahead} commits of yours are"
        return (f"{commits} not on {remote} yet: students see what was pushed last.",)
    return ()


def _git(root: Path, *arguments: str) -> str | None:
    """Ask git, and give its answer; None if it has none, or is not installed."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def describe(copy: Copy, notebook: str, hub: str | None) -> str:
    """Write all that the command prints."""
    binder = binder_link(copy.repository, copy.branch, notebook)
    branch = "its default branch" if copy.branch == DEFAULT_BRANCH else f"branch {copy.branch}"
    lines = [
        f"Links to {notebook} in {copy.repository.address}, {branch} (from {copy.read_from}).",
        "",
        "Binder (nothing to install, nothing kept):",
        binder,
        "Its badge:",
        badge("Open on Binder", BINDER_BADGE, binder),
        "",
    ]
    if hub is None:
        lines.append(
            f"For a JupyterHub add its address: {COURSE} links --hub https://hub.university.edu"
        )
    else:
        link = hub_link(hub, copy.repository, copy.branch, notebook)
        lines += [
            "JupyterHub (keeps each student's work; the hub needs nbgitpuller):",
            link,
            "Its badge:",
            badge("Open on JupyterHub", HUB_BADGE, link),
        ]
    if copy.notes:
        lines += ["", *(f"Mind: {note}" for note in copy.notes)]
    return "\n".join(lines)


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Print the links."""
    parser = argparse.ArgumentParser(prog=f"{COURSE} links", description=__doc__)
    parser.add_argument("--repository", metavar="URL", help="another copy than this clone's remote")
    parser.add_argument("--branch", metavar="NAME", help="another branch or tag")
    parser.add_argument("--hub", metavar="URL", help="address of your JupyterHub")
    opened = parser.add_mutually_exclusive_group()
    opened.add_argument("--lesson", metavar="03", help="open this lesson instead of lesson 00")
    opened.add_argument("--exercise", metavar="03", help="open this exercise")
    options = parser.parse_args(arguments)
    try:
        if options.repository:
            copy = Copy(read_address(options.repository), DEFAULT_BRANCH, "--repository")
        else:
            copy = own_copy(root)
        if options.branch:
            notes = copy.notes if options.branch == copy.branch else ()
            copy = Copy(copy.repository, read_branch(options.branch), copy.read_from, notes)
        notebook = FIRST_NOTEBOOK
        if options.lesson is not None:
            notebook = find_notebook("lessons", options.lesson, root)
        elif options.exercise is not None:
            notebook = find_notebook("exercises", options.exercise, root)
        hub = read_hub(options.hub) if options.hub else None
    except LinkError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(describe(copy, notebook, hub))
    return 0
