"""``python -m tutor weight``: what the course installs, and why each heavy package is there.

What is weighed is the course with JupyterLab as a student has it, found by following the requirements of
the installed packages from the course's own; tools of maintainers that share the environment do not count.
"""

from __future__ import annotations

import argparse
import functools
import importlib.metadata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

from tutor.workshop.bootstrap import DISTRIBUTION
from tutor.workshop.environment import normal

MEGABYTE = 1_000_000
HEAVY = 10.0
"""From this many megabytes on, a package needs a reason."""

MOST_MEGABYTES = 400
MOST_PACKAGES = 110
"""What the course may weigh with the lab, compiled modules included, and how many packages it may be."""

REASONS = {
    "pandas": "the tables that learners ask charts for, and that Altair draws",
    "numpy": "the models: a grid of settings at once is a hundred times faster than plain Python",
    "jupyterlab": "the place where lessons are read and run; the page and its translations",
    "jedi": "completion of names when a learner presses Tab (comes with IPython)",
    "babel": "dates and numbers of the lab in the learner's language (comes with JupyterLab's server)",
    "debugpy": "the lab's debugger (comes with the kernel, which refuses to do without)",
}
"""Why each package over `HEAVY` is there."""


@dataclass(frozen=True)
class Weighed:
    """One installed package.

    Parameters
    ----------
    name, version : str
        As installed.
    megabytes : float
        Its files with their compiled modules, in millions of bytes.
    """

    name: str
    version: str
    megabytes: float


def weigh(roots: Iterable[str] = (DISTRIBUTION,)) -> list[Weighed]:
    """Weigh some packages and all that they need, the heaviest first.

    Parameters
    ----------
    roots : iterable of str
        Where to begin: names of installed packages, the course's own unless given.

    Returns
    -------
    list of Weighed
        Every installed package that they lead to, without the course itself.
    """
    found: dict[str, Distribution] = {}
    waiting = [normal(name) for name in roots]
    while waiting:
        name = waiting.pop()
        if name in found or (installed := _installed(name)) is None:
            continue
        found[name] = installed
        waiting += _needed_by(installed)
    return sorted(
        (
            Weighed(name, installed.version, _bytes_of(installed) / MEGABYTE)
            for name, installed in found.items()
            if name != normal(DISTRIBUTION)
        ),
        key=lambda one: (-one.megabytes, one.name),
    )


def without_reason(packages: Iterable[Weighed]) -> list[str]:
    """Name the packages that are heavy for no stated reason."""
    return [one.name for one in packages if one.megabytes > HEAVY and one.name not in REASONS]


@functools.cache
def _installed(name: str) -> Distribution | None:
    try:
        return importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        # Needed on another system or Python only.
        return None


def _needed_by(installed: Distribution) -> list[str]:
    from packaging.requirements import Requirement

    requirements = map(Requirement, installed.requires or ())
    return [
        normal(each.name)
        for each in requirements
        if each.marker is None or each.marker.evaluate({"extra": ""})
    ]


def _bytes_of(installed: Distribution) -> int:
    """Add up a package's files; installers list compiled modules or not, so they are looked for."""
    files = {Path(str(installed.locate_file(path))) for path in installed.files or ()}
    folders = {path.parent for path in files if path.suffix == ".py"}
    compiled = {path for folder in folders for path in (folder / "__pycache__").glob("*.pyc")}
    return sum(path.stat().st_size for path in files | compiled if path.is_file())


def table(packages: Sequence[Weighed]) -> str:
    """Write the heavy packages with their reasons, and the sum of all."""
    heavy = [one for one in packages if one.megabytes > HEAVY]
    width = max(len(one.name) for one in packages)
    lines = [
        f"{one.name:<{width}} {one.megabytes:6.1f} MB  {REASONS.get(one.name, 'NO REASON IS GIVEN')}"
        for one in heavy
    ]
    rest = sum(one.megabytes for one in packages if one not in heavy)
    total = sum(one.megabytes for one in packages)
    lines.append(f"{'the others':<{width}} {rest:6.1f} MB  {len(packages) - len(heavy)} packages")
    lines.append(f"{'together':<{width}} {total:6.1f} MB  {len(packages)} packages")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the course weighs; 1 if a heavy package has no reason."""
    argparse.ArgumentParser(prog="python -m tutor weight", description=__doc__).parse_args(
        arguments
    )
    packages = weigh()
    print(table(packages))
    return 1 if without_reason(packages) else 0
