"""The explorables of lesson 07: theories against evidence, and win-sets of two and of six."""

from __future__ import annotations

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message


def explore_theories(
    until: str = "1993", counting: str = "fits", row: str = "none"
) -> Explorable | Message:
    """Hold four theories, and the 1993 study, against what was seen at Tumen.

    Parameters
    ----------
    until : str
        The evidence up to ``"1993"`` (what the study could know) or ``"1996"``.
    counting : str
        ``"fits"`` counts what a theory expected; ``"balance"`` takes off what contradicts it.
    row : str
        Id of an observation, ``"OB01"`` to ``"OB10"``, to read why each theory says what it does; or
        ``"none"``.

    Returns
    -------
    Explorable
        The table of observations and theories with three lists.
    """
    from tutor.charts import two_level_games as chart
    from tutor.derived.two_level_games import observations

    rows = {"none": "all, with the counts"} | {
        seen["id"]: f"{seen['date'][:4]}: {seen['label']}" for seen in observations("1996")
    }
    return explorable_or_message(
        lambda: chart.theory_table(until, counting, row),
        lambda: (
            Control("until", "Evidence", tuple(chart.UNTIL_WORDS), until, chart.UNTIL_WORDS),
            Control(
                "counting", "Count", tuple(chart.COUNTING_WORDS), counting, chart.COUNTING_WORDS
            ),
            Control("row", "Read", tuple(rows), row, rows),
        ),
        chart.describe_theories,
    )


def explore_win_sets(
    moscow: float = 0.4, beijing_cost: float = 0.0, payment: float = 0.0
) -> Explorable | Message:
    """Move the win-sets of two capitals on the issue line, and see where they agree.

    Parameters
    ----------
    moscow : float
        What Moscow would like best, 0 to 1 in tenths.
    beijing_cost : float
        What signing costs Beijing at home, 0 to 0.7 in tenths.
    payment : float
        What Moscow is paid for signing, 0 to 0.6 in tenths.

    Returns
    -------
    Explorable
        Two bars on the line with three sliders.
    """
    from tutor.charts import two_level_games as chart

    return explorable_or_message(
        lambda: chart.win_sets_of_two(moscow, beijing_cost, payment),
        lambda: (
            Control("beijing_cost", "Cost to Beijing at home", chart.COSTS, beijing_cost),
            Control("payment", "Payment to Moscow", chart.PAYMENTS, payment),
            Control("moscow", "What Moscow wants", chart.IDEALS, moscow),
        ),
        chart.describe_two,
    )


def explore_two_level_game(
    reading: str = "putnam", members: str = "five", autonomy: str = "read"
) -> Explorable | Message:
    """Change who bargains, who ratifies, who belongs and what the regions count.

    Parameters
    ----------
    reading : str
        ``"capitals"`` (alone), ``"putnam"`` (capitals bargain, regions ratify), ``"study"`` (regions
        bargain, capitals ratify) or ``"regions"`` (alone).
    members : str
        ``"five"``, ``"six"`` (with Japan) or ``"three"`` (those on the river).
    autonomy : str
        How far regions move their centres in the study's order: ``"read"`` (as the evidence has it),
        ``"0"``, ``"0.25"``, ``"0.5"``, ``"0.75"`` or ``"1"``.

    Returns
    -------
    Explorable
        Win-sets of centres and regions with three lists.
    """
    from tutor.charts import two_level_games as chart

    return explorable_or_message(
        lambda: chart.two_level_game(reading, members, autonomy),
        lambda: _lists(reading, members, autonomy),
        chart.describe_game,
    )


def explore_side_payments(
    reading: str = "putnam",
    members: str = "five",
    autonomy: str = "read",
    recipient: str = "Pyongyang",
    paid: float = 0.0,
) -> Explorable | Message:
    """Let an outside body pay for signatures, with every other switch at hand.

    Parameters
    ----------
    reading, members, autonomy : str
        As in `explore_two_level_game`.
    recipient : str
        ``"Pyongyang"`` (alone), ``"capitals"`` (each) or ``"regions"`` (each).
    paid : float
        How much each recipient gets with an agreement, 0 to 0.4 in tenths.

    Returns
    -------
    Explorable
        Win-sets of centres and regions with four lists and a slider.
    """
    from tutor.charts import two_level_games as chart

    words = chart.RECIPIENT_WORDS
    return explorable_or_message(
        lambda: chart.two_level_game(reading, members, autonomy, recipient, paid, money=True),
        lambda: (
            Control("recipient", "Who is paid", tuple(words), recipient, words),
            Control("paid", "How much", chart.PAID, paid),
            *_lists(reading, members, autonomy),
        ),
        chart.describe_game,
    )


def _lists(reading: str, members: str, autonomy: str) -> tuple[Control, ...]:
    from tutor.charts import two_level_games as chart

    return (
        Control(
            "reading",
            "Who bargains",
            tuple(chart.READING_WORDS),
            reading,
            chart.READING_WORDS,
        ),
        Control("members", "Who belongs", tuple(chart.MEMBER_WORDS), members, chart.MEMBER_WORDS),
        Control(
            "autonomy",
            "Autonomy of regions",
            tuple(chart.AUTONOMY_WORDS),
            autonomy,
            chart.AUTONOMY_WORDS,
        ),
    )
