"""One application on several rows of an upload: one row of it is taken."""

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from halal_metrics.sheets import checks
from halal_metrics.sheets.cells import array
from halal_metrics.sheets.problems import Finding, Problems
from halal_metrics.sheets.section import Section

_NUMBER = "registration_number"


def one_row_each(
    frame: pd.DataFrame, of: np.ndarray, sections: list[Section], problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The frame without rows whose registration number it has again: identical ones skipped, others rejected.

    `of` says for each row which of the sections it is from; both come back shortened alike.
    """
    numbers = array(frame[_NUMBER])
    if pc.count_distinct(numbers).as_py() == len(numbers) - numbers.null_count:
        return frame, of
    identical, less_advanced, kept = checks.duplicates(frame, _own_words(frame, of, sections))
    left_out = np.concatenate([identical, less_advanced])
    rows, names = frame["source_row"].to_numpy(), frame["source_sheet"].to_numpy()
    codes = ["duplicate_identical"] * len(identical) + ["duplicate_less_advanced"] * len(less_advanced)
    said = pd.DataFrame({"at": left_out, "of": of[left_out], "code": codes})
    said["other"] = [
        f"baris {rows[other]}" + (f" lembar {names[other]}" if names[other] != names[at] else "")
        for at, other in zip(left_out, kept, strict=True)
    ]
    for _, part in said.groupby(["of", "code"], sort=False):
        section, code, at = sections[part["of"].iloc[0]], part["code"].iloc[0], part["at"].to_numpy()
        sentences = Finding(code, at, part["other"].tolist()).spoken()
        finding = Finding(code, at, frame[_NUMBER].iloc[at].tolist(), sentences=sentences)
        where = {"column": _NUMBER, "header": section.header_of(_NUMBER)}
        problems.add(finding, sheet=section.name, rows=rows, **where)
        if code == "duplicate_identical":
            section.skip(np.searchsorted(section.rows, rows[at]), code, sentences)
        else:
            section.reject(rows[at].tolist(), sentences)
    return frame.drop(left_out).reset_index(drop=True), np.delete(of, left_out)


def _own_words(frame: pd.DataFrame, of: np.ndarray, sections: list[Section]) -> pd.DataFrame:
    """What the rows themselves say: the name of the sheet a row was copied to does not make it another."""
    own = frame.copy()
    for place, section in enumerate(sections):
        for column, rows in section.filled.items():
            own.loc[(of == place) & own["source_row"].isin(rows), column] = None
    return own[[name for name in own if not name.startswith("source_") and name != "status_raw"]]
