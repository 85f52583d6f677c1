"""What stands below a table and is none of it: signatures, and notes."""

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.dates import MONTHS, WEEKDAYS

_OFFICE: Final = (
    "dinas|bidang|badan|seksi|sub|subbag|upt|uptd|bagian|kantor|lp3h|lp3|lembaga|pusat|halal|kelompok|satgas|tim"
    "|pelaksana|umum|yayasan|perkumpulan"
)
_WEEKDAYS, _MONTHS = "|".join(WEEKDAYS), "|".join(MONTHS)
_SIGNED: Final = re.compile(
    r"(?:^|\| )(?:mengetahui\b|menyetujui\b|disetujui\b|diperiksa oleh|dibuat oleh|disusun oleh|yang membuat"
    r"|pembuat\W*(?:$|\|)"
    r"|hormat kami|demikian\b|nip\b[\s.:]|nipy?\.|a\.\s?n\.|an\. |u\.\s?b\.|plt\.|plh\.|ttd\b|tanda tangan|materai"
    rf"|(?:plt\.? |plh\.? )?(?:kepala|ketua|direktur|direktris|koordinator|sekretaris|kabid|kadis|rektor|dekan)\b"
    rf"(?:\W*$|\W*\||,|\s+(?:{_OFFICE})\b)|penanggung jawab\W*(?:$|\|)|pembina (?:utama|tk|tingkat)"
    r"|penata (?:muda|tk|tingkat)"
    rf"|(?!(?:{_WEEKDAYS})\b)[a-z][a-z .]+,\s*(?:\d{{1,2}}|[._…]*)\s*(?:{_MONTHS})\s+20\d\d\b)",
    re.IGNORECASE,
)
_NOTED: Final = re.compile(
    r"^(?:(?:catatan|keterangan|ket|sumber(?: data)?|note|notes|n\.?b|info|perhatian|legenda)\s*\.?\s*[:=]"
    r"|\*+\s*\)?\s*\S|\*\)|[¹²³])",
    re.IGNORECASE,
)
_LISTED: Final = re.compile(r"^(?:[-–•*·]|\(?\d{1,2}[.)]|\(?[a-z][.)]|[a-z])")
# What only a record has: a NIB, a nomor daftar, a certificate.
_RECORD: Final = re.compile(r"(?<!\d)\d{12,13}(?!\d)|\bSH\s?20\d\d-|\bID\s?\d{8}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[\d.,%]+")
MOST: Final = 3  # cells a row of a signature block fills
_END: Final = 40  # rows at the end of a table among which signatures side by side are looked for


def closing_rows(
    columns: list[pa.LargeStringArray], filled: np.ndarray, left: np.ndarray, placed: np.ndarray
) -> dict[str, np.ndarray]:
    """
    Rows of signature blocks and of notes, by the code of what they are; `filled` cells of each row, `left` the
    rows not yet explained, `placed` those that name a place in its column.

    A row begins one by its words, and only if it fills few cells; the rows below it belong to it as long as they fill
    few and have no number that only a record has.
    """
    most = max(1, min(MOST, (len(columns) - 1) // 2))
    few = filled <= most
    few[-_END:] |= filled[-_END:] <= MOST  # two signers below a table of three columns
    sparse = np.flatnonzero(left & few)
    if not len(sparse):
        return {}
    texts = dict(zip(sparse.tolist(), joined_rows(columns, sparse).to_pylist(), strict=True))
    found: dict[str, list[int]] = {"row_signature": [], "row_note": []}
    within: str | None = None
    last = -1
    for row, text in texts.items():
        cells = text.split(" | ")
        record = bool(placed[row]) or bool(_RECORD.search(text)) or any(map(_NUMBER.fullmatch, cells))
        follows = within is not None and not record and not left[last + 1 : row].any()
        if not follows or (within == "row_note" and not _LISTED.match(text)):
            within = None
        if not record and (len(cells) <= most or all(map(_SIGNED.search, cells))):
            within = "row_signature" if _SIGNED.search(text) else "row_note" if _NOTED.match(text) else within
        if within:
            found[within].append(row)
        last = row
    return {code: np.array(rows, np.int64) for code, rows in found.items() if rows}


def joined_rows(columns: list[pa.LargeStringArray], at: np.ndarray) -> pa.LargeStringArray:
    """The texts of these rows, each in one line: "A | B"."""
    rows = pa.array(at)
    cells = [column.take(rows) for column in columns]
    separator = pa.scalar(" | ", pa.large_string())
    return pc.binary_join_element_wise(*cells, separator, null_handling="skip")
