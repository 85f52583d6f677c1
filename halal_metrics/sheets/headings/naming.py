"""One sheet's headers → its table and its columns, what its cells hold taken into account."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from halal_metrics import schema
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.count_columns import (
    ADDITION,
    OTHER_YEAR,
    WHY,
    Left,
    choose,
    counting,
    date_of,
    sums_of_parts,
    titled_stage,
)
from halal_metrics.sheets.headings.kinds import Peek, by_content, table_told
from halal_metrics.sheets.headings.measures import USED, Measure, is_loss
from halal_metrics.sheets.headings.qualifiers import PLAIN, VALUE
from halal_metrics.sheets.headings.similar_headers import begun_columns, similar_columns
from halal_metrics.sheets.headings.ticks import StageColumns, column_for, stage_columns
from halal_metrics.sheets.matrix.crossing import Crossed
from halal_metrics.sheets.said.problems import Finding

SUMS: Final = ("quotas", "recaps")
"""Tables whose rows are sums of businesses."""

SUMMED: Final = "exited"
"""The one column that several headers may fill together: rejected, cancelled and replaced."""

_OFFICE_RANK: Final = 1
"""Rank of a column's own name (0) and of the office's word for it (1) among the spellings."""

_DATE_OF: Final = {"recaps": "statement_date", "applications": "submitted_date", "certificates": "issued_date"}
"""What a bare "Tanggal" is the date of."""


@dataclass
class Naming:
    """What was decided about one sheet."""

    table: str | None
    columns: dict[str, str] = field(default_factory=dict)
    """Header → column; only SUMMED, stages and the cells of a cross table may be named by several."""
    total: str | None = None
    """The header of a recap's own total: read to tell how the recap counts, not kept."""
    stages: dict[str, str] = field(default_factory=dict)
    """Header → status, of a register's columns that tick or date a stage; `columns` has them too."""
    crossed: Crossed | None = None
    """Of a cross table; `columns` has the headers of its cells too."""
    nested: str | None = None
    """Of a column of places and LP3H, which are read as two: the column of those that head the rows of the others."""
    unclear: str | None = None
    """Why a cross table is none, a code of SENTENCES."""
    nik: list[str] = field(default_factory=list)
    """Headers of NIK columns: nothing below them is kept anywhere."""
    certainty: dict[str, str] = field(default_factory=dict)
    """Header → how sure its column is: exact, alias, similar, content, given."""
    doubles: dict[str, list[str]] = field(default_factory=dict)
    """Header → others that mean the same column: compared with it, cell by cell."""
    date: tuple[str, str] | None = None
    """The date as of which a header states the columns, as ISO text, and that header."""
    findings: list[tuple[str | None, Finding]] = field(default_factory=list)
    """Header, or None for the table as a whole, and what is to be said of it."""

    def said(self, header: str, code: str, value: str = "") -> None:
        self.findings.append((header, Finding(code, values=[value] if value else [])))

    def take(self, name: str, column: str, certainty: str) -> None:
        self.columns[name] = column
        self.certainty[name] = certainty

    def double(self, name: str, taken: str) -> None:
        """Notes that a header means what another is taken for; a person's own choice is not compared with it."""
        if self.certainty.get(taken) == "given" or self.columns[taken] == SUMMED:
            self.said(name, "column_double", taken)
        else:
            self.said(name, "column_compared", taken)
            self.doubles.setdefault(taken, []).append(name)

    def free(self, column: str) -> bool:
        return column not in self.columns.values() and column in schema.TABLES[self.table or "quotas"]


def name_columns(
    names: list[str],
    peek: Peek,
    *,
    table: str | None = None,
    mapping: dict[str, str | None],
    over: Sequence[Sequence[str]] = (),
) -> Naming:
    """
    Names a sheet's columns; `mapping` {header: column, or None for "not this one"} overrules every guess
    but that a column is NIK; `over` the lines above and the sheet's name, the nearest first.

    >>> naming = name_columns(["No. Daftar", "Nama PU", "Status", "NIK"], lambda name: [], mapping={})
    >>> naming.table, naming.columns, naming.nik
    ('applications', {'No. Daftar': 'registration_number', 'Nama PU': 'business_name', 'Status': 'status'}, ['NIK'])
    """
    settled = {name: mapping[name] for name in names if name in mapping and headers.either(name) != "nik"}
    repeats = {name: first for name in names if name not in settled and (first := _repeats(name, names))}
    for name in sums_of_parts([name for name in names if name not in settled], peek):
        repeats.pop(name, None)
    open_names = [name for name in names if name not in settled and name not in repeats]
    told = {name: by_content(name, peek(name)) for name in open_names if headers.either(name)}
    counted = counting(open_names, peek)
    titled = titled_stage(counted, over)
    counted |= titled
    ticked = stage_columns(names, peek, mapping)
    said = {name: "status" for name in (*ticked.statuses, *ticked.unread) if ticked.said}
    naming = Naming(table or table_told(open_names, {**told, **settled, **said}, counted, peek))
    if naming.table is None:
        return naming
    if naming.table == "applications":
        settled = {name: column for name, column in settled.items() if name not in ticked.statuses}
        open_names = [name for name in open_names if name not in (*ticked.statuses, *ticked.unread)]
    elif naming.table == "candidates":
        _say_candidates(naming, open_names, peek)
    for name, column in settled.items():
        if column and naming.free(column):
            naming.take(name, column, "given")
        elif column:
            naming.said(name, "column_unused")
    of_counts = _take_counts(naming, counted, _years(over)) if naming.table in SUMS else set()
    for name in titled.keys() & naming.columns.keys():
        naming.said(name, "column_read_as", f"'{headers.label(naming.columns[name])}'")
    _take(naming, [name for name in open_names if name not in of_counts])
    if naming.table == "applications":
        _take_stages(naming, ticked, mapping)
    dealt_with = {name for name, _ in naming.findings} | of_counts
    left = [name for name in open_names if name not in naming.columns and name not in dealt_with]
    left = [name for name in left if not _take_either(naming, name, told.get(name))]
    guesses = similar_columns(left, naming.table, naming.free)
    begun = begun_columns(left, naming.table, naming.free) if naming.table == "candidates" else {}
    for name in left:
        known = headers.column_of(name, naming.table)
        taken = next((header for header, column in naming.columns.items() if known and column == known[0]), None)
        if name in guesses:
            naming.take(name, guesses[name], "similar")
            naming.said(name, "column_similar", headers.label(guesses[name]))
        elif name in begun and naming.free(begun[name]):
            naming.take(name, begun[name], "similar")
            naming.said(name, "column_read_as", f"'{headers.label(begun[name])}'")
        elif taken:
            naming.double(name, taken)
        elif naming.table in SUMS and is_loss(name, peek(name)):
            naming.said(name, "column_numbers_unused")
        else:
            naming.said(name, "column_unused")
    for name, first in repeats.items():
        _follow(naming, name, first)
    if naming.table in SUMS:
        naming.date = date_of(open_names, naming.columns)
    naming.columns = {name: naming.columns[name] for name in names if name in naming.columns}
    return naming


def _repeats(name: str, names: list[str]) -> str | None:
    """The header that this one is once more: "Status" of "Status (2)"."""
    first = headers.unnumbered(name)
    return first if first != name and first in names else None


def _follow(naming: Naming, name: str, first: str) -> None:
    """A header once more means what it means the first time."""
    taken = next((taken for taken, others in naming.doubles.items() if first in others), first)
    if taken in naming.columns:
        naming.double(name, taken)
    elif first in naming.nik:
        naming.nik.append(name)
        naming.said(name, "nik_dropped")
    else:
        naming.findings += [(name, finding) for header, finding in naming.findings if header == first]


def _years(over: Sequence[Sequence[str]]) -> set[int]:
    return {int(year) for texts in over for text in texts for year in re.findall(r"\b20\d\d\b", text)}


def _take_counts(naming: Naming, counted: dict[str, Measure], years: Collection[int]) -> set[str]:
    """The headers dealt with: taken as counts, compared with one that is, or left for a reason that is said."""
    dtypes = schema.TABLES[naming.table or ""]
    stated = {found.column for found in counted.values() if found.kind in (PLAIN, VALUE)}
    measures = {
        name: found
        for name, found in counted.items()
        if (found.column if found.column != USED else "submitted") in dtypes
        and not (found.column == USED and found.kind == PLAIN and "submitted" in stated)
    }
    made = choose(measures, several=SUMMED, taken=naming.columns, years=years)
    for name, column in made.taken.items():
        rank = (headers.column_of(name, naming.table) or ("", _OFFICE_RANK + 1))[1]
        naming.take(name, column, "exact" if rank <= _OFFICE_RANK else "alias")
    for taken, names in made.doubles.items():
        for name in names:
            naming.double(name, taken)
    for name, left in made.left.items():
        _say_left(naming, name, left)
    return {*measures}


def _say_left(naming: Naming, name: str, left: Left) -> None:
    value = [left.instead_of] if left.instead_of else []
    if left.why in (ADDITION, OTHER_YEAR):
        code = "quota_addition" if left.why == ADDITION else "quota_year"
        naming.findings.append((name, Finding(code, values=value)))
        return
    code = "column_no_value" if left.is_loss else "column_other_value" if left.instead_of else "column_no_count"
    naming.findings.append((name, Finding(code, values=value, facts={"why": WHY[left.why]})))


def _take_stages(naming: Naming, ticked: StageColumns, mapping: Mapping[str, str | None]) -> None:
    """A stage's header is its date's column, where no other header is, else one of those that tell the status."""
    naming.stages = ticked.statuses
    for name, status in ticked.statuses.items():
        column = column_for(status)
        naming.take(name, column if naming.free(column) else "status", "given" if name in mapping else "content")
    for name in ticked.unread:
        naming.said(name, "stage_unread")


def _say_candidates(naming: Naming, names: Iterable[str], peek: Peek) -> None:
    for name in names:
        if headers.is_form_stamp(name):
            naming.said(name, "survey_stamp")
        elif (headers.column_of(name) or ("",))[0] == "certificate_number" and peek(name):
            naming.said(name, "certificates_in_list")


def _take(naming: Naming, names: Iterable[str]) -> None:
    """Headers that mean one column; of two for the same column the better witness, then the one further left."""
    wanted: dict[str, list[tuple[int, int, str]]] = {}
    for place, name in enumerate(names):
        found = headers.column_of(name, naming.table)
        if found and naming.free(found[0]):
            wanted.setdefault(found[0], []).append((found[1], place, name))
    for column, witnesses in wanted.items():
        for rank, _, name in sorted(witnesses)[: None if column == SUMMED else 1]:
            naming.take(name, column, "exact" if rank <= _OFFICE_RANK else "alias")


def _take_either(naming: Naming, name: str, by_content: str | None) -> bool:
    """Whether a header of several meanings was dealt with: taken, or put aside for a reason already said."""
    either = headers.either(name)
    if either == "nik":
        naming.nik.append(name)
        naming.said(name, "nik_dropped")
        return True
    if either == "any_name":
        naming.said(name, "column_two_meanings")
        return True
    if naming.table == "recaps" and (either == "total" or (either == "used" and not naming.free("submitted"))):
        naming.total = naming.total or name
        return naming.total == name
    choices = {
        "business_or_owner": ("business_name", "owner_name"),
        "decided_or_issued": ("issued_date", "decided_date"),
        "registration_or_certificate": (by_content,) if by_content else ("registration_number", "certificate_number"),
        "name_or_code": ("programme", "programme_code"),
        "status_or_note": (by_content, "note"),
        "any_date": (_DATE_OF.get(naming.table or ""),),
        "used": ("submitted",),
    }.get(either or "", (by_content,))
    column = next((choice for choice in choices if choice and naming.free(choice)), None)
    if column is None:
        return either == "numbering"
    naming.take(name, column, "content")
    if either not in ("business_or_owner", "name_or_code", "used"):
        naming.said(name, "column_read_as", f"'{headers.label(column)}'")
    return True
