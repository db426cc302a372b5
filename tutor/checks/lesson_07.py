"""Tasks of exercise 07: ranks and steps, win-sets, what is agreed, and who explains it."""

from __future__ import annotations

from tutor import data
from tutor.checks.engine import (
    Mistake,
    Task,
    between,
    close_to,
    countries,
    same_order,
)
from tutor.checks.written import argument
from tutor.derived.two_level_games import (
    capital,
    game_of_two,
    least_payment,
    observations,
    outcome,
    status_quo,
    verdicts,
)
from tutor.interaction import reading
from tutor.models import win_sets
from tutor.models.win_sets import Actor

_SIX = ("CHN", "JPN", "KOR", "MNG", "PRK", "RUS")
_QUO = status_quo()


def _japan(direction: str, level: str = "") -> int:
    return sum(
        row["country"] == "JPN"
        and row["direction"] == direction
        and (not level or row["level"] == level)
        for row in data.rows("national_moves")
    )


_RANKED = [
    row["country"]
    for row in sorted(
        data.rows("national_considerations"), key=lambda row: int(row["enthusiasm_rank"])
    )
]
_TOKYO = Actor("Tokyo", 0.5, salience=0.5, agreement_cost=0.1)
_PAID = Actor("Tokyo", 0.5, salience=0.5, agreement_cost=0.1, side_payment=0.05)
_TIED = win_sets.bargain(game_of_two(beijing_cost=0.3), _QUO)
_FREE = win_sets.bargain(game_of_two(), _QUO)
_YES = least_payment("PRK", 0.5)
_THREE = outcome("study", "three", 0.5)


def _point(*setting: str | float) -> float:
    return float(outcome(*setting).point or 0.0)


def _later(theory: str, verdict: str) -> int:
    early = {row["id"] for row in observations("1993")}
    return sum(
        verdicts()[row["id"], theory]["verdict"] == verdict
        for row in observations("1996")
        if row["id"] not in early
    )


def _enough() -> float:
    """Find the first autonomy, in tenths, from which on more changes nothing."""
    tenths = [step / 10 for step in range(11)]
    points = [round(_point("study", "five", autonomy), 2) for autonomy in tenths]
    return next(a for a, point in zip(tenths, points, strict=True) if point == points[-1])


_BEFORE = frozenset(
    row["id"]
    for table in ("events", "theory_observations")
    for row in data.rows(table)
    if row["date"] <= "1993-05-31" and row["date"] >= "1984"
)
_AFTER = frozenset(
    row["id"]
    for table in ("events", "theory_observations")
    for row in data.rows(table)
    if row["date"] > "1993-05-31"
) | {"X43"}
_ROWS = _BEFORE | _AFTER | {"X44", "X49"} | {row["id"] for row in data.rows("theory_verdicts")}
_ACCOUNTS = ("functionalism", "realism", "intergovernmental", "the study", "study's")

TASKS = (
    Task(
        id="07.1",
        read=reading.number,
        right=close_to(_japan("towards", "centre")),
        why="Most of Japan's steps towards the scheme came from below: Niigata, Osaka, seven firms. "
        "Its capital took one, a report, and stayed an observer.",
        mistakes=(
            Mistake(
                "all steps",
                close_to(_japan("towards")),
                "Those are all steps towards the scheme, whoever took them.",
                "Keep only the rows in which the column level says “centre”.",
            ),
            Mistake(
                "steps of the others",
                close_to(_japan("towards", "region")),
                "Those are the steps of prefectures and firms. The task asks for the capital.",
                "The capital stands in the column level as “centre”.",
            ),
            Mistake(
                "steps away",
                close_to(_japan("away", "centre")),
                "Those are the steps away. The cell above the answer has kept those towards.",
                "Filter the table towards, not japan.",
            ),
        ),
        otherwise="That is not the number of steps that Tokyo took towards the scheme.",
        hints=(
            "Filter once more, as in the second and third line of the cell.",
            'The pattern is towards[towards["level"] == "..."]; len counts the rows that are left.',
        ),
    ),
    Task(
        id="07.2",
        read=reading.in_order(countries(_SIX)),
        right=same_order(_RANKED),
        why="China, Mongolia, Russia, North Korea, South Korea, Japan. It is the study's judgement, and "
        "its own text speaks against the place of South Korea.",
        mistakes=(
            Mistake(
                "backwards",
                lambda given: tuple(given) == tuple(code.lower() for code in reversed(_RANKED)),
                "You have the order the wrong way round: the least keen stands first.",
                "Rank one belongs at the front.",
            ),
            Mistake(
                "not all six",
                lambda given: sorted(given) != sorted(code.lower() for code in _RANKED),
                "The list should hold each of the six codes once.",
                "Six codes in quotation marks, with commas between them.",
            ),
            Mistake(
                "Seoul by its deeds",
                lambda given: given.index("kor") < given.index("prk"),
                "You put South Korea before North Korea. Its steps speak for that; the study's table "
                "does not, and the task asks for the table.",
                'Look at the rank in cite("NC03") and cite("NC04").',
                "07.m1",
            ),
            Mistake(
                "the coastless one",
                lambda given: given.index("mng") > given.index("rus"),
                "One country has no coast at all and wants the way to the sea badly. You put it too "
                "far back.",
                'Look at the rank in cite("NC06").',
            ),
        ),
        otherwise="All six are there, but the order is not the study's.",
        hints=(
            "Each row from NC01 to NC06 gives a rank from one to six.",
            'Begin with cite("NC02"): that country comes first.',
        ),
    ),
    Task(
        id="07.3",
        read=reading.number,
        right=close_to(win_sets.win_set(capital("KOR"), _QUO).upper),
        why="Seoul would accept everything up to 1.4, but the line ends at 1: it says yes to all of it.",
        mistakes=(
            Mistake(
                "off the line",
                close_to(2 * capital("KOR").ideal_point),
                "The sum is right, but there is no such place: the line ends before.",
                "Nothing is more joint than one joint authority.",
            ),
            Mistake(
                "the ideal point",
                close_to(capital("KOR").ideal_point),
                "That is what Seoul would like best. It accepts more than its best.",
                "Go as far beyond the ideal point as the status quo lies before it.",
            ),
            Mistake(
                "the wrong end",
                close_to(_QUO),
                "There the win-set begins. The task asks where it ends.",
                "Go to the ideal point, and then as far again.",
            ),
        ),
        otherwise="Measure from the ideal point back to the status quo, and go as far to the right.",
        hints=(
            "How far is the status quo from what Seoul would like best?",
            "Twice that distance would be the end, if the line were long enough.",
        ),
    ),
    Task(
        id="07.4",
        read=reading.number,
        right=close_to(win_sets.win_set(_PAID, _QUO).lower, 0.002),
        why="The payment takes away half of the cost. The win-set grows on both sides, and with it what "
        "Tokyo and Pyongyang can both accept.",
        mistakes=(
            Mistake(
                "without the payment",
                close_to(win_sets.win_set(_TOKYO, _QUO).lower, 0.002),
                "That is where the win-set began before. The payment has not arrived.",
                "Put side_payment=0.05 into the brackets of Actor, and make the win-set again.",
            ),
            Mistake(
                "the other end",
                close_to(win_sets.win_set(_PAID, _QUO).upper, 0.002),
                "That is where the win-set ends. The task asks where it begins.",
                "The two ends are called lower and upper.",
            ),
            Mistake(
                "not divided",
                close_to(0.05, 0.002),
                "You took what is left of the cost as it stands. It has to be divided by the salience.",
                "Let win_set do the sum: it knows the salience.",
            ),
            Mistake(
                "payment as a cost",
                close_to(
                    win_sets.win_set(
                        Actor("Tokyo", 0.5, salience=0.5, agreement_cost=0.15), _QUO
                    ).lower,
                    0.002,
                ),
                "You let Tokyo pay instead of being paid: its win-set has shrunk.",
                "A side payment works against the cost, not with it.",
                "07.m5",
            ),
        ),
        otherwise="That is not where Tokyo's win-set begins once it is paid.",
        hints=(
            "Change one thing in the cell above: what stands in the brackets of Actor.",
            'tokyo = Actor("Tokyo", 0.5, salience=0.5, agreement_cost=0.1, side_payment=...)',
        ),
    ),
    Task(
        id="07.5",
        read=reading.number,
        right=close_to(float(_TIED.point or 0), 0.006),
        why="From 0.40 to 0.55: trouble at home has brought Beijing almost all that it wanted. With a "
        "cost above 0.6 it would have brought nothing.",
        mistakes=(
            Mistake(
                "no cost",
                close_to(float(_FREE.point or 0), 0.006),
                "That is what they agree on without the cost, or with a cost for Moscow.",
                "The cost belongs to Beijing: make that actor anew, then bargain again.",
            ),
            Mistake(
                "another cost",
                close_to(
                    float(win_sets.bargain(game_of_two(beijing_cost=0.2), _QUO).point or 0), 0.006
                ),
                "That is the case of the lesson, with a smaller cost.",
                "Raise agreement_cost to 0.3.",
            ),
            Mistake(
                "an end of the overlap",
                lambda given: (
                    close_to(_TIED.zone.lower, 0.006)(given)
                    or close_to(_TIED.zone.upper, 0.006)(given)
                ),
                "That is an end of what both accept. The task asks for the point inside.",
                "Ask the bargain for its point.",
            ),
            Mistake(
                "what Beijing wants",
                close_to(capital("CHN").ideal_point),
                "So far the agreement does not go: that is what Beijing would like best.",
                "Let bargain find the point.",
                "07.m2",
            ),
        ),
        otherwise="That is not where the two agree when signing costs Beijing 0.3.",
        hints=(
            "Make Beijing anew, with agreement_cost=0.3 in the brackets.",
            "Then run bargain([beijing, moscow], 0).point once more.",
        ),
    ),
    Task(
        id="07.6",
        read=reading.number,
        right=close_to(_YES, 0.006),
        why="Its gain at the middle of the line is 0.21 below nothing; a payment of the same size makes "
        "up for it.",
        mistakes=(
            Mistake(
                "with a minus",
                close_to(-_YES, 0.006),
                "The size is right. But the loss is below nothing; the payment that makes up for it is "
                "above.",
                "Take the minus sign away.",
            ),
            Mistake(
                "without salience",
                close_to(_YES / capital("PRK").salience, 0.006),
                "That is how much further away the place is. How much Pyongyang minds depends on its "
                "salience.",
                "Multiply by the salience.",
            ),
            Mistake(
                "without the status quo",
                close_to(capital("PRK").salience * 0.4, 0.006),
                "You counted the whole way from the ideal point. But the status quo is not ideal either.",
                "Take the distance of the status quo from the distance of the new place.",
            ),
            Mistake(
                "divided",
                close_to(_YES / capital("PRK").salience ** 2, 0.006),
                "You divided by the salience. Here the gain is wanted, and the gain is salience *times* "
                "distance.",
                "Use * instead of /.",
            ),
        ),
        otherwise="That is not the payment that just makes up for Pyongyang's loss.",
        hints=(
            "Two distances from Pyongyang's ideal point: to the middle of the line, to the status quo.",
            "Salience times the difference of the two distances.",
        ),
    ),
    Task(
        id="07.7",
        read=reading.number,
        right=close_to(float(_THREE.point or 0), 0.006),
        why="Primorye and Rajin both want just that, and they are two of three at the table. The capitals "
        "would have let them go on.",
        mistakes=(
            Mistake(
                "end of the overlap",
                close_to(_THREE.zone.upper, 0.006),
                "So far they *could* go: it is the end of what all accept. They stop before.",
                "Look for the words “agree at”.",
            ),
            Mistake(
                "five members",
                close_to(_point("study", "five", 0.5), 0.006),
                "That is what the five agree on. The task asks for the three on the river.",
                "Change the list “Who belongs”.",
            ),
            Mistake(
                "autonomy as read",
                close_to(_point("study", "three"), 0.006),
                "That is with the autonomy as the evidence has it.",
                "Change the list “Autonomy of regions” to a half.",
            ),
            Mistake(
                "Putnam's order",
                close_to(_point("putnam", "three"), 0.006),
                "That is Putnam's order, in which the capitals bargain.",
                "Change the list “Who bargains”.",
                "07.m4",
            ),
        ),
        otherwise="With these three settings they agree elsewhere.",
        hints=(
            "Three lists have to be set: who bargains, who belongs, autonomy.",
            "The words say “They agree at ...”; the orange line in the chart says the same.",
        ),
    ),
    Task(
        id="07.8",
        read=reading.number,
        right=close_to(_later("intergovernmentalism", "expects")),
        why="All three. None of the three is expected by the study's account. It may have been right about "
        "the start and too hopeful about the rest.",
        mistakes=(
            Mistake(
                "all evidence",
                close_to(
                    sum(
                        verdicts()[row["id"], "intergovernmentalism"]["verdict"] == "expects"
                        for row in observations("1996")
                    )
                ),
                "That counts the whole table. The task asks about what was seen after the study.",
                "Filter the table later, not evidence.",
            ),
            Mistake(
                "the study's column",
                close_to(_later("study", "expects")),
                "So many does the study's own account expect. The task asks about intergovernmentalism.",
                "Check the name of the column in the square brackets.",
            ),
            Mistake(
                "all rows",
                close_to(len(observations("1996"))),
                "That is the number of all observations.",
                "Filter twice: by date, and by the word “expects”.",
            ),
            Mistake(
                "realism's column",
                close_to(_later("realism", "expects")),
                "So many does realism expect. The task asks about intergovernmentalism.",
                "Check the name of the column in the square brackets.",
            ),
        ),
        otherwise="Count the rows of later in which the column says “expects”.",
        hints=(
            "Filter the table later by one column, and count with len.",
            'The pattern is later[later["..."] == "expects"].',
        ),
    ),
    argument(
        "07.9",
        100,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited & _ROWS,
                "There is no evidence yet: name the rows that you rely on, such as (E061).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "one time only",
                lambda given: not (given.cited & _BEFORE and given.cited & _AFTER),
                "Your rows are all from one side of May 1993. The beginning and the end tell different "
                "stories.",
                "Add a row from the other side: the meetings of 1991 to 1993, or those of 1994 and 1995.",
                "07.m6",
            ),
            Mistake(
                "too few rows",
                lambda given: len(given.cited & _ROWS) < 3,
                "Two rows are few for a claim about six countries. Name at least three.",
                "What did Pyongyang do? What did Primorye do?",
            ),
            Mistake(
                "no account",
                lambda given: not any(word in given.folded for word in _ACCOUNTS),
                "You have facts, but none of the lesson's accounts. Which of them expected what you "
                "describe?",
                "Name at least one: functionalism, realism, intergovernmentalism, or the study's own.",
            ),
        ),
        more="Say what speaks for the sentence, and then what speaks against it.",
        hints=(
            "Two questions help: who started it, and who set the limit?",
            "theory_table().table() lists the observations with their ids and dates.",
        ),
    ),
    Task(
        id="07.10",
        read=reading.number,
        right=close_to(_enough()),
        why="From 0.4 on Pyongyang accepts all that the regions want; then they, and no longer the "
        "capitals, are what stops the agreement.",
        mistakes=(
            Mistake(
                "where they agree",
                close_to(round(_point("study", "five", 1), 2), 0.006),
                "That is *where* they agree in the end. The task asks for the autonomy.",
                "Print the autonomy beside each point, and look where the points stop changing.",
            ),
            Mistake(
                "the end of the list",
                close_to(1),
                "With full autonomy it stays the same; but it did so before. Find the first such autonomy.",
                "Read your list from the top: where does the point change for the last time?",
            ),
            Mistake(
                "one step early",
                close_to(_enough() - 0.1),
                "One step more still changes something.",
                "Compare the point at this autonomy with the next one.",
            ),
            Mistake(
                "one step late",
                close_to(_enough() + 0.1),
                "The step before gave the same point already.",
                "Read your list from the top.",
            ),
            Mistake(
                "in percent",
                between(2, 100),
                "Autonomy runs from 0 to 1 here.",
                "Give it as the list has it, for example 0.2.",
            ),
        ),
        otherwise="Go through the list and look for the first point that equals the last one.",
        hints=(
            "Let the loop of the cell run over more autonomies, up to 1.",
            "The points rise, and then they are all alike. Where do they begin to be alike?",
        ),
    ),
)
