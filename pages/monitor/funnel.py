"""Di mana pengajuan menunggu, dan giliran siapa?"""

import streamlit as st

from halal_ui.screen import components, data, filters, lengths, rows_behind
from halal_ui.views.drilldown import REACHED, TURNS
from halal_ui.views.durations import durations
from halal_ui.views.stalled import stalled
from halal_ui.views.steps import steps, steps_by_kab_kota, steps_by_lp3h

scope = filters.scope()
stays = lengths.stays_of(scope)
shown, stuck = data.ready(steps, scope, stays=stays), data.ready(stalled, scope, stays=stays)

components.question(
    "Di mana pengajuan menunggu, dan giliran siapa?", answer=shown.answer, scope=scope, more=stuck.answer
)

funnel, backlog = st.columns(2, gap="medium")
with funnel:
    components.section(
        "Dari kuota ke sertifikat",
        "Bagian dari kuota, dan yang lolos dari langkah sebelumnya.",
    )
    rows_behind.chart(shown.funnel, scope, key="corong", figure=REACHED)
with backlog:
    components.section(
        "Menunggu di mana, sudah berapa lama, giliran siapa", "Klik batang mana pun untuk melihat barisnya."
    )
    rows_behind.chart(shown.backlog, scope, key="menunggu", figure=TURNS)

whole, each = st.columns(2, gap="medium")
with each:
    components.section("Berapa lama di tiap LP3H", "Satu langkah, semua LP3H; yang belum selesai ikut dihitung.")
    step = filters.step(key="langkah")
took = data.ready(durations, scope, stays=stays, step=step)
with whole:
    components.section("Berapa lama tiap langkah", took.slowest)
    rows_behind.chart(took.steps, scope, key="lamanya", figure=TURNS)
with each:
    rows_behind.chart(took.by_lp3h, scope, key=f"lamanya-{step}", figure=TURNS[step], by=["lp3h"])

components.section("Slot macet", stuck.note)
if len(stuck.table.frame):
    rows_behind.listed(stuck.table, scope, "pengajuan macet; lamanya dalam hari kerja", key=f"{scope}")

by = filters.group_by(key="menurut")
grouped = data.ready(steps_by_kab_kota if by == "kab_kota" else steps_by_lp3h, scope)
rows_behind.chart(grouped.multiples, scope, key=f"corong-{by}", figure=REACHED, by=[by])
components.section("Banyak atau sedikit mulai, banyak atau sedikit selesai", "Dibanding keseluruhan.")
rows_behind.chart(grouped.classes, scope, key=f"kelas-{by}", figure="used", by=[by])

left, right = st.columns(2, gap="medium")
with left:
    components.table(shown.table, scope, beside=rows_behind.beside(scope))
with right:
    components.table(grouped.table, scope, beside=rows_behind.beside(scope))
components.table(shown.waiting, scope, beside=rows_behind.beside(scope, "turn-submitted"))
components.table(took.table, scope)
components.table(took.table_by_lp3h, scope)
components.how_computed(shown.table, shown.waiting, took.table, stuck.table, grouped.table)
rows_behind.opened(scope)
