r"""Write the lessons' formulas as MathML, which browsers show by themselves and screen readers read.

The lessons use a small part of LaTeX. What is not known here is an error that names it, so that no
formula is ever shown wrongly in silence: add it to the tables below.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

_TOKEN = re.compile(r"\s*(\\(?:[A-Za-z]+|.)|\d+(?:\.\d+)?|\S)", re.DOTALL)
_DIGIT = re.compile(r"\s*(\d)")
_WORDS = re.compile(r"\s*\{([^{}]*)\}")

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        **{"alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η"},
        **{"theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ"},
        **{"sigma": "σ", "tau": "τ", "phi": "ϕ", "varphi": "φ", "omega": "ω", "Delta": "Δ"},
        **{"infty": "∞"},
    }
)
OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        **{"leftarrow": "←", "rightarrow": "→", "to": "→", "ge": "≥", "geq": "≥", "le": "≤"},
        **{"leq": "≤", "neq": "≠", "ne": "≠", "approx": "≈", "times": "×", "cdot": "·", "pm": "±"},
        **{"in": "∈", "mid": "|", "ldots": "…", "dots": "…", "%": "%"},
    }
)
LARGE: Mapping[str, str] = MappingProxyType({"sum": "∑", "prod": "∏", "int": "∫"})
FUNCTIONS = frozenset(("min", "max", "log", "ln", "exp", "Pr"))
SPACES: Mapping[str, str] = MappingProxyType(
    {",": "0.17em", ";": "0.28em", ":": "0.22em", " ": "0.25em", "quad": "1em", "qquad": "2em"}
)
_BRACKETS = frozenset("()[]|")
_FRACTIONS = frozenset(("frac", "tfrac", "dfrac"))
_SIZES = frozenset(("big", "Big", "bigg", "Bigg", "left", "right"))


def mathml(formula: str, *, block: bool = False) -> str:
    r"""Write a formula in LaTeX as an element ``math``.

    Parameters
    ----------
    formula : str
        LaTeX without the dollar signs, such as ``\frac{s}{r}``.
    block : bool
        Whether it stands on a line of its own.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        The formula uses something that is not known here; the message names it.
    """
    display = ' display="block"' if block else ""
    return f"<math{display}>{_Reader(formula, block).row(until=None)}</math>"


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, formula: str, block: bool) -> None:
        self._formula = formula.strip()
        self._block = block
        self._place = 0

    def row(self, until: str | None) -> str:
        """Read up to a closing brace, or to the end."""
        parts = []
        while self._peek() != until:
            if self._peek() is None:
                raise self._problem(f"{until!r} is missing")
            parts.append(self._scripted())
        self._next()
        return f"<mrow>{''.join(parts)}</mrow>"

    def _peek(self) -> str | None:
        match = _TOKEN.match(self._formula, self._place)
        return match[1] if match else None

    def _next(self) -> str | None:
        match = _TOKEN.match(self._formula, self._place)
        self._place = match.end() if match else len(self._formula)
        return match[1] if match else None

    def _problem(self, what: str) -> ValueError:
        return ValueError(
            f"The formula ${self._formula}$ cannot be written as MathML: {what}. "
            "What can be used stands in tutor/workshop/publishing/mathml.py."
        )

    def _scripted(self) -> str:
        """Read one atom with what stands below and above it."""
        name = (self._peek() or "").lstrip("\\")
        base = self._atom()
        below = above = ""
        while self._peek() in ("_", "^"):
            if self._next() == "_":
                below = self._argument()
            else:
                above = self._argument()
        # Limits stand under and over a sign only where the formula has a line to itself.
        stacked = self._block and name in LARGE
        names = ("munder", "mover", "munderover") if stacked else ("msub", "msup", "msubsup")
        if below and above:
            return f"<{names[2]}>{base}{below}{above}</{names[2]}>"
        if below:
            return f"<{names[0]}>{base}{below}</{names[0]}>"
        return f"<{names[1]}>{base}{above}</{names[1]}>" if above else base

    def _argument(self) -> str:
        """Read what belongs to a sign before it: of a bare number only the first digit."""
        digit = _DIGIT.match(self._formula, self._place)
        if not digit:
            return self._atom()
        self._place = digit.end()
        return f"<mn>{digit[1]}</mn>"

    def _atom(self) -> str:
        token = self._next()
        if token is None:
            raise self._problem("it ends too early")
        if token == "{":
            return self.row(until="}")
        if token.startswith("\\"):
            return self._command(token[1:])
        if token[0].isdigit():
            return f"<mn>{token}</mn>"
        if token.isalpha():
            return f"<mi>{escape(token)}</mi>"
        if token in _BRACKETS:
            return f'<mo stretchy="false">{token}</mo>'
        if token in "_^}":
            raise self._problem(f"{token!r} stands where nothing can carry it")
        return f"<mo>{escape('−' if token == '-' else token)}</mo>"

    def _command(self, name: str) -> str:
        if name in LETTERS:
            return f"<mi>{LETTERS[name]}</mi>"
        if name in OPERATORS:
            return f"<mo>{escape(OPERATORS[name])}</mo>"
        if name in LARGE:
            return f'<mo largeop="true">{LARGE[name]}</mo>'
        if name in FUNCTIONS:
            return self._function(name)
        if name in SPACES:
            return f'<mspace width="{SPACES[name]}"></mspace>'
        if name in _FRACTIONS:
            return f"<mfrac>{self._argument()}{self._argument()}</mfrac>"
        if name == "sqrt":
            return f"<msqrt>{self._argument()}</msqrt>"
        if name == "bar":
            return f'<mover accent="true">{self._argument()}<mo stretchy="false">¯</mo></mover>'
        if name == "text":
            return f"<mtext>{self._words()}</mtext>"
        if name in _SIZES:
            bracket = self._next()
            if bracket not in _BRACKETS:
                raise self._problem(f"\\{name} needs a bracket")
            return f'<mo stretchy="true">{bracket}</mo>'
        raise self._problem(f"\\{name} is not known")

    def _function(self, name: str) -> str:
        word = f"<mi>{name}</mi>"
        if self._peek() in ("_", "^", "(", ")", None):
            return word
        return f'<mrow>{word}<mo>&#x2061;</mo><mspace width="0.17em"></mspace></mrow>'

    def _words(self) -> str:
        """Read words in braces as they stand; a space at their ends would be dropped otherwise."""
        match = _WORDS.match(self._formula, self._place)
        if not match:
            raise self._problem("\\text needs words in braces")
        self._place = match.end()
        return escape(match[1]).replace(" ", "&#xA0;")
