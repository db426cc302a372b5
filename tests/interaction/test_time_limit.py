"""A time limit interrupts what never returns, and leaves every other alarm and signal as it was."""

import contextlib
import itertools
import signal
import threading
import time

import pytest

from tutor.interaction import reading, time_limit
from tutor.interaction.reading import Unreadable
from tutor.interaction.time_limit import OutOfTime, can_interrupt, within

pytestmark = pytest.mark.skipif(not can_interrupt(), reason="no interval timers on this system")


@pytest.fixture(autouse=True)
def alarms_as_before():
    before = signal.getsignal(signal.SIGALRM)
    yield
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def forever(*_: object) -> None:
    for _ in itertools.count():
        pass


def swallows_everything_for_a_while() -> None:
    for _ in range(3):
        with contextlib.suppress(BaseException):
            time.sleep(60)


def test_what_returns_in_time_is_returned():
    assert within(60, max, 3, 5) == 5


def test_what_it_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 / 0)


@pytest.mark.parametrize(
    "endless", [forever, lambda: time.sleep(600), swallows_everything_for_a_while]
)
def test_what_never_returns_is_interrupted(endless):
    with pytest.raises(OutOfTime):
        # The third needs a fourth alarm: what comes after it is interrupted as well.
        within(0.05, lambda: (endless(), time.sleep(600)))


def test_inner_limit_ends_before_the_outer_and_leaves_it_running():
    def outer() -> str:
        with pytest.raises(OutOfTime):
            within(0.05, forever)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left < 60
        return "went on"

    assert within(60, outer) == "went on"


def test_outer_limit_that_ends_first_stays_in_charge():
    with pytest.raises(OutOfTime):
        within(0.05, lambda: within(60, forever))


def test_alarm_of_somebody_else_still_rings():
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append("theirs"))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(OutOfTime):
            within(0.05, forever)
        assert rung == []
        while not rung:
            time.sleep(0.01)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung == ["theirs"]


def test_other_threads_run_without_a_limit():
    said = []
    thread = threading.Thread(target=lambda: said.append((can_interrupt(), within(1, max, 3, 5))))
    thread.start()
    thread.join()
    assert said == [(False, 5)]


def test_system_without_timers_runs_without_a_limit(monkeypatch):
    monkeypatch.delattr(time_limit.signal, "setitimer")
    assert not can_interrupt()
    assert within(1, max, 3, 5) == 5


def test_learner_can_still_interrupt():
    """The signal of the stop button reaches code that is being read, and is not turned into words."""

    def stop(_: object) -> None:
        signal.raise_signal(signal.SIGINT)

    # As in a kernel; a shell that runs the tests in its background has the signal ignored.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            reading.guarded(stop)(1)
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("raised", [SystemExit, GeneratorExit, MemoryError, RecursionError])
def test_every_other_exception_becomes_words(raised):
    def fails(_: object) -> None:
        raise raised

    said = reading.guarded(fails)(1)
    assert isinstance(said, Unreadable)
    assert raised.__name__ in said.reason


def test_reading_that_never_ends_becomes_words(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.05)
    said = reading.guarded(forever)(1)
    assert "was stopped" in said.reason


def test_guards_inside_guards_share_one_limit(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.05)
    said = reading.guarded(reading.guarded(forever))(1)
    assert "was stopped" in said.reason
