"""Read the course's notebooks, and look at their parts: cells, headings, links, words and calls.

Everything here only reads. What a notebook must hold is said in `tutor.workshop.rules`, what it
looks like on disk in `tutor.workshop.clean`.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]

# The folders that hold notebooks, and the kind of notebook in each of them.
FOLDERS = {"lessons": "lesson", "exercises": "exercise", "solutions": "solution"}

# Every lesson the course will have; those without a notebook yet are in preparation.
COURSE_NUMBERS = tuple(f"{number:02d}" for number in range(11))

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_CODE_SPAN = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_LINK = re.compile(
    r"(?P<image>!?)\[(?P<text>(?:[^\[\]\\]|\\.|!?\[[^\[\]]*\](?:\([^()]*\))?)*)\]"
    r"\(\s*(?P<target><[^<>]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+[\"'][^\"']*[\"'])?\s*\)"
)
_HTML_TAG = re.compile(r"<(?P<name>img|a)\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_HTML_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook.

    Attributes
    ----------
    position
        Its place in the notebook, counted from 1 as a reader would.
    kind
        ``"markdown"``, ``"code"`` or ``"raw"``.
    source
        Its text.
    tags
        The tags in its metadata.
    content
        The cell as it stands in the file.
    """

    position: int
    kind: str
    source: str
    tags: frozenset[str]
    content: dict[str, Any]


@dataclass(frozen=True)
class Heading:
    """One heading: its level (1 to 6), its text, and the position of its cell."""

    level: int
    text: str
    cell: int


@dataclass(frozen=True)
class Link:
    """One link or image: its target, its text (for an image the alternative text), its cell."""

    target: str
    text: str
    cell: int
    is_image: bool


@dataclass(frozen=True)
class Notebook:
    """A notebook of the course, as it stands in its file.

    Attributes
    ----------
    path
        The file; links in the notebook are relative to its folder.
    content
        The notebook as parsed from JSON.
    root
        The folder that holds ``lessons/``, ``exercises/`` and ``solutions/``.
    """

    path: Path
    content: dict[str, Any]
    root: Path = REPOSITORY

    @property
    def name(self) -> str:
        """The path from the root of the repository, with forward slashes."""
        return self.path.relative_to(self.root).as_posix()

    @property
    def kind(self) -> str:
        """What its folder makes it: ``"lesson"``, ``"exercise"`` or ``"solution"``."""
        return FOLDERS.get(self.path.parent.name, "other")

    @property
    def number(self) -> str:
        """The two digits that its file name begins with."""
        return self.path.name[:2]

    @property
    def contract(self) -> dict[str, Any]:
        """The contract in its metadata; empty if it has none."""
        return self.content.get("metadata", {}).get("course", {})

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All its cells, in order."""
        return tuple(_cells(self.content))

    @property
    def code_cells(self) -> tuple[Cell, ...]:
        """Its cells of code, in order."""
        return tuple(cell for cell in self.cells if cell.kind == "code")

    @property
    def markdown_cells(self) -> tuple[Cell, ...]:
        """Its cells of text, in order."""
        return tuple(cell for cell in self.cells if cell.kind == "markdown")

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """All its headings, in order."""
        return tuple(
            Heading(len(match[1]), _shown(match[2]), cell.position)
            for cell in self.markdown_cells
            for line in lines_outside_fences(cell.source)
            if (match := _HEADING.match(line))
        )

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links and images in its text, in order."""
        return tuple(link for cell in self.markdown_cells for link in _links(cell))


def _cells(content: dict[str, Any]) -> Iterator[Cell]:
    for position, cell in enumerate(content.get("cells", []), start=1):
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        tags = frozenset(cell.get("metadata", {}).get("tags", []))
        yield Cell(position, cell.get("cell_type", ""), text, tags, cell)


def read(path: Path, root: Path = REPOSITORY) -> Notebook:
    """Read one notebook.

    Raises
    ------
    ValueError
        If the file is not the JSON of a notebook.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ValueError(f"{path} is not a notebook: it is not valid JSON ({error}).") from error
    if not isinstance(content, dict) or "cells" not in content:
        raise ValueError(f"{path} is not a notebook: it has no list of cells.")
    return Notebook(path, content, root)


def course_paths(root: Path = REPOSITORY, *folders: str) -> list[Path]:
    """List the notebooks in the given folders (all three unless named), in course order."""
    wanted = folders or tuple(FOLDERS)
    return [path for folder in wanted for path in sorted((root / folder).glob("*.ipynb"))]


def course_notebooks(root: Path = REPOSITORY, *folders: str) -> list[Notebook]:
    """Read the notebooks in the given folders (all three unless named), in course order."""
    return [read(path, root) for path in course_paths(root, *folders)]


def lines_outside_fences(text: str) -> Iterator[str]:
    """Yield the lines of a Markdown text that are not inside a fenced block of code."""
    fence = ""
    for line in text.splitlines():
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
        elif match and match[1] == fence:
            fence = ""
        elif not fence:
            yield line


def fenced_code(text: str) -> list[str]:
    """Return the fenced blocks of Python and the code spans of a Markdown text."""
    blocks = re.findall(r"^```(?:python|py)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    prose = "\n".join(lines_outside_fences(text))
    return blocks + [match[2] for match in _CODE_SPAN.finditer(prose)]


def prose(text: str) -> str:
    """Return a Markdown text without code, link targets, markup and rows of tables."""
    lines = (line for line in lines_outside_fences(text) if not line.lstrip().startswith("|"))
    linked = _LINK.sub(lambda match: match["text"], "\n".join(lines))
    return re.sub(r"<[^>]+>", " ", linked)


def count_words(text: str) -> int:
    """Count the words a reader meets in a Markdown text; rows of tables do not count."""
    return sum(any(char.isalnum() for char in word) for word in prose(text).split())


def _shown(text: str) -> str:
    """Return a line of Markdown as it reads when it is shown."""
    linked = _LINK.sub(lambda match: match["text"], text)
    return re.sub(r"[`*]", "", linked)


def _links(cell: Cell) -> Iterator[Link]:
    text = _CODE_SPAN.sub("", "\n".join(lines_outside_fences(cell.source)))
    yield from _markdown_links(text, cell.position)
    for match in _HTML_TAG.finditer(text):
        attributes = {
            name.lower(): double or single
            for name, double, single in _HTML_ATTRIBUTE.findall(match["attributes"])
        }
        if match["name"].lower() == "img":
            yield Link(attributes.get("src", ""), attributes.get("alt", ""), cell.position, True)
        elif "href" in attributes:
            yield Link(attributes["href"], "", cell.position, False)


def _markdown_links(text: str, cell: int) -> Iterator[Link]:
    for match in _LINK.finditer(text):
        yield Link(match["target"].strip("<>"), match["text"], cell, bool(match["image"]))
        yield from _markdown_links(match["text"], cell)  # an image can be a link's text


def anchors(notebook: Notebook) -> frozenset[str]:
    """Return what a ``#target`` in the notebook can reach: headings as JupyterLab names them."""
    named = {heading.text.replace(" ", "-") for heading in notebook.headings}
    identified = {
        identifier
        for cell in notebook.markdown_cells
        for identifier in re.findall(r"\bid=[\"']([^\"']+)[\"']", cell.source)
    }
    return frozenset(named | identified)


def data_row_ids(root: Path = REPOSITORY) -> frozenset[str]:
    """Return the ids of all rows in the course's tables, and of the numbers computed from them."""
    from tutor.derived import all_derived

    rows = frozenset(
        row_id
        for path in sorted((root / "tutor" / "data" / "tables").glob("*.csv"))
        for row_id in _column(path, ("id", "key"))
    )
    return rows | frozenset(all_derived())


def glossary_ids(root: Path = REPOSITORY) -> frozenset[str]:
    """Return the ids of the terms in the glossary; empty if there is none yet."""
    path = root / "tutor" / "data" / "tables" / "glossary.csv"
    return frozenset(_column(path, ("id",)) if path.exists() else ())


def _column(path: Path, names: tuple[str, ...]) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        column = next((name for name in names if name in (rows.fieldnames or ())), None)
        return [row[column] for row in rows if row[column]] if column else []


def parse(cell: Cell) -> ast.Module | None:
    """Parse a cell of code; `None` if it is not plain Python."""
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return None


@dataclass(frozen=True)
class Call:
    """One call in a cell of code: the function's name, the call, and the position of its cell."""

    name: str
    node: ast.Call
    cell: int


def calls(notebook: Notebook) -> list[Call]:
    """List the calls of named functions (``predict(...)`` or ``tutor.predict(...)``), in order."""
    found = []
    for cell in notebook.code_cells:
        tree = parse(cell)
        nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Call)] if tree else []
        nodes.sort(key=lambda node: (node.lineno, node.col_offset))
        found += [Call(_last_name(node.func), node, cell.position) for node in nodes]
    return [call for call in found if call.name]


def _last_name(function: ast.expr) -> str:
    match function:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def first_argument(call: Call) -> Any:
    """Return the first argument of a call if it is a constant, else `None`."""
    match call.node.args:
        case [ast.Constant(value=value), *_]:
            return value
    return None
