"""Whoever has an old Python reads what to do, not a syntax error."""

import ast
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.workshop.bootstrap import ROOT

OLD = [(2, 7), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10)]
MUST_PARSE = ["tutor/__init__.py", "tutor/__main__.py", "tutor/workshop/__init__.py"]


def interpreter(version):
    """Return an old Python of this machine, by PATH or as pyenv keeps them, or None."""
    name = "python{}.{}".format(*version)
    found = shutil.which(name)
    places = Path.home().glob(".pyenv/versions/{}.{}.*/bin/python".format(*version))
    for place in [found, *sorted(map(str, places))]:
        if place and works(place):
            return place
    return None


def works(python):
    # pyenv's shims exist for versions that are not there.
    try:
        return subprocess.run([python, "-c", ""], capture_output=True, timeout=60).returncode == 0
    except OSError:
        return False


@pytest.mark.parametrize("version", OLD)
def test_an_old_python_is_told_what_to_do(version):
    python = interpreter(version)
    if python is None:
        pytest.skip("this machine has no Python {}.{}".format(*version))
    done = subprocess.run(
        [python, "-B", "-m", "tutor", "start"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; you have {}.{}".format(*version) in done.stderr
    assert "tutor start" in done.stderr or "python.org" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", MUST_PARSE)
def test_the_first_files_have_nothing_that_an_old_python_cannot_read(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.isascii()
    tree = ast.parse(text, feature_version=(3, 7))
    for node in ast.walk(tree):
        assert not isinstance(node, ast.AnnAssign | ast.JoinedStr | ast.NamedExpr), node.lineno
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert not any(argument.annotation for argument in node.args.args)
        if isinstance(node, ast.ImportFrom):
            assert node.module != "__future__"


@pytest.mark.parametrize("found", ["python3.12", None])
def test_the_message_names_a_newer_python_where_there_is_one(found):
    module = runpy.run_path(str(ROOT / "tutor" / "__main__.py"), run_name="read")
    message = module["too_old_message"]
    message.__globals__["newer_python"] = lambda: found
    text = message((3, 8, 1))
    assert "you have 3.8" in text
    assert ("python3.12 -m tutor" in text) == (found is not None)
    assert ("python.org" in text) == (found is None)


def test_the_running_python_is_not_too_old():
    module = runpy.run_path(str(ROOT / "tutor" / "__main__.py"), run_name="read")
    assert sys.version_info[:2] >= module["OLDEST"]
