"""Apakah kuota akan terpakai dan terbit?"""

import streamlit as st

from halal_ui import components, data, filters
from halal_ui.views.summary import summary

scope = filters.scope()
shown = data.ready(summary, scope)

components.question(
    "Apakah kuota akan terpakai dan terbit?", answer=shown.answer, scope=scope, more=shown.takes, below=shown.cards
)

curve, funnel = st.columns([3, 2], gap="medium")
with curve:
    components.section("Kurva S", "Rencana adalah garis lurus menurut hari kerja sampai tenggat.")
    components.chart(shown.curve, key="kurva")
with funnel:
    components.section("Dari kuota ke sertifikat")
    components.chart(shown.funnel, key="corong")

components.section("Siapa yang memegang kekurangan")
components.holders(shown)

with st.expander("Tabel", icon=":material/table_rows:"):
    components.table(shown.table, scope, metrics=("absorption", "deadline_gaps"))
components.how_computed("absorption", "deadline_gaps", "funnel")
