"""Every check against right answers in many forms and wrong ones that must get their own message."""

import importlib
import pkgutil

import pytest

import tests.checks as cases_folder
from tests.naming import stable
from tutor.checks import find_task, tasks
from tutor.checks.engine import judge

MODULES = [
    importlib.import_module(f"tests.checks.{info.name}")
    for info in pkgutil.iter_modules(cases_folder.__path__)
    if info.name.startswith("cases_")
]
ACCEPTED = [
    (task, answer)
    for module in MODULES
    for task, some in module.ACCEPTED.items()
    for answer in some
]
REJECTED = [
    (task, *case) for module in MODULES for task, some in module.REJECTED.items() for case in some
]
NOT_ANSWERED = [..., None, "", "  ", "..."]


@pytest.mark.parametrize(("task", "answer"), ACCEPTED, ids=stable)
def test_right_answers_are_accepted_in_every_form(task, answer):
    verdict = judge(find_task(task), answer)
    assert verdict.right, f"{task} turned down {answer!r}: {verdict}"


@pytest.mark.parametrize(("task", "answer", "mistake"), REJECTED, ids=stable)
def test_wrong_answers_get_the_message_of_their_mistake(task, answer, mistake):
    verdict = judge(find_task(task), answer)
    assert verdict.status == "wrong"
    assert verdict.mistake == mistake
    assert verdict.message
    assert verdict.hint


@pytest.mark.parametrize("task", tasks())
def test_every_task_has_cases_of_both_kinds(task):
    accepted = [case for case in ACCEPTED if case[0] == task]
    mistakes = {case[2] for case in REJECTED if case[0] == task}
    assert len(accepted) >= 3
    assert len(mistakes) >= 3
    unknown = mistakes - {mistake.name for mistake in find_task(task).mistakes} - {"other"}
    assert not unknown


@pytest.mark.parametrize("task", tasks())
def test_every_mistake_that_the_course_knows_has_a_case(task):
    tried = {case[2] for case in REJECTED if case[0] == task}
    assert {mistake.name for mistake in find_task(task).mistakes} <= tried


@pytest.mark.parametrize("task", tasks())
@pytest.mark.parametrize("answer", NOT_ANSWERED, ids=stable)
def test_nothing_is_not_an_answer(task, answer):
    assert judge(find_task(task), answer).status == "missing"


@pytest.mark.parametrize("task", tasks())
def test_messages_of_a_task_differ_and_hints_say_more(task):
    task = find_task(task)
    messages = [mistake.message for mistake in task.mistakes] + [task.otherwise, task.why]
    assert len(set(messages)) == len(messages)
    assert len(task.hints) >= 2
    assert len(set(task.hints)) == len(task.hints)


@pytest.mark.parametrize("task", tasks())
def test_a_number_is_never_given_away(task):
    """No message, hint or refusal holds the number that would be right."""
    task = find_task(task)
    numbers = {str(a) for t, a in ACCEPTED if t == task.id and type(a) in (int, float)}
    words = [part for m in task.mistakes for part in (m.message, m.hint)]
    for text in [*words, task.otherwise, *task.hints]:
        said = set(text.replace(",", " ").replace("(", " ").replace(")", " ").rstrip(".").split())
        assert not numbers & said, text
