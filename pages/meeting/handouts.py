"""Apa yang dibawa ke rapat, dan apa yang berubah sejak rapat terakhir?"""

from halal_ui.screen import components, data
from halal_ui.screen.meeting import handouts, new_meeting
from halal_ui.screen.meeting.papers import papers
from halal_ui.screen.meeting_chosen import choose, chosen

meeting = chosen()
if meeting is None:
    handouts.nothing_yet()
    new_meeting.said()
    new_meeting.new_meeting(None)
else:
    found = data.meeting_set(meeting.id)
    handouts.answer(found)
    new_meeting.said()
    choose()
    handouts.facts(found)
    components.section("Bahan", f"Semua dari set {meeting.id}; dibuat sekali, lalu disimpan sampai ada catatan baru.")
    papers(meeting)
    handouts.changes_since(found)
    components.section("Rapat baru")
    new_meeting.new_meeting(meeting)
