"""JupyterLab as Binder starts it: below a base path, with a token, as a user whose home cannot be written."""

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator

import lab_pages
import pytest
from lab_pages import Lab, LabPage, OpenNotebook, course_paths
from playwright.sync_api import Browser, expect

from tutor.interaction.record import FOLDER_VARIABLE
from tutor.workshop.notebooks import FOLDERS, REPOSITORY

pytestmark = pytest.mark.browser

BASE_PATH = "/user/across-the-tumen-7k3x/"
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")

# Another user without rights over this machine, where the system lets us be one: a namespace in which
# this process has that user's number. On Binder the number is 1000.
ANOTHER_USER = ("unshare", "--user", "--map-user=1000", "--map-group=1000")


def badge_path() -> str:
    """Give what the README's badge tells Binder to open."""
    (path,) = re.findall(r"mybinder\.org/v2/\S+?\?urlpath=([^)\s]+)\)", README)
    return path


def can_be_another_user() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run([*ANOTHER_USER, "id", "-u"], capture_output=True, text=True)
    return tried.stdout.strip() == "1000"


@pytest.fixture(scope="module")
def binder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    folder = tmp_path_factory.mktemp("binder")
    course, home = folder / "course", folder / "home"
    for name in FOLDERS:
        shutil.copytree(REPOSITORY / name, course / name)
    port = lab_pages.free_port()
    lab = Lab(f"http://127.0.0.1:{port}{BASE_PATH}", secrets.token_hex(16), course, home / "record")
    hidden = ("JUPYTER", "IPYTHON", "XDG", FOLDER_VARIABLE)
    variables = {name: each for name, each in os.environ.items() if not name.startswith(hidden)}
    variables |= {
        "HOME": str(home),
        "BINDER_REPO_URL": "https://github.com/across-the-tumen/across-the-tumen",
        "BINDER_SERVICE_HOST": "127.0.0.1",
        # Without these two the lab itself opens no notebook; hubs with a home like this one set them.
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_TOKEN": lab.token,
    }
    command = [*ANOTHER_USER] if can_be_another_user() else []
    # Binder knows nothing of the course's own way to start: a plain server with the lab in it.
    command += [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1"]
    command += [f"--port={port}", f"--ServerApp.base_url={BASE_PATH}"]
    if not can_be_another_user() and getattr(os, "geteuid", lambda: 1)() == 0:
        command.append("--allow-root")
    home.mkdir(mode=0o555)
    try:
        with lab_pages.served(lab, command, variables, folder / "lab.log"):
            yield lab
    finally:
        home.chmod(0o755)


@pytest.fixture(scope="module")
def binder_page(binder: Lab, browser: Browser) -> Iterator[LabPage]:
    context = browser.new_context(viewport=lab_pages.TALL)
    opened = LabPage(binder, context.new_page())
    opened.begin(badge_path())
    yield opened
    context.close()


def test_the_badge_opens_lesson_00_and_it_runs(binder_page):
    notebook = OpenNotebook(binder_page, "lessons/00_start_here.ipynb")
    expect(notebook.panel.get_by_role("heading", level=1)).to_contain_text("Start here")
    notebook.run_all()
    assert _errors(notebook) == []


def test_the_server_stands_below_its_base_path(binder_page):
    assert BASE_PATH + "lab/tree/lessons/00_start_here.ipynb" in binder_page.page.url


def test_who_has_no_place_for_her_record_is_told(binder_page, binder):
    if not can_be_another_user() and getattr(os, "geteuid", lambda: 1)() == 0:
        pytest.skip("a folder that cannot be written stops everyone but root")
    notebook = binder_page.open("lessons/01_cold_war_history.ipynb")
    notebook.run_all()
    assert _errors(notebook) == []
    told = "What you do here cannot be written to disk"
    expect(notebook.panel.get_by_text(told).first).to_be_visible()
    notebook.close()


def test_nothing_is_asked_of_another_host_on_binder(binder_page):
    assert binder_page.outside == []


@pytest.mark.slow
@pytest.mark.parametrize("path", course_paths("lessons", "exercises"))
def test_every_notebook_runs_on_binder(binder_page, path):
    notebook = binder_page.open(path)
    notebook.run_all()
    assert _errors(notebook) == []
    notebook.close()


def _errors(notebook: OpenNotebook) -> list[dict]:
    return [
        output
        for output in notebook.outputs()
        if output["output_type"] == "error" or output.get("name") == "stderr"
    ]
