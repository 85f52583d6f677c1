"""Seberapa segar, lengkap, dan cocok data ini?"""

from halal_ui.screen import components, data, filters
from halal_ui.screen import quality as parts
from halal_ui.screen.quality.sections import FRESH, MEND, TWICE
from halal_ui.views.pairs import pairs
from halal_ui.views.quality import quality
from halal_ui.views.recap_check import recap_check

scope = filters.scope()
quality_set = parts.quality_set(data.current(), scope)
shown = data.ready(quality, scope, quality_set=quality_set)

components.question("Seberapa segar, lengkap, dan cocok data ini?", answer=shown.answer, scope=scope)
section = parts.choose_section()
if section == FRESH:
    parts.fresh_and_complete(shown, scope)
elif section == MEND:
    parts.to_mend(shown, scope)
elif section == TWICE:
    parts.decide(data.ready(pairs, scope, quality_set=quality_set), scope)
else:
    parts.reconciled(data.ready(recap_check, scope, quality_set=quality_set), scope)
