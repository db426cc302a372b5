"""The Tumen summit at the table: a form in a notebook, and plain calls with the same meaning.

`summit` opens a table. Every move is kept in the learner's journal at once, so that a kernel that
restarts loses nothing: the next call of `summit` goes on where she was.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor import data
from tutor.charts.palette import country_colour
from tutor.interaction import summit_game as rules
from tutor.interaction.message import Message
from tutor.interaction.record import Entry, journal, latest
from tutor.interaction.summit_game import Game, Offer

if TYPE_CHECKING:
    import pandas

_FOLDER = Path(__file__).parent
PLAYED, ITEM = "played", "09.summit"
ANSWERS = {
    "accept": "yes",
    "counter": "not yet, and a proposal",
    "refuse": "no",
    "stall": "no answer yet",
}
"""What a delegation answers, in a word or two."""


def summit(
    delegation: str | Iterable[str] | None = None,
    style: str = "mixed",
    seed: int = 1,
    guess: str = "",
    resume: str | None = None,
) -> SummitTable | Message:
    """Open the Tumen summit, to play in the notebook or by plain calls.

    Parameters
    ----------
    delegation : str or list of str, optional
        Code of your delegation, such as ``"MNG"``; several for people who take turns at one keyboard.
        Without it, your last game goes on; if there is none, a form asks.
    style : str
        How the others negotiate: ``"problem-solving"``, ``"hard"``, ``"stalling"`` or ``"mixed"``.
    seed : int
        From 0 to 999,999. The same seed gives the same opponents to everybody.
    guess : str
        Code of the delegation that you expect to be hardest to win.
    resume : str, optional
        A saved game: the line of text that ``.save()`` gave, perhaps on another machine.

    Returns
    -------
    SummitTable
        The table. ``.offer(port="rajin", ...)``, ``.vote()``, ``.history()`` and ``.debrief()`` do by
        plain calls what the form does. With something that cannot be, a message that says why.
    """
    try:
        if resume is not None:
            return SummitTable(rules.resume(resume), keep=True)
        if delegation is None:
            return SummitTable(last_game())
        asked = rules.begin(delegation, style, seed, guess)
    except (ValueError, TypeError) as problem:
        return Message(str(problem))
    known = last_game()
    goes_on = known is not None and known.setting == asked.setting and known.status == "talks"
    return SummitTable(known if goes_on else asked, keep=not goes_on)


def last_game() -> Game | None:
    """Find the learner's last game in her journal; None if there is none that can be read."""
    entry = latest(journal().entries(), PLAYED).get(ITEM)
    try:
        return rules.resume(entry.answer) if entry else None
    except ValueError:
        return None


def has_finished_a_summit(entries: Iterable[Entry]) -> bool:
    """Say whether one of the games in a journal was played to its end, with a deal or without.

    Parameters
    ----------
    entries : iterable of Entry
        A journal's entries; games that cannot be read do not count.
    """
    played = [entry.answer for entry in entries if (entry.what, entry.item) == (PLAYED, ITEM)]
    return any(_is_over(text) for text in reversed(played))


def _is_over(text: str) -> bool:
    try:
        return rules.resume(text).status != "talks"
    except ValueError:
        return False


class SummitTable:
    """A game on the page: a form in a notebook, words everywhere else.

    Parameters
    ----------
    game : Game or None
        The game; None to ask for a delegation first.
    keep : bool
        Whether the game is written into the journal now.
    """

    def __init__(self, game: Game | None = None, keep: bool = False) -> None:
        self.game = game
        self._widgets: list[Any] = []
        if keep:
            self._keep()

    # Plain calls ---------------------------------------------------------------------------------

    def offer(self, deal: Mapping[str, str] | None = None, **options: str) -> Message:
        """Put a deal on the table, and hear the answers.

        Parameters
        ----------
        deal : mapping, optional
            Option by issue, such as ``{"port": "rajin", ...}``.
        **options : str
            The same by name: ``port="rajin"``. What is not named stays as in the last offer.
        """
        return self._move(lambda game: rules.offer(game, self._whole(game, deal, options)))

    def vote(
        self,
        deal: Mapping[str, str] | None = None,
        refusing: str | Iterable[str] = (),
        **options: str,
    ) -> Message:
        """Put a deal to the vote: the last offer, or another that has been on the table.

        Parameters
        ----------
        deal, **options
            As in `offer`.
        refusing : list of str
            Delegations of other people at this keyboard that do not sign.
        """

        def cast(game: Game) -> Game:
            plain = deal is None and not options
            return rules.vote(game, None if plain else self._whole(game, deal, options), refusing)

        return self._move(cast)

    def status(self) -> Message:
        """Say where the game stands, and what you can do."""
        return Message(_status(self.game))

    def history(self) -> Message:
        """Play the whole game again in words, from the first offer to the last vote."""
        if self.game is None or not self.game.turns:
            return Message("Nothing has happened yet.")
        return Message("\n\n".join(_in_words(self.game, turn) for turn in self.game.turns))

    def points(self, delegation: str | None = None) -> pandas.DataFrame | Message:
        """Give the points of your delegation by option, with the reasons.

        Those of the others are private until the summit is over.
        """
        if self.game is None:
            return Message('Choose a delegation first: tutor.summit(delegation="MNG").')
        try:
            code = rules.code_of(delegation) if delegation is not None else self.game.proposer
        except ValueError as problem:
            return Message(str(problem))
        if self.game.status == "talks" and code not in self.game.setting.people:
            return Message("Their points are private. When the summit is over you can see them.")
        import pandas

        mine = {
            row["option"]: row for row in data.rows("summit_points") if row["delegation"] == code
        }
        return pandas.DataFrame(
            [
                {
                    "issue": rules.issue_name(row["issue"]),
                    "key": row["key"],
                    "option": row["name"],
                    "points": int(mine[row["key"]]["points"]),
                    "why": mine[row["key"]]["reason"],
                }
                for row in data.rows("summit_options")
            ]
        )

    def save(self) -> str | Message:
        """Give the game as one line of text; ``tutor.summit(resume=...)`` goes on with it."""
        return Message("There is no game yet.") if self.game is None else rules.save(self.game)

    def restart(self) -> SummitTable:
        """Begin the same game again, with the same seed."""
        if self.game is not None:
            self.game = Game(self.game.setting)
            self._keep()
            self._refresh()
        return self

    def debrief(self) -> Any:
        """Show what was possible, and what was left on the table; when the summit is over."""
        if self.game is None or self.game.status == "talks":
            return Message("The summit is not over yet. The debrief would show everybody's points.")
        from tutor.interaction.summit_debrief import debrief_of

        return debrief_of(self.game)

    # The page ------------------------------------------------------------------------------------

    def __repr__(self) -> str:
        return _status(self.game)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        widget = _widget_class()(view=view_of(self.game))
        widget.observe(lambda change: self._received(widget, change["new"]), "sent")
        self._widgets.append(widget)
        display(widget)

    def _received(self, widget: Any, sent: Any) -> None:
        """Do what the page asks for; nothing that it could send raises."""
        problem = ""
        try:
            self.game = _done(self.game, sent)
            self._keep()
        except (ValueError, TypeError, KeyError, AttributeError, IndexError) as found:
            problem = str(found.args[0]) if found.args else "This cannot be done."
        self._refresh(widget, problem)

    def _move(self, make: Any) -> Message:
        if self.game is None:
            return Message('Choose a delegation first: tutor.summit(delegation="MNG").')
        before = len(self.game.turns)
        try:
            self.game = make(self.game)
        except (ValueError, TypeError) as problem:
            return Message(str(problem))
        self._keep()
        self._refresh()
        said = [_in_words(self.game, turn) for turn in self.game.turns[before:]]
        return Message("\n\n".join([*said, _status(self.game)]))

    def _whole(self, game: Game, deal: Any, options: Mapping[str, str]) -> Any:
        """Fill up what was not named with the last offer."""
        if deal is not None and not isinstance(deal, Mapping):
            return deal
        last = game.last_offer
        start = last.deal if last is not None and deal is None else {}
        return {**start, **(deal or {}), **options}

    def _keep(self) -> None:
        if self.game is not None:
            text = rules.save(self.game)
            known = latest(journal().entries(), PLAYED).get(ITEM)
            if known is None or known.answer != text:
                journal().add(Entry(what=PLAYED, item=ITEM, answer=text))

    def _refresh(self, asking: Any = None, problem: str = "") -> None:
        for widget in self._widgets:
            widget.view = view_of(self.game, problem if widget is asking else "", widget.view)


def _done(game: Game | None, sent: Any) -> Game | None:
    """Make the move that a page sent."""
    what = sent.get("what")
    if what == "begin":
        return rules.begin(sent["people"], sent["style"], sent["seed"], sent.get("guess", ""))
    if what == "again" or game is None:
        return None
    if what == "offer":
        return rules.offer(game, sent["deal"])
    if what == "vote":
        return rules.vote(game, game.summit.deal(int(sent["number"])), sent.get("refusing", ()))
    raise ValueError("This cannot be done here.")


# Words -------------------------------------------------------------------------------------------


def _status(game: Game | None) -> str:
    if game is None:
        return (
            "The Tumen summit. Choose a delegation: CHN, RUS, PRK, KOR, JPN or MNG; for example "
            'table = tutor.summit(delegation="MNG", seed=1), and then table.points().'
        )
    if game.status == "agreed":
        return f"The summit is over: {_ending(game)} Now: .debrief()"
    if game.status == "failed":
        return "The summit is over, without a deal. Now: .debrief()"
    own = _own(game)
    example = ", ".join(
        f'{issue}="{next(iter(rules.options_of(issue)))}"' for issue in game.summit.issue_names
    )
    return (
        f"Round {game.round} of {rules.rounds()}. You speak for {rules.name_of(own.name)} and sign "
        f"from {own.walk_away:g} points on. Votes left: {game.votes_left}. "
        f"To offer: .offer({example}). To vote on the last offer: .vote()"
    )


def _ending(game: Game) -> str:
    verdict = rules.outcome(game)
    if verdict is None:
        return "no deal."
    own = "; ".join(
        f"{rules.name_of(code)} has {verdict.scores[code]:g} points" for code in game.setting.people
    )
    return f"{len(verdict.signers)} of {len(game.summit.names)} have signed. {own}."


def _in_words(game: Game, turn: Any) -> str:
    if not isinstance(turn, Offer):
        return f"Vote in round {turn.round}: {rules.deal_in_words(turn.deal)}. " + (
            rules.vote_in_words(game, turn)
        )
    head = (
        f"Round {turn.round}: {rules.name_of(turn.proposer)} offers: "
        f"{rules.deal_in_words(turn.deal)}."
    )
    replies = [
        f"{rules.name_of(each.delegation)} ({ANSWERS[each.answer]}): "
        f"{rules.reply_in_words(game, turn, each)}"
        for each in turn.replies
    ]
    return "\n\n".join([head, *replies])


def _own(game: Game) -> Any:
    return game.summit.delegations[game.summit.names.index(game.proposer)]


# What the page shows -----------------------------------------------------------------------------


def view_of(
    game: Game | None, problem: str = "", before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Say everything that the page shows, as plain values; private points of others are not in it.

    Parameters
    ----------
    game : Game or None
        The game; None shows the form that asks for a delegation.
    problem : str
        Why the last thing that the page asked for could not be done.
    before : mapping, optional
        What the page showed before; its count goes up with every new view.
    """
    count = int((before or {}).get("count", 0)) + 1
    common = {"count": count, "problem": problem}
    if game is None:
        return {**common, "phase": "choose", **_choices()}
    turns = [_turn_view(game, turn) for turn in game.turns]
    shown = {
        **common,
        "phase": "talks" if game.status == "talks" else "over",
        "turns": turns,
        "saved": rules.save(game),
        "ending": "",
    }
    if game.status != "talks":
        return {**shown, "ending": _ending_view(game)}
    own = _own(game)
    last = game.last_offer
    return {
        **shown,
        "me": own.name,
        "name": rules.name_of(own.name),
        "colour": country_colour(own.name),
        "interest": _interest(own.name),
        "walk_away": own.walk_away,
        "rule": _rule(game),
        "round": game.round,
        "rounds": rules.rounds(),
        "votes": game.votes_left,
        "others": [
            {"code": code, "name": rules.name_of(code)}
            for code in game.setting.people
            if code != own.name
        ],
        "issues": [_issue_view(own, row) for row in data.rows("summit_issues")],
        "deal": dict(last.deal) if last else {},
        "table": [
            {
                "number": game.summit.number(deal),
                "words": f"{rules.name_of(who)}: {rules.deal_in_words(deal)}",
                "worth": game.score(own.name, deal),
                "deal": _deal_view(deal),
            }
            for who, deal in game.on_the_table()
            if game.can_sign(own.name, deal)
        ],
    }


def _choices() -> dict[str, Any]:
    return {
        "delegations": [
            {
                "code": row["delegation"],
                "name": rules.name_of(row["delegation"]),
                "interest": row["interest"],
                "veto": row["has_veto"] == "1",
            }
            for row in data.rows("summit_delegations")
        ],
        "styles": [{"key": key, "words": words} for key, words in rules.STYLES.items()],
    }


def _rule(game: Game) -> str:
    vetoes = [rules.name_of(each.name) for each in game.summit.delegations if each.has_veto]
    return (
        f"A deal needs {game.summit.signatures_needed} of {len(game.summit.names)} signatures, among "
        f"them {', '.join(vetoes[:-1])} and {vetoes[-1]}."
    )


def _interest(code: str) -> str:
    return next(
        row["interest"] for row in data.rows("summit_delegations") if row["delegation"] == code
    )


def _issue_view(own: Any, row: Mapping[str, str]) -> dict[str, Any]:
    points = own.points[row["key"]]
    return {
        "key": row["key"],
        "name": row["name"],
        "question": row["question"],
        "options": [
            {"key": key, "name": name, "points": points[key]}
            for key, name in rules.options_of(row["key"]).items()
        ],
    }


def _deal_view(deal: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {"issue": rules.issue_name(issue), "option": rules.option_name(option)}
        for issue, option in deal.items()
    ]


def _turn_view(game: Game, turn: Any) -> dict[str, Any]:
    deal = _deal_view(turn.deal)
    if not isinstance(turn, Offer):
        return {
            "kind": "vote",
            "title": f"Vote in round {turn.round}",
            "deal": deal,
            "words": rules.vote_in_words(game, turn),
            "replies": [],
        }
    yes = [rules.name_of(each.delegation) for each in turn.replies if each.answer == "accept"]
    mine = game.proposer
    return {
        "kind": "offer",
        "title": f"Round {turn.round}: {rules.name_of(turn.proposer)} offers",
        "deal": deal,
        "words": f"{len(yes)} of {len(turn.replies)} say yes"
        + (f": {', '.join(yes)}." if yes else "."),
        "replies": [
            {
                "code": each.delegation,
                "name": rules.name_of(each.delegation),
                "colour": country_colour(each.delegation),
                "answer": each.answer,
                "word": ANSWERS[each.answer],
                "words": rules.reply_in_words(game, turn, each),
                "counter": None if each.counter is None else dict(each.counter),
                "worth": None if each.counter is None else game.score(mine, each.counter),
            }
            for each in turn.replies
        ],
    }


def _ending_view(game: Game) -> str:
    if game.agreement is None:
        return "The summit ends without a deal. Run the next cells to see what was possible."
    return f"There is a deal. {_ending(game)} Run the next cells to see what was possible."


@functools.cache
def _widget_class() -> Any:
    """Make the widget class on first use: importing anywidget takes longer than the whole course."""
    import anywidget
    import traitlets

    class SummitWidget(anywidget.AnyWidget):
        """The table in the page; see ``summit_widget.js``."""

        _esm = (_FOLDER / "summit_widget.js").read_text(encoding="utf-8")
        _css = (_FOLDER / "summit_widget.css").read_text(encoding="utf-8")
        view = traitlets.Dict().tag(sync=True)
        sent = traitlets.Dict().tag(sync=True)

    return SummitWidget
