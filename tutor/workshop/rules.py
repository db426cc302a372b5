"""What every notebook of the course keeps to, rule by rule.

Each rule takes one notebook and returns sentences that say what is wrong; an empty list means that
it holds. Rules for one kind of notebook hold for the others without looking. What solution and
exercise must keep to as a pair stands in `tutor.workshop.pairs`.
"""

from __future__ import annotations

import ast
import copy
import io
import re
import sys
import tokenize
import tomllib
import warnings
from collections.abc import Callable
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import unquote

from tutor.workshop.clean import clean, to_text
from tutor.workshop.contracts import contract_problems
from tutor.workshop.notebooks import (
    Call,
    Cell,
    Link,
    Notebook,
    anchors,
    calls,
    count_words,
    data_row_ids,
    parse,
    read,
)
from tutor.workshop.slides.rules import RULES as SLIDE_RULES

MAX_BYTES = 60_000
MAX_CODE_LINES = 15
MAX_WORDS = 150
MAX_WORDS_IN_STRING = 250  # an argument in writing is an answer, and longer than a paragraph
GENERATED_TAG = "generated-index"
PYTHON_TAG = "python"

# Lesson 00 shows how the course works, lesson 09 is a game.
WITH_RHYTHM = frozenset(f"{number:02d}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 10))
MIN_PREDICTIONS, MIN_EXPLORABLES, MIN_QUESTIONS, MIN_RECALLS = 3, 1, 5, 2
# For the calls that bring back questions: where their argument `count` stands, and its default.
RECALLS = {"recall": (1, 2), "review": (0, 5)}

_NAME = re.compile(r"(0[0-9]|10)_[a-z0-9]+(_[a-z0-9]+)*\.ipynb")
_OUTSIDE = re.compile(r"\b(?:https?|ftp)://(?!localhost\b|127\.0\.0\.1\b)[^\s\"')]+")
_MACHINERY = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.With,
    ast.Try,
    ast.ListComp,
    ast.SetComp,
    ast.DictComp,
    ast.GeneratorExp,
)

Rule = Callable[[Notebook], list[str]]


def is_valid_notebook(notebook: Notebook) -> list[str]:
    """Require a valid notebook of format 4.5, with an id of its own for every cell."""
    import nbformat

    content = nbformat.from_dict(copy.deepcopy(notebook.content))
    if (content.get("nbformat"), content.get("nbformat_minor")) != (4, 5):
        return ["It is not of notebook format 4.5."]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # missing and double ids are only warned of
        try:
            nbformat.validate(content)
        except (nbformat.ValidationError, Warning) as error:
            return [f"It is not a valid notebook: {str(error).splitlines()[0]}"]
    return []


def is_named_by_number(notebook: Notebook) -> list[str]:
    """Require that its file is called NN_name.ipynb, in small letters."""
    fits = _NAME.fullmatch(notebook.path.name)
    return (
        [] if fits else [f"The file name {notebook.path.name!r} is not like 01_some_words.ipynb."]
    )


def is_small(notebook: Notebook) -> list[str]:
    """Require that its file has at most 60 kB."""
    size = len(to_text(notebook.content).encode())
    return [] if size <= MAX_BYTES else [f"It has {size} bytes; at most {MAX_BYTES} are allowed."]


def has_no_outputs(notebook: Notebook) -> list[str]:
    """Require that no cell holds outputs or an execution count."""
    return [
        f"Cell {cell.position} holds outputs or an execution count: run python -m tutor clean."
        for cell in notebook.code_cells
        if cell.content.get("outputs") or cell.content.get("execution_count") is not None
    ]


def is_clean(notebook: Notebook) -> list[str]:
    """Require that it is exactly what `python -m tutor clean` writes."""
    expected = to_text(clean(notebook.content))
    actual = to_text(notebook.content)
    if notebook.path.is_file():
        actual = notebook.path.read_bytes().decode("utf-8")
    return [] if actual == expected else ["It is not clean: run python -m tutor clean."]


def has_headings_in_order(notebook: Notebook) -> list[str]:
    """Require that its only heading of level one opens it, and no level is skipped."""
    levels = [heading.level for heading in notebook.headings]
    problems = []
    if not levels or levels[0] != 1 or notebook.headings[0].cell != 1:
        problems.append("It does not open with a heading of level one.")
    if levels.count(1) != 1:
        problems.append(f"It has {levels.count(1)} headings of level one; one is right.")
    problems += [
        f"The heading {after.text!r} skips a level."
        for before, after in zip(notebook.headings, notebook.headings[1:], strict=False)
        if after.level > before.level + 1
    ]
    problems += [
        f"Cell {heading.cell} has a heading without text."
        for heading in notebook.headings
        if not heading.text
    ]
    return problems


def has_short_text(notebook: Notebook) -> list[str]:
    """Require at most 150 words a cell; tables and the generated index do not count."""
    counts = (
        (cell, count_words(cell.source))
        for cell in notebook.markdown_cells
        if GENERATED_TAG not in cell.tags
    )
    return [
        f"Cell {cell.position} has {words} words; at most {MAX_WORDS} are allowed."
        for cell, words in counts
        if words > MAX_WORDS
    ]


def has_short_code(notebook: Notebook) -> list[str]:
    """Require that no cell of code has more than 15 lines, without blank lines and comments.

    A text over several lines counts as one line, and may have 250 words.
    """
    problems = []
    for cell in notebook.code_cells:
        lines = code_lines(cell.source)
        if lines > MAX_CODE_LINES:
            problems.append(
                f"Cell {cell.position} has {lines} lines of code; "
                f"at most {MAX_CODE_LINES} are allowed."
            )
        tree = parse(cell)
        problems += [
            f"Cell {cell.position} holds a text of more than {MAX_WORDS_IN_STRING} words."
            for node in (ast.walk(tree) if tree else ())
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and count_words(node.value) > MAX_WORDS_IN_STRING
        ]
    return problems


def code_lines(source: str) -> int:
    """Count the lines that hold code; a text over several lines counts as one."""
    skipped = (
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENDMARKER,
    )
    tokens = _tokens(source)
    return len({token.start[0] for token in tokens if token.type not in skipped})


def _tokens(source: str) -> list[tokenize.TokenInfo]:
    try:
        return list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):  # `has_plain_python` speaks of it
        return []


def has_plain_python(notebook: Notebook) -> list[str]:
    """Require that every cell of code holds plain Python, without magics."""
    return [
        f"Cell {cell.position} is {'not plain Python' if cell.source.strip() else 'empty'}."
        for cell in notebook.code_cells
        if parse(cell) is None or not cell.source.strip()
    ]


def has_no_semicolons(notebook: Notebook) -> list[str]:
    """Require that no statement ends with a semicolon: nbval is not silenced by it."""
    return [
        f"Cell {cell.position} has a semicolon."
        for cell in notebook.code_cells
        if any(token.string == ";" for token in _tokens(cell.source) if token.type == tokenize.OP)
    ]


def has_no_outside_address(notebook: Notebook) -> list[str]:
    """Require that no code names another host: nothing is fetched when a notebook runs."""
    return [
        f"Cell {cell.position} names {address} in code."
        for cell in notebook.code_cells
        for address in _OUTSIDE.findall(cell.source)
    ]


def has_alternative_texts(notebook: Notebook) -> list[str]:
    """Require that every image has an alternative text, and its file is in the repository."""
    images = [link for link in notebook.links if link.is_image]
    without = [
        f"The image {link.target!r} in cell {link.cell} has no alternative text."
        for link in images
        if not link.text.strip()
    ]
    foreign = [
        f"The image {link.target!r} in cell {link.cell} is not a file of the repository."
        for link in images
        if ":" in link.target
    ]
    return without + foreign


def has_links_that_resolve(notebook: Notebook) -> list[str]:
    """Require that links lead to a file, and ``#`` to a heading or a row of the data."""
    rows = data_row_ids(notebook.root)
    return [
        f"The link {link.target!r} in cell {link.cell} leads nowhere."
        for link in notebook.links
        if not _resolves(link, notebook, rows)
    ]


def _resolves(link: Link, notebook: Notebook, rows: frozenset[str]) -> bool:
    if re.match(r"(https?://|mailto:)\S", link.target):
        return True
    address, _, fragment = unquote(link.target).partition("#")
    target = notebook
    if address:
        path = notebook.path.parent / address
        if not path.exists():
            return False
        if not fragment:
            return True
        if path.suffix != ".ipynb":
            return False  # only headings of notebooks can be looked up
        target = read(path.resolve(), notebook.root)
    return fragment in anchors(target) or fragment in rows


def has_declared_imports(notebook: Notebook) -> list[str]:
    """Require imports that are Python's, the course's, or in both lists of dependencies."""
    return [
        f"Cell {cell.position} imports {name}, which {file} does not name."
        for cell in notebook.code_cells
        for name in sorted(_imported(cell))
        for file in files_that_do_not_declare(name, notebook.root)
    ]


def _imported(cell: Cell) -> set[str]:
    names = set()
    for node in ast.walk(parse(cell) or ast.Module([], [])):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name.partition(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(module)):
                names.add(module.partition(".")[0])
    return names


def files_that_do_not_declare(module: str, root: Path) -> list[str]:
    """Name the lists of dependencies (of those that exist) in which a module is missing."""
    if module == "tutor" or module in sys.stdlib_module_names:
        return []
    distributions = {_canonical(name) for name in packages_distributions().get(module, [module])}
    declared = {"pyproject.toml": _project_dependencies, "environment.yml": _conda_dependencies}
    return [
        file
        for file, dependencies in declared.items()
        if (root / file).is_file() and not distributions & dependencies(root / file)
    ]


def _project_dependencies(path: Path) -> set[str]:
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    return {_canonical(line) for line in project["dependencies"]}


def _conda_dependencies(path: Path) -> set[str]:
    lines = re.findall(r"^\s*-\s+([A-Za-z0-9._-]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {_canonical(line) for line in lines}


def _canonical(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]*", requirement.strip())
    return re.sub(r"[-_.]+", "-", name[0]).lower() if name else ""


def calls_only_the_tutor(notebook: Notebook) -> list[str]:
    """Require that a lesson's code only calls the course's package; no machinery stands in the way.

    A cell may be an import from `tutor`, a call of what was imported, or a call on the result of
    one. A cell that teaches Python carries the tag ``python`` and is free.
    """
    if notebook.kind != "lesson":
        return []
    problems, known = [], set[str]()
    for cell in notebook.code_cells:
        tree = parse(cell)
        if tree is None or PYTHON_TAG in cell.tags:
            continue
        problems += [
            f"Cell {cell.position} has machinery in it ({type(node).__name__})."
            for node in ast.walk(tree)
            if isinstance(node, _MACHINERY)
        ]
        for statement in tree.body:
            if isinstance(statement, _MACHINERY):
                continue  # said above
            bound = _bound_by(statement, known)
            if bound is None:
                problems.append(f"Cell {cell.position} does more than call the course's package.")
            known |= bound or set()
    return problems


def _bound_by(statement: ast.stmt, known: set[str]) -> set[str] | None:
    """Return the names that an allowed statement binds; `None` for any other statement."""
    match statement:
        case ast.Import(names=aliases) if all(_is_tutor(alias.name) for alias in aliases):
            return {alias.asname or alias.name.partition(".")[0] for alias in aliases}
        case ast.ImportFrom(module=str(module), names=aliases) if _is_tutor(module):
            return {alias.asname or alias.name for alias in aliases}
        case ast.Expr(value=value) if _root_name(value) in known:
            return set()
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return {name} if _root_name(value) in known else None
    return None


def _is_tutor(module: str) -> bool:
    return module.partition(".")[0] == "tutor"


def _root_name(expression: ast.expr) -> str | None:
    """Return the name that a chain of calls and attributes begins with."""
    match expression:
        case ast.Name(id=name):
            return name
        case ast.Call(func=inner) | ast.Attribute(value=inner) | ast.Subscript(value=inner):
            return _root_name(inner)
    return None


def keeps_the_rhythm(notebook: Notebook) -> list[str]:
    """Require of lessons 01 to 08 and 10 three predictions, an explorable, five questions."""
    if notebook.kind != "lesson" or notebook.number not in WITH_RHYTHM:
        return []
    names = [call.name for call in calls(notebook)]
    counts = (
        ("predictions", names.count("predict"), MIN_PREDICTIONS),
        ("questions", names.count("quiz"), MIN_QUESTIONS),
        ("explorables", sum(name.startswith("explore_") for name in names), MIN_EXPLORABLES),
    )
    return [
        f"It has {found} {what}; at least {least} are wanted."
        for what, found, least in counts
        if found < least
    ]


def closes_with_recall(notebook: Notebook) -> list[str]:
    """Require that lessons 01 to 08 and 10 close with two questions on earlier lessons."""
    if notebook.kind != "lesson" or notebook.number not in WITH_RHYTHM:
        return []
    asked, problems, closing = 0, [], False
    for call in calls(notebook):
        if call.name in RECALLS:
            closing = True
            asked += _count_of_recalls(call)
        elif closing and (call.name == "predict" or call.name.startswith("explore_")):
            problems.append(f"Cell {call.cell} comes after the questions that close the lesson.")
    if asked < MIN_RECALLS:
        problems.append(
            f"It closes with {asked} questions on earlier lessons; {MIN_RECALLS} are wanted."
        )
    return problems


def _count_of_recalls(call: Call) -> int:
    position, default = RECALLS[call.name]
    named = (keyword.value for keyword in call.node.keywords if keyword.arg == "count")
    value = next(named, None) or next(iter(call.node.args[position:]), None)
    return value.value if isinstance(value, ast.Constant) else default


RULES: tuple[Rule, ...] = (
    is_valid_notebook,
    is_named_by_number,
    is_small,
    has_no_outputs,
    is_clean,
    contract_problems,
    has_headings_in_order,
    has_short_text,
    has_short_code,
    has_plain_python,
    has_no_semicolons,
    has_no_outside_address,
    has_alternative_texts,
    has_links_that_resolve,
    has_declared_imports,
    calls_only_the_tutor,
    keeps_the_rhythm,
    closes_with_recall,
    *SLIDE_RULES,
)


def notebook_problems(notebook: Notebook) -> list[str]:
    """Say everything that is wrong with a notebook."""
    return [problem for rule in RULES for problem in rule(notebook)]
