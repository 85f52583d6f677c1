"""What the lines above a table and the sheet's name say of all its rows: where, by whom, as of when."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final

from halal_metrics import institutions, places, programmes, statuses
from halal_metrics.sheets.headings.offices import office
from halal_metrics.sheets.values.dates import WEEKDAYS, find_dates, is_date_alone
from halal_metrics.spelling import compact, words

IN_TITLE, IN_NAME, IN_HEADER = "judul", "nama lembar", "judul kolom"


@dataclass(frozen=True)
class Statement:
    """One value for all rows of a sheet, and the words it was read from."""

    value: str
    """Canonical; a date as ISO text."""
    where: str
    text: str
    instead_of: str | None = None
    """What the sheet's name says where it says something else."""
    guessed: bool = False
    """Read from a spelling one or two letters off."""

    def shown(self) -> str:
        return f"{self.where} '{self.text}'"


# An address, or where and when something was signed or held: the town in it is not where the businesses are.
_ADDRESS: Final = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|komplek|kompleks|gedung|lantai|telp|tlp|telepon|fax|faks|faksimile|kode pos|pos el"
    r"|email|e-mail|website|laman|situs|www|http|https|rapat|bertempat|tempat|kanwil|kantor wilayah|balai)\b"
    r"|@|\b7[5-7]\d{3}\b|\(0\d{3}\)",
    re.IGNORECASE,
)
_SIGNED_AT: Final = re.compile(rf"^(?!(?:{'|'.join(WEEKDAYS)})\b)[A-Za-z .]+,\s*(?:\d|[._…])", re.IGNORECASE)
_LABELLED: Final = {
    "kab_kota": re.compile(
        r"^(?:nama )?(?:kab(?:upaten)?\.?\s*/?\s*(?:kota)?|kota(?:\s*/\s*kab(?:upaten)?\.?)?|wilayah(?: kerja)?|daerah)"
        r"\s*[:=]\s*(.+)$",
        re.IGNORECASE,
    ),
    "lp3h": re.compile(
        r"^(?:nama )?(?:lp3h|lp3|lembaga(?: pendamping(?: pph| proses produk halal)?)?|halal center)(?: pendamping)?"
        r"\s*[:=]\s*(.+)$",
        re.IGNORECASE,
    ),
}
_NEXT_LABEL: Final = re.compile(
    r"\s*[|;\t].*|[\s,]+(?:(?:kode|nama|tahun|bulan|periode|per|status|tanggal|tgl|di ?cetak|program|fasilitasi|kuota"
    r"|kab\w*|kota|wilayah|daerah|provinsi|lp3h|lembaga|jumlah|total|alamat|ketua|koordinator|pendamping|halaman|jenis"
    r"|filter|skema|sumber)\b[\w\s./]{0,25}[:=]|di ?cetak\b).*",
    re.IGNORECASE,
)
"""Where in the same line another label begins."""
_LP3H_NAMED: Final = re.compile(r"^(?:lp3h|lembaga pendamping pph)\s+(?P<name>[^\W\d].*)$", re.IGNORECASE)
_NO_NAME: Final = frozenset(
    "lp3h lp3 lph p3h per dan se kaltim kalimantan timur provinsi prov kab kota kabupaten rekap rekapitulasi data "
    "aktif seluruh semua laporan daftar di wilayah tahun bulan total jumlah".split()
)
_AS_OF: Final = re.compile(
    r"\b(?:per(?:\s*(?:tanggal|tgl))?|keadaan|kondisi|realisasi|rekap(?:itulasi)?"
    r"|laporan|s\.?\s?/?d\.?|sd|sampai(?: dengan)?|hingga|posisi|tanggal|tgl|update"
    r"|updated?|pembaruan|pemutakhiran|data|periode|cut\s?off|as of|status)\b",
    re.IGNORECASE,
)
# The date of a decree, of a letter, of a meeting, of printing.
_OTHER_DATE: Final = re.compile(
    r"\b(?:nomor|no|sk|surat|keputusan|peraturan|perda|pergub|undangan|rapat|dicetak|cetak|diunduh|unduh|mulai|sejak)\b",
    re.IGNORECASE,
)


_DUE: Final = re.compile(
    r"\b(?:target(?!\W+(?:dan\W+|vs\W+)?(?:realisasi|capaian))"
    r"|tenggat|batas (?:waktu|akhir)|deadline|paling lambat|selambat-lambatnya|jatuh tempo)\b.*",
    re.IGNORECASE,
)
"""What begins to say until when; of a report that is due it says nothing of the rows."""
_REPORT_DUE: Final = re.compile(
    r"\b(?:laporan|lapor|pengumpulan|dikumpul\w*|pengiriman|dikirim\w*|rapat)\b", re.IGNORECASE
)
_NEXT: Final = re.compile(r"[,;]|(?=\bper\b)", re.IGNORECASE)


def stated(titles: tuple[str, ...], name: str, *, of_file: bool = False) -> dict[str, Statement]:
    """
    {column: statement} of kab_kota, lp3h, statement_date, target_date, programme_code, status and source_opd, where
    titles or else the sheet's name have one answer; the name of a file (`of_file`) tells no status.

    >>> said = stated(("REKAPITULASI KABUPATEN BERAU", "Keadaan s.d. 31 Mei 2025"), "UINSI Samarinda")
    >>> {column: (one.value, one.where) for column, one in said.items()}  # doctest: +NORMALIZE_WHITESPACE
    {'kab_kota': ('Kabupaten Berau', 'judul'), 'lp3h': ('LP3H UINSI Samarinda', 'nama lembar'),
     'statement_date': ('2025-05-31', 'judul')}

    A line with a label ("Wilayah: Kota Bontang") outweighs the others; several different answers are none. Where title
    and sheet name differ the title, which somebody wrote for these rows, is taken.
    """
    lines = _about_the_rows(titles)
    found: dict[str, Statement | None] = {
        "kab_kota": _either(_from_lines(lines, "kab_kota"), _from_name(name, "kab_kota")),
        "lp3h": _either(_from_lines(lines, "lp3h"), _from_name(name, "lp3h")),
        "statement_date": _either(_date(tuple(map(_without_due, titles))), _date_of_name(name)),
        "target_date": _target(titles),
        "programme_code": _programme(lines, name),
        "status": _status(lines, "" if of_file else name),
    }
    place = found["kab_kota"]
    found["source_opd"] = _office(lines, name, place.value if place and not place.guessed else None)
    return {column: statement for column, statement in found.items() if statement}


def _office(lines: list[str], name: str, place: str | None) -> Statement | None:
    for where, texts in ((IN_TITLE, lines), (IN_NAME, [name])):
        if found := office(texts, place):
            return Statement(found[0], where, found[1])
    return None


def _programme(lines: list[str], name: str) -> Statement | None:
    """The programme's code; a line that says nothing else outweighs one that names it among other words."""
    for where, texts in ((IN_TITLE, lines), (IN_NAME, [name.replace("_", " ")])):
        found = [(one, text) for text in texts if (one := programmes.named(text))]
        found = [(one, text) for one, text in found if one.sure] or found
        if len({one.code for one, _ in found}) == 1:
            one, text = found[0]
            return Statement(one.code, where, text, guessed=not one.sure)
    return None


def _status(lines: list[str], name: str) -> Statement | None:
    """The one status of all rows; of the words that mean other things too only the sheet's name is taken for it."""
    found = [(one, line) for line in lines if (one := statuses.stated(line)) and one[1]]
    if len({status for (status, _), _ in found}) == 1:
        return Statement(found[0][0][0], IN_TITLE, found[0][1])
    one = None if found else statuses.stated(name.replace("_", " "))
    return Statement(one[0], IN_NAME, name, guessed=not one[1]) if one else None


def inherited(sheet: dict[str, Statement], titles: tuple[str, ...]) -> dict[str, Statement]:
    """
    What a sheet's first titles state of a table further down that has these titles: no status where it has any, and no
    programme where they name one, known or not.
    """
    ended = {"status"} if titles else set()
    if any(programmes.speaks_of_one(line) for line in titles):
        ended.add("programme_code")
    return {column: statement for column, statement in sheet.items() if column not in ended}


def copied(statements: list[tuple[str, Statement]]) -> bool:
    """
    Whether (sheet name, statement) of one column in several sheets show a title that was copied along: the same line
    on all of them, while their names name different places.

    >>> line = Statement("Kota Samarinda", IN_TITLE, "KOTA SAMARINDA")
    >>> copied([("Samarinda", line), ("Bontang", replace(line, instead_of="Kota Bontang"))])
    True
    """
    titles = {(one.value, one.text) for _, one in statements if one.where == IN_TITLE}
    return len(titles) == 1 and len({one.instead_of or one.value for _, one in statements}) > 1 < len(statements)


def by_name(name: str, statement: Statement) -> Statement:
    """What the sheet's name says instead of its title."""
    return Statement(statement.instead_of, IN_NAME, name) if statement.instead_of else statement


def _about_the_rows(titles: tuple[str, ...]) -> list[str]:
    """The lines without addresses, and without the town that stands alone below one."""
    kept: list[str] = []
    address = False
    for line in titles:
        if _ADDRESS.search(line) or _SIGNED_AT.match(line):
            address = True
        elif not (address and _is_bare_town(line)):
            kept.append(line)
            address = False
    return kept


def _is_bare_town(line: str) -> bool:
    plain = re.sub(r"[^a-z]", "", line.lower())
    return any(plain == compact(label) for label in places.SHORT.values())


def _from_lines(lines: list[str], column: str) -> Statement | None:
    labelled = [
        (line, _NEXT_LABEL.sub("", label[1], count=1)) for line in lines if (label := _LABELLED[column].match(line))
    ]
    answers = [(_meant(text, column), line) for line, text in labelled]
    if not any(value for value, _ in answers):
        rest = [line for line in lines if not any(label.match(line) for label in _LABELLED.values())]
        answers = [(value, line) for line in rest for value in _named(line, column)]
    values = {value for value, _ in answers if value}
    if len(values) != 1:
        return None
    return next(Statement(value, IN_TITLE, line) for value, line in answers if value)


def _from_name(name: str, column: str) -> Statement | None:
    if column == "kab_kota":
        found = places.meaning(name)
        if found.canonical and found.certainty in ("exact", "alias", "code") and not found.code:
            return Statement(found.canonical, IN_NAME, name)
        # Short names of sheets are a letter or two from many a word.
        if found.canonical and found.code == "place_similar" and len(compact(name)) >= 8:
            return Statement(found.canonical, IN_NAME, name, guessed=True)
    values = _named(name, column)
    return Statement(values.pop(), IN_NAME, name) if len(values) == 1 else None


def _meant(text: str, column: str) -> str | None:
    """What a text after a label means; an LP3H not in the list is taken as written."""
    if not words(text):
        return None
    found = places.meaning(text) if column == "kab_kota" else institutions.meaning(text)
    return found.canonical


def _named(text: str, column: str) -> set[str]:
    if column == "kab_kota":
        return places.named(text)
    known = institutions.named(text)
    own = _LP3H_NAMED.match(text)
    if known or not own or set(words(own["name"]).split()) & _NO_NAME or places.named(own["name"]):
        return known
    return {" ".join(text.split())}


def _either(title: Statement | None, name: Statement | None) -> Statement | None:
    if title and name and title.value != name.value:
        return replace(title, instead_of=name.value)
    return title or name


def _due(line: str) -> tuple[str, dt.date] | None:
    """
    The part of a line that says until when something is to be done, and that date.

    >>> _due("Kuota per LP3H, target selesai Sabtu, 31 Mei 2025, per 4 Juni 2025")
    ('target selesai Sabtu, 31 Mei 2025', datetime.date(2025, 5, 31))
    """
    found = _DUE.search(line)
    if not found:
        return None
    ends = [mark.start() for mark in _NEXT.finditer(found[0])] + [len(found[0])]
    part = next((found[0][:end] for end in ends if find_dates(found[0][:end])), None)
    return (part, find_dates(part)[0]) if part else None


def _without_due(line: str) -> str:
    due = _due(line)
    return line.replace(due[0], " ") if due else line


def _target(titles: tuple[str, ...]) -> Statement | None:
    answers = [(due[1], line) for line in titles if (due := _due(line)) and not _REPORT_DUE.search(due[0])]
    if len({date for date, _ in answers}) != 1:
        return None
    return Statement(answers[0][0].isoformat(), IN_TITLE, answers[0][1])


def _date(titles: tuple[str, ...]) -> Statement | None:
    """The date as of which the rows are stated: after words that say so, or alone in its line."""
    answers: list[tuple[dt.date, str]] = []
    for line in titles:
        cue = _AS_OF.search(line)
        if _SIGNED_AT.match(line) and not cue:
            continue
        if _OTHER_DATE.search(line):  # "Rapat 4 Juni 2025, data per 28 Mei 2025"
            parts = [part for part in re.split("[,;]", line) if _AS_OF.match(part.strip())]
            dates = [date for part in parts if not _OTHER_DATE.search(part) for date in find_dates(part)]
        else:
            dates = find_dates(line[cue.start() :] if cue else line) if cue or is_date_alone(line) else []
        if dates:
            answers.append((max(dates), line))
    if len({date for date, _ in answers}) != 1:
        return None
    return Statement(answers[0][0].isoformat(), IN_TITLE, answers[0][1])


def _date_of_name(name: str) -> Statement | None:
    dates = set(find_dates(name.replace("_", " ")))
    return Statement(dates.pop().isoformat(), IN_NAME, name) if len(dates) == 1 else None
