"""For every test, and for the kernels of notebooks that nbval runs: no other host may be asked."""

import os
import runpy
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

# Nothing is timed in a test: on a busy machine any example may take its time.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

GUARDED = Path(__file__).parent / "guarded"
ATTEMPTS = "TUMEN_COURSE_ATTEMPTS"


def pytest_configure(config: pytest.Config) -> None:
    """Let every Python that is started from here load the guard in ``tests/guarded``."""
    os.environ["PYTHONPATH"] = str(GUARDED)
    # The processes of xdist inherit the file of the first.
    if ATTEMPTS not in os.environ:
        handle, path = tempfile.mkstemp(prefix="tumen-course-attempts-", suffix=".txt")
        os.close(handle)
        os.environ[ATTEMPTS] = path
        config.add_cleanup(lambda: _forget(path))
    runpy.run_path(str(GUARDED / "sitecustomize.py"))


def _forget(path: str) -> None:
    os.environ.pop(ATTEMPTS, None)
    Path(path).unlink(missing_ok=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the whole run if anything asked for another host."""
    if hasattr(session.config, "workerinput"):
        return
    path = Path(os.environ.get(ATTEMPTS, ""))
    asked = path.read_text(encoding="utf-8") if path.is_file() else ""
    if asked:
        print(f"\nANOTHER HOST WAS ASKED FOR:\n{asked}", file=sys.stderr)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
