"""Which sheets of a file are read, and where the header of each is."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from halal_metrics.sheets.upload import SheetRecord, Upload
from halal_ui.upload.controlled import choose, controlled
from halal_ui.upload.item import Item, first_rows
from halal_ui.upload.remembered import sheets_read
from halal_ui.upload.understood import plain

MOST: Final = 15
"""Sheets offered one by one."""


def sheets(item: Item, upload: Upload) -> None:
    names = [record.name for record in upload.sheets]
    if len(names) > 1:
        controlled(
            f"{item.key}-lembar-dipilih",
            list(item.choices.sheets or [record.name for record in sheets_read(upload)]),
            lambda chosen: choose(item, item.choices.with_sheets(tuple(chosen) or None)),
            lambda key, changed: st.multiselect(
                "Lembar yang dibaca", names, key=key, on_change=changed, placeholder="Semua lembar yang tampak"
            ),
        )
    for record in upload.sheets[:MOST]:
        _sheet(item, record)
    if st.toggle("Tampilkan baris-baris pertama", key=f"{item.key}-awal-lembar"):
        for name, rows in list(first_rows(item).items())[:MOST]:
            st.html(f'<p class="part">{escape(name)}</p>{grid(rows)}')


def _sheet(item: Item, record: SheetRecord) -> None:
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    with left:
        header_row(item, record.name, record.header_row)
    with right:
        hidden = "tersembunyi; " if record.hidden else ""
        why = record.why or f"{len(record.mapping)} kolom dipakai, {record.read} baris dibaca."
        st.html(f'<p class="quiet">{escape(hidden + why)}</p>')


def header_row(item: Item, sheet: str, row: int | None) -> None:
    controlled(
        f"{item.key}-baris-{sheet}",
        item.choices.header_rows.get(sheet, row),
        lambda chosen: chosen and choose(item, item.choices.withheader_row(sheet, int(chosen))),
        lambda key, changed: st.number_input(
            f"Baris judul, lembar {plain(sheet)}", 1, 1_048_576, None, 1, key=key, on_change=changed,
            placeholder="belum ditemukan",
        ),
    )  # fmt: skip


def grid(rows: Sequence[Sequence[str]]) -> str:
    """The first rows as they lie there, numbered as the spreadsheet program numbers them."""
    wide = min(max((len(row) for row in rows), default=0), 40)
    body = "".join(
        f'<tr><th scope="row">{number}</th>{"".join(f"<td>{escape(cell[:60])}</td>" for cell in row[:wide])}</tr>'
        for number, row in enumerate(rows, start=1)
    )
    return f'<div class="ph-table" role="region" aria-label="Baris pertama" tabindex="0"><table>{body}</table></div>'
