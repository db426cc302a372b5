"""The explorables of lesson 02: who wanted what, and the ledger that the learner weighs."""

from __future__ import annotations

import html
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.interaction import explorable as page
from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message

if TYPE_CHECKING:
    from tutor.charts.figure import Figure

Part = tuple[tuple[str, ...], Callable[..., str]]


def explore_thaw(pair: str = "CHN-SUN", want: str = "markets") -> Explorable | Message:
    """Match the openings of 1989 to 1993 with what each side wanted.

    Parameters
    ----------
    pair : str
        ``"CHN-SUN"``, ``"KOR-MNG"``, ``"KOR-SUN"``, ``"JPN-PRK"``, ``"CHN-KOR"`` or ``"JPN-SUN"``.
    want : str
        ``"frontier"``, ``"armies"``, ``"capital"``, ``"recognition"``, ``"pyongyang"``, ``"markets"``,
        ``"friends"``, ``"taipei"``, ``"account"`` or ``"islands"``.

    Returns
    -------
    Explorable
        The calendar with two lists: a pair, and what one of its sides may have come for. The words
        say who did.
    """
    from tutor.charts import thaw as chart
    from tutor.derived.thaw import PAIRS, WANTS

    return explorable_or_message(
        lambda: chart.thaw_calendar(pair, want),
        lambda: (
            Control("pair", "Who met", tuple(PAIRS), pair, PAIRS),
            Control("want", "Did a side want", tuple(WANTS), want, WANTS),
        ),
        chart.describe_want,
    )


def explore_ledger(
    weights: Sequence[float] | str = "1111111", beside: str = "nobody"
) -> Explorable | Message:
    """Weigh Toloraya's three obstacles and four signs, and watch the balance tip.

    Parameters
    ----------
    weights : str or sequence of int
        Seven weights from 0 to 3 to begin with, three obstacles and then four signs: ``"3211121"``.
    beside : str
        Whose reading stands beside yours: ``"nobody"``, ``"course"``, ``"realist"`` or
        ``"functionalist"``.

    Returns
    -------
    Explorable
        A balance with seven sliders. `compare_ledgers` compares your weights with a classmate's.
    """
    from tutor.charts import thaw as chart
    from tutor.derived.thaw import HEAVIEST, READERS, lines

    readers = {chart.NOBODY: "no other reading", **READERS}
    points = tuple(range(HEAVIEST + 1))

    def controls() -> tuple[Control, ...]:
        every = [(side, line["name"]) for side in ("obstacle", "sign") for line in lines(side)]
        given = chart.as_ledger(weights).weights
        sliders = (
            Control(name, f"{side.title()}: {line.lower()}", points, int(weight))
            for name, (side, line), weight in zip(chart.PARAMETERS, every, given, strict=True)
        )
        return (*sliders, Control("beside", "Show beside mine", tuple(readers), beside, readers))

    def side_in_words(side: str) -> Callable[..., str]:
        return lambda **weights: _total(side, weights)

    parts: tuple[Part, ...] = (
        (chart.PARAMETERS[:3], side_in_words("obstacle")),
        (chart.PARAMETERS[3:], side_in_words("sign")),
        (("beside",), chart.say_beside),
    )
    try:
        return ExplorableInParts(
            chart.ledger_chart(weights, beside), controls(), _joined(parts), parts
        )
    except (ValueError, TypeError) as problem:
        return Message(str(problem))


def ledger(weights: Sequence[float] | str, beside: str = "nobody") -> Figure | Message:
    """Draw the ledger with your weights: the explorable's chart by a plain call.

    Parameters
    ----------
    weights : str or sequence of int
        Seven weights from 0 to 3, three obstacles and then four signs: ``"3211121"``.
    beside : str
        ``"nobody"``, ``"course"``, ``"realist"`` or ``"functionalist"``.

    Returns
    -------
    Figure
        The balance; ``.table()`` gives the weights line by line.
    """
    from tutor.charts import thaw as chart

    return _figure_or_message(lambda: chart.ledger_chart(weights, beside))


def compare_ledgers(
    mine: Sequence[float] | str, other: Sequence[float] | str = "course"
) -> Figure | Message:
    """Compare your weights with a classmate's or with a reading of the course.

    Parameters
    ----------
    mine : str or sequence of int
        Seven weights from 0 to 3, three obstacles and then four signs: ``"3211121"``.
    other : str or sequence of int
        A classmate's seven weights, or ``"course"``, ``"realist"`` or ``"functionalist"``.

    Returns
    -------
    Figure
        Line by line, in percent of all weight; the title says how far the two are apart.
    """
    from tutor.charts import thaw as chart

    return _figure_or_message(lambda: chart.compare_chart(mine, other))


@dataclass(frozen=True, repr=False)
class ExplorableInParts(Explorable):
    """An explorable with many controls, whose words are said in parts.

    All settings of eight controls together would be too many to write down. Each part says its
    sentence about a few of the controls, and the page puts the sentences one after the other.

    Parameters
    ----------
    parts : tuple of (tuple of str, callable)
        For each part the names of its controls, and what gives its words for one setting of them.
    """

    parts: tuple[Part, ...] = ()

    def texts(self) -> dict[str, str]:
        """Give the words of every part, keyed by the part's place and its controls' values."""
        values = {control.name: control.values for control in self.controls}
        return {
            f"{place}:" + "|".join(str(value) for value in setting): say(
                **dict(zip(names, setting, strict=True))
            )
            for place, (names, say) in enumerate(self.parts)
            for setting in itertools.product(*(values[name] for name in names))
        }

    def _form(self, token: str) -> str:
        names = html.escape(json.dumps([names for names, _ in self.parts]), quote=True)
        form = super()._form(token).replace("data-texts=", f'data-parts="{names}" data-texts=', 1)
        # Labels of one width: sliders that stand below each other can be compared at a glance.
        form = form.replace("<label ", '<label style="flex:0 0 auto;min-width:19em" ')
        return form.replace(page._SAY, _SAY_PARTS, 1)


# As the page's own lookup, but for each part by itself.
_SAY_PARTS = html.escape(
    "const f=this.elements,t=JSON.parse(this.dataset.texts);"
    "[...f].filter(e=>e.name).forEach(e=>{const b=this.querySelector(`[data-of='${e.name}']`);"
    "if(b)b.textContent=e.value});"
    "this.querySelector('output').textContent=JSON.parse(this.dataset.parts)"
    ".map((names,i)=>t[i+':'+names.map(n=>f[n].value).join('|')]).join(' ')",
    quote=True,
)


def _joined(parts: tuple[Part, ...]) -> Callable[..., str]:
    def say(**setting: object) -> str:
        said = (words(**{name: setting[name] for name in names}) for names, words in parts)
        return " ".join(filter(None, said))

    return say


def _total(side: str, weights: dict[str, float]) -> str:
    """Say what a side weighs, with the digits by which a ledger is told to a classmate."""
    digits = "".join(f"{weight:g}" for weight in weights.values())
    return f"Your {side}s weigh {sum(weights.values()):g} (your digits: {digits})."


def _figure_or_message(draw: Callable[[], Figure]) -> Figure | Message:
    try:
        return draw()
    except (ValueError, TypeError) as problem:
        return Message(str(problem))
