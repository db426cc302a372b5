"""The instructor's guide: what is made from the course, and what is written by hand."""

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from made_up import markdown

from tutor.checks.engine import Mistake, Task, close_to
from tutor.interaction import reading
from tutor.interaction.questions import Option, Question, Range
from tutor.workshop import guide, guide_rules
from tutor.workshop.guide_rules import SessionPage
from tutor.workshop.notebooks import REPOSITORY, Notebook

PAGES = guide_rules.session_pages()
PATHS = [
    *sorted((REPOSITORY / "solutions").glob("**/*.md")),
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.session.page.stem)
def test_page_keeps_to_the_rules(page):
    assert guide_rules.page_problems(page) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_links_lead_somewhere(path):
    assert guide_rules.link_problems(path) == []


def test_every_lesson_has_its_page():
    assert guide_rules.lessons_without_page() == []


def test_what_is_made_fits_the_course():
    assert guide.guide_problems() == []


def test_weights_of_the_assessment_add_up():
    page = (REPOSITORY / guide.FOLDER / "assessment.md").read_text(encoding="utf-8")
    cells = [line.split("|") for line in guide_rules.sections(page)["A plan"].splitlines()]
    weights = [int(line[3]) for line in cells if len(line) == 7 and line[3].strip().isdigit()]
    assert len(weights) == 6
    assert sum(weights) == 100


def test_every_lesson_that_a_path_leaves_out_can_be_said_in_a_sentence():
    page = (REPOSITORY / guide.FOLDER / "paths.md").read_text(encoding="utf-8")
    said = guide_rules.sections(page)["What to say about a lesson that is left out"]
    assert [number for number in guide.PATHS["ten"] if f"\n- **{number}** " not in said] == []
    assert guide.PATHS.keys() <= guide.marked_parts(page)


# ------------------------------------------------------------------ what is made

QUESTIONS = MappingProxyType(
    {
        "01.p1": Question(
            id="01.p1",
            kind="number",
            prompt="How wide?",
            explanation="",
            answer=12.0,
            tolerance=2.0,
            unit="km",
            low=0.0,
            high=90.0,
            ranges=(Range("Less.", low=14.01, misconception="01.m1"),),
        ),
        "01.q1": Question(
            id="01.q1",
            kind="choice",
            prompt="Open | shut?",
            explanation="",
            options=(
                Option("“always open”", "No.", misconception="01.m1"),
                Option("shut since 1938", "", right=True),
            ),
        ),
        "01.q2": Question(
            id="01.q2",
            kind="order",
            prompt="Which first?",
            explanation="",
            options=(Option("the bank", ""), Option("the mouth", "")),
        ),
        "01.q3": Question(
            id="01.q3",
            kind="several",
            prompt="Which?",
            explanation="",
            options=(
                Option("this", "", right=True, misconception="01.m1"),
                Option("that", "", right=True),
            ),
        ),
    }
)


def checked(number: int) -> Task:
    slips = (
        Mistake("too wide", close_to(90), "You measured the lake.", "", "01.m1"),
        Mistake("too deep", close_to(1), "That is a depth."),
    )
    return Task(f"01.{number}", reading.number, close_to(12), "", slips, "", ())


TASKS = MappingProxyType({f"01.{number}": checked(number) for number in range(1, 7)})


@pytest.fixture
def session(course: tuple[Notebook, Notebook]) -> guide.Session:
    return guide.Session(*course, QUESTIONS, TASKS)


def test_contract_is_repeated(session):
    made = guide.lesson_part(session)
    assert "[lesson](../../lessons/01_a_river.ipynb)" in made
    assert "[solution](../01_a_river.ipynb)" in made
    assert "**The question.** Who closed the river?" in made
    assert "90 in class; alone 30, and 60 for the exercise." in made
    assert "Lesson 00." in made
    assert "- name three banks." in made
    assert "- A river can be closed." in made
    assert "*The bank* 10, *The mouth* 20." in made
    assert "](#G01)" in made


def test_questions_are_listed_with_section_and_answer(session):
    rows = guide.questions_part(session).splitlines()[2:]
    assert rows == [
        "| `01.p1` | The bank | How wide? | 12 km, within 2 |  |",
        "| `01.q1` | The mouth | Open \\| shut? | shut since 1938 |  |",
        "| `01.q2` | The mouth | Which first? | 1. the bank; 2. the mouth |  |",
        "| `01.q3` | The mouth | Which? | this; that |  |",
    ]


def test_prediction_names_the_chart_it_opens(session):
    cells = session.notebook.content["cells"]
    shown = [
        {**cell, "source": 'predict("01.p1", tutor.river_map())'}
        if "01.p1" in "".join(cell["source"])
        else cell
        for cell in cells
    ]
    notebook = replace(session.notebook, content={**session.notebook.content, "cells": shown})
    assert "| `river_map` |" in guide.questions_part(replace(session, notebook=notebook))


def test_right_answers_read_well_in_a_row(session):
    several = session.bank["01.q3"]
    ended = tuple(replace(option, text=f"{option.text}.") for option in several.options)
    assert guide.right_answer(replace(several, options=ended)) == "this; that"
    single = tuple(replace(option, right=place == 1) for place, option in enumerate(ended))
    assert guide.right_answer(replace(several, options=single)) == ended[1].text


def test_a_range_of_one_number_is_that_number(session):
    asked = session.bank["01.p1"]
    narrow = tuple(
        replace(numbers, low=20.0, high=20.0) if numbers.misconception else numbers
        for numbers in asked.ranges
    )
    bank = MappingProxyType({**session.bank, "01.p1": replace(asked, ranges=narrow)})
    assert "- `01.p1`: 20 km" in guide.misconceptions_part(replace(session, bank=bank))


def test_misconceptions_come_with_the_answers_that_show_them(session):
    assert guide.misconceptions_part(session).splitlines() == [
        "**01.m1** Rivers are always open.",
        "",
        "- `01.p1`: a number from 14.01 to 90 km",
        "- `01.q1`: “always open”",
        "- `01.q3` not ticked: “this”",
        *(f"- task 01.{number}, too wide: “You measured the lake.”" for number in range(1, 7)),
    ]
    silent = replace(session, bank=MappingProxyType({}), tasks=MappingProxyType({}))
    assert "listen for it" in guide.misconceptions_part(silent)


def test_exercise_comes_with_the_slips_its_checks_know(session):
    made = guide.exercise_part(session)
    assert made.startswith("6 tasks, 12 points, 2 of them for the stretch task.")
    assert "| 01.5 | Task number 5 | compute, stretch | 2 | too wide; too deep |" in made
    assert "| 01.6 | Task number 6 | argue in writing | 2 |" in made


def test_rubric_is_that_of_the_solution(session):
    cells = [
        *session.solution.content["cells"],
        markdown("### How to judge\n\n| a | b |", "rubric"),
    ]
    solution = replace(session.solution, content={**session.solution.content, "cells": cells})
    made = guide.rubric_part(replace(session, solution=solution))
    assert made.endswith("**How to judge**\n\n| a | b |")


def test_lesson_without_exercise_says_so(session):
    alone = replace(session, solution=None)
    assert guide.exercise_part(alone) == "This lesson has no exercise."
    assert guide.rubric_part(alone) == "This lesson has no written argument."
    assert "exercise" not in guide.lesson_part(alone)


def test_parts_over_the_course(session):
    made = guide.course_parts([session, replace(session, solution=None)])
    row = "| 01 | [A river](01_a_river.md) | Who closed the river? | 90 min | 30 min | 60 min |"
    assert made["sessions"].splitlines()[2:] == [row, row.replace("60 min", "-")]
    assert made["points"].splitlines()[2:] == [
        "| [01](../../exercises/01_a_river.ipynb) | 6 | 12 | 2 | 2 | 01.6 Task number 6 |"
    ]
    assert made["rubrics"].startswith("### 01 A river\n\n")


def test_path_adds_up_and_names_what_it_leaves_out(session):
    path = guide.path_part([session, session], ["01"])
    assert path.splitlines()[2:] == [
        "| 1 | [01 A river](01_a_river.md) | 90 min | 60 min | - |",
        "| 2 | [01 A river](01_a_river.md) | 90 min | 60 min | - |",
        "|  | together | 180 min | 120 min |  |",
    ]
    lesson = replace(
        session.notebook, content=with_requires(session.notebook.content, ["00", "02"])
    )
    assert "| 60 min | 02 |" in guide.path_part([replace(session, notebook=lesson)], ["01"])


def test_path_names_the_tasks_that_teach_the_python_it_needs():
    known = guide.sessions()
    path = guide.path_part(known, ["01", "06", "09"])
    assert "others teach: task 02.4 (comparison, filter); task 03.4 (for loop)." in path
    assert "others teach" not in guide.path_part(known, guide.PATHS["ten"])


def with_requires(content: dict, requires: list[str]) -> dict:
    contract = content["metadata"]["course"] | {"requires": requires}
    return content | {"metadata": content["metadata"] | {"course": contract}}


def test_rows_are_those_the_page_links_to():
    page = (
        "## The war\n\n[Above](#the-war), [1950](#E025), [7](#D0104) ties, [Cronin](#cronin-1992), "
        "[1950](#E025).\n"
        "<!-- rows:begin -->\n[1858](#E001)\n<!-- rows:end -->\n"
    )
    made = guide.rows_part(page)
    assert [line[:24] for line in made.splitlines()[2:]] == [
        '- <a id="D0104"></a>**D0',
        '- <a id="E025"></a>**E02',
        '- <a id="cronin-1992"></',
    ]
    assert "Korean War breaks out, 25 June 1950" in made
    assert "Take care: X02." in made
    assert "in that year: 7." in made


def test_signs_of_markdown_in_a_row_are_shown():
    assert guide._escaped("[a] <b> *c* d_e | f") == r"\[a\] \<b\> \*c\* d\_e \| f"


def test_parts_are_written_between_their_markers():
    page = "by hand\n<!-- lesson:begin -->\nold\n<!-- lesson:end -->\nby hand too\n"
    assert guide.written_page(page, {"lesson": "new", "rubric": "not asked for"}) == page.replace(
        "old", "new"
    )
    assert guide.without_parts(page) == "by hand\n\nby hand too\n"


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("<!-- lesson:begin -->\n", "once each"),
        ("<!-- lesson:end -->\n<!-- lesson:begin -->\n", "once each"),
        ("<!-- lesson:begin -->\n<!-- lesson:end -->\n" * 2, "once each"),
        ("<!-- lessons:begin -->\n<!-- lessons:end -->\n", "has markers for lessons"),
    ],
)
def test_wrong_markers_are_named(page, says):
    with pytest.raises(ValueError, match=says):
        guide.written_page(page, {"lesson": "new"})


def test_command_writes_then_agrees(course, capsys):
    root = course[0].root
    folder = root / guide.FOLDER
    folder.mkdir()
    page = folder / "01_a_river.md"
    page.write_text("<!-- lesson:begin -->\n<!-- lesson:end -->\n", encoding="utf-8")
    other = folder / "README.md"
    other.write_text("# Guide\n", encoding="utf-8")
    assert guide.main(["--check", "--root", str(root)]) == 1
    assert "01_a_river.md does not fit" in capsys.readouterr().out
    assert guide.main(["--root", str(root)]) == 0
    assert guide.main(["--check", "--root", str(root)]) == 0
    assert "Who closed the river?" in page.read_text(encoding="utf-8")
    assert other.read_text(encoding="utf-8") == "# Guide\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<!-- lesson:begin -->\n", "needs the lines"),
        (
            "[1858](#E999)\n<!-- rows:begin -->\n<!-- rows:end -->\n",
            "no row of the course has the id 'E999'",
        ),
    ],
)
def test_command_says_what_it_cannot_write(course, capsys, text, says):
    root = course[0].root
    (root / guide.FOLDER).mkdir()
    (root / guide.FOLDER / "01_a_river.md").write_text(text, encoding="utf-8")
    (root / guide.FOLDER / "other.md").write_text(
        "[1858](#E001)\n<!-- rows:begin -->\n<!-- rows:end -->\n", encoding="utf-8"
    )
    assert guide.main(["--root", str(root)]) == 1
    said = capsys.readouterr().out
    assert "other.md written" in said
    assert f"solutions/guide/01_a_river.md: {says}" in said


def test_course_without_a_guide_is_left_alone(course):
    assert guide.made_pages(course[0].root) == []
    assert guide_rules.guide_rule_problems(course[0].root) == []


# ------------------------------------------------------------------ what is written by hand

PAGE = next(page for page in PAGES if page.number == "01")


def with_change(old: str, new: str) -> SessionPage:
    assert old in PAGE.text, f"the page of session 01 no longer holds {old!r}"
    return replace(PAGE, text=PAGE.text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("rule", "old", "new", "says"),
    [
        (guide_rules.has_title, "# Session 01", "# Session 1", "does not open"),
        (guide_rules.has_sections, "## Opening", "## The opening", "'Opening' is missing"),
        (guide_rules.has_sections, "## To close", "### To close", "'To close' is missing"),
        (
            guide_rules.has_sections,
            "## Before class\n",
            "## Opening\n\n## Before class\n",
            "'Before class' does not stand in its place",
        ),
        (guide_rules.has_markers, "<!-- rubric:begin -->", "", "'rubric'"),
        (guide_rules.plans_add_up, "| 6-18 |", "| 6-17 |", "18-26 does not follow on 17"),
        (guide_rules.plans_add_up, "| 6-18 |", "| six |", "18-26 does not follow on 6"),
        (guide_rules.plans_add_up, "| 87-90 |", "| 87-91 |", "ends at 91"),
        (guide_rules.plans_add_up, "| 41-45 |", "| 41-44 |", "Plan for 45 minutes: it ends at 44"),
        (
            guide_rules.plans_name_the_lesson,
            "| *A river that lost its sea*,",
            "| *A river*,",
            "no heading 'A river'",
        ),
        (
            guide_rules.plans_name_the_lesson,
            "`explore_timeline` |",
            "`explore_time` |",
            "does not call 'explore_time'",
        ),
        (guide_rules.questions_are_the_lessons, "put `01.q6`", "put `01.q99`", "not ask 01.q99"),
        (guide_rules.predictions_are_votes, "- **01.p2** Three", "- 01.p2 Three", "- **01.p2**"),
        (guide_rules.predictions_are_votes, "Vote on `01.p3`", "Vote", "no place for 01.p3"),
        (
            guide_rules.misconceptions_have_remedies,
            "- **01.m5** Pull",
            "- Pull",
            "no line - **01.m5**",
        ),
        (guide_rules.discussion_rests_on_rows, "### 3. Is a fan", "### Is a fan", "not a numbered"),
        (guide_rules.discussion_rests_on_rows, "weak order?", "weak order", "not a numbered"),
        (guide_rules.board_is_covered, "1886  promise ", "1887  promise ", "1887 on the board"),
        (guide_rules.board_is_covered, "THE RIVER", "THE RIVER" + 60 * " ", "78 signs"),
        (guide_rules.activity_takes_its_minutes, "(20 minutes)", "(30 minutes)", "takes 30"),
        (guide_rules.activity_takes_its_minutes, "(20 minutes)", "(19 minutes)", "steps take 20"),
        (guide_rules.activity_takes_its_minutes, "(20 minutes)", "", "does not end with"),
        (
            guide_rules.activity_takes_its_minutes,
            "Class activity: the fan in",
            "The",
            "0 of its 20",
        ),
        (guide_rules.argument_is_explained, "- **Full marks.**", "- Full marks.", "Full marks."),
        (
            guide_rules.argument_is_explained,
            "[solution](../01_cold_war_history.ipynb) under",
            "solution under",
            "no link to the solution",
        ),
        (
            guide_rules.closes_with_question,
            "at one table?\n\n## Rows",
            "there.\n\n## Rows",
            "close",
        ),
    ],
)
def test_rule_is_kept_and_its_breach_is_named(rule, old, new, says):
    assert rule(PAGE) == []
    broken = rule(with_change(old, new))
    assert any(says in problem for problem in broken), broken


def test_missing_plan_is_named_once():
    without = with_change("## Plan for 90 minutes", "## The plan")
    assert guide_rules.page_problems(without) == ["The heading 'Plan for 90 minutes' is missing."]


def test_discussion_needs_four_to_six_questions_with_rows():
    first = PAGE.sections[guide_rules.DISCUSSION].split("### 2. ")[0]
    alone = replace(PAGE, text=f"## {guide_rules.DISCUSSION}\n{first}")
    assert guide_rules.discussion_rests_on_rows(alone) == [
        "There are 1 discussion questions; 4 to 6 are right."
    ]
    bare = replace(PAGE, text=f"## {guide_rules.DISCUSSION}\n" + "### 1. Why?\n\n- because\n" * 4)
    problems = guide_rules.discussion_rests_on_rows(bare)
    assert "'1. Why?' has no pointers that cite a row." in problems


def test_part_under_another_heading_is_named():
    moved = with_change("<!-- rubric:begin -->\n", "")
    text = (
        moved.text.replace("<!-- rubric:end -->\n", "")
        + "<!-- rubric:begin -->\n<!-- rubric:end -->\n"
    )
    assert guide_rules.has_markers(replace(PAGE, text=text)) == [
        "The part 'rubric' does not stand under its heading."
    ]


def test_lesson_without_page_is_named(course):
    (course[0].root / guide.FOLDER).mkdir()
    assert guide_rules.guide_rule_problems(course[0].root) == [
        "There is no solutions/guide/01_a_river.md."
    ]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Plan for 90 minutes", "plan-for-90-minutes"),
        ("If it fails: what then?", "if-it-fails-what-then"),
        ("`check` and [links](x.md)", "check-and-links"),
        ("A two-level game", "a-two-level-game"),
    ],
)
def test_anchor_is_that_of_github(heading, anchor):
    assert guide.slug(heading) == anchor


def test_link_that_leads_nowhere_is_named(course):
    root = course[0].root
    page = root / "page.md"
    page.write_text(
        "# Top\n\n## Part\n\n## Part\n\n```\n# not [a](b.md)\n```\n\n`[a](c.md)`\n"
        "[one](#part-1) [two](#E003) <a id='E003'></a> [web](https://example.org)\n"
        "[three](lessons/01_a_river.ipynb#The-bank) [four](lessons/01_a_river.ipynb)\n"
        "[five](#Part) [six](gone.md) [seven](lessons/01_a_river.ipynb#Gone) [eight](page.md#top)\n"
        "[nine](lessons#x) [ten](page.md#not-a)\n",
        encoding="utf-8",
    )
    assert [problem.split("'")[1] for problem in guide_rules.link_problems(page, root)] == [
        "#Part",
        "gone.md",
        "lessons/01_a_river.ipynb#Gone",
        "lessons#x",
        "page.md#not-a",
    ]


def test_a_page_opens_as_it_reads():
    from jupyterlab.commands import get_app_dir

    folder = Path(guide.__file__).parent / "settings" / "jupyter" / "labconfig"
    settings = json.loads((folder / "default_setting_overrides.json").read_text(encoding="utf-8"))
    opening = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    schemas = Path(get_app_dir()) / "schemas" / "@jupyterlab" / "docmanager-extension"
    known = json.loads((schemas / "plugin.json").read_text(encoding="utf-8"))["properties"]
    assert "defaultViewers" in known
    assert opening == {"markdown": "Markdown Preview"}
