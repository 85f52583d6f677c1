"""The rows of one section, typed: those taken as a frame, those not taken and those that are no record said."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics import places, schema, statuses
from halal_metrics.sheets import checks, hidden_rows
from halal_metrics.sheets.choices import Choices, default_text, tidy
from halal_metrics.sheets.cores import each
from halal_metrics.sheets.empty_cells import said_of_empty
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.count_columns import flow_in
from halal_metrics.sheets.headings.doubles import differences
from halal_metrics.sheets.headings.naming import SUMMED, SUMS
from halal_metrics.sheets.headings.nested import GROUPS, unread_groups
from halal_metrics.sheets.headings.ticks import read_stages
from halal_metrics.sheets.headings.titles import Statement
from halal_metrics.sheets.line_lengths import other_lengths
from halal_metrics.sheets.matrix.cells import unfold
from halal_metrics.sheets.merged import hold_for_their_range
from halal_metrics.sheets.plausible_days import days_of, unlikely
from halal_metrics.sheets.recaps import to_cumulative
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.cells import constant, series
from halal_metrics.sheets.values.numbers import read_counts, said
from halal_metrics.sheets.values.typed import Days, read_text, read_values, read_words


def read(section: Section, filename: str, choices: Choices, problems: Problems) -> pd.DataFrame:
    """
    The records of a section as its table's columns that it has; rows it cannot take are in `section.rejected`, and all
    is said in `problems`.
    """
    naming, table = section.naming, section.naming.table
    for header, finding in naming.findings:
        problems.add(finding, sheet=section.name, column=naming.columns.get(header or ""), header=header)
    if not section.read:
        problems.add(Finding("no_rows"), sheet=section.name)
    problems.add(other_lengths(section), sheet=section.name, rows=section.rows)
    hold_for_their_range(section, problems)
    for header, column, finding in differences(section.columns, naming, choices.meanings):
        problems.add(finding, sheet=section.name, rows=section.rows, column=column, header=header)
    used = {header: values for header, values in section.columns.items() if header in naming.columns}
    no_records = np.concatenate([np.empty(0, np.int64), *(part["source_row"] for part in section.skipped)])
    for header, finding in said_of_empty(section.empty, used, section.rows, no_records):
        problems.add(finding, sheet=section.name, column=naming.columns[header], header=header)
    frame = pd.DataFrame(_columns(section, choices, problems), pd.RangeIndex(len(section.rows)), copy=False)
    rows = section.rows
    _say_groups(section, frame, problems)
    if naming.crossed:
        frame = unfold(section, frame, choices, problems)
        rows = frame["source_row"].to_numpy()
    if table == "recaps":
        total = None
        if naming.total:
            total, _ = read_counts(section.columns[naming.total])
        frame, findings = to_cumulative(frame, total)
        summed_up = any(finding.code == "recap_positions" for finding in findings)
        if not summed_up and (title := flow_in(section.titles, naming.columns)):
            findings.append(Finding("title_says_flow", values=[title]))
        for finding in findings:
            problems.add(finding, sheet=section.name, rows=rows)
    frame["source_file"] = constant(filename, len(frame))
    frame["source_sheet"] = constant(section.name, len(frame))
    frame["source_row"] = rows
    for column, header, finding in unlikely(section, frame, choices.received):
        problems.add(finding, sheet=section.name, rows=rows, column=column, header=header)
    for finding in checks.unusable(frame, table):
        if finding.code == "quota_missing":
            finding = _with_what_is_there(section, finding)
        problems.add(finding, sheet=section.name, rows=rows)
        section.reject(rows[finding.at].tolist(), finding.spoken())
        frame = frame.drop(frame.index[finding.at])
    if finding := hidden_rows.among(section.grid, frame["source_row"].to_numpy()):
        problems.add(finding, sheet=section.name)
    return frame


def _say_groups(section: Section, frame: pd.DataFrame, problems: Problems) -> None:
    """Rows that look as if the place or the LP3H above were theirs, and counts of which nothing is known to tell."""
    naming = section.naming
    if naming.crossed or naming.table not in SUMS:
        return
    named = {column: frame[column].notna().to_numpy() for column in GROUPS if column in frame}
    for column in named if len(named) == 2 else ():
        if column in section.headed and section.headed[column].notna().any():
            continue  # what headings do not say is said of them
        empty, other = _empty(section, column), next(name for name in named if name != column)
        finding = None if empty is None else checks.empty_in_blocks(~empty, frame[column], named[other])
        if finding:
            where = {"column": column, "header": section.header_of(column)}
            problems.add(finding, sheet=section.name, rows=section.rows, **where)
    if len(frame) > 1 and not any(flags.any() for flags in named.values()):
        for header in unread_groups(section.columns, naming)[:1]:
            problems.add(Finding("groups_unread"), sheet=section.name, header=header)


def _with_what_is_there(section: Section, missing: Finding) -> Finding:
    """The finding of rows without a quota, each saying what their cell holds instead, if anything."""
    column = section.columns.get(section.header_of("quota"))
    if column is None:
        return missing
    there = column.take(pa.array(missing.at)).to_pylist()
    starts = [f"'{said(text)}' bukan bilangan bulat, jadi " if text else "" for text in there]
    return replace(missing, sentences=[start + rest for start, rest in zip(starts, missing.spoken(), strict=True)])


def _columns(section: Section, choices: Choices, problems: Problems) -> dict[str, Any]:
    """Column → its values: of the columns the section has, or a default, its titles or an address gives."""
    dtypes = schema.TABLES[section.naming.table or ""]
    columns: dict[str, Any] = {}
    crossed = section.naming.crossed
    if crossed:
        columns[crossed.across] = None  # its values stand in the header
    days = days_of(section, choices)
    own = {
        header: column
        for header, column in section.naming.columns.items()
        if header not in section.naming.stages and not (crossed and header in crossed.cells)
    }

    def values_of(header: str) -> tuple[pd.Series | np.ndarray, list[Finding]]:
        column = own[header]
        return read_values(column, dtypes[column], section.columns[header], choices.meanings.get(column), days=days)

    for (header, column), (values, findings) in zip(own.items(), each(values_of, own, len(section.rows)), strict=True):
        for finding in findings:
            problems.add(finding, sheet=section.name, rows=section.rows, column=column, header=header)
        if column == SUMMED and column in columns:
            values = columns[column].add(values, fill_value=0)
        columns[column] = values
        if column == "status" and "status_raw" in dtypes:
            raw = read_words(section.columns[header])
            columns.setdefault("status_raw", series(raw.spread_text(raw.values)))
    if section.naming.stages:
        columns |= _stages(section, columns, days, problems)
    given = [name for name, value in choices.defaults.items() if value is not None]
    lacking = [column for column in given if column in dtypes and column not in columns]
    for column in lacking:
        columns |= _default(section, column, choices, problems)
    marked = {"status"} if section.naming.stages else set()  # what is ticked says the status of each row
    for column in section.headed:
        if column in dtypes and column not in (*lacking, *marked):
            columns |= _headed(section, column, columns.get(column), problems)
    for column, statement in section.statements.items():
        if column in dtypes and column not in (*lacking, *marked):
            meanings = choices.meanings.get(column, {})
            if (meant := meanings.get(tidy(statement.value), statement.value)) is not None:
                as_meant = replace(statement, value=meant)
                columns[column] = _filled(section, column, columns.get(column), as_meant, problems)
    if "kab_kota" in dtypes and "address" in columns and "kab_kota" not in lacking:
        columns["kab_kota"] = _with_places(section, columns.get("kab_kota"), columns["address"], problems)
    return columns


def _stages(section: Section, columns: dict[str, Any], days: Days, problems: Problems) -> dict[str, Any]:
    """What the stage columns say, with what other columns say of status and dates."""
    dates = {column: columns[column] for column in schema.STAGE_DATES if column in columns}
    cells = {header: section.columns[header] for header in section.naming.stages}
    stated = (columns["status"], columns["status_raw"]) if "status" in columns else None
    read, findings = read_stages(cells, section.naming.stages, stated=stated, dates=dates, within=days)
    for header, finding in findings:
        column = section.naming.columns.get(header, "status")
        shown = header if header in cells else section.header_of("status")
        where = {"column": None if column == "status" and header in cells else column, "header": shown}
        problems.add(finding, sheet=section.name, rows=section.rows, **where)
    return read


def _default(section: Section, column: str, choices: Choices, problems: Problems) -> dict[str, pd.Series]:
    text = default_text(choices.defaults[column])
    dtype = schema.TABLES[section.naming.table or ""][column]
    value, findings = read_values(column, dtype, pa.array([text], pa.large_string()), choices.meanings.get(column))
    for finding in findings:
        whole = Finding(finding.code, None, finding.values, finding.facts, finding.sentences)
        problems.add(whole, sheet=section.name, column=column, header=headers.label(column))
    rows = len(section.rows)
    filled = {column: pd.Series(value).reindex([0] * rows).set_axis(range(rows))}
    return filled | ({"status_raw": constant(text, rows)} if column == "status" else {})


def _empty(section: Section, column: str) -> np.ndarray | None:
    """Rows whose cell for this column says nothing; None where the section has no such column."""
    header = next((header for header, known in section.naming.columns.items() if known == column), None)
    filled = np.isin(section.rows, section.filled[column]) if column in section.filled else None
    if header is None:
        return None if filled is None else ~filled
    empty = read_text(section.columns[header]).is_null().to_numpy(zero_copy_only=False)
    return empty if filled is None else empty & ~filled


def _headed(section: Section, column: str, own: Any, problems: Problems) -> dict[str, pd.Series]:
    """The column with its empty cells as the headings of their groups say; nothing where these say nothing."""
    empty = _empty(section, column)
    said = section.headed[column].reindex(section.rows).set_axis(range(len(section.rows)))
    fills = said.notna().to_numpy() & (True if empty is None else empty)
    if not fills.any():
        return {}
    shown = ", ".join(_shown(column, value) for value in dict.fromkeys(said[fills]))
    where = {"sheet": section.name, "column": column, "header": section.header_of(column)}
    problems.add(Finding("value_from_heading", values=[shown], facts={"rows": int(fills.sum())}), **where)
    section.filled[column] = section.rows[fills]
    return {column: (said if own is None else pd.Series(own).where(~fills, said)).astype(schema.TEXT)}


def _shown(column: str, value: str) -> str:
    return statuses.shown(value) if column == "status" else value


def _filled(section: Section, column: str, own: Any, statement: Statement, problems: Problems) -> pd.Series:
    """The column with its empty cells (all, where the section lacks it) as the titles or the sheet's name say."""
    empty = _empty(section, column)
    rows = len(section.rows)
    count = rows if empty is None else int(empty.sum())
    dtype = schema.TABLES[section.naming.table or ""][column]
    value = pd.Timestamp(statement.value).as_unit("us") if dtype == schema.DATE else statement.value
    stated = constant(value, rows) if dtype == schema.TEXT else pd.Series(value, range(rows), dtype)
    if count:
        shown = f"{value:%d/%m/%Y}" if dtype == schema.DATE else _shown(column, statement.value)
        facts = {"rows": count, "where": statement.shown()}
        where = {"sheet": section.name, "column": column, "header": section.header_of(column)}
        code = "value_from_title_guessed" if statement.guessed else "value_from_title"
        problems.add(Finding(code, values=[shown], facts=facts), **where)
        if statement.instead_of:
            facts = {"other": statement.instead_of}
            problems.add(Finding("title_and_name_differ", values=[shown], facts=facts), **where)
    _note_filled(section, column, slice(None) if empty is None else empty)
    if empty is None:
        return stated
    return pd.Series(own).where(~empty, stated).astype(dtype)


def _note_filled(section: Section, column: str, at: np.ndarray | slice) -> None:
    section.filled[column] = np.union1d(section.filled.get(column, section.rows[:0]), section.rows[at])


def _with_places(section: Section, own: pd.Series | None, addresses: pd.Series, problems: Problems) -> pd.Series:
    """The places with each empty cell filled by the place its address names; one not understood stays missing."""
    where = {"sheet": section.name, "column": "kab_kota", "header": section.header_of("kab_kota")}
    if own is None:
        filled = places.find(addresses)
        count = int(filled.notna().sum())
        if count:
            problems.add(Finding("place_from_address_column", facts={"rows": count}), **where)
        _note_filled(section, "kab_kota", slice(None))
        return filled
    empty = _empty(section, "kab_kota")
    if empty is None or not (empty & own.isna().to_numpy()).any():
        return own
    filled = places.find(addresses[empty & own.isna().to_numpy()]).dropna()
    _note_filled(section, "kab_kota", filled.index.to_numpy(np.int64))
    problems.add(
        Finding("place_from_address", filled.index.to_numpy(np.int64), filled.tolist()), rows=section.rows, **where
    )
    return own.where(~own.index.isin(filled.index), filled.reindex(own.index)).astype(schema.TEXT)
