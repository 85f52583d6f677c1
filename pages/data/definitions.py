"""Bagaimana setiap angka dihitung?"""

from halal_ui.screen import components, data, filters, quality
from halal_ui.views.glossary import glossary

scope = filters.scope()
shown = data.ready(glossary, scope, quality_set=quality.quality_set(data.current(), scope))

components.question("Bagaimana setiap angka dihitung?", answer=shown.answer, scope=scope)
for title, entries in shown.chapters.items():
    components.section(title)
    components.definitions(entries)
