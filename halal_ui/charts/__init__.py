"""Charts: a frame in, a plotly figure out. They rank and label, and never count."""

from halal_ui.charts.activity_bars import activity_bars
from halal_ui.charts.age_bars import age_bars
from halal_ui.charts.allocation_bars import allocation_bars
from halal_ui.charts.backlog_bars import backlog_bars
from halal_ui.charts.chance_curve import chance_curve
from halal_ui.charts.duration_bars import duration_bars
from halal_ui.charts.effect_bars import effect_bars
from halal_ui.charts.funnel_multiples import funnel_multiples
from halal_ui.charts.funnel_steps import funnel_steps
from halal_ui.charts.gap_bars import gap_bars
from halal_ui.charts.kab_kota_tiles import kab_kota_tiles
from halal_ui.charts.kab_lp3h_heatmap import kab_lp3h_heatmap
from halal_ui.charts.pace_bars import pace_bars
from halal_ui.charts.pareto_bars import pareto_bars
from halal_ui.charts.s_curve import s_curve
from halal_ui.charts.start_finish import start_finish
from halal_ui.charts.weekly_bars import weekly_bars

__all__ = [
    "activity_bars",
    "age_bars",
    "allocation_bars",
    "backlog_bars",
    "chance_curve",
    "duration_bars",
    "effect_bars",
    "funnel_multiples",
    "funnel_steps",
    "gap_bars",
    "kab_kota_tiles",
    "kab_lp3h_heatmap",
    "pace_bars",
    "pareto_bars",
    "s_curve",
    "start_finish",
    "weekly_bars",
]
