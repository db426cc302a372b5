"""Find a Chromium for the tests that need a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

# Set this to use another browser of the Chromium family than the one found.
VARIABLE = "TUMEN_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)


def find_chromium(variables: Mapping[str, str] | None = None) -> str | None:
    """Return the path of a browser of the Chromium family, or None if there is none.

    Looked for in this order: the variable ``TUMEN_CHROMIUM``, the PATH, the usual places on macOS
    and Windows, and what ``playwright install chromium`` has fetched.
    """
    variables = os.environ if variables is None else variables
    named = variables.get(VARIABLE)
    if named:
        return named if Path(named).exists() else None
    for name in NAMES:
        found = shutil.which(name, path=variables.get("PATH"))
        if found:
            return found
    for place in PLACES:
        if Path(place).exists():
            return place
    return _of_playwright()


def _of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
