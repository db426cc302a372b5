"""The class report: numbers worked out by hand, rules for small classes, a projector that names nobody."""

import json
import math
import statistics
from html.parser import HTMLParser

import made_up_class
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.grading.results import (
    STATUSES,
    GradedExercise,
    GradedTask,
    StudentResult,
    TaskResult,
)
from tutor.workshop.grading.results import Results as GradedResults
from tutor.workshop.grading.results import write as write_graded
from tutor.workshop.report import command, lessons, measures
from tutor.workshop.report.page import instructor_page
from tutor.workshop.report.projector import projector_page
from tutor.workshop.report.results import (
    ClassResults,
    ResultsError,
    could_be_graded,
    points_so_far,
    read,
)

TASKS = tuple(
    GradedTask(f"01.{number}", f"Task {number}", "compute", 1, False) for number in range(1, 5)
)
EXERCISE = GradedExercise("01", "A river", TASKS)
TREATED = {
    "01.m1": lessons.Treated("Rivers are open. (Not all.)", "01", "A river", ("The bank",)),
    "01.m2": lessons.Treated("Banks are dry.", "01", "A river", ("The mouth", "The bank")),
}


def answer(task: str, status: str, misconception: str = "") -> TaskResult:
    points = None if status == "to read" else int(status == "right")
    message = "You mixed up two banks." if status == "wrong" else ""
    return TaskResult(task, status, points, 1, "mixed" if message else "", misconception, message)


def handed_in(
    student: str, signs: str, *misconceptions: str, exercise: str = "01"
) -> StudentResult:
    """Write a student's answers as signs: + right, - wrong, . empty, ? unreadable, ! not run, r to read."""
    named = dict(
        zip(
            "+-.?!r", ("right", "wrong", "missing", "unreadable", "not run", "to read"), strict=True
        )
    )
    claims = iter(misconceptions)
    answers = tuple(
        answer(f"{exercise}.{place}", named[sign], next(claims, "") if sign == "-" else "")
        for place, sign in enumerate(signs, 1)
    )
    return StudentResult(student, exercise, "", "", answers)


def one_class(*submissions: StudentResult) -> ClassResults:
    return ClassResults((EXERCISE,), submissions)


# --- measures ---------------------------------------------------------------------------------------


def test_correlation_by_hand():
    # Deviations -.5 -.5 .5 .5 and -1.5 -.5 .5 1.5: products sum to 2, squares to 1 and 5.
    assert measures.correlation([0, 0, 1, 1], [1, 2, 3, 4]) == pytest.approx(2 / math.sqrt(5))
    assert measures.correlation([0, 1], [3, 3]) is None


@given(
    st.lists(st.tuples(st.booleans(), st.integers(0, 9)), min_size=2, max_size=40).filter(
        lambda rows: (
            len({row[0] for row in rows}) == len({row[0] for row in rows} | {True, False})
            and len({row[1] for row in rows}) > 1
        )
    )
)
def test_with_right_and_wrong_it_is_the_point_biserial(rows):
    items, rests = [float(row[0]) for row in rows], [float(row[1]) for row in rows]
    share = statistics.fmean(items)
    means = [
        statistics.fmean(rest for item, rest in zip(items, rests, strict=True) if item == side)
        for side in (0, 1)
    ]
    spread = statistics.pstdev(rests)
    expected = (means[1] - means[0]) / spread * math.sqrt(share * (1 - share))
    assert measures.correlation(items, rests) == pytest.approx(expected, abs=1e-9)


def test_the_interval_that_sets_the_fewest_students():
    low, high = measures.interval(0.2, measures.FEWEST_STUDENTS)
    assert (round(low, 2), round(high, 2)) == (-0.27, 0.59)
    assert measures.interval(1.0, 20) == (1.0, 1.0)


def students(rows: dict[str, int]) -> list[StudentResult]:
    """Hand in each row of signs so many times."""
    return [
        handed_in(f"S{place}-{copy}", signs)
        for place, (signs, times) in enumerate(rows.items())
        for copy in range(times)
    ]


def judge(rows: dict[str, int], task: int = 0) -> measures.Discrimination:
    return measures.discrimination(TASKS[task], EXERCISE, students(rows))


def test_a_task_that_goes_with_the_rest_and_one_against_it():
    good = judge({"++++": 10, "----": 10})
    assert good.correlation == pytest.approx(1)
    assert not good.poor
    bad = judge({"+---": 10, "-+++": 10})
    assert bad.correlation == pytest.approx(-1)
    assert bad.poor
    assert bad.backwards


def test_the_task_itself_is_no_part_of_the_rest():
    # Every answer to the first task with every sum of the rest: nothing to do with one another.
    found = judge({"++--": 5, "+-+-": 5, "-+--": 5, "--+-": 5})
    assert found.reason == "the rest is alike for all"
    found = judge({"+++-": 5, "+---": 5, "-++-": 5, "----": 5})
    assert found.correlation == pytest.approx(0)
    assert found.poor
    assert not found.backwards


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"++++": 10, "----": 9}, "too few answers"),
        ({"++++": 10, "----": 9, ".+++": 10}, "too few answers"),
        ({"++++": 10, "----": 9, "!+++": 1, "r+++": 1}, "too few answers"),
        ({"++++": 16, "----": 4}, "nearly everybody right"),
        ({"++++": 4, "----": 16}, "nearly nobody right"),
        ({"++++": 15, "----": 4, "?---": 1}, ""),
    ],
)
def test_small_numbers_say_nothing(rows, reason):
    found = judge(rows)
    assert found.reason == reason
    assert (found.correlation is None) == bool(reason)
    assert found.poor is False


def test_stretch_and_arguments_are_no_part_of_the_rest():
    tasks = (
        TASKS[0],
        GradedTask("01.2", "More", "compute", 1, stretch=True),
        GradedTask("01.3", "Argue", "argue", 1, False),
        TASKS[3],
    )
    exercise = GradedExercise("01", "A river", tasks)
    # The last task alone is the rest of the first, and it is alike for all who are right and wrong.
    rows = students({"+++-": 5, "+--+": 5, "--+-": 5, "---+": 5})
    assert measures.discrimination(tasks[0], exercise, rows).correlation == pytest.approx(0)
    assert measures.discrimination(tasks[2], exercise, rows).reason == "is read by you"


def test_a_class_in_numbers():
    submissions = [
        handed_in("Ann", "++-.", "01.m1"),
        handed_in("Ben", "+-?!", "01.m2"),
        handed_in("Cem", "+--r", "01.m1", "01.m1"),
    ]
    summary = measures.summarize(EXERCISE, submissions)
    first, second, third, fourth = summary.tasks
    assert (first.right, first.wrong, first.empty, first.to_read) == (3, 0, 0, 0)
    assert (second.right, second.wrong, second.ease) == (1, 2, pytest.approx(1 / 3))
    assert (third.wrong, third.answered, third.ease) == (3, 3, 0)
    assert (fourth.empty, fourth.to_read, fourth.answered, fourth.ease) == (2, 1, 1, None)
    assert summary.median_right == 1
    assert [(one.misconception, one.students) for one in second.wrong_answers] == [
        ("01.m1", 1),
        ("01.m2", 1),
    ]
    found = measures.misunderstandings(one_class(*submissions))
    # Cem showed it twice, and counts once.
    assert [(one.id, one.students, one.among, one.tasks) for one in found] == [
        ("01.m1", 2, 3, ("01.2", "01.3")),
        ("01.m2", 1, 3, ("01.2",)),
    ]


@given(st.lists(st.text("+-.?!r", min_size=4, max_size=4), max_size=12))
def test_every_student_is_counted_once_for_every_task(rows):
    submissions = [handed_in(f"S{place}", signs) for place, signs in enumerate(rows)]
    summary = measures.summarize(EXERCISE, submissions)
    for task in summary.tasks:
        assert task.right + task.wrong + task.empty + task.to_read == len(rows)
        assert task.marked == 0
        assert sum(one.students for one in task.wrong_answers) <= task.wrong
        assert task.ease is None or 0 <= task.ease <= 1


@pytest.mark.parametrize(
    ("signs", "claims", "words"),
    [
        ("++..", (), "2 of 4 tasks are still empty"),
        ("++!!", (), "2 of 4 tasks are still empty"),
        ("+++.", (), None),
        ("+--.", (), "1 of 3 answers are right"),
        ("+--+", (), None),
        ("?-++", (), None),
        ("?--+", (), "1 of 4 answers are right"),
        ("--r.", (), None),
        ("++--", ("01.m1", "01.m1"), "came up more than once"),
        ("++--", ("01.m1", "01.m2"), None),
    ],
)
def test_whom_to_have_a_word_with(signs, claims, words):
    found = measures.conversations(one_class(handed_in("Ann", signs, *claims)))
    if words is None:
        assert found == ()
    else:
        assert words in " ".join(found[0].reasons)
        assert set(found[0].misconceptions) == set(claims)


def test_the_same_misunderstanding_in_two_exercises_counts_too():
    other = GradedExercise(
        "02", "A sea", tuple(GradedTask(f"02.{n}", "T", "read", 1, False) for n in (1, 2, 3, 4))
    )
    results = ClassResults(
        (EXERCISE, other),
        (handed_in("Ann", "-+++", "01.m1"), handed_in("Ann", "+-++", "01.m1", exercise="02")),
    )
    assert len(measures.conversations(results)) == 1


@pytest.mark.parametrize("signs", ["++++", "...."])
def test_who_has_not_handed_in_one_of_the_exercises_is_named(signs):
    other = GradedExercise("02", "A sea", (GradedTask("02.1", "T", "read", 1, False),))
    ann = handed_in("Ann", "++++"), handed_in("Ann", "+", exercise="02")
    ben = handed_in("Ben", signs)
    page = Outline(instructor_page(ClassResults((EXERCISE, other), (*ann, ben)), TREATED)).text
    assert "Exercises not handed in" in page
    assert "Ben: 02" in page
    assert "Ann: 0" not in page


def test_names_stand_as_in_a_list_of_a_class():
    names = ["Zoe", "émile", "Eva", "Ångström", "Anna", "eva"]
    assert sorted(names, key=measures.by_name) == ["Ångström", "Anna", "émile", "Eva", "eva", "Zoe"]


@given(among=st.integers(0, 200), data=st.data())
def test_what_is_shown_to_all_points_at_nobody(among, data):
    count = data.draw(st.integers(0, among))
    words = measures.shown_to_all(count, among)
    if among < 6:
        assert words == ""
        return
    alike = [k for k in range(among + 1) if measures.shown_to_all(k, among) == words]
    few, many = [0, 1, 2], [among - 2, among - 1, among]
    assert alike in (few, many) or set(alike).isdisjoint(few + many)
    # Neither the count nor the number of students can be read off.
    assert words in ("fewer than 3", "all or nearly all") or words.endswith(" in 10")


def test_shares_by_hand():
    said = [measures.shown_to_all(count, 30) for count in (2, 3, 4, 5, 15, 27, 28)]
    assert said == [
        "fewer than 3",
        "about 1 in 10",
        "about 1 in 10",
        "about 2 in 10",
        "about 5 in 10",
        "about 9 in 10",
        "all or nearly all",
    ]


# --- reading ----------------------------------------------------------------------------------------


def test_results_are_read_as_they_were_written(tmp_path):
    path = made_up_class.write(tmp_path, numbers=("03",), students=12)
    content = json.loads(path.read_text(encoding="utf-8"))
    results = read(tmp_path)
    assert read(path) == results
    assert [one.student for one in results.submissions] == list(made_up_class.NAMES[:12])
    assert [task.id for task in results.exercises[0].tasks] == [f"03.{n}" for n in range(1, 11)]
    for one, written in zip(results.submissions, content["students"], strict=True):
        assert [found.status for found in one.tasks] == [t["status"] for t in written["tasks"]]
        assert points_so_far(one.tasks) == sum(task["points"] or 0 for task in written["tasks"])
    assert [one.student for one in results.in_trouble] == [made_up_class.NAMES[5]]
    assert len(results.of_exercise("03")) == 11


def test_what_the_grader_writes_is_what_the_report_reads(tmp_path):
    written = made_up_class.results_of(made_up_class.content(numbers=("03",), students=4))
    write_graded(GradedResults(written.exercises, written.submissions), tmp_path)
    assert read(tmp_path) == written


def break_at(content: dict, *path: object, to: object = None) -> dict:
    place = content
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return content


@pytest.mark.parametrize(
    ("path", "to", "words"),
    [
        (("format",), 2, "another version of the course"),
        (("format",), None, "another version of the course"),
        (("students",), None, "missing or out of place"),
        (("students", 0, "student"), None, "missing or out of place"),
        (("students", 0, "student"), 5, "5 is no name"),
        (("students", 0, "tasks", 0, "points"), "2", "'2' are no points"),
        (("students", 0, "tasks", 0, "status"), "fine", "'fine' is no status"),
        (("students", 0, "tasks", 0, "task"), "09.9", "no task '09.9'"),
        (("students", 0, "exercise"), "09", "no exercise '09'"),
        (("students", 0), 5, "damaged"),
    ],
)
def test_damaged_results_get_a_message(tmp_path, path, to, words):
    content = break_at(made_up_class.content(numbers=("03",), students=2), *path, to=to)
    (tmp_path / "results.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ResultsError) as problem:
        read(tmp_path)
    assert words in str(problem.value)
    assert f"{COURSE} grade" in str(problem.value)


def test_of_two_notebooks_under_one_name_the_better_counts():
    content = made_up_class.content(numbers=("03",), students=1)
    worse = json.loads(json.dumps(content["students"][0]))
    for task in worse["tasks"]:
        task |= {"status": "missing", "points": 0}
    for order in ([worse, content["students"][0]], [content["students"][0], worse]):
        results = made_up_class.results_of(content | {"students": order})
        assert len(results.submissions) == len(results.doubled) == 1
        assert (
            points_so_far(results.submissions[0].tasks)
            > points_so_far(results.doubled[0].tasks)
            == 0
        )


# --- pages ------------------------------------------------------------------------------------------


class Outline(HTMLParser):
    """Read a page, and hold it to be well nested and to ask for nothing outside itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.ids: set[str] = set()
        self.targets: set[str] = set()
        self.feed(text)
        self.close()
        assert self.open == []
        assert self.targets <= self.ids

    def handle_starttag(self, tag, attrs):
        assert tag not in ("script", "link", "img", "iframe", "b")
        values = dict(attrs)
        self.ids |= {values["id"]} if "id" in values else set()
        if "href" in values:
            assert values["href"].startswith("#")
            self.targets.add(values["href"][1:])
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, words):
        if "style" not in self.open:
            self.text += words


@pytest.fixture(scope="module")
def known():
    return lessons.treated()


@pytest.fixture(scope="module")
def whole_class():
    return made_up_class.results_of(made_up_class.content())


def test_every_misunderstanding_of_the_checks_is_taken_up_somewhere(known):
    from tutor.checks import tasks

    shown = {mistake.misconception for task in tasks().values() for mistake in task.mistakes}
    for identifier in shown - {""}:
        assert known[identifier].sections
        assert known[identifier].lesson == identifier[:2]


def test_the_instructor_sees_everybody_and_every_task(whole_class, known):
    page = Outline(instructor_page(whole_class, known)).text
    for name in made_up_class.NAMES:
        assert name in page
    for exercise in whole_class.exercises:
        for task in exercise.tasks:
            assert f"{task.id} {task.title}" in page
    for one in measures.misunderstandings(whole_class):
        assert known[one.id].text in page
        assert all(section in page for section in known[one.id].sections)
    assert "was stopped" in page
    assert "Item-rest correlation" in page


def test_the_numbers_of_the_page_are_those_of_the_class(known):
    results = one_class(handed_in("Ann", "++-.", "01.m1"), handed_in("Ben", "+--!", "", "01.m1"))
    page = Outline(instructor_page(results, TREATED)).text
    assert "2 of 201.3Lesson 01, A river: “The bank”" in page
    assert "1 student: You mixed up two banks." in page
    assert "2 students: You mixed up two banks." in page
    assert "Nothing can be said: it takes at least 20 answers" in page
    assert "Ben: In exercise 01, 1 of 3 answers are right so far." in page


def test_an_argument_is_to_be_read_until_it_has_its_mark():
    task = GradedTask("01.1", "Argue", "argue", 3, False)
    exercise = GradedExercise("01", "A river", (task,))
    rows = tuple(
        StudentResult(f"S{place}", "01", "", "", (TaskResult("01.1", "to read", points, 3),))
        for place, points in enumerate((None, 2, 3, 3))
    )
    one = measures.summarize(exercise, rows).tasks[0]
    assert (one.to_read, one.marked, one.mean_mark) == (1, 3, pytest.approx(8 / 3))
    assert (one.answered, one.ease) == (4, None)
    page = Outline(instructor_page(ClassResults((exercise,), rows), TREATED)).text
    assert "1 to read, 3 marked (mean 2.7 of 3)" in page
    assert "33 by your mark" in page


def test_a_misunderstanding_of_her_own_task_is_named_by_its_id():
    page = instructor_page(one_class(handed_in("Ann", "-+++", "mine")), TREATED)
    assert "Misunderstanding mine" in page


@pytest.mark.parametrize("make", [instructor_page, projector_page])
@pytest.mark.parametrize(
    "submissions",
    [
        (),
        (StudentResult("Ann", "01", "a.ipynb", "It is not a notebook.", ()),),
        (handed_in("Ann", "!!!!"),),
    ],
)
def test_a_class_without_answers_has_a_page_too(make, submissions):
    page = Outline(make(one_class(*submissions), TREATED)).text
    assert "nan" not in page.lower()
    assert "None" not in page


def test_what_the_class_sees_follows_from_no_name_file_or_word_of_a_student(known):
    """The page stays the same, letter for letter, when all that belongs to a student is exchanged."""
    content = made_up_class.content()
    before = projector_page(made_up_class.results_of(content), known)
    assert "in 10" in before
    other = {name: f"Student {place}" for place, name in enumerate(made_up_class.NAMES)}
    for one in content["students"]:
        one |= {"student": other[one["student"]], "file": "x", "trouble": one["trouble"] and "y"}
        for task in one["tasks"]:
            task |= {"message": "z", "hint": "z", "mistake": task["mistake"] and "z"}
    assert projector_page(made_up_class.results_of(content), known) == before


def test_no_part_of_a_name_is_on_the_projector(whole_class, known):
    page = projector_page(whole_class, known).casefold()
    for name in made_up_class.NAMES:
        for part in {
            name,
            name.replace(" ", "_"),
            *name.replace("-", " ").replace("'", " ").split(),
        }:
            if len(part) > 2 or not part.isascii():
                assert part.casefold() not in page
    assert ".ipynb" not in page
    assert "was stopped" not in page


@given(few=st.integers(0, 2), fewer=st.integers(0, 2), size=st.integers(6, 25))
@settings(max_examples=40)
def test_a_few_students_leave_no_trace_on_the_projector(few, fewer, size):
    def page(count):
        rows = [handed_in(f"W{n}", "-+++", "01.m1") for n in range(count)]
        rows += [handed_in(f"R{n}", "++++") for n in range(size - count)]
        return projector_page(one_class(*rows), TREATED)

    assert page(few) == page(fewer)


@pytest.mark.parametrize(("size", "shown"), [(5, False), (6, True)])
def test_a_small_class_sees_no_shares(size, shown):
    rows = [handed_in(f"S{n}", "-+++" if n < 3 else "++++", "01.m1") for n in range(size)]
    page = Outline(projector_page(one_class(*rows), TREATED)).text
    assert ("about 5 in 10" in page) is shown
    assert ("Rivers are open." in page) is shown
    assert "Not all" not in page


def test_all_statuses_have_a_sign():
    row = StudentResult("Ann", "01", "", "", tuple(answer("01.1", status) for status in STATUSES))
    assert could_be_graded(row)
    for status in STATUSES:
        one = StudentResult("Ann", "01", "", "", (answer("01.1", status),))
        assert Outline(instructor_page(one_class(one), TREATED))


# --- the command ------------------------------------------------------------------------------------


def test_the_command_writes_both_pages_beside_the_results(tmp_path, capsys):
    made_up_class.write(tmp_path, numbers=("03",), students=8)
    assert command.main([str(tmp_path)]) == 0
    said = capsys.readouterr().out
    for name in (command.FOR_INSTRUCTOR, command.FOR_PROJECTOR):
        assert str(tmp_path / name) in said
        Outline((tmp_path / name).read_text(encoding="utf-8"))


def test_for_the_projector_alone_nothing_with_names_is_written(tmp_path, capsys):
    path = made_up_class.write(tmp_path / "graded", numbers=("03",), students=8)
    output = tmp_path / "shown"
    assert command.main([str(path), "--projector", "--output", str(output)]) == 0
    assert [one.name for one in output.iterdir()] == [command.FOR_PROJECTOR]
    assert command.FOR_INSTRUCTOR not in capsys.readouterr().out


def test_what_cannot_be_read_or_written_gets_what_to_do(tmp_path, capsys):
    assert command.main([str(tmp_path)]) == 1
    assert f"{COURSE} grade" in capsys.readouterr().err
    (tmp_path / "results.json").write_text("not JSON")
    assert command.main([str(tmp_path)]) == 1
    assert "There are no results" in capsys.readouterr().err
    made_up_class.write(tmp_path, numbers=("03",), students=2)
    (tmp_path / "file").write_text("")
    assert command.main([str(tmp_path), "--output", str(tmp_path / "file")]) == 1
    assert "--output FOLDER" in capsys.readouterr().err
