"""Apa yang hilang bila tidak ada yang berubah, seberapa pasti, dan apa yang perlu per pekan?"""

import streamlit as st

from halal_ui.screen import chances as foreseen
from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.chances import NOT_YET, chances
from halal_ui.views.deadlines import deadlines
from halal_ui.views.drilldown import DONE, RECENT

scope = filters.scope()
head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    by, target = filters.group_by(key="menurut"), filters.trial_date(key="coba")
    share = filters.share_of_quota(key="bagian")
shown = data.ready(deadlines, scope, by=by, target=target)
foresight = components.when_foreseen(scope)
ahead = data.ready(chances, scope, foresight=foresight, by=by, target=target, share=share) if foresight else NOT_YET

with head:
    components.question(
        "Apa yang hilang bila tidak ada yang berubah?",
        answer=ahead.answer or shown.answer,
        scope=scope,
        more=ahead.more,
    )
foreseen.block(ahead, scope, share=share)

gaps, paces = st.columns(2, gap="medium")
with gaps:
    components.section(
        "Selisih dari rencana", "Rencana: garis lurus menurut hari kerja sampai tenggat. Klik untuk melihat barisnya."
    )
    rows_behind.chart(shown.gaps, scope, key=f"selisih-{by}", figure=DONE[scope.measure], by=[by])
with paces:
    components.section("Laju kini dan yang diperlukan, per pekan", shown.needed_until)
    rows_behind.chart(shown.paces, scope, key=f"laju-{by}", figure=RECENT[scope.measure], by=[by])

components.section("Perpanjangan laju kini", f"{shown.takes} {shown.answer}" if ahead.answer else shown.takes)
components.table(shown.table, scope, beside=rows_behind.beside(scope))
components.how_computed(shown.table, more=("forecast", "finish_chances", "finish_dates"))
rows_behind.opened(scope)
