"""What the benchmarks share: measuring, and the report that the last of them writes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
# The tests in a browser know how to open the lab; a benchmark opens it the same way.
sys.path.append(str(HERE.parent / "browser"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--report", type=Path, help="write what was measured to this file")


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Sections of the report by title, written at the end if a file was named."""
    sections: dict[str, str] = {}
    yield sections
    target = request.config.getoption("--report")
    if target is not None:
        from measuring import head

        parts = [head(), *(f"## {title}\n\n{sections[title]}" for title in sorted(sections))]
        target.write_text("\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
