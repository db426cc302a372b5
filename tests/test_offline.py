"""The guard under which all tests and notebooks run lets nothing out and no warning pass."""

import os
import subprocess
import sys

import pytest

FARAWAY = "192.0.2.1"  # kept free for examples (RFC 5737): nobody answers there


def run(code, tmp_path):
    attempts = tmp_path / "attempts.txt"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"TUMEN_COURSE_ATTEMPTS": str(attempts)},
        capture_output=True,
        text=True,
    )
    return done, attempts.read_text() if attempts.exists() else ""


@pytest.mark.parametrize(
    "code",
    [
        f"import socket; socket.create_connection(('{FARAWAY}', 80), 1)",
        "import urllib.request; urllib.request.urlopen('http://example.org')",
        f"import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('{FARAWAY}', 53))",
        "import socket; socket.getaddrinfo('example.org', 80)",
    ],
)
def test_another_host_is_refused_and_written_down(code, tmp_path):
    done, attempts = run(code, tmp_path)
    assert done.returncode != 0
    assert "the tests run offline" in done.stderr
    assert attempts.startswith(("192.0.2.1 by", "example.org by"))


def test_an_attempt_that_is_swallowed_is_found_out(tmp_path):
    code = (
        "import contextlib, socket\n"
        "with contextlib.suppress(OSError):\n"
        f"    socket.create_connection(('{FARAWAY}', 80), 1)\n"
    )
    done, attempts = run(code, tmp_path)
    assert done.returncode == 0
    assert FARAWAY in attempts


def test_this_machine_may_be_asked(tmp_path):
    code = (
        "import socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname(), 5)\n"
        "socket.getaddrinfo('localhost', 80)\n"
    )
    done, attempts = run(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert attempts == ""


@pytest.mark.parametrize(("module", "fails"), [("tutor.charts.maps", True), ("elsewhere", False)])
def test_a_warning_in_the_courses_own_code_is_an_error(module, fails, tmp_path):
    code = (
        "import warnings\n"
        f"warnings.warn_explicit('old', DeprecationWarning, 'a file', 1, module='{module}')\n"
    )
    done, _ = run(code, tmp_path)
    assert (done.returncode != 0) is fails


def test_kernels_of_notebooks_run_under_the_guard():
    code = "import sitecustomize; print(sitecustomize.__file__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert os.environ["PYTHONPATH"] in done.stdout
