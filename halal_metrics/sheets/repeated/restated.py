"""Recaps and quotas of one place, LP3H and date stated more than once in an upload: one statement counts."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.schema import QUOTAS, RECAPS, SOURCE, STAGES
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.repeated.repeats import leave_out
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

_KEY: Final = ("kab_kota", "lp3h", "statement_date")
_STATES: Final = {
    "recaps": [column for column in RECAPS if column not in (*_KEY, *SOURCE)],
    "quotas": [column for column in QUOTAS if column not in (*_KEY, *SOURCE, "note")],
}
"""Table → the columns in which two statements are compared."""

_CHOOSE: Final = "Pilih lembar lain bila bukan itu, atau hapus salah satunya."
_MEND: Final = (
    "Keduanya di satu lembar, jadi tidak dapat dipilih di sini: hapus salah satunya di berkas bila bukan itu."
)
"""What to do about a key stated twice: between two sheets, within one."""

Row = dict[str, Any]


class Again(NamedTuple):
    """A row that is not taken, by position, and the one taken for it."""

    at: int
    kept: int
    identical: bool


class Restated(NamedTuple):
    """One key that two sheets state differently: where and what each of them says, the one that is taken last."""

    kab_kota: str | None
    lp3h: str | None
    sheet: str
    row: int
    says: str
    taken_sheet: str
    taken_row: int
    taken_says: str


def one_statement_each(
    frame: pd.DataFrame,
    of: np.ndarray,
    sections: list[Section],
    table: str,
    order: Sequence[str],
    problems: Problems,
) -> tuple[pd.DataFrame, np.ndarray, list[Restated]]:
    """
    The frame without what is stated again: identical rows skipped, others rejected with a warning that names both.
    With it what was said of two sheets, for a person to choose between them.

    `of` says for each row which of the sections it is from; both come back shortened alike. `order`: the sheets as a
    person chose them, of which the first counts. Where that does not tell, of a recap the row that says most counts,
    as `progress` takes two statements of one day; of quotas that of the first sheet. A recap without a date is of the
    latest, as it is to `progress`. Quotas of one sheet are stages of one allocation, all of which count; those of two
    are where each names its date, and no date is on both.
    """
    dates = frame["statement_date"]
    key = frame[list(_KEY)].assign(statement_date=dates.fillna(dates.max()) if table == "recaps" else dates)
    again = np.flatnonzero(key.duplicated(keep=False))
    if not len(again):
        return frame, of, []
    places = {name: place for place, name in enumerate(order)}
    ranks = np.array([places.get(section.name, len(places)) for section in sections], np.int64)
    rows = _rows(frame.iloc[again].assign(at=again, of=of[again], rank=ranks[of[again]]))
    found: list[Again] = []
    for positions in key.iloc[again].groupby(list(_KEY), dropna=False, sort=False).indices.values():
        group = {at: rows[at] for at in again[positions].tolist()}
        found += _of_recaps(group) if table == "recaps" else _of_quotas(group)
    said: dict[tuple[int, str], dict[int, str]] = {}
    restated = []
    for one in sorted(found):
        own, kept = rows[one.at], rows[one.kept]
        told = None if one.identical else _restated(own, kept, _STATES[table])
        finding = _finding(told) if told else _identical(own, kept)
        said.setdefault((own["of"], finding.code), {})[one.at] = finding.spoken()[0]
        if told and told.sheet != told.taken_sheet:
            restated.append(told)
    for (place, code), sentences in said.items():
        leave_out(frame, sections[place], np.array(list(sentences)), code, list(sentences.values()), problems)
    left_out = [one.at for one in found]
    return frame.drop(left_out).reset_index(drop=True), np.delete(of, left_out), restated


def _rows(rows: pd.DataFrame) -> dict[int, Row]:
    """Position → the row as plain values, missing as None: thousands of them are quicker so."""
    columns = {name: rows[name].astype(object).where(rows[name].notna(), None).tolist() for name in rows}
    return {
        row[0]: dict(zip(columns, row[1:], strict=False)) for row in zip(columns["at"], *columns.values(), strict=True)
    }


def _of_recaps(group: dict[int, Row]) -> Iterator[Again]:
    def says(at: int) -> tuple:
        row = group[at]
        return -row["rank"], *(-1 if row[stage] is None else row[stage] for stage in reversed(STAGES)), -at

    kept = max(group, key=says)
    for at in group:
        if at != kept:
            yield Again(at, kept, all(group[at][name] == group[kept][name] for name in _STATES["recaps"]))


def _of_quotas(group: dict[int, Row]) -> Iterator[Again]:
    """All but the rows of the first sheet, and those of others that are for dates of their own."""
    kept: list[int] = []
    for sheet in sorted({row["of"] for row in group.values()}, key=lambda of: min(_ranked(group, of))):
        rows = [at for at in group if group[at]["of"] == sheet]
        known, dates = ({group[at]["target_date"] for at in some} for some in (kept, rows))
        if not kept or (None not in known | dates and not known & dates):
            kept += rows
            continue
        for at in rows:
            own = group[at]
            alike = (one for one in kept if group[one]["quota"] == own["quota"] and _one_date(group[one], own))
            same = (one for one in kept if group[one]["target_date"] == own["target_date"])
            found = next(alike, None)
            yield Again(at, next(same, kept[0]) if found is None else found, found is not None)


def _ranked(group: dict[int, Row], of: int) -> Iterator[tuple[int, int]]:
    return ((row["rank"], at) for at, row in group.items() if row["of"] == of)


def _one_date(one: Row, other: Row) -> bool:
    return len({one["target_date"], other["target_date"]} - {None}) < 2


def _identical(own: Row, kept: Row) -> Finding:
    sheet = f" lembar {kept['source_sheet']}" if own["source_sheet"] != kept["source_sheet"] else ""
    return Finding("duplicate_identical", None, [f"baris {kept['source_row']}{sheet}"])


def _restated(own: Row, kept: Row, columns: list[str]) -> Restated:
    differ = [name for name in columns if own[name] != kept[name]]
    here, there = (
        (row["source_sheet"], row["source_row"], ", ".join(f"{label(name)} {_shown(row[name])}" for name in differ))
        for row in (own, kept)
    )
    return Restated(own["kab_kota"], own["lp3h"], *here, *there)


def _finding(told: Restated) -> Finding:
    facts = {
        "key": ", ".join(filter(None, (told.kab_kota, told.lp3h))) or "Belum dirinci",
        "mine": told.says,
        "theirs": told.taken_says,
        "other": f"baris {told.taken_row} lembar {told.taken_sheet}",
        "what_to_do": _CHOOSE if told.sheet != told.taken_sheet else _MEND,
    }
    return Finding("stated_twice", None, [f"baris {told.row} lembar {told.sheet}"], facts)


def _shown(value: Any) -> str:
    if value is None:
        return "kosong"
    return f"{value:%d/%m/%Y}" if isinstance(value, pd.Timestamp) else str(value)
