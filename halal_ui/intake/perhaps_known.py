"""New rows that may be applications known already: no number or NIB ties them, yet name and place are the same."""

from typing import Final

import pandas as pd

from halal_metrics.identity import KEYS
from halal_metrics.names import IDLE, Names
from halal_store import Preview
from halal_ui.words.formats import fmt_count

NAMED: Final = 5
"""Rows named in a sentence; the others are counted."""

_KNOWN: Final = ["source_file", "source_row"]
_ROW: Final = ["source_sheet", "source_row", "business_name"]


def unnumbered(preview: Preview) -> pd.DataFrame:
    """
    The new rows without number, ID Reg and NIB whose business and place are those of an application known already:
    `source_sheet, source_row, business_name`, and `known_source_file, known_source_row` of the first such.

    Rows of no business or no place are like nobody. Nothing is made one by it: that takes a number.
    """
    return _alike(_without_number(preview.new), preview.before.applications, ("kab_kota",))


def completed(preview: Preview) -> pd.DataFrame:
    """
    The same of new rows with a number or NIB whose business, place and institution are those of an application known
    without any: the row of before, sent again with its number.
    """
    known = _without_number(preview.before.applications)
    new = preview.new
    return _alike(new.drop(_without_number(new).index), known, ("kab_kota", "lp3h"))


def perhaps_known(preview: Preview) -> list[str]:
    """A sentence for either, with its rows and what to do; none where there is no such row or no register."""
    if preview.table != "applications" or preview.new.empty or preview.before.applications.empty:
        return []
    told = []
    if len(rows := unnumbered(preview)):
        told.append(
            f"{fmt_count(len(rows))} baris tanpa nomor daftar dan NIB mungkin sama dengan pengajuan yang sudah ada "
            f"(nama usaha dan kab/kota sama), dan akan dihitung lagi: {_listed(rows)}. Isi nomornya, atau hapus "
            "barisnya dari berkas lalu jatuhkan lagi. Simpan bila memang usaha lain."
        )
    if len(rows := completed(preview)):
        told.append(
            f"{fmt_count(len(rows))} baris bernomor mungkin melengkapi pengajuan yang tersimpan tanpa nomor (nama "
            f"usaha, kab/kota dan LP3H sama), dan akan dihitung dua kali: {_listed(rows)}. Bila memang sama, batalkan "
            "dahulu unggahan lamanya di Riwayat, lalu unggah lagi berkas lama itu tanpa baris tersebut."
        )
    return told


def _without_number(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.loc[rows[list(KEYS)].isna().all(axis=1)]


def _alike(new: pd.DataFrame, known: pd.DataFrame, same: tuple[str, ...]) -> pd.DataFrame:
    if new.empty or known.empty:
        return pd.DataFrame(columns=[*_ROW, *(f"known_{name}" for name in _KNOWN)])
    known = known.loc[known["kab_kota"].isin(new["kab_kota"].dropna())]  # names are dear: only those that can meet
    pairs = [_keyed(rows, same) for rows in (new, known)]
    first = pairs[1][["key", *same, *_KNOWN]].drop_duplicates(["key", *same])
    first = first.rename(columns={name: f"known_{name}" for name in _KNOWN})
    return pairs[0][["key", *same, *_ROW]].merge(first, on=["key", *same]).drop(columns=["key", *same])


def _keyed(rows: pd.DataFrame, same: tuple[str, ...]) -> pd.DataFrame:
    names = Names(rows["business_name"], IDLE["business_name"]).text
    rows = rows.assign(key=pd.Series(names, rows.index, dtype="str"))
    return rows.loc[(rows["key"] != "") & rows[list(same)].notna().all(axis=1)]


def _listed(rows: pd.DataFrame) -> str:
    """
    >>> _listed(pd.DataFrame([("Mei", 7, "Dapur Rekaan", "campur.xlsx", 9)],
    ...         columns=["source_sheet", "source_row", "business_name", "known_source_file", "known_source_row"]))
    'baris 7 (Dapur Rekaan, sudah ada dari campur.xlsx baris 9)'
    """
    told = [
        f"baris {row.source_row} ({row.business_name}, sudah ada dari {row.known_source_file} baris "
        f"{row.known_source_row})"
        for row in rows.head(NAMED).itertuples()
    ]
    more = f", dan {fmt_count(len(rows) - NAMED)} baris lagi" if len(rows) > NAMED else ""
    return ", ".join(told) + more
