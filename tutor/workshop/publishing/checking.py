"""What must hold of a site before anybody puts it on a server: every link leads somewhere, all of it here."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}


@dataclass
class PageParts:
    """What a page holds that can be wrong.

    Attributes
    ----------
    ids : list of str
        Every id, in order.
    links : list of str
        Targets of links.
    loaded : list of str
        What the browser fetches by itself.
    pictures_without_words : int
        Pictures without an alternative text.
    """

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    pictures_without_words: int = 0


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts = PageParts()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.parts.ids.append(values["id"] or "")
        if tag == "a" and "href" in values:
            self.parts.links.append(values["href"] or "")
        if tag in _LOADED and values.get(_LOADED[tag]):
            self.parts.loaded.append(values[_LOADED[tag]] or "")
        if tag == "img" and not values.get("alt"):
            self.parts.pictures_without_words += 1


def parts_of(html: str) -> PageParts:
    """Read what a page holds that can be wrong."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.parts


def problems_of_site(folder: Path) -> list[str]:
    """Say everything that is wrong with the pages in a folder.

    Parameters
    ----------
    folder : pathlib.Path
        The site.

    Returns
    -------
    list of str
        Sentences; empty if all is well.
    """
    pages = {
        path.relative_to(folder).as_posix(): parts_of(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }
    problems = [] if "index.html" in pages else ["There is no index.html."]
    for address, parts in pages.items():
        problems += [f"{address}: {problem}" for problem in _of_page(folder, address, parts, pages)]
    return problems


def _of_page(
    folder: Path, address: str, parts: PageParts, pages: dict[str, PageParts]
) -> list[str]:
    twice = [one for one, count in Counter(parts.ids).items() if count > 1]
    problems = [f"the id {one!r} stands there twice." for one in twice]
    if parts.pictures_without_words:
        problems.append(f"{parts.pictures_without_words} pictures have no alternative text.")
    problems += [
        f"it loads {one}, which is not a file of the site."
        for one in parts.loaded
        if not one.startswith("data:") and not _is_file(folder, address, one)
    ]
    for link in parts.links:
        problem = _of_link(folder, address, link, pages)
        if problem:
            problems.append(f"the link {link} {problem}")
    return problems


def _of_link(folder: Path, address: str, link: str, pages: dict[str, PageParts]) -> str:
    """Say what is wrong with a link; nothing if it is good."""
    parts = urlsplit(link)
    if parts.scheme:
        good = parts.scheme == "https" and "." in parts.netloc and not set(link) & set(" <>\"'")
        return "" if good else "is no well-formed address of the web."
    if parts.netloc or parts.path.startswith("/"):
        return "is not relative: the site could not stand below a path."
    if parts.path and not _is_file(folder, address, link):
        return "leads to no file."
    target = _place(address, parts.path) if parts.path else address
    if parts.fragment and unquote(parts.fragment) not in pages.get(target, PageParts()).ids:
        return "leads to no such place on its page."
    return ""


def _place(address: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(path)))


def _is_file(folder: Path, address: str, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return False
    place = _place(address, parts.path)
    return not place.startswith("..") and (folder / place).is_file()
