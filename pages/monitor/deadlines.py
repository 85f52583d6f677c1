"""Apa yang hilang bila tidak ada yang berubah, dan apa yang perlu per pekan?"""

import streamlit as st

from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.deadlines import deadlines
from halal_ui.views.drilldown import DONE, RECENT

scope = filters.scope()
head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    by, target = filters.group_by(key="menurut"), filters.trial_date(key="coba")
shown = data.ready(deadlines, scope, by=by, target=target)

with head:
    components.question(
        "Apa yang hilang bila tidak ada yang berubah?", answer=shown.answer, scope=scope, more=shown.takes
    )

gaps, paces = st.columns(2, gap="medium")
with gaps:
    components.section(
        "Selisih dari rencana", "Rencana: garis lurus menurut hari kerja sampai tenggat. Klik untuk melihat barisnya."
    )
    rows_behind.chart(shown.gaps, scope, key=f"selisih-{by}", figure=DONE[scope.measure], by=[by])
with paces:
    components.section("Laju kini dan yang diperlukan, per pekan", shown.needed_until)
    rows_behind.chart(shown.paces, scope, key=f"laju-{by}", figure=RECENT[scope.measure], by=[by])

components.table(shown.table, scope, beside=rows_behind.beside(scope))
components.how_computed(shown.table)
rows_behind.opened(scope)
