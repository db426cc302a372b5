"""The explorable of lesson 09: every deal, seen from each of the six chairs."""

from __future__ import annotations

from collections.abc import Mapping

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message


def explore_summit_deals(
    delegation: str = "MNG", deal: Mapping[str, str] | None = None
) -> Explorable | Message:
    """See every deal of the summit from the chair of each delegation.

    Parameters
    ----------
    delegation : str
        Code of the delegation to begin with.
    deal : mapping, optional
        A deal to point out: option by issue.

    Returns
    -------
    Explorable
        All deals on one chart, with a list of delegations.
    """
    from tutor.charts import summit as chart
    from tutor.interaction import summit_game as rules

    def controls() -> tuple[Control, ...]:
        codes = chart.baselines.tumen_summit().names
        names = {code: rules.name_of(code) for code in codes}
        return (Control("delegation", "Chair", codes, rules.code_of(delegation), names),)

    def words(delegation: str) -> str:
        said = chart.describe_deals(delegation)
        return said if deal is None else f"{said} {chart.describe_one(deal, delegation)}"

    return explorable_or_message(lambda: chart.summit_deals(delegation, deal), controls, words)
