from pathlib import Path

import pytest

from tutor.interaction.record import FOLDER_VARIABLE


@pytest.fixture(autouse=True)
def record_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A record of its own for every test: nobody's progress is touched."""
    folder = tmp_path / "record"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder
