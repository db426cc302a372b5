"""The learner's own record: a journal that only grows.

Everything she does is one line of JSON appended to one file in her user folder. A journal cannot be
half overwritten; two notebooks open at once append under a lock; a damaged line costs that line only;
and two journals (laptop and Binder) merge by taking every line once. No data leaves the machine.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime
import functools
import json
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FOLDER_VARIABLE = "TUMEN_COURSE_RECORD"
"""Environment variable that names another folder for the journal."""

EXPORT_MARK = "TUMEN1-"
_LARGEST_IMPORT = 20_000_000
NOT_SAVED = (
    "What you do here cannot be written to disk (no space, or a folder that is read-only). It is kept until "
    "you close the notebook: before that, copy what tutor.progress(export=True) shows."
)
_LOCK_SECONDS = 5


@dataclass(frozen=True)
class Entry:
    """One thing the learner did.

    Parameters
    ----------
    what : str
        ``"predicted"``, ``"answered"`` (a quiz), ``"checked"`` (a task),
        ``"hinted"`` (a hint was asked for), ``"opened"`` (a lesson) or ``"played"`` (a summit).
    item : str
        Id of the question, task or lesson, for example ``"01.q1"``; ids stay the same when the
        course changes.
    right : bool or None
        Whether the answer was right; None where there is no right or wrong.
    answer : str
        What she answered, in words.
    misconception : str
        Id of the misunderstanding that the answer shows, or ``""``.
    when : str
        Moment in UTC, ISO 8601.
    key : str
        Random text that tells two entries of the same moment apart.
    """

    what: str
    item: str
    right: bool | None = None
    answer: str = ""
    misconception: str = ""
    when: str = ""
    key: str = ""


class Journal:
    """The file of entries, or memory alone where no file can be written.

    Parameters
    ----------
    folder : pathlib.Path
        Where the file ``progress.jsonl`` is kept; made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "progress.jsonl"
        self._unsaved: list[Entry] = []
        self._has_warned = False

    def add(self, entry: Entry) -> bool:
        """Append an entry; give False when it could be kept in memory only (full disk, read-only home)."""
        stamped = Entry(
            **{
                **asdict(entry),
                "when": entry.when or datetime.datetime.now(datetime.UTC).isoformat(),
                "key": entry.key or secrets.token_hex(4),
            }
        )
        return self._append([*self._unsaved, stamped])

    def entries(self) -> list[Entry]:
        """Give all entries, oldest first; lines that cannot be read are left out, and left in the file."""
        read = {(entry.when, entry.key): entry for entry in self._read()}
        read.update({(entry.when, entry.key): entry for entry in self._unsaved})
        return [read[moment] for moment in sorted(read)]

    def damaged_lines(self) -> int:
        """Count the lines of the file that cannot be read."""
        return sum(1 for line in self._lines() if _entry(line) is None)

    @property
    def saved(self) -> bool:
        """Whether everything is on disk."""
        return not self._unsaved

    def warning(self) -> str:
        """Say that entries are in memory only, and how to keep them; once, and otherwise nothing."""
        if self.saved or self._has_warned:
            return ""
        self._has_warned = True
        return NOT_SAVED

    def export(self) -> str:
        """Pack the whole journal into one line of text."""
        packed = json.dumps([asdict(entry) for entry in self.entries()])
        return EXPORT_MARK + base64.urlsafe_b64encode(zlib.compress(packed.encode(), 9)).decode()

    def merge(self, text: str) -> int:
        """Add the entries of an exported text that are not here yet.

        Parameters
        ----------
        text : str
            What `export` gave, perhaps on another machine; spaces and line breaks do no harm.

        Returns
        -------
        int
            How many entries were new.

        Raises
        ------
        ValueError
            The text is not an exported record, or not a whole one.
        """
        here = {(entry.when, entry.key) for entry in self.entries()}
        new = [entry for entry in _unpack(text) if (entry.when, entry.key) not in here]
        if new:
            self._append([*self._unsaved, *new])
        return len(new)

    def _append(self, entries: list[Entry]) -> bool:
        # All signs beyond ASCII escaped: half a pair of surrogates could not be written otherwise.
        lines = "".join(json.dumps(asdict(entry)) + "\n" for entry in entries)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _lock(self.path), self.path.open("ab+", buffering=0) as file:
                end = file.seek(0, os.SEEK_END)
                # A line cut off by a crash must not swallow the next one.
                if end and not _ends_with_newline(file):
                    lines = "\n" + lines
                try:
                    _write_all(file, lines.encode())
                except OSError:
                    # What a full disk took of it would be a damaged line.
                    with contextlib.suppress(OSError):
                        file.truncate(end)
                    raise
        except OSError:
            self._unsaved = entries
            return False
        self._unsaved = []
        return True

    def _lines(self) -> Iterator[str]:
        with contextlib.suppress(OSError):
            # Editors on Windows may put a mark of byte order before the first line.
            text = self.path.read_text(encoding="utf-8-sig", errors="replace")
            yield from (line for line in text.split("\n") if line.strip())

    def _read(self) -> Iterator[Entry]:
        return (entry for line in self._lines() if (entry := _entry(line)) is not None)


def journal() -> Journal:
    """Open the learner's journal in her user folder, or in the folder that ``TUMEN_COURSE_RECORD`` names."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        import platformdirs

        folder = platformdirs.user_data_dir("across-the-tumen", appauthor=False)
    return _journal_in(Path(folder))


@functools.cache
def _journal_in(folder: Path) -> Journal:
    """Keep one object a folder: entries that found no disk must not be forgotten by the next call."""
    return Journal(folder)


def latest(entries: Iterable[Entry], what: str) -> dict[str, Entry]:
    """Give the newest entry of a kind for each item."""
    return {entry.item: entry for entry in entries if entry.what == what}


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    import filelock

    lock = filelock.FileLock(f"{path}.lock")
    try:
        lock.acquire(timeout=_LOCK_SECONDS)
    except filelock.Timeout as problem:
        raise OSError("the record is locked by another notebook") from problem
    except NotImplementedError:
        # Some network drives know no locks. Lines are short and appended whole: go on without one.
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _write_all(file: Any, content: bytes) -> None:
    while content:
        content = content[file.write(content) :]
    os.fsync(file.fileno())


def _ends_with_newline(file: Any) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _entry(line: str) -> Entry | None:
    try:
        return _from_mapping(json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None


def _from_mapping(values: Any) -> Entry:
    """Build an entry from JSON; fields that a later version may have added are left out."""
    if not isinstance(values, dict):
        raise TypeError("an entry is a mapping")
    texts = ("what", "item", "answer", "misconception", "when", "key")
    known = {name: values[name] for name in texts if name in values}
    right = values.get("right")
    if not all(isinstance(value, str) for value in known.values()):
        raise TypeError("an entry holds texts")
    if not {"what", "item", "when", "key"} <= known.keys() or right not in (True, False, None):
        raise ValueError("an entry needs what, item, when and key")
    return Entry(**known, right=right)


def _unpack(text: str) -> list[Entry]:
    cannot = (
        "This is not a whole exported record. It begins with "
        f"{EXPORT_MARK!r} and is one long line: copy all of what progress(export=True) printed."
    )
    if not isinstance(text, str):
        raise ValueError(
            f"{cannot} A text in quotation marks is needed, not {type(text).__name__}."
        )
    squeezed = "".join(text.split())
    if not squeezed.startswith(EXPORT_MARK):
        raise ValueError(cannot)
    try:
        packed = base64.urlsafe_b64decode(squeezed.removeprefix(EXPORT_MARK))
        # A small text can unpack to a huge one: stop before it fills the memory.
        plain = zlib.decompressobj().decompress(packed, _LARGEST_IMPORT)
        entries = json.loads(plain)
        if not isinstance(entries, list):
            raise TypeError("a record is a list of entries")
        return [_from_mapping(values) for values in entries]
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError) as problem:
        raise ValueError(cannot) from problem
