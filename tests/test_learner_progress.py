"""Progress: what is counted, where to go on, Binder, and a record carried elsewhere."""

import re

import pytest

import tutor
from tests.naming import stable
from tutor import learner_progress
from tutor.checks import tasks
from tutor.interaction import summit_game
from tutor.interaction.message import Message
from tutor.interaction.questions import question_bank
from tutor.interaction.record import FOLDER_VARIABLE, Entry, journal
from tutor.learner_progress import Exported, LessonProgress, Progress, lesson_progress


@pytest.fixture(autouse=True)
def record_folder(tmp_path, monkeypatch):
    for variable in ("BINDER_SERVICE_HOST", "BINDER_REPO_URL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "record"))
    return tmp_path / "record"


def of(number):
    return next(lesson for lesson in lesson_progress() if lesson.number == number)


def ids(lesson, *, predictions):
    bank = question_bank().values()
    return [q.id for q in bank if q.lesson == lesson and q.is_prediction is predictions]


def test_new_learner_has_done_nothing_and_begins_at_the_beginning():
    for lesson in lesson_progress():
        assert not lesson.opened
        assert (lesson.predicted, lesson.answered, lesson.solved) == (0, 0, 0)
        assert not lesson.finished
    assert tutor.progress().next.number == "00"
    assert "Go on with: lessons/00_start_here.ipynb" in repr(tutor.progress())


def test_everything_there_is_to_do_is_counted():
    for lesson in lesson_progress():
        assert lesson.predictions == len(ids(lesson.number, predictions=True))
        assert lesson.questions == len(ids(lesson.number, predictions=False))
        assert lesson.tasks == sum(t.startswith(f"{lesson.number}.") for t in tasks())
    assert of("01").predictions >= 3
    assert of("01").questions >= 5
    assert 6 <= of("01").tasks <= 10


def test_doing_counts_once():
    tutor.begin("00")
    tutor.answer("00.p1", 1)
    tutor.answer("00.p1", 3)
    tutor.answer("00.q1", [3])
    assert of("00").opened
    assert (of("00").predicted, of("00").answered) == (1, 0)
    for _ in range(2):
        tutor.answer("00.q1", [1, 2, 4])
    assert of("00").answered == 1
    assert of("00").finished
    assert tutor.progress().next.number == "01"


def test_what_was_once_right_stays_right():
    tutor.answer("00.q1", [1, 2, 4])
    tutor.answer("00.q1", [3])
    assert of("00").answered == 1


def test_solved_tasks_are_counted():
    journal().add(Entry("checked", "01.1", right=False))
    assert of("01").solved == 0
    journal().add(Entry("checked", "01.1", right=True))
    assert of("01").solved == 1


def offer_in_a_summit():
    table = tutor.summit("MNG", seed=3)
    table.offer(run="contiguous", port="zarubino", pay="bank", transit="free", order="pilot")
    return table


def test_a_summit_counts_when_it_has_been_played_to_its_end():
    assert [lesson.number for lesson in lesson_progress() if lesson.games] == ["09"]
    table = offer_in_a_summit()
    assert of("09").played == 0
    assert "summit not played to its end yet" in repr(tutor.progress())
    table.vote()
    assert table.game.status == "agreed"
    assert of("09").played == 1
    tutor.summit("CHN", seed=5)
    assert of("09").played == 1
    for shown in (repr(tutor.progress()), tutor.progress()._repr_html_()):
        assert shown.count("summit played to its end") == 1


def test_a_summit_that_failed_counts_too():
    table = tutor.summit("MNG", seed=3)
    for _ in range(8):
        table.offer(run="company", port="hunchun", pay="loans", transit="river", order="build")
    assert table.game.status == "failed"
    assert of("09").played == 1


def test_a_summit_that_cannot_be_read_does_not_count():
    journal().add(Entry("played", "09.summit", answer="SUMMIT1/MNG/mixed/1//o1/00000000"))
    journal().add(Entry("played", "09.summit", answer=""))
    over = summit_game.vote(offer_in_a_summit().game)
    journal().add(Entry("played", "09.other", answer=summit_game.save(over)))
    assert of("09").played == 0


def test_a_lesson_with_a_game_is_not_finished_without_it():
    done = dict(number="09", title="T", path="lessons/09.ipynb", opened=True)
    done |= dict.fromkeys(("predicted", "predictions", "answered", "questions"), 2)
    done |= {"solved": 0, "tasks": 0, "games": 1}
    assert not LessonProgress(**done).finished
    assert LessonProgress(**done, played=1).finished


def test_what_the_course_no_longer_has_does_no_harm():
    journal().add(Entry("answered", "01.q99", right=True))
    journal().add(Entry("predicted", "99.p1", right=True))
    assert of("01").answered == 0


def test_everything_done_is_said():
    done = LessonProgress("00", "T", "lessons/00.ipynb", True, 1, 1, 2, 2, 0, 0)
    assert done.finished
    shown = Progress([done], [])
    assert shown.next is None
    assert "finished everything" in repr(shown)
    assert "finished everything" in shown._repr_html_()
    assert "no exercise" in shown._repr_html_()


def test_table_has_heads_for_rows_and_columns():
    page = tutor.progress()._repr_html_()
    lessons = len(lesson_progress())
    assert page.count('<th scope="row"') == lessons
    assert page.count('<th scope="col"') == 4
    assert "<caption" in page
    assert 'href="../lessons/01_cold_war_history.ipynb"' in page
    assert len(repr(tutor.progress()).splitlines()) == lessons + 1


def test_titles_are_never_markup():
    odd = LessonProgress("00", "<script>", 'a"b', True, 0, 1, 0, 1, 0, 0)
    page = Progress([odd], ["<b>"])._repr_html_()
    assert "<script>" not in page
    assert "<b>" not in page
    assert 'a"b' not in page


def test_opening_a_lesson_is_noted_once():
    opening = repr(tutor.begin("01"))
    assert "Welcome back" not in opening
    tutor.begin("01")
    assert [(e.what, e.item) for e in journal().entries()] == [("opened", "01")]
    tutor.answer("01.p1", 16)
    assert re.search(r"Welcome back: 1 of the \d+", repr(tutor.begin("01")))


def test_opening_says_question_aims_and_time():
    opening = tutor.begin("01")
    contract = opening.contract
    for shown in (repr(opening), opening._repr_html_()):
        assert str(contract["minutes"]["do"]) in shown
    assert contract["question"] in repr(opening)
    assert all(objective in repr(opening) for objective in contract["objectives"])


@pytest.mark.parametrize("lesson", ["99", "", None, 1.5, [], "01.q1"], ids=stable)
def test_unknown_lesson_is_told_in_words(lesson):
    said = tutor.begin(lesson)
    assert isinstance(said, Message)
    assert "There are: 00, 01" in repr(said)
    assert journal().entries() == []


@pytest.mark.parametrize("variable", ["BINDER_SERVICE_HOST", "BINDER_REPO_URL"])
def test_binder_is_reminded_of_leaving(monkeypatch, variable):
    assert "Binder" not in repr(tutor.progress())
    monkeypatch.setenv(variable, "x")
    assert "You are on Binder" in repr(tutor.progress())
    assert "export=True" in tutor.progress()._repr_html_()
    assert "Binder" in repr(tutor.begin("01"))


def test_record_that_cannot_be_written_is_said(record_folder):
    record_folder.write_text("in the way")
    tutor.answer("01.q1", 2)
    assert "cannot be written" in repr(tutor.progress())
    assert of("01").answered == 1


def test_damage_is_said(record_folder):
    tutor.answer("01.q1", 2)
    with (record_folder / "progress.jsonl").open("a") as file:
        file.write("garbage\n")
    assert "1 line of your record" in repr(tutor.progress())
    with (record_folder / "progress.jsonl").open("a") as file:
        file.write("garbage\n")
    assert "2 lines of your record" in repr(tutor.progress())


def test_record_can_be_carried_elsewhere(tmp_path, monkeypatch):
    tutor.begin("01")
    tutor.answer("01.q1", 2)
    exported = tutor.progress(export=True)
    assert isinstance(exported, Exported)
    assert "aria-label" in exported._repr_html_()
    assert exported in exported._repr_html_()
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "elsewhere"))
    assert of("01").answered == 0
    assert repr(tutor.progress(restore=exported)).startswith("Restored: 2 entries")
    assert repr(tutor.progress(restore=f" {exported}\n")).startswith("Restored: 0 entries")
    assert of("01").answered == 1


@pytest.mark.parametrize("garbage", ["", "hello", 12, [], "TUMEN1-xx"], ids=stable)
def test_garbage_is_not_restored_and_is_told(garbage):
    said = tutor.progress(restore=garbage)
    assert isinstance(said, Message)
    assert "not a whole exported record" in repr(said)


def test_contracts_are_found_wherever_the_notebook_runs(tmp_path, monkeypatch):
    learner_progress._contracts.cache_clear()
    monkeypatch.chdir(tmp_path)
    assert of("01").path == "lessons/01_cold_war_history.ipynb"
