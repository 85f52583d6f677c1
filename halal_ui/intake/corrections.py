"""Cells that can be mended where they are: which, what stands there now, and what a person typed instead."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from halal_metrics.schema import STAGE_DATES, STAGES
from halal_metrics.sheets import Upload
from halal_ui.intake.choices import Cell
from halal_ui.intake.saved_mappings import sheets_read
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_date_digits, is_missing

MENDED: Final = "mended"
"""The column a person types into."""

WIDEST: Final = 40
"""Columns of a rejected row that are offered."""

TOGETHER: Final = {
    "issued_without_certificate": ("certificate_number", "status"),
    "certificate_not_issued": ("status", "certificate_number"),
    "dates_out_of_order": STAGE_DATES,
    "recap_not_falling": STAGES,
}
"""Kind of problem → the columns that contradict each other, any of which may be the wrong one."""

ASKS_FOR: Final = {"issued_without_certificate": "certificate_number"}
"""Kind of problem → the column its message asks to fill: without that one there is nothing to mend in the others."""

_AS_WRITTEN: Final = {"status": "status_raw"}
"""Column → the one that has it in the sender's own words."""

_CELL: Final = ["sheet", "row", "header"]


def cells(upload: Upload, problems: pd.DataFrame) -> pd.DataFrame:
    """
    The cells of rows that were taken, of which there is a warning: `sheet, row, header, name, value, message, mended`.

    `name`: whose row it is; `value`: what was read or, where it was not taken, what stands there; `mended` is empty.
    One line a cell, however many problems it has; a problem of a whole column or of a column the sheet lacks has none:
    what is to be written there would be written into another (see ASKS_FOR), and the others' messages say so.
    `problems`: those to look at, of `upload.problems`.
    """
    rows = problems[problems["row"].notna() & problems["severity"].isin(["error", "warning"])]
    found = _with_headers(upload, rows)
    found = found[found["header"].notna()].drop_duplicates(_CELL).astype({"row": "int64"})
    frame = upload.frame.rename(columns={"source_sheet": "sheet", "source_row": "row"})
    whose = frame[["sheet", "row"]].assign(name=_whose(frame))
    found = found.merge(whose.drop_duplicates(["sheet", "row"]), on=["sheet", "row"], how="inner")
    own = found["code"].isin(list(TOGETHER))
    found["value"] = found["value"].where(~own, _now(found, frame))
    message = found["message"].str.replace(r"^Baris \d+(?: kolom .*?)?: ", "", regex=True)
    other = found["asked"].notna() & (found["column"] != found["asked"])
    message = message.mask(other, "Ubah hanya bila isi kolom ini yang keliru: " + message)
    found["message"] = message.str.slice(0, 1).str.upper() + message.str.slice(1)
    return found[[*_CELL, "name", "value", "message"]].assign(**{MENDED: ""}).reset_index(drop=True)


def without_cell(upload: Upload, problems: pd.DataFrame) -> pd.Series:
    """
    Of these problems those of a column that their sheet lacks, so that there is no cell to type into: index as in
    `problems`, the column of each. What is said of a whole row has no cell anyway.
    """
    rows = problems[problems["row"].notna() & problems["column"].notna()]
    has = _with_headers(upload, rows)["header"].notna().groupby(level=0).any()
    return rows.loc[~has, "column"]


def _with_headers(upload: Upload, rows: pd.DataFrame) -> pd.DataFrame:
    """The problems, one line for each column that may be the wrong one, with the `header` it has in the sheet."""
    together = rows["code"].map(TOGETHER)
    columns = together.where(together.notna(), rows["column"].map(lambda name: (name,)))
    rows = rows.assign(asked=rows["code"].map(ASKS_FOR), column=columns).explode("column")
    by_column = {
        (record.name, column): header for record in sheets_read(upload) for header, column in record.mapping.items()
    }
    known = {(record.name, header) for record in sheets_read(upload) for header in record.mapping}
    places = list(zip(rows["sheet"], rows["column"], strict=True))
    headers = [by_column.get(place, place[1] if place in known else None) for place in places]
    asked = zip(rows["sheet"], rows["asked"], strict=True)
    there = [pd.isna(column) or (sheet, column) in by_column for sheet, column in asked]
    return rows.assign(header=pd.Series(headers, rows.index, dtype="str").where(there))


def _whose(frame: pd.DataFrame) -> pd.Series:
    """What a person knows a row by: the business, else its number, else its place and institution."""
    name = pd.Series(None, frame.index, dtype="str")
    for column in ("business_name", "registration_number", "nib", "kab_kota", "lp3h"):
        if column in frame:
            name = name.fillna(frame[column])
    return name.fillna("")


def _now(found: pd.DataFrame, frame: pd.DataFrame) -> pd.Series:
    """What was read for each of these cells, as text."""
    if found.empty:
        return found["value"]
    rows = frame.drop_duplicates(["sheet", "row"]).set_index(["sheet", "row"])
    for column, written in _AS_WRITTEN.items():
        if column in rows and written in rows:
            rows[column] = rows[written].fillna(rows[column])
    looked_at = zip(found["sheet"], found["row"], found["column"], strict=True)
    texts = [
        _text(column, rows.at[(sheet, row), column]) if column in rows else None for sheet, row, column in looked_at
    ]
    return pd.Series(texts, found.index, dtype="str")


def _text(column: str, value: Any) -> str | None:
    if is_missing(value):
        return None
    return fmt_date_digits(value) if isinstance(value, pd.Timestamp) else uploads.value(column, value)


def typed(shown: pd.DataFrame, edits: Mapping[int, Mapping[str, Any]]) -> dict[Cell, str]:
    """
    What was typed into the table of `cells`, `edits` as the editor gives them: {position: {column: content}}.

    >>> shown = pd.DataFrame({"sheet": ["Mei"], "row": [41], "header": ["NIB"], "mended": [""]})
    >>> typed(shown, {0: {"mended": " 9900000000001 "}}), typed(shown, {0: {"mended": None}})
    ({('Mei', 41, 'NIB'): '9900000000001'}, {})

    A cell left empty keeps what the file says; to empty it on purpose, "-" is typed, which says that there is nothing.
    """
    said = {place: str(edit.get(MENDED) or "").strip() for place, edit in edits.items()}
    return {_cell(shown, place): text for place, text in said.items() if text and place < len(shown)}


def emptied(shown: pd.DataFrame, edits: Mapping[int, Mapping[str, Any]]) -> set[Cell]:
    """
    The cells of which what was typed was taken away again.

    >>> shown = pd.DataFrame({"sheet": ["Mei"], "row": [41], "header": ["NIB"], "mended": [""]})
    >>> emptied(shown, {0: {"mended": None}})
    {('Mei', 41, 'NIB')}
    """
    return {
        _cell(shown, place)
        for place, edit in edits.items()
        if place < len(shown) and MENDED in edit and not str(edit[MENDED] or "").strip()
    }


def _cell(shown: pd.DataFrame, place: int) -> Cell:
    sheet, row, header = (shown[name].iloc[place] for name in _CELL)
    return str(sheet), int(row), str(header)


def rejected(upload: Upload) -> pd.DataFrame:
    """
    The rows not taken, as they were written, with where they stood and why in front; every other cell is text. Of a
    very wide sheet the columns that are used, and as many others as can be looked at.
    """
    where = ["source_sheet", "source_row", "reason"]
    raw = [name for name in upload.rejected if name not in where]
    if len(raw) > WIDEST:
        used = {header for record in sheets_read(upload) for header in record.mapping}
        raw = [name for place, name in enumerate(raw) if name in used or place < WIDEST]
    return upload.rejected[[*where, *raw]]


def retyped(shown: pd.DataFrame, edits: Mapping[int, Mapping[str, Any]]) -> dict[Cell, str]:
    """
    What was typed into the table of `rejected`: any cell, also one emptied.

    >>> shown = pd.DataFrame({"source_sheet": ["Mei"], "source_row": [7], "reason": ["…"], "NIB": ["x"]})
    >>> retyped(shown, {0: {"NIB": "9900000000001"}})
    {('Mei', 7, 'NIB'): '9900000000001'}
    """
    return {
        (str(shown["source_sheet"].iloc[place]), int(shown["source_row"].iloc[place]), header): str(text or "").strip()
        for place, edit in edits.items()
        if place < len(shown)
        for header, text in edit.items()
    }


def listed(corrections: Mapping[Cell, str]) -> Sequence[str]:
    """
    The mended cells as they are named, in order.

    >>> listed({("Mei", 41, "NIB"): "9900000000001", ("Mei", 42, "Status"): ""})
    ['Mei baris 41 · NIB → 9900000000001', 'Mei baris 42 · Status → (dikosongkan)']
    """
    return [
        f"{sheet} baris {row} · {header} → {text or '(dikosongkan)'}"
        for (sheet, row, header), text in corrections.items()
    ]
