"""What the columns of a table hold: the declarative descriptions in ``schemas/*.toml``.

A schema names the identifier column and its pattern, the columns that name a row, and for every
column its type and what a cell may hold. `problems` compares a table with its schema, so that a
test can hold every row to it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType

TYPES = ("text", "integer", "number", "boolean", "date", "ids", "sources")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
        The header.
    type : str
        text; integer; number; boolean (0 or 1); date (ISO, may stop at the year or the month);
        ids (of rows of any table); sources (``key`` or ``key §where`` of the bibliography).
    about : str
        What the column says, in one line.
    required : bool
        Whether every row must fill it.
    list : bool
        Whether semicolons separate several values; ids and sources always are lists.
    unique : bool
        Whether no two rows may agree in it.
    values : tuple of str
        The values allowed; empty when anything is.
    pattern : str
        A regular expression that each value must match as a whole; empty when anything may.
    references : str
        ``"table.column"`` in which each value must stand; empty when it need not.
    minimum, maximum : float or None
        Bounds of a number, both allowed.
    not_after : tuple of str
        Date columns of the same row that may not lie before this one.
    only_with : str
        A column that must be filled when this one is.
    factor : float
        What to multiply a number with to get it in full, such as 1e9 for billions.
    unit_in : str
        The column that holds the unit of this number; empty when the header says it.
    quoted : bool
        Whether it gives what a source says, in that source's own names.
    """

    name: str
    type: str = "text"
    about: str = ""
    required: bool = False
    list: bool = False
    unique: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    references: str = ""
    minimum: float | None = None
    maximum: float | None = None
    not_after: tuple[str, ...] = ()
    only_with: str = ""
    factor: float = 1.0
    unit_in: str = ""
    quoted: bool = False

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values with semicolons between them."""
        return self.list or self.type in ("ids", "sources")


@dataclass(frozen=True)
class Schema:
    """The description of one table: what a row is, and its columns in the order of the file."""

    table: str
    about: str
    identifier: str
    names: tuple[str, ...]
    columns: Mapping[str, Column]


def parse(table: str, text: str) -> Schema:
    """Read a schema out of TOML.

    Raises
    ------
    ValueError
        If a key is unknown or missing, or a type is none of `TYPES`.
    """
    content = tomllib.loads(text)
    described = content.pop("columns", {})
    allowed = {field.name for field in fields(Column)} - {"name"}
    columns = {}
    for name, entry in described.items():
        if unknown := set(entry) - allowed:
            raise ValueError(f"schema of {table}, column {name}: unknown key {sorted(unknown)}")
        lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
        columns[name] = Column(name=name, **{**entry, **lists})
        if columns[name].type not in TYPES:
            raise ValueError(f"schema of {table}, column {name}: type must be one of {TYPES}")
    identifier = content.pop("identifier", "id")
    called = tuple(content.pop("names", [identifier]))
    about = content.pop("about", "")
    if content:
        raise ValueError(f"schema of {table}: unknown key {sorted(content)}")
    for name in (identifier, *called):
        if name not in columns:
            raise ValueError(f"schema of {table}: column {name!r} is named but not described")
    return Schema(table, about, identifier, called, MappingProxyType(columns))


def split(cell: str) -> list[str]:
    """Return the values of a cell that holds a list."""
    return cell.split(";") if cell else []


def key_of(source: str) -> str:
    """Return the bibliography key of a source item such as ``"tumen-1993 §1.2"``."""
    return source.split(" §", 1)[0]


def is_partial_date(text: str) -> bool:
    """Say whether a text is a real ISO date, or one that stops at the month or the year."""
    import datetime

    match = PARTIAL_DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def after(first: str, second: str) -> bool:
    """Say whether a partial date certainly lies after another: 1991-05 is not after 1991."""
    length = min(len(first), len(second))
    return first[:length] > second[:length]


@dataclass(frozen=True)
class Library:
    """All tables at once: what a check of one row needs to know about the others."""

    rows: Mapping[str, tuple[Mapping[str, str], ...]]
    ids: frozenset[str]

    def column(self, reference: str) -> frozenset[str]:
        """Return the values of ``"table.column"``."""
        table, column = reference.split(".")
        return frozenset(row[column] for row in self.rows.get(table, ()))


def problems(schema: Schema, library: Library) -> Iterator[str]:
    """Yield a sentence for everything in a table that its schema does not allow."""
    rows = library.rows[schema.table]
    header = list(rows[0]) if rows else list(schema.columns)
    if header != list(schema.columns):
        yield (
            f"{schema.table}.csv has the columns {header}, but schemas/{schema.table}.toml "
            f"describes {list(schema.columns)}"
        )
        return
    known = {
        column.references: library.column(column.references)
        for column in schema.columns.values()
        if column.references
    }
    known["bibliography.key"] = library.column("bibliography.key")
    seen: dict[str, set[str]] = {name: set() for name in schema.columns}
    for number, row in enumerate(rows, start=2):
        place = f"{schema.table}.csv line {number} ({row[schema.identifier]})"
        for column in schema.columns.values():
            cell = row[column.name]
            for problem in _cell_problems(column, cell, row, known, library):
                yield f"{place}, {column.name}: {problem}"
            if column.unique or column.name == schema.identifier:
                if cell and cell in seen[column.name]:
                    yield f"{place}, {column.name}: {cell!r} stands in another row too"
                seen[column.name].add(cell)


def _cell_problems(
    column: Column,
    cell: str,
    row: Mapping[str, str],
    known: Mapping[str, frozenset[str]],
    library: Library,
) -> Iterator[str]:
    if cell is None:
        yield "the row is shorter than the header"
        return
    if cell != cell.strip() or "\n" in cell or "  " in cell:
        yield f"stray space in {cell!r}"
    if not cell:
        if column.required:
            yield "must not be empty"
        return
    if column.only_with and not row[column.only_with]:
        yield f"may be filled only where {column.only_with} is"
    for other in column.not_after:
        if row[other] and after(cell, row[other]):
            yield f"{cell} lies after {other} {row[other]}"
    values = split(cell) if column.is_list else [cell]
    if len(values) != len(set(values)):
        yield f"{cell!r} says something twice"
    for value in values:
        yield from _value_problems(column, value, known, library)


def _value_problems(
    column: Column, value: str, known: Mapping[str, frozenset[str]], library: Library
) -> Iterator[str]:
    if value != value.strip() or not value:
        yield f"space or nothing between semicolons at {value!r}"
    if column.values and value not in column.values:
        yield f"{value!r} is not one of {', '.join(column.values)}"
    if column.pattern and not re.fullmatch(column.pattern, value):
        yield f"{value!r} does not match {column.pattern}"
    if column.references and value not in known[column.references]:
        yield f"{value!r} does not stand in {column.references}"
    if column.type == "date" and not is_partial_date(value):
        yield f"{value!r} is not an ISO date such as 1991-05-16, 1991-05 or 1991"
    if column.type == "boolean" and value not in ("0", "1"):
        yield f"{value!r} is neither 0 nor 1"
    if column.type in ("integer", "number"):
        yield from _number_problems(column, value)
    if column.type == "sources" and key_of(value) not in known["bibliography.key"]:
        yield f"{key_of(value)!r} is no key of bibliography.csv"
    if column.type == "ids" and value not in library.ids:
        yield f"{value!r} is the id of no row"


def _number_problems(column: Column, value: str) -> Iterator[str]:
    form = r"-?\d+" if column.type == "integer" else r"-?\d+(\.\d+)?"
    if not re.fullmatch(form, value):
        yield f"{value!r} is no {column.type}"
        return
    if column.minimum is not None and float(value) < column.minimum:
        yield f"{value} is less than {column.minimum}"
    if column.maximum is not None and float(value) > column.maximum:
        yield f"{value} is more than {column.maximum}"
