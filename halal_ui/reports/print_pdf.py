"""The meeting on A4, for the folder of the Kepala Dinas: a page of the whole, and a page a kabupaten/kota."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, PageBreak, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from halal_store import Meeting
from halal_ui import sentences
from halal_ui.look.palette import LIGHT
from halal_ui.reports.print_blocks import figures, grid, heading, padding, say
from halal_ui.reports.print_pictures import bars, curve
from halal_ui.reports.print_sheet import (
    FOOT,
    INNER,
    SMALL,
    TALL,
    TEXT,
    TITLE,
    TOP,
    Bookmark,
    printable,
    to_pdf,
)
from halal_ui.snapshot.marks import DUE
from halal_ui.snapshot.meeting_set import MeetingSet, meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.story import story
from halal_ui.story.allocations import allocations
from halal_ui.story.foreseen import VERDICT, WEEKLY
from halal_ui.story.pictures import Bars, Curve
from halal_ui.story.slide import Story
from halal_ui.story.standing import curve_picture
from halal_ui.story.work import waiting_picture
from halal_ui.views.headline import headline
from halal_ui.views.regions import regions
from halal_ui.views.shown import Table
from halal_ui.words.formats import fmt_count
from halal_ui.words.labels import UNKNOWN_GROUP
from halal_ui.words.names import place

_COLUMNS: Final = {
    "kab_kota": 31, "quota": 13, "used": 26, "absorption_rate": 17, "issued": 21, "issuance_rate": 20, "gap": 24,
    "status": 28,
}  # fmt: skip
"""Columns of the summary → how wide, in millimetres."""
_NAMES: Final = 30 * mm
"""How wide the names of LP3H are in the weekly plan."""
_SAID: Final = (6, 3, 2, 1, 0)
"""Obstacles, and promises, on the page of a place: the most of these that fit it."""
_CURVE: Final = 45 * mm, 85 * mm
"""The least and the most that the S-curve takes of a page; it grows into what the rest leaves free."""
_GAP: Final = 3.2 * mm


def print_pdf(meeting: Meeting) -> bytes:
    """
    A meeting on A4, as pdf: one page of the whole, one of what is to come and what each LP3H must do a week, then one
    for each kabupaten/kota and, where the sheets name no place for some, for those. Same set, same bytes. Nothing in it
    says who a person is.
    """
    found = meeting_set(meeting)
    told = story(found)
    content: list[Flowable] = [*_whole(found, told), PageBreak(), *_ahead(told)]
    for name in _places(found):
        content += [PageBreak(), *_place(found, name)]
    return to_pdf(
        content,
        title=printable(f"{told.title} ({told.meeting_id})"),
        author=programme().office,
        frozen_at=meeting.frozen_at,
        foot=(
            f"Set {told.meeting_id} · {told.stamp}",
            " · ".join(filter(None, (f"Sumber: {told.source}", programme().name, told.mark))),
        ),
    )


def _places(found: MeetingSet) -> list[str]:
    """The ten; those without a place only where there is something to say of them."""
    named = found.numbers.snapshot.kab_kota
    if UNKNOWN_GROUP in named:
        row = found.numbers.within(kab_kota=UNKNOWN_GROUP).absorption().iloc[0]
        if not (row["quota"] or row["used"]):
            return [name for name in named if name != UNKNOWN_GROUP]
    return named


def _whole(found: MeetingSet, told: Story) -> list[Flowable]:
    slide, table = told.slide("posisi"), regions(found.view, dark=False).table
    assert slide is not None
    above = [
        Bookmark("Ringkasan"),
        say(programme().office, SMALL, colour=LIGHT.muted),
        say(f"{told.title} · {told.when}", TEXT, bold=True),
        Spacer(0, 1.5 * mm),
        say(slide.title, TITLE, bold=True),
        Spacer(0, 1 * mm),
        *(say(line) for line in slide.lines),
        Spacer(0, _GAP),
        figures(slide.figures),
        Spacer(0, _GAP),
    ]
    below = [Spacer(0, _GAP), heading("Kabupaten/kota"), _statuses(table), *_promised(told)]
    return [*above, *_curve_between(curve_picture(found.view, found), above, below), *below]


def _ahead(told: Story) -> list[Flowable]:
    """The verdict of the forecast, its picture, and the plan of the weeks to come."""
    verdict, plan = told.slide(VERDICT[0]), told.slide(WEEKLY[0])
    assert verdict is not None
    assert plan is not None
    above = [
        Bookmark(VERDICT[1]),
        say(verdict.title, TITLE, bold=True),
        Spacer(0, 1 * mm),
        *(say(line) for line in verdict.lines),
        Spacer(0, _GAP),
        *([figures(verdict.figures), Spacer(0, _GAP)] if verdict.figures else []),
    ]
    below = [
        Spacer(0, _GAP),
        heading(WEEKLY[1]),
        *map(say, (plan.title, *plan.lines)),
        *(part for table in plan.tables for part in (Spacer(0, _GAP), say(table.caption, SMALL), _plan(table))),
    ]
    if not isinstance(verdict.picture, Curve):
        return [*above, *below]
    title = heading("Kurva S dan ramalan: pita memuat 8 dari 10 kemungkinan")
    room = min(max(_free([*above, *below]), _CURVE[0]), 1.3 * _CURVE[1])
    return [*above, title, curve(verdict.picture, INNER, room), *below]


def _plan(table: Table) -> Grid:
    """The weekly plan: the first column the widest, the others alike."""
    rest = (INNER - _NAMES) / max(len(table.frame.columns) - 1, 1)
    return grid(table, {str(name): rest if place else _NAMES for place, name in enumerate(table.frame)})


def _promised(told: Story) -> list[Flowable]:
    """What the slides of obstacles and actions answer, in a sentence each."""
    answers = [slide.title for key in ("kendala", "tindak-lanjut") if (slide := told.slide(key))]
    return [Spacer(0, _GAP), heading("Kendala dan tindak lanjut"), *map(say, answers)]


def _place(found: MeetingSet, name: str) -> list[Flowable]:
    view = found.numbers.within(kab_kota=name)
    answer = sentences.where_we_stand(view.gaps(), view.absorption(), as_of=view.scope.as_of)
    title, rest = sentences.halves(answer)
    above = [
        Bookmark(place(name)),
        say(place(name), TITLE + 2, bold=True, colour=LIGHT.used),
        Spacer(0, 1 * mm),
        say(title, TEXT + 1, bold=True),
        *([Spacer(0, 0.7 * mm), say(rest)] if rest else []),
        Spacer(0, _GAP),
        figures(headline(view)),
        Spacer(0, _GAP),
    ]
    beside = [Spacer(0, _GAP), _side_by_side(allocations(view, f"LP3H di {place(name)}"), waiting_picture(view))]
    below = beside
    for said in _SAID:
        below = [*beside, *_noted(found, name, said)]
        if _free([*above, *below]) >= _CURVE[0]:
            break
    picture = curve_picture(view, found)
    due = tuple(mark for mark in picture.marks if mark.kind == DUE)  # the others are the province's
    return [*above, *_curve_between(replace(picture, marks=due), above, below), *below]


def _curve_between(picture: Curve, above: list[Flowable], below: list[Flowable]) -> list[Flowable]:
    title = heading("Kurva S: dimanfaatkan dan terbit terhadap rencana")
    least, most = _CURVE
    return [title, curve(picture, INNER, min(max(_free([*above, *below]), least), most))]


def _free(content: list[Flowable]) -> float:
    """What they and the heading of a curve leave of a page, in points."""
    taken = sum(part.wrap(INNER, TALL)[1] + part.getSpaceBefore() + part.getSpaceAfter() for part in content)
    return TALL - TOP - FOOT - taken - 7 * mm


def _side_by_side(left: Bars, right: Bars) -> Grid:
    wide = (INNER - 8 * mm) / 2
    grid = Grid([[_bars(left, wide), "", _bars(right, wide)]], colWidths=[wide, 8 * mm, wide])
    grid.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *padding(0, 0)]))
    return grid


def _bars(picture: Bars, wide: float) -> list[Flowable]:
    if not picture.bars:
        return [heading(picture.name), say("Belum ada alokasi dan pengajuan di sini.")]
    keys = filter(None, (f"abu-abu: {picture.of_label}" if picture.of_label else "", picture.mark_label))
    key = ", garis: ".join(keys)
    drawn = bars(picture, wide)
    return [heading(picture.name), *([say(key, SMALL, colour=LIGHT.muted)] if key else []), drawn]


def _statuses(table: Table) -> Grid:
    """The places with their status, its mark drawn."""
    return grid(table, {name: wide * mm for name, wide in _COLUMNS.items()})


def _noted(found: MeetingSet, name: str, said: int) -> list[Flowable]:
    """What hinders there, and the open promises that name it; `said` of each."""
    hindering, promised = found.obstacles, found.actions
    hindering = hindering[hindering["kab_kota"] == name]
    promised = promised[(promised["kab_kota"] == name) & ~promised["status"].isin(["done", "cancelled"])]
    return [
        *_lines(
            "Kendala", map(sentences.obstacle_line, hindering.head(said).to_dict("records")), len(hindering) - said
        ),
        *_lines(
            "Tindak lanjut yang masih terbuka",
            map(sentences.action_line, promised.head(said).to_dict("records")),
            len(promised) - said,
        ),
    ]


def _lines(title: str, lines: Iterable[str], more: int) -> list[Flowable]:
    told = [say(line.partition(": ")[2], SMALL) for line in lines]
    if more > 0:
        told.append(say(f"{fmt_count(more)} {'lainnya' if told else 'catatan'}: lihat notulen.", SMALL))
    none = [] if told else [say("Tidak ada yang dicatat untuk tempat ini.", SMALL, colour=LIGHT.muted)]
    return [Spacer(0, 2 * mm), heading(title), *told, *none]
