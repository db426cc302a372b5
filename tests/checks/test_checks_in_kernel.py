"""In a real kernel: an answer that never comes is stopped, and the stop button works as ever."""

import os
import queue

import pytest
from jupyter_client.manager import start_new_kernel

from tutor.interaction.record import FOLDER_VARIABLE
from tutor.interaction.time_limit import can_interrupt

pytestmark = pytest.mark.skipif(not can_interrupt(), reason="no interval timers on this system")

NEVER = """
import numbers, time
from tutor import check
from tutor.interaction import reading

class Never(numbers.Real):
    def __float__(self):
        print("reading", flush=True)
        while True:
            time.sleep(600)

for name in numbers.Real.__abstractmethods__ - {"__float__"}:
    setattr(Never, name, None)
Never.__abstractmethods__ = frozenset()
"""


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernel")
    variables = {FOLDER_VARIABLE: str(folder / "record"), "IPYTHONDIR": str(folder / "ipython")}
    manager, client = start_new_kernel(kernel_name="python3", env=os.environ | variables)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run(kernel, code: str, *, interrupt_at: str = "") -> tuple[str, str]:
    """Run code; give what it showed and the name of the exception that it raised."""
    manager, client = kernel
    request = client.execute(code)
    shown, raised = "", ""
    while True:
        try:
            message = client.get_iopub_msg(timeout=60)
        except queue.Empty:
            pytest.fail(f"the kernel hangs after {shown!r}")
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        shown += content.get("text", "") + content.get("data", {}).get("text/plain", "")
        raised = content.get("ename", raised)
        if interrupt_at and interrupt_at in shown:
            interrupt_at = ""
            manager.interrupt_kernel()
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            return shown, raised


def test_answer_that_never_comes_is_stopped(kernel):
    run(kernel, NEVER)
    shown, raised = run(kernel, 'check("01.1", Never())')
    assert raised == ""
    assert "was stopped" in shown
    shown, _ = run(kernel, "import signal; print(signal.getitimer(signal.ITIMER_REAL))")
    assert "(0.0, 0.0)" in shown
    assert "Right." in run(kernel, 'check("01.1", 1860)')[0]


def test_stop_button_stops_the_reading_and_nothing_more(kernel):
    run(kernel, f"{NEVER}\nreading.SECONDS = 600")
    shown, raised = run(kernel, 'check("01.1", Never())', interrupt_at="reading")
    assert raised == "KeyboardInterrupt"
    assert "was stopped" not in shown
    shown, raised = run(kernel, 'reading.SECONDS = 1\ncheck("01.1", 1860)')
    assert (raised, shown.startswith("Right.")) == ("", True)
    assert run(kernel, "import time; time.sleep(0.2)") == ("", "")
