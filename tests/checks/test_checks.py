"""Every check against right answers in many forms and wrong ones that must get their own message."""

import ast
import importlib
import json
import pkgutil
import re

import pytest

import tests.checks as cases_folder
from tests.naming import stable
from tutor.checks import find_task, tasks, written
from tutor.checks.engine import judge
from tutor.workshop.notebooks import REPOSITORY

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
WRITTEN = {
    task: next(answer for name, answer in ACCEPTED if name == task)
    for task in tasks()
    if any(mistake.name == "no sentences" for mistake in find_task(task).mistakes)
}
WORDS_ASKED_FOR = "functionalism, step 2.1, curve, threshold, veto"


def without_sentences(text: str) -> str:
    return re.sub(r"[.!?](?=\s|$)", " and", text)


def one_word_again_and_again(text: str) -> str:
    """Everything that a task asks for, and otherwise nothing."""
    ids = ", ".join(re.findall(r"\b[A-Z]{1,2}\d{1,3}\b", text))
    return f"{ids}, {WORDS_ASKED_FOR}. It is so. It was so. So it was. {'so ' * 150}"


REJECTED += [(task, without_sentences(text), "no sentences") for task, text in WRITTEN.items()]
REJECTED += [
    (task, one_word_again_and_again(text), "the same words") for task, text in WRITTEN.items()
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


def test_there_is_a_written_argument_in_every_lesson():
    assert {task[:2] for task in WRITTEN} == {f"{number:02d}" for number in range(1, 11)}


@pytest.mark.parametrize("task", WRITTEN)
def test_model_answer_passes_its_own_check(task):
    """What the solution shows as a good answer has the form that the check asks for."""
    texts = [
        ast.literal_eval(text)
        for notebook in (REPOSITORY / "solutions").glob(f"{task[:2]}_*.ipynb")
        for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if f'check("{task}"' in "".join(cell["source"])
        for text in re.findall(r'"""[^"].*?"""', "".join(cell["source"]), re.DOTALL)
    ]
    model = max(texts, key=len)
    assert judge(find_task(task), model).right


@pytest.mark.parametrize("task", WRITTEN)
def test_task_itself_is_no_answer_to_it(task):
    """Copying the task, its rubric and the ids of a good answer leaves no words of one's own."""
    copied = written.task_text(task)
    assert len(copied.split()) > 60
    ids = " ".join(re.findall(r"\b[A-Z]{1,2}\d{1,3}\b", WRITTEN[task]))
    verdict = judge(find_task(task), f"{copied} {ids} {WORDS_ASKED_FOR} {copied}")
    assert verdict.mistake == "too short"


@pytest.mark.parametrize("task", WRITTEN)
def test_reply_to_a_written_argument_claims_no_more_than_it_saw(task):
    assert "form only" in judge(find_task(task), WRITTEN[task]).message
