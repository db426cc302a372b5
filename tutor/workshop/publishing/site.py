"""Write the course as a site to read: plain files that any web server, or none, can show.

`python -m tutor site` runs every lesson, and writes a page for each, a front page, the sources and the
terms. Nothing on them is fetched from anywhere else, and every address is relative: the folder can stand
below any path. What a reader needs a kernel for is said in its place, with the way to Binder.
"""

from __future__ import annotations

import argparse
import hashlib
import posixpath
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from tutor import data
from tutor.citing import computed_html
from tutor.citing import sources as sources_of_lesson
from tutor.data import citations
from tutor.derived import all_derived
from tutor.workshop.bootstrap import COURSE
from tutor.workshop.contracts import Exercise, Lesson
from tutor.workshop.index import read_course
from tutor.workshop.links import Copy, LinkError, binder_link, copy_on_the_web, read_address
from tutor.workshop.notebooks import REPOSITORY, Notebook, calls, read
from tutor.workshop.publishing import page_assets
from tutor.workshop.publishing.charts import Picture, draw
from tutor.workshop.publishing.checking import problems_of_site
from tutor.workshop.publishing.finishing import finished, ids_in
from tutor.workshop.publishing.markdown import CoursePage, anchor_of, page_markdown_html
from tutor.workshop.publishing.page_outputs import page_outputs
from tutor.workshop.running import NotebookFailed, run_several

DEFAULT_FOLDER = REPOSITORY / "build" / "site"
MARK = ".across-the-tumen-site"
"""A file by which the command knows a folder of its own making again."""

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = "site.css"
_SECTIONS = (("index.html", "Lessons"), ("terms.html", "Terms"), ("sources.html", "Sources"))


class SiteError(ValueError):
    """The site cannot be built; the text says why and what to do."""


@dataclass(frozen=True)
class Site:
    """What is being written, and where.

    Parameters
    ----------
    folder : pathlib.Path
        Where the pages go.
    copy : Copy
        The repository that the links to Binder and to the notebooks lead to.
    numbers : tuple of str
        The lessons that get a page.
    root : pathlib.Path
        The course's folder.
    """

    folder: Path
    copy: Copy
    numbers: tuple[str, ...]
    root: Path = REPOSITORY

    @cached_property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons of the course, with or without a page."""
        return read_course(self.root).lessons

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises by their path."""
        return {exercise.path: exercise for exercise in read_course(self.root).exercises}

    @cached_property
    def linked(self) -> citations.Sources:
        """Everything that the text of any lesson links to, with the works."""
        ids = [entry.id for lesson in self.lessons for entry in _sources(lesson.number).entries] + [
            work.id for lesson in self.lessons for work in _sources(lesson.number).works
        ]
        terms = [row["id"] for row in data.rows("glossary")]
        return citations.source_list([*ids, *terms])

    @cached_property
    def known_ids(self) -> frozenset[str]:
        """The ids that the page of sources has."""
        rows = {entry.id for entry in self.linked.entries}
        return frozenset(rows | {work.id for work in self.linked.works} | set(all_derived()))

    @cached_property
    def exporter(self) -> CoursePage:
        """The exporter of nbconvert with our templates."""
        return CoursePage(template_name="page", extra_template_basedirs=[str(_TEMPLATES)])

    def page_of(self, path: str) -> str | None:
        """Give the page of a notebook, or None if it has none."""
        for lesson in self.lessons:
            if lesson.path == path and lesson.number in self.numbers:
                return f"{path.removesuffix('.ipynb')}.html"
        return None

    def binder(self, path: str) -> str:
        """Give the address that opens a notebook on Binder."""
        return binder_link(self.copy.repository, self.copy.branch, path)

    def in_repository(self, path: str) -> str:
        """Give the address of a file in the repository, or of the whole where hosts differ."""
        repository = self.copy.repository
        between = {"github.com": "blob", "gitlab.com": "-/blob"}.get(repository.host)
        if between is None:
            return repository.address
        return f"{repository.address}/{between}/{quote(self.copy.branch)}/{quote(path)}"

    def write(self, address: str, template: str, **values: Any) -> None:
        """Write a page.

        Parameters
        ----------
        address : str
            Its place in the site, such as ``"lessons/01_cold_war_history.html"``.
        template : str
            What stands in it.
        **values : object
            What the template needs; `title`, `description`, and for a long page `contents`.
        """
        up = "../" * address.count("/")
        shared = {"up": up, "here": address, "sections": _SECTIONS, "contents": (), "alive": ""}
        shared["repository"] = self.copy.repository.address
        environment = self.exporter.environment
        values = shared | values
        body = environment.get_template(f"{template}.html.j2").render(**values)
        body = finished(body, self._resolver(address, ids_in(body)))
        page = environment.get_template("layout.html.j2").render(body=body, **values)
        target = self.folder / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page, encoding="utf-8")

    def _resolver(self, address: str, ids: set[str]) -> Callable[[str], str]:
        """Say where the links of one page lead."""
        up = "../" * address.count("/")

        def resolve(target: str) -> str:
            parts = urlsplit(target)
            if parts.scheme:
                return target
            if not parts.path:
                wanted = unquote(parts.fragment)
                if wanted in ids or wanted == "content":
                    return target
                if wanted in self.known_ids:
                    return f"{up}sources.html#{wanted}"
                raise SiteError(f"{address}: the link {target} leads nowhere.")
            place = posixpath.normpath(posixpath.join(posixpath.dirname(address), parts.path))
            if place.endswith(".html"):
                return target
            page = self.page_of(place)
            if page:
                return posixpath.relpath(page, posixpath.dirname(address) or ".")
            if (self.folder / place).is_file():
                return target
            if (self.root / place).is_file():
                return self.in_repository(place)
            raise SiteError(f"{address}: the link {target} leads to no file.")

        return resolve


@dataclass(frozen=True)
class Pictures:
    """The folder of pictures: each is written once, under a name made of what it shows."""

    folder: Path
    up: str
    written: set[str] = field(default_factory=set)

    def place(self, svg: str) -> str:
        """Write a picture and give its address as seen from the page."""
        name = f"{hashlib.sha256(svg.encode()).hexdigest()[:16]}.svg"
        if name not in self.written:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(svg, encoding="utf-8")
            self.written.add(name)
        return f"{self.up}pictures/{name}"


# Pages --------------------------------------------------------------------------------------------


def build(site: Site, say: Callable[[str], None] = print) -> None:
    """Write all pages into the site's folder.

    Parameters
    ----------
    site : Site
        What to write, and where.
    say : callable
        Takes a line that tells how far it is.

    Raises
    ------
    SiteError
        A lesson fails, or a link leads nowhere.
    """
    _begin(site)
    _write_front(site)
    _write_sources(site)
    _write_terms(site)
    chosen = [lesson for lesson in site.lessons if lesson.number in site.numbers]
    notebooks = [read(site.root / lesson.path, site.root) for lesson in chosen]
    try:
        executed = run_several(notebooks, done=lambda notebook: say(f"{notebook.name} has run"))
    except NotebookFailed as problem:
        raise SiteError(
            f"{problem}\nWhat to do: open it in JupyterLab, run it and mend the cell that fails."
        ) from problem
    for lesson, notebook in zip(chosen, executed, strict=True):
        _write_lesson(site, lesson, notebook)


def _begin(site: Site) -> None:
    page_assets.write_assets(site.folder / "assets")
    shutil.copy(page_assets.OURS / _STYLE, site.folder / "assets" / _STYLE)
    for exercise in site.exercises:
        (site.folder / exercise).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site.root / exercise, site.folder / exercise)


def _write_front(site: Site) -> None:
    from tutor.charts.figure import vega_lite
    from tutor.charts.maps import lower_tumen_map

    figure = lower_tumen_map()
    picture = draw(vega_lite(figure))
    address = Pictures(site.folder / "pictures", "").place(picture.svg)
    site.write(
        "index.html",
        "front",
        title="Across the Tumen: regional integration in Northeast Asia",
        description="A course on regional integration in Northeast Asia, to read.",
        introduction=page_markdown_html(_introduction(site.root)),
        binder=site.binder(site.lessons[0].path),
        map=_shown(picture, address, figure.alternative),
        lessons=[_in_syllabus(site, lesson) for lesson in site.lessons],
    )


def _introduction(root: Path) -> str:
    """Give the first paragraph of the README, which says what the course is."""
    text = (root / "README.md").read_text(encoding="utf-8")
    paragraphs = [part for part in text.split("\n\n") if part and not part.startswith("#")]
    return paragraphs[0]


def _shown(picture: Picture, address: str, alternative: str) -> dict[str, Any]:
    size = {"width": picture.width, "height": picture.height}
    return {"address": address, "alternative": alternative, **size}


def _in_syllabus(site: Site, lesson: Lesson) -> dict[str, Any]:
    return {
        "number": lesson.number,
        "title": lesson.title,
        "question": lesson.question,
        "alone": lesson.minutes_to_do,
        "in_class": lesson.minutes_to_teach,
        "requires": lesson.requires,
        "address": site.page_of(lesson.path) or site.in_repository(lesson.path),
        "exercise": _exercise(site, lesson, ""),
    }


def _exercise(site: Site, lesson: Lesson, up: str) -> dict[str, Any] | None:
    if lesson.exercise is None:
        return None
    exercise = site.exercises[lesson.exercise]
    return {
        "address": f"{up}{exercise.path}",
        "binder": site.binder(exercise.path),
        "tasks": len(exercise.tasks),
        "minutes": exercise.minutes,
    }


def _write_sources(site: Site) -> None:
    tables = dict.fromkeys(entry.table for entry in site.linked.entries)
    groups = [
        _group(
            table.replace("_", " ").capitalize(),
            citations.Sources(entries=_of_table(site.linked.entries, table))._repr_html_(),
        )
        for table in tables
    ]
    groups.append(_group("Numbers", computed_html(all_derived().values())))
    works = citations.Sources(works=site.linked.works)._repr_html_()
    groups.append(_group("Works", works))
    site.write(
        "sources.html",
        "sources",
        title="Sources - Across the Tumen",
        description="Where every date and figure of the course comes from.",
        groups=groups,
        contents=[{"anchor": group["anchor"], "text": group["title"]} for group in groups],
    )


def _group(title: str, html: str) -> dict[str, str]:
    return {"title": title, "anchor": f"of-{anchor_of(title).lower()}", "html": html}


def _of_table(entries: Iterable[citations.Entry], table: str) -> tuple[citations.Entry, ...]:
    """Give the entries of one table by their id: `P9` stands before `P10`."""
    found = [entry for entry in entries if entry.table == table]
    return tuple(sorted(found, key=lambda entry: (re.sub(r"\d+", "", entry.id), _number(entry.id))))


def _number(identifier: str) -> int:
    digits = re.search(r"\d+", identifier)
    return int(digits[0]) if digits else 0


def _write_terms(site: Site) -> None:
    used: dict[str, list[dict[str, str]]] = {}
    for lesson in site.lessons:
        address = site.page_of(lesson.path)
        for term in lesson.terms if address else ():
            used.setdefault(term, []).append({"address": address or "", "number": lesson.number})
    found = [citations.term(row["id"]) for row in data.rows("glossary")]
    site.write(
        "terms.html",
        "terms",
        title="Terms - Across the Tumen",
        description="The words of the course in English, Chinese, Korean, Japanese and Russian.",
        terms=[
            {
                "id": term.id,
                "name": term.name,
                "definition": term.definition,
                "standard": term.standard,
                "native": [
                    {"code": code, "language": citations.LANGUAGES[code], "text": name}
                    for code, name in term.native
                ],
                "lessons": used.get(term.id, []),
            }
            for term in sorted(found, key=lambda term: term.name.lower())
        ],
    )


def _write_lesson(site: Site, lesson: Lesson, executed: Notebook) -> None:
    import nbformat

    address = site.page_of(lesson.path)
    assert address is not None
    pictures = Pictures(site.folder / "pictures", "../")
    content = page_outputs(executed, pictures.place, site.binder(lesson.path))
    content["cells"] = _with_sources(executed, content["cells"])
    cells, _ = site.exporter.from_notebook_node(nbformat.from_dict(content))
    place = site.lessons.index(lesson)
    neighbours = {
        "before": site.lessons[place - 1] if place else None,
        "after": site.lessons[place + 1] if place + 1 < len(site.lessons) else None,
    }
    site.write(
        address,
        "lesson",
        title=f"{lesson.number} {lesson.title} - Across the Tumen",
        description=lesson.question,
        contents=[
            {"anchor": anchor_of(heading.text), "text": heading.text}
            for heading in executed.headings
            if heading.level == 2
        ]
        + [{"anchor": "sources", "text": "Sources"}],
        alive=page_assets.head("../assets"),
        lesson=lesson,
        cells=cells,
        binder=site.binder(lesson.path),
        exercise=_exercise(site, lesson, "../"),
        **{
            name: other
            and {
                "number": other.number,
                "title": other.title,
                "address": f"../{other.path}",
            }
            for name, other in neighbours.items()
        },
    )


def _with_sources(notebook: Notebook, cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the list of sources a heading."""
    (place,) = {call.cell for call in calls(notebook) if call.name == "sources"}
    heading = {
        "cell_type": "markdown",
        "id": "sources-heading",
        "metadata": {},
        "source": '<h2 id="sources">Sources</h2>',
    }
    return [*cells[: place - 1], heading, *cells[place - 1 :]]


def _sources(number: str) -> citations.Sources:
    found = sources_of_lesson(number)
    if not isinstance(found, citations.Sources):
        raise SiteError(f"Lesson {number} has no list of sources: {found!r}")
    return found


# The command --------------------------------------------------------------------------------------


def prepare_folder(folder: Path) -> None:
    """Empty the folder of an earlier site, or make a new one.

    Raises
    ------
    SiteError
        Something else is in it: nothing of that is touched.
    """
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{folder} is a file. What to do: give a folder, with --out FOLDER.")
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise SiteError(
                f"{folder} holds other files, and building the site empties its folder. "
                "What to do: give a new or empty folder, with --out FOLDER."
            )
        for item in folder.iterdir():
            if item.name == ".git":
                continue
            shutil.rmtree(item) if item.is_dir() and not item.is_symlink() else item.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    # GitHub Pages would otherwise leave out what begins with an underscore.
    (folder / ".nojekyll").touch()


def chosen_numbers(lessons: Sequence[Lesson], wanted: Sequence[str]) -> tuple[str, ...]:
    """Read which lessons get a page: all, or those named.

    Raises
    ------
    SiteError
        There is no such lesson.
    """
    known = tuple(lesson.number for lesson in lessons)
    numbers = tuple(number.strip().zfill(2) for number in wanted) or known
    for number in numbers:
        if number not in known:
            raise SiteError(f"There is no lesson {number!r}. There are: {', '.join(known)}.")
    return numbers


def main(arguments: Sequence[str], root: Path = REPOSITORY) -> int:
    """Write the site."""
    parser = argparse.ArgumentParser(prog=f"{COURSE} site", description=__doc__)
    parser.add_argument("--out", type=Path, default=DEFAULT_FOLDER, metavar="FOLDER")
    parser.add_argument(
        "--lessons", nargs="+", default=(), metavar="01", help="only these get a page"
    )
    parser.add_argument(
        "--repository", metavar="URL", help="where links to Binder and notebooks lead"
    )
    options = parser.parse_args(arguments)
    try:
        copy = Copy(read_address(options.repository), "HEAD", "") if options.repository else None
        numbers = chosen_numbers(read_course(root).lessons, options.lessons)
        folder = options.out.resolve()
        prepare_folder(folder)
        copy = copy or copy_on_the_web(root)
        build(Site(folder, copy, numbers, root))
    except (SiteError, LinkError) as problem:
        print(problem, file=sys.stderr)
        return 1
    problems = problems_of_site(folder)
    if problems:
        print("\n".join(["The site is not sound:", *problems]), file=sys.stderr)
        return 1
    for note in copy.notes:
        print(note)
    print(f"The site stands in {folder}: open index.html, or put the folder on any web server.")
    return 0
