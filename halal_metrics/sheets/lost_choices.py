"""What a person chose for what the file does not have: of a header, row or cell it is said, of a spelling let go."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from halal_metrics.sheets.choices import Choices, default_text, tidy
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.typed import read_words


def say_lost_choices(by_sheet: list[list[Section]], choices: Choices, problems: Problems) -> None:
    """What was chosen for a header, a row or a cell that the file does not have."""
    sections = [section for found in by_sheet for section in found]
    known = {headers.key(name) for section in sections for name in section.columns}
    for name in choices.mapping:
        if headers.key(name) not in known:
            problems.add(Finding("mapping_without_header", values=[name]), sheet=sections[0].name, header=name)
    for section in (found[0] for found in by_sheet):
        row = choices.header_rows.get(section.name, 0)
        if row > section.grid.rows:
            problems.add(Finding("header_row_missing", values=[str(row)]), sheet=section.name)
    for sheet, row, header in choices.corrections.keys() - set().union(*(section.corrected for section in sections)):
        shown = f"{sheet}, {row}, {header}"
        problems.add(Finding("correction_lost", values=[shown]), sheet=sheet, header=header)


def met(sections: Iterable[Section], choices: Choices) -> Choices:
    """The choices with those meanings alone whose spelling the file has: many more may be remembered."""
    found = {column: {tidy(text) for one in sections for text in _spelled(one, column)} for column in choices.meanings}
    for column in choices.meanings.keys() & choices.defaults.keys():
        found[column].add(tidy(default_text(choices.defaults[column])))
    meanings = {
        column: {raw: word for raw, word in words.items() if raw in found[column]}
        for column, words in choices.meanings.items()
    }
    return replace(choices, meanings=meanings)


def _spelled(section: Section, column: str) -> Iterator[str]:
    """What stands for a column in cells, in the names across a matrix, and in titles or the sheet's name."""
    crossed = section.naming.crossed
    for header, named in section.naming.columns.items():
        if named == column and header in section.columns:
            yield from read_words(section.columns[header]).values
    if crossed and crossed.across == column:
        yield from (cell.name for cell in crossed.cells.values())
    if column in section.statements:
        yield str(section.statements[column].value)
