"""Apa yang pernah diunggah, oleh siapa, dan apa akibatnya?"""

from halal_ui.screen import components, data, history
from halal_ui.words.uploads import ORIGINALS

snapshot = data.current()

history.question(snapshot)
history.choose_moment(snapshot)
components.section(
    "Semua unggahan", f"Pilih satu baris untuk melihat isinya, mengunduhnya, atau membatalkannya. {ORIGINALS}"
)
chosen = history.choose_upload(snapshot)
if chosen:
    history.opened(chosen, snapshot)
    history.undoing(chosen, snapshot)
history.decisions(snapshot)
