"""From the course's tables to the models: the parameters about 1993, each with its reason.

The models know nothing of tables and the tables nothing of models; this is the one bridge. Every
number that is not from a source stands in a table with its reason: single numbers in
`teaching_values`, what a rank or a grade of evidence is worth in `baseline_values`, the grades in
`baseline_evidence`, positions in `baseline_positions`, the summit's points in `summit_points`.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from tutor import data

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tutor.models.complementarity import Complementarity
    from tutor.models.integration_ladder import Stage
    from tutor.models.security_network import NetworkMeasures, SecurityNetwork
    from tutor.models.summit import Summit
    from tutor.models.tradp_cycle import Settings
    from tutor.models.win_sets import Country

SIX = ("CHN", "RUS", "JPN", "KOR", "PRK", "MNG")
"""The six countries, in the order in which the models take them."""

REGION_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "Northeast China": "CHN",
        "Russian Far East": "RUS",
        "Japan": "JPN",
        "South Korea": "KOR",
        "North Korea": "PRK",
        "Mongolia": "MNG",
    }
)
"""The regions of the table of factors and the countries they belong to, in the order of `SIX`."""

CYCLE_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "feedback": "TV801",
        "recentralization": "TV802",
        "domestic_autonomy": "TV803",
        "tie_sensitivity": "TV804",
        "complementarity": "TV805",
        "hostility": "TV806",
        "tie_decay": "TV807",
        "steepness": "TV808",
        "central_interest": "TV809",
        "tie_weight": "TV810",
        "support": "TV811",
        "reluctance": "TV812",
    }
)
"""The row of `teaching_values` for each parameter of the cycle with six equal actors."""

GRAVITY_VALUES: Mapping[str, str] = MappingProxyType({"constant": "TV601", "elasticity": "TV602"})
"""The rows of `teaching_values` for k and θ of the gravity model."""

CAPITALS: Mapping[str, str] = MappingProxyType(
    {"CHN": "P19", "RUS": "P43", "JPN": "P60", "KOR": "P54", "PRK": "P52", "MNG": "P68"}
)
"""The row of `places` from which each country's distances are measured: its capital."""

_BLOC_COLUMNS = (
    "free_internal_trade",
    "common_external_tariff",
    "free_factor_movement",
    "coordinated_policy",
    "unified_policy",
)


def teaching_value(row: str) -> float:
    """Return a number of ours by the id of its row in `teaching_values`.

    Raises
    ------
    KeyError
        If there is no such row.
    """
    for record in data.rows("teaching_values"):
        if record["id"] == row:
            return float(record["value"])
    raise KeyError(f"teaching_values has no row {row!r}")


@cache
def mapped_values(mapping: str) -> Mapping[str, float]:
    """Return what each level of a mapping of `baseline_values` is worth.

    Raises
    ------
    KeyError
        If there is no such mapping; the message lists those there are.
    """
    found = {
        row["level"]: float(row["value"])
        for row in data.rows("baseline_values")
        if row["mapping"] == mapping
    }
    if not found:
        known = sorted({row["mapping"] for row in data.rows("baseline_values")})
        raise KeyError(f"no mapping {mapping!r}; there are {', '.join(known)}")
    return MappingProxyType(found)


# Model 1: the security network -----------------------------------------------------------------


def security_actors() -> tuple[Mapping[str, str], ...]:
    """Return the actors of the security network, successors beside those they follow."""
    return tuple(row for row in data.rows("actors") if row["in_security_network"] == "1")


def security_network(year: int, kinds: tuple[str, ...] | None = None) -> SecurityNetwork:
    """Draw the network of a year from the course's tables; arguments as in the model."""
    from tutor.models import security_network as model

    return model.security_network(
        data.rows("ties"), security_actors(), year, kinds or model.SECURITY_KINDS
    )


def security_measures(
    first_year: int = 1945, last_year: int = 1995, kinds: tuple[str, ...] | None = None
) -> tuple[NetworkMeasures, ...]:
    """Measure the network of every year from the course's tables; arguments as in the model."""
    from tutor.models import security_network as model

    return model.measures_by_year(
        data.rows("ties"), security_actors(), first_year, last_year, kinds or model.SECURITY_KINDS
    )


# Model 2: complementarity ----------------------------------------------------------------------


def regional_factors(bases: tuple[str, ...] = ("table",)) -> Mapping[str, frozenset[str]]:
    """Return each region's strong factors, in the order of `REGION_COUNTRIES`."""
    from tutor.models.complementarity import factor_sets

    sets = factor_sets(data.rows("comparative_advantage"), bases)
    return {region: sets[region] for region in REGION_COUNTRIES}


def regional_complementarity(
    measure: str = "jaccard", bases: tuple[str, ...] = ("table",)
) -> Complementarity:
    """Compare every pair of the six regions by the published table of factors.

    The K factors of the matching distance are those that the table of these bases credits to at
    least one region.
    """
    from tutor.models.complementarity import complementarity

    return complementarity(regional_factors(bases), measure)


# Model 3: stages of integration ----------------------------------------------------------------


def bloc_stages() -> Mapping[str, Stage]:
    """Place every bloc of the table on the ladder, by the id of its row."""
    from tutor.models.integration_ladder import COMMITMENTS, classify

    return {
        row["id"]: classify(
            commitment
            for column, commitment in zip(_BLOC_COLUMNS, COMMITMENTS, strict=True)
            if row[column] == "1"
        )
        for row in data.rows("blocs")
    }


# Model 4: gravity ------------------------------------------------------------------------------


def gravity_pairs(
    year: int = 1993, ends: Mapping[str, str] = CAPITALS
) -> tuple[Mapping[str, Any], ...]:
    """Return what the gravity model needs for each pair of the six.

    Parameters
    ----------
    year
        A year of the table of economies for which all six have a figure: 1990 or 1993.
    ends
        The row of `places` from which to measure, by country. The capitals are the usual choice,
        blind to the Russian Far East: compare with `{**CAPITALS, "RUS": "P27"}`, Vladivostok.

    Returns
    -------
    tuple of mappings
        `a`, `b`; `product_a`, `product_b` in billions of dollars; `distance` in kilometres;
        `barriers`, the names of those in force; and `barrier_size`, their sum in logarithms.

    Raises
    ------
    KeyError
        If a country has no figure for the year, or there is no such place.
    """
    from itertools import combinations

    from tutor.models import gravity

    products = {
        row["country"]: float(row["gdp_billion_usd"])
        for row in data.rows("economies")
        if row["year"] == str(year) and row["gdp_billion_usd"]
    }
    missing = [country for country in SIX if country not in products]
    if missing:
        raise KeyError(f"economies has no product for {', '.join(missing)} in {year}")
    places = {row["id"]: row for row in data.rows("places")}
    sizes = dict(mapped_values("barrier to trade"))
    pairs = []
    for a, b in combinations(SIX, 2):
        coordinates = [
            float(places[ends[country]][axis])
            for country in (a, b)
            for axis in ("latitude", "longitude")
        ]
        names = _levels("barrier to trade").get(frozenset((a, b)), ())
        pairs.append(
            MappingProxyType(
                {
                    "a": a,
                    "b": b,
                    "product_a": products[a],
                    "product_b": products[b],
                    "distance": float(gravity.great_circle_distance(*coordinates)),
                    "barriers": names,
                    "barrier_size": gravity.barriers_in_force(sizes, names),
                }
            )
        )
    return tuple(pairs)


def gravity_parameters() -> dict[str, float]:
    """Return k and θ as `constant` and `elasticity`."""
    return {name: teaching_value(row) for name, row in GRAVITY_VALUES.items()}


# Model 5: win-sets -----------------------------------------------------------------------------


def two_level_countries() -> tuple[Country, ...]:
    """Return the six countries of the two-level games, each with centre and region.

    Positions come from `baseline_positions`, salience from the rank of enthusiasm, and autonomy
    from the evidence on step 1.1.
    """
    from tutor.models.win_sets import Actor, Country

    names = {row["id"]: row["name"] for row in data.rows("actors")}
    salience = _by_rank("salience from rank")
    autonomy = _autonomy()
    actors = {
        (row["country"], row["level"]): Actor(
            name=f"{names[row['country']]}: {row['level']}",
            ideal_point=float(row["ideal_point"]),
            salience=salience[row["country"]],
            side_payment=float(row["side_payment"]),
            agreement_cost=float(row["agreement_cost"]),
        )
        for row in data.rows("baseline_positions")
    }
    return tuple(
        Country(code, actors[code, "centre"], actors[code, "region"], autonomy[code])
        for code in SIX
    )


# Model 6: the cycle ----------------------------------------------------------------------------


def equal_actors() -> Settings:
    """Return the cycle with six equal actors: the worked case of lesson 08."""
    from tutor.models.tradp_cycle import same_for_all

    return same_for_all(SIX, **{name: teaching_value(row) for name, row in CYCLE_VALUES.items()})


def six_countries(measure: str = "jaccard") -> Settings:
    """Return the cycle for the six countries about 1993, an interpretation for teaching.

    Complementarity comes from the table of factors, the centres' own interest from the ranks of
    enthusiasm, hostility from open disputes, autonomy from the evidence on step 1.1; all other
    numbers are those of the six equal actors.

    Parameters
    ----------
    measure
        The measure of complementarity.
    """
    import numpy as np

    autonomy, interest = _autonomy(), _by_rank("central interest from rank")
    disputes, sizes = _levels("hostility from dispute"), mapped_values("hostility from dispute")
    hostility = np.zeros((len(SIX), len(SIX)))
    for i, a in enumerate(SIX):
        for j, b in enumerate(SIX[:i]):
            (grade,) = disputes[frozenset((a, b))]
            hostility[i, j] = hostility[j, i] = sizes[grade]
    return equal_actors().varied(
        domestic_autonomy=[autonomy[country] for country in SIX],
        central_interest=[interest[country] for country in SIX],
        complementarity=regional_complementarity(measure).values,
        hostility=hostility,
    )


# Model 7: the summit ---------------------------------------------------------------------------


@cache
def tumen_summit() -> Summit:
    """Return the Tumen summit, with the keys of its tables as names of issues and options."""
    from tutor.models.summit import Delegation, Issue, Summit

    options: dict[str, list[str]] = {row["key"]: [] for row in data.rows("summit_issues")}
    issue_of = {}
    for row in data.rows("summit_options"):
        options[row["issue"]].append(row["key"])
        issue_of[row["key"]] = row["issue"]
    points: dict[str, dict[str, dict[str, int]]] = {}
    for row in data.rows("summit_points"):
        own = points.setdefault(row["delegation"], {})
        own.setdefault(issue_of[row["option"]], {})[row["option"]] = int(row["points"])
    return Summit(
        issues=tuple(Issue(issue, tuple(keys)) for issue, keys in options.items()),
        delegations=tuple(
            Delegation(
                name=row["delegation"],
                points=points[row["delegation"]],
                walk_away=int(row["walk_away"]),
                has_veto=row["has_veto"] == "1",
            )
            for row in data.rows("summit_delegations")
        ),
        signatures_needed=int(teaching_value("TV901")),
    )


# Parts -----------------------------------------------------------------------------------------


@cache
def _levels(mapping: str) -> Mapping[frozenset[str], tuple[str, ...]]:
    """Return the grades given to each country or pair."""
    found: dict[frozenset[str], tuple[str, ...]] = {}
    for row in data.rows("baseline_evidence"):
        if row["mapping"] == mapping:
            key = frozenset(code for code in (row["a"], row["b"]) if code)
            found[key] = (*found.get(key, ()), row["level"])
    return MappingProxyType(found)


def _autonomy() -> dict[str, float]:
    """Return each country's autonomy from the evidence on step 1.1."""
    grades, sizes = _levels("autonomy from evidence"), mapped_values("autonomy from evidence")
    return {country: sizes[grades[frozenset((country,))][0]] for country in SIX}


def _by_rank(mapping: str) -> dict[str, float]:
    """Return the value that a mapping gives to each country's rank of enthusiasm."""
    values = mapped_values(mapping)
    return {
        row["country"]: values[row["enthusiasm_rank"]]
        for row in data.rows("national_considerations")
    }
