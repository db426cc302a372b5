"""Put charts together without paying for it at every step.

Altair's own `properties` and `add_params` check each value against the whole grammar of Vega-Lite and copy
the chart with all its layers. The tests draw every chart, so the grammar is held there; on a learner's
machine the copies and checks were half of the time that a chart took.
"""

from __future__ import annotations

from typing import Any, TypeVar

import altair as alt

AnyChart = TypeVar("AnyChart", bound=alt.TopLevelMixin)


def completed(chart: AnyChart, *parameters: alt.Parameter, **properties: Any) -> AnyChart:
    """Give a chart that was just made its parameters and properties.

    Parameters
    ----------
    chart : altair chart
        A chart that nothing else uses: it is changed, not copied.
    *parameters : altair.Parameter
        Plain parameters (``alt.param``) for the whole chart.
    **properties
        Title, width, height and whatever else the kind of chart has.

    Returns
    -------
    altair chart
        The same chart.
    """
    for name, value in properties.items():
        setattr(chart, name, value)
    if parameters:
        earlier = [] if chart.params is alt.Undefined else list(chart.params)
        chart.params = [*earlier, *(parameter.param for parameter in parameters)]
    return chart
