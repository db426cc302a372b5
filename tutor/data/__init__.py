"""The course's facts: clean tables, one loader, and the way from any fact to its source.

`rows` and `table` read a whole table, `find` one row by its id; `tutor.data.citations` turns an id
into its sources and `tutor.workshop.prose` compares a text with the rows it links to. How the tables
came about, and how to add a row, stands in `tutor/data/README.md`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import pandas

    from tutor.data.schema import Column, Schema

__all__ = ["Record", "close_matches", "find", "names", "rows", "schema_of", "table"]

Row = Mapping[str, str]


@dataclass(frozen=True, eq=True)
class Record:
    """One row of one table.

    Attributes
    ----------
    table : str
        Name of the table, such as ``"events"``.
    id : str
        The row's id, unique across all tables, such as ``"E001"`` or ``"scalapino-1991"``.
    values : Mapping[str, str]
        Read-only: column to cell, both text; an empty cell is ``""``.
    """

    table: str
    id: str
    values: Row

    def __getitem__(self, column: str) -> str:
        """Return the cell of a column; `KeyError` names the columns there are."""
        try:
            return self.values[column]
        except KeyError:
            message = f"{self.table} has no column {column!r}; it has {', '.join(self.values)}"
            raise KeyError(message) from None

    def __hash__(self) -> int:
        return hash((self.table, self.id))

    @property
    def name(self) -> str:
        """What the row is called: its title, name or term."""
        described = schema_of(self.table)
        label = (self._label(described.columns[column]) for column in described.names)
        return " ".join(label).strip() or self.id

    def _label(self, column: Column) -> str:
        cell = self.values[column.name]
        if column.references != "country_names.code":
            return cell
        # A row about one country leaves the cell of the second one empty.
        return next((row["name"] for row in rows("country_names") if row["code"] == cell), cell)

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds a list, which semicolons separate."""
        return tuple(part.strip() for part in self[column].split(";") if part.strip())


def _folder(name: str) -> Traversable:
    from importlib.resources import files  # not needed until somebody asks for data

    return files(__name__).joinpath(name)


@cache
def names() -> tuple[str, ...]:
    """Return the names of all tables, in alphabetical order."""
    found = (entry.name for entry in _folder("tables").iterdir())
    return tuple(sorted(name.removesuffix(".csv") for name in found if name.endswith(".csv")))


def _known_table(name: str) -> None:
    if name not in names():
        message = f"there is no table {name!r}{close_matches(name, names())}; all: " + ", ".join(
            names()
        )
        raise KeyError(message)


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of a table as read-only mappings from column to text.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    tuple of Mapping[str, str]
        In the order of the file; every cell is text, an empty one ``""``.

    Raises
    ------
    KeyError
        If there is no such table; the message lists those there are.
    """
    _known_table(name)
    text = _folder("tables").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(MappingProxyType(row) for row in csv.DictReader(io.StringIO(text, newline="")))


@cache
def schema_of(name: str) -> Schema:
    """Return the description of a table's columns, read from ``schemas/NAME.toml``.

    Raises
    ------
    KeyError
        If there is no such table, or if it has no schema yet.
    """
    from tutor.data.schema import parse

    _known_table(name)
    file = _folder("schemas").joinpath(f"{name}.toml")
    if not file.is_file():
        message = (
            f"table {name!r} has no schema: describe its columns in "
            f"tutor/data/schemas/{name}.toml (tutor/data/README.md says how)"
        )
        raise KeyError(message)
    return parse(name, file.read_text(encoding="utf-8"))


def table(name: str) -> pandas.DataFrame:
    """Return a fresh copy of a table as a DataFrame.

    Numbers become floats (integers where no cell is empty), columns of 0 and 1 booleans, and all
    else text in which an empty cell is ``""``. Dates stay text, because many stop at the year or
    the month; text in this form sorts by time.

    Parameters
    ----------
    name : str
        One of `names`.

    Raises
    ------
    KeyError
        If there is no such table, or if it has no schema.
    """
    import pandas

    columns = schema_of(name).columns
    frame = pandas.DataFrame([dict(row) for row in rows(name)], columns=list(columns))
    for column in columns.values():
        if column.type in ("integer", "number"):
            frame[column.name] = pandas.to_numeric(frame[column.name].replace("", None))
        elif column.type == "boolean":
            frame[column.name] = frame[column.name] == "1"
    return frame


@cache
def _index() -> Mapping[str, Record]:
    found: dict[str, Record] = {}
    for record in _records():
        found.setdefault(record.id, record)
    return MappingProxyType(found)


def _records() -> Iterator[Record]:
    described = {entry.name for entry in _folder("schemas").iterdir()}
    for name in names():
        if f"{name}.toml" not in described:
            continue  # a table somebody is still adding; the tests demand its schema
        identifier = schema_of(name).identifier
        for row in rows(name):
            yield Record(name, row[identifier], row)


def find(id: str) -> Record:
    """Return the row with this id, from whichever table holds it.

    Parameters
    ----------
    id : str
        Such as ``"E001"``, ``"Z13"`` or ``"tumen-1993"``; capitals and spaces around it do
        not matter.

    Raises
    ------
    KeyError
        If no table has such a row; the message offers the closest ids.
    """
    wanted = str(id).strip()
    index = _index()
    for spelling in (wanted, wanted.upper(), wanted.lower()):
        if spelling in index:
            return index[spelling]
    raise KeyError(f"no row of the course has the id {wanted!r}{close_matches(wanted, index)}")


def close_matches(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """Return ``"; did you mean A or B?"``, or nothing when none of the known words is close."""
    from difflib import get_close_matches

    lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), lower, n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(lower[name] for name in close)}?" if close else ""
