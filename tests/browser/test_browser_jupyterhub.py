"""Two students on one JupyterHub: the link brings the course, and each keeps her own work.

Run by ``python -m tutor try-hub``, which fetches what a hub needs.
"""

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import running_hub
from lab_pages import PATIENCE, TALL, Lab, LabPage, OpenNotebook
from playwright.sync_api import Browser, expect
from running_hub import NAME, Hub

from tutor.workshop import links
from tutor.workshop.lab import FIRST_NOTEBOOK
from tutor.workshop.notebooks import REPOSITORY
from tutor.workshop.try_hub import PROXY_VARIABLE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSON = "lessons/01_cold_war_history.ipynb"
GUIDE = REPOSITORY / "solutions" / "guide" / "jupyterhub.md"
EXERCISE = "exercises/01_cold_war_history.ipynb"
# What each of the two guesses at 01.p1: how far the sea is.
GUESSES = {"anna": "250", "bela": "40"}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    missing = running_hub.what_is_missing()
    if missing and PROXY_VARIABLE not in os.environ:
        pytest.skip(f"no {missing} here: run python -m tutor try-hub, which fetches it")
    if missing:
        pytest.fail(f"try-hub has not brought {missing}")
    with running_hub.running_hub(tmp_path_factory.mktemp("hub")) as running:
        yield running


@dataclass(frozen=True)
class Student:
    """A student in a browser of her own."""

    name: str
    hub: Hub
    page: LabPage

    def follow(self, notebook: str) -> OpenNotebook:
        """Follow the link that the instructor handed out, and wait for what it opens."""
        link = links.hub_link(
            links.read_hub(f"{self.hub.address}hub/home"),
            links.read_address(self.hub.repository),
            "main",
            notebook,
        )
        self.page.page.goto(link)
        if "/hub/login" in self.page.page.url:
            self.page.page.get_by_label("Username").fill(self.name)
            self.page.page.get_by_label("Password").fill(self.hub.password)
            self.page.page.get_by_role("button", name="Sign in").click()
        # The server starts, the course is pulled, and the lab opens on the notebook.
        self.page.page.wait_for_url(re.compile(rf"/user/{self.name}/lab/"), timeout=4 * PATIENCE)
        self.page.page.wait_for_function("() => window.jupyterapp?.restored")
        path = f"{NAME}/{notebook}"
        self.page.page.wait_for_function(
            "(path) => jupyterapp.shell.currentWidget?.context?.path === path", arg=path
        )
        self.page.page.evaluate("() => jupyterapp.shell.currentWidget.sessionContext.ready")
        return OpenNotebook(self.page, path)

    def file(self, path: str) -> Path:
        """Give a file of her copy of the course."""
        return self.hub.home(self.name) / NAME / path


@pytest.fixture(scope="module")
def students(hub: Hub, browser: Browser) -> dict[str, Student]:
    """Two students, logged in at the same time."""
    both = {}
    for name in GUESSES:
        page = browser.new_context(viewport=TALL).new_page()
        page.set_default_timeout(PATIENCE)
        lab = Lab(hub.address, "", hub.home(name) / NAME, hub.home(name))
        both[name] = Student(name, hub, LabPage(lab, page))
    return both


def guess(lesson: OpenNotebook, number: str) -> None:
    form = lesson.form("01.p1")
    form.get_by_label("Your answer").fill(number)
    form.get_by_label("Your answer").press("Enter")
    expect(form.locator(".tumen-reply")).to_contain_text(f"You guessed: {number} km.")


def test_two_students_work_at_once_and_each_has_her_own_progress(hub, students):
    for student in students.values():
        opened = student.follow(FIRST_NOTEBOOK)
        opened.run_all()
    lessons = {name: student.follow(LESSON) for name, student in students.items()}
    for lesson in lessons.values():
        lesson.run_all()
    for name, lesson in lessons.items():
        guess(lesson, GUESSES[name])
    for name in GUESSES:
        record = hub.record(name)
        assert [(one["item"], one["answer"]) for one in record if one["what"] == "predicted"] == [
            ("01.p1", f"{GUESSES[name]} km")
        ]
        assert {one["item"] for one in record if one["what"] == "opened"} >= {"01"}
    assert hub.server_of("anna")["ready"]
    assert hub.server_of("bela")["ready"]


def answer_to(task: str, path: Path) -> str:
    """Give the cell of a notebook that answers a task."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return next(source for source in code if f'check("{task}"' in source)


def test_a_new_pull_brings_the_instructors_changes_and_keeps_the_students(hub, students):
    anna = students["anna"]
    exercise = anna.follow(EXERCISE)
    answer = 'answer = 1860  # from cite("E003")\ncheck("01.1", answer)'
    exercise.run_cell('check("01.1"', answer)
    exercise.save()

    # The instructor corrects a lesson, corrects a place in the exercise Anna has answered, and adds a page.
    for path, old, new in (
        ("lessons/02_the_thaw.ipynb", "The thaw", "The Thaw"),
        (EXERCISE, 'check(\\"01.2\\", answer)', 'check(\\"01.2\\", answer)  # corrected'),
    ):
        file = hub.course / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")
    (hub.course / "lessons" / "news.md").write_text("Bring string on Monday.", encoding="utf-8")
    hub.publish("Correct two places")

    again = anna.follow(EXERCISE)
    mine = anna.file(EXERCISE)
    assert answer_to("01.1", mine) == answer
    assert answer_to("01.2", mine).endswith("# corrected")
    assert "The Thaw" in anna.file("lessons/02_the_thaw.ipynb").read_text(encoding="utf-8")
    assert anna.file("lessons/news.md").exists()
    # Bela has not followed the link again, and nothing happened behind his back.
    assert not students["bela"].file("lessons/news.md").exists()
    expect(again.panel.get_by_text("1860").first).to_be_visible()


def test_a_server_stopped_for_idleness_loses_neither_answers_nor_files(hub, students):
    anna = students["anna"]
    before = hub.record("anna")
    assert before
    assert hub.ask("DELETE", "/users/anna/server") in (202, 204)
    deadline = time.monotonic() + 60
    while hub.server_of("anna") is not None and time.monotonic() < deadline:
        time.sleep(0.2)
    assert hub.server_of("anna") is None
    assert hub.server_of("bela")["ready"]

    lesson = anna.follow(LESSON)
    lesson.run_all()
    form = lesson.form("01.p1")
    expect(form.locator(".tumen-reply")).to_contain_text("You guessed: 250 km.")
    assert hub.record("anna")[: len(before)] == before
    assert "1860" in answer_to("01.1", anna.file(EXERCISE))


def test_the_guides_lines_collect_what_everybody_handed_in(hub, students, tmp_path):
    block = re.search(
        r"<!-- collect -->\n\n```\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL
    )
    lines = block[1].replace("/home/jupyter-", f"{hub.homes}/")
    assert str(hub.homes) in lines
    subprocess.run(["bash", "-euc", lines], cwd=tmp_path, check=True, capture_output=True)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.ipynb")}
    name = Path(EXERCISE).name
    assert found == {f"handed_in/{student}/{name}" for student in GUESSES}
    assert "1860" in answer_to("01.1", tmp_path / "handed_in" / "anna" / name)


def test_memory_of_a_student_stays_below_what_the_guide_asks_for(hub, students, capsys):
    students["bela"].follow("lessons/08_tradp_model.ipynb").run_all()
    used = running_hub.memory_of(hub.home("bela"))
    if not used:
        pytest.skip("this system does not say how much memory a process uses")
    with capsys.disabled():
        print(
            f"\nA student's JupyterLab takes {used['server']} MB, "
            f"her {used['kernels']} open notebooks {used['kernel']} MB."
        )
    limit = int(re.search(r"tljh-config set limits.memory (\d+)G", GUIDE.read_text())[1]) * 1024
    assert 50 < used["server"] + used["kernel"] < limit
