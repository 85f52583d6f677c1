"""The meeting as minutes (notulen): what the set says is written, what only people know is left to fill in."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from halal_metrics.places import KAB_KOTA
from halal_store import Meeting
from halal_ui.reports.minutes_paper import Paper
from halal_ui.reports.note_tables import action_table, decision_table, obstacle_table, recent_events
from halal_ui.snapshot.meeting_set import MeetingSet, meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.story import story
from halal_ui.story.foreseen import VERDICT, WEEKLY
from halal_ui.story.slide import Slide, Story
from halal_ui.views.headline import headline
from halal_ui.views.regions import regions
from halal_ui.words.formats import DAYS, fmt_date
from halal_ui.words.moments import ZONES
from halal_ui.words.names import institution, listing, place

_BLANK: Final = "." * 40
_ROWS: Final = 12
"""Lines of the attendance list."""

_KAB_KOTA: Final = {
    "kab_kota": 3.0, "quota": 1.4, "used": 2.3, "absorption_rate": 1.6, "issued": 1.9, "issuance_rate": 1.7, "gap": 2.0,
    "status": 2.6,
}  # fmt: skip
_PLAN: Final = {
    "lp3h": 3.6, "required_per_week": 2.2, "pace_per_week": 2.2, "limit_per_week": 2.0, "room": 2.0, "active_p3h": 2.2,
    "required_per_p3h": 2.3,
}  # fmt: skip
_OBSTACLES: Final = {"category": 3.2, "text": 5.2, "kab_kota": 2.2, "at_stake": 2.1, "actor": 2.8}
_EVENTS: Final = {"text": 3.8, "kind": 2.6, "date": 2.1, "until_date": 2.1, "effect": 5.9}
_ACTIONS: Final = {
    "problem": 3.8, "action": 5.2, "responsible": 3.4, "due_date": 2.2, "indicator": 3.8, "status": 1.6, "remark": 4.2
}  # fmt: skip


def minutes(meeting: Meeting) -> bytes:
    """
    The minutes of a meeting, as docx, in the office's order: heading, attendance, figures, what has changed, obstacles,
    decisions, the matrix of actions, signatures. Same set, same bytes. Nothing in it says who a business's owner is.
    """
    found = meeting_set(meeting)
    told = story(found)
    paper = Paper.new(title=f"Notulen {told.title} ({told.meeting_id})", created=meeting.frozen_at)
    _write_head(paper, found, told)
    _write_attendance(paper, found)
    _write_figures(paper, found, told)
    _write_ahead(paper, told)
    _write_change(paper, told)
    _write_events(paper, found)
    _write_obstacles(paper, found, told)
    _write_decisions(paper, found)
    paper.lie_down()
    _write_actions(paper, found, told)
    _sign(paper, meeting)
    paper.foot(" · ".join(filter(None, (f"Set {told.meeting_id}", told.stamp, told.source, told.mark))))
    return paper.to_bytes()


def _write_head(paper: Paper, found: MeetingSet, told: Story) -> None:
    meeting = found.meeting
    paper.rule_below(paper.say(programme().office.upper(), bold=True, centred=True))
    paper.say("NOTULEN RAPAT", style="Title")
    paper.say(told.title, bold=True, centred=True)
    if told.mark:
        paper.say(told.mark, centred=True)
    zone = ZONES.get(programme().time_zone, programme().time_zone)
    paper.facts(
        {
            "Hari/tanggal": [f"{weekday(meeting)}, {fmt_date(meeting.date)}"],
            "Waktu": [f"pukul {meeting.starts_at:%H.%M} {zone} s.d. selesai"],
            "Tempat": [meeting.place or _BLANK],
            "Pimpinan rapat": [_BLANK],
            "Notulis": [_BLANK],
            "Agenda": [
                f"1. Perkembangan {programme().name} per {fmt_date(meeting.as_of)}",
                "2. Kendala tiap kabupaten/kota dan LP3H",
                "3. Keputusan dan tindak lanjut",
            ],
        }
    )


def weekday(meeting: Meeting) -> str:
    """The name of its day."""
    return DAYS[meeting.date.isoweekday() % 7]


def _write_attendance(paper: Paper, found: MeetingSet) -> None:
    paper.heading("Daftar hadir")
    houses = found.view.absorption(["lp3h"])["lp3h"].dropna()
    invited = [f"LP3H: {listing(map(institution, houses))}."] if len(houses) else []
    invited.append(f"OPD kabupaten/kota: {listing(map(place, KAB_KOTA))}.")
    paper.say(f"Diundang: {programme().office}. {' '.join(invited)}")
    paper.grid(
        ["No", "Nama", "Instansi", "Jabatan", "Tanda tangan"],
        ([str(number), "", "", "", ""] for number in range(1, _ROWS + 1)),
        (1.0, 4.7, 4.3, 3.2, 3.3),
        alt=("Daftar hadir", "Tabel untuk diisi peserta: nama, instansi, jabatan dan tanda tangan."),
        right=(True,),
        tall=0.8,
    )


def _write_figures(paper: Paper, found: MeetingSet, told: Story) -> None:
    paper.heading("I. Angka")
    slide = told.slide("posisi")
    _tell(paper, slide)
    paper.grid(
        ["Angka", "Nilai", "Dari", "Bagian", "Keterangan"],
        [(card.label, card.number, card.of, card.rate, card.note) for card in headline(found.view)],
        (3.0, 1.8, 3.4, 3.6, 4.7),
        alt=("Angka pokok", "Dimanfaatkan, terbit, tenggat dan laju."),
        right=(False, True),
    )
    table = regions(found.view, dark=False).table
    if table.frame.empty:
        paper.say("Belum ada kuota dan pengajuan per kabupaten/kota: unggah pembagian kuota lebih dulu.")
        return
    caption = f"Kabupaten/kota per {fmt_date(found.meeting.as_of)}, yang paling jauh dari rencana lebih dulu"
    paper.say(caption, style="Caption")
    paper.table(
        replace(table, caption=caption), _KAB_KOTA, alt="Satu baris satu kabupaten/kota: kuota, realisasi dan status."
    )


def _write_ahead(paper: Paper, told: Story) -> None:
    """What is to come, and what each LP3H must submit a week."""
    for key, name in (VERDICT, WEEKLY):
        slide = told.slide(key)
        paper.heading(name, 2)
        _tell(paper, slide)
        for table in slide.tables if slide else ():
            paper.say(table.caption, style="Caption")
            paper.table(table, _PLAN, alt="Satu baris satu LP3H: berapa pengajuan tiap pekan, kini dan yang perlu.")


def _write_change(paper: Paper, told: Story) -> None:
    paper.heading("II. Sejak rapat terakhir")
    for slide in _slides(told, "sejak"):
        _tell(paper, slide)
        for table in slide.tables:
            paper.say(table.caption, style="Caption")
            width = (16.5 - 4.0) / max(len(table.frame.columns) - 1, 1)
            widths = {str(name): width if number else 4.0 for number, name in enumerate(table.frame)}
            paper.table(table, widths, alt=slide.title)


def _write_events(paper: Paper, found: MeetingSet) -> None:
    """What happened around the programme meanwhile, beside each what it cost or brought; nothing where nothing did."""
    table = recent_events(found)
    if len(table.frame):
        paper.say(table.caption, style="Caption")
        paper.table(table, _EVENTS, alt="Peristiwa, jenisnya, tanggalnya, dan akibatnya menurut hari kerja.")


def _write_obstacles(paper: Paper, found: MeetingSet, told: Story) -> None:
    paper.heading("III. Kendala")
    _tell(paper, told.slide("kendala"))
    table = obstacle_table(found)
    if len(table.frame):
        named = table.frame.assign(kab_kota=table.frame["kab_kota"].map(place))
        paper.table(
            replace(table, frame=named),
            _OBSTACLES,
            alt="Kendala menurut banyaknya sertifikat yang tertahan.",
            numbered=True,
        )


def _write_decisions(paper: Paper, found: MeetingSet) -> None:
    paper.heading("IV. Keputusan")
    decisions = decision_table(found).frame["text"]
    for text in decisions:
        paper.say(text, style="List Number")
    if decisions.empty:
        paper.say("Belum ada keputusan yang dicatat pada rapat ini.")


def _write_actions(paper: Paper, found: MeetingSet, told: Story) -> None:
    paper.heading("V. Matriks tindak lanjut")
    if slide := told.slide("tindak-lanjut"):
        paper.say(slide.title)  # its lines are the decisions, which stand above
    table = action_table(found)
    if len(table.frame):
        paper.table(
            table,
            _ACTIONS,
            alt="Permasalahan, tindak lanjut, penanggung jawab, tenggat, indikator, status dan keterangan.",
            numbered=True,
            led=True,
        )


def _sign(paper: Paper, meeting: Meeting) -> None:
    dots = "." * 30
    paper.signatures(
        ["\u00a0", "Notulis,", "", dots, "NIP " + dots],
        [
            f"{programme().seat}, {fmt_date(meeting.date)}",
            "Kepala Dinas selaku pimpinan rapat,",
            "",
            dots,
            "NIP " + dots,
        ],
    )


def _slides(told: Story, key: str) -> Iterator[Slide]:
    """The slide of that key and those that continue it (`sejak`, `sejak-2`, …)."""
    return (slide for slide in told.slides if slide.key == key or slide.key.startswith(f"{key}-"))


def _tell(paper: Paper, slide: Slide | None) -> None:
    if slide is None:
        return
    for text in (slide.title, *slide.lines):
        paper.say(text)
