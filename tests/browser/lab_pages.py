"""Notebooks open in a real JupyterLab, for the tests that look at them through a browser."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Route, expect

from tutor.charts.figure import VEGA_LITE_MIME
from tutor.interaction.questions import question
from tutor.interaction.record import FOLDER_VARIABLE
from tutor.interaction.verdict import plain
from tutor.workshop.lab import lab_arguments, lab_variables
from tutor.workshop.notebooks import FOLDERS, REPOSITORY

# A loaded machine may take its time; what is there is seen at once, so this costs nothing.
PATIENCE = 30_000
START_SECONDS = 60
expect.set_options(timeout=PATIENCE)

# All of a lesson fits into one window, so that nothing is left unpainted because it is out of sight.
TALL = {"width": 1280, "height": 20_000}

CHART = ".jp-RenderedVegaCommon5"
OURS = f".tumen-question, .tumen-summit, .tumen-explorable, .tumen-verdict, {CHART}"

# What the lab says by itself, with no notebook open: none of it comes from the course. The last is
# anywidget's on a busy machine: after two seconds it complains that a form is not there yet, and shows it
# when it is. A form that never comes is found by `wait_until_shown`.
NOT_OURS = ("favicon", "ResizeObserver loop", "[anywidget] Failed to initialize model")

_OPEN = """async (path) => {
  const panel = await jupyterapp.commands.execute('docmanager:open', { path, factory: 'Notebook' });
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.revealed;
}"""

_CLOSE = """async (path) => {
  const { shell } = jupyterapp;
  const panel = [...shell.widgets('main')].find((one) => one.context?.path === path);
  if (!panel) return;
  await panel.sessionContext.shutdown();
  panel.dispose();
}"""

_SAVE = """async (path) => {
  const { shell } = jupyterapp;
  const panel = [...shell.widgets('main')].find((one) => one.context?.path === path);
  await panel.context.save();
}"""

_SHOW = """(path) => {
  const { shell } = jupyterapp;
  const panel = [...shell.widgets('main')].find((one) => one.context?.path === path);
  shell.activateById(panel.id);
}"""

_RUN_ALL = """async () => {
  await jupyterapp.commands.execute('notebook:run-all-cells');
}"""

_RUN_CELL = """async ([text, source]) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  const place = notebook.widgets.findIndex(
    (cell) => cell.model.type === 'code' && cell.model.sharedModel.getSource().includes(text));
  if (place < 0) throw new Error(`no cell of code holds ${text}`);
  if (source !== null) notebook.widgets[place].model.sharedModel.setSource(source);
  notebook.activeCellIndex = place;
  await jupyterapp.commands.execute('notebook:run-cell');
}"""

_RESTART = """async () => {
  await jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart();
  await jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
}"""

_OUTPUTS = """() => jupyterapp.shell.currentWidget.content.widgets
  .filter((cell) => cell.model.type === 'code')
  .flatMap((cell) => cell.model.outputs.toJSON())"""

_PAINTED = """([chart, count]) => {
  const panel = jupyterapp.shell.currentWidget.node;
  const charts = [...panel.querySelectorAll(chart)];
  const marks = 'svg .mark-group :is(path, line, text)';
  const painted = (one) => one.querySelector(marks);
  return charts.length === count && charts.every(painted);
}"""

_FORMS = """(count) => {
  const panel = jupyterapp.shell.currentWidget.node;
  return panel.querySelectorAll('.tumen-question, .tumen-summit').length === count;
}"""


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that runs on a copy of the course.

    Parameters
    ----------
    address : str
        Where it listens, with the slash at the end.
    token : str
        What it wants to hear.
    folder : pathlib.Path
        The copy of the course.
    record : pathlib.Path
        The folder of the learner's record.
    """

    address: str
    token: str
    folder: Path
    record: Path

    def forget(self) -> None:
        """Begin as a learner who has done nothing yet."""
        shutil.rmtree(self.record, ignore_errors=True)


def course_paths(*folders: str) -> list[str]:
    """List the notebooks that learners open, relative to the course's folder."""
    return [
        path.relative_to(REPOSITORY).as_posix()
        for folder in folders
        for path in sorted((REPOSITORY / folder).glob("*.ipynb"))
    ]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def running_lab(folder: Path) -> Iterator[Lab]:
    """Start JupyterLab on a copy of the course, wait until it answers, and end it."""
    course = folder / "course"
    for name in FOLDERS:
        shutil.copytree(REPOSITORY / name, course / name)
    port = free_port()
    lab = Lab(f"http://127.0.0.1:{port}/", secrets.token_hex(16), course, folder / "record")
    variables = lab_variables(dict(os.environ)) | {
        FOLDER_VARIABLE: str(lab.record),
        "JUPYTER_TOKEN": lab.token,
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    arguments = lab_arguments(course, port, browser=False, workspaces=folder / "workspaces")
    with served(lab, [sys.executable, "-m", *arguments], variables, folder / "lab.log"):
        yield lab


@contextmanager
def served(lab: Lab, command: list[str], variables: dict[str, str], log: Path) -> Iterator[None]:
    """Run the command of a lab, wait until it answers, and end it."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            # The page's own commands are reached through it: more robust than clicking in menus.
            [*command, "--LabApp.expose_app_in_browser=True"],
            env=variables,
            cwd=lab.folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(lab, process, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{lab.address}api?token={lab.token}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start. It said:\n{log.read_text(errors='replace')}")


@dataclass
class LabPage:
    """One page of the browser, with the lab in it, and everything it asked for and complained of."""

    lab: Lab
    page: Page
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def begin(self, path: str = "lab") -> None:
        """Open the lab: without a notebook, or by another address below the server's."""
        self.page.set_default_timeout(PATIENCE)
        self.page.context.on("request", self._note_request)
        self.page.context.route("**/*", self._let_through)
        self.page.on("console", self._note_console)
        self.page.on(
            "pageerror", lambda error: self._note_complaint(f"uncaught: {error.stack or error}")
        )
        self.page.goto(f"{self.lab.address}{path}?token={self.lab.token}&reset")
        self.page.wait_for_function("() => window.jupyterapp?.restored")
        self.page.evaluate("() => jupyterapp.restored")
        # As learners see it who fold the list of files away: all of the width for the notebook.
        self.page.evaluate("() => jupyterapp.shell.collapseLeft()")

    def open(self, path: str, *, run: bool = True) -> OpenNotebook:
        """Open a notebook in a tab of its own and run all its cells."""
        self.complaints.clear()
        self.page.evaluate(_OPEN, path)
        notebook = OpenNotebook(self, path)
        if run:
            notebook.run_all()
        return notebook

    def write(self, path: str, *cells: str) -> OpenNotebook:
        """Write a notebook of these cells of code into the course's folder, open it and run it."""
        content = {
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"cell-{place}",
                    "execution_count": None,
                    "metadata": {},
                    "outputs": [],
                    "source": source,
                }
                for place, source in enumerate(cells)
            ],
            "metadata": {
                "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        (self.lab.folder / path).write_text(json.dumps(content), encoding="utf-8")
        return self.open(path)

    def _note_request(self, request: Request) -> None:
        if _is_outside(request.url):
            self.outside.append(request.url)

    def _let_through(self, route: Route) -> None:
        if _is_outside(route.request.url):
            route.abort()
        else:
            route.continue_()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note_complaint(message.text)

    def _note_complaint(self, text: str) -> None:
        if not any(words in text for words in NOT_OURS):
            self.complaints.append(text)


def _is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1"


@dataclass(frozen=True)
class OpenNotebook:
    """A notebook open in the lab."""

    lab_page: LabPage
    path: str

    @property
    def page(self) -> Page:
        """The page that shows it."""
        return self.lab_page.page

    @property
    def panel(self) -> Locator:
        """Everything in its tab."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def run_all(self) -> None:
        """Run all cells and wait until everything they show stands on the page."""
        self.page.evaluate(_RUN_ALL)
        self.wait_until_shown()

    def run_cell(self, text: str, source: str | None = None) -> None:
        """Run the first cell of code that holds `text`, after writing `source` into it, if given."""
        self.page.evaluate(_RUN_CELL, [text, source])
        self.wait_until_shown()

    def restart(self) -> None:
        """Restart its kernel and clear what was shown."""
        self.page.evaluate(_RESTART)

    def show(self) -> None:
        """Bring its tab to the front."""
        self.page.evaluate(_SHOW, self.path)

    def save(self) -> None:
        """Save it with its outputs."""
        self.page.evaluate(_SAVE, self.path)

    def close(self) -> None:
        """Shut its kernel down and close its tab."""
        self.page.evaluate(_CLOSE, self.path)

    def outputs(self) -> list[dict]:
        """Give the outputs of all its cells, as they would be saved."""
        return self.page.evaluate(_OUTPUTS)

    def wait_until_shown(self) -> None:
        """Wait until every chart is painted and every form is built."""
        data = [output.get("data", {}) for output in self.outputs()]
        charts = sum(VEGA_LITE_MIME in one for one in data)
        forms = sum("application/vnd.jupyter.widget-view+json" in one for one in data)
        self.page.wait_for_function(_PAINTED, arg=[CHART, charts])
        self.page.wait_for_function(_FORMS, arg=forms)

    def form(self, identifier: str) -> Locator:
        """Find the form of a question by the question's own words."""
        legend = self.page.get_by_text(plain(question(identifier).prompt), exact=True)
        return self.panel.locator("form.tumen-question", has=legend)

    def below(self, form: Locator, what: str) -> Locator:
        """Find what the same cell shows below a form."""
        child = form.locator("xpath=ancestor::*[contains(@class, 'jp-OutputArea-child')][1]")
        return child.locator("xpath=following-sibling::*").locator(what)

    def skip_predictions(self) -> None:
        """Press every button that shows a chart without a guess."""
        for button in self.panel.locator(".tumen-skip").all():
            button.click()
        expect(self.panel.locator(".tumen-question[data-waiting]")).to_have_count(0)


def form_of(notebook: OpenNotebook, label: str) -> Locator:
    """Find the controls of an explorable by a text that stands among them."""
    return notebook.panel.locator("form.tumen-explorable", has_text=label)


def expect_words(form: Locator, words: str) -> None:
    """Wait until the live region of an explorable says these words."""
    expect(form.get_by_role("status")).to_have_text(words)


def expect_in_chart(notebook: OpenNotebook, form: Locator, text: str | re.Pattern[str]) -> None:
    """Wait until a text stands in the chart below the controls."""
    chart = notebook.below(form, CHART)
    expect(chart.locator("svg text", has_text=text).first).to_be_visible()
