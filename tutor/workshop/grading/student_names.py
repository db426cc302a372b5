"""Whose submission a file is, from the names that people and learning platforms give."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

Place = tuple[str, ...]
"""The parts of a path, from the folder of submissions; a zip file counts as a folder."""

# What platforms put round the name of a student when an instructor downloads all submissions.
_PLATFORMS = (
    # Moodle: "Ana Silva_12345_assignsubmission_file_" (a folder, or the start of a file's name)
    re.compile(
        r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)(?:_.*)?$", re.DOTALL
    ),
    # Canvas: "silvaana_LATE_1234_56789_exercise-2.ipynb"
    re.compile(r"^(?P<name>[^_]+)_(?:LATE_|late_)?(?P<id>\d{2,})_\d{2,}_.+$", re.DOTALL),
    # Blackboard: "Exercise 1_silvaa_attempt_2026-02-03-10-11-12_exercise.ipynb"
    re.compile(r"^.+?_(?P<name>(?P<id>[^_]+))_attempt_\d{4}(?:-\d\d){2,5}.*$", re.DOTALL),
    # Brightspace: "12345-67890 - Ana Silva - Feb 3, 2026 1011 AM" (a folder)
    re.compile(r"^(?P<id>\d+)-\d+ - (?P<name>.+?) - \w{3,9}\.? \d{1,2}, \d{4}.*$", re.DOTALL),
)

# Moodle: "IR 214-Exercise 02-881202.zip"; Blackboard: "gradebook_IR214_Exercise202_2026-02-03-10-11-12.zip";
# Brightspace: "Exercise 02 Download Feb 3, 2026 1011 AM.zip"; Canvas says "submissions.zip", which is nobody.
_DOWNLOAD = re.compile(
    r"^(.+-.+-\d{2,}|gradebook_.+_\d{4}(-\d\d){2,5}|.+ Download \w{3,9}\.? \d{1,2}, \d{4}.*)\.zip$",
    re.IGNORECASE | re.DOTALL,
)

_ENDINGS = re.compile(r"(\.ipynb|\.json|\.txt|\.zip)+$", re.IGNORECASE)
# Each text fits in one way only: with two ways for each part, a name of many parts is never done.
_COPIES = re.compile(r"([ _-]*(\(\d+\)|copy(\s*\d+)?|-\d|final|v\d+|submission))+$", re.IGNORECASE)
# Folders that say what is in them, not whose it is.
_GENERIC = re.compile(
    r"^(all|the)?[\s_-]*(submissions?|submitted|exercises?|assignments?|notebooks?|homework|files?|"
    r"downloads?|week|lesson|session|class|course|students?|tasks?|ex)?[\s_-]*\d*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Owner:
    """Whose a file is.

    Parameters
    ----------
    name : str
        The student's name.
    id : str
        The platform's number for her (or ``""``), which tells two of one name apart.
    given_by : tuple of str
        The folder or file that says so.
    """

    name: str
    id: str
    given_by: Place


def owners(places: Sequence[Place], exercises: Sequence[str] = ()) -> dict[Place, Owner]:
    """Say whose each file is; `exercises` are the names of the files that were handed out.

    It is the outermost folder that tells files apart and does not just say what is in it, read as a
    platform writes it if it fits; else the file's name without the name of the exercise. What lies
    within a student's folder or archive is never asked: she could write another's name there.
    """
    titles = [re.sub(r"^\d\d_", "", name).replace("_", r"[\s_-]*") for name in exercises]
    title = re.compile(rf"(exercise[\s_-]*)?\d{{0,2}}[\s_-]*({'|'.join(titles)})", re.IGNORECASE)

    def bare(name: str) -> str:
        return _without_exercise(name, title if titles else None)

    shared = _shared_folders(places)
    downloads = _downloads([place[shared:] for place in places])
    return {place: _owner(place, shared, downloads, bare) for place in places}


def _shared_folders(places: Sequence[Place]) -> int:
    if len(places) < 2:
        return 0
    shared = 0
    for parts in zip(*(place[:-1] for place in places), strict=False):
        if len(set(parts)) > 1:
            break
        shared += 1
    return shared


def _downloads(places: Sequence[Place]) -> set[str]:
    """Find the outermost folders that are a platform's download of a class.

    Students are in it as the platform names them; and it lies there alone, or its name is a platform's, or
    it holds several students and no folder beside it is just a student's own. (Beside such folders it could
    be one itself, in which somebody gave her files the names of others.)
    """
    named: dict[str, set[str]] = {}
    plain = set()
    for place in places:
        if len(place) == 1 or _platform(place[0]):
            continue
        if found := _platform(place[1]):
            named.setdefault(place[0], set()).add(found["name"])
        elif not _GENERIC.match(_ENDINGS.sub("", place[0])):
            plain.add(place[0])
    alone = len({place[0] for place in places}) == 1
    return {
        folder
        for folder, names in named.items()
        if alone or _DOWNLOAD.match(folder) or (len(names) > 1 and not plain)
    }


def _owner(
    place: Place, shared: int, downloads: Collection[str], bare: Callable[[str], str]
) -> Owner:
    for depth, part in enumerate(place[shared:], shared):
        given_by = place[: depth + 1]
        if found := _platform(part):
            return Owner(_tidy(found["name"]), found["id"], given_by)
        is_file = depth == len(place) - 1
        name = bare(part)
        if is_file:
            return Owner(name or f"(no name) {_tidy(_ENDINGS.sub('', part))}", "", given_by)
        if name and not _GENERIC.match(name) and not (depth == shared and part in downloads):
            return Owner(name, "", given_by)
    raise AssertionError("a place ends with a file")


def _platform(part: str) -> re.Match[str] | None:
    for pattern in _PLATFORMS:
        if found := pattern.match(_ENDINGS.sub("", part)) or pattern.match(part):
            return found
    return None


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
