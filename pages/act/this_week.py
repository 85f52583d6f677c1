"""Siapa harus mengajukan berapa tiap pekan?"""

import streamlit as st

from halal_ui import sentences
from halal_ui.screen import components, data, filters
from halal_ui.views.weekly_plan import weekly

scope = filters.scope()
head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    goal, target = filters.share_of_quota(key="bagian"), filters.trial_date(key="coba")

answer, planned = "", None
if foreseen := components.when_foreseen(scope):
    if foreseen.why_not:
        answer = sentences.not_foreseen(foreseen.why_not)
    elif not (answer := sentences.no_week(target or foreseen.target, scope.as_of)):
        planned = components.when_ready(
            lambda: data.weekly_plan(scope, goal=goal, target=target), "Rencana pekanan sedang dihitung …"
        )
shown = data.ready(weekly, scope, planned=planned, quota=foreseen.quota) if foreseen and planned else None

with head:
    components.question(
        "Siapa harus mengajukan berapa tiap pekan?",
        answer=shown.answer if shown else answer,
        scope=scope,
        more=shown.why if shown else "",
        below=shown.cards if shown else "",
    )
if shown:
    components.section("Per LP3H, dan per pendamping aktif", shown.note)
    components.chart(shown.bars, key="rencana")
    components.table(shown.table, scope)
    components.how_computed(shown.table)
