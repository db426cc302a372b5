"""An explorable: a chart, the controls that move it, and words that say what it now shows.

Everything that a control can choose is computed beforehand, in Python, by the models. The page only
selects: so the chart answers at once, without a kernel, in a saved notebook and in a printed page too,
and a formula keeps its one home. The controls are plain labelled HTML elements: they work by keyboard,
and what changes is said in a live region.
"""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.charts.figure import Figure, Words, vega_lite
from tutor.charts.keys import KEEPS_KEYS
from tutor.interaction.message import Message

Setting = str | int | float


@dataclass(frozen=True)
class Control:
    """One thing the learner can move.

    Parameters
    ----------
    name : str
        Name of the chart's parameter that it drives.
    label : str
        What the learner reads beside it.
    values : tuple
        Everything it can be set to: numbers in even steps for a slider, texts for a list.
    start : str or number
        Where it stands at first.
    words : mapping, optional
        For a list: what to show for each value.
    plays : bool
        Whether a button runs through all values (sliders only).
    """

    name: str
    label: str
    values: tuple[Setting, ...]
    start: Setting
    words: Mapping[Setting, str] | None = None
    plays: bool = False

    def __post_init__(self) -> None:
        if self.start not in self.values:
            raise ValueError(
                f"{self.label}: cannot be set to {self.start!r}. It can be {self._allowed()}."
            )

    @property
    def is_slider(self) -> bool:
        """Whether it is a slider (numbers) rather than a list."""
        return not isinstance(self.values[0], str)

    def _allowed(self) -> str:
        if self.is_slider:
            return f"from {self.values[0]} to {self.values[-1]}"
        return "one of " + ", ".join(repr(value) for value in self.values)


@dataclass(frozen=True)
class Explorable:
    """A chart with controls.

    Parameters
    ----------
    figure : Figure
        The chart; it has a parameter of the name of each control.
    controls : tuple of Control
        What can be moved.
    say : callable
        Gives, for one setting of all controls (by name), what the chart then shows, in a sentence or two.
    """

    figure: Figure
    controls: tuple[Control, ...]
    say: Callable[..., str]

    def table(self) -> Any:
        """Give the table behind the chart."""
        return self.figure.table()

    def describe(self) -> Words:
        """Say what the chart shows at the setting with which it begins."""
        return Words(self.say(**{control.name: control.start for control in self.controls}))

    def __repr__(self) -> str:
        return f"{self.figure!r}\n{self.describe()}"

    def _ipython_display_(self) -> None:
        from IPython.display import HTML, display

        token = secrets.token_hex(4)
        display(HTML(self._form(token)))
        bundle = self.figure.mimebundle(self._bound(token))
        self.figure.show({**bundle, "text/plain": repr(self)})

    def texts(self) -> dict[str, str]:
        """Give the words for every setting, keyed by the controls' values joined by ``|``."""
        names = [control.name for control in self.controls]
        settings = itertools.product(*(control.values for control in self.controls))
        return {
            "|".join(_as_page_writes(value) for value in setting): self.say(
                **dict(zip(names, setting, strict=True))
            )
            for setting in settings
        }

    def _bound(self, token: str) -> dict[str, Any]:
        """Write the chart so that it listens to the form.

        The form tells the window what was set, and the chart listens to the window. So neither
        needs the other to be on the page first, as when a saved notebook is opened again.
        """
        specification = vega_lite(self.figure)
        parameters = specification.get("params", [])
        starts = {control.name: control.start for control in self.controls}
        missing = starts.keys() - {parameter["name"] for parameter in parameters}
        if missing:
            raise ValueError(f"the chart has no parameter for: {sorted(missing)}.")
        specification["params"] = [each for each in parameters if each["name"] not in starts]
        specification["config"]["signals"] = [
            {
                "name": name,
                "value": start,
                "on": [
                    {
                        "events": {"source": "window", "type": _identifier(token, name)},
                        "update": "event.detail",
                    }
                ],
            }
            for name, start in starts.items()
        ]
        return specification

    def _form(self, token: str) -> str:
        fields = "".join(_field(control, token) for control in self.controls)
        texts = html.escape(json.dumps(self.texts(), ensure_ascii=False), quote=True)
        return (
            f'<style>{_style()}</style><form class="tumen-explorable" data-texts="{texts}" '
            f'onsubmit="return false" onkeydown="{KEEPS_KEYS}" oninput="{_SAY}">'
            f'{fields}<output role="status" aria-live="polite">'
            f"{html.escape(self.describe())}</output></form>"
        )


def explorable_or_message(
    figure: Callable[[], Figure],
    controls: Callable[[], tuple[Control, ...]],
    say: Callable[..., str],
) -> Explorable | Message:
    """Build an explorable; a setting that cannot be becomes a message, not a traceback."""
    try:
        return Explorable(controls=controls(), figure=figure(), say=say)
    except (ValueError, TypeError) as problem:
        return Message(str(problem))


# Looks up the words for the present setting and shows the value beside each slider.
_SAY = html.escape(
    "const c=[...this.elements].filter(e=>e.name);"
    "c.forEach(e=>{const b=this.querySelector(`[data-of='${e.name}']`);if(b)b.textContent=e.value});"
    "this.querySelector('output').textContent="
    "JSON.parse(this.dataset.texts)[c.map(e=>e.value).join('|')]||''",
    quote=True,
)

# Runs the slider through all its values; a second press, or its end, stops it. While it runs, a screen
# reader is spared twenty sentences on top of each other; it hears where the slider came to rest.
_PLAY = html.escape(
    "const f=this.form,s=f.elements[this.dataset.plays],o=f.querySelector('output');"
    "const stop=()=>{clearInterval(f.timer);f.timer=0;this.textContent='Play';"
    "o.setAttribute('aria-live','polite');o.textContent=o.textContent};"
    "if(f.timer){stop();return}"
    "if(+s.value>=+s.max)s.value=s.min;"
    "this.textContent='Stop';o.setAttribute('aria-live','off');"
    "f.timer=setInterval(()=>{if(!f.isConnected||+s.value>=+s.max){stop();return}"
    "s.value=+s.value+ +s.step;s.dispatchEvent(new Event('input',{bubbles:true}))},450)",
    quote=True,
)

# Stands in place of Play where the learner's system asks for less motion: one value further.
_NEXT = html.escape(
    "const s=this.form.elements[this.dataset.plays];"
    "s.value=+s.value>=+s.max?s.min:+s.value+ +s.step;"
    "s.dispatchEvent(new Event('input',{bubbles:true}))",
    quote=True,
)


@functools.cache
def _style() -> str:
    """Read the style of the controls; a saved notebook or a page has it with them."""
    path = Path(__file__).with_name("explorable.css")
    without_comments = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", without_comments).strip()


def _as_page_writes(value: Setting) -> str:
    """Write a value as an HTML control gives it back: 1.0 as ``1``."""
    return value if isinstance(value, str) else f"{value:g}"


def _identifier(token: str, name: str) -> str:
    return f"tumen-{token}-{name}"


def _tells(identifier: str, value: str) -> str:
    """Write the handler by which a control tells the window, and so its chart, what was set."""
    handler = f"window.dispatchEvent(new CustomEvent('{identifier}',{{detail:{value}}}))"
    return f'oninput="{html.escape(handler, quote=True)}"'


def _field(control: Control, token: str) -> str:
    """Write one control as a label and a slider or list."""
    identifier = _identifier(token, control.name)
    tells = _tells(identifier, "+this.value" if control.is_slider else "this.value")
    label = f'<label for="{identifier}">{html.escape(control.label)}</label>'
    if not control.is_slider:
        options = "".join(
            f'<option value="{html.escape(str(value))}"{" selected" * (value == control.start)}>'
            f"{html.escape((control.words or {}).get(value, str(value)))}</option>"
            for value in control.values
        )
        return (
            f'<span>{label} <select id="{identifier}" name="{control.name}" {tells}>{options}'
            "</select></span>"
        )
    first, last = control.values[0], control.values[-1]
    step = round(float(control.values[1]) - float(first), 10) if len(control.values) > 1 else 1
    play = (
        f'<button type="button" class="tumen-play" data-plays="{control.name}" onclick="{_PLAY}">'
        'Play</button><button type="button" class="tumen-next" '
        f'data-plays="{control.name}" onclick="{_NEXT}">Next</button>'
        if control.plays
        else ""
    )
    return (
        f"<span>{label}"
        f'<input type="range" id="{identifier}" name="{control.name}" min="{first}" max="{last}" '
        f'step="{step:g}" value="{control.start}" autocomplete="off" {tells}>'
        f'<b data-of="{control.name}">{control.start}</b>{play}</span>'
    )
