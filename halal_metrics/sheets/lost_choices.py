"""What a person chose for a header, a row or a cell that the file does not have: said, not silently without effect."""

from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section


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
