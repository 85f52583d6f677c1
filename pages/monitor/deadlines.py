"""Apa yang hilang bila tidak ada yang berubah, dan apa yang perlu per pekan?"""

import streamlit as st

from halal_ui import components, data, filters
from halal_ui.views.deadlines import deadlines

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
    components.section("Selisih dari rencana", "Rencana adalah garis lurus menurut hari kerja sampai tenggat.")
    components.chart(shown.gaps, key=f"selisih-{by}")
with paces:
    components.section("Laju kini dan yang diperlukan, per pekan", shown.needed_until)
    components.chart(shown.paces, key=f"laju-{by}")

components.table(shown.table, scope, metrics=("deadline_gaps", "outlook"))
components.how_computed("deadline_gaps", "outlook")
