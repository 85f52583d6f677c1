"""Kabupaten/kota mana yang tertinggal, dan seberapa jauh?"""

import streamlit as st

from halal_ui import components, data, filters
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
    components.section("Selisih dari rencana", "Yang paling jauh dari rencana di atas.")
    components.chart(shown.gaps, key="selisih")

if scope.kab_kota:
    place = data.ready(region, scope)
    components.section(scope.kab_kota, place.answer)
    st.button("Lihat semua kabupaten/kota", on_click=filters.choose_all_places, icon=":material/zoom_out_map:")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        components.section("Kurva S")
        components.chart(place.curve, key="kurva-tempat")
        components.section("Menunggu di mana, giliran siapa")
        components.chart(place.backlog, key="menunggu-tempat")
    with right:
        components.section("Dari kuota ke sertifikat")
        components.chart(place.funnel, key="corong-tempat")
        components.section("LP3H di sini, terhadap pembagian kuotanya")
        components.chart(place.institutions, key="lp3h-tempat")

components.section("Semua kabupaten/kota", shown.needed_until)
components.table(shown.table, everywhere, metrics=("absorption", "deadline_gaps", "movement"))
components.how_computed("absorption", "deadline_gaps", "movement")
