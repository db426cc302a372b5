"""Tasks of exercise 01: the river, the dates and the fan."""

from __future__ import annotations

from tutor import data
from tutor.checks.engine import (
    Mistake,
    Task,
    before,
    between,
    chosen,
    close_to,
    countries,
    holds,
    lacks,
    letter_of,
    same_members,
    same_order,
)
from tutor.checks.written import argument
from tutor.derived.cold_war import measures, network_of
from tutor.interaction import reading
from tutor.models.security_network import degree_centralization

_AIGUN, _PEKING, _PROTOCOL = (int(data.find(row)["date"][:4]) for row in ("E001", "E003", "E005"))
_BLOCKED = int(data.find("E017")["date"][:4])
_WAR, _PEACE = (data.find(row)["date"] for row in ("E025", "E028"))
_PEAK = max(measures(), key=lambda values: values.centralization)
_ALLIES = sorted(network_of(_PEAK.year).neighbours("USA"))
_SIX_LEFT = sum("USA" not in pair for pair in network_of(1990).pairs)

_SHORT_STAR = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
_STAR_AND_ONE = degree_centralization([[*row, 0] for row in _SHORT_STAR] + [[0, 0, 0, 0, 0]])

_CODES = ("USA", "JPN", "KOR", "PRK", "CHN", "ROC", "RUS", "MNG", "PHL", "THA", "AUS", "NZL", "VNM")


_ARGUMENT_ROWS = frozenset({"E025", "E026", "E028", "E029", "E030", "E032", "X02", "X13"})


TASKS = (
    Task(
        id="01.1",
        read=reading.number,
        right=close_to(_PEKING),
        why="Peking, 1860: the land between the Ussuri and the sea became Russian.",
        mistakes=(
            Mistake(
                "aigun",
                close_to(_AIGUN),
                "That is the year of Aigun. Aigun moved the border to the Amur and left the coast "
                "to both sides.",
                "Look for the treaty that ended the common claim.",
                "01.m1",
            ),
            Mistake(
                "protocol",
                close_to(_PROTOCOL),
                "That is the year of the Hunchun protocol. It re-marked the border; the coast was "
                "gone by then.",
                "Go back one generation.",
            ),
            Mistake(
                "blocked",
                close_to(_BLOCKED),
                "In that year the river was blocked. The coast had been lost long before.",
                "The question is about land, not about ships.",
            ),
            Mistake(
                "no year",
                lambda given: not between(1800, 2030)(given),
                "That is not a year of this story.",
                "Give a year with four digits, as in year = 1905.",
            ),
        ),
        otherwise="In that year China's coast was neither lost nor won back.",
        hints=(
            "Two treaties followed each other within three years. Only one of them names the coast.",
            "Open the first section of the lesson: the second treaty has the name of a capital.",
        ),
    ),
    Task(
        id="01.2",
        read=reading.number,
        right=close_to(_BLOCKED - _PROTOCOL),
        why="From 1886 to 1938: a right that outlived most of the people who won it. It was used for "
        "far less: regular sailings began in 1910.",
        mistakes=(
            Mistake(
                "backwards",
                close_to(_PROTOCOL - _BLOCKED),
                "The size is right, but the sign is not: you took the later year from the earlier.",
                "A length of time is the later year minus the earlier one.",
            ),
            Mistake(
                "a year",
                between(1850, 2030),
                "That is a year. The question asks how many years lie between two years.",
                "Write both years with a minus sign between them.",
            ),
            Mistake(
                "from the sailings",
                close_to(_BLOCKED - int(data.find("E010")["date"][:4])),
                "You counted from the first regular sailings. The promise is older than its use.",
                "Begin with the protocol that Wu Dacheng brought home.",
            ),
            Mistake(
                "from the treaty",
                close_to(_BLOCKED - _PEKING),
                "You counted from the treaty of Peking. The promise came later.",
                "Begin with the protocol that Wu Dacheng brought home.",
            ),
            Mistake(
                "counting both ends",
                close_to(_BLOCKED - _PROTOCOL + 1),
                "You counted both end years. From one year to the next is one year, not two.",
                "Subtract, and leave it at that.",
            ),
        ),
        otherwise="That is not the distance between the promise and the piles.",
        hints=(
            "You need two years: that of the Hunchun protocol, and that in which the mouth was blocked.",
            'cite("E005") and cite("E017") show both dates.',
        ),
    ),
    Task(
        id="01.3",
        read=reading.in_order(reading.names),
        right=same_order(["E025", "E028", "E030", "E034"]),
        why="War 1950, peace signed 1951, in force 1952, Moscow's declaration 1956. The war came first.",
        mistakes=(
            Mistake(
                "peace before war",
                before("E028", "E025"),
                "You put the peace treaty before the Korean War, as the 1993 study does.",
                'Compare cite("E025") with cite("E028").',
                "01.m2",
            ),
            Mistake(
                "force before signature",
                before("E030", "E028"),
                "A treaty is signed first and takes effect later. You have it the other way round.",
                "One of the rows says “signed”, another says “take effect”.",
            ),
            Mistake(
                "not all four",
                lambda given: set(given) != {"e025", "e028", "e030", "e034"},
                "The list should hold each of the four ids once, and nothing else.",
                "Copy the four ids from the task, in quotation marks, with commas between them.",
            ),
        ),
        otherwise="The four are there, but not in the order of their dates.",
        hints=(
            "Look each id up with cite and note its year beside it.",
            "Begin with the event that is not a treaty.",
        ),
    ),
    Task(
        id="01.4",
        read=countries(_CODES),
        right=same_members(_ALLIES),
        why="Seven ribs, one pin. Note who is missing: no line joins any two of Japan, South Korea, "
        "Taiwan and the Philippines.",
        mistakes=(
            Mistake(
                "the hub itself",
                holds("USA"),
                "The United States is the hub. The task asks for those at the other end of its ties.",
                "Take the hub out of the list.",
            ),
            Mistake(
                "across the divide",
                holds("RUS", "CHN", "PRK", "MNG", "VNM"),
                "Your list holds a state of the other camp. No security tie crossed the divide then.",
                "Set the slider to the year and follow the lines to the right-hand hub.",
                "01.m3",
            ),
            Mistake(
                "without the south",
                lacks("AUS", "NZL"),
                "You left out a treaty of three that is often forgotten.",
                "Look at the lower end of the fan.",
            ),
            Mistake(
                "without Taiwan",
                lacks("ROC"),
                "One of the ribs ended only when Washington moved its recognition to Beijing.",
                "Look at the middle of the fan.",
            ),
        ),
        otherwise="The list does not yet hold all the ribs of that year.",
        hints=(
            "explore_security_network(year=1958) shows them: count the lines that end in the hub.",
            "There are seven. The words below the slider say so.",
        ),
    ),
    Task(
        id="01.5",
        read=reading.number,
        right=close_to(_PEAK.centralization, 0.006),
        why="0.54: a bit more than half way from a network without a hub to a perfect star.",
        mistakes=(
            Mistake(
                "as a percentage",
                between(50, 58),
                "That is the measure times one hundred. Degree centralization runs from 0 to 1.",
                "Leave the number as the table shows it.",
            ),
            Mistake(
                "number of ties",
                close_to(_PEAK.ties),
                "That is the number of ties. The task asks for the column centralization.",
                "Count columns: year, ties, centralization.",
            ),
            Mistake(
                "the year",
                close_to(_PEAK.year),
                "That is the year of the peak. The task asks how high the peak is.",
                "Ask for the largest value of the column: .max()",
            ),
            Mistake(
                "the last year",
                close_to(measures()[-1].centralization, 0.006),
                "That is the value of the last year, not the largest.",
                "Ask for the largest value of the column: .max()",
            ),
        ),
        otherwise="That is not the largest value in the column.",
        hints=(
            'A column is taken out with its name in square brackets: years["centralization"].',
            "A column knows its own largest value: put .max() behind it.",
        ),
    ),
    Task(
        id="01.6",
        read=reading.number,
        right=close_to(_SIX_LEFT),
        why="Five of nine are left, against three of ten at the peak. The fan had lost ribs, so less "
        "hung on the pin; but no new line had joined the ribs to each other.",
        mistakes=(
            Mistake(
                "all ties",
                close_to(measures()[1990 - 1945].ties),
                "That is the number of all ties in 1990. You have not taken the hub away.",
                "Subtract the ties that belong to the hub.",
            ),
            Mistake(
                "ties of the hub",
                close_to(network_of(1990).degrees["USA"]),
                "That is the number of ties that the hub has. The task asks what is left without them.",
                "All ties, minus the ties of the hub.",
            ),
            Mistake(
                "another year",
                close_to(_PEAK.ties - len(_ALLIES)),
                "That is the answer for the year of the widest fan. The task asks about 1990.",
                "Use the numbers of 1990.",
            ),
        ),
        otherwise="All ties of 1990 minus those of the hub give another number.",
        hints=(
            "You need two counts for 1990: all ties, and those of the United States.",
            "The words under the slider of explore_security_network(year=1990) give both.",
        ),
    ),
    Task(
        id="01.7",
        read=letter_of("ABCD", {"treaty": "B", "communique": "A", "communiqué": "A"}),
        right=chosen("A"),
        why="The communiqué of 29 September 1972 opened relations. The treaty of 1978 stood on them.",
        mistakes=(
            Mistake(
                "treaty of 1978",
                chosen("B"),
                "You follow the study. A treaty of friendship needs two states that already recognise "
                "each other.",
                "Which paper made the other one possible?",
                "01.m4",
            ),
            Mistake(
                "Shanghai",
                chosen("C"),
                "At Shanghai it was the United States that came to terms with Beijing; full relations "
                "between those two took seven more years.",
                "Look for a paper that Japan signed.",
            ),
            Mistake(
                "Moscow",
                chosen("D"),
                "That was Japan and the Soviet Union.",
                "Look for a paper that China signed.",
            ),
        ),
        otherwise="Look at who signed each paper, and what it opened.",
        hints=(
            'cite("E043") and cite("E045") show the two papers that people mix up.',
            "Recognition comes first; peace and friendship can come later.",
        ),
    ),
    argument(
        "01.8",
        80,
        (
            Mistake(
                "no evidence",
                lambda given: not given.cited,
                "There is no evidence yet: name the rows that you rely on, such as (E030).",
                "Put the id in brackets behind the sentence that needs it.",
            ),
            Mistake(
                "error not named",
                lambda given: "X02" not in given.cited,
                "Name the row of the study's error as well: it is the claim that you answer.",
                'cite("Korean War") finds it: its id begins with X.',
            ),
            Mistake(
                "one row only",
                lambda given: len(given.cited & _ARGUMENT_ROWS) < 2,
                "One row shows one date. An order needs two events, with the row of each.",
                "Which event came before which?",
            ),
        ),
        more="Say what follows for the study's paragraph if the dates are put right.",
        hints=(
            "Three sentences carry it: what the study says, what the dates are, what follows.",
            "A cause must come before its effect. Which of the study's causes does not?",
        ),
    ),
    Task(
        id="01.9",
        read=reading.number,
        right=close_to(_STAR_AND_ONE, 0.01),
        why="Three quarters: the star is still there, but one actor stands outside it, and the measure "
        "compares with a star of all five.",
        mistakes=(
            Mistake(
                "a full star",
                close_to(1),
                "A star of all five would give 1. One of the five has no tie at all.",
                "Count the actors again: n is 5.",
            ),
            Mistake(
                "without the loner",
                close_to(6 / 12),
                "You added up the differences of the three at the points of the star. The one without "
                "a tie falls short of the hub too, and by most.",
                "Write the five degrees down first: 3, 1, 1, 1 and 0.",
            ),
            Mistake(
                "not divided",
                close_to(9),
                "That is the sum of the differences. It still has to be divided by (n-1)(n-2).",
                "For five actors the divisor is 4 times 3.",
            ),
            Mistake(
                "density",
                close_to(0.3, 0.004),
                "That is the density: the share of all possible ties. Centralization asks how unequal "
                "the degrees are.",
                "Subtract each degree from the largest one and add up.",
            ),
        ),
        otherwise="Subtract each degree from the largest, add up, divide by (n-1)(n-2).",
        hints=(
            "The differences from the largest degree are 0, 2, 2, 2 and 3.",
            "Five actors: (n-1)(n-2) is 4 times 3.",
        ),
    ),
)
