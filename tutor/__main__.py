"""Run the course's commands: ``python -m tutor start``, ``python -m tutor test``.

This file, ``tutor/__init__.py`` and ``tutor/workshop/__init__.py`` must also parse on the oldest
Pythons still met with, so that who has one of them gets a message and not a syntax error:
no annotations, no f-strings, ASCII only. Everything else may use what Python 3.11 has.
"""

import sys

OLDEST = (3, 11)


def newer_python():
    """Return a command on this machine that runs a new enough Python, or None."""
    try:
        from distutils.spawn import find_executable as which
    except ImportError:
        from shutil import which
    for minor in range(14, OLDEST[1] - 1, -1):
        if which("python3.%d" % minor):
            return "python3.%d" % minor
    return None


def too_old_message(version):
    """Return what somebody whose Python is too old should do."""
    lines = [
        "The course needs Python %d.%d or newer; you have %d.%d." % (OLDEST + tuple(version[:2])),
        "",
    ]
    found = newer_python()
    if found:
        lines.append("This machine also has a newer one. Run this instead:")
        lines.append("    %s -m tutor %s" % (found, " ".join(sys.argv[1:]) or "start"))
    else:
        lines.append("What to do: install a newer Python from https://www.python.org/downloads/,")
        lines.append("close this window, open a new one, and run the same command again.")
        lines.append("Several Pythons can live side by side: nothing that you have will break.")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.version_info[:2] < OLDEST:
        sys.stderr.write(too_old_message(sys.version_info) + "\n")
        sys.exit(1)
    from tutor.workshop.commands import main

    sys.exit(main(sys.argv[1:]))
