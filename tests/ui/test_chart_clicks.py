"""What a click on a chart stands for, and that nothing fades under it."""

import pytest
from chart_frames import CHARTS, UNKNOWN_LP3H, drawn

from halal_ui.screen.rows_behind import meant
from halal_ui.views.drilldown import FIGURES, REACHED, TURNS

STEPS = {
    "funnel_steps": REACHED,
    "funnel_multiples": REACHED,
    **dict.fromkeys(("backlog_bars", "age_bars", "duration_bars"), TURNS),
}
NOT_CLICKED = {"s_curve", "effect_bars"}
"""A line has no points to choose; what it says of a day is read off it. An event has no rows of its own."""

NARROWS = ("kab_kota_tiles", "tiles")


def clicked(name: str):
    """The one trace of a chart that answers to a click."""
    (trace,) = [trace for trace in drawn(name).data if trace.customdata is not None]
    return trace


def clickable() -> list[str]:
    return [name for name in CHARTS if name not in NOT_CLICKED and not name.startswith(NARROWS)]


@pytest.mark.parametrize("name", clickable())
def test_every_bar_point_and_cell_stands_for_something(name: str):
    """Each has a figure that can be asked for, and no two have the same; quota has the rows of what is used."""
    trace = clicked(name)
    assert len(trace.customdata) == len(trace.y)
    points = [point if isinstance(point, str) else list(point) for point in trace.customdata]
    points = [point for point in points if "quota" not in point]
    figure, step = STEPS.get(name, "used"), name in STEPS
    asked = set()
    for point in points:
        names = [point] if isinstance(point, str) else point
        found, group = meant(point, figure, ["kab_kota", "lp3h"][: len(names) - step])
        assert found in FIGURES
        asked.add((found, *group.values()))
    assert len(asked) == len(points) > 0


def test_a_name_comes_back_as_it_was_written():
    """Names are escaped for the chart, and not for what is asked for."""
    names = {meant(list(point), "used", ["kab_kota", "lp3h"])[1]["lp3h"] for point in clicked("heatmap").customdata}
    assert UNKNOWN_LP3H in names


@pytest.mark.parametrize("name", clickable())
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_fades_when_a_point_is_chosen(name: str, dark: bool):
    """plotly pales every point that was not clicked, unless it is told its usual colour."""
    for trace in drawn(name, dark=dark).data:
        if trace.type == "heatmap" or trace.customdata is not None:
            continue
        told = (
            trace.unselected.textfont.color if getattr(trace, "mode", "") == "text" else trace.unselected.marker.opacity
        )
        assert told is not None
