"""The room in which a student's notebook runs: the course without its answers, and nothing else."""

from __future__ import annotations

import compileall
import shutil
import sys
from pathlib import Path

import tutor
from tutor.workshop.notebooks import REPOSITORY

_HERE = Path(__file__).parent
_CHECKS_THAT_STAY = {"__init__.py", "engine.py"}
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store")
_SETTINGS = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime")

PLACE = "/course"
"""Where the course lies in a room with a file system of its own."""


def furnish(folder: Path) -> Path:
    """Put a copy of the course into a folder, without tasks, checks and what serves instructors.

    In place of the checks stands `tutor.workshop.grading.handing_over`, which writes values down.
    """
    package = Path(tutor.__file__).parent

    def left_out(parent: str, names: list[str]) -> set[str]:
        if Path(parent) == package:
            return {"workshop", "__pycache__"} & set(names)
        if Path(parent) == package / "checks":
            return set(names) - _CHECKS_THAT_STAY
        return {"__pycache__"} & set(names)

    shutil.copytree(package, folder / "tutor", ignore=left_out)
    shutil.copyfile(_HERE / "handing_over.py", folder / "tutor" / "checks" / "__init__.py")
    shutil.copyfile(_HERE / "student_kernel.py", folder / "student_kernel.py")
    # Compiled once here, as nobody may write into it later.
    compileall.compile_dir(folder, quiet=2)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder


def kept_out() -> list[Path]:
    """List what no room may show, should it lie in a folder that is: Python's may hold the course."""
    package = Path(tutor.__file__).parent
    return [package, *(REPOSITORY / name for name in ("solutions", "tests", ".git"))]


def shown(furnished: Path) -> list[tuple[str, str]]:
    """List what can be seen in a room with a file system of its own: where it lies, and where there."""
    # Where the interpreter really lies may be another folder than the one by which it is known.
    real = str(Path(sys.executable).resolve().parents[1])
    python = dict.fromkeys((real, sys.base_prefix, sys.base_exec_prefix, sys.prefix))
    outside = [path for path in python if not path.startswith("/usr")]
    system = [path for path in (*_SYSTEM, *_SETTINGS) if Path(path).exists()]
    return [(str(furnished), PLACE), *((path, path) for path in (*system, *outside))]
