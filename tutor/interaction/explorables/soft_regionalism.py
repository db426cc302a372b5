"""The explorables of lesson 03: contract, growth, avenues, zones and the names of the region."""

from __future__ import annotations

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message


def explore_revenue_contract(share: int = 50, years: int = 3) -> Explorable | Message:
    """Move the retained share of a revenue contract, and see which projects officials start.

    Parameters
    ----------
    share : int
        Percent of the added revenue that the county keeps, 0 to 100 in steps of 5.
    years : int
        Length of the contract, 1 to 5.

    Returns
    -------
    Explorable
        Gains of five projects, and what county and centre get, with a slider for each term.
        ``.describe()`` says the same in words.
    """
    from tutor.charts import soft_regionalism as chart

    return explorable_or_message(
        lambda: chart.revenue_contract(share, years),
        lambda: (
            Control("share", "Retained share, percent", chart.SHARES, share, plays=True),
            Control("years", "Years of the contract", chart.YEARS, years),
        ),
        chart.describe_contract,
    )


def explore_growth_rate(rate: int = 34) -> Explorable | Message:
    """Look for the growth rate that leads from the border trade of 1983 to that of 1989.

    Parameters
    ----------
    rate : int
        Growth in percent a year to begin with, 0 to 40.

    Returns
    -------
    Explorable
        Two known points and a path, with a slider for the rate.
    """
    from tutor.charts import soft_regionalism as chart

    return explorable_or_message(
        lambda: chart.border_trade(rate),
        lambda: (Control("rate", "Growth, percent a year", chart.RATES, rate),),
        chart.describe_growth,
    )


def explore_avenues(shown: str = "old") -> Explorable | Message:
    """Add new avenues to the old, and then the ties of regions and firms.

    Parameters
    ----------
    shown : str
        ``"old"``, ``"states"`` (old and new pairs of states) or ``"all"`` (regions and firms too).

    Returns
    -------
    Explorable
        The network of the six countries, with a list to choose from.
    """
    from tutor.charts import soft_regionalism as chart

    return explorable_or_message(
        lambda: chart.avenues(shown),
        lambda: (Control("shown", "Show", tuple(chart.AVENUES), shown, chart.AVENUES),),
        chart.describe_avenues,
    )


def explore_zones(year: int = 1989, kind: str = "all", area: str = "wide") -> Explorable | Message:
    """Watch zones, ports and crossings appear on the map, year by year.

    Parameters
    ----------
    year : int
        The year to begin with, 1983 to 1993.
    kind : str
        ``"all"``, ``"zone"``, ``"port"`` or ``"crossing"``.
    area : str
        ``"wide"`` for the whole region, ``"near"`` for the lands around the Tumen.

    Returns
    -------
    Explorable
        The map with a slider for the year and two lists.
    """
    from tutor.charts import zones_map as chart

    return explorable_or_message(
        lambda: chart.zones_map(year, kind, area),
        lambda: (
            Control("year", "Year", chart.ZONE_YEARS, year, plays=True),
            Control("kind", "Show", tuple(chart.KIND_WORDS), kind, chart.KIND_WORDS),
            Control("area", "View", tuple(chart.AREAS), area, chart.AREAS),
        ),
        chart.describe_zones,
    )


def explore_region_names(name: str = "all") -> Explorable | Message:
    """Put the three rival names of the region on the map, one by one.

    Parameters
    ----------
    name : str
        ``"all"``, ``"CHN"``, ``"JPN"`` or ``"KOR"``: whose name to show.

    Returns
    -------
    Explorable
        The map with a list to choose from.
    """
    from tutor import data
    from tutor.charts import zones_map as chart

    names = {row["owner"]: row["name"] for row in data.rows("region_names")}
    names = {"all": "all three names", **names}
    return explorable_or_message(
        lambda: chart.region_names_map(name),
        lambda: (Control("name", "Name", tuple(names), name, names),),
        chart.describe_region_name,
    )
