"""Satu kumpulan angka, satu slide, pada semua layar."""

from halal_ui.screen.meeting import present
from halal_ui.screen.meeting_chosen import chosen

meeting = chosen()
if meeting is None:
    present.nothing_to_show()
else:
    present.on_stage(meeting)
