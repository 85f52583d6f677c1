"""Riwayat: what was sent, as lists to look through, and one upload with all there is to say about it. No Streamlit."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final

import pandas as pd

from halal_metrics.schema import TABLES
from halal_ui.intake.problems import SHEET_COLUMNS
from halal_ui.words import uploads as words
from halal_ui.words.columns import Column
from halal_ui.words.formats import MISSING, fmt_count, fmt_date, is_missing
from halal_ui.words.labels import APPLICATION_STATUS, ROW_UNIT, TABLE_LABEL
from halal_ui.words.names import listing

Moment = Callable[[Any], str]
"""How a moment is written, in the office's time zone."""

COUNTS, PASSED_OVER, UNDONE = "● dihitung", "◐ tidak ikut dihitung", "○ dibatalkan"
PASSED_OVER_WHY: Final = "kab/kota dan LP3H semua barisnya sudah punya register, yang didahulukan"
STATES: Final = ("Semua", "Dihitung", "Dibatalkan")

UPLOADS: Final = {
    "received_at": Column("Diunggah", "text"),
    "filename": Column("Berkas", "text"),
    "by": Column("Oleh", "text"),
    "state": Column("Keadaan", "text"),
    "table": Column("Jenis", "text"),
    "statement_date": Column("Per tanggal", "date"),
    "rows": Column("Diterima", "count"),
    "rejected": Column("Ditolak", "count"),
    "skipped": Column("Dilewati", "count"),
    "warnings": Column("Peringatan", "count"),
    "note": Column("Catatan", "text"),
}
"""The list of uploads, column by column."""

SHEETS: Final = {
    "sheet": SHEET_COLUMNS["sheet"],
    "header_row": Column("Baris judul", "text"),
    "statement_date": Column("Per tanggal", "date"),
    **{name: SHEET_COLUMNS[name] for name in ("read", "accepted", "rejected", "skipped")},
    "mapping": Column("Judul dibaca sebagai", "text"),
    "why": SHEET_COLUMNS["why"],
}

CHOICE: Final = {
    "table": "Jenis tabel",
    "sheets": "Lembar yang dibaca",
    "prefer": "Lembar yang didahulukan",
    "header_rows": "Baris judul",
    "mapping": "Arti judul kolom",
    "defaults": "Berlaku untuk seluruh berkas",
    "meanings": "Arti ejaan",
    "corrections": "Sel yang dibetulkan",
}
"""A choice made before reading → what people call it."""


def answer(history: pd.DataFrame, moment: Moment) -> str:
    """
    The page in one sentence.

    >>> history = pd.DataFrame({"by": ["Rina", "Budi", "Rina"], "received_at": pd.to_datetime(["2025-06-04"] * 3),
    ...                         "undone_at": pd.to_datetime([None, None, "2025-06-05"])})
    >>> answer(history, lambda at: f"{at:%d/%m}")
    '3 unggahan oleh 2 orang, terakhir 04/06; 1 dibatalkan dan tidak dihitung lagi, tetapi tetap tercatat.'
    >>> answer(history[:0], str)
    'Belum ada unggahan. Mulailah dari halaman Unggah: berkas pertama langsung tampak di sini.'
    """
    if history.empty:
        return "Belum ada unggahan. Mulailah dari halaman Unggah: berkas pertama langsung tampak di sini."
    undone = int(history["undone_at"].notna().sum())
    told = f"{fmt_count(len(history))} unggahan oleh {fmt_count(history['by'].nunique())} orang"
    told += f", terakhir {moment(history['received_at'].iloc[-1])}"
    return told + (
        f"; {fmt_count(undone)} dibatalkan dan tidak dihitung lagi, tetapi tetap tercatat." if undone else "."
    )


def uploads(
    history: pd.DataFrame, *, text: str = "", state: str = "Semua", passed_over: Collection[str] = ()
) -> pd.DataFrame:
    """
    The list, newest first, as UPLOADS, with `upload_id`. `text`: words that all occur in file, kind, sender, note or
    the reason of an undo, in any case; `state`: one of STATES; `passed_over`: recaps of which no row counts. What names
    no day is of the day it came.
    """
    undone = history["undone_at"].notna()
    states = undone.map({True: UNDONE, False: COUNTS}).astype("str")
    same_name = history.groupby("filename")["sha256"].transform("nunique") > 1
    told_apart = history["filename"] + " · sidik " + history["sha256"].str.slice(0, 6)
    shown = history.assign(
        filename=history["filename"].mask(same_name, told_apart),
        table=history["table"].map(TABLE_LABEL).fillna(history["table"]),
        state=states.mask(~undone & history["upload_id"].isin(list(passed_over)), PASSED_OVER),
        statement_date=_days(history),
    )
    kept = pd.Series(True, history.index)
    if state != "Semua":
        kept = undone if state == "Dibatalkan" else shown["state"].eq(COUNTS)
    told = [shown[name].fillna("") for name in ("filename", "table", "by", "note", "undo_reason")]
    looked_through = told[0].str.cat(told[1:], sep=" ").str.casefold()
    for word in text.casefold().split():
        kept &= looked_through.str.contains(word, regex=False)
    return shown.loc[kept, ["upload_id", *UPLOADS]].iloc[::-1].reset_index(drop=True)


def _days(history: pd.DataFrame) -> pd.Series:
    """The day from which each upload counts: what it says, else the day it came, as the log dates its rows."""
    received = history["received_at"]
    naive = received.dt.tz_localize(None) if isinstance(received.dtype, pd.DatetimeTZDtype) else received
    return history["statement_date"].fillna(naive).dt.normalize()


def facts(entry: Mapping[str, Any], moment: Moment, *, passed_over: bool = False) -> list[tuple[str, str]]:
    """What is known of one upload, a row of the history, line by line; `passed_over`: a recap of no row that counts."""
    rows, rejected, skipped = (int(entry[name]) for name in ("rows", "rejected", "skipped"))
    lines = [
        ("Diunggah", f"{moment(entry['received_at'])} oleh {entry['by']}"),
        ("Jenis", TABLE_LABEL.get(entry["table"], entry["table"])),
        ("Per tanggal", _day_told(entry)),
        (
            "Baris",
            f"{fmt_count(rows + rejected + skipped)} dibaca = {fmt_count(rows)} diterima + "
            f"{fmt_count(rejected)} ditolak + {fmt_count(skipped)} dilewati",
        ),
        ("Tidak ikut dihitung", PASSED_OVER_WHY if passed_over else ""),
        ("Catatan", entry["note"]),
    ]
    if not is_missing(entry["undone_at"]):
        when = f"{moment(entry['undone_at'])} oleh {entry['undone_by']}"
        lines.append(("Dibatalkan", f"{when}. Alasan: {entry['undo_reason']}"))
    return [(name, text) for name, text in lines if not is_missing(text) and text not in ("", MISSING)]


def _day_told(entry: Mapping[str, Any]) -> str:
    if not is_missing(entry["statement_date"]):
        return fmt_date(entry["statement_date"])
    return f"{fmt_date(entry['received_at'])}, hari disimpan: berkasnya tidak menyebut tanggal"


def undo_in_words(found: Any, table: str) -> str:
    """
    What the tables become without an upload. `found`: the store's preview of the undo.

    >>> class Found:
    ...     gone, new, changed = range(21), [], range(38)
    >>> undo_in_words(Found, "applications")
    '21 pengajuan hilang dan 38 pengajuan kembali ke keadaan sebelumnya'
    >>> Found.gone = Found.changed = []
    >>> undo_in_words(Found, "recaps")
    'tidak ada yang berubah'
    """
    unit = ROW_UNIT.get(table, "baris")
    told = [
        (len(found.gone), f"{unit} hilang"),
        (len(found.new), f"{unit} muncul lagi"),
        (len(found.changed), f"{unit} kembali ke keadaan sebelumnya"),
    ]
    parts = [f"{fmt_count(count)} {what}" for count, what in told if count]
    return listing(parts) if parts else "tidak ada yang berubah"


def sheets(records: list[dict[str, Any]]) -> pd.DataFrame:
    """The sheets of an upload as SHEETS, whatever of it was kept."""
    rows = [
        {
            "sheet": record.get("name"),
            "header_row": str(record["header_row"]) if record.get("header_row") else None,
            "statement_date": pd.to_datetime(record.get("statement_date")),
            **{name: record.get(name, 0) for name in ("read", "accepted", "rejected", "skipped")},
            "mapping": "; ".join(
                f"{head} → {words.column(name)}" for head, name in (record.get("mapping") or {}).items()
            ),
            "why": record.get("why") or "",
        }
        for record in records
    ]
    return pd.DataFrame(rows, columns=list(SHEETS)).astype({"statement_date": "datetime64[us]"})


def rows(frame: pd.DataFrame, table: str) -> tuple[pd.DataFrame, dict[str, Column]]:
    """
    The accepted rows to be shown and taken away, with their columns: those that nothing stands in left out, the place
    in the file first.
    """
    where = ["source_sheet", "source_row"]
    known = [name for name in TABLES[table] if name in frame and name not in (*where, "source_file", "status_raw")]
    filled = [name for name in known if bool(frame[name].notna().any())]
    columns = {"source_sheet": Column("Lembar", "text"), "source_row": Column("Baris", "text")}
    columns |= {name: Column(words.column(name), _kind(TABLES[table][name])) for name in filled}
    shown = frame[[name for name in columns if name in frame]].copy()
    shown["source_row"] = shown["source_row"].astype("Int64").astype("str")
    if "status" in shown:
        shown["status"] = shown["status"].map(APPLICATION_STATUS).fillna(shown["status"])
    return shown.reset_index(drop=True), columns


def choices(made: Mapping[str, Any]) -> list[tuple[str, str]]:
    """
    What was chosen by hand before the file was read.

    >>> choices({"table": "recaps", "defaults": {"lp3h": "PWI Kaltim"}, "corrections": [["Mei", 8, "NIB", "9901"]]})
    [('Jenis tabel', 'Rekap'), ('Berlaku untuk seluruh berkas', 'LP3H: PWI Kaltim'),
     ('Sel yang dibetulkan', 'Mei baris 8 kolom NIB')]
    >>> choices({"meanings": {"status": {"menunggu kabar": "fatwa"}, "lp3h": {"lph uinsi": None}}})
    [('Arti ejaan', 'Status “menunggu kabar” = Di Komite Fatwa; LP3H “lph uinsi” dikosongkan')]

    What was typed in place of a cell is not shown: it can be a person's number.
    """
    return [(CHOICE.get(name, name), _chosen(name, value)) for name, value in made.items() if value]


def _chosen(name: str, value: Any) -> str:
    if name == "table":
        return TABLE_LABEL.get(value, value)
    if name in ("sheets", "prefer"):
        return listing(map(str, value))
    if name == "corrections":
        return "; ".join(f"{sheet} baris {row} kolom {header}" for sheet, row, header, _ in value)
    if name == "header_rows":
        return "; ".join(f"{sheet}: baris {row}" for sheet, row in value.items())
    if name == "mapping":
        return "; ".join(words.heading(*one) for one in value.items())
    if name == "meanings":
        meant = ((column, one) for column, found in value.items() for one in found.items())
        return "; ".join(f"{words.column(column)} {words.meaning(column, *one)}" for column, one in meant)
    if name == "defaults":
        return "; ".join(f"{words.column(column)}: {words.value(column, one)}" for column, one in value.items())
    return str(value)


def _kind(dtype: str) -> str:
    return {"datetime64[us]": "date", "int64": "count", "Int64": "count"}.get(dtype, "text")
