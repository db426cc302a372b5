from pathlib import Path

import made_up
import pytest

from tutor.workshop.notebooks import Notebook


@pytest.fixture
def course(tmp_path: Path) -> tuple[Notebook, Notebook]:
    """A made-up lesson and its solution, in a folder of their own."""
    return made_up.write_course(tmp_path)


@pytest.fixture
def lesson(course: tuple[Notebook, Notebook]) -> Notebook:
    return course[0]


@pytest.fixture
def solution(course: tuple[Notebook, Notebook]) -> Notebook:
    return course[1]
