"""The page on JupyterHub: its settings exist, and its lines name what the course has."""

import json
import re
import tomllib

import yaml
from jupyter_server.services.kernels.kernelmanager import MappingKernelManager

from tutor.workshop.commands import COMMANDS
from tutor.workshop.notebooks import REPOSITORY

PAGE = (REPOSITORY / "solutions/guide/jupyterhub.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_idle_kernels_end_by_settings_that_exist_and_alike_on_both_hubs():
    (written,) = map(json.loads, blocks("json"))
    (values,) = map(yaml.safe_load, blocks("yaml"))
    assert values["singleuser"]["extraFiles"]["kernels"]["data"] == written
    traits = MappingKernelManager.class_traits()
    for name, value in written["MappingKernelManager"].items():
        assert traits[name].metadata["config"]
        assert isinstance(value, int)
    assert values["singleuser"]["memory"]["limit"] == "1G"
    assert "limits.memory 1G" in PAGE
    assert str(values["cull"]["timeout"]) in PAGE.split("```yaml")[0]


def test_what_is_installed_is_the_courses_repository_in_one_place():
    addresses = set(re.findall(r"https://github\.com/[\w./-]+", PAGE))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    assert addresses == {project["project"]["urls"]["Repository"]}
    places = set(re.findall(r"/srv/[\w-]+", PAGE))
    assert places == {"/srv/across-the-tumen"}


def test_every_command_exists():
    named = set(re.findall(r"-m tutor ([\w-]+)", PAGE))
    assert {"links", "grade", "try-hub"} <= named <= set(COMMANDS)
