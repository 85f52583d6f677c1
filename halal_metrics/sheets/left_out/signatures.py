"""What stands below a table and is none of it: signatures, and notes."""

import re
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.left_out.notes import MAY_BE, bears_number, begins_note, is_addressed, is_printed, is_sentence
from halal_metrics.sheets.values.dates import MONTHS, WEEKDAYS

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
_LISTED: Final = re.compile(r"^(?:[-–•*·]|\(?\d{1,2}[.)]|\(?[a-z][.)]|[a-z])")
_NUMBER: Final = re.compile(r"[\d.,%]+")
MOST: Final = 3  # cells a row of a signature block fills
_END: Final = 40  # rows at the end of a table among which signatures side by side are looked for


def closing_rows(
    columns: dict[str, pa.LargeStringArray],
    used: dict[str, str],
    filled: np.ndarray,
    left: np.ndarray,
    placed: np.ndarray,
) -> dict[str, np.ndarray]:
    """
    Rows of signature blocks and of notes, by the code of what they are; `columns` {header: cells}, `used` {header:
    column}, `filled` cells of each row, `left` the rows not yet explained, `placed` those with a place in its column.

    A row begins one by its words, a signature only if it fills few cells; the rows below it belong to it as long as
    they fill few and have no number that only a record has. A row that only speaks is a note wherever it stands.
    """
    most = max(1, min(MOST, (len(columns) - 1) // 2))
    texts = _texts(list(columns.values()), filled, left, most)
    found: dict[str, list[int]] = {"row_signature": [], "row_note": []}
    within: str | None = None
    listed: int | None = None  # how many of those addressed are gone by
    last = -1
    for row, text in texts.items():
        cells = text.split(" | ")
        own = bool(placed[row]) or any(map(bears_number, cells))
        if not own and (is_printed(cells) or _goes_on(cells, listed)):
            listed = None if listed is None or is_printed(cells) else listed + 1
            found["row_note"].append(row)
            last = row
            continue
        listed = 0 if not own and is_addressed(text) else None
        record = own or any(map(_NUMBER.fullmatch, cells))
        follows = within is not None and not record and not left[last + 1 : row].any()
        if not follows or (within == "row_note" and not _LISTED.match(text)):
            within = None
        if listed is not None or (not own and begins_note(text)):
            within = "row_note"
        elif not record and (len(cells) <= most or all(map(_SIGNED.search, cells))):
            within = "row_signature" if _SIGNED.search(text) else within
        elif not follows:
            within = None
        if within:
            found[within].append(row)
        elif not own and is_sentence(_cells(columns, used, row)):
            found["row_note"].append(row)
        last = row
    return {code: np.array(rows, np.int64) for code, rows in found.items() if rows}


def _goes_on(cells: list[str], listed: int | None) -> bool:
    """Whether a row is the next of a numbered list of those addressed: "1 | Kepala Dinas"."""
    return listed is not None and len(cells) == 2 and cells[0].strip("().") == str(listed + 1)


def _texts(columns: list[pa.LargeStringArray], filled: np.ndarray, left: np.ndarray, most: int) -> dict[int, str]:
    """Rows that fill few cells, those at the end, and those of up to MOST with a word of a note: each in a line."""
    few = filled <= most
    few[-_END:] = True
    more = np.flatnonzero(left & ~few & (filled <= MOST))
    if len(more):
        may_be = pc.match_substring_regex(joined_rows(columns, more), MAY_BE).to_numpy(zero_copy_only=False)
        few[more[may_be]] = True
    at = np.flatnonzero(left & few)
    return dict(zip(at.tolist(), joined_rows(columns, at).to_pylist(), strict=True))


def _cells(columns: dict[str, pa.LargeStringArray], used: dict[str, str], row: int) -> list[tuple[str | None, str]]:
    return [(used.get(name), text) for name, values in columns.items() if (text := values[row].as_py())]


def joined_rows(columns: list[pa.LargeStringArray], at: np.ndarray) -> pa.LargeStringArray:
    """The texts of these rows, each in one line: "A | B"."""
    filled = np.zeros(len(at), bool)
    cells = [column.take(pa.array(at)) for column in columns]
    for values in cells:
        filled |= values.is_valid().to_numpy(zero_copy_only=False)
    texts = pa.array([""] * len(at), pa.large_string())
    if not filled.any():
        return texts
    mask = pa.array(filled)  # a row without any cell would be left out of the answer
    separator = pa.scalar(" | ", pa.large_string())
    joined = pc.binary_join_element_wise(*(one.filter(mask) for one in cells), separator, null_handling="skip")
    return pc.replace_with_mask(texts, mask, joined)
