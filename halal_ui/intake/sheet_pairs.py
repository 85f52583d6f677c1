"""Two sheets of a recap or a plan that state one key differently: which of them counts, asked before it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from halal_metrics.sheets.repeated.restated import Restated
from halal_metrics.sheets.upload import Upload
from halal_ui.intake.choices import Choices, Pair, preferred
from halal_ui.words.formats import fmt_count
from halal_ui.words.names import institution, listing, place

EXAMPLES: Final = 2
"""Keys of two sheets that are shown with what both say."""


@dataclass(frozen=True)
class SheetPair:
    """Two sheets, in the order of the file, and what they state differently."""

    sheets: Pair
    keys: tuple[Restated, ...]
    answered: bool
    """Whether somebody said which counts, and it is so. Another answer, or the sender's next file, may change that."""
    chosen: str | None
    """The answer, where there is one; None: as it is read."""
    free: bool
    """Whether it can be left as it is read: what was said of other pairs does not decide it."""

    @property
    def in_words(self) -> str:
        """How many keys differ, and of which sheet the numbers are taken."""
        one, other = self.sheets
        number = fmt_count(len(self.keys))
        told = f"Lembar {one} dan lembar {other} menyebut angka berbeda untuk {number} kab/kota · LP3H yang sama."
        taken = [key.taken_sheet for key in self.keys]
        if len({*taken}) == 1:
            return f"{told} Dipakai sekarang: lembar {taken[0]}."
        of = listing(f"{fmt_count(taken.count(name))} dari lembar {name}" for name in self.sheets)
        return f"{told} Dipakai sekarang: {of}, yaitu yang prosesnya lebih jauh."

    @property
    def examples(self) -> list[str]:
        """What both say of the first of the keys."""
        return [self._example(key) for key in self.keys[:EXAMPLES]]

    def _example(self, key: Restated) -> str:
        sides = sorted((key[2:5], key[5:8]), key=lambda side: self.sheets.index(side[0]))
        told = " · ".join(f"lembar {sheet} baris {row}: {says}" for sheet, row, says in sides)
        return f"{place(key.kab_kota)} · {institution(key.lp3h)}: {told}"


def sheet_pairs(upload: Upload, choices: Choices) -> list[SheetPair]:
    """Each two sheets that differ, as the file was read with these choices."""
    places = {record.name: place for place, record in enumerate(upload.sheets)}
    found: dict[Pair, list[Restated]] = {}
    for key in upload.restated:
        first, second = sorted((key.sheet, key.taken_sheet), key=lambda name: places[name])
        found.setdefault((first, second), []).append(key)
    return [_pair(sheets, tuple(keys), choices.between) for sheets, keys in found.items()]


def _pair(sheets: Pair, keys: tuple[Restated, ...], between: Mapping[Pair, str | None]) -> SheetPair:
    one, other = sorted(sheets)
    chosen = between.get((one, other))
    free = not {*sheets} & {*preferred({pair: taken for pair, taken in between.items() if pair != (one, other)})}
    so = free if chosen is None else {key.taken_sheet for key in keys} == {chosen}
    return SheetPair(sheets, keys, (one, other) in between and so, chosen, free)
