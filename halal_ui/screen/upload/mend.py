"""Cells mended in place: rows that were rejected, cells that were warned of, and what was mended already."""

from html import escape
from textwrap import wrap
from typing import Any, Final

import pandas as pd
import streamlit as st

from halal_metrics.sheets import Upload
from halal_ui.intake import corrections, problems
from halal_ui.intake.dry_run import Check
from halal_ui.intake.item import UploadItem
from halal_ui.intake.reading import mend
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count

MOST_CELLS: Final = 200
MOST_ROWS: Final = 50
MOST_NAMED: Final = 40

WHY: Final = 420
"""Width in pixels of the column that says why: beside what is mended it is in sight on a laptop's screen."""
_WRAPS: Final = 77
"""Least height in pixels of rows in which an editor wraps: over 4 rem, of the 19 px that one has on a wide screen."""
_LETTER, _LINE, _ROW = 6.6, 19, 35  # pixels of the editor's font and of a row of one line

# The editor's own buttons speak English, and what they do stands below the table. On a phone its columns do not fit
# beside each other, and why stands above it.
STYLE: Final = """<style>[data-testid="stDataFrame"] [data-testid="stElementToolbar"]{display:none}
.whys{display:none;margin:.2rem 0;padding-left:1.2rem;font-size:.95rem;color:var(--ink);overflow-wrap:anywhere}
@media (max-width:640px){.whys{display:block}}</style>"""


def mended(item: UploadItem) -> None:
    """The cells that were mended, each to be taken back."""
    made = item.choices.corrections
    if not made:
        return
    names = dict(zip(corrections.listed(made), made, strict=True))
    if len(names) > MOST_NAMED:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="told">✎ {fmt_count(len(names))} sel diperbaiki di sini.</p>', width="content")
            st.button(
                "Kembalikan semua",
                on_click=_revert,
                args=(item, set(made)),
                key=f"{item.key}-asli",
                disabled=item.frozen,
            )
        return
    key = f"{item.key}-diperbaiki"
    st.session_state[key] = list(names)
    st.multiselect(
        f"✎ Sel yang diperbaiki di sini ({len(names)}); hapus satu untuk kembali ke isi berkas",
        list(names),
        key=key,
        on_change=lambda: _revert(item, {names[name] for name in set(names) - set(st.session_state[key])}),
        placeholder="Semua dikembalikan",
        disabled=item.frozen,
    )


def _revert(item: UploadItem, cells: set) -> None:
    item.choices = item.choices.without_corrections(cells)


def editors(item: UploadItem, upload: Upload, _: Check) -> None:
    """The rows that were rejected and the cells that were warned of, to be mended; and the button that checks them."""
    st.html(STYLE)
    st.caption(
        "Sel di sini tampil apa adanya agar dapat dicocokkan dengan berkas asal; di tabel lain nama pemilik, nomor HP "
        "dan alamat disamarkan. Kolom berisi banyak baris dapat ditempel sekaligus dari Excel."
    )
    if len(upload.rejected):
        _rejected_editor(item, upload)
    _cell_editor(item, upload)
    with st.container(horizontal=True, vertical_alignment="center"):
        waiting = len(item.pending)
        st.button(
            f"Periksa lagi ({fmt_count(waiting)})" if waiting else "Periksa lagi",
            on_click=mend,
            args=(item,),
            key=f"{item.key}-periksa-lagi",
            disabled=not waiting,
            type="primary" if waiting else "secondary",
            icon=":material/refresh:",
        )
        if waiting:
            st.html(f'<p class="quiet">{waiting} sel diubah, belum diperiksa.</p>', width="content")


def _rejected_editor(item: UploadItem, upload: Upload) -> None:
    shown = item.once("baris ditolak", lambda: corrections.rejected(upload).head(MOST_ROWS))
    where = ["source_sheet", "source_row", "reason"]
    st.html(
        '<p class="part">Baris yang ditolak</p><p class="quiet">Ubah selnya di sini, atau biarkan: baris ini '
        f"dikembalikan kepada pengirim setelah disimpan.{_first(len(upload.rejected), MOST_ROWS)}</p>"
    )
    _whys("Baris " + shown["source_row"].astype("str"), shown["reason"])
    key = f"{item.key}-tolak-{item.reading}"
    st.data_editor(
        _with_pending(item, shown),
        key=key,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=item.frozen or where,
        column_config={
            "source_sheet": st.column_config.TextColumn("Lembar", width="small"),
            "source_row": st.column_config.NumberColumn("Baris", format="%d", width="small"),
            "reason": st.column_config.TextColumn(uploads.WHY_REJECTED, width=WHY),
        },
        row_height=row_height(shown["reason"]),
        on_change=lambda: _type(item, corrections.retyped(shown, _edits(key)), set()),
    )


def _with_pending(item: UploadItem, shown: Any) -> Any:
    """The rows with what was typed and not checked yet: the editor's own memory ends when the page is left."""
    if not item.pending:
        return shown
    shown = shown.copy()
    for place, cell in enumerate(zip(shown["source_sheet"], shown["source_row"], strict=True)):
        for (sheet, row, header), text in item.pending.items():
            if (sheet, row) == cell and header in shown:
                shown.iloc[place, shown.columns.get_loc(header)] = text
    return shown


def _cell_editor(item: UploadItem, upload: Upload) -> None:
    warned = problems.filtered(upload.problems, severities=["warning"])
    warned = warned.loc[warned["row"].notna()]
    if warned.empty:
        return
    st.html('<p class="part">Sel yang mohon diperiksa</p>')
    kinds = warned["code"].value_counts()
    codes = []
    if len(kinds) > 1:
        codes = st.multiselect(
            "Jenis", list(kinds.index), key=f"{item.key}-jenis-sel", placeholder="Semua jenis",
            format_func=lambda code: f"{uploads.kind(code)} ({fmt_count(kinds[code])})",
        )  # fmt: skip
    lacking = item.once("tanpa sel", lambda: corrections.without_cell(upload, warned))
    told = problems.filtered(warned.drop(lacking.index), codes=codes)
    shown = item.once(f"sel {codes}", lambda: corrections.cells(upload, told.head(MOST_CELLS)).head(MOST_CELLS))
    for column, count in lacking.map(uploads.column).value_counts().items():
        st.html(
            f'<p class="told">{fmt_count(count)} baris tidak dapat diperbaiki di sini, karena berkas ini tidak punya '
            f"kolom {escape(str(column))}: tambahkan kolom itu di berkasnya lalu jatuhkan lagi, atau minta kepada "
            "pengirim. Barisnya tetap dapat disimpan.</p>"
        )
    if told.empty or shown.empty:  # what is said of a whole row or of two sheets has no cell to type into
        if len(told):
            st.html('<p class="told">Peringatannya tidak menyangkut satu sel saja: lihat “Semua masalah”.</p>')
        return
    st.html(
        '<p class="quiet">Barisnya tetap diterima. Tulis isi yang benar di '
        f"kolom Perbaikan; “-” berarti kosong.{_first(len(told), min(len(told), MOST_CELLS))}</p>"
    )
    _whys("Baris " + shown["row"].astype("str") + " · " + shown["header"], shown["message"])
    key = f"{item.key}-sel-{item.reading}-{'-'.join(codes)}"
    waiting = [item.pending.get(cell, "") for cell in zip(shown["sheet"], shown["row"], shown["header"], strict=True)]
    st.data_editor(
        shown.assign(mended=waiting),
        key=key,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        column_order=["row", "header", "value", "mended", "message", "name", "sheet"],
        disabled=item.frozen or [name for name in shown if name != corrections.MENDED],
        column_config={
            "sheet": st.column_config.TextColumn("Lembar", width="small"),
            "row": st.column_config.NumberColumn("Baris", format="%d", width=55),
            "header": st.column_config.TextColumn("Kolom", width=85),
            "name": st.column_config.TextColumn("Usaha"),
            "value": st.column_config.TextColumn("Sekarang", width=90),
            corrections.MENDED: st.column_config.TextColumn("Perbaikan", width=110),  # in sight on a phone
            "message": st.column_config.TextColumn(problems.PROBLEM_COLUMNS["message"].header, width=WHY),
        },
        row_height=row_height(shown["message"]),
        on_change=lambda: _type(item, corrections.typed(shown, _edits(key)), corrections.emptied(shown, _edits(key))),
    )


def row_height(texts: pd.Series) -> int:
    """
    Of the rows of an editor, in pixels, so that the longest of these texts is read whole: an editor has one height for
    all of its rows, and wraps what is in them.

    >>> row_height(pd.Series(["NIB kosong."])), row_height(pd.Series(["kata " * 30]))
    (35, 77)
    """
    lines = texts.dropna().map(lambda text: len(wrap(text, int(WHY / _LETTER))))
    most = int(lines.max()) if len(lines) else 1
    return _ROW if most <= 1 else max(_ROW + _LINE * (most - 1), _WRAPS)


def _whys(where: pd.Series, texts: pd.Series) -> None:
    """Why, row by row, where the screen is too narrow for the column that says it."""
    told = "".join(
        f"<li>{escape(str(place))}: {escape(str(text))}</li>" for place, text in zip(where, texts, strict=True)
    )
    st.html(f'<ul class="whys">{told}</ul>')


def to_mend(item: UploadItem, upload: Upload) -> int:
    """How many lines the editors have: rows rejected, and cells warned of, each once; of very many, the warnings."""
    warned = problems.filtered(upload.problems, severities=["warning"])
    warned = warned.loc[warned["row"].notna()]
    if len(warned) > MOST_CELLS:
        return len(upload.rejected) + len(warned.drop_duplicates(["sheet", "row", "column"]))
    return len(upload.rejected) + item.once("jumlah sel", lambda: len(corrections.cells(upload, warned)))


def _edits(key: str) -> dict[int, dict[str, Any]]:
    return st.session_state[key]["edited_rows"]


def _type(item: UploadItem, cells: dict, emptied: set) -> None:
    """What was typed waits until it is checked, also when the page is left meanwhile."""
    item.pending = {cell: text for cell, text in item.pending.items() if cell not in emptied} | cells


def _first(all_of_them: int, shown: int) -> str:
    if all_of_them <= shown:
        return ""
    return f" Ditampilkan {fmt_count(shown)} yang pertama; sesudah diperiksa lagi, berikutnya menyusul."
