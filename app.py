"""The frame around every page: page config, navigation, scope, how fresh the data are. No numbers."""

import streamlit as st

from halal_ui.screen import components, data, filters
from halal_ui.screen.meeting.stage import hide_until_ready
from halal_ui.turns import one_at_a_time

# a file of our own: Streamlit fetches the picture of a named icon from the internet
st.set_page_config("Pantau Halal · DPPKUKM Kalimantan Timur", "halal_ui/icon.svg", layout="wide")

PAGES = {
    "Pantau": [
        st.Page("pages/monitor/summary.py", title="Ringkasan", icon=":material/monitoring:", default=True),
        st.Page("pages/monitor/kab_kota.py", title="Kabupaten/kota", icon=":material/map:", url_path="kab-kota"),
        st.Page("pages/monitor/lp3h.py", title="LP3H", icon=":material/groups:", url_path="lp3h"),
        st.Page("pages/monitor/funnel.py", title="Corong", icon=":material/filter_alt:", url_path="corong"),
        st.Page("pages/monitor/deadlines.py", title="Tenggat", icon=":material/event_busy:", url_path="tenggat"),
        st.Page("pages/monitor/forecast_record.py", title="Ramalan", icon=":material/query_stats:", url_path="ramalan"),
        st.Page("pages/monitor/summary.py", title="Ringkasan", url_path="ringkasan", visibility="hidden"),
    ],
    "Tindak": [
        st.Page("pages/act/this_week.py", title="Rencana pekanan", icon=":material/today:", url_path="pekan-ini"),
        st.Page("pages/act/obstacles.py", title="Kendala", icon=":material/report:", url_path="kendala"),
    ],
    "Rapat": [
        st.Page("pages/meeting/present.py", title="Tayang", icon=":material/slideshow:", url_path="tayang"),
        st.Page("pages/meeting/handouts.py", title="Bahan rapat", icon=":material/folder:", url_path="bahan-rapat"),
    ],
    "Data": [
        st.Page("pages/data/upload.py", title="Unggah", icon=":material/upload_file:", url_path="unggah"),
        st.Page("pages/data/history.py", title="Riwayat", icon=":material/history:", url_path="riwayat"),
        st.Page("pages/data/quality.py", title="Mutu data", icon=":material/fact_check:", url_path="mutu-data"),
        st.Page("pages/data/definitions.py", title="Definisi", icon=":material/menu_book:", url_path="definisi"),
    ],
}

page = st.navigation(PAGES, position="top")
with one_at_a_time(), components.without_traceback():
    if page.url_path == "tayang":
        st.html(hide_until_ready())
    snapshot = data.current()
    scope = filters.sidebar(snapshot, page.url_path)
    components.frame(snapshot, scope)
    page.run()
