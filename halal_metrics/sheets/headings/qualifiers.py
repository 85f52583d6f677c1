"""Words beside a count: whether it is the value, what came since, an earlier state, a target, a rate, a unit.

Recaps are cumulative, so of "minggu lalu | minggu ini | s.d. minggu ini" only the last is the count.
"""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from halal_metrics.sheets.values.dates import MONTHS, find_dates, without_dates
from halal_metrics.spelling import words

PLAIN, VALUE, WEAK = "plain", "value", "weak"
"""Nothing but a unit; the value; the value if no other column is (a year, a bare date, "capaian")."""

EARLIER, FLOW, PERIOD = "earlier", "flow", "period"
"""An earlier state; what came in the last week or month; what came in a named one."""

TARGET, RATE, REST = "target", "rate", "rest"
"""A plan; a percentage; what is left or not yet there."""

PRODUCT, MONEY, UNKNOWN = "product", "money", "unknown"
"""Another unit; rupiah; words that are not understood."""

GRANTED = "granted"
"""What was agreed to: the value of a quota, and of no other count."""

SAYS_THE_VALUE: Final = frozenset((PLAIN, VALUE, WEAK, UNKNOWN))
"""What words in brackets may say without making the count before them another one."""

_SPAN: Final = "(?:minggu|pekan|bulan|hari|periode|triwulan|tw|semester|rapat|laporan)"
_AS_OF: Final = "(?:sd|posisi|kondisi|keadaan|per)"
_NTH: Final = r"(?:\d{1,2}|[ivx]{1,4}|pertama|kedua|ketiga|keempat|kelima)"

# Phrase → what it says; at each place the first that fits.
_PHRASES: Final = {
    RATE: "persen|persentase|prosentase|rasio|rata rata|rerata",
    FLOW: rf"per {_SPAN}(?! ini| berjalan| lalu| sebelumnya)|{_SPAN} (?:ini|berjalan)|mingguan|bulanan|harian"
    "|tambahan|penambahan|pertambahan|bertambah|berkurang|pengurangan|perubahan|baru|kenaikan|naik|delta",
    EARLIER: rf"(?:{_AS_OF} )?(?:(?:{_SPAN}|tahun) )?(?:yang |yg )?(?:lalu|sebelumnya|kemarin)"
    "|semula|awal|lama|sebelum(?: perubahan| revisi| pergeseran)?",
    "state": rf"{_AS_OF}(?: {_SPAN} (?:ini|berjalan)| saat ini| sekarang)?|kumulatif|komulatif|akumulasi|akumulatif"
    "|menjadi|setelah (?:perubahan|revisi|pergeseran)",
    PERIOD: rf"(?:minggu|pekan|bulan|triwulan|semester|tahap|gelombang|hari)(?: ke)? {_NTH}"
    rf"|(?:tw|smt|m|w|q) ?{_NTH}|(?:bulan |\d{{1,2}} )?(?:{'|'.join(MONTHS)})(?: (?:tahun )?20\d\d)?",
    TARGET: "target|rencana|sasaran|proyeksi|perkiraan|usulan|usul|diusulkan|permintaan|diminta",
    GRANTED: "disetujui|persetujuan|definitif|ditetapkan|diberikan",
    REST: "sisa|belum|tidak|kurang|kekurangan|deviasi|gap|selisih",
    "weak": r"(?:tahun |ta |tahun anggaran )?20\d\d|tahun (?:ini|berjalan)|capaian|kinerja",
    "soft": "grand total|sub total|jumlah|jml|total|realisasi|akhir|terakhir|terkini|sekarang|saat ini|keseluruhan"
    "|seluruhnya|seluruh|semua|hasil|sudah|telah|final",
    PRODUCT: "jenis produk|nama produk|produk|item|varian|merek|merk|menu",
    MONEY: "rp|rupiah|juta|anggaran|biaya|dana|nilai",
    "business": "pelaku usaha|pelaku umkm?|unit usaha|pu|umkm?|ikm|usaha|orang|org|unit|berkas|permohonan|pengajuan"
    "|pemohon|peserta",
    "certificate": "sertifikat halal|sertifikat|sh",
    "filler": "halal|yang|yg|dari|tanggal|tgl|data|program|fasilitasi|self declare|update",
}
_PHRASE: Final = re.compile("|".join(f"(?P<{kind}>(?:{phrase})(?= |$))" for kind, phrase in _PHRASES.items()))
_UP_TO: Final = re.compile(r"\bs\s*[./]\s*d\b\.?|\bsampai(?:\s+dengan)?\b|\bhingga\b", re.IGNORECASE)
_DAY: Final = re.compile(r"\d{1,2}(?= [a-z])")
_PLUS_MINUS: Final = re.compile(r"\+\s*/?\s*[-–]|±")
_SHORT: Final = {"bln": "bulan", "mgg": "minggu", "mg": "minggu", "thn": "tahun", "th": "tahun", "hr": "hari"}
_OUTWEIGH: Final = (RATE, MONEY, PRODUCT, REST, TARGET, EARLIER, GRANTED)
_ORDINALS: Final = ("pertama", "kedua", "ketiga", "keempat", "kelima")
_ROMANS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True)
class Qualifier:
    """What the words beside a count say together."""

    kind: str
    until: tuple[int, ...] = ()
    """Up to when, to be compared with its like."""
    date: dt.date | None = None
    unit: str | None = None
    """business or certificate, where one is named."""


def plain_words(header: str) -> tuple[str, tuple[dt.date, ...]]:
    """
    A header in plain words without its dates, and these.

    >>> plain_words("Terbit s/d 4 Juni 2025 (PU)")
    ('terbit sd pu', (datetime.date(2025, 6, 4),))
    >>> plain_words("s/d bln ini")[0]
    'sd bulan ini'
    """
    text = _UP_TO.sub(" sd ", _PLUS_MINUS.sub(" perubahan ", header))
    plain = words(without_dates(text).replace("%", " persen "))
    return " ".join(_SHORT.get(word, word) for word in plain.split()), tuple(find_dates(text))


@lru_cache(maxsize=20_000)
def qualifier(text: str, dates: tuple[dt.date, ...] = ()) -> Qualifier:
    """
    What plain words and dates beside a count say.

    >>> [qualifier(text).kind for text in ("sd minggu ini", "minggu ini", "sd bulan lalu", "mei", "sd mei", "putri")]
    ['value', 'flow', 'earlier', 'period', 'value', 'unknown']
    >>> [qualifier(text).kind for text in ("semula", "menjadi", "produk sd minggu ini", "pelaku usaha", "2025", "")]
    ['earlier', 'value', 'product', 'plain', 'weak', 'plain']
    """
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        phrase = _PHRASE.match(text, at)
        if phrase is None:
            return Qualifier(UNKNOWN)
        found[phrase.lastgroup or ""] = phrase[0]
        at = phrase.end() + 1
    if found.get("state") == "sd" and not dates and not found.keys() & {PERIOD, "weak"}:
        return Qualifier(UNKNOWN)  # up to nothing: self declare
    unit = next((unit for unit in ("certificate", "business") if unit in found), None)
    date = dates[0] if len(dates) == 1 else None
    return Qualifier(*_together(found, dates), date, unit)


def _together(found: dict[str, str], dates: tuple[dt.date, ...]) -> tuple[str, tuple[int, ...]]:
    outweighing = next((kind for kind in _OUTWEIGH if kind in found), None)
    if outweighing:
        return outweighing, ()
    state = "state" in found
    if FLOW in found:  # "kumulatif minggu ini" is cumulative
        summed = found.get("state", "").startswith(("kumul", "komul", "akumul"))
        return (VALUE, ()) if summed else (FLOW, ())
    if len(dates) > 1:
        return PERIOD, ()
    if PERIOD in found:
        return VALUE if state else WEAK if _DAY.match(found[PERIOD]) else PERIOD, _nth(found[PERIOD])
    if dates:
        return VALUE if state or "soft" in found else WEAK, dates[0].timetuple()[:3]
    if "weak" in found:
        year = re.search(r"20\d\d", found["weak"])
        return (VALUE, ()) if state else (WEAK, (int(year[0]),) if year else ())
    return VALUE if state or "soft" in found else PLAIN, ()


def _nth(period: str) -> tuple[int, ...]:
    """
    >>> _nth("mei 2025"), _nth("28 mei"), _nth("minggu ke 3"), _nth("tw ii")
    ((2025, 5, 31), (0, 5, 28), (0, 0, 3), (0, 0, 2))
    """
    parts = period.split()
    year = next((int(part) for part in parts if re.fullmatch(r"20\d\d", part)), 0)
    month = next((MONTHS[part] for part in parts if part in MONTHS), 0)
    if month:
        day = _DAY.match(period)
        return year, month, int(day[0]) if day else 31
    last = parts[-1]
    for names in (_ORDINALS, _ROMANS):
        if last in names:
            return 0, 0, names.index(last) + 1
    return 0, 0, int(re.sub(r"\D", "", last) or 0)
