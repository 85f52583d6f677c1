"""Whether a row is a note about the table, or a line that a program or an office prints under it: told by its words."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from halal_metrics import places, statuses

_WORD: Final = (
    r"catatan|keterangan|ket|sumber(?: data)?|note|notes|n\.?\s?b|info|informasi|perhatian|legenda|penjelasan"
)
# What only a record has: a NIB (a phone begins with 08), a nomor daftar, a certificate.
_RECORD: Final = re.compile(
    r"(?<!\d)(?!08)\d{12,13}(?!\d)|\bSH\s?20\d\d[-\s]\d(?:[-\s]\d+)?|\bID\s?\d{8,}", re.IGNORECASE
)
_OF_NUMBERS: Final = re.compile(r"\b(?:nib|no|nomor|daftar|pendaftaran|registrasi|sertifikat)\b", re.IGNORECASE)
_BEGINS: Final = re.compile(
    rf"^(?:\d{{1,2}}[.)]? \| )?(?:\(?(?:{_WORD})\)?\s*\.?\s*(?:[:=]|\||[-–—] |$)|\*+\s*\)?\s*\S|\*\)|[¹²³])",
    re.IGNORECASE,
)
_BEGINS_OPENLY: Final = re.compile(rf"^(?:{_WORD})\.?\s+(?P<rest>.+)$", re.IGNORECASE)

# Lines that a program prints on each page, or an office under its table: each by itself, with nothing below it.
_DATE: Final = r"\d{1,4}[\s/.-]+(?:\d{1,2}|[a-z]{3,9})[\s/.-]+\d{2,4}\b"
_PRINTING: Final = (
    r"di ?cetak|di ?unduh|di ?ekspor|di ?tarik|di ?ambil|di ?update|di ?perba?haru?i|di ?akses|printed|downloaded"
    r"|exported|generated|created|last updated?|update terakhir|terakhir di\w+|pembaruan terakhir"
    r"|(?:tanggal|tgl|waktu|jam)\.? (?:cetak|unduh|ekspor|update|tarik|data|akses|pembaruan)"
)
_PAGE: Final = re.compile(r"\W*(?:halaman|hal|hlm|page)\W*\d{1,4}(?:\W*(?:dari|of|/)\W*\d{1,4})?\W*", re.IGNORECASE)
_CONTACT: Final = (
    r"info(?:rmasi)? lebih lanjut"
    r"|kontak(?: person)?|contact(?: person)?|narahubung|cp|pic|hubungi"
    r"|telp?\.?|telepon|hp|wa|whatsapp|e-?mail|surel"
    r"|website|situs|link|tautan|url"
)
_LETTER: Final = (
    r"perihal|hal|lampiran|sifat|dasar|periode|filter|status|posisi|kondisi|versi|file|nama file|update"
    r"|petugas|operator|admin|user|pengguna|pengunduh|pencetak|penyusun"
    r"|no(?:mor)?|no(?:mor)?\.? ?(?:surat|sk|dokumen|nota|spt?|rekening|arsip|hp|telp\w*|wa)"
)
_ADDRESSED: Final = r"tembusan(?: yth)?|cc|c\.c|kepada(?: yth)?|yth"
_LINE: Final = re.compile(
    rf"\W*(?:(?:{_PRINTING})\b(?=.*(?:\b20\d\d\b|\d[./:-]\d|\b(?:oleh|dari|melalui|pada|by|on|from|at|via)\b)|\W*$)"
    rf"|(?:{_CONTACT}|{_LETTER})\.?\s*[:=]|(?:{_CONTACT}|{_LETTER})\.?(?: \|[^|]*\d[^|]*)?$"
    rf"|(?:{_CONTACT})\b(?:[^|]*|[ .]*\|[^|]*\|[^|]*)\d{{6}}"
    rf"|(?:(?:data|posisi|kondisi|keadaan|update|versi|sihalal|per|tanggal|tgl|pukul|jam|s\.?d\.?|sampai|hingga|dengan"
    rf"|pada)\W+)+{_DATE}"
    r"|(?:jam|pukul)\s+\d{1,2}[.:]\d\d|(?:kepada )?yth\b|rahasia\W*$|ditandatangani\b"
    r"|(?:ditampilkan|menampilkan|showing)\b.*\d"
    r"|https?://|www\.|copyright\b|©|hak cipta\b|(?:dokumen|laporan|data|tabel|daftar|lembar|berkas) ini\b"
    r"|(?:sumber|source)(?: data)? (?:dari|sihalal|bpjph|ptsp|oss|bps|lp3h|dinas|dppkukm|aplikasi|website|http)"
    r"|(?:sekian(?: dan)? )?(?:atas .{3,60} )?terima ?kasih\W*$"
    r"|(?:di)?lanjut(?:kan|an)?\b.*\b(?:halaman|lembar|hal)\b|bersambung\W*$"
    r"|(?:akhir|end)(?: of)? (?:data|laporan|dokumen|report|file)\W*$)",
    re.IGNORECASE,
)
_IS_CONTACT: Final = re.compile(rf"(?:{_CONTACT})\W*", re.IGNORECASE)
_MOST: Final = 3  # cells of a line that says whom to ask: the word, who, the number
_ALONE: Final = re.compile(  # a page, a day or "nihil", where nothing else stands in the row
    rf"[-–]\s*\d{{1,3}}\s*[-–]|\d{{1,3}}\s*/\s*\d{{1,3}}|(?:[-–] \| )?\W*n ?i ?h ?i ?l\W*|{_DATE}"
    r"(?:[ T]+\d{1,2}[.:]\d\d(?:[.:]\d\d)?)?(?: wi(?:b|t|ta))?",
    re.IGNORECASE,
)
_IS_ADDRESSED: Final = re.compile(rf"(?:{_ADDRESSED})\.?\s*(?:[:=]|$)", re.IGNORECASE)
_AND_SO_ON: Final = re.compile(
    r"\W*(?:dst|dll|dsb|dkk|etc|dan seterusnya|dan sebagainya|dan lain[- ]?lain|…|\.{2,}|[-–_=]{3,})\W*", re.IGNORECASE
)

# Words of a sentence to whoever reads the sheet; names of businesses have none of them.
_SPEAKS: Final = (
    r"\b(?:mohon|menunggu|nunggu|belum|sudah|sementara|harap|tolong|dicek|diperiksa|dilengkapi|melengkapi|diperbarui"
    r"|diupdate|dikirim|mengirim|menyusul|karena|akan|masih|tidak|agar|supaya|adalah|merupakan|terlampir|dimaksud"
    r"|berdasarkan|sesuai|termasuk|kecuali|telah|sedang|perlu|harus|apabila|bila|jika|terdapat|direvisi|revisi|koreksi"
    r"|dikoreksi|dihitung|ditambahkan|konfirmasi|dikonfirmasi|kurang|bersumber|diolah|di ?update|dikembalikan|ditolak"
    r"|dibatalkan|digantikan|disampaikan|diserahkan|sihalal|bpjph)\b"
)
_SPEAKING: Final = re.compile(_SPEAKS, re.IGNORECASE)
_COUNTED: Final = r"usaha|pelaku|pu|umkm?|ikm|berkas|data|baris|pengajuan|calon"
_ENUMERATED: Final = re.compile(r"^\(?[a-z\d]{1,2}[.)]\s*|^[-–•*]\s*", re.IGNORECASE)
_SOME: Final = re.compile(
    r"^(?:ada |sebanyak |total )?(?:\d{1,4}|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|beberapa|semua"
    rf"|sebagian|seluruh) (?:{_COUNTED})\b|^[^\d:=]{{2,40}}(?:\d{{2,3}})?\s*[:=]\s*\d{{1,5}}\s*(?:{_COUNTED})?\W*$",
    re.IGNORECASE,
)
MAY_BE: Final = (
    rf"(?i)\b(?:{_WORD}|{_PRINTING}|{_CONTACT}|{_LETTER}|{_ADDRESSED}|halaman|hlm|page|dokumen|laporan|per|tanggal|tgl"
    rf"|www|https?|copyright|terima|lanjut\w*|akhir|end|dst|dll|dsb|dan)\b|[*¹²³…©]|\.\.|---|===|___|{_SPEAKS}"
    rf"|\b(?:{_COUNTED})\b|[:=] *\d|n ?i ?h ?i ?l"
)
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


def is_addressed(text: str) -> bool:
    """
    Whether a list of those whom the letter goes to begins here.

    >>> is_addressed("Tembusan:"), is_addressed("Tembusan Yth.:"), is_addressed("Kepada Bunda Catering")
    (True, True, False)
    """
    return bool(_IS_ADDRESSED.match(text))


def is_printed(cells: Sequence[str]) -> bool:
    """
    Whether a row is a line printed under a table: the page, when and by whom, whom to ask, "and so on".

    >>> lines = "Halaman 1 dari 2|Dicetak oleh: admin|Kontak: Budi 081234560009|dst.|3 ; …|Sumber data SIHALAL"
    >>> [is_printed(line.split(" ; ")) for line in lines.split("|")]
    [True, True, True, True, True, True]
    >>> [is_printed([text]) for text in ("Sumber Rejeki", "Kontak Kopi", "Update Rasa", "Halaman Rumah", "12.000")]
    [False, False, False, False, False]
    >>> is_printed(["24", "Sumber Data Komputer", "Rina"]), is_printed(["Dicetak Batik", "081234567890"])
    (False, False)
    """
    rest = cells[1:] if len(cells) > 1 and cells[0].strip(".) ").isdigit() else cells
    if any(map(_PAGE.fullmatch, cells)) or (len(cells) == 1 and _ALONE.fullmatch(cells[0])):
        return True
    asked = len(rest) == _MOST and _IS_CONTACT.fullmatch(rest[0])
    if (len(rest) < _MOST or asked) and _LINE.match(" | ".join(rest)):
        return True
    return all(map(_AND_SO_ON.fullmatch, rest))


def bears_number(text: str) -> bool:
    """
    Whether a cell is a number that only a record has: a NIB, a nomor daftar, a certificate, with one word at most.

    >>> [bears_number(text) for text in ("SH2025-1-100001", "NIB 8120001234567", "SH2025-1-100001 (baru)")]
    [True, True, True]
    >>> [bears_number(text) for text in ("SH2025-1-100001 menunggu foto", "Budi 081234560009", "dua usaha")]
    [False, False, False]
    """
    rest, found = _RECORD.subn(" ", text)
    return found == 1 and len(re.findall(r"[^\W\d]{3,}", re.sub(_OF_NUMBERS, " ", rest))) < 2


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
    if _is_tally(cells := list(cells)) or _is_legend(cells):
        return True
    for column, text in cells:
        if _is_of_record(column, text):
            return False
        wordy = column in ("registration_number", "reg_id") and len(re.findall(r"[^\W\d]{2,}", text)) > 2
        if speaks(text) or wordy or (column in NAMES and _RECORD.search(text)):
            spoken = True
        elif column == "kab_kota" and not places.meaning(text).canonical:
            continue
        elif column in NAMES and not re.fullmatch("[a-z]+", text):
            return False
    return spoken or speaks(" ".join(text for _, text in cells))


def _is_of_record(column: str | None, text: str) -> bool:
    """Whether only a record has this cell: a long number alone, the number of the row, a known status."""
    if bears_number(text) or re.fullmatch(r"[\d.,%]+", text):
        return True
    if re.search(r"\d{6}", text) and not (speaks(text) or (column in NAMES and _RECORD.search(text))):
        return True
    return column == "status" and bool(statuses.meaning(text).canonical)


def _is_legend(cells: Sequence[tuple[str | None, str]]) -> bool:
    return not any(column == "status" for column, _ in cells) and statuses.explains_code([text for _, text in cells])


def _is_tally(cells: Sequence[tuple[str | None, str]]) -> bool:
    """Whether a row counts a status, named where no status stands: "a. OF74 | 2"."""
    counts = [text for _, text in cells if re.fullmatch(r"\d{1,5}", text)]
    named = [(column, _ENUMERATED.sub("", text)) for column, text in cells if text not in counts]
    return bool(counts and named) and all(
        column != "status" and statuses.meaning(text).canonical for column, text in named
    )
