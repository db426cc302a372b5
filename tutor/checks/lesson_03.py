"""Tasks of exercise 03: contracts, growth, doubtful figures and avenues."""

from __future__ import annotations

from collections.abc import Callable

from tutor import data
from tutor.checks.engine import (
    Mistake,
    Task,
    close_to,
    countries,
    holds,
    lacks,
    letters_of,
    same_members,
    same_order,
)
from tutor.checks.written import argument
from tutor.derived.soft_regionalism import figure, growth_factor, yearly_growth, years_of_growth
from tutor.derived.soft_regionalism import projects as five_projects
from tutor.interaction import reading
from tutor.models.revenue_contract import Project, break_even_share, kept, outcome

# 03.1
_OWNERS = [row["owner"] for row in data.rows("region_names")]
_CODES = ("CHN", "JPN", "KOR", "PRK", "RUS", "MNG")

# 03.2
_BASE, _FIXED, _REVENUE, _SHARE = (figure(row) for row in ("TV301", "TV302", "TV316", "TV315"))
_KEPT = kept(_REVENUE, _SHARE, _BASE, _FIXED)
_BEFORE, _ABOVE = _BASE - _FIXED, _REVENUE - _BASE

# 03.3
_COST, _ADDS, _YEARS = (figure(row) for row in ("TV317", "TV318", "TV319"))
_PAYS_FROM = break_even_share(Project("sawmill", _COST, _ADDS), _YEARS)

# 03.4 and 03.5
_START, _END, _RATE, _SIX = figure("F009"), figure("F010"), figure("TV320"), years_of_growth()


def _grown(years: int) -> float:
    return _START * (1 + _RATE) ** years


# 03.6
_AVENUES = data.rows("avenues")
_LOCAL = [row for row in _AVENUES if row["level"] == "local"]
_LOCAL_RUSSIA = sum(row["b"] == "RUS" for row in _LOCAL)
_LOCAL_JAPAN_RUSSIA = sum((row["a"], row["b"]) == ("JPN", "RUS") for row in _LOCAL)

# 03.7
_TOTAL, _PARTS = figure("F017"), figure("F018") + figure("F019")

# 03.8
_SAFE = ("B", "D")

# 03.9
_TIES = frozenset(row["id"] for row in _AVENUES)
_CLAIM = "X47"

# 03.10
_BRICKWORKS = five_projects()[2]
_CONTRACT_YEARS = figure("TV305")
_STEPS = [step / 100 for step in range(101)]


def _receipts(share: float) -> float:
    return outcome([_BRICKWORKS], share, _CONTRACT_YEARS).centre_receipts


_BEST = max(_STEPS, key=_receipts)


def _is_percentage_of(share: float, tolerance: float) -> Callable[[float], bool]:
    return close_to(100 * share, 100 * tolerance)


TASKS = (
    Task(
        id="03.1",
        read=reading.in_order(countries(_CODES)),
        right=same_order(_OWNERS),
        why="China, Japan, South Korea: each puts its own hopes in the middle of the map, and each "
        "counts on what the neighbours have.",
        mistakes=(
            Mistake(
                "others on the sea",
                holds("PRK", "RUS", "MNG"),
                "Your list holds a country that put forward none of the three names. That silence is "
                "part of the story.",
                "Look at the colours of the three names on the map of the lesson.",
            ),
            Mistake(
                "not three",
                lambda given: len(given) != len(_OWNERS) or len(set(given)) != len(_OWNERS),
                "The list should hold three different codes, one for each name.",
                "Take the names one after the other.",
            ),
            Mistake(
                "two seas exchanged",
                same_order([_OWNERS[0], _OWNERS[2], _OWNERS[1]]),
                "You exchanged the two names that speak of a sea.",
                "Which country looks at which sea? Find the Yellow Sea on the map.",
            ),
            Mistake(
                "land and sea exchanged",
                lambda given: given[0] != "chn",
                "One of the three names has no sea in it. Its author wants a hinterland to rise.",
                'cite("RN01") says who stands behind the first name.',
            ),
        ),
        otherwise="The three countries are not yet in the order of the names.",
        hints=(
            "Two names speak of a sea. Ask which country lies on each.",
            'cite("RN01"), cite("RN02") and cite("RN03") say who stands behind them.',
        ),
    ),
    Task(
        id="03.2",
        read=reading.number,
        right=close_to(_KEPT, 0.01),
        why="Sixty from before, and seven tenths of the fifty that are new. Every further million "
        "would leave the county seven hundred thousand.",
        mistakes=(
            Mistake(
                "share of everything",
                close_to(_SHARE * _REVENUE, 0.01),
                "You took the share of all revenue. The contract shares only what comes in above the "
                "base.",
                "Begin with the difference between this year and the base.",
                "03.m2",
            ),
            Mistake(
                "only the new part",
                close_to(_SHARE * _ABOVE, 0.01),
                "That is what stays of the new revenue. The county also keeps what it kept before.",
                "Add what was left of the base after the fixed sum had gone up.",
            ),
            Mistake(
                "what goes up",
                close_to(_REVENUE - _KEPT, 0.01),
                "That is what the county sends up.",
                "The question asks for the other part.",
            ),
            Mistake(
                "the other share",
                close_to(_BEFORE + (1 - _SHARE) * _ABOVE, 0.01),
                "You gave the county the part that goes up. The retained share is what stays.",
                "Multiply by the share itself.",
            ),
            Mistake(
                "nothing sent up",
                close_to(_BASE + _SHARE * _ABOVE, 0.01),
                "You forgot the fixed sum that goes up for the base.",
                "What did the county have left of the base?",
            ),
        ),
        otherwise="The parts do not come to that. Write down what stays of the base, and what stays "
        "of the rest.",
        hints=(
            "What stays of the base? Which part of the rest stays?",
            "The base leaves sixty. The rest is the difference of the two revenues, times the share.",
        ),
    ),
    Task(
        id="03.3",
        read=reading.number,
        right=close_to(_PAYS_FROM, 0.004),
        why="Nine of the sixteen that the mill adds in four years: above that share the county builds, "
        "below it nobody does.",
        mistakes=(
            Mistake(
                "as a percentage",
                _is_percentage_of(_PAYS_FROM, 0.004),
                "That is the share in percent. The task asks for a number from 0 to 1.",
                "Leave out the multiplication by a hundred.",
            ),
            Mistake(
                "upside down",
                close_to(1 / _PAYS_FROM, 0.005),
                "You divided the wrong way round: a share above 1 cannot be kept.",
                "Which part of all that it adds is the cost?",
            ),
            Mistake(
                "one year",
                close_to(_COST / _ADDS, 0.005),
                "You compared the cost with the revenue of one year. The contract runs longer.",
                "What does the mill add over the whole contract?",
                "03.m2",
            ),
            Mistake(
                "the lesson's years",
                close_to(_COST / (_ADDS * _CONTRACT_YEARS), 0.005),
                "That would be right for the length of contract in the lesson. This one is longer.",
                "Read the length of the contract in the task once more.",
            ),
            Mistake(
                "what is left",
                close_to(1 - _PAYS_FROM, 0.004),
                "That is the largest share that can go up. The task asks for the share that stays.",
                "The county must get back what it paid.",
            ),
        ),
        otherwise="That share does not bring back just the cost.",
        hints=(
            "How much does the mill add over the whole contract?",
            "The county must get back its cost out of that: which part of it is the cost?",
        ),
    ),
    Task(
        id="03.4",
        read=reading.number,
        right=close_to(_grown(_SIX), 1.0),
        why="Well below the printed 596: the true rate is higher. Each round multiplies what the "
        "round before left, which is what growth on growth means.",
        mistakes=(
            Mistake(
                "without growth on growth",
                close_to(_START * (1 + _SIX * _RATE), 1.0),
                "You added the same growth each year. But the second year grows on top of the first.",
                "Let the loop multiply, and not add.",
                "03.m4",
            ),
            Mistake(
                "one round too few",
                close_to(_grown(_SIX - 1), 1.0),
                "Your loop ran once too few.",
                "From the first year to the last there are as many steps as years between them.",
            ),
            Mistake(
                "one round too many",
                close_to(_grown(_SIX + 1), 1.0),
                "Your loop ran once too often: you counted the years, not the steps between them.",
                "How often does one year pass between the two dates?",
            ),
            Mistake(
                "the example",
                close_to(100 * 1.1**3, 0.2),
                "That is what the example gives. Change its start, its factor and its rounds.",
                "Begin with the trade of the first year.",
            ),
            Mistake(
                "only the growth",
                close_to(_grown(_SIX) - _START, 1.0),
                "That is by how much trade would have grown. The task asks where it would stand.",
                "Do not take the start away.",
            ),
        ),
        otherwise="Start with the trade of the first year and multiply once for each year.",
        hints=(
            "Three things of the example change: the start, the number in range(...), and the factor.",
            "To grow by fifteen hundredths is to multiply by one and fifteen hundredths.",
        ),
    ),
    Task(
        id="03.5",
        read=reading.number,
        right=close_to(yearly_growth(), 0.004),
        why="About a fifth a year: the sixth root of 3.04, less one. Check it with the slider: 20 "
        "percent meets the second point.",
        mistakes=(
            Mistake(
                "as a percentage",
                _is_percentage_of(yearly_growth(), 0.004),
                "That is the rate in percent. The task asks for a share.",
                "Leave out the multiplication by a hundred.",
            ),
            Mistake(
                "divided by six",
                close_to((growth_factor() - 1) / _SIX, 0.006),
                "You divided the whole growth by the years. Growth grows too, so less is enough.",
                "Ask for the number that, multiplied with itself six times, gives the ratio.",
                "03.m4",
            ),
            Mistake(
                "the factor",
                close_to(1 + yearly_growth(), 0.004),
                "That is the factor by which trade grew each year. The rate is what is added to one.",
                "Take one away.",
            ),
            Mistake(
                "seven years",
                close_to(growth_factor() ** (1 / (_SIX + 1)) - 1, 0.004),
                "You counted the years from first to last with both ends. Count the steps.",
                "How often does one year pass between the two dates?",
            ),
            Mistake(
                "all six years",
                lambda given: any(
                    close_to(n, 0.01)(given) for n in (growth_factor(), growth_factor() - 1)
                ),
                "That is the growth over the whole time.",
                "You need the root of the ratio: raise it to one over the number of years.",
            ),
        ),
        otherwise="With that rate the path does not end at the second figure. Try it on the slider.",
        hints=(
            "Divide the second figure by the first. Then take the sixth root of that.",
            "The sixth root is ** (1 / 6), in round brackets. What is left to take away?",
        ),
    ),
    Task(
        id="03.6",
        read=reading.number,
        right=close_to(_LOCAL_RUSSIA),
        why="Three quarters of the local ties end in Russia: with China, Japan and South Korea. "
        "Regions and firms went where the states' new avenues did not.",
        mistakes=(
            Mistake(
                "all rows",
                close_to(len(_AVENUES)),
                "That is the number of all rows. Nothing has been filtered yet.",
                "Keep the rows of one level first.",
            ),
            Mistake(
                "one filter only",
                close_to(len(_LOCAL)),
                "That is the number of all local ties, with Russia and without.",
                "Filter the result again, by the partner.",
            ),
            Mistake(
                "the others",
                close_to(len(_LOCAL) - _LOCAL_RUSSIA),
                "That is the number of local ties without Russia.",
                "Two equals signs keep what is equal; != keeps what is not.",
            ),
            Mistake(
                "one partner",
                close_to(_LOCAL_JAPAN_RUSSIA),
                "That is the number for one pair only.",
                "Ask only about the partner b; a may be anyone.",
            ),
        ),
        otherwise="Count the rows that are local and have RUS in the column b.",
        hints=(
            "Filter twice: first by level, then by the column b.",
            'local = avenues[avenues["level"] == "local"] is the first step.',
        ),
    ),
    Task(
        id="03.7",
        read=reading.number,
        right=close_to(abs(_TOTAL - _PARTS), 0.001),
        why="A tenth of a million. Each figure was rounded by itself, so this is no error worth "
        "reporting (X25). That the sums of exports and imports change places is one.",
        mistakes=(
            Mistake(
                "the sum",
                close_to(_PARTS, 0.001),
                "That is the sum of the parts. The task asks how far it is from the total.",
                "Subtract it from the printed total.",
            ),
            Mistake(
                "the wrong way round",
                close_to(_PARTS - _TOTAL, 0.001),
                "You subtracted the total from its parts, so the sign is wrong.",
                "Larger minus smaller.",
            ),
            Mistake(
                "one part",
                lambda given: any(
                    close_to(_TOTAL - figure(row), 0.001)(given) for row in ("F018", "F019")
                ),
                "You took away one part only.",
                "Put both parts into round brackets, with a plus between them.",
            ),
            Mistake(
                "without brackets",
                close_to(_TOTAL - figure("F018") + figure("F019"), 0.001),
                "Without round brackets Python takes away the first part and adds the second.",
                "Write the sum of the parts in round brackets.",
            ),
        ),
        otherwise="Add the two parts and compare with the total.",
        hints=(
            "Add the two parts first.",
            "Then take their sum from the printed total: round brackets keep the sum together.",
        ),
    ),
    Task(
        id="03.8",
        read=letters_of("ABCDE"),
        right=same_members(_SAFE),
        why="An order and a ratio survive what a level does not; and each of the two says what its "
        "figures include.",
        mistakes=(
            Mistake(
                "a level of 1990",
                holds("A"),
                "The level of 1990 is not safe: the unit is in doubt (X24).",
                "What survives if all provincial figures are wrong by the same factor?",
                "03.m5",
            ),
            Mistake(
                "the workers",
                holds("C"),
                "That is the study's figure. Others who counted came to a tenth of it (X30).",
                'Look at cite("F053").',
                "03.m5",
            ),
            Mistake(
                "a status for a zone",
                holds("E"),
                "In that month Hunchun became an open area. A status is not yet a zone (X20).",
                'Look at cite("E095").',
            ),
            Mistake(
                "too careful with the order",
                lacks("B"),
                "One sentence that you left out speaks only of an order within one table. Does a "
                "common error of unit change an order?",
                "Multiply all three figures by a hundred: who is first then?",
            ),
            Mistake(
                "too careful with the series",
                lacks("D"),
                "One sentence that you left out speaks of a ratio and says what the series includes. "
                "What more could it say?",
                "Divide the second figure by the first.",
            ),
        ),
        otherwise="Judge each sentence by scope, unit and sum.",
        hints=(
            "Two of the five can stand. Three use a figure as a level, or a status as a zone.",
            "Ask of each sentence: would it still be true if a unit slipped?",
        ),
    ),
    argument(
        "03.9",
        100,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited,
                "There is no evidence yet: name the ties that you rely on, such as (AV12).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "claim not named",
                lambda given: _CLAIM not in given.cited,
                "Name the row of the study's claim as well: it is what you judge.",
                'Its id begins with X; cite("horizontal division of labour") finds its neighbourhood.',
            ),
            Mistake(
                "one tie only",
                lambda given: len(given.cited & _TIES) < 2,
                "One tie is an example. Two that point the same way begin to be evidence.",
                'Ids of ties begin with AV: table("avenues") lists them.',
            ),
        ),
        more="Say what goes which way along each tie, and what the other side could answer.",
        hints=(
            "For each tie ask: what goes one way, what comes back? Alike or unlike?",
            "The last sentence of a good answer grants the other side its best point.",
        ),
    ),
    Task(
        id="03.10",
        read=reading.number,
        right=close_to(_BEST, 0.004),
        why="Just enough to make the county build, and not a hundredth more. With several projects "
        "the centre would have to weigh them: each further one costs it a part of all others.",
        mistakes=(
            Mistake(
                "take all",
                close_to(0),
                "If the centre takes all, the county builds nothing, and nothing is there to take.",
                "Look at the smallest share at which the county builds.",
                "03.m3",
            ),
            Mistake(
                "just too little",
                lambda given: 0 < given < _BEST and given >= _BEST - 0.0145,
                "Near, but at that share the county would still lose a little: it does not build.",
                "Which hundredth is the first that lies above the break-even share?",
            ),
            Mistake(
                "as a percentage",
                close_to(100 * _BEST, 0.4),
                "That is the share in percent. The task asks for a number from 0 to 1.",
                "Give the variable share itself.",
            ),
            Mistake(
                "the receipts",
                close_to(_receipts(_BEST), 0.01),
                "That is what the centre then receives. The task asks for the share.",
                "Keep the share of the best round, besides its receipts.",
            ),
            Mistake(
                "give all",
                close_to(1),
                "Then the county builds, and the centre gets nothing.",
                "Go down from there as far as the county still builds.",
            ),
            Mistake(
                "the count",
                close_to(sum(_receipts(s) > 0 for s in _STEPS) + 1),
                "That is how many shares make the county build.",
                "Do not count: compare what the centre receives in each round.",
            ),
        ),
        otherwise="At that share the centre could do better.",
        hints=(
            "Only shares at which the county builds matter. How do the centre's receipts move above "
            "that?",
            "Keep two names outside the loop: the best receipts so far, and the share that gave them.",
        ),
    ),
)
"""The tasks, in order."""
