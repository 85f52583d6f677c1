"""Where an application stands: codes and labels of SIHALAL, and what people write, as one of schema.STATUSES.

Source of codes and labels: the screens of SIHALAL itself. Only OF300 is a certificate in hand; OF120 is
called "Certificate Issued" on some screens but "Penerbitan Sertifikat" on others: it is still being made.
"""

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from halal_metrics import spelling
from halal_metrics.schema import LEFT, STATUSES
from halal_metrics.spelling import Meaning, compact

CODES: Final = {
    "OF1": "draft",
    "OF10": "submitted",
    "OF71": "verified",
    "OF72": "verified",
    "OF56": "verified",
    "OF74": "fatwa",
    "OF100": "decided",
    "OF120": "decided",
    "OF300": "issued",
    "OF280": "returned",
    "OF285": "returned",
    "OF290": "rejected",
    "OF900": "cancelled",
}
"""SIHALAL code → status. Codes of the regular route (OF2, OF5, OF11, …) are not self declare and not here."""

_LABELS: Final = {
    "draft": "Draft PU, Draf, Draf PU, Draft Pengajuan",
    "submitted": "Pengajuan, Submitted PU, Diajukan, Sudah Diajukan, Terkirim, Terdaftar, Verval Pendamping, "
    "Proses Verval Pendamping, Verifikasi Pendamping",
    "verified": "Selesai P3H, Verifikasi LP3H, Selesai Verifikasi LP3H, Pembayaran, Selesai Verval, "
    "Selesai Verifikasi, Verifikasi BPJPH, Proses Verifikasi BPJPH, Pengecekan LP3H, Terverifikasi",
    "fatwa": "Dikirim ke Komite Fatwa, Sent to Komite Fatwa, Komite Fatwa, Sidang Fatwa, "
    "Proses Sidang Fatwa, Proses Komite Fatwa, Proses Fatwa, "
    "Dikirim ke Komisi Fatwa, Antre Sidang Fatwa, Antrean Sidang Fatwa, "
    "Menunggu Sidang Fatwa",
    "decided": "Selesai Sidang Fatwa, Ditetapkan Halal, Ketetapan Halal, Penerbitan Sertifikat, "
    "Certificate Issued, Menunggu Terbit, Menunggu Penerbitan, Menunggu Penerbitan Sertifikat, "
    "Proses Penerbitan Sertifikat",
    "issued": "Sertifikat Halal Terbit, Halal Certified Issued, Terbit SH, SH Terbit, Terbit, Sudah Terbit, "
    "Sertifikat Terbit, Terbit Sertifikat, Terbit Sertifikat Halal, Sudah Terbit SH, SH Sudah Terbit, "
    "Sertifikat Halal Sudah Terbit, Telah Terbit",
    "returned": "Dikembalikan ke PU, Returned to PU, Dikembalikan, Dikembalikan oleh Fatwa, Returned by KF, "
    "Dikembalikan oleh Komite Fatwa, Dikembalikan oleh KF, Dikembalikan ke Pelaku Usaha, Revisi, Perbaikan",
    "rejected": "Ditolak, Ditolak Komite Fatwa, Ditolak oleh Komite Fatwa",
    "cancelled": "Dibatalkan, Batal, Canceled",
    "replaced": "Diganti, Digantikan, Ganti Pelaku Usaha, Ganti PU",
}

PROBLEMS: Final = spelling.DITTO | {
    "status_unknown": (
        "warning",
        "Status '{value}' belum dikenal, jadi tahapnya hanya dibaca dari tanggal; ganti dengan label atau "
        "kode SIHALAL (misalnya OF300 atau Sertifikat Halal Terbit).",
    ),
    "status_not_alone": (
        "warning",
        "Status '{value}' menyebut pula status yang bukan sekarang (dulu, belum, atau sebabnya), jadi dibaca "
        "{canonical}; periksa, lalu tulis satu status saja.",
    ),
}
"""Kind of problem → severity and sentence."""

_KNOWN: Final = (
    {compact(code): Meaning(status, "code") for code, status in CODES.items()}
    | {compact(label): Meaning(status, "alias") for status, labels in _LABELS.items() for label in labels.split(",")}
    | {status: Meaning(status, "exact") for status in STATUSES}
)

SPELLINGS: Final = tuple(_KNOWN)
"""Every code and label known, as letters and digits only."""

NAMED: Final = "|".join(
    sorted(
        {max(spelling.words(label).split(), key=len) for text in _LABELS.values() for label in text.split(",")}
        | {r"\bof[ .-]?[0-9]"}
    )
)
"""Pattern (RE2, lower case) of what every text that names a status has."""

_CODE: Final = re.compile(r"\bOF[ .-]?(\d{1,3})\b", re.IGNORECASE)
_NOT_NOW: Final = re.compile(
    r"\b(?:belum|blm|bukan|tidak|tdk|tanpa|gagal|batal|menunggu|tunggu|menuju|akan|target|rencana|calon|sebelum"
    r"|sebelumnya|semula|tadinya|dulu|dulunya|awalnya|asalnya|mula-mula|eks|bekas|dari|setelah|sesudah|lewat|karena|krn"
    r"|sebab|akibat)\b(?P<of>[\W_]*[^,;()/|]*)",
    re.IGNORECASE,
)
"""Words after which a code is not where the application stands, and what they speak of: up to the clause's end."""
_LEFT: Final = re.compile(r"\b(?:di)?(?:tolak|batal|batalkan|gugur)\b|\bmundur\b", re.IGNORECASE)

_COMING: Final = re.compile(r"\b(?:proses|siap|hampir)\b", re.IGNORECASE)
"""Beside the code of a certificate: that there is none yet."""
_SHORT: Final = re.compile(r"\bs(?:d|u)h\b", re.IGNORECASE)


def resolve(values: pd.Series) -> pd.DataFrame:
    """
    What each distinct status means; see `spelling.resolve` for the columns.

    >>> resolve(pd.Series(["OF120", "Terbit SH", "of 300 - Sertifikat Halal Terbit", "sedang"]))["canonical"]
    value
    OF120                               decided
    Terbit SH                            issued
    of 300 - Sertifikat Halal Terbit     issued
    sedang                                  NaN
    Name: canonical, dtype: str

    Nothing is guessed from letters: "Sudah Terbit" and "Belum Terbit" share most of theirs. A code beside a
    label that means something else is not taken, nor one of several, nor one that is said to be past or still to come.
    """
    return spelling.resolve(values, meaning, PROBLEMS)


def meaning(value: str) -> Meaning:
    """
    What one status means.

    >>> [meaning(text).canonical for text in ("Ditolak (tadinya OF10)", "belum OF300", "OF10/OF74", "OF74 tgl 3 Mei")]
    ['rejected', None, None, 'fatwa']
    """
    if spelling.is_ditto(value):
        return Meaning(code="same_as_above")
    known = _KNOWN.get(compact(_SHORT.sub("sudah", value)))
    if known or not _CODE.search(value):
        return known or Meaning(code="status_unknown")
    label = _KNOWN.get(compact(_CODE.sub(" ", value)))
    if label:
        now, others = value, []
    else:
        now, others = _NOT_NOW.sub(" ", value), [found["of"] for found in _NOT_NOW.finditer(value)]
        label = _KNOWN.get(compact(now if not _CODE.search(now) else ""))
    status = _one_of({CODES.get(f"OF{code}") for code in _CODE.findall(now)} or {label and label.canonical})
    if status is None or (label and label.canonical != status) or _denied(status, now, others):
        return Meaning(code="status_unknown")
    if any(map(_CODE.search, others)):
        return Meaning(status, "code", "status_not_alone", f"'{shown(status)}'")
    return Meaning(status, "code")


def shown(status: str) -> str:
    """
    A status as SIHALAL says it.

    >>> shown("issued")
    'Sertifikat Halal Terbit'
    """
    return _LABELS[status].split(",")[0]


def _one_of(found: set[str | None]) -> str | None:
    return found.pop() if len(found) == 1 else None


def _denied(status: str, now: str, others: list[str]) -> bool:
    """Whether other words take back what a code says: it has left after all, or its certificate is not there yet."""
    left = status not in LEFT and _LEFT.search(now)
    coming = _COMING.search(now) or any(re.fullmatch(r"|.*(?:terbit|jadi).*", compact(text)) for text in others)
    return bool(left or (status == "issued" and coming))


_SAID_FIRST: Final = re.compile(
    r"^\s*(?:(?:[A-Z]|[IVX]+|\d{1,2})[.)]\s*)?(?P<label>(?:status|posisi|tahap|tahapan)(?: [a-z]+)?\s*[:=]\s*)?"
    r"(?:(?:daftar|data|laporan|rekap|pelaku usaha|pu|yang|berstatus|status|posisi|tahap)\s+)*",
    re.IGNORECASE,
)
"""What may stand before a status in a title or a heading: a number, a label, what is listed."""
_VAGUE: Final = frozenset({"draft", "draf", "pengajuan", "terdaftar", "pembayaran", "revisi", "perbaikan", "diganti"})
"""Labels that are words for other things as well: a draft of the file, a list of all applications."""


def stated(line: str) -> tuple[str, bool] | None:
    """
    The status that a title, a sheet's name or a heading among rows says of all rows below, and whether it is sure.

    >>> stated("A. SERTIFIKAT TERBIT"), stated("Status: OF74"), stated("Draft"), stated("Data Pelaku Usaha")
    (('issued', True), ('fatwa', True), ('draft', False), None)
    """
    before = _SAID_FIRST.match(line)
    text = line[before.end() :] if before else line
    found = meaning(text)
    if found.canonical is None or found.code:
        return None
    return found.canonical, bool(before and before["label"]) or compact(text) not in _VAGUE


_NUMBERED: Final = re.compile(rf"{_CODE.pattern}|\bSH\d{{4}}-\d", re.IGNORECASE)


def explains_code(cells: Sequence[str]) -> bool:
    """
    Whether a row explains a code, as under a table: "OF74 | Dikirim ke Komite Fatwa"; a header names it last or alone.

    >>> [explains_code(cells) for cells in (["a.", "OF74", "Komite Fatwa"], ["OF74 = Komite Fatwa"])]
    [True, True]
    >>> [explains_code(cells) for cells in (["Kab/Kota", "OF74"], ["OF74", "OF300"], ["OF74", "12"], ["OF74"])]
    [False, False, False, False]
    """
    worded = [cell for cell in cells if re.search("[A-Za-z]{2}", cell)]
    if len(cells) == 1:
        worded = re.split(r"\s*[=:–—]\s*|\s-\s", cells[0])
    first, *rest = worded or [""]
    code = _CODE.search(first)
    return len(rest) == 1 and bool(code) and not compact(_CODE.sub("", first)) and not _CODE.search(rest[0])


def is_among_words(text: str) -> bool:
    """
    Whether a code or a registration number stands beside other words than the code's own: then it is no label.

    >>> is_among_words("1,SH2025-1-100001,Dapur Rekaan,OF10"), is_among_words("OF74"), is_among_words("SH Terbit OF300")
    (True, False, False)
    """
    rest = compact(_NUMBERED.sub(" ", text))
    return bool(rest) and rest not in _KNOWN and bool(_NUMBERED.search(text))
