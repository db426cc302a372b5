"""The journal: it grows, merges, survives damage, two writers and a disk that takes nothing."""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.interaction import record
from tutor.interaction.record import EXPORT_MARK, Entry, Journal, journal, latest

TEXTS = st.text(max_size=30)
ENTRIES = st.lists(
    st.builds(
        Entry,
        what=st.sampled_from(["predicted", "answered", "checked", "opened"]),
        item=TEXTS,
        right=st.sampled_from([True, False, None]),
        answer=TEXTS,
        misconception=TEXTS,
    ),
    max_size=8,
)


def filled(folder: Path, count: int = 3) -> Journal:
    kept = Journal(folder)
    for number in range(count):
        kept.add(Entry("answered", f"01.q{number}", right=True, answer="北京 “quoted”\nline"))
    return kept


def items(kept: Journal) -> list[str]:
    return [entry.item for entry in kept.entries()]


def test_what_is_added_is_there_in_order(tmp_path):
    kept = filled(tmp_path)
    assert items(kept) == ["01.q0", "01.q1", "01.q2"]
    assert kept.entries()[0].answer == "北京 “quoted”\nline"
    assert kept.saved
    assert kept.damaged_lines() == 0


def test_entries_are_stamped_and_told_apart(tmp_path):
    first, second, third = filled(tmp_path).entries()
    assert first.when < second.when < third.when
    assert len({first.key, second.key, third.key}) == 3
    assert first.when.endswith("+00:00")


def test_another_journal_on_the_same_folder_sees_it(tmp_path):
    filled(tmp_path)
    assert items(Journal(tmp_path)) == ["01.q0", "01.q1", "01.q2"]


def test_new_folder_is_an_empty_record(tmp_path):
    kept = Journal(tmp_path / "not" / "there" / "yet")
    assert kept.entries() == []
    assert kept.damaged_lines() == 0
    assert kept.add(Entry("opened", "01"))
    assert items(kept) == ["01"]


@settings(deadline=None, max_examples=25)
@given(ENTRIES)
def test_export_and_merge_carry_everything(entries):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        here, there = Journal(Path(one)), Journal(Path(other))
        for entry in entries:
            here.add(entry)
        exported = here.export()
        assert exported.startswith(EXPORT_MARK)
        assert "\n" not in exported
        assert there.merge(exported) == len(entries)
        assert there.entries() == here.entries()
        assert there.merge(exported) == 0
        assert there.entries() == here.entries()


@settings(deadline=None, max_examples=25)
@given(ENTRIES, ENTRIES)
def test_merging_both_ways_gives_one_record(mine, yours):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        here, there = Journal(Path(one)), Journal(Path(other))
        for entry in mine:
            here.add(entry)
        for entry in yours:
            there.add(entry)
        here.merge(there.export())
        there.merge(here.export())
        assert here.entries() == there.entries()
        assert len(here.entries()) == len(mine) + len(yours)


def test_line_breaks_of_a_mail_do_no_harm(tmp_path):
    exported = filled(tmp_path / "a").export()
    broken = " \n".join(exported[i : i + 20] for i in range(0, len(exported), 20))
    assert Journal(tmp_path / "b").merge(f"  {broken}\n") == 3


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "hello",
        EXPORT_MARK,
        EXPORT_MARK + "AAAA",
        EXPORT_MARK + "é",
        EXPORT_MARK + "!" * 50,
        "TUMEN2-eJw=",
        "\x00",
        None,
        12,
        ["TUMEN1-"],
    ],
)
def test_garbage_is_not_merged_and_is_told_in_words(tmp_path, garbage):
    kept = filled(tmp_path)
    with pytest.raises(ValueError, match="not a whole exported record"):
        kept.merge(garbage)
    assert len(kept.entries()) == 3


def test_half_an_export_is_not_merged(tmp_path):
    exported = filled(tmp_path).export()
    for length in range(len(EXPORT_MARK), len(exported) - 4, 7):
        with pytest.raises(ValueError, match="copy all of"):
            Journal(tmp_path / "other").merge(exported[:length])
    assert Journal(tmp_path / "other").entries() == []


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"[{}]", b'[{"what": 1}]', b"null", b"[null]"])
def test_export_of_something_else_is_refused(tmp_path, content):
    import base64
    import zlib

    text = EXPORT_MARK + base64.urlsafe_b64encode(zlib.compress(content)).decode()
    with pytest.raises(ValueError, match="not a whole exported record"):
        Journal(tmp_path).merge(text)


def test_bomb_does_not_fill_the_memory(tmp_path):
    import base64
    import zlib

    bomb = zlib.compress(b"[" + b" " * 60_000_000 + b"]", 9)
    text = EXPORT_MARK + base64.urlsafe_b64encode(bomb).decode()
    with pytest.raises(ValueError, match="not a whole exported record"):
        Journal(tmp_path).merge(text)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"what": "answered", "item": "01.q1", "when": "2026',
        "[]",
        "null",
        "12",
        '{"what": "answered"}',
        '{"what": 1, "item": "a", "when": "b", "key": "c"}',
        '{"what": "a", "item": "a", "when": "b", "key": "c", "right": "yes"}',
        '{"what": "a", "item": "a", "when": "b", "key": "c", "right": [1]}',
        "\x00\x00\x00",
        "[" * 100_000,
    ],
)
def test_damaged_line_costs_only_itself(tmp_path, line):
    kept = filled(tmp_path)
    with kept.path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    kept.add(Entry("answered", "01.q9"))
    assert items(kept) == ["01.q0", "01.q1", "01.q2", "01.q9"]
    assert kept.damaged_lines() == 1


def test_bytes_that_are_no_text_cost_only_their_line(tmp_path):
    kept = filled(tmp_path)
    with kept.path.open("ab") as file:
        file.write(b"\xff\xfe\xff garbage\n")
    kept.add(Entry("answered", "01.q9"))
    assert len(kept.entries()) == 4
    assert kept.damaged_lines() == 1


def test_half_a_line_does_not_swallow_the_next(tmp_path):
    kept = filled(tmp_path)
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole[:-20])
    kept.add(Entry("answered", "01.q9"))
    assert items(kept) == ["01.q0", "01.q1", "01.q9"]
    assert kept.damaged_lines() == 1


def test_fields_of_a_later_version_are_left_out(tmp_path):
    kept = filled(tmp_path, 0)
    kept.path.parent.mkdir(exist_ok=True)
    line = {"what": "a", "item": "b", "when": "c", "key": "d", "new": [1, 2]}
    kept.path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert kept.entries() == [Entry("a", "b", when="c", key="d")]


def write_many(folder: str, writer: int, count: int) -> None:
    kept = Journal(Path(folder))
    for number in range(count):
        assert kept.add(Entry("answered", f"{writer}.{number}", answer="x" * 500))


def test_two_notebooks_at_once_lose_nothing(tmp_path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write_many, args=(str(tmp_path), w, 40)) for w in (1, 2)]
    for process in writers:
        process.start()
    for process in writers:
        process.join(60)
    assert [process.exitcode for process in writers] == [0, 0]
    kept = Journal(tmp_path)
    assert sorted(items(kept)) == sorted(f"{w}.{n}" for w in (1, 2) for n in range(40))
    assert kept.damaged_lines() == 0


def test_full_disk_keeps_entries_in_memory_until_there_is_room(tmp_path, monkeypatch):
    kept = filled(tmp_path, 1)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(record.os, "fsync", full)
        patch.setattr(Path, "open", lambda *_, **__: full(0))
        assert not kept.add(Entry("answered", "01.q7"))
        assert not kept.add(Entry("answered", "01.q8"))
        assert not kept.saved
    assert items(kept) == ["01.q0", "01.q7", "01.q8"]
    assert items(Journal(tmp_path)) == ["01.q0"]
    assert kept.add(Entry("answered", "01.q9"))
    assert kept.saved
    assert items(Journal(tmp_path)) == ["01.q0", "01.q7", "01.q8", "01.q9"]


def test_entries_that_were_written_before_the_disk_failed_are_counted_once(tmp_path, monkeypatch):
    kept = filled(tmp_path, 1)

    def fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(record.os, "fsync", fails)
        assert not kept.add(Entry("answered", "01.q7"))
    kept.add(Entry("answered", "01.q8"))
    assert items(kept) == ["01.q0", "01.q7", "01.q8"]


def test_folder_that_cannot_be_made_keeps_the_record_in_memory(tmp_path):
    (tmp_path / "file").write_text("in the way")
    kept = Journal(tmp_path / "file" / "record")
    assert not kept.add(Entry("answered", "01.q1"))
    assert items(kept) == ["01.q1"]
    assert not kept.saved
    assert Journal(tmp_path / "b").merge(kept.export()) == 1


@pytest.mark.skipif(
    os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0,
    reason="a folder cannot be made read-only for this user",
)
def test_read_only_folder_keeps_the_record_in_memory(tmp_path):
    tmp_path.chmod(0o500)
    try:
        kept = Journal(tmp_path / "record")
        assert not kept.add(Entry("answered", "01.q1"))
        assert items(kept) == ["01.q1"]
    finally:
        tmp_path.chmod(0o700)


def test_locked_record_keeps_entries_in_memory(tmp_path, monkeypatch):
    import filelock

    monkeypatch.setattr(record, "_LOCK_SECONDS", 0.05)
    kept = Journal(tmp_path)
    with filelock.FileLock(f"{kept.path}.lock"):
        assert not kept.add(Entry("answered", "01.q1"))
    assert kept.add(Entry("answered", "01.q2"))
    assert items(Journal(tmp_path)) == ["01.q1", "01.q2"]


def test_folder_is_the_one_named_and_the_object_is_kept(record_folder):
    assert journal() is journal()
    journal().add(Entry("opened", "01"))
    assert (record_folder / "progress.jsonl").exists()


def test_record_lies_in_the_users_folder_unless_named(tmp_path):
    code = "from tutor.interaction.record import journal; print(journal().path)"
    variables = {k: v for k, v in os.environ.items() if k != record.FOLDER_VARIABLE}
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=variables | {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "across-the-tumen" in said


def test_latest_is_the_newest_of_its_kind():
    entries = [
        Entry("answered", "a", answer="1"),
        Entry("predicted", "a", answer="2"),
        Entry("answered", "a", answer="3"),
    ]
    assert latest(entries, "answered")["a"].answer == "3"
    assert latest(entries, "opened") == {}


# Where nothing can be written, and what else may happen to a file.

WRITES_MANY = """
import json, resource, sys
from pathlib import Path
from tutor.interaction.record import Entry, Journal
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
kept = Journal(folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
said = [kept.add(Entry("answered", f"01.q{n}", answer="x" * 50)) for n in range(20)]
print(json.dumps([said, len(kept.entries()), kept.damaged_lines(), kept.saved, kept.warning(),
    kept.export()]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no limit to the size of files on this system")
@pytest.mark.parametrize("limit", [0, 1, 100, 205, 1000, 1999])
def test_disk_that_fills_up_while_writing_costs_nothing(tmp_path, limit):
    """The system itself cuts the write off in the middle of a line, as a full disk does."""
    done = subprocess.run(
        [sys.executable, "-c", WRITES_MANY, str(tmp_path), str(limit)],
        capture_output=True,
        text=True,
        check=True,
    )
    said, entries, damaged, saved, warning, exported = json.loads(done.stdout)
    whole = said.index(False)
    assert said == [True] * whole + [False] * (20 - whole)
    assert (entries, damaged, saved) == (20, 0, False)
    assert "progress(export=True)" in warning
    later = Journal(tmp_path)
    assert items(later) == [f"01.q{n}" for n in range(whole)]
    assert later.damaged_lines() == 0
    assert later.merge(exported) == 20 - whole
    assert items(later) == [f"01.q{n}" for n in range(20)]


def test_warning_comes_once(tmp_path):
    assert filled(tmp_path / "a").warning() == ""
    (tmp_path / "file").write_text("in the way")
    kept = filled(tmp_path / "file" / "record")
    assert "cannot be written" in kept.warning()
    assert kept.warning() == ""


def test_learner_is_told_once_that_nothing_is_kept(record_folder):
    """In an exercise no `begin` tells her, so the first reply does; what it says works."""
    import tutor

    record_folder.write_text("in the way")
    first, second = tutor.check("01.1", 1860), tutor.check("01.2", 1)
    assert first.right
    assert repr(first).startswith("Right.")
    assert "cannot be written to disk" in repr(first)
    assert "cannot be written" in first._repr_html_()
    assert "cannot be written" not in repr(second)
    exported = tutor.progress(export=True)
    record_folder.unlink()
    assert Journal(record_folder).merge(exported) == 2


def test_answer_to_a_question_tells_it_too(record_folder):
    import tutor

    record_folder.write_text("in the way")
    assert "cannot be written" in repr(tutor.answer("01.q1", 2))
    assert "cannot be written" not in repr(tutor.answer("01.p1", 3))


def test_folder_in_the_place_of_the_file_keeps_the_record_in_memory(tmp_path):
    (tmp_path / "progress.jsonl").mkdir()
    kept = filled(tmp_path)
    assert len(kept.entries()) == 3
    assert not kept.saved
    assert kept.damaged_lines() == 0


def test_drive_without_locks_is_written_without_one(tmp_path, monkeypatch):
    import filelock

    def none(*_: object, **__: object) -> None:
        raise NotImplementedError("FileSystem does not appear to support flock")

    monkeypatch.setattr(filelock.FileLock, "acquire", none)
    assert items(filled(tmp_path)) == ["01.q0", "01.q1", "01.q2"]
    assert filled(tmp_path).saved


def test_mark_of_byte_order_costs_nothing(tmp_path):
    kept = filled(tmp_path)
    kept.path.write_bytes(b"\xef\xbb\xbf" + kept.path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(kept.entries()) == 3
    assert kept.damaged_lines() == 0


def test_half_a_surrogate_pair_is_kept_and_carried(tmp_path):
    kept = Journal(tmp_path / "a")
    kept.add(Entry("answered", "01.q1", answer="\ud800"))
    assert kept.entries()[0].answer == "\ud800"
    other = Journal(tmp_path / "b")
    assert other.merge(kept.export()) == 1
    assert other.entries() == kept.entries()


DAMAGES = {
    "random bytes": lambda whole: bytes(range(256)) * 40,
    "nul bytes": lambda whole: b"\0" * 100_000,
    "huge line": lambda whole: b"x" * 5_000_000,
    "huge number": lambda whole: b'{"what": "a", "item": "b", "right": ' + b"9" * 10_000 + b"}",
    "deep nesting": lambda whole: b'{"a":' * 50_000,
    "utf-16": lambda whole: whole.decode().encode("utf-16"),
    "latin": lambda whole: "é".encode("latin-1") * 50,
    "half of it": lambda whole: whole[: len(whole) // 2],
    "lines swapped inside": lambda whole: whole[50:] + whole[:50],
    "another json": lambda whole: b'[{"cells": []}]',
    "a page": lambda whole: b"<html>\n<body>502 Bad Gateway</body>\n</html>",
}


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("name", DAMAGES)
def test_damage_of_any_kind_costs_only_what_it_hit(tmp_path, name, before):
    kept = filled(tmp_path)
    whole = kept.path.read_bytes()
    damage = DAMAGES[name](whole)
    kept.path.write_bytes(damage + b"\n" + whole if before else whole + damage)
    assert {"01.q0", "01.q1", "01.q2"} <= set(items(kept))
    size = kept.path.stat().st_size
    assert kept.add(Entry("answered", "01.q9"))
    assert items(kept)[-1] == "01.q9"
    assert kept.path.stat().st_size > size
    assert Journal(tmp_path / "elsewhere").merge(kept.export()) == len(kept.entries())


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=400), st.integers(0, 2000), st.integers(0, 60))
def test_bytes_written_over_the_file_never_break_it(garbage, place, removed):
    with tempfile.TemporaryDirectory() as folder:
        kept = filled(Path(folder))
        whole = kept.path.read_bytes()
        kept.path.write_bytes(whole[:place] + garbage + whole[place + removed :])
        before = kept.entries()
        assert kept.add(Entry("answered", "01.q9"))
        assert len(kept.entries()) == len(before) + 1
        assert kept.damaged_lines() <= garbage.count(b"\n") + 3


def test_damage_is_told_to_the_learner(record_folder):
    import tutor

    tutor.check("01.1", 1860)
    with journal().path.open("ab") as file:
        file.write(b"\0\0\0\n\xff\xfe\n")
    assert "2 lines of your record" in repr(tutor.progress())
    assert "2 lines of your record" in repr(tutor.begin("01"))
