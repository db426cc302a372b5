"""Trying a hub: where its proxy comes from, and what is said to a machine that lacks something."""

import os

import pytest

from tutor.workshop import bootstrap, try_hub


def program(folder, name: str, lines: str) -> None:
    """Write a program of a few lines into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)


pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins are shell scripts")


def test_a_proxy_on_the_path_is_taken_as_it_is(tmp_path, monkeypatch):
    program(tmp_path / "bin", try_hub.PROXY, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert try_hub.find_or_fetch_proxy(tmp_path / "new") == tmp_path / "bin" / try_hub.PROXY


def test_else_npm_fetches_it_into_the_folder_given(tmp_path, monkeypatch, capsys):
    wanted = tmp_path / "new" / "node_modules" / ".bin"
    made = f"/bin/mkdir -p {wanted}; echo > {wanted}/{try_hub.PROXY}; /bin/chmod +x {wanted}/{try_hub.PROXY}"
    program(
        tmp_path / "bin", "npm", f'case "$*" in *"--prefix {tmp_path / "new"} "*) {made};; esac'
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert try_hub.find_or_fetch_proxy(tmp_path / "new") == wanted / try_hub.PROXY
    assert "temporary folder" in capsys.readouterr().out


def test_without_npm_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.SetupError, match="apt install npm"):
        try_hub.find_or_fetch_proxy(tmp_path / "new")


@pytest.mark.parametrize("lines", ["echo no network >&2; exit 1", "exit 0"])
def test_when_npm_fails_it_says_so(tmp_path, monkeypatch, lines):
    program(tmp_path / "bin", "npm", lines)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(bootstrap.SetupError, match="see that you are online"):
        try_hub.find_or_fetch_proxy(tmp_path / "new")
