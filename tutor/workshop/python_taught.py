"""The Python that the exercises teach, construct by construct, and the test that holds them to it.

A task may use what the lessons and tasks before it have introduced, and what it introduces itself:
its contract lists that under `teaches`, in the names of `CONSTRUCTS`. What a task introduces has to
be shown to the student, in a cell of code or as code in the text, before she is asked for it. A
stretch task may introduce constructs too, but later tasks cannot build on them.

Cells before the first task, and cells with the tag ``setup``, are there to be run, not read.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tutor.workshop.contracts import Exercise, Lesson, Task, exercise_of
from tutor.workshop.exercises import exercise_from
from tutor.workshop.notebooks import Cell, Notebook, fenced_code

SETUP_TAG = "setup"

_BITWISE = (ast.BitAnd, ast.BitOr, ast.BitXor, ast.Invert)
_CONDITIONS = (ast.Compare, ast.BoolOp, *_BITWISE)


@dataclass(frozen=True)
class Construct:
    """One construct of the language.

    Attributes
    ----------
    name
        What the contracts call it.
    example
        The smallest piece of Python that holds it.
    nodes
        The nodes of the syntax tree that can be it.
    when
        Whether a node, given the node around it, is it.
    """

    name: str
    example: str
    nodes: tuple[type[ast.AST], ...]
    when: Callable[[ast.AST, ast.AST], bool] = lambda node, parent: True


def _is_constant(*types: type) -> Callable[[ast.AST, ast.AST], bool]:
    return lambda node, parent: type(node.value) in types


def _is_string(node: ast.AST, parent: ast.AST) -> bool:
    in_f_string = isinstance(parent, ast.JoinedStr)
    return isinstance(node.value, str) and not in_f_string and node.lineno == node.end_lineno


def _is_text_block(node: ast.AST, parent: ast.AST) -> bool:
    return isinstance(node.value, str) and node.lineno != node.end_lineno


def _is_called(node: ast.AST, parent: ast.AST) -> bool:
    return isinstance(parent, ast.Call) and parent.func is node


def _is_literal(node: ast.AST, parent: ast.AST) -> bool:
    in_index = isinstance(parent, ast.Subscript) and parent.slice is node
    return isinstance(node.ctx, ast.Load) and not in_index


def _is_slice(node: ast.AST, parent: ast.AST) -> bool:
    return any(isinstance(part, ast.Slice) for part in ast.walk(node.slice))


def _is_filter(node: ast.AST, parent: ast.AST) -> bool:
    return any(isinstance(part, _CONDITIONS) for part in ast.walk(node.slice))


def _has_target(*types: type[ast.AST]) -> Callable[[ast.AST, ast.AST], bool]:
    def has_target(node: ast.AST, parent: ast.AST) -> bool:
        targets = getattr(node, "targets", None) or [node.target]
        return any(isinstance(target, types) for target in targets)

    return has_target


def _has_operator(*types: type[ast.AST]) -> Callable[[ast.AST, ast.AST], bool]:
    return lambda node, parent: any(
        isinstance(operator, types) for operator in getattr(node, "ops", None) or [node.op]
    )


def _is_calculated(node: ast.AST, parent: ast.AST) -> bool:
    if isinstance(node, ast.UnaryOp):  # -5 is a number, -x is arithmetic
        return isinstance(node.op, ast.USub | ast.UAdd) and not isinstance(
            node.operand, ast.Constant
        )
    return not isinstance(node.op, _BITWISE)


CONSTRUCTS = (
    Construct("assignment", "year = 1860", (ast.Assign,), _has_target(ast.Name)),
    Construct("number", "1860", (ast.Constant,), _is_constant(int, float)),
    Construct("string", "'Vladivostok'", (ast.Constant,), _is_string),
    Construct("text block", '"""one line\nand another"""', (ast.Constant,), _is_text_block),
    Construct("true or false", "True", (ast.Constant,), _is_constant(bool)),
    Construct("none", "None", (ast.Constant,), _is_constant(type(None))),
    Construct(
        "call", "len(ties)", (ast.Call,), lambda node, _: not isinstance(node.func, ast.Attribute)
    ),
    Construct(
        "method call",
        "ties.head()",
        (ast.Call,),
        lambda node, _: isinstance(node.func, ast.Attribute),
    ),
    Construct(
        "keyword argument", "show(year=1860)", (ast.keyword,), lambda node, _: node.arg is not None
    ),
    Construct(
        "attribute",
        "ties.shape",
        (ast.Attribute,),
        lambda node, parent: not _is_called(node, parent),
    ),
    Construct(
        "index",
        "years[0]",
        (ast.Subscript,),
        lambda node, parent: not _is_slice(node, parent) and not _is_filter(node, parent),
    ),
    Construct("slice", "years[1:3]", (ast.Subscript,), _is_slice),
    Construct("filter", "ties[ties.start > 1945]", (ast.Subscript,), _is_filter),
    Construct("list", "[1858, 1860]", (ast.List,), _is_literal),
    Construct("tuple", "(1858, 1860)", (ast.Tuple,), _is_literal),
    Construct("dictionary", "{'CHN': 3}", (ast.Dict,)),
    Construct("set", "{'CHN', 'RUS'}", (ast.Set,)),
    Construct("arithmetic", "1945 - 1860", (ast.BinOp, ast.UnaryOp), _is_calculated),
    Construct(
        "comparison",
        "year > 1945",
        (ast.Compare,),
        _has_operator(ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE),
    ),
    Construct("membership", "'CHN' in pair", (ast.Compare,), _has_operator(ast.In, ast.NotIn)),
    Construct("identity", "answer is None", (ast.Compare,), _has_operator(ast.Is, ast.IsNot)),
    Construct("boolean operator", "old and new", (ast.BoolOp,)),
    Construct("boolean operator", "not old", (ast.UnaryOp,), _has_operator(ast.Not)),
    Construct(
        "combined conditions", "old & new", (ast.BinOp, ast.UnaryOp), _has_operator(*_BITWISE)
    ),
    Construct("f-string", "f'{year}'", (ast.JoinedStr,)),
    Construct("for loop", "for year in years:\n    show(year)", (ast.For,)),
    Construct("while loop", "while year:\n    year = 0", (ast.While,)),
    Construct("break or continue", "for x in y:\n    break", (ast.Break, ast.Continue)),
    Construct("if", "if year:\n    show(year)", (ast.If,)),
    Construct("conditional expression", "1 if year else 0", (ast.IfExp,)),
    Construct("function", "def double(x):\n    return 2 * x", (ast.FunctionDef,)),
    Construct(
        "default argument",
        "def double(x=1):\n    return 2 * x",
        (ast.arguments,),
        lambda node, _: bool(node.defaults or any(node.kw_defaults)),
    ),
    Construct(
        "annotation",
        "def double(x: int):\n    return 2 * x",
        (ast.arg,),
        lambda node, _: node.annotation is not None,
    ),
    Construct("annotation", "year: int = 1860", (ast.AnnAssign,)),
    Construct("lambda", "lambda x: x", (ast.Lambda,)),
    Construct(
        "comprehension",
        "[year for year in years]",
        (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    ),
    Construct(
        "multiple assignment",
        "first, last = pair",
        (ast.Assign, ast.For, ast.comprehension),
        _has_target(ast.Tuple, ast.List),
    ),
    Construct("item assignment", "gdp['CHN'] = 3", (ast.Assign,), _has_target(ast.Subscript)),
    Construct("updating assignment", "total += 1", (ast.AugAssign,)),
    Construct("unpacking", "show(*pair)", (ast.Starred,)),
    Construct("unpacking", "show(**pair)", (ast.keyword,), lambda node, _: node.arg is None),
    Construct("import", "import numpy", (ast.Import, ast.ImportFrom)),
)
NAMES = frozenset(construct.name for construct in CONSTRUCTS)

# Parts of the constructs above, with no meaning of their own for a learner.
_STRUCTURE = (
    ast.Module,
    ast.Expr,
    ast.Name,
    ast.Return,
    ast.arguments,
    ast.arg,
    ast.keyword,
    ast.alias,
    ast.comprehension,
    ast.FormattedValue,
    ast.Slice,
    ast.expr_context,
    ast.operator,
    ast.unaryop,
    ast.cmpop,
    ast.boolop,
)


def constructs_in(source: str) -> frozenset[str]:
    """Name the constructs that a piece of Python uses.

    What the table does not know is called by the name of its syntax node (``"ClassDef"``), so that
    it cannot slip through. ``...``, which marks what is to be filled in, is free.

    Raises
    ------
    SyntaxError
        If the source is not Python.
    """
    return frozenset(
        name for node, parent in _with_parents(ast.parse(source)) for name in _names(node, parent)
    )


def _with_parents(tree: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            yield node, parent


def _names(node: ast.AST, parent: ast.AST) -> set[str]:
    names = {
        construct.name
        for construct in CONSTRUCTS
        if isinstance(node, construct.nodes) and construct.when(node, parent)
    }
    known = names or isinstance(node, _STRUCTURE) or _is_free(node, parent)
    return names if known else {type(node).__name__}


def _is_free(node: ast.AST, parent: ast.AST) -> bool:
    """Say whether an unnamed node belongs to what its neighbours already name."""
    match node:
        case ast.Constant(value=value):
            return value is Ellipsis or isinstance(parent, ast.JoinedStr)
        case ast.Attribute():
            return _is_called(node, parent)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=ast.Constant()):
            return True
        case ast.List() | ast.Tuple():
            return not _is_literal(node, parent)
    return False


def cells_of_tasks(notebook: Notebook, tasks: Iterable[Task]) -> dict[str, list[Cell]]:
    """Give every task the cells from its own ``##`` heading to the next one.

    The heading of a task carries its id and its title; a task without one has no cells.
    """
    tasks = tuple(tasks)
    owners: dict[int, str] = {}
    for heading in notebook.headings:
        if heading.level <= 2:
            owner = [task.id for task in tasks if _is_heading_of(heading.text, task)]
            owners[heading.cell] = owner[0] if owner else ""
    cells: dict[str, list[Cell]] = {task.id: [] for task in tasks}
    current = ""
    for cell in notebook.cells:
        current = owners.get(cell.position, current)
        if current:
            cells[current].append(cell)
    return cells


def _is_heading_of(text: str, task: Task) -> bool:
    return task.id in text.replace(":", " ").split() and task.title in text


def python_problems(solutions: Iterable[Notebook], lessons: Iterable[Lesson] = ()) -> list[str]:
    """Hold every task to what has been taught when a student reaches it.

    Parameters
    ----------
    solutions
        All solutions, in the order of the course.
    lessons
        The contracts of all lessons; what they teach counts for their own exercise and later ones.

    Returns
    -------
    list of str
        What is used before it is introduced, introduced twice, or introduced without being shown.
    """
    lessons = tuple(lessons)
    taught: set[str] = set()
    problems: list[str] = []
    for solution in solutions:
        contract = exercise_of(solution)
        for lesson in lessons:
            if lesson.number <= contract.number:
                taught.update(lesson.teaches)
        shown = Notebook(solution.path, exercise_from(solution), solution.root)
        problems += _problems_of_exercise(solution, shown, contract, taught)
    return problems


def tasks_that_teach_what_is_missing(
    chosen: Iterable[Notebook], left_out: Iterable[Notebook]
) -> dict[str, tuple[str, ...]]:
    """Say which tasks of exercises that a course leaves out teach what its own exercises use.

    Parameters
    ----------
    chosen
        The solutions of the exercises that are set, in their order.
    left_out
        The other solutions.

    Returns
    -------
    dict of str to tuple of str
        For each such task the constructs that are needed from it.
    """
    taught: set[str] = set()
    missing: set[str] = set()
    for solution in chosen:
        contract = exercise_of(solution)
        cells = cells_of_tasks(solution, contract.tasks)
        for task in contract.tasks:
            missing |= _used(cells[task.id]) - taught - set(task.teaches)
            taught |= set() if task.stretch else set(task.teaches)
    return {
        task.id: tuple(name for name in task.teaches if name in missing)
        for solution in left_out
        for task in exercise_of(solution).tasks
        if not task.stretch and missing & set(task.teaches)
    }


def _problems_of_exercise(
    solution: Notebook, shown: Notebook, contract: Exercise, taught: set[str]
) -> list[str]:
    """Look at one exercise; `taught` grows by what it teaches."""
    problems = []
    cells = cells_of_tasks(solution, contract.tasks)
    shown_cells = cells_of_tasks(shown, contract.tasks)
    for task in contract.tasks:
        new = set(task.teaches)
        used = _used(cells[task.id])
        visible = _visible(shown_cells[task.id])
        problems += [
            f"{task.id} {sentence}"
            for sentence in (
                *(f"teaches {name!r}, which is not a construct." for name in sorted(new - NAMES)),
                *(f"teaches {name!r} a second time." for name in sorted(new & taught)),
                *(f"teaches {name!r} but shows none." for name in sorted(new & NAMES - visible)),
                *(f"uses {name!r} before it is taught." for name in sorted(used - taught - new)),
            )
        ]
        if not task.stretch:
            taught |= new
    return problems


def _used(cells: Iterable[Cell]) -> frozenset[str]:
    code = (cell for cell in cells if cell.kind == "code" and SETUP_TAG not in cell.tags)
    return frozenset(name for cell in code for name in _constructs_if_python(cell.source))


def _visible(cells: Iterable[Cell]) -> frozenset[str]:
    pieces = (
        piece
        for cell in cells
        for piece in (fenced_code(cell.source) if cell.kind == "markdown" else [cell.source])
    )
    return frozenset(name for piece in pieces for name in _constructs_if_python(piece))


def _constructs_if_python(source: str) -> frozenset[str]:
    try:
        return constructs_in(source)
    except SyntaxError:  # the rule `code_parses` speaks of it
        return frozenset()
