"""Apa yang pernah diunggah, oleh siapa, dan apa akibatnya?"""

from halal_ui.screen import access, components, data, history
from halal_ui.words.uploads import originals

snapshot = data.current()

history.question(snapshot)
history.choose_moment(snapshot)
components.section(
    "Semua unggahan",
    "Pilih satu baris untuk melihat isinya, mengunduhnya, atau membatalkannya. " + originals(shared=access.shared()),
)
chosen = history.choose_upload(snapshot)
if chosen:
    history.opened(chosen, snapshot)
    history.undoing(chosen, snapshot)
history.decisions(snapshot)
