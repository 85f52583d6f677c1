"""What the sheets of a meeting's workbook hold: the tables of its pages, its comparison, its notes, its sources."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from halal_ui.reports.note_tables import action_table, decision_table, event_table, obstacle_table
from halal_ui.reports.workbook_ahead import ahead_sheets
from halal_ui.reports.workbook_sheet import Sheet
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.snapshot.now import View
from halal_ui.views.deadlines import deadlines
from halal_ui.views.durations import durations
from halal_ui.views.institutions import institutions
from halal_ui.views.regions import regions
from halal_ui.views.shown import Table
from halal_ui.views.steps import steps
from halal_ui.words.columns import COLUMNS, Column, Columns, columns_for
from halal_ui.words.labels import APPLICATION_STATUS, STAGE_LABEL, TABLE_CONTENT


def sheets(found: MeetingSet) -> list[Sheet]:
    """Every table of the meeting, in the order of its slides."""
    return [*_standing(found), *ahead_sheets(found), *_since(found), *_notes(found), _sources(found)]


def _standing(found: MeetingSet) -> Iterator[Sheet]:
    view, stays = found.view, found.numbers.stays
    place, house, flow = regions(view, dark=False), institutions(view, dark=False), steps(view, dark=False, stays=stays)
    yield Sheet("Kabupaten-kota", "Kuota, realisasi, laju dan status tiap kabupaten/kota.", place.table, chart="groups")
    yield Sheet("LP3H", "Kuota, realisasi, laju dan status tiap LP3H.", house.table, chart="groups")
    yield Sheet("Pendamping", "Pendamping yang mengajukan dalam 30 hari terakhir, per LP3H.", house.at_work)
    cells = view.absorption(["kab_kota", "lp3h"])
    yield Sheet(
        "Kab x LP3H",
        "Kuota dan realisasi tiap LP3H di tiap kabupaten/kota.",
        Table(
            cells,
            f"Kabupaten/kota dan LP3H; {view.scope.in_words}",
            "kab-lp3h",
            total=view.absorption().iloc[0].to_dict(),
            metrics=("absorption",),
        ),
    )
    yield Sheet("Corong", "Sampai tahap mana kuota sudah berjalan.", flow.table, chart="funnel")
    yield Sheet("Menunggu", "Di mana pengajuan menunggu, dan giliran siapa.", flow.waiting, chart="waiting")
    yield Sheet(
        "Lamanya",
        "Berapa hari kerja tiap langkah di tiap LP3H; yang belum selesai ikut dihitung.",
        durations(view, dark=False, stays=stays, step="submitted").table_by_lp3h,
        widths={"remark": 36},
    )
    for by, of in (("kab_kota", "kab/kota"), ("lp3h", "LP3H")):
        yield Sheet(
            f"Tenggat per {'LP3H' if by == 'lp3h' else 'kab-kota'}",
            f"Selisih dari rencana, dan berapa per pekan yang perlu dicapai tiap {of}.",
            deadlines(view, dark=False, by=by, target=None).table,
            chart="paces",
        )
    yield Sheet(
        "Kurva S",
        "Rencana dan realisasi kumulatif, hari demi hari.",
        Table(curve(view), f"Kurva S; {view.scope.in_words}", "kurva-s", _CURVE, metrics=("progress_curve",)),
        chart="curve",
    )


_CURVE: Final = columns_for("progress_curve")


def curve(view: View) -> pd.DataFrame:
    """The S-curve; what nobody can know yet on the day looked at is missing."""
    found = view.curve()
    known = found["date"] <= pd.Timestamp(view.scope.as_of)
    reached = found.columns.difference(["date", "planned"])
    return found.assign(**{name: found[name].where(known) for name in reached})


_SINCE: Final[Columns] = columns_for("changes_since")


def _since(found: MeetingSet) -> Iterator[Sheet]:
    before = found.meeting.previous
    if before is None:
        return
    said = f"sejak rapat {before.id}"
    for by, of in (("kab_kota", "kab/kota"), ("lp3h", "LP3H")):
        changed, whole = found.changes_since([by]), found.changes_since()
        assert changed is not None
        assert whole is not None
        yield Sheet(
            f"Sejak rapat, {'LP3H' if by == 'lp3h' else 'kab-kota'}",
            f"Apa yang berubah {said}, per {of}; dimanfaatkan dulu + dinyatakan ulang + baru − keluar = kini.",
            Table(
                changed,
                f"Perubahan {said} per {of}",
                f"sejak-{by}",
                _SINCE,
                total=whole.iloc[0].to_dict(),
                metrics=("changes_since",),
            ),
        )
    rows = found.changes_since_rows
    assert rows is not None
    yield Sheet(
        "Perubahan",
        f"Tiap perubahan {said}: satu baris satu pengajuan, sampai berkas, lembar dan baris asalnya.",
        Table(_traced(rows), f"Perubahan per pengajuan {said}", "perubahan", _TRACED),
        widths={"source_file": 44, "source_sheet": 18, "change": 20, "registration_number": 20},
    )
    yield Sheet(
        "Belum mengirim",
        f"LP3H yang belum mengirim berkas {said}, yang paling lama diam lebih dulu.",
        Table(found.not_reporting, f"LP3H tanpa berkas {said}", "belum-mengirim", _SILENT),
        without="Semua LP3H sudah mengirim berkas.",
    )


_STAGES: Final = STAGE_LABEL | {"returned": APPLICATION_STATUS["returned"]}

_SILENT: Final[Columns] = {
    "lp3h": COLUMNS["lp3h"],
    "received_at": Column("Berkas terakhir diterima", "date"),
}

_TRACED: Final[Columns] = COLUMNS | {
    "stage": Column("Tahap", "text"),  # also where what came back stands, which is no stage
    "registration_number": Column("Nomor daftar", "text"),
    "count": Column("Jumlah", "signed", "pengajuan"),
    "source_file": Column("Berkas", "text"),
    "source_sheet": Column("Lembar", "text"),
    "source_row": Column("Baris", "count"),
}


def _traced(rows: pd.DataFrame) -> pd.DataFrame:
    """By their numbers: a small business often bears its owner's name, and this file goes round."""
    said = rows.assign(stage=rows["stage"].map(_STAGES).astype("str"))
    return said[
        ["kab_kota", "lp3h", "change", "stage", "date", "registration_number", "count", "source_file", "source_sheet",
         "source_row"]
    ]  # fmt: skip


def _notes(found: MeetingSet) -> Iterator[Sheet]:
    obstacles, actions, decisions = obstacle_table(found), action_table(found), decision_table(found)
    yield Sheet(
        "Kendala",
        "Apa yang menghambat, yang menahan paling banyak sertifikat lebih dulu; tidak ada yang dihitung dua kali.",
        obstacles,
        widths={"text": 60},
        chart="pareto",
    )
    yield Sheet(
        "Tindak lanjut",
        "Siapa berbuat apa sampai kapan; yang lewat tenggat lebih dulu.",
        replace(actions, frame=actions.frame.drop(columns="remark")),  # every part of it has a column here
        widths={"problem": 34, "action": 44, "responsible": 30, "indicator": 34, "evidence": 34},
    )
    yield Sheet("Keputusan", "Apa yang diputuskan rapat.", decisions, widths={"text": 90})
    yield Sheet(
        "Peristiwa",
        "Yang terjadi di sekitar program, dan kapan.",
        event_table(found),
        widths={"text": 40, "effect": 70},
    )


_SOURCES: Final[Columns] = {
    "filename": Column("Berkas", "text"),
    "received_at": Column("Diterima", "date"),
    "table": Column("Isi", "text"),
    "statement_date": Column("Menyatakan per", "date"),
    "rows": Column("Baris diterima", "count"),
    "rejected": Column("Baris tidak diambil", "count"),
    "state": Column("Keadaan", "text"),
    "sha256": Column("Sidik jari (SHA-256)", "text"),
}


def _sources(found: MeetingSet) -> Sheet:
    history = found.numbers.snapshot.history
    undone = history["undone_at"].notna()
    frame = history.assign(
        table=history["table"].map(TABLE_CONTENT).astype("str"),
        state=undone.map({True: "Dibatalkan, tidak dihitung", False: "Dihitung"}).astype("str"),
    )
    return Sheet(
        "Asal data",
        "Berkas yang menjadi sumber angka-angka ini, dan sidik jarinya.",
        Table(frame[list(_SOURCES)], f"Berkas yang dikenal set {found.meeting.id}", "asal-data", _SOURCES),
        widths={"filename": 46, "table": 22, "state": 26, "sha256": 68},
    )


def whole(found: MeetingSet) -> list[tuple[Column, Any, str]]:
    """The figures of the whole, each with its column and the function it comes from: what stands on "Ringkasan"."""
    view, measured = found.view, columns_for("absorption", "deadline_gaps", measure=found.view.scope.measure)
    absorption, gaps, ahead = (frame.iloc[0] for frame in (view.absorption(), view.gaps(), view.ahead()))
    trend, moved = view.trend().iloc[0], columns_for("trend")
    figures = [
        *((measured[name], absorption[name], f"absorption.{name}") for name in absorption.index),
        *((measured[name], gaps[name], f"deadline_gaps.{name}") for name in _DEADLINE),
        (measured["required_per_week"], ahead["required_per_week"], "deadline_gaps.required_per_week"),
    ]
    return figures + [(moved[name], trend[name], f"trend.{name}") for name in ("used", "issued")]


_DEADLINE: Final = (
    "target_date", "days_left", "working_days_left", "planned", "gap", "gap_rate", "pace_per_week", "projected_date",
    "status",
)  # fmt: skip
