"""Leaves out of the sections of a table the rows that are no record, and says what those above say of those below."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.left_out.group_ends import End, end, is_wider, under
from halal_metrics.sheets.left_out.group_rows import Heading, headings
from halal_metrics.sheets.left_out.own_totals import compare_own_totals
from halal_metrics.sheets.left_out.said_between import PROGRAMME, Said, below, said_between
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.left_out.skipped import filled_cells, no_records
from halal_metrics.sheets.left_out.summed import Summed, find_sums_of_others, positions
from halal_metrics.sheets.matrix.cells import compare_sums
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.cells import filled

SUMS: Final = ("quotas", "recaps")
"""Tables whose rows are sums, so that a total alone is a row too."""

COUNTED: Final = ("applications", *SUMS)
"""Tables whose every row counts to this programme, where no code says that it does not."""


def skip_no_records(sections: list[Section], table: str, choices: Choices, problems: Problems) -> None:
    """
    Leaves out the rows that are no record, in all sections of the table.

    Where a table of sums has no row but one total, that total is its row: the province's, with its place not stated. A
    row alone on its sheet, without a name, that sums the other sheets is a total too.
    """
    summed = [Summed(section, choices, []) for section in sections if table in SUMS and len(section.rows)]
    by_section = {id(one.section): one for one in summed}
    found = [(section, _no_records(section, table, by_section.get(id(section)), problems)) for section in sections]
    found = [
        (section, compare_sums(section, findings, problems) if section.naming.crossed else findings)
        for section, findings in found
    ]
    if table in SUMS:
        for section, findings in found:
            if one := by_section.get(id(section)):
                one.take(findings)
        find_sums_of_others(summed, problems)
        compare_own_totals(summed, problems)
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


def _no_records(section: Section, table: str, summed: Summed | None, problems: Problems) -> list[Finding]:
    """
    The rows that are no record, of a table of sums also by what they count; what headings say of those below them is
    noted in the section.
    """
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
    between = _between(section, table, filled, heads, findings)
    heads = {at: one for at, one in heads.items() if at not in between}
    record = np.ones(len(section.rows), bool)
    for finding in findings:
        record[finding.at] = False
    if summed:
        summed.take(findings)
        more, heads, doubtful = summed.found()
        findings += more
        for finding in more:
            record[finding.at] = False
        for finding in (*doubtful, summed.maybe_aside(record)):
            problems.add(finding, sheet=section.name, rows=section.rows)
    else:
        others = {at for one in findings if one.code in ("row_total", "row_title") for at in positions(one)}
        heads = {at: one for at, one in heads.items() if at not in others}
    if heads:
        _note_groups(section, _with_ends(section, heads, findings, record), record, problems)
    if between:
        _note_between(section, between, heads, record, problems)
    return findings


def _between(
    section: Section, table: str, filled: np.ndarray, heads: Mapping[int, Heading], findings: list[Finding]
) -> dict[int, Said]:
    """What rows between the records say of a status or a programme; such rows are taken out of the other findings."""
    if table not in COUNTED:
        return {}
    record, may_be = np.ones((2, len(section.rows)), bool)
    for finding in findings:
        record[finding.at] = False
        may_be[finding.at] = finding.code in ("row_unfilled", "row_note")
    may_be[[at for at, one in heads.items() if one.value or one.sure]] = False
    found = said_between(section.columns, section.naming.columns, filled, record, may_be)
    if table in SUMS:
        found = {at: one for at, one in found.items() if one.column == PROGRAMME}
    if found:
        at = np.array(sorted(found), np.int64)
        findings[:] = [replace(one, at=np.setdiff1d(one.at, at)) for one in findings]
        findings[:] = [*(one for one in findings if one.count), Finding("row_heading", at)]
    return found


def _note_between(
    section: Section, between: Mapping[int, Said], heads: Iterable[int], record: np.ndarray, problems: Problems
) -> None:
    """What they say is noted in the section; that one speaks of another programme while the rows count is said."""
    for column, values in below(between, heads, record).items():
        section.headed[column] = pd.Series(values, section.rows, schema.TEXT)
    at = np.array([at for at, one in between.items() if one.column == PROGRAMME and not one.sure], np.int64)
    texts = joined_rows(list(section.columns.values()), at).to_pylist()
    problems.add(Finding("heading_of_programme", at, texts), sheet=section.name, rows=section.rows)


def _with_ends(
    section: Section, heads: dict[int, Heading], findings: list[Finding], record: np.ndarray
) -> dict[int, Heading | End]:
    """The headings, and the rows that end their groups; nothing ends what nobody understands."""
    found: dict[int, Heading | End] = dict(heads)
    if not any(one.value for one in heads.values()):
        return found
    for finding in findings:
        if finding.code in ("row_total", "row_unfilled", "row_note"):
            at = np.array([row for row in positions(finding) if row not in heads], np.int64)
            texts = joined_rows(list(section.columns.values()), at).to_pylist()
            found |= {
                row: one for row, text in zip(at.tolist(), texts, strict=True) if (one := end(finding.code, text))
            }
    if section.naming.table in SUMS:
        at = np.flatnonzero(record)
        texts = joined_rows(_texts(section), at).to_pylist()
        found |= {row: End.OUTSIDE for row, text in zip(at.tolist(), texts, strict=True) if is_wider(text)}
    else:
        found |= _like_headings(section, heads, record)
    return found


def _like_headings(section: Section, heads: dict[int, Heading], record: np.ndarray) -> dict[int, End]:
    """Rows of a register taken for records that fill but the cell in which the headings stand, in capitals as they."""
    columns = list(section.columns.values())
    alone = record & (filled_cells(columns, len(record)) == 1)
    at = np.array([row for values in columns for row in np.flatnonzero(alone & filled(values)).tolist()
                   if any(values[head].is_valid for head in heads)], np.int64)  # fmt: skip
    texts = joined_rows(columns, np.array([*heads], np.int64)).to_pylist()
    if not len(at) or not all(text.isupper() for text in texts):
        return {}
    said = zip(at.tolist(), joined_rows(columns, at).to_pylist(), strict=True)
    return {row: one for row, text in said if text.isupper() and (one := end("row_unfilled", text))}


def _texts(section: Section) -> list[pa.LargeStringArray]:
    """The columns in which a row of a recap or of quotas says what it is."""
    used = section.naming.columns
    return [values for name, values in section.columns.items() if used.get(name) in (None, "lp3h")]


def _note_groups(section: Section, found: dict[int, Heading | End], record: np.ndarray, problems: Problems) -> None:
    """What the headings say of the rows below them is noted in the section; what they do not say is said."""
    below = under(found, record)
    lacking = {column: record & ~_filled(section, column) for column in below}
    _say_headings(section, found, lacking, problems)
    for column, said in below.items():
        at = np.flatnonzero(pd.notna(said.ended) & lacking[column])
        if column in schema.TABLES[section.naming.table or ""] and column not in section.statements:
            where = {"sheet": section.name, "column": column, "header": section.header_of(column)}
            problems.add(Finding("group_ended", at, said.ended[at].tolist()), rows=section.rows, **where)
    section.headed = {column: pd.Series(said.value, section.rows, schema.TEXT) for column, said in below.items()}


def _filled(section: Section, column: str) -> np.ndarray:
    """Rows with a cell of their own for a column."""
    header = next((name for name, known in section.naming.columns.items() if known == column), None)
    return filled(section.columns[header]) if header else np.zeros(len(section.rows), bool)


def _say_headings(
    section: Section, found: dict[int, Heading | End], lacking: dict[str, np.ndarray], problems: Problems
) -> None:
    """Those that were guessed, and those nobody understands, among others, over rows that say nothing themselves."""
    heads = {row: one for row, one in found.items() if isinstance(one, Heading)}
    guessed = np.array([row for row, one in heads.items() if one.value and not one.sure], np.int64)
    values = [str(heads[row].value) for row in guessed.tolist()]
    problems.add(Finding("heading_similar", guessed, values), sheet=section.name, rows=section.rows)
    told = {one.column for one in heads.values() if one.value}
    if not told:
        return
    empty = np.logical_or.reduce([lacking[column] for column in told])
    rows = sorted(found)
    unknown = [
        row
        for row, after in zip(rows, [*rows[1:], len(empty)], strict=True)
        if empty[row:after].any() and (found[row] is End.UNKNOWN or (row in heads and not heads[row].value))
    ]
    at = np.array(unknown, np.int64)
    texts = joined_rows(list(section.columns.values()), at).to_pylist()
    problems.add(Finding("heading_unknown", at, texts), sheet=section.name, rows=section.rows)


def _unname(section: Section, total: Finding) -> None:
    """Takes the word "Total" out of the cells for a place or an institution."""
    for name, column in section.naming.columns.items():
        if column in ("kab_kota", "lp3h"):
            mask = pa.array(np.isin(np.arange(len(section.rows)), total.at))
            section.columns[name] = pc.if_else(mask, pa.scalar(None, pa.large_string()), section.columns[name])
