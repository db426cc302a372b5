"""``python -m tutor environment``: make environment.yml, for conda and Binder, out of the lock.

The direct dependencies stand in pyproject.toml, their versions in uv.lock. conda and Binder read
neither, so this writes a third file from the two; a test fails when it is not up to date.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from tutor.workshop.bootstrap import ROOT

NAME = "across-the-tumen"
# Binder silently takes 3.10 unless one version is named exactly.
PYTHON = "3.12.11"

HEAD = f"""\
# Made by `python -m tutor environment` from pyproject.toml and uv.lock: do not edit by hand.
# For conda: `conda env create -f environment.yml`. Binder reads it too, and then runs postBuild.
name: {NAME}
channels:
  - conda-forge
  - nodefaults
dependencies:
"""


def normal(name: str) -> str:
    """Return a distribution's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def direct_dependencies(root: Path = ROOT, group: str | None = None) -> list[str]:
    """Return the names of what the course (or one of its groups) depends on directly."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    listed = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return sorted(normal(re.split(r"[^\w.-]", entry, maxsplit=1)[0]) for entry in listed)


def locked_version(name: str, root: Path = ROOT, python: str = PYTHON) -> str:
    """Return a package's locked version for the Python of environment.yml.

    Raises
    ------
    ValueError
        If the lock does not hold exactly one for that Python.
    """
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    found = [package for package in lock["package"] if package["name"] == name]
    if len(found) > 1:
        # A package may be locked in several versions, each for some Pythons and systems.
        found = [
            package
            for package in found
            if any(_holds(marker, python) for marker in package.get("resolution-markers", ()))
        ]
    versions = {package["version"] for package in found}
    if len(versions) != 1:
        raise ValueError(f"uv.lock holds {sorted(versions)} of {name} for Python {python}")
    return versions.pop()


def _holds(marker: str, python: str) -> bool:
    from packaging.markers import Marker

    minor = ".".join(python.split(".")[:2])
    surroundings = {
        "python_full_version": python,
        "python_version": minor,
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    return Marker(marker).evaluate(surroundings)


def text(root: Path = ROOT) -> str:
    """Return what environment.yml should hold."""
    lines = [f"  - python={PYTHON}", "  - pip"]
    lines += [f"  - {name}={locked_version(name, root)}" for name in direct_dependencies(root)]
    return HEAD + "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write environment.yml."""
    argparse.ArgumentParser(prog="python -m tutor environment", description=__doc__).parse_args(
        arguments
    )
    (ROOT / "environment.yml").write_text(text(), encoding="utf-8", newline="\n")
    return 0
