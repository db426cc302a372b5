"""In which language a native name is written, so that a page can say so.

A screen reader speaks, and a browser draws, Chinese and Japanese differently: the page must say which it
is. Hangul, kana and Cyrillic tell it themselves; what is written in Chinese characters alone is looked up
in the course's own names, and what stands only in the prose is listed here.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType

from tutor import data

_HAN = "\u3400-\u9fff\uf900-\ufaff々"
_KANA = "\u3040-\u30ff"
_NATIVE = re.compile(
    f"(?P<han>[{_HAN}{_KANA}]+(?:[・·][{_HAN}{_KANA}]+)*)"
    "|(?P<korean>[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]+(?: [\uac00-\ud7af]+)*)"
    "|(?P<cyrillic>[\u0400-\u052f]+(?:[ -][\u0400-\u052f]+)*)"
)
_MONGOLIAN = re.compile("[өүӨҮ]")

ONLY_IN_PROSE: Mapping[str, str] = MappingProxyType(
    {
        **{"海參崴": "zh-Hant", "吳大澂": "zh-Hant", "滿洲國": "zh-Hant", "張鼓峰": "zh-Hant"},
        **{"瑷珲": "zh-Hans", "邓小平": "zh-Hans", "江泽民": "zh-Hans", "丁士晟": "zh-Hans"},
        **{"黑龙江": "zh-Hans", "吉林": "zh-Hans", "东北": "zh-Hans", "延边": "zh-Hans"},
        **{"天津": "zh-Hans"},
    }
)
"""Names in Chinese characters that no table of the course holds, and their language."""

_OF_COUNTRY = {"CHN": "zh", "JPN": "ja", "ROC": "zh", "KOR": "ko", "PRK": "ko"}


def language_of(name: str) -> str:
    """Tell the language of a name in a native script.

    Parameters
    ----------
    name : str
        A run of one script, such as ``"두만강"``.

    Returns
    -------
    str
        A language tag such as ``"ko"``; empty where it cannot be known.
    """
    match = _NATIVE.fullmatch(name)
    if match is None:
        return ""
    if match["korean"]:
        return "ko"
    if match["cyrillic"]:
        return "mn" if _MONGOLIAN.search(name) else "ru"
    if re.search(f"[{_KANA}]", name):
        return "ja"
    if name in ONLY_IN_PROSE:
        return ONLY_IN_PROSE[name]
    names = _names()
    found = [code for code in ("zh", "ja") if name in names[code]] or [
        code for code in ("zh", "ja") if any(name in longer for longer in names[code])
    ]
    return found[0] if found else ""


def marked(text: str, mark: str = '<span lang="{language}">{name}</span>') -> str:
    """Mark every native name in a piece of HTML text (between tags).

    Parameters
    ----------
    text : str
        Text as it stands in HTML.
    mark : str
        What a name becomes.
    """

    def one(match: re.Match[str]) -> str:
        language = language_of(match[0])
        return mark.format(language=language, name=match[0]) if language else match[0]

    return _NATIVE.sub(one, text)


def unknown(text: str) -> list[str]:
    """List the native names in a text whose language cannot be known."""
    return [name[0] for name in _NATIVE.finditer(text) if not language_of(name[0])]


@functools.cache
def _names() -> Mapping[str, frozenset[str]]:
    """Give the names in Chinese characters of the course's tables, by language."""
    found: dict[str, set[str]] = {"zh": set(), "ja": set()}
    for row in data.rows("glossary"):
        for code, names in found.items():
            names.add(row[code])
    for row in data.rows("places"):
        # Many names are written alike in both languages: a place speaks the one of its country.
        for code in ("ja",) if row["countries"] == "JPN" else ("zh", "ja"):
            found[code].add(row[code])
    for row in data.rows("region_names"):
        if _OF_COUNTRY.get(row["owner"]) in found:
            found[_OF_COUNTRY[row["owner"]]].add(row["native_name"])
    for row in data.rows("actors"):
        if _OF_COUNTRY.get(row["id"]) in found:
            found[_OF_COUNTRY[row["id"]]].add(row["native_name"])
    return {code: frozenset(names - {""}) for code, names in found.items()}
