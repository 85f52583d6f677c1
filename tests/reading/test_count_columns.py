"""Of several columns that count one thing the cumulative one is read; the rest is said, never taken in silence."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_files import csv_bytes
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload

PLACED = ["Kab/Kota", "LP3H"]
ROW = ["Kota Samarinda", "LP3H UINSI Samarinda"]


def read(*lines: list, merged: tuple[str, ...] = (), cells: list[Any]) -> Upload:
    """One row of counts below these header lines, beside a place and an LP3H."""
    beside = [PLACED, *[["", ""]] * (len(lines) - 1)]
    rows = [[*start, *line] for start, line in zip(beside, lines, strict=True)]
    down = [f"{letter}1:{letter}{len(lines)}" for letter in "AB"] if merged else []
    return read_upload(workbook({"Data": [*rows, [*ROW, *cells]]}, {"Data": [*down, *merged]}))


def stated(upload: Upload) -> dict[str, int]:
    row = upload.frame.iloc[0]
    counts = ("quota", "submitted", "verified", "issued", "exited", "active_p3h")
    return {name: int(row[name]) for name in counts if name in row and pd.notna(row[name])}


def warned(upload: Upload) -> list[str]:
    """What is said of whole columns, and worse than info."""
    said = upload.problems
    return said.loc[said["severity"].eq("warning") & said["row"].isna(), "column"].tolist()


TWO_LEVELS = {
    "minggu ini, s.d.": (["Pengajuan", "", "Terbit", ""], ["Minggu ini", "s/d minggu ini"] * 2, [5, 45, 2, 12]),
    "s.d. first": (["Pengajuan", "", "Terbit", ""], ["s.d. Minggu Ini", "Minggu Ini"] * 2, [45, 5, 12, 2]),
    "bulan ini": (["Pengajuan", "", "Terbit", ""], ["Bulan Ini", "Jumlah"] * 2, [5, 45, 2, 12]),
    "sebelumnya": (["Pengajuan", "", "Terbit", ""], ["s.d. minggu lalu", "Total"] * 2, [40, 45, 10, 12]),
    "target": (["Pengajuan", "", "Terbit", ""], ["Target", "Realisasi"] * 2, [100, 45, 80, 12]),
    "persen": (["Pengajuan", "", "Terbit", ""], ["%", "Jumlah"] * 2, ["45%", 45, "12%", 12]),
    "units": (["Pengajuan", "", "Terbit", ""], ["Produk", "Pelaku Usaha", "Produk", "SH"], [90, 45, 30, 12]),
    "above": (["Minggu Ini", "", "Kumulatif", ""], ["Pengajuan", "Terbit"] * 2, [5, 2, 45, 12]),
    "total above": (["Pekan Ini", "", "Total", ""], ["Pengajuan", "Terbit"] * 2, [5, 2, 45, 12]),
    "realisasi above": (["Target", "", "Realisasi", ""], ["Pengajuan", "Terbit"] * 2, [100, 80, 45, 12]),
    "dates above": (["Per 28/5/2025", "", "Kondisi 4 Juni 2025", ""], ["Pengajuan", "Terbit"] * 2, [40, 10, 45, 12]),
}  # fmt: skip


@pytest.mark.parametrize("kind", TWO_LEVELS)
@pytest.mark.parametrize("merged", [("C1:D1", "E1:F1"), ()], ids=["merged", "unmerged"])
def test_the_value_under_a_group(kind: str, merged: tuple[str, ...]):
    """Whatever stands beside it, the cumulative count of businesses is read, and that is no warning."""
    above, below, cells = TWO_LEVELS[kind]
    upload = read(above, below, merged=merged, cells=cells)
    assert upload.table == "recaps"
    assert stated(upload) == {"submitted": 45, "issued": 12}
    assert warned(upload) == []


def test_months_under_a_stage_are_not_added_up():
    """Each is said, and what was issued stays missing; with their sum beside them that is it."""
    months, merged = ["", "Jan", "Feb", "Mar"], ("D1:F1",)
    upload = read(["Kuota", "Terbit", "", ""], months, merged=merged, cells=[100, 1, 2, 3])
    assert stated(upload) == {"quota": 100}
    assert warned(upload) == ["Terbit Jan", "Terbit Feb", "Terbit Mar"]
    upload = read(["Kuota", "Terbit", "", ""], [*months[:3], "Jumlah"], merged=merged, cells=[100, 1, 2, 3])
    assert (stated(upload), warned(upload)) == ({"quota": 100, "issued": 3}, [])


@pytest.mark.parametrize(
    "below",
    [["Laki-laki", "Perempuan"], [1, 2], ["M-1", "M-2"], ["01/06/2025", "08/06/2025"], ["Reguler", "SD"]],
    ids=str,
)
@pytest.mark.parametrize("group", ["Terbit", "Kuota"])
def test_what_is_not_understood_is_not_taken(group: str, below: list):
    """Neither column is the count, and each is said; no row is lost."""
    upload = read(["Pengajuan", group, ""], ["", *below], merged=("C1:C2", "D1:E1"), cells=[45, 7, 5])
    assert (stated(upload), len(upload.frame)) == ({"submitted": 45}, 1)
    assert warned(upload) == [f"{group} {text}" for text in below]


@pytest.mark.parametrize(
    ("headers", "cells", "expected"),
    [
        (["Pengajuan minggu ini", "Pengajuan s.d. minggu ini"], [5, 45], {"submitted": 45}),
        (["Pengajuan (minggu ini)", "Pengajuan (kumulatif)"], [5, 45], {"submitted": 45}),
        (["Tambahan Terbit", "Terbit"], [2, 12], {"issued": 12}),
        (["Total Pengajuan", "Pengajuan Baru"], [45, 5], {"submitted": 45}),
        (["Terbit (produk)", "Terbit (PU)"], [30, 12], {"issued": 12}),
        (["Produk Terbit", "Sertifikat Terbit"], [30, 12], {"issued": 12}),
        (["Kuota Semula", "Kuota Menjadi"], [100, 120], {"quota": 120}),
        (["Kuota 2025"], [100], {"quota": 100}),
        (["Kuota 2025", "Realisasi 31 Mei 2025"], [100, 32], {"quota": 100, "submitted": 32}),
        (["Kuota", "Realisasi 31 Mei 2025", "Realisasi 4 Juni 2025"], [100, 32, 35], {"quota": 100, "submitted": 35}),
        (["Kuota", "Terbit s.d. Mei", "Terbit s.d. Juni"], [100, 7, 12], {"quota": 100, "issued": 12}),
        (["Ditolak minggu ini", "Ditolak kumulatif", "Batal kumulatif", "Terbit"], [1, 4, 3, 12],
         {"exited": 7, "issued": 12}),
        (["Kuota", "Terbit", "Belum Terbit", "Sisa Kuota", "% Terbit"], [100, 12, 33, 55, "12%"],
         {"quota": 100, "issued": 12}),
        (["Pengajuan", "P3H Aktif minggu ini"], [45, 6], {"submitted": 45, "active_p3h": 6}),
    ],
)  # fmt: skip
def test_one_line_headers(headers: list[str], cells: list, expected: dict[str, int]):
    """The words beside a count are read in one line as under a group."""
    upload = read(headers, cells=cells)
    assert (stated(upload), warned(upload)) == (expected, [])


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Terbit minggu ini", 2), ("Tambahan Terbit", 2), ("Terbit (produk)", 30), ("Terbit s.d. minggu lalu", 10),
        ("Terbit Mei", 3), ("Terbit 29/05/2025 - 04/06/2025", 2), ("Penerbitan Sertifikat Putri", 2),
        ("Jumlah Penyelia Halal", 9), ("Pelaku Usaha", 45), ("Terbit SH (bulan ini)", 2), ("Anggaran Sertifikat", 900),
    ],
)  # fmt: skip
def test_a_count_that_is_not_the_cumulative_one_is_left_with_a_warning(header: str, cell: int):
    """A recap is cumulative: what came in a week, products, or numbers of something else are none of its counts."""
    upload = read(["Kuota", "Pengajuan", header], cells=[100, 45, cell])
    assert stated(upload) == {"quota": 100, "submitted": 45}
    assert warned(upload) == [header]


@pytest.mark.parametrize(
    ("header", "cell"),
    [("No", 1), ("Tahun", 2025), ("Kode Wilayah", 6472), ("Sisa", 55), ("Total", 45), ("Capaian", "45%")],
)
def test_numbers_that_are_no_loss(header: str, cell: Any):
    """Row numbers, years, codes, rates and what is left are left out without a warning."""
    assert warned(read(["Kuota", "Pengajuan", header], cells=[100, 45, cell])) == []


@pytest.mark.parametrize("header", ["Kuota Semula", "Kuota Tambahan", "Kuota (produk)", "Kuota Tahap 1"])
def test_a_quota_that_is_not_the_whole_is_no_plan(header: str):
    """The row is not taken, and the column is said."""
    upload = read([header], cells=[100])
    assert (upload.table, len(upload.frame), len(upload.rejected)) == ("quotas", 0, 1)
    assert header in warned(upload)


def test_certificates_and_businesses_issued_are_compared():
    """Both count what is issued: the certificates are read, and a row where they differ is said."""
    upload = read(["Terbit", "", ""], ["Produk", "Pelaku Usaha", "SH"], merged=("C1:E1",), cells=[30, 13, 12])
    assert stated(upload) == {"issued": 12}
    said = upload.problems.query("code == 'cells_differ'")
    assert said[["row", "column"]].values.tolist() == [[3, "issued"]]
    assert "'12'" in said["message"].iloc[0]
    assert "'13'" in said["message"].iloc[0]


def test_three_levels():
    """Unit and span each below the other."""
    upload = read(
        ["Pengajuan", "", "", ""], ["Produk", "", "Pelaku Usaha", ""], ["Minggu ini", "s.d. Minggu ini"] * 2,
        merged=("C1:F1", "C2:D2", "E2:F2"), cells=[10, 90, 5, 45],
    )  # fmt: skip
    assert stated(upload) == {"submitted": 45}


@pytest.mark.parametrize(
    ("title", "headers", "date"),
    [
        ("", ["Kuota", "Realisasi 31 Mei 2025", "Terbit"], "2025-05-31"),
        ("Rekap per 31 Mei 2025", ["Kuota", "Pengajuan per 31/05/2025", "Terbit"], "2025-05-31"),
        ("", ["Kondisi 31 Mei 2025", "Pengajuan", "Terbit"], "2025-05-31"),
        ("", ["Kuota s.d. 31 Desember 2025", "Pengajuan", "Terbit"], None),
        ("Rekap per 1 Mei 2025", ["Kuota", "Pengajuan s.d. 31 Mei 2025", "Terbit"], "2025-05-31"),
    ],
)
def test_a_date_in_a_header_is_that_of_the_statement(title: str, headers: list[str], date: str | None):
    """It goes before the title, and where the title says another day that is a warning."""
    upload = read_upload(csv_bytes([[title], [*PLACED, *headers], [*ROW, 100, 45, 12]]), filename="uji.csv")
    assert upload.frame["statement_date"].dt.strftime("%Y-%m-%d").fillna("").tolist() == [date or ""]
    assert upload.problems["code"].eq("header_and_title_differ").any() == (title == "Rekap per 1 Mei 2025")


FLOWS = ["{} minggu ini", "{} (bulan ini)", "Tambahan {}", "Minggu lalu: {}", "{} s.d. minggu lalu", "{} Mei",
         "Target {}", "% {}", "{} (produk)", "Sisa {}", "{} TW II"]  # fmt: skip
VALUES = ["{}", "{} s.d. minggu ini", "{} (kumulatif)", "Realisasi {}", "Total {}", "{} s/d 4 Juni 2025"]


@given(
    st.sampled_from(["Pengajuan", "Terbit", "Kuota", "Verval", "Ditolak"]),
    st.sampled_from(VALUES),
    st.lists(st.sampled_from(FLOWS), min_size=1, max_size=4, unique=True),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_flow_beside_the_value_changes_no_figure(count: str, value: str, flows: list[str], random):
    """In whatever order the columns stand."""
    beside = {"Pengajuan": "Dibatalkan", "Ditolak": "Pengajuan"}.get(count, "Pengajuan")
    columns = [(value.format(count), 45), *((flow.format(count), 7) for flow in flows), (beside, 60)]
    random.shuffle(columns)
    names, cells = ([*part] for part in zip(*columns, strict=True))
    alone = read([value.format(count), beside], cells=[45, 60])
    assert stated(read(names, cells=cells)) == stated(alone)
    assert 45 in stated(alone).values()


def test_a_line_of_units_belongs_to_the_header():
    """A unit below each count, with or without brackets: products are no count of ours."""
    for units in (["(PU)", "(PU)", "(SH)"], ["PU", "PU", "Sertifikat"]):
        upload = read(["Kuota", "Pengajuan", "Terbit"], units, cells=[100, 45, 12])
        assert (stated(upload), len(upload.rejected)) == ({"quota": 100, "submitted": 45, "issued": 12}, 0)
    upload = read(["Kuota", "Pengajuan", "Terbit"], ["(PU)", "(produk)", "(produk)"], cells=[100, 130, 31])
    assert (stated(upload), warned(upload)) == ({"quota": 100}, ["Pengajuan (produk)", "Terbit (produk)"])


SINGLE = {"Kuota": ("(PU)", "quota", 100), "Terbit": ("(SH)", "issued", 12), "Verval": ("(PU)", "verified", 30)}


@pytest.mark.parametrize("kind", ["merged", "unmerged", "csv"])
@pytest.mark.parametrize(
    "parts", [("s.d. minggu ini", "minggu ini"), ("Realisasi", "Target"), ("Jml", "%"), ("Target", "Jml", "%")]
)
@pytest.mark.parametrize("order", [["", *SINGLE], ["Kuota", "", "Terbit", "Verval"], [*SINGLE, ""]])
def test_a_part_of_one_count_says_nothing_of_the_next(order: list[str], parts: tuple[str, ...], kind: str):
    """Below a line that divides one count, a line of units leaves the counts beside it whole."""
    value = next(part for part in parts if part not in ("minggu ini", "Target", "%"))
    columns: list[tuple[str, str, str, int]] = []
    for name in order:
        if name:
            columns.append((name, "", SINGLE[name][0], SINGLE[name][2]))
        else:
            for part in parts:
                unit = "(%)" if part == "%" else "(PU)"
                columns.append(("" if part != parts[0] else "Pengajuan", part, unit, 45 if part == value else 7))
    *lines, cells = ([*line] for line in zip(*columns, strict=True))
    start = lines[0].index("Pengajuan")
    merge = f"{'CDEFGH'[start]}1:{'CDEFGH'[start + len(parts) - 1]}1"
    if kind == "csv":
        beside = [PLACED, ["", ""], ["", ""], ROW]
        rows = [[*first, *line] for first, line in zip(beside, [*lines, cells], strict=True)]
        upload = read_upload(csv_bytes(rows), filename="uji.csv")
    else:
        upload = read(*lines, merged=(merge,) if kind == "merged" else (), cells=cells)
    counts = {column: count for _, column, count in SINGLE.values()}
    assert (stated(upload), warned(upload), len(upload.skipped)) == ({**counts, "submitted": 45}, [], 0)


@pytest.mark.parametrize(
    ("title", "headers", "said"),
    [
        ("REKAP MINGGU INI", ["Pengajuan", "Terbit"], True),
        ("TAMBAHAN BULAN JUNI", ["Pengajuan", "Terbit"], True),
        ("REKAP S.D. MINGGU INI", ["Pengajuan", "Terbit"], False),
        ("REKAP MINGGU INI", ["Pengajuan kumulatif", "Terbit kumulatif"], False),
        ("LAPORAN MINGGUAN", ["Pengajuan", "Terbit"], False),
        ("POSISI 4 JUNI 2025 (BELUM KUMULATIF)", ["Pengajuan", "Terbit"], True),
        ("Angka bukan merupakan akumulasi", ["Pengajuan", "Terbit"], True),
        ("REKAP KUMULATIF, TIDAK TERMASUK DRAF", ["Pengajuan", "Terbit"], False),
    ],
)
def test_a_title_of_one_week_over_a_recap_is_a_question(title: str, headers: list[str], said: bool):
    """The figures are read as cumulative, and that they may not be is a warning."""
    upload = read_upload(csv_bytes([[title], [*PLACED, *headers], [*ROW, 45, 12]]), filename="uji.csv")
    assert stated(upload) == {"submitted": 45, "issued": 12}
    assert upload.problems["code"].eq("title_says_flow").any() == said
