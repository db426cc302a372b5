"""The comparison of prose with the data: right examples pass, wrong ones are caught."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import data
from tutor.workshop.prose import (
    bare_figures,
    check_reference,
    contested_names,
    headings,
    references,
)

RIGHT = [
    # dates
    ("28 May 1858", "E001"),
    ("28th of May 1858", "E001"),
    ("May 28, 1858", "E001"),
    ("May 1858", "E001"),
    ("in 1858", "E001"),
    ("28 May", "E001"),
    ("1858-05-28", "E001"),
    ("Treaty of Aigun (1858)", "E001"),
    ("Sept 1992", "E095"),
    ("9-11 October 1992", "E096"),
    ("9 to 11 October 1992", "E096"),
    ("28 April 1952", "T001"),
    ("1951 to 1960", "T001"),
    ("from 1991 to 2011", "F001"),
    ("1990", "EC001"),
    ("31 January 1993", "Z13"),
    ("1991/92", "scalapino-1991"),
    ("Putnam (1988)", "putnam-1988"),
    # figures
    ("621 square kilometres", "Z13"),
    ("621", "Z13"),
    ("30 billion dollars", "F001"),
    ("about $30 billion", "F001"),
    ("30,000 million", "F001"),
    ("thirty billion", "F001"),
    ("thirty-billion-dollar", "E078"),
    ("596 million Swiss francs", "F010"),
    ("40 percent", "F029"),
    ("200,000 workers", "F036"),
    ("two hundred thousand", "F036"),
    ("1,135 million people", "EC001"),
    ("1.135 billion", "EC001"),
    ("361 billion dollars", "EC001"),
    ("fourteen", "E050"),
    ("forty-eight states", "E028"),
    ("820,000 dollars", "E086"),
    ("1952", "X02"),  # an erratum knows the wrong date and the right one
    ("25 June 1950", "X02"),
    ("resolution 2375", "E137"),
    ("19th Division", "E016"),
    # names
    ("Treaty of Aigun", "E001"),
    ("the Aigun treaty", "E001"),
    ("Aigun's terms", "E001"),
    ("Chinese", "E001"),
    ("Nixon", "E042"),
    ("Khasan", "P33"),
    ("natural economic territory", "G06"),
    ("Natural economic territories", "G06"),
    ("NETs", "G06"),
    ("win-sets", "G17"),
    ("two-level games", "G16"),
    ("border trade", "G46"),
    ("decentralised", "G21"),
    ("normalised", "G11"),
    ("*hub and spokes*", "G09"),
    ("珲春", "P08"),
    ("Scalapino", "scalapino-1991"),
    ("Keohane and Nye", "keohane-nye-1977"),
    ("Sino-Soviet treaty", "E047"),
    ("the river mouth", "P01"),
    ("boundary treaty", "T046"),
]

WRONG = [
    ("28 May 1858", "E003"),
    ("29 May 1858", "E001"),
    ("May 1859", "E001"),
    ("1860", "E001"),
    ("in the 1850s", "E001"),
    ("28 May 1907", "E007"),
    ("5 May 1907", "E007"),
    ("12 October 1992", "E095"),
    ("1952", "E025"),  # what the study says wrongly is no fact of the event
    ("1991 to 2012", "F001"),
    ("Convention of Peking (1858)", "E001"),
    ("Keohane (1988)", "putnam-1988"),
    ("746 square kilometres", "Z01"),
    ("30 million dollars", "F001"),
    ("30", "E001"),
    ("thirty million", "F001"),
    ("41 percent", "F029"),
    ("20,000 workers", "F036"),
    ("fifteen", "E050"),
    ("Convention of Peking", "E001"),
    ("the treaty", "E001"),
    ("a zone", "Z13"),
    ("the peace treaty", "T046"),
    ("here", "E001"),
    ("", "E001"),
    ("Khasan", "P08"),
    ("natural economic territory", "G07"),
    ("win-sets", "G18"),
    ("Scalapino", "putnam-1988"),
    ("Korean War", "E001"),
    ("28 May 1858", "E999"),
    ("28 May 1858", "e001"),
]


@pytest.mark.parametrize(("text", "id"), RIGHT)
def test_a_text_that_agrees_passes(text, id):
    assert check_reference(text, id) == []


@pytest.mark.parametrize(("text", "id"), WRONG)
def test_a_text_that_disagrees_is_caught(text, id):
    problems = check_reference(text, id)
    assert problems
    assert all(f"](#{id}): " in problem for problem in problems)


def test_a_problem_says_what_would_be_right():
    assert "28 May 1858" in check_reference("29 May 1858", "E001")[0]
    assert "30,000,000,000" in check_reference("30 million", "F001")[0]
    assert "did you mean" in check_reference("1858", "E9001")[0]
    assert "write the id as E001" in check_reference("1858", "e001")[0]


@pytest.mark.parametrize("table", data.names())
def test_every_row_answers_to_its_own_name(table):
    schema = data.schema_of(table)
    for row in data.rows(table):
        record = data.find(row[schema.identifier])
        assert check_reference(record.name, record.id) == []


@pytest.mark.parametrize(("table", "column"), [("events", "date"), ("ties", "start")])
def test_every_row_answers_to_its_own_date_and_to_no_other(table, column):
    for row in data.rows(table):
        assert check_reference(row[column][:4], row["id"]) == []
        assert check_reference("17 March 1803", row["id"])


def test_every_figure_answers_to_its_value():
    for row in data.rows("trade"):
        assert check_reference(f"{float(row['value']):,}", row["id"]) == []
        assert check_reference("987,654.5", row["id"])


def test_references_are_read_in_order():
    text = (
        "On [28 May 1858](#E001) and **[14 November 1860](#E003)**; see [the site](https://a.b) "
        "and [*win-sets*](#G17).\n\n```python\nprint('[1858](#E002)')\n```\n`[1](#E004)` "
        "![a map](#E005) [a [nested] text](#P08) <!-- [x](#E006) -->"
    )
    assert references(text) == [
        ("28 May 1858", "E001"),
        ("14 November 1860", "E003"),
        ("win-sets", "G17"),
        ("a [nested] text", "P08"),
    ]


def test_headings_give_the_anchors_that_links_may_go_to():
    assert headings("# The closed river\n\n## What *we* know now ##\n```\n# no\n```") == {
        "The-closed-river",
        "What-we-know-now",
    }


BARE = [
    ("The treaty of 1858 moved the border.", ["1858"]),
    ("On 28 May 1858 it was signed.", ["28 May 1858"]),
    ("Signed on May 28, 1858.", ["May 28, 1858"]),
    ("From 1945 to 1995.", ["1945", "1995"]),
    ("From 1991-93 on.", ["1991-93"]),
    ("The date is 28 May.", ["28 May"]),
    ("It needs 30 billion dollars.", ["30 billion"]),
    ("It needs $30 billion.", ["$30 billion"]),
    ("It needs thirty billion dollars.", ["thirty billion"]),
    ("An area of 621 square kilometres.", ["621"]),
    ("About 20 percent of it, or 20% or 20 per cent.", ["20"]),
    ("Some 90 km upstream, three kilometres wide.", ["90", "three"]),
    ("There were 1,500 of them.", ["1,500"]),
    ("There were 120 ships and 25 Chinese firms.", ["120", "25"]),
    ("Fourteen coastal cities.", ["Fourteen"]),
    ("A weight of 0.3 is ours.", ["0.3"]),
    ("| 1858 | Aigun |", ["1858"]),
    ("In **1858**, _1860_ and <b>1875</b>.", ["1858", "1860", "1875"]),
    ("It costs \\$30&nbsp;billion.", ["$30 billion"]),
    ("Resolution 2375 was passed.", ["2375"]),
]

NOT_BARE = [
    "The treaty of [28 May 1858](#E001).",
    "Six countries, three questions, 10 minutes, two states, five steps.",
    "Lesson 01, exercise 10, task 3.2, section 1.2, Python 3.11, questions 2 and 14.",
    "Step 1.1 leads to 1.2, and 2.1 to 2.2 and 2.3.",
    "In the 1990s the 1993 Tumen study was read.",
    "Move the slider to 7 and press 12 times.",
    "A hundred reasons.",
    "The 19th Division crossed the 38th parallel in the 20th century.",
    "A lease of 50 years; n = 15; the value is between 0 and 1.",
    "`year = 1958` and\n```python\nshow(1958, 30_000)\n```",
    "See <https://example.org/1958/30> and [this](https://example.org/1991).",
    "# From 1858 to 1995\n\nText.",
    "![A map of 1858](picture.png)",
    "It may take a while. In May they met.",
]


@pytest.mark.parametrize(("text", "found"), BARE)
def test_bare_dates_and_figures_are_found(text, found):
    assert bare_figures(text) == found


@pytest.mark.parametrize("text", NOT_BARE)
def test_what_states_no_fact_is_left_alone(text):
    assert bare_figures(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The coast of the Sea of Japan (East Sea). Later the Sea of Japan alone.",
        "The Sea of Japan Symposium met at Niigata.",
        "*The Sea of Japan in History* is a book; “Japan Sea” is a quotation.",
        "the southern Kurils (Northern Territories)",
        "the southern Kurils",
        "The Republic of China (Taiwan) and the People's Republic of China.",
        "The People's Republic of China was founded.",
        "Dokdo/Takeshima",
        "the east seaboard",
    ],
)
def test_contested_names_in_their_agreed_form_pass(text):
    assert contested_names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The coast of the Sea of Japan.", "Sea of Japan"),
        ("The coast of the Sea\nof Japan.", "Sea of Japan"),
        ("The Japan Sea rim.", "Japan Sea"),
        ("The East Sea.", "East Sea"),
        ("the Northern Territories", "Northern Territories"),
        ("A treaty with the Republic of China.", "Republic of China"),
        ("A treaty with the ROC.", "ROC"),
        ("The islet of Dokdo.", "Dokdo"),
        ("The islands of Diaoyu.", "Diaoyu"),
        ("The hill of Changkufeng.", "Changkufeng"),
    ],
)
def test_contested_names_alone_are_caught(text, name):
    assert any(problem.startswith(f"'{name}'") for problem in contested_names(text))


def test_the_tables_follow_the_policy_on_contested_names():
    for table in data.names():
        if table == "contested_names":
            continue
        columns = data.schema_of(table).columns.values()
        spoken = [c.name for c in columns if not c.quoted and c.type not in ("sources", "ids")]
        codes = [c.name for c in columns if c.references == "country_names.code"]
        if table in ("actors", "country_names"):
            codes += ["id", "code", "other_names"]
        for row in data.rows(table):
            text = "; ".join(row[name] for name in spoken if name not in codes)
            whole = "; ".join(row.values())
            assert contested_names(text, whole=whole) == [], (table, text)


@given(st.text(alphabet=st.sampled_from("[](#)E01*_`~\n 28May1858,.-–%$ billionthirtyh!<>|")))
def test_the_readers_take_any_text(text):
    for shown, id in references(text):
        assert isinstance(check_reference(shown, id), list)
    assert all(isinstance(figure, str) for figure in bare_figures(text))
    assert isinstance(contested_names(text), list)
    assert isinstance(headings(text), frozenset)


@given(st.text(), st.sampled_from(["E001", "F001", "G06", "putnam-1988", "X02", "no-such-id"]))
def test_the_verifier_takes_any_text(text, id):
    assert isinstance(check_reference(text, id), list)


@given(st.dates(datetime.date(1800, 1, 1), datetime.date(2030, 12, 31)))
def test_a_date_linked_is_no_longer_bare(day):
    written = f"{day.day} {day:%B} {day.year}"
    assert bare_figures(f"On {written} it rained.") == [written]
    assert bare_figures(f"On [{written}](#E001) it rained.") == []


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["million", "billion"]))
def test_a_number_agrees_only_with_its_own_scale(number, scale):
    agrees = check_reference(f"{number} {scale} dollars", "F001") == []
    assert agrees == (number == 30 and scale == "billion")
