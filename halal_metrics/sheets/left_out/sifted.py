"""Leaves out of the sections of a table the rows that are no record, and says what those above say of those below."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.left_out.group_rows import Heading, headings, under
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.left_out.skipped import filled_cells, no_records
from halal_metrics.sheets.left_out.summed import Summed, find_sums_of_others, positions
from halal_metrics.sheets.matrix.cells import compare_sums
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

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
        find_sums_of_others(found, choices, problems)
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
        summed = Summed(section, choices, findings)
        more, heads, doubtful = summed.found()
        findings += more
        for finding in more:
            record[finding.at] = False
        for finding in (*doubtful, summed.maybe_aside(record)):
            problems.add(finding, sheet=section.name, rows=section.rows)
    else:
        others = {at for one in findings if one.code in ("row_total", "row_title") for at in positions(one)}
        heads = {at: one for at, one in heads.items() if at not in others}
    _say_headings(section, heads, problems)
    section.headed = {
        column: pd.Series(values, section.rows, schema.TEXT) for column, values in under(heads, record).items() if heads
    }
    return findings


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
