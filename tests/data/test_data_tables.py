"""Every row of every table against its schema, and the tables against each other."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tutor import data
from tutor.data.schema import (
    Library,
    after,
    is_partial_date,
    key_of,
    parse,
    problems,
    split,
)


def described(name: str) -> bool:
    try:
        data.schema_of(name)
    except KeyError:
        return False
    return True


# A table without a schema fails one test, whose message says what to do, and no other.
TABLES = tuple(filter(described, data.names()))


@pytest.fixture(scope="module")
def library() -> Library:
    ids = [row[data.schema_of(name).identifier] for name in TABLES for row in data.rows(name)]
    return Library({name: data.rows(name) for name in data.names()}, frozenset(ids))


def cited_keys() -> set[str]:
    """Keys that some row of some table cites."""
    return {
        key_of(source)
        for name in TABLES
        for column in data.schema_of(name).columns.values()
        if column.type == "sources"
        for row in data.rows(name)
        for source in split(row[column.name])
    }


@pytest.mark.parametrize("name", data.names())
def test_table_has_a_schema(name):
    try:
        data.schema_of(name)
    except KeyError as missing:
        pytest.fail(
            f"{missing.args[0]}\nCopy tutor/data/schemas/events.toml as a pattern: `identifier` is "
            "the id column, `names` the columns that name a row, and [columns.X] stands for each "
            "column in the order of the file (type, required, values, pattern, references ...)."
        )


@pytest.mark.parametrize("name", TABLES)
def test_rows_keep_to_the_schema(name, library):
    assert list(problems(data.schema_of(name), library)) == []


@pytest.mark.parametrize("name", TABLES)
def test_table_ends_with_one_newline_and_has_no_byte_order_mark(name):
    text = (data._folder("tables") / f"{name}.csv").read_bytes()
    assert text.endswith(b"\n")
    assert not text.endswith(b"\n\n")
    assert b"\r" not in text
    assert not text.startswith(b"\xef\xbb\xbf")


def test_ids_are_unique_across_all_tables():
    counted = Counter(
        row[data.schema_of(name).identifier].lower() for name in TABLES for row in data.rows(name)
    )
    assert [identifier for identifier, times in counted.items() if times > 1] == []


def test_every_bibliography_key_is_cited_or_listed_to_read_on():
    cited = cited_keys()
    wrong = {
        row["key"]: row["use"]
        for row in data.rows("bibliography")
        if (row["use"] != "further reading") != (row["key"] in cited)
    }
    assert wrong == {}, "column `use` disagrees with what the tables cite"


def test_keys_named_in_the_code_stand_in_the_bibliography():
    package = Path(data.__file__).parent.parent
    keys = {row["key"] for row in data.rows("bibliography")}
    for file in package.rglob("*.py"):
        named = re.findall(r"\bkey\s+([a-z]+(?:-[a-z]+)*-\d{4})", file.read_text(encoding="utf-8"))
        missing = set(named) - keys
        assert missing == set(), f"{file.name}: add {missing} to bibliography.csv"


def test_what_was_not_looked_up_says_so():
    for row in data.rows("bibliography"):
        assert (row["kind"] == "common knowledge") == (row["verification"] == "not looked up")
        if row["verification"] == "uncertain":
            assert row["note"], f"{row['key']}: say in the note what is uncertain"


def test_only_corrected_events_say_what_the_study_says():
    for row in data.rows("events"):
        assert bool(row["study_says"]) == (row["status"] == "corrected"), row["id"]


def test_events_of_the_study_alone_cite_no_outside_source():
    for row in data.rows("events"):
        if row["status"] == "study_only":
            keys = {key_of(source) for source in split(row["sources"])}
            assert "tumen-1993" in keys, row["id"]


def test_corrected_events_have_their_erratum():
    linked = {one for row in data.rows("errata") for one in split(row["rows"])}
    corrected = {row["id"] for row in data.rows("events") if row["status"] == "corrected"}
    assert corrected - linked == set()


def test_ties_end_with_a_reason():
    for row in data.rows("ties"):
        assert bool(row["end"]) == bool(row["end_reason"]), row["id"]
        assert row["a"] != row["b"], row["id"]


def test_each_pair_of_country_and_year_stands_once():
    pairs = Counter((row["country"], row["year"]) for row in data.rows("economies"))
    assert max(pairs.values()) == 1
    pairs = Counter((row["region"], row["factor"]) for row in data.rows("comparative_advantage"))
    assert set(pairs.values()) == {1}
    assert len(pairs) == 6 * 24


def test_corners_of_triangles_agree_with_places():
    places = {row["name"]: row for row in data.rows("places")}
    for row in data.rows("triangles"):
        place = places[row["place"]]
        assert (row["latitude"], row["longitude"]) == (place["latitude"], place["longitude"])


def test_the_tables_name_no_files():
    for name in TABLES:
        for row in data.rows(name):
            text = " ".join(row.values())
            assert not re.search(r"\.(txt|csv|md)\b|(?<!\S)/\w", text), (name, text)


def test_actors_have_a_name_for_prose():
    codes = {row["code"] for row in data.rows("country_names")}
    assert {row["id"] for row in data.rows("actors")} <= codes


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1991", True),
        ("1991-05", True),
        ("1991-05-16", True),
        ("1992-02-29", True),
        ("1991-02-29", False),
        ("1991-13", False),
        ("1991-5-16", False),
        ("16 May 1991", False),
        ("", False),
    ],
)
def test_partial_dates(text, right):
    assert is_partial_date(text) is right


@pytest.mark.parametrize(
    ("first", "second", "later"),
    [
        ("1991-05-16", "1991", False),
        ("1992", "1991-05", True),
        ("1991-06", "1991-05-16", True),
        ("1991-05", "1991-05-16", False),
        ("1990", "1991", False),
    ],
)
def test_one_partial_date_after_another(first, second, later):
    assert after(first, second) is later


SCHEMA = """
names = ["title"]
[columns.id]
pattern = 'E\\d'
[columns.title]
required = true
[columns.start]
type = "date"
not_after = ["end"]
[columns.end]
type = "date"
[columns.kind]
values = ["war", "peace"]
[columns.number]
type = "number"
minimum = 0
maximum = 10
[columns.sources]
type = "sources"
[columns.rows]
type = "ids"
"""
GOOD = {
    "id": "E1",
    "title": "A treaty",
    "start": "1991-05",
    "end": "1991",
    "kind": "peace",
    "number": "9.5",
    "sources": "book;paper §page 3",
    "rows": "E1",
}


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"id": "F1"}, "does not match"),
        ({"title": ""}, "must not be empty"),
        ({"title": " A treaty"}, "stray space"),
        ({"start": "1992"}, "lies after end"),
        ({"start": "1991-02-30"}, "not an ISO date"),
        ({"kind": "truce"}, "is not one of"),
        ({"number": "many"}, "is no number"),
        ({"number": "-1"}, "is less than"),
        ({"number": "11"}, "is more than"),
        ({"sources": "film"}, "no key of bibliography"),
        ({"sources": "book;;paper"}, "nothing between semicolons"),
        ({"sources": "book;book"}, "twice"),
        ({"rows": "E9"}, "the id of no row"),
    ],
)
def test_a_bad_cell_is_reported(change, word):
    schema = parse("sample", SCHEMA)
    bibliography = ({"key": "book"}, {"key": "paper"})

    def report(row):
        tables = {"sample": (row,), "bibliography": bibliography}
        return list(problems(schema, Library(tables, frozenset({"E1"}))))

    assert report(GOOD) == []
    assert any(word in sentence for sentence in report(GOOD | change))


def test_two_rows_with_one_id_are_reported():
    schema = parse("sample", SCHEMA)
    tables = {"sample": (GOOD, GOOD), "bibliography": ({"key": "book"}, {"key": "paper"})}
    assert any("another row" in p for p in problems(schema, Library(tables, frozenset({"E1"}))))


def test_a_schema_with_an_unknown_key_is_refused():
    with pytest.raises(ValueError, match="unknown key"):
        parse("sample", "[columns.id]\ncolour = 'red'")
    with pytest.raises(ValueError, match="type must be one of"):
        parse("sample", "[columns.id]\ntype = 'colour'")
    with pytest.raises(ValueError, match="not described"):
        parse("sample", "names = ['title']\n[columns.id]")
