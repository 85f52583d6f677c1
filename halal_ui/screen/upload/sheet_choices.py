"""Which sheets of a file are read, and where the header of each is."""

from collections.abc import Sequence
from html import escape
from typing import Final

import streamlit as st

from halal_metrics.sheets.upload import SheetRecord, Upload
from halal_ui.intake.choices import Pair
from halal_ui.intake.first_rows import first_rows
from halal_ui.intake.item import UploadItem
from halal_ui.intake.saved_mappings import sheets_read
from halal_ui.intake.understood import plain
from halal_ui.screen.upload.controlled import choose, controlled
from halal_ui.words import masks

MOST: Final = 15
"""Sheets offered one by one."""
MOST_CELLS: Final = 30
"""Cells of a row that are shown."""
AS_READ: Final = "Biarkan seperti dibaca"


def between_sheets(item: UploadItem) -> None:
    """Of each two sheets that state one key differently: which one counts, asked or as it was answered."""
    for number, pair in enumerate(item.sheet_pairs[:MOST]):
        with st.container(border=True, key=f"{item.key}-dua-lembar-{number}"):
            mark = "✓" if pair.answered else ":orange[▲]"
            st.markdown(f"{mark} **{plain(pair.in_words)}**")
            for said in pair.examples:
                st.markdown(plain(said))
            with st.container(horizontal=True):
                for sheet in (*pair.sheets, *([None] if pair.free else [])):
                    st.button(
                        f"Pakai lembar {plain(sheet)}" if sheet else AS_READ,
                        key=f"{item.key}-lembar-{pair.sheets}-{sheet}", disabled=pair.answered and pair.chosen == sheet,
                        on_click=_between, args=(item, pair.sheets, sheet), type="secondary" if sheet else "tertiary",
                    )  # fmt: skip


def _between(item: UploadItem, sheets: Pair, taken: str | None) -> None:
    choose(item, item.choices.with_between(sheets, taken))


def sheets(item: UploadItem, upload: Upload) -> None:
    names = [record.name for record in upload.sheets]
    if len(names) > 1:
        controlled(
            f"{item.key}-lembar-dipilih",
            list(item.choices.sheets or [record.name for record in sheets_read(upload)]),
            lambda chosen: choose(item, item.choices.with_sheets(tuple(chosen) or None)),
            lambda key, changed: st.multiselect(
                "Lembar yang dibaca",
                names,
                key=key,
                on_change=changed,
                placeholder="Semua lembar yang tampak",
                disabled=item.frozen,
            ),
        )
    for record in upload.sheets[:MOST]:
        _sheet(item, record)
    if st.toggle("Tampilkan baris-baris pertama", key=f"{item.key}-awal-lembar"):
        heads = {record.name: record.header_row for record in upload.sheets}
        shown = item.once("baris pertama", lambda: first_rows(item.content, item.filename))
        for name, rows in list(shown.items())[:MOST]:
            st.html(f'<p class="part">{escape(name)}</p>{grid(rows, heads.get(name))}')


def _sheet(item: UploadItem, record: SheetRecord) -> None:
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    with left:
        header_row(item, record.name, record.header_row)
    with right:
        hidden = "tersembunyi; " if record.hidden else ""
        why = record.why or f"{len(record.mapping)} kolom dipakai, {record.read} baris dibaca."
        st.html(f'<p class="quiet">{escape(hidden + why)}</p>')


def header_row(item: UploadItem, sheet: str, row: int | None) -> None:
    controlled(
        f"{item.key}-baris-{sheet}",
        item.choices.header_rows.get(sheet, row),
        lambda chosen: chosen and choose(item, item.choices.with_header_row(sheet, int(chosen))),
        lambda key, changed: st.number_input(
            f"Baris judul, lembar {plain(sheet)}", 1, 1_048_576, None, 1, key=key, on_change=changed,
            placeholder="belum ditemukan", disabled=item.frozen,
        ),
    )  # fmt: skip


def grid(rows: Sequence[Sequence[str]], head: int | None = None) -> str:
    """
    The first rows as they lie there, numbered as the spreadsheet program numbers them; `head`: the header row. Long
    numbers are hidden, since a phone may be among them.
    """
    wide = min(max((len(row) for row in rows), default=0), MOST_CELLS)
    body = "".join(
        f"<tr{' class=head' if number == head else ''}><th scope=row>{number}</th>"
        f"{''.join(f'<td>{escape(masks.free_text(cell)[:60])}</td>' for cell in row[:wide])}</tr>"
        for number, row in enumerate(rows, start=1)
    )
    return f'<div class="peek" role="region" aria-label="Baris pertama" tabindex="0"><table>{body}</table></div>'
