"""The explorables of lesson 10: record, map, scorecard, errors, explanations and their settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.explorables.thaw import ExplorableInParts, Part
from tutor.interaction.message import Message

if TYPE_CHECKING:
    from tutor.charts.figure import Figure

_KINDS = {
    "all": "every kind",
    "tumen": "on the Tumen itself",
    "diplomacy": "diplomacy",
    "policy": "decisions at home",
    "economy": "trade and transport",
    "treaty": "treaties",
    "war": "wars and weapons",
}


def explore_aftermath(
    country: str = "all", kind: str = "all", period: str = "1993-1995"
) -> Explorable | Message:
    """Filter the events of 1993 to 2025 by country, kind and period.

    Parameters
    ----------
    country : str
        ``"all"`` or a code: CHN, RUS, JPN, KOR, PRK, MNG, USA.
    kind : str
        ``"all"``, ``"tumen"``, ``"diplomacy"``, ``"policy"``, ``"economy"``, ``"treaty"`` or
        ``"war"``.
    period : str
        ``"all"``, ``"1993-1995"``, ``"1996-2004"``, ``"2005-2009"``, ``"2010-2019"`` or
        ``"2020-2025"``.

    Returns
    -------
    Explorable
        The events as rows and the countries as columns, with three lists to choose from.
    """
    from tutor import data
    from tutor.charts import timeline as chart
    from tutor.derived.after_1993 import PERIODS

    events = chart.event_rows(PERIODS)
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    countries = {"all": "every country", **{code: names[code] for code in chart.COUNTRIES}}
    periods = {"all": "1993 to 2025"} | {
        chart.period_value(p): f"{p[0]} to {p[1]}" for p in PERIODS
    }
    return explorable_or_message(
        lambda: chart.timeline(PERIODS),
        lambda: (
            Control("period", "Years", tuple(periods), period, periods),
            Control("country", "Country", tuple(countries), country, countries),
            Control("kind", "Kind", tuple(_KINDS), kind, _KINDS),
        ),
        lambda **setting: chart.describe(chart.select(events, **setting)),
    )


def explore_river_map(year: int = 1993) -> Explorable | Message:
    """Follow the zones and railways near the Tumen from 1993 to 2025.

    Parameters
    ----------
    year : int
        The year to begin with; the map shows 31 December.

    Returns
    -------
    Explorable
        A map with a slider for the year.
    """
    from tutor.charts import after_1993 as chart

    return explorable_or_message(
        lambda: chart.river_map(year),
        lambda: (Control("year", "Year", chart.YEARS, year, plays=True),),
        chart.describe_river,
    )


def explore_scorecard(
    codes: Sequence[str] | str = "???????", reading: str = "PP01", beside: str = "no"
) -> Explorable | Message:
    """Code the predictions of the 1993 study yourself, with the evidence at hand.

    Parameters
    ----------
    codes : str
        Seven letters to begin with, one a prediction: ``"b"`` borne out, ``"c"`` contradicted,
        ``"u"`` undecided, ``"?"`` not coded yet.
    reading : str
        Id of the prediction whose evidence to read, ``"PP01"`` to ``"PP07"``, or ``"none"``.
    beside : str
        ``"yes"`` shows the course's codes beside yours, once all seven are coded.

    Returns
    -------
    Explorable
        A scorecard with a list for each prediction. `compare_scorecard` gives the course's reasons.
    """
    from tutor.charts import after_1993 as chart
    from tutor.derived.after_1993 import predictions

    rows = {"none": "no evidence"} | {row["id"]: row["label"] for row in predictions()}
    words = dict(chart.CODE_WORDS)
    show = {"no": "not yet", "yes": "when all seven are coded"}

    def controls() -> tuple[Control, ...]:
        lists = (
            Control(name, row["label"], tuple(words), code, words)
            for name, row, code in zip(
                chart.CODE_PARAMETERS, predictions(), chart.as_codes(codes), strict=True
            )
        )
        return (
            Control("reading", "Read the evidence on", tuple(rows), reading, rows),
            *lists,
            Control("beside", "Show the course's codes", tuple(show), beside, show),
        )

    parts: tuple[Part, ...] = (
        (("reading",), chart.describe_prediction),
        *(((name,), _code_in_words(place)) for place, name in enumerate(chart.CODE_PARAMETERS)),
        (("beside",), _reveal_in_words),
    )
    try:
        figure = chart.scorecard_chart(codes, reading, beside)
        return ExplorableInParts(figure, controls(), _joined(parts), parts)
    except (ValueError, TypeError) as problem:
        return Message(str(problem))


def _code_in_words(place: int) -> Callable[..., str]:
    """Make the words for one code: the first begins the line of seven letters."""
    return lambda **code: ("Your codes: " if place == 0 else "") + str(next(iter(code.values())))


def _reveal_in_words(beside: str) -> str:
    if beside == "no":
        return ""
    return "The diamonds are the course's codes; they show when no code is open."


def _joined(parts: tuple[Part, ...]) -> Callable[..., str]:
    def say(**setting: object) -> str:
        said = (words(**{name: setting[name] for name in names}) for names, words in parts)
        return " ".join(filter(None, said))

    return say


def scorecard(codes: Sequence[str] | str = "???????", reading: str = "none") -> Figure | Message:
    """Draw the scorecard with your codes: the explorable's chart by a plain call.

    Parameters
    ----------
    codes, reading
        As in `explore_scorecard`.

    Returns
    -------
    Figure
        The scorecard; ``.table()`` counts the evidence, ``.describe()`` reads it.
    """
    from tutor.charts import after_1993 as chart

    return _figure_or_message(lambda: chart.scorecard_chart(codes, reading))


def compare_scorecard(codes: Sequence[str] | str = "???????") -> Figure | Message:
    """Set your codes of the seven predictions beside the course's.

    Parameters
    ----------
    codes : str
        Seven letters, b, c or u. While one is open, nothing is shown.

    Returns
    -------
    Figure
        The scorecard with both; ``.describe()`` and ``.table()`` give the course's reasons.
    """
    from tutor.charts import after_1993 as chart

    return _figure_or_message(lambda: chart.compare_scorecard_chart(codes))


def explore_errors(test: str = "every test", severity: str = "all") -> Explorable | Message:
    """Sort the known errors of the 1993 study by kind, and see how each kind can be found.

    Parameters
    ----------
    test : str
        ``"every test"``, ``"another source"``, ``"a map"``, ``"a calendar"``, ``"arithmetic"``,
        ``"the text alone"``, ``"theory"`` or ``"time"``.
    severity : str
        ``"all"``, ``"major"`` or ``"minor"``.

    Returns
    -------
    Explorable
        Bars with two lists.
    """
    from tutor.charts import after_1993 as chart

    return explorable_or_message(
        lambda: chart.errors_chart(test, severity),
        lambda: (
            Control("test", "Found by", chart.tests(), test),
            Control("severity", "How grave", tuple(chart.SEVERITIES), severity, chart.SEVERITIES),
        ),
        chart.describe_errors,
    )


def explore_stall(explanation: str = "short push", duration: int = 0) -> Explorable | Message:
    """Ask of each rival explanation whether a longer push would have helped.

    Parameters
    ----------
    explanation : str
        ``"short push"``, ``"realist"``, ``"intergovernmental"``, ``"markets"``, ``"design"`` or
        ``"timing"``.
    duration : int
        Rounds of extra support: 0 to 40 in steps of 5.

    Returns
    -------
    Explorable
        The agreement round by round, with a list and a slider.
    """
    from tutor.charts import after_1993 as chart
    from tutor.derived.after_1993 import LENGTHS, explanations

    words = {row["key"]: row["label"] for row in explanations()}
    return explorable_or_message(
        lambda: chart.stall_chart(explanation, duration),
        lambda: (
            Control("explanation", "Explanation", tuple(words), explanation, words),
            Control("duration", "Rounds of push", LENGTHS, duration),
        ),
        chart.describe_stall,
    )


def explore_stall_settings(support: float = 0.1) -> Explorable | Message:
    """See how many settings of the model stall, and how support from outside changes that.

    Parameters
    ----------
    support : float
        Support of an outside body: 0 to 0.4 in tenths.

    Returns
    -------
    Explorable
        A field of settings with a slider.
    """
    from tutor.charts import after_1993 as chart
    from tutor.derived.after_1993 import SUPPORTS

    return explorable_or_message(
        lambda: chart.stall_field_chart(support),
        lambda: (Control("support", "Support from outside", SUPPORTS, support),),
        chart.describe_field,
    )


def _figure_or_message(draw: Callable[[], Figure]) -> Figure | Message:
    try:
        return draw()
    except (ValueError, TypeError) as problem:
        return Message(str(problem))
