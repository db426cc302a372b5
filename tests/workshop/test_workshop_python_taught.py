"""The table of constructs, and the test that holds the tasks to what has been taught."""

import pytest
from made_up import SOLUTION_CELLS, SOLUTION_CONTRACT, content, task

from tutor.workshop import python_taught
from tutor.workshop.contracts import Lesson, lesson_of
from tutor.workshop.notebooks import Notebook
from tutor.workshop.python_taught import CONSTRUCTS, constructs_in, python_problems


@pytest.mark.parametrize("construct", CONSTRUCTS, ids=lambda construct: construct.name)
def test_every_example_holds_its_construct(construct):
    assert construct.name in constructs_in(construct.example)
    assert constructs_in(construct.example) <= python_taught.NAMES


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("answer = ...", "assignment"),
        ("year", ""),
        ("-5", "number"),
        ("-x", "arithmetic"),
        ("0.5", "number"),
        ("a = 'b'", "assignment, string"),
        ("f'{year} AD'", "f-string"),
        ("len(ties)", "call"),
        ("ties.head(3)", "method call, number"),
        ("ties.shape", "attribute"),
        ("ties.data.head()", "method call, attribute"),
        ("ties['kind']", "index, string"),
        ("ties.loc[1, 'kind']", "attribute, index, number, string"),
        ("years[-1]", "index, number"),
        ("years[1:]", "slice, number"),
        ("ties[ties['start'] > 1945]", "filter, index, string, comparison, number"),
        ("ties[old & new]", "filter, combined conditions"),
        ("ties[~old]", "filter, combined conditions"),
        ("a < b == c", "comparison"),
        ("a in b", "membership"),
        ("not a or b", "boolean operator"),
        ("a, b = c", "multiple assignment"),
        ("for a, b in c:\n    d(a)", "for loop, multiple assignment, call"),
        ("[a for a, b in c if a]", "comprehension, multiple assignment"),
        ("def f(x):\n    return x", "function"),
        ("def f(x=1):\n    return x", "function, default argument, number"),
        ("f(x=True)", "call, keyword argument, true or false"),
        ("f(*a, **b)", "call, unpacking"),
        ('a = """b\nc"""', "assignment, text block"),
        ("class A:\n    pass", "ClassDef, Pass"),
        ("with a:\n    b", "With, withitem"),
        ("(a := 1)", "NamedExpr, number"),
    ],
)
def test_what_is_found(source, names):
    assert constructs_in(source) == frozenset(names.split(", ") if names else ())


def taught(solution: Notebook, **teaches: tuple[str, ...]) -> list[str]:
    """Return what is said when some tasks (by their number, as in ``_2``) teach something else."""
    contract = SOLUTION_CONTRACT | {
        "tasks": [
            dict(item, teaches=list(teaches.get(f"_{number}", item["teaches"])))
            for number, item in enumerate(SOLUTION_CONTRACT["tasks"], start=1)
        ]
    }
    changed = Notebook(solution.path, content(contract, SOLUTION_CELLS), solution.root)
    return python_problems([changed])


def test_made_up_tasks_keep_to_it(solution):
    assert python_problems([solution]) == []


def test_use_before_it_is_taught(solution):
    assert taught(solution, _2=()) == ["01.2 uses 'arithmetic' before it is taught."]


def test_taught_too_late(solution):
    problems = taught(solution, _2=(), _3=("arithmetic",))
    assert problems == ["01.2 uses 'arithmetic' before it is taught."]


def test_taught_twice(solution):
    assert taught(solution, _3=("arithmetic",)) == ["01.3 teaches 'arithmetic' a second time."]


def test_taught_but_not_shown(solution):
    assert taught(solution, _3=("lambda",)) == ["01.3 teaches 'lambda' but shows none."]


def test_unknown_construct(solution):
    assert taught(solution, _3=("magic",)) == ["01.3 teaches 'magic', which is not a construct."]


def test_later_exercise_builds_on_earlier_ones_but_not_on_stretches(solution):
    def second(*teaches: str) -> Notebook:
        cells = [
            cell | {"source": cell["source"].replace("answer_3 = 1843", "answer_3 = [1]")}
            for cell in SOLUTION_CELLS
        ]
        tasks = [dict(task(number), teaches=[]) for number in range(1, 7)]
        tasks[2]["teaches"] = list(teaches)
        contract = SOLUTION_CONTRACT | {"tasks": tasks}
        return Notebook(solution.path, content(contract, cells), solution.root)

    missing = ["01.3 uses 'list' before it is taught."]
    assert python_problems([solution, second()]) == missing
    assert python_problems([solution, second("list")]) == []


def test_lessons_may_teach(lesson, solution):
    contract = lesson_of(lesson)
    earlier = Lesson(**vars(contract) | {"teaches": ("arithmetic",)})
    later = Lesson(**vars(earlier) | {"number": "02"})
    stripped = SOLUTION_CONTRACT | {
        "tasks": [
            dict(item, teaches=[name for name in item["teaches"] if name != "arithmetic"])
            for item in SOLUTION_CONTRACT["tasks"]
        ]
    }
    changed = Notebook(solution.path, content(stripped, SOLUTION_CELLS), solution.root)
    assert python_problems([changed], [earlier]) == []
    assert python_problems([changed], [later])


def test_setup_cells_are_free(solution):
    free = [
        *SOLUTION_CELLS,
        {
            "cell_type": "code",
            "metadata": {"tags": ["setup"]},
            "source": "class A:\n    b = 1",
        },
    ]
    notebook = Notebook(solution.path, content(SOLUTION_CONTRACT, free), solution.root)
    assert python_problems([notebook]) == []
    free[-1]["metadata"] = {}
    notebook = Notebook(solution.path, content(SOLUTION_CONTRACT, free), solution.root)
    assert python_problems([notebook]) == ["01.6 uses 'ClassDef' before it is taught."]
