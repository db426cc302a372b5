"""Settings of the cycle that several tests share: the published case and random ones."""

import numpy as np

from tutor.models import tradp_cycle as model
from tutor.models.tradp_cycle import Settings

SIX = ("CHN", "RUS", "JPN", "KOR", "PRK", "MNG")
NUMBERS = {
    "feedback": 0.3,
    "recentralization": 0.1,
    "domestic_autonomy": 0.1,
    "tie_sensitivity": 0.3,
    "complementarity": 0.7,
    "hostility": 0.2,
    "tie_decay": 0.15,
    "steepness": 12,
    "central_interest": 0.45,
    "tie_weight": 2,
    "support": 0.1,
    "reluctance": 1.25,
}


def alike(actors=SIX, **changes):
    return model.same_for_all(actors, **{**NUMBERS, **changes})


def random_settings(seed, count=4, rule="geometric mean"):
    generator = np.random.default_rng(seed)
    unit = generator.uniform
    kappa, hostile = unit(size=(2, count, count))
    phi, beta = unit(0, 0.9, 2)
    return Settings(
        actors=tuple(f"actor {i}" for i in range(count)),
        feedback=phi,
        recentralization=unit(0.01, 1 - phi),
        domestic_autonomy=unit(size=count),
        tie_sensitivity=beta,
        complementarity=(kappa + kappa.T) / 2,
        hostility=(hostile + hostile.T) / 2,
        tie_decay=unit(0.01, 1 - beta),
        steepness=unit(1, 15),
        central_interest=unit(0, 1, count),
        tie_weight=unit(0, 3),
        support=unit(0, 0.3),
        reluctance=unit(0.5, 1.5, count),
        rule=rule,
    )
