"""
Personal data as a meeting may see them: a phone by its ends, a person by the first name, an address not at all.

UU 27/2022 makes a full name, and what identifies a person in combination, personal data, and meetings are recorded.
There is no national pattern for masking; this one is ours. NIK never gets this far: it is not in any table.
"""

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from halal_ui.words.formats import is_missing

HIDDEN: Final = "••••••"
"""In place of what is hidden; always as long, so that its length says nothing."""

_NUMBER: Final = r"(?:\+|\b)\d(?:[ .\-]?\d){8,}"
"""Digits long enough to be a phone or an identity number, as people group them."""

_TITLES: Final = "h|hj|kh|dr|drs|dra|drg|ir|prof|tn|ny|sdr|sdri|bpk|bapak|ibu|ust|ustadz"
# The first word that is no title stays, of the next the first letter; degrees follow a comma.
_NAME: Final = rf"(?i)^\W*(?:(?:{_TITLES})\b\.?\s*)*([^\W\d_][^\s,]*)(?:\s+([^\W\d_]))?.*$"


def phone(number: Any) -> str:
    """
    The first four digits and the last two; all is hidden where that would be most of it.

    >>> phone("081234567890"), phone("+62 812-3456-7890"), phone("12345"), phone(None)
    ('0812••••••90', '6281••••••90', '••••••', '')
    """
    return _one(_phones, number)


def owner(name: Any) -> str:
    """
    The first name and an initial, without titles; of a single name only its first letter.

    >>> owner("Siti Aminah"), owner("Hj. SITI Nur Aminah, S.E."), owner("Sukarni"), owner(None)
    ('Siti A.', 'SITI N.', 'S.', '')
    """
    return _one(_owners, name)


def address(text: Any) -> str:
    """
    That there is an address, and nothing of it: nothing below the kecamatan is shown, which has its own column.

    >>> address("Jl. Mawar No. 3 RT 05"), address(None)
    ('••••••', '')
    """
    return _one(_addresses, text)


def free_text(text: Any) -> str:
    """
    What somebody wrote, without the phone and identity numbers in it.

    >>> free_text("HP 0812-3456-7890 tidak aktif, 3 kali dihubungi")
    'HP •••••• tidak aktif, 3 kali dihubungi'
    """
    return _one(_texts, text)


def masked(frame: pd.DataFrame) -> pd.DataFrame:
    """
    The frame with its personal columns masked; `<column>_before` counts as the column. All others stay.

    >>> masked(pd.DataFrame({"owner_name": ["Siti Aminah", None], "nib": "9900000000001"}))
      owner_name            nib
    0    Siti A.  9900000000001
    1        NaN  9900000000001
    """
    return frame.assign(
        **{str(name): _MASKS[_plain(name)](frame[name].astype("str")) for name in frame if _plain(name) in _MASKS}
    )


def _phones(numbers: pd.Series) -> pd.Series:
    digits = numbers.str.replace(r"\D", "", regex=True)
    ends = digits.str.slice(0, 4) + HIDDEN + digits.str.slice(-2)
    return ends.where(digits.str.len() >= 9, numbers.where(numbers.isna(), HIDDEN))


def _owners(names: pd.Series) -> pd.Series:
    parts = names.str.extract(_NAME)
    alone = parts[0].str.slice(0, 1) + "."
    short = (parts[0] + " " + parts[1] + ".").fillna(alone)
    # what does not look like a name may be one all the same
    return short.fillna(names.where(names.isna(), HIDDEN))


def _addresses(texts: pd.Series) -> pd.Series:
    return texts.where(texts.isna(), HIDDEN)


def _texts(texts: pd.Series) -> pd.Series:
    return texts.str.replace(_NUMBER, HIDDEN, regex=True)


_MASKS: Final[dict[str, Callable[[pd.Series], pd.Series]]] = {
    "phone": _phones,
    "owner_name": _owners,
    "address": _addresses,
    "note": _texts,
    "obstacle": _texts,
}


def _plain(name: Any) -> str:
    return str(name).removesuffix("_before")


def _one(mask: Callable[[pd.Series], pd.Series], value: Any) -> str:
    return "" if is_missing(value) else str(mask(pd.Series([str(value)], dtype="str")).iloc[0])
