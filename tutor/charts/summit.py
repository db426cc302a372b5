"""Lesson 09: the harbours, every deal of the summit on one chart, who blocks, and the deals of a class."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from tutor import baselines
from tutor.charts import maps
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, INK, QUIET, SEA, WATER, country_scale
from tutor.derived import summit as derived
from tutor.derived import summit_words as words_of
from tutor.derived.two_level_games import distance_to_the_mouth
from tutor.models import summit as model

_FAILS, _PASSES, _PARETO = "#928C7E", WATER, "#1F3F66"
_KINDS = {
    "fails": "fails",
    "passes": "passes, but could be better for some at nobody's cost",
    "pareto": "passes, and nobody can gain unless another loses (Pareto set)",
}
_CAVEAT = (
    "Points of different delegations cannot be compared; their sum only sorts the deals. "
    'The points are ours, for teaching: cite("SP001").'
)


_HARBOURS = {
    "P08": "hunchun",
    "P44": "rajin",
    "P45": "rajin",
    "P30": "zarubino",
    "P31": "zarubino",
    "P27": "vladivostok",
    "P28": "vladivostok",
    "P29": "vladivostok",
}
"""The places of each harbour option."""


def summit_harbours() -> Figure:
    """Draw the harbours among which the summit has to choose.

    Returns
    -------
    Figure
        A map with the places of the four options, numbered as on the agenda.
    """
    numbers = {option: place for place, option in enumerate(words_of.options_of("port"), 1)}
    shown = maps.place_rows(
        ["P01", *_HARBOURS], {"P44": "left", "P45": "left", "P31": "left", "P29": "left"}
    )
    shown["name"] = [
        f"{numbers[_HARBOURS[row]]} {name}" if row in _HARBOURS else name
        for row, name in zip(shown["id"], shown["name"], strict=True)
    ]
    far = {row: distance_to_the_mouth(row) for row in _HARBOURS}
    shown["kilometres to the mouth"] = [
        round(far.get(row, 0.0), -1 if far.get(row, 0.0) > 99 else 0) for row in shown["id"]
    ]
    countries = pd.DataFrame(
        [
            {"name": "CHINA", "longitude": 130.3, "latitude": 43.45},
            {"name": "RUSSIA", "longitude": 132.6, "latitude": 43.6},
            {"name": "NORTH KOREA", "longitude": 129.85, "latitude": 42.05},
            {"name": "Sea of Japan (East Sea)", "longitude": 131.9, "latitude": 42.15},
        ]
    )
    labels = maps.names_on_map(countries)
    chart = completed(
        alt.layer(maps.land("lower_tumen"), maps.river(), labels, *maps.place_marks(shown)).project(
            "mercator", scale=9000, center=[131.5, 42.78]
        ),
        width=620,
        height=400,
        view=alt.ViewConfig(fill=SEA),
        title=f"Four choices of a harbour, up to {round(max(far.values()), -1):.0f} km "
        "from the river's mouth",
    )
    said = "; ".join(
        f"option {numbers[option]}, {words_of.option_name(option)}" for option in numbers
    )
    return Figure(
        chart,
        f"Map of the coast from Rajin to Vostochny with the places of the four options. {said}. "
        "Hunchun lies inland, on the Chinese side; the others are on the coast.",
        shown[["id", "name", "longitude", "latitude", "kilometres to the mouth"]],
        maps.BORDERS_NOTE,
    )


@cache
def _all_deals() -> pd.DataFrame:
    """Give every deal with its kind, the outcome for each delegation, and their sum."""
    game = baselines.tumen_summit()
    nash = {game.number(deal) for deals in model.nash_deals(game).values() for deal in deals}
    frame = pd.DataFrame(game.scores.astype(int), columns=list(game.names))
    frame.insert(0, "number", range(len(frame)))
    frame["joint"] = game.scores.sum(axis=1).astype(int)
    frame["kind"] = [
        "pareto" if pareto else "passes" if passes else "fails"
        for pareto, passes in zip(game.is_pareto, game.passes, strict=True)
    ]
    frame["nash"] = frame["number"].isin(nash)
    return frame


def summit_deals(delegation: str = "MNG", deal: Mapping[str, str] | None = None) -> Figure:
    """Draw every deal: one delegation's points across, the points of all six together upwards.

    Parameters
    ----------
    delegation : str
        Code of a delegation.
    deal : mapping, optional
        A deal to point out: option by issue.

    Returns
    -------
    Figure
        A dot for each deal, grey if it fails; with the parameter ``delegation``.

    Raises
    ------
    ValueError
        If there is no such delegation, or no such deal.
    """
    code = words_of.code_of(delegation)
    game = baselines.tumen_summit()
    frame = _all_deals()
    columns = ["number", *game.names, "joint", "kind"]
    own = alt.X(
        "own:Q",
        title="points for this delegation",
        scale=alt.Scale(domain=[0, 104], nice=False),
    )
    joint = alt.Y(
        "joint:Q",
        title="points of all six together",
        scale=alt.Scale(domain=[150, 460], nice=False),
    )
    dots = alt.Chart(_dots(frame[columns])).transform_calculate(own="datum[delegation]")
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(_KINDS), range=[_FAILS, _PASSES, _PARETO]),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("words:N", title="Deal"),
        alt.Tooltip("own:Q", title="Points"),
        alt.Tooltip("joint:Q", title="Together"),
    ]
    walk = pd.DataFrame([{"code": each.name, "least": each.walk_away} for each in game.delegations])
    line = alt.Chart(walk).transform_filter("datum.code == delegation")
    nash = frame[frame["number"] == game.number(derived.nash_of_all())]
    chosen = (
        None if deal is None else frame[frame["number"] == game.number(words_of.read_deal(deal))]
    )
    # The two may lie side by side: the words of the higher one stand above it, of the other below.
    chosen_above = chosen is not None and chosen["joint"].item() > nash["joint"].item()
    layers = [
        dots.transform_filter("datum.kind == 'fails'")
        .mark_circle(size=20, opacity=1, color=_FAILS)
        .encode(x=own, y=joint),
        line.mark_rule(color=QUIET, strokeDash=[5, 4]).encode(x=alt.X("least:Q")),
        line.mark_text(align="left", dx=5, color=QUIET).encode(
            x=alt.X("least:Q"), y=alt.datum(453), text=alt.value("walk-away")
        ),
        dots.transform_filter("datum.kind != 'fails'")
        .mark_circle(size=62, opacity=1)
        .encode(x=own, y=joint, color=colour, tooltip=tooltip),
        alt.Chart(_dots(nash[columns]))
        .transform_calculate(own="datum[delegation]")
        .mark_point(shape="diamond", size=260, strokeWidth=2.5, color=INK, filled=False)
        .encode(x=own, y=joint),
        *_words_among_dots(
            alt.Chart(_dots(nash[columns]))
            .transform_calculate(own="datum[delegation]")
            .encode(x=own, y=joint, text=alt.value("Nash deal of all six")),
            24 if chosen_above else -18,
            INK,
        ),
        *_key(),
    ]
    if chosen is not None:
        mark = alt.Chart(_dots(chosen[columns])).transform_calculate(own="datum[delegation]")
        layers += [
            mark.mark_point(shape="circle", size=330, strokeWidth=3, color=ACCENT).encode(
                x=own, y=joint
            ),
            *_words_among_dots(
                mark.encode(x=own, y=joint, text=alt.value("your deal")),
                -20 if chosen_above else 22,
                ACCENT,
            ),
        ]
    findings = {each: _finding(each) for each in game.names}
    chart = completed(
        alt.layer(*layers),
        alt.param(name="delegation", value=code),
        width=560,
        height=400,
        title=alt.Title(text=alt.expr(f"{json.dumps(findings)}[delegation]")),
    )
    passing = frame[frame["kind"] != "fails"]
    table = pd.DataFrame(
        [
            {
                "deal": words_of.deal_in_words(game.deal(int(row["number"]))),
                **{words_of.name_of(name): int(row[name]) for name in game.names},
                "together": int(row["joint"]),
                "Pareto set": row["kind"] == "pareto",
            }
            for _, row in passing.sort_values("joint", ascending=False).iterrows()
        ]
    )
    alternative = f"Scatter of all {len(frame)} deals. {describe_deals(code)}" + (
        f" {describe_one(deal, code)}" if deal is not None else ""
    )
    return Figure(chart, alternative, table, _CAVEAT, ("delegation",))


def _words_among_dots(base: alt.Chart, dy: int, colour: str) -> list[Any]:
    """Write on a white edge, so that the words can be read where dots lie behind them."""
    edge = {"color": "white", "stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}
    return [
        base.mark_text(dy=dy, fontWeight=600, **edge),
        base.mark_text(dy=dy, fontWeight=600, color=colour),
    ]


def _dots(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the words of the deals that pass; the others are only seen as a cloud."""
    game = baselines.tumen_summit()
    words = [
        words_of.deal_in_words(game.deal(int(number))) if kind != "fails" else None
        for number, kind in zip(frame["number"], frame["kind"], strict=True)
    ]
    return frame.assign(words=words)


def _key() -> list[Any]:
    """Say at the foot of the chart what the three kinds of dots are."""
    rows = pd.DataFrame(
        [
            {"y": 186 - 13 * place, "kind": kind, "text": text}
            for place, (kind, text) in enumerate(_KINDS.items())
        ]
    )
    base = alt.Chart(rows)
    # The words stand where no deal lies: far below, at the left.
    return [
        base.mark_circle(size=62, opacity=1).encode(
            x=alt.datum(2),
            y=alt.Y("y:Q"),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=list(_KINDS), range=[_FAILS, _PASSES, _PARETO]),
                legend=None,
            ),
        ),
        base.mark_text(align="left", dx=8).encode(
            x=alt.datum(2), y=alt.Y("y:Q"), text=alt.Text("text")
        ),
    ]


def _finding(code: str) -> str:
    game = baselines.tumen_summit()
    mine = game.scores[game.passes][:, game.names.index(code)]
    name = words_of.name_of(code)
    return (
        f"{name}: {len(mine)} of {len(game.choices)} deals pass, worth {mine.min():.0f} to "
        f"{mine.max():.0f} points to it"
    )


def describe_deals(delegation: str = "MNG") -> str:
    """Say what the deals that pass are worth to a delegation."""
    code = words_of.code_of(delegation)
    game = baselines.tumen_summit()
    column = game.names.index(code)
    signed = int(game.signs[game.passes][:, column].sum())
    best = model.best_deals(game)[code][0]
    nash = derived.nash_of_all()
    return (
        f"{_finding(code)}. It signs {signed} of them, from {game.walk_aways[column]:.0f} points on. "
        f"The best for it, with {derived.best(code):.0f}: {words_of.deal_in_words(best)}. "
        f"The Nash deal of all six gives it {model.judge(game, nash).scores[code]:.0f}."
    )


def describe_one(deal: Mapping[str, str], delegation: str) -> str:
    """Say what a deal comes to, and what was left on the table."""
    code = words_of.code_of(delegation)
    game = baselines.tumen_summit()
    read = words_of.read_deal(deal)
    verdict = model.judge(game, read)
    words = (
        f"The deal pointed out: {words_of.deal_in_words(read)}; {verdict.scores[code]:.0f} points"
    )
    if not verdict.passes:
        return f"{words}. It does not pass."
    better = len(derived.improvements(read))
    rest = (
        "No deal is better for somebody and worse for nobody"
        if not better
        else f"{better} deals would be better for some and worse for nobody"
    )
    return f"{words}. It passes. {rest}."


def summit_blockers() -> Figure:
    """Draw how many deals fail because one delegation alone does not sign.

    Returns
    -------
    Figure
        One bar a delegation.
    """
    game = baselines.tumen_summit()
    counts = model.blocked_deals(game)
    vetoes = {each.name for each in game.delegations if each.has_veto}
    frame = pd.DataFrame(
        [
            {
                "code": code,
                "delegation": words_of.name_of(code),
                "veto": "has a veto" if code in vetoes else "no veto",
                "deals": count,
            }
            for code, count in sorted(counts.items(), key=lambda item: -item[1])
        ]
    )
    codes, colours = country_scale(list(game.names))
    y = alt.Y(
        "delegation:N",
        sort=None,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelFontSize=13),
    )
    base = alt.Chart(frame).encode(
        x=alt.X(
            "deals:Q",
            title="deals that would pass if it alone changed its mind",
            scale=alt.Scale(domain=[0, max(counts.values()) * 1.25]),
        ),
        y=y,
    )
    chart = completed(
        alt.layer(
            base.mark_bar(height=22).encode(
                color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None)
            ),
            base.transform_calculate(label="datum.deals + ', ' + datum.veto")
            .mark_text(align="left", dx=6)
            .encode(text=alt.Text("label:N")),
        ),
        width=480,
        height=220,
        title=f"{frame.iloc[0]['delegation']} and {frame.iloc[1]['delegation']} stop the most deals "
        "single-handed",
    )
    said = "; ".join(f"{row.delegation} ({row.veto}) {row.deals}" for row in frame.itertuples())
    return Figure(
        chart,
        f"Bars: deals that fail because of one delegation alone. {said}.",
        frame[["delegation", "veto", "deals"]],
        "Counted over every deal. A keen delegation seldom stands in the way, veto or not.",
    )


def summit_class(groups: Mapping[str, Any] | Sequence[Any] | None = None) -> Figure:
    """Draw the deals of a whole class: what the three on the river got, and what the others got.

    Parameters
    ----------
    groups : mapping
        Group name to its deal: option by issue, as a mapping or a list of five keys; None for a
        group without a deal. Without it, two made-up groups show how it looks.

    Returns
    -------
    Figure
        Every passing deal as a dot and every group with its name; the table holds each group's points,
        who signs, and what it left on the table.

    Raises
    ------
    ValueError
        If something given is not a deal; the message names the group.
    """
    game = baselines.tumen_summit()
    if groups is None:
        groups = {"example A": derived.nash_of_all(), "example B": None}
    read = _read_groups(groups)
    vetoes = [place for place, each in enumerate(game.delegations) if each.has_veto]
    rest = [place for place in range(len(game.names)) if place not in vetoes]

    def place(number: int) -> dict[str, float]:
        outcomes = game.outcomes[number] if game.passes[number] else game.walk_aways
        surplus = outcomes - game.walk_aways
        return {"river": float(surplus[vetoes].sum()), "others": float(surplus[rest].sum())}

    passing = pd.DataFrame(
        [
            {
                **place(int(number)),
                "kind": "pareto" if game.is_pareto[number] else "passes",
                "words": words_of.deal_in_words(game.deal(int(number))),
            }
            for number in game.passes.nonzero()[0]
        ]
    )
    rows, marks = [], []
    for name, deal in read.items():
        rows.append(_group_row(name, deal))
        spot = place(game.number(deal)) if deal is not None else {"river": 0.0, "others": 0.0}
        marks.append({"group": name, **spot})
    x = alt.X(
        "river:Q",
        title="gain of the three on the river over no deal, in points",
        scale=alt.Scale(domainMin=-3),
    )
    y = alt.Y(
        "others:Q",
        title="gain of the other three over no deal, in points",
        scale=alt.Scale(domainMin=-4),
    )
    named = alt.Chart(
        pd.DataFrame(marks)
        .groupby(["river", "others"], as_index=False)
        .agg(group=("group", lambda names: ", ".join(names)))
    )
    chart = completed(
        alt.layer(
            alt.Chart(passing)
            .mark_circle(size=55, opacity=0.85)
            .encode(
                x=x,
                y=y,
                color=alt.Color(
                    "kind:N",
                    scale=alt.Scale(domain=["passes", "pareto"], range=[_PASSES, _PARETO]),
                    legend=None,
                ),
                tooltip=[alt.Tooltip("words:N", title="Deal")],
            ),
            alt.Chart(pd.DataFrame([{"river": 0, "others": 0}]))
            .mark_point(shape="cross", size=160, color=QUIET, filled=True)
            .encode(x=x, y=y),
            named.mark_point(shape="circle", size=330, strokeWidth=3, color=ACCENT).encode(
                x=x, y=y
            ),
            named.mark_text(align="left", dx=14, fontWeight=600, color=ACCENT).encode(
                x=x, y=y, text=alt.Text("group")
            ),
        ),
        width=540,
        height=360,
        title=_class_finding(rows),
    )
    said = " ".join(f"{row['group']}: {row['what it comes to']}." for row in rows)
    return Figure(
        chart,
        "Dots for every deal that passes: gain of the three states on the river across, gain of the "
        f"other three upwards; no deal is the cross at zero. {said}",
        pd.DataFrame(rows),
        "Dark dots: the Pareto set. The cross: no deal. Sums over delegations only sort the deals.",
    )


def _read_groups(groups: Any) -> dict[str, Any]:
    if not isinstance(groups, Mapping) or not groups:
        raise ValueError(
            'Give a deal for each group: {"group 1": ["company", "rajin", "bank", "free", "pilot"], '
            '"group 2": None}.'
        )
    read: dict[str, Any] = {}
    for name, deal in groups.items():
        try:
            if isinstance(deal, str):
                deal = deal.replace(",", " ").split()
            if isinstance(deal, list | tuple):
                issues = baselines.tumen_summit().issue_names
                if len(deal) != len(issues):
                    raise ValueError(
                        f"{len(deal)} options are given; {len(issues)} are needed, in the order "
                        f"{', '.join(issues)}."
                    )
                deal = dict(zip(issues, deal, strict=True))
            read[str(name)] = None if deal is None else words_of.read_deal(deal)
        except ValueError as problem:
            raise ValueError(f"{name}: {problem}") from None
    return read


def _group_row(name: str, deal: Mapping[str, str] | None) -> dict[str, Any]:
    game = baselines.tumen_summit()
    if deal is None:
        none = {words_of.name_of(each.name): int(each.walk_away) for each in game.delegations}
        return {
            "group": name,
            **none,
            "what it comes to": f"no deal; {int(game.passes.sum())} deals would have passed",
            "what it missed": "",
        }
    verdict = model.judge(game, deal)
    scores = {words_of.name_of(code): int(score) for code, score in verdict.scores.items()}
    if not verdict.passes:
        who = " and ".join(words_of.name_of(code) for code in verdict.obstacles)
        return {
            "group": name,
            **scores,
            "what it comes to": f"not a deal: below the walk-away value of {who}",
            "what it missed": "",
        }
    better = derived.improvements(deal)
    return {
        "group": name,
        **scores,
        "what it comes to": f"a deal of {len(verdict.signers)}"
        + (", in the Pareto set" if verdict.is_pareto else ""),
        "what it missed": f"better for some, worse for nobody: {words_of.deal_in_words(better[0])}"
        if better
        else "nothing that would have cost nobody",
    }


def _class_finding(rows: list[dict[str, Any]]) -> str:
    made = sum(row["what it comes to"].startswith("a deal") for row in rows)
    best = sum(row["what it comes to"].endswith("Pareto set") for row in rows)
    groups = "group" if len(rows) == 1 else "groups"
    return f"{made} of {len(rows)} {groups} made a deal, and {best} left nothing on the table"
