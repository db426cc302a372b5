"""What a row of any table says, in plain sentences, and how a reference is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tutor import data
from tutor.data import Record
from tutor.data.schema import MONTHS, Column

__all__ = [
    "Reference",
    "full_reference",
    "grouped",
    "place_says",
    "says",
    "sentence",
    "short_reference",
    "shortly",
]

VERIFICATION = MappingProxyType(
    {
        "checked": "",
        "from knowledge": "reference given from knowledge of the field, not looked up",
        "uncertain": "reference not certain",
        "not looked up": "",  # the note of each such row says so
        "own work": "",
    }
)
DOCUMENTS = MappingProxyType(
    {"tumen-1993": "the 1993 Tumen study", "toloraya": "Toloraya's chapter"}
)


@dataclass(frozen=True)
class Reference:
    """One source of a row.

    Attributes
    ----------
    key : str
        Its key in the bibliography.
    where : str
        Page, section or date in it; may be empty.
    """

    key: str
    where: str = ""

    @classmethod
    def of(cls, item: str) -> Reference:
        """Read ``"key"`` or ``"key §where"``."""
        key, _, where = item.partition(" §")
        return cls(key, where)

    @property
    def record(self) -> Record:
        """The row of the bibliography."""
        return data.find(self.key)

    @property
    def full(self) -> str:
        """Author, year, title, where it appeared, and the place in it."""
        return full_reference(self.record, self.place, notes=self.key not in DOCUMENTS)

    @property
    def short(self) -> str:
        """Family names and year, or the title where there is no author."""
        return _joined(short_reference(self.record), self.place)

    @property
    def place(self) -> str:
        """The place in it, in words."""
        return f"section {self.where}" if re.match(r"\d\.\d", self.where) else self.where


def _by_key(references: Iterable[Reference]) -> list[Reference]:
    """Put the places in one work together: the work once, with all of them."""
    places: dict[str, list[str]] = {}
    for reference in references:
        places.setdefault(reference.key, []).append(reference.where)
    return [Reference(key, ", ".join(filter(None, found))) for key, found in places.items()]


def grouped(references: Iterable[Reference]) -> list[str]:
    """Write references in full, each work once with all its places."""
    return [reference.full for reference in _by_key(references)]


def shortly(references: Iterable[Reference]) -> str:
    """Write references in short, each work once with all its places."""
    return "; ".join(reference.short for reference in _by_key(references))


def _date(iso: str) -> str:
    """Write an ISO date, which may stop early, in words: 28 May 1858."""
    year, month, day = [*(int(part) for part in iso.split("-")), 0, 0][:3]
    name = MONTHS[month - 1] if month else ""
    return " ".join(part for part in (str(day or ""), name, str(year)) if part)


def _dates_in_words(text: str) -> str:
    pattern = r"(?<![\d-])(?:18|19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?![\d-])"
    return re.sub(pattern, lambda match: _date(match.group(0)), text)


def _countries(codes: Iterable[str]) -> str:
    return " and ".join(_country_names().get(code, code) for code in codes)


@cache
def _country_names() -> Mapping[str, str]:
    return MappingProxyType({row["code"]: row["name"] for row in data.rows("country_names")})


def _number(text: str) -> str:
    return re.sub(r"\B(?=(\d{3})+(?!\d))", ",", text) if "." not in text else text


def _event_says(record: Record) -> str:
    return f"{record['title']}, {_date(record['date'])}. {record['summary']}"


def _tie_says(record: Record) -> str:
    pair = _countries((record["a"], record["b"]))
    times = f"signed {_date(record['signed'])}, in force from {_date(record['start'])}"
    if record["end"]:
        times += f" to {_date(record['end'])} ({record['end_reason']})"
    return _joined_sentences(
        f"{record['name']}: {record['kind']} between {pair}, {times}", record["note"]
    )


def place_says(record: Record) -> str:
    """Say what and where a place is."""
    where = f"{record['latitude']} degrees north, {record['longitude']} degrees east"
    countries = _countries(record.items("countries"))
    return _joined_sentences(f"{record['type']}, {countries}; {where}", record["note"])


def _zone_says(record: Record) -> str:
    when = f"; {record['dates']}" if record["dates"] else ""
    status = _dates_in_words(record["legal_status"] + when)
    place = f"{record['name']}, {record['province_region']}"
    return _joined_sentences(place, status, record["functions"])


def _trade_says(record: Record) -> str:
    partner = f" and {record['partner']}" if record["partner"] else ""
    years = _dates_in_words(record["years"])
    what = f"{record['reporter']}{partner}, {record['flow'].replace('_', ' ')}, {years}"
    return _joined_sentences(f"{what}: {_number(record['value'])} {record['unit']}", record["note"])


def _economy_says(record: Record) -> str:
    output = record["gdp_billion_usd"]
    said = f"output {_number(output)} billion US dollars" if output else "no figure for output"
    people = f"population {_number(record['population_million'])} million"
    country = _countries((record["country"],))
    return _joined_sentences(f"{country} in {record['year']}: {said}, {people}", record["note"])


def _erratum_says(record: Record) -> str:
    where = shortly(Reference.of(item) for item in record.items("where"))
    claim, right = sentence(record["claim"]), sentence(record["what_is_right"])
    return f"{where[0].upper()}{where[1:]} says: {claim} What is right: {right}"


def _factor_says(record: Record) -> str:
    has = "has" if record["has"] == "1" else "does not have"
    basis = record["basis"].replace("_", " ")
    said = f"By the 1993 Tumen study, {record['region']} {has} {record['factor']} ({basis})"
    return _joined_sentences(said, record["note"])


def _other_says(record: Record) -> str:
    schema = data.schema_of(record.table)
    skipped = {schema.identifier, *schema.names, "confidence"}
    cells = [
        f"{column.name.replace('_', ' ')}: {_cell_says(record, column)}"
        for column in schema.columns.values()
        if column.name not in skipped and column.type not in ("sources", "ids")
        if record[column.name]
    ]
    return _joined_sentences(record.name, "; ".join(cells))


def _cell_says(record: Record, column: Column) -> str:
    cell = record[column.name]
    if column.references == "country_names.code":
        return _countries(record.items(column.name))
    if column.type == "boolean":
        return "yes" if cell == "1" else "no"
    if column.type == "date":
        return _date(cell)
    return ", ".join(record.items(column.name)) if column.is_list else cell


def full_reference(record: Record, place: str = "", *, notes: bool = True) -> str:
    """Write a row of the bibliography as a reference.

    Parameters
    ----------
    record : Record
        A row of the bibliography.
    place : str
        Page, section or date in it; may be empty.
    notes : bool
        Whether what is uncertain about the reference is said too.
    """
    authors = f"{record['authors'].rstrip('.')}." if record["authors"] else ""
    year = f"{record['year']}." if record["year"] else ""
    name = DOCUMENTS.get(record.id)
    title = record["title"] + (f" (called here {name})" if name else "")
    head = " ".join(part for part in (authors, year, title) if part)
    if record["container"]:
        head += ("" if head.endswith("?") else ".") + f" {record['container']}"
    said = [VERIFICATION[record["verification"]], record["note"].rstrip(".")] if notes else []
    bracket = "; ".join(note for note in said if note)
    address = f" {record['url']}" if record["url"] else ""
    return _joined(head, place) + address + (f" [{bracket}]" if bracket else "")


def short_reference(record: Record) -> str:
    """Name a row of the bibliography by family names and year, or by its title."""
    if record.id in DOCUMENTS:
        return DOCUMENTS[record.id]
    scholarly = ("book", "chapter", "article", "working paper", "report", "thesis")
    if record["authors"] and record["kind"] in scholarly:
        return f"{_families(record['authors'])} {record['year']}".strip()
    return record["title"]


def _families(authors: str) -> str:
    """Name one or two authors by family name, and the first of more."""
    first, _, others = authors.removesuffix(", eds.").removesuffix(", ed.").partition(", and ")
    family, _, rest = first.partition(", ")
    if "," in rest.replace(", III", ""):
        return f"{family} and others"
    return f"{family} and {others.split(' ')[-1]}" if others else family


def _joined(one: str, other: str) -> str:
    return f"{one}, {other}" if other else one


def sentence(text: str) -> str:
    """End a text with a full stop if it has no end yet."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _joined_sentences(*texts: str) -> str:
    sentences = [sentence(text[0].upper() + text[1:]) for text in texts if text]
    return " ".join(sentences)


_SAYS: Mapping[str, Callable[[Record], str]] = MappingProxyType(
    {
        "events": _event_says,
        "ties": _tie_says,
        "places": lambda record: f"{record.name}. {place_says(record)}",
        "zones": _zone_says,
        "glossary": lambda record: f"{record.name}: {record['definition']}",
        "errata": _erratum_says,
        "trade": _trade_says,
        "economies": _economy_says,
        "comparative_advantage": _factor_says,
        "bibliography": full_reference,
    }
)


def says(record: Record) -> str:
    """Say in one or a few sentences what a row of any table says."""
    return _SAYS.get(record.table, _other_says)(record)
