"""The start command: ports, the lab's arguments, and what the lab must not do."""

import importlib.metadata
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tutor.workshop import bootstrap, commands, lab, start


@pytest.fixture
def taken():
    """A port that another program listens to."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free(taken):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
    assert port != taken
    return port


def test_a_taken_port_asked_for_is_refused_with_advice(taken):
    with pytest.raises(start.PortTaken, match=rf"Port {taken} is taken(.|\n)*leave out --port"):
        start.choose_port(taken)


def test_a_free_port_asked_for_is_used(free):
    assert start.choose_port(free) == free


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(port):
    with pytest.raises(start.PortTaken, match="1024 to 65535"):
        start.choose_port(port)


def test_the_first_free_port_is_found(taken, free):
    assert start.choose_port(None, [taken, free]) == free


def test_no_free_port_at_all_says_how_to_choose(taken):
    with pytest.raises(start.PortTaken, match="--port 9000"):
        start.choose_port(None, [taken])


def test_a_taken_port_ends_before_anything_is_set_up(taken, monkeypatch, capsys):
    def refuse(*_arguments):
        raise AssertionError("nothing may be set up")

    monkeypatch.setattr(bootstrap, "prepare", refuse)
    assert start.main(["--port", str(taken)]) == 1
    assert f"Port {taken} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("port_taken", [False, True])
def test_start_hands_over_to_the_lab_on_lesson_00(monkeypatch, capsys, port_taken):
    handed = []
    port = 8889 if port_taken else 8888
    monkeypatch.setattr(bootstrap, "prepare", lambda: Path("the/python"))
    monkeypatch.setattr(start, "choose_port", lambda _asked: port)
    monkeypatch.setattr(start, "hand_over", lambda *given: handed.append(given) or 0)
    assert start.main(["--no-browser"]) == 0
    ((command, variables),) = handed
    assert command[:3] == [str(Path("the/python")), "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={bootstrap.ROOT}" in command
    assert "--LabApp.default_url=/lab/tree/lessons/00_start_here.ipynb" in command
    assert f"--ServerApp.port={port}" in command
    assert "--no-browser" in command
    assert variables["JUPYTER_PREFER_ENV_PATH"] == "1"
    assert ("uses 8889" in capsys.readouterr().out) == port_taken


def test_the_lab_does_not_look_for_another_port_by_itself(tmp_path):
    assert "--ServerApp.port_retries=0" in lab.lab_arguments(tmp_path, 1234)
    assert "--no-browser" not in lab.lab_arguments(tmp_path, 1234)


def test_every_argument_is_one_that_the_lab_knows(tmp_path):
    pytest.importorskip("jupyterlab")
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp

    known = {"ServerApp": ServerApp, "LabApp": LabApp}
    for argument in lab.lab_arguments(tmp_path, 1234, workspaces=tmp_path):
        name = argument.removeprefix("--").split("=")[0]
        if "." in name:
            owner, trait = name.split(".")
            assert known[owner].class_traits(config=True).keys() >= {trait}


def test_the_lab_is_told_to_ask_nobody_for_news_updates_or_extensions():
    from jupyterlab.labapp import LabApp

    folder = bootstrap.ROOT / "tutor" / "workshop" / "settings" / "jupyter"
    settings = json.loads((folder / "jupyter_lab_config.json").read_text())["LabApp"]
    assert settings == {
        "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "extension_manager": "readonly",
        "news_url": None,
    }
    assert LabApp.class_traits(config=True).keys() >= settings.keys()
    page = json.loads((folder / "labconfig" / "page_config.json").read_text())
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"] is True


def test_these_settings_are_a_part_of_the_environment():
    source = bootstrap.ROOT / "tutor" / "workshop" / "settings"
    files = [path.relative_to(source) for path in source.rglob("*.json")]
    assert len(files) == 4
    for name in files:
        installed = json.loads((Path(sys.prefix) / "etc" / name).read_text())
        # The lab adds to the page's settings when it starts.
        assert installed.items() >= json.loads((source / name).read_text()).items()


def test_the_commands_table_names_modules_of_the_workshop():
    for command in commands.COMMANDS.values():
        path = bootstrap.ROOT / Path(*command.module.split(".")).with_suffix(".py")
        assert path.exists(), command.module
        assert "def main(" in path.read_text(encoding="utf-8")


def test_without_a_command_the_list_is_shown(capsys):
    assert commands.main([]) == 0
    shown = capsys.readouterr().out
    listed = [line.split()[0] for line in shown.splitlines() if line.startswith("  ")]
    assert sorted(listed) == sorted(commands.COMMANDS)


def test_an_unknown_command_is_refused_with_the_list(capsys):
    assert commands.main(["strat"]) == 2
    shown = capsys.readouterr().err
    assert "'strat'" in shown
    assert "start" in shown


def test_what_cannot_be_set_up_is_said_without_a_traceback(monkeypatch, capsys):
    def fail(*_arguments):
        raise bootstrap.SetupError("what to do")

    monkeypatch.setattr(bootstrap, "prepare", fail)
    assert commands.main(["start", "--check"]) == 1
    assert commands.main(["test"]) == 1
    shown = capsys.readouterr().err
    assert shown.count("what to do") == 2
    assert "Traceback" not in shown


def test_commands_load_nothing_beyond_the_standard_library():
    code = (
        "import sys; from tutor.workshop import bootstrap, commands, lab, start; "
        "outside = {m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names); "
        "print(sorted(m for m in outside if not m.startswith('_')))"
    )
    done = subprocess.run(
        # -S: nothing that is installed can be found.
        [sys.executable, "-S", "-c", code],
        cwd=bootstrap.ROOT,
        capture_output=True,
        text=True,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
    )
    assert done.stdout.strip() == "['tutor']", done.stderr


def test_the_course_is_installed_in_this_environment():
    assert importlib.metadata.version(bootstrap.DISTRIBUTION)
