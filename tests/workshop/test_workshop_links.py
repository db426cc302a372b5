"""The links: every form of address, what Binder and nbgitpuller read out of them, and whose copy it is."""

import shutil
import subprocess
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.workshop import links
from tutor.workshop.bootstrap import ROOT
from tutor.workshop.lab import FIRST_NOTEBOOK

README = (ROOT / "README.md").read_text(encoding="utf-8")


def read_as_binder(link):
    """Read a link as BinderHub's repository providers do: give address, branch and what opens."""
    parts = urlsplit(link)
    assert parts.netloc == "mybinder.org"
    _, version, provider, spec = parts.path.split("/", 3)
    assert version == "v2"
    if provider == "gh":
        owner, name, branch = spec.split("/", 2)
        address = f"https://github.com/{owner}/{name}"
    else:
        escaped, branch = spec.split("/", 1)
        address = unquote(escaped)
        if provider == "gl":
            address = f"https://gitlab.com/{address}"
    return address, unquote(branch), parse_qs(parts.query)["urlpath"][0]


def read_as_puller(link):
    """Read a link as nbgitpuller's page does: give address, branch, folder and what opens."""
    asked = {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    folder = asked.get("targetPath", asked["repo"].rstrip("/").split("/")[-1])
    return asked["repo"], asked.get("branch"), folder, asked["urlpath"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://github.com/Anna/Course", "https://github.com/Anna/Course"),
        (" https://github.com/anna/course.git/ ", "https://github.com/anna/course"),
        ("git@github.com:anna/course.git", "https://github.com/anna/course"),
        ("ssh://git@github.com/anna/course.git", "https://github.com/anna/course"),
        ("ssh://git@ssh.github.com:443/anna/course.git", "https://github.com/anna/course"),
        ("https://anna:secret@github.com/anna/course", "https://github.com/anna/course"),
        ("https://gitlab.com/group/part/course.git", "https://gitlab.com/group/part/course"),
        ("git@gitlab.com:group/part/course.git", "https://gitlab.com/group/part/course"),
        ("git://git.uni.edu/~anna/course.git", "https://git.uni.edu/~anna/course.git"),
        ("git@git.uni.edu:anna/course.git", "https://git.uni.edu/anna/course.git"),
        ("https://git.uni.edu:8443/anna/course", "https://git.uni.edu:8443/anna/course"),
    ],
)
def test_an_address_is_read_in_every_form(text, address):
    assert links.read_address(text) == links.Repository(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "course",
        "anna/course",
        "/home/anna/course",
        "../course",
        "~/course",
        r"C:\Users\anna\course",
        "file:///home/anna/course",
        "work:anna/course.git",
        "https://github.com/anna",
        "https://github.com/anna/course/tree/main",
        "https://gitlab.com/group/course/-/tree/main",
        "https://github.com//course",
        "https:///anna/course",
        "ftp://github.com/anna/course",
        "https://github.com/anna/my course",
    ],
)
def test_what_is_no_address_gets_what_to_do(text):
    with pytest.raises(links.LinkError, match=r"What to do: .*"):
        links.read_address(text)


def test_a_message_never_repeats_a_password():
    with pytest.raises(links.LinkError) as problem:
        links.read_address("https://anna:secret@github.com/anna")
    assert "secret" not in str(problem.value)


ADDRESSES = [
    "https://github.com/anna/course",
    "https://gitlab.com/group/part/course",
    "https://codeberg.org/anna/course.git",
    "https://git.uni.edu:8443/course",
]
BRANCHES = st.from_regex(r"[a-zA-Z0-9#%+&=äж][a-zA-Z0-9#%+&=äж-]{0,8}", fullmatch=True)


@pytest.mark.parametrize("address", ADDRESSES)
@given(branch=st.lists(BRANCHES, min_size=1, max_size=3).map("/".join))
def test_links_are_read_as_they_were_meant(address, branch):
    branch = links.read_branch(branch)
    repository = links.read_address(address)
    notebook = "lessons/03_soft_regionalism.ipynb"
    binder = links.binder_link(repository, branch, notebook)
    assert read_as_binder(binder) == (address, branch, f"lab/tree/{notebook}")
    pulled = links.hub_link("https://hub.uni.edu/", repository, branch, notebook)
    opened = f"lab/tree/course/{notebook}"
    assert read_as_puller(pulled) == (address, branch, "course", opened)
    for link in (binder, pulled):
        # One word that survives Markdown, a mail and a spreadsheet.
        assert link.isascii()
        assert not set(link) & set(" <>()[]\"'\\")


def test_without_a_branch_the_puller_is_left_to_find_it():
    link = links.hub_link("https://hub.uni.edu/", links.Repository(ADDRESSES[0]), "HEAD", "a.ipynb")
    assert read_as_puller(link)[1] is None


@pytest.mark.parametrize(
    "text", ["", "my branch", "a..b", "-x", "a/", "a//b", "a.lock", "a~1", "a:b", "@{u}"]
)
def test_what_git_does_not_call_a_branch_is_refused(text):
    done = subprocess.run(
        ["git", "check-ref-format", f"refs/heads/{text}"], capture_output=True, text=True
    )
    assert done.returncode or text.startswith("-")
    with pytest.raises(links.LinkError, match="git branch -a"):
        links.read_branch(text)


@pytest.mark.parametrize(
    ("text", "hub"),
    [
        ("https://hub.uni.edu", "https://hub.uni.edu/"),
        ("hub.uni.edu", "https://hub.uni.edu/"),
        ("https://hub.uni.edu/hub/home", "https://hub.uni.edu/"),
        ("https://hub.uni.edu/hub/login?next=%2Fhub%2F", "https://hub.uni.edu/"),
        ("https://uni.edu/jupyter/user/anna/lab/tree/x", "https://uni.edu/jupyter/"),
        ("https://uni.edu/github/", "https://uni.edu/github/"),
        ("http://127.0.0.1:8000/hub", "http://127.0.0.1:8000/"),
    ],
)
def test_a_hub_is_known_by_any_of_its_pages(text, hub):
    assert links.read_hub(text) == hub


@pytest.mark.parametrize("text", ["", "our hub", "https://", "ftp://hub.uni.edu"])
def test_what_is_no_hub_gets_what_to_do(text):
    with pytest.raises(links.LinkError, match="copy what the browser shows"):
        links.read_hub(text)


# --- whose copy it is ------------------------------------------------------------------------------


def git(folder, *arguments):
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "-C", str(folder), *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def clone(tmp_path):
    """A clone as an instructor has it, whose remote claims to be on GitHub."""
    folder = tmp_path / "course"
    for name in ("lessons", "exercises"):
        (folder / name).mkdir(parents=True)
    (folder / "lessons/03_ties.ipynb").write_text("{}")
    (folder / "exercises/03_ties.ipynb").write_text("{}")
    shutil.copy(ROOT / "pyproject.toml", folder)
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Begin")
    git(folder, "remote", "add", "origin", "git@github.com:anna/course.git")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


def printed(capsys, folder, *arguments):
    code = links.main(arguments, folder)
    out, err = capsys.readouterr()
    return code, out, err


def test_the_clone_says_whose_copy_it_is(clone, capsys):
    code, out, err = printed(capsys, clone, "--lesson", "3", "--hub", "hub.uni.edu")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    binder = "https://mybinder.org/v2/gh/anna/course/main?urlpath=lab/tree/lessons/03_ties.ipynb"
    assert binder in lines
    assert f"[![Open on Binder](https://mybinder.org/badge_logo.svg)]({binder})" in lines
    hub = next(line for line in lines if line.startswith("https://hub.uni.edu/hub/user-redirect/"))
    assert read_as_puller(hub)[0] == "https://github.com/anna/course"
    assert any(line.startswith("[![Open on JupyterHub](") and hub in line for line in lines)
    assert "Mind" not in out


def test_a_branch_follows_where_it_is_pushed_to(clone):
    git(clone, "checkout", "-q", "-b", "autumn")
    git(clone, "remote", "add", "ours", "https://gitlab.com/group/course.git")
    git(clone, "config", "branch.autumn.remote", "ours")
    git(clone, "config", "branch.autumn.merge", "refs/heads/class/autumn")
    copy = links.own_copy(clone)
    assert copy.repository.address == "https://gitlab.com/group/course"
    assert copy.branch == "class/autumn"
    assert copy.notes == (
        "The branch class/autumn has not been pushed to ours yet: push it first.",
    )


def test_what_is_not_pushed_is_said(clone):
    git(clone, "commit", "-q", "--allow-empty", "-m", "More")
    assert links.own_copy(clone).notes == (
        "1 commit of yours is not on origin yet: students see what was pushed last.",
    )


def test_without_a_branch_the_default_one_opens(clone):
    git(clone, "checkout", "-q", "--detach")
    copy = links.own_copy(clone)
    assert copy.branch == "HEAD"
    assert "on no branch" in copy.notes[0]


@pytest.mark.parametrize("remote", ["/srv/course", "file:///srv/course", "work:course"])
def test_pages_that_nobody_asked_links_of_open_the_authors_copy(clone, remote):
    """A site can be written in a clone of a folder, where links for students cannot be made."""
    git(clone, "remote", "set-url", "origin", remote)
    with pytest.raises(links.LinkError):
        links.own_copy(clone)
    copy = links.copy_on_the_web(clone)
    assert copy.read_from == "pyproject.toml"
    assert "cannot be read from the web" in copy.notes[0]


def test_a_copy_on_the_web_is_the_instructors(clone):
    assert links.copy_on_the_web(clone) == links.own_copy(clone)


@pytest.mark.parametrize("state", ["no remote", "no git", "inside another clone"])
def test_what_is_nobodys_copy_opens_the_authors(clone, state):
    if state == "no remote":
        git(clone, "remote", "remove", "origin")
    else:
        shutil.rmtree(clone / ".git")
    if state == "inside another clone":
        git(clone.parent, "init", "-q")
        git(clone.parent, "remote", "add", "origin", "git@github.com:anna/notes.git")
    copy = links.own_copy(clone)
    assert copy.read_from == "pyproject.toml"
    assert "give --repository" in copy.notes[0]
    # The same link as the README's badge.
    assert links.binder_link(copy.repository, copy.branch, FIRST_NOTEBOOK) in README


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--lesson", "12"], "There are: 03."),
        (["--exercise", "x"], "There are: 03."),
        (["--branch", "a b"], "git branch -a"),
        (["--repository", "here"], "--repository"),
        (["--hub", "our hub"], "copy what the browser shows"),
    ],
)
def test_bad_input_gets_a_message_and_no_links(clone, capsys, arguments, words):
    code, out, err = printed(capsys, clone, *arguments)
    assert (code, out) == (1, "")
    assert ("the browser" if words == "--repository" else words) in err


def test_another_copy_can_be_named(clone, capsys):
    arguments = [
        "--repository",
        "https://codeberg.org/ben/c.git",
        "--branch",
        "v2",
        "--exercise",
        "03",
    ]
    code, out, _ = printed(capsys, clone, *arguments)
    assert code == 0
    assert (
        "https://mybinder.org/v2/git/https%3A%2F%2Fcodeberg.org%2Fben%2Fc.git/v2"
        "?urlpath=lab/tree/exercises/03_ties.ipynb"
    ) in out.splitlines()
