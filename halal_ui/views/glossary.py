"""Definisi: every figure in words, with its rules and source, worked on today's numbers."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.definitions import Definition, of
from halal_ui.snapshot.now import View
from halal_ui.snapshot.quality_set import QualitySet
from halal_ui.views.quality import whole
from halal_ui.views.worked import values_of, worked

CHAPTERS: Final = {
    "absorption": "Serapan kuota",
    "funnel": "Corong",
    "backlog": "Menunggu di mana",
    "deadline_gaps": "Selisih, laju dan tenggat",
    "outlook": "Bila tidak ada yang berubah",
    "shortfall": "Siapa yang memegang kekurangan",
    "trend": "Empat pekan terakhir",
    "active_p3h": "Pendamping aktif",
    "start_finish": "Mulai dan selesai",
    "progress_curve": "Kurva S",
    "progress": "Kapan sebuah pengajuan dihitung",
    "freshness": "Seberapa baru datanya",
    "completeness": "Seberapa lengkap isinya",
    "duplicates": "Kemungkinan ganda",
    "reconcile": "Rekap dibanding register",
    "changes_since": "Sejak rapat terakhir",
    "not_reporting": "Belum mengirim sejak rapat terakhir",
    "at_stake": "Kendala dan yang ditahannya",
    "action_numbers": "Tindak lanjut dan angkanya",
}
"""Metric → its heading, in the order of the page."""

_OF_MEETINGS: Final = ("changes_since", "not_reporting", "at_stake", "action_numbers")
"""Figures of a frozen set: on a page of today there is nothing to work them on."""


@dataclass(frozen=True)
class Entry:
    definition: Definition
    today: str


@dataclass(frozen=True)
class Glossary:
    answer: str
    chapters: dict[str, list[Entry]]


def glossary(view: View, dark: bool, *, quality_set: QualitySet) -> Glossary:
    gaps, as_of = view.gaps(), view.scope.as_of
    frames = {
        "absorption": view.absorption(),
        "funnel": view.funnel(),
        "backlog": view.backlog(),
        "deadline_gaps": gaps,
        "outlook": gaps.merge(hm.outlook(gaps, start=view.start), how="cross"),
        "shortfall": hm.shortfall(view.gaps(["kab_kota"])),
        "trend": view.trend(),
        "active_p3h": view.active_p3h(by=()),
        "start_finish": hm.start_finish(view.absorption(["kab_kota"])),
        "progress_curve": view.curve(),
        "progress": view.progress,
    } | whole(quality_set, view.scope)
    frames |= dict.fromkeys(_OF_MEETINGS, pd.DataFrame())
    chapters = {
        title: [
            Entry(definition, worked(definition, values_of(metric, frames[metric], as_of=as_of)))
            for definition in of(metric)
        ]
        for metric, title in CHAPTERS.items()
    }
    count = sum(map(len, chapters.values()))
    return Glossary(
        f"{count} angka, masing-masing dengan rumus, aturan tepi, sumber, dan hitungan hari ini "
        "(angka rapat: pada rapatnya).",
        chapters,
    )
