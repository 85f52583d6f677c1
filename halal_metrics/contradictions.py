"""Applications that say two things which cannot both be true."""

from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.schema import APPLICATIONS, SOURCE, STAGE_DATES, STATED, TEXT, conform
from halal_metrics.sheets import checks

CONTRADICTIONS: Final = {
    **dict.fromkeys(("kab_kota", "lp3h", "registration_number", "business_name", "code", "column", "message"), TEXT),
    **SOURCE,
    "source_row": STATED,
}

REPORTED: Final = (
    "issued_without_certificate",
    "certificate_not_issued",
    "certificate_before_programme",
    "dates_out_of_order",
)
"""Codes of what `read_upload` reports too, of the row as it was in its file."""

LATER: Final = "date_after_statement"
_LATER: Final = "tanggal {day:%d/%m/%Y} sesudah tanggal pernyataan berkasnya ({stated:%d/%m/%Y}); periksa tahunnya."


def contradictions(applications: pd.DataFrame) -> pd.DataFrame:
    """
    What contradicts itself, a row each: `kab_kota, lp3h, registration_number, business_name, code, column, message`
    and the `source_*` of the row as it was last stated.

    >>> applications = pd.DataFrame({"registration_number": ["SH2025-1-990001"], "status": ["issued"]})
    >>> contradictions(applications)[["code", "column"]].values.tolist()
    [['issued_without_certificate', 'certificate_number']]

    Looked at as a whole, after all uploads: a status from one file and a certificate from another meet here. The checks
    are those of `read_upload`, and one of its own: a stage dated after the statement that tells it. `code` is that of
    `Upload.problems`, `message` an Indonesian sentence that says what to do.
    """
    rows = conform(applications, APPLICATIONS | {"source_row": STATED})
    parts = [
        _told(rows, finding.at, column, finding.code, finding.spoken())
        for column, finding in checks.contradictions(rows)
        if finding.at is not None
    ]
    stated = rows["statement_date"]
    for column in STAGE_DATES:
        at = np.flatnonzero(rows[column] > stated)
        days = zip(rows[column].iloc[at], stated.iloc[at], strict=True)
        said = [_LATER.format(day=day, stated=until) for day, until in days]
        parts.append(_told(rows, at, column, LATER, said))
    return conform(pd.concat(parts, ignore_index=True), CONTRADICTIONS)


def _told(rows: pd.DataFrame, at: np.ndarray, column: str, code: str, messages: list[str]) -> pd.DataFrame:
    found = rows.reindex(columns=list(CONTRADICTIONS)).iloc[at]
    return found.assign(column=column, code=code, message=pd.array(messages, dtype=TEXT))
