"""Di mana pengajuan menunggu, dan giliran siapa?"""

import streamlit as st

from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.drilldown import REACHED, TURNS
from halal_ui.views.steps import steps, steps_by_kab_kota, steps_by_lp3h

scope = filters.scope()
shown = data.ready(steps, scope)

components.question("Di mana pengajuan menunggu, dan giliran siapa?", answer=shown.answer, scope=scope)

funnel, backlog = st.columns(2, gap="medium")
with funnel:
    components.section(
        "Dari kuota ke sertifikat",
        "Bagian dari kuota, dan yang lolos dari langkah sebelumnya.",
    )
    rows_behind.chart(shown.funnel, scope, key="corong", figure=REACHED)
with backlog:
    components.section("Menunggu di mana, giliran siapa", "Klik batang mana pun untuk melihat barisnya.")
    rows_behind.chart(shown.backlog, scope, key="menunggu", figure=TURNS)

by = filters.group_by(key="menurut")
grouped = data.ready(steps_by_kab_kota if by == "kab_kota" else steps_by_lp3h, scope)
rows_behind.chart(grouped.multiples, scope, key=f"corong-{by}", figure=REACHED, by=[by])
components.section("Banyak atau sedikit mulai, banyak atau sedikit selesai", "Dibanding keseluruhan.")
rows_behind.chart(grouped.classes, scope, key=f"kelas-{by}", figure="used", by=[by])

left, right = st.columns(2, gap="medium")
with left:
    components.table(shown.table, scope, beside=rows_behind.beside(scope))
with right:
    components.table(shown.waiting, scope, beside=rows_behind.beside(scope, "turn-submitted"))
components.table(grouped.table, scope, beside=rows_behind.beside(scope))
components.how_computed(shown.table, shown.waiting, grouped.table)
rows_behind.opened(scope)
