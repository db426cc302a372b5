"""Tasks of exercise 06: the proposal, the layers, the seats, the money and gravity."""

from __future__ import annotations

from tutor import baselines, data
from tutor.checks.engine import (
    Mistake,
    Task,
    any_of,
    between,
    chosen,
    close_to,
    countries,
    holds,
    lacks,
    letter_of,
    same_members,
)
from tutor.checks.written import argument
from tutor.derived.tumen_programme import (
    pair_of,
    predictions,
    seats,
    sum_of,
    triangle_area,
)
from tutor.interaction import reading
from tutor.models.gravity import hidden_trade

_PROPOSED, _LOBBIED, _ADOPTED = (
    int(data.find(row)["date"][:4]) for row in ("E061", "E049", "E071")
)

_SMALL, _LARGE = triangle_area("TEDA_Vladivostok"), triangle_area("TEDA_Nakhodka")
_GROWTH = 100 * (_LARGE - _SMALL) / _SMALL

_CODES = ("CHN", "RUS", "JPN", "KOR", "PRK", "MNG", "FIN")
_WATCHED = seats("MT5", "observer")

_NEEDED, _CAME, _TALKED = (sum_of(row) for row in ("PM01", "PM03", "PM02"))
_SHARE = 100 * _CAME / _NEEDED

_OPEN = {"fallen": "all"}
_CHINA, _KOREA = pair_of("CHN", "KOR", **_OPEN), pair_of("KOR", "PRK", **_OPEN)
_TIMES = _CHINA.after / _KOREA.after
_OUTPUTS = float(data.find("EC002")["gdp_billion_usd"]) / float(
    data.find("EC038")["gdp_billion_usd"]
)
_DISTANCES = _KOREA.distance / _CHINA.distance

_NORTH = [pair for pair in predictions("all") if "PRK" in (pair.a, pair.b)]
_HIDDEN = sum(pair.hidden for pair in _NORTH)
_FIRST = sum(pair.hidden for pair in _NORTH if min(pair.a, pair.b) == "PRK")

_BANK = float(data.find("EC038")["gdp_billion_usd"])
_LOW = baselines.teaching_value("TV603")
_CUT = 100 * (_BANK - _LOW) / _BANK

_SIZES = baselines.mapped_values("barrier to trade")
_FAR = pair_of("JPN", "PRK")
_BOTH = float(hidden_trade(_FAR.trade, sum(_SIZES[name] for name in _FAR.barriers)))
_ONE_BY_ONE = sum(float(hidden_trade(_FAR.trade, _SIZES[name])) for name in _FAR.barriers)


def _cites(given: frozenset[str], start: str) -> bool:
    return any(row.startswith(start) for row in given)


TASKS = (
    Task(
        id="06.1",
        read=reading.number,
        right=close_to(_PROPOSED),
        why="July 1990, at Changchun: a year before UNDP took it up. First a province, then the world.",
        mistakes=(
            Mistake(
                "the study's year",
                close_to(_ADOPTED),
                "So the study dates it. In that year UNDP took the idea up: it must have been told "
                "before.",
                "One of the two rows says what is right.",
            ),
            Mistake(
                "the lobbying",
                close_to(_LOBBIED),
                "From that year on Jilin argued for a scheme at home. The question is when foreign "
                "guests heard of it.",
                "Look for a conference.",
            ),
            Mistake(
                "the principles",
                close_to(1992),
                "In that year there was a programme already, with a committee and principles.",
                "Go back to before the United Nations came in.",
            ),
            Mistake(
                "no year",
                lambda given: not between(1800, 2030)(given),
                "That is not a year of this story.",
                "Give a year with four digits.",
            ),
        ),
        otherwise="In that year nobody put the plan before such a conference, by our sources.",
        hints=(
            "The two rows below the task name two conferences in the same city.",
            "The right one came a year before the meeting in Ulaanbaatar.",
        ),
    ),
    Task(
        id="06.2",
        read=reading.number,
        right=close_to(_GROWTH, 0.8),
        why="Some 38 percent, and on the map you saw that most of it is sea. A corner was moved, and "
        "every figure “for TEDA” changed its meaning.",
        mistakes=(
            Mistake(
                "as a ratio",
                close_to(_LARGE / _SMALL, 0.01),
                "That is how many times as large it becomes. Growth is what comes on top.",
                "Take the size before away first, then divide.",
            ),
            Mistake(
                "ratio in percent",
                close_to(100 * _LARGE / _SMALL, 0.8),
                "That is the new size in percent of the old one. How much of it is growth?",
                "The old size itself is 100 percent of it.",
            ),
            Mistake(
                "against the larger",
                close_to(100 * (_LARGE - _SMALL) / _LARGE, 0.8),
                "You measured against the size after the change. A change is measured against the "
                "size before.",
                "Divide by the triangle that stood first.",
            ),
            Mistake(
                "the difference",
                close_to((_LARGE - _SMALL) / 1000, 0.06),
                "That is the difference in thousands of square kilometres. The task asks for percent.",
                "Divide the difference by the size before, then times 100.",
            ),
            Mistake(
                "as a share",
                close_to(_GROWTH / 100, 0.008),
                "That is the growth as a share of 1. The task asks for percent.",
                "One tenth is ten percent.",
            ),
        ),
        otherwise="That is not the growth from the first triangle to the second in percent.",
        hints=(
            "Two rows of the table are called TEDA: take the numbers from the column thousand_km2.",
            "Growth in percent: the difference, divided by the size before, times 100.",
        ),
    ),
    Task(
        id="06.3",
        read=countries(_CODES),
        right=same_members(_WATCHED),
        why="Japan, and Finland, which had given a million for studies. To pay and to be a member are "
        "two things: here one who paid only watched.",
        mistakes=(
            Mistake(
                "the Soviet seat",
                holds("RUS"),
                "The Soviet Union had watched in 1991. By 1993 Russia sat as a member.",
                "Look at the right meeting: May 1993.",
                "06.m3",
            ),
            Mistake(
                "members too",
                holds("CHN", "KOR", "PRK", "MNG"),
                "Your list holds a full member. The task asks for those who only watched.",
                "Read the column seat in the rows of that meeting.",
                "06.m3",
            ),
            Mistake(
                "without the donor",
                lacks("FIN"),
                "One is missing: a state from far away, that had given money.",
                "Read the last rows of that meeting.",
            ),
            Mistake(
                "without the neighbour",
                lacks("JPN"),
                "One is missing: a neighbour that never took a full seat.",
                "Read the column seat in the rows of that meeting.",
            ),
        ),
        otherwise="Those are not the observers of that meeting.",
        hints=(
            'Put "Pyongyang May 1993" in place of the other meeting and run the cell.',
            "There are two of them.",
        ),
    ),
    Task(
        id="06.4",
        read=letter_of(
            "ABCD",
            {"separate zones": "A", "one zone, three administrations": "B"}
            | {"one jointly run zone": "C", "joint": "C", "zo1": "A", "zo2": "B", "zo3": "C"},
        ),
        right=chosen("C"),
        why="One company manages, three states stay owners. That was the way UNDP favoured.",
        mistakes=(
            Mistake(
                "separate",
                chosen("A"),
                "With separate zones no company would be owned by all three.",
                "Count the offices in the description.",
            ),
            Mistake(
                "adjoining",
                chosen("B"),
                "There the area is one, but each state runs its own part. Here one office runs all.",
                "Count the offices in the description.",
            ),
            Mistake(
                "a new state",
                chosen("D"),
                "A new state would have its own flag. What does the description say of the flag?",
                "Management and sovereignty are two different things.",
                "06.m4",
            ),
        ),
        otherwise="Look at who runs the office, and whose flag flies.",
        hints=(
            "How many offices give out plots? And how many flags are there?",
            "Look for the picture that is orange for this question.",
        ),
    ),
    Task(
        id="06.5",
        read=reading.number,
        right=close_to(_SHARE, 0.01),
        why="Less than one percent, a fifth of the way through the twenty years.",
        mistakes=(
            Mistake(
                "as a share",
                close_to(_SHARE / 100, 0.0001),
                "That is the share of 1. The task asks for percent.",
                "Times 100.",
            ),
            Mistake(
                "mixed units",
                lambda given: (
                    close_to(_CAME / 30 * 100, 1)(given) or close_to(_CAME / 30, 0.01)(given)
                ),
                "You divided millions by billions. The two sums have to stand in the same unit.",
                "Thirty billion is 30,000 million.",
                "06.m2",
            ),
            Mistake(
                "upside down",
                close_to(_NEEDED / _CAME, 1),
                "You divided the whole by the part: the need is so many times the money that came.",
                "The part goes on top.",
            ),
            Mistake(
                "money talked about",
                close_to(100 * _TALKED / _NEEDED, 0.02),
                "That is the money under discussion. Talk is not investment.",
                "Take the row whose kind is spent, and whose payers are firms.",
                "06.m2",
            ),
            Mistake(
                "both together",
                close_to(100 * (_TALKED + _CAME) / _NEEDED, 0.02),
                "You added what was talked about to what had come.",
                "Take only what had come.",
                "06.m2",
            ),
        ),
        otherwise="That is not the part of the estimate that private firms had brought, in percent.",
        hints=(
            "You need two rows: needed for the whole scheme, and private money that had come.",
            "Both stand in millions. Part divided by whole, times 100.",
        ),
    ),
    Task(
        id="06.6",
        read=reading.number,
        right=close_to(_TIMES, 0.06),
        why="Between four and five times. China's output is more than twenty times North Korea's, but "
        "Pyongyang is five times as near to Seoul. Size and nearness pull against each other.",
        mistakes=(
            Mistake(
                "upside down",
                close_to(1 / _TIMES, 0.006),
                "You divided the Koreas' trade by China's. The question is the other way round.",
                "The pair that is named first goes on top.",
            ),
            Mistake(
                "outputs only",
                close_to(_OUTPUTS, 0.2),
                "You compared the outputs and left out the distances.",
                "Divide each output by its own distance first.",
            ),
            Mistake(
                "times the distance",
                close_to(_OUTPUTS / _DISTANCES, 1.5),
                "You multiplied by the distance. Trade grows *smaller* with distance.",
                "Divide each output by its distance.",
            ),
            Mistake(
                "distances only",
                close_to(_DISTANCES, 0.01),
                "You compared the distances and left out the outputs.",
                "Divide each output by its own distance first.",
            ),
            Mistake(
                "with barriers",
                close_to(_CHINA.trade / pair_of("KOR", "PRK").trade, 1),
                "That is the answer with all barriers in force. Here there are none.",
                "Use only outputs and distances.",
            ),
        ),
        otherwise="That is not the ratio of the two products over their distances.",
        hints=(
            "China divided by its distance; North Korea divided by its distance; then one by the other.",
            "Round brackets say what is calculated first.",
        ),
    ),
    Task(
        id="06.7",
        read=reading.number,
        right=close_to(_HIDDEN, 0.012),
        why="Some four billion dollars by the model, a fifth of what the Bank of Korea thought the whole "
        "country produced. It is a prediction on a doubtful number: say so when you quote it.",
        mistakes=(
            Mistake(
                "all pairs",
                close_to(sum(pair.hidden for pair in predictions("all")), 0.1),
                "That is what is hidden in all pairs of the six.",
                'Filter for "PRK" first.',
            ),
            Mistake(
                "one column",
                any_of(close_to(_FIRST, 0.002), close_to(_HIDDEN - _FIRST, 0.012)),
                "You filtered one column only. In some rows North Korea's code stands in the other.",
                "Filter the whole table a second time, by the other column, and add the two sums.",
            ),
            Mistake(
                "both at once",
                close_to(0),
                "No pair has North Korea on both sides, so nothing is left when both filters follow "
                "each other.",
                "Filter the whole table twice, not the filtered one again.",
            ),
            Mistake(
                "the Koreas",
                close_to(pair_of("KOR", "PRK", **_OPEN).hidden, 0.02),
                "That is one pair, the two Koreas. North Korea has five.",
                "Add up the column over all rows with its code.",
            ),
            Mistake(
                "trade",
                close_to(sum(pair.trade for pair in _NORTH), 0.02),
                "That is the trade predicted with the barriers, not what they hide.",
                "Take the column hidden_billion.",
            ),
            Mistake(
                "in millions",
                close_to(1000 * _HIDDEN, 30),
                "That is in millions. The task asks for billions.",
                "Leave the numbers as the table has them.",
            ),
        ),
        otherwise="That is not the sum of the hidden trade of the five pairs.",
        hints=(
            'Two filters: one on column "a", one on column "b". Both ask for "PRK".',
            "Each filtered table gives a sum; add the two sums.",
        ),
    ),
    Task(
        id="06.8",
        read=reading.number,
        right=close_to(_CUT, 0.6),
        why="Trade is in proportion to output here: whatever part of the output is in doubt, the same "
        "part of every prediction is.",
        mistakes=(
            Mistake(
                "what is left",
                close_to(100 * _LOW / _BANK, 0.6),
                "That is what would be left of each prediction. How much is cut away?",
                "The two parts make 100.",
            ),
            Mistake(
                "against the smaller",
                close_to(100 * (_BANK - _LOW) / _LOW, 0.6),
                "You measured against the lower figure. The cut starts from the higher one.",
                "Divide by the figure that stood first.",
            ),
            Mistake(
                "the difference",
                close_to(_BANK - _LOW, 0.1),
                "That is the difference in billions of dollars. The task asks for percent.",
                "Divide it by the figure that stood first, times 100.",
            ),
            Mistake(
                "as a share",
                close_to(_CUT / 100, 0.006),
                "That is the share of 1. The task asks for percent.",
                "Times 100.",
            ),
            Mistake(
                "a negative cut",
                close_to(-_CUT, 0.6),
                "The size is right. A cut of so many percent is written without a minus sign.",
                "Take the lower figure from the higher one.",
            ),
        ),
        otherwise="That is not the part that would have to be cut.",
        hints=(
            "In the model trade grows in proportion to output: half the output, half the trade.",
            "The difference of the two outputs, divided by the first, times 100.",
        ),
    ),
    argument(
        "06.9",
        100,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited,
                "There is no evidence yet: name the rows that you rely on, such as (ZO2).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "no way chosen",
                lambda given: not _cites(given.cited, "ZO"),
                "Which of the three ways do you advise? Name its row.",
                "ZO1, ZO2 and ZO3 are the three ways.",
            ),
            Mistake(
                "principles left out",
                lambda given: not _cites(given.cited, "PR"),
                "The four principles of October 1992 are missing. They bind your delegation too.",
                "PR1 to PR4: which two of them pull in different directions?",
                "06.m4",
            ),
            Mistake(
                "too few rows",
                lambda given: len(given.cited) < 3,
                "Two rows are thin for a choice, its price and an open question.",
                "Which row says what your state would give up?",
            ),
        ),
        more="Say what your state wins, what it gives up, and what to insist on.",
        hints=(
            "Three parts carry it: what we win, what we give up, what has to be written before we sign.",
            "Go through the six questions of the explorable for the way that you choose.",
        ),
    ),
    Task(
        id="06.10",
        read=reading.number,
        right=close_to(_BOTH, 0.02),
        why="2.4 billion: more than the two would free one by one, since each divides what the other "
        "lets through.",
        mistakes=(
            Mistake(
                "trade without barriers",
                close_to(_FAR.trade + _BOTH, 0.02),
                "That is the trade without barriers. How much of it is new?",
                "Take away the trade that is there already.",
            ),
            Mistake(
                "one by one",
                close_to(_ONE_BY_ONE, 0.02),
                "You added what each hides alone. Together they hide more.",
                "Add the sizes first, then take the power.",
                "06.m5",
            ),
            Mistake(
                "without a power",
                close_to(_FAR.trade * sum(_SIZES[name] for name in _FAR.barriers), 0.01),
                "You multiplied by the sum of the sizes. A size stands in the power of e.",
                "e ** (1.0 + 0.7) is how many times the trade would grow.",
            ),
            Mistake(
                "how many times",
                close_to(_BOTH / _FAR.trade + 1, 0.02),
                "That is how many times as large the trade would be. The task asks for billions.",
                "Times the trade, less the trade that is there already.",
            ),
        ),
        otherwise="Trade times e to the sum of the sizes, less the trade that is there already.",
        hints=(
            "Both barriers together have the size 1.0 + 0.7.",
            "Without them the trade is trade * e ** 1.7. How much of that is new?",
        ),
    ),
)
