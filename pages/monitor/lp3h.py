"""LP3H mana yang bekerja, dan mana yang perlu dibantu?"""

import streamlit as st

from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.drilldown import DONE
from halal_ui.views.institutions import institutions

scope = filters.scope()
shown = data.ready(institutions, scope)

components.question(
    "LP3H mana yang bekerja, dan mana yang perlu dibantu?", answer=shown.answer, scope=scope, more=shown.quiet
)

allocations, activity = st.columns(2, gap="medium")
with allocations:
    components.section("Dimanfaatkan dan terbit terhadap pembagian kuota", "Klik sebuah LP3H untuk melihat barisnya.")
    rows_behind.chart(shown.allocations, scope, key="bagian", figure=DONE[scope.measure], by=["lp3h"])
with activity:
    components.section("Pendamping aktif", "Setidaknya satu pengajuan dalam 30 hari terakhir.")
    rows_behind.chart(shown.activity, scope, key="pendamping", figure="active", by=["lp3h"])

components.section("Semua LP3H", shown.needed_until)
components.table(shown.table, scope, beside=rows_behind.beside(scope))
components.section("Kabupaten/kota × LP3H")
rows_behind.chart(shown.cells, scope, key="sel", figure=DONE[scope.measure], by=["kab_kota", "lp3h"])
components.section("Pendamping")
components.table(shown.at_work, scope, beside=rows_behind.beside(scope, "active"))
components.how_computed(shown.at_work, shown.table)
rows_behind.opened(scope)
