"""Tasks of exercise 04: strengths, two rulers, own prices, and who gains."""

from __future__ import annotations

from collections.abc import Callable

from tutor import data
from tutor.checks.engine import (
    Mistake,
    Task,
    between,
    chosen,
    close_to,
    holds,
    lacks,
    one_of,
    same_members,
)
from tutor.checks.written import argument
from tutor.derived.comparative_advantage import (
    CHAIN,
    REGIONS,
    gain_in_percent,
    own_price,
    pair_of,
    pairs,
    requirements_of_six,
    strengths,
    teaching_value,
    trade_of_six,
    trade_of_two,
)
from tutor.interaction import reading


def _factors(region: str, basis: str) -> list[str]:
    return [
        row["factor"]
        for row in data.rows("comparative_advantage")
        if row["region"] == region and row["basis"] == basis and row["has"] == "1"
    ]


_ONLY_PROSE = _factors("South Korea", "prose_only")
_PRINTED = _factors("South Korea", "table")
_OTHERS = sorted(
    {row["factor"] for row in data.rows("comparative_advantage")} - {*_ONLY_PROSE, *_PRINTED}
)

_FAR_EAST = pair_of("Northeast China", "Russian Far East")
_KOREAN = pair_of("North Korea", "Russian Far East")
_FACTORS = len(frozenset().union(*strengths().values()))
_ALL_FACTORS = len({row["factor"] for row in data.rows("comparative_advantage")})
_ONLY_ONE = round(_KOREAN.matching * _FACTORS)

_OLD, _NONE, _FIGURES, _WORDS = (
    sum(pair.growth == growth for pair in pairs()) for growth in ("old", "none", "figures", "words")
)

_OWN = own_price("North Korea")
_HOURS, _MACHINE = requirements_of_six()[CHAIN.index("North Korea")]

_EQUAL = trade_of_two()
_MORE = trade_of_two(england=12_000)
_USUAL = teaching_value("TV401")


def _gains(portugal: float) -> tuple[bool, bool]:
    """Whether England and Portugal gain when Portugal has so many hours."""
    world = trade_of_two(portugal=portugal)
    england, other = (gain_in_percent(gain) > 1e-6 for gain in world.gain)
    return england, other


def _gain_of_both(england: bool, portugal: bool) -> Callable[[float], bool]:
    return lambda hours: hours > 0 and _gains(hours) == (england, portugal)


_LONGER = trade_of_six(mongolia=12)
_BEST = CHAIN[int(_LONGER.gain.argmax())]
_REGION = (
    {reading.fold(region): region for region in REGIONS}
    | {f"the {reading.fold(region)}": region for region in REGIONS}
    | {"russia": "Russian Far East", "china": "Northeast China"}
)

_BOTH_GAIN = sum(
    trade_of_two(england=hours).gain.min() > 1.001 for hours in range(1000, 21_000, 1000)
)
_ENGLAND_GAINS = sum(
    trade_of_two(england=hours).gain[0] > 1.001 for hours in range(1000, 21_000, 1000)
)
_PORTUGAL_GAINS = sum(
    trade_of_two(england=hours).gain[1] > 1.001 for hours in range(1000, 21_000, 1000)
)

_GREW = frozenset(pair.id for pair in pairs() if pair.grew)
_DID_NOT = frozenset(pair.id for pair in pairs() if not pair.grew)


TASKS = (
    Task(
        id="04.1",
        read=reading.names,
        right=same_members(_ONLY_PROSE),
        why="Three strengths of South Korea stand in the prose alone. With them it would look even more "
        "like Japan than the table says.",
        mistakes=(
            Mistake(
                "from the table",
                holds(*_PRINTED),
                "Your list holds a strength with a filled square: that one stands in the table.",
                "Take open squares only.",
            ),
            Mistake(
                "another region",
                holds(*_OTHERS),
                "Your list holds a strength that the study does not grant South Korea at all.",
                "Follow South Korea's column from top to bottom, with a finger if need be.",
            ),
            Mistake(
                "not all",
                lambda given: lacks(*_ONLY_PROSE)(given) and holds(*_ONLY_PROSE)(given),
                "What you have is right, but it is not all.",
                "The open squares of this column stand in the lower third of the picture.",
            ),
        ),
        otherwise="These are not names of rows in the picture. Copy them as they stand there.",
        hints=(
            "An open square means: only in the prose. South Korea's column is the second from the right.",
            'There are three. In words: comparative_advantage_table().describe() lists what is "granted '
            'only in the prose".',
        ),
    ),
    Task(
        id="04.2",
        read=reading.number,
        right=close_to(_FAR_EAST.jaccard, 0.006),
        why="Two of eleven strengths are shared, so nine of eleven belong to one alone: 0.82. High, and "
        "still below the eight pairs that stand at 1.",
        mistakes=(
            Mistake(
                "what they share",
                close_to(_FAR_EAST.shared / _FAR_EAST.either, 0.006),
                "That is the share they have in common. A distance says how much they do not share.",
                "Take it from 1.",
            ),
            Mistake(
                "matching",
                close_to(_FAR_EAST.matching, 0.006),
                "That is the matching distance, which divides by the whole table.",
                "Divide by what either of the two has.",
                "04.m5",
            ),
            Mistake(
                "by the sum",
                close_to(
                    1
                    - _FAR_EAST.shared
                    / sum(len(strengths()[r]) for r in (_FAR_EAST.a, _FAR_EAST.b)),
                    0.006,
                ),
                "You divided by the sum of both lists. What both have is then counted twice.",
                "The union counts each strength once.",
            ),
            Mistake(
                "as a percentage",
                between(80, 83),
                "That is the distance times one hundred. It runs from 0 to 1.",
                "Leave out the hundred.",
            ),
            Mistake(
                "a count",
                lambda given: given >= 2 and float(given).is_integer(),
                "That is a count. A distance is a share: a count divided by another.",
                "Which count belongs below the line?",
            ),
        ),
        otherwise="Share of the common strengths first, then what is missing to 1.",
        hints=(
            "You need two counts: the members of both, and the members of either.",
            "1 minus the one divided by the other. Which is the larger? That one stands below the line.",
        ),
    ),
    Task(
        id="04.3",
        read=reading.number,
        right=close_to(_KOREAN.matching, 0.001),
        why="Nine of twenty. Jaccard says 1 to this pair and 1 to Northeast China and Japan; here the second "
        "pair comes out at 0.70.",
        mistakes=(
            Mistake(
                "saturated",
                close_to(_KOREAN.jaccard, 0.001),
                "That is the Jaccard distance, the ruler that ends here.",
                "Divide by the whole table, not by what the two have.",
                "04.m5",
            ),
            Mistake(
                "all rows of the picture",
                close_to(_ONLY_ONE / _ALL_FACTORS, 0.001),
                "You divided by all rows of the picture. Four of them do not stand in the printed table.",
                "The task names the number to divide by.",
            ),
            Mistake(
                "a count",
                close_to(_ONLY_ONE),
                "That is how many strengths only one of them has. The distance is a share of the table.",
                "One step is missing: divide.",
            ),
            Mistake(
                "what they share",
                close_to(1 - _KOREAN.matching, 0.001),
                "That is the share of the table on which the two agree. The distance is the rest.",
                "Take it from 1.",
            ),
        ),
        otherwise="Count the members of only_one, and divide by the strengths of the whole table.",
        hints=(
            "len(only_one) counts.",
            "The task names the number that belongs below the line.",
        ),
    ),
    Task(
        id="04.4",
        read=reading.number,
        right=close_to(_OLD),
        why="Two of these four are North Korea's. The others are Mongolia with its old ally, and South "
        "Korea with Japan.",
        mistakes=(
            Mistake(
                "growth with a figure",
                close_to(_FIGURES),
                "That is the number of pairs with a figure: the example above the answer.",
                "Change the word in the condition.",
            ),
            Mistake(
                "no tie",
                close_to(_NONE),
                "That is the number of pairs of which no tie is told at all.",
                "The task asks for another word of the column.",
            ),
            Mistake(
                "all that did not grow",
                close_to(_OLD + _NONE),
                "You counted all pairs that did not grow. Some of them have no tie at all.",
                "Use one word only.",
            ),
            Mistake(
                "all pairs",
                close_to(len(pairs())),
                "That is the number of all rows: no condition has been applied.",
                "The condition stands in the square brackets.",
            ),
            Mistake(
                "growth in words",
                close_to(_WORDS),
                "That is the number of pairs whose growth is told in words.",
                "The task asks for another word of the column.",
            ),
        ),
        otherwise="Count the rows whose column growth holds the word of the task.",
        hints=(
            "Copy the line from the cell above and change one word in it.",
            "len( ... ) around it counts the rows.",
        ),
    ),
    Task(
        id="04.5",
        read=reading.number,
        right=close_to(_OWN, 0.001),
        why="12 / 15: for one unit of raw materials North Korea gives up four fifths of a machine. Japan "
        "gives up two. So North Korea sells raw materials, though it needs more hours for them than Japan.",
        mistakes=(
            Mistake(
                "upside down",
                close_to(1 / _OWN, 0.001),
                "That is what a machine costs in raw materials. You divided the wrong way round.",
                "Hours for raw materials stand above the line.",
                "04.m2",
            ),
            Mistake(
                "Japan's",
                close_to(own_price("Japan"), 0.001),
                "That is Japan's own price.",
                "Take both numbers from North Korea's row.",
            ),
            Mistake(
                "between the countries",
                lambda given: any(
                    abs(given - x) < 0.001
                    for x in (
                        _HOURS / teaching_value("TV426"),
                        teaching_value("TV426") / _HOURS,
                        _MACHINE / teaching_value("TV436"),
                    )
                ),
                "You compared North Korea with Japan. That says who needs less labour, not what a region "
                "gives up.",
                "Stay in one row.",
                "04.m2",
            ),
            Mistake(
                "a difference",
                close_to(abs(_MACHINE - _HOURS)),
                "That is a difference of hours. A price is a ratio.",
                "Divide.",
            ),
        ),
        otherwise="Divide the hours for a unit of raw materials by the hours for a machine.",
        hints=(
            "In one row: how many hours for the one, how many for the other?",
            "The price of raw materials has their hours above the line.",
        ),
    ),
    Task(
        id="04.6",
        read=reading.number,
        right=close_to(_MORE.price, 0.002),
        why="1.04 lies between 0.83 and 1.125, so now both gain. England makes more cloth, and no "
        "Portuguese needs to weave.",
        mistakes=(
            Mistake(
                "equal hours",
                close_to(_EQUAL.price, 0.006),
                "That is the price with equal hours, and it stays so if Portugal gets more.",
                "The names stand in the order England, Portugal; so do their hours.",
            ),
            Mistake(
                "upside down",
                close_to(1 / _MORE.price, 0.006),
                "That is the price of wine in cloth.",
                "world.price is the price of the first good.",
            ),
            Mistake(
                "a gain",
                lambda given: any(abs(given - float(gain)) < 5e-4 for gain in _MORE.gain),
                "That is a gain. The task asks for the price.",
                "Ask for world.price.",
            ),
        ),
        otherwise="The model gives another price for these hours.",
        hints=(
            "Copy the line with free_trade and change one number in it.",
            "Then ask the result for its price, without brackets.",
        ),
    ),
    Task(
        id="04.7",
        read=reading.number,
        right=_gain_of_both(england=False, portugal=True),
        why="With so few hours in Portugal, her wine is not enough for two countries: some English go on "
        "making wine, and the world price is England's own. Who has to make both gains nothing.",
        mistakes=(
            Mistake(
                "not above zero",
                lambda given: given <= 0,
                "Without labour Portugal could not trade at all.",
                "Give a number of hours above zero.",
            ),
            Mistake(
                "Portugal gains nothing",
                _gain_of_both(england=True, portugal=False),
                "With these hours it is still Portugal that gains nothing.",
                "The country that must go on making both goods gains nothing. Which country should run short "
                "of hours, so that the other has to make both?",
                "04.m3",
            ),
            Mistake(
                "both gain",
                _gain_of_both(england=True, portugal=True),
                "With these hours both gain. You are on the way: go on in the same direction.",
                "The world price has left Portugal's own price. It must move on to England's.",
            ),
        ),
        otherwise="Put your number into the cell above and read both gains.",
        hints=(
            "England gains nothing when the world price is England's own. When does that happen?",
            "When England has to make wine as well, because there is not enough of it. So make wine scarce.",
        ),
    ),
    Task(
        id="04.8",
        read=one_of(_REGION),
        right=chosen(_BEST),
        why="Mongolia's own price has moved towards the world's, and the Russian Far East now lies furthest "
        "from it. A port would turn this round: that is what access to the sea is worth.",
        mistakes=(
            Mistake(
                "as before",
                chosen("Mongolia"),
                "That was so while its way was short. Look at its bar now.",
                "Read the last sentence above the chart.",
                "04.m4",
            ),
            Mistake(
                "the largest",
                chosen("Japan"),
                "Japan has the most workers. Compare the lengths of the bars.",
                "The longest bar gains most here.",
            ),
            Mistake(
                "many workers and much coal",
                chosen("Northeast China"),
                "It gains a good deal, but one bar is longer.",
                "Compare the two upper bars of those that sell materials.",
            ),
        ),
        otherwise="Its bar is not the longest.",
        hints=(
            "The sentence above the chart names the region that gains most.",
            "Look for the longest bar: the distance from a region's dot to the orange line.",
        ),
    ),
    argument(
        "04.9",
        80,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited & (_GREW | _DID_NOT),
                "There is no pair with its row yet. Name the rows that you rely on, such as (RP03).",
                "complementarity_and_growth().table() gives the id of every pair.",
            ),
            Mistake(
                "only pairs that grew",
                lambda given: not given.cited & _DID_NOT,
                "You name only pairs that grew. They cannot show that the planner is wrong.",
                "Look for a pair high in complementarity of which no growth is told.",
                "04.m1",
            ),
            Mistake(
                "only pairs that did not grow",
                lambda given: not given.cited & _GREW,
                "You name only pairs that did not grow. Is there nothing right in what the planner says?",
                "Look for a pair high in complementarity that grew.",
            ),
        ),
        more="Say what was missing where trade did not grow, and how sure you can be.",
        hints=(
            "Begin with one pair of each kind, and put its row in brackets behind the sentence.",
            "What do all pairs of one region have in common that has nothing to do with its strengths?",
        ),
    ),
    Task(
        id="04.10",
        read=reading.number,
        right=close_to(_BOTH_GAIN),
        why="Only in three of twenty: the world price must lie between the two own prices, and a small "
        "country beside a large one pushes it to the edge.",
        mistakes=(
            Mistake(
                "all cases",
                close_to(20),
                "That is the number of all cases. Does the line that counts stand under the if?",
                "Indent it twice: it belongs to the for and to the if.",
            ),
            Mistake(
                "one gain only",
                lambda given: given in (_ENGLAND_GAINS, _PORTUGAL_GAINS),
                "You counted the cases in which one of the two gains. Both must.",
                "Ask for the smaller of the two gains.",
                "04.m3",
            ),
            Mistake(
                "none",
                close_to(0),
                "No case was counted. Does the condition ask for a gain above 1.001, and not for one below?",
                "Print world.gain for a few cases and see what the numbers look like.",
            ),
        ),
        otherwise="Another number of cases has two gains above 1.001.",
        hints=(
            "The example counts hours above a limit. Put a trade inside the loop and count gains instead.",
            "Check the range: its second number is the first that is left out.",
        ),
    ),
)
