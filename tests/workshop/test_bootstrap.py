"""Setting up from nothing but Python, without a network; the real thing is at the end, slow."""

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.workshop import bootstrap

pytestmark = pytest.mark.usefixtures("own_prefix")


@pytest.fixture
def own_prefix(monkeypatch):
    """Let the running Python look like one without the course."""

    def absent(name):
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "distribution", absent)


@pytest.fixture
def course(tmp_path):
    """A course's folder with a space and a letter beyond ASCII, and a prepared environment."""
    root = tmp_path / "my coursé 図們"
    root.mkdir()
    (root / "uv.lock").write_text("version = 1\n")
    (root / "pyproject.toml").write_text("[project]\n")
    python = bootstrap.python_in(root / ".venv")
    python.parent.mkdir(parents=True)
    python.write_text("")
    stamp(root, ["dev"])
    return root


def stamp(root, groups):
    record = {"root": str(root), "fingerprint": bootstrap.fingerprint(root), "groups": groups}
    (root / ".venv" / "tumen-course.json").write_text(json.dumps(record))


def refuse(*_arguments, **_more):
    raise AssertionError("nothing may be run")


def test_a_current_environment_is_used_without_running_anything(course, monkeypatch):
    monkeypatch.setattr(subprocess, "run", refuse)
    monkeypatch.setattr(subprocess, "call", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    python = bootstrap.python_in(course / ".venv")
    assert bootstrap.prepare((), course) == python
    assert bootstrap.prepare(("dev",), course) == python


@pytest.mark.parametrize("changed", ["uv.lock", "pyproject.toml"])
def test_a_changed_lock_makes_it_stale(course, changed):
    assert bootstrap.is_current((), course)
    (course / changed).write_text("changed")
    assert not bootstrap.is_current((), course)


def test_a_missing_group_makes_it_stale(course):
    stamp(course, [])
    assert bootstrap.is_current((), course)
    assert not bootstrap.is_current(("dev",), course)


def test_a_moved_folder_makes_it_stale(course):
    moved = course.with_name("elsewhere")
    course.rename(moved)
    assert not bootstrap.is_current((), moved)


def test_a_lost_interpreter_makes_it_stale(course):
    bootstrap.python_in(course / ".venv").unlink()
    assert not bootstrap.is_current((), course)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"groups": null}'])
def test_a_damaged_stamp_makes_it_stale(course, damage):
    (course / ".venv" / "tumen-course.json").write_text(damage)
    assert not bootstrap.is_current((), course)


@pytest.mark.parametrize(
    ("answer", "recent"),
    [
        (f"uv {bootstrap.PINNED_UV} (abc 2026-01-01)", True),
        ("uv 99.0.0", True),
        ("uv 0.4.30 (61ed2a236 2024-11-04)", False),
        ("uv-like thing", False),
        ("", False),
    ],
)
def test_only_a_recent_uv_is_used(answer, recent):
    assert bootstrap.is_recent_uv(answer) is recent


def test_windows_keeps_programs_elsewhere():
    folder = Path("course") / ".venv"
    assert bootstrap.python_in(folder, "nt") == folder / "Scripts" / "python.exe"
    assert bootstrap.uv_in(folder, "nt") == folder / "Scripts" / "uv.exe"
    assert bootstrap.python_in(folder, "posix") == folder / "bin" / "python"


def test_variables_that_lead_astray_are_dropped():
    given = {"PYTHONPATH": "x", "PYTHONHOME": "x", "VIRTUAL_ENV": "x", "HTTPS_PROXY": "p"}
    assert bootstrap.child_variables(given) == {"HTTPS_PROXY": "p"}


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_names_the_package_to_install(tmp_path, monkeypatch, missing):
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else real(name)
    )
    with pytest.raises(bootstrap.SetupError, match=r"apt install python3\.\d+-venv"):
        bootstrap.make_environment(tmp_path, with_pip=True)
    assert not (tmp_path / ".venv").exists()


def test_an_environment_cannot_remake_itself(course, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(course / ".venv"))
    with pytest.raises(bootstrap.SetupError, match="delete the folder"):
        bootstrap.make_environment(course, with_pip=True, moved=True)


def test_another_environment_that_holds_the_course_is_left_alone(course, monkeypatch):
    monkeypatch.setattr(importlib.metadata, "distribution", lambda _name: object())
    monkeypatch.setattr(sys, "prefix", "/opt/conda/envs/across-the-tumen")
    monkeypatch.setattr(subprocess, "run", refuse)
    assert bootstrap.prepare(("dev",), course) == Path(sys.executable)


def test_a_failing_download_says_what_to_do(course, monkeypatch):
    stamp(course, [])
    monkeypatch.setattr(bootstrap, "find_uv", lambda: None)
    monkeypatch.setattr(bootstrap, "make_environment", lambda *_, **__: None)
    monkeypatch.setattr(bootstrap, "run", lambda *_, **__: 1)
    with pytest.raises(bootstrap.SetupError, match="HTTPS_PROXY"):
        bootstrap.prepare(("dev",), course)
    assert not bootstrap.is_current(("dev",), course)


def test_a_uv_that_fails_leaves_no_stamp_and_shows_its_words(course, monkeypatch, capfd):
    stamp(course, [])
    uv = course / "failing uv.py"
    uv.write_text("import sys; print(' + quiet==1\\nwords of uv', file=sys.stderr); sys.exit(2)")
    monkeypatch.setattr(bootstrap, "find_uv", lambda: "uv")
    monkeypatch.setattr(bootstrap, "make_environment", lambda *_, **__: None)
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _command, **more: real([sys.executable, str(uv)], **more)
    )
    with pytest.raises(bootstrap.SetupError):
        bootstrap.prepare(("dev",), course)
    shown = capfd.readouterr().out
    assert "words of uv" in shown
    assert "quiet" not in shown
    assert not bootstrap.is_current(("dev",), course)


@pytest.mark.slow
def test_a_fresh_clone_is_set_up_and_starts_again_without_a_network(tmp_path):
    clone = tmp_path / "my coursé"
    subprocess.run(["git", "clone", "-q", str(bootstrap.ROOT), str(clone)], check=True)
    base = Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else "bin/python3")
    command = [str(base), "-m", "tutor", "start", "--check"]
    hidden = {"UV_CACHE_DIR": str(tmp_path / "cache"), "PATH": os.defpath}
    variables = bootstrap.child_variables() | hidden
    first = subprocess.run(command, cwd=clone, env=variables, capture_output=True, text=True)
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Ready: Python" in first.stdout
    # Compiled when installed: else the learner's first notebook would wait for it.
    assert list((clone / ".venv").rglob("altair/__pycache__/__init__.*.pyc"))

    shutil.rmtree(tmp_path / "cache")
    nowhere = variables | {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    second = subprocess.run(command, cwd=clone, env=nowhere, capture_output=True, text=True)
    assert second.returncode == 0, second.stdout + second.stderr
    assert "Setting up" not in second.stdout

    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""
