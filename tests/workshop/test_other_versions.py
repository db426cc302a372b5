"""The oldest and the newest versions are each tested in an environment of their own."""

import pytest

from tutor.workshop import bootstrap, other_versions


@pytest.mark.parametrize(
    ("which", "resolution"), [("oldest", "lowest-direct"), ("newest", "highest")]
)
def test_only_the_courses_own_packages_are_taken_at_their_oldest(which, resolution):
    made, course, tools = other_versions.installing(which, "uv")
    assert made[-1] == str(bootstrap.ROOT / f".venv-{which}")
    assert course[course.index("--resolution") + 1] == resolution
    assert course[-1] == str(bootstrap.ROOT)
    assert "--resolution" not in tools
    assert {"nbval", "pytest", "pytest-xdist"} <= set(tools)


def test_the_tests_run_in_that_environment_with_every_notebook():
    command = other_versions.pytest_command("oldest", ["-x"])
    assert command[0].startswith(str(bootstrap.ROOT / ".venv-oldest"))
    assert command[0] != str(bootstrap.python_in(bootstrap.environment_folder()))
    assert "-x" in command
    assert "lessons/00_start_here.ipynb" in command
    assert command[command.index("--dist") + 1] == "loadfile"


def test_what_is_left_out_exists():
    for path in other_versions.OF_THE_LOCK:
        assert (bootstrap.ROOT / path).is_file()


def test_an_unknown_kind_is_refused(capsys):
    with pytest.raises(SystemExit):
        other_versions.main(["middle"])
    assert "oldest" in capsys.readouterr().err


def test_git_does_not_see_these_environments():
    assert ".venv-*/" in (bootstrap.ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
