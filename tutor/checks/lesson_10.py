"""Tasks of exercise 10: the record after 1993, errors, explanations of the stall, an argument."""

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
    letters_of,
    same_members,
    same_order,
)
from tutor.checks.written import argument
from tutor.derived import after_1993 as derived
from tutor.interaction import reading

_CODE_OF = {
    "China": "CHN",
    "Mongolia": "MNG",
    "South Korea": "KOR",
    "Russia": "RUS",
    "North Korea": "PRK",
    "Japan": "JPN",
}
_LEFT = [_CODE_OF[name] for name in derived.members_in(int(data.find("E127")["date"][:4]))]
_CODES = ("CHN", "RUS", "JPN", "KOR", "PRK", "MNG", "UNDP")


def _year_and_month(row: str) -> tuple[int, int]:
    year, month = data.find(row)["date"].split("-")[:2]
    return int(year), int(month)


_SIGNED, _LEAVES = _year_and_month("E109"), _year_and_month("E127")
_YEARS = _LEAVES[0] - _SIGNED[0]
_MONTHS = 12 * _YEARS + _LEAVES[1] - _SIGNED[1]

_ORDER = sorted(
    ("E133", "E116", "E135", "E131", "E129"), key=lambda row: str(data.find(row)["date"])
)

_ERRATA = data.rows("errata")
_INTERNAL = sum(row["error_type"] == "internal" for row in _ERRATA)
_MAJOR = sum(row["severity"] == "major" for row in _ERRATA)
_BOTH = sum(row["error_type"] == "internal" and row["severity"] == "major" for row in _ERRATA)

_YEN = float(data.find("F007")["value"]) / 1000  # billions
_RATE = 127.0
_PROGRAMME = float(data.find("F001")["value"]) / 1000  # billions
_TIMES = _YEN / _RATE / _PROGRAMME

_RIVALS = len(derived.explanations())
_HELPED = len(derived.mended_by_push())

_NONE, _MOST = derived.SUPPORTS[0], derived.SUPPORTS[-1]
_UP = {support: derived.count_in_field(support, "take-off") for support in derived.SUPPORTS}
_MORE = _UP[_MOST] - _UP[_NONE]
_ONLY_STALL = {s: derived.count_in_field(s, "stall") for s in derived.SUPPORTS}
_SETTINGS = sum(len(derived.field(support)) for support in derived.SUPPORTS)
_SHARE = 1 - sum(_UP.values()) / _SETTINGS


def _cites(given: Any, letters: str) -> int:
    return sum(row.rstrip("0123456789") == letters for row in given.cited)


def _sides(given: Any) -> set[str]:
    """Say on which sides the evidence that a text names stands."""
    return {row["side"] for row in data.rows("prediction_evidence") if row["id"] in given.cited}


def _own_sides(given: Any) -> set[str]:
    """Say on which sides the evidence stands that bears on a prediction that the text names."""
    return {
        row["side"]
        for row in data.rows("prediction_evidence")
        if row["id"] in given.cited and row["prediction"] in given.cited
    }


TASKS = (
    Task(
        id="10.1",
        read=countries(_CODES),
        right=same_members(_LEFT),
        why="Four remained: the fifth had left in November of that year. The same four met in 2025.",
        mistakes=(
            Mistake(
                "the one that left",
                holds("PRK"),
                "Your list holds the state that walked out in November of that year.",
                "Look where its bar ends, and ask about the last day of the year.",
            ),
            Mistake(
                "an observer",
                holds("JPN"),
                "Your list holds a state that only observed. Its bar is hollow.",
                "A member signs; an observer looks on.",
            ),
            Mistake(
                "the founder",
                holds("UNDP"),
                "UNDP owned the programme until 2005. It was never a member state.",
                "The task asks for states.",
            ),
            Mistake(
                "without Mongolia",
                lacks("MNG"),
                "One of the keenest members is missing. It has no coast at all.",
                "Which landlocked state has a bar from end to end?",
            ),
            Mistake(
                "not all four",
                lacks(*_LEFT),
                "One of the bars that reach the right edge is missing from your list.",
                "Count the full bars that go on to 2025.",
            ),
        ),
        otherwise="That is not the list of members at the end of that year.",
        hints=(
            "A full bar that crosses the year is a member.",
            "Four bars go all the way to the right edge and are not hollow.",
        ),
    ),
    Task(
        id="10.2",
        read=reading.number,
        right=close_to(_MONTHS),
        why="A month short of fourteen years. For all that time five sat together; no land was pooled.",
        mistakes=(
            Mistake(
                "whole years only",
                close_to(12 * _YEARS),
                "You counted whole years. From December to November one month is missing.",
                "Add the later month minus the earlier one; it is below zero here.",
            ),
            Mistake(
                "added the months",
                close_to(12 * _YEARS + _SIGNED[1] - _LEAVES[1]),
                "You added the month between November and December. It had not passed yet.",
                "The later month minus the earlier one, and keep its sign.",
            ),
            Mistake(
                "backwards",
                close_to(-_MONTHS),
                "The size is right and the sign is not: you took the later date from the earlier.",
                "Later minus earlier, for the years and for the months.",
            ),
            Mistake(
                "in years",
                between(13, 14),
                "That looks like years. The task asks for months.",
                "Multiply the years by 12.",
            ),
        ),
        otherwise="That is not the number of months between the two dates.",
        hints=(
            "The dates stand in the rows E109 and E127.",
            "(years between) * 12 + (later month - earlier month)",
        ),
    ),
    Task(
        id="10.3",
        read=reading.in_order(reading.names),
        right=same_order(_ORDER),
        why="Track first, then trains, then coal for Seoul, then the stop. The railway on the Chinese "
        "side was built fourteen years before the coal came.",
        mistakes=(
            Mistake(
                "not all five",
                lambda given: sorted(given) != sorted(reading.fold(row) for row in _ORDER),
                "The list should hold each of the five ids once, and nothing else.",
                "Copy the five ids from the task, in quotation marks, with commas between them.",
            ),
            Mistake(
                "stopped before it came",
                before("E135", "E133"),
                "You stop the coal before it has come.",
                "Which of the two rows is the end of a story?",
            ),
            Mistake(
                "two lines in one year",
                before("E131", "E129"),
                "Both railways opened again in one year. You have them the wrong way round.",
                "One opened in September.",
            ),
            Mistake(
                "built last",
                lambda given: given[0] != reading.fold("E116"),
                "The earliest of the five is a railway that was built in the 1990s.",
                "Look up E116.",
            ),
        ),
        otherwise="Two neighbours in your list stand the wrong way round.",
        hints=(
            'cite("E133", "E129") shows two rows at once.',
            "Begin with the track that was built in the 1990s and end with the stop.",
        ),
    ),
    Task(
        id="10.4",
        read=reading.number,
        right=close_to(_BOTH),
        why="Three, and none of them needs another book: count the members (X18), add up the exports "
        "(X23), compare the summary with the countries (X44).",
        mistakes=(
            Mistake(
                "filtered once",
                close_to(_INTERNAL),
                "That is every row in which a text contradicts itself. Only some are major.",
                "Filter the table internal once more, by severity.",
            ),
            Mistake(
                "all major",
                close_to(_MAJOR),
                "That is every major error, of whatever kind.",
                "Begin with the table internal, not with errors.",
            ),
            Mistake(
                "the whole table",
                close_to(len(_ERRATA)),
                "That is the number of rows of the whole table.",
                "A condition in square brackets keeps only some rows.",
            ),
            Mistake(
                "the rest",
                close_to(_INTERNAL - _BOTH),
                "Those are the ones that are not major.",
                'The condition asks whether severity is the same as "major".',
            ),
        ),
        otherwise="That is not the number of rows with both properties.",
        hints=(
            'internal["severity"] == "major" is the second condition.',
            "Put it in the square brackets of internal, and len( ) around the whole.",
        ),
    ),
    Task(
        id="10.5",
        read=reading.number,
        right=close_to(_TIMES, 0.05),
        why="Nearly three times the whole programme, for one canal. Either more was meant than a "
        "canal, or a digit slipped. Convert before you believe.",
        mistakes=(
            Mistake(
                "not compared",
                close_to(_YEN / _RATE, 1),
                "Those are billions of dollars. Now compare them with the programme.",
                "Divide once more.",
            ),
            Mistake(
                "not converted",
                close_to(_YEN / _PROGRAMME, 1),
                "You divided yen by dollars. Convert the yen first.",
                "A dollar costs many yen: divide by the rate.",
            ),
            Mistake(
                "multiplied",
                lambda given: given > 1000 and close_to(_YEN * _RATE / _PROGRAMME, 100)(given),
                "You multiplied by the rate. One yen is much less than one dollar.",
                "Divide by the rate.",
            ),
            Mistake(
                "upside down",
                close_to(1 / _TIMES, 0.005),
                "That is the programme divided by the canal.",
                "How many times does the programme go into the canal?",
            ),
            Mistake(
                "billions and trillions",
                lambda given: any(
                    close_to(_TIMES * 1000**n, 0.05 * 1000**n)(given) for n in (-2, -1, 1, 2)
                ),
                "The digits are right, but trillions, billions and millions got mixed up.",
                "Eleven trillions are eleven thousand billions.",
            ),
        ),
        otherwise="Yen, divided by the rate, divided by the programme: something went another way.",
        hints=(
            "First turn the yen into dollars: divide by rate.",
            "Then divide by programme. All three names stand in the cell above.",
        ),
    ),
    Task(
        id="10.6",
        read=reading.number,
        right=close_to(_RIVALS - _HELPED),
        why="Under four of six the circle is cut, or starved: no push can make it carry itself. That "
        "is the difference that matters for the next programme.",
        mistakes=(
            Mistake(
                "where it helps",
                close_to(_HELPED),
                "Those are the explanations under which a push is enough. The task asks for the others.",
                'Compare the column with "none helps".',
            ),
            Mistake(
                "every row",
                close_to(_RIVALS),
                "Those are all explanations. All of them stall without a push, but not all are hopeless.",
                "Look at the column least_push, not at from_nothing.",
                "10.m2",
            ),
            Mistake(
                "rounds",
                lambda given: (
                    given in [derived.verdict(key).least_push for key in derived.mended_by_push()]
                ),
                "That is a number of rounds. The task asks for a number of explanations.",
                "Count rows.",
            ),
            Mistake(
                "none",
                close_to(0),
                "Some rows do say that none helps. Is the text in your condition written the same way?",
                "Copy it from the table, with its space, between quotation marks.",
            ),
        ),
        otherwise="That is not the number of rows in which no push helps.",
        hints=(
            'The condition: rivals["least_push"] == "none helps".',
            "Put it in the square brackets of rivals, and len( ) around the whole.",
        ),
    ),
    Task(
        id="10.7",
        read=reading.number,
        right=close_to(_MORE),
        why="Support from outside moves most of the field. Mind what this is: a support that stays, "
        "not a push that ends.",
        mistakes=(
            Mistake(
                "one field only",
                lambda given: given in (_UP[_NONE], _UP[_MOST]),
                "That is one of the two fields. The task asks for the difference.",
                "Make both tables, count in each, and subtract.",
            ),
            Mistake(
                "those that stall",
                lambda given: (
                    given
                    in (
                        _ONLY_STALL[_NONE] - _ONLY_STALL[_MOST],
                        _ONLY_STALL[_NONE],
                        _ONLY_STALL[_MOST],
                    )
                ),
                'You counted the outcome "stall". It leaves out those for which it depends.',
                'Compare with "take-off".',
            ),
            Mistake(
                "backwards",
                close_to(-_MORE),
                "The size is right and the sign is not: with more support more settings take off.",
                "The field with support first.",
            ),
            Mistake(
                "all settings",
                close_to(len(derived.field(_NONE))),
                "That is the number of settings in one field.",
                "Filter by the outcome before you count.",
            ),
            Mistake(
                "the usual support",
                lambda given: given in (_UP[_MOST] - _UP[0.1], _UP[0.1] - _UP[_NONE]),
                "One of your fields has the usual support of the lesson. The task wants none and 0.4.",
                "Look at the numbers in the round brackets of explore_stall_settings.",
            ),
        ),
        otherwise="That is not the difference of the two counts.",
        hints=(
            "explore_stall_settings(0.4).table() gives the second field.",
            'Filter each field by outcome == "take-off", take len( ), and subtract.',
        ),
    ),
    Task(
        id="10.8",
        read=letters_of("ABCD"),
        right=same_members(["B", "D"]),
        why="Both name a place and a date, so the record could speak, and it spoke against both. To be "
        "wrong is no shame for a forecast; to be safe from everything is.",
        mistakes=(
            Mistake(
                "could become",
                holds("A"),
                "Your list holds a forecast with the word could. What would have contradicted it?",
                "Something that could be and is not: was the forecast then wrong?",
                "10.m3",
            ),
            Mistake(
                "sooner or later",
                holds("C"),
                "Your list holds a forecast without a date. However long one waits, it may still come.",
                "Ask on which day it would have failed.",
                "10.m3",
            ),
            Mistake(
                "only one",
                lacks("B", "D"),
                "There is one more forecast in the list with a date and a thing that can be seen.",
                "Look for words that say until when.",
            ),
        ),
        otherwise="Ask of each letter: on which day could one have said that it failed?",
        hints=(
            "A forecast can be contradicted if it forbids something.",
            "Two of the four say until when, and what one would see.",
        ),
    ),
    argument(
        "10.9",
        80,
        (
            Mistake(
                "no evidence",
                lambda given: not _sides(given),
                "There is no evidence from the table yet: name the rows that you rely on, such as (PV01).",
                'table("prediction_evidence") holds them.',
            ),
            Mistake(
                "one side only",
                lambda given: len(_sides(given)) == 1,
                "All your evidence stands on one side. What is the best that can be said for the other?",
                "The column side says which way a row speaks.",
            ),
            Mistake(
                "no prediction",
                lambda given: _cites(given, "PP") == 0,
                "Which of the seven do you defend? Name it by its id.",
                "The ids begin with PP.",
            ),
            Mistake(
                "another prediction",
                lambda given: _own_sides(given) != {"for", "against"},
                "On the prediction that you name, your evidence stands on one side at most. Some of "
                "the rows belong to another prediction.",
                "The column prediction says to which one a row belongs.",
            ),
        ),
        more="Say what would change your mind.",
        hints=(
            "Begin with: I code this prediction as …, because …",
            "Then the best evidence against you, and why it does not turn you round.",
        ),
    ),
    Task(
        id="10.10",
        read=reading.number,
        right=close_to(_SHARE, 0.003),
        why="A little more than half. Such a model could have seen either end: the record tells it "
        "little. And the field was drawn by us.",
        mistakes=(
            Mistake(
                "as a percentage",
                close_to(100 * _SHARE, 0.3),
                "That is a percentage. The task asks for a share between 0 and 1.",
                "Leave out the factor of a hundred.",
            ),
            Mistake(
                "those that take off",
                close_to(1 - _SHARE, 0.003),
                "That is the share that does take off.",
                "In the condition, != instead of ==.",
            ),
            Mistake(
                "only stall",
                close_to(sum(_ONLY_STALL.values()) / _SETTINGS, 0.003),
                'You counted the outcome "stall" only. Those for which it depends do not take off either.',
                'Count what is different from "take-off".',
            ),
            Mistake(
                "sum of shares",
                close_to(_SHARE * len(derived.SUPPORTS), 0.015),
                "You added up five shares. Together they are more than the whole.",
                "Add up the settings first, and divide once at the end.",
            ),
            Mistake(
                "a count",
                lambda given: given in (_SETTINGS - sum(_UP.values()), _SETTINGS),
                "That is a count of settings, not yet a share.",
                "Divide by the number of all settings.",
            ),
            Mistake(
                "one field",
                lambda given: any(
                    close_to(1 - up / len(derived.field(support)), 0.003)(given)
                    for support, up in _UP.items()
                ),
                "That is the share in one field. The loop should go through five.",
                "Add to the two sums inside the loop, with += and not with =.",
            ),
        ),
        otherwise="Settings that do not take off, over all five fields, divided by all settings.",
        hints=(
            "Two sums, both 0 before the loop; in each turn add to both.",
            'The first grows by len(field[field["outcome"] != "take-off"]), the second by len(field).',
        ),
    ),
)
