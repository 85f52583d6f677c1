"""LP3H mana yang bekerja, dan mana yang perlu dibantu?"""

import streamlit as st

from halal_ui import components, data, filters
from halal_ui.views.institutions import institutions

scope = filters.scope()
shown = data.ready(institutions, scope)

components.question(
    "LP3H mana yang bekerja, dan mana yang perlu dibantu?", answer=shown.answer, scope=scope, more=shown.quiet
)

allocations, activity = st.columns(2, gap="medium")
with allocations:
    components.section("Dimanfaatkan dan terbit terhadap pembagian kuota")
    components.chart(shown.allocations, key="bagian")
with activity:
    components.section("Pendamping aktif", "Setidaknya satu pengajuan dalam 30 hari terakhir.")
    components.chart(shown.activity, key="pendamping")

components.section("Semua LP3H", shown.needed_until)
components.table(shown.table, scope, metrics=("absorption", "deadline_gaps", "movement"))
components.section("Kabupaten/kota × LP3H")
components.chart(shown.cells, key="sel")
components.section("Pendamping")
components.table(shown.at_work, scope, metrics=("active_p3h",))
components.how_computed("active_p3h", "absorption", "deadline_gaps")
