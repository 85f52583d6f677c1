"""The workbook of a meeting: its cells are the metrics of its set, typed, and say which set."""

import re
import shutil
import zipfile
from io import BytesIO
from itertools import pairwise

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from openpyxl.utils import get_column_letter, range_boundaries

import halal_metrics as hm
from halal_metrics import read_upload
from halal_metrics.personal import PERSONAL_COLUMNS
from halal_store import Store
from halal_ui.reports.workbook import workbook
from halal_ui.reports.workbook_sheets import sheets
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme

# openpyxl does not know data bars, and says so
pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")

ID, HEAD = "R-2025-06-04", 4
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(folder) -> Store:
    return Store(folder, time_zone=programme().time_zone)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, demo_to):
    return demo_to(tmp_path_factory.mktemp("workbook") / "store")


@pytest.fixture(scope="module")
def meeting(folder):
    return opened(folder).meeting(ID)


@pytest.fixture(scope="module")
def content(meeting):
    return workbook(meeting)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(BytesIO(content))


def rows(sheet) -> pd.DataFrame:
    """A sheet's table as its cells hold it."""
    header, *lines = sheet.iter_rows(min_row=HEAD, values_only=True)
    return pd.DataFrame(lines, columns=header)


def figures(meeting) -> dict[str, pd.DataFrame]:
    """The tables a workbook must show, figured from the meeting's tables with `halal_metrics` alone."""
    tables, as_of = meeting.tables, meeting.as_of
    plan, progress = hm.plan(tables.quotas, as_of=as_of), hm.progress(tables.applications, tables.recaps)
    days = {"then_as_of": meeting.previous.as_of, "as_of": as_of}
    returned = hm.returned(tables.statements)
    return {
        "Kab x LP3H": hm.absorption(plan, progress, by=["kab_kota", "lp3h"], as_of=as_of),
        "Corong": hm.funnel(plan, progress, by=(), as_of=as_of),
        "Menunggu": hm.backlog(progress, returned, by=(), as_of=as_of),
        "Sejak rapat, kab-kota": hm.changes_since(meeting.previous.tables, tables, by=["kab_kota"], **days),
        "Sejak rapat, LP3H": hm.changes_since(meeting.previous.tables, tables, by=["lp3h"], **days),
        "Kendala": hm.at_stake(meeting.obstacles, plan, progress, returned, as_of=as_of),
    }


NUMBERS = {
    "Kab x LP3H": {"Kuota": "quota", "Dimanfaatkan (pengajuan)": "used", "Terbit terhadap kuota (%)": "issuance_rate"},
    "Corong": {"Mencapai tahap (pengajuan)": "reached", "Lolos dari tahap sebelumnya (%)": "step_rate"},
    "Menunggu": {"Menunggu (pengajuan)": "waiting"},
    "Sejak rapat, kab-kota": {
        "Baru (pengajuan)": "new", "Keluar (pengajuan)": "left", "Terbit kini (sertifikat)": "issued_now",
    },
    "Sejak rapat, LP3H": {"Baru (pengajuan)": "new", "Dimanfaatkan kini (pengajuan)": "used_now"},
    "Kendala": {"Sertifikat tertahan (sertifikat)": "at_stake", "Menahan sendiri (sertifikat)": "alone"},
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_cells_are_the_metrics(book, meeting, name):
    """A number in a cell is the metric's number, row for row, with nothing rounded."""
    shown, metric = rows(book[name]), figures(meeting)[name]
    for header, column in NUMBERS[name].items():
        cells = shown[header].iloc[: len(metric)].astype("float64").tolist()
        assert cells == pytest.approx(metric[column].astype("float64").tolist(), nan_ok=True, rel=1e-12)


def test_every_cell_is_of_its_table(book, meeting):
    """Each sheet holds its whole table, each value as what it is: a number, a day, a text; nothing where missing."""
    for sheet in sheets(meeting_set(meeting)):
        shown, frame = rows(book[sheet.name]), sheet.table.frame
        if frame.empty:
            assert shown.iloc[:, 0].tolist() == [sheet.without]
            continue
        assert len(shown) == len(frame) + (sheet.table.total is not None), sheet.name
        for place, (name, values) in enumerate(frame.items()):
            column = sheet.table.columns[str(name)]
            cells = [cell.value for cell in book[sheet.name][get_column_letter(place + 1)]][HEAD : HEAD + len(frame)]
            if column.kind == "date":
                assert cells == [None if pd.isna(value) else value.to_pydatetime() for value in values]
            elif column.kind in ("count", "signed", "number", "rate", "days", "points"):
                written = pd.Series(cells, dtype="float64").tolist()
                scale = 100 if column.kind == "points" else 1  # points have no number format of their own
                assert written == pytest.approx((values.astype("float64") * scale).tolist(), nan_ok=True, rel=1e-12)
            else:
                assert all(cell is None or isinstance(cell, str) for cell in cells)
                assert [cell is None for cell in cells] == [
                    (pd.isna(value) or value == "") and column.kind not in ("place", "lp3h") for value in values
                ]


def test_the_curve_ends_where_knowledge_does(book, meeting):
    """What is used and issued stands up to the day of the set; the plan goes on."""
    curve = rows(book["Kurva S"])
    after = curve[curve["Tanggal"] > meeting.as_of]
    assert len(after) >= 14
    assert int(after["Terbit (sertifikat)"].count()) == 0  # type: ignore[arg-type]
    assert int(after["Rencana (kuota)"].count()) == len(after)  # type: ignore[arg-type]
    last = curve[curve["Tanggal"] == meeting.as_of].iloc[0]
    assert (last["Diajukan (dimanfaatkan) (pengajuan)"], last["Terbit (sertifikat)"]) == (320, 58)


def test_rows_behind_the_change_add_up(book):
    """The rows of what has changed sum to the columns of the comparison."""
    changes, since = rows(book["Perubahan"]), rows(book["Sejak rapat, kab-kota"]).iloc[-1]
    counted = changes.groupby(["Perubahan", "Tahap"])["Jumlah (pengajuan)"].sum()
    new, issued = since[["Baru (pengajuan)", "Terbit baru (sertifikat)"]]
    assert counted.loc[[("Baru", "Diajukan (dimanfaatkan)"), ("Terbit", "Terbit")]].tolist() == [new, issued]
    assert min(new, issued) > 0


def test_sheets_can_be_worked_with(book, meeting):
    """Heads stay in sight, filter, and are repeated on paper; the set's id is on screen and on every page."""
    for described in sheets(meeting_set(meeting)):
        sheet = book[described.name]
        assert sheet.freeze_panes == f"B{HEAD + 1}"
        assert range_boundaries(sheet.auto_filter.ref)[1] == HEAD
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
        assert ID in sheet["A2"].value
        assert ID in sheet.oddHeader.right.text
        assert ID in sheet.oddFooter.left.text


def test_the_cover_leads_to_every_sheet(book, meeting):
    """It says the set, its day, that the data are invented, and what each sheet is for."""
    cover = book.worksheets[0]
    texts = [cell.value for row in cover.iter_rows() for cell in row if cell.value]
    facts = dict(pairwise(texts))
    assert cover.title == "Sampul"
    assert facts["Per tanggal"] == "4 Juni 2025"
    assert facts["Set"].startswith(ID)
    assert facts["Dibandingkan dengan"].startswith("R-2025-05-21")
    assert any("Data contoh (rekaan)" in text for text in texts)
    led = {cell.value: cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink}
    assert led == {sheet.title: f"'{sheet.title}'!A1" for sheet in book.worksheets[1:]}


def test_the_whole_is_on_one_sheet(book, meeting):
    """Quota, used, issued and their rates, each with its unit."""
    shown = {row[0]: row[1:3] for row in book["Ringkasan"].iter_rows(min_row=HEAD + 1, values_only=True)}
    assert shown["Kuota"][0] == 1000
    assert shown["Dimanfaatkan"] == (320, "pengajuan")
    assert shown["Serapan kuota"] == (0.32, "%")
    assert shown["Terbit terhadap dimanfaatkan"][0] == pytest.approx(58 / 320)
    assert shown["Tenggat"][0] == pd.Timestamp("2025-05-31")


def test_charts_read_the_cells_beside_them(content, book):
    """Each native chart's series is a column of its sheet's table, under its header, without the total."""
    drawn = {}
    with zipfile.ZipFile(BytesIO(content)) as package:
        for name in package.namelist():
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                for series in etree.fromstring(package.read(name)).iter(f"{C}ser"):
                    named, _, values = (node.text for node in series.iter(f"{C}f"))
                    sheet, cells = values.replace("$", "").rsplit("!", 1)
                    drawn.setdefault(sheet.strip("'"), []).append((named.rsplit("!", 1)[1].replace("$", ""), cells))
    assert {"Kabupaten-kota", "LP3H", "Corong", "Menunggu", "Kurva S", "Kendala"} <= set(drawn)
    for sheet, series in drawn.items():
        for named, cells in series:
            left, top, right, bottom = map(int, range_boundaries(cells))  # type: ignore[arg-type]
            assert left == right
            assert named == f"{book[sheet].cell(HEAD, left).coordinate}"
            assert top == HEAD + 1
            body = [book[sheet].cell(row, 1).value for row in range(top, bottom + 1)]
            assert None not in body
            assert "Jumlah" not in body
            assert book[sheet].cell(bottom + 1, 1).value in (None, "Jumlah")


def test_the_same_set_is_the_same_bytes(content, folder):
    """Whoever makes it, whenever: nothing in it comes from the clock."""
    assert workbook(opened(folder).meeting(ID)) == content


def test_later_uploads_move_nothing(content, folder, tmp_path):
    """A set is frozen: what is uploaded and undone afterwards does not reach its workbook."""
    shutil.copytree(folder, tmp_path / "store")
    store = opened(tmp_path / "store")
    head = b"No Daftar;Nama Pelaku Usaha;Kab/Kota;LP3H;Status;Tanggal Pengajuan\n"
    late = head + b"SH2025-9-9999999;Warung Baru;Kota Bontang;LP3H UINSI Samarinda;OF10;01/06/2025\n"
    assert len(read_upload(late, filename="susulan.csv").frame) == 1
    store.commit(read_upload(late, filename="susulan.csv"), by="Rina")
    store.undo(store.history()["upload_id"].iloc[0], by="Rina", reason="Keliru")
    assert workbook(opened(tmp_path / "store").meeting(ID)) == content


def test_nobody_is_named(content, meeting):
    """No owner, phone, address or NIK of any application is anywhere in the file."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        text = "\n".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
    for column in PERSONAL_COLUMNS:
        known = meeting.tables.applications[column].dropna().unique()
        assert len(known) > 50
        assert [value for value in known if len(value) > 5 and value in text] == []
    assert re.findall(r"\b99\d{14}\b", text) == []


def test_notes_stay_text_and_tell_no_phone(tmp_path):
    """A note that begins like a formula is text; a phone number somebody typed is hidden."""
    store = opened(tmp_path / "store")
    meeting = store.freeze(title="Rakor & =1+1", date="2025-06-04 09:00", by="Rina")
    said = {"problem": "=1+1", "action": "Hubungi 0812-3456-7890", "status": "todo"}
    store.note("action", said, by="Rina", meeting=meeting.id)
    sheet = openpyxl.load_workbook(BytesIO(workbook(store.meeting(meeting.id))))["Tindak lanjut"]
    assert (sheet.cell(HEAD + 1, 1).value, sheet.cell(HEAD + 1, 1).data_type) == ("=1+1", "s")
    assert sheet.cell(HEAD + 1, 2).value == "Hubungi ••••••"
    assert rows(sheet)["Status"].tolist() == ["Belum"]


def test_a_first_meeting_without_data(tmp_path):
    """It has a workbook too: heads without rows, nothing to compare with, and nothing that reads nan or None."""
    store = opened(tmp_path / "store")
    meeting = store.freeze(title="Rapat pertama", date="2025-06-04 09:00", by="Rina")
    book = openpyxl.load_workbook(BytesIO(workbook(meeting)))
    assert not [name for name in book.sheetnames if name.startswith(("Sejak", "Perubahan"))]
    assert book["Kendala"].cell(HEAD + 1, 1).value == "Belum ada catatan untuk lembar ini."
    texts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [text for text in texts if re.search(r"\b(nan|None|NaT)\b", text)] == []


def test_a_wide_sheet_is_printed_on_pages_beside_each_other(book):
    """The matrix of actions would be too small on one; its first column is on each, and a narrow sheet is on one."""
    wide, narrow = book["Tindak lanjut"], book["Corong"]
    assert wide.page_setup.fitToWidth == 2
    assert wide.print_title_cols == "$A:$A"
    assert narrow.page_setup.fitToWidth in (None, 1)
    assert narrow.print_title_cols is None
