"""The door through which every spreadsheet comes in: read_upload, and what it hands back."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pandas as pd

from halal_metrics import schema
from halal_metrics.personal import NIK, without_nik
from halal_metrics.sheets import checks
from halal_metrics.sheets.choices import Cell, Choices, choose
from halal_metrics.sheets.files import LIMIT, read_grids
from halal_metrics.sheets.left_out.sifted import COUNTED, SUMS, skip_no_records
from halal_metrics.sheets.lines import first_lines
from halal_metrics.sheets.lost_choices import met, say_lost_choices
from halal_metrics.sheets.memory import HeldMemory, held_memory
from halal_metrics.sheets.programme_names import say_programme_names, skip_other_programmes
from halal_metrics.sheets.records import SheetRecord, record, rejected_rows, skipped_rows
from halal_metrics.sheets.repeated.detailed import without_sums
from halal_metrics.sheets.repeated.falling import say_falling
from halal_metrics.sheets.repeated.joined import join_stages
from halal_metrics.sheets.repeated.parts import sum_parts
from halal_metrics.sheets.repeated.repeats import one_row_each
from halal_metrics.sheets.repeated.restated import Restated, one_statement_each
from halal_metrics.sheets.repeated.twins import say_twins
from halal_metrics.sheets.repeated.views import without_second_views
from halal_metrics.sheets.rows import read
from halal_metrics.sheets.said.problems import Finding, Problems, UnreadableFile
from halal_metrics.sheets.said.sentences import FORMULAS_ALONE, SENTENCES
from halal_metrics.sheets.section import SKIPPED, Section, look_at, trust_names_over_copied_titles

TABLE_LABELS: Final = {
    "quotas": "kuota",
    "applications": "pengajuan",
    "recaps": "rekap",
    "candidates": "calon pelaku usaha",
    "certificates": "sertifikat program lain",
}
"""The five tables as staff call them."""


@dataclass(frozen=True)
class Upload:
    """A file as understood: rows taken, rows not taken, and everything there is to say about them."""

    table: str
    filename: str
    sha256: str
    frame: pd.DataFrame
    """Accepted rows, exactly as schema.TABLES[table]."""
    rejected: pd.DataFrame
    """Rows not taken, as they were written (but for NIK), with `source_sheet, source_row, reason`."""
    problems: pd.DataFrame
    """`severity, code, sheet, row, column, value, message`."""
    sheets: tuple[SheetRecord, ...]
    skipped: pd.DataFrame = field(default_factory=lambda: schema.empty(SKIPPED))
    """Rows that are no record or another table's: `source_sheet, source_row, code, reason, content`, without NIK."""
    choices: dict[str, Any] = field(default_factory=dict)
    """What of `table, mapping, defaults, sheets, prefer, header_rows, meanings, corrections` was given, as JSON; of
    meanings those whose spelling the file has."""
    restated: tuple[Restated, ...] = ()
    """What two sheets state differently (`stated_twice`); one sheet that contradicts itself is not among them."""
    content: bytes = field(default=b"", repr=False)
    """The file itself."""
    _memory: HeldMemory | None = field(default=None, repr=False, compare=False)  # stays the last one


def read_upload(
    source: str | Path | bytes | BinaryIO,
    *,
    filename: str | None = None,
    table: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    defaults: Mapping[str, Any] | None = None,
    sheets: Iterable[str] | None = None,
    prefer: Iterable[str] | None = None,
    header_rows: Mapping[str, int] | None = None,
    meanings: Mapping[str, Mapping[str, str | None]] | None = None,
    corrections: Mapping[Cell, str] | None = None,
    codes: Collection[str] = (),
    received: dt.date | str | None = None,
) -> Upload:
    """
    Read a spreadsheet (xlsx, xls, ods, csv and relatives, parquet, an HTML table; told by content) into one of the
    five tables.

    Everything but `source` and `filename` overrules a guess:
    `table` says which one; without it, the one with most rows, told by the columns. Other sheets are said.
    `mapping` {source header: column, or None to leave it}: what a header is taken for.
    `defaults` {column: value} fills columns the sheet lacks, not empty cells; canonical words or the sheet's own.
    `sheets`: names of those to read, a hidden one too if named; without it all that are visible.
    `prefer`: where two sheets state different counts of one place, LP3H and date (`stated_twice`), the one that is
    named first here counts, else the one named first in `sheets`. Names that are no sheet of the file say nothing.
    `header_rows` {sheet name: row number of its first header line, from 1}.
    `meanings` {kab_kota, lp3h or status: {spelling: canonical word, or None for nothing}}.
    `corrections` {(sheet name, row number, header): text}: what a person typed in place of that cell.
    `codes`: those of the programme that is watched; rows of another are taken, and said (see `of_programme`).
    `received`: the day on which the file came; a date after it is said. Without it no date is compared with a clock.

    >>> upload = read_upload(b"No. Daftar;Nama PU;Status\\nSH2025-1-100001;Dapur Rekaan;OF74\\n", filename="mei.csv")
    >>> upload.table, upload.frame["status"].tolist(), upload.sheets[0].accepted
    ('applications', ['fatwa'], 1)

    Every non-blank row below a header is accepted, rejected (kept in `.rejected` with its reason) or skipped because
    it is no record (listed in `.skipped`); for every sheet the three add up to the rows read. NIK is kept nowhere.

    Raises UnreadableFile for what cannot be read at all, whatever the bytes; ValueError for a table, a column or a
    canonical word that does not exist.
    """
    choices = choose(
        table=table, mapping=mapping, defaults=defaults, sheets=sheets, prefer=prefer, header_rows=header_rows,
        meanings=meanings, corrections=corrections, received=pd.Timestamp(received).date() if received else None,
    )  # fmt: skip
    content, written = _content(source, filename)
    filename, problems = without_nik(written), Problems()
    with ThreadPoolExecutor(1) as beside:  # hashing holds no lock, so it runs while the file is parsed
        hashing = beside.submit(hashlib.sha256, content)
        by_sheet = _look_at_all(content, filename, choices, problems)
    if filename != written or any(NIK in found[0].name for found in by_sheet):
        problems.add(Finding("nik_replaced"), sheet=by_sheet[0][0].name)
    sections = [section for found in by_sheet for section in found]
    chosen = _choose(sections, choices.table)
    asked = [section for section in sections if _holds(section, chosen)]
    why = _say_others(by_sheet, asked, problems)
    skip_no_records(asked, chosen, choices, problems)
    if chosen in SUMS:
        skip_other_programmes(asked, codes, problems)
    frames = [read(section, filename, choices, problems) for section in asked]
    frame = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    frame = schema.conform(frame, schema.TABLES[chosen])
    of = np.repeat(np.arange(len(asked)), [len(part) for part in frames])
    if chosen in COUNTED and not ("programme_code" in frame and frame["programme_code"].notna().to_numpy().all()):
        say_programme_names(asked, problems)
    if chosen == "recaps":
        frame, of = join_stages(frame, of, asked, problems)
        frame, of = sum_parts(frame, of, asked, problems)
    restated: list[Restated] = []
    if chosen in SUMS:
        frame, of = without_second_views(frame, of, asked, chosen, problems)
        order = tuple(dict.fromkeys([*choices.prefer, *(choices.sheets or ())]))
        frame, of, restated = one_statement_each(frame, of, asked, chosen, order, problems)
        frame, of = without_sums(frame, of, asked, chosen, problems)
    if chosen == "quotas":
        say_twins(frame, of, asked, problems)
    if chosen == "recaps":
        say_falling(frame, problems)
    if chosen == "applications":
        frame, of = one_row_each(frame, of, asked, problems)
        _say_programmes(frame, codes, asked, problems)
        for place, section in enumerate(asked):
            rows = frame if len(asked) == 1 else frame[of == place]
            found = checks.contradictions(rows) + checks.remarks(rows)
            if not section.naming.stages:  # there each row without a tick is said
                has = "status" in section.naming.columns.values()
                found += [("status", finding) for finding in checks.without_status(rows, column=has)]
            for column, finding in found:
                where = {"rows": rows["source_row"].to_numpy(), "header": section.header_of(column)}
                problems.add(finding, sheet=section.name, column=column, **where)
    return Upload(
        chosen,
        filename,
        hashing.result().hexdigest(),
        frame,
        rejected_rows(asked),
        problems.frame([found[0].name for found in by_sheet]),
        tuple(
            record(found, chosen, _taken(found, asked, frame, of), because)
            for found, because in zip(by_sheet, why, strict=True)
        ),
        skipped_rows(sections),
        met(asked, choices).given(),
        tuple(restated),
        content,
        held_memory(sum(section.read for section in sections)),
    )


def _say_programmes(frame: pd.DataFrame, codes: Collection[str], asked: list[Section], problems: Problems) -> None:
    """Once for all sheets: which of the rows are of another programme."""
    if finding := checks.programmes(frame, codes):
        bearing = next((one for one in asked if "programme_code" in one.naming.columns.values()), asked[0])
        where = {"column": "programme_code", "header": bearing.header_of("programme_code")}
        problems.add(finding, sheet=bearing.name, **where)


def _content(source: str | Path | bytes | BinaryIO, filename: str | None) -> tuple[bytes, str]:
    if isinstance(source, str | Path):
        path = Path(source)
        if path.stat().st_size > LIMIT:
            raise UnreadableFile("too_large")
        return path.read_bytes(), filename or path.name
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source), filename or "berkas"
    return source.read(), filename or Path(str(getattr(source, "name", "berkas"))).name


def _look_at_all(content: bytes, filename: str, choices: Choices, problems: Problems) -> list[list[Section]]:
    """The sections of each sheet; those of another table than the given one only count as it if none is of it."""
    grids = read_grids(content, name=Path(filename).stem)
    names = [grid.name for grid in grids]
    for grid in grids:
        for code, at, text in grid.said:
            found = Finding(code, None if at is None else np.array([at]), [text])
            problems.add(found, sheet=grid.name, rows=np.arange(1, grid.rows + 1))
    missing = [name for name in choices.sheets or () if name not in names]
    for name in missing:
        problems.add(Finding("sheet_missing", values=[name]), sheet=name)
    if missing and len(missing) == len(choices.sheets or ()):
        choices = replace(choices, sheets=None)
    by_sheet = [look_at(grid, choices) for grid in grids]
    table = choices.table
    if table and not any(_holds(section, table) for found in by_sheet for section in found):
        by_sheet = [look_at(grid, choices, table) for grid in grids]
    trust_names_over_copied_titles(by_sheet)
    say_lost_choices(by_sheet, choices, problems)
    return by_sheet


def _choose(sections: list[Section], table: str | None) -> str:
    rows: Counter = Counter()
    for section in sections:
        if not section.passed_over and section.is_table:
            rows[section.naming.table] += section.read
    if not rows:
        raise UnreadableFile(
            "no_header",
            [record([section], "", pd.DataFrame(), SENTENCES[_why_none(section)][1]) for section in sections],
            {section.name: first_lines(section.grid) for section in sections if not section.grid.hidden},
            why=FORMULAS_ALONE if any(section.grid.without_result for section in sections) else _unclear(sections),
        )
    return table or max(rows, key=lambda name: rows[name])


def _why_none(section: Section) -> str:
    return section.naming.unclear or "sheet_without_table"


def _unclear(sections: list[Section]) -> str | None:
    return next((SENTENCES[section.naming.unclear][1] for section in sections if section.naming.unclear), None)


def _say_others(by_sheet: list[list[Section]], asked: list[Section], problems: Problems) -> list[str | None]:
    """Says what is not read, and skips the rows of other tables; for each sheet why it was not read, if so."""
    why: list[str | None] = []
    for found in by_sheet:
        reasons = []
        for section in found:
            if section.passed_over:
                finding = Finding(section.passed_over)
            elif not section.read or any(section is one for one in asked):
                continue
            else:
                finding = _other_table(section)
                section.skip(np.arange(section.read), finding.code, finding.spoken() * section.read)
            problems.add(finding, sheet=section.name)
            reasons += finding.spoken()
        why.append(reasons[0] if len(reasons) == len(found) else None)
        for section in found[1:]:
            if section.header:
                code = "table_beside" if section.beside else "table_below"
                facts = {"rows": section.header.first + 1, "header": next(iter(section.header.names.values()))}
                problems.add(Finding(code, facts=facts), sheet=section.name)
    return why


def _holds(section: Section, table: str) -> bool:
    return not section.passed_over and section.is_table and section.naming.table == table


def _other_table(section: Section) -> Finding:
    if not section.is_table:
        return Finding("table_unknown", facts={"rows": section.read})
    label = TABLE_LABELS[section.naming.table or ""]
    return Finding("sheet_other_table", values=[label], facts={"rows": section.read})


def _taken(found: list[Section], asked: list[Section], frame: pd.DataFrame, of: np.ndarray) -> pd.DataFrame:
    places = [place for place, section in enumerate(asked) if any(section is one for one in found)]
    return frame if len(places) == len(asked) else frame[np.isin(of, places)]
