"""Whether a row is a note about the table, and no record of it: told by its words."""

import re
from collections.abc import Iterable
from typing import Final

from halal_metrics import places, statuses

_WORD: Final = (
    r"catatan|keterangan|ket|sumber(?: data)?|note|notes|n\.?\s?b|info|informasi|perhatian|legenda|penjelasan"
)
_BEGINS: Final = re.compile(
    rf"^(?:\d{{1,2}}[.)]? \| )?(?:\(?(?:{_WORD})\)?\s*\.?\s*(?:[:=]|\||[-–—] |$)|\*+\s*\)?\s*\S|\*\)|[¹²³])",
    re.IGNORECASE,
)
_BEGINS_OPENLY: Final = re.compile(rf"^(?:{_WORD})\.?\s+(?P<rest>.+)$", re.IGNORECASE)

# Words of a sentence to whoever reads the sheet; names of businesses have none of them.
_SPEAKS: Final = (
    r"\b(?:mohon|menunggu|nunggu|belum|sudah|sementara|harap|tolong|dicek|diperiksa|dilengkapi|melengkapi|diperbarui"
    r"|diupdate|dikirim|mengirim|menyusul|karena|akan|masih|tidak|agar|supaya|adalah|merupakan|terlampir|dimaksud"
    r"|berdasarkan|sesuai|termasuk|kecuali|telah|sedang|perlu|harus|apabila|bila|jika|terdapat|direvisi|revisi|koreksi"
    r"|dikoreksi|dihitung|ditambahkan|konfirmasi|dikonfirmasi|kurang|bersumber|diolah|di ?update)\b"
)
_SPEAKING: Final = re.compile(_SPEAKS, re.IGNORECASE)
_SOME: Final = re.compile(
    r"^(?:ada |sebanyak |total )?(?:\d{1,4}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|beberapa|semua"
    r"|sebagian|seluruh) (?:usaha|pelaku|pu|umkm?|ikm|berkas|data|baris|pengajuan|calon)\b",
    re.IGNORECASE,
)
MAY_BE: Final = rf"(?i)\b(?:{_WORD})\b|\*|[¹²³]|{_SPEAKS}|\b(?:usaha|pelaku|berkas|baris|calon) "
"""Pattern (RE2) of every text that can be a note."""

NAMES: Final = frozenset(
    "registration_number reg_id nib certificate_number business_name owner_name kab_kota lp3h".split()
)
"""Columns whose cells name what a row is about; only a note has sentences there."""


def begins_note(text: str) -> bool:
    """
    Whether the row, its cells in one line, begins as a note.

    >>> [begins_note(text) for text in ("Catatan | dua usaha", "NB mohon dicek", "* sementara", "Ket. : -", "Info")]
    [True, True, True, True, True]
    >>> [begins_note(text) for text in ("Catatan Kue", "Keterangan Rasa 1", "NB Collection")]
    [False, False, False]
    """
    openly = _BEGINS_OPENLY.match(text)
    return bool(_BEGINS.match(text)) or bool(openly and speaks(openly["rest"]))


def speaks(text: str) -> bool:
    """
    Whether a text is a sentence about the data, not a name.

    >>> [speaks(text) for text in ("dua usaha menunggu foto 3x4", "3 usaha di kota", "Dapur Rekaan", "Belum")]
    [True, True, False, False]
    """
    return " " in text.strip() and bool(_SPEAKING.search(text) or _SOME.match(text))


def is_sentence(cells: Iterable[tuple[str | None, str]]) -> bool:
    """
    Whether a row, its cells with the column of each, only speaks: something in it does, and whatever names a record
    does too. A long number, a status, a place or the number of the row is of a record.

    >>> is_sentence([("registration_number", "dua usaha menunggu foto 3x4")])
    True
    >>> is_sentence([("business_name", "Dapur Rekaan"), ("note", "menunggu foto")])
    False
    """
    spoken = False
    for column, text in (cells := list(cells)):
        if re.search(r"\d{6}", text) or re.fullmatch(r"[\d.,%]+", text):
            return False
        if column == "status" and statuses.meaning(text).canonical:
            return False
        wordy = column in ("registration_number", "reg_id") and len(re.findall(r"[^\W\d]{2,}", text)) > 2
        if speaks(text) or wordy:
            spoken = True
        elif column == "kab_kota" and not places.meaning(text).canonical:
            continue
        elif column in NAMES and not re.fullmatch("[a-z]+", text):
            return False
    return spoken or speaks(" ".join(text for _, text in cells))
