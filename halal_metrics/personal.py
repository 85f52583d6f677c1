"""
What is personal: columns that tell who somebody is, and numbers in any text by which a person is known or reached.

By column: owner, phone, address (UU 27/2022, Pasal 4). By shape, in any other text: a NIK, a phone, an e-mail address
(see `personal_shapes`). A NIK is kept nowhere (UU 24/2013, Pasal 84): it is replaced where it is read or written down.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.personal_numbers import NIK_DIGITS
from halal_metrics.personal_shapes import found

PERSONAL_COLUMNS: Final = ("owner_name", "phone", "address")
"""Columns that tell who somebody is or where to find them."""

BUSINESS_NUMBERS: Final = ("nib", "registration_number", "reg_id", "certificate_number")
"""Columns of a business's own numbers, which are public and may look like a phone."""

NIK: Final = "[NIK]"
"""What stands where a NIK stood."""


def replaced(text: str, words: Mapping[str, str]) -> str:
    """
    The text with what is personal in it replaced by `words` {"nik" | "phone" | "email": in its place}; what is not
    among them stays.

    >>> replaced("HP 0812-3456-7890 / 0541 123456", {"phone": "…"})
    'HP … / …'
    """
    parts, at = [], 0
    for start, end, what in found(text):
        if what in words:
            parts += [text[at:start], words[what]]
            at = end
    return "".join([*parts, text[at:]])


def without_nik(text: str) -> str:
    """
    The text with every NIK replaced.

    >>> without_nik("Siti, NIK 9901 0141 0190 0001; ９９０１０１４１０１９００００２a")
    'Siti, NIK [NIK]; [NIK]a'
    """
    return replaced(text, {"nik": NIK}) if len(text) >= NIK_DIGITS else text


def has_nik(text: str) -> bool:
    """Whether `without_nik` would change it."""
    return without_nik(text) != text


def without_nik_anywhere(value: Any) -> Any:
    """
    Plain data (what JSON can say) with every NIK replaced in its texts, those that name a field too: a header may.

    >>> without_nik_anywhere({"stated": {"text": "9901014101900001"}, "held": 3})
    {'stated': {'text': '[NIK]'}, 'held': 3}
    """
    if isinstance(value, str):
        return without_nik(value)
    if isinstance(value, int | float) and abs(value) >= 10 ** (NIK_DIGITS - 1):
        return NIK if has_nik(f"{value:.0f}") else value
    if isinstance(value, Mapping):
        return {without_nik_anywhere(name): without_nik_anywhere(part) for name, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [without_nik_anywhere(part) for part in value]
    return value


def column_without_nik(values: pa.LargeStringArray) -> pa.LargeStringArray:
    """A column of texts with every NIK replaced; the same array where there is none."""
    return _each(values, without_nik, digits=NIK_DIGITS)


def column_replaced(values: pa.LargeStringArray, words: Mapping[str, str]) -> pa.LargeStringArray:
    """`replaced` for a column of texts; the same array where nothing is personal."""
    return _each(values, lambda text: replaced(text, words), digits=8, at=True)


def _each(
    values: pa.LargeStringArray, change: Callable[[str], str], *, digits: int, at: bool = False
) -> pa.LargeStringArray:
    """
    The column with `change` made to the values that have so many digits, or an @ where `at`: the others are not looked
    at, since a column of 100.000 rows mostly has none.
    """
    if (pc.max(pc.binary_length(values)).as_py() or 0) < (6 if at else digits):
        return values
    _, offsets, data = values.buffers()
    ends = np.frombuffer(offsets, np.int64)[values.offset : values.offset + len(values) + 1]
    text = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    filled = np.flatnonzero(np.diff(ends))
    if not len(filled):
        return values
    counted = ((text - np.uint8(48)) < 10) | (text > 127)  # digits of other scripts are several bytes from 128 on
    counts = np.zeros(len(values), np.uint32)
    counts[filled] = np.add.reduceat(counted, ends[filled] - ends[0], dtype=np.uint32)
    suspect = counts >= digits
    if suspect.any():
        suspect &= ~_are_certificates(values, text, ends - ends[0], counts)
    if at:
        suspect |= pc.fill_null(pc.match_substring_regex(values, "[@＠]"), False).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(suspect & values.is_valid().to_numpy(zero_copy_only=False))
    if not len(places):
        return values
    before = values.take(pa.array(places)).to_pylist()
    after = [change(one) for one in before]
    if after == before:
        return values
    changed = np.zeros(len(values), bool)
    changed[places] = True
    return pc.replace_with_mask(values, pa.array(changed), pa.array(after, values.type))


def _are_certificates(
    values: pa.LargeStringArray, text: np.ndarray, ends: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    """
    Which values are the number of a certificate and nothing else: a column of them has no number of a person. `counts`:
    of the digits in each, where bytes of other scripts count as well.
    """
    starts, certificates = ends[:-1], (np.diff(ends) == 19) & (counts == 17)
    for place, letter in enumerate(b"ID"):
        certificates[certificates] = text[starts[certificates] + place] == letter
    if certificates.any() and text.max() > 127:
        digits = pc.fill_null(pc.ascii_is_decimal(pc.utf8_slice_codeunits(values, 2)), False)
        certificates &= digits.to_numpy(zero_copy_only=False)
    return certificates
