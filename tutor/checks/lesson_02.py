"""Tasks of exercise 02: bridges, dates, wants, hard currency and the ledger."""

from __future__ import annotations

from typing import Any

from tutor import data
from tutor.checks.engine import (
    Mistake,
    Task,
    before,
    between,
    close_to,
    countries,
    holds,
    lacks,
    same_members,
    same_order,
)
from tutor.checks.written import argument
from tutor.derived.thaw import WANTS, as_ledger, open_pairs, reading_of
from tutor.interaction import reading
from tutor.interaction.reading import Unreadable
from tutor.models.ledger import Ledger, balance, deciding_lines, disagreement

_PARTNERS = [
    "RUS" if row["b"] == "SUN" else row["b"]
    for row in open_pairs(1993)
    if row["a"] == "KOR" and int(row["date"][:4]) >= 1985
]
_CODES = ("CHN", "RUS", "JPN", "PRK", "MNG", "USA", "ROC", "KOR")


def _year_and_month(row: str) -> tuple[int, int]:
    year, month = data.find(row)["date"].split("-")[:2]
    return int(year), int(month)


_OFFICES, _RELATIONS = _year_and_month("E064"), _year_and_month("E093")
_YEARS = _RELATIONS[0] - _OFFICES[0]
_MONTHS = 12 * _YEARS + _RELATIONS[1] - _OFFICES[1]

_ORDER = sorted(("E057", "E070", "E081", "E084"), key=lambda row: data.find(row)["date"])

_WANTS = data.rows("thaw_wants")
_CAPITAL = sum(row["want"] == "capital" for row in _WANTS)
_RECOGNITION = sum(row["want"] == "recognition" for row in _WANTS)

_NEEDED, _PRICE, _EARNED = (float(data.find(f"TV{n}")["value"]) for n in (226, 227, 228))
_TONNES = 1000 * _EARNED / _PRICE
_SHARE = _TONNES / _NEEDED

_REALIST = balance(reading_of("realist"))
_LEVEL = balance(Ledger((1, 1, 1), (1, 1, 1, 1)))
_DISPUTES = 0  # the place of "unsettled disputes" in the ledger

_OWN = as_ledger("3211121")
_APART = 100 * disagreement(_OWN, reading_of("functionalist"))
_SHARES = [
    (100 * a / sum(_OWN.weights), 100 * b / sum(reading_of("functionalist").weights))
    for a, b in zip(_OWN.weights, reading_of("functionalist").weights, strict=True)
]
_WIDEST = max(abs(a - b) for a, b in _SHARES)


def _ledger(answer: Any) -> Ledger | Unreadable:
    """Read seven weights from a text of digits, a whole number or a list."""
    given = reading.items(answer)
    if isinstance(given, Unreadable):
        whole = reading.number(answer)
        if isinstance(whole, Unreadable):
            return given
        given = (f"{whole:.0f}",)
    try:
        if len(given) == 1 and isinstance(given[0], str):
            return as_ledger(given[0])
        if any(isinstance(reading.number(weight), Unreadable) for weight in given):
            return Unreadable("One of your weights is no number. Give seven, each from 0 to 3.")
        return as_ledger(given)
    except ValueError as problem:
        return Unreadable(str(problem))


def _cites(given: Any, *letters: str) -> bool:
    return any(row.rstrip("0123456789") in letters for row in given.cited)


TASKS = (
    Task(
        id="02.1",
        read=countries(_CODES),
        right=same_members(_PARTNERS),
        why="Mongolia and the Soviet Union in 1990, China in 1992: three bridges, where there had "
        "been none.",
        mistakes=(
            Mistake(
                "the north",
                holds("PRK"),
                "Your list holds North Korea. The two Koreas made agreements, but never opened "
                "relations.",
                "Look at the lowest rows of the chart.",
                "02.m3",
            ),
            Mistake(
                "the same side",
                holds("JPN", "USA", "ROC", "KOR"),
                "Your list holds a state on Seoul's own side of the divide, or Seoul itself.",
                "The other side was that of Moscow and Beijing.",
            ),
            Mistake(
                "without Mongolia",
                lacks("MNG"),
                "The first of the partners is missing. It is the smallest by population.",
                "Which state lies between the two giants?",
            ),
            Mistake(
                "not all giants",
                lacks("RUS", "CHN"),
                "One of the two great protectors of North Korea is missing.",
                "The chart has three coloured bars.",
            ),
        ),
        otherwise="The list does not fit the coloured bars of the chart.",
        hints=(
            "The colour in the chart marks what was opened from 1985 on.",
            "Take the other side of each pair that begins with South Korea and has a year.",
        ),
    ),
    Task(
        id="02.2",
        read=reading.number,
        right=close_to(_MONTHS),
        why="22 months from a desk to an embassy. When the 1993 study was finished, the offices had "
        "become embassies.",
        mistakes=(
            Mistake(
                "whole years only",
                close_to(12 * _YEARS),
                "You counted two whole years. From October to August it is less.",
                "Two years after October is October again. How many months earlier did it happen?",
            ),
            Mistake(
                "added the months",
                close_to(12 * _YEARS + _OFFICES[1] - _RELATIONS[1]),
                "You added the months between August and October. They are still to come when the "
                "second date is reached.",
                "Take the month of the later date minus the month of the earlier one. Here that is "
                "below zero, as it should be.",
            ),
            Mistake(
                "backwards",
                close_to(-_MONTHS),
                "The size is right and the sign is not: you took the later date from the earlier.",
                "Later minus earlier, for the years and for the months.",
            ),
            Mistake(
                "in years",
                between(1, 3),
                "That looks like years. The task asks for months.",
                "Multiply the years by 12.",
            ),
            Mistake(
                "counting both ends",
                close_to(_MONTHS + 1),
                "You counted both end months. From one month to the next is one month, not two.",
                "Subtract, and leave it at that.",
            ),
        ),
        otherwise="That is not the number of months between the two dates.",
        hints=(
            'cite("E064", "E093") shows both dates.',
            "(years between) * 12 + (month of the later date - month of the earlier date)",
        ),
    ),
    Task(
        id="02.3",
        read=reading.in_order(reading.names),
        right=same_order(_ORDER),
        why="May 1989, May 1991, December 1991, January 1992. The study moves the first trip by two "
        "years and the last paper by one month: enough to change the story both times.",
        mistakes=(
            Mistake(
                "not all four",
                lambda given: sorted(given) != sorted(reading.fold(row) for row in _ORDER),
                "The list should hold each of the four ids once, and nothing else.",
                "Copy the four ids from the task, in quotation marks, with commas between them.",
            ),
            Mistake(
                "one trip for another",
                before("E070", "E057"),
                "You put the border agreement before the summit in Beijing. The 1993 study too mixes "
                "these two up.",
                "Who travelled in 1991, and to where?",
            ),
            Mistake(
                "as the study dates it",
                before("E084", "E081"),
                "You put the Tokyo Declaration before the end of the Soviet Union, as the study's "
                "date would have it.",
                'Compare cite("E084") with what the study says there.',
            ),
            Mistake(
                "the end too early",
                before("E081", "E070"),
                "The agreement on the border was signed by the Soviet Union. It must still have "
                "existed.",
                "Who signed for Moscow?",
            ),
        ),
        otherwise="The four are there, but not in the order of their dates.",
        hints=(
            "Look each id up with cite and note its date beside it.",
            "The oldest is a meeting, the youngest a declaration.",
        ),
    ),
    Task(
        id="02.4",
        read=reading.number,
        right=close_to(_CAPITAL),
        why="Five of six pairs had one side that came for capital. Only Beijing and Moscow came for "
        "quiet alone.",
        mistakes=(
            Mistake(
                "the example",
                close_to(_RECOGNITION),
                "That is the number of rows of the example, recognition.",
                "Change the word between the quotation marks.",
            ),
            Mistake(
                "the whole table",
                close_to(len(_WANTS)),
                "That is the number of all rows. The filter has not been used.",
                "Ask for the length of the smaller table.",
            ),
            Mistake(
                "kinds of want",
                close_to(len(WANTS)),
                "That is how many different wants there are. The task asks for the rows of one.",
                "First filter, then count.",
            ),
            Mistake(
                "none",
                close_to(0),
                "Your filter lets no row through. The word must stand exactly as in the table.",
                'All in small letters: "capital".',
            ),
        ),
        otherwise="That is not the number of rows in which the want is capital.",
        hints=(
            'The rows of one want: wants[wants["want"] == "recognition"].',
            "len( ) around the smaller table counts its rows.",
        ),
    ),
    Task(
        id="02.5",
        read=reading.number,
        right=close_to(_SHARE, 0.005),
        why="Half. With nothing else to sell for dollars, the other half of the oil is gone.",
        mistakes=(
            Mistake(
                "as a percentage",
                close_to(100 * _SHARE, 0.5),
                "That is the share times one hundred. A share lies between 0 and 1.",
                "Leave out the last multiplication.",
            ),
            Mistake(
                "thousand tonnes",
                close_to(_TONNES, 0.5),
                "That is how much oil it can buy. The task asks what share of its need that is.",
                "Divide by what it needs.",
            ),
            Mistake(
                "upside down",
                close_to(1 / _SHARE, 0.005),
                "You divided the need by what can be bought. A share is the part divided by the "
                "whole.",
                "Which of the two is the part?",
            ),
            Mistake(
                "the bill",
                close_to(_NEEDED * _PRICE / 1000, 0.005),
                "That is the bill for all the oil, in millions of dollars. How much of it can be "
                "paid?",
                "Compare what is earned with the bill.",
            ),
            Mistake(
                "millions and thousands",
                lambda given: (
                    given > 0
                    and any(
                        close_to(_SHARE * 10**n, 1e-9 + 0.005 * 10**n)(given)
                        for n in (-6, -3, 3, 6)
                    )
                ),
                "The digits are right, but the size is not: millions and thousands got mixed up.",
                "A million dollars are a thousand thousands.",
            ),
        ),
        otherwise="Earned dollars, divided by the price, divided by the need: something went "
        "another way.",
        hints=(
            "First: how many thousand tonnes do 4.5 million dollars buy at 150 dollars a tonne?",
            "Then divide that by 60.",
        ),
    ),
    Task(
        id="02.6",
        read=reading.number,
        right=close_to(-_REALIST.difference),
        why="Five against two: a realist's beam hangs low on the left. Note that three of the four "
        "signs have no weight at all for her.",
        mistakes=(
            Mistake(
                "signs minus obstacles",
                close_to(_REALIST.difference),
                "The size is right, but you took the obstacles from the signs. The task asks by how "
                "much the obstacles lead.",
                "Obstacles minus signs.",
            ),
            Mistake(
                "one side only",
                lambda given: given in (_REALIST.obstacles, _REALIST.signs),
                "That is the sum of one side. You need both.",
                "Filter once for obstacle and once for sign.",
            ),
            Mistake(
                "both sides added",
                close_to(_REALIST.obstacles + _REALIST.signs),
                "You added the two sides. That is all the weight there is, not a lead.",
                "A lead is a difference.",
            ),
            Mistake(
                "the wrong column",
                lambda given: abs(given) == abs(_LEVEL.difference),
                "That comes out of the column yours, in which every line has weight 1.",
                "The realist's weights stand in the column other.",
            ),
        ),
        otherwise="That is not the difference of the two sides in the column other.",
        hints=(
            'lines[lines["side"] == "obstacle"] holds the three obstacles.',
            'Take out the column "other" of those rows, and put .sum() behind it.',
        ),
    ),
    Task(
        id="02.7",
        read=reading.in_order(_ledger),
        right=lambda given: min(given.weights) >= 1 and deciding_lines(given) == (_DISPUTES,),
        why="The lead is 3, and only the disputes weigh as much. In such a ledger you need to settle "
        "one thing only, which is the hardest.",
        mistakes=(
            Mistake(
                "a line without weight",
                lambda given: min(given.weights) < 1,
                "One of your lines weighs 0. Here every line shall count.",
                "Give each line at least 1.",
            ),
            Mistake(
                "not the obstacles",
                lambda given: balance(given).heavier != "obstacles",
                "With your weights the obstacles do not weigh more.",
                "Make the signs as light as the rules allow.",
                "02.m4",
            ),
            Mistake(
                "hangs on several",
                lambda given: len(deciding_lines(given)) > 1,
                "Your ledger hangs on more than one line: take another obstacle away, and the lead is "
                "gone too.",
                "The lead must be larger than each of the other two obstacles.",
            ),
        ),
        otherwise="The obstacles lead, but the lead does not hang on the disputes alone.",
        hints=(
            "A line decides if it weighs at least as much as the lead.",
            "So the lead must be 3: no other line of yours may then weigh 3.",
        ),
    ),
    argument(
        "02.8",
        80,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited,
                "There is no evidence yet: name the rows that you rely on, such as (E051).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "no want",
                lambda given: not _cites(given, "TW"),
                "You name events, but not what a side wanted. The wants have ids that begin with TW.",
                'table("thaw_wants") lists them.',
                "02.m2",
            ),
            Mistake(
                "no event",
                lambda given: not _cites(given, "E", "RE", "W"),
                "You name wants, but no event. A want is a reason; an event has a date.",
                "Add one id that begins with E, RE or W.",
            ),
        ),
        more="Say what speaks against your claim, and why it does not change your mind.",
        hints=(
            "Begin with one sentence that says which explanation you find strongest.",
            "Dates help: what came first, the openings or the blocs?",
        ),
    ),
    Task(
        id="02.9",
        read=reading.number,
        right=close_to(_APART, 0.3),
        why="A third of the weight would have to move. Half, because what one line gains another has "
        "lost: the sum counts each move twice.",
        mistakes=(
            Mistake(
                "not halved",
                close_to(2 * _APART, 0.6),
                "You added up all the differences. Each move is counted twice in that sum.",
                "Divide by two.",
            ),
            Mistake(
                "as a share",
                close_to(_APART / 100, 0.005),
                "That is a share between 0 and 1. The columns, and so the answer, are in percent.",
                "Leave the columns as they are.",
            ),
            Mistake(
                "signs kept",
                close_to(0, 0.3),
                "The differences above and below zero cancel each other.",
                "Put .abs() behind the differences before you add them up.",
            ),
            Mistake(
                "the widest gap",
                close_to(_WIDEST, 0.3),
                "That is the widest gap of a single line.",
                "Add up the gaps of all seven lines.",
            ),
        ),
        otherwise="Differences of the two share columns, without their sign, added up and halved.",
        hints=(
            'The two columns are called "share_yours" and "share_other".',
            "Round brackets around the difference, then .abs(), then .sum(), then half of it.",
        ),
    ),
)
