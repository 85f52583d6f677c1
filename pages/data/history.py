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
passed_over = history.passed_over(snapshot)
chosen = history.choose_upload(snapshot, passed_over)
if chosen:
    history.opened(chosen, snapshot, passed_over=chosen in passed_over)
    history.undoing(chosen, snapshot)
history.decisions(snapshot)
