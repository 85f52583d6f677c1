"""A meeting told from its first slide to its last."""

from typing import Final
from weakref import WeakKeyDictionary

from halal_store import Meeting
from halal_ui.sentences import opened
from halal_ui.snapshot.meeting_set import MeetingSet
from halal_ui.snapshot.programme import programme
from halal_ui.story.changes import changes
from halal_ui.story.foreseen import foreseen
from halal_ui.story.places import places
from halal_ui.story.promises import promises
from halal_ui.story.slide import Slide, Story
from halal_ui.story.standing import standing
from halal_ui.story.work import work
from halal_ui.words.formats import DAYS, fmt_count, fmt_date
from halal_ui.words.moments import fmt_moment

_TOLD: Final["WeakKeyDictionary[MeetingSet, dict[bool, Story]]"] = WeakKeyDictionary()


def story(found: "MeetingSet", *, wait: bool = True) -> Story:
    """
    The slides of a meeting: where we stand, since the last one, each place behind its plan, each step, each promise.

    Made once for a meeting. Every figure is a metric's of its set, written as the pages write it; no personal data and
    no business is named. Without data every slide says what is missing. Without `wait`, slides of what takes seconds
    to figure say so until it is there.
    """
    complete = wait or found.numbers.is_foreseen
    told = _TOLD.setdefault(found, {})
    if complete not in told:
        told[complete] = _story(found, wait=complete)
    return told[complete]


def _story(found: "MeetingSet", *, wait: bool) -> Story:
    meeting, zone = found.meeting, programme().time_zone
    known, starts = (fmt_moment(at, time_zone=zone) for at in (meeting.known_at, meeting.starts_at))
    files = len(found.numbers.snapshot.counting)
    mark = programme().demo_mark if found.is_demo else ""
    when = f"{DAYS[meeting.starts_at.isoweekday() % 7]}, {starts}"
    position, curve = standing(found)
    first = Slide(
        key="judul",
        name="Judul",
        title=meeting.title,
        lines=tuple(
            filter(
                None,
                (
                    when,
                    meeting.place,
                    opened(meeting.id, meeting.as_of, known, files),
                    _compared(meeting),
                    f"{mark}: tidak ada orang atau usaha sungguhan di dalamnya." if mark else "",
                ),
            )
        ),
    )
    return Story(
        meeting_id=meeting.id,
        title=meeting.title,
        when=when,
        place=meeting.place,
        stamp=f"per {fmt_date(meeting.as_of)} · diketahui {known}",
        source=f"dari {fmt_count(files)} berkas",
        mark=mark,
        slides=(
            first,
            position,
            *changes(found),
            curve,
            *foreseen(found, wait=wait),
            *places(found),
            *work(found),
            *promises(found),
        ),
    )


def _compared(meeting: Meeting) -> str:
    before = meeting.previous
    return f"Dibandingkan dengan rapat {fmt_date(before.date)} ({before.id})." if before else ""
