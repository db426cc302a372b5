"""The course's commands, in one table.

A new command is one line in ``COMMANDS`` and a module with ``main(arguments) -> int | None``.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from tutor.workshop import bootstrap


@dataclass(frozen=True)
class Command:
    """One command of ``python -m tutor``.

    Attributes
    ----------
    module
        Where its ``main`` stands; imported only when the command is called.
    purpose
        One line for the list of commands.
    group
        The dependency group that it needs beside the course itself, or an empty text.
    outside
        True if ``main`` runs in the Python it was called with and sets up the environment itself;
        else the environment is set up first and ``main`` runs inside it.
    """

    module: str
    purpose: str
    group: str = "dev"
    outside: bool = False


COMMANDS = {
    "start": Command("tutor.workshop.start", "set up and open the course", "", outside=True),
    "test": Command("tutor.workshop.run_tests", "set up and test everything"),
    "notebooks": Command("tutor.workshop.authoring", "hold the notebooks to all rules"),
    "exercises": Command("tutor.workshop.exercises", "make the exercises out of the solutions"),
    "index": Command("tutor.workshop.index", "make the index of lesson 00 and the syllabus"),
    "guide": Command("tutor.workshop.guide", "make what the instructor's guide repeats"),
    "slides": Command("tutor.workshop.slides.command", "write a deck of slides for each lesson"),
    "site": Command("tutor.workshop.publishing.site", "write the lessons as a site to read"),
    "clean": Command("tutor.workshop.clean", "strip outputs and noise from the notebooks"),
    "versions": Command("tutor.workshop.other_versions", "test on oldest or newest packages"),
    "benchmark": Command("tutor.workshop.run_benchmarks", "measure speed and size"),
    "weight": Command("tutor.workshop.weight", "weigh what the course installs"),
    "environment": Command("tutor.workshop.environment", "make environment.yml out of the lock"),
    "picture": Command("tutor.workshop.picture", "draw the picture of the README"),
    "coastlines": Command("tutor.workshop.coastlines", "make the maps in tutor/data/geo"),
    "links": Command("tutor.workshop.links", "print the links for Binder and JupyterHub", ""),
    "report": Command("tutor.workshop.report.command", "write the report on a graded class", ""),
    "grade": Command("tutor.workshop.grading.command", "grade a folder of submitted exercises", ""),
    "try-hub": Command("tutor.workshop.try_hub", "try a JupyterHub with two users", outside=True),
    "role-sheets": Command("tutor.workshop.role_sheets", "make the sheets of the summit to print"),
}


_TO_LEARN = ("start", "test")
_TO_TEACH = ("links", "slides", "site", "role-sheets", "grade", "report")


def usage() -> str:
    """Return the list of commands, by what somebody wants of the course."""
    kept = [name for name in COMMANDS if name not in (*_TO_LEARN, *_TO_TEACH)]
    width = max(map(len, COMMANDS))
    lines = [f"usage: {bootstrap.COURSE} COMMAND"]
    for purpose, names in (
        ("to work through the course", _TO_LEARN),
        ("to teach it", _TO_TEACH),
        ("to change and keep it", kept),
    ):
        lines += ["", f"{purpose}:"]
        lines += [f"  {name:<{width}}  {COMMANDS[name].purpose}" for name in names]
    return "\n".join([*lines, "", f"Options of one of them: {bootstrap.COURSE} COMMAND --help"])


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_on_names(stream)
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(usage())
        return 0
    name, *rest = arguments
    if name not in COMMANDS:
        print(f"There is no command {name!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    command = COMMANDS[name]
    try:
        if command.outside:
            return _call(command, rest)
        groups = (command.group,) if command.group else ()
        python = bootstrap.prepare(groups)
        if bootstrap.is_running_in(python):
            return _call(command, rest)
        return bootstrap.run([str(python), "-m", "tutor", name, *rest])
    except bootstrap.SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1


def _call(command: Command, arguments: Sequence[str]) -> int:
    return importlib.import_module(command.module).main(list(arguments)) or 0


def _never_fail_on_names(stream: TextIO) -> None:
    # A folder's name may hold letters that an old Windows console cannot show.
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
