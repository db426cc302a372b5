"""The last pass over a page's HTML: where its links lead, and in which language its names are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Any

from tutor.workshop.publishing.languages import marked

Resolve = Callable[[str], str]
"""Takes the target of a link as the text has it, and gives the one for this page."""

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
# What is no prose, or may hold no element.
_UNMARKED = frozenset(("script", "style", "title", "option", "textarea", "math", "svg"))
_ID = re.compile(r"""<[a-zA-Z][^<>]*?\sid=["']([^"']+)["']""")


def finished(html: str, resolve: Resolve) -> str:
    """Lead every link to its place, and mark native names with their language.

    Parameters
    ----------
    html : str
        A piece of a page.
    resolve : callable
        Gives the target of a link for this page.

    Returns
    -------
    str
        The same piece; nothing else is changed.
    """
    writer = _Writer(resolve)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


def ids_in(html: str) -> set[str]:
    """List the ids of a piece of HTML."""
    return set(_ID.findall(html))


class _Writer(HTMLParser):
    """Writes what it reads, but for links and native names."""

    def __init__(self, resolve: Resolve) -> None:
        super().__init__(convert_charrefs=False)
        self.written: list[str] = []
        self._resolve = resolve
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        if tag == "a" and dict(attrs).get("href"):
            text = self._link(attrs)
        self.written.append(text)
        if tag not in _VOID:
            as_it_is = tag in _UNMARKED or "lang" in dict(attrs)
            self._open.append((tag, as_it_is))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.written.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.written.append(f"</{tag}>")
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        inside = self._open[-1][0] if self._open else ""
        if inside == "script":
            self.written.append(self._script(data))
        elif any(as_it_is for _, as_it_is in self._open):
            self.written.append(data)
        else:
            self.written.append(marked(data))

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.written.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")

    def _link(self, attrs: list[tuple[str, str | None]]) -> str:
        resolved = [
            (name, self._resolve(value) if name == "href" and value else value)
            for name, value in attrs
        ]
        written = "".join(
            f" {name}" if value is None else f' {name}="{escape(value)}"'
            for name, value in resolved
        )
        return f"<a{written}>"

    def _script(self, data: str) -> str:
        """Finish the words of a question too: its script holds them as JSON."""
        if '"replies"' not in data:
            return data
        words = _each_text(json.loads(data), lambda text: finished(text, self._resolve))
        return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value) if "<" in value or not value.isascii() else value
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    return value
