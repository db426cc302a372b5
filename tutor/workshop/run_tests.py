"""``python -m tutor test``: every test of the course, with a summary.

Runs inside the course's environment (see ``commands``). All steps run even if one fails, so that
one run shows everything. The last line reads like pytest's own and counts all of its runs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tutor.workshop import bootstrap
from tutor.workshop.browser import VARIABLE, find_chromium

NOTEBOOK_FOLDERS = ("lessons", "exercises", "solutions")

# Plain `-n 2` would split one notebook over two kernels.
PARALLEL = ("-n", "2", "--dist", "loadfile")
NO_TESTS_FOUND = 5


@dataclass(frozen=True)
class Step:
    """One command of the test run.

    Attributes
    ----------
    title
        What the summary calls it.
    command
        Arguments after ``python -m``.
    counts
        Whether it is pytest, whose numbers the last line adds up.
    """

    title: str
    command: tuple[str, ...]
    counts: bool = False


@dataclass
class Outcome:
    """What came of a step."""

    title: str
    code: int
    seconds: float
    numbers: Counter[str] = field(default_factory=Counter)

    @property
    def passed(self) -> bool:
        """Whether the step is good. Finding no test at all is not."""
        return self.code == 0


def on_ci(variables: Mapping[str, str]) -> bool:
    """Tell whether this is continuous integration, where nothing may be left out."""
    return variables.get("CI", "").lower() not in ("", "0", "false")


def notebooks(root: Path = bootstrap.ROOT) -> list[str]:
    """Return the course's notebooks, relative to its folder."""
    found = (path for folder in NOTEBOOK_FOLDERS for path in (root / folder).glob("*.ipynb"))
    return sorted(path.relative_to(root).as_posix() for path in found)


def steps(which: str, extra: Sequence[str] = ()) -> Iterator[Step]:
    """Yield the steps of one kind of run: ``all``, ``fast``, ``browser`` or ``slow``."""
    if which in ("all", "fast"):
        yield Step("ruff: rules", ("ruff", "check", "."))
        yield Step("ruff: format", ("ruff", "format", "--check", "."))
        yield Step(
            "notebooks and package",
            # nbval runs every cell of every notebook; outputs are not kept in git, so there are
            # none to compare with.
            (
                *("pytest", "--nbval-lax", *PARALLEL, "-m", "not browser and not slow"),
                *(*extra, "tests", *notebooks()),
            ),
            counts=True,
        )
    if which in ("all", "browser", "slow"):
        # The tests themselves run without a network.
        yield Step("reveal.js, which shows slides", ("tutor.workshop.slides.reveal",))
    if which in ("all", "browser"):
        # One at a time: two browsers at once on two cores would make each other late.
        yield Step("browser", ("pytest", "-m", "browser and not slow", *extra, "tests"), True)
    if which == "slow":
        yield Step("slow", ("pytest", "-m", "slow", *extra, "tests"), True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests and return 0 if all is well."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor test",
        description=__doc__,
        epilog="Further arguments go to pytest, such as -x or -k NAME.",
    )
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--fast", action="store_true", help="everything but the browser")
    kinds.add_argument("--browser", action="store_true", help="only the tests in a browser")
    kinds.add_argument("--slow", action="store_true", help="only the slow ones, left out else")
    options, extra = parser.parse_known_args(arguments)
    which = next((kind for kind in ("fast", "browser", "slow") if getattr(options, kind)), "all")

    variables = dict(os.environ)
    missing_browser = which in ("all", "browser") and find_chromium() is None
    outcomes = []
    started = time.monotonic()
    for step in steps(which, extra):
        if step.title == "browser" and missing_browser and not on_ci(variables):
            continue
        outcomes.append(perform(step))
    if missing_browser:
        print(f"\n{browser_message(on_ci(variables))}", flush=True)
    print(summary(outcomes), flush=True)
    if missing_browser and on_ci(variables):
        outcomes.append(Outcome("no browser on CI", 1, 0, Counter(errors=1)))
    print(closing_line(outcomes, time.monotonic() - started), flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def perform(step: Step) -> Outcome:
    """Run one step and read how many tests it had."""
    print(f"\n--- {step.title}: python -m {' '.join(step.command)}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", *step.command]
        if step.counts:
            command.append(f"--junitxml={report}")
        code = bootstrap.run(command)
        numbers = read_report(report) if step.counts else Counter()
    if code and not (numbers["failures"] or numbers["errors"]):
        numbers["errors"] += 1
    return Outcome(step.title, code, time.monotonic() - started, numbers)


def read_report(report: Path) -> Counter[str]:
    """Return the numbers of passed, failed, erroneous and skipped tests of a JUnit report."""
    numbers: Counter[str] = Counter()
    if not report.exists():
        return numbers
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        for kind in ("tests", "failures", "errors", "skipped"):
            numbers[kind] += int(suite.get(kind, "0"))
    numbers["passed"] = (
        numbers["tests"] - numbers["failures"] - numbers["errors"] - numbers["skipped"]
    )
    return numbers


def browser_message(fails: bool) -> str:
    """Return the loud message that the browser tests did not run."""
    bar = "!" * 78
    end = "This is CI: that counts as a failure." if fails else "They were LEFT OUT."
    return (
        f"{bar}\nNO BROWSER of the Chromium family was found: the tests in a browser cannot run.\n"
        f"{end} Install Chromium or Chrome, or run\n"
        "    python -m playwright install chromium   (in the course's environment)\n"
        f"or give a browser's path in {VARIABLE}.\n{bar}"
    )


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return a line for each step."""
    width = max((len(outcome.title) for outcome in outcomes), default=0)
    lines = ["", "Summary"]
    for outcome in outcomes:
        word = "ok    " if outcome.passed else "FAILED"
        tests = f"  {outcome.numbers['tests']} tests" if outcome.numbers["tests"] else ""
        if outcome.code == NO_TESTS_FOUND:
            tests = "  no test was found"
        lines.append(f"  {word}  {outcome.title:<{width}}  {outcome.seconds:6.1f} s{tests}")
    return "\n".join(lines)


def closing_line(outcomes: Sequence[Outcome], seconds: float) -> str:
    """Return the totals in the form of pytest's last line."""
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total += outcome.numbers
    kinds = (("failures", "failed"), ("passed", "passed"), ("skipped", "skipped"))
    parts = [f"{total[kind]} {word}" for kind, word in kinds if total[kind]]
    if total["errors"]:
        parts.append(f"{total['errors']} error{'s' if total['errors'] > 1 else ''}")
    text = f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s "
    return f"{text:=^80}"


if __name__ == "__main__":
    sys.exit(main())
