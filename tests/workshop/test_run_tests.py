"""The test command: its steps, its summary and its last line."""

from collections import Counter

import pytest

from tutor.workshop import browser, run_tests
from tutor.workshop.run_tests import Outcome, Step

REPORT = """<?xml version="1.0"?><testsuites><testsuite name="pytest" errors="1" failures="2"
skipped="3" tests="10" time="1.0"/></testsuites>"""


def words(which, *extra):
    return [" ".join(step.command) for step in run_tests.steps(which, extra)]


def test_the_whole_run_has_rules_format_notebooks_package_and_browser():
    rules, form, package, fetch, browser_tests = words("all")
    assert rules.startswith("ruff check")
    assert form.startswith("ruff format --check")
    assert "--nbval-lax" in package
    assert "--dist loadfile" in package
    assert all(notebook in package for notebook in run_tests.notebooks())
    assert fetch.endswith("slides.reveal")
    assert "-m browser" in browser_tests


def test_the_kinds_of_run():
    assert words("fast") == words("all")[:3]
    assert words("browser") == words("all")[3:]
    fetch, slow = words("slow", "-x")
    assert fetch in words("browser")
    assert "-m slow" in slow
    assert slow.count("-x") == 1


def test_only_notebooks_of_the_course_are_found(tmp_path):
    for name in ("lessons/b.ipynb", "exercises/a.ipynb", "elsewhere/c.ipynb", "lessons/d.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert run_tests.notebooks(tmp_path) == ["exercises/a.ipynb", "lessons/b.ipynb"]


def test_a_report_is_counted(tmp_path):
    (tmp_path / "report.xml").write_text(REPORT)
    numbers = run_tests.read_report(tmp_path / "report.xml")
    assert numbers["passed"] == 4
    assert numbers["skipped"] == 3
    assert run_tests.read_report(tmp_path / "none.xml") == Counter()


def test_a_failing_command_counts_as_an_error_even_without_tests(monkeypatch):
    monkeypatch.setattr(run_tests.bootstrap, "run", lambda _command: 1)
    outcome = run_tests.perform(Step("ruff: rules", ("ruff", "check")))
    assert not outcome.passed
    assert "1 error in" in run_tests.closing_line([outcome], 1.0)


def test_finding_no_test_is_a_failure():
    assert not Outcome("browser", run_tests.NO_TESTS_FOUND, 1.0).passed


def test_the_last_line_adds_up_and_reads_like_that_of_pytest():
    outcomes = [
        Outcome("a", 0, 1.0, Counter(tests=5, passed=4, skipped=1)),
        Outcome("b", 1, 2.0, Counter(tests=3, passed=1, failures=2)),
    ]
    line = run_tests.closing_line(outcomes, 3.456)
    assert line.strip("= ") == "2 failed, 5 passed, 1 skipped in 3.46s"
    assert line.startswith("===")


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_a_missing_browser_is_loud_and_fails_only_on_ci(monkeypatch, capsys, ci, code):
    performed = []

    def perform(step):
        performed.append(step.title)
        return Outcome(step.title, 0, 0.1, Counter(tests=1, passed=1))

    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(run_tests, "perform", perform)
    monkeypatch.setattr(run_tests, "find_chromium", lambda: None)
    assert run_tests.main([]) == code
    shown = capsys.readouterr().out
    assert "NO BROWSER" in shown
    assert ("browser" in performed) == bool(ci)
    last = shown.strip().splitlines()[-1]
    assert ("1 error" in last) == bool(ci)
    assert run_tests.main(["--fast"]) == 0


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("1", True), ("false", False), ("", False)]
)
def test_ci_is_recognized(value, expected):
    assert run_tests.on_ci({"CI": value}) is expected


def test_a_browser_named_by_hand_comes_first(tmp_path):
    named = tmp_path / "my browser"
    named.touch()
    assert browser.find_chromium({browser.VARIABLE: str(named)}) == str(named)
    assert browser.find_chromium({browser.VARIABLE: str(tmp_path / "none")}) is None
