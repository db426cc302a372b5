"""What the course installs is known, has its reasons, and stays within its limits."""

import pytest

from tutor.workshop import environment, weight
from tutor.workshop.weight import Weighed


@pytest.fixture(scope="module")
def packages():
    return weight.weigh()


def test_the_whole_environment_stays_light(packages):
    assert sum(one.megabytes for one in packages) <= weight.MOST_MEGABYTES
    assert len(packages) <= weight.MOST_PACKAGES


def test_every_direct_dependency_is_weighed(packages):
    assert set(environment.direct_dependencies()) <= {one.name for one in packages}


def test_no_tool_of_maintainers_is_among_them(packages):
    tools = {"pytest", "playwright", "ruff", "hypothesis", "jupyterhub", "jupyter-repo2docker"}
    assert not tools & {one.name for one in packages}


def test_every_heavy_package_has_a_reason_and_no_other(packages):
    assert weight.without_reason(packages) == []
    assert {one.name for one in packages if one.megabytes > weight.HEAVY} == set(weight.REASONS)


def test_a_heavy_package_without_a_reason_is_named():
    found = [Weighed("anvil", "1.0", 12.0), Weighed("feather", "2.0", 0.1)]
    assert weight.without_reason(found) == ["anvil"]
    shown = weight.table(found)
    assert "anvil     " in shown
    assert "NO REASON IS GIVEN" in shown
    assert shown.splitlines()[-1].split() == ["together", "12.1", "MB", "2", "packages"]


def test_files_and_compiled_modules_count(tmp_path, monkeypatch):
    import sys

    package = tmp_path / "made_up"
    (package / "__pycache__").mkdir(parents=True)
    (package / "__init__.py").write_bytes(b"#" * 1_000_000)
    (package / "__pycache__" / "__init__.cpython-311.pyc").write_bytes(b"0" * 500_000)
    about = tmp_path / "made_up-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: made-up\nVersion: 1.0\n"
        "Requires-Dist: not-installed\nRequires-Dist: pytest; extra == 'tests'\n"
    )
    (about / "RECORD").write_text("made_up/__init__.py,,\nmade_up-1.0.dist-info/METADATA,,\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    (found,) = weight.weigh(["made_up"])
    assert (found.name, found.version) == ("made-up", "1.0")
    assert found.megabytes == pytest.approx(1.5, abs=0.001)
