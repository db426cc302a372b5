"""Set up the course's environment from nothing but Python and its ``venv`` module.

Only the standard library is used here: this runs before anything is installed. A folder ``.venv``
beside the course gets exactly the locked packages, with their hashes checked, by uv; where the
machine has no recent uv, the pinned one is installed into ``.venv`` itself. A stamp in ``.venv``
says for which lock it was made, so that every later start is quick and needs no network.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DISTRIBUTION = "tumen-course"

COURSE = "py -m tutor" if os.name == "nt" else "python3 -m tutor"
"""How the course's commands begin, as the README has it: many systems have no plain `python`."""

# The uv that is installed where the machine has none, and the oldest that is used where it has.
PINNED_UV = "0.13.9"
OLDEST_UV = (0, 13, 0)

# Variables that would lead a child process to another Python or environment than ours.
MISLEADING = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"


class SetupError(Exception):
    """The environment cannot be set up; the text says why and what to do."""


def environment_folder(root: Path = ROOT) -> Path:
    """Return the folder of the course's own environment."""
    return root / ".venv"


def python_in(folder: Path, system: str = os.name) -> Path:
    """Return an environment's interpreter; Windows keeps it elsewhere."""
    return folder / ("Scripts/python.exe" if system == "nt" else "bin/python")


def uv_in(folder: Path, system: str = os.name) -> Path:
    """Return where pip puts uv in an environment."""
    return folder / ("Scripts/uv.exe" if system == "nt" else "bin/uv")


def is_running_in(python: Path) -> bool:
    """Tell whether this process runs in the environment of that interpreter."""
    return Path(sys.prefix).resolve() == python.parent.parent.resolve()


def child_variables(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables for child processes, without those that mislead."""
    given = os.environ if variables is None else variables
    return {name: value for name, value in given.items() if name not in MISLEADING}


def run(command: Sequence[str], **more: str) -> int:
    """Run a command at the root of the course and return its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.call(list(command), cwd=ROOT, env=child_variables() | more)
    except KeyboardInterrupt:
        return 130


def is_prepared_elsewhere(root: Path = ROOT) -> bool:
    """Tell whether this Python belongs to another environment that holds the course.

    That is so on Binder and in a conda environment made from ``environment.yml``: there the
    packages are that environment's affair.
    """
    if Path(sys.prefix).resolve() == environment_folder(root).resolve():
        return False
    try:
        importlib.metadata.distribution(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


# --- the stamp --------------------------------------------------------------------------------


def fingerprint(root: Path = ROOT) -> str:
    """Return a text that changes when the locked packages or the course's folder change.

    The folder counts because an environment that was moved no longer finds its parts.
    """
    digest = hashlib.sha256(str(root).encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((root / name).read_bytes())
    return digest.hexdigest()


def _stamp(root: Path) -> Path:
    return environment_folder(root) / "tumen-course.json"


def read_stamp(root: Path = ROOT) -> dict[str, object]:
    """Return what the environment was made for; empty if unknown."""
    try:
        stamp = json.loads(_stamp(root).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_current(groups: Sequence[str], root: Path = ROOT) -> bool:
    """Tell whether the environment holds the locked packages and these groups."""
    stamp = read_stamp(root)
    return (
        python_in(environment_folder(root)).exists()
        and stamp.get("fingerprint") == fingerprint(root)
        and set(groups) <= set(stamp.get("groups") or ())
    )


# --- setting up -------------------------------------------------------------------------------


def prepare(groups: Sequence[str] = (), root: Path = ROOT) -> Path:
    """Make sure that the environment is there and current, and return its interpreter.

    Parameters
    ----------
    groups
        Dependency groups needed beside the course itself, such as ``("dev",)``.
    root
        The course's folder.

    Raises
    ------
    SetupError
        If that is not possible; the message says what to do.
    """
    if is_prepared_elsewhere(root):
        return Path(sys.executable)
    folder = environment_folder(root)
    if is_current(groups, root):
        return python_in(folder)
    stamp = read_stamp(root)
    if stamp:
        print(f"Bringing {folder} up to date", flush=True)
    else:
        print(f"Setting up the course in {folder}", flush=True)
        print("This first time fetches about 100 packages and takes a few minutes.", flush=True)
    uv = find_uv()
    make_environment(root, with_pip=uv is None, moved=stamp.get("root") not in (None, str(root)))
    if uv is None:
        uv = install_uv(folder)
    wanted = sorted({*groups, *(stamp.get("groups") or ())})
    synchronize(uv, wanted, root)
    record = {"root": str(root), "fingerprint": fingerprint(root), "groups": wanted}
    _stamp(root).write_text(json.dumps(record), encoding="utf-8")
    return python_in(folder)


def make_environment(root: Path, *, with_pip: bool, moved: bool = False) -> None:
    """Make ``.venv`` with the running Python unless a usable one is there."""
    folder = environment_folder(root)
    python = python_in(folder)
    usable = python.exists() and not moved and _succeeds(python, "-c", NEW_ENOUGH)
    if usable and (not with_pip or _has_pip(python)):
        return
    if Path(sys.prefix).resolve() == folder.resolve():
        raise SetupError(
            "The folder .venv has to be made anew, which cannot be done from inside it.\n"
            "What to do: type `deactivate`, delete the folder .venv, and run the command again."
        )
    if importlib.util.find_spec("venv") is None or (
        with_pip and importlib.util.find_spec("ensurepip") is None
    ):
        raise SetupError(missing_venv_message(sys.version_info[:2]))
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    if not with_pip:
        command.insert(-1, "--without-pip")
    done = subprocess.run(command, capture_output=True, text=True, env=child_variables())
    if done.returncode:
        raise SetupError(
            f"The folder {folder} could not be made:\n{done.stdout}{done.stderr}\n"
            "What to do: see that you may write into the course's folder and that the disk is not "
            "full.\nIf this Python came with your system: " + missing_venv_message()
        )


def _succeeds(python: Path, *arguments: str) -> bool:
    command = [str(python), *arguments]
    return subprocess.run(command, capture_output=True, env=child_variables()).returncode == 0


def _has_pip(python: Path) -> bool:
    # An environment made by uv has none, but can be given one.
    return _succeeds(python, "-c", "import pip") or _succeeds(python, "-m", "ensurepip")


def missing_venv_message(version: tuple[int, int] = sys.version_info[:2]) -> str:
    """Return what to do on a system that ships Python without its ``venv`` module."""
    package = "python{}.{}-venv".format(*version)
    return (
        "This Python comes without what makes environments (the modules venv and ensurepip).\n"
        f"What to do on Debian or Ubuntu:  sudo apt install {package}\n"
        "(or python3-venv). Elsewhere install Python from https://www.python.org/downloads/.\n"
        "Then run the same command again."
    )


def find_uv() -> str | None:
    """Return a uv on the PATH that is new enough, or None."""
    uv = shutil.which("uv")
    if uv is None:
        return None
    try:
        done = subprocess.run([uv, "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return uv if is_recent_uv(done.stdout) else None


def is_recent_uv(answer: str) -> bool:
    """Tell whether ``uv --version`` names a uv that reads our lock."""
    found = re.search(r"uv (\d+)\.(\d+)\.(\d+)", answer)
    return found is not None and tuple(map(int, found.groups())) >= OLDEST_UV


def install_uv(folder: Path) -> str:
    """Install the pinned uv into the environment and return its path."""
    uv = uv_in(folder)
    if uv.exists():
        return str(uv)
    command = [str(python_in(folder)), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", f"uv=={PINNED_UV}"]
    if run(command):
        raise SetupError(network_message())
    return str(uv)


def synchronize(uv: str, groups: Sequence[str], root: Path = ROOT) -> None:
    """Install exactly the locked packages, and leave alone what else is there (pip, uv)."""
    folder = environment_folder(root)
    command = [uv, "sync", "--locked", "--inexact", "--no-default-groups"]
    command += ["--python", str(python_in(folder))]
    # Once here instead of in front of the learner: compiled as they are first imported, the packages make
    # her first notebook take twice as long, and every one where Python may not write into the environment.
    command.append("--compile-bytecode")
    for group in groups:
        command += ["--group", group]
    variables = child_variables() | {
        "UV_PROJECT_ENVIRONMENT": str(folder),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    if _run_without_package_list(command, root, variables):
        raise SetupError(network_message())


def _run_without_package_list(
    command: Sequence[str], root: Path, variables: Mapping[str, str]
) -> int:
    """Run uv and show what it says, without its hundred lines of package names."""
    with subprocess.Popen(
        list(command),
        cwd=root,
        env=dict(variables),
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as child:
        try:
            for line in child.stderr or ():
                if not line.startswith((" + ", " - ", " ~ ")):
                    print(line, end="", flush=True)
            return child.wait()
        except KeyboardInterrupt:
            return 130


def network_message() -> str:
    """Return what to do when fetching the packages failed."""
    return (
        "The packages could not be fetched or installed (the lines above say why).\n"
        "What to do:\n"
        "  - The first start needs the internet, later ones do not: see that you are online and\n"
        "    run the same command again. It goes on where it stopped.\n"
        "  - Behind a proxy (some universities and firms), set HTTPS_PROXY first; if it has a\n"
        "    certificate of its own, set SSL_CERT_FILE to that file. Ask your IT help desk.\n"
        "  - If the disk is full: the course needs about 600 MB.\n"
        "  - If the lines above say that the lockfile needs to be updated, pyproject.toml was\n"
        "    changed without it: run `uv lock`, or take a fresh copy of the course."
    )
