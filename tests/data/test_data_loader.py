"""The loader: rows, tables, single rows and what it says when there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import data


def test_rows_are_read_only_text():
    first = data.rows("events")[0]
    assert first["id"] == "E001"
    assert first["date"] == "1858-05-28"
    with pytest.raises(TypeError):
        first["date"] = "1860"


def test_native_scripts_survive():
    assert data.find("P08")["ko"] == "훈춘"
    assert data.find("P27")["ru"] == "Владивосток"


def test_table_gives_numbers_and_a_fresh_copy():
    frame = data.table("economies")
    assert frame["gdp_billion_usd"].dtype == "float64"
    assert frame["year"].dtype == "int64"
    assert frame["note"].iloc[0] == ""
    frame.loc[0, "year"] = 1
    assert data.table("economies")["year"].iloc[0] == 1990
    assert data.table("comparative_advantage")["has"].dtype == "bool"


@pytest.mark.parametrize("name", sorted({record.table for record in data._records()}))
def test_table_holds_all_rows(name):
    frame = data.table(name)
    assert len(frame) == len(data.rows(name))
    assert list(frame.columns) == list(data.rows(name)[0])


def test_find_forgives_spelling_and_says_what_it_found():
    record = data.find(" e001 ")
    assert (record.table, record.id, record.name) == ("events", "E001", "Treaty of Aigun")
    assert record.items("actors") == ("CHN", "RUS")
    assert record == data.find("E001")
    assert hash(record) == hash(data.find("E001"))
    assert data.find("Tumen-1993").table == "bibliography"


def test_unknown_names_come_with_close_matches():
    with pytest.raises(KeyError, match=r"did you mean .*tumen-1993"):
        data.find("tumen-1994")
    with pytest.raises(KeyError, match="did you mean events"):
        data.rows("event")
    with pytest.raises(KeyError, match="it has id, date"):
        data.find("E001")["day"]


def test_a_table_without_schema_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "names", lambda: ("orphan",))
    data.schema_of.cache_clear()
    with pytest.raises(KeyError, match=r"schemas/orphan\.toml"):
        data.schema_of("orphan")


@given(st.text())
def test_find_finds_or_explains(word):
    known = {record.id.lower() for record in data._records()}
    if word.strip().lower() in known:
        assert data.find(word).id.lower() == word.strip().lower()
    else:
        with pytest.raises(KeyError, match="no row of the course"):
            data.find(word)
