"""The cells of a cross table as rows of its table, and whether they add up to what it says of their sums."""

import re
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics import schema
from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.matrix.crossing import Crossed, Matrix
from halal_metrics.sheets.matrix.words import is_province
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.numbers import read_counts
from halal_metrics.sheets.values.typed import read_text, read_values

_COMPARED: Final = re.compile(r"\W*(?:sub|grand)?[\s.-]*(?:t\s?o\s?t\s?a\s?l|j\s?u\s?m\s?l\s?a\s?h|jml)", re.IGNORECASE)
"""What a row that sums begins with, other than one of shares or means."""

_DATES: Final = ("target_date", "statement_date")


def unfold(section: Section, frame: pd.DataFrame, choices: Choices, problems: Problems) -> pd.DataFrame:
    """
    One row for each cell that says a number, in order of the rows, then of the columns; `source_row` is the cell's.

    `frame` has what the columns beside the cells say of each row. A zero or a dash is a row of 0, a blank cell none. A
    cell that is no number is not taken and its row is among the rejected ones, while the others of it are taken.
    """
    crossed, table = _crossed(section), section.naming.table or ""
    _say(section, crossed, problems)
    across = _across(section, crossed, choices, problems)
    dates = _dates(section, crossed, problems)
    taken = np.zeros(len(frame), bool)
    lost: dict[int, list[str]] = {}
    parts = []
    for place, (name, measures) in enumerate(_groups(crossed).items()):
        values: dict[str, pd.Series | np.ndarray] = {}
        for header, measure in measures.items():
            values[measure], findings = read_values(measure, schema.TABLES[table][measure], section.columns[header])
            for finding in findings:
                problems.add(finding, sheet=section.name, rows=section.rows, header=header)
                if measure not in _DATES and finding.at is not None:
                    for at in finding.at.tolist():
                        lost.setdefault(at, []).append(header)
        part = pd.DataFrame({measure: pd.Series(column) for measure, column in values.items()})
        counts = [measure for measure in part if measure not in _DATES]
        at = np.flatnonzero(part[counts].notna().any(axis=1))
        taken[at] = True
        part = part.iloc[at].assign(**{crossed.across: across[name]}, at=at, place=place)
        for column, day in dates.get(name, {}).items():
            part[column] = day
        beside = frame.drop(columns=[one for one in frame if one in part and one not in _DATES]).iloc[at]
        for column in (one for one in _DATES if one in part and one in beside):
            part[column] = _later_said(section, beside[column], part[column], column)
        parts.append(pd.concat([beside.drop(columns=[one for one in beside if one in part]), part], axis=1))
    rows = pd.concat(parts, ignore_index=True).sort_values(["at", "place"], ignore_index=True)
    if "target_date" in rows:
        rows["target_date"] = rows["target_date"].where(rows["quota"] > 0)
    _say_twice(section, rows, problems)
    _leave_out(section, lost, taken, problems)
    nameless = np.flatnonzero(taken & np.array([not label for label in _labels(section)], bool))
    problems.add(Finding("matrix_row_unnamed", nameless), sheet=section.name, rows=section.rows)
    rows["source_row"] = section.rows[rows["at"].to_numpy(np.int64)]
    return rows.drop(columns=["at", "place"])


def _crossed(section: Section) -> Crossed:
    assert section.naming.crossed is not None
    return section.naming.crossed


def _groups(crossed: Crossed) -> dict[str, dict[str, str]]:
    """Name across → header → measure."""
    groups: dict[str, dict[str, str]] = {}
    for header, cell in crossed.cells.items():
        groups.setdefault(cell.name, {})[header] = cell.measure or ""
    return groups


def _say(section: Section, crossed: Crossed, problems: Problems) -> None:
    measures = dict.fromkeys(cell.measure for cell in crossed.cells.values() if cell.measure not in _DATES)
    named = ", ".join(f"'{headers.label(measure or '')}'" for measure in measures)
    where = f" (dari '{crossed.told}')" if crossed.told else ""
    facts = {"rows": f"{len(_groups(crossed))} kolom", "where": where}
    problems.add(Finding("matrix_read_as", values=[named], facts=facts), sheet=section.name)


def _across(section: Section, crossed: Crossed, choices: Choices, problems: Problems) -> dict[str, str | None]:
    """Name across as written → as the list of places or of LP3H has it; said at the row where the names stand."""
    matrix = section.header
    assert isinstance(matrix, Matrix)
    found: dict[str, str | None] = {}
    for name in _groups(crossed):
        texts = pa.array([name], pa.large_string())
        values, findings = read_values(crossed.across, schema.TEXT, texts, choices.meanings.get(crossed.across))
        for finding in findings:
            where = {"column": crossed.across, "header": name}
            problems.add(finding, sheet=section.name, rows=np.array([matrix.names_at + 1]), **where)
        value = pd.Series(values).iloc[0]
        found[name] = None if pd.isna(value) else value
    return found


def _dates(section: Section, crossed: Crossed, problems: Problems) -> dict[str, dict[str, pd.Timestamp]]:
    """Name across → {column: date} of the header's line of dates: the target of a quota, the day a recap is of."""
    matrix = section.header
    assert isinstance(matrix, Matrix)
    dated = {cell.name: cell.date for cell in crossed.cells.values() if cell.date}
    if not dated or matrix.dates_at is None:
        return {}
    said = (headers.column_of(matrix.dates) or ("",))[0]
    column = said if said in _DATES else "target_date" if section.naming.table == "quotas" else "statement_date"
    if column not in schema.TABLES[section.naming.table or ""]:
        return {}
    days, findings = read_values(column, schema.DATE, pa.array(list(dated.values()), pa.large_string()))
    for finding in findings:
        rows = np.full(len(dated), matrix.dates_at + 1)
        problems.add(finding, sheet=section.name, rows=rows, column=column, header=headers.label(column))
    return {
        name: {column: pd.Timestamp(day)} for name, day in zip(dated, np.asarray(days), strict=True) if not pd.isna(day)
    }


def _later_said(section: Section, beside: pd.Series, own: pd.Series, column: str) -> pd.Series:
    """A date of the row's own column, else the header's, else that of the titles."""
    written = column in section.naming.columns.values()
    return beside.where(beside.notna(), own) if written else own.where(own.notna(), beside)


def _say_twice(section: Section, rows: pd.DataFrame, problems: Problems) -> None:
    """Quota that one place has from one LP3H, for one date, in two cells: all count (of a recap one does)."""
    key = [column for column in ("kab_kota", "lp3h", "target_date") if column in rows]
    if "quota" not in rows or not {"kab_kota", "lp3h"} <= {*key}:
        return
    named = rows[(rows["quota"] > 0) & rows["kab_kota"].notna() & rows["lp3h"].notna()]
    again = named[named.duplicated(key)].drop_duplicates(["at", "kab_kota", "lp3h"])
    shown = (again["kab_kota"] + ", " + again["lp3h"]).tolist()
    problems.add(
        Finding("matrix_cell_twice", again["at"].to_numpy(np.int64), shown), sheet=section.name, rows=section.rows
    )


def _leave_out(section: Section, lost: dict[int, list[str]], taken: np.ndarray, problems: Problems) -> None:
    """Rejects the rows with cells that are no number, and skips those without any cell."""
    code = "quota_missing" if section.naming.table == "quotas" else "recap_without_counts"
    for at, names in sorted(lost.items()):
        finding = Finding(code, np.array([at]))
        for name in names:
            problems.add(finding, sheet=section.name, rows=section.rows, header=name)
        section.reject([int(section.rows[at])], [f"{', '.join(names)}: {finding.spoken()[0]}"])
    empty = np.setdiff1d(np.flatnonzero(~taken), list(lost))
    if len(empty):
        finding = Finding("matrix_row_empty", empty)
        problems.add(finding, sheet=section.name, rows=section.rows)
        section.skip(empty, finding.code, finding.spoken())


def compare_sums(section: Section, no_records: list[Finding], problems: Problems) -> list[Finding]:
    """
    What a cross table says of its sums against its cells: each row and column that differs is said, with both numbers.

    `no_records` are the rows that are none, by reason. They come back with those rows added that have no name, or the
    province's, and are the sums of the rows above.
    """
    crossed = _crossed(section)
    cells = {name: _counts(section, name) for name, cell in crossed.cells.items() if cell.measure not in _DATES}
    record = np.ones(len(section.rows), bool)
    for finding in no_records:
        if finding.at is not None:
            record[finding.at] = False
    if not record.any():
        return no_records
    labels = _labels(section)
    told = [at for one in no_records if one.code == "row_total" and one.at is not None for at in one.at.tolist()]
    compared = [at for at in told if any(_COMPARED.match(text) for text in _texts(section, at))]
    nameless = _sums_without_name(cells, labels, record)
    record[nameless] = False
    compared = sorted([*compared, *nameless])
    for name, counts in cells.items():
        _compare_rows(section, name, counts, counts, compared, record, problems)
    for name, measure in crossed.totals.items():
        summed = np.nansum([counts for cell, counts in cells.items() if crossed.cells[cell].measure == measure], axis=0)
        stated = _counts(section, name)
        _compare_rows(section, name, stated, summed, compared, record, problems)
        _compare_columns(section, name, stated, summed, record, problems)
    return [*no_records, Finding("row_total", np.array(nameless))] if nameless else no_records


def _shown(count: float) -> str:
    return f"{count:,.0f}".replace(",", ".")


def _counts(section: Section, header: str) -> np.ndarray:
    counts, _ = read_counts(section.columns[header])
    return counts.to_numpy(float, na_value=np.nan)


def _labels(section: Section) -> list[str | None]:
    """What names each row, None where nothing does."""
    matrix = section.header
    down = matrix.down if isinstance(matrix, Matrix) else ""
    label = next((name for name, column in section.naming.columns.items() if column == down), None)
    return read_text(section.columns[label]).to_pylist() if label else [None] * len(section.rows)


def _texts(section: Section, at: int) -> list[str]:
    return [text for values in section.columns.values() if (text := values[at].as_py())]


def _sums_without_name(cells: dict[str, np.ndarray], labels: list[str | None], record: np.ndarray) -> list[int]:
    """Rows without a name, or of the province, that are the sums of the records above: of two at least."""
    found = []
    for at in np.flatnonzero(record).tolist():
        above = record[:at].nonzero()[0]
        above = above[~np.isin(above, found)]
        stated = [(counts[at], np.nansum(counts[above])) for counts in cells.values() if not np.isnan(counts[at])]
        equal = bool(stated) and all(one == other for one, other in stated)
        if len(above) > 1 and (is_province(labels[at] or "") or (not labels[at] and equal)):
            found.append(at)
    return found


def _compare_rows(
    section: Section,
    name: str,
    stated: np.ndarray,
    counts: np.ndarray,
    totals: list[int],
    record: np.ndarray,
    problems: Problems,
) -> None:
    """A column's sums: each is that of all rows, of those above it, or of those since the sum before it."""
    since = 0
    rows = np.flatnonzero(record)
    for at in totals:
        sums = [np.nansum(counts[some]) for some in (rows, rows[rows < at], rows[(rows < at) & (rows >= since)])]
        since = at
        if not np.isnan(stated[at]) and stated[at] not in sums:
            facts = {"sum": _shown(sums[0 if at == totals[-1] else 2])}
            finding = Finding("matrix_column_differs", np.array([at]), [_shown(stated[at])], facts=facts)
            problems.add(finding, sheet=section.name, rows=section.rows, header=name)


def _compare_columns(
    section: Section, name: str, stated: np.ndarray, summed: np.ndarray, record: np.ndarray, problems: Problems
) -> None:
    for at in np.flatnonzero(record & ~np.isnan(stated) & (stated != summed)).tolist():
        facts = {"sum": _shown(summed[at])}
        finding = Finding("matrix_row_differs", np.array([at]), [_shown(stated[at])], facts=facts)
        problems.add(finding, sheet=section.name, rows=section.rows, header=name)
