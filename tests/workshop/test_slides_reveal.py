"""reveal.js comes from the registry once, as it was published, or not at all."""

import base64
import hashlib
import io
import tarfile
import urllib.error

import pytest

from tutor.workshop.slides import command, reveal


def package_of(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(reveal.FILES[name])
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return packed.getvalue()


@pytest.fixture
def published(monkeypatch):
    content = package_of(**{name: name.encode() for name in reveal.FILES})
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    monkeypatch.setattr(reveal, "INTEGRITY", digest)
    return content


@pytest.fixture
def registry(monkeypatch):
    """A registry that answers what a test puts into it, and counts."""
    answers = []

    def open_address(address, timeout):
        assert address == reveal.ADDRESS
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return io.BytesIO(answer)

    monkeypatch.setattr(reveal.urllib.request, "urlopen", open_address)
    return answers


def test_package_is_fetched_once(tmp_path, published, registry):
    registry.append(published)
    assert reveal.package(tmp_path / "cache") == published
    assert reveal.package(tmp_path / "cache") == published  # a second request would find no answer
    assert registry == []


def test_tests_look_without_asking(tmp_path, published, registry):
    assert reveal.kept_package(tmp_path) is None
    registry.append(published)
    reveal.package(tmp_path)
    assert reveal.kept_package(tmp_path) == published
    (tmp_path / f"reveal.js-{reveal.VERSION}.tgz").write_bytes(b"half of it")
    assert reveal.kept_package(tmp_path) is None


def test_fetching_for_the_tests_says_that_it_could_not(tmp_path, monkeypatch, registry, capsys):
    monkeypatch.setattr(reveal, "cache_folder", lambda: tmp_path)
    registry.append(urllib.error.URLError("no route"))
    assert reveal.main() == 0
    assert "Go online" in capsys.readouterr().out


def test_damaged_cache_is_fetched_anew(tmp_path, published, registry):
    (tmp_path / f"reveal.js-{reveal.VERSION}.tgz").write_bytes(b"half of it")
    registry.append(published)
    assert reveal.package(tmp_path) == published


def test_what_was_changed_on_the_way_is_not_kept(tmp_path, published, registry):
    registry.append(b"<html>Please log in</html>")
    with pytest.raises(reveal.FetchError, match="as it was published"):
        reveal.package(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_offline_says_what_to_do(tmp_path, published, registry):
    registry.append(urllib.error.URLError("no route"))
    with pytest.raises(reveal.FetchError, match="Go online") as error:
        reveal.package(tmp_path)
    assert str(tmp_path) in str(error.value)


def test_cache_that_cannot_be_written_costs_nothing_else(tmp_path, published, registry):
    (tmp_path / "cache").write_text("a file in the way")
    registry.append(published)
    assert reveal.package(tmp_path / "cache") == published


def test_files_and_licence_are_written(tmp_path, published, registry):
    registry.append(published)
    reveal.write_reveal(tmp_path, tmp_path / "cache")
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert written == {name: name.encode() for name in reveal.FILES}


def test_command_names_unknown_lessons(capsys):
    assert command.main(["3", "11"]) == 1
    assert "no lesson '11'" in capsys.readouterr().err


def test_command_says_that_it_is_offline(tmp_path, monkeypatch, registry, capsys):
    registry.append(urllib.error.URLError("no route"))
    monkeypatch.setattr(reveal, "cache_folder", lambda: tmp_path / "cache")
    assert command.main(["03", "--out", str(tmp_path / "out")]) == 1
    assert "Go online" in capsys.readouterr().err


def test_command_says_where_it_cannot_write(tmp_path, capsys):
    (tmp_path / "out").write_text("a file in the way")
    assert command.main(["03", "--out", str(tmp_path / "out")]) == 1
    assert "could not be written" in capsys.readouterr().err
