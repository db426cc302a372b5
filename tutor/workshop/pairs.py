"""What a solution and the exercise made out of it must keep to as a pair, rule by rule.

Each rule takes a solution and returns sentences that say what is wrong; an empty list means that
it holds. The exercise is read from its file, so that a change made there by hand shows.
"""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tutor.workshop.clean import to_text
from tutor.workshop.contracts import exercise_of, fits_schema, lesson_of
from tutor.workshop.exercises import (
    BEGIN,
    END,
    RUBRIC_TAG,
    SOLUTION_TAG,
    exercise_from,
    exercise_path,
)
from tutor.workshop.notebooks import (
    REPOSITORY,
    Call,
    Cell,
    Notebook,
    calls,
    course_notebooks,
    course_paths,
    first_argument,
    parse,
    read,
)
from tutor.workshop.python_taught import cells_of_tasks, python_problems

_OPENS_TEXT = re.compile(r"\w+ = [rf]?(\"\"\"|''')\\?")
_LONG = 12  # a shorter line may stand inside another by chance


def exercise_of_solution(solution: Notebook) -> Notebook:
    """Read the exercise that lies beside a solution."""
    return read(exercise_path(solution.path), solution.root)


def has_exercise(solution: Notebook) -> list[str]:
    """Require that there is an exercise of the same name."""
    path = exercise_path(solution.path)
    return [] if path.is_file() else [f"There is no exercises/{path.name}."]


def exercise_is_up_to_date(solution: Notebook) -> list[str]:
    """Require that the exercise is what the command makes out of the solution."""
    actual = to_text(exercise_of_solution(solution).content)
    if actual == to_text(exercise_from(solution)):
        return []
    return ["Its exercise differs from it: run python -m tutor exercises."]


def stubs_stand_in_solution(solution: Notebook) -> list[str]:
    """Require each line of an exercise's cell to stand in the solution's, in order."""
    originals = {cell.content.get("id"): cell.source for cell in solution.cells}
    problems = []
    for cell in exercise_of_solution(solution).cells:
        lines = iter(originals.get(cell.content.get("id"), "").splitlines())
        problems += [
            f"The exercise's cell {cell.position} has a line that its solution has not: {line!r}"
            for line in cell.source.splitlines()
            if line not in lines  # the iterator goes on from the line found last
        ]
    return problems


def no_answer_is_left(solution: Notebook) -> list[str]:
    """Require that no line of the solution alone stands anywhere in the exercise."""
    exercise = exercise_of_solution(solution).content
    given = {line.strip() for text in _texts(exercise) for line in text.splitlines()}
    whole = "\n".join(sorted(given))
    return [
        f"The exercise holds a line of the solution: {line!r}"
        for line in sorted(set(_secret_lines(solution)))
        if line in given or (len(line) >= _LONG and line in whole)
    ]


def _texts(part: Any) -> Iterator[str]:
    """Yield every string in a notebook: sources, metadata, outputs, keys."""
    match part:
        case str():
            yield part
        case list():
            for item in part:
                yield from _texts(item)
        case dict():
            yield from part
            for item in part.values():
                yield from _texts(item)


def _secret_lines(solution: Notebook) -> Iterator[str]:
    for cell in solution.cells:
        inside = SOLUTION_TAG in cell.tags
        for line in cell.source.splitlines():
            text = line.strip()
            if text in (BEGIN, END):
                inside = text == BEGIN
            elif inside and not _tells_nothing(text):
                yield text


def _tells_nothing(line: str) -> bool:
    """Say whether a line is only punctuation, Python's own words, or the opening of a text."""
    words = re.findall(r"\w+", line)
    return all(keyword.iskeyword(word) for word in words) or bool(_OPENS_TEXT.fullmatch(line))


def exercise_has_no_outputs(solution: Notebook) -> list[str]:
    """Require that the exercise holds no outputs, which could show an answer."""
    return [
        f"The exercise's cell {cell.position} holds outputs."
        for cell in exercise_of_solution(solution).code_cells
        if cell.content.get("outputs")
    ]


def contracts_agree(solution: Notebook) -> list[str]:
    """Require the exercise's contract to say what the solution's says, and no more."""
    exercise = dict(exercise_of_solution(solution).contract)
    exercise.pop("made", None)
    same = exercise == solution.contract | {"kind": "exercise"}
    return [] if same else ["The contract of the exercise is not that of the solution."]


def exercise_is_plain_python(solution: Notebook) -> list[str]:
    """Require that what is left of a cell can be run; a function's stub needs ``...``."""
    return [
        f"The exercise's cell {cell.position} is not plain Python any more."
        for cell in exercise_of_solution(solution).code_cells
        if parse(cell) is None
    ]


def tasks_have_headings(solution: Notebook) -> list[str]:
    """Require of each task a ``##`` heading with id and title, in the contract's order."""
    cells = cells_of_tasks(solution, exercise_of(solution).tasks)
    problems = [
        f"Task {task} has no ## heading with its id and title."
        for task, found in cells.items()
        if not found
    ]
    starts = [found[0].position for found in cells.values() if found]
    if starts != sorted(starts):
        problems.append("The tasks do not stand in the order of the contract.")
    return problems


def tasks_have_something_to_do(solution: Notebook) -> list[str]:
    """Require that every task leaves out a part for the student."""
    tasks = exercise_of(solution).tasks
    return [
        f"Nothing is left out in task {task}."
        for task, cells in cells_of_tasks(solution, tasks).items()
        if not any(BEGIN in cell.source or SOLUTION_TAG in cell.tags for cell in cells)
    ]


def tasks_are_checked(solution: Notebook) -> list[str]:
    """Require that every task is checked, in its own cells, by the last statement of a cell.

    Only an argument in writing may do without a check.
    """
    tasks = exercise_of(solution).tasks
    cells = cells_of_tasks(solution, tasks)
    checked = {task.id: check_calls(solution, cells[task.id]) for task in tasks}
    problems = [
        f"Task {task.id} is not checked."
        for task in tasks
        if task.kind != "argue" and not checked[task.id]
    ]
    inside = [call for found in checked.values() for call in found]
    problems += [
        f"In task {task}, cell {call.cell} checks {first_argument(call)!r}."
        for task, found in checked.items()
        for call in found
        if first_argument(call) != task
    ]
    problems += [
        f"Cell {call.cell} checks outside of any task."
        for call in check_calls(solution, solution.cells)
        if call.cell not in {known.cell for known in inside}
    ]
    return problems + [
        f"In cell {call.cell} the check is not the last statement, so its verdict does not show."
        for call in inside
        if not _is_last(call, solution.cells[call.cell - 1])
    ]


def check_calls(notebook: Notebook, cells: list[Cell] | tuple[Cell, ...]) -> list[Call]:
    """List the calls of `check` in some cells of a notebook."""
    positions = {cell.position for cell in cells}
    return [call for call in calls(notebook) if call.name == "check" and call.cell in positions]


def _is_last(call: Call, cell: Cell) -> bool:
    tree = parse(cell)
    last = tree.body[-1] if tree and tree.body else None
    return isinstance(last, ast.Expr) and ast.dump(last.value) == ast.dump(call.node)


def arguments_have_rubrics(solution: Notebook) -> list[str]:
    """Require of a task to argue a cell with the tag ``rubric`` and a model answer.

    The student sees the rubric: it stays in the exercise.
    """
    problems = []
    tasks = exercise_of(solution).tasks
    cells = cells_of_tasks(solution, tasks)
    for task in (task for task in tasks if task.kind == "argue"):
        tags = [cell.tags for cell in cells[task.id]]
        if not any(RUBRIC_TAG in tag and SOLUTION_TAG not in tag for tag in tags):
            problems.append(f"Task {task.id} has no cell with the tag {RUBRIC_TAG!r}.")
        if not any(BEGIN in cell.source or SOLUTION_TAG in cell.tags for cell in cells[task.id]):
            problems.append(f"Task {task.id} has no model answer.")
    return problems


RULES: tuple[Callable[[Notebook], list[str]], ...] = (
    exercise_is_up_to_date,
    stubs_stand_in_solution,
    no_answer_is_left,
    exercise_has_no_outputs,
    contracts_agree,
    exercise_is_plain_python,
    tasks_have_headings,
    tasks_have_something_to_do,
    tasks_are_checked,
    arguments_have_rubrics,
)


def pair_problems(solution: Notebook) -> list[str]:
    """Say everything that is wrong with a solution and its exercise."""
    problems = fits_schema(solution) or has_exercise(solution)
    if problems:  # the other rules presume them
        return problems
    return [problem for rule in RULES for problem in rule(solution)]


def every_exercise_has_solution(root: Path = REPOSITORY) -> list[str]:
    """Say which exercises no solution makes."""
    solutions = {path.name for path in course_paths(root, "solutions")}
    return [
        f"exercises/{path.name} has no solution of the same name."
        for path in course_paths(root, "exercises")
        if path.name not in solutions
    ]


def course_problems(root: Path = REPOSITORY) -> list[str]:
    """Say what is wrong with all pairs, and with the order in which they teach Python."""
    solutions = course_notebooks(root, "solutions")
    problems = every_exercise_has_solution(root)
    for solution in solutions:
        problems += [f"{solution.name}: {problem}" for problem in pair_problems(solution)]
    return problems or problems_of_teaching(root)


def problems_of_teaching(root: Path = REPOSITORY) -> list[str]:
    """Say where a task uses Python that has not been taught, over the whole course."""
    lessons = [lesson_of(notebook) for notebook in course_notebooks(root, "lessons")]
    return python_problems(course_notebooks(root, "solutions"), lessons)
