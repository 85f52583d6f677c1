"""What is to come on the S-curve: bands, their middle, the days not told of yet, and all of it in words."""

import pandas as pd
import pytest
from chart_frames import AS_OF, CURVE, TARGET

from halal_ui import charts
from halal_ui.look.palette import palette
from halal_ui.sentences.charts import alt_curve

DAYS = pd.date_range(AS_OF, "2025-12-31")


def forecast(used: int = 320, issued: int = 58) -> pd.DataFrame:
    """From what is known on, wider every day."""
    parts = [
        pd.DataFrame({"date": DAYS, "measure": measure, "p50": range(start, start + len(DAYS))}).assign(
            p10=lambda rows: rows["p50"] - rows.index // 4, p90=lambda rows: rows["p50"] + rows.index // 2
        )
        for measure, start in (("used", used), ("issued", issued))
    ]
    return pd.concat(parts).sort_values(["date", "measure"], ignore_index=True)


def drawn(dark: bool = False, **more):
    return charts.s_curve(CURVE, as_of=AS_OF, deadlines=[TARGET], forecast=forecast(), dark=dark, **more)


@pytest.mark.parametrize("dark", [False, True])
def test_the_bands_begin_where_the_lines_end(dark: bool):
    """One for used and one for issued, each in its colour, with a dashed middle."""
    figure = drawn(dark)
    filled = [trace for trace in figure.data if trace.fill == "tonexty"]
    dashed = [trace for trace in figure.data if trace.line.dash == "dash"]
    assert [trace.fillcolor[:7] for trace in filled] == [palette(dark).used, palette(dark).issued]
    assert [trace.line.color for trace in dashed] == [palette(dark).used, palette(dark).issued]
    assert [trace.y[0] for trace in dashed] == [320, 58]
    assert {trace.x0 for trace in (*filled, *dashed)} == {AS_OF}
    assert all(len(trace.y) == len(DAYS) for trace in filled)


def test_no_forecast_no_band():
    """While it is being figured the curve is as it was."""
    plain = charts.s_curve(CURVE, as_of=AS_OF, deadlines=[TARGET])
    assert len(plain.data) == len(drawn().data) - 6


def test_the_days_not_told_of_are_hatched():
    """From the last day of which everybody has told; none where everybody has."""
    hatched = [trace for trace in drawn(told_until="2025-05-28").data if trace.fillpattern.shape]
    assert [list(trace.x) for trace in hatched] == [["2025-05-28", AS_OF]]
    assert not [trace for trace in drawn(told_until=AS_OF).data if trace.fillpattern.shape]


def test_the_hover_of_a_day_to_come_tells_the_band():
    """Up to today what is known, after it from least to most, and the middle."""
    said = next(trace for trace in drawn().data if trace.customdata is not None).customdata
    by_day = dict(zip(CURVE["date"].dt.strftime("%Y-%m-%d"), said, strict=True))
    assert list(by_day[AS_OF][1:3]) == ["320", "58"]
    assert list(by_day["2025-06-24"][1:3]) == ["335–350 (tengah 340)", "73–88 (tengah 78)"]
    assert len(said) == len(CURVE)


def test_the_ends_of_the_bands_are_written_beside_them():
    """What the verdict says stands on the picture; late in the year there is no room, and the lines have theirs."""
    texts = [note.text for note in drawn().layout.annotations]
    assert "<b>478–635 dimanfaatkan</b>" in texts
    assert "<b>216–373 terbit</b>" in texts
    late = CURVE[CURVE["date"] <= "2025-06-20"]
    assert not [n for n in charts.s_curve(late, as_of=AS_OF, forecast=forecast()).layout.annotations if "–" in n.text]


def test_those_who_do_not_see_it_are_told_the_same():
    """The bands of the last day, in the words of the verdict."""
    told = alt_curve(CURVE, as_of=AS_OF, forecast=forecast())
    assert told.endswith(
        "Ramalan untuk 31 Desember 2025: 478–635 dimanfaatkan dan 216–373 terbit (8 dari 10 kemungkinan)."
    )
