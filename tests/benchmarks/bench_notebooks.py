"""How long each notebook takes, against one that only adds one and one."""

import statistics

from measuring import in_turns, seconds_of_notebook, table, target

from tutor.workshop.bootstrap import ROOT

TURNS = 3
SECONDS_AT_MOST = 4.0
MEAN_AT_MOST = 2.5
EMPTY = "an empty notebook"
FLOOR = "only imports"
IMPORTS = "import altair, anywidget, pandas"


def test_each_notebook_against_an_empty_one(report):
    paths = [
        path
        for folder in ("lessons", "exercises", "solutions")
        for path in sorted((ROOT / folder).glob("*.ipynb"))
    ]
    seconds_of_notebook(None)  # the first kernel of a day also fills the disk's cache
    apart = {
        EMPTY: lambda: seconds_of_notebook(None),
        FLOOR: lambda: seconds_of_notebook(None, IMPORTS),
    }
    calls = apart | {
        path.relative_to(ROOT).as_posix(): (lambda path=path: seconds_of_notebook(path))
        for path in paths
    }
    least = in_turns(TURNS, calls)
    empty, floor = least.pop(EMPTY), least.pop(FLOOR)
    ratios = {name: seconds / empty for name, seconds in least.items()}
    mean = statistics.mean(ratios.values())
    slowest = max(least.values())
    rows = [
        (name, f"{least[name]:.1f} s", f"{ratios[name]:.1f}")
        for name in sorted(least, key=least.get, reverse=True)
    ]
    report["Notebooks, from the kernel's start to its end"] = "\n\n".join(
        [
            f"An empty notebook takes {empty:.2f} s; one that only imports what charts, forms and tables "
            f"stand on (`{IMPORTS}`) takes {floor:.2f} s, {floor / empty:.1f} times as long. "
            f"The least of {TURNS} turns.",
            target(
                f"every notebook under {SECONDS_AT_MOST:g} s; the slowest took {slowest:.1f} s",
                slowest < SECONDS_AT_MOST,
            ),
            target(
                f"the mean at most {MEAN_AT_MOST:g} times an empty one's; it is {mean:.2f}",
                mean <= MEAN_AT_MOST,
            ),
            table(("Notebook", "Time", "Times an empty one"), rows),
        ]
    )
    # A promise of the report, with room for a busy machine.
    assert mean <= 2 * MEAN_AT_MOST
