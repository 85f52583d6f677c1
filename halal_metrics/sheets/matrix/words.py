"""What the numbers of a cross table are, told by the words over them: quota, or one stage of a recap."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from halal_metrics.sheets.headings import headers
from halal_metrics.spelling import words

UNCLEAR: Final = "?"
"""Said of words that tell of numbers which are neither: what is left, a share, a change, one week's."""

_UNCLEAR: Final = re.compile(
    r"\b(?:sisa|selisih|deviasi|belum|menunggu|antre|antrean|antrian|tidak|persen|persentase|prosentase|rata rata"
    r"|tambahan|penambahan|pengurangan|kenaikan|penurunan|perubahan|usulan|peringkat|selama"
    r"|(?:minggu|pekan|bulan|hari|triwulan|tw|tahap|termin) (?:ini|lalu|ke|[ivx]+|\d+)"
    r"|bulan (?:jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des)[a-z]*|target (?:pengajuan|terbit|verval|sertifikat))\b"
)
_MEASURES: Final = tuple(
    (column, re.compile(rf"\b(?:{pattern})\b"))
    for column, pattern in (
        # A target that is followed by a day is one.
        ("", r"target (?:tanggal|tgl|waktu|selesai|penyelesaian|\d)|(?:batas|tenggat) waktu"),
        ("quota", r"(?:kuota|alokasi|jatah|pagu)(?: (?:pengajuan|pendaftaran|sertifikasi|sertifikat|halal))*"),
        ("quota", "pembagian|target"),
        ("decided", r"selesai sidang(?: fatwa)?|ketetapan(?: halal)?|(?:penetapan|ditetapkan) halal"),
        ("issued", r"terbit|diterbitkan|penerbitan|jumlah sertifikat(?: halal)?"),
        ("fatwa", r"(?:komite|komisi|sidang) fatwa|fatwa"),
        ("verified", r"verval|verifikasi|terverifikasi"),
        ("submitted", r"pengajuan|diajukan|pendaftaran|pendaftar|terdaftar|submitted"),
        ("returned", r"dikembalikan|pengembalian|direvisi|(?:jumlah|berkas|perlu|menunggu|dalam) revisi"),
        ("exited", r"ditolak|dibatalkan|batal"),
        ("draft", r"draft|draf"),
        ("active_p3h", r"(?:pendamping|p3h) aktif"),
    )
)
"""Longer wordings before those they contain: what one has matched is not looked at again."""

_USED: Final = re.compile(
    r"\b(?:realisasi|capaian|pemanfaatan|dimanfaatkan|termanfaatkan|serapan|terserap|penyerapan|terpakai|penggunaan)\b"
    r"(?: kuota)?"
)


def named(text: str) -> set[str]:
    """
    The columns of counts a text tells of; UNCLEAR among them where it tells of numbers that are none of them.

    >>> [sorted(named(text)) for text in ("Pembagian kuota sertifikasi", "SH terbit per LP3H", "Sisa kuota", "Wilayah")]
    [['quota'], ['issued'], ['?'], []]
    >>> named("Revisi pembagian kuota"), named("Revisi"), named("Jumlah revisi per LP3H")
    ({'quota'}, set(), {'returned'})
    >>> named("Realisasi kuota per LP3H"), named("Pengajuan minggu ini"), named("Kuota pengajuan, target 31 Mei 2025")
    ({'submitted'}, {'?'}, {'quota'})
    """
    plain = words(text)
    if "%" in text or _UNCLEAR.search(plain):
        return {UNCLEAR}
    plain, used = _USED.subn(" ", plain)
    found: set[str] = set()
    for column, pattern in _MEASURES:
        plain, count = pattern.subn(" ", plain)
        if count and column:
            found.add(column)
    return found | ({"submitted"} if used and found <= {"quota"} else set())


def told(levels: Iterable[Sequence[str]]) -> tuple[str | None, str]:
    """
    The column the numbers belong to and the text that tells it: from the first of `levels` that tells of any.

    >>> told([["Kab/Kota"], ["DINAS REKAAN", "Jumlah pengajuan per 4 Juni 2025"], ["Sheet1"]])
    ('submitted', 'Jumlah pengajuan per 4 Juni 2025')
    >>> told([[], ["Kuota dan pengajuan per LP3H"], ["Kuota"]]), told([["LP3H"], ["Laporan"]])
    (('quota', 'Kuota'), (None, ''))

    Where one level tells of several, those after it may tell which of them.
    """
    possible: set[str] = set()
    for texts in levels:
        found = [(column, text) for text in texts for column in named(text)]
        columns = {column for column, _ in found}
        if possible:
            columns &= possible
        if UNCLEAR in columns:
            return None, ""
        if len(columns) == 1:
            column = columns.pop()
            return column, next(text for one, text in found if one == column)
        possible = columns or possible
    return None, ""


def measure_of(text: str) -> str | None:
    """
    The column that a short header says the numbers below it belong to.

    >>> [measure_of(text) for text in ("Kuota", "Target", "Tgl Target", "Terbit", "Pengajuan minggu ini", "LP3H")]
    ['quota', 'quota', 'target_date', 'issued', None, None]
    """
    known = headers.column_of(text, "recaps") or headers.column_of(text, "quotas")
    if known and known[0] in ("quota", "target_date", "statement_date", *headers.COUNTS):
        return known[0]
    found = named(text)
    return found.pop() if len(found) == 1 and UNCLEAR not in found else None


_PROVINCE: Final = re.compile(r"(?:se )?(?:(?:prov|provinsi|propinsi) )?(?:kaltim|kalimantan timur)")


def is_province(text: str) -> bool:
    """
    Whether a name is that of the whole province.

    >>> is_province("Se-Kaltim"), is_province("PWI Kaltim")
    (True, False)
    """
    return bool(_PROVINCE.fullmatch(words(text)))
