"""Apa yang pernah diunggah, oleh siapa, dan apa akibatnya?"""

from halal_ui.screen import components, data, filters, history

scope = filters.scope()
snapshot = data.current()

history.question(snapshot)
history.choose_moment(snapshot)
components.section("Semua unggahan", "Pilih satu baris untuk melihat isinya, mengunduhnya, atau membatalkannya.")
chosen = history.choose_upload(snapshot)
if chosen:
    history.opened(chosen, snapshot)
    history.undoing(chosen, snapshot, scope)
history.decisions(snapshot)
