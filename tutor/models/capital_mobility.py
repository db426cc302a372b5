"""Free movement of capital: it goes where it earns most, and the world makes more.

Where capital is scarce beside labour and skill, another unit of it earns much; where it is
plentiful, little. Let it move and it does until it earns the same everywhere. World output rises,
and so does every nation's income, since owners take home what their capital earns abroad. But
within nations the gain is not shared: where capital arrives wages rise, where it leaves they fall.

Symbols
-------
A_i     productivity, above 0
K_i     capital that economy i owns, above 0
L_i     labour, above 0; it stays
α       share of capital, between 0 and 1
Y_i     output, A_i K_i^α L_i^(1-α)
r       return to capital, its marginal product α Y_i / K_i

Source
------
MacDougall (1960, key macdougall-1960) and Kemp (1964, key kemp-1964); for equal α free capital
settles in proportion to A_i^(1/(1-α)) L_i.

Left out
--------
Risk, taxes, and the time that factories take to move: why so little capital reached the Tumen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray


@dataclass(frozen=True, eq=False)
class CapitalMovement:
    """What free movement changes. Arrays are by economy and read-only.

    Attributes
    ----------
    economies
        Names of the n economies.
    capital_before, capital_after
        Capital at work in each economy.
    return_before
        Marginal product of capital in each economy before.
    return_after
        The one return everywhere after.
    output_before, output_after
        Domestic product.
    wage_before, wage_after
        Marginal product of labour.
    income_before, income_after
        National income: domestic product and what own capital earns abroad, less what foreign
        capital earns at home.
    """

    economies: tuple[str, ...]
    capital_before: FloatArray
    capital_after: FloatArray
    return_before: FloatArray
    return_after: float
    output_before: FloatArray
    output_after: FloatArray
    wage_before: FloatArray
    wage_after: FloatArray
    income_before: FloatArray
    income_after: FloatArray

    @property
    def inflow(self) -> FloatArray:
        """Capital that comes in; negative where it leaves. Sums to 0."""
        return self.capital_after - self.capital_before

    @property
    def income_gain(self) -> FloatArray:
        """Change of national income; at least 0 for each."""
        return self.income_after - self.income_before

    @property
    def world_gain(self) -> float:
        """Change of world output; at least 0."""
        return float(self.output_after.sum() - self.output_before.sum())


def free_capital(
    economies: Sequence[str],
    productivity: ArrayLike,
    capital: ArrayLike,
    labour: ArrayLike,
    capital_share: float,
) -> CapitalMovement:
    """Let capital move until it earns the same everywhere.

    Parameters
    ----------
    economies
        Names of the n economies, at least one.
    productivity, capital, labour
        A_i, K_i and L_i: n numbers each, above 0.
    capital_share
        α, above 0 and below 1.

    Raises
    ------
    ValueError
        If a value is out of range, a shape does not fit or a name comes twice.

    Source: MacDougall (1960); Kemp (1964).
    """
    names = validation.distinct_names("economies", economies)
    shape = (len(names),)
    productive = validation.numbers("productivity", productivity, shape=shape, more_than=0)
    owned = validation.numbers("capital", capital, shape=shape, more_than=0)
    workers = validation.numbers("labour", labour, shape=shape, more_than=0)
    alpha = validation.number("capital_share", capital_share, more_than=0, less_than=1)

    # In logarithms, so that a share near 1 does not overflow.
    weight = np.log(productive) / (1 - alpha) + np.log(workers)
    weight = np.exp(weight - weight.max())
    settled = owned.sum() * weight / weight.sum()
    before = productive * owned**alpha * workers ** (1 - alpha)
    after = productive * settled**alpha * workers ** (1 - alpha)
    # The same everywhere; the world's own ratio also holds where no capital is left at all.
    common = float(alpha * after.sum() / owned.sum())
    values = {
        "capital_before": owned,
        "capital_after": settled,
        "return_before": alpha * before / owned,
        "output_before": before,
        "output_after": after,
        "wage_before": (1 - alpha) * before / workers,
        "wage_after": (1 - alpha) * after / workers,
        "income_before": before.copy(),
        "income_after": after + common * (owned - settled),
    }
    return CapitalMovement(
        economies=names,
        return_after=common,
        **{name: validation.read_only(array) for name, array in values.items()},
    )
