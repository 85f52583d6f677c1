"""Bagaimana setiap angka dihitung?"""

import streamlit as st

from halal_ui.screen import components, data, filters, lengths, quality
from halal_ui.screen.notes import sections
from halal_ui.views.glossary import glossary

scope = filters.scope()
head = st.container()
planned = extra = None
if (foresight := components.when_foreseen(scope)) and not foresight.why_not:
    if foresight.target > scope.as_of:
        planned = components.when_ready(
            lambda: data.weekly_plan(scope, measure="used"), "Contoh rencana pekanan sedang dihitung …"
        )
    extra = components.when_ready(lambda: data.extra_quota(scope), "Contoh tambahan kuota sedang dihitung …")
shown = data.ready(
    glossary,
    scope,
    quality_set=quality.quality_set(data.current(), scope),
    foresight=foresight,
    planned=planned,
    extra=extra,
    stays=lengths.stays_of(scope),
    notes=sections.noted(scope),
)

with head:
    components.question("Bagaimana setiap angka dihitung?", answer=shown.answer, scope=scope)
for title, entries in shown.chapters.items():
    components.section(title)
    components.definitions(entries)
