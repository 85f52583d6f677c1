"""Names of LP3H and places in a file that nobody knows yet: each a question, answered before the file is saved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from halal_metrics.institutions import LP3H
from halal_metrics.sheets.choices import tidy
from halal_metrics.sheets.upload import Upload
from halal_ui.intake.choices import Choices
from halal_ui.intake.understood import spellings

KIND = "institution"
"""The kind of note by which the log keeps an LP3H that is in no list of ours."""


@dataclass(frozen=True)
class Institutions:
    """The LP3H that somebody has entered: their names, and each spelling that was taken for one, tidied."""

    names: tuple[str, ...] = ()
    spelled: Mapping[str, str] | None = None

    def change(self, upload: Upload) -> bool:
        """Whether a file names one of them otherwise than by its name, or was told that it is not known."""
        if self.spelled is None or "lp3h" not in upload.frame:
            return False
        unknown = upload.problems.loc[upload.problems["code"].eq("lp3h_unknown"), "value"]
        named = {*upload.frame["lp3h"].dropna().unique(), *unknown.dropna()}
        return any(tidy(name) in self.spelled for name in named)


def institutions_of(notes: pd.DataFrame) -> Institutions:
    """
    What the notes of KIND say.

    >>> notes = pd.DataFrame({"name": ["LP3H Contoh Nusantara"], "spellings": ["LP3H Contoh  Nusantara\\nContoh Nusa"]})
    >>> institutions_of(notes).spelled
    {'lp3h contoh nusantara': 'LP3H Contoh Nusantara', 'contoh nusa': 'LP3H Contoh Nusantara'}
    """
    spelled = {}
    for name, written in zip(notes["name"], notes["spellings"], strict=True):
        texts = [name, *(written.splitlines() if isinstance(written, str) else [])]
        spelled |= {tidy(text): name for text in texts}
    return Institutions(tuple(dict.fromkeys(notes["name"].dropna())), spelled)


def entered(upload: Upload, choices: Choices) -> list[dict[str, str]]:
    """The notes that are to be kept once a file is saved: of each new LP3H that its rows name, with its spellings."""
    if "lp3h" not in upload.frame:
        return []
    meant = choices.meanings.get("lp3h", {})
    named = set(upload.frame["lp3h"].dropna())
    return [
        {"name": name, "spellings": "\n".join(raw for raw, canonical in meant.items() if canonical == name)}
        for name in choices.institutions
        if name in named
    ]


@dataclass(frozen=True)
class Question:
    """A name of `column` that is not known: as it is written, and in how many rows. `lph`: it is an LPH, no LP3H."""

    column: str
    raw: str
    rows: int
    lph: bool = False


def questions(upload: Upload, choices: Choices, known: Collection[str]) -> list[Question]:
    """
    Every LP3H among the rows that is neither in our list nor among `known`, whatever it was read from (a column, a
    title, the name of a sheet, a value for the whole file), and every spelling that stands for no place or for an LPH.
    """
    found = []
    if "lp3h" in upload.frame:
        named = upload.frame["lp3h"].value_counts()
        strange = named[~named.index.isin([*LP3H, *known, *choices.institutions])]
        found = [Question("lp3h", str(name), int(count)) for name, count in strange.items()]
    for one in spellings(upload, choices):
        if one.column in ("kab_kota", "lp3h") and one.doubt and one.canonical is None:
            found.append(Question(one.column, one.raw, one.rows, lph=one.column == "lp3h"))
    return found
