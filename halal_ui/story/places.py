"""The map of the kabupaten/kota, and a slide for each that is behind its plan."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.places import SHORT, TILES
from halal_ui import sentences
from halal_ui.sentences.charts import alt_ranking
from halal_ui.snapshot.now import View
from halal_ui.story.allocations import allocations
from halal_ui.story.pictures import Tile, Tiles
from halal_ui.story.slide import Slide
from halal_ui.views.headline import headline
from halal_ui.words.formats import MISSING, fmt_count, fmt_rate
from halal_ui.words.labels import STATUS_LABEL, STATUS_MARK
from halal_ui.words.names import place

if TYPE_CHECKING:
    from halal_ui.snapshot.meeting_set import MeetingSet

LEAST: Final = 0.5
"""Less than half an application is written as 0, so it is nobody's lag."""

SAID: Final = 2
"""Obstacles, and promises, on the slide of a place."""


def places(found: "MeetingSet") -> list[Slide]:
    """The slide `peta`, then `kab-…` of each place behind its plan, the one furthest behind first."""
    gaps = found.view.gaps(["kab_kota"])
    held = hm.shortfall(gaps)
    table = gaps.merge(found.view.absorption(["kab_kota"]).drop(columns=["quota", "remaining"]), on="kab_kota")
    behind = held.loc[(held["shortfall"] >= LEAST) & held["kab_kota"].notna(), "kab_kota"]
    tiles = Slide(
        key="peta",
        name="Kabupaten/kota",
        title=sentences.titled(sentences.furthest_behind(gaps, held)),
        picture=Tiles("Serapan kuota per kab/kota", _tiles(table), alt=alt_ranking(table, "absorption_rate")),
        lines=tuple(filter(None, (_counted(table), _unplaced(table)))),
    )
    return [tiles, *(_place(found, name) for name in behind)]


def _tiles(table: pd.DataFrame) -> tuple[Tile, ...]:
    known = {row["kab_kota"]: row for row in table.to_dict("records")}
    return tuple(_tile(name, known.get(name)) for name in TILES)


def _tile(name: str, row: Mapping[Any, Any] | None) -> Tile:
    down, along = TILES[name]
    if row is None:
        return Tile(SHORT[name], down, along, MISSING, "belum ada kuota", None, "")
    used, quota = row["used"], row["quota"]
    return Tile(
        name=SHORT[name],
        row=down,
        column=along,
        value=fmt_rate(row["absorption_rate"]),
        note=f"{fmt_count(used)}/{fmt_count(quota)} kuota" if quota else f"{fmt_count(used)} pengajuan, tanpa kuota",
        share=_share(used, quota),
        status=row["status"] if quota else "",  # without a quota there is no plan to be behind
        mark=_share(row["planned"], quota),
    )


def _share(part: float, quota: float) -> float | None:
    return min(max(float(part) / quota, 0.0), 1.0) if quota > 0 else None


def _counted(table: pd.DataFrame) -> str:
    """How many places there are of each status."""
    counts = table.loc[table["kab_kota"].notna(), "status"].value_counts()
    told = [f"{STATUS_MARK[name]} {label} {counts[name]}" for name, label in STATUS_LABEL.items() if name in counts]
    return f"Kab/kota menurut status: {', '.join(told)}." if told else ""


def _unplaced(table: pd.DataFrame) -> str:
    rows = table[table["kab_kota"].isna()]
    if rows.empty:
        return ""
    quota, used = (fmt_count(rows[name].iloc[0]) for name in ("quota", "used"))
    return f"Belum dirinci per kab/kota: {quota} kuota dan {used} pengajuan; lengkapi di berkas asalnya."


def slug(name: str) -> str:
    """
    >>> slug("Kabupaten Kutai Timur"), slug("Kota Bontang")
    ('kutai-timur', 'bontang')
    """
    return re.sub(r"[^a-z0-9]+", "-", place(name).lower()).strip("-")


def _place(found: "MeetingSet", name: str) -> Slide:
    view = found.numbers.within(kab_kota=name)
    gaps = view.gaps(["kab_kota"])
    return Slide(
        key=f"kab-{slug(name)}",
        name=place(name),
        title=sentences.furthest_behind(gaps, hm.shortfall(gaps)),
        figures=headline(view),
        picture=allocations(view, f"LP3H di {place(name)}"),
        lines=(_waits(view), *_said(found, name)),
        kab_kota=name,
    )


def _waits(view: View) -> str:
    """Where most of what was submitted waits, and whose step it is."""
    _, rest = sentences.halves(sentences.funnel_answer(view.funnel(), view.backlog()))
    return rest or "Belum ada pengajuan yang menunggu."


def _said(found: "MeetingSet", name: str) -> list[str]:
    """Its obstacles, then the open actions that name it."""
    hindering, promised = found.obstacles, found.actions
    hindering = hindering[hindering["kab_kota"] == name]
    promised = promised[(promised["kab_kota"] == name) & ~promised["status"].isin(["done", "cancelled"])]
    lines = [
        *(sentences.obstacle_line(row) for row in hindering.head(SAID).to_dict("records")),
        *(sentences.action_line(row) for row in promised.head(SAID).to_dict("records")),
    ]
    more = max(len(hindering) - SAID, 0) + max(len(promised) - SAID, 0)
    return [*lines, *([f"Dan {fmt_count(more)} catatan lain: lihat slide kendala dan tindak lanjut."] if more else [])]
