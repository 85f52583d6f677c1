"""Tables on screen and to take away: the same values, in the office's words, and never a formula."""

import csv
from html.parser import HTMLParser
from io import BytesIO, StringIO

import numpy as np
import openpyxl
import pandas as pd
import pytest

from halal_ui.exports.table import to_csv, to_xlsx
from halal_ui.look.tables import SORT_SCRIPT, STYLE, to_html
from halal_ui.words.columns import COLUMNS, columns_for
from halal_ui.words.names import NO_DATA

CREATED = pd.Timestamp("2025-06-04 08:30").to_pydatetime()

GAPS = pd.DataFrame(
    {
        "kab_kota": ["Kabupaten Kutai Kartanegara", "Kota Bontang", None],
        "quota": [1000, 40, 0],
        "absorption_rate": [0.32, 1.025, np.nan],
        "gap": [-680.4, 2.0, 0.0],
        "gap_rate": [-0.6804, 0.05, np.nan],
        "pace_per_week": [31.5, -1.0, 0.0],
        "target_date": pd.to_datetime(["2025-05-31", "2025-12-31", None]),
        "days_left": pd.array([-4, 210, None], dtype="Int64"),
        "status": ["late", "on_track", "critical"],
    }
)
HEADERS = [
    "Kab/kota",
    "Kuota",
    "Serapan kuota (%)",
    "Selisih dari rencana",
    "Deviasi (poin)",
    "Laju per pekan",
    "Tenggat",
    "Sisa hari (hari kalender)",
    "Status",
]
HOSTILE = ["=1+1", "+62812", "-2+3", "@SUM(A1)", "\tx", '<b>a & "b"</b>', "a;b", "two\nlines", "Ka'bah"]


class Cells(HTMLParser):
    """The table as a browser takes it: rows of (tag, attributes, text)."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.depth, self.tags = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append([tag, dict(attrs), ""])

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1][2] += data

    def texts(self):
        return [[text for _, _, text in row] for row in self.rows]


def table(frame, **more):
    return Cells(to_html(frame, caption="Kabupaten/kota", **more))


def test_cells_on_screen():
    """Numbers, dates and names as the office writes them, the missing visible as missing."""
    assert [" | ".join(row) for row in table(GAPS).texts()] == [
        "Kab/kota | Kuota | Serapan kuota | Selisih dari rencana | Deviasi (poin) | Laju per pekan | Tenggat"
        " | Sisa hari | Status",
        "Kutai Kartanegara | 1.000 | 32,0% | −680 | −68,0 | 31,5 | 31 Mei 2025 | lewat 4 hari | ✕ Lewat tenggat",
        "Bontang | 40 | 102,5% | +2 | +5,0 | −1,0 | 31 Desember 2025 | 210 hari lagi | ● Sesuai rencana",
        "Belum dirinci | 0 | – | 0 | – | 0,0 | – | – | ▼ Kritis",
    ]


def test_a_table_says_its_structure():
    """Caption, heads of columns and rows, and how it is sorted are there for a screen reader."""
    cells = table(GAPS)
    assert "caption" in cells.tags
    head, first, *_ = cells.rows
    assert all(tag == "th" and attrs["scope"] == "col" and attrs["aria-sort"] == "none" for tag, attrs, _ in head)
    assert first[0][:2] == ["th", {"scope": "row", "data-sort": "Kutai Kartanegara"}]
    assert {tag for tag, _, _ in first[1:]} == {"td"}


def test_cells_are_sorted_by_value():
    """What a cell is sorted by is its value, dates as ISO, statuses from best to worst; missing is empty."""
    keys = [[attrs["data-sort"] for _, attrs, _ in row] for row in table(GAPS).rows[1:]]
    assert keys[0][1:] == ["1000", "0.32", "-680.4", "-0.6804", "31.5", "2025-05-31", "-4", "5"]
    assert keys[2] == ["", "0", "", "0.0", "", "0.0", "", "", "4"]


def test_a_bar_never_leaves_its_cell():
    """A rate above 1 fills its bar and no more; below 0 it is empty."""
    rates = pd.DataFrame({"lp3h": ["PWI Kaltim"] * 3, "absorption_rate": [1.025, -0.1, 0.32]})
    styles = [row[1][1]["style"] for row in table(rates).rows[1:]]
    assert styles == ["--share:1.000", "--share:0.000", "--share:0.320"]


def test_everything_is_escaped():
    """Nothing a sheet says becomes markup, neither in a cell nor in its caption, link or sort key."""
    names = pd.DataFrame({"lp3h": HOSTILE, "quota": 1})
    html = to_html(names, caption='<img src="x">', links=['/lp3h?a="><script>'] * len(names))
    cells = Cells(html)
    assert not {"b", "img", "script"} & set(cells.tags)
    assert [row[0][2] for row in cells.rows[1:]] == HOSTILE
    assert [row[0][1]["data-sort"] for row in cells.rows[1:]] == HOSTILE


def test_links_and_total():
    """A row's head can lead somewhere; the last row is the whole, with what is known of it."""
    html = to_html(GAPS, caption="x", links=["/a?kab=1&b=2", "/b", ""], total={"quota": 1040, "gap": -678.4})
    assert 'href="/a?kab=1&amp;b=2"' in html
    assert html.count("<a ") == 2
    foot = Cells(html).texts()[-1]
    assert foot == ["Jumlah", "1.040", "", "−678", "", "", "", "", ""]


def test_an_empty_table():
    """Without rows the heads stay and one sentence says so."""
    texts = table(GAPS.iloc[:0]).texts()
    assert len(texts[0]) == len(GAPS.columns)
    assert texts[1] == [NO_DATA]


def test_one_row_has_nothing_to_sort():
    """A single row has plain heads."""
    assert "button" not in table(GAPS.head(1)).tags
    assert table(GAPS).tags.count("button") == len(GAPS.columns)


def test_a_column_without_a_header_is_an_error():
    """An English name must not reach a reader."""
    for render in (to_csv, lambda frame: to_html(frame, caption="x")):
        with pytest.raises(KeyError, match="no Indonesian header"):
            render(pd.DataFrame({"surprise": [1]}))


def test_headers_follow_the_measure_and_the_metric():
    """The same column is certificates in one table and applications in another."""
    assert columns_for(measure="issued")["done"].header == "Terbit"
    assert columns_for(measure="submitted")["done"].header == "Dimanfaatkan"
    assert columns_for("trend")["used"].header == "Dimanfaatkan 4 pekan terakhir"
    assert columns_for("changes_since")["left"].header == "Keluar"
    assert columns_for("reconcile")["left"].header == "Sudah keluar"


def test_columns_of_no_metric_in_particular():
    """What a table reads by where it names no metric, and with a few headers of its own."""
    assert dict(COLUMNS) == columns_for()
    own = COLUMNS | {"used": COLUMNS["issued"]}
    assert [own["used"], own["quota"], len(own)] == [COLUMNS["issued"], COLUMNS["quota"], len(COLUMNS)]


def test_style_and_script_pass_a_sanitiser():
    """Streamlit's sanitiser drops a style or script that holds what could be a tag; both colours are there."""
    for text, tag in ((STYLE, "style"), (SORT_SCRIPT, "script")):
        inner = text.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>")
        assert len(inner) == len(text) - len(f"<{tag}></{tag}>")
        assert "<" not in inner
    assert "light-dark(#17212b, #eef2f6)" in STYLE


def read_csv(frame, **more):
    raw = to_csv(frame, **more)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_has_headers_with_units_and_official_names():
    """Indonesian headers, full names, day-first dates, decimal commas; empty where missing."""
    assert [" | ".join(row) for row in read_csv(GAPS)[1:]] == [
        "Kabupaten Kutai Kartanegara | 1000 | 32 | -680,4 | -68,04 | 31,5 | 31/05/2025 | -4 | Lewat tenggat",
        "Kota Bontang | 40 | 102,5 | 2 | 5 | -1 | 31/12/2025 | 210 | Sesuai rencana",
        "Belum dirinci | 0 |  | 0 |  | 0 |  |  | Kritis",
    ]
    assert read_csv(GAPS)[0] == HEADERS


def test_csv_values_come_back():
    """What is read back is what was written, to six decimals; nothing is turned into a power of ten."""
    values = [0.0, -0.0, 1e-9, 1 / 3, 123456789012.5, -(10**9)]
    gaps = pd.DataFrame({"lp3h": "PWI Kaltim", "gap": values})
    cells = [row[1] for row in read_csv(gaps)[1:]]
    assert cells == ["0", "0", "0", "0,333333", "123456789012,5", "-1000000000"]


def test_csv_runs_no_formula():
    """Text that begins like a formula gets an apostrophe; numbers keep their minus, other text is untouched."""
    names = [row[0] for row in read_csv(pd.DataFrame({"p3h": HOSTILE, "gap": -1.0}))[1:]]
    assert names == [f"'{name}" if name[0] in "=+-@\t" else name for name in HOSTILE]


def workbook(frame, **more):
    raw = to_xlsx(frame, title="Kabupaten/kota", created=CREATED, **more)
    return openpyxl.load_workbook(BytesIO(raw))


def test_xlsx_cells_are_typed():
    """Numbers are numbers, dates dates, percentages fractions shown as %, names official; missing is empty."""
    sheet = workbook(GAPS)["Data"]
    header, *rows = sheet.iter_rows(values_only=True)
    assert list(header) == HEADERS
    assert list(rows[0]) == [
        "Kabupaten Kutai Kartanegara", 1000, 0.32, -680.4, pytest.approx(-68.04), 31.5,
        pd.Timestamp("2025-05-31"), -4, "Lewat tenggat",
    ]  # fmt: skip
    assert list(rows[2]) == ["Belum dirinci", 0, None, 0, None, 0, None, None, "Kritis"]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats[1:3] == ["[$-421]#,##0", "[$-421]0.0%"]
    assert formats[6] == "[$-421]dd mmm yyyy"
    assert sheet["G2"].is_date
    assert not sheet["B2"].is_date


def test_xlsx_can_be_worked_with():
    """The head stays in sight and filters; a column is wide enough for what is in it."""
    sheet = workbook(GAPS)["Data"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:I4"
    assert sheet.column_dimensions["A"].width >= len("Kabupaten Penajam Paser Utara")


def test_xlsx_explains_itself():
    """The second sheet has the title, what is looked at and the meaning of the columns."""
    notes = ["per 4 Juni 2025 · semua kabupaten/kota", "Data terbaru per 4 Juni 2025, dari 14 berkas."]
    sheet = workbook(GAPS, notes=notes, metrics=("absorption", "deadline_gaps"))["Keterangan"]
    cells = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in cells[:3]] == ["Kabupaten/kota", *notes]
    assert list(cells[4]) == ["Kolom", "Arti", "Rumus", "Aturan", "Sumber"]
    explained = {row[0]: row for row in cells[5:]}
    assert explained["Serapan kuota (%)"][2] == "dimanfaatkan ÷ kuota"
    assert set(explained) == {header for header in HEADERS if header != "Kab/kota"}


def test_xlsx_runs_no_formula():
    """Text stays text, whatever it begins with, in names, title and notes."""
    book = workbook(pd.DataFrame({"p3h": HOSTILE, "quota": 1}), notes=["=1+1"])
    assert [cell.value for cell in book["Data"]["A"]][1:] == HOSTILE
    assert all(cell.data_type == "s" for cell in book["Data"]["A"])
    assert book["Keterangan"]["A2"].data_type == "s"


def test_xlsx_is_the_same_bytes_each_time():
    """The moment of making is an argument, not the clock."""
    assert to_xlsx(GAPS, title="x", created=CREATED) == to_xlsx(GAPS, title="x", created=CREATED)


def test_exports_without_rows():
    """Nothing to export is a file with its heads."""
    assert read_csv(GAPS.iloc[:0]) == [HEADERS]
    sheet = workbook(GAPS.iloc[:0])["Data"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [HEADERS]


def test_a_day_no_spreadsheet_knows_is_written_out():
    """Dates before 1900 or past 9999 are text, and the file still opens."""
    dates = pd.Series(["1899-12-31", "9999-12-31"]).astype("datetime64[us]")
    sheet = workbook(pd.DataFrame({"lp3h": "PWI Kaltim", "target_date": dates}))["Data"]
    assert [sheet["B2"].value, sheet["B3"].value] == ["31/12/1899", pd.Timestamp("9999-12-31")]


@pytest.mark.parametrize("dtype", ["object", "category", "string[pyarrow]"])
def test_any_text_dtype(dtype):
    """A frame's text may be of any dtype, and so may what is missing in it."""
    frame = GAPS.astype({"kab_kota": dtype, "status": dtype})
    assert read_csv(frame) == read_csv(GAPS)
    assert to_html(frame, caption="x") == to_html(GAPS, caption="x")
    assert to_xlsx(frame, title="x", created=CREATED) == to_xlsx(GAPS, title="x", created=CREATED)
