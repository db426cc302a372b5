"""The explorables of lesson 06: the river, the layers, the ways to run a zone, money and gravity."""

from __future__ import annotations

from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message


def explore_tumen_river(travelled: int = 0) -> Explorable | Message:
    """Sail down the Tumen from Tumen city to the sea, and see who owns the banks.

    Parameters
    ----------
    travelled : int
        Kilometres below Tumen city at which to begin, 0 to 150 in steps of 5.

    Returns
    -------
    Explorable
        The map with a boat. ``.describe()`` says where it stands, ``.table()`` lists every stop.
    """
    from tutor.charts import tumen_programme as chart

    return explorable_or_message(
        lambda: chart.tumen_river_map(travelled),
        lambda: (
            Control(
                "travelled",
                "Kilometres below Tumen city",
                chart.boat_stops(),
                travelled,
                plays=True,
            ),
        ),
        chart.describe_boat,
    )


def explore_programme_layers(
    layer: str = "TREZ", corner: str = "Vladivostok"
) -> Explorable | Message:
    """Zoom through the three layers of the Tumen programme.

    Parameters
    ----------
    layer : str
        ``"TREZ"``, ``"TEDA"`` or ``"NEARDA"``.
    corner : str
        The eastern corner of TEDA: ``"Vladivostok"`` or ``"Nakhodka"``.

    Returns
    -------
    Explorable
        A map with two lists. ``.describe()`` gives area and people, ``.table()`` the parts.
    """
    from tutor.charts import tumen_programme as chart

    layers = {key: f"{key}, {name}" for key, name in chart.LAYERS.items()}
    corners = {key: f"{key}: {who}" for key, who in chart.CORNERS.items()}
    return explorable_or_message(
        lambda: chart.programme_layers(layer, corner),
        lambda: (
            Control("layer", "Layer", tuple(layers), layer, layers),
            Control("corner", "Eastern corner of TEDA", tuple(corners), corner, corners),
        ),
        chart.describe_layer,
    )


def explore_zone_options(matter: str = "land") -> Explorable | Message:
    """Compare the three ways to run the zone by who decides.

    Parameters
    ----------
    matter : str
        ``"land"``, ``"area"``, ``"rules"``, ``"office"``, ``"ports"`` or ``"conflict"``.

    Returns
    -------
    Explorable
        Three pictures with a list of questions. ``.describe()`` gives the answers with their reasons.
    """
    from tutor.charts import tumen_programme as chart

    return explorable_or_message(
        lambda: chart.zone_options(matter),
        lambda: (Control("matter", "Ask", tuple(chart.MATTERS), matter, chart.MATTERS),),
        chart.describe_option,
    )


def explore_programme_money(zoom: int = 1) -> Explorable | Message:
    """Look at the money of the programme at one scale, and magnify it.

    Parameters
    ----------
    zoom : int
        1 shows 30 billion dollars across the chart; each step up to 5 shows ten times less.

    Returns
    -------
    Explorable
        Bars with a slider. ``.describe()`` says which can be seen.
    """
    from tutor.charts import tumen_programme as chart

    return explorable_or_message(
        lambda: chart.programme_money(zoom),
        lambda: (Control("zoom", "Magnify (each step ten times)", chart.ZOOMS, zoom),),
        chart.describe_money,
    )


def explore_hidden_trade(
    fallen: str = "none", russia_from: str = "Moscow", output: str = "bank"
) -> Explorable | Message:
    """Let barriers fall, and see how much trade they hid by the gravity model.

    Parameters
    ----------
    fallen : str
        What falls: ``"none"``, ``"closed border"``, ``"no relations"``, ``"planned economy"``, ``"no
        direct link"`` or ``"all"``.
    russia_from : str
        Where Russia's distances are measured from: ``"Moscow"`` or ``"Vladivostok"``.
    output : str
        North Korea's output: ``"bank"``, the Bank of Korea's estimate, or ``"low"``.

    Returns
    -------
    Explorable
        One row a pair, with three lists. ``.table()`` gives distance, barriers and trade of each pair.
    """
    from tutor.charts import tumen_programme as chart

    return explorable_or_message(
        lambda: chart.hidden_trade(fallen, russia_from, output),
        lambda: (
            Control("fallen", "What falls", tuple(chart.FALLEN_WORDS), fallen, chart.FALLEN_WORDS),
            Control(
                "russia_from",
                "Measure Russia from",
                tuple(chart.RUSSIA_WORDS),
                russia_from,
                chart.RUSSIA_WORDS,
            ),
            Control(
                "output",
                "North Korea's output",
                tuple(chart.OUTPUT_WORDS),
                output,
                chart.OUTPUT_WORDS,
            ),
        ),
        chart.describe_gravity,
    )
