"""A JupyterHub on this machine's own loopback, with the course on a git server beside it: a class in small.

Its spawner starts each student's server as an ordinary process with a home folder of its own, which is what
The Littlest JupyterHub does with system users and Kubernetes with containers.
"""

from __future__ import annotations

import functools
import http.server
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tutor.workshop.notebooks import FOLDERS, REPOSITORY
from tutor.workshop.try_hub import PROXY_VARIABLE

START_SECONDS = 90
NAME = "across-the-tumen"

# What stands here in Python is said for real hubs in solutions/guide/jupyterhub.md.
_CONFIGURATION = """
c = get_config()
c.JupyterHub.bind_url = {address!r}
c.JupyterHub.hub_bind_url = {hub_address!r}
c.ConfigurableHTTPProxy.command = {proxy!r}
c.ConfigurableHTTPProxy.api_url = {proxy_address!r}
c.JupyterHub.db_url = {database!r}
c.JupyterHub.cookie_secret = bytes.fromhex({secret!r})
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.cmd = [{python!r}, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.args = {arguments!r}
c.Spawner.environment = {variables!r}
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
c.JupyterHub.services = [{{"name": "teacher", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "teacher", "services": ["teacher"], "scopes": ["admin:servers", "read:users", "list:users"]}}
]
"""


@dataclass(frozen=True)
class Hub:
    """A hub that runs.

    Parameters
    ----------
    address : str
        Where students log in, with the slash at the end.
    repository : str
        Where nbgitpuller finds the course.
    password : str
        The password of everybody.
    homes : pathlib.Path
        The folder of the students' home folders.
    course : pathlib.Path
        The instructor's clone: what she commits there and publishes is what students pull.
    token : str
        Lets the teacher's programs ask the hub.
    """

    address: str
    repository: str
    password: str
    homes: Path
    course: Path
    token: str

    def home(self, student: str) -> Path:
        """Give a student's home folder."""
        return self.homes / student

    def record(self, student: str) -> list[dict]:
        """Read a student's record, wherever in her home the course keeps it."""
        found = sorted(self.home(student).rglob("progress.jsonl"))
        return [
            json.loads(line)
            for path in found
            for line in path.read_text(encoding="utf-8").splitlines()
        ]

    def ask(self, method: str, path: str) -> int:
        """Ask the hub's own interface, as programs that stop idle servers do; give its status."""
        request = urllib.request.Request(
            f"{self.address}hub/api{path}",
            method=method,
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status

    def server_of(self, student: str) -> dict | None:
        """Say what the hub knows about a student's server; None if it does not run."""
        request = urllib.request.Request(
            f"{self.address}hub/api/users/{student}",
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["servers"].get("")

    def publish(self, message: str) -> None:
        """Commit what changed in the instructor's clone, and put it where students pull."""
        _git(self.course, "add", "-A")
        _git(self.course, "commit", "-q", "-m", message)
        _git(self.course, "push", "-q", "published", "main")
        _git(self.course.parent / "served" / f"{NAME}.git", "update-server-info")


def what_is_missing() -> str:
    """Say what a hub needs and this machine has not; empty if all is there."""
    missing = [name for name in ("jupyterhub", "nbgitpuller") if not importlib.util.find_spec(name)]
    missing += [] if find_proxy() else ["configurable-http-proxy"]
    missing += [] if shutil.which("git") else ["git"]
    return ", ".join(missing)


def find_proxy() -> list[str]:
    """Give the command of the proxy that stands before a hub, or an empty list."""
    named = os.environ.get(PROXY_VARIABLE) or shutil.which("configurable-http-proxy")
    return [named] if named else []


@contextmanager
def running_hub(folder: Path) -> Iterator[Hub]:
    """Start a hub and a git server, wait until they answer, and end both."""
    course, served = _put_course_into_git(folder)
    with _served_over_http(served) as git_address:
        ports = _free_ports(3)
        hub = Hub(
            address=f"http://127.0.0.1:{ports[0]}/",
            repository=f"{git_address}{NAME}.git",
            password=secrets.token_hex(8),
            homes=folder / "homes",
            course=course,
            token=secrets.token_hex(16),
        )
        hub.homes.mkdir()
        configuration = folder / "jupyterhub_config.py"
        configuration.write_text(_configuration(hub, folder, ports), encoding="utf-8")
        log = folder / "hub.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(configuration)],
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            try:
                _wait_for(hub, process, log)
                yield hub
            finally:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _configuration(hub: Hub, folder: Path, ports: list[int]) -> str:
    # The page's own commands are reached through it, as in the other tests.
    arguments = ["--LabApp.expose_app_in_browser=True"]
    if getattr(os, "geteuid", lambda: 1)() == 0:
        arguments.append("--allow-root")
    # A plain web server as git host cannot serve the last commit alone.
    variables = {"NBGITPULLER_DEPTH": "0", "JUPYTER_PREFER_ENV_PATH": "1"}
    # The guard of tests/conftest.py, which refuses other hosts, is to hold in students' servers too.
    guard = ("PYTHONPATH", "TUMEN_COURSE_ATTEMPTS")
    variables |= {name: os.environ[name] for name in guard if name in os.environ}
    return _CONFIGURATION.format(
        address=hub.address,
        hub_address=f"http://127.0.0.1:{ports[1]}",
        proxy_address=f"http://127.0.0.1:{ports[2]}",
        proxy=find_proxy(),
        database=f"sqlite:///{folder / 'hub.sqlite'}",
        secret=secrets.token_hex(32),
        password=hub.password,
        homes=str(hub.homes),
        python=sys.executable,
        arguments=arguments,
        variables=variables,
        token=hub.token,
    )


def _put_course_into_git(folder: Path) -> tuple[Path, Path]:
    """Make the instructor's clone of the course, and the repository that the git server gives out."""
    course, served = folder / "course", folder / "served"
    for name in FOLDERS:
        shutil.copytree(REPOSITORY / name, course / name)
    served.mkdir()
    bare = served / f"{NAME}.git"
    _git(folder, "init", "-q", "--bare", "-b", "main", str(bare))
    _git(folder, "init", "-q", "-b", "main", str(course))
    _git(course, "config", "user.name", "Instructor")
    _git(course, "config", "user.email", "instructor@example.org")
    _git(course, "remote", "add", "published", str(bare))
    Hub("", "", "", folder, course, "").publish("Begin the term")
    return course, served


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


@contextmanager
def _served_over_http(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def _free_ports(count: int) -> list[int]:
    taken = [socket.socket() for _ in range(count)]
    try:
        for one in taken:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in taken]
    finally:
        for one in taken:
            one.close()


def _wait_for(hub: Hub, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{hub.address}hub/login", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterHub did not start. It said:\n{log.read_text(errors='replace')}")


def memory_of(student_home: Path) -> dict[str, int]:
    """Measure the memory of a student's processes in MB, and count them; empty where the system is silent.

    Counted is the proportional share (PSS): what several processes hold in common, such as Python's own
    code, counts once for all of them together.
    """
    found: dict[str, int] = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            variables = (process / "environ").read_bytes().split(b"\0")
            if f"HOME={student_home}".encode() not in variables:
                continue
            kind = "kernel" if b"ipykernel" in (process / "cmdline").read_bytes() else "server"
            rollup = (process / "smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if "Pss:" in line)
        found[kind] = found.get(kind, 0) + kilobytes // 1024
        found[f"{kind}s"] = found.get(f"{kind}s", 0) + 1
    return found
