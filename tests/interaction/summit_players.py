"""Two players for the tests of the summit: one that knows nothing, and one that listens."""

import random

import numpy as np

from tutor.interaction import summit_game
from tutor.interaction.summit_game import Game


def play_randomly(game: Game, chance: random.Random) -> Game:
    """Offer anything at all, and now and then put it to the vote."""
    while game.status == "talks":
        if game.turns and chance.random() < 0.2:
            try:
                game = summit_game.vote(game)
                continue
            except ValueError:
                pass  # it may not sign this itself
        game = summit_game.offer(game, game.summit.deal(chance.randrange(len(game.summit.choices))))
    return game


def play_sensibly(game: Game) -> Game:
    """Ask for less and less, move towards what the others propose, and vote when enough say yes.

    It sees what a person sees: its own points, the answers and the proposals; nobody else's points.
    """
    summit = game.summit
    column = summit.names.index(game.proposer)
    own, least = summit.scores[:, column], summit.walk_aways[column]
    vetoes = {each.name for each in summit.delegations if each.has_veto}
    liked, asked = np.zeros(len(own)), np.zeros(len(own))
    while game.status == "talks":
        needed = least + (own.max() - least) * 0.5 * max(0.0, 1 - len(game.moves) / 6)
        worth = np.where(own >= needed, liked + own / 1000 - asked, -np.inf)
        number = int(worth.argmax())
        asked[number] += 0.5
        game = summit_game.offer(game, summit.deal(number))
        if game.status != "talks":
            break
        replies = game.last_offer.replies
        yes = {each.delegation for each in replies if each.answer == "accept"} | {game.proposer}
        if vetoes <= yes and len(yes) >= summit.signatures_needed:
            game = summit_game.vote(game)
        for each in replies:
            if each.counter is not None:
                wanted = summit.choices[summit.number(each.counter)]
                weight = 0.3 if each.delegation in vetoes else 0.2
                liked += weight * (summit.choices == wanted).sum(axis=1)
    return game


def gain(game: Game) -> float:
    """What the player has at the end over no deal; nothing if it stays outside."""
    code = game.setting.people[0]
    if game.agreement is None or not game.can_sign(code, game.agreement):
        return 0.0
    column = game.summit.names.index(code)
    return float(game.score(code, game.agreement) - game.summit.walk_aways[column])
