"""The cover of a meeting's workbook: which set, of which day, from what; and what its sheets are for."""

from collections.abc import Mapping
from typing import Final

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from halal_ui.exports import worksheet
from halal_ui.look.palette import LIGHT
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.snapshot.programme import programme
from halal_ui.story import Story
from halal_ui.words.formats import fmt_date
from halal_ui.words.moments import fmt_moment

_WIDTHS: Final = (26, 92)


def write_cover(book: Workbook, sheet: Worksheet, found: MeetingSet, told: Story, abouts: Mapping[str, str]) -> None:
    """`abouts`: name of a sheet → what it is for."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    sheet.hide_gridlines(2)
    head, wrapped = book.add_format({"bold": True, "valign": "top"}), {"text_wrap": True, "valign": "top"}
    text, lead = book.add_format(wrapped), book.add_format(wrapped | {"font_size": 12, "font_color": LIGHT.ink})
    sheet.write_string(0, 0, programme().office, book.add_format({"font_color": LIGHT.muted}))
    sheet.write_string(1, 0, told.title, book.add_format({"bold": True, "font_size": 18}))
    sheet.set_row(1, 28)
    row = 3
    if told.mark:
        warning = {"bold": True, "font_color": LIGHT.late, "border": 1, "border_color": LIGHT.late}
        sheet.merge_range(row, 0, row, 1, f"{told.mark}: bukan angka sebenarnya.", book.add_format(warning))
        row += 2
    if stand := told.slide("posisi"):
        sheet.merge_range(row, 0, row, 1, stand.title, lead)
        sheet.set_row(row, worksheet.height([stand.title], [sum(_WIDTHS) - 12]) + 4)
        row += 2
    for label, value in _facts(found, told).items():
        sheet.write_string(row, 0, label, head)
        sheet.write_string(row, 1, value, text)
        row += 1
    row += 1
    sheet.write_string(row, 0, "Lembar", head)
    sheet.write_string(row, 1, "Isi", head)
    link = book.add_format({"font_color": LIGHT.used, "underline": 1, "valign": "top"})
    for row, (name, about) in enumerate(abouts.items(), start=row + 1):  # noqa: B020
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, about, text)
        sheet.set_row(row, worksheet.height([about], [_WIDTHS[1]]))
    sheet.set_header(f"&R{told.meeting_id}")
    sheet.set_footer(f"&L{told.meeting_id} · {told.stamp}".replace(" & ", " && ")[:200] + "&R&P/&N")
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.activate()


def _facts(found: MeetingSet, told: Story) -> dict[str, str]:
    meeting, zone = found.meeting, programme().time_zone
    before = meeting.previous
    return {
        "Program": programme().name,
        "Set": f"{meeting.id}; angka-angkanya tetap, apa pun yang diunggah sesudahnya",
        "Rapat": told.when,
        "Tempat": told.place or "–",
        "Per tanggal": fmt_date(meeting.as_of),
        "Diketahui sampai": fmt_moment(meeting.known_at, time_zone=zone),
        "Dibekukan": fmt_moment(meeting.frozen_at, time_zone=zone),
        "Dibandingkan dengan": "rapat pertama, tanpa pembanding" if before is None else f"{before.id}, {before.title}",
        "Sumber": told.source,
    }
