"""Fetch reveal.js, once: the published package, held to its hash, without npm.

reveal.js is MIT-licensed; its licence is written beside its files in every folder of slides.
"""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

import platformdirs

VERSION = "6.0.2"
ADDRESS = f"https://registry.npmjs.org/reveal.js/-/reveal.js-{VERSION}.tgz"
INTEGRITY = (
    "JYIg5D9aoxoaLeb84O+OvAwsKWdIavVgEDScxtYEXFCT6t6TQrhNtSgogcjdCpdLsWglhJn3zyE3fUOwiH5KEg=="
)
"""SHA-512 of the package, as the registry publishes it."""

FILES = {
    "reveal.js": "package/dist/reveal.js",
    "reveal.css": "package/dist/reveal.css",
    "notes.js": "package/dist/plugin/notes.js",
    "reveal.js-LICENSE.txt": "package/LICENSE",
}
"""What a deck needs of it: name in the deck's folder, place in the package."""

_SECONDS = 60


class FetchError(Exception):
    """reveal.js is not here and could not be fetched."""


def cache_folder() -> Path:
    """Return where the package is kept between two runs: in the user's folder for such things."""
    return Path(platformdirs.user_cache_dir("tumen-course", appauthor=False))


def kept_package(cache: Path | None = None) -> bytes | None:
    """Give the package if an earlier run has kept it, else None."""
    kept = _kept(cache)
    if not kept.is_file():
        return None
    content = kept.read_bytes()
    return content if _is_right(content) else None


def _kept(cache: Path | None) -> Path:
    return (cache or cache_folder()) / f"reveal.js-{VERSION}.tgz"


def package(cache: Path | None = None) -> bytes:
    """Give the package, from the cache or else from the registry.

    Parameters
    ----------
    cache : pathlib.Path, optional
        The folder that keeps it; by default `cache_folder`.

    Raises
    ------
    FetchError
        It is not in the cache and cannot be fetched, or what came is not the published package.
    """
    content, kept = kept_package(cache), _kept(cache)
    if content is not None:
        return content
    try:
        with urllib.request.urlopen(ADDRESS, timeout=_SECONDS) as answer:
            content = answer.read()
    except (urllib.error.URLError, OSError) as problem:
        raise FetchError(
            f"reveal.js {VERSION}, which shows the slides, is not on this computer yet and could not be "
            f"fetched from {ADDRESS} ({problem}). Go online and run the command again, or save that "
            f"file as {kept}."
        ) from problem
    if not _is_right(content):
        raise FetchError(
            f"What came from {ADDRESS} is not reveal.js {VERSION} as it was published. Something on "
            "the way has changed it (a proxy that asks for a login, perhaps): nothing was kept."
        )
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(content)
    except OSError:
        pass  # a cache that cannot be written costs another download, nothing else
    return content


def _is_right(content: bytes) -> bool:
    return base64.b64encode(hashlib.sha512(content).digest()).decode() == INTEGRITY


def write_reveal(folder: Path, cache: Path | None = None) -> None:
    """Write the files of reveal.js that a deck loads into a folder, with its licence."""
    with tarfile.open(fileobj=io.BytesIO(package(cache)), mode="r:gz") as archive:
        for name, place in FILES.items():
            member = archive.extractfile(place)
            if member is None:
                raise FetchError(f"reveal.js {VERSION} has no {place}.")
            (folder / name).write_bytes(member.read())


def main() -> int:
    """Keep the package for the tests of the slides, which run without a network."""
    try:
        package()
    except FetchError as problem:
        # The tests say what follows from it: left out at home, failed where nothing may be left out.
        print(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
