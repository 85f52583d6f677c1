"""
Rows that were taken with a cell in doubt (a damaged NIB, an impossible date), for the sender to look at.

They stand on a sheet of their own beside the rejected ones and read like any register: mended there and sent again,
the values that were missing are filled in.
"""

import re
from typing import Any, Final

import pandas as pd
from xlsxwriter.workbook import Workbook

from halal_metrics.contradictions import REPORTED
from halal_metrics.formula_injection import STARTS
from halal_metrics.schema import SOURCE
from halal_metrics.sheets import Upload
from halal_metrics.sheets.headings import headers
from halal_store import StoredUpload
from halal_ui.exports.narrowed import WIDTH, on_a_page
from halal_ui.exports.sender_workbook import SHADE, harmless
from halal_ui.exports.worksheet import LINE, height, one_page_wide

SHEET: Final = "Mohon diperiksa"
"""Name of the sheet."""

WHAT: Final = "Yang perlu diperiksa"
"""Head of its last column."""

_ROW: Final = re.compile(r"^Baris \d+ ?")
_WIDTHS: Final = (10, 32)
_ROWS: Final = 100_000  # more is looked through by nobody


def doubtful(upload: Upload | StoredUpload) -> pd.DataFrame:
    """
    The warnings about cells of accepted rows: `sheet, row, column, code, value, message, place`, in order of the rows;
    `place` is that of the row in the frame.
    """
    told = upload.problems
    told = told[(told["severity"] == "warning") & told["row"].notna()]
    where = {"source_sheet": "sheet", "source_row": "row"}
    rows = upload.frame[list(where)].rename(columns=where).assign(place=range(len(upload.frame)))
    found = told.astype({"row": "int64"}).merge(rows, on=["sheet", "row"])
    return found.sort_values(["place"], kind="stable", ignore_index=True)


def in_one(found: pd.DataFrame) -> dict[int, str]:
    """
    Row number → everything there is to look at in it.

    >>> told = ["Baris 7 kolom NIB: rusak.", "Baris 7 kolom Status: kosong.", "Baris 9: periksa."]
    >>> in_one(pd.DataFrame({"row": [7, 7, 9], "message": told}))
    {7: 'Baris 7 kolom NIB: rusak.\\nKolom Status: kosong.', 9: 'Baris 9: periksa.'}
    """
    notes: dict[int, str] = {}
    for row, message in zip(found["row"].tolist(), found["message"], strict=True):
        rest = _ROW.sub("", message).lstrip(": ")
        notes[row] = f"{notes[row]}\n{rest[:1].upper()}{rest[1:]}" if row in notes else message
    return notes


def write_sheet(book: Workbook, name: str, upload: Upload, found: pd.DataFrame) -> None:
    """The rows under the headers of our templates, all as text; a cell in doubt as it was written, and shaded."""
    sheet = book.add_worksheet(name)
    text = {"num_format": "@", "valign": "top", "text_wrap": True}
    formats = {
        (doubt, formula): book.add_format(
            text | ({"bg_color": f"#{SHADE}"} if doubt else {}) | ({"quote_prefix": True} if formula else {})
        )
        for doubt in (False, True) for formula in (False, True)
    }  # fmt: skip
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    shaded = book.add_format({"bold": True, "valign": "top", "bg_color": f"#{SHADE}"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    found = found.head(_ROWS)
    places = found["place"].drop_duplicates()
    rows = _written(upload.frame.iloc[places])
    raw = {
        (place, column): None if code in REPORTED else value
        for place, column, code, value in found[["place", "column", "code", "value"]].itertuples(index=False)
    }
    columns = [column for column in rows if rows[column].notna().to_numpy().any() or column in set(found["column"])]
    own = [max(_WIDTHS[0], len(headers.label(column)) + 2, _longest(rows[column])) for column in columns]
    widths = on_a_page([min(width, _WIDTHS[1]) for width in own])
    for at, (column, width) in enumerate(zip(columns, widths, strict=True)):
        sheet.set_column(at, at, width, formats[False, False])
        sheet.write_string(0, at, headers.label(column), bold)
    sheet.set_column(len(columns), len(columns), WIDTH)
    sheet.write_string(0, len(columns), WHAT, shaded)
    for line, (place, part) in enumerate(found.groupby("place", sort=False), start=1):
        for at, column in enumerate(columns):
            own, doubt = rows[column].iloc[line - 1], (place, column) in raw
            value = harmless(next((text for text in (raw.get((place, column)), own) if isinstance(text, str)), ""))
            write = sheet.write_string if value else sheet.write_blank
            write(line, at, value, formats[doubt, value.startswith(STARTS)])
        (note,) = in_one(part).values()
        sheet.write_string(line, len(columns), note, wrapped)
        shown = rows.iloc[line - 1][columns].fillna("").tolist()
        sheet.set_row(line, max(LINE, height([*shown, note], [*widths, WIDTH])))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    one_page_wide(sheet)


def _longest(texts: pd.Series) -> int:
    longest: Any = texts.str.len().max()
    return 0 if pd.isna(longest) else int(longest)


def _written(rows: pd.DataFrame) -> pd.DataFrame:
    """Every column as a sheet of ours would have it: days in digits, a status as the sender wrote it."""
    known = {name: rows[name] for name in rows if name not in SOURCE and name != "status_raw"}
    if "status" in known:
        known["status"] = rows["status_raw"].fillna(rows["status"])
    return pd.DataFrame(
        {
            name: values.dt.strftime("%d/%m/%Y") if values.dtype.kind == "M" else values.astype("str")
            for name, values in known.items()
        }
    ).replace("<NA>", None)
