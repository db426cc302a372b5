"""The explorables of lesson 08: the five steps, the rounds, the curve, pushes, the six, what matters."""

from __future__ import annotations

from collections.abc import Callable

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message


def explore_step(step: str = "1.1") -> Explorable | Message:
    """Move one step of the study's model alone, with what the study shows for it in each country.

    Parameters
    ----------
    step : str
        ``"1.1"``, ``"1.2"``, ``"2.1"``, ``"2.2"`` or ``"2.3"``.

    Returns
    -------
    Explorable
        What the step makes of what comes in, with two controls; below it six lines of evidence.
    """
    builders: dict[str, Callable[[], Explorable | Message]] = {
        "1.1": _autonomy,
        "1.2": _ties,
        "2.1": _bargaining,
        "2.2": _negotiation,
        "2.3": _feedback,
    }
    if step not in builders:
        return Message(f"step is {step!r}; it can be one of {', '.join(map(repr, builders))}.")
    return builders[step]()


def _autonomy() -> Explorable | Message:
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        chart.step_autonomy,
        lambda: (
            Control("reform", "Autonomy from reform alone", chart.REFORMS, 0.1),
            Control("pull", "Recentralization", chart.PULLS, 0.1),
        ),
        chart.describe_autonomy,
    )


def _ties() -> Explorable | Message:
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        chart.step_ties,
        lambda: (
            Control("complementarity", "Complementarity", chart.COMPLEMENTARITIES, 0.7),
            Control("hostility", "Hostility", chart.HOSTILITIES, 0.2),
        ),
        chart.describe_ties,
    )


def _bargaining() -> Explorable | Message:
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        chart.step_bargaining,
        lambda: (
            Control("capital", "Capital", tuple(chart.CAPITALS), "CHN", chart.CAPITALS),
            Control("support", "Outside support", chart.STEP_SUPPORTS, 0.1),
        ),
        chart.describe_bargaining,
    )


def _negotiation() -> Explorable | Message:
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        chart.step_negotiation,
        lambda: (
            Control("unwilling", "Unwilling capitals", chart.UNWILLING, 1),
            Control(
                "level",
                "Each of them",
                tuple(chart.LEVEL_WORDS),
                "nearly refuses",
                chart.LEVEL_WORDS,
            ),
        ),
        chart.describe_negotiation,
    )


def _feedback() -> Explorable | Message:
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        chart.step_feedback,
        lambda: (
            Control("feedback", "Feedback", chart.FEEDBACKS, 0.3),
            Control("pull", "Recentralization", chart.PULLS, 0.1),
        ),
        chart.describe_feedback,
    )


def explore_rounds(reluctance: float = 1.25, start: str = "nothing") -> Explorable | Message:
    """Let the circle turn, round by round.

    Parameters
    ----------
    reluctance : float
        Reluctance of every centre, 1 to 1.5 in steps of 0.05.
    start : str
        ``"nothing"`` (no ties, no agreement) or ``"full"`` (the circle in full swing).

    Returns
    -------
    Explorable
        Agreement, ties and autonomy over two hundred rounds, with a slider and a list.
    """
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        lambda: chart.rounds(reluctance, start),
        lambda: (
            Control("reluctance", "Reluctance of the capitals", chart.RELUCTANCES, reluctance),
            Control("start", "Start", tuple(chart.START_WORDS), start, chart.START_WORDS),
        ),
        chart.describe_rounds,
    )


def explore_cycle_curve(
    assumption: str = "study", reluctance: float = 1.25, support: float = 0.1
) -> Explorable | Message:
    """See the whole circle as one curve, and where it can come to rest.

    Parameters
    ----------
    assumption : str
        ``"study"``, ``"functionalism"``, ``"neofunctionalism"``, ``"intergovernmentalism"``,
        ``"realism"``, ``"toloraya"``, ``"reluctant"`` (one capital is) or ``"veto"`` (one refuses).
    reluctance : float
        Reluctance of every centre, 1 to 1.5 in steps of 0.05.
    support : float
        Support of an international organization, 0 to 0.4 in tenths.

    Returns
    -------
    Explorable
        The curve with a list and two sliders.
    """
    from tutor.charts import tradp_model as chart

    words = chart.ASSUMPTION_WORDS
    return explorable_or_message(
        lambda: chart.cycle_curve(assumption, reluctance, support),
        lambda: (
            Control("reluctance", "Reluctance of the capitals", chart.RELUCTANCES, reluctance),
            Control("support", "Outside support", chart.SUPPORTS, support),
            Control("assumption", "Assume", tuple(words), assumption, words),
        ),
        chart.describe_curve,
    )


def explore_push(amount: float = 0.3, duration: int = 0) -> Explorable | Message:
    """Push the circle from outside, for as many rounds as you like.

    Parameters
    ----------
    amount : float
        Extra support in each round of the push, 0.1 to 0.6 in tenths.
    duration : int
        How many rounds it lasts, 0 to 30.

    Returns
    -------
    Explorable
        Agreement and ties over 160 rounds, with two sliders.
    """
    from tutor.charts import tradp_model as chart
    from tutor.derived import tradp_model as derived

    return explorable_or_message(
        lambda: chart.push(amount, duration),
        lambda: (
            Control("amount", "Extra support", derived.AMOUNTS, amount),
            Control("duration", "Rounds it lasts", derived.LENGTHS, duration),
        ),
        chart.describe_push,
    )


def explore_six_countries(
    change: str = "none", start: str = "nothing", support: float = 0.1
) -> Explorable | Message:
    """Change one thing in the baseline of the six countries, and see where they come to rest.

    Parameters
    ----------
    change : str
        ``"none"``, ``"koreas"``, ``"islands"``, ``"keen"``, ``"moscow"``, ``"five"``, ``"river"``,
        ``"feedback"``, ``"refusal"``, ``"minimum"`` or ``"matching"``.
    start : str
        ``"nothing"`` (no ties, no agreement) or ``"full"`` (the circle in full swing).
    support : float
        Support of an international organization, 0 to 0.4 in tenths.

    Returns
    -------
    Explorable
        Six commitments and their agreement, with two lists and a slider.
    """
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        lambda: chart.six_countries(change, start, support),
        lambda: (
            Control("change", "Change", tuple(chart.CHANGE_WORDS), change, chart.CHANGE_WORDS),
            Control("start", "Start", tuple(chart.START_WORDS), start, chart.START_WORDS),
            Control("support", "Outside support", chart.SUPPORTS, support),
        ),
        chart.describe_six,
    )


def explore_sensitivity(start: str = "nothing") -> Explorable | Message:
    """See which of the model's numbers move the outcome most.

    Parameters
    ----------
    start : str
        ``"nothing"`` (no ties, no agreement) or ``"full"`` (the circle in full swing).

    Returns
    -------
    Explorable
        A bar for each number, with a list to choose the start.
    """
    from tutor.charts import tradp_model as chart

    return explorable_or_message(
        lambda: chart.sensitivity(start),
        lambda: (Control("start", "Start", tuple(chart.START_WORDS), start, chart.START_WORDS),),
        chart.describe_sensitivity,
    )
