"""Where a cross table lies on a sheet: names of one kind side by side, of the other below one another, and numbers."""

import re
from typing import Final

from halal_metrics import institutions, places
from halal_metrics.personal import without_nik
from halal_metrics.sheets.files import Grid
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.header_rows import HEADER_WITHIN, Line, spread
from halal_metrics.sheets.headings.measures import qualifier_of
from halal_metrics.sheets.headings.qualifiers import EARLIER, FLOW, PERIOD, RATE, REST, TARGET, VALUE
from halal_metrics.sheets.matrix.contents import (
    BODY,
    are_dates,
    are_numbers,
    is_date,
    is_number,
    is_total,
    names_a,
    tells,
)
from halal_metrics.sheets.matrix.crossing import OTHER, Crossing, Matrix
from halal_metrics.sheets.matrix.words import measure_of, named
from halal_metrics.spelling import words

_WIDEST: Final = 200
_LONG: Final = 300
"""Columns and rows of a sheet beyond which no cross table is looked for, or only near the top."""

_PARTS: Final = frozenset((EARLIER, FLOW, PERIOD, RATE, REST, TARGET))
"""What a column beside the value's may be without anything being lost."""

_MEASURE: Final = re.compile(
    r"(?:jumlah|jml|total|banyak(?:nya)?|potensi|populasi|nilai|luas|peringkat|ranking|rasio|rata|persen\w*|skor|bobot)\b"
    r"|(?:(?:u[mk]km?|umk|ikm|pelaku|usaha|penduduk|desa|pendamping|aktif|unit|orang|anggaran|biaya)(?: |$))+$"
)
"""What begins like the name of a measure, or has nothing but the words for what is counted, is no institution."""


def find_matrices(grid: Grid, given: int | None = None) -> list[Matrix]:
    """The cross tables of a sheet, from the top; `given` is the position of the first header line, if it was chosen."""
    width = len(grid.columns)
    if not 1 < width <= _WIDEST:
        return []
    last = grid.rows if grid.rows <= _LONG else HEADER_WITHIN
    lines = spread(grid, 0, min(grid.rows, last + BODY))
    found: list[Matrix] = []
    rows = range(min(last, len(lines))) if given is None else range(given, min(given + 3, len(lines)))
    for row in rows:
        if found and row < found[-1].body_end:
            continue
        matrix = _at(lines, row)
        if matrix and (given is None or matrix.first <= given):
            found.append(matrix)
            if given is not None:
                break
    return found


def _at(lines: list[Line], row: int) -> Matrix | None:
    """The cross table whose names stand in this row."""
    line = lines[row]
    if any(text and is_number(text) for text in line):
        return None
    for across, down in OTHER.items():
        sure = [column for column, text in enumerate(line) if text and names_a(text, across)]
        if not any(are_numbers(lines, row, column) for column in sure):
            continue
        start, second = _second_line(lines, row, sure, down)
        if second == "measures":
            lines = [*lines[:row], _filled_names(lines, row, min(sure)), *lines[row + 1 :]]
            sure = [column for column, text in enumerate(lines[row]) if text and names_a(text, across)]
        body = range(start, _body_end(lines, start, sure))
        label = _label(lines, row, min(sure), body, down) if body else None
        alone = second == "measures" and len({line[column] for column in sure}) < 2
        counted = [column for column in sure if not are_dates(lines, start - 1, column)]
        if label is not None and not alone and _is_filled(lines[body[0]], label, counted):
            return _matrix(lines, row, across, label, sure, body, second)
    return None


def _filled_names(lines: list[Line], row: int, first: int) -> Line:
    """The names over each of their measures, where no merged cell says so."""
    filled: Line = [*lines[row]]
    for column in range(first + 1, len(filled)):
        if filled[column] is None and tells(lines, row + 1, column):
            filled[column] = filled[column - 1]
    return filled


def _second_line(lines: list[Line], row: int, columns: list[int], down: str) -> tuple[int, str]:
    """Where the rows begin, and what the line between says: "dates" or "measures" of the columns, or nothing."""
    if row + 1 >= len(lines):
        return row + 1, ""
    line = lines[row + 1]
    said = [column for column in columns if line[column] and line[column] != lines[row][column]]
    texts = [line[column] or "" for column in said]
    if texts and not any(text and names_a(text, down) for text in line[: min(columns)]):
        if all(map(is_date, texts)):
            return row + 2, "dates"
        if all(tells(lines, row + 1, column) for column in said):
            return row + 2, "measures"
    merged = any(line[column] and line[column] == lines[row][column] for column in columns)
    return row + 1 + merged, ""


def _body_end(lines: list[Line], start: int, columns: list[int]) -> int:
    """The first blank row after the first with a number."""
    begun = False
    for position in range(start, len(lines)):
        if begun and not any(lines[position]):
            return position
        begun |= any((text := lines[position][column]) and is_number(text) for column in columns)
    return len(lines)


def _label(lines: list[Line], row: int, before: int, body: range, down: str) -> int | None:
    """The column that names the rows: by what stands in it, or by its header."""
    best, most = None, 0
    for column in range(before):
        texts = [text for at in body if (text := lines[at][column]) and not is_total(text)]
        count = sum(names_a(text, down) for text in texts)
        above = [text for at in (row, row - 1) if at >= 0 and (text := lines[at][column])]
        headed = any((headers.column_of(text) or ("",))[0] == down for text in above)
        if (count * 2 >= len(texts) and count > most) or (headed and texts and not most):
            best, most = column, max(count, 1)
    return best


def _is_filled(line: Line, label: int, columns: list[int]) -> bool:
    """Whether the first row is one of the table, and not a header that only stands below a title."""
    texts = [text for column in columns if (text := line[column])]
    return (bool(line[label] or texts) and all(map(is_number, texts))) or _counts_up(line)


def _counts_up(line: Line) -> bool:
    texts = [text.strip("()") for text in line if text]
    return len(texts) > 2 and texts == [str(place) for place in range(1, len(texts) + 1)]


def _matrix(lines: list[Line], row: int, across: str, label: int, sure: list[int], body: range, second: str) -> Matrix:
    line = lines[row]
    first = _first_line(lines, row, label, sure)
    nothing: Line = [None] * len(line)
    above = lines[row - 1] if first < row else nothing
    below = [text if text != line[at] else None for at, text in enumerate(lines[row + 1])] if second else nothing
    cells = _grown(lines, body[0], line, above, label, sure)
    days = {column for column in cells if are_dates(lines, body[0] - 1, column)}
    divided = len({above[column] for column in cells if measure_of(above[column] or "") or column in days}) > 1
    names: dict[int, str] = {}
    crossings: dict[str, Crossing] = {}
    totals: dict[str, str | None] = {}
    kinds: dict[str, str] = {}
    for column, text in enumerate(line):
        over, under = above[column] if divided and column > label else None, below[column]
        parts = (over, text, under if second == "measures" and column > label else None)
        written = " ".join(part for part in parts if part) or above[column] or under
        numeric = column > label and are_numbers(lines, body[0] - 1, column)
        if not written and not any(lines[at][column] for at in body):
            continue
        name = names[column] = _unique(without_nik(written) if written else f"Kolom {column + 1}", names)
        measure = measure_of((under if second == "measures" else over) or "")
        if measure != "statement_date" and column in days:
            measure = "target_date"  # whatever it is called: the days beside the numbers
        kinds[name] = qualifier_of((under if second == "measures" else over) or "")
        if column in cells:
            crossings[name] = Crossing(
                without_nik(text or ""), measure, under if second == "dates" else _date(above[column])
            )
        elif numeric and (not text or is_total(text)):
            totals[name] = measure
    instead = _not_the_value(crossings, kinds)
    if instead:  # sums of what is not the value are none of it
        taken = next((name for name in totals if kinds[name] == VALUE), next(iter(instead.values()))[1])
        instead |= {name: (kinds[name], taken) for name in totals if kinds[name] in _PARTS}
    crossings = {name: cell for name, cell in crossings.items() if name not in instead}
    totals = {name: total for name, total in totals.items() if name not in instead}
    dates_at = row + 1 if second == "dates" else row - 1 if any(one.date for one in crossings.values()) else None
    said = [lines[at][label] for at in range(first, body[0]) if at != dates_at]
    said += [above[column] for column in cells if not divided and not _date(above[column])]
    beside = lines[dates_at][: min(cells)] if dates_at is not None else []
    return Matrix(
        first,
        body[0] - first,
        names,
        tuple(map(tuple, lines[first : body[0]])),
        across,
        names.get(label) or "",
        crossings,
        totals,
        instead,
        row,
        dates_at,
        " ".join(text for text in beside if text and text not in line),
        tuple(without_nik(text) for text in dict.fromkeys(said) if text),
        body[-1] + 1,
    )


def _not_the_value(crossings: dict[str, Crossing], kinds: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Of several columns of one name and measure, where one is the value, the others: header → why, and the value's."""
    groups: dict[tuple[str, str | None], list[str]] = {}
    for name, cell in crossings.items():
        groups.setdefault((cell.name, cell.measure), []).append(name)
    found: dict[str, tuple[str, str]] = {}
    for names in groups.values():
        values = [name for name in names if kinds[name] == VALUE]
        if len(names) > 1 and len(values) == 1:
            found |= {name: (kinds[name], values[0]) for name in names if kinds[name] in _PARTS}
    return found


def _first_line(lines: list[Line], row: int, label: int, sure: list[int]) -> int:
    """The line above belongs to the header if it heads columns, dates them, or groups some and is no title of all."""
    if not row:
        return row
    line = lines[row - 1]
    over = [text for column in sure if (text := line[column]) and text != line[label]]
    known = {text for text in line if text and headers.is_header(text)}
    headed = bool(known) and (bool(over) or line[label] in known)
    grouped = any(over.count(text) > 1 for text in over)
    dated = len(over) * 2 > len(sure) and all(map(is_date, over))
    return row - 1 if headed or grouped or dated else row


def _grown(lines: list[Line], start: int, line: Line, above: Line, label: int, sure: list[int]) -> list[int]:
    """The columns of cells: those of known names, and beside them those of names that are not known."""

    def is_cell(column: int, beside: int) -> bool:
        text = line[column]
        if not text or is_total(text) or not are_numbers(lines, start - 1, column):
            return False
        plain = words(text)
        if _MEASURE.match(plain):
            return False
        if institutions.meaning(text).code == "lp3h_not_divided" or places.meaning(text).code == "place_not_one":
            return True
        other = headers.is_header(text) or named(text) or re.search(r"\d", plain) or not plain
        return not other and above[column] == above[beside]

    cells = set(sure)
    for column in range(min(sure), len(line)):
        if column - 1 in cells and is_cell(column, column - 1):
            cells.add(column)
    for column in range(min(sure) - 1, label, -1):
        if column + 1 in cells and is_cell(column, column + 1):
            cells.add(column)
    return sorted(cells)


def _date(text: str | None) -> str | None:
    return text if text and is_date(text) else None


def _unique(name: str, names: dict[int, str]) -> str:
    taken = set(names.values())
    numbered = (f"{name} ({again})" for again in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)
