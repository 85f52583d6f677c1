"""What people and programs do to a number that is a name, and what of it can be undone."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values.cells import NOTHING, bytes_of, flags

Read = tuple[pa.Array, list[Finding]]

DAMAGED: Final = r"^[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+$|^[0-9]{5,}[.,]0*[1-9][0-9]*$"
"""8,12E+12, or a fraction: no number that is a name has one."""
EATEN: Final = "000000"
"""The end of a number that was 8,12E+12 once and came back as a number: 8120000000000."""
_PLACEHOLDER: Final = r"(?i)^(?:belum.*|tidak ada|proses|dalam proses|nihil|kosong|x+|0+)$"


def missing_where(values: pa.Array, flags: np.ndarray) -> pa.Array:
    return pc.if_else(pa.array(flags), pa.scalar(None, values.type), values) if flags.any() else values


def found_at(code: str, values: pa.Array, flags: np.ndarray) -> list[Finding]:
    at = np.flatnonzero(flags)
    return [Finding(code, at, values.take(pa.array(at)).to_pylist())] if len(at) else []


def is_digits(values: pa.Array, length: int) -> np.ndarray:
    return flags(pc.and_(pc.equal(pc.binary_length(values), length), pc.ascii_is_decimal(values)))


def is_eaten(digits: pa.Array) -> np.ndarray:
    """Where a long number has lost all but its first digits, although it is a number again."""
    ends = flags(pc.ends_with(digits, EATEN))
    return ends & flags(pc.match_substring_regex(digits, r"^0*[1-9][0-9]{3,}0{6}$")) if ends.any() else ends


def says_nothing(values: pa.Array) -> np.ndarray:
    """Where a cell says in words that there is no number (yet)."""
    return flags(pc.is_in(pc.utf8_lower(values), NOTHING)) | flags(pc.match_substring_regex(values, _PLACEHOLDER))


def unmarked(values: pa.Array, noise: str) -> pa.Array:
    """Without the marks people and programs put around a number: apostrophe, spaces, dots, a trailing ".0"."""
    values = pc.replace_substring_regex(values, r"^([^.,]*)[.,]0+$", r"\1")  # not 8.120.001.234.000
    return pc.replace_substring_regex(values, noise, "")


_DASHES: Final = r"[\x{2010}-\x{2015}\x{2212}\x{FE58}\x{FE63}\x{FF0D}]"
"""What Word and phones make of a hyphen."""


def hyphened(values: pa.LargeStringArray) -> pa.LargeStringArray:
    """
    With one kind of hyphen.

    >>> hyphened(pa.array(["SH2025\u20111\u2013990001"], pa.large_string())).to_pylist()
    ['SH2025-1-990001']
    """
    run, at = bytes_of(values)
    if not len(text := run[at[0] : at[-1]]) or text.max() < 128:
        return values
    return pc.replace_substring_regex(values, _DASHES, "-")


BETWEEN: Final = r"[\s\-./_]*"
_NUMBER: Final = rf"SH{BETWEEN}20[0-9]{{2}}{BETWEEN}[0-9]{BETWEEN}[0-9]{{5,7}}"
"""A nomor daftar, whatever stands between its parts."""
_SEVERAL: Final = {
    "registration_number": rf"(?i)^(.*?{_NUMBER})[^0-9].*[0-9]{{5}}.*$",
    "reg_id": r"(?i)^([0-9]{4,})(?: ?[/,;&+|] ?| dan | )[0-9]{4,}$",
    "nib": r"^[^0-9]*([0-9]{13})[^0-9].*?[0-9]{13}[^0-9]*$",
    "certificate_number": r"(?i)^.*?(ID ?[0-9]{17})[^0-9].*?[0-9]{17}.*$",
}
"""Column → what a cell looks like that holds more than one number, the first of which is taken."""

_SHORTEST: Final = {"registration_number": 20, "reg_id": 9, "nib": 27, "certificate_number": 37}
"""Column → bytes of the shortest such cell; most columns need no other look."""


def first_of(column: str, values: pa.LargeStringArray) -> Read:
    """
    With the first number alone where a cell holds several, which is said.

    >>> values, findings = first_of("reg_id", pa.array(["3501 / 3502", "3503"], pa.large_string()))
    >>> values.to_pylist(), [(finding.code, finding.values) for finding in findings]
    (['3501', '3503'], [('several_numbers', ['3501 / 3502'])])
    """
    if (pc.max(pc.binary_length(values)).as_py() or 0) < _SHORTEST[column]:
        return values, []
    several = flags(pc.match_substring_regex(values, _SEVERAL[column]))
    if not several.any():
        return values, []
    first = pc.replace_substring_regex(values, _SEVERAL[column], r"\1")
    return pc.if_else(pa.array(several), first, values), found_at("several_numbers", values, several)
