"""Step 3, Periksa: a dry run. What is taken, what it changes, what is wrong, and cells mended in place."""

from typing import Any, Final

import streamlit as st

from halal_metrics.sheets import Upload
from halal_ui.formats import fmt_count
from halal_ui.tables import to_html
from halal_ui.upload import changes, mending, problems, words
from halal_ui.upload.item import Check, Item, mend, summed
from halal_ui.upload.lists import long_list
from halal_ui.upload.stepper import sum_in_words

VIEWS: Final = {
    "mend": "Perbaiki",
    "problems": "Semua masalah",
    "changed": "Berubah",
    "new": "Baru",
    "rejected": "Ditolak",
    "skipped": "Dilewati",
}

MOST_CELLS: Final = 200
MOST_ROWS: Final = 50
MOST_NAMED: Final = 40

# The editor's own buttons speak English, and what they do stands below the table.
STYLE: Final = '<style>[data-testid="stDataFrame"] [data-testid="stElementToolbar"]{display:none}</style>'


def check_step(item: Item, check: Check) -> None:
    """The result in three lines, what it consists of below."""
    upload = item.upload
    assert upload is not None
    rates = changes.rates_in_words(check.before, check.after)
    told = [
        f"<b>{sum_in_words(summed(upload))}</b> baris. Belum ada yang disimpan.",
        f"Terhadap yang sudah diketahui: {changes.counts_in_words(check.preview.counts, upload.table)}.",
        f"Bila disimpan: {rates}.",
    ]
    st.html("".join(f'<p class="told">{line}</p>' for line in told))
    if len(upload.sheets) > 1:
        with st.expander(f"Per lembar ({len(upload.sheets)})", icon=":material/table:", key=f"{item.key}-per-lembar"):
            _by_sheet(item, upload)
    _mended(item)
    amounts = _amounts(upload, check)
    views = [view for view, amount in amounts.items() if amount or view == "changed"]
    key = f"{item.key}-lihat"
    if st.session_state.get(key) not in views:
        st.session_state[key] = "mend" if "mend" in views else "changed"
    view = st.segmented_control(
        "Lihat",
        views,
        format_func=lambda one: f"{VIEWS[one]} ({fmt_count(amounts[one])})",
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    _DRAW[view or "changed"](item, upload, check)


def _amounts(upload: Upload, check: Check) -> dict[str, int]:
    warned = upload.problems["severity"].eq("warning") & upload.problems["row"].notna()
    return {
        "mend": int(warned.sum()) + len(upload.rejected),
        "problems": len(upload.problems),
        "changed": check.preview.counts["changed"],
        "new": check.preview.counts["new"],
        "rejected": len(upload.rejected),
        "skipped": len(upload.skipped),
    }


def _by_sheet(item: Item, upload: Upload) -> None:
    counts = problems.sheet_counts(upload)
    names = ["accepted", "rejected", "skipped", "read"]
    st.html(
        to_html(
            counts,
            caption="Diterima, ditolak dan dilewati berjumlah sama dengan yang dibaca",
            columns=problems.SHEET_COLUMNS,
            total={name: int(counts[name].sum()) for name in names},
        )
    )


def _mended(item: Item) -> None:
    """The cells that were mended, each to be taken back."""
    corrections = item.choices.corrections
    if not corrections:
        return
    names = dict(zip(mending.listed(corrections), corrections, strict=True))
    if len(names) > MOST_NAMED:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="told">✎ {fmt_count(len(names))} sel diperbaiki di sini.</p>', width="content")
            st.button("Kembalikan semua", on_click=_revert, args=(item, set(corrections)), key=f"{item.key}-asli")
        return
    key = f"{item.key}-diperbaiki"
    st.session_state[key] = list(names)
    st.multiselect(
        f"✎ Sel yang diperbaiki di sini ({len(names)}); hapus satu untuk kembali ke isi berkas",
        list(names),
        key=key,
        on_change=lambda: _revert(item, {names[name] for name in set(names) - set(st.session_state[key])}),
        placeholder="Semua dikembalikan",
    )


def _revert(item: Item, cells: set) -> None:
    item.choices = item.choices.without_corrections(cells)


def _mend(item: Item, upload: Upload, check: Check) -> None:
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


def _rejected_editor(item: Item, upload: Upload) -> None:
    shown = item.once("baris ditolak", lambda: mending.rejected(upload).head(MOST_ROWS))
    where = ["source_sheet", "source_row", "reason"]
    st.html(
        '<p class="part">Baris yang ditolak</p><p class="quiet">Ubah selnya di sini, atau biarkan: baris ini '
        f"dikembalikan kepada pengirim setelah disimpan.{_first(len(upload.rejected), MOST_ROWS)}</p>"
    )
    key = f"{item.key}-tolak-{item.reading}"
    st.data_editor(
        _with_pending(item, shown),
        key=key,
        hide_index=True,
        num_rows="fixed",
        disabled=where,
        column_config={
            "source_sheet": st.column_config.TextColumn("Lembar", width="small"),
            "source_row": st.column_config.NumberColumn("Baris", format="%d", width="small"),
            "reason": st.column_config.TextColumn("Alasan ditolak", width="large"),
        },
        on_change=lambda: _type(item, mending.retyped(shown, _edits(key)), set()),
    )


def _with_pending(item: Item, shown: Any) -> Any:
    """The rows with what was typed and not checked yet: the editor's own memory ends when the page is left."""
    if not item.pending:
        return shown
    shown = shown.copy()
    for place, cell in enumerate(zip(shown["source_sheet"], shown["source_row"], strict=True)):
        for (sheet, row, header), text in item.pending.items():
            if (sheet, row) == cell and header in shown:
                shown.iloc[place, shown.columns.get_loc(header)] = text
    return shown


def _cell_editor(item: Item, upload: Upload) -> None:
    told = problems.filtered(upload.problems, severities=["warning"])
    told = told[told["row"].notna()]
    shown = item.once("sel", lambda: mending.cells(upload, told.head(2 * MOST_CELLS)).head(MOST_CELLS))
    if shown.empty:
        return
    st.html(
        '<p class="part">Sel yang mohon diperiksa</p><p class="quiet">Barisnya tetap diterima. Tulis isi yang benar di '
        f"kolom Perbaikan; “-” berarti kosong.{_first(len(told), len(shown))}</p>"
    )
    key = f"{item.key}-sel-{item.reading}"
    waiting = [item.pending.get(cell, "") for cell in zip(shown["sheet"], shown["row"], shown["header"], strict=True)]
    st.data_editor(
        shown.assign(mended=waiting),
        key=key,
        hide_index=True,
        num_rows="fixed",
        column_order=["row", "header", "value", "mended", "message", "name", "sheet"],
        disabled=[name for name in shown if name != mending.MENDED],
        column_config={
            "sheet": st.column_config.TextColumn("Lembar", width="small"),
            "row": st.column_config.NumberColumn("Baris", format="%d", width="small"),
            "header": st.column_config.TextColumn("Kolom"),
            "name": st.column_config.TextColumn("Usaha"),
            "value": st.column_config.TextColumn("Sekarang"),
            mending.MENDED: st.column_config.TextColumn("✎ Perbaikan", width="medium"),
            "message": st.column_config.TextColumn("Apa yang dilakukan", width="large"),
        },
        on_change=lambda: _type(item, mending.typed(shown, _edits(key)), mending.emptied(shown, _edits(key))),
    )


def _edits(key: str) -> dict[int, dict[str, Any]]:
    return st.session_state[key]["edited_rows"]


def _type(item: Item, cells: dict, emptied: set) -> None:
    """What was typed waits until it is checked, also when the page is left meanwhile."""
    item.pending = {cell: text for cell, text in item.pending.items() if cell not in emptied} | cells


def _first(all_of_them: int, shown: int) -> str:
    if all_of_them <= shown:
        return ""
    return f" Ditampilkan {fmt_count(shown)} yang pertama; sesudah diperiksa lagi, berikutnya menyusul."


def _problems(item: Item, upload: Upload, check: Check) -> None:
    counts = problems.counts(upload.problems)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        severities = st.pills(
            "Tingkat",
            [severity for severity, count in counts.items() if count],
            selection_mode="multi",
            format_func=lambda one: f"{words.SEVERITY[one]} ({fmt_count(counts[one])})",
            key=f"{item.key}-tingkat",
        )
    with right:
        kinds = upload.problems["code"].value_counts()
        codes = st.multiselect(
            "Jenis",
            list(kinds.index),
            format_func=lambda code: f"{words.kind(code)} ({fmt_count(kinds[code])})",
            key=f"{item.key}-jenis",
            placeholder="Semua jenis",
        )
    chosen = f"masalah {severities} {codes}"
    table = item.once(
        chosen,
        lambda: problems.problem_table(problems.filtered(upload.problems, severities=severities, codes=codes)),
    )
    long_list(
        item, table, problems.PROBLEM_COLUMNS, caption="Masalah dan catatan", name="masalah", of=chosen,
        nothing="Tidak ada masalah.",
    )  # fmt: skip


def _changed(item: Item, upload: Upload, check: Check) -> None:
    table = item.once("berubah", lambda: changes.change_table(check.preview.changed, upload.table))
    long_list(
        item, table, changes.CHANGE_COLUMNS, caption="Sel yang berubah", name="berubah",
        nothing="Tidak ada yang berubah dari yang sudah diketahui.",
    )  # fmt: skip


def _new(item: Item, upload: Upload, check: Check) -> None:
    table = item.once("baru", lambda: changes.new_table(check.preview.new))
    long_list(item, table, changes.NEW_COLUMNS, caption="Yang baru", name="baru", nothing="Tidak ada yang baru.")


def _rejected(item: Item, upload: Upload, check: Check) -> None:
    table = item.once("ditolak", lambda: problems.rejected_table(upload.rejected))
    long_list(
        item, table, problems.REJECTED_COLUMNS, caption="Baris yang ditolak", name="ditolak",
        nothing="Tidak ada yang ditolak.",
    )  # fmt: skip


def _skipped(item: Item, upload: Upload, check: Check) -> None:
    table = item.once("dilewati", lambda: problems.skipped_table(upload.skipped))
    long_list(
        item, table, problems.SKIPPED_COLUMNS, caption="Baris yang dilewati", name="dilewati",
        nothing="Tidak ada yang dilewati.",
    )  # fmt: skip


_DRAW: Final = {
    "mend": _mend,
    "problems": _problems,
    "changed": _changed,
    "new": _new,
    "rejected": _rejected,
    "skipped": _skipped,
}
