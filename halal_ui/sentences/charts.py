"""What a chart shows, in words, for those who do not see it: the same numbers, not a description of ink."""

from typing import Any

import pandas as pd

from halal_ui.words.columns import Columns, columns_for
from halal_ui.words.formats import fmt_band, fmt_chance, fmt_count, fmt_date, fmt_rate
from halal_ui.words.labels import MEASURE_LABEL, STAGE_LABEL, WAITING_LABEL
from halal_ui.words.names import GROUP_UNIT, NO_DATA, WRITE, age, listing


def alt_ranking(frame: pd.DataFrame, column: str, *, measure: str | None = None) -> str:
    """
    Bars, tiles or cells coloured by one column: how many groups, the highest and the lowest.

    >>> table = pd.DataFrame({"kab_kota": ["Kabupaten Berau", "Kota Bontang"], "absorption_rate": [0.5, 0.9]})
    >>> alt_ranking(table, "absorption_rate")
    'Serapan kuota, 2 kab/kota: tertinggi Bontang 90,0%, terendah Berau 50,0%.'
    """
    by = [name for name in GROUP_UNIT if name in frame]
    unit = " × ".join(GROUP_UNIT[name] for name in by)
    known = frame[frame[column].notna()].sort_values(column, ascending=False, kind="stable")
    columns = columns_for(measure=measure)
    if known.empty:
        return f"{columns[column].header}. {NO_DATA}"
    highest, lowest = _point(known.iloc[0], by, column, columns), _point(known.iloc[-1], by, column, columns)
    range_ = f"tertinggi {highest}, terendah {lowest}" if len(known) > 1 else highest
    return f"{columns[column].header}, {fmt_count(len(frame))} {unit}: {range_}."


def alt_curve(curve: pd.DataFrame, *, as_of: Any, forecast: pd.DataFrame | None = None) -> str:
    """
    The S-curve: its span, and where plan, used and issued stand on the day looked at; `forecast`: where the latter two
    are expected to stand on its last day.
    """
    so_far = curve[curve["date"] <= pd.Timestamp(as_of)]
    if so_far.empty:
        return f"Kurva S. {NO_DATA}"
    first, last, day = curve["date"].iloc[0], curve["date"].iloc[-1], so_far["date"].iloc[-1]
    planned, used, issued = (fmt_count(so_far[name].iloc[-1]) for name in ("planned", "submitted", "issued"))
    return (
        f"Kurva S {fmt_date(first)} sampai {fmt_date(last)}. Pada {fmt_date(day)}: rencana {planned} kuota, "
        f"dimanfaatkan {used} pengajuan, terbit {issued} sertifikat.{_alt_bands(forecast)}"
    )


def alt_chances(chances: pd.DataFrame, *, target: Any) -> str:
    """Chances by date, `date, measure, chance`: how sure each is on the date asked about."""
    on_the_day = chances[chances["date"] == pd.Timestamp(target)].set_index("measure")["chance"]
    if on_the_day.empty:
        return f"Peluang menurut tanggal. {NO_DATA}"
    told = ", ".join(f"{MEASURE_LABEL[name].lower()} {fmt_chance(on_the_day[name])}" for name in MEASURE_LABEL)
    return f"Peluang menurut tanggal. Sampai {fmt_date(target)}: {told}."


def _alt_bands(forecast: pd.DataFrame | None) -> str:
    if forecast is None or forecast.empty:
        return ""
    last = forecast[forecast["date"] == forecast["date"].max()].set_index("measure")
    bands = {measure: fmt_band(row["p10"], row["p90"]) for measure, row in last.iterrows()}
    return (
        f" Ramalan untuk {fmt_date(forecast['date'].max())}: {bands['used']} dimanfaatkan dan {bands['issued']} "
        "terbit (8 dari 10 kemungkinan)."
    )


def alt_funnel(funnel: pd.DataFrame) -> str:
    """The steps of one group, each with its count and share of the quota."""
    if funnel.empty:
        return f"Corong. {NO_DATA}"
    steps = [
        f"{STAGE_LABEL[step.stage]} {fmt_count(step.reached)} ({fmt_rate(step.share_of_quota)})"
        for step in funnel.itertuples()
    ]
    return f"Corong: {', '.join(steps)}."


def alt_ages(ages: pd.DataFrame) -> str:
    """Who waits at each step of `backlog_ages` of one group, and for how long."""
    told = []
    for stage, rows in ages.groupby("stage", sort=False):
        if total := int(rows["waiting"].sum()):
            bins = ", ".join(f"{age(r.from_days, r.to_days)}: {fmt_count(r.waiting)}" for r in rows.itertuples())
            told.append(f"{WAITING_LABEL[str(stage)]} {fmt_count(total)} pengajuan (hari kerja: {bins})")
    return f"Yang menunggu menurut umurnya. {'; '.join(told) + '.' if told else NO_DATA}"


def alt_classes(classes: pd.DataFrame) -> str:
    """The four classes of `start_finish`, each with its groups."""
    by = [name for name in GROUP_UNIT if name in classes]
    told = []
    for start, finish in classes[["start", "finish"]].dropna().drop_duplicates().itertuples(index=False):
        rows = classes[(classes["start"] == start) & (classes["finish"] == finish)]
        names = listing(_name(row, by) for _, row in rows.iterrows())
        told.append(f"{WRITE['class'](start)} mengajukan, {WRITE['class'](finish)} terbit: {names}")
    return f"Empat kelompok. {'; '.join(told) + '.' if told else NO_DATA}"


def _point(row: pd.Series, by: list[str], column: str, columns: Columns) -> str:
    return f"{_name(row, by)} {WRITE[columns[column].kind](row[column])}"


def _name(row: pd.Series, by: list[str]) -> str:
    return " · ".join(WRITE["place" if name == "kab_kota" else "lp3h"](row[name]) for name in by)
