"""The form in which notebooks stand in git."""

import json

import nbformat
from hypothesis import given
from hypothesis import strategies as st

from tutor.workshop import clean

SOURCES = st.one_of(st.text(), st.lists(st.text(), max_size=3))
CELLS = st.lists(
    st.fixed_dictionaries(
        {
            "cell_type": st.sampled_from(["code", "markdown"]),
            "source": SOURCES,
            "metadata": st.dictionaries(st.sampled_from(["a", "collapsed"]), st.booleans()),
        },
        optional={
            "id": st.sampled_from(["one", "two", "not valid", "x" * 64, ""]),
            "execution_count": st.integers(1, 9),
        },
    ),
    max_size=4,
)


@given(CELLS)
def test_cleaning_twice_is_cleaning_once(cells):
    once = clean.clean({"cells": cells, "metadata": {"widgets": {"state": 1}}})
    assert clean.clean(json.loads(clean.to_text(once))) == once


@given(CELLS)
def test_clean_notebook_is_valid(cells):
    content = clean.clean({"cells": cells})
    nbformat.validate(nbformat.from_dict(content))
    ids = [cell["id"] for cell in content["cells"]]
    assert len(set(ids)) == len(ids)


def test_what_is_kept_and_what_goes():
    cell = {
        "cell_type": "code",
        "id": "kept",
        "execution_count": 7,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "3"}],
        "metadata": {
            "tags": ["b", "a", "b"],
            "editable": False,
            "deletable": True,
            "slideshow": {"slide_type": ""},
            "jupyter": {"source_hidden": True, "outputs_hidden": True},
            "execution": {"iopub.status.busy": "2026-01-01"},
        },
        "source": "\nquiz(1)\n\n",
    }
    cleaned = clean.clean({"cells": [cell], "metadata": {"course": {"number": "01"}, "toc": 1}})
    assert cleaned["cells"] == [
        {
            "cell_type": "code",
            "id": "kept",
            "execution_count": None,
            "outputs": [],
            "metadata": {"editable": False, "jupyter": {"source_hidden": True}, "tags": ["a", "b"]},
            "source": ["quiz(1)"],
        }
    ]
    assert set(cleaned["metadata"]) == {"course", "kernelspec", "language_info"}
    assert cell["execution_count"] == 7


def test_layout_is_that_of_the_lab(lesson):
    saved = nbformat.writes(nbformat.from_dict(lesson.content))
    assert clean.to_text(lesson.content) == saved.rstrip("\n") + "\n"


def test_command_cleans_and_then_finds_nothing(lesson, capsys):
    root = str(lesson.root)
    noisy = dict(lesson.content, metadata=lesson.content["metadata"] | {"widgets": {}})
    lesson.path.write_text(json.dumps(noisy), encoding="utf-8")
    assert clean.main(["--check", "--root", root]) == 1
    assert "not clean" in capsys.readouterr().out
    assert clean.main(["--root", root]) == 0
    assert clean.main(["--check", "--root", root]) == 0
    assert json.loads(lesson.path.read_text(encoding="utf-8")) == lesson.content


def test_command_leaves_exercises_alone(solution):
    exercise = solution.root / "exercises" / solution.path.name
    exercise.write_text(exercise.read_text().replace("answer_1 = ...", "answer_1 = 3") + " ")
    before = exercise.read_bytes()
    assert clean.main(["--root", str(solution.root)]) == 0
    assert exercise.read_bytes() == before


def test_command_names_what_is_no_notebook(tmp_path, capsys):
    path = tmp_path / "x.ipynb"
    path.write_text("{")
    assert clean.main([str(path)]) == 2
    assert "not a notebook" in capsys.readouterr().err


def test_choice_for_slides_is_kept():
    slideshow = {"slide_type": "fragment", "shown": ["One"], "data": {"transition": "zoom"}}
    cell = {"cell_type": "markdown", "metadata": {"slideshow": slideshow}, "source": "One."}
    (cleaned,) = clean.clean({"cells": [cell]})["cells"]
    assert cleaned["metadata"] == {"slideshow": {"slide_type": "fragment", "shown": ["One"]}}
