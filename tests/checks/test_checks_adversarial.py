"""More than ten thousand answers to every task of the course: none may break a check, or fool one.

`adversaries` makes the odd ones. From each right answer (`cases_NN.ACCEPTED`) come the forms that must
still be right, and the mutants that must not be: what is right is told here by a rule of its own, not by the
check.
"""

import collections
import copy
import decimal
import fractions
import functools
import itertools
import re
from collections.abc import Callable
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests.checks import adversaries
from tests.checks.adversaries import ENDLESS, ODD
from tests.checks.test_checks import ACCEPTED, REJECTED, WRITTEN
from tutor.checks import find_task, tasks
from tutor.checks.engine import judge
from tutor.interaction import questions, reading
from tutor.interaction.questions import question_bank
from tutor.interaction.record import FOLDER_VARIABLE, journal
from tutor.interaction.time_limit import can_interrupt
from tutor.interaction.verdict import Verdict

# An object that recurses may do so while Python tidies up, where hypothesis looks on: it is heard of
# as a warning of its own.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

LONGEST_REPLY = 700

# Tasks to which several numbers or weights far from each other are right.
MANY_RIGHT = {"02.7", "04.7"}
# Tasks that ask for an order: written here once more, so that a lost `same_order` is seen.
ORDERED = {"01.3", "02.3", "03.1", "07.2", "10.3"}


@pytest.fixture(autouse=True)
def record_folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))


def kind(task: str) -> str:
    """Say what a task asks for: a number, a list of names, one choice, numbers, weights or a text."""
    if task in WRITTEN:
        return "text"
    value = find_task(task).read(right_of(task)[0])
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "choice"
    if isinstance(value, tuple):
        return "names" if isinstance(value[0], str) else "numbers"
    return "weights"


def right_of(task: str) -> list:
    return [answer for name, answer in ACCEPTED if name == task]


def of_kind(*kinds: str) -> list[str]:
    return [task for task in tasks() if kind(task) in kinds]


def value_of(task: str) -> object:
    return find_task(task).read(right_of(task)[0])


def is_fit_to_be_shown(shown: Verdict) -> bool:
    said = str(shown)
    said.encode("utf-8")
    shown._repr_html_().encode("utf-8")
    words = sum(sign.isalpha() or sign.isspace() for sign in said)
    return (
        shown.status in ("right", "wrong", "missing", "unreadable")
        and len(said) <= LONGEST_REPLY
        and words > 0.5 * len(said)
        and all(sign.isprintable() or sign == "\n" for sign in said)
    )


def problem_with(reply: Callable[[], Verdict], *, may_be_right: bool = False) -> str:
    """Say what is wrong with a reply, in words only.

    No exception leaves this function: pytest would look at the hostile answers on the way, and fall.
    """
    try:
        shown = reply()
    except BaseException as problem:
        return f"raised {type(problem)}"
    if not is_fit_to_be_shown(shown):
        return f"unfit to be shown: {str(shown)[:200]!a}"
    return "" if may_be_right or not shown.right else "judged right"


def words_of(ask: Callable[[], object]) -> str:
    """Give what a call says, if it is not too long; no exception leaves this function either."""
    try:
        said = repr(ask())
    except BaseException as problem:
        return f"raised {type(problem)}"
    return said if len(said) <= LONGEST_REPLY else "too long"


# Odd answers.


def test_there_are_ten_thousand_odd_answers():
    assert len(ODD) * len(tasks()) >= 10_000


@pytest.mark.parametrize("name", ODD)
def test_odd_answers_are_turned_down_in_words(name):
    answer = ODD[name]()
    found = {task.id: problem_with(lambda t=task: judge(t, answer)) for task in tasks().values()}
    assert {task: problem for task, problem in found.items() if problem} == {}


@pytest.mark.skipif(not can_interrupt(), reason="no interval timers on this system")
@pytest.mark.parametrize("name", ENDLESS)
def test_answers_that_never_come_are_stopped_and_told(name, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    replies = []
    for task in tasks().values():
        assert (
            problem_with(lambda t=task: replies.append(judge(t, ENDLESS[name]())) or replies[-1])
            == ""
        )
    assert {reply.status for reply in replies} == {"unreadable"}
    assert any("was stopped" in reply.message for reply in replies)


@pytest.mark.parametrize("name", ODD)
def test_odd_answers_go_through_check_itself(name):
    assert problem_with(lambda: tutor.check("01.1", ODD[name]())) == ""
    assert not any(entry.right for entry in journal().entries())
    assert journal().damaged_lines() == 0


@pytest.mark.parametrize("name", [name for name in ODD if name not in adversaries.HUGE])
def test_odd_answers_to_questions_are_told_in_words(name):
    """Quizzes and predictions read their answers as the checks do."""
    answer = ODD[name]()
    for question in {asked.kind: asked for asked in question_bank().values()}.values():
        reply = functools.partial(questions.judge, question, answer)
        assert problem_with(reply, may_be_right=True) == "", question.id
    assert "There is no question" in words_of(lambda: tutor.quiz(answer))


@pytest.mark.parametrize("name", ODD)
def test_odd_ids_of_tasks_are_told_in_words(name):
    for ask in (lambda: tutor.check(ODD[name](), 1), lambda: tutor.hint(ODD[name]())):
        assert words_of(ask).startswith("There is no task")
    assert journal().entries() == []


@pytest.mark.parametrize("task", of_kind("number"))
def test_reply_to_an_odd_answer_does_not_hold_the_right_number(task):
    right = {str(answer) for answer in right_of(task) if type(answer) in (int, float)}
    assert right
    for name in adversaries.THINGS | adversaries.NUMBERS_THAT_ARE_NONE:
        said = re.sub("'.*?'", "", str(judge(find_task(task), ODD[name]())))
        assert not right & set(re.findall(r"\d[\d.]*\d|\d", said)), name


@pytest.mark.parametrize("task", of_kind("names"))
def test_no_message_names_just_the_right_members(task):
    """What names the right ones and no other gives the answer away."""
    known = find_task(task)
    right = {str(name).casefold() for name in value_of(task)}
    others = {
        name
        for case, answer, _ in REJECTED
        if case == task and isinstance(read := known.read(answer), tuple)
        for name in read
    } - right
    texts = [text for mistake in known.mistakes for text in (mistake.message, mistake.hint)]
    for text in [*texts, known.otherwise, *known.hints]:
        said = set(re.findall(r"\w+", text.casefold()))
        assert not (right <= said and not others & said), text


# Nothing is changed by being read.

CHANGEABLE = {
    "list": lambda: ["CHN", ["RUS", 3], {"a": 1}],
    "dictionary": lambda: {"a": [1, 2], "b": {3}},
    "set": lambda: {"CHN", "RUS"},
    "bytearray": lambda: bytearray(b"CHN"),
    "deque": lambda: collections.deque(["CHN"], maxlen=3),
    "default dictionary": lambda: collections.defaultdict(list, a=[1]),
    "array": lambda: np.array([3.0, 1.0, 2.0]),
    "array of objects": lambda: np.array(["b", None, ["a"]], dtype=object),
    "series": lambda: pd.Series(["b", "a"], index=[5, 4], name="x"),
    "categories": lambda: pd.Series(["b", "a"], dtype="category"),
    "frame": lambda: pd.DataFrame({"a": [2, 1], "b": ["y", "x"]}, index=["q", "p"]),
    "frame of many indices": lambda: pd.DataFrame(
        {"a": [1, 2]}, index=pd.MultiIndex.from_tuples([(1, "x"), (2, "y")])
    ),
    "one cell": lambda: pd.DataFrame({"a": [1860]}),
}


@pytest.mark.parametrize("name", CHANGEABLE)
def test_nothing_is_changed_by_being_judged(name):
    answer = CHANGEABLE[name]()
    before = copy.deepcopy(answer)
    for task in tasks().values():
        judge(task, answer)
    if isinstance(answer, pd.DataFrame):
        pd.testing.assert_frame_equal(answer, before)
    elif isinstance(answer, pd.Series):
        pd.testing.assert_series_equal(answer, before)
    elif isinstance(answer, np.ndarray):
        assert answer.tolist() == before.tolist()
    else:
        assert answer == before


@pytest.mark.parametrize("name", ["generator", "iterator", "map", "file"])
def test_nothing_is_used_up_by_being_judged(name):
    answer = ODD[name]()
    for task in tasks().values():
        judge(task, answer)
    assert len(list(answer)) > 0


def test_functions_are_never_called():
    calls = []
    for task in tasks().values():
        for answer in (
            lambda: calls.append(1),
            calls.append,
            type("F", (), {"__call__": calls.append}),
        ):
            judge(task, answer)
    assert calls == []


# Right forms.


def forms_of_number(value: float) -> list:
    """Ways to give one number: 1860, 1860.0, "1860", [1860], a column of one ..."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    forms = [value, text, f" {text} ", f"\n{text}\t", f"{text}\u00a0", decimal.Decimal(text)]
    forms += [np.float64(value), np.array(value), np.array([[value]]), [value], (value,), {value}]
    forms += [pd.Series([value]), pd.Index([value]), pd.DataFrame({"a": [value]}), [[text]]]
    forms += [fractions.Fraction(text), np.str_(text), text.replace("-", "\u2212"), f"{value:.12e}"]
    forms += [pd.Series([text]), pd.array([value]), np.longdouble(value), {"a": value}.values()]
    exact = fractions.Fraction(text)
    forms += [f"{exact.numerator}/{exact.denominator}", text.translate(FULL_WIDTH)]
    if value >= 0:
        forms += [f"+{text}", f"{value:,.6f}", f"{value:_.6f}"]
    if value.is_integer():
        whole = int(value)
        forms += [whole, np.int64(whole), pd.Series([whole], dtype="Int64"), f"{whole}.", [[whole]]]
        forms += [fractions.Fraction(whole), decimal.Decimal(whole), np.array([whole])]
    return forms


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def spellings(word: str) -> list[str]:
    """Ways to write one word that a reader takes for the same."""
    return [
        *(word, word.upper(), word.lower(), word.title(), word.swapcase()),
        *(f" {word} ", f"{word}\n", f"\u200b{word}", word.replace(" ", "\u00a0")),
        *(word.replace(" ", "  "), f"{word}\ufeff", np.str_(word)),
    ]


def forms_of_names(names: list[str]) -> list:
    """Ways to give several names, in their order."""
    forms = [names, tuple(names), np.array(names), pd.Series(names), pd.Index(names)]
    forms += [
        pd.Categorical(names),
        pd.Series(names, dtype="category"),
        dict.fromkeys(names).keys(),
    ]
    forms += [np.array(names, dtype=object), pd.array(names, dtype="string"), iter_free_list(names)]
    forms += [
        ", ".join(names),
        ",".join(names),
        f" {' ,  '.join(names)} ,",
        pd.Series(names, dtype=object),
    ]
    forms += [[spelling(name) for name in names] for spelling in SPELLINGS]
    return forms


SPELLINGS = [
    lambda word, place=place: spellings(word)[place] for place in range(len(spellings("x")))
]


def iter_free_list(names: list[str]) -> list:
    made = type("Mine", (list,), {})()
    made.extend(names)
    return made


@pytest.mark.parametrize("task", of_kind("number"))
def test_right_numbers_are_right_in_every_form(task):
    values = {find_task(task).read(answer) for answer in right_of(task)}
    for value in values:
        for form in forms_of_number(value):
            verdict = judge(find_task(task), form)
            assert verdict.right, f"{form!r}: {verdict}"


@pytest.mark.parametrize("task", of_kind("names"))
def test_right_lists_are_right_in_every_form_and_order(task):
    names = [str(name) for name in value_of(task)]
    written = [list(answer) for answer in right_of(task) if isinstance(answer, list)]
    for several in [names, [name.upper() for name in names], *written]:
        for form in forms_of_names(several):
            assert judge(find_task(task), form).right, form
    if task not in ORDERED:
        for order in itertools.islice(permutations(names), 24):
            assert judge(find_task(task), order).right
            assert judge(find_task(task), set(order)).right


@pytest.mark.parametrize("task", of_kind("choice"))
def test_right_choices_are_right_in_every_spelling(task):
    for answer in right_of(task):
        word = find_task(task).read(answer)
        around = [f"({word})", f"{word}.", f"{word})", f'"{word}"', f"“{word}”", f"'{word}'"]
        for form in [*spellings(word), *around, [word], (word,), {word}, pd.Series([word])]:
            assert judge(find_task(task), form).right, form


@pytest.mark.parametrize("task", of_kind("text"))
def test_right_texts_are_right_in_every_form(task):
    text = WRITTEN[task]
    forms = [text, f"\n\n{text}\n", text.replace(" ", "  "), text.replace(". ", ".\n"), [text]]
    forms += [
        np.str_(text),
        text.replace(" ", "\u00a0"),
        text.replace("\n", "\r\n"),
        pd.Series([text]),
    ]
    forms += [f"{text} And so it was.", text.replace(",", " ,"), text + "\u200b"]
    for form in forms:
        assert judge(find_task(task), form).right


# Mutants.

FACTORS = (-1, 2, 0.5, 10, 0.1, 12, 1 / 12, 100, 0.01, 1000, 0.001, 1e6, 1e-6, 1e9, 1.1, 0.9, -100)


def mutants_of_number(value: float) -> list[float]:
    """Slips with a number: one off, another sign or unit, a percentage, the inverse, the rest to one."""
    slips = [value + step for step in (1, -1, 2, -2, 10, -10, 0.5, -0.5, 100, -100)]
    slips += [value * factor for factor in FACTORS]
    slips += [1 - value, 100 - value, value**2, 1 / value if value else 7, abs(value) ** 0.5, 0]
    return slips


def is_the_same_number(mutant: float, right: list[float]) -> bool:
    """Whether a mutant is but a rounding: within a twentieth of a right number."""
    return any(abs(mutant - value) <= 0.05 * abs(value) + 1e-9 for value in right)


@pytest.mark.parametrize("task", [task for task in of_kind("number") if task not in MANY_RIGHT])
def test_no_slip_with_a_number_is_right(task):
    known = find_task(task)
    right = [known.read(answer) for answer in right_of(task)]
    tried = 0
    for value in right:
        for mutant in mutants_of_number(value):
            if is_the_same_number(mutant, right):
                continue
            for form in (mutant, str(mutant), [mutant], np.float64(mutant)):
                verdict = judge(known, form)
                assert verdict.status == "wrong", f"{form!r}: {verdict}"
                tried += 1
    assert tried > 50


def counts() -> list[str]:
    """Give the tasks to which just one whole number is right."""
    values = {
        task: {find_task(task).read(each) for each in right_of(task)} for task in of_kind("number")
    }
    return [task for task, right in values.items() if len(right) == 1 and min(right).is_integer()]


@pytest.mark.parametrize("task", counts())
def test_whole_numbers_are_right_to_the_unit(task):
    for step in (1, -1, 0.5, -0.5, 0.1):
        assert judge(find_task(task), value_of(task) + step).status == "wrong"


def members_known_to(task: str) -> set[str]:
    """Names that can stand in an answer to a task, from all its cases."""
    cases = [answer for name, answer in ACCEPTED if name == task]
    cases += [answer for name, answer, _ in REJECTED if name == task]
    read = [find_task(task).read(answer) for answer in cases]
    return {name for names in read if isinstance(names, tuple) for name in names}


@pytest.mark.parametrize("task", of_kind("names"))
def test_no_list_with_a_member_more_or_less_or_exchanged_is_right(task):
    known, right = find_task(task), list(value_of(task))
    others = sorted(members_known_to(task) - set(right))
    mutants = [right[:place] + right[place + 1 :] for place in range(len(right))]
    mutants += [[*right, other] for other in others] + [[other, *right] for other in others]
    mutants += [
        [other if name == left else name for name in right] for left in right for other in others
    ]
    mutants += [right[:1], right[-1:], right * 2 if task in ORDERED else right[1:]]
    mutants = [mutant for mutant in mutants if set(mutant) != set(right) or task in ORDERED]
    for mutant in mutants:
        if mutant == right:
            continue
        for form in (mutant, tuple(mutant), ", ".join(mutant), pd.Series(mutant, dtype=object)):
            assert not judge(known, form).right, form
    assert mutants or len(right) == 1


@pytest.mark.parametrize("task", sorted(ORDERED))
def test_no_other_order_is_right(task):
    known, right = find_task(task), list(value_of(task))
    others = [order for order in permutations(right) if list(order) != right]
    for order in itertools.islice(others, 150):
        assert judge(known, list(order)).status == "wrong"
    assert judge(known, set(right)).status == "unreadable"


@pytest.mark.parametrize("task", of_kind("choice"))
def test_no_other_choice_is_right(task):
    known, right = find_task(task), value_of(task)
    others = {known.read(answer) for name, answer, _ in REJECTED if name == task}
    others |= {letter for letter in "ABCDEFG" if len(right) == 1}
    others -= {right}
    assert len(others) >= 2
    for other in others:
        for form in (other, other.lower(), f"({other})", f"{right} {other}", f"{right}{other}"):
            assert not judge(known, form).right, form
        assert not judge(known, [right, other]).right


@pytest.mark.parametrize("task", of_kind("numbers"))
def test_no_slip_with_one_of_several_numbers_is_right(task):
    known, right = find_task(task), list(value_of(task))
    for place, value in enumerate(right):
        for mutant in mutants_of_number(value):
            if not is_the_same_number(mutant, [value]):
                assert not judge(known, [*right[:place], mutant, *right[place + 1 :]]).right
    assert not judge(known, right[::-1]).right
    assert not judge(known, right[:-1]).right
    assert not judge(known, [*right, right[-1]]).right


@pytest.mark.parametrize("task", of_kind("text"))
def test_no_text_without_length_or_evidence_is_right(task):
    text, known = WRITTEN[task], find_task(task)
    ids = re.compile(r"\b[A-Z]{1,2}\d{1,3}\b")
    mutants = [
        ids.sub("", text),
        text[: len(text) // 3],
        " ".join(ids.findall(text)),
        text[:40] * 30,
    ]
    mutants += ["lorem ipsum dolor " * 60, ids.sub(lambda row: row.group().lower(), text)]
    mutants += [ids.sub("ZZ999", text), "x" * 5000, "E025 X02 " * 100]
    for mutant in mutants:
        verdict = judge(known, mutant)
        assert verdict.status == "wrong", mutant[:80]
        assert verdict.hint


# Whatever hypothesis thinks of.

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.decimals()
    | st.fractions()
    | st.text()
    | st.text(alphabet="0123456789.,/-+eE% _\u00a0\u2212ABCDE()'\"")
    | st.binary()
    | st.dates()
    | st.timedeltas()
    | st.sampled_from([..., int, pd.NA, pd.NaT, np.nan, "CHN", "RUS", "PRK", "E025", "A", "B"])
)
ANSWERS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(), inner)
        | st.lists(inner).map(lambda items: pd.Series(items, dtype=object))
        | st.lists(inner, max_size=3).map(
            lambda items: pd.DataFrame({"a": pd.Series(items, dtype=object)})
        )
        | st.frozensets(st.text())
    ),
    max_leaves=8,
)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(sorted(tasks())), ANSWERS)
def test_whatever_is_answered_gets_a_reply(task, answer):
    assert problem_with(lambda: judge(find_task(task), answer), may_be_right=True) == ""


@settings(deadline=None, max_examples=60)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_judged_by_every_task(value):
    for task in of_kind("number"):
        assert judge(find_task(task), value).status in ("right", "wrong")
