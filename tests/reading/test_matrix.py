"""A cross table, kabupaten/kota against LP3H, is read as the rows its cells stand for, and its sums are compared."""

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from make_files import csv_bytes, xlsx_bytes
from messy_tables import LP3H, PLACES

from halal_metrics.sheets import UnreadableFile, Upload, read_upload

KUOTA = [
    ["Pembagian kuota per LP3H per 4 Juni 2025"],
    ["Kab/Kota", "Unmul", "UINSI", "Jumlah"],
    ["Paser", 50, 40, 90],
    ["Berau", 20, None, 20],
    ["Jumlah", 70, 40, 110],
]
BARE = KUOTA[1:]


def read(rows: list[list], **choices: Any) -> Upload:
    return read_upload(csv_bytes(rows), filename="lembar.csv", **choices)


def changed(row: int, column: int, text: object) -> list[list]:
    """KUOTA with one cell written otherwise."""
    rows = [[*cells] for cells in KUOTA]
    rows[row][column] = text
    return rows


def sum_of(upload: Upload, column: str) -> int:
    return int(upload.frame[column].sum())


def said(upload: Upload, code: str) -> Any:
    return upload.problems[upload.problems["code"] == code]


@st.composite
def matrices(draw: st.DrawFn) -> tuple[bytes, dict[tuple[str, str], int], dict[str, dt.date | None], str]:
    """A file, what stands for each (kab_kota, lp3h), the date of each name across, and what stands across."""
    places = draw(st.lists(st.sampled_from(list(PLACES)), min_size=2, max_size=5, unique=True))
    houses = draw(st.lists(st.sampled_from(list(LP3H)[:5]), min_size=2, max_size=4, unique=True))
    counts = {(place, house): draw(st.integers(0, 2000) | st.none()) for place in places for house in houses}
    if not any(counts.values()):
        counts[places[0], houses[0]] = 7
    sideways, totals, dated, numbered, merged = (draw(st.booleans()) for _ in range(5))
    down, across = (houses, places) if sideways else (places, houses)
    spellings = {name: draw(st.sampled_from([name, *(PLACES | LP3H)[name]])) for name in (*down, *across)}
    spellings |= {name: name for name, text in spellings.items() if text[:1].isdigit()}
    days = {name: dt.date(2025, 7, 1 + place) if dated else None for place, name in enumerate(across)}
    blank = draw(st.sampled_from([None, "", "-"]))

    def cell(one: str, other: str) -> int | str | None:
        count = counts[(other, one) if sideways else (one, other)]
        return blank if count is None else count

    lead = [None] if numbered else []
    body = [[*lead, spellings[one], *(cell(one, other) for other in across)] for one in down]
    head = [*(["No"] * numbered), "LP3H" if sideways else "Kab/Kota", *(spellings[name] for name in across)]
    lines = [head, [*lead, "Tenggat", *days.values()]] if dated else [head]
    if merged and not dated:
        lines = [[*(["No"] * numbered), "LP3H" if sideways else "Kab/Kota", "Kab/Kota" if sideways else "LP3H"], head]
        lines[1] = [*lead, None, *head[len(lead) + 1 :]]
    if totals:
        sums = [sum(row[at] or 0 for row in body if row[at] not in ("", "-")) for at in range(len(lead) + 1, len(head))]
        body.append([*lead, draw(st.sampled_from(["JUMLAH", "Total", "Sub Total"])), *sums])
        for line in lines:
            line.append("Jumlah" if line is lines[0] else None)
        for row in body:
            row.append(sum(count for count in row[len(lead) + 1 :] if isinstance(count, int)))
    if numbered:
        for place, row in enumerate(body[: len(down)]):
            row[0] = place + 1
    rows = [["ALOKASI KUOTA SERTIFIKASI HALAL"], [], *lines, *body]
    if draw(st.booleans()):
        return xlsx_bytes({"Lembar": rows}), counts, days, "kab_kota" if sideways else "lp3h"
    return csv_bytes(rows), counts, days, "kab_kota" if sideways else "lp3h"


@given(matrices())
@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_plan_written_as_a_matrix_comes_back(written: tuple):
    """Each cell's quota at its kab/kota and LP3H, with the date over it, however the matrix lies and is dressed."""
    content, counts, days, across = written
    upload = read_upload(content, filename="lembar")
    assert upload.table == "quotas"
    assert upload.problems.loc[upload.problems["severity"] != "info", "message"].tolist() == []
    found = upload.frame[upload.frame["quota"] > 0]
    got = dict(zip(zip(found["kab_kota"], found["lp3h"], strict=True), found["quota"], strict=True))
    assert got == {pair: count for pair, count in counts.items() if count}
    due = [None if pd.isna(day) else day.date() for day in found["target_date"]]
    assert due == [days[name] for name in found[across]]
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
        assert sheet.accepted == len(upload.frame)


def test_a_total_that_is_no_sum_is_said_with_both_numbers():
    """Row and column are named, what is written and what the cells sum to; the cells are taken."""
    upload = read(changed(2, 3, 95))
    rows, columns = said(upload, "matrix_row_differs"), said(upload, "matrix_column_differs")
    assert rows[["row", "column", "value"]].values.tolist() == [[3, "Jumlah", "95"]]
    assert "95" in rows["message"].item()
    assert "90" in rows["message"].item()
    assert columns.empty
    assert sum_of(upload, "quota") == 110
    columns = said(read(changed(4, 1, 75)), "matrix_column_differs")
    assert columns[["row", "column"]].values.tolist() == [[5, "Unmul"]]
    assert "75" in columns["message"].item()
    assert "70" in columns["message"].item()


def test_a_cell_that_is_no_number_is_said_and_its_row_handed_back():
    """The other cells of the row are taken; a person's text in its place is taken for it."""
    rows = changed(3, 1, "menyusul")
    upload = read(rows)
    assert upload.rejected["source_row"].tolist() == [4]
    assert "Unmul" in upload.rejected["reason"].item()
    assert said(upload, "number_impossible")[["row", "column", "value"]].values.tolist() == [[4, "Unmul", "menyusul"]]
    sheet = upload.sheets[0]
    assert (sheet.read, sheet.accepted, sheet.rejected, sheet.skipped) == (4, 2, 1, 1)
    mended = read(rows, corrections={("lembar", 4, "Unmul"): "20"})
    assert mended.rejected.empty
    assert mended.frame["quota"].tolist() == [50, 40, 20]


def test_what_nothing_tells_is_not_guessed():
    """Without a word of what the numbers are nothing is read, and the sentence says what is missing."""
    with pytest.raises(UnreadableFile, match="tidak disebut angka apa") as error:
        read(BARE)
    assert error.value.code == "no_header"
    assert "tidak disebut" in error.value.sheets[0].why
    assert sum_of(read(BARE, table="quotas"), "quota") == 110
    chosen = read(BARE, mapping={"Unmul": "submitted", "UINSI": "submitted"})
    assert chosen.table == "recaps"
    assert sum_of(chosen, "submitted") == 110
    with pytest.raises(UnreadableFile):
        read([["Sisa kuota per LP3H"], *BARE])


def test_what_was_read_can_be_chosen_again():
    """The headers' columns, given as mapping, read the next file alike; one that is put aside is left out."""
    upload = read(KUOTA)
    again = read(KUOTA, mapping=upload.sheets[0].mapping)
    pd.testing.assert_frame_equal(upload.frame, again.frame)
    without = read(KUOTA, mapping={**upload.sheets[0].mapping, "UINSI": None})
    assert sum_of(without, "quota") == 70


@pytest.mark.parametrize(
    ("title", "column"),
    [
        ("Jumlah pengajuan per LP3H per 4 Juni 2025", "submitted"),
        ("SH TERBIT S.D. 4 JUNI 2025", "issued"),
        ("Data verval per kab/kota", "verified"),
        ("Dikirim ke Komite Fatwa", "fatwa"),
        ("Realisasi kuota per LP3H", "submitted"),
        ("Pendamping aktif", "active_p3h"),
    ],
)
def test_a_matrix_of_one_stage_is_a_recap(title: str, column: str):
    """Which stage, the title says."""
    upload = read([[title], *BARE])
    assert upload.table == "recaps"
    assert upload.frame[column].tolist() == [50, 40, 20]


@pytest.mark.parametrize("title", ["Pengajuan minggu ini", "Kuota dan pengajuan", "Belum terbit", "Target terbit", "%"])
def test_other_numbers_are_none_of_ours(title: str):
    """What came in one week, what is left or a share is neither quota nor a stage."""
    with pytest.raises(UnreadableFile):
        read([[title], *BARE])


def test_an_unknown_lp3h_among_known_ones_is_asked_about():
    """It is read as written, and said as any unknown spelling: by its column, at the row of its name."""
    rows = [["Kuota"], ["Kab/Kota", "Unmul", "Contoh Nusantara", "Cadangan"], ["Paser", 5, 3, 2], ["Berau", 1, None, 1]]
    upload = read(rows)
    assert upload.frame["lp3h"].tolist()[1] == "Contoh Nusantara"
    assert upload.frame["lp3h"].isna().tolist().count(True) == 2
    unknown = said(upload, "lp3h_unknown")
    assert unknown[["row", "column", "value"]].values.tolist() == [[2, "lp3h", "Contoh Nusantara"]]
    same = read(rows, meanings={"lp3h": {"Contoh Nusantara": "PWI Kaltim"}})
    assert same.frame["lp3h"].tolist()[1] == "PWI Kaltim"
    assert said(same, "lp3h_unknown").empty


def test_every_sheet_may_be_one():
    """Each is read by its own title or name."""
    sheets = {"Kuota": BARE, "Tambahan": [["Jatah kedua, target 31 Juli 2025"], ["LP3H", "Bontang"], ["Unmul", 4]]}
    upload = read_upload(xlsx_bytes(sheets), filename="rencana.xlsx")
    assert upload.frame["quota"].tolist() == [50, 40, 20, 4]
    assert upload.frame["target_date"].dropna().dt.date.tolist() == [dt.date(2025, 7, 31)]


def test_a_list_over_a_matrix_is_read_too():
    """Both tables of one sheet, each by its own header."""
    rows = [["Kab/Kota", "LP3H", "Kuota"], ["Kutim", "ITK", 9], [], ["Kuota per LP3H"], *BARE]
    upload = read(rows)
    assert upload.frame[["lp3h", "quota"]].iloc[0].tolist() == ["LP3H Institut Teknologi Kalimantan", 9]
    assert sum_of(upload, "quota") == 119


def test_a_list_is_no_matrix():
    """Rows that name a place and an LP3H each, under their headers, are what they were."""
    rows = [
        ["LP3H", "UINSI"],
        ["Per", "4 Juni 2025"],
        [],
        ["No", "Kab/Kota", "Pengajuan", "Terbit"],
        [1, "Paser", 5, 2],
    ]
    upload = read(rows)
    assert upload.table == "recaps"
    assert upload.frame[["submitted", "issued"]].values.tolist() == [[5, 2]]
    assert said(upload, "matrix_read_as").empty


def test_sums_on_another_sheet_are_counted_once():
    """A sheet per kab/kota beside the cross table of the same plan sums it; one that says more is said, and kept."""
    sheets = {"Per Kab": [["Kab/Kota", "Kuota"], ["Paser", 90], ["Berau", 20]], "Per LP3H": [["Kuota"], *BARE]}
    upload = read_upload(xlsx_bytes(sheets), filename="rencana.xlsx")
    assert sum_of(upload, "quota") == 110
    assert said(upload, "sum_of_others")["row"].tolist() == [2, 3]
    assert [sheet.read == sheet.accepted + sheet.rejected + sheet.skipped for sheet in upload.sheets] == [True, True]
    sheets["Per Kab"][1] = ["Paser", 100]
    upload = read_upload(xlsx_bytes(sheets), filename="rencana.xlsx")
    assert said(upload, "sum_or_more")["value"].tolist() == ["100; 90", "20; 20"]


DAY = dt.date(2025, 12, 31)


@pytest.mark.parametrize("days", ["Target Selesai", "Tgl Selesai", "Target", "Batas Waktu"])
@pytest.mark.parametrize("none", [None, "-", "belum ada"])
def test_quota_and_its_date_side_by_side_under_each_name(days: str, none: str | None):
    by_name = [
        ["Kab/Kota", "Unmul", None, "UINSI", None],
        [None, "Kuota", days, "Kuota", days],
        ["Paser", 50, DAY, 40, none],
        ["Berau", 20, DAY, 7, DAY],
    ]
    by_number = [
        ["Kab/Kota", "Kuota", "Kuota", days, days],
        [None, "Unmul", "UINSI", "Unmul", "UINSI"],
        ["Paser", 50, 40, DAY, none],
        ["Berau", 20, 7, DAY, DAY],
    ]
    for rows in (by_name, by_number):
        upload = read_upload(xlsx_bytes({"Pembagian": rows}), filename="lembar.xlsx")
        assert upload.table == "quotas"
        assert upload.frame["quota"].tolist() == [50, 40, 20, 7]
        assert upload.frame["target_date"].isna().tolist() == [False, True, False, False]
        assert set(upload.frame["target_date"].dropna()) == {pd.Timestamp(DAY)}
        assert len(upload.rejected) == 0
