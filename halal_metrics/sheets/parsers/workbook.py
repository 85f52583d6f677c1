"""Workbooks: xlsx, xlsm, xlsb, xls and ods, read by fastexcel; their merged cells, which it does not give, by us."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.sheets.parsers import biff, compound, ooxml, opendocument
from halal_metrics.sheets.parsers.formulas import Formulas, emptied
from halal_metrics.sheets.parsers.halves import Halves, joined
from halal_metrics.sheets.parsers.marks import Marks, as_percentages, percent_styles
from halal_metrics.sheets.parsers.outliers import Compacted, compacted
from halal_metrics.sheets.parsers.parsed import (
    TEXT,
    UNPACKED_LIMIT,
    Beside,
    Parsed,
    Range,
    Refused,
    as_fractions,
    seem_grouped,
    trimmed,
    within,
)

_MIDNIGHT: Final = " 00:00:00"
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"


def read_zip(content: bytes, *, sparse: bool = False) -> Iterator[Parsed]:
    """
    The sheets of a zipped workbook. `sparse`: as for a workbook with a cell so far out that the rectangle around all
    of its cells fits into no memory; rows and columns without a cell are then closed up while it is parsed.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as error:
        raise Refused("corrupt") from error
    with parts:
        if sum(part.file_size for part in parts.infolist()) > UNPACKED_LIMIT:
            raise Refused("too_large")
        names = set(parts.namelist())
        if any(re.fullmatch(r"xl/workbook\d*\.(xml|bin)", name, re.IGNORECASE) for name in names):
            if sparse:
                yield from _read_sparse(parts)
            else:
                yield from _read_xlsx(content, parts)
        elif "encrypted-package" in names or opendocument.is_locked(parts):
            raise Refused("password")
        elif "mimetype" in names and parts.read("mimetype").startswith(_ODS):
            yield from _read(content, lambda: opendocument.numbered(parts), lambda: opendocument.beside(parts))
        else:
            raise Refused("unsupported")


def read_compound(content: bytes) -> Iterator[Parsed]:
    """The sheets of an .xls; its container also holds locked .xlsx files and other programs' documents."""
    stream = compound.workbook_stream(content)
    if compound.is_locked(stream):
        raise Refused("password")
    yield from _read(content, lambda: compound.numbered(content, stream), lambda: biff.beside(stream))


def _read_xlsx(content: bytes, parts: zipfile.ZipFile) -> Iterator[Parsed]:
    # fastexcel lets go of the interpreter while it parses, so that another core can do what it leaves to us
    with ThreadPoolExecutor(1) as aside:
        sheets, seen = ooxml.sheet_parts(parts), _Seeing(parts)
        # opening takes as long as all texts of all sheets, so the whole is opened only where it is needed
        whole = cache(lambda: _open(content, lambda: ooxml.numbered(parts)))
        cut = Halves(parts, sheets[0]) if sheets else None
        names, loaded = _load_halves(cut, 0, aside) if cut else (None, None)
        for place, name in enumerate(names or whole().names):
            part = sheets[place] if place < len(sheets) else ""
            if place:
                cut = Halves(parts, part)
                _, loaded = _load_halves(cut, place, aside) if cut else (None, None)
            if cut and loaded:
                yield loaded.parsed(name, seen.beside(ooxml.ranges(cut.tail()), cut.text))
            else:
                beside = aside.submit(seen.part, part)
                yield _load(whole().reader, place).parsed(name, beside.result())


def _read(content: bytes, numbered: Callable[[], bytes], beside: Callable[[], list[Beside]] = list) -> Iterator[Parsed]:
    workbook, found = _open(content, numbered), beside()
    for place, name in enumerate(workbook.names):
        sheet = _load(workbook.reader, place)
        yield sheet.parsed(name, found[place] if place < len(found) else Beside())


class _Seeing:
    """What the parts of an .xlsx say beside the values of their cells."""

    def __init__(self, parts: zipfile.ZipFile):
        self._parts = parts
        self._recalculated, self._percent = ooxml.is_recalculated(parts), percent_styles(parts)

    def part(self, part: str) -> Beside:
        formulas, marks = self._new()

        def see(piece: bytes) -> None:
            formulas.see(piece)
            marks.see(piece)

        return _told(ooxml.merged(self._parts, part, see), formulas, marks)

    def beside(self, merged: list[Range], text: bytes) -> Beside:
        """The same of a part whose text is there."""
        formulas, marks = self._new()
        formulas.see(text)
        marks.see(text)
        return _told(merged, formulas, marks)

    def _new(self) -> tuple[Formulas, Marks]:
        return Formulas(recalculated=self._recalculated), Marks(self._percent)


def _told(merged: list[Range], formulas: Formulas, marks: Marks) -> Beside:
    return Beside(merged, formulas.without_result(), marks.errors(), marks.percentages(), marks.hidden_rows())


@dataclass(frozen=True)
class _Opened:
    """A workbook: the names of its sheets, in their order, and what each is fetched from by its place."""

    names: list[str]
    reader: fastexcel.ExcelReader


def _open(content: bytes, numbered: Callable[[], bytes]) -> _Opened:
    """
    The workbook. A sheet is fetched by its name, even where its place is asked for: where two have one, they are
    fetched from the copy that `numbered` makes, in which each has a name of its own.
    """
    workbook = fastexcel.read_excel(content)
    names = workbook.sheet_names
    if len(set(names)) == len(names):
        return _Opened(names, workbook)
    apart = fastexcel.read_excel(numbered())
    if len(set(apart.sheet_names)) < len(names):
        raise Refused("corrupt")  # Excel mends it
    return _Opened(names, apart)


@dataclass(frozen=True)
class _Loaded:
    columns: list[pa.Array]
    offset: int
    """The column of the sheet in which the first of them stands."""
    hidden: bool

    def parsed(self, name: str, beside: Beside) -> Parsed:
        ours = beside.moved(lambda cells: (cells[0], cells[1] - self.offset, cells[2], cells[3] - self.offset))
        nothing = [*ours.without_result, *chain(*ours.errors.values())]
        columns = trimmed(as_percentages(emptied(self.columns, nothing), ours.percentages))
        merged = within(ours.merged, columns)
        return Parsed(
            name,
            columns,
            self.hidden,
            merged,
            without_result=ours.without_result,
            errors=ours.errors,
            hidden_rows=ours.hidden_rows,
        )


def _load(workbook: fastexcel.ExcelReader, place: int) -> _Loaded:
    # skip_rows=0 keeps blank rows on top, so that positions are row numbers; all text, because a column guessed to be
    # numbers would lose the zero of a NIB written as text.
    sheet = workbook.load_sheet(place, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True)
    available = sheet.available_columns()
    offset = available[0].absolute_index if available else 0
    columns = [_without_midnight(column.cast(TEXT)) for column in sheet.to_arrow().columns]
    return _Loaded(_with_fractions(columns, workbook, place), offset, sheet.visible != "visible")


def _with_fractions(columns: list[pa.Array], workbook: fastexcel.ExcelReader, place: int) -> list[pa.Array]:
    """The columns with those texts made plain that seem thousands and whose cells are numbers: 213.625."""
    unsure = {at: seems for at, column in enumerate(columns) if (seems := seem_grouped(column)) is not None}
    if not unsure:
        return columns
    # as a date every number has a value, and no text that seems a number has one
    typed = workbook.load_sheet(place, header_row=None, skip_rows=0, dtypes="datetime").to_arrow()
    for at, seems in unsure.items():
        columns[at] = as_fractions(columns[at], pc.and_(seems, typed.column(at).is_valid()))
    return columns


def _load_halves(halves: Halves, place: int, aside: ThreadPoolExecutor) -> tuple[list[str] | None, _Loaded | None]:
    """The names of all sheets and this one; nothing where it cannot be parsed by halves: the whole may say why."""
    later = aside.submit(lambda: _load(fastexcel.read_excel(halves.second()), place))
    try:
        upper = fastexcel.read_excel(halves.first())
        if len(set(upper.sheet_names)) < len(upper.sheet_names):
            return None, None
        first, second = _load(upper, place), later.result()
        offset = min(first.offset, second.offset)
        above, below = (_moved(half, half.offset - offset) for half in (first, second))
        return upper.sheet_names, _Loaded(joined(above, below, halves.before), offset, first.hidden)
    except Exception:
        return None, None
    finally:
        wait([later])


def _moved(sheet: _Loaded, right: int) -> list[pa.Array]:
    return [pa.nulls(len(sheet.columns[0]), TEXT)] * right + sheet.columns if right else sheet.columns


def _read_sparse(parts: zipfile.ZipFile) -> Iterator[Parsed]:
    sheets = ooxml.sheet_parts(parts)
    content, closed_up = compacted(parts, sheets)
    with zipfile.ZipFile(io.BytesIO(content)) as closed:
        found = list(_read(content, lambda: ooxml.numbered(closed)))
    seen = _Seeing(parts)
    for part, parsed in zip(sheets, found, strict=False):
        where = closed_up.get(part, Compacted())
        loaded = _Loaded(where.spread(parsed.columns), 0, parsed.hidden)
        yield loaded.parsed(parsed.name, seen.part(part).moved(where.moved))


def _without_midnight(column: pa.Array) -> pa.Array:
    """Dates without the time that a column gets when one of its dates has one."""
    whole_day = pc.ends_with(column, _MIDNIGHT)
    if not pc.any(whole_day).as_py():
        return column
    day = pc.replace_substring(column, _MIDNIGHT, "", max_replacements=1)
    return pc.if_else(whole_day, day, column).cast(TEXT)
