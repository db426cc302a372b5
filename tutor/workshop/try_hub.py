"""Try the course on a real JupyterHub: two students at once, each with her own work.

`python -m tutor try-hub` installs JupyterHub and nbgitpuller into the course's environment, fetches the
proxy that stands before a hub (with npm, into a temporary folder), starts all of it on this machine's
loopback and lets a browser log in as two students. Further arguments go to pytest.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tutor.workshop import bootstrap

GROUPS = ("dev", "hub")
PROXY = "configurable-http-proxy"
PROXY_VARIABLE = "TUMEN_HUB_PROXY"
"""Environment variable that names the proxy's program."""

TESTS = "tests/browser/test_browser_jupyterhub.py"


def main(arguments: Sequence[str]) -> int:
    """Set up and run the tests on a hub."""
    python = bootstrap.prepare(GROUPS)
    with tempfile.TemporaryDirectory(prefix="tumen-hub-") as folder:
        try:
            proxy = find_or_fetch_proxy(Path(folder))
        except bootstrap.SetupError as problem:
            print(problem, file=sys.stderr)
            return 1
        command = [str(python), "-m", "pytest", "-m", "slow", TESTS, *arguments]
        return bootstrap.run(command, **{PROXY_VARIABLE: str(proxy)})


def find_or_fetch_proxy(folder: Path) -> Path:
    """Find the proxy on the PATH, or install it into a folder.

    Raises
    ------
    SetupError
        There is no npm, or it could not fetch the proxy.
    """
    found = shutil.which(PROXY)
    if found:
        return Path(found)
    npm = shutil.which("npm")
    if npm is None:
        raise bootstrap.SetupError(
            f"A hub needs the program {PROXY}, which comes from npm, and there is no npm.\n"
            "What to do: install Node.js (on Debian and Ubuntu: sudo apt install npm), and run this again."
        )
    print(f"Fetching {PROXY} into a temporary folder", flush=True)
    command = [
        npm,
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(folder),
        PROXY,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    program = shutil.which(PROXY, path=str(folder / "node_modules" / ".bin"))
    if done.returncode or program is None:
        raise bootstrap.SetupError(
            f"npm could not fetch {PROXY}:\n{done.stdout}{done.stderr}\n"
            "What to do: see that you are online, and run this again."
        )
    return Path(program)
