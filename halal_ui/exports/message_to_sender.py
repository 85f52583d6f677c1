"""What to say to a sender with the workbook handed back: short, to be pasted into a chat."""

import pandas as pd

from halal_metrics.personal import without_nik
from halal_metrics.sheets import Upload
from halal_store import StoredUpload
from halal_ui.exports.doubtful_rows import SHEET, WHAT, doubtful
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count
from halal_ui.words.names import listing

KINDS = 4
"""Kinds of faults that are named."""


def message_to_sender(upload: Upload | StoredUpload, *, sender: str | None, office: str, workbook: str) -> str:
    """
    Which file, how many rows, what is wrong with them and what to do; no row's own data, and no date to have it by.
    `workbook`: the name of the file it goes with. A plan of quotas replaces the one before, so it is sent again whole.
    """
    rejected, doubts = len(upload.rejected), doubtful(upload)
    told = [f"Berkas “{upload.filename}” sudah kami baca: {fmt_count(len(upload.frame))} baris diterima."]
    if rejected:
        told.append(
            f"{fmt_count(rejected)} baris belum dapat diterima{_kinds(_faults(upload))}; sebabnya ada di kolom "
            f"“{uploads.WHY_REJECTED}”."
        )
    if len(doubts):
        told.append(
            f"{fmt_count(doubts['place'].nunique())} baris sudah diterima tetapi ada isinya yang perlu "
            f"diperiksa{_kinds(doubts['code'])}; lihat lembar “{SHEET}”, kolom “{WHAT}”."
        )
    if upload.table == "quotas":
        told.append(
            "Mohon dibetulkan di berkas aslinya, lalu kirim berkas itu seluruhnya: pembagian kuota menggantikan yang "
            "sebelumnya."
        )
    else:
        told.append(
            f"Mohon dibetulkan langsung di berkas terlampir “{workbook}”, lalu kirim kembali berkas itu saja. Baris "
            "lain tidak perlu dikirim ulang."
        )
    greeting = f"Yth. {sender}," if sender else "Yth. pengirim berkas,"
    return without_nik("\n".join([greeting, *told, f"Terima kasih.\n{office}"]))


def _faults(upload: Upload | StoredUpload) -> pd.Series:
    """The codes of why rows were not taken: one without an error was left out for what is warned of it."""
    problems = upload.problems[upload.problems["severity"] != "info"]
    at = pd.MultiIndex.from_frame(problems[["sheet", "row"]])
    errors = (problems["severity"] == "error").to_numpy(bool)
    rejected = pd.MultiIndex.from_frame(upload.rejected[["source_sheet", "source_row"]])
    return problems.loc[errors | (at.isin(rejected) & ~at.isin(at[errors])), "code"]


def _kinds(codes: pd.Series) -> str:
    """
    >>> _kinds(pd.Series(["nib_invalid", "nib_invalid", "date_impossible"]))
    ' (NIB tidak sah 2 dan Tanggal tidak mungkin 1)'

    Nothing where no row of the file is told to be at fault, as of a matrix whose header is.
    """
    if codes.empty:
        return ""
    counts = codes.map(uploads.kind).value_counts()
    named = [f"{kind} {fmt_count(count)}" for kind, count in counts.head(KINDS).items()]
    return f" ({listing(named if len(counts) <= KINDS else [*named, 'lain-lain'])})"
