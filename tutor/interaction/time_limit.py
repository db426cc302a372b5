"""A time limit for code that is not ours: an answer may hold objects that never return.

Where the system has interval timers and the code runs in the main thread (notebooks on Linux, macOS and
Binder), a function is interrupted when its time is over. Elsewhere (Windows, other threads, Python in
the browser) it runs on until the learner interrupts the kernel herself. Nothing can interrupt compiled
code that does not look at signals, nor code that catches every exception and goes on.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

Value = TypeVar("Value")

_AGAIN = 0.05
"""Seconds after which the alarm rings again, for code that caught and swallowed the first."""


class OutOfTime(BaseException):
    """The time is over. No `Exception`, so that ``except Exception`` in foreign code lets it pass."""


def can_interrupt() -> bool:
    """Whether a function can be interrupted here and now."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


def within(seconds: float, function: Callable[..., Value], *arguments: Any) -> Value:
    """Call a function with these arguments, and interrupt it when its time is over.

    The timer and the handler of whoever set an alarm before are put back, with the time that has passed
    taken off; an alarm that is due earlier than ours stays in charge. Other signals are not touched, so
    that the learner's own interrupt works as ever.

    Raises
    ------
    OutOfTime
        The time is over.
    """
    if not can_interrupt() or 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= seconds:
        return function(*arguments)
    running = True

    def ring(*_: Any) -> None:
        # An alarm that was on its way while the function returned must not strike its caller.
        if running:
            raise OutOfTime

    began = time.monotonic()
    left = interval = 0.0
    before = signal.signal(signal.SIGALRM, ring)
    try:
        try:
            left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            return function(*arguments)
        finally:
            running = False
    finally:
        # Reached even if the alarm struck between the last two lines.
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
        if left:
            passed = time.monotonic() - began
            signal.setitimer(signal.ITIMER_REAL, max(left - passed, 1e-6), interval)
