"""The explorables of lesson 05: the ladder, a customs union, capital that moves, rival zones."""

from __future__ import annotations

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message

_READY = {
    "25": "hesitant (25 million dollars a point)",
    "50": "cautious (50 million)",
    "100": "willing (100 million)",
    "200": "keen (200 million)",
    "400": "eager (400 million)",
}
_PROMISES = {
    "trade": "Free trade among members",
    "tariff": "Common external tariff",
    "factors": "Free movement of labour and capital",
    "coordination": "Coordinated fiscal and monetary policy",
    "authority": "Unified policy under a common authority",
}


def explore_integration_ladder(
    trade: str = "no",
    tariff: str = "no",
    factors: str = "no",
    coordination: str = "no",
    authority: str = "no",
) -> Explorable | Message:
    """Build a bloc out of promises, and see on which rung of the ladder it stands.

    Parameters
    ----------
    trade, tariff, factors, coordination, authority : str
        ``"yes"`` or ``"no"``: free trade among members, a common external tariff, free movement of
        labour and capital, coordinated fiscal and monetary policy, unified policy under a common
        authority.

    Returns
    -------
    Explorable
        The ladder with five lists. ``.describe()`` says the same in words.
    """
    from tutor.charts import stages as chart
    from tutor.derived.stages import combinations

    start = (trade, tariff, factors, coordination, authority)
    return explorable_or_message(
        lambda: chart.integration_ladder(*start),
        lambda: tuple(
            Control(name, label, chart.YES_NO, value)
            for (name, label), value in zip(_PROMISES.items(), start, strict=True)
        ),
        lambda **setting: chart.stage_words(
            combinations()[tuple(setting[name] == "yes" for name in _PROMISES)]
        ),
    )


def explore_customs_union(tariff: int = 10, partner_price: int = 12) -> Explorable | Message:
    """Form a customs union in one market, and see whether it pays.

    Parameters
    ----------
    tariff : int
        Dollars a pair of boots, 0 to 20.
    partner_price : int
        Price of the partner's boots in dollars, 6 to 24; the outside world sells at 10.

    Returns
    -------
    Explorable
        Demand and supply with two sliders. ``.describe()`` says the same in words, ``.table()``
        gives every setting.
    """
    from tutor.charts import stages as chart
    from tutor.derived.stages import PARTNER_PRICES, TARIFFS

    return explorable_or_message(
        lambda: chart.customs_union(tariff, partner_price),
        lambda: (
            Control("tariff", "Tariff, dollars a pair", TARIFFS, tariff),
            Control("partner_price", "Partner's price, dollars", PARTNER_PRICES, partner_price),
        ),
        chart.describe_union,
    )


def explore_capital_mobility(part: int = 40, shown: str = "inflow") -> Explorable | Message:
    """Let capital move among the six economies of 1993.

    Parameters
    ----------
    part : int
        How much of the gap in income per head is laid to lack of capital: 25 to 50 percent, in
        steps of 5.
    shown : str
        ``"inflow"``, ``"wages"``, ``"income"`` or ``"returns"``.

    Returns
    -------
    Explorable
        One bar an economy, with a slider and a list.
    """
    from tutor.charts import stages as chart
    from tutor.derived.stages import CAPITAL_PARTS

    label = "Income gap due to lack of capital, percent"
    return explorable_or_message(
        lambda: chart.capital_mobility(part, shown),
        lambda: (
            Control("part", label, CAPITAL_PARTS, part),
            Control("shown", "Show", tuple(chart.SHOWN), shown, chart.SHOWN),
        ),
        chart.describe_capital,
    )


def explore_zone_competition(
    zones: int = 1, readiness: int | str = 50, site: str = "own"
) -> Explorable | Message:
    """Let zones compete for investors by their taxes, beside one authority for all of them.

    Parameters
    ----------
    zones : int
        How many zones, 1 to 10.
    readiness : int
        Millions of outside dollars that come for each percentage point of return: 25, 50, 100, 200
        or 400.
    site : str
        ``"own"`` if each zone brings a site, ``"shared"`` if they divide one.

    Returns
    -------
    Explorable
        Tax and revenue by the number of zones, with a slider and two lists.
    """
    from tutor.charts import stages as chart
    from tutor.derived.stages import ZONES

    return explorable_or_message(
        lambda: chart.zone_competition(zones, readiness, site),
        lambda: (
            Control("zones", "Number of zones", ZONES, zones),
            Control("readiness", "Outside investors are", tuple(_READY), str(readiness), _READY),
            Control("site", "Sites", tuple(chart.SITES), site, chart.SITES),
        ),
        chart.describe_zones,
    )
