"""Write the decks of slides: `python -m tutor slides [NN ...] [--out FOLDER]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.contracts import lesson_of
from tutor.workshop.notebooks import COURSE_NUMBERS, REPOSITORY, Notebook, read
from tutor.workshop.slides.deck import deck_notebook, slides_of
from tutor.workshop.slides.reveal import FetchError, write_reveal

ASSETS = "assets"
_HERE = Path(__file__).parent


def deck_html(executed: Notebook) -> str:
    """Write the deck of a lesson that was run, as a page beside its folder of assets.

    Parameters
    ----------
    executed : Notebook
        The lesson with its outputs (`tutor.workshop.running.run`).
    """
    import nbformat

    from tutor.workshop.publishing.markdown import CourseSlides
    from tutor.workshop.publishing.page_assets import head
    from tutor.workshop.publishing.page_outputs import page_outputs

    lesson = lesson_of(executed)
    page = Notebook(executed.path, page_outputs(executed), executed.root)
    slides = slides_of(page, lesson)
    content = deck_notebook(slides, f"{lesson.title} · Across the Tumen")
    exporter = CourseSlides(extra_template_basedirs=[str(_HERE)], template_name="template")
    resources = {"assets": ASSETS, "head": head(ASSETS)}
    html, _ = exporter.from_notebook_node(nbformat.from_dict(content), resources)
    return html


def write_deck_assets(folder: Path) -> None:
    """Write everything that decks load into a folder, which is made if it is not there."""
    from tutor.workshop.publishing.page_assets import write_assets

    write_assets(folder)
    write_reveal(folder)
    for path in sorted((_HERE / "assets").iterdir()):
        (folder / path.name).write_bytes(path.read_bytes())


def main(argv: Sequence[str] | None = None) -> int:
    """Write a deck of slides for each lesson named, or for all."""
    from tutor.workshop.running import run

    parser = argparse.ArgumentParser(prog=f"{COURSE} slides", description=main.__doc__)
    parser.add_argument(
        "lessons", nargs="*", metavar="NN", help="numbers of lessons, such as 03; default: all"
    )
    parser.add_argument(
        "--out", type=Path, default=REPOSITORY / "build" / "slides", help="default: build/slides"
    )
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    try:
        paths = [_path_of(number, arguments.root) for number in arguments.lessons or COURSE_NUMBERS]
        write_deck_assets(arguments.out / ASSETS)
        for path in paths:
            deck = arguments.out / f"{path.stem}.html"
            deck.write_text(deck_html(run(read(path, arguments.root))), encoding="utf-8")
            print(deck, flush=True)
    except (ValueError, FetchError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(
            f"The slides could not be written to {arguments.out}: {problem.strerror}.",
            file=sys.stderr,
        )
        return 1
    print(
        "Open a deck in a browser. Keys: arrows or space turn the slide, S opens the speaker's view, "
        "Esc shows all slides, F fills the screen. Take the folder assets along when you copy a deck."
    )
    return 0


def _path_of(number: str, root: Path) -> Path:
    wanted = number.zfill(2)
    found = sorted((root / "lessons").glob(f"{wanted}_*.ipynb")) if wanted in COURSE_NUMBERS else []
    if not found:
        raise ValueError(
            f"There is no lesson {number!r}. The lessons are {COURSE_NUMBERS[0]} to {COURSE_NUMBERS[-1]}."
        )
    return found[0]
