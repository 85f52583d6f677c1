"""Leaves out of the sections of a table the rows that are no record, and says what those above say of those below."""

from collections import Counter
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.left_out.group_rows import Heading, heading, headings, under
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.left_out.skipped import filled_cells, no_records
from halal_metrics.sheets.left_out.sums import NAMELESS, UNKNOWN, Names, names, sums
from halal_metrics.sheets.matrix.cells import compare_sums
from halal_metrics.sheets.merged import held_text
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.numbers import read_counts

SUMS: Final = ("quotas", "recaps")
"""Tables whose rows are sums, so that a total alone is a row too."""


def skip_no_records(sections: list[Section], table: str, choices: Choices, problems: Problems) -> None:
    """
    Leaves out the rows that are no record, in all sections of the table.

    Where a table of sums has no row but one total, that total is its row: the province's, with its place not stated. A
    row alone on its sheet, without a name, that sums the other sheets is a total too.
    """
    found = [(section, _no_records(section, table, choices, problems)) for section in sections]
    found = [
        (section, compare_sums(section, findings, problems) if section.naming.crossed else findings)
        for section, findings in found
    ]
    if table in SUMS and len(sections) > 1:
        _find_sums_of_sheets(found, choices, problems)
    totals = [(section, finding) for section, findings in found for finding in findings if finding.code == "row_total"]
    records = sum(len(section.rows) - sum(finding.count for finding in findings) for section, findings in found)
    alone = totals[0] if table in SUMS and not records and sum(total.count for _, total in totals) == 1 else None
    for section, findings in found:
        record = np.ones(len(section.rows), bool)
        for finding in findings:
            if alone and alone[1] is finding:
                _unname(section, finding)
                problems.add(Finding("total_taken", finding.at), sheet=section.name, rows=section.rows)
                continue
            problems.add(finding, sheet=section.name, rows=section.rows)
            section.skip(finding.at, finding.code, finding.spoken())
            record[finding.at] = False
        section.keep(record)


def _find_sums_of_sheets(found: list[tuple[Section, list[Finding]]], choices: Choices, problems: Problems) -> None:
    """Adds to the findings of a section that its only row, without a name, is what all other sections sum to."""
    summed = [_Summed(section, choices, findings) for section, findings in found if len(section.rows)]
    for one in summed:
        own, others = one.stated(), Counter()
        for other in summed:
            if other is not one:
                others.update(other.stated())
        if one.alone is None or not any(other.is_named() for other in summed if other is not one):
            continue
        same = [column for column in own if own[column] == others.get(column)]
        counted = [column for column in same if own[column]]
        at = np.array([one.alone], np.int64)
        if counted and len(same) == len(own):
            one.findings.append(Finding("row_total", at))
        elif counted:
            shown = ", ".join(f"{label(column)} {own[column]} (baris lain {others[column]})" for column in own)
            problems.add(Finding("row_like_total", at, [shown]), sheet=one.section.name, rows=one.section.rows)


def _no_records(section: Section, table: str, choices: Choices, problems: Problems) -> list[Finding]:
    """The rows that are no record; what headings say of those below them is noted in the section."""
    if section.header is None or not len(section.rows):
        return []
    columns = list(section.columns.values())
    filled = filled_cells(columns, len(section.rows))
    heads = {} if table in SUMS else headings(section.columns, filled)
    findings = no_records(
        section.columns, section.naming.columns, table,
        written=tuple(tuple(line[at] for at in section.header.names) for line in section.header.written),
        titles=section.titles,
        title_rows=np.flatnonzero(np.isin(section.rows, section.title_rows)),
        headings=np.array([at for at, one in sorted(heads.items()) if one.value or one.sure], np.int64),
        filled=filled,
    )  # fmt: skip
    record = np.ones(len(section.rows), bool)
    for finding in findings:
        record[finding.at] = False
    if table in SUMS:
        more, heads, doubtful = _Summed(section, choices, findings).found()
        findings += more
        problems.add(doubtful, sheet=section.name, rows=section.rows)
        for finding in more:
            record[finding.at] = False
    else:
        others = {at for one in findings if one.code in ("row_total", "row_title") for at in _positions(one)}
        heads = {at: one for at, one in heads.items() if at not in others}
    _say_headings(section, heads, problems)
    section.headed = {
        column: pd.Series(values, section.rows, schema.TEXT) for column, values in under(heads, record).items() if heads
    }
    return findings


def _positions(finding: Finding) -> list[int]:
    return [] if finding.at is None else finding.at.tolist()


def _say_headings(section: Section, heads: dict[int, Heading], problems: Problems) -> None:
    """Those that were guessed, and those that nobody understands among others that are understood."""
    guessed = np.array([at for at, one in heads.items() if one.value and not one.sure], np.int64)
    values = [str(heads[at].value) for at in guessed.tolist()]
    problems.add(Finding("heading_similar", guessed, values), sheet=section.name, rows=section.rows)
    if any(one.value for one in heads.values()):
        unknown = np.array([at for at, one in heads.items() if not one.value], np.int64)
        texts = joined_rows(list(section.columns.values()), unknown).to_pylist()
        problems.add(Finding("heading_unknown", unknown, texts), sheet=section.name, rows=section.rows)


def _unname(section: Section, total: Finding) -> None:
    """Takes the word "Total" out of the cells for a place or an institution."""
    for name, column in section.naming.columns.items():
        if column in ("kab_kota", "lp3h"):
            mask = pa.array(np.isin(np.arange(len(section.rows)), total.at))
            section.columns[name] = pc.if_else(mask, pa.scalar(None, pa.large_string()), section.columns[name])


class _Summed:
    """The rows of a recap or of quotas by what they count: which sum others, and which head others."""

    def __init__(self, section: Section, choices: Choices, findings: list[Finding]) -> None:
        self.section, self.findings = section, findings
        self._record = np.ones(len(section.rows), bool)
        self._record[[at for finding in findings for at in _positions(finding)]] = False
        self._totals = [at for finding in findings if finding.code == "row_total" for at in _positions(finding)]
        dtypes, used = schema.TABLES[section.naming.table or ""], section.naming.columns
        self._counted = [name for name, column in used.items() if dtypes.get(column) in (schema.COUNT, schema.STATED)]
        counts = [read_counts(section.columns[name])[0].to_numpy(float, na_value=np.nan) for name in self._counted]
        self._counts = np.column_stack(counts) if counts else np.empty((len(section.rows), 0))
        nothing = pa.nulls(len(section.rows), pa.large_string())
        own = {column: name for name, column in used.items()}
        place, self._merged = held_text(section, own["kab_kota"]) if "kab_kota" in own else (nothing, None)
        lp3h, _ = held_text(section, own["lp3h"]) if "lp3h" in own else (nothing, None)
        self._empty = {"kab_kota": ~_valid(place), "lp3h": ~_valid(lp3h)}
        self._about: Names = names(place, lp3h, choices.meanings)
        self._dates = section.columns[own["statement_date"]] if "statement_date" in own else None

    @property
    def alone(self) -> int | None:
        """The only record, where nothing says what it is about."""
        (at,) = np.nonzero(self._record)
        named = {"kab_kota", "lp3h"} & set(self.section.statements)
        return int(at[0]) if len(at) == 1 and self._about.kind[at[0]] == NAMELESS and not named else None

    def is_named(self) -> bool:
        """Whether something says what records are about."""
        named = {"kab_kota", "lp3h"} & set(self.section.statements)
        return bool(named) or bool((self._about.kind[self._record] > UNKNOWN).any())

    def stated(self) -> Counter[str]:
        """Column → what the records that state it sum to."""
        sums_: Counter[str] = Counter()
        for place, name in enumerate(self._counted):
            values = self._counts[self._record, place]
            if not np.isnan(values).all():
                sums_[self.section.naming.columns[name]] += int(np.nansum(values))
        return sums_

    def found(self) -> tuple[list[Finding], dict[int, Heading], Finding]:
        """Rows left out, headings, and rows that are only like a total."""
        heads = self._headings()
        on_top = {at: one for at, one in self._on_top().items() if at not in heads}
        self._record[[*heads, *on_top]] = False
        breaks = np.array([*self._totals, *heads, *on_top], np.int64)
        totals, doubtful = sums(
            self._counts, self._about, record=self._record, breaks=breaks, dates=self._dates, merged=self._merged,
            columns=self._counted,
        )  # fmt: skip
        found = [
            Finding("row_heading", np.array(sorted(heads), np.int64)),
            Finding("row_total", np.array(sorted({*on_top, *totals.tolist()}), np.int64)),
        ]
        return [finding for finding in found if finding.count], heads | on_top, doubtful

    def _headings(self) -> dict[int, Heading]:
        """Rows without a count that name nothing but what the row below lacks."""
        words = [values for name, values in self.section.columns.items() if name not in self._counted]
        at = np.flatnonzero(self._record & np.isnan(self._counts).all(axis=1))
        found = {row: heading(text) for row, text in zip(at.tolist(), joined_rows(words, at).to_pylist(), strict=True)}
        return {row: one for row, one in found.items() if one and self._below(row, one.column, set(found))}

    def _on_top(self) -> dict[int, Heading]:
        """Sums of a place over its LP3H, or of an LP3H over its places, that stand above them."""
        found: dict[int, Heading] = {}
        about = self._about
        for column, own, parts in (
            ("kab_kota", about.place, about.of_lp3h),
            ("lp3h", about.lp3h, about.of_place),
        ):
            named = np.array([value is not None for value in own], bool)
            for row in np.flatnonzero(self._record & named & (parts == NAMELESS)).tolist():
                below = self._below(row, column, set())
                counts = self._counts[row]
                stated = ~np.isnan(counts)
                if below and (np.nansum(self._counts[below], axis=0) == counts)[stated].all() and (counts > 0).any():
                    found[row] = Heading(column, own[row])
        return found

    def _below(self, row: int, column: str, without_counts: set[int]) -> list[int]:
        """The rows right below that lack this column and have the other."""
        other = self._about.of_lp3h if column == "kab_kota" else self._about.of_place
        below: list[int] = []
        for at in range(row + 1, len(self._record)):
            if at in without_counts and not below:
                continue  # a heading within a heading
            if not (self._record[at] and self._empty[column][at] and other[at] > UNKNOWN):
                break
            below.append(at)
        return below


def _valid(values: pa.LargeStringArray) -> np.ndarray:
    return values.is_valid().to_numpy(zero_copy_only=False)
