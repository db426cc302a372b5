"""Write the sheets for the Tumen summit in class: brief, roles, chair, observer, and a form for the deal.

`python -m tutor role-sheets FOLDER` writes one page of HTML for each, and ``all_sheets.html`` with every
page of one table, ready to print on A4 or Letter. Points, reasons and rules come from the course's data.
"""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tutor.workshop.bootstrap import COURSE

STYLE = """
@page { size: A4; margin: 14mm 16mm; }
* { box-sizing: border-box; }
body { font: 10.5pt/1.35 "Noto Sans", system-ui, sans-serif; color: #111; background: #fff; }
body { margin: 0 auto; max-width: 178mm; padding: 4mm 0; }
.brief { font-size: 9.6pt; line-height: 1.25; }
.brief h2 { font-size: 11pt; margin-top: 2mm; }
.sheet { break-after: page; }
.sheet:last-child { break-after: auto; }
h1 { font-size: 18pt; margin: 0 0 1mm; }
h2 { font-size: 12pt; margin: 3.5mm 0 1mm; }
p { margin: 1mm 0; }
ul, ol { margin: 1mm 0; padding-left: 5mm; }
table { border-collapse: collapse; width: 100%; margin: 1mm 0; }
caption { text-align: left; font-weight: 600; padding: 1mm 0; }
th, td { border-bottom: .3mm solid #bbb; padding: .6mm 1.5mm; text-align: left; vertical-align: top; }
td.points, th.points { text-align: right; width: 14mm; }
.role table { font-size: 9pt; line-height: 1.25; }
.role td:first-child { width: 52mm; }
.secret { border: .5mm solid #111; padding: 1mm 3mm; font-weight: 600; }
.form th { width: 58mm; }
.observer td { height: 9.5mm; }
.observer td:first-child { width: 18mm; }
.observer td:nth-child(2) { width: 50mm; }
.line { border-bottom: .3mm solid #111; height: 8mm; }
@media print { body { max-width: none; padding: 0; } }
"""


def _text(value: object) -> str:
    return html.escape(str(value))


def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    from tutor import data

    return data.rows(name)


def _name(code: str) -> str:
    from tutor.derived.summit_words import name_of

    return name_of(code)


def _needed() -> int:
    from tutor import baselines

    return baselines.tumen_summit().signatures_needed


def _options(issue: str) -> list[Mapping[str, str]]:
    return [row for row in _rows("summit_options") if row["issue"] == issue]


def _vetoes() -> str:
    return _listed(
        [_name(r["delegation"]) for r in _rows("summit_delegations") if r["has_veto"] == "1"]
    )


def public_brief() -> str:
    """Write the brief that everybody reads: the situation, the agenda and the rule."""
    issues = "".join(
        f"<h2>{place}. {_text(issue['name'])}</h2><p>{_text(issue['question'])}</p><ul>"
        + "".join(
            f"<li><strong>{_text(option['name'])}.</strong> {_text(option['text'])}</li>"
            for option in _options(issue["key"])
        )
        + "</ul>"
        for place, issue in enumerate(_rows("summit_issues"), 1)
    )
    return f"""<section class="sheet brief"><h1>The Tumen summit: public brief</h1>
<p>The year is 1993. Six delegations meet under a chair from the United Nations: {_text(_all_names())}.
They are to settle five issues of the Tumen scheme in one deal. What is not settled here stays as it is.</p>
<p><strong>The rule.</strong> A deal needs at least {_needed()} of the six signatures, and among
them those of {_text(_vetoes())}, whose soil it is. The chair has no vote.</p>
<p><strong>The points.</strong> Each delegation has points of its own for every option, 100 for the best
deal it could have, and a walk-away value: what it has without a deal. It signs nothing below that. You may
say anything about your points. You may not show your sheet. Points of two delegations cannot be
compared.</p>
{issues}</section>"""


def _all_names() -> str:
    return _listed([_name(row["delegation"]) for row in _rows("summit_delegations")])


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def role_sheet(code: str) -> str:
    """Write the confidential sheet of one delegation."""
    row = next(row for row in _rows("summit_delegations") if row["delegation"] == code)
    points = {r["option"]: r for r in _rows("summit_points") if r["delegation"] == code}
    veto = (
        "You are on the river: nothing is made without your signature."
        if row["has_veto"] == "1"
        else "You have no veto. A deal can be made without you, and then you keep your walk-away value."
    )
    tables = "".join(
        f"<table><caption>{place}. {_text(issue['name'])}</caption>"
        '<thead><tr><th scope="col">Option</th><th scope="col" class="points">Points</th>'
        '<th scope="col">Why</th></tr></thead><tbody>'
        + "".join(
            f"<tr><td>{_text(option['name'])}</td>"
            f'<td class="points">{_text(points[option["key"]]["points"])}</td>'
            f"<td>{_text(points[option['key']]['reason'])}</td></tr>"
            for option in _options(issue["key"])
        )
        + "</tbody></table>"
        for place, issue in enumerate(_rows("summit_issues"), 1)
    )
    return f"""<section class="sheet role"><h1>{_text(_name(code))}</h1>
<p class="secret">Confidential. For the delegation of {_text(_name(code))} only.</p>
<p><strong>Your aim.</strong> {_text(row["interest"])}</p>
<p><strong>Your walk-away value: {_text(row["walk_away"])} points.</strong> Sign nothing below. {veto}</p>
{tables}
<p>Before you speak: on which issue are your options far apart, and on which nearly alike? Ask the others the
same. You do well if you leave with many points, not with more than somebody else.</p></section>"""


def chair_sheet() -> str:
    """Write the sheet of whoever chairs a table: what to do in each part, and what not to."""
    times = "".join(
        f'<tr><th scope="row">{part}</th><td>from ________ to ________</td></tr>'
        for part in ("First round", "Free talks", "One text", "Vote", "Second vote, if needed")
    )
    return f"""<section class="sheet chair"><h1>The chair</h1>
<p>You are from the United Nations. You have no points and no vote. You keep the time and the text, and
you see to it that everybody is heard.</p>
<table><caption>Times, from your instructor</caption><tbody>{times}</tbody></table>
<h2>First round</h2>
<p>Read the rule aloud: at least {_needed()} of the six signatures, and among them those of
{_text(_vetoes())}. Each delegation says in one minute what it needs. Nobody offers or answers yet.</p>
<h2>Free talks</h2>
<p>Delegations talk in twos and threes, away from the table. Say when five minutes are
left. If somebody talks to nobody, ask what that delegation is waiting for.</p>
<h2>One text</h2>
<p>Ask for one whole deal and write it where all can read it. From now on there is only this
text. Whoever wants a change names one issue and one option; write it beside the old one, and ask who would
sign the one and who the other. Read the whole text aloud before the vote.</p>
<h2>Vote</h2>
<p>Ask one by one, those on the river last: do you sign? Nobody signs below its walk-away value.
Count, and look whose signatures are there. A text that fails may be changed once, and voted on once more.
Fill in the form.</p>
<h2>You may</h2>
<p>Ask any delegation: what do you need most? What could you give? Say how a text stands under the
rule.</p>
<h2>You may not</h2>
<p>Propose a deal, look at a role sheet, say what somebody has told you in confidence, or
add up the points of two delegations.</p></section>"""


def observer_sheet() -> str:
    """Write the sheet of an observer: what to watch for, room to note it, and what to report."""
    lines = "<tr><td></td><td></td><td></td></tr>" * 17
    return f"""<section class="sheet observer"><h1>The observer</h1>
<p>You watch one table and say nothing until the debrief. Do not write down speeches. Watch for five
things:</p>
<ol>
<li>The first sentence that names <strong>two</strong> issues: if you give us this, we give you that.</li>
<li>Every no, and the reason that came with it. Did anybody take the reason up?</li>
<li>Who talks to whom, and who to nobody.</li>
<li>The moment at which somebody counts the signatures, and sees whose is missing.</li>
<li>A question that nobody asks.</li>
</ol>
<table><caption>Notes</caption><thead><tr><th scope="col">Minute</th><th scope="col">Who, with whom</th>
<th scope="col">What for what, or what reason</th></tr></thead><tbody>{lines}</tbody></table>
<p><strong>In the debrief</strong> you speak first, for one minute: the best trade that you saw, a trade
that nobody tried, and the moment that decided the outcome.</p></section>"""


def deal_form() -> str:
    """Write the form on which a table notes its deal and signs it."""
    rows = "".join(
        f'<tr><th scope="row">{_text(issue["name"])}</th>'
        "<td>"
        + "<br>".join(
            f"☐ {_text(option['name'])} <em>({_text(option['key'])})</em>"
            for option in _options(issue["key"])
        )
        + "</td></tr>"
        for issue in _rows("summit_issues")
    )
    signatures = "".join(
        f'<tr><th scope="row">{_text(_name(row["delegation"]))}'
        f"{' *' if row['has_veto'] == '1' else ''}</th><td><div class='line'></div></td></tr>"
        for row in _rows("summit_delegations")
    )
    return f"""<section class="sheet form"><h1>The deal of our table</h1>
<p>Table: ____________________ &nbsp; Time of signing: ____________</p>
<table><caption>One option for each issue</caption><tbody>{rows}</tbody></table>
<table><caption>Signatures (* nothing is made without these; {_needed()} in all)</caption>
<tbody>{signatures}</tbody></table>
<p>☐ No deal. Who could not sign, and why? ______________________________________________</p>
</section>"""


def sheets() -> dict[str, str]:
    """Give every page by the name of its file, without the ending."""
    pages = {"public_brief": public_brief()}
    for row in _rows("summit_delegations"):
        pages[f"role_{row['delegation']}"] = role_sheet(row["delegation"])
    return pages | {
        "chair": chair_sheet(),
        "observer": observer_sheet(),
        "deal_form": deal_form(),
    }


def page(title: str, body: str) -> str:
    """Put a sheet, or several, into a page of HTML that needs no other file."""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{_text(title)}</title>'
        f"<style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def write(folder: Path) -> list[Path]:
    """Write all sheets into a folder, which is made if it is not there.

    Raises
    ------
    OSError
        The folder cannot be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pages = sheets()
    written = []
    for name, body in {**pages, "all_sheets": "".join(pages.values())}.items():
        path = folder / f"{name}.html"
        path.write_text(page(f"Tumen summit: {name.replace('_', ' ')}", body), encoding="utf-8")
        written.append(path)
    return written


def main(argv: list[str] | None = None, say: Callable[[str], None] = print) -> int:
    """Write the role sheets into the folder named."""
    parser = argparse.ArgumentParser(prog=f"{COURSE} role-sheets", description=__doc__)
    parser.add_argument("folder", type=Path, help="where to write the pages")
    folder = parser.parse_args(argv).folder
    try:
        written = write(folder)
    except OSError as problem:
        print(f"The sheets could not be written to {folder}: {problem.strerror}.", file=sys.stderr)
        return 1
    say(
        f"{len(written)} pages written to {folder}. Print all_sheets.html once for each table of six; "
        "give every delegation its role only, and everybody the public brief. The class script is "
        "solutions/09_summit_script.md."
    )
    return 0
