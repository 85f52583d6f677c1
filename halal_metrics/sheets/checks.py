"""What rows say together: which cannot be taken, which are one and the same, which contradict themselves."""

import re
from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import statuses
from halal_metrics.programmes import belongs, code_counts
from halal_metrics.schema import LEFT, RECAPS, STAGE_DATES, STAGES, STATUS_REACHES, TEXT
from halal_metrics.sheets.headings.headers import IDENTITY, label
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values.cells import array
from halal_metrics.spelling import compact

PROGRAMME_STARTS: Final = (2025, 2)
"""Year and month from which a certificate can be one of this programme."""

_NEEDS_ONE_OF: Final = {
    "quotas": (("quota",), "quota_missing"),
    "recaps": (
        (*(column for column, dtype in RECAPS.items() if dtype == "Int64"), "obstacle"),
        "recap_without_counts",
    ),
    "applications": (IDENTITY, "without_identity"),
    "candidates": (IDENTITY, "without_identity"),
    "certificates": (IDENTITY, "without_identity"),
}
"""Table → the columns of which a row needs at least one, and what is said of a row without."""

# Of two rows of one application the further one is the later news. One sent back has been submitted; one that left
# can have left from any stage but the last.
_ADVANCE: Final = STATUS_REACHES | {"returned": 1.5} | dict.fromkeys(LEFT, len(STAGES) - 0.5)


def unusable(frame: pd.DataFrame, table: str) -> list[Finding]:
    """Rows that lack what a row of this table cannot do without."""
    columns, code = _NEEDS_ONE_OF[table]
    present = [column for column in columns if column in frame]
    at = np.flatnonzero(frame[present].isna().all(axis=1)) if present else np.arange(len(frame))
    return [Finding(code, at)] if len(at) else []


def duplicates(
    applications: pd.DataFrame, names: pd.Series, told: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """
    Rows to leave out because their application comes again: (identical, less advanced, the row kept for each).

    Positions in the frame; the third array is as long as the first two together. `names` says which application each
    row is; identical is judged on `told`, what each row itself says.
    """
    again = names.duplicated(keep=False)
    rows = applications[again].assign(
        at=np.flatnonzero(again), advance=_advance(applications[again]), name=names[again]
    )
    identical = told[again].assign(name=names[again]).duplicated(keep="first")
    firsts = rows[~identical].sort_values(["advance", "statement_date", "at"], na_position="first")
    less_advanced = firsts[firsts.duplicated("name", keep="last")].sort_values("at")
    kept = firsts.drop_duplicates("name", keep="last").set_index("name")["at"]
    left_out = pd.concat([rows[identical], less_advanced])
    return (
        rows.loc[identical, "at"].to_numpy(),
        less_advanced["at"].to_numpy(),
        left_out["name"].map(kept).to_numpy(np.int64),
    )


def _advance(applications: pd.DataFrame) -> pd.Series:
    by_status = applications["status"].map(_ADVANCE).fillna(0.0)
    by_date = pd.Series(0.0, applications.index)
    for place, date in enumerate(STAGE_DATES, start=1):
        by_date = by_date.where(applications[date].isna(), float(place))
    return by_status.where(by_status > by_date, by_date)


def contradictions(applications: pd.DataFrame) -> list[tuple[str, Finding]]:
    """(column, finding) for rows that say two things that cannot both be true; they are kept."""
    status, number = applications["status"], applications["certificate_number"]
    has_number = number.notna().to_numpy()
    issued = (status == "issued").to_numpy(bool, na_value=False)
    found = [
        ("certificate_number", _at("issued_without_certificate", issued & ~has_number)),
        ("status", _at("certificate_not_issued", has_number & ~issued, status)),
        ("certificate_number", _at("certificate_before_programme", _before_programme(number), number)),
    ]
    latest = np.full(len(applications), np.datetime64("NaT", "us"))
    wrong = np.zeros(len(applications), bool)
    for date in STAGE_DATES:
        dates = applications[date].to_numpy()
        wrong |= dates < latest
        latest = np.fmax(latest, dates)
    if len(at := np.flatnonzero(wrong)):
        said = _dated(applications[list(STAGE_DATES)].iloc[at])
        found.append(("submitted_date", Finding("dates_out_of_order", at, said)))
    return [(column, finding) for column, finding in found if finding.at is not None and len(finding.at)]


_STATUS_LENGTH: Final = 50
"""Letters of the longest remark that can be a status and nothing else."""
_CODE: Final = re.compile(r"\bOF[ .-]?\d{1,3}\b", re.IGNORECASE)


def remarks(applications: pd.DataFrame) -> list[tuple[str, Finding]]:
    """
    (column, finding) for rows whose whole remark is another status than their own, which counts; they are kept.

    Only of rows as one file has them: in what is known after several, a remark may be older than the status.
    """
    notes = array(applications["note"]).dictionary_encode()
    short = pc.less(pc.utf8_length(notes.dictionary), _STATUS_LENGTH)
    named = pc.and_(short, pc.match_substring_regex(notes.dictionary, statuses.NAMED, ignore_case=True))
    said = [
        _status_alone(text) if may else None
        for text, may in zip(notes.dictionary.to_pylist(), named.to_pylist(), strict=True)
    ]
    if not any(said):
        return []
    told = pd.Series(pa.array(said, pa.large_string()).take(notes.indices).to_pylist(), applications.index, TEXT)
    status = applications["status"]
    at = np.flatnonzero((told.notna() & status.notna() & (told != status)).to_numpy(bool, na_value=False))
    if not len(at):
        return []
    values = applications["note"].iloc[at].tolist()
    sentences = [
        Finding("note_says_status", None, [value], {"status": f"'{statuses.shown(own)}'"}).spoken()[0]
        for value, own in zip(values, status.iloc[at], strict=True)
    ]
    return [("status", Finding("note_says_status", at, values, sentences=sentences))]


def _status_alone(text: str) -> str | None:
    """
    The status that a text is, and nothing else.

    >>> [_status_alone(text) for text in ("Ditolak", "OF 300 - Terbit SH", "sdh terbit", "OF74 tgl 3 Mei", "nomor")]
    ['rejected', 'issued', 'issued', None, None]
    """
    found = statuses.meaning(text)
    rest = compact(_CODE.sub(" ", text)) if found.certainty == "code" else ""
    return found.canonical if found.code is None and (not rest or rest in statuses.SPELLINGS) else None


def without_status(applications: pd.DataFrame, *, column: bool) -> list[Finding]:
    """
    Rows whose stage nothing tells, or only the day on which they were submitted: they have no status and no later
    date. Of a sheet that has no column for it this is said once.
    """
    missing = applications["status"].isna() & applications["status_raw"].isna()
    missing &= applications[[*STAGE_DATES[1:], "exit_date"]].isna().all(axis=1)
    dated = applications[STAGE_DATES[0]].notna()
    uncounted, submitted = (missing & ~dated).to_numpy(bool), (missing & dated).to_numpy(bool)
    if column:
        told = applications["certificate_number"].notna().to_numpy()  # said already, by `contradictions`
        found = [
            (uncounted & ~told, "baris ini tidak dihitung di tahap mana pun"),
            (submitted & ~told, "hanya dihitung sebagai pengajuan, dari tanggal daftarnya"),
        ]
        return [Finding("status_missing", np.flatnonzero(at), facts={"what": what}) for at, what in found if at.any()]
    parts = [
        f"{uncounted.sum()} baris tanpa status dan tanpa tanggal tidak dihitung di tahap mana pun. ",
        f"{submitted.sum()} baris hanya dihitung sebagai pengajuan, dari tanggal daftarnya. ",
    ]
    counted = "".join(part for part, at in zip(parts, (uncounted, submitted), strict=True) if at.any())
    return [Finding("status_missing_column", facts={"counted": counted})] if counted else []


_MOST_CODES: Final = 6
"""Codes that a sentence names: a column of something else has as many as rows."""


def empty_in_blocks(filled: np.ndarray, values: pd.Series, told: np.ndarray) -> Finding | None:
    """
    Rows left without a place (or an LP3H) right below one that has it, in a column where most are written once and the
    rows under them left empty, as with cells that look merged and are not; or where below them the place is written
    again without an LP3H, as over what sums them.

    `filled` rows whose own cell says something, `values` what the rows have in the end, `told` rows to look at.
    """
    heads = filled & told
    last = np.maximum.accumulate(np.where(heads, np.arange(len(filled)), -1))
    empty = ~filled & values.isna().to_numpy() & told & (last >= 0)
    followed = heads[:-1] & empty[1:]
    own = values[heads].to_numpy(object)
    if not followed.any() or (own[1:] == own[:-1]).any():
        return None
    again = filled & ~told & (values.to_numpy(object) == values.iloc[last].to_numpy(object)) & (last >= 0)
    if followed.sum() * 2 <= heads.sum() and not (again[1:] & empty[:-1]).any():
        return None
    above = values.iloc[last[empty]]
    at = np.flatnonzero(empty)[above.notna().to_numpy()]
    return Finding("group_empty", at, above.dropna().tolist()) if len(at) else None


def programmes(applications: pd.DataFrame, codes: Collection[str]) -> Finding | None:
    """What is to be said of rows of another programme; without its codes, of rows of several."""
    others = applications[~belongs(applications, codes)] if codes else applications
    found = code_counts(others)
    if len(found) < (1 if codes else 2):
        return None
    named = [f"{code} ({count} baris)" for code, count in [*found.items()][:_MOST_CODES]]
    more = [f"dan {len(found) - _MOST_CODES} kode lain"] if len(found) > _MOST_CODES else []
    facts = {"rows": len(others), "all": len(applications)}
    return Finding("other_programme" if codes else "several_programmes", None, [", ".join([*named, *more])], facts)


def _dated(dates: pd.DataFrame) -> list[str]:
    """The dates of each row in one line, each with the name of its stage."""
    parts = []
    for column in dates:
        codes, days = pd.factorize(dates[column])
        named = [f"{label(column)} {day:%d/%m/%Y}" for day in days]
        parts.append(pa.array(named, pa.large_string()).take(pa.array(codes, mask=codes < 0)))
    return pc.binary_join_element_wise(*parts, pa.scalar(", ", pa.large_string()), null_handling="skip").to_pylist()


def _at(code: str, mask: np.ndarray, values: pd.Series | None = None) -> Finding:
    at = np.flatnonzero(mask)
    said = values.iloc[at].fillna("kosong").tolist() if values is not None and len(at) else ()
    return Finding(code, at, said)


def _before_programme(numbers: pd.Series) -> np.ndarray:
    """Whether a certificate's last four digits, month and year of issue, lie before the programme."""
    # by bytes, which is four times as quick as by letters; a number ends in digits, so that none is cut
    months = pc.binary_slice(array(numbers).cast(pa.large_binary()), -4).dictionary_encode()
    early = [
        month.isdigit() and 1 <= int(month[:2]) <= 12 and (2000 + int(month[2:]), int(month[:2])) < PROGRAMME_STARTS
        for month in months.dictionary.to_pylist()
    ]
    return pc.fill_null(pa.array(early, pa.bool_()).take(months.indices), False).to_numpy(zero_copy_only=False)
