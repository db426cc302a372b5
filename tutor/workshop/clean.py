"""Bring notebooks into the one form in which they stand in git.

No outputs, no execution counts, no metadata but what the course uses, keys sorted, an id for every
cell that stays the same from one run to the next. `python -m tutor clean` rewrites the lessons and
the solutions; exercises are written by `tutor.workshop.exercises` and are left alone, because a
student may be working in them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from tutor.workshop.notebooks import REPOSITORY, course_paths, read

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
NOTEBOOK_METADATA = ("course",)
# Jupyter's own kind of slide, and our choice of the sentences that a slide shows of a text.
SLIDE_METADATA = ("shown", "slide_type")

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def clean(content: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook in the course's form; the given one is not changed.

    Parameters
    ----------
    content
        A notebook as parsed from its JSON, format 4 of any minor version.
    """
    metadata = content.get("metadata", {})
    kept = {key: metadata[key] for key in NOTEBOOK_METADATA if key in metadata}
    return {
        "cells": _clean_cells(content.get("cells", [])),
        "metadata": {**kept, "kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _clean_cells(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    used: set[str] = set()
    return [_clean_cell(cell, used) for cell in cells]


def _clean_cell(cell: dict[str, Any], used: set[str]) -> dict[str, Any]:
    source = cell.get("source", "")
    text = (source if isinstance(source, str) else "".join(source)).strip("\n")
    result: dict[str, Any] = {
        "cell_type": cell["cell_type"],
        "id": _stable_id(cell.get("id", ""), text, used),
        "metadata": _clean_metadata(cell.get("metadata", {})),
        "source": text.splitlines(keepends=True),
    }
    if cell["cell_type"] == "code":
        result |= {"execution_count": None, "outputs": []}
    elif cell.get("attachments"):
        result["attachments"] = cell["attachments"]
    return result


def _clean_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    # JupyterLab writes `true` and an empty slide type when the cell's inspector was opened.
    locks = (key for key in ("deletable", "editable") if metadata.get(key) is False)
    kept: dict[str, Any] = dict.fromkeys(locks, False)
    if metadata.get("tags"):
        kept["tags"] = sorted(set(metadata["tags"]))
    slideshow = metadata.get("slideshow", {})
    if slideshow.get("slide_type"):
        kept["slideshow"] = {key: slideshow[key] for key in SLIDE_METADATA if key in slideshow}
    if metadata.get("jupyter", {}).get("source_hidden"):
        kept["jupyter"] = {"source_hidden": True}
    return kept


def _stable_id(given: str, text: str, used: set[str]) -> str:
    """Keep a valid id that no earlier cell has; otherwise make one out of the cell's first line.

    Only of the first line, because an exercise keeps its solution's ids: made of the whole text, an
    id would let a student try out whether she has guessed the solution.
    """
    first_line = text.partition("\n")[0]
    base = given if _CELL_ID.fullmatch(given) else ""
    base = base or hashlib.sha256(first_line.encode()).hexdigest()[:8]
    candidate, count = base, 1
    while candidate in used:
        count += 1
        candidate = f"{base[:56]}-{count}"
    used.add(candidate)
    return candidate


def to_text(content: dict[str, Any]) -> str:
    """Return the text of a notebook's file, laid out as JupyterLab saves it."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def cleaned_text(path: Path) -> str:
    """Return what the file of a notebook should hold."""
    return to_text(clean(read(path).content))


def main(argv: list[str] | None = None) -> int:
    """Clean the named notebooks, or the lessons and solutions; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m tutor clean", description=main.__doc__)
    parser.add_argument("notebooks", nargs="*", type=Path, help="default: lessons and solutions")
    parser.add_argument("--check", action="store_true", help="change nothing; fail if it would")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    differing = 0
    for path in arguments.notebooks or course_paths(arguments.root, "lessons", "solutions"):
        try:
            text = cleaned_text(path)
        except (OSError, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
        if path.read_bytes() == text.encode():
            continue
        differing += 1
        if arguments.check:
            print(f"{path} is not clean: run python -m tutor clean")
        else:
            path.write_bytes(text.encode())
            print(f"{path} cleaned")
    return int(bool(differing) and arguments.check)


if __name__ == "__main__":
    sys.exit(main())
