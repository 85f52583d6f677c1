"""What a viewer looks at: a day, a place, an institution, and what is counted."""

from dataclasses import dataclass, replace
from datetime import date

from halal_metrics.deadlines import Measure
from halal_ui.sentences import scope_in_words


@dataclass(frozen=True)
class Scope:
    """None means all; the name of `labels.UNKNOWN_GROUP` those that the sheets do not name."""

    as_of: date
    kab_kota: str | None = None
    lp3h: str | None = None
    measure: Measure = "submitted"

    @property
    def in_words(self) -> str:
        """
        >>> Scope(date(2025, 6, 4), lp3h="LP3H UINSI Samarinda", measure="issued").in_words
        'per 4 Juni 2025 · semua kabupaten/kota · UINSI · terbit'
        """
        chosen = [[name] if name else [] for name in (self.kab_kota, self.lp3h)]
        return scope_in_words(self.as_of, *chosen, self.measure)

    def without(self, dimension: str) -> "Scope":
        """The same, for all places or all institutions."""
        return replace(self, **{dimension: None})
