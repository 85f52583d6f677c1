"""What a raw spelling means: one canonical value, or a reason why none was taken.

`places`, `institutions` and `statuses` know their own words; how an answer looks is the same for all three.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

RESOLVED: Final = {"canonical": "str", "certainty": "str", "severity": "str", "code": "str", "message": "str"}


@dataclass(frozen=True)
class Meaning:
    """What one spelling was taken for; where it was not, `canonical` is None and `code` says why."""

    canonical: str | None = None
    certainty: str | None = None
    """exact (the canonical word itself), alias, code, similar (a guess that a person should look at)."""
    code: str | None = None
    """Kind of problem, a key of the module's PROBLEMS; None where nothing needs saying."""
    shown: str | None = None
    """The canonical word as the office says it, where that is another."""


def words(value: str) -> str:
    """
    Lower case letters and digits, every other run of characters one space.

    >>> words("KAB.\\u00a0Kutai  Kartanegara")
    'kab kutai kartanegara'
    """
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", value).casefold()).strip()


def capitals(text: str) -> list[str]:
    """
    A text as it may be written with other capitals.

    >>> capitals("No. Daftar")
    ['No. Daftar', 'NO. DAFTAR', 'no. daftar', 'No. daftar']
    """
    return [*dict.fromkeys((text, text.upper(), text.lower(), text.title(), text.capitalize()))]


def compact(value: str) -> str:
    """Letters and digits only: the key under which spellings are looked up."""
    return words(value).replace(" ", "")


def is_blank(value: str) -> bool:
    """Whether a cell says nothing: no letter and no digit in it, nor a sign for the cell above."""
    return not compact(value) and not is_ditto(value)


DITTO: Final = {
    "same_as_above": (
        "warning",
        "'{value}' hanya menunjuk ke baris lain, jadi dibiarkan kosong; tulis isinya sendiri di baris ini.",
    ),
}
"""What is said of a cell that refers to the one above: rows are sorted and cut, so none is filled from another."""
_DITTO: Final = re.compile(
    r"""[-–—~\s]*(?:["“”„″〃]+|''|,,|//|s\.?\s?d\.?\s?a\.?|idem|ditto"""
    r"""|dto\.?|(?:sama|seperti)(?: (?:dengan|seperti|dgn))?(?: (?:yang|yg))?(?: di)? ?(?:atas|sebelumnya)(?:nya)?)"""
    r"""[-–—~\s]*""",
    re.IGNORECASE,
)


def is_ditto(value: str) -> bool:
    """
    Whether a cell only says that it is as the one above.

    >>> [is_ditto(text) for text in ("s.d.a.", '-"-', "idem", "- // -", "sama dengan di atas")]
    [True, True, True, True, True]
    >>> [is_ditto(text) for text in ("-", "SDA Halal", "LP3H Idem Jaya", "")]
    [False, False, False, False]
    """
    return bool(_DITTO.fullmatch(value))


def sentence(value: str, found: Meaning, problems: Mapping[str, tuple[str, str]]) -> str | None:
    """What there is to say about a spelling; `problems` {code: (severity, sentence with {value} and {canonical})}."""
    if found.code is None:
        return None
    return problems[found.code][1].format(value=" ".join(value.split()), canonical=found.shown or found.canonical)


def resolve(
    values: pd.Series,
    meaning: Callable[[str], Meaning],
    problems: Mapping[str, tuple[str, str]],
) -> pd.DataFrame:
    """
    The meaning of each distinct value, indexed by it: `canonical, certainty, severity, code, message`.

    Missing and blank values are left out. Only distinct values are looked at, so the cost does not grow with the rows.
    """
    distinct = [value for value in values.dropna().astype("str").unique() if not is_blank(value)]
    rows = []
    for value in distinct:
        found = meaning(value)
        severity = problems[found.code][0] if found.code else None
        rows.append((found.canonical, found.certainty, severity, found.code, sentence(value, found, problems)))
    frame = pd.DataFrame(rows, columns=list(RESOLVED), index=pd.Index(distinct, dtype="str", name="value"))
    return frame.astype(RESOLVED)
