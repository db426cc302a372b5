"""Writing files so that a run that is cut off leaves the old file or the new one, and no half."""

from __future__ import annotations

import os
from pathlib import Path


def write_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a text file as a whole or not at all, and give its path; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(text.encode(encoding, "replace"))
    os.replace(draft, path)
    return path
