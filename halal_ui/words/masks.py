"""
Personal data as a meeting may see them: a phone by its ends, a person by the first name, an address not at all.

What is personal stands in `halal_metrics.personal`; here, how it looks. UU 27/2022 makes a full name, and what
identifies a person in combination, personal data, and meetings are recorded. There is no national pattern for masking;
this one is ours. What is masked already stays as it is, so that masking twice harms nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from halal_metrics.personal import BUSINESS_NUMBERS, PERSONAL_COLUMNS, column_replaced, replaced
from halal_metrics.personal_shapes import found
from halal_metrics.sheets.values.cells import array, series
from halal_ui.words.formats import is_missing

HIDDEN: Final = "••••••"
"""In place of what is hidden; always as long, so that its length says nothing."""

_WORDS: Final = dict.fromkeys(("nik", "phone", "email"), HIDDEN)
_SENDER: Final = f" <{HIDDEN}>"
"""What is left of the address in "Rina <rina@dinas.example>": the name says it all."""

_TITLES: Final = "h|hj|kh|dr|drs|dra|drg|ir|prof|tn|ny|sdr|sdri|bpk|bapak|ibu|ust|ustadz"
# The first word that is no title stays, of the next the first letter; degrees follow a comma.
_NAME: Final = rf"(?i)^\W*(?:(?:{_TITLES})\b\.?\s*)*([^\W\d_][^\s,]*)(?:\s+([^\W\d_]))?.*$"


def phone(number: Any) -> str:
    """
    The first four digits and the last two; all is hidden where that would be most of it.

    >>> phone("081234567890"), phone("+62 812-3456-7890"), phone("12345"), phone(None)
    ('0812••••••90', '6281••••••90', '••••••', '')
    """
    return _one("phone", number)


def owner(name: Any) -> str:
    """
    The first name and an initial, without titles; of a single name only its first letter.

    >>> owner("Siti Aminah"), owner("Hj. SITI Nur Aminah, S.E."), owner("Sukarni"), owner(None)
    ('Siti A.', 'SITI N.', 'S.', '')
    """
    return _one("owner_name", name)


def address(text: Any) -> str:
    """
    That there is an address, and nothing of it: nothing below the kecamatan is shown, which has its own column.

    >>> address("Jl. Mawar No. 3 RT 05"), address(None)
    ('••••••', '')
    """
    return _one("address", text)


def free_text(text: Any) -> str:
    """
    What somebody wrote, without the numbers and addresses of people in it.

    >>> free_text("HP 0812-3456-7890 tidak aktif, 3 kali dihubungi")
    'HP •••••• tidak aktif, 3 kali dihubungi'
    """
    return "" if is_missing(text) else replaced(str(text), _WORDS)


def sender(by: Any) -> str:
    """
    Who did something, as the log names them, without their address.

    >>> sender("Rina <rina@dinas.example>")
    'Rina'
    """
    return free_text(by).replace(_SENDER, "")


def value(column: str | None, text: str) -> str:
    """
    One value of a column; below a header that means none of ours (None) there may be anything.

    >>> value("nib", "0812230012345"), value("phone", "081234567890"), value(None, "081234567890")
    ('0812230012345', '0812••••••90', '••••••')
    """
    if column in _MASKS:
        return _one(column, text)
    return text if column in BUSINESS_NUMBERS else free_text(text)


def anywhere(value: Any) -> Any:
    """
    Plain data (what JSON can say) with its texts as `free_text`; the names of its fields too, which may be headers.

    >>> anywhere({"stated": {"text": "HP 081234567890", "held": 3}})
    {'stated': {'text': 'HP ••••••', 'held': 3}}
    """
    if isinstance(value, str):
        return free_text(value)
    if isinstance(value, Mapping):
        return {
            free_text(name): _one(name, part) if name in PERSONAL_COLUMNS and isinstance(part, str) else anywhere(part)
            for name, part in value.items()
        }
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [anywhere(part) for part in value]
    return value


def masked(frame: pd.DataFrame, *, keep: Sequence[str] = ()) -> pd.DataFrame:
    """
    The frame as everybody may see it: its personal columns masked, and what is personal in any other text; of the
    business's own numbers only those that are a sentence. `<column>_before` counts as the column; those of `keep` stay.

    >>> rows = {"owner_name": ["Siti Aminah", None], "nib": "9900000000001", "brand": "Rasa, WA 081234567890"}
    >>> masked(pd.DataFrame(rows))
      owner_name            nib            brand
    0    Siti A.  9900000000001  Rasa, WA ••••••
    1        NaN  9900000000001  Rasa, WA ••••••
    """
    changed = {
        str(name): shown
        for name in frame
        if not _names_a_thing(_plain(name))
        and _plain(name) not in keep
        and (shown := _changed(_plain(name), frame[name])) is not None
    }
    return frame.assign(**changed) if changed else frame


def mask(column: str, texts: pd.Series) -> pd.Series:
    """
    Values of a column as everybody may see them.

    >>> mask("phone", pd.Series(["081234567890"], dtype="str")).tolist()
    ['0812••••••90']
    """
    shown = _changed(column, texts)
    return texts if shown is None else shown


def _changed(column: str, texts: pd.Series) -> pd.Series | None:
    """None where the values are no text, or nothing in them is personal."""
    if column in _MASKS:
        return _MASKS[column](texts.astype("str"))
    if texts.dtype != "str":
        return None
    if column in BUSINESS_NUMBERS:
        sentence = texts.str.contains(r"[\s@＠]", na=False)  # a number has no space in it
        return texts.where(~sentence, texts[sentence].map(free_text).astype("str")) if sentence.any() else None
    raw = array(texts)
    shown = column_replaced(raw, _WORDS)
    if shown is raw:
        return None
    told = series(shown).set_axis(texts.index)
    return told.str.replace(_SENDER, "", regex=False) if column.endswith("by") else told


def problems(reported: pd.DataFrame) -> pd.DataFrame:
    """What was reported of cells (`value`, `message`), masked as the column it was reported of."""
    frame = masked(reported)
    for column in PERSONAL_COLUMNS:
        personal = (reported["column"].eq(column) & reported["value"].notna()).to_numpy(bool)
        if personal.any():
            raw, message = reported.loc[personal, "value"].astype("str"), reported.loc[personal, "message"]
            shown = _MASKS[column](raw)
            told = [
                free_text(text.replace(before, after)) for text, before, after in zip(message, raw, shown, strict=True)
            ]
            frame.loc[personal, "value"], frame.loc[personal, "message"] = shown, told
    return frame


_NO_PERSON: Final = frozenset(
    {f"row_{name}" for name in ("total", "title", "numbering", "heading", "repeated_header", "note", "signature")}
    | {"row_aside", "second_view", "sum_of_others"}  # of recaps and quotas alone
)
"""Why a row was skipped that is of no business: in the cells of any other there may be a name or an address."""


def skipped(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that are no records, `content` hidden where it may be of a person."""
    frame = masked(rows)
    return frame.assign(content=frame["content"].where(rows["code"].isin(_NO_PERSON) | rows["content"].isna(), HIDDEN))


def restored(edited: str, before: str) -> str:
    """
    A text that was edited as everybody sees it, with what was hidden in it put back in its place. Where a hidden part
    was taken out, put in or moved, no part can be told from another: the text stays as typed, with HIDDEN in it.

    >>> restored("HP •••••• aktif lagi", "HP 0812-3456-7890 tidak aktif")
    'HP 0812-3456-7890 aktif lagi'
    """
    hidden = [before[start:end] for start, end, _ in found(before)]
    parts = edited.split(HIDDEN)
    shown = free_text(before).split(HIDDEN)
    if len(parts) != len(hidden) + 1 or len(shown) != len(parts) or _moved(shown, parts):
        return edited
    return "".join(text for pair in zip(parts, [*hidden, ""], strict=True) for text in pair)


def _moved(before: list[str], after: list[str]) -> bool:
    """Whether the hidden parts stand behind each other's words now."""
    behind = [[" ".join(part.split()[-1:]) for part in parts[:-1]] for parts in (before, after)]
    return behind[0] != behind[1] and sorted(behind[0]) == sorted(behind[1])


def _phones(numbers: pd.Series) -> pd.Series:
    digits = numbers.str.replace(r"\D", "", regex=True)
    ends = digits.str.slice(0, 4) + HIDDEN + digits.str.slice(-2)
    masked_already = numbers.str.contains(HIDDEN, regex=False, na=False)
    return ends.where((digits.str.len() >= 9) & ~masked_already, numbers.where(numbers.isna() | masked_already, HIDDEN))


def _owners(names: pd.Series) -> pd.Series:
    parts = names.str.extract(_NAME)
    alone = parts[0].str.slice(0, 1) + "."
    short = (parts[0] + " " + parts[1] + ".").fillna(alone)
    # what does not look like a name may be one all the same
    short = short.fillna(names.where(names.isna(), HIDDEN))
    return series(column_replaced(array(short), _WORDS)).set_axis(names.index)


def _addresses(texts: pd.Series) -> pd.Series:
    return texts.where(texts.isna(), HIDDEN)


_MASKS: Final[dict[str, Callable[[pd.Series], pd.Series]]] = dict(
    zip(PERSONAL_COLUMNS, (_owners, _phones, _addresses), strict=True)
)


def _names_a_thing(column: str) -> bool:
    """Ids and digests, which may look like a person's number by chance."""
    return column.endswith(("_id", "sha256")) and column not in BUSINESS_NUMBERS


def _plain(name: Any) -> str:
    return str(name).removesuffix("_before")


def _one(column: str, value: Any) -> str:
    return "" if is_missing(value) else str(_MASKS[column](pd.Series([str(value)], dtype="str")).iloc[0])
