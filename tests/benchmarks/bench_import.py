"""How long `import tutor` takes, against importing what it stands on."""

from measuring import in_turns, seconds_of_statement, table, target

TURNS = 7
MILLISECONDS_AT_MOST = 150
STATEMENTS = {
    "import tutor": "import tutor",
    "its dependencies: altair, pandas, numpy, ipywidgets, anywidget": (
        "import altair, anywidget, ipywidgets, numpy, pandas"
    ),
    "a first chart: tutor.region_map()": "import tutor; tutor.region_map()",
    "opening a lesson: tutor.begin('01')": "import tutor; tutor.begin('01')",
}


def test_importing_against_its_dependencies(report, tmp_path, monkeypatch):
    monkeypatch.setenv("TUMEN_COURSE_RECORD", str(tmp_path))
    calls = {
        name: (lambda statement=statement: seconds_of_statement(statement))
        for name, statement in STATEMENTS.items()
    }
    least = {name: 1000 * seconds for name, seconds in in_turns(TURNS, calls).items()}
    own, others, *_ = least.values()
    report["Importing, warm"] = "\n\n".join(
        [
            f"Each in a Python of its own, files already read once; the least of {TURNS} turns.",
            target(
                f"`import tutor` at most {MILLISECONDS_AT_MOST} ms; it takes {own:.1f} ms, "
                f"{own / others:.2f} of what its dependencies take",
                own <= MILLISECONDS_AT_MOST,
            ),
            table(("Statement", "ms"), [(name, f"{each:.1f}") for name, each in least.items()]),
        ]
    )
    assert own < others
