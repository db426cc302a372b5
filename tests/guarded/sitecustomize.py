"""Loaded by every Python that a test starts, kernels among them: offline, and without warnings.

Whatever asks for a host other than this machine is refused and written down, so that code which swallows
the refusal is found out as well. A warning that points at the course's own code is an error. (An interpreter
imports a module of this name by itself, if its folder is on the path; ``tests/conftest.py`` puts it there.)
"""

import os
import sys
import warnings

ATTEMPTS = os.environ.get("TUMEN_COURSE_ATTEMPTS")
HERE = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "", None)


def host_of(event, arguments):
    """Name the host that a socket is about to reach, or None where there is none to reach."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
        return host.decode("ascii", "replace") if isinstance(host, bytes) else host
    address = arguments[1]
    return address[0] if isinstance(address, tuple) else None


def refuse(event, arguments):
    """Let sockets reach this machine and no other."""
    if event not in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        return
    host = host_of(event, arguments)
    if host in HERE or str(host).startswith("127."):
        return
    if ATTEMPTS:
        with open(ATTEMPTS, "a", encoding="utf-8") as file:
            file.write(f"{host} by {' '.join(sys.argv)[:200]}\n")
    raise OSError(f"the tests run offline: {host} was asked for")


sys.addaudithook(refuse)
warnings.filterwarnings("error", module=r"tutor(\.|$)")
