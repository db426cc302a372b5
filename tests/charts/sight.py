"""How colours look to different eyes, and which colours a painted chart puts where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to XYZ, and the white point D65.
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = TO_XYZ @ np.ones(3)

TOLD_APART = 15
"""Distance in CIELAB from which two colours are told apart as dots of a few pixels."""


def linear(colour: str) -> np.ndarray:
    """Write a colour such as ``#DE1507`` in linear RGB."""
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Write linear RGB in CIELAB."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    """Give the contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((TO_XYZ[1] @ linear(c) for c in (colour, ground)), reverse=True)
    return float((light + 0.05) / (dark + 0.05))


def distance(one: str, other: str) -> float:
    """Give how far two colours are apart in CIELAB, for the eyes that tell them apart least."""
    return min(
        float(np.linalg.norm(lab(eyes @ linear(one)) - lab(eyes @ linear(other))))
        for eyes in VISION.values()
    )


@dataclass(frozen=True)
class Paint:
    """A colour in a painted chart, as it looks on white.

    Parameters
    ----------
    colour : str
        The colour, mixed with white where the mark is transparent.
    mark : str
        Kind of mark (``"symbol"``, ``"rule"`` ...), or ``"text"``.
    words : str
        For a text: what it says.
    edged : bool
        For an area: whether it has an edge that stands out by itself.
    halo : bool
        For a text: whether it is the white edge around the same text painted over it.
    """

    colour: str
    mark: str
    words: str = ""
    edged: bool = False
    halo: bool = False


def paints(svg: str) -> list[Paint]:
    """Read the colours of the marks and words that a chart shows."""
    found: list[Paint] = []
    _collect(ElementTree.fromstring(svg), 1.0, "", found)
    return found


def _collect(node: ElementTree.Element, opacity: float, mark: str, found: list[Paint]) -> None:
    if node.get("display") == "none":
        return
    opacity *= float(node.get("opacity", 1))
    classes = node.get("class", "")
    if match := re.match(r"mark-(\w+) role-(\w+)", classes):
        # The frame of a view, and the lines and ticks of an axis, are no marks of the chart.
        kind, role = match.groups()
        mark = kind if role == "mark" or kind == "text" else mark if kind == "group" else ""
    tag = node.tag.rpartition("}")[2]
    fill = _painted(node, "fill", opacity)
    stroke = _painted(node, "stroke", opacity)
    if tag == "text":
        words = "".join(node.itertext()).strip()
        if words and (fill or stroke):
            found.append(Paint(fill or "#FFFFFF", "text", words, halo=stroke == "#FFFFFF"))
    elif mark and mark not in ("group", "text") and classes != "background":
        if fill:
            edged = stroke is not None and contrast(stroke) >= 3
            found.append(Paint(fill, mark, edged=edged))
        if stroke:
            found.append(Paint(stroke, mark))
    for child in node:
        _collect(child, opacity, mark, found)


def _painted(node: ElementTree.Element, what: str, opacity: float) -> str | None:
    colour = _hexadecimal(node.get(what, ""))
    share = opacity * float(node.get(f"{what}-opacity", 1))
    if colour is None or share < 0.05:
        return None
    mixed = (int(colour[i : i + 2], 16) * share + 255 * (1 - share) for i in (1, 3, 5))
    return "#" + "".join(f"{round(value):02X}" for value in mixed)


def _hexadecimal(colour: str) -> str | None:
    named = {"white": "#FFFFFF", "black": "#000000"}
    if match := re.fullmatch(r"rgb\((\d+), ?(\d+), ?(\d+)\)", colour):
        return "#" + "".join(f"{int(value):02X}" for value in match.groups())
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", colour):
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    colour = named.get(colour, colour)
    return colour.upper() if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour) else None
