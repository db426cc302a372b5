"""Whose submission a file is, from the names that people and learning platforms give."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Place = tuple[str, ...]
"""The parts of a path, from the folder of submissions; a zip file counts as a folder."""

# What platforms put round the name of a student when an instructor downloads all submissions.
_PLATFORMS = (
    # Moodle: "Ana Silva_12345_assignsubmission_file_" (a folder, or the start of a file's name)
    re.compile(r"^(?P<name>.+?)_\d+_assignsubmission_(?:file|onlinetext)(?:_.*)?$", re.DOTALL),
    # Canvas: "silvaana_LATE_1234_56789_exercise-2.ipynb"
    re.compile(r"^(?P<name>[^_]+)_(?:LATE_|late_)?\d{2,}_\d{2,}_.+$", re.DOTALL),
    # Blackboard: "Exercise 1_silvaa_attempt_2026-02-03-10-11-12_exercise.ipynb"
    re.compile(r"^.+?_(?P<name>[^_]+)_attempt_\d{4}(?:-\d\d){2,5}.*$", re.DOTALL),
    # Brightspace: "12345-67890 - Ana Silva - Feb 3, 2026 1011 AM" (a folder)
    re.compile(r"^\d+-\d+ - (?P<name>.+?) - \w{3,9}\.? \d{1,2}, \d{4}.*$", re.DOTALL),
)

_ENDINGS = re.compile(r"(\.ipynb|\.json|\.txt|\.zip)+$", re.IGNORECASE)
_COPIES = re.compile(r"([ _-]*(\(\d+\)|copy\s*\d*|-\d|final|v\d+|submission))+$", re.IGNORECASE)
# Folders that say what is in them, not whose it is.
_GENERIC = re.compile(
    r"^(all|the)?[\s_-]*(submissions?|submitted|exercises?|assignments?|notebooks?|homework|files?|"
    r"downloads?|week|lesson|session|class|course|students?|tasks?|ex)?[\s_-]*\d*$",
    re.IGNORECASE,
)


def student_of(places: Sequence[Place], exercises: Sequence[str] = ()) -> dict[Place, str]:
    """Name the student of each file; `exercises` are the names of the files that were handed out.

    A platform's own pattern speaks first, wherever in the path it stands. Else it is the outermost
    folder that tells files apart and does not just say what is in it; else the file's name without
    the name of the exercise.
    """
    shared = _shared_folders(places)
    titles = [re.sub(r"^\d\d_", "", name).replace("_", r"[\s_-]*") for name in exercises]
    title = re.compile(rf"(exercise[\s_-]*)?\d{{0,2}}[\s_-]*({'|'.join(titles)})", re.IGNORECASE)

    def bare(name: str) -> str:
        return _without_exercise(name, title if titles else None)

    return {place: _platform_name(place) or _plain_name(place[shared:], bare) for place in places}


def _shared_folders(places: Sequence[Place]) -> int:
    if len(places) < 2:
        return 0
    shared = 0
    for parts in zip(*(place[:-1] for place in places), strict=False):
        if len(set(parts)) > 1:
            break
        shared += 1
    return shared


def _platform_name(place: Place) -> str:
    for part in place:
        for pattern in _PLATFORMS:
            found = pattern.match(_ENDINGS.sub("", part)) or pattern.match(part)
            if found:
                return _tidy(found["name"])
    return ""


def _plain_name(place: Place, bare: Callable[[str], str]) -> str:
    for folder in place[:-1]:
        name = bare(folder)
        if name and not _GENERIC.match(name):
            return name
    return bare(place[-1]) or f"(no name) {_tidy(_ENDINGS.sub('', place[-1]))}"


def _without_exercise(name: str, title: re.Pattern[str] | None) -> str:
    """Take ending, marks of a copy, and number and title of the exercise off a name."""
    rest = _COPIES.sub("", _ENDINGS.sub("", name))
    if title:
        rest = title.sub(" ", rest)
    rest = re.sub(
        r"^(exercise|ex)?[\s_-]*\d{1,2}[\s_-]+|[\s_-]+(exercise|ex)?[\s_-]*\d{1,2}$", "", rest
    )
    return _tidy(_COPIES.sub("", rest))


def _tidy(name: str) -> str:
    return " ".join(name.replace("_", " ").strip(" -_.").split())[:120]
