"""How the course starts JupyterLab: one list of arguments for students, tests and CI.

What JupyterLab itself must not do (ask the web for news, updates or extensions) stands in the
folder ``settings`` beside this file. It is installed with the course into the folder ``etc`` of the
environment, so that it holds however the lab is started, on Binder too.
"""

from __future__ import annotations

import os
from pathlib import Path

FIRST_NOTEBOOK = "lessons/00_start_here.ipynb"


def lab_arguments(
    root: Path,
    port: int,
    *,
    notebook: str = FIRST_NOTEBOOK,
    browser: bool = True,
    workspaces: Path | None = None,
) -> list[str]:
    """Return the arguments after ``python -m`` that open the course in JupyterLab.

    Parameters
    ----------
    root
        The course's folder, which the lab shows.
    port
        The port to serve on; the lab does not look for another by itself.
    notebook
        What to open, relative to ``root``, with forward slashes.
    browser
        Whether the lab opens a browser.
    workspaces
        Where the lab keeps which tabs are open; by default in the user's home, where it mixes
        them with those of her other projects.
    """
    arguments = [
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{notebook}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        # The address and errors only: a screenful of log lines frightens a beginner.
        "--log-level=ERROR",
    ]
    if workspaces is not None:
        arguments.append(f"--LabApp.workspaces_dir={workspaces}")
    if not browser:
        arguments.append("--no-browser")
    # In a container one is often root; the server listens to this machine only and wants a token.
    if getattr(os, "geteuid", lambda: 1)() == 0:
        arguments.append("--allow-root")
    return arguments


def lab_variables(variables: dict[str, str]) -> dict[str, str]:
    """Return the variables to start the lab with: the environment's kernel before the user's."""
    return variables | {"JUPYTER_PREFER_ENV_PATH": "1"}
