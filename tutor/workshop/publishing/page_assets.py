"""The files that a page of the course loads, all of them local: scripts and styles.

Written when pages are built; only our own small files are in the repository.
"""

from __future__ import annotations

import functools
import posixpath
from pathlib import Path

from tutor import interaction
from tutor.workshop.publishing.charts import VEGA_LITE_VERSION

OURS = Path(__file__).parent / "assets"
_INTERACTION = Path(interaction.__file__).parent
_EXPORT = "export default { render };"

VEGA, COURSE, STYLE = "vega.js", "course.js", "course.css"


def write_assets(folder: Path) -> None:
    """Write everything that charts and questions on a page need.

    Parameters
    ----------
    folder : pathlib.Path
        Where to; made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {VEGA: vega_bundle(), COURSE: course_script(), STYLE: course_style()}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def head(address: str) -> str:
    """Write the elements for a page's head.

    Parameters
    ----------
    address : str
        The folder of the assets as seen from the page, such as ``"../assets"``.

    Returns
    -------
    str
        HTML; plain scripts, not modules: a browser loads those from a file as well.
    """
    place = functools.partial(posixpath.join, address)
    return (
        f'<link rel="stylesheet" href="{place(STYLE)}">\n'
        f'<script defer src="{place(VEGA)}"></script>\n'
        f'<script defer src="{place(COURSE)}"></script>'
    )


@functools.cache
def vega_bundle() -> str:
    """Bundle Vega, Vega-Lite and Vega-Embed as one plain script."""
    import vl_convert

    return vl_convert.javascript_bundle(vl_version=f"v{VEGA_LITE_VERSION}")


def course_script() -> str:
    """Give our script, with the form of the notebooks as it is."""
    form = (_INTERACTION / "question_widget.js").read_text(encoding="utf-8")
    if form.count(_EXPORT) != 1:
        raise ValueError(f"question_widget.js should close with: {_EXPORT}")
    as_script = form.replace(_EXPORT, "window.tumenQuestion = render;")
    own = (OURS / COURSE).read_text(encoding="utf-8")
    return f"(() => {{\n{as_script}\n}})();\n\n(() => {{\n{own}\n}})();\n"


def course_style() -> str:
    """Give our style, with that of the notebooks' form."""
    form = (_INTERACTION / "question_widget.css").read_text(encoding="utf-8")
    return f"{form}\n{(OURS / STYLE).read_text(encoding='utf-8')}"
