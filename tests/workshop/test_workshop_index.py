"""The syllabus, the map of the course, and the command over all notebooks."""

import pytest
from made_up import LESSON_CONTRACT, changed, content, markdown, on_slide, with_cell

from tutor.workshop import authoring, index
from tutor.workshop.clean import to_text
from tutor.workshop.notebooks import Notebook, read

README = f"# Course\n\n{index.BEGIN}\nold\n{index.END}\n\nThe end.\n"

START_CONTRACT = LESSON_CONTRACT | {
    "number": "00",
    "title": "Start here",
    "minutes": {"teach": 10, "do": 10},
    "sections": [{"title": "Map", "minutes": 10}],
    "requires": [],
    "misconceptions": [],
    "exercise": None,
}


@pytest.fixture
def start(lesson: Notebook) -> Notebook:
    """A made-up lesson 00 and a README beside the made-up lesson 01."""
    cells = [
        on_slide("slide", markdown("# Start here\n\n## Map")),
        on_slide("fragment", markdown("old", "generated-index")),
    ]
    path = lesson.root / "lessons" / "00_start_here.ipynb"
    path.write_text(to_text(content(START_CONTRACT, cells)), encoding="utf-8")
    (lesson.root / "README.md").write_text(README, encoding="utf-8")
    return read(path, lesson.root)


def test_syllabus_and_map(start):
    course = index.read_course(start.root)
    syllabus, course_map = index.syllabus(course), index.course_map(course)
    row = (
        "| 01 | [A river](lessons/01_a_river.ipynb) | Who closed the river? | 30 min | 90 min "
        "| [6 tasks](exercises/01_a_river.ipynb), 60 min | 00 |"
    )
    assert row in syllabus.splitlines()
    assert "[A river](01_a_river.ipynb)" in course_map
    assert "(../exercises/01_a_river.ipynb)" in course_map
    assert "Start here" in syllabus
    assert "Start here" not in course_map
    assert syllabus.endswith("Lessons 02 to 10 are in preparation.")


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (["04"], "04"),
        (["04", "05"], "04 and 05"),
        (["02", "03", "04"], "02 to 04"),
        (["00", "02", "03", "04", "10"], "00, 02 to 04 and 10"),
    ],
)
def test_numbers_in_words(numbers, words):
    assert index._enumerate(numbers) == words


def test_nothing_is_in_preparation_when_all_is_there(lesson):
    contract = index.lesson_of(lesson)
    lessons = tuple(
        type(contract)(**vars(contract) | {"number": f"{number:02d}"}) for number in range(11)
    )
    assert "preparation" not in index.syllabus(index.Course(lessons, ()))


def test_bars_do_not_break_the_table(start):
    barred = changed(read(start.root / "lessons/01_a_river.ipynb"), question="One | two?")
    lesson = index.lesson_of(Notebook(barred.path, barred.content, start.root))
    assert r"One \| two?" in index.syllabus(index.Course((lesson,), ()))


def test_command_writes_then_agrees(start, capsys):
    root = str(start.root)
    assert index.main(["--check", "--root", root]) == 1
    assert index.main(["--root", root]) == 0
    assert index.main(["--check", "--root", root]) == 0
    readme = (start.root / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Course\n\n<!-- syllabus:begin -->\n| No. |")
    assert readme.endswith("<!-- syllabus:end -->\n\nThe end.\n")
    assert "A river" in read(start.path).cells[1].source


def test_change_of_contract_is_noticed(start):
    root = str(start.root)
    index.main(["--root", root])
    lesson = read(start.root / "lessons/01_a_river.ipynb", start.root)
    text = to_text(changed(lesson, question="Who opened it?").content)
    lesson.path.write_text(text, encoding="utf-8")
    assert len(index.index_problems(start.root)) == 2


@pytest.mark.parametrize(
    "readme", ["", index.BEGIN, f"{index.END}\n{index.BEGIN}", README + index.BEGIN + index.END]
)
def test_readme_needs_its_markers(start, readme, capsys):
    (start.root / "README.md").write_text(readme, encoding="utf-8")
    assert index.main(["--root", str(start.root)]) == 2
    assert "syllabus:begin" in capsys.readouterr().err


def test_lesson_00_needs_one_generated_cell(start):
    for broken in (
        with_cell(start, markdown("x"), 2),
        with_cell(start, markdown("x", "generated-index")),
    ):
        with pytest.raises(ValueError, match="generated-index"):
            index.with_course_map(broken.content, "table")


def test_notebooks_command(start, capsys):
    root = str(start.root)
    assert authoring.main(["--root", root]) == 1
    assert "does not fit the contracts" in capsys.readouterr().out
    assert authoring.main(["--write", "--root", root]) == 0
    assert "keep to all rules" in capsys.readouterr().out
    assert authoring.main([str(start.path), "--root", root]) == 0


def test_notebooks_command_names_what_is_wrong(start, capsys):
    root = str(start.root)
    text = to_text(changed(start, minutes={"teach": 10, "do": 11}).content)
    start.path.write_text(text, encoding="utf-8")
    assert authoring.main(["--write", "--root", root]) == 1
    assert "lessons/00_start_here.ipynb: minutes.do is 11" in capsys.readouterr().out
    start.path.write_text("{")
    assert authoring.main([str(start.path), "--root", root]) == 2
