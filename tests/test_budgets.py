"""Budgets that hold on any machine, as gates with slack; the benchmark measures the same ones sharply.

What else is a budget stands where it belongs: the size of notebooks in `tutor.workshop.rules`, the weight and
number of packages in `tutor.workshop.weight`, what `import tutor` may load in `tests/test_package.py`.
"""

import sys

import pytest

from tests.naming import stable
from tutor.workshop import running
from tutor.workshop.notebooks import REPOSITORY, Notebook, read

IMPORTS = "import altair, anywidget, pandas"

# Measured: 2.5 to 3.4 for the slowest lesson. A second list of everything, or a chart that is
# computed anew for every step of its slider, costs more than the slack.
TIMES_THE_IMPORTS = 5


def processor_seconds(notebook: Notebook) -> float:
    """Run a notebook and give what its kernel took of the processor: others may use the machine too."""
    import resource

    def spent() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return children.ru_utime + children.ru_stime

    before = spent()
    running.run(notebook)
    return spent() - before


@pytest.fixture(scope="module")
def floor() -> float:
    cell = {"cell_type": "code", "id": "imports", "metadata": {}, "outputs": [], "source": IMPORTS}
    content = {
        "cells": [cell | {"execution_count": None}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    alone = Notebook(REPOSITORY / "lessons" / "only_imports.ipynb", content, REPOSITORY)
    return min(processor_seconds(alone) for _ in range(2))


@pytest.mark.skipif(sys.platform == "win32", reason="does not say what a child process took")
@pytest.mark.parametrize("name", ["07_two_level_games", "08_tradp_model"], ids=stable)
def test_the_slowest_lessons_cost_a_few_times_their_imports(name, floor):
    lesson = read(REPOSITORY / "lessons" / f"{name}.ipynb")
    assert processor_seconds(lesson) <= TIMES_THE_IMPORTS * floor
