"""Numbers by which SIHALAL knows an application: nomor daftar and ID Reg."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.values.cells import bytes_of, flags
from halal_metrics.sheets.values.written_numbers import (
    BETWEEN,
    DAMAGED,
    EATEN,
    Read,
    first_of,
    found_at,
    hyphened,
    is_digits,
    is_eaten,
    missing_where,
    says_nothing,
    unmarked,
)


def read_registration(values: pa.LargeStringArray) -> Read:
    """
    Nomor daftar: upper case, its parts joined by hyphens; another number as it is, without spaces. Damaged by Excel,
    without a digit, a status or among words is missing. A number that stands first is taken, words behind it are not.

    >>> raw = ["sh2025-1-100001", "SH 2025 1 100002 ", "SH2025-1-100003 menunggu foto", "foto 3x4 menunggu", "a. OF74",
    ...        "SH2025-1-100004/100005"]
    >>> numbers, findings = read_registration(pa.array(raw, pa.large_string()))
    >>> numbers.to_pylist()
    ['SH2025-1-100001', 'SH2025-1-100002', 'SH2025-1-100003', None, None, 'SH2025-1-100004']
    >>> [finding.code for finding in findings]
    ['several_numbers', 'registration_cut', 'registration_invalid']
    """
    numbers, findings = _opaque(values, upper=True)
    if _only_numbers(numbers):
        return numbers, findings
    values, several = first_of("registration_number", hyphened(values))
    numbers, findings = _opaque(values, upper=True)
    filled = flags(numbers.is_valid())
    first = filled & flags(pc.match_substring_regex(values, rf"{_FIRST}.*$"))
    alone = pc.utf8_upper(pc.replace_substring_regex(values, rf"{_FIRST}.*$", r"SH\2-\3-\4"))
    cut = first & ~flags(pc.equal(_bare(alone), _bare(pc.utf8_upper(values))))
    words = flags(pc.invert(pc.match_substring_regex(numbers, "[0-9]"))) | (_spoken(values) & ~first)
    words = filled & (words | flags(pc.match_substring_regex(values, _STATUS)))
    return missing_where(pc.if_else(pa.array(first), alone, numbers), words), [
        *several,
        *findings,
        *found_at("registration_cut", values, cut),
        *found_at("registration_invalid", values, words),
    ]


def _bare(values: pa.LargeStringArray) -> pa.LargeStringArray:
    return pc.replace_substring_regex(values, r"[\s\-./_'`‘’]+", "")


_OF_NUMBERS: Final = r"(?i)\b(?:no|nomor|daftar|pendaftaran|reg|registrasi|pengajuan|sihalal)\b"
_LABEL: Final = r"(?is)^[\s'`‘’]*(?:(?:no|nomor|daftar|pendaftaran|reg|registrasi|pengajuan)\b[\s.:]*)"
_FIRST: Final = rf"{_LABEL}*(SH{BETWEEN}(20[0-9]{{2}}){BETWEEN}([0-9]){BETWEEN}([0-9]{{5,7}}))(?:[^0-9]|$)"
"""A nomor daftar that stands first, with its label or without."""
_STATUS: Final = r"(?i)^\s*(?:[a-z0-9]{1,2}[.)]\s*)?OF\s?[0-9]{1,3}\s*$"


def _only_numbers(numbers: pa.LargeStringArray) -> bool:
    """Whether all begin as a nomor daftar does, and none has more letters, hyphens or figures than that."""
    count = len(numbers) - numbers.null_count
    longest = pc.max(pc.binary_length(numbers)).as_py() or 0
    if longest > len("SH2025-1-1234567") or flags(pc.starts_with(numbers, "SH20")).sum() != count:
        return False
    run, at = bytes_of(numbers)
    text = run[at[0] : at[-1]]
    marks = text[text < ord("0")]
    return int((text >= ord("A")).sum()) == 2 * count == len(marks) and bool((marks == ord("-")).all())


def read_reg_id(values: pa.LargeStringArray) -> Read:
    """ID Reg: opaque; only what a spreadsheet adds is taken off (apostrophe, ".0")."""
    values, several = first_of("reg_id", hyphened(values))
    numbers, findings = _opaque(values, upper=False)
    words = _spoken(values) & flags(numbers.is_valid())
    return missing_where(numbers, words), [*several, *findings, *found_at("registration_invalid", values, words)]


def _spoken(values: pa.LargeStringArray) -> np.ndarray:
    """Where a cell holds a word that is none of a number's own, apart from what else it holds."""
    words = flags(pc.match_substring_regex(values, r"[\s:]"))
    if not words.any():
        return words
    rest = pc.replace_substring_regex(values, _OF_NUMBERS, "")
    return words & flags(pc.match_substring_regex(rest, r"(?:^|[\s:;,(.])\pL{3,}(?:[\s:;,.)]|$)"))


def _opaque(values: pa.LargeStringArray, *, upper: bool) -> Read:
    if _is_plain(values) and not is_digits(values, 16).any() and not pc.any(pc.ends_with(values, EATEN)).as_py():
        return values, []
    plain = unmarked(values, r"[\s'`‘’]")
    plain = pc.utf8_upper(plain) if upper else plain
    damaged = flags(pc.match_substring_regex(values, DAMAGED)) | is_eaten(plain)
    no_number = damaged | says_nothing(values) | is_digits(plain, 16)  # 16 digits: a NIK in the wrong column
    return missing_where(plain, no_number), found_at("damaged_by_excel", values, damaged)


_PLAIN_BYTES: Final = np.isin(np.arange(256), list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/"))


def _is_plain(values: pa.LargeStringArray) -> bool:
    """Nothing but digits, or nothing but capitals, digits and dashes and too long for a word like "BELUM"."""
    if flags(pc.ascii_is_decimal(values)).sum() == len(values) - values.null_count:
        return not flags(pc.equal(values, "0")).any()
    run, at = bytes_of(values)
    shortest = pc.min(pc.binary_length(values)).as_py() or 0
    return shortest > 6 and bool(_PLAIN_BYTES[run[at[0] : at[-1]]].all())
