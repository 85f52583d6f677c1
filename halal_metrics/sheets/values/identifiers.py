"""Numbers that are names: NIB, nomor daftar, certificate, phone, KBLI. Text throughout, repaired where Excel ate.

A spreadsheet keeps 15 digits of a number, drops zeros in front and writes long ones as 8,12E+12.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values.cells import NOTHING, NOTHING_WORDS, Distinct, bytes_of

Read = tuple[pa.Array, list[Finding]]

_DAMAGED: Final = r"^[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+$"
_EATEN: Final = "000000"
"""The end of a number that was 8,12E+12 once and came back as a number: 8120000000000."""
_PLACEHOLDER: Final = r"(?i)^(?:belum.*|tidak ada|proses|dalam proses|nihil|kosong|x+|0+)$"


def _flags(mask: pa.Array) -> np.ndarray:
    return pc.fill_null(mask, False).to_numpy(zero_copy_only=False)


def _missing_where(values: pa.Array, flags: np.ndarray) -> pa.Array:
    return pc.if_else(pa.array(flags), pa.scalar(None, values.type), values) if flags.any() else values


def _finding(code: str, values: pa.Array, flags: np.ndarray) -> list[Finding]:
    at = np.flatnonzero(flags)
    return [Finding(code, at, values.take(pa.array(at)).to_pylist())] if len(at) else []


def _is_digits(values: pa.Array, length: int) -> np.ndarray:
    return _flags(pc.and_(pc.equal(pc.binary_length(values), length), pc.ascii_is_decimal(values)))


def _eaten(digits: pa.Array) -> np.ndarray:
    """Where a long number has lost all but its first digits, although it is a number again."""
    ends = _flags(pc.ends_with(digits, _EATEN))
    return ends & _flags(pc.match_substring_regex(digits, r"^0*[1-9][0-9]{3,}0{6}$")) if ends.any() else ends


def _nothing(values: pa.Array) -> np.ndarray:
    """Where a cell says in words that there is no number (yet)."""
    return _flags(pc.is_in(pc.utf8_lower(values), NOTHING)) | _flags(pc.match_substring_regex(values, _PLACEHOLDER))


def _plain(values: pa.Array, noise: str) -> pa.Array:
    """Without the marks people and programs put around a number: apostrophe, spaces, dots, a trailing ".0"."""
    values = pc.replace_substring_regex(values, r"^([^.,]*)[.,]0+$", r"\1")  # not 8.120.001.234.000
    return pc.replace_substring_regex(values, noise, "")


def read_nib(values: pa.LargeStringArray) -> Read:
    """
    13 digits; 12 get back the zero they lost; anything else is missing, and said.

    >>> raw = ["8120001234567.0", "'8120001234567", "8120 0012 34567", "289010302776", "8,12E+12", "-"]
    >>> nib, findings = read_nib(pa.array(raw, pa.large_string()))
    >>> nib.to_pylist()
    ['8120001234567', '8120001234567', '8120001234567', '0289010302776', None, None]
    >>> [finding.code for finding in findings]
    ['nib_zero_restored', 'damaged_by_excel']
    """
    good = _is_digits(values, 13)
    if good.sum() == len(values) - values.null_count and not pc.any(pc.ends_with(values, _EATEN)).as_py():
        return values, []
    digits = _plain(values, r"[\s'`‘’.,\-]")
    eaten = _eaten(digits)
    short = _is_digits(digits, 12) & ~eaten
    good = _is_digits(digits, 13) & ~_flags(pc.match_substring_regex(digits, r"^0+$")) & ~eaten
    damaged = _flags(pc.match_substring_regex(values, _DAMAGED)) | eaten
    nothing = _nothing(values)
    invalid = _flags(values.is_valid()) & ~(good | short | damaged | nothing)
    nib = pc.if_else(pa.array(short), pc.utf8_lpad(digits, 13, "0"), digits)
    return _missing_where(nib, ~(good | short)), [
        *_finding("nib_zero_restored", values, short),
        *_finding("damaged_by_excel", values, damaged),
        *_invalid(values, digits, invalid),
    ]


def _invalid(values: pa.Array, digits: pa.Array, flags: np.ndarray) -> list[Finding]:
    """What is no NIB, of each length apart: how many digits there are is what a person can check."""
    if not flags.any():
        return []
    lengths = pc.if_else(pc.ascii_is_decimal(digits), pc.binary_length(digits), 0).fill_null(0)
    found = []
    for length in np.unique(lengths.filter(pa.array(flags))).tolist():
        why = f"isinya {length} angka, sedangkan NIB 13 angka" if length else "NIB terdiri atas 13 angka"
        (finding,) = _finding("nib_invalid", values, flags & (lengths.to_numpy(zero_copy_only=False) == length))
        found.append(replace(finding, facts={"why": why}))
    return found


def read_certificate(values: pa.LargeStringArray) -> Read:
    """
    "ID" and 17 digits. Another number that begins so is kept with a warning; a nomor KH or a word is missing.

    >>> raw = ["ID 64110055824640426", "ID6411005582464042", "KH-12/2025", "-"]
    >>> certificates, findings = read_certificate(pa.array(raw, pa.large_string()))
    >>> certificates.to_pylist(), [finding.code for finding in findings]
    (['ID64110055824640426', 'ID6411005582464042', None, None], ['certificate_doubtful', 'certificate_invalid'])
    """
    if _certificate(values).sum() == len(values) - values.null_count:
        return values, []
    plain = pc.utf8_upper(_plain(values, r"[\s'`‘’.\-]"))
    good = _certificate(plain)
    doubtful = ~good & _flags(pc.match_substring_regex(plain, r"^ID[0-9]{10,25}$"))
    nothing = _nothing(values)
    invalid = _flags(values.is_valid()) & ~(good | doubtful | nothing)
    return _missing_where(plain, ~(good | doubtful)), [
        *_finding("certificate_doubtful", values, doubtful),
        *_finding("certificate_invalid", values, invalid),
    ]


def _certificate(values: pa.Array) -> np.ndarray:
    numbered = pc.and_(pc.starts_with(values, "ID"), pc.equal(pc.binary_length(values), 19))
    return _flags(numbered) & _flags(pc.ascii_is_decimal(pc.utf8_slice_codeunits(values, 2)))


def read_registration(values: pa.LargeStringArray) -> Read:
    """
    Nomor daftar: upper case without spaces, otherwise as it is; damaged by Excel, without a digit, a status or among
    words is missing. A number that stands first, with words behind it, is taken.

    >>> raw = ["sh2025-1-100001", "SH 2025 1 100002 ", "SH2025-1-100003 menunggu foto", "foto 3x4 menunggu", "a. OF74"]
    >>> numbers, findings = read_registration(pa.array(raw, pa.large_string()))
    >>> numbers.to_pylist(), [finding.code for finding in findings]
    (['SH2025-1-100001', 'SH20251100002', 'SH2025-1-100003', None, None], ['registration_cut', 'registration_invalid'])
    """
    numbers, findings = _opaque(values, upper=True)
    if _only_numbers(numbers):
        return numbers, findings
    filled = _flags(numbers.is_valid())
    spoken = filled & _spoken(values)
    first = spoken | (filled & _flags(pc.match_substring_regex(values, rf"{_LABEL}+SH")))
    first &= _flags(pc.match_substring_regex(values, rf"{_FIRST}.*$"))
    first &= ~_flags(pc.match_substring_regex(values, r"(?i)\bSH ?20[0-9]{2}[- ].*\bSH ?20[0-9]{2}[- ]"))
    words = (filled & _flags(pc.invert(pc.match_substring_regex(numbers, "[0-9]")))) | (spoken & ~first)
    words |= filled & _flags(pc.match_substring_regex(values, _STATUS))
    if first.any():
        alone = pc.replace_substring_regex(values, rf"{_FIRST}.*$", r"\1")
        alone = pc.utf8_upper(_plain(alone, r"[\s'`‘’]"))
        numbers = pc.if_else(pa.array(first), alone, numbers)
    return _missing_where(numbers, words), [
        *findings,
        *_finding("registration_cut", values, first),
        *_finding("registration_invalid", values, words),
    ]


_OF_NUMBERS: Final = r"(?i)\b(?:no|nomor|daftar|pendaftaran|reg|registrasi|pengajuan|sihalal)\b"
_LABEL: Final = r"(?is)^[\s'`‘’]*(?:(?:no|nomor|daftar|pendaftaran|reg|registrasi|pengajuan)\b[\s.:]*)"
_FIRST: Final = rf"{_LABEL}*(SH ?20[0-9]{{2}}[- ][0-9][- ][0-9]{{5,7}})(?:[^0-9]|$)"
"""A nomor daftar that stands first, with its label or without."""
_STATUS: Final = r"(?i)^\s*(?:[a-z0-9]{1,2}[.)]\s*)?OF\s?[0-9]{1,3}\s*$"


def _only_numbers(numbers: pa.LargeStringArray) -> bool:
    """Whether all begin as a nomor daftar does, and none has a letter more than that."""
    count = len(numbers) - numbers.null_count
    if _flags(pc.starts_with(numbers, "SH20")).sum() != count:
        return False
    run, at = bytes_of(numbers)
    return int((run[at[0] : at[-1]] >= ord("A")).sum()) == 2 * count


def read_reg_id(values: pa.LargeStringArray) -> Read:
    """ID Reg: opaque; only what a spreadsheet adds is taken off (apostrophe, ".0")."""
    numbers, findings = _opaque(values, upper=False)
    words = _spoken(values) & _flags(numbers.is_valid())
    return _missing_where(numbers, words), [*findings, *_finding("registration_invalid", values, words)]


def _spoken(values: pa.LargeStringArray) -> np.ndarray:
    """Where a cell holds a word that is none of a number's own, apart from what else it holds."""
    words = _flags(pc.match_substring_regex(values, r"[\s:]"))
    if not words.any():
        return words
    rest = pc.replace_substring_regex(values, _OF_NUMBERS, "")
    return words & _flags(pc.match_substring_regex(rest, r"(?:^|[\s:;,(.])\pL{3,}(?:[\s:;,.)]|$)"))


def _opaque(values: pa.LargeStringArray, *, upper: bool) -> Read:
    if _is_plain(values) and not _is_digits(values, 16).any() and not pc.any(pc.ends_with(values, _EATEN)).as_py():
        return values, []
    plain = _plain(values, r"[\s'`‘’]")
    plain = pc.utf8_upper(plain) if upper else plain
    damaged = _flags(pc.match_substring_regex(values, _DAMAGED)) | _eaten(plain)
    no_number = damaged | _nothing(values) | _is_digits(plain, 16)  # 16 digits: a NIK in the wrong column
    return _missing_where(plain, no_number), _finding("damaged_by_excel", values, damaged)


_PLAIN_BYTES: Final = np.isin(np.arange(256), list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/"))


def _is_plain(values: pa.LargeStringArray) -> bool:
    """Nothing but digits, or nothing but capitals, digits and dashes and too long for a word like "BELUM"."""
    if _flags(pc.ascii_is_decimal(values)).sum() == len(values) - values.null_count:
        return not _flags(pc.equal(values, "0")).any()
    run, at = bytes_of(values)
    shortest = pc.min(pc.binary_length(values)).as_py() or 0
    return shortest > 6 and bool(_PLAIN_BYTES[run[at[0] : at[-1]]].all())


def read_phone(values: pa.LargeStringArray) -> Read:
    """
    Digits that begin with 0. Two numbers in one cell stay as written.

    >>> phones, _ = read_phone(pa.array(["81234567890", "+62 812-3456-7890", "0541-123456"], pa.large_string()))
    >>> phones.to_pylist()
    ['081234567890', '081234567890', '0541123456']
    """
    digits, length = pc.ascii_is_decimal(values), pc.binary_length(values)
    good = _flags(digits) & _flags(pc.starts_with(values, "08")) & _flags(pc.less_equal(length, 14))
    lacking = _flags(digits) & _flags(pc.and_(pc.greater_equal(length, 8), pc.less_equal(length, 13)))
    lacking &= ~_flags(pc.or_(pc.starts_with(values, "0"), pc.starts_with(values, "62")))
    if (eaten := _eaten(values)).any():
        good, lacking = good & ~eaten, lacking & ~eaten
    zero, nothing = pa.scalar("0", values.type), pa.scalar("", values.type)
    phones = pc.if_else(pa.array(lacking), pc.binary_join_element_wise(zero, values, nothing), values)
    others = _flags(values.is_valid()) & ~(good | lacking)
    if not others.any():
        return phones, []
    read, findings = _read_written_phone(values.filter(pa.array(others)))
    at = np.flatnonzero(others)
    moved = [Finding(finding.code, at[finding.at], finding.values) for finding in findings]
    return pc.replace_with_mask(phones, pa.array(others), read), moved


def _read_written_phone(values: pa.LargeStringArray) -> Read:
    digits = _plain(values, r"[\s'`‘’.()+\-]")
    digits = pc.replace_substring_regex(digits, r"^(?:62|0062)([0-9]{7,12})$", r"0\1")
    digits = pc.replace_substring_regex(digits, r"^([1-9][0-9]{7,12})$", r"0\1")
    damaged = _flags(pc.match_substring_regex(values, _DAMAGED)) | _eaten(digits)
    number = _flags(pc.match_substring_regex(digits, r"^0[0-9]{5,14}$"))
    nothing = _nothing(values) | _is_digits(digits, 16)
    phone = pc.if_else(pa.array(number), digits, values)
    return _missing_where(phone, damaged | nothing), _finding("damaged_by_excel", values, damaged)


def read_kbli(values: pa.LargeStringArray) -> Read:
    """
    Five digits where the cell holds one such code, with or without its title; otherwise the text as written.

    >>> read_kbli(pa.array(["10710.0", "10710 - Industri Roti", "Industri Roti"], pa.large_string()))[0].to_pylist()
    ['10710', '10710', 'Industri Roti']
    """
    distinct = Distinct(values)
    return distinct.spread_text([_kbli(value) for value in distinct.values]), []


def _kbli(text: str) -> str | None:
    if text.lower() in NOTHING_WORDS:
        return None
    codes = set(re.findall(r"(?<!\d)\d{5}(?!\d)", text))
    return codes.pop() if len(codes) == 1 else text


READERS: Final[dict[str, Callable[[pa.LargeStringArray], Read]]] = {
    "registration_number": read_registration,
    "reg_id": read_reg_id,
    "nib": read_nib,
    "phone": read_phone,
    "kbli": read_kbli,
    "certificate_number": read_certificate,
}
"""Column → how its numbers are read."""
