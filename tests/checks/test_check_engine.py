"""The engine of checks: building blocks, readers, verdicts, hints and what is kept."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tutor
from tests.naming import stable
from tutor.checks import engine, find_task, tasks, written
from tutor.checks.engine import Mistake, Task, judge
from tutor.interaction import reading
from tutor.interaction.message import Message
from tutor.interaction.reading import Unreadable
from tutor.interaction.record import FOLDER_VARIABLE, journal
from tutor.interaction.time_limit import can_interrupt


@pytest.fixture(autouse=True)
def record_folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))


TASK = Task(
    id="99.1",
    read=reading.number,
    right=engine.close_to(10, 0.5),
    why="Ten it is.",
    mistakes=(
        Mistake("double", engine.close_to(20), "You doubled it.", "Halve.", "99.m1"),
        Mistake("large", engine.between(11, 1e9), "Too large.", "Smaller."),
        Mistake("twenty again", engine.close_to(20), "Never said.", ""),
    ),
    otherwise="Too small.",
    hints=("Count again.", "On your fingers."),
)


@pytest.mark.parametrize(
    "answer", [10, 9.5, "10.5", np.float64(10), Fraction(19, 2), [10]], ids=stable
)
def test_right_answer_says_why(answer):
    verdict = judge(TASK, answer)
    assert verdict.right
    assert verdict.message == "Ten it is."


def test_first_mistake_that_fits_speaks():
    verdict = judge(TASK, 20)
    assert (verdict.status, verdict.mistake, verdict.misconception) == ("wrong", "double", "99.m1")
    assert (verdict.message, verdict.hint) == ("You doubled it.", "Halve.")
    assert judge(TASK, 21).mistake == "large"


def test_other_wrong_answers_get_the_first_hint():
    verdict = judge(TASK, 3)
    assert (verdict.mistake, verdict.message, verdict.hint) == (
        "other",
        "Too small.",
        "Count again.",
    )


@pytest.mark.parametrize("answer", [..., None, ""])
def test_missing_answer_is_told(answer):
    assert judge(TASK, answer).status == "missing"


@pytest.mark.parametrize("answer", [math.nan, "ten", True, [1, 2], {}, len, object()], ids=stable)
def test_unreadable_answer_is_told(answer):
    assert judge(TASK, answer).status == "unreadable"


def test_close_to_allows_for_rounding():
    assert engine.close_to(0.3)(0.1 + 0.2)
    assert not engine.close_to(0.3)(0.3001)
    assert engine.close_to(1e12)(1e12 + 1)


@given(st.lists(st.sampled_from(["CHN", "RUS", "JPN"]), max_size=6))
def test_members_and_order(given_names):
    folded = tuple(reading.fold(name) for name in given_names)
    assert engine.same_members(["RUS", "CHN"])(folded) is (set(folded) == {"rus", "chn"})
    assert engine.same_order(["RUS", "CHN"])(folded) is (folded == ("rus", "chn"))
    assert engine.holds("JPN")(folded) is ("jpn" in folded)
    assert engine.lacks("JPN")(folded) is ("jpn" not in folded)


CODES = engine.codes_of(["CHN", "KOR"], {"South Korea": "KOR", "china": "CHN"})


@pytest.mark.parametrize(
    "answer",
    [["CHN", "KOR"], ["china", " SOUTH  Korea "], "CHN, South Korea", pd.Series(["chn", "kor"])],
    ids=stable,
)
def test_codes_may_be_names(answer):
    assert CODES(answer) == ("chn", "kor")


def test_unknown_code_is_named():
    said = CODES(["CHN", "Narnia"])
    assert isinstance(said, Unreadable)
    assert "narnia" in said.reason
    assert "CHN, KOR" in said.reason


def test_one_of_reads_every_way_to_write_a_choice():
    read = engine.one_of({"a": "A", "b": "B", "the second": "B"})
    assert [read(way) for way in ("a", "A", "(A)", " b. ", "The  second", ["B"])] == [
        *("A", "A", "A", "B", "B", "B")
    ]
    assert '"A", "B"' in read("c").reason
    assert read(...).missing


def test_writing_is_measured_and_not_judged():
    read = written.writing("The war came first (E025), the peace later: E028, X09. NATO is no id.")
    assert read.cited == {"E025", "E028", "X09"}
    assert read.words == 14
    assert "the war" in read.folded
    for nothing in ("...", "\n...\n", "write here", "  ", None):
        assert written.writing(nothing).missing
    assert not written.writing(12).missing


@pytest.mark.parametrize("identifier", tasks())
def test_task_is_whole(identifier):
    task = find_task(identifier)
    assert task.id == identifier
    assert task.why.strip()
    assert task.otherwise.strip()
    assert len(task.hints) >= 2
    names = [mistake.name for mistake in task.mistakes]
    assert len(set(names)) == len(names)
    assert len({mistake.message for mistake in task.mistakes}) == len(names)
    assert "other" not in names


@pytest.mark.parametrize("identifier", tasks())
def test_odd_answers_never_raise(identifier):
    odd = [..., None, "", math.nan, math.inf, 10**400, True, -1, "nonsense", [], [[]], {}, object()]
    odd += [len, b"1", pd.DataFrame({"a": [1]}), np.zeros(3), {1, 2}, 1j, "1" * 5000, [None] * 3]
    for answer in odd:
        verdict = judge(find_task(identifier), answer)
        assert verdict.message
        assert verdict.status in ("right", "wrong", "missing", "unreadable")


def test_only_readable_answers_are_kept():
    for answer in (..., "nonsense", math.nan, object()):
        tutor.check("01.1", answer)
    assert [e for e in journal().entries() if e.right] == []
    before = len(journal().entries())
    tutor.check("01.1", 1)
    assert len(journal().entries()) == before + 1
    assert journal().entries()[-1].what == "checked"


def test_hints_come_one_after_the_other_and_begin_again():
    hints = find_task("01.1").hints
    said = [repr(tutor.hint("01.1")) for _ in range(len(hints) + 1)]
    assert said[0].startswith(f"Hint 1 of {len(hints)}")
    assert len(set(said)) == len(hints)
    assert said[-1] == said[0]


@pytest.mark.parametrize("identifier", ["01.99", "", None, [], object()], ids=stable)
def test_unknown_task_is_told_in_words(identifier):
    for said in (tutor.check(identifier, 1), tutor.hint(identifier)):
        assert isinstance(said, Message)
        assert "Close to it: 01." in repr(said)
    assert journal().entries() == []


def test_reader_of_a_task_is_guarded(monkeypatch):
    """A task may bring a reader of its own: what goes wrong in it is told, and it is stopped in time."""

    def fails(_: object) -> float:
        raise ZeroDivisionError

    def never_ends(_: object) -> float:
        while True:
            pass

    assert "ZeroDivisionError" in judge(replace(TASK, read=fails), 10).message
    monkeypatch.setattr(reading, "SECONDS", 0.05)
    if can_interrupt():
        assert "was stopped" in judge(replace(TASK, read=never_ends), 10).message


@pytest.mark.parametrize(
    "answer",
    [
        ["China", "韩国"],
        ["中国", "대한민국"],
        ["PRC", "ROK"],
        "'CHN', \"KOR\"",
        "[CHN, KOR]",
        ["People's Republic of China", "KOR."],
    ],
    ids=stable,
)
def test_countries_may_be_named_in_many_ways(answer):
    read = engine.countries(["CHN", "KOR", "RUS"], {"韩国": "KOR"})
    assert read(answer) == ("chn", "kor")
    assert read("Soviet Union") == ("rus",)
    assert isinstance(read("Japan"), Unreadable)


def test_letters_may_come_as_one_word():
    read = engine.letters_of("ABCDE")
    for way in ("BD", "b, d", ["B", "D"], ["(b)", "D."], "'BD'", ("BD",)):
        assert read(way) == ("b", "d")
    assert "which is none of" in read("BAD FACE").reason
    assert read([]).missing


def test_before_and_any_of():
    assert engine.before("A", "B")(("a", "c", "b"))
    assert not engine.before("A", "B")(("b", "a"))
    assert not engine.before("A", "B")(("a",))
    assert engine.any_of(engine.close_to(1), engine.close_to(2))(2)
    assert not engine.any_of(engine.close_to(1), engine.close_to(2))(3)
