"""Recaps and quotas of one place, LP3H and date stated more than once in an upload: one statement counts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.schema import QUOTAS, RECAPS, SOURCE, STAGES
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.repeated.added import Added, say_added
from halal_metrics.sheets.repeated.repeats import leave_out
from halal_metrics.sheets.repeated.versions import Version, version
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

_KEY: Final = {"recaps": ["kab_kota", "lp3h", "statement_date"], "quotas": ["kab_kota", "lp3h"]}
"""Table → what makes rows of two sheets two statements of one thing. A plan that is stated later is its revision."""

_STATES: Final = {
    "recaps": [column for column in RECAPS if column not in (*_KEY["recaps"], *SOURCE)],
    "quotas": [column for column in QUOTAS if column not in (*_KEY["quotas"], *SOURCE, "note")],
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
    as `progress` takes two statements of one day. A recap without a date is of the latest, as it is to `progress`.

    Of quotas the table counts that is stated later (one without a date is before every dated one, as to `plan`), else
    the one whose titles or sheet's name call it the revision, else the first. Quotas of one table are stages of one
    allocation, all of which count; those of two that are no versions of each other are where each names its target
    date, and no date is on both: then that they are added up is said, once for two tables.
    """
    columns, dates = _KEY[table], frame["statement_date"]
    key = frame[columns]
    if table == "recaps":
        key = key.assign(statement_date=dates.fillna(dates.max()))
    again = np.flatnonzero(key.duplicated(keep=False))
    if not len(again):
        return frame, of, []
    places = {name: place for place, name in enumerate(order)}
    ranks = np.array([places.get(section.name, len(places)) for section in sections], np.int64)
    rows = _rows(frame.iloc[again].assign(at=again, of=of[again], rank=ranks[of[again]]))
    found: list[Again] = []
    versions = {place: version(sections[place]) for place in {row["of"] for row in rows.values()}}
    added: Added = {}
    for positions in key.iloc[again].groupby(columns, dropna=False, sort=False).indices.values():
        group = {at: rows[at] for at in again[positions].tolist()}
        found += _of_recaps(group) if table == "recaps" else _of_quotas(group, versions, added)
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
    say_added(added, frame, sections, problems)
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


def _of_quotas(group: dict[int, Row], versions: Mapping[int, Version], added: Added) -> Iterator[Again]:
    """
    All but the rows of the table that counts, and those of others that add to it: tables that are no versions of each
    other and are for target dates of their own. Of the latter `added` takes note.
    """
    tables: dict[int, list[int]] = {}
    for at, row in group.items():
        tables.setdefault(row["of"], []).append(at)
    stated = {of: max(_day(group[at]["statement_date"]) for at in rows) for of, rows in tables.items()}

    def first(of: int) -> tuple:
        rank = min(group[at]["rank"] for at in tables[of])
        return rank, -stated[of], *(-said for said in versions[of][:2]), tables[of][0]

    kept: list[int] = []
    for of in sorted(tables, key=first):
        rows, others = tables[of], [*dict.fromkeys(group[at]["of"] for at in kept)]
        parts = {other for other in others if versions[of].adds_to(versions[other])}
        revised = {
            other
            for other in others
            if other not in parts and (stated[other] != stated[of] or versions[of].revises(versions[other]))
        }
        known, dates = ({group[at]["target_date"] for at in some} for some in (kept, rows))
        if not kept or not (revised or None in known | dates or known & dates):
            kept += rows
            for other in others:
                if other not in parts or stated[other] != stated[of]:
                    one, later = sorted((other, of))
                    added.setdefault((one, later), []).append((tables[one][0], tables[later]))
            continue
        against = [at for at in kept if group[at]["of"] in revised] or kept
        for at in rows:
            own = group[at]
            alike = (one for one in against if group[one]["quota"] == own["quota"] and _one_date(group[one], own))
            same = (one for one in against if group[one]["target_date"] == own["target_date"])
            alike_at = next(alike, None)
            yield Again(at, next(same, against[0]) if alike_at is None else alike_at, alike_at is not None)


def _day(stated: pd.Timestamp | None) -> int:
    return 0 if stated is None else stated.toordinal()


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
