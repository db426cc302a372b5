"""``python -m tutor versions oldest|newest``: test on other versions of the packages than the locked ones.

``oldest`` takes each direct dependency at the lowest version that pyproject.toml allows, ``newest`` takes
everything as it is in the registry today. Each gets an environment of its own beside the course, made anew
every time; further arguments go to pytest. The browser is left out: it shows the lab, one of the packages.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tutor.workshop import bootstrap
from tutor.workshop.environment import direct_dependencies
from tutor.workshop.run_tests import PARALLEL, notebooks

RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}

# What compares the project's own files with the lock and the locked environment says nothing of others.
OF_THE_LOCK = ("tests/test_environment.py", "tests/workshop/test_workshop_weight.py")


def folder_of(which: str, root: Path = bootstrap.ROOT) -> Path:
    """Return where the environment of ``oldest`` or ``newest`` is made."""
    return root / f".venv-{which}"


def installing(which: str, uv: str, root: Path = bootstrap.ROOT) -> list[list[str]]:
    """Return the commands that make an environment with the oldest or newest versions.

    Only what learners need is taken at its oldest; the tools of the tests are today's in both.
    """
    folder = folder_of(which, root)
    python = str(bootstrap.python_in(folder))
    install = [uv, "pip", "install", "--quiet", "--python", python]
    course = [*install, "--resolution", RESOLUTIONS[which], "--upgrade", "--editable", str(root)]
    tools = [*install, *direct_dependencies(root, "dev")]
    return [[uv, "venv", "--quiet", "--python", sys.executable, str(folder)], course, tools]


def pytest_command(which: str, extra: Sequence[str] = (), root: Path = bootstrap.ROOT) -> list[str]:
    """Return the command that runs the notebooks and the tests of the package there."""
    python = str(bootstrap.python_in(folder_of(which, root)))
    apart = [f"--ignore={path}" for path in OF_THE_LOCK]
    chosen = ["-m", "not browser and not slow", *apart, *extra]
    return [python, "-m", "pytest", "--nbval-lax", *PARALLEL, *chosen, "tests", *notebooks(root)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the environment, show its versions, run the tests, and return 0 if all passed."""
    parser = argparse.ArgumentParser(prog="python -m tutor versions", description=__doc__)
    parser.add_argument("which", choices=RESOLUTIONS)
    options, extra = parser.parse_known_args(arguments)
    uv = bootstrap.find_uv() or bootstrap.install_uv(bootstrap.environment_folder())
    shutil.rmtree(folder_of(options.which), ignore_errors=True)
    for command in installing(options.which, uv):
        if bootstrap.run(command):
            raise bootstrap.SetupError(bootstrap.network_message())
    python = str(bootstrap.python_in(folder_of(options.which)))
    shown = "\n".join(
        f"print({name!r}, m.version({name!r}))" for name in direct_dependencies(bootstrap.ROOT)
    )
    bootstrap.run([python, "-c", f"import importlib.metadata as m\n{shown}"])
    # The kernel of this environment, not one that the user has elsewhere.
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    return bootstrap.run(pytest_command(options.which, extra))
