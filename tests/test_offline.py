"""The guard under which all tests and notebooks run lets nothing out and no warning pass."""

import os
import shutil
import subprocess
import sys

import pytest

from tutor.workshop.bootstrap import ROOT
from tutor.workshop.run_tests import PARALLEL, notebooks

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


# --- without the guard, in a network that has no way out ----------------------------------------

WITHOUT_A_ROUTE = ("unshare", "--user", "--map-root-user", "--net")
# Kernels speak to their notebook over the loopback, which a new network has but does not use yet.
WITH_LOOPBACK = """
import fcntl, socket, struct, subprocess, sys
UP_AND_RUNNING, SET_FLAGS = 0x1 | 0x40, 0x8914
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP_AND_RUNNING))
sys.exit(subprocess.call(sys.argv[1:]))
"""


def without_a_route(*command, **more):
    inside = [*WITHOUT_A_ROUTE, sys.executable, "-c", WITH_LOOPBACK, *command]
    variables = {name: each for name, each in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(inside, cwd=ROOT, env=variables, capture_output=True, text=True, **more)


@pytest.fixture
def cut_off():
    if shutil.which("unshare") is None or without_a_route("true").returncode:
        pytest.skip("this system lets nobody make a network of her own")


@pytest.mark.slow
def test_the_network_without_a_route_reaches_nobody(cut_off):
    code = f"import socket; socket.create_connection(('{FARAWAY}', 80), 5)"
    done = without_a_route(sys.executable, "-c", code)
    assert "Network is unreachable" in done.stderr


@pytest.mark.slow
def test_every_notebook_runs_in_a_network_without_a_route(cut_off):
    command = [sys.executable, "-m", "pytest", "-q", "--nbval-lax", *PARALLEL, *notebooks()]
    done = without_a_route(*command)
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
