"""The explorables of lesson 04: two measures, two countries, six regions, and learning."""

from __future__ import annotations

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message


def explore_complementarity(measure: str = "jaccard") -> Explorable | Message:
    """Compare all pairs of regions by one of two measures of complementarity.

    Parameters
    ----------
    measure : str
        ``"jaccard"`` (of what either has, the share that only one has) or ``"matching"`` (of all factors
        of the table, the share that only one has).

    Returns
    -------
    Explorable
        One cell a pair, with a list to choose the measure.
    """
    from tutor.charts import comparative_advantage as chart

    words = {
        "jaccard": "Jaccard: only one has it, of what either has",
        "matching": "matching: only one has it, of the whole table",
    }
    return explorable_or_message(
        lambda: chart.complementarity_map(measure),
        lambda: (Control("measure", "Measure", tuple(words), measure, words),),
        chart.describe_complementarity,
    )


def explore_two_country_trade(england: int = 10_000, share: float = 0.5) -> Explorable | Message:
    """Let England and Portugal trade cloth for wine, with Ricardo's numbers.

    Parameters
    ----------
    england : int
        Hours of labour in England, 4,000 to 20,000 in steps of 1,000; Portugal has 10,000.
    share : float
        Share of income that both spend on cloth, 0.1 to 0.9 in steps of 0.1.

    Returns
    -------
    Explorable
        Both own prices, the world price and both gains, with two sliders.
    """
    from tutor.charts import comparative_advantage as chart

    return explorable_or_message(
        lambda: chart.two_country_trade(england, share),
        lambda: (
            Control("england", "Hours of labour in England", chart.ENGLAND, england),
            Control("share", "Share of income spent on cloth", chart.SHARES, share),
        ),
        chart.describe_two,
    )


def explore_chain_of_advantage(
    share: float = 0.5, japan: int = 65, mongolia: int = 4
) -> Explorable | Message:
    """Let the six regions trade raw materials for machines.

    Parameters
    ----------
    share : float
        Share of income that all spend on raw materials, 0.1 to 0.9 in steps of 0.1.
    japan : int
        Japan's workforce in millions: 5, 35, 65, 95 or 125.
    mongolia : int
        Hours for a unit of raw materials in Mongolia, the way to a port included: 4 to 20 in steps of 4.

    Returns
    -------
    Explorable
        Six own prices, the world price and six gains, with three sliders.
    """
    from tutor.charts import comparative_advantage as chart

    return explorable_or_message(
        lambda: chart.chain_of_advantage(share, japan, mongolia),
        lambda: (
            Control("share", "Share of income spent on materials", chart.SHARES, share),
            Control("japan", "Japan's workers, in millions", chart.JAPAN, japan),
            Control(
                "mongolia", "Mongolia: hours for materials, to the port", chart.MONGOLIA, mongolia
            ),
        ),
        chart.describe_chain,
    )


def explore_changing_advantage(saved: int = 0) -> Explorable | Message:
    """Let North Korea learn to build machines, hour by hour.

    Parameters
    ----------
    saved : int
        Hours that it saves on a machine, of the 15 with which it begins: 0 to 12.

    Returns
    -------
    Explorable
        What one unit of each good costs it, without trade and with it, with a slider.
    """
    from tutor.charts import comparative_advantage as chart

    return explorable_or_message(
        lambda: chart.changing_advantage(saved),
        lambda: (Control("saved", "Hours saved on a machine", chart.SAVED, saved, plays=True),),
        chart.describe_change,
    )
