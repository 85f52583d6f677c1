"""Akankah kuota terpakai dan terbit?"""

import streamlit as st

from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.drilldown import REACHED
from halal_ui.views.summary import summary

scope = filters.scope()
head = st.container()
foresight = components.when_foreseen(scope)
shown = data.ready(summary, scope, marks=data.marks(scope), foresight=foresight)

with head:
    components.question(shown.question, answer=shown.answer, scope=scope, more=shown.more, below=shown.cards)

rows_behind.buttons(scope, key="kartu")

curve, funnel = st.columns([3, 2], gap="medium")
with curve:
    components.section("Kurva S", shown.curve_note)
    components.chart(shown.curve, key="kurva")
with funnel:
    components.section("Dari kuota ke sertifikat", "Klik sebuah langkah untuk melihat barisnya.")
    rows_behind.chart(shown.funnel, scope, key="corong", figure=REACHED)

components.section("Siapa yang memegang kekurangan")
components.holders(shown)

with st.expander("Tabel", icon=":material/table_rows:"):
    components.table(shown.table, scope, beside=rows_behind.beside(scope))
components.how_computed(shown.table, more=("funnel", "forecast", "finish_chances"))
rows_behind.opened(scope)
