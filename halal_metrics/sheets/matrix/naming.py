"""What the columns of a cross table are: which table it makes, what its numbers count, which of them are sums."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from halal_metrics import schema
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.count_columns import WHY
from halal_metrics.sheets.headings.measures import are_counts
from halal_metrics.sheets.headings.naming import Naming, Peek, name_columns
from halal_metrics.sheets.matrix.crossing import Crossed, Matrix
from halal_metrics.sheets.matrix.words import told
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.spelling import compact

_COUNTS: Final = frozenset({"quota", *headers.COUNTS})
_DATES: Final = frozenset({"target_date", "statement_date"})


def name_matrix(
    matrix: Matrix,
    peek: Peek,
    *,
    over: Sequence[Sequence[str]],
    mapping: Mapping[str, str | None],
    table: str | None = None,
    wanted: str | None = None,
) -> Naming:
    """
    Names the columns of a cross table, as `name_columns` those of a list.

    What the numbers count is told by `mapping`, by a line of the header, by the words over the names and in the corner,
    or by `over`, the lines above and the sheet's name, the nearest first; by `wanted`, the table a person asked for,
    where nothing else tells; whatever is told, a cross table forced to be `table` "quotas" counts quota. Where nothing
    tells, or one name stands over two columns that nothing tells apart, no table is named, and `unclear` says why.
    """
    cells = {
        name: replace(cell, measure=mapping.get(name) or cell.measure)
        for name, cell in matrix.crossings.items()
        if name not in mapping or mapping[name] in _COUNTS | _DATES
    }
    given = {column for name in cells if (column := mapping.get(name)) in _COUNTS}
    column, text = told([matrix.said, *over])
    if table == "quotas" or len(given) == 1:
        column, text = next(iter(given), "quota"), ""
    elif column is None and wanted == "quotas":
        column = "quota"
    cells = {name: replace(cell, measure=cell.measure or column) for name, cell in cells.items()}
    counted = {cell.measure for cell in cells.values()} & _COUNTS
    nik = [name for name in matrix.names.values() if headers.either(name) == "nik"]
    names = [(compact(cell.name), cell.measure) for cell in cells.values()]
    if len(set(names)) < len(names):
        return Naming(None, nik=nik, unclear="matrix_twice")
    if None in {cell.measure for cell in cells.values()} or not counted:
        return Naming(None, nik=nik, unclear="matrix_unclear")
    table = table or ("quotas" if counted == {"quota"} else "recaps")
    left_out = [name for name, cell in cells.items() if cell.measure not in schema.TABLES[table]]
    cells = {name: cell for name, cell in cells.items() if name not in left_out}
    if not any(cell.measure in _COUNTS for cell in cells.values()):
        return Naming(None, nik=nik, unclear="matrix_unclear")
    totals = {name: measure or column for name, measure in matrix.totals.items()}
    totals = {name: measure for name, measure in totals.items() if measure in counted}
    rest = [name for name in matrix.names.values() if name not in (*cells, *totals, *left_out, *matrix.instead)]
    for name in rest:
        known = headers.column_of(name, table)
        if name in mapping:
            continue
        if known and known[0] in counted:
            totals[name] = known[0]
        elif (known and known[0] in _COUNTS) or (not known and _is_loss(name, peek(name))):
            left_out.append(name)
    rest = [name for name in rest if name not in totals and name not in left_out]
    chosen = {name: mapping[name] for name in rest if name in mapping}
    naming = name_columns(rest, peek, table=table, mapping=chosen)
    naming.total = None  # of a list's row: here it would be that of several
    if naming.free(matrix.down) and matrix.label not in chosen:
        naming.take(matrix.label, matrix.down, "content")
        naming.findings = [(name, finding) for name, finding in naming.findings if name != matrix.label]
    for name in left_out:
        naming.said(name, "matrix_left_out")
    for name, (why, taken) in matrix.instead.items():
        naming.findings.append((name, Finding("column_other_value", values=[taken], facts={"why": WHY[why]})))
    for name, cell in cells.items():
        naming.take(name, cell.measure or "", "given" if name in mapping else "alias")
    naming.columns = {name: naming.columns[name] for name in matrix.names.values() if name in naming.columns}
    naming.crossed = Crossed(matrix.across, cells, totals, text)
    return naming


def _is_loss(name: str, values: list[str]) -> bool:
    """Whether these are numbers, and not those of the rows."""
    numbered = values == [str(place) for place in range(1, len(values) + 1)] or headers.either(name) == "numbering"
    return bool(values) and not numbered and headers.either(name) != "nik" and are_counts(values)
