"""Tasks of exercise 08: evidence, steps by hand, the curve, pushes, and why the programme stalled."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tutor import data
from tutor.baselines import CYCLE_VALUES, SIX, teaching_value
from tutor.checks.engine import (
    Mistake,
    Task,
    between,
    chosen,
    close_to,
    countries,
    holds,
    lacks,
    letter_of,
    same_members,
)
from tutor.checks.written import Writing, argument
from tutor.interaction import reading

_GRADES = {(row["step"], row["country"]): row["grade"] for row in data.rows("step_evidence")}
_DRAWN_IN = [code for code in SIX if _GRADES["2.1", code] in ("strong", "some")]
_NO_CASE = [code for code in SIX if code not in _DRAWN_IN]
_AT_THE_TABLE = [code for code in SIX if _GRADES["2.2", code] in ("strong", "some")]

_WON = teaching_value("TV821")
_REFORM, _PULL = (
    teaching_value(CYCLE_VALUES[name]) for name in ("domestic_autonomy", "recentralization")
)
_COMMITMENTS = (0.9, 0.9, 0.9, 0.9, 0.6, 0.1)


@cache
def _autonomy_after(rounds: int) -> float:
    from tutor.derived.tradp_model import autonomy_path

    return autonomy_path(_REFORM, _PULL, rounds)[-1]


@cache
def _agreement() -> float:
    import numpy as np

    from tutor.baselines import equal_actors
    from tutor.models.tradp_cycle import negotiation

    return float(negotiation(equal_actors(), np.array(_COMMITMENTS)))


@cache
def _least_support(reluctance: float) -> float:
    """Find the smallest support of the slider with which there is only take-off."""
    from tutor.derived.tradp_model import SUPPORTS, cycle_curve, gap

    return next(
        support
        for support in SUPPORTS
        if len(cycle_curve("study", gap(reluctance, support)).crossings) == 1
        and cycle_curve("study", gap(reluctance, support)).outcomes[0] > 0.5
    )


@cache
def _points() -> tuple[tuple[float, float], ...]:
    from tutor.derived.tradp_model import HELD, base_curve

    return tuple(zip(HELD, base_curve().levels, strict=True))


def _slope(first: int, second: int) -> float:
    (put_1, out_1), (put_2, out_2) = _points()[first], _points()[second]
    return (out_2 - out_1) / (put_2 - put_1)


@cache
def _least_rounds(amount: float) -> int:
    from tutor.derived.tradp_model import least_length

    return least_length(amount) or 0


@cache
def _restart() -> float:
    """Find the largest reluctance of the slider at which the circle starts from nothing."""
    from tutor.derived.tradp_model import RELUCTANCES, paths

    return max(each for each in RELUCTANCES if paths(each, "nothing").agreement[-1] > 0.5)


@cache
def _lasts_until() -> float:
    """Find the largest reluctance of the slider at which a full circle stays up."""
    from tutor.derived.tradp_model import RELUCTANCES, paths

    return max(each for each in RELUCTANCES if paths(each, "full").agreement[-1] > 0.5)


@cache
def _edge_of_six() -> float:
    from tutor.baselines import six_countries
    from tutor.models.tradp_curve import fixed_points

    six = six_countries()
    return next(
        hundredths / 100
        for hundredths in range(10, 41)
        if len(fixed_points(six.varied(support=hundredths / 100))) == 1
    )


_EVENTS = [
    "E072",
    "E092",
    "E096",
    "E097",
    "E100",
    "E101",
    "E102",
    "E104",
    "E105",
    "E109",
    "E116",
    "E120",
    "E121",
    "E127",
]
_EVIDENCE = data.rows("step_evidence")
_ROWS = frozenset(
    (
        *_EVENTS,
        *("X43", "X44", "X48", "X49"),
        *(row["id"] for row in _EVIDENCE),
        *(event for row in _EVIDENCE for event in row["rows"].split(";") if event),
    )
)
_STEPS = ("1.1", "1.2", "2.1", "2.2", "2.3")


def _later(make: Callable[[], Callable[[float], bool]]) -> Callable[[float], bool]:
    """Make a test when it is first needed, so that loading the checks runs no model."""
    return lambda given: make()(given)


def _names_no_step(given: Writing) -> bool:
    return not any(step in given.folded for step in _STEPS)


def _is_without_curve(given: Writing) -> bool:
    words = ("curve", "threshold", "outcome", "slope", "push", "stall", "diagonal", "take off")
    return sum(word in given.folded for word in words) < 2


TASKS = (
    Task(
        id="08.1",
        read=countries(SIX),
        right=same_members(_DRAWN_IN),
        why="Three of six, and only the case of China has no gaps. For the other three the study shows "
        "a capital at the table, and no region that drew it there.",
        mistakes=(
            Mistake(
                "everybody",
                same_members(SIX),
                "That is all six. The study claims this step for all of them; the rows say for which "
                "it has a case.",
                "Look at the column “grade”.",
                "08.m1",
            ),
            Mistake(
                "at the table",
                same_members(_AT_THE_TABLE),
                "Those are the countries that negotiate. That is the next step.",
                "Keep the rows of step 2.1, not those of step 2.2.",
            ),
            Mistake(
                "strong only",
                same_members([code for code in SIX if _GRADES["2.1", code] == "strong"]),
                "You kept only the case without gaps. The task takes those with gaps too.",
                "Two grades count: “strong” and “some”.",
            ),
            Mistake(
                "no case",
                holds(*_NO_CASE),
                "Your list holds a country in which no bargaining between region and capital is shown.",
                "Leave out the rows with the grade “none”.",
            ),
            Mistake(
                "one missing",
                lacks(*_DRAWN_IN),
                "A country is missing. A case with gaps is still a case.",
                "Two grades count: “strong” and “some”.",
            ),
        ),
        otherwise="The list does not fit the rows of step 2.1.",
        hints=(
            "The table under the task has six rows, one a country.",
            "Take the countries whose grade is “strong” or “some”.",
        ),
    ),
    Task(
        id="08.2",
        read=reading.number,
        right=_later(lambda: close_to(_autonomy_after(5), 0.006)),
        why="Two fifths of the way are lost after five rounds. Each round takes a tenth of what is left "
        "above the level of reform, so it loses less and less.",
        mistakes=(
            Mistake(
                "three rounds",
                _later(lambda: close_to(_autonomy_after(3), 0.004)),
                "That is the freedom after three rounds, the last line that the cell printed.",
                "Let the loop run over two more turns.",
            ),
            Mistake(
                "four rounds",
                _later(lambda: close_to(_autonomy_after(4), 0.004)),
                "That is one round short.",
                "Count the numbers in the square brackets: the loop runs once for each.",
            ),
            Mistake(
                "down to nothing",
                close_to(_WON * (1 - _PULL) ** 5, 0.004),
                "You let the centre take a tenth of everything. It takes a tenth of what lies above the "
                "level of reform.",
                "Keep the brackets of the loop as they are.",
            ),
            Mistake(
                "the same each round",
                close_to(_WON - 5 * _PULL * (_WON - _REFORM), 0.004),
                "You took the same amount away in each round. It becomes smaller as freedom falls.",
                "Calculate each round from the freedom that the round before has left.",
            ),
            Mistake(
                "eight rounds",
                _later(lambda: close_to(_autonomy_after(8), 0.004)),
                "That is the freedom after eight rounds: the loop went on where it had stopped.",
                "Set freedom to its first value again before the loop.",
            ),
        ),
        otherwise="That is not the freedom after five rounds.",
        hints=(
            "Copy the loop, and put five numbers into the square brackets.",
            "Begin with the line that sets freedom to its first value, then the loop, then answer = freedom.",
        ),
    ),
    Task(
        id="08.3",
        read=reading.number,
        right=_later(lambda: close_to(_agreement(), 0.006)),
        why="More than half, though one of the six hardly wants it. The one pulls the five down from 0.83, "
        "and does not end the agreement.",
        mistakes=(
            Mistake(
                "ordinary mean",
                close_to(sum(_COMMITMENTS) / 6, 0.006),
                "That is the ordinary mean: you added. The geometric mean multiplies.",
                "Multiply the six, then take the sixth root.",
            ),
            Mistake(
                "no root",
                close_to(0.9**4 * 0.6 * 0.1, 0.003),
                "That is the product. The root is still missing.",
                "Put the product in round brackets, and raise it to the power (1 / 6).",
            ),
            Mistake(
                "the least willing",
                close_to(min(_COMMITMENTS)),
                "That is the least willing capital. By the harsher rule it would decide; by ours all weigh "
                "in.",
                "Multiply the six, then take the sixth root.",
                "08.m2",
            ),
            Mistake(
                "one of four",
                close_to((0.9 * 0.6 * 0.1) ** (1 / 3), 0.006),
                "You counted the four equal capitals once, and took the third root. Each of the six counts.",
                "Four of the factors are the same: a power says that shortly.",
            ),
            Mistake(
                "one star",
                close_to((0.9 * 4 * 0.6 * 0.1) ** (1 / 6), 0.006),
                "You multiplied 0.9 by 4. Four equal factors are a power, and that takes two stars.",
                "Compare `3 * 2` with `3 ** 2`.",
            ),
            Mistake(
                "brackets",
                between(0, 0.04),
                "That is very small. In Python, `** 1 / 6` is a power of 1, and then a division by 6.",
                "Put the 1 / 6 in round brackets.",
            ),
        ),
        otherwise="That is not the sixth root of the product of the six.",
        hints=(
            "Six factors: four of them equal, and two others.",
            "The pattern is (product) ** (1 / 6), with both pairs of brackets.",
        ),
    ),
    Task(
        id="08.4",
        read=reading.number,
        right=_later(lambda: close_to(_least_support(1.45))),
        why="Only the difference counts: reluctance minus support has to fall below the lower edge. "
        "What reluctance adds, support must add too.",
        mistakes=(
            Mistake(
                "ring still there",
                _later(lambda: close_to(round(_least_support(1.45) - 0.1, 1))),
                "With that support the ring and the lower dot are close together, and still there: from "
                "nothing the circle stalls.",
                "One step further.",
            ),
            Mistake(
                "a threshold is not take-off",
                _later(lambda: close_to(round(_least_support(1.45) - 0.2, 1))),
                "With that support there are two outcomes. From nothing the circle ends in the lower one.",
                "Raise the support until only one dot is left, high up.",
                "08.m4",
            ),
            Mistake(
                "the start",
                close_to(teaching_value(CYCLE_VALUES["support"])),
                "That is where the slider stands at first. Read the sentence under it: the circle stalls.",
                "Raise the support, one step at a time.",
            ),
            Mistake(
                "reluctance",
                between(0.99, 1.6),
                "That is a value of the other slider. The task asks for the support.",
                "Leave the reluctance where it is, and move the second slider.",
            ),
        ),
        otherwise="That is no support on the slider with which only take-off is left.",
        hints=(
            "Count the dots and the ring: you look for one dot, high up, and no ring.",
            "In the lesson the same question had a lower reluctance. Compare.",
        ),
    ),
    Task(
        id="08.5",
        read=letter_of("ABCDE"),
        right=chosen("C"),
        why="Ties grew, and did not move the centre: the weight of ties is doubted. It is what a realist "
        "says, and on the curve it makes the line flat.",
        mistakes=(
            Mistake(
                "freedom",
                chosen("A"),
                "The diplomat grants that the prefectures acted, and wished for more.",
                "Which arrow of the circle does nothing in this story?",
            ),
            Mistake(
                "ties",
                chosen("B"),
                "The diplomat does not deny that trade grew.",
                "Ask what the trade did *not* do.",
            ),
            Mistake(
                "negotiation",
                chosen("D"),
                "There is no talk of other capitals. One capital was not moved in the first place.",
                "The trouble comes before capitals meet.",
            ),
            Mistake(
                "feedback",
                chosen("E"),
                "Nothing had been agreed yet that could have come back to anybody.",
                "The trouble comes before capitals meet.",
            ),
        ),
        otherwise="Give one of the five letters.",
        hints=(
            "Write down what the diplomat grants. Which steps are these?",
            "The sentence “it would not have moved us” is about a capital and its own regions.",
        ),
    ),
    Task(
        id="08.6",
        read=reading.number,
        right=_later(lambda: close_to(_slope(5, 6), 0.06)),
        why="Steeper than 1: a small step up comes back more than twice as large. That is why nothing stays "
        "at the ring.",
        mistakes=(
            Mistake(
                "only the rise",
                _later(lambda: close_to(_slope(5, 6) * 0.02, 0.002)),
                "That is how much more comes out. Divide it by how much more was put in.",
                "Put the difference of the two G in round brackets, and divide by that of the two F.",
            ),
            Mistake(
                "upside down",
                _later(lambda: close_to(1 / _slope(5, 6), 0.02)),
                "You divided what was put in by what came out. A slope is the other way round.",
                "Rise over run: G above, F below.",
            ),
            Mistake(
                "not a difference",
                _later(lambda: close_to(_points()[5][1] / _points()[5][0], 0.03)),
                "You divided G by F at one row. A slope compares two rows.",
                "Take row 6 minus row 5, for both columns.",
            ),
            Mistake(
                "missing brackets",
                between(-8, 0),
                "Without brackets Python divides first and subtracts afterwards.",
                "Put each difference in round brackets.",
            ),
            Mistake(
                "the row before",
                _later(lambda: close_to(_slope(4, 5), 0.06)),
                "That is the slope from row 4 to row 5. Rows are counted from 0.",
                "Use the numbers 5 and 6 in the square brackets.",
            ),
            Mistake(
                "the row after",
                _later(lambda: close_to(_slope(6, 7), 0.06)),
                "That is the slope from row 6 to row 7.",
                "Use the numbers 5 and 6 in the square brackets.",
            ),
        ),
        otherwise="That is not the slope between the rows 5 and 6.",
        hints=(
            "Four values of the table are needed, two of G and two of F.",
            'The upper part is points["G"][6] - points["G"][5], in round brackets.',
        ),
    ),
    Task(
        id="08.7",
        read=reading.number,
        right=_later(lambda: close_to(_least_rounds(0.4))),
        why="A stronger push needs fewer rounds, and more than in proportion: twice the support, and less "
        "than half of the rounds are enough.",
        mistakes=(
            Mistake(
                "one too few",
                _later(lambda: close_to(_least_rounds(0.4) - 1)),
                "Very close. Follow the orange line to its end: it comes down again, slowly.",
                "One more round.",
                "08.m5",
            ),
            Mistake(
                "too short",
                _later(lambda: between(0, _least_rounds(0.4) - 1.01)),
                "With so few rounds everything fades, even if the agreement looks good for a while.",
                "Read the last sentence under the sliders, and move the second one up.",
                "08.m5",
            ),
            Mistake(
                "the push of the lesson",
                _later(lambda: close_to(_least_rounds(0.3))),
                "That is the answer for the push of the lesson. This one is stronger.",
                "Set the extra support first, then look for the number of rounds.",
            ),
            Mistake(
                "longer than needed",
                _later(lambda: between(_least_rounds(0.4) + 0.01, 30)),
                "That is enough. Is it the *smallest* number that is?",
                "Move the slider down, one round at a time, until the circle fails.",
            ),
        ),
        otherwise="The slider runs from 0 to 30 rounds.",
        hints=(
            "Move the rounds up one by one, and read the sentence under the sliders.",
            "It is fewer than the lesson's push needed, and more than half as many.",
        ),
    ),
    Task(
        id="08.8",
        read=reading.number,
        right=_later(lambda: close_to(_restart())),
        why="Below the lower edge nothing holds the circle down any more. Between there and the upper edge "
        "it would have stayed up, had it not been broken: hysteresis.",
        mistakes=(
            Mistake(
                "where it would have lasted",
                _later(lambda: close_to(_lasts_until())),
                "There a full circle stays up. A broken one does not come back there.",
                "Leave the start at “from nothing”.",
                "08.m6",
            ),
            Mistake(
                "the worked case",
                close_to(teaching_value(CYCLE_VALUES["reluctance"])),
                "That is where it all began. From nothing, it stalls there.",
                "Lower the slider further.",
                "08.m6",
            ),
            Mistake(
                "one step too high",
                _later(lambda: close_to(round(_restart() + 0.05, 2))),
                "Nearly. At this reluctance the agreement moves a little, and stalls.",
                "One step lower.",
            ),
            Mistake(
                "lower than needed",
                _later(lambda: between(1, _restart() - 0.01)),
                "There it starts. Is it the *largest* reluctance at which it does?",
                "Move the slider up again, one step at a time.",
            ),
        ),
        otherwise="At this value of the slider the circle does not start from nothing.",
        hints=(
            "Leave the start alone and lower the reluctance, one step at a time.",
            "The picture with the two lines in the lesson shows where the lower line jumps up.",
        ),
    ),
    argument(
        "08.9",
        120,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited & _ROWS,
                "There is no evidence yet: name the rows that you rely on, such as (E105).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "no step",
                _names_no_step,
                "Say at which step of the model you see the trouble, by its number.",
                "Five steps, from 1.1 to 2.3: which arrow did not do its work?",
            ),
            Mistake(
                "one row only",
                lambda given: len(given.cited & _ROWS) < 2,
                "One row is thin: rely on at least two that bear on your step.",
                "step_evidence().table() holds thirty of them.",
            ),
            Mistake(
                "no curve",
                _is_without_curve,
                "Your answer does not use the curve yet. Where did the programme stand on it?",
                "Speak of the threshold, of the outcomes, or of a push and its length.",
            ),
        ),
        more="Add what would have had to be different, and what the model cannot know.",
        hints=(
            "Four sentences carry it: where on the curve, at which step, what shows it, what speaks against "
            "it.",
            "Ask what would have moved the ring or the start: less reluctance, a longer push, stronger ties.",
        ),
    ),
    Task(
        id="08.10",
        read=reading.number,
        right=_later(lambda: close_to(_edge_of_six())),
        why="Three hundredths more support, and the six take off from nothing. A verdict that hangs on three "
        "hundredths of a number that nobody measured is no verdict.",
        mistakes=(
            Mistake(
                "still three",
                _later(lambda: between(0.1, _edge_of_six() - 0.001)),
                "With that support the curve still crosses the line three times.",
                "Go on, in steps of a hundredth.",
            ),
            Mistake(
                "the slider",
                close_to(0.2),
                "That is the next step of the lesson's slider. Hundredths are finer.",
                "Try the values between the two steps of the slider.",
            ),
            Mistake(
                "further than needed",
                _later(lambda: between(_edge_of_six() + 0.001, 0.5)),
                "One crossing is left there. It is not the smallest support for which this holds.",
                "Go back, in steps of a hundredth, until there are three again.",
            ),
            Mistake(
                "crossings",
                close_to(1),
                "That is the number of crossings. The task asks for the support.",
                "Give the number that you wrote behind support=.",
            ),
            Mistake(
                "in hundredths",
                _later(lambda: close_to(100 * _edge_of_six())),
                "That is the support in hundredths. Give it as the model takes it.",
                "Divide by 100.",
            ),
        ),
        otherwise="Support in the model is a number such as 0.10 or 0.25.",
        hints=(
            "Change the number behind support= in the second line, and run the cell again.",
            "It lies between the first and the second step of the lesson's slider.",
        ),
    ),
)
