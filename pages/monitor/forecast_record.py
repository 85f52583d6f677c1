"""Ramalan dan kenyataan: seberapa sering kami benar?"""

import streamlit as st

from halal_ui.screen import components, data, filters
from halal_ui.views.forecast_record import days_of, forecast_record

scope = filters.scope().without("kab_kota").without("lp3h")
head = st.container()
record = components.when_ready(
    lambda: data.forecast_record(scope), "Ramalan-ramalan yang lalu sedang dihitung kembali …"
)
shown = None
if record:
    days = days_of(record)
    day = st.selectbox("Yang digambar: ramalan pada", list(days), key="ramalan") if days else None
    shown = data.ready(
        forecast_record,
        scope,
        record=record,
        day=days[day] if day else None,
        invented=data.current().is_demo,
        marks=data.marks(scope),
    )

with head:
    components.question(
        "Ramalan dan kenyataan: seberapa sering kami benar?",
        answer=shown.answer if shown else "",
        scope=scope,
        more=shown.invented if shown else "",
    )
if shown:
    if shown.curve:
        components.section(
            "Yang diramalkan, dan yang terjadi",
            "Pita: 8 dari 10 kemungkinan menurut ramalan hari itu; garis: yang kemudian terjadi.",
        )
        components.chart(shown.curve, key="ramalan-kenyataan")
    components.section("Semua ramalan yang sudah dapat diperiksa", shown.made_of)
    components.table(shown.table, scope)
    components.how_computed(shown.table)
