"""The site: its checks find what is wrong, its folder is safe, its pages lead on."""

import dataclasses

import pytest
import yaml

from tutor.interaction.questions import question
from tutor.workshop.commands import COMMANDS
from tutor.workshop.links import Copy, read_address
from tutor.workshop.notebooks import REPOSITORY, Notebook, read
from tutor.workshop.publishing import site as site_module
from tutor.workshop.publishing.asked import asked_html
from tutor.workshop.publishing.charts import as_data_uri, chart_html
from tutor.workshop.publishing.checking import problems_of_site
from tutor.workshop.publishing.markdown import markdown_html, page_markdown_html
from tutor.workshop.publishing.page_assets import course_script, head, write_assets
from tutor.workshop.publishing.page_outputs import NEEDS_KERNEL, WIDGET_MIME, page_outputs
from tutor.workshop.publishing.site import (
    MARK,
    Site,
    SiteError,
    build,
    chosen_numbers,
    main,
    prepare_folder,
)

CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.6.1.json",
    "description": "One dot </script> here.",
    "data": {"values": [{"a": 1}]},
    "mark": "point",
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}
VEGA = "application/vnd.vegalite.v5+json"


# --- the checks


@pytest.fixture
def sound(tmp_path):
    """A small site without a fault."""
    pages = {
        "index.html": '<link rel="icon" href="data:,"><a href="lessons/01.html#top">1</a>',
        "lessons/01.html": '<h1 id="top">1</h1><a href="../index.html">back</a><a href="#top">up</a>'
        '<img src="../p.svg" alt="A dot."><a href="https://example.org/a">out</a>',
    }
    folder = tmp_path / "site"
    (folder / "lessons").mkdir(parents=True)
    (folder / "p.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "elsewhere.html").write_text("", encoding="utf-8")
    for address, html in pages.items():
        (folder / address).write_text(html, encoding="utf-8")
    return folder


def test_a_sound_site_has_no_problems(sound):
    assert problems_of_site(sound) == []


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ('<a href="02.html">2</a>', "the link 02.html leads to no file"),
        ('<a href="#no">2</a>', "the link #no leads to no such place"),
        ('<a href="../index.html#no">2</a>', "leads to no such place"),
        ('<a href="../../elsewhere.html">2</a>', "leads to no file"),
        ('<a href="/index.html">2</a>', "is not relative"),
        ('<a href="//example.org/">2</a>', "is not relative"),
        ('<a href="http://example.org/">2</a>', "no well-formed address"),
        ('<a href="https://exa mple.org/">2</a>', "no well-formed address"),
        ('<a href="javascript:alert(1)">2</a>', "no well-formed address"),
        ('<p id="top"></p>', "the id 'top' stands there twice"),
        ('<img src="../p.svg">', "1 pictures have no alternative text"),
        ('<script src="https://cdn.example.org/a.js"></script>', "not a file of the site"),
        ('<link rel="stylesheet" href="/a.css">', "not a file of the site"),
        ('<img src="../q.svg" alt="A.">', "not a file of the site"),
    ],
)
def test_each_fault_is_found(sound, added, said):
    page = sound / "lessons" / "01.html"
    page.write_text(page.read_text(encoding="utf-8") + added, encoding="utf-8")
    (problem,) = problems_of_site(sound)
    assert problem.startswith("lessons/01.html: ")
    assert said in problem


def test_a_site_without_a_front_page_is_none(sound):
    (sound / "index.html").unlink()
    assert "There is no index.html." in problems_of_site(sound)


# --- the folder


def test_a_folder_with_other_files_is_left_alone(tmp_path, capsys):
    (tmp_path / "thesis.docx").write_text("years of work", encoding="utf-8")
    assert main(["--out", str(tmp_path), "--lessons", "00"]) == 1
    assert "holds other files" in capsys.readouterr().err
    assert [item.name for item in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_folder_of_an_earlier_site_is_emptied_but_for_its_repository(tmp_path):
    folder = tmp_path / "new" / "site"
    prepare_folder(folder)
    assert (folder / MARK).is_file()
    (folder / "old.html").write_text("old", encoding="utf-8")
    (folder / "lessons").mkdir()
    (folder / ".git").mkdir()
    prepare_folder(folder)
    assert {item.name for item in folder.iterdir()} == {MARK, ".nojekyll", ".git"}


def test_a_file_is_no_folder(tmp_path):
    file = tmp_path / "site"
    file.write_text("", encoding="utf-8")
    with pytest.raises(SiteError, match="is a file"):
        prepare_folder(file)


def test_an_unknown_lesson_is_named_before_anything_is_touched(tmp_path, capsys):
    assert main(["--out", str(tmp_path / "site"), "--lessons", "1", "12"]) == 1
    assert "There is no lesson '12'. There are: 00, 01" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


# --- where links lead


@pytest.fixture
def site(tmp_path):
    copy = Copy(read_address("https://github.com/me/course"), "main", "a test")
    prepare_folder(tmp_path)
    return Site(tmp_path, copy, ("00", "01"))


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("https://example.org/a b", "https://example.org/a b"),
        ("#here", "#here"),
        ("#E003", "../sources.html#E003"),
        ("#D0101", "../sources.html#D0101"),
        ("#scalapino-1991", "../sources.html#scalapino-1991"),
        ("01_cold_war_history.ipynb", "01_cold_war_history.html"),
        ("../terms.html", "../terms.html"),
        (
            "02_the_thaw.ipynb",
            "https://github.com/me/course/blob/main/lessons/02_the_thaw.ipynb",
        ),
        ("../README.md", "https://github.com/me/course/blob/main/README.md"),
    ],
)
def test_where_a_link_of_a_lesson_leads(site, target, leads):
    resolve = site._resolver("lessons/00_start_here.html", {"here"})
    assert resolve(target) == leads


@pytest.mark.parametrize("target", ["#nowhere", "99_none.ipynb", "../../outside.md"])
def test_a_link_that_leads_nowhere_stops_the_build(site, target):
    resolve = site._resolver("lessons/00_start_here.html", set())
    with pytest.raises(SiteError, match="leads"):
        resolve(target)


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://gitlab.com/a/b/course", "https://gitlab.com/a/b/course/-/blob/main/README.md"),
        ("https://codeberg.org/me/course", "https://codeberg.org/me/course"),
    ],
)
def test_files_in_the_repository_on_other_hosts(site, address, leads):
    elsewhere = dataclasses.replace(site, copy=Copy(read_address(address), "main", ""))
    assert elsewhere.in_repository("README.md") == leads


def test_every_row_that_a_lesson_or_question_links_to_is_known(site):
    assert {"E003", "G08", "tumen-1993", "D0101", "G01"} <= site.known_ids
    assert chosen_numbers(site.lessons, ()) == tuple(lesson.number for lesson in site.lessons)


# --- what a notebook becomes


def notebook(*cells, widgets=None):
    content = {
        "cells": list(cells),
        "metadata": {"widgets": widgets} if widgets else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return Notebook(REPOSITORY / "lessons" / "98_made_up.ipynb", content)


def code(source, *outputs):
    bare = {"cell_type": "code", "id": "cell", "metadata": {}, "execution_count": None}
    return bare | {"source": source, "outputs": list(outputs)}


def shows(**data):
    media = {name.replace("_", "/", 1): value for name, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": media}


def html_of(content, cell=0):
    return [output["data"].get("text/html") for output in content["cells"][cell]["outputs"]]


def test_a_chart_becomes_a_figure_with_its_picture_and_words():
    output = {"output_type": "display_data", "metadata": {}, "data": {VEGA: CHART}}
    (html,) = html_of(page_outputs(notebook(code("chart", output)), lambda svg: "p.svg"))
    assert 'src="p.svg" alt="One dot &lt;/script&gt; here." width="' in html
    assert html.count("</script>") == 1
    assert "vega-lite/v6" in html


def test_a_picture_can_stand_in_the_page_itself():
    assert 'src="data:image/svg+xml;base64,' in chart_html(CHART)
    assert as_data_uri("<svg/>").endswith("PHN2Zy8+")


def test_a_form_becomes_its_question():
    from tutor.interaction.asking import _widget

    asked = question("01.q1")
    widget = _widget(asked, fresh=True)
    state = {"prompt": widget.prompt, "options": widget.options, "holds_back": True}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"m": {"state": state}}}}
    view = {"output_type": "display_data", "metadata": {}, "data": {WIDGET_MIME: {"model_id": "m"}}}
    content = page_outputs(notebook(code('quiz("01.q1")', view), widgets=widgets))
    assert html_of(content) == [asked_html(asked, holds_back=True)]
    assert "widgets" not in content["metadata"]


@pytest.mark.parametrize("name", NEEDS_KERNEL)
def test_what_needs_a_kernel_is_said_in_its_place(name):
    shown = notebook(code(f"tutor.{name}()", shows(text_html="<p>mine</p>")))
    (html,) = html_of(page_outputs(shown, where_it_runs="https://mybinder.org/v2/gh/a/b/HEAD"))
    assert "mine" not in html
    assert "tumen-needs-kernel" in html
    assert 'href="https://mybinder.org/v2/gh/a/b/HEAD"' in html
    (html,) = html_of(page_outputs(shown))
    assert "href" not in html


def test_what_is_said_to_a_learner_with_a_record_is_left_out():
    from tutor.learner_progress import begin

    opening = begin("01")._repr_html_()
    assert "stay on this computer" in opening
    (html,) = html_of(page_outputs(notebook(code("begin()", shows(text_html=opening)))))
    assert "stay on this computer" not in html
    assert "After this lesson you can" in html


def test_plain_words_stay_plain_and_scripts_of_the_lab_go():
    content = page_outputs(
        notebook(
            code(
                "x",
                {"output_type": "stream", "name": "stdout", "text": ["a <b>", "\n"]},
                shows(text_plain="12"),
                shows(text_html="<p>1</p><script>lab()</script>", text_plain="1"),
            )
        )
    )
    data = [output["data"] for output in content["cells"][0]["outputs"]]
    assert data == [{"text/plain": "a <b>\n"}, {"text/plain": "12"}, {"text/html": "<p>1</p>"}]


def test_an_output_that_no_page_can_show_names_its_cell():
    failed = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []}
    with pytest.raises(ValueError, match=r"98_made_up.ipynb, cell 2: .*error"):
        page_outputs(notebook(code("1"), code("x", failed)))


def test_the_notebook_that_was_run_is_not_changed():
    run = notebook(code("x", shows(text_html="<p>1</p><script>lab()</script>")))
    page_outputs(run)
    assert "lab()" in run.content["cells"][0]["outputs"][0]["data"]["text/html"]


def test_markdown_for_a_page_and_for_a_slide():
    source = "## The *first* & last\n\n$x_1$\n\n| a |\n|---|\n| 1 |\n"
    slide, page = markdown_html(source), page_markdown_html(source)
    assert "<h2>The <em>first</em> &amp; last</h2>" in slide
    assert '<h2 id="The-first-&amp;-last">' in page
    assert 'href="#The-first-&amp;-last" aria-label="Link to: The first &amp; last"' in page
    assert '<div class="tumen-scrolls"><table>' in page
    assert "<msub><mi>x</mi><mn>1</mn></msub>" in slide
    assert "<msub><mi>x</mi><mn>1</mn></msub>" in page


# --- what a page loads


def test_the_assets_are_plain_scripts_that_ask_nobody(tmp_path):
    write_assets(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"vega.js", "course.js", "course.css"}
    script = course_script()
    assert "window.tumenQuestion = render;" in script
    assert "export default" not in script
    assert "import " not in script
    assert "fetch(" not in script
    assert "module" not in head("../assets")
    assert 'src="../assets/vega.js"' in head("../assets")


def test_the_workflow_publishes_what_the_command_writes():
    written = yaml.safe_load((REPOSITORY / ".github/workflows/site.yml").read_text("utf-8"))
    steps = written["jobs"]["build"]["steps"]
    (command,) = [step["run"] for step in steps if "tutor" in step.get("run", "")]
    (uploaded,) = [step["with"]["path"] for step in steps if "upload" in step.get("uses", "")]
    assert command == f"python -m tutor site --out {uploaded}"
    assert "site" in COMMANDS


# --- the whole, with one lesson that needs no kernel to be told


def test_a_lesson_that_fails_is_named_and_nothing_is_said_to_be_done(site, monkeypatch):
    def fails(path, root):
        content = read(path, root).content | {"cells": [code("river")]}
        return Notebook(path, content, root)

    monkeypatch.setattr(site_module, "read", fails)
    with pytest.raises(SiteError, match=r"lessons/0._\w+.ipynb does not run(.|\n)*What to do"):
        build(site, say=lambda line: pytest.fail(line))


def test_front_page_sources_and_terms_hold_everything(site):
    only = dataclasses.replace(site, numbers=())
    build(only)
    front = (site.folder / "index.html").read_text(encoding="utf-8")
    for lesson in site.lessons:
        assert lesson.title in front
        assert lesson.question.split("?")[0] in front.replace("&#39;", "'")
        assert lesson.exercise is None or f'href="{lesson.exercise}" download' in front
    assert "blob/main/lessons/05_stages_of_integration.ipynb" in front
    sources = (site.folder / "sources.html").read_text(encoding="utf-8")
    assert all(f'id="{one}"' in sources for one in site.known_ids)
    terms = (site.folder / "terms.html").read_text(encoding="utf-8")
    assert terms.count("<dt ") >= 78
    assert '<span lang="ko">부챗살</span>' in terms
    assert problems_of_site(site.folder) == []
