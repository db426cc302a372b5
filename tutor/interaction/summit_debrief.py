"""After the summit: what was possible, what was left on the table, and what the class found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tutor.interaction import summit_game as rules
from tutor.interaction.message import Message
from tutor.interaction.summit_game import Game, Vote
from tutor.interaction.summit_widget import SummitTable, last_game


class Debrief:
    """A few paragraphs about one game, and the chart of all deals with this one on it."""

    def __init__(self, words: str, chart: Any) -> None:
        self.words = words
        self.chart = chart

    def __repr__(self) -> str:
        return f"{Message(self.words)!r}\n\n{self.chart!r}"

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(Message(self.words))
        display(self.chart)


def summit_debrief(
    table: SummitTable | str | None = None,
) -> Debrief | Message:
    """Show what a finished summit came to, and what was left on the table.

    Parameters
    ----------
    table : SummitTable or str, optional
        A table, or a saved game in one line. Without it, your last game.

    Returns
    -------
    Debrief
        Words, and every deal on one chart. As long as talks go on, a message.
    """
    try:
        if table is None:
            game = last_game()
        elif isinstance(table, str):
            game = rules.resume(table)
        else:
            game = getattr(table, "game", None)
    except ValueError as problem:
        return Message(str(problem))
    if not isinstance(game, Game):
        return Message("There is no game to look back on yet. Play one with tutor.summit().")
    if game.status == "talks":
        return Message(
            "The summit is not over yet, and a debrief would show everybody's points. Finish the game "
            "above, then run this cell again."
        )
    return debrief_of(game)


def debrief_of(game: Game) -> Debrief:
    """Put the debrief of a finished game together."""
    from tutor.interaction.explorables.summit import explore_summit_deals

    chart = explore_summit_deals(game.setting.people[0], game.agreement)
    return Debrief(words_of(game), chart)


def words_of(game: Game) -> str:
    """Say what a finished game came to."""
    from tutor.derived import summit as derived
    from tutor.models import summit as model

    people = game.setting.people
    counts = model.blocked_deals(game.summit)
    paragraphs = []
    verdict = rules.outcome(game)
    if verdict is None:
        votes = [turn for turn in game.turns if isinstance(turn, Vote)]
        # The words of the vote say themselves that there is no deal: once is enough.
        last = f" {rules.vote_in_words(game, votes[-1]).replace('No deal: ', '')}" if votes else ""
        paragraphs.append(
            f"*No deal.*{last} Everybody keeps what it has without one: for you that is "
            + " and ".join(f"{_walk_away(game, code):g} ({rules.name_of(code)})" for code in people)
            + f". Yet {int(game.summit.passes.sum())} deals would have passed."
        )
        paragraphs.append(_what_was_near(game))
    else:
        gains = " and ".join(
            f"{rules.name_of(code)} has {verdict.scores[code]:g} points, "
            f"{verdict.scores[code] - _walk_away(game, code):+g} over no deal; the most that any deal "
            f"gives it is {derived.best(code):g}"
            for code in people
        ).replace("-", "−")
        paragraphs.append(
            f"*A deal of {len(verdict.signers)}.* {rules.deal_in_words(verdict.deal)}. {gains}."
        )
        better = derived.improvements(verdict.deal)
        if not better:
            paragraphs.append(
                "Nothing was left on the table: no other deal is better for somebody and worse for "
                "nobody. Your deal is in the *Pareto set*."
                + (
                    " To have more, you would have had to take it from somebody else."
                    if any(derived.best(code) > verdict.scores[code] for code in people)
                    else ""
                )
            )
        else:
            paragraphs.append(
                f"{len(better)} {'deal' if len(better) == 1 else 'deals'} would have been better for "
                "some and worse for nobody. "
                + " ".join(
                    f"{opening} {_improvement(game, verdict.deal, each)}"
                    for opening, each in zip(("For one,", "For another,"), better, strict=False)
                )
            )
    paragraphs.append(_who_blocked(game))
    if game.setting.guess:
        guess = game.setting.guess
        hardest = max(counts, key=lambda code: counts[code])
        right = guess == hardest
        paragraphs.append(
            f"You expected {rules.name_of(guess)} to be hardest to win. Over all deals, "
            f"{rules.name_of(hardest)} alone stops most, {counts[hardest]}"
            + ("." if right else f"; {rules.name_of(guess)} alone stops {counts[guess]}.")
        )
    return "\n\n".join(filter(None, paragraphs))


def _walk_away(game: Game, code: str) -> float:
    return game.summit.delegations[game.summit.names.index(code)].walk_away


def _improvement(game: Game, deal: Mapping[str, str], better: Mapping[str, str]) -> str:
    place, other = game.summit.number(deal), game.summit.number(better)
    gains = ", ".join(
        f"{rules.name_of(code)} +{gain:g}"
        for code, gain in zip(
            game.summit.names,
            game.summit.outcomes[other] - game.summit.outcomes[place],
            strict=True,
        )
        if gain > 0
    )
    return f"{_changes(deal, better)}: {gains}."


def _what_was_near(game: Game) -> str:
    """Say which deal of a failed game would have passed, or which one lay nearest to an offer."""
    import numpy as np

    summit, code = game.summit, game.setting.people[0]
    column = summit.names.index(code)
    would_do = summit.passes & summit.signs[:, column]
    on_the_table = [
        (who, number)
        for who, deal in game.on_the_table()
        if would_do[number := summit.number(deal)]
    ]
    if on_the_table:
        who, number = max(on_the_table, key=lambda one: summit.scores[one[1], column])
        owner = (
            "You had it in your hands: your own offer"
            if who == code
            else f"It lay on the table: {rules.name_of(who)}'s proposal"
        )
        return (
            f"{owner} “{rules.deal_in_words(summit.deal(number))}” would have passed in a vote, with "
            f"{summit.scores[number, column]:g} points for {rules.name_of(code)}. A delegation that "
            "asks for more in the talks may still sign."
        )
    offers = [turn for turn in game.turns if not isinstance(turn, Vote)]
    good = np.flatnonzero(would_do)
    if not offers or not len(good):
        return ""
    offered = np.array([summit.choices[summit.number(turn.deal)] for turn in offers])
    changes = (offered[:, None, :] != summit.choices[good]).sum(axis=2)
    # Of those that need the fewest changes the one worth most, from the latest offer.
    near = np.argwhere(changes == changes.min())
    place, found = max(near, key=lambda one: (summit.scores[good[one[1]], column], one[0]))
    number = int(good[found])
    return (
        f"Nearest to a deal was the offer of round {offers[place].round}. With "
        f"{_changes(offers[place].deal, summit.deal(number))} it would have passed, with "
        f"{summit.scores[number, column]:g} points for {rules.name_of(code)}."
    )


def _changes(deal: Mapping[str, str], other: Mapping[str, str]) -> str:
    return " and ".join(
        f"“{rules.option_name(other[issue])}” in place of “{rules.option_name(option)}”"
        for issue, option in deal.items()
        if other[issue] != option
    )


def _who_blocked(game: Game) -> str:
    """Count over the offers of this game who would not have signed, veto holders first."""
    offers = [turn.deal for turn in game.turns if not isinstance(turn, Vote)]
    counts = {
        code: sum(not game.can_sign(code, deal) for deal in offers) for code in game.summit.names
    }
    if not offers or not any(counts.values()):
        return "Everything that was offered could have been signed by all."
    most = max(counts, key=lambda code: counts[code])
    if len(offers) == 1:
        absent = [rules.name_of(code) for code, count in counts.items() if count]
        return f"The one offer made could not have been signed by {' and '.join(absent)}."
    return (
        f"Of the {len(offers)} offers made, most often {rules.name_of(most)} could not have signed: "
        f"{counts[most]} of them."
    )


def summit_groups(groups: Any = None) -> Any:
    """Compare the deals of the groups of a class: a chart, and a table that says what each missed.

    Parameters
    ----------
    groups : mapping
        Group name to the five keys of its deal in the order of the agenda, such as
        ``{"group 1": "company rajin bank free pilot", "group 2": None}``; None stands for no deal.

    Returns
    -------
    Figure
        ``.table()`` gives the points of every group. With something that is no deal, a message.
    """
    from tutor.charts.summit import summit_class

    try:
        return summit_class(groups)
    except ValueError as problem:
        return Message(str(problem))
