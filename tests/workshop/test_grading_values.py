"""How answers leave a notebook as plain data, and are rebuilt and judged elsewhere."""

import datetime
import decimal
import fractions
import importlib
import json
import math
import sys

import numpy as np
import pandas as pd
import pytest
from submissions import assignment

from tutor.checks import find_task, tasks
from tutor.checks.engine import judge
from tutor.workshop.grading import handing_over
from tutor.workshop.grading.judge import ChecksError, judge_apart, try_checks
from tutor.workshop.grading.values import ValueNotPlainError, rebuild, shown


def sent(value):
    """Send a value the way it goes: encoded, as JSON, decoded."""
    return rebuild(json.loads(json.dumps(handing_over._Encoder().encode(value))))


@pytest.mark.parametrize(
    "value",
    [
        None,
        ...,
        True,
        0,
        -(10**300),
        1860,
        0.1,
        -math.inf,
        "",
        "Đặng 김 \u2028 \0 <b>",
        [1, [2.5, "x"], ()],
        (1, 2),
        {"a": 1, 2: [None]},
        {"x", "y"},
        decimal.Decimal("0.10"),
        fractions.Fraction(1, 3),
        datetime.date(1950, 6, 25),
    ],
    ids=lambda value: type(value).__name__,
)
def test_plain_values_arrive_as_they_were_sent(value):
    arrived = sent(value)
    assert arrived == value
    assert type(arrived) is type(value)


def test_numpy_and_pandas_values_arrive_as_what_they_were():
    assert math.isnan(sent(float("nan")))
    for value in (np.float64(0.1), np.int64(-3), np.bool_(True), np.str_("x")):
        assert sent(value) == value
    assert type(sent(np.float64(1))) is np.float64
    assert type(sent(np.bool_(True))) is np.bool_
    table = np.arange(6.0).reshape(2, 3)
    np.testing.assert_array_equal(sent(table), table)
    column = pd.Series([1.5, 2], index=["a", "b"], name="share")
    pd.testing.assert_series_equal(sent(column), column)
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    pd.testing.assert_frame_equal(sent(frame), frame)
    assert list(sent(pd.Index(["CHN", "RUS"]))) == ["CHN", "RUS"]
    assert sent(pd.NA) is pd.NA
    assert sent(pd.Timestamp("1950-06-25")) == pd.Timestamp("1950-06-25")
    assert sent(range(3)) == [0, 1, 2]
    assert sent({"a": 1}.keys()) == ["a"]


def known_answers():
    """Every answer in the tests of the checks, right and wrong, with its task."""
    for number in range(1, 11):
        module = importlib.import_module(f"tests.checks.cases_{number:02d}")
        yield from ((task, each) for task, all_ in module.ACCEPTED.items() for each in all_)
        yield from ((task, each) for task, all_ in module.REJECTED.items() for each, _ in all_)


def test_the_checks_say_the_same_to_a_value_that_was_sent():
    answers = list(known_answers())
    assert len(answers) > 300
    for task, answer in answers:
        assert judge(find_task(task), sent(answer)) == judge(find_task(task), answer)


def test_what_is_not_plain_is_named_and_nothing_more():
    class Chart:
        def __repr__(self):
            raise RuntimeError

    arrived = sent(Chart())
    assert type(arrived).__name__ == "Chart"
    assert not vars(arrived)
    said = judge(find_task("01.1"), arrived).message
    assert said == judge(find_task("01.1"), Chart()).message
    assert "brackets that call it" in judge(find_task("01.1"), sent(len)).message


def test_a_value_cannot_bring_its_own_comparison():
    class Anything(float):
        __eq__ = __le__ = __lt__ = lambda *_: True
        __hash__ = float.__hash__

    arrived = sent(Anything(7))
    assert type(arrived) is float
    assert arrived == 7
    assert judge(find_task("01.1"), arrived).status == "wrong"


def test_a_value_that_has_no_end_or_fails_is_cut_off():
    endless = []
    endless.append(endless)

    class Failing(list):
        def __iter__(self):
            raise ValueError

    assert "other" in json.dumps(handing_over._Encoder().encode(endless))
    assert handing_over._Encoder().encode(Failing()) == {"other": "Failing"}
    for large in (["x"] * 10**6, np.zeros(10**6), {i: i for i in range(10**5)}, "x" * 10**7):
        assert len(json.dumps(handing_over._Encoder().encode(large))) < 1_500_000
    assert sent(10**5000) == sent(10**400)


DEEP = {"whole": "1"}
for _ in range(200):
    DEEP = {"list": [DEEP]}


@pytest.mark.parametrize(
    "hostile",
    [
        None,
        5,
        "text",
        [],
        {},
        {"whole": "1", "text": "x"},
        {"eval": "1"},
        {"whole": 5},
        {"whole": "__import__('os')"},
        {"whole": "9" * 5000},
        {"real": "1" * 500},
        {"text": "x" * 200_000},
        {"text": ["x"]},
        {"list": "abc"},
        {"list": [1, 2]},
        {"list": [{"whole": "1"}] * 50_000},
        {"pairs": [[{"list": []}, {"whole": "1"}]]},
        {"pairs": {"a": 1}},
        {"set": {"a": 1}},
        {"fraction": ["1", "0"]},
        {"decimal": "x"},
        {"numpy": ["object", {"pickle": "gASV"}]},
        {"numpy": ["float64", {"text": "x"}]},
        {"array": ["int8", [10**12], [{"text": "x"}]]},
        {"table": [[], 5]},
        {"column": [[]]},
        {"date": "never"},
        {"moment": []},
        {"other": ["x"]},
        DEEP,
    ],
    ids=lambda value: str(value)[:30],
)
def test_forged_values_are_turned_down(hostile):
    with pytest.raises(ValueNotPlainError):
        rebuild(hostile)


def test_forged_names_of_types_stay_names():
    arrived = rebuild({"other": "os.system('x')__class__"})
    assert type(arrived).__mro__[1:] == (object,)
    assert type(rebuild({"other": "   "})).__name__.strip() == ""


def test_a_forged_shape_costs_no_memory():
    assert rebuild({"array": ["float64", [10**9, 10**9], []]}).size == 0


def test_values_are_shown_in_a_line():
    assert shown(sent([1, "x", (2.5,)])) == '[1, "x", (2.5)]'
    assert shown(...) == ""
    assert shown(sent(pd.DataFrame({"a": [1]}))) == "(a table or column with 1 rows)"
    assert shown(sent(len)) == "(a function)"
    assert len(shown("x" * 1000)) == 300
    assert shown(sent(np.float64(0.5))) == "0.5"


def test_values_are_judged_in_another_process():
    handed = {
        "01.1": [{"whole": "1860"}],
        "01.2": [{"dots": None}, {"whole": "52"}],
        "01.3": [{"forged": 1}],
        "01.7": [{"text": "B"}],
        "01.8": [{"text": "  An argument.  "}],
    }
    judged = judge_apart("tutor.checks.lesson_01", handed, ["01.8"])
    assert {task: each.status for task, each in judged.items()} == {
        "01.1": "right",
        "01.2": "right",
        "01.3": "unreadable",
        "01.7": "wrong",
        "01.8": "wrong",
    }
    assert judged["01.7"].given == '"B"'
    assert judged["01.8"].given == "An argument."
    assert judged["01.7"].mistake


def own_checks(path, body):
    path.write_text(
        "import sys, time\n"
        "from tutor.checks.engine import Task, close_to\n"
        "from tutor.interaction import reading\n"
        "def task(id, right):\n"
        "    return Task(id, reading.number, right, 'why', (), 'no', ('hint',))\n" + body
    )
    return str(path)


def test_a_check_that_fails_or_ends_the_process_costs_its_own_task(tmp_path):
    checks = own_checks(
        tmp_path / "lesson_01.py",
        "import os\n"
        "def fails(given): raise KeyError\n"
        "def ends(given): os._exit(3)\n"
        'def prints(given): print(\'{"task": "01.2"}\'); return True\n'
        "TASKS = (task('01.1', fails), task('01.2', ends), task('01.3', prints))\n",
    )
    one = [{"whole": "1"}]
    judged = judge_apart(checks, {"01.1": one, "01.2": one, "01.3": one})
    assert {task: each.status for task, each in judged.items()} == {
        "01.1": "unreadable",
        "01.2": "unreadable",
        "01.3": "right",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no alarm")
def test_a_check_that_hangs_costs_its_own_task(tmp_path, monkeypatch):
    checks = own_checks(
        tmp_path / "lesson_01.py",
        "from tutor.workshop.grading import judge\n"
        "def hangs(given):\n"
        "    while True: pass\n"
        "import __main__; __main__._SECONDS_FOR_TASK = 1\n"
        "TASKS = (task('01.1', hangs), task('01.2', close_to(1)))\n",
    )
    one = [{"whole": "1"}]
    judged = judge_apart(checks, {"01.1": one, "01.2": one})
    assert [judged[task].status for task in ("01.1", "01.2")] == ["unreadable", "right"]


def test_checks_that_cannot_be_used_are_reported(tmp_path):
    with pytest.raises(ChecksError, match="ZeroDivisionError"):
        try_checks(own_checks(tmp_path / "a.py", "1 / 0\n"), ["01.1"])
    with pytest.raises(ChecksError, match=r"'01\.9'"):
        try_checks(
            own_checks(tmp_path / "b.py", "TASKS = (task('01.1', bool),)\n"), ["01.1", "01.9"]
        )
    try_checks("tutor.checks.lesson_01", assignment().task_ids)


def test_a_function_is_handed_over_as_its_results(tmp_path, monkeypatch):
    file = tmp_path / "handed"
    monkeypatch.setenv(handing_over.HANDED_OVER_VARIABLE, str(file))
    monkeypatch.setenv(handing_over.INPUTS_VARIABLE, '{"01.9": [[1, 2], [3, 0]]}')
    handing_over.hand_over("01.9", lambda a, b: a / b)
    handing_over.hand_over("01.9", 5)
    first, second = map(json.loads, file.read_text().splitlines())
    results = rebuild(first["value"])
    assert results[0] == 0.5
    assert type(results[1]).__name__ == "ZeroDivisionError"
    assert rebuild(second["value"]) == 5


def test_there_are_no_tasks_and_no_hints_where_notebooks_run():
    assert handing_over.tasks() == {}
    assert tasks()
    assert "no hints" in str(handing_over.hint("01.1").words)
    with pytest.raises(KeyError):
        handing_over.find_task("01.1")
