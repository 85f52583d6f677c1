"""Apakah kuota akan terpakai dan terbit?"""

import streamlit as st

from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.drilldown import REACHED
from halal_ui.views.summary import summary

scope = filters.scope()
shown = data.ready(summary, scope, marks=data.marks())

components.question(
    "Apakah kuota akan terpakai dan terbit?", answer=shown.answer, scope=scope, more=shown.takes, below=shown.cards
)

rows_behind.buttons(scope, key="kartu")

curve, funnel = st.columns([3, 2], gap="medium")
with curve:
    components.section("Kurva S", "Rencana adalah garis lurus menurut hari kerja sampai tenggat.")
    components.chart(shown.curve, key="kurva")
with funnel:
    components.section("Dari kuota ke sertifikat", "Klik sebuah langkah untuk melihat barisnya.")
    rows_behind.chart(shown.funnel, scope, key="corong", figure=REACHED)

components.section("Siapa yang memegang kekurangan")
components.holders(shown)

with st.expander("Tabel", icon=":material/table_rows:"):
    components.table(shown.table, scope, beside=rows_behind.beside(scope))
components.how_computed(shown.table, more=("funnel",))
rows_behind.opened(scope)
