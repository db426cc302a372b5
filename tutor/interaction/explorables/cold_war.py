"""The explorables of lesson 01: the fan of ties and the timeline."""

from __future__ import annotations

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message

PERIODS = ((1858, 1910), (1911, 1945), (1946, 1960), (1961, 1984))
"""The four stretches in which lesson 01 reads its timeline."""

_KINDS = {
    "all": "every kind",
    "treaty": "treaties",
    "war": "wars and clashes",
    "diplomacy": "diplomacy",
    "policy": "decisions at home",
    "tumen": "on the Tumen itself",
}


def explore_security_network(year: int = 1955, counted: str = "security") -> Explorable | Message:
    """Watch the fan of security ties open and fold, year by year.

    Parameters
    ----------
    year : int
        The year to begin with, 1945 to 1995.
    counted : str
        What counts as a tie: ``"security"`` (alliances and bases), ``"alliance"`` or ``"every"``.

    Returns
    -------
    Explorable
        The network with a slider for the year. ``.describe()`` says the same in words, ``.table()``
        gives the treaties behind it.
    """
    from tutor.charts import security_network as chart

    words = chart.COUNTED_WORDS
    years = tuple(range(chart.FIRST_YEAR, chart.LAST_YEAR + 1))
    return explorable_or_message(
        lambda: chart.security_network(year, counted),
        lambda: (
            Control("year", "Year", years, year, plays=True),
            Control("counted", "What counts as a tie", tuple(words), counted, words),
        ),
        chart.describe_year,
    )


def explore_timeline(
    country: str = "all", kind: str = "all", period: str = "1946-1960"
) -> Explorable | Message:
    """Filter the events of 1858 to 1984 by country, kind and period.

    Parameters
    ----------
    country : str
        ``"all"`` or a code: CHN, RUS, JPN, KOR, PRK, MNG, USA.
    kind : str
        ``"all"``, ``"treaty"``, ``"war"``, ``"diplomacy"``, ``"policy"`` or ``"tumen"``.
    period : str
        ``"all"``, ``"1858-1910"``, ``"1911-1945"``, ``"1946-1960"`` or ``"1961-1984"``.

    Returns
    -------
    Explorable
        The events as rows and the countries as columns, with three lists to choose from.
    """
    from tutor import data
    from tutor.charts import timeline as chart

    events = chart.event_rows(PERIODS)
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    countries = {"all": "every country", **{code: names[code] for code in chart.COUNTRIES}}
    periods = {
        "all": "1858 to 1984",
        **{chart.period_value(p): f"{p[0]} to {p[1]}" for p in PERIODS},
    }
    return explorable_or_message(
        lambda: chart.timeline(PERIODS),
        lambda: (
            Control("country", "Country", tuple(countries), country, countries),
            Control("kind", "Kind", tuple(_KINDS), kind, _KINDS),
            Control("period", "Years", tuple(periods), period, periods),
        ),
        lambda **setting: chart.describe(chart.select(events, **setting)),
    )
