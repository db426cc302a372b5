"""``python -m tutor benchmark``: measure how fast and how large the course is, and write the report.

Takes some minutes and wants the machine for itself. It stands apart from the tests, since a busy machine
proves nothing. ``--report FILE`` writes elsewhere; further arguments go to pytest, such as ``-k import``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tutor.workshop import bootstrap

FOLDER = bootstrap.ROOT / "tests" / "benchmarks"
REPORT = FOLDER / "REPORT.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all benchmarks and return 0 if they ran; a missed target is said in the report."""
    parser = argparse.ArgumentParser(prog="python -m tutor benchmark", description=__doc__)
    parser.add_argument("--report", default=str(REPORT), help="where to write what was measured")
    options, extra = parser.parse_known_args(arguments)
    files = sorted(str(path) for path in FOLDER.glob("bench_*.py"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *extra, *files]
    code = bootstrap.run([*command, f"--report={options.report}"])
    print(f"The report: {options.report}" if not code else "The benchmarks did not end well.")
    return code
