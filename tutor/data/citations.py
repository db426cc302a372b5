"""From any number, date, event or term to its source: `cite`, `term` and `source_list`.

What a learner calls never raises: for an unknown id it returns an object that says so and offers
close matches. `citation` is the strict form, for code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from types import MappingProxyType

from tutor import data
from tutor.data import Record
from tutor.data.schema import split
from tutor.data.statements import (
    Reference,
    full_reference,
    grouped,
    place_says,
    says,
    sentence,
    shortly,
)

__all__ = [
    "Citation",
    "Entry",
    "Sources",
    "Term",
    "citation",
    "cite",
    "search",
    "source_list",
    "term",
]

CONFIDENCE = MappingProxyType(
    {
        "high": "high: well established, or backed by two sources or by an official one",
        "medium": "medium: probably right, but a detail is open or the source is not strong",
        "low": "low: one weak or doubtful source; do not rely on it",
    }
)
LANGUAGES = MappingProxyType(
    {"zh": "Chinese", "ko": "Korean", "ja": "Japanese", "ru": "Russian", "mn": "Mongolian"}
)
# Tables about words rather than about the world.
_NOT_SEARCHED = frozenset({"country_names", "contested_names"})


# ------------------------------------------------------------------ what can be shown


class _Shown:
    """An object that prints as plain text and shows as HTML in a notebook."""

    def _text(self) -> str:
        raise NotImplementedError

    def _html(self) -> str:
        raise NotImplementedError

    def __str__(self) -> str:
        return self._text()

    def __repr__(self) -> str:
        return self._text()

    def _repr_html_(self) -> str:
        return f'<div class="tutor-sources">{self._html()}</div>'


@dataclass(frozen=True)
class Dispute:
    """What a source says wrongly, or what is open, and what is right.

    Attributes
    ----------
    id : str
        Id of the erratum.
    claim : str
        What the source says.
    where : tuple of Reference
        Where it says so.
    right : str
        What is right, as far as it is known.
    sources : tuple of Reference
        On what that rests.
    confidence : str
        How sure that is, in words.
    """

    id: str
    claim: str
    where: tuple[Reference, ...]
    right: str
    sources: tuple[Reference, ...]
    confidence: str


@dataclass(frozen=True)
class Entry:
    """What the course knows about one row: what it says, its sources, and how sure it is.

    Attributes
    ----------
    id, table, name : str
        The row, its table, and what it is called.
    says : str
        What it says, in one or two sentences.
    sources : tuple of Reference
        Where that is from.
    confidence : str
        How sure the course is, in words; empty where the table has no such mark.
    standing : str
        How an event stands to the 1993 Tumen study; else empty.
    disputes : tuple of Dispute
        Claims of the two documents about it that are wrong, doubtful or overtaken.
    """

    id: str
    table: str
    name: str
    says: str
    sources: tuple[Reference, ...]
    confidence: str = ""
    standing: str = ""
    disputes: tuple[Dispute, ...] = ()

    def lines(self) -> list[tuple[str, str]]:
        """Return label and text of everything there is to show."""
        found = [("Source", source) for source in grouped(self.sources)]
        if self.confidence:
            found.append(("Confidence", self.confidence))
        if self.standing:
            found.append(("Standing", self.standing))
        for dispute in self.disputes:
            where = shortly(dispute.where)
            found.append((f"Take care ({dispute.id})", f"{where}: {sentence(dispute.claim)}"))
            right = f"{sentence(dispute.right)} From: {shortly(dispute.sources)}."
            found.append(("What is right", f"{right} Confidence {dispute.confidence}."))
        return found


@dataclass(frozen=True, repr=False)
class Citation(_Shown):
    """What `cite` returns: entries to show, and messages about what was not found.

    Attributes
    ----------
    entries : tuple of Entry
        One for each id found, in the order asked for.
    messages : tuple of str
        One for each id not found, with close matches.
    """

    entries: tuple[Entry, ...] = ()
    messages: tuple[str, ...] = ()

    def _text(self) -> str:
        blocks = []
        for entry in self.entries:
            lines = [f"{entry.id}: {entry.says}"]
            lines += [f"  {label}: {text}" for label, text in entry.lines()]
            blocks.append("\n".join(lines))
        return "\n\n".join([*blocks, *self.messages])

    def _html(self) -> str:
        parts = []
        for entry in self.entries:
            rows = "".join(
                f"<li><strong>{escape(label)}:</strong> {_linked(text)}</li>"
                for label, text in entry.lines()
            )
            parts.append(
                f"<p><strong>{escape(entry.id)}:</strong> {_linked(entry.says)}</p>"
                + (f"<ul>{rows}</ul>" if rows else "")
            )
        return "".join([*parts, *(_message_html(message) for message in self.messages)])


@dataclass(frozen=True, repr=False)
class Sources(_Shown):
    """What `source_list` returns: compact entries with anchors, then the works they name.

    Attributes
    ----------
    entries : tuple of Entry
        Rows other than works, in the order asked for.
    works : tuple of Record
        Rows of the bibliography that the entries cite or that were asked for, by author and title.
    messages : tuple of str
        One for each id not found.
    """

    entries: tuple[Entry, ...] = ()
    works: tuple[Record, ...] = ()
    messages: tuple[str, ...] = ()

    def _text(self) -> str:
        blocks = [f"{entry.id}: {_compact(entry)}" for entry in self.entries]
        if self.works:
            blocks += ["Works and sources", *(f"{w.id}: {full_reference(w)}" for w in self.works)]
        return "\n".join([*blocks, *self.messages])

    def _html(self) -> str:
        items = "".join(
            f'<li id="{escape(entry.id)}" tabindex="-1"><strong>{escape(entry.id)}</strong> '
            f"{_linked(_compact(entry))}</li>"
            for entry in self.entries
        )
        works = "".join(
            f'<li id="{escape(work.id)}" tabindex="-1">{_linked(full_reference(work))}</li>'
            for work in self.works
        )
        parts = [f"<ul>{items}</ul>" if items else ""]
        if works:
            parts.append(f"<p><strong>Works and sources</strong></p><ul>{works}</ul>")
        return "".join([*parts, *(_message_html(message) for message in self.messages)])


@dataclass(frozen=True, repr=False)
class Term(_Shown):
    """What `term` returns: a term or a place with its names in the languages of the region.

    Attributes
    ----------
    id, name : str
        Id and English name; both empty when nothing was found.
    definition : str
        What it means, or what kind of place it is.
    native : tuple of (str, str)
        Language code (zh, ko, ja, ru or mn) and native name.
    standard : bool
        Whether the native terms are standard; if not, they are literal or vary.
    message : str
        What to say when nothing was found.
    """

    id: str = ""
    name: str = ""
    definition: str = ""
    native: tuple[tuple[str, str], ...] = ()
    standard: bool = True
    message: str = ""

    def _text(self) -> str:
        if self.message:
            return self.message
        lines = [f"{self.name} ({self.id}): {self.definition}"]
        lines += [f"  {LANGUAGES[code]}: {name}" for code, name in self.native]
        return "\n".join(lines if self.standard else [*lines, f"  {self._caution()}"])

    def _html(self) -> str:
        if self.message:
            return _message_html(self.message)
        names = "".join(
            f'<li>{LANGUAGES[code]}: <span lang="{code}">{escape(name)}</span></li>'
            for code, name in self.native
        )
        caution = "" if self.standard else f"<p>{self._caution()}</p>"
        head = f"<p><strong>{escape(self.name)}</strong> ({escape(self.id)}): "
        return f"{head}{escape(self.definition)}</p><ul>{names}</ul>{caution}"

    def _caution(self) -> str:
        return "The native terms are literal or vary from author to author."


# ------------------------------------------------------------------ what a learner calls


def cite(*ids: str) -> Citation:
    """Show what rows of the course say, where that is from and how sure it is.

    Parameters
    ----------
    *ids : str
        Ids such as ``"E001"``, ``"Z13"`` or ``"scalapino-1991"``; or words of a title, for which
        the ids of rows that speak of them are offered.

    Returns
    -------
    Citation
        Displays itself in a notebook and prints as text. It never raises: what is unknown is
        answered with close matches.

    Examples
    --------
    >>> print(cite("G03").entries[0].name)
    regionalism
    """
    if not ids:
        return Citation(messages=('Give one or more ids, such as cite("E001"), or a word.',))
    entries, messages = _entries(ids)
    return Citation(entries, messages)


def citation(id: str) -> Entry:
    """Return what the course knows about one row.

    Raises
    ------
    KeyError
        If no row has this id; the message offers the closest ids.
    """
    return _entry(data.find(id))


def source_list(*ids: str | Iterable[str]) -> Sources:
    """Return a list of rows and works with an anchor for each, for the end of a lesson.

    Links in prose such as ``[1858](#E001)`` jump to the entry.

    Parameters
    ----------
    *ids : str or iterable of str
        Ids, or lists of ids; repeated ones count once.
    """
    flat = [one for each in ids for one in ([each] if isinstance(each, str) else each)]
    entries, messages = _entries(dict.fromkeys(flat))
    keys = {entry.id for entry in entries if entry.table == "bibliography"}
    rows = tuple(entry for entry in entries if entry.table != "bibliography")
    for entry in rows:
        cited = [*entry.sources, *(r for d in entry.disputes for r in (*d.where, *d.sources))]
        keys.update(reference.key for reference in cited)
    works = sorted((data.find(key) for key in keys), key=lambda work: full_reference(work).lower())
    return Sources(rows, tuple(works), messages)


def term(name: str) -> Term:
    """Show a term of the glossary or a place, with its names in native scripts.

    Parameters
    ----------
    name : str
        The term, the place or the id, such as ``"win-set"``, ``"Hunchun"`` or ``"G17"``.

    Returns
    -------
    Term
        Displays itself in a notebook and prints as text. It never raises: what is unknown is
        answered with close matches.
    """
    wanted = str(name).strip()
    known = _terms()
    folded = _folded(wanted)
    record = known.get(folded) or known.get(folded.removesuffix("s"))
    if record is None:
        close = data.close_matches(wanted, {r.name: r for r in known.values()})
        found = [r for r in search(wanted) if r.table in ("glossary", "places")]
        if found and not close:
            close = "; the words stand in: " + _offered(found)
        return Term(message=f"The glossary has no {wanted!r}{close or '.'}")
    native = tuple((c, record.values[c]) for c in LANGUAGES if record.values.get(c))
    standard = record.values.get("native_terms") != "varying"
    said = record["definition"] if record.table == "glossary" else place_says(record)
    return Term(record.id, record.name, said, native, standard)


def search(words: str, limit: int = 8) -> tuple[Record, ...]:
    """Return the rows that speak of some words, best first.

    Parameters
    ----------
    words : str
        Words to look for; capitals and accents do not matter.
    limit : int
        At most so many rows.

    Returns
    -------
    tuple of Record
        Rows that hold every word, those whose name does first; empty when there is none.
    """
    wanted = _folded(words).split()
    if not wanted:
        return ()
    ranked = []
    for record in data._index().values():
        if record.table in _NOT_SEARCHED:
            continue
        name, text = _folded(record.name), _searchable(record)
        if all(word in text for word in wanted):
            in_name = sum(word in name for word in wanted)
            ranked.append((-in_name, len(name) if in_name else 0, len(ranked), record))
    return tuple(record for *_, record in sorted(ranked, key=lambda rank: rank[:3])[:limit])


# ------------------------------------------------------------------ putting entries together


def _entries(ids: Iterable[str]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    entries, messages = [], []
    for id in ids:
        try:
            entries.append(citation(str(id)))
        except KeyError as missing:
            messages.append(_unknown(str(id), str(missing.args[0])))
    return tuple(entries), tuple(messages)


def _unknown(words: str, message: str) -> str:
    found = search(words)
    sentence = message[0].upper() + message[1:].rstrip(".")
    if not sentence.endswith("?"):
        sentence += "."
    return f"{sentence} Rows that speak of it: {_offered(found)}." if found else sentence


def _offered(records: Iterable[Record]) -> str:
    return "; ".join(f"{record.id} {record.name}" for record in records)


def _entry(record: Record) -> Entry:
    cited = [
        Reference.of(item)
        for column in data.schema_of(record.table).columns.values()
        if column.type == "sources" and column.name != "where"
        for item in record.items(column.name)
    ]
    return Entry(
        id=record.id,
        table=record.table,
        name=record.name,
        says=says(record),
        sources=tuple(cited),
        confidence=_confidence(record, cited),
        standing=_standing(record),
        disputes=_disputes(record),
    )


def _confidence(record: Record, cited: list[Reference]) -> str:
    words = CONFIDENCE.get(record.values.get("confidence", ""), "")
    if words and cited and all(c.record["verification"] == "not looked up" for c in cited):
        words += "; here our judgement of a well-known fact"
    return words


def _standing(record: Record) -> str:
    return {
        "confirmed": "The 1993 Tumen study says the same.",
        "study_only": "Only the 1993 Tumen study says so; no other source was found.",
    }.get(record.values.get("status", ""), "")


@cache
def _errata() -> Mapping[str, tuple[Record, ...]]:
    found: dict[str, list[Record]] = {}
    for row in data.rows("errata"):
        for id in split(row["rows"]):
            found.setdefault(id, []).append(data.find(row["id"]))
    return MappingProxyType({id: tuple(records) for id, records in found.items()})


def _disputes(record: Record) -> tuple[Dispute, ...]:
    return tuple(
        Dispute(
            id=erratum.id,
            claim=erratum["claim"],
            where=tuple(Reference.of(item) for item in erratum.items("where")),
            right=erratum["what_is_right"],
            sources=tuple(Reference.of(item) for item in erratum.items("sources")),
            confidence=erratum["confidence"],
        )
        for erratum in _errata().get(record.id, ())
    )


def _compact(entry: Entry) -> str:
    parts = [sentence(entry.says)]
    if entry.sources:
        parts.append(f"Sources: {shortly(entry.sources)}.")
    if entry.confidence:
        parts.append(f"Confidence: {entry.confidence.split(':')[0]}.")
    if entry.standing:
        parts.append(entry.standing)
    for dispute in entry.disputes:
        claim = f"{shortly(dispute.where)} says: {sentence(dispute.claim)}"
        parts.append(f"Take care ({dispute.id}): {claim}")
        parts.append(f"Right is: {sentence(dispute.right)}")
    return " ".join(parts)


# ------------------------------------------------------------------ small helpers


def _folded(text: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKD", str(text)).casefold()
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip()


@cache
def _searchable(record: Record) -> str:
    schema = data.schema_of(record.table)
    spoken = [c.name for c in schema.columns.values() if c.type not in ("sources", "ids")]
    return _folded(" ".join(record.values[name] or "" for name in spoken))


@cache
def _terms() -> Mapping[str, Record]:
    known: dict[str, Record] = {}
    for table in ("glossary", "places"):
        for row in data.rows(table):
            record = data.find(row["id"])
            parts = re.split(r"\s*[()/]\s*", record.name)
            for name in (record.id, record.name, *parts):
                if name:
                    known.setdefault(_folded(name), record)
    return MappingProxyType(known)


def _linked(text: str) -> str:
    """Escape a text for HTML, with its web addresses as links."""
    parts = re.split(r"(https://[^\s<>\"\]]+)", text)
    return "".join(
        f'<a href="{escape(part)}">{escape(part)}</a>' if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _message_html(message: str) -> str:
    return f'<p role="status">{escape(message)}</p>'
