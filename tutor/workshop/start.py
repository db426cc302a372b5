"""``python -m tutor start``: set up the course and open it in JupyterLab."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable, Sequence

from tutor.workshop import bootstrap
from tutor.workshop.lab import lab_arguments, lab_variables

PORTS = range(8888, 8899)


class PortTaken(Exception):
    """The port that was asked for, or all that were tried, cannot be had."""


def is_free(port: int) -> bool:
    """Tell whether this machine lets us listen on a port, by IPv4 and, if it has it, IPv6.

    Raises
    ------
    PortTaken
        If the system forbids the port, whether it is free or not.
    """
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                if os.name != "nt":
                    # As the lab itself does: a port just given up is free.
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise PortTaken(
                    f"This system does not let you use port {port}. Take one from 1024 to 65535."
                ) from None
            if error.errno == errno.EADDRINUSE:
                return False
            if family == socket.AF_INET:
                return False
    return True


def choose_port(asked: int | None, candidates: Iterable[int] = PORTS) -> int:
    """Return the port asked for, or the first free one.

    Raises
    ------
    PortTaken
        If it is taken; the message says what to do.
    """
    if asked is None:
        candidates = list(candidates)
        for port in candidates:
            if is_free(port):
                return port
        raise PortTaken(
            f"All ports from {candidates[0]} to {candidates[-1]} are taken. Close other Jupyter "
            f"windows, or choose a port: {bootstrap.COURSE} start --port 9000"
        )
    if not 1 <= asked <= 65535:
        raise PortTaken(f"{asked} is no port. Take a number from 1024 to 65535.")
    if not is_free(asked):
        raise PortTaken(
            f"Port {asked} is taken by another program, perhaps by a JupyterLab that still runs.\n"
            "What to do: close that one (Ctrl+C in its window), or leave out --port and the "
            "course finds a free port by itself."
        )
    return asked


def main(arguments: Sequence[str]) -> int:
    """Set up, choose a port and hand over to JupyterLab."""
    parser = argparse.ArgumentParser(prog=f"{bootstrap.COURSE} start", description=__doc__)
    parser.add_argument("--port", type=int, help="port to use (default: a free one from 8888 on)")
    parser.add_argument("--no-browser", action="store_true", help="only show the address")
    parser.add_argument("--check", action="store_true", help="set up, look that it works, and end")
    options = parser.parse_args(arguments)
    # Before setting up, so that nobody waits for minutes to hear that the port is taken.
    try:
        port = 0 if options.check else choose_port(options.port)
    except PortTaken as error:
        print(error, file=sys.stderr)
        return 1
    python = str(bootstrap.prepare())
    if options.check:
        return check(python)
    if options.port is None and port != PORTS[0]:
        print(f"Port {PORTS[0]} is taken by another program: the course uses {port}.")
    print(
        "Opening the course. Keep this window open; to stop, press Ctrl+C in it (and y).",
        flush=True,
    )
    folder = bootstrap.environment_folder()
    lab = lab_arguments(
        bootstrap.ROOT,
        port,
        browser=not options.no_browser,
        workspaces=folder / "workspaces" if folder.exists() else None,
    )
    command = [python, "-m", *lab]
    return hand_over(command, lab_variables(bootstrap.child_variables()))


def check(python: str) -> int:
    """Say whether the environment works, and with which versions."""
    code = (
        "import sys, importlib.metadata as m, tutor, altair, anywidget, ipykernel, jupyterlab\n"
        "print('Ready: Python %s, JupyterLab %s, %s %s' % (sys.version.split()[0], "
        "jupyterlab.__version__, 'tumen-course', m.version('tumen-course')))"
    )
    failed = bootstrap.run([python, "-c", code])
    if failed:
        raise bootstrap.SetupError(
            "The environment is there but does not work (the lines above say why).\n"
            "What to do: delete the folder .venv and run the same command again."
        )
    return 0


def hand_over(command: Sequence[str], variables: dict[str, str]) -> int:
    """Become JupyterLab, or on Windows, where that does not exist, wait for it."""
    os.chdir(bootstrap.ROOT)
    if os.name != "nt":
        os.execve(command[0], list(command), variables)
    # Ctrl+C is for the lab; this process only waits until the lab has ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(list(command), env=variables)
