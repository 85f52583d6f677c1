"""One thing on several rows of an upload: one row of it is taken, as a store would take it."""

from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.identity import KEYS, application_of, several
from halal_metrics.sheets import checks
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

_DIFFERS: Final = {"registration_number": "duplicate_less_advanced"}
"""By what two rows are one → what is said of the one not taken; else they have no number that tells them apart."""


def one_row_each(
    frame: pd.DataFrame, of: np.ndarray, sections: list[Section], problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The frame with one row an application (see `application_of`): identical ones skipped, less advanced ones rejected.

    `of` says for each row which of the sections it is from; both come back shortened alike. A row without a
    registration number takes it, and the other numbers, from those that were left out for it.
    """
    while several(frame):  # a row that goes may leave another as the only one of its nib
        names = application_of(frame[list(KEYS)])
        if not names.duplicated().any():
            break
        identical, less_advanced, kept = checks.duplicates(frame, names, _own_words(frame, of, sections))
        left_out = np.concatenate([identical, less_advanced])
        by = _tied_by(frame, left_out, kept)
        codes = [
            "duplicate_identical" if place < len(identical) else _DIFFERS.get(column, "duplicate_same_business")
            for place, column in enumerate(by)
        ]
        said = pd.DataFrame({"at": left_out, "of": of[left_out], "code": codes, "by": by})
        said["other"] = where(frame, left_out, kept)
        for _, part in said.groupby(["of", "code", "by"], sort=False):
            section, code, column = sections[part["of"].iloc[0]], part["code"].iloc[0], part["by"].iloc[0]
            facts = {"what": headers.label(column)}
            sentences = Finding(code, part["at"].to_numpy(), part["other"].tolist(), facts).spoken()
            leave_out(frame, section, part["at"].to_numpy(), code, sentences, problems, column)
        frame = _with_numbers(frame, left_out, kept)
        frame, of = frame.drop(left_out).reset_index(drop=True), np.delete(of, left_out)
    return frame, of


def leave_out(
    frame: pd.DataFrame,
    section: Section,
    at: np.ndarray,
    code: str,
    sentences: list[str],
    problems: Problems,
    column: str | None = None,
    *,
    skipped: bool = False,
) -> None:
    """Says it of these rows of one section, and skips them, or rejects them where they are not identical."""
    rows = frame["source_row"].to_numpy()
    values = frame[column].iloc[at].fillna("").tolist() if column else ()
    header = section.header_of(column) if column else None
    finding = Finding(code, at, values, sentences=sentences)
    problems.add(finding, sheet=section.name, rows=rows, column=column, header=header)
    if skipped or code == "duplicate_identical":
        section.skip(np.searchsorted(section.rows, rows[at]), code, sentences)
    else:
        section.reject(rows[at].tolist(), sentences)


def where(frame: pd.DataFrame, at: np.ndarray, other: np.ndarray) -> list[str]:
    """Where other rows stand, seen from these: with their sheet where that is another."""
    rows, sheets = frame["source_row"].to_numpy()[other], frame["source_sheet"].to_numpy(object)
    return [
        f"baris {row}" + (f" lembar {there}" if there != here else "")
        for row, here, there in zip(rows.tolist(), sheets[at].tolist(), sheets[other].tolist(), strict=True)
    ]


def _tied_by(frame: pd.DataFrame, at: np.ndarray, kept: np.ndarray) -> list[str]:
    """The first of the numbers that each row and the one kept for it share; where a third row ties them, the NIB."""
    shared = [frame[key].iloc[at].to_numpy(object) == frame[key].iloc[kept].to_numpy(object) for key in KEYS]
    filled = [frame[key].iloc[at].notna().to_numpy() for key in KEYS]
    tied = [same.astype(bool) & there for same, there in zip(shared, filled, strict=True)]
    return np.select(tied, list(KEYS), "nib").tolist()


def _with_numbers(frame: pd.DataFrame, left_out: np.ndarray, kept: np.ndarray) -> pd.DataFrame:
    pairs = [(at, to) for at, to in zip(left_out.tolist(), kept.tolist(), strict=True)]
    pairs = [(at, to) for at, to in pairs if pd.isna(frame["registration_number"].iloc[to])]
    if not pairs:
        return frame
    frame = frame.copy()
    for at, to in pairs:
        for key in KEYS:
            if pd.isna(frame.at[to, key]):
                frame.at[to, key] = frame.at[at, key]
    return frame


def _own_words(frame: pd.DataFrame, of: np.ndarray, sections: list[Section]) -> pd.DataFrame:
    """What the rows themselves say: the name of the sheet a row was copied to does not make it another."""
    own = frame.copy()
    for place, section in enumerate(sections):
        for column, rows in section.filled.items():
            own.loc[(of == place) & own["source_row"].isin(rows), column] = None
    return own[[name for name in own if not name.startswith("source_") and name != "status_raw"]]
