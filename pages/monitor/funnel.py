"""Di mana pengajuan menunggu, dan giliran siapa?"""

import streamlit as st

from halal_ui import components, data, filters
from halal_ui.views.steps import steps, steps_by_kab_kota, steps_by_lp3h

scope = filters.scope()
shown = data.ready(steps, scope)

components.question("Di mana pengajuan menunggu, dan giliran siapa?", answer=shown.answer, scope=scope)

funnel, backlog = st.columns(2, gap="medium")
with funnel:
    components.section("Dari kuota ke sertifikat", "Bagian dari kuota, dan yang lolos dari langkah sebelumnya.")
    components.chart(shown.funnel, key="corong")
with backlog:
    components.section("Menunggu di mana, giliran siapa")
    components.chart(shown.backlog, key="menunggu")

by = filters.group_by(key="menurut")
grouped = data.ready(steps_by_kab_kota if by == "kab_kota" else steps_by_lp3h, scope)
components.chart(grouped.multiples, key=f"corong-{by}")
components.section("Banyak atau sedikit mulai, banyak atau sedikit selesai", "Dibanding keseluruhan.")
components.chart(grouped.classes, key=f"kelas-{by}")

left, right = st.columns(2, gap="medium")
with left:
    components.table(shown.table, scope, metrics=("funnel",))
with right:
    components.table(shown.waiting, scope, metrics=("backlog",))
components.table(grouped.table, scope, metrics=("start_finish", "absorption"))
components.how_computed("funnel", "backlog", "start_finish")
