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
from halal_metrics.sheets.values.cells import NOTHING_WORDS, Distinct, flags
from halal_metrics.sheets.values.registrations import read_reg_id, read_registration
from halal_metrics.sheets.values.written_numbers import (
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


def read_nib(values: pa.LargeStringArray) -> Read:
    """
    13 digits; 12 get back the zero they lost; anything else is missing, and said.

    >>> raw = ["8120001234567.0", "'8120001234567", "8120 0012 34567", "289010302776", "812000123456.7", "-"]
    >>> nib, findings = read_nib(pa.array(raw, pa.large_string()))
    >>> nib.to_pylist()
    ['8120001234567', '8120001234567', '8120001234567', '0289010302776', None, None]
    >>> [finding.code for finding in findings]
    ['nib_zero_restored', 'damaged_by_excel']
    """
    good = is_digits(values, 13)
    if good.sum() == len(values) - values.null_count and not pc.any(pc.ends_with(values, EATEN)).as_py():
        return values, []
    values, several = first_of("nib", hyphened(values))
    digits = unmarked(values, r"[\s'`‘’.,\-]")
    eaten = is_eaten(digits)
    damaged = flags(pc.match_substring_regex(values, DAMAGED)) | eaten
    short = is_digits(digits, 12) & ~damaged
    good = is_digits(digits, 13) & ~flags(pc.match_substring_regex(digits, r"^0+$")) & ~damaged
    nothing = says_nothing(values)
    invalid = flags(values.is_valid()) & ~(good | short | damaged | nothing)
    nib = pc.if_else(pa.array(short), pc.utf8_lpad(digits, 13, "0"), digits)
    return missing_where(nib, ~(good | short)), [
        *several,
        *found_at("nib_zero_restored", values, short),
        *found_at("damaged_by_excel", values, damaged),
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
        (finding,) = found_at("nib_invalid", values, flags & (lengths.to_numpy(zero_copy_only=False) == length))
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
    values, several = first_of("certificate_number", hyphened(values))
    plain = pc.utf8_upper(unmarked(values, r"[\s'`‘’.\-]"))
    good = _certificate(plain)
    doubtful = ~good & flags(pc.match_substring_regex(plain, r"^ID[0-9]{10,25}$"))
    nothing = says_nothing(values)
    invalid = flags(values.is_valid()) & ~(good | doubtful | nothing)
    return missing_where(plain, ~(good | doubtful)), [
        *several,
        *found_at("certificate_doubtful", values, doubtful),
        *found_at("certificate_invalid", values, invalid),
    ]


def _certificate(values: pa.Array) -> np.ndarray:
    numbered = pc.and_(pc.starts_with(values, "ID"), pc.equal(pc.binary_length(values), 19))
    return flags(numbered) & flags(pc.ascii_is_decimal(pc.utf8_slice_codeunits(values, 2)))


def read_phone(values: pa.LargeStringArray) -> Read:
    """
    Digits that begin with 0. Two numbers in one cell stay as written.

    >>> phones, _ = read_phone(pa.array(["81234567890", "+62 812-3456-7890", "0541-123456"], pa.large_string()))
    >>> phones.to_pylist()
    ['081234567890', '081234567890', '0541123456']
    """
    digits, length = pc.ascii_is_decimal(values), pc.binary_length(values)
    good = flags(digits) & flags(pc.starts_with(values, "08")) & flags(pc.less_equal(length, 14))
    lacking = flags(digits) & flags(pc.and_(pc.greater_equal(length, 8), pc.less_equal(length, 13)))
    lacking &= ~flags(pc.or_(pc.starts_with(values, "0"), pc.starts_with(values, "62")))
    if (eaten := is_eaten(values)).any():
        good, lacking = good & ~eaten, lacking & ~eaten
    zero, nothing = pa.scalar("0", values.type), pa.scalar("", values.type)
    phones = pc.if_else(pa.array(lacking), pc.binary_join_element_wise(zero, values, nothing), values)
    others = flags(values.is_valid()) & ~(good | lacking)
    if not others.any():
        return phones, []
    read, findings = _read_written_phone(values.filter(pa.array(others)))
    at = np.flatnonzero(others)
    moved = [Finding(finding.code, at[finding.at], finding.values) for finding in findings]
    return pc.replace_with_mask(phones, pa.array(others), read), moved


def _read_written_phone(values: pa.LargeStringArray) -> Read:
    values = hyphened(values)
    digits = unmarked(values, r"[\s'`‘’.()+\-]")
    digits = pc.replace_substring_regex(digits, r"^(?:62|0062)([0-9]{7,12})$", r"0\1")
    digits = pc.replace_substring_regex(digits, r"^([1-9][0-9]{7,12})$", r"0\1")
    damaged = flags(pc.match_substring_regex(values, DAMAGED)) | is_eaten(digits)
    number = flags(pc.match_substring_regex(digits, r"^0[0-9]{5,14}$"))
    nothing = says_nothing(values) | is_digits(digits, 16)
    phone = pc.if_else(pa.array(number), digits, values)
    return missing_where(phone, damaged | nothing), found_at("damaged_by_excel", values, damaged)


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
