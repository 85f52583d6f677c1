"""One table on a sheet: looked at (which table, which columns), then read into rows taken and rows not taken."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.personal import column_without_nik, without_nik
from halal_metrics.sheets.choices import Cell, Choices
from halal_metrics.sheets.empty_cells import empty_below
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.doubles import fill
from halal_metrics.sheets.headings.further_headers import further_headers
from halal_metrics.sheets.headings.header_rows import Header, find_header, is_title, known_by
from halal_metrics.sheets.headings.naming import Naming, name_columns
from halal_metrics.sheets.headings.nested import base, with_groups
from halal_metrics.sheets.headings.side_by_side import side_by_side, title_lines, titles_over
from halal_metrics.sheets.headings.titles import IN_HEADER, Statement, by_name, copied, inherited, stated
from halal_metrics.sheets.headings.total_columns import settle_totals
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.left_out.skipped import blank
from halal_metrics.sheets.lines import words_over
from halal_metrics.sheets.matrix.crossing import Matrix, with_matrices
from halal_metrics.sheets.matrix.naming import name_matrix
from halal_metrics.sheets.matrix.search import find_matrices
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values import cells
from halal_metrics.sheets.values.cells import Distinct, constant, series

SKIPPED: Final = {
    "source_sheet": schema.TEXT,
    "source_row": schema.COUNT,
    "code": schema.TEXT,
    "reason": schema.TEXT,
    "content": schema.TEXT,
}
"""Columns of `Upload.skipped`."""

_PEEK_ROWS: Final = 1000
_SAMPLES, _SAMPLE_ROWS = 3, 100


@dataclass
class Section:
    """A table on its way from grid to rows; what is not known yet is empty."""

    grid: Grid
    passed_over: str | None = None
    """Why it is not read, a code of SENTENCES."""
    header: Header | None = None
    beside: bool = False
    """Whether it stands to the right of another table with the same headers."""
    titles: tuple[str, ...] = ()
    statements: dict[str, Statement] = field(default_factory=dict)
    columns: dict[str, pa.LargeStringArray] = field(default_factory=dict)
    """Header → the cells below it, in the rows that hold anything; later in those that are records."""
    rows: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    """Row number of each, as the spreadsheet program shows it."""
    title_rows: list[int] = field(default_factory=list)
    """Row numbers, below this table, of the titles of the next."""
    naming: Naming = field(default_factory=lambda: Naming(None))
    empty: dict[str | None, dict[str, np.ndarray]] = field(default_factory=dict)
    """What a failed formula shows, or None for one without a result → header → row numbers of such cells below it."""
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Header → up to three distinct values of the first rows, without NIK."""
    corrected: set[Cell] = field(default_factory=set)
    """Cells for which a person's text was taken."""
    filled: dict[str, np.ndarray] = field(default_factory=dict)
    """Column → row numbers whose value is not the row's own, but from titles, the sheet's name or an address."""
    headed: dict[str, pd.Series] = field(default_factory=dict)
    """Column → by row number, what the heading of the row's group says, missing without one."""
    read: int = 0
    skipped: list[pd.DataFrame] = field(default_factory=list)
    rejected: dict[int, str] = field(default_factory=dict)
    """Row number → why it was not taken."""

    @property
    def name(self) -> str:
        return self.grid.name

    @property
    def is_table(self) -> bool:
        return self.naming.table is not None and bool(self.naming.columns)

    def peek(self, header: str) -> list[str]:
        return Distinct(self.columns[header].slice(0, _PEEK_ROWS).drop_null()).values

    def header_of(self, column: str) -> str:
        """The header as the sender wrote it, for messages."""
        named = [header for header, known in self.naming.columns.items() if known == column]
        stages = self.naming.stages if column == "status" else {}  # they tell of it, but are not where it is written
        return next((header for header in named if header not in stages), headers.label(column))

    def keep(self, flags: np.ndarray) -> None:
        if not flags.all():
            self.columns = {name: values.filter(pa.array(flags)) for name, values in self.columns.items()}
            self.rows = self.rows[flags]

    def skip(self, at: np.ndarray, code: str, reasons: list[str]) -> None:
        """Notes that these rows, by position, are left out; what they hold is kept as one line of text."""
        shown = [values for name, values in self.columns.items() if name not in self.naming.nik]
        content = joined_rows(shown, at)
        self.skipped.append(
            pd.DataFrame(
                {
                    "source_sheet": constant(self.name, len(at)),
                    "source_row": self.rows[at],
                    "code": code,
                    "reason": [reason[:1].upper() + reason[1:] for reason in reasons],
                    "content": series(column_without_nik(content)),
                }
            )
        )

    def reject(self, rows: Iterable[int], reasons: Iterable[str]) -> None:
        """Notes why these rows are not taken; one of a cross table may have a reason for each of several cells."""
        for row, reason in zip(rows, reasons, strict=True):
            said = reason[:1].upper() + reason[1:]
            before = self.rejected.get(row)
            self.rejected[row] = f"{before} {said}" if before and said not in before else said

    def rejected_rows(self) -> pd.DataFrame:
        """The rows not taken, as they were written, without NIK, with where they stood and why they were not taken."""
        rows = sorted(self.rejected)
        at = pa.array(np.searchsorted(self.rows, rows))
        raw = {
            name: series(column_without_nik(values.take(at)))
            for name, values in self.columns.items()
            if name not in self.naming.nik
        }
        return pd.DataFrame(
            raw
            | {
                "source_sheet": constant(self.name, len(rows)),
                "source_row": rows,
                "reason": pd.Series([self.rejected[row] for row in rows], dtype=schema.TEXT),
            }
        )


def look_at(grid: Grid, choices: Choices, table: str | None = None) -> list[Section]:
    """The tables on a sheet, from the top, as what they seem to be (or all as the given one); at least one section."""
    reason = _not_looked_at(grid, choices)
    if reason:
        return [Section(grid, passed_over=reason)]
    known = known_by(choices.mapping)
    row = choices.header_rows.get(grid.name)
    given = row - 1 if row and row <= grid.rows else None
    matrices = find_matrices(grid, given)
    first = find_header(grid, known, given)
    if matrices and (first is None or first.end > matrices[0].first or is_title(grid, first, matrices[0])):
        first = matrices[0]
    if first is None:
        return [Section(grid, passed_over=_nothing_in(grid))]
    filled = np.flatnonzero(~blank([column.slice(first.end) for column in grid.columns], grid.rows - first.end))
    found = with_matrices([first, *further_headers(grid, first, filled + first.end, known)], matrices)
    sections = [
        _section(grid, block, until, choices, table, beside=place > 0)
        for header, until in zip(found, [*(after.first for after in found[1:]), grid.rows], strict=True)
        for place, block in enumerate([header] if isinstance(header, Matrix) else side_by_side(grid, header))
    ]
    while len(sections) > 1 and not sections[0].is_table and not sections[0].passed_over:
        sections.pop(0)  # words like headers above the table
    _read_titles(sections)
    for section in sections:
        _take_date_of_headers(section)
    if not sections[0].is_table and not sections[0].passed_over:
        sections = sections[:1]
        sections[0].passed_over, sections[0].read = _nothing_in(grid), 0
    return sections


def trust_names_over_copied_titles(by_sheet: list[list[Section]]) -> None:
    """Where a title was copied to sheets for several places or institutions, their names tell them apart."""
    for column in ("kab_kota", "lp3h"):
        firsts = [found[0] for found in by_sheet if column in found[0].statements]
        if copied([(section.name, section.statements[column]) for section in firsts]):
            for section in firsts:
                section.statements[column] = by_name(section.name, section.statements[column])


def _not_looked_at(grid: Grid, choices: Choices) -> str | None:
    if choices.sheets is not None and grid.name not in choices.sheets:
        return "sheet_not_chosen"
    if grid.hidden and choices.sheets is None:
        return "sheet_hidden"
    if grid.rows:
        return None
    return _nothing_in(grid) if grid.without_result else "sheet_empty"


def _nothing_in(grid: Grid) -> str:
    return "sheet_without_results" if grid.without_result else "sheet_without_table"


def _section(grid: Grid, header: Header, until: int, choices: Choices, table: str | None, *, beside: bool) -> Section:
    section = Section(
        grid,
        header=header,
        beside=beside,
        columns={
            name: grid.columns[column].slice(header.end, until - header.end) for column, name in header.names.items()
        },
        rows=np.arange(header.end + 1, until + 1),
        empty=empty_below(grid, header, until),
    )
    _correct(section, choices)
    section.keep(~blank(list(section.columns.values()), len(section.rows)))
    section.read = len(section.rows)
    by_key = {headers.key(name): column for name, column in choices.mapping.items()}
    given = {name: by_key[headers.key(name)] for name in section.columns if headers.key(name) in by_key}
    if isinstance(header, Matrix) and table in (None, "quotas", "recaps"):
        section.naming = name_matrix(
            header, section.peek, over=words_over(grid, header.first), mapping=given, table=table, wanted=choices.table
        )  # fmt: skip
        if section.naming.unclear:
            section.passed_over, section.read = section.naming.unclear, 0
    else:
        over = words_over(grid, header.first)
        naming = name_columns(list(section.columns), section.peek, table=table, mapping=given, over=over)
        section.columns, section.naming = with_groups(section.columns, naming, by_key, table, over)
    settle_totals(section.columns, section.naming)
    section.columns = fill(section.columns, section.naming, choices.meanings)
    section.samples = {
        name: () if name in section.naming.nik else _sample(values) for name, values in section.columns.items()
    }
    return section


def _sample(values: pa.LargeStringArray) -> tuple[str, ...]:
    first = dict.fromkeys(text for text in values.slice(0, _SAMPLE_ROWS).to_pylist() if text)
    return tuple(map(without_nik, islice(first, _SAMPLES)))


def _correct(section: Section, choices: Choices) -> None:
    """Puts what a person typed in place of cells; the reader then sees nothing else."""
    by_header: dict[str, dict[int, str]] = {}
    for (sheet, row, header), text in choices.corrections.items():
        if sheet == section.name and base(header) in section.columns and row in section.rows:
            by_header.setdefault(base(header), {})[row] = text
            section.corrected.add((sheet, row, header))
    for header, texts in by_header.items():
        mask = np.isin(section.rows, list(texts))
        typed = cells.column(pa.array([texts[row] for row in section.rows[mask].tolist()], pa.large_string()))
        section.columns[header] = pc.replace_with_mask(section.columns[header], pa.array(mask), typed)


def _read_titles(sections: list[Section]) -> None:
    """Each section's titles, and what they state; a table below another has what the sheet's titles state as well."""
    rows = [list(beside) for _, beside in groupby(sections, key=lambda one: one.header and one.header.first)]
    sheet: dict[str, Statement] = {}
    for above, row in zip([None, *rows], rows, strict=False):
        heads = [section.header for section in row if section.header]
        positions = _title_rows(above, row) if above else range(heads[0].first if heads else 0)
        for section, lines in zip(row, titles_over(row[0].grid, heads, positions), strict=bool(heads)):
            section.titles = tuple(map(without_nik, lines))
            section.statements = inherited(sheet, section.titles) | stated(
                section.titles, section.name, of_file=section.grid.named_after_file
            )
            for column in ("kab_kota", "lp3h") if section.naming.crossed else ():
                section.statements.pop(column, None)  # each cell has its own
        sheet = sheet or dict(row[0].statements)


def _take_date_of_headers(section: Section) -> None:
    """What "Kondisi 4 Juni 2025" over the columns says goes before the titles, which may be older than the columns."""
    if section.naming.date is None:
        return
    date, header = section.naming.date
    title = section.statements.get("statement_date")
    if title and title.value != date:
        shown, other = (f"{dt.date.fromisoformat(day):%d/%m/%Y}" for day in (date, title.value))
        finding = Finding("header_and_title_differ", values=[shown], facts={"other": other, "where": title.shown()})
        section.naming.findings.append((header, finding))
    section.statements["statement_date"] = Statement(date, IN_HEADER, header)


def _title_rows(above: list[Section], row: list[Section]) -> list[int]:
    """
    Positions of the lines right above further tables that are their titles, and no rows of the tables above: lines of
    no more cells than there are tables beside each other.
    """
    rows = np.unique(np.concatenate([section.rows for section in above]))[::-1] - 1
    found = title_lines(row[0].grid, rows.tolist(), len(row))
    for section in above:
        section.title_rows += [position + 1 for position in found]
    return found
