"""The list of sources of a deck: everything that its slides link to, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tutor.citing import computed_html
from tutor.data import citations
from tutor.derived import all_derived

_LINK = re.compile(r'<a [^>]*?href="#([^"]+)"')


def linked(html: Iterable[str]) -> list[str]:
    """Give the ids that pieces of HTML link to, each once, in their order."""
    return list(dict.fromkeys(target for piece in html for target in _LINK.findall(piece)))


def sources_html(ids: Iterable[str]) -> str:
    """List rows, works and computed numbers, each with an anchor.

    Parameters
    ----------
    ids : iterable of str
        Ids of rows (``"E001"``), works (``"putnam-1988"``) and computed numbers (``"D0102"``).
    """
    wanted, derived = list(ids), all_derived()
    rows = citations.source_list([each for each in wanted if each not in derived])
    computed = computed_html(derived[each] for each in wanted if each in derived)
    return f"{rows._repr_html_()}{computed}"
