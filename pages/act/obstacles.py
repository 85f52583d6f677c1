"""Apa yang menghambat, dan siapa berbuat apa sampai kapan?"""

from halal_ui.screen import components, data, filters
from halal_ui.screen.notes import sections
from halal_ui.views.events import events
from halal_ui.views.obstacles import obstacles

scope = filters.scope()
notes = sections.noted(scope)
shown, did = data.ready(obstacles, scope, notes=notes), data.ready(events, scope, notes=notes)

components.question(
    "Apa yang menghambat, dan siapa berbuat apa sampai kapan?",
    answer=shown.answer,
    scope=scope,
    more=shown.actions_answer,
)
part, meeting_id = sections.choose()
if part == sections.HINDERS:
    sections.hinders(shown, scope, meeting_id)
elif part == sections.ACTS:
    sections.acts(shown, notes, scope, meeting_id)
elif part == sections.DECIDED:
    sections.decided(meeting_id)
elif part == sections.EVENTS:
    sections.events(did, notes, scope, meeting_id)
else:
    sections.changes(meeting_id)
components.how_computed(shown.ranked, shown.matrix, did.table)
