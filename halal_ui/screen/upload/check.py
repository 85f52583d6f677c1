"""Step 3, Periksa: a dry run. What is taken, what it changes, what is wrong, and cells mended in place."""

from typing import Final

import streamlit as st

from halal_metrics.sheets import Upload
from halal_ui.intake import changes, problems
from halal_ui.intake.dry_run import Check
from halal_ui.intake.item import UploadItem
from halal_ui.intake.understood import summed
from halal_ui.look.tables import to_html
from halal_ui.screen.effect import effect_told
from halal_ui.screen.upload.lists import long_list
from halal_ui.screen.upload.mend import editors, mended, to_mend
from halal_ui.screen.upload.stepper import sum_in_words
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count

VIEWS: Final = {
    "mend": "Perbaiki",
    "problems": "Semua masalah",
    "changed": "Berubah",
    "new": "Baru",
    "rejected": "Ditolak",
    "skipped": "Dilewati",
}
OPENS: Final = ("mend", "changed", "new", "rejected", "skipped", "problems")
"""What is opened first: the first of these that has anything to show."""


def check_step(item: UploadItem, check: Check) -> None:
    """The result in three lines, what it consists of below."""
    upload = item.upload
    assert upload is not None
    rates = changes.rates_in_words(check.before, check.after)
    saved = "Sudah tersimpan" if item.settled else "Belum ada yang disimpan"
    told = [f"<b>{sum_in_words(summed(upload))}</b> baris. {saved}."]
    if not item.held:
        told += [
            f"Terhadap yang sudah diketahui: {changes.counts_in_words(check.preview.counts, upload.table)}.",
            f"{'Dengan menyimpannya' if item.frozen else 'Bila disimpan'}: {rates}.",
        ]
    st.html("".join(f'<p class="told">{line}</p>' for line in told))
    if not item.held:
        effect_told(check.effect)
    if len(upload.sheets) > 1:
        with st.expander(f"Per lembar ({len(upload.sheets)})", icon=":material/table:", key=f"{item.key}-per-lembar"):
            _by_sheet(item, upload)
    mended(item)
    amounts = _amounts(item, upload, check)
    views = [view for view, amount in amounts.items() if amount or view == "changed"]
    key = f"{item.key}-lihat"
    if st.session_state.get(key) not in views:
        st.session_state[key] = next((view for view in OPENS if amounts[view]), "changed")
    view = st.segmented_control(
        "Lihat",
        views,
        format_func=lambda one: f"{VIEWS[one]} ({fmt_count(amounts[one])})",
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    _DRAW[view or "changed"](item, upload, check)


def _amounts(item: UploadItem, upload: Upload, check: Check) -> dict[str, int]:
    return {
        "mend": 0 if item.held else to_mend(item, upload),
        "problems": len(upload.problems),
        "changed": check.preview.counts["changed"],
        "new": check.preview.counts["new"],
        "rejected": len(upload.rejected),
        "skipped": len(upload.skipped),
    }


def _by_sheet(item: UploadItem, upload: Upload) -> None:
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


def _problems(item: UploadItem, upload: Upload, check: Check) -> None:
    counts = problems.counts(upload.problems)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        severities = st.pills(
            "Tingkat",
            [severity for severity, count in counts.items() if count],
            selection_mode="multi",
            format_func=lambda one: f"{uploads.SEVERITY[one]} ({fmt_count(counts[one])})",
            key=f"{item.key}-tingkat",
        )
    with right:
        kinds = upload.problems["code"].value_counts()
        codes = st.multiselect(
            "Jenis",
            list(kinds.index),
            format_func=lambda code: f"{uploads.kind(code)} ({fmt_count(kinds[code])})",
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


def _changed(item: UploadItem, upload: Upload, check: Check) -> None:
    table = item.once("berubah", lambda: changes.change_table(check.preview.changed, upload.table))
    long_list(
        item, table, changes.CHANGE_COLUMNS, caption="Sel yang berubah", name="berubah",
        nothing="Tidak ada yang berubah dari yang sudah diketahui.",
    )  # fmt: skip


def _new(item: UploadItem, upload: Upload, check: Check) -> None:
    table = item.once("baru", lambda: changes.new_table(check.preview.new, check.effect.uncounted))
    long_list(item, table, changes.NEW_COLUMNS, caption="Yang baru", name="baru", nothing="Tidak ada yang baru.")


def _rejected(item: UploadItem, upload: Upload, check: Check) -> None:
    table = item.once("ditolak", lambda: problems.rejected_table(upload.rejected))
    long_list(
        item, table, problems.REJECTED_COLUMNS, caption="Baris yang ditolak", name="ditolak",
        nothing="Tidak ada yang ditolak.",
    )  # fmt: skip


def _skipped(item: UploadItem, upload: Upload, check: Check) -> None:
    table = item.once("dilewati", lambda: problems.skipped_table(upload.skipped))
    long_list(
        item, table, problems.SKIPPED_COLUMNS, caption="Baris yang dilewati", name="dilewati",
        nothing="Tidak ada yang dilewati.",
    )  # fmt: skip


_DRAW: Final = {
    "mend": editors,
    "problems": _problems,
    "changed": _changed,
    "new": _new,
    "rejected": _rejected,
    "skipped": _skipped,
}
