"""Find the submitted notebooks in a folder: any names, sub-folders, zip files, any mixture.

A file is known by its content. A zip file is read in memory and never unpacked to disk, so the names
in it cannot lead anywhere. Nothing here runs or trusts anything that was submitted.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import stat
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tutor.workshop.grading.assignments import CALL, HEADING, Assignment
from tutor.workshop.grading.student_names import owners

LARGEST_NOTEBOOK = 20_000_000
LARGEST_ARCHIVE = 500_000_000
MOST_FILES = 5_000
"""Of one zip file, together with the zip files in it."""
MOST_ENTRIES = 100_000
"""Of one zip file, files or not; more are not even listed."""
DEEPEST_ARCHIVE = 3
LONGEST_NAME = 255
"""Of a file or folder, as on disks; a zip file could hold far longer ones."""
DEEPEST_FOLDER = 40
MOST_CELLS = 2_000
LONGEST_SOURCE = 2_000_000

_OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_NOT_SUBMITTED = {"__MACOSX", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class SubmittedCell:
    """A cell of a submitted notebook: its id, whether it is code, and its text."""

    id: str
    is_code: bool
    source: str


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one exercise.

    Parameters
    ----------
    student : str
        Name.
    exercise : str
        Number of the exercise.
    file : str
        Where it was found, from the folder of submissions; a zip file counts as a folder.
    cells : tuple of SubmittedCell
        Its cells; empty if it cannot be read.
    digest : str
        Digest of the file's bytes.
    trouble : str
        Why it cannot be read, in a sentence, or ``""``.
    """

    student: str
    exercise: str
    file: str
    cells: tuple[SubmittedCell, ...]
    digest: str
    trouble: str = ""


@dataclass(frozen=True)
class Leftover:
    """A file that is not graded, and why."""

    file: str
    student: str
    why: str


@dataclass(frozen=True)
class Collection:
    """What was found: what to grade, and what not."""

    submissions: tuple[Submission, ...]
    leftovers: tuple[Leftover, ...]


@dataclass(frozen=True)
class _File:
    """A file, or a file in a zip file; without content if it could not be read, and why."""

    place: tuple[str, ...]
    changed: float
    content: bytes = field(repr=False)
    trouble: str = ""
    digest: str = ""

    def read(self) -> _File:
        """Give it without its content, of which only the digest is kept: a class hands in gigabytes."""
        return replace(self, content=b"", digest=hashlib.sha256(self.content).hexdigest())

    @property
    def name(self) -> str:
        return "/".join(self.place)


@dataclass(frozen=True)
class _Candidate:
    file: _File
    exercise: str
    cells: tuple[SubmittedCell, ...]
    trouble: str


def collect(
    folder: Path, assignments: Mapping[str, Assignment], leave_out: Path | None = None
) -> Collection:
    """Find what was submitted in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        The folder of submissions, or one zip file.
    assignments : mapping
        The exercises to look for, by number.
    leave_out : pathlib.Path, optional
        A folder inside that holds no submissions (what the grader wrote).

    Returns
    -------
    Collection
        One submission for each student and exercise: where there are several, the newest. Everything
        else is a leftover with its reason.
    """
    candidates: list[_Candidate] = []
    leftovers: list[tuple[_File, str]] = []
    for file in _files(folder, leave_out):
        found = _candidate(file, assignments)
        if isinstance(found, str):
            leftovers.append((file.read(), found))
        else:
            candidates.append(replace(found, file=file.read()))
    candidates, unknown = _with_exercise(candidates)
    leftovers += [(each.file, each.trouble) for each in unknown]
    newest, older = _newest(candidates, assignments)
    submissions = [
        Submission(
            student,
            exercise,
            each.file.name,
            each.cells,
            each.file.digest,
            each.trouble,
        )
        for (student, exercise), each in newest.items()
    ]
    others = [Leftover(file.name, "", why) for file, why in leftovers]
    return Collection(
        tuple(sorted(submissions, key=lambda each: (each.student.casefold(), each.exercise))),
        tuple(sorted((*others, *older), key=lambda each: each.file)),
    )


def _newest(
    candidates: Sequence[_Candidate], assignments: Mapping[str, Assignment]
) -> tuple[dict[tuple[str, str], _Candidate], list[Leftover]]:
    """Choose the newest file of each student and exercise, and list the others."""
    owned = owners(
        [each.file.place for each in candidates], [each.stem for each in assignments.values()]
    )
    numbers: dict[tuple[str, str], set[str]] = {}
    for each in candidates:
        owner = owned[each.file.place]
        numbers.setdefault((owner.name, each.exercise), set()).add(owner.id)
    newest: dict[tuple[str, str], _Candidate] = {}
    older: list[Leftover] = []
    for each in sorted(candidates, key=lambda each: (each.file.changed, each.file.name)):
        owner = owned[each.file.place]
        # Two of one name: the platform's numbers tell them apart.
        several = len(numbers[owner.name, each.exercise]) > 1
        name = f"{owner.name} ({owner.id})" if several and owner.id else owner.name
        key = name, each.exercise
        if key in newest:
            before = newest[key].file
            why = f"A newer file was graded: {each.file.name}"
            if owned[before.place].given_by[:-1] != owner.given_by[:-1]:
                why = f"{why}. Both bear the name {name}, from different folders: is it one person?"
            older.append(Leftover(before.name, name, why))
        newest[key] = each
    return newest, older


def _files(folder: Path, leave_out: Path | None) -> Iterator[_File]:
    if folder.is_file():
        yield from _opened(_read(folder, (_shown(folder.name),)), 0, _Allowance())
        return
    left_out = leave_out.resolve() if leave_out else None
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = sorted(
            name for name in folders if not _is_noise(name) and (here / name).resolve() != left_out
        )
        for name in sorted(names):
            path = here / name
            if not _is_noise(name):
                place = tuple(_shown(part) for part in path.relative_to(folder).parts)
                yield from _opened(_read(path, place), 0, _Allowance())


def _is_noise(name: str) -> bool:
    return name in _NOT_SUBMITTED or name.startswith((".", "~$"))


def _shown(name: str) -> str:
    """Give a name that can be written anywhere, whatever bytes the file system holds."""
    text = os.fsencode(name).decode("utf-8", "replace")
    return unicodedata.normalize("NFC", "".join(c if c.isprintable() else "\ufffd" for c in text))


def _read(path: Path, place: tuple[str, ...]) -> _File:
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode):
            return _File(
                place, 0, b"", "It is not a file but a link or a device; it was not opened"
            )
        with path.open("rb") as file:
            start = file.read(4)
            largest = LARGEST_ARCHIVE if start.startswith(b"PK") else LARGEST_NOTEBOOK
            if about.st_size > largest:
                return _File(place, about.st_mtime, b"", _too_large(about.st_size))
            return _File(place, about.st_mtime, start + file.read(largest))
    except OSError as problem:
        return _File(place, 0, b"", f"It cannot be read: {problem.strerror or problem}")


def _too_large(size: int) -> str:
    return (
        f"It is too large ({size / 1e6:,.0f} MB) to be a notebook of the course; at most "
        f"{LARGEST_NOTEBOOK / 1e6:.0f} MB are read"
    )


class _Allowance:
    """What may still come out of one submitted archive, however deep archives lie in archives."""

    def __init__(self) -> None:
        self.size = LARGEST_ARCHIVE
        self.files = MOST_FILES


def _opened(file: _File, depth: int, allowance: _Allowance) -> Iterator[_File]:
    """Give the file itself, or what is in it if it is a zip file."""
    if file.trouble or not file.content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield file
        return
    if depth >= DEEPEST_ARCHIVE:
        yield _File(file.place, file.changed, b"", "A zip file in too many zip files")
        return
    if file.content.count(b"PK\x01\x02") > MOST_ENTRIES:
        yield _File(file.place, file.changed, b"", "The zip file holds far too many files")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            for entry in archive.infolist():
                if entry.is_dir():
                    continue
                allowance.files -= 1
                if allowance.files < 0:
                    why = (
                        f"The zip file holds more than {MOST_FILES:,} files; the rest was left out"
                    )
                    yield _File(file.place, file.changed, b"", why)
                    return
                for member in _member(archive, entry, file, allowance):
                    yield from _opened(member, depth + 1, allowance)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError) as problem:
        yield _File(file.place, file.changed, b"", f"The zip file is damaged ({problem})")


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, outer: _File, allowance: _Allowance
) -> Iterator[_File]:
    parts = [
        _shown(part)[:LONGEST_NAME]
        for part in _entry_name(entry).replace("\\", "/").split("/")
        if part not in ("", ".", "..")
    ]
    if not parts or any(_is_noise(part) for part in parts):
        return
    changed = _moment(entry, outer.changed)
    if len(parts) > DEEPEST_FOLDER:
        why = f"It lies in more than {DEEPEST_FOLDER} folders"
        yield _File((*outer.place, parts[0], "...", parts[-1]), changed, b"", why)
        return
    place = (*outer.place, *parts)
    if entry.flag_bits & 1:
        yield _File(place, changed, b"", "It is locked with a password")
        return
    # Read no more than is allowed, whatever size the archive claims: a small file can hold gigabytes.
    is_archive = parts[-1].lower().endswith(".zip")
    most = min(LARGEST_ARCHIVE if is_archive else LARGEST_NOTEBOOK, allowance.size)
    try:
        with archive.open(entry) as packed:
            content = packed.read(most + 1)
    except Exception as problem:  # a damaged or hostile archive raises many kinds
        yield _File(place, changed, b"", f"It cannot be unpacked ({type(problem).__name__})")
        return
    allowance.size -= len(content)
    if len(content) > most:
        yield _File(place, changed, b"", _too_large(max(entry.file_size, len(content))))
        return
    yield _File(place, changed, content)


def _entry_name(entry: zipfile.ZipInfo) -> str:
    if not entry.flag_bits & 0x800:
        # Written without saying in which encoding; most programs of today mean UTF-8.
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            return entry.filename
    return entry.filename


def _moment(entry: zipfile.ZipInfo, otherwise: float) -> float:
    try:
        return time.mktime((*entry.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return otherwise


def _candidate(file: _File, assignments: Mapping[str, Assignment]) -> _Candidate | str:
    """Say what a file is: a notebook, a broken one, or (in words) why it is none."""
    named_as_notebook = ".ipynb" in file.place[-1].lower()
    if file.trouble:
        return _Candidate(file, "", (), file.trouble) if named_as_notebook else file.trouble
    if not named_as_notebook:
        if file.place[-1].lower().endswith(_OTHER_ARCHIVES):
            return "Archives of this kind are not opened: unpack it, or make a zip file of it"
        if not file.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            return "Not a notebook"
    cells = _cells(file.content)
    if isinstance(cells, str):
        return _Candidate(file, "", (), cells) if named_as_notebook else "Not a notebook"
    number = recognise(cells, assignments)
    if number:
        return _Candidate(file, number, cells, "")
    if not cells:
        return _Candidate(file, "", (), "The notebook is empty")
    return "A notebook, but of none of the exercises: none of its cells answers a task"


def _cells(content: bytes) -> tuple[SubmittedCell, ...] | str:
    if not content.strip():
        return "The file is empty"
    try:
        notebook = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError, MemoryError):
        return "The file is not a notebook: it cannot be read as JSON"
    if not isinstance(notebook, dict):
        return "The file is not a notebook"
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):  # nbformat 3
        sheets = [sheet for sheet in notebook["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets for cell in sheet.get("cells") or ()]
    if not isinstance(cells, list):
        return "The file is not a notebook: it has no cells"
    read = tuple(_cell(cell) for cell in cells[:MOST_CELLS] if isinstance(cell, dict))
    if sum(len(cell.source) for cell in read) > LONGEST_SOURCE:
        return "The notebook holds far more text than any exercise"
    return read


def _cell(cell: Mapping[str, Any]) -> SubmittedCell:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    identifier = cell.get("id")
    return SubmittedCell(
        identifier if isinstance(identifier, str) else "",
        cell.get("cell_type") == "code",
        # A half of a pair of surrogates cannot be written anywhere.
        source.encode("utf-8", "replace").decode() if isinstance(source, str) else "",
    )


def recognise(
    cells: tuple[SubmittedCell, ...], assignments: Mapping[str, Assignment]
) -> str | None:
    """Say which exercise a notebook is, by the tasks that its cells and headings name."""
    task_of = {task: number for number, each in assignments.items() for task in each.task_ids}
    named: set[tuple[str, bool]] = set()
    for cell in cells:
        tasks = (
            (task for _, task in CALL.findall(cell.source))
            if cell.is_code
            else HEADING.findall(cell.source)
        )
        named |= {(task, cell.is_code) for task in tasks if task in task_of}
    votes = Counter(task_of[task] for task, _ in named)
    best = votes.most_common(2)
    if not best or best[0][1] < 2 or (len(best) == 2 and best[1][1] == best[0][1]):
        return None
    return best[0][0]


def _with_exercise(
    candidates: list[_Candidate],
) -> tuple[list[_Candidate], list[_Candidate]]:
    """Give broken notebooks the exercise of all others, if these agree or the name says it."""
    numbers = {each.exercise for each in candidates if each.exercise}
    known, unknown = [], []
    for each in candidates:
        if not each.exercise:
            named = {number for number in numbers if number in each.file.place[-1]}
            fitting = named if len(named) == 1 else numbers
            if len(fitting) != 1:
                unknown.append(each)
                continue
            each = _Candidate(each.file, next(iter(fitting)), each.cells, each.trouble)
        known.append(each)
    return known, unknown
