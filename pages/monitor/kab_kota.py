"""Kabupaten/kota mana yang tertinggal, dan seberapa jauh?"""

import streamlit as st

from halal_ui.screen import components, data, filters, rows_behind
from halal_ui.views.drilldown import DONE, REACHED, TURNS
from halal_ui.views.regions import VALUES, region, regions

scope = filters.scope()
everywhere = scope.without("kab_kota")
shown = data.ready(regions, everywhere)

components.question("Kabupaten/kota mana yang tertinggal, dan seberapa jauh?", answer=shown.answer, scope=scope)

tiles, gaps = st.columns([2, 3], gap="medium")
with tiles:
    value = st.segmented_control(
        "Warna peta", list(VALUES), default=filters.measure_label(scope), key="nilai", required=True
    )
    key = f"peta-{VALUES[value]}"
    components.chart(shown.tiles[value], key=key, on_select=filters.choose_place(key))
    st.caption("Klik sebuah kotak untuk melihat satu kabupaten/kota.")
with gaps:
    components.section("Selisih dari rencana", "Yang paling jauh dari rencana di atas; klik untuk melihat barisnya.")
    rows_behind.chart(shown.gaps, everywhere, key="selisih", figure=DONE[scope.measure], by=["kab_kota"])

if scope.kab_kota:
    place = data.ready(region, scope, marks=data.marks(scope))
    components.section(scope.kab_kota, place.answer)
    st.button("Lihat semua kabupaten/kota", on_click=filters.choose_all_places, icon=":material/zoom_out_map:")
    rows_behind.buttons(scope, key="tempat")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        components.section("Kurva S")
        components.chart(place.curve, key="kurva-tempat")
        components.section("Menunggu di mana, giliran siapa")
        rows_behind.chart(place.backlog, scope, key="menunggu-tempat", figure=TURNS)
    with right:
        components.section("Dari kuota ke sertifikat")
        rows_behind.chart(place.funnel, scope, key="corong-tempat", figure=REACHED)
        components.section("LP3H di sini, terhadap pembagian kuotanya")
        rows_behind.chart(place.institutions, scope, key="lp3h-tempat", figure=DONE[scope.measure], by=["lp3h"])

components.section("Semua kabupaten/kota", shown.needed_until)
components.table(shown.table, everywhere, beside=rows_behind.beside(everywhere))
components.how_computed(shown.table)
rows_behind.opened(scope)
