"""Every rule must let the made-up lesson pass, and must find what a test breaks in it."""

from copy import deepcopy

import pytest
from made_up import code, markdown, on_slide, with_cell

from tutor.workshop import rules
from tutor.workshop.notebooks import Notebook
from tutor.workshop.pairs import exercise_of_solution

WORDS_151 = " ".join(["word"] * 151)


def edited(notebook: Notebook, **changes: object) -> Notebook:
    return Notebook(notebook.path, deepcopy(notebook.content) | changes, notebook.root)


def renamed(notebook: Notebook, folder: str, name: str) -> Notebook:
    return Notebook(notebook.root / folder / name, notebook.content, notebook.root)


def test_made_up_notebooks_keep_to_all_rules(lesson, solution):
    exercise = exercise_of_solution(solution)
    assert [rules.notebook_problems(item) for item in (lesson, solution, exercise)] == [[], [], []]


# The rule, a cell that breaks it when it is added to the lesson, and a word of what it says.
BROKEN_BY_A_CELL = [
    (rules.has_short_text, markdown(WORDS_151), "151 words"),
    (rules.has_short_text, markdown(f"[{WORDS_151}](#The-bank)"), "151 words"),
    (rules.has_short_code, code("\n".join(["quiz('q')"] * 16)), "16 lines"),
    (rules.has_short_code, code(f'answer = """{"word " * 251}"""'), "more than 250 words"),
    (rules.has_plain_python, code("%matplotlib inline"), "not plain Python"),
    (rules.has_plain_python, code("!pip install this"), "not plain Python"),
    (rules.has_plain_python, code(""), "is empty"),
    (rules.has_no_semicolons, code("quiz('q');"), "semicolon"),
    (rules.has_no_outside_address, code("quiz('https://example.org/a')"), "https://example.org/a"),
    (rules.has_alternative_texts, markdown("![](picture.svg)"), "no alternative text"),
    (rules.has_alternative_texts, markdown('<img src="picture.svg">'), "no alternative text"),
    (rules.has_alternative_texts, markdown("![x](https://example.org/x.png)"), "not a file"),
    (rules.has_alternative_texts, markdown("![x](attachment:x.png)"), "not a file"),
    (rules.has_links_that_resolve, markdown("[x](02_no_such.ipynb)"), "02_no_such.ipynb"),
    (rules.has_links_that_resolve, markdown("[x](#No-such-heading)"), "#No-such-heading"),
    (rules.has_links_that_resolve, markdown("[x](#E999)"), "#E999"),
    (rules.has_links_that_resolve, markdown("[x](01_a_river.ipynb#No)"), "01_a_river.ipynb#No"),
    (rules.has_links_that_resolve, markdown("![a bank](no.svg)"), "no.svg"),
    (rules.has_links_that_resolve, markdown('<a href="no.html">x</a>'), "no.html"),
    (rules.has_links_that_resolve, markdown("[x]()"), "leads nowhere"),
    (rules.has_links_that_resolve, markdown("[a [b]](no.md)"), "no.md"),
    (rules.has_links_that_resolve, markdown("[![a bank](no.svg)](picture.svg)"), "no.svg"),
    (rules.has_alternative_texts, markdown("[![](picture.svg)](#The-bank)"), "no alternative"),
    (rules.has_headings_in_order, markdown("# Another title"), "2 headings of level one"),
    (rules.has_headings_in_order, markdown("## A\n\n#### B"), "'B' skips"),
    (rules.has_headings_in_order, markdown("## "), "without text"),
    (rules.calls_only_the_tutor, code("def help_me():\n    return 1"), "FunctionDef"),
    (rules.calls_only_the_tutor, code("for x in 'ab':\n    quiz(x)"), "For"),
    (rules.calls_only_the_tutor, code("quiz([x for x in 'ab'])"), "ListComp"),
    (rules.calls_only_the_tutor, code("import pandas"), "more than call"),
    (rules.calls_only_the_tutor, code("print(1)"), "more than call"),
    (rules.calls_only_the_tutor, code("year = 1860"), "more than call"),
    (rules.closes_with_recall, code('predict("01.p4")'), "comes after"),
    (rules.has_no_outputs, code("quiz('q')") | {"execution_count": 3}, "execution count"),
]


@pytest.mark.parametrize(("rule", "cell", "word"), BROKEN_BY_A_CELL)
def test_rule_finds_bad_cell(lesson, rule, cell, word):
    broken = with_cell(lesson, cell)
    broken.content["cells"][-1] |= {
        key: cell[key] for key in ("execution_count", "outputs") if key in cell
    }
    assert rule(lesson) == []
    assert any(word in problem for problem in rule(broken))


GOOD_CELLS = [
    markdown("| a | table |\n|---|---|\n" + f"| {WORDS_151} | x |\n" * 2),
    markdown("```python\n# not a heading\n[x](no.md)\n```\nand `[y](no.md)` in code"),
    markdown("[A book (2nd ed.)](https://example.org/a_(b)) and [the mouth](#Its-depth)"),
    markdown("[next](01_a_river.ipynb#The-mouth), [row](01_a_river.ipynb#E001)"),
    markdown("### The *treaty* of [1860](#E001)\n\n[up](#The-treaty-of-1860)"),
    markdown('<span id="here"></span> and [back](#here)'),
    code("choice = quiz('q')"),
    code('import tutor\n\ntutor.quiz("a; b")'),
    code('answer = """' + "a text; over\n" * 40 + '"""', rules.PYTHON_TAG),
    code("# one\n" * 30 + "\n\nquiz('q')"),
    code("quiz('http://localhost:8888')"),
    code("years = [year for year in range(3)]", rules.PYTHON_TAG),
]


@pytest.mark.parametrize("cell", GOOD_CELLS)
def test_rules_let_good_cell_pass(lesson, cell):
    added = with_cell(
        lesson, on_slide("notes" if cell["cell_type"] == "markdown" else "skip", cell)
    )
    found = [rule(added) for rule in rules.RULES if rule is not rules.is_clean]
    assert [problems for problems in found if problems] == []


def test_generated_cell_may_be_long(lesson):
    long = with_cell(lesson, markdown(WORDS_151, rules.GENERATED_TAG))
    assert rules.has_short_text(long) == []


def test_format_of_notebook(lesson):
    assert rules.is_valid_notebook(edited(lesson, nbformat_minor=4))
    cells = deepcopy(lesson.content["cells"])
    del cells[0]["id"]
    assert rules.is_valid_notebook(edited(lesson, cells=cells))
    cells = deepcopy(lesson.content["cells"])
    cells[0]["id"] = cells[1]["id"]
    assert rules.is_valid_notebook(edited(lesson, cells=cells))
    cells = deepcopy(lesson.content["cells"])
    del cells[1]["outputs"]
    assert rules.is_valid_notebook(edited(lesson, cells=cells))


@pytest.mark.parametrize("name", ["river.ipynb", "1_river.ipynb", "01_River.ipynb", "11_x.ipynb"])
def test_name_of_file(lesson, name):
    assert rules.is_named_by_number(renamed(lesson, "lessons", name))


def test_size(lesson):
    assert rules.is_small(with_cell(lesson, markdown("word " * 12_000)))


def test_outputs_are_found(lesson):
    cells = deepcopy(lesson.content["cells"])
    cells[1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "3"}]
    broken = edited(lesson, cells=cells)
    assert rules.has_no_outputs(broken)


def test_file_that_is_not_clean_is_found(lesson):
    lesson.path.write_bytes(lesson.path.read_bytes() + b"\n")
    assert rules.is_clean(lesson)


def test_notebook_that_is_not_clean_is_found(lesson):
    lesson.path.unlink()
    assert rules.is_clean(lesson) == []
    assert rules.is_clean(edited(lesson, metadata={"widgets": {}}))


def test_first_cell_must_be_the_title(lesson):
    assert rules.has_headings_in_order(with_cell(lesson, markdown("No title"), 1))


@pytest.mark.parametrize(
    ("name", "what"),
    [("predict", "predictions"), ("quiz", "questions"), ("explore_river", "explorables")],
)
def test_rhythm(lesson, name, what):
    position = next(cell.position for cell in lesson.code_cells if cell.source.startswith(name))
    broken = with_cell(lesson, code("review"), position)
    assert any(what in problem for problem in rules.keeps_the_rhythm(broken))


@pytest.mark.parametrize("number", ["00_start_here", "09_the_summit"])
def test_lessons_without_rhythm(lesson, number):
    start = renamed(with_cell(lesson, code("x"), 4), "lessons", f"{number}.ipynb")
    assert rules.keeps_the_rhythm(start) == []


@pytest.mark.parametrize(
    ("closing", "enough"),
    [
        ('recall("01")', True),
        ('recall("01", 1)', False),
        ('recall("01", count=1)', False),
        ("review()", True),
        ("review(1)", False),
        ("review(count=2)", True),
        ("quiz('q')", False),
    ],
)
def test_closing_questions(lesson, closing, enough):
    closed = with_cell(lesson, code(closing), len(lesson.cells))
    assert (rules.closes_with_recall(closed) == []) is enough


def test_undeclared_import_is_found(solution):
    (solution.root / "pyproject.toml").write_text('[project]\ndependencies = ["numpy>=2"]\n')
    allowed = with_cell(solution, code("import math\nimport numpy\nfrom tutor import x"))
    assert rules.has_declared_imports(allowed) == []
    broken = with_cell(solution, code("from no_such_package.part import x"))
    assert "pyproject.toml" in rules.has_declared_imports(broken)[0]
    (solution.root / "environment.yml").write_text("dependencies:\n  - pip\n")
    assert "environment.yml" in rules.has_declared_imports(allowed)[0]
