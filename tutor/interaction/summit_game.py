"""The Tumen summit as a game: what can be done at the table, and what comes of it.

A game is nothing but its setting and the moves made so far; everything else follows from them. So one
short line of text holds a whole game: it can be written down, sent, resumed and replayed, and the same
line gives the same game everywhere. Nothing here knows of a page or a file.

How the talks run
-----------------
One or several delegations are people's, the others answer by themselves. Each round somebody puts a
whole deal on the table, and every computer delegation answers it from its own points alone
(`tutor.models.summit.reply`). What it asks for beyond its walk-away value falls from round to round, by
its style. A deal that has been on the table can be put to the vote; in a vote a delegation signs whatever
reaches its walk-away value, however it spoke before. After the last round the chair puts the last offer
to the vote.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tutor import baselines, data
from tutor.derived.summit_words import (
    code_of,
    deal_in_words,
    issue_name,
    name_of,
    option_name,
    options_of,
    read_deal,
    reason_of,
    shortened,
)

if TYPE_CHECKING:
    from tutor.models.summit import Deal, Reply, Summit, Verdict

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "problem-solving": "asks for little more than it needs, and says where it could move",
        "hard": "opens near its favourite deal, and gives way late",
        "stalling": "proposes nothing for some rounds",
        "mixed": "each delegation has a style of its own, drawn by the seed",
    }
)
"""How the computer delegations negotiate."""

HURTS = 0.3
"""Share of a delegation's best points on an issue up to which an option hurts it; above, it only misses
the better one. Reasons for options above this share name what is good about them."""

MARK = "SUMMIT1"
LARGEST_SEED = 999_999


@cache
def rounds() -> int:
    """Return how many rounds a game has at most."""
    return int(baselines.teaching_value("TV902"))


@cache
def votes_allowed() -> int:
    """Return how many votes a game has at most."""
    return int(baselines.teaching_value("TV903"))


@cache
def _ambitions() -> Mapping[str, tuple[float, float]]:
    """Return for each style what it asks for at first and at last."""
    value = baselines.teaching_value
    return MappingProxyType(
        {
            "hard": (value("TV904"), value("TV905")),
            "problem-solving": (value("TV906"), value("TV907")),
            "stalling": (value("TV908"), value("TV909")),
        }
    )


__all__ = [
    "LARGEST_SEED",
    "MARK",
    "STYLES",
    "Game",
    "Move",
    "Offer",
    "Setting",
    "Vote",
    "begin",
    "code_of",
    "deal_in_words",
    "issue_name",
    "name_of",
    "offer",
    "option_name",
    "options_of",
    "outcome",
    "read_deal",
    "reason_of",
    "reply_in_words",
    "resume",
    "rounds",
    "save",
    "vote",
    "vote_in_words",
    "votes_allowed",
]


@dataclass(frozen=True)
class Setting:
    """What is fixed before the first round.

    Attributes
    ----------
    people
        Codes of the delegations that people play, at least one; who comes first offers first.
    style
        One of `STYLES`.
    seed
        From 0 to 999,999: games with the same setting and seed are alike.
    guess
        The delegation that the player expects to be hardest to win; empty without a guess.
    """

    people: tuple[str, ...]
    style: str = "mixed"
    seed: int = 1
    guess: str = ""


@dataclass(frozen=True)
class Move:
    """One move: a deal offered, or a deal put to the vote.

    Attributes
    ----------
    kind
        ``"offer"`` or ``"vote"``.
    number
        Number of the deal in `tutor.models.summit.Summit.deal`.
    refusing
        In a vote, delegations of people that do not sign although they could.
    """

    kind: str
    number: int
    refusing: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Offer:
    """A round: who offered what, and what the computer delegations answered."""

    round: int
    proposer: str
    deal: Deal
    replies: tuple[Reply, ...]


@dataclass(frozen=True, eq=False)
class Vote:
    """A vote: what was put to it, who signed, and whether the deal is made."""

    round: int
    deal: Deal
    signers: tuple[str, ...]
    passes: bool
    by_chair: bool = False


@dataclass(frozen=True)
class Game:
    """A game as it stands. Every move gives a new one.

    Attributes
    ----------
    setting
        What was fixed at the start.
    moves
        What people have done so far.
    """

    setting: Setting
    moves: tuple[Move, ...] = ()

    @property
    def summit(self) -> Summit:
        """The delegations, issues and points."""
        return baselines.tumen_summit()

    @cached_property
    def turns(self) -> tuple[Offer | Vote, ...]:
        """Everything that has happened, in order; a vote that the chair called comes last."""
        found: list[Offer | Vote] = []
        for place, move in enumerate(self.moves):
            if move.kind == "offer":
                found.append(_answered(self.setting, place, move.number))
            else:
                found.append(self._voted(place, move.number, move.refusing))
        if len(self.moves) == rounds() and isinstance(found[-1], Offer):
            found.append(self._voted(rounds() - 1, self.moves[-1].number, (), by_chair=True))
        return tuple(found)

    @property
    def agreement(self) -> Deal | None:
        """The deal that was made, or None."""
        last = self.turns[-1] if self.turns else None
        return last.deal if isinstance(last, Vote) and last.passes else None

    @property
    def status(self) -> str:
        """``"talks"``, ``"agreed"`` or ``"failed"``."""
        if self.agreement is not None:
            return "agreed"
        over = len(self.moves) >= rounds() or self.votes_left <= 0
        return "failed" if over else "talks"

    @property
    def round(self) -> int:
        """The round that is being played, from 1."""
        return min(len(self.moves) + 1, rounds())

    @property
    def votes_left(self) -> int:
        """How many votes can still be called."""
        return votes_allowed() - sum(move.kind == "vote" for move in self.moves)

    @property
    def proposer(self) -> str:
        """The delegation of a person whose turn it is."""
        people = self.setting.people
        return people[len(self.moves) % len(people)]

    @property
    def computers(self) -> tuple[str, ...]:
        """The delegations that answer by themselves."""
        return tuple(code for code in self.summit.names if code not in self.setting.people)

    @property
    def last_offer(self) -> Offer | None:
        """The latest offer, with the answers to it."""
        return next((turn for turn in reversed(self.turns) if isinstance(turn, Offer)), None)

    def style_of(self, code: str) -> str:
        """Return how a computer delegation negotiates."""
        if self.setting.style != "mixed":
            return self.setting.style
        return self._chance(code, "style").choice(list(_ambitions()))

    def ambition(self, code: str, place: int) -> float:
        """Return which share of what it could gain a delegation asks for, `place` moves into the game."""
        first, last = _ambitions()[self.style_of(code)]
        spread = baselines.teaching_value("TV911")
        share = first + (last - first) * place / (rounds() - 1)
        return min(1.0, max(0.0, share + self._chance(code, "ambition").uniform(-spread, spread)))

    def gives_nothing(self, code: str, place: int) -> bool:
        """Whether a delegation still plays for time."""
        return self.style_of(code) == "stalling" and place < baselines.teaching_value("TV910")

    def on_the_table(self) -> tuple[tuple[str, Deal], ...]:
        """Give the deals that can be put to the vote, with who brought them; the newest come first."""
        found: dict[int, tuple[str, Deal]] = {}
        for turn in reversed(self.turns):
            if isinstance(turn, Offer):
                counters = [(each.delegation, each.counter) for each in turn.replies]
                for who, deal in [(turn.proposer, turn.deal), *counters]:
                    if deal is not None:
                        found.setdefault(self.summit.number(deal), (who, deal))
        return tuple(found.values())

    def score(self, code: str, deal: Mapping[str, str]) -> float:
        """Return what a deal is worth to a delegation."""
        points = self.summit.delegations[self.summit.names.index(code)].points
        return sum(points[issue][option] for issue, option in deal.items())

    def can_sign(self, code: str, deal: Mapping[str, str]) -> bool:
        """Whether a deal reaches a delegation's walk-away value."""
        walk_away = self.summit.delegations[self.summit.names.index(code)].walk_away
        return self.score(code, deal) >= walk_away

    def _chance(self, code: str, purpose: str) -> random.Random:
        return random.Random(f"{self.setting.seed} {code} {purpose}")

    def _voted(
        self, place: int, number: int, refusing: tuple[str, ...], by_chair: bool = False
    ) -> Vote:
        deal = self.summit.deal(number)
        signers = tuple(
            each.name
            for each in self.summit.delegations
            if each.name not in refusing and self.can_sign(each.name, deal)
        )
        absent = [each for each in self.summit.delegations if each.name not in signers]
        passes = len(signers) >= self.summit.signatures_needed and not any(
            each.has_veto for each in absent
        )
        return Vote(place + 1, deal, signers, passes, by_chair)


@lru_cache(maxsize=4096)
def _answered(setting: Setting, place: int, number: int) -> Offer:
    """Let the computer delegations answer; kept, because every new state of a game replays the old ones."""
    from tutor.models import summit as model

    game = Game(setting)
    deal = game.summit.deal(number)
    replies = []
    for code in game.computers:
        reply = model.reply(game.summit, code, deal, game.ambition(code, place))
        if reply.answer == "counter" and game.gives_nothing(code, place):
            reply = replace(reply, answer="stall", counter=None)
        replies.append(reply)
    people = setting.people
    return Offer(place + 1, people[place % len(people)], deal, tuple(replies))


# Moves -------------------------------------------------------------------------------------------


def begin(
    people: str | Iterable[str] = "MNG", style: str = "mixed", seed: Any = 1, guess: Any = ""
) -> Game:
    """Begin a game.

    Parameters
    ----------
    people
        Code or name of the delegation that a person plays, or several of them.
    style
        One of `STYLES`.
    seed
        A whole number from 0 to 999,999.
    guess
        The delegation that the player expects to be hardest to win, or nothing.

    Returns
    -------
    Game
        The game before its first move.

    Raises
    ------
    ValueError
        If something is not allowed; the message says what is.
    """
    if isinstance(people, str):
        people = (people,)
    elif isinstance(people, Mapping) or not isinstance(people, Iterable):
        raise ValueError(
            f'delegation is {shortened(people)}; give a code such as "MNG", or a list of codes.'
        )
    codes = tuple(dict.fromkeys(code_of(each) for each in list(people)[:20]))
    if not codes:
        raise ValueError("delegation is empty; at least one delegation has to be yours.")
    if not isinstance(style, str) or style.strip().lower() not in STYLES:
        raise ValueError(f"style is {shortened(style)}; it must be one of {', '.join(STYLES)}.")
    expected = code_of(guess) if guess not in ("", None) else ""
    return Game(Setting(codes, style.strip().lower(), _seed(seed), expected))


def offer(game: Game, deal: Any) -> Game:
    """Put a deal on the table; the computer delegations answer.

    Parameters
    ----------
    game
        The game as it stands.
    deal
        Option by issue: keys or names.

    Raises
    ------
    ValueError
        If the game is over, or the deal is not a whole deal.
    """
    _require_talks(game)
    return Game(game.setting, (*game.moves, Move("offer", game.summit.number(read_deal(deal)))))


def vote(game: Game, deal: Any = None, refusing: str | Iterable[str] = ()) -> Game:
    """Put a deal to the vote.

    Parameters
    ----------
    game
        The game as it stands.
    deal
        A deal that has been on the table; the latest offer, if none is given.
    refusing
        Delegations of people that do not sign although they could.

    Raises
    ------
    ValueError
        If the game is over, no deal is on the table, the deal has not been there, the delegation
        whose turn it is could not sign it, or `refusing` names a delegation that is not a person's.
    """
    _require_talks(game)
    latest = game.last_offer
    if latest is None:
        raise ValueError("Nothing is on the table yet. Make an offer first.")
    chosen = latest.deal if deal is None else read_deal(deal)
    number = game.summit.number(chosen)
    if number not in {game.summit.number(known) for _, known in game.on_the_table()}:
        raise ValueError(
            "This deal has not been on the table. Offer it first, so that the others can speak."
        )
    if isinstance(refusing, str):
        refusing = (refusing,) if refusing else ()
    try:
        absent = tuple(dict.fromkeys(code_of(each) for each in list(refusing)[:20]))
    except TypeError:
        raise ValueError(
            f"refusing is {shortened(refusing)}; it must be a list of codes."
        ) from None
    for code in absent:
        if code not in game.setting.people:
            raise ValueError(f"{name_of(code)} is not played by a person: it decides for itself.")
    if game.proposer in absent:
        raise ValueError("Who puts a deal to the vote signs it. Make another offer instead.")
    if not game.can_sign(game.proposer, chosen):
        own = game.summit.delegations[game.summit.names.index(game.proposer)]
        raise ValueError(
            f"This deal gives {name_of(own.name)} {game.score(own.name, chosen):g} points, and your "
            f"instructions are not to sign below {own.walk_away:g}. Put another deal to the vote."
        )
    return Game(game.setting, (*game.moves, Move("vote", number, absent)))


def _require_talks(game: Game) -> None:
    if game.status != "talks":
        raise ValueError("The summit is over. Begin a new game.")


def _seed(given: Any) -> int:
    if isinstance(given, str) and given.strip().isascii() and given.strip().isdecimal():
        given = int(given.strip()[:12])
    good = isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= LARGEST_SEED
    if not good:
        raise ValueError(
            f"seed is {shortened(given)}; it must be a whole number from 0 to {LARGEST_SEED}."
        )
    return int(given)


def reply_in_words(game: Game, turn: Offer, reply: Reply) -> str:
    """Say what a delegation answers: in its own voice, with a reason, and with what it proposes."""
    texts = [
        row["text"]
        for row in data.rows("summit_voices")
        if (row["delegation"], row["answer"]) == (reply.delegation, reply.answer)
    ]
    said = [texts[(turn.round + game.setting.seed) % len(texts)]]
    code = reply.delegation
    points = game.summit.delegations[game.summit.names.index(code)].points
    if reply.answer == "accept":
        best = max(turn.deal, key=lambda issue: points[issue][turn.deal[issue]])
        said.append(_because("What we like best is", code, turn.deal[best]))
    elif reply.hurts is not None and reply.answer != "stall":
        own, offered = points[reply.hurts], turn.deal[reply.hurts]
        liked = max(own, key=lambda option: own[option])
        if own[offered] <= HURTS * own[liked]:
            said.append(_because("What hurts most is", code, offered))
        else:
            said.append(_because("What we miss most is", code, liked))
    if reply.counter is not None:
        changes = [
            f"“{option_name(option)}” in place of “{option_name(turn.deal[issue])}”"
            for issue, option in reply.counter.items()
            if option != turn.deal[issue]
        ]
        # The proposal asks for as little as it can, so it may lie on another issue than the complaint.
        elsewhere = reply.hurts is not None and reply.counter[reply.hurts] == turn.deal[reply.hurts]
        opening = "For now another change would do" if elsewhere else "Our proposal"
        said.append(f"{opening}: {' and '.join(changes)}.")
    if game.style_of(code) == "problem-solving" and reply.answer in ("counter", "refuse"):
        least = min(points, key=lambda i: max(points[i].values()) - min(points[i].values()))
        said.append(
            f"Where we can move most easily: {issue_name(least)[:1].lower()}{issue_name(least)[1:]}."
        )
    return " ".join(said)


def _because(opening: str, code: str, option: str) -> str:
    return f"{opening} “{option_name(option)}”. {reason_of(code, option)}"


def vote_in_words(game: Game, turn: Vote) -> str:
    """Say how a vote went, and what stood in the way."""
    opening = "Time is up. The chair puts the last offer to the vote. " if turn.by_chair else ""
    count = f"{len(turn.signers)} of {len(game.summit.names)} sign"
    absent = [each for each in game.summit.delegations if each.name not in turn.signers]
    if turn.passes:
        outside = " and ".join(name_of(each.name) for each in absent)
        rest = f"; {outside} stays outside" if outside else ""
        return f"{opening}The deal is made: {count}{rest}."
    vetoes = [name_of(each.name) for each in absent if each.has_veto]
    others = [name_of(each.name) for each in absent if not each.has_veto]
    parts = [f"No deal: {count}."]
    if vetoes:
        parts.append(f"Without {_either(vetoes)} nothing is made, and {_nobody(vetoes)}.")
    if others and len(turn.signers) < game.summit.signatures_needed:
        parts.append(f"{' and '.join(others)} would not sign{' either' if vetoes else ''}.")
    return opening + " ".join(parts)


def _either(names: list[str]) -> str:
    return " or ".join(names)


def _nobody(names: list[str]) -> str:
    return f"{names[0]} does not sign" if len(names) == 1 else "none of them signs"


def outcome(game: Game) -> Verdict | None:
    """Return what the deal that was made comes to, or None."""
    from tutor.models import summit as model

    return None if game.agreement is None else model.judge(game.summit, game.agreement)


# Saving ------------------------------------------------------------------------------------------


def save(game: Game) -> str:
    """Write a game as one line of text."""
    setting = game.setting
    moves = ".".join(
        f"{move.kind[0]}{move.number}" + "".join(f"~{code}" for code in move.refusing)
        for move in game.moves
    )
    body = (
        f"{MARK}/{'+'.join(setting.people)}/{setting.style}/{setting.seed}/{setting.guess}/{moves}"
    )
    return f"{body}/{zlib.crc32(body.encode()):08x}"


def resume(text: Any) -> Game:
    """Read a game from the line of text that `save` wrote, and play its moves again.

    Raises
    ------
    ValueError
        If it is not such a line, not a whole one, or holds a move that is not allowed.
    """
    cannot = (
        f"This is not a saved summit. It is one line that begins with {MARK}/ and has seven parts; "
        "copy all of it."
    )
    if not isinstance(text, str) or len(text) > 2000:
        raise ValueError(cannot)
    parts = "".join(text.split()).split("/")
    if len(parts) != 7 or parts[0] != MARK:
        raise ValueError(cannot)
    if f"{zlib.crc32('/'.join(parts[:6]).encode()):08x}" != parts[6]:
        raise ValueError(f"{cannot} A letter in this one is missing or has been changed.")
    game = begin(parts[1].split("+"), parts[2], parts[3], parts[4])
    for word in parts[5].split(".") if parts[5] else ():
        kind = word[:1]
        number, *refusing = word[1:].split("~")
        if not (number.isascii() and number.isdecimal() and len(number) < 6):
            raise ValueError(cannot)
        deal = game.summit.deal(int(number))
        if kind == "o":
            game = offer(game, deal)
        elif kind == "v":
            game = vote(game, deal, refusing)
        else:
            raise ValueError(cannot)
    return game
