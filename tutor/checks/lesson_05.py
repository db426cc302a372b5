"""Tasks of exercise 05: rungs, areas of creation and diversion, capital, rivals and an argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tutor.checks.engine import (
    Mistake,
    Task,
    between,
    chosen,
    close_to,
    codes_of,
    countries,
    holds,
    lacks,
    letter_of,
    same_members,
)
from tutor.checks.written import Writing, argument
from tutor.derived.stages import (
    PARTNER_PRICES,
    SIX,
    blocs,
    capital,
    given,
    rivals,
    union,
)
from tutor.interaction import reading
from tutor.interaction.reading import Unreadable

_PLACED = {bloc.id: bloc for bloc in blocs()}
_GULF = _PLACED["BL10"].stage.rung
_OFF = [bloc.id for bloc in blocs() if not bloc.stage.is_on_ladder]
_BLOC_NAMES = {bloc.name: bloc.id for bloc in blocs()} | {"EEA": "BL11", "WAMU": "BL15"}

_OLD, _NEW, _WORLD = (given(f"TV{n}") for n in (531, 532, 533))
_BOUGHT_OLD, _BOUGHT_NEW, _MADE_OLD, _MADE_NEW = (given(f"TV{n}") for n in (534, 535, 536, 537))
_FALL = _OLD - _NEW
_CONSUMPTION = _FALL * (_BOUGHT_NEW - _BOUGHT_OLD) / 2
_PRODUCTION = _FALL * (_MADE_OLD - _MADE_NEW) / 2
_CREATED = _CONSUMPTION + _PRODUCTION
_OLD_IMPORTS = _BOUGHT_OLD - _MADE_OLD
_DIVERTED = (_NEW - _WORLD) * _OLD_IMPORTS

_STEEP = 15


def _first_loss(tariff: int) -> int:
    return min(price for price in PARTNER_PRICES if union(tariff, price).welfare < 0)


_MOVED = capital(given("TV513"))
_INCOME = _MOVED.income_gain / _MOVED.income_before
_GAINS_MOST = SIX[int(_INCOME.argmax())]
_RECEIVES_MOST = SIX[int(_MOVED.inflow.argmax())]

_SIX_ZONES = rivals(6, given("TV524"))
_SHARE = _SIX_ZONES.rival_investment / _SIX_ZONES.joint_investment - 1

_SETTINGS = ((10, 12), (12, 15), (15, 16))
_EFFECTS = [union(*setting) for setting in _SETTINGS]
_GAINS = [effect.welfare for effect in _EFFECTS]

_EVIDENCE = frozenset(
    ("BL13", "E071", "E077", "E092", "E096", "E097", "E102", "E105", "E109", "G34", "G49", "G58")
)
_ERROR = "X46"


def _numbers(answer: Any) -> tuple[float, ...] | Unreadable:
    """Read a list of three numbers."""
    listed = reading.items(answer)
    if isinstance(listed, Unreadable):
        return listed
    if all(reading.is_missing(item) for item in listed):
        return reading.NOTHING
    read = tuple(reading.number(item) for item in listed)
    unreadable = next((item for item in read if isinstance(item, Unreadable)), None)
    if unreadable is not None:
        return Unreadable(f"One of your three gains cannot be read. {unreadable.reason}")
    if len(read) != len(_SETTINGS):
        return Unreadable(
            f"Your list has {len(read)} numbers; give the {len(_SETTINGS)} gains, in order."
        )
    return read


def _all_close(expected: list[float]) -> Callable[[tuple[float, ...]], bool]:
    tests = [close_to(value, 0.01) for value in expected]
    return lambda given: all(test(value) for test, value in zip(tests, given, strict=True))


def _evidence(answer: Writing) -> int:
    return len(answer.cited & _EVIDENCE)


TASKS = (
    Task(
        id="05.1",
        read=reading.number,
        right=close_to(_GULF),
        why="A common market: free trade, one tariff, and citizens who may work and own in each "
        "member. A common money was planned and not reached, so it is no economic union.",
        mistakes=(
            Mistake(
                "planned money",
                close_to(4),
                "You counted the common money. It was planned; what counts is what was promised in "
                "law by the date.",
                "Look for the word that says how far the money got.",
            ),
            Mistake(
                "earlier stage",
                close_to(2),
                "That is where the same bloc stood some years before, as a customs union.",
                "What did the members declare in addition?",
            ),
            Mistake(
                "first rung",
                close_to(1),
                "It has free trade, but that is not all it has.",
                "Go through the promises from below, and stop at the first that is not made.",
            ),
            Mistake(
                "no rung",
                lambda given: not between(0, 5)(given),
                "The ladder has five rungs, and the ground below them.",
                "Give the number of a rung.",
            ),
        ),
        otherwise="The promises of the row do not lead to that rung.",
        hints=(
            "The row says yes or no for each promise. Count how many say yes, from below.",
            "Equal treatment in work, capital and property is one of the five promises.",
        ),
    ),
    Task(
        id="05.2",
        read=codes_of([bloc.id for bloc in blocs()], _BLOC_NAMES),
        right=same_members(_OFF),
        why="The European Economic Area lacks the common tariff; the West African Monetary Union "
        "began with money and lacked all that stands below.",
        mistakes=(
            Mistake(
                "the ground",
                holds("BL13"),
                "The Tumen River Commission promised nothing on the ladder, so it has no gap either: "
                "it stands on the ground.",
                "Off the ladder means: a promise is made, and one below it is not.",
                "05.m1",
            ),
            Mistake(
                "a low rung",
                holds("BL01", "BL08", "BL12"),
                "A free trade area is on the ladder: it stands on the lowest rung, and skips nothing.",
                "Look for a yes to the right of a no.",
            ),
            Mistake(
                "without the area",
                lacks("BL11"),
                "One is missing: there is a bloc with free trade and free movement, but without one "
                "tariff.",
                "Look at the years around the founding of the European Union.",
            ),
            Mistake(
                "without the money",
                lacks("BL15"),
                "One is missing: there is a bloc that begins with money.",
                "Look at the oldest rows.",
            ),
        ),
        otherwise="At least one of these has all the promises below its highest one.",
        hints=(
            "There are two such rows, and they do not stand next to each other.",
            "A row is off the ladder if it says yes somewhere to the right of a no.",
        ),
    ),
    Task(
        id="05.3",
        read=letter_of("ABCDE"),
        right=chosen("B"),
        why="The second rung is missing. Goods from outside could enter where the tariff is lowest "
        "and travel on, so every border between the six would still need its customs officers.",
        mistakes=(
            Mistake(
                "trade",
                chosen("A"),
                "The minister proposes just that: no tariffs among the six.",
                "Compare each promise with the proposal, from the bottom of the ladder.",
            ),
            Mistake(
                "factors",
                chosen("C"),
                "Workers and capital may move in this proposal.",
                "Compare each promise with the proposal, from the bottom of the ladder.",
            ),
            Mistake(
                "policy",
                chosen("D"),
                "Budgets and money are coordinated in this proposal.",
                "Compare each promise with the proposal, from the bottom of the ladder.",
            ),
            Mistake(
                "counting promises",
                chosen("E"),
                "You counted that several promises are made. A rung needs all those below it.",
                "Build it with the lists and read the line of words.",
                "05.m1",
            ),
        ),
        otherwise="Build the proposal with the lists and read the line of words.",
        hints=(
            "Set four of the five lists as the minister says, and leave the fifth.",
            "“Each keeps its own”: which promise is the opposite of that?",
        ),
    ),
    Task(
        id="05.4",
        read=reading.number,
        right=close_to(_CREATED, 0.01),
        why="The buyers' triangle is larger than the producers' one, because demand reacts more to "
        "the price than supply does.",
        mistakes=(
            Mistake(
                "rectangles",
                close_to(2 * _CREATED, 0.01),
                "You took two whole rectangles. Only half of each lies between the curve and the "
                "new price.",
                "Divide each product by two.",
            ),
            Mistake(
                "one triangle",
                lambda given: (
                    close_to(_CONSUMPTION, 0.01)(given) or close_to(_PRODUCTION, 0.01)(given)
                ),
                "That is one of the two triangles.",
                "One belongs to the buyers and one to the home producers. Add them.",
            ),
            Mistake(
                "diversion",
                close_to(_DIVERTED, 0.01),
                "That is what is diverted: old imports times the dearer price.",
                "The question is about the triangles.",
                "05.m4",
            ),
            Mistake(
                "quantities only",
                close_to(_BOUGHT_NEW - _BOUGHT_OLD + _MADE_OLD - _MADE_NEW),
                "You added the two changes of quantity. An area also has a height.",
                "The height of both triangles is the fall of the price.",
            ),
        ),
        otherwise="Two triangles: each has the fall of the price as its height.",
        hints=(
            "The width of one triangle is what is bought in addition; of the other, what home "
            "producers give up.",
            "Work out one triangle alone first: width times height, divided by two.",
        ),
    ),
    Task(
        id="05.5",
        read=reading.number,
        right=close_to(_CREATED - _DIVERTED, 0.01),
        why="The union costs more than it brings. Imports were large before, and the partner is "
        "dearer than the world.",
        mistakes=(
            Mistake(
                "sign",
                close_to(_DIVERTED - _CREATED, 0.01),
                "The size is right, but the sign is not: you took what is created from what is "
                "diverted.",
                "The gain is created minus diverted. A loss is negative.",
            ),
            Mistake(
                "diversion alone",
                lambda given: close_to(_DIVERTED, 0.01)(abs(given)),
                "That is what is diverted. What is created has not been counted yet.",
                "Take it from your answer to the task before.",
            ),
            Mistake(
                "creation alone",
                close_to(_CREATED, 0.01),
                "That is what is created. What is diverted has not been taken off yet.",
                "Work out the rectangle next, then take it from this.",
            ),
            Mistake(
                "new imports",
                close_to(_CREATED - (_NEW - _WORLD) * (_BOUGHT_NEW - _MADE_NEW), 0.01),
                "You took the imports after the union. Only the old imports were bought from the "
                "cheaper source.",
                "Use what was bought and made before.",
                "05.m4",
            ),
            Mistake(
                "old price",
                close_to(_CREATED - (_OLD - _WORLD) * _OLD_IMPORTS, 0.01),
                "You compared the world's price with the old price at home. That difference was the "
                "tariff, and it went to the treasury.",
                "By how much is the *partner* dearer than the world?",
            ),
            Mistake(
                "whole demand",
                close_to(_CREATED - (_NEW - _WORLD) * _BOUGHT_OLD, 0.01),
                "You took all that was bought before. Part of it was made at home.",
                "Imports are what is bought minus what is made at home.",
            ),
        ),
        otherwise="Created minus diverted gives another number.",
        hints=(
            "Diverted: imports before the union, times what the partner asks more than the world.",
            "Imports before: bought before, minus made at home before.",
        ),
    ),
    Task(
        id="05.6",
        read=reading.number,
        right=close_to(_first_loss(_STEEP)),
        why="With the higher tariff fewer boots were imported before, so there was less to divert; "
        "and the price fell further, so more was created. High walls make a union pay.",
        mistakes=(
            Mistake(
                "the other tariff",
                close_to(_first_loss(10)),
                "That is the answer for the tariff of the example.",
                "Keep the rows with the tariff that the task names.",
            ),
            Mistake(
                "still gaining",
                close_to(_first_loss(_STEEP) - 1),
                "At that price the country still gains a little.",
                "Keep the rows in which welfare is below zero, and take the smallest price of those.",
            ),
            Mistake(
                "highest price",
                close_to(max(p for p in PARTNER_PRICES if union(_STEEP, p).welfare < 0)),
                "That is the highest price at which the union costs. The task asks for the lowest.",
                "A column knows its smallest value: .min()",
            ),
            Mistake(
                "a loss",
                lambda given: given < 0,
                "That is a loss in money. The task asks for a price.",
                'Take the column "partner_price" of the rows that are left.',
            ),
        ),
        otherwise="The rows of the table say another price.",
        hints=(
            "Copy the four lines of the cell above and change one number.",
            "Keep the rows twice: once by tariff, once by welfare.",
        ),
    ),
    Task(
        id="05.7",
        read=countries(SIX),
        right=same_members([_GAINS_MOST]),
        why="Mongolia, by a hair before China: it has the least capital per head, so the capital "
        "that comes in earns most. In money its gain is the smallest of all.",
        mistakes=(
            Mistake(
                "largest inflow",
                same_members([_RECEIVES_MOST]),
                "It receives most capital, but it is also large. Per cent of its own income another "
                "one gains a little more.",
                'Compare the column "income", not "inflow".',
            ),
            Mistake(
                "the owner",
                same_members(["JPN"]),
                "Japan gains too: its owners earn more abroad. But compared with its income that is "
                "the least of all.",
                "Look for the largest number in the column of incomes.",
                "05.m5",
            ),
            Mistake(
                "more than one",
                lambda given: len(set(given)) > 1,
                "The task asks for one country.",
                "Give a single code.",
            ),
        ),
        otherwise="Another row has a larger number in the column of incomes.",
        hints=(
            'Look at the rows with 40 in the column "part", and at the column "income".',
            "The poorest has the least capital for each worker.",
        ),
    ),
    Task(
        id="05.8",
        read=reading.number,
        right=close_to(_SHARE, 0.006),
        why="Low taxes draw investors: rivalry costs the hosts money and brings them factories. "
        "Which of the two counts more is a political question.",
        mistakes=(
            Mistake(
                "as a percentage",
                close_to(_SHARE * 100, 0.6),
                "That is a percentage. The task asks for a share, as 0.5 for one half.",
                "Divide by one hundred, or do not multiply.",
            ),
            Mistake(
                "the ratio",
                close_to(_SHARE + 1, 0.006),
                "That is how many times as large it is. How much is *added*?",
                "Take the smaller number away before you divide.",
            ),
            Mistake(
                "wrong base",
                close_to(1 - 1 / (_SHARE + 1), 0.006),
                "You divided by the larger number. “Larger than under one authority” compares with "
                "the authority.",
                "Divide by the investment under one authority.",
            ),
            Mistake(
                "revenue",
                lambda given: close_to(_SIX_ZONES.loss, 0.006)(abs(given)),
                "That is about revenue, what the hosts earn. The task asks about investment.",
                "The last two numbers in the line of words are the investments.",
            ),
            Mistake(
                "millions",
                lambda given: given > 100,
                "That is an amount of money. A share compares two amounts.",
                "Divide the difference by the investment under one authority.",
            ),
        ),
        otherwise="The two investments in the line of words give another share.",
        hints=(
            "You need the last two numbers in the line of words.",
            "The larger one minus the smaller one, divided by the smaller one.",
        ),
    ),
    argument(
        "05.9",
        80,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited,
                "There is no evidence yet: name the rows that you rely on, such as (E109).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "error not named",
                lambda given: _ERROR not in given.cited,
                "Name the row of the study's error as well: it is the claim that you judge.",
                "The box in the last section before the close of the lesson links to it.",
            ),
            Mistake(
                "one row only",
                lambda given: _evidence(given) < 2,
                "Say both what a first stage needs and what was agreed, each with its row.",
                "One row says what a free trade area is, another what the members signed.",
            ),
        ),
        more="Let somebody who defends the study reply, in one sentence.",
        hints=(
            "Four sentences carry it: the claim, what the first stage needs, what was agreed, what "
            "follows.",
            "A zone is a place; a stage is a promise. Who promised what to whom?",
        ),
    ),
    Task(
        id="05.10",
        read=reading.in_order(_numbers),
        right=_all_close(_GAINS),
        why="One short function now answers what took you two sliders. It holds only while the "
        "partner's price lies between the world's and the old price: a model has its borders.",
        mistakes=(
            Mistake(
                "creation alone",
                _all_close([effect.creation for effect in _EFFECTS]),
                "These are the areas created. Nothing has been diverted yet.",
                "Take off the old imports times what the partner is dearer than the world.",
            ),
            Mistake(
                "one triangle",
                _all_close([effect.creation / 2 - effect.diversion for effect in _EFFECTS]),
                "You counted one triangle. There are two: buyers and home producers.",
                "Both curves change by two for each dollar, so the triangles are equal.",
            ),
            Mistake(
                "rectangles",
                _all_close([effect.creation * 2 - effect.diversion for effect in _EFFECTS]),
                "You took whole rectangles for the triangles.",
                "A triangle is half of its width times its height.",
            ),
            Mistake(
                "new imports",
                _all_close(
                    [
                        effect.creation - (price - given("TV505")) * effect.imports_after
                        for effect, (_, price) in zip(_EFFECTS, _SETTINGS, strict=True)
                    ]
                ),
                "You took the imports at the partner's price. Diverted are the old imports.",
                "Call imports with the price before the union.",
                "05.m4",
            ),
            Mistake(
                "sign",
                _all_close([-gain for gain in _GAINS]),
                "The sizes are right, but every sign is turned round.",
                "The gain is created minus diverted.",
            ),
        ),
        otherwise="Compare your function with the explorable at a tariff of ten and a price of twelve.",
        hints=(
            "The price before is 10 + tariff. How far does it fall?",
            "Give the parts names inside the function: fall, created, diverted. Then return their "
            "difference.",
        ),
    ),
)
