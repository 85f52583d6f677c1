"""Which office (OPD) a list comes from, as its letterhead or title says."""

import re
from typing import Final

from halal_metrics import places

_LABELLED: Final = re.compile(
    r"^(?:nama |asal |sumber )?(?:opd(?: pengusul)?|instansi(?: pengusul)?|dinas pengusul|pengusul|sumber data)"
    r"\s*[:=]\s*(.+)$",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"\b(?:dinas\b|badan (?!penyelenggara|standar|pusat statistik)"
    r"|dis(?:perin|perdag|kop|kuk|kum|dag|naker|nak|bun|par(?:bud|pora|ekraf)|tan|ketapang|lutkan)\w*|dinkop\w*"
    r"|dp+kukm\w*|dkukm\w*|d(?:in|is)?p{0,2}ku(?:k?m|mk?m)?p{0,3}\b"
    r"|dpmptsp\b|bapp?e(?:da|litbang)\w*|kemenag\b|kantor kementerian agama\b|baznas\b|dekranasda\b"
    r"|plut\b)",
    re.IGNORECASE,
)
_TO_OTHERS: Final = re.compile(
    r"^(?:kepada|yth|u\.?\s?p\b|tembusan|perihal|hal\b|nomor|no\b|lampiran|sifat|mengetahui)|\bkepala\b", re.IGNORECASE
)
_NOT_THE_NAME: Final = re.compile(
    r"\s*(?:[(:;–—]|\s-\s|\b(?:tahun|thn|ta|t\.a|per|periode|bulan|tanggal|tgl|untuk|dalam|kepada|se-?kaltim|20\d\d)\b).*$",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r"(?:,|\bdan|&)$", re.IGNORECASE)


def office(lines: list[str], place: str | None) -> tuple[str, str] | None:
    """
    (the office as written, the line that names it), where the lines name one; `place` what they say of the rows, added
    where the office's name has none.

    >>> office(["PEMERINTAH KABUPATEN BERAU", "DINAS KOPERASI DAN UKM"], "Kabupaten Berau")
    ('DINAS KOPERASI DAN UKM KABUPATEN BERAU', 'DINAS KOPERASI DAN UKM')
    >>> office(["Calon dari Disperindagkop UKM Paser tahun 2025"], None)[0], office(["OPD: Bagian Ekonomi"], None)[0]
    ('Disperindagkop UKM Paser', 'Bagian Ekonomi')
    >>> office(["USULAN DARI DKUMPP KOTA BONTANG", "Per 4 Juni 2025"], None)[0]
    'DKUMPP KOTA BONTANG'
    >>> office(["Kepada Yth. Kepala Dinas Koperasi"], None), office(["Dinas Koperasi", "Dinas Pertanian"], None)
    (None, None)
    """
    labelled = [(label[1], line) for line in lines if (label := _LABELLED.match(line))]
    named = [
        (text[found.start() :], text) for text in _whole(lines) if not _TO_OTHERS.search(text)
        if (found := _OFFICE.search(text))
    ]  # fmt: skip
    answers = {_NOT_THE_NAME.sub("", name).strip(" .,"): line for name, line in labelled or named}
    if len(answers) != 1:
        return None
    ((name, line),) = answers.items()
    if place and not places.named(name):
        name = f"{name} {place.upper() if name.isupper() else place}"
    return (name, line) if name else None


def _whole(lines: list[str]) -> list[str]:
    """The lines, one that ends in the middle of a name together with the next."""
    whole: list[str] = []
    for line in lines:
        if (
            whole
            and (_GOES_ON.search(whole[-1]) or re.match(r"dan\b", line, re.IGNORECASE))
            and _OFFICE.search(whole[-1])
        ):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole
