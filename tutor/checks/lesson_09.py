"""Tasks of exercise 09: what deals are worth, coalitions, Pareto improvements, the Nash deal, vetoes."""

from __future__ import annotations

import math

from tutor import baselines, data
from tutor.checks.engine import (
    Mistake,
    Task,
    chosen,
    close_to,
    countries,
    lacks,
    one_of,
    same_members,
)
from tutor.checks.written import argument
from tutor.derived import summit as derived
from tutor.interaction import reading
from tutor.models import summit as model

_GAME = baselines.tumen_summit()
_RIVER = tuple(each.name for each in _GAME.delegations if each.has_veto)
_FIRST = {
    "run": "separate",
    "port": "rajin",
    "pay": "private",
    "transit": "documents",
    "order": "pilot",
}
_LIGHT = _FIRST | {"run": "contiguous"}
_SCORES = model.judge(_GAME, _FIRST).scores
_SIGNERS = model.judge(_GAME, _FIRST).signers
_OTHERS = tuple(code for code in _GAME.names if code not in _SIGNERS)
_PASSING = int(_GAME.passes.sum())
_JAPAN = _GAME.scores[_GAME.passes][:, _GAME.names.index("JPN")]
_JAPAN_LEAST = float(_GAME.walk_aways[_GAME.names.index("JPN")])
_FREE = len(_GAME.names) - len(_RIVER)
_SPARE = len(_GAME.names) - _GAME.signatures_needed
_GROUPS = sum(math.comb(_FREE, absent) for absent in range(_SPARE + 1))


def _changed(deal: dict[str, str], option: str) -> dict[str, str]:
    issue = next(row["issue"] for row in data.rows("summit_options") if row["key"] == option)
    return deal | {issue: option}


def _best_change() -> str:
    """Find the one option that makes the lesson's deal pass, and is worth most to Mongolia."""
    keys = [row["key"] for row in data.rows("summit_options")]
    verdicts = {key: model.judge(_GAME, _changed(derived.COMPANY, key)) for key in keys}
    passing = {key: verdict.scores["MNG"] for key, verdict in verdicts.items() if verdict.passes}
    return max(passing, key=lambda key: passing[key])


def _improving() -> str:
    """Find the one option that improves the deal of 09.6 at nobody's cost."""
    better = [tuple(deal.items()) for deal in derived.improvements(_LIGHT)]
    return next(
        row["key"]
        for row in data.rows("summit_options")
        if tuple(_changed(_LIGHT, row["key"]).items()) in better
    )


_OPTIONS = {row["key"]: row["key"] for row in data.rows("summit_options")} | {
    reading.fold(row["name"]): row["key"] for row in data.rows("summit_options")
}
_NASH = derived.nash_of_all()
_GAINS = _GAME.scores[_GAME.number(_NASH)] - _GAME.walk_aways
_MORE = derived.count_passing(["CHN", "RUS"]) - _PASSING
_WITH_VETO = {
    code: derived.count_passing([*_RIVER, code]) for code in _GAME.names if code not in _RIVER
}
_ROWS = frozenset(
    row["id"]
    for name in (
        "summit_points",
        "summit_delegations",
        "summit_options",
        "summit_record",
        "events",
        "national_considerations",
        "national_moves",
    )
    for row in data.rows(name)
)
_EVENTS = frozenset(row["id"] for row in data.rows("events"))
_TERMS = ("walk-away", "walk away", "pareto", "veto", "nash")

TASKS = (
    Task(
        id="09.1",
        read=reading.number,
        right=close_to(_SCORES["PRK"]),
        why="A deal that Pyongyang likes very much: it would sign from 56 points on. Its own zone under "
        "its own law is worth more to it than anything else.",
        mistakes=(
            Mistake(
                "the pilot forgotten",
                close_to(_SCORES["PRK"] - 10),
                "One issue is missing: a deal settles five, and the order of steps is the last.",
                "Look for the row with the option pilot.",
            ),
            Mistake(
                "another delegation",
                lambda given: given in {_SCORES[code] for code in _GAME.names if code != "PRK"},
                "That is what the deal is worth to another delegation.",
                "The code of North Korea is PRK.",
            ),
            Mistake(
                "best of all",
                close_to(100),
                "A hundred is what it would have if it could choose every option. The port, the money "
                "and transit are not all as it likes them best.",
                "Take the points of the five options named, not the largest ones.",
            ),
            Mistake(
                "walk-away value",
                close_to(56),
                "That is what it must have at least to sign. The task asks what this deal gives it.",
                "Add up five numbers of the column points.",
            ),
        ),
        otherwise="The five numbers do not add up to this.",
        hints=(
            "In the table, find the rows with the five keys in the column option.",
            "Five numbers, one for each issue: write them with plus signs and let Python add.",
        ),
    ),
    Task(
        id="09.2",
        read=countries(_GAME.names),
        right=same_members(_SIGNERS),
        why="Only three, and China is not among them: so it is no deal, however much Pyongyang likes it. "
        "China and Mongolia each lack two points.",
        mistakes=(
            Mistake(
                "the others",
                same_members(_OTHERS),
                "These are the ones that would *not* sign.",
                "Sign means: points at least as high as the walk-away value.",
            ),
            Mistake(
                "those on the river",
                same_members(_RIVER),
                "These three must sign for a deal to be made. Whether they do depends on their points.",
                "Compare two numbers for each of the six.",
                "09.m1",
            ),
            Mistake(
                "nearly enough",
                lambda given: bool({"chn", "mng"} & set(given)),
                "China and Mongolia come near, but near is not enough: they lack a little.",
                "Compare 48 with 50, and 50 with 52.",
            ),
            Mistake(
                "Japan",
                lambda given: "jpn" in given,
                "Japan has more points than some of the others, but it also asks for more.",
                "Compare each delegation with its own walk-away value only.",
                "09.m4",
            ),
            Mistake(
                "somebody missing",
                lacks(*_SIGNERS),
                "All that you name would sign, but somebody is missing.",
                "Go through the six one by one.",
            ),
        ),
        otherwise="Compare the two numbers of each delegation once more.",
        hints=(
            "The two printed lines give each code its points, and what it must have.",
            "Three delegations have at least as many points as they must have.",
        ),
    ),
    Task(
        id="09.3",
        read=reading.number,
        right=close_to(_GROUPS),
        why="All six; or five, with South Korea, Japan or Mongolia outside. The three on the river are in "
        "each of the groups: that is what a veto is.",
        mistakes=(
            Mistake(
                "without the veto",
                close_to(_GROUPS + len(_RIVER)),
                "You counted every group of five or six. In some of them one of the three on the river "
                "is missing.",
                "Cross out the groups without China, without Russia and without North Korea.",
                "09.m1",
            ),
            Mistake(
                "five only",
                close_to(_GROUPS - 1),
                "At *least* five: one more group has more than five.",
                "What if nobody stays outside?",
            ),
            Mistake(
                "all fives",
                close_to(len(_GAME.names)),
                "There are so many ways to leave out one of six. But not everyone can be left out.",
                "Who of the six may stay outside?",
                "09.m1",
            ),
            Mistake(
                "without the number",
                close_to(2**_FREE),
                "You let any of the other three stay outside together. Then there would be too few "
                "signatures.",
                "Three on the river, and how many more at least?",
            ),
            Mistake(
                "one group",
                close_to(1),
                "That is the group of all six. Some groups of five do as well.",
                "Who of the six may stay outside?",
            ),
        ),
        otherwise="Write the groups down: who may stay outside, and how many at a time?",
        hints=(
            "The three on the river are in every group. What can vary?",
            "Of the other three, at least two must be in.",
        ),
    ),
    Task(
        id="09.4",
        read=reading.number,
        right=close_to(int((_JAPAN < _JAPAN_LEAST).sum())),
        why="In most of the deals that work Japan stays outside. It asks for much, because it can do "
        "without, and it has no veto. In the record, too, it was an observer.",
        mistakes=(
            Mistake(
                "those that Japan signs",
                close_to(int((_JAPAN >= _JAPAN_LEAST).sum())),
                "In so many deals Japan does sign.",
                "Turn the sign in the filter round: < means less than.",
            ),
            Mistake(
                "with those at the border",
                close_to(int((_JAPAN <= _JAPAN_LEAST).sum())),
                "You counted deals with exactly 60 points, too. From 60 on it signs.",
                "Use < and not <=.",
            ),
            Mistake(
                "all that pass",
                close_to(_PASSING),
                "That is the number of all deals that pass.",
                "Keep the rows in which the column Japan is less than 60.",
            ),
            Mistake(
                "all deals",
                close_to(int((_GAME.scores[:, _GAME.names.index("JPN")] < _JAPAN_LEAST).sum())),
                "You counted among all deals. The task asks about those that pass.",
                "The table deals holds those that pass, and no others.",
            ),
        ),
        otherwise="Filter the table deals by the column Japan, and count.",
        hints=(
            'The pattern is deals[deals["..."] < ...].',
            "len around it counts the rows that are left.",
        ),
    ),
    Task(
        id="09.5",
        read=one_of(_OPTIONS),
        right=lambda given: given == _best_change(),
        why="One zone in three parts gives Pyongyang its officials back. It gains 14 points, Mongolia "
        "gives up 12, and Moscow is glad as well. Japan stays outside.",
        mistakes=(
            Mistake(
                "too much given",
                lambda given: given in ("separate", "documents", "national"),
                "With this the deal passes. But Mongolia can do better.",
                "Try the other options on who runs the zone, and compare Mongolia's points.",
            ),
            Mistake(
                "Moscow lost",
                lambda given: (
                    "PRK" in model.judge(_GAME, _changed(derived.COMPANY, given)).signers
                    and "RUS" not in model.judge(_GAME, _changed(derived.COMPANY, given)).signers
                ),
                "Pyongyang would sign now. But look at Moscow: you have won one veto and lost another.",
                "All three on the river must reach their walk-away value at once.",
                "09.m1",
            ),
            Mistake(
                "nothing changed",
                lambda given: given in derived.COMPANY.values(),
                "This option is in the deal already.",
                "Answer with the key of the option that comes in.",
            ),
            Mistake(
                "Pyongyang still out",
                lambda given: (
                    "PRK" not in model.judge(_GAME, _changed(derived.COMPANY, given)).signers
                ),
                "With this North Korea still does not sign.",
                "What does Pyongyang value most? 09.1 shows its points.",
            ),
        ),
        otherwise="With this the deal does not pass.",
        hints=(
            "On which issue does North Korea's worst option stand in the deal?",
            "Try the options on who runs the zone one by one with scores.",
        ),
    ),
    Task(
        id="09.6",
        read=one_of(_OPTIONS),
        right=lambda given: given == _improving(),
        why="China, North Korea, South Korea and Mongolia gain, Russia has the same. Japan likes it less, "
        "but it stays outside in both cases. That is a Pareto improvement.",
        mistakes=(
            Mistake(
                "nothing changed",
                lambda given: given in _LIGHT.values(),
                "This option is in the deal already.",
                "Answer with the key of the option that comes in.",
            ),
            Mistake(
                "loans",
                chosen("loans"),
                "Moscow and Pyongyang like loans. But Seoul is to lend, and it loses a great deal.",
                "Compare all six, not only those on the river.",
            ),
            Mistake(
                "no deal any more",
                lambda given: not model.judge(_GAME, _changed(_LIGHT, given)).passes,
                "With this the deal does not pass any more: somebody who must sign would not.",
                "Compare the new points with the walk-away values.",
                "09.m1",
            ),
            Mistake(
                "somebody loses",
                lambda given: given != _improving(),
                "Some gain by this, but somebody who signs loses.",
                "Print the points before and after, and compare them one by one.",
                "09.m3",
            ),
        ),
        otherwise="Somebody loses by this.",
        hints=(
            "Change one key in the call of scores, and compare with the old points.",
            "The issue on which most can be won is: who pays.",
        ),
    ),
    Task(
        id="09.7",
        read=reading.number,
        right=close_to(float(_GAINS.prod())),
        why="More than four million, and the number by itself means nothing. It only serves to compare "
        "deals with the same signers: no other deal of all six has a larger one.",
        mistakes=(
            Mistake(
                "a sum",
                close_to(float(_GAINS.sum())),
                "You added the gains. Nash's rule multiplies them.",
                "A star stands for times: (58 - 50) * (80 - 54) and so on.",
                "09.m4",
            ),
            Mistake(
                "points without the walk-away",
                close_to(float(_GAME.scores[_GAME.number(_NASH)].prod())),
                "You multiplied the points. What counts is the gain over no deal.",
                "Take off the walk-away value first, for each of the six.",
            ),
            Mistake(
                "no brackets",
                lambda given: given < 0,
                "The number is below zero. Python multiplies before it subtracts.",
                "Put brackets round each difference.",
            ),
            Mistake(
                "somebody missing",
                lambda given: any(
                    gain > 1 and abs(given - _GAINS.prod() / gain) < 1e-6 for gain in _GAINS
                ),
                "One of the six is missing in your product.",
                "Six brackets, one for each delegation.",
            ),
        ),
        otherwise="Six differences, multiplied: one of them is not right.",
        hints=(
            "Begin with China: 58 minus 50.",
            "Six brackets of the form (points - walk-away), with stars between them.",
        ),
    ),
    Task(
        id="09.8",
        read=reading.number,
        right=close_to(_MORE),
        why="Pyongyang's veto costs the other five a good many deals. And yet it is its land: a zone "
        "without it would be another zone.",
        mistakes=(
            Mistake(
                "all that would pass",
                close_to(derived.count_passing(["CHN", "RUS"])),
                "So many would pass in all. The task asks how many *more* than now.",
                "Take off what passes under the lesson's rule.",
            ),
            Mistake(
                "nobody's veto",
                lambda given: (
                    given in (derived.count_passing([]), derived.count_passing([]) - _PASSING)
                ),
                "You took the veto from all three. China and Russia keep theirs.",
                'The list is ["CHN", "RUS"].',
            ),
            Mistake(
                "blocked alone",
                close_to(model.blocked_deals(_GAME)["PRK"]),
                "That is the bar in the lesson's chart: deals that would pass if Pyongyang *signed*. Here "
                "it does not sign, it only cannot stop the others; five signatures are still needed.",
                "Use count_passing with another list.",
                "09.m5",
            ),
            Mistake(
                "a minus",
                close_to(-_MORE),
                "The size is right, the sign is not: more deals would pass, not fewer.",
                "Take the smaller number from the larger one.",
            ),
            Mistake(
                "another veto",
                lambda given: (
                    given
                    in {
                        derived.count_passing(["CHN", "PRK"]) - _PASSING,
                        derived.count_passing(["RUS", "PRK"]) - _PASSING,
                    }
                ),
                "You took the veto from another delegation.",
                "North Korea is PRK: it is to leave the list.",
            ),
        ),
        otherwise="Count twice, with and without North Korea's veto, and take the difference.",
        hints=(
            "Call count_passing with a shorter list.",
            "The answer is one call of count_passing minus another.",
        ),
    ),
    argument(
        "09.9",
        120,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited & _ROWS,
                "There is no evidence yet: name the rows that you rely on, such as (SP041).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "no record",
                lambda given: not given.cited & _EVENTS,
                "You speak of the game only. The third question asks about the real delegation.",
                "Add an event from the record, such as (E096) or (E102), and compare.",
            ),
            Mistake(
                "too few rows",
                lambda given: len(given.cited & _ROWS) < 3,
                "Name at least three rows: reasons, interests, events.",
                "Which reason explains what the other delegation did?",
            ),
            Mistake(
                "no words of the lesson",
                lambda given: not any(term in given.folded for term in _TERMS),
                "You tell what happened, but not yet in the words of the lesson.",
                "Was the deal in the Pareto set? Who was near its walk-away value? Who had a veto?",
            ),
        ),
        more="Three questions, some forty words each.",
        hints=(
            "tutor.summit_debrief() says what was left on the table.",
            "Compare what Pyongyang did in the game with E096, E102 and E105.",
        ),
    ),
    Task(
        id="09.10",
        read=countries(_GAME.names),
        right=same_members([min(_WITH_VETO, key=lambda code: _WITH_VETO[code])]),
        why="With a veto of Japan only 19 of the 68 deals are left. Whoever needs the deal least stops the "
        "most, if it is allowed to.",
        mistakes=(
            Mistake(
                "several",
                lambda given: len(given) > 1,
                "One delegation is asked for.",
                "Compare three numbers, and take the smallest.",
            ),
            Mistake(
                "has one already",
                lambda given: given[0] in {code.lower() for code in _RIVER},
                "This delegation has a veto already.",
                "Try South Korea, Japan and Mongolia.",
            ),
            Mistake(
                "the keenest",
                lambda given: given[0] == "mng",
                "Mongolia would sign every one of the deals that pass. Its veto would change nothing.",
                "A veto counts for those who would say no.",
                "09.m5",
            ),
            Mistake(
                "one deal only",
                lambda given: given[0] == "kor",
                "South Korea's veto would stop one deal. There is one that would stop far more.",
                "The smallest number in the loop belongs to the answer.",
                "09.m5",
            ),
        ),
        otherwise="Compare what still passes in the three cases.",
        hints=(
            "The loop runs over three codes; print what still passes for each.",
            "The answer is the code with the smallest number.",
        ),
    ),
)
