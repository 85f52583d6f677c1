"""What is to be mended: problems of uploads that are still open, and applications that contradict themselves."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from halal_metrics.contradictions import LATER as FUTURE
from halal_metrics.programmes import code_counts
from halal_ui.views.shown import Table
from halal_ui.words.columns import COLUMNS, Column
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import APPLICATION_STATUS
from halal_ui.words.uploads import SEVERITY, column, kind

SHOWN: Final = 200
"""Rows of a list on the page: a browser lays out thousands slowly. The file to take away has all."""

MOST_CODES: Final = 5
"""Codes that a sentence names."""

_LIST: Final = COLUMNS | {
    "severity": Column("Tingkat", "text"),
    "about": Column("Jenis", "text"),
    "message": Column("Apa yang perlu dilakukan", "text"),
    "column": Column("Kolom", "text"),
    "programme_code": Column("Kode fasilitasi", "text"),
    "registration_number": Column("No. daftar", "text"),
    "business_name": Column("Usaha", "text"),
    "status": Column("Status", "text"),
    "source_file": Column("Berkas", "text"),
    "sheet": Column("Lembar", "text"),
    "row": Column("Baris", "count"),
}


@dataclass(frozen=True)
class Lists:
    """Rows to mend: what is shown of them, all of them, and the sentence above."""

    told: str
    table: Table
    whole: Table


def _lists(rows: pd.DataFrame, told: str, caption: str, name: str) -> Lists:
    def table(frame: pd.DataFrame) -> Table:
        return Table(frame, caption=caption, name=name, columns=_LIST)

    return Lists(told, table(rows.head(SHOWN)), table(rows))


def _said(rows: pd.DataFrame, nothing: str) -> str:
    """How many of each kind."""
    if rows.empty:
        return nothing
    kinds = rows["about"].value_counts()
    named = [f"{name} {fmt_count(count)}" for name, count in kinds.head(5).items()]
    more = f"; ditampilkan {SHOWN} yang pertama, berkasnya memuat semua" if len(rows) > SHOWN else ""
    return f"{fmt_count(len(rows))} hal: {', '.join(named)}{', dan lain-lain' if len(kinds) > 5 else ''}{more}."


def _in_words(messages: pd.Series) -> pd.Series:
    """A status that a sentence quotes, in the office's words."""
    for status, word in APPLICATION_STATUS.items():
        messages = messages.str.replace(f"({status})", f"({word.lower()})", regex=False)
    return messages


def open_problems(found: pd.DataFrame, in_words: str) -> Lists:
    rows = found.assign(
        message=_in_words(found["message"]),
        about=found["code"].map(kind),
        order=found["severity"].map({"error": 0, "warning": 1}),
    )
    rows = rows.sort_values(["order", "lp3h", "source_file", "row"], kind="stable", ignore_index=True)
    rows = rows.assign(severity=rows["severity"].map(SEVERITY), column=rows["column"].map(column, na_action="ignore"))
    names = ["lp3h", "kab_kota", "severity", "about", "message", "column", "source_file", "sheet", "row"]
    told = _said(
        rows, "Tidak ada masalah terbuka: semua yang dilaporkan saat pembacaan sudah dibetulkan atau digantikan."
    )
    return _lists(rows[names], told, f"Masalah terbuka dari unggahan; {in_words}", "masalah-terbuka")


def other_programmes(found: pd.DataFrame, in_words: str) -> Lists:
    """Applications that bear another programme's code: how many of each, and which."""
    counts = [f"{code} {fmt_count(count)}" for code, count in code_counts(found).items()]
    named = ", ".join(counts[:MOST_CODES]) + (", dan lain-lain" if len(counts) > MOST_CODES else "")
    told = (
        f"{fmt_count(len(found))} pengajuan berkode program lain: {named}. Semuanya disimpan dan ada di daftar ini, "
        "dan tidak dihitung ke kuota di halaman dan kertas mana pun. Bila sebuah kode milik program ini juga, minta "
        "pengelola menambahkannya pada data/programme.toml."
    )
    rows = found.assign(status=found["status"].map(APPLICATION_STATUS).astype("str").fillna(found["status_raw"]))
    rows = rows.rename(columns={"source_sheet": "sheet", "source_row": "row"})
    rows = rows.sort_values(["programme_code", "lp3h", "registration_number"], kind="stable", ignore_index=True)
    names = "programme_code registration_number business_name lp3h kab_kota status source_file sheet row".split()
    return _lists(rows[names], told, f"Pengajuan berkode program lain, tidak dihitung; {in_words}", "program-lain")


def contradictions(found: pd.DataFrame, in_words: str) -> Lists:
    about = found["code"].map(lambda code: "Tanggal di masa depan" if code == FUTURE else kind(code))
    rows = found.assign(message=_in_words(found["message"]), about=about, column=found["column"].map(column))
    rows = rows.rename(columns={"source_sheet": "sheet", "source_row": "row"})
    names = [
        "registration_number",
        "business_name",
        "lp3h",
        "kab_kota",
        "about",
        "message",
        "source_file",
        "sheet",
        "row",
    ]
    told = _said(rows, "Tidak ada pengajuan yang isinya saling bertentangan.")
    return _lists(rows[names], told, f"Pengajuan yang isinya bertentangan; {in_words}", "saling-bertentangan")
