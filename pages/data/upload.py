"""Berkas apa yang perlu dihitung?"""

import streamlit as st

from halal_ui.screen import components, data
from halal_ui.screen.upload import page
from halal_ui.screen.upload import session as sessions

snapshot = data.current()
session = sessions.upload_session()
head = st.container()

if page.may_enter():
    page.section("jatuhkan")
    page.drop(session, snapshot)
    item = page.opened(session)
    check = page.checked(item)

    with head:
        components.question("Berkas apa yang perlu dihitung?", answer=page.answer(session, snapshot))
        page.stepper(session, item, check, snapshot)

    if item is not None:
        page.section("pahami")
        page.understand(item, snapshot)
    if item is not None and check is not None:
        page.section("periksa")
        page.check(item, check)
    if item is not None and item.upload is not None and not item.trouble:
        page.section("simpan")
        page.store(item, snapshot)
    page.store_together(session, snapshot)
else:
    with head:
        components.question("Berkas apa yang perlu dihitung?", answer=page.closed())
