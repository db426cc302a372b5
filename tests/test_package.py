"""The package as a whole: light to import, one list of names, layers that only look down, small."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tutor

PACKAGE = Path(tutor.__file__).parent
HEAVY = {
    "numpy",
    "pandas",
    "altair",
    "ipywidgets",
    "anywidget",
    "IPython",
    "traitlets",
    "jsonschema",
}

# Each layer may import itself and what stands before it. `workshop` serves instructors and stands
# apart: nothing that a notebook loads may import it.
LAYERS = (
    {"data"},
    {"models"},
    {"baselines"},
    {"derived"},
    {"charts"},
    {"interaction"},
    {"checks"},
    {"learner_progress", "citing"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
ALONE = {"data": {"data"}, "models": {"models"}}

# The helper stays small enough to be read in an afternoon: lines that are not blank, docstrings
# and all. Data and what serves instructors do not count. What one lesson or two bring along (models,
# charts, explorables, checks, computed numbers) is read with the lesson and has its own allowance,
# in lines of code, for each of the eleven lessons.
HELPER_LINES = 3_150
LINES_A_LESSON = 1_780
LESSONS = 11

# The modules that every lesson uses; all others of the same folders belong to one lesson or two.
SHARED = {
    "charts": {"__init__", "figure", "palette", "maps"},
    "derived": {"__init__", "derived"},
    "checks": {"__init__", "engine", "written"},
}


def sources():
    return sorted(PACKAGE.rglob("*.py"))


def module_of(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports_of(path):
    """Yield the modules of the package that a file imports, as parts after ``tutor``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package = module_of(path) if path.name == "__init__.py" else module_of(path)[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package[: len(package) - node.level + 1]
                base = ".".join(["tutor", *above, *([base] if base else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == "tutor" and rest:
                yield tuple(rest)


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()


def test_importing_loads_nothing_heavy():
    loaded = run("import sys, tutor; print(*sys.modules)")
    assert HEAVY.isdisjoint(name.partition(".")[0] for name in loaded)
    assert {name for name in loaded if name.startswith("tutor")} == {"tutor"}


def test_facts_need_no_widgets_and_no_charts():
    loaded = run(
        "import sys, tutor; tutor.cite('E001'); tutor.term('tripoint'); print(*sys.modules)"
    )
    assert {"altair", "ipywidgets", "anywidget"}.isdisjoint(loaded)


def test_notebooks_never_load_the_workshop():
    code = (
        "import sys, tutor; [getattr(tutor, name) for name in tutor.__all__]; print(*sys.modules)"
    )
    assert not [name for name in run(code) if name.startswith("tutor.workshop")]


def test_one_list_of_names():
    assert tutor.__all__ == sorted(tutor._PUBLIC) == dir(tutor)
    assert len(set(tutor.__all__)) == len(tutor.__all__)


def test_every_name_is_in_the_docstring_and_no_other():
    named = set(re.findall(r"\b([a-z_]+)\(", tutor.__doc__)) - {"describe", "table", "help"}
    assert named | {"table"} == set(tutor.__all__)


@pytest.mark.parametrize("name", tutor.__all__)
def test_every_name_loads_and_is_worth_asking_help_for(name):
    value = getattr(tutor, name)
    assert callable(value)
    assert value.__module__.startswith("tutor")
    assert len(value.__doc__.splitlines()[0]) > 20
    needed = value.__code__.co_varnames[: value.__code__.co_argcount]
    if needed:
        assert "Parameters" in value.__doc__
        assert not [argument for argument in needed if argument not in value.__doc__]


def test_unknown_name_offers_close_ones():
    with pytest.raises(AttributeError, match="predict"):
        _ = tutor.prediction
    with pytest.raises(AttributeError, match=r"help\(tutor\)"):
        _ = tutor.xyzzy


@pytest.mark.parametrize("path", sources(), ids=lambda path: ".".join(module_of(path)) or "tutor")
def test_layer_imports_only_what_stands_before_it(path):
    here = (module_of(path) or ("",))[0]
    layers = {parts[0] for parts in imports_of(path)}
    if here in ("workshop", "", "__main__"):
        return
    assert here in RANK, f"{here} has no place among the layers"
    for layer in layers:
        assert layer in RANK, f"{here} imports tutor.{layer}"
        assert RANK[layer] <= RANK[here], f"{here} imports {layer}, which stands above it"
        assert layer in ALONE.get(here, {layer})


def test_models_know_no_files_charts_or_widgets():
    known = {"altair", "pandas", "IPython", "ipywidgets", "anywidget", "pathlib", "csv", "os", "io"}
    for path in sorted((PACKAGE / "models").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        roots = {
            name.partition(".")[0]
            for node in ast.walk(tree)
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert known.isdisjoint(roots), path.name


def lines_of(path):
    """Count the lines of code: no blank lines, comments or docstrings."""
    text = path.read_text(encoding="utf-8")
    documented = set()
    for node in ast.walk(ast.parse(text)):
        is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_text and isinstance(node.value.value, str):
            documented |= set(range(node.lineno, node.end_lineno + 1))
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in documented
        for number, line in enumerate(text.splitlines(), 1)
    )


def is_of_a_lesson(path):
    folder, *rest = module_of(path) or ("",)
    if folder == "interaction":
        return bool(rest) and (rest[0] == "explorables" or rest[0].startswith("summit"))
    if folder in ("models", "baselines"):
        return True
    return folder in SHARED and path.stem not in SHARED[folder]


def helper_files():
    apart = {"workshop", "data"}
    return [path for path in sources() if (module_of(path) or ("",))[0] not in apart]


def test_helper_stays_small():
    texts = [p.read_text(encoding="utf-8") for p in helper_files() if not is_of_a_lesson(p)]
    assert sum(bool(line.strip()) for text in texts for line in text.splitlines()) <= HELPER_LINES


def test_what_lessons_bring_along_stays_in_proportion():
    counted = sum(lines_of(path) for path in helper_files() if is_of_a_lesson(path))
    assert counted <= LINES_A_LESSON * LESSONS


def test_opening_a_lesson_draws_nothing():
    """`begin` counts every task: no check may load a chart library for that."""
    code = (
        "import sys, tutor; tutor.begin('00'); "
        "print([m for m in ('altair', 'pandas', 'ipywidgets') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().splitlines()[-1] == "[]"
