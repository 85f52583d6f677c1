"""What people note at meetings, in words that fit."""

from collections.abc import Mapping
from typing import Any

from halal_ui.words.formats import MISSING, is_missing


def named(names: Mapping[str, str], value: Any) -> str:
    """
    The name of a code; one we do not know as it is written.

    >>> named({"K10": "Antrean sidang fatwa"}, "K10"), named({}, "Camat"), named({}, None)
    ('Antrean sidang fatwa', 'Camat', '–')
    """
    return MISSING if is_missing(value) else names.get(value, str(value))


def shortened(text: Any, most: int) -> str:
    """
    A text that has to fit in so many letters, cut at a word.

    >>> shortened("Kuota dibagi rinci", 30), shortened("Kuota dibagi rinci", 15), shortened(None, 9)
    ('Kuota dibagi rinci', 'Kuota dibagi …', '–')
    """
    if is_missing(text):
        return MISSING
    words = " ".join(str(text).split())
    if len(words) <= most:
        return words
    whole, space, _ = words[: most - 1].rpartition(" ")
    return f"{whole} …" if space else f"{words[: most - 1]}…"
