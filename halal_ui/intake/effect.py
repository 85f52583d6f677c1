"""What becomes of the dashboard when an upload is committed or undone: headline, plan, what falls. No screen."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.plan_changes import PlanChange, plan_changes
from halal_store import Preview, Tables
from halal_ui.intake.changes import Rates, rates
from halal_ui.intake.counted import beside_registers, passed_over, placeless, too_much, uncounted, why_uncounted
from halal_ui.intake.perhaps_known import perhaps_known
from halal_ui.sentences.plans import plan_change, plan_parts, plan_too_small
from halal_ui.words.formats import fmt_count, fmt_date
from halal_ui.words.names import days_phrase, institution, listing, place

CELL: Final = ("kab_kota", "lp3h")

FALLS_TOLD: Final = 5
"""Cells that fall are named up to so many; the list below has all."""


@dataclass(frozen=True)
class Effect:
    """
    What `preview` makes of the dashboard, told on `today`. The figures are those of the day on which the upload takes
    effect, whatever day somebody looks at: a plan of 5 June changes nothing on the 4th, and everything on the 5th.
    """

    preview: Preview
    today: date
    codes: tuple[str, ...] = ()
    """Of the programme whose figures these are."""
    undo: bool = False

    @property
    def day(self) -> date:
        return self.preview.takes_effect.date()

    @cached_property
    def before(self) -> Rates:
        return self._rates(self.preview.before, self.day)

    @cached_property
    def after(self) -> Rates:
        return self._rates(self.preview.after, self.day)

    @cached_property
    def now(self) -> tuple[Rates, Rates] | None:
        """The headline of today, before and after, where it is another than on the day; else None."""
        if self.today == self.day:
            return None
        before, after = (self._rates(tables, self.today) for tables in (self.preview.before, self.preview.after))
        as_on_the_day = before.same_as(self.before) and after.same_as(self.after)
        return None if as_on_the_day else (before, after)

    @cached_property
    def plans(self) -> list[PlanChange]:
        """The plans that take another's place."""
        if self.preview.table != "quotas":
            return []
        return plan_changes(self.preview.before.quotas, self.preview.after.quotas)

    @cached_property
    def falls(self) -> pd.DataFrame:
        """
        `kab_kota, lp3h, used_before, used, issued_before, issued` on the day, one row a place and institution of which
        less is used or issued than before, the deepest fall first.
        """
        if self._same_counts:
            return pd.DataFrame(columns=[*CELL, "used_before", "used", "issued_before", "issued"])
        none = self.preview.before.quotas.head(0)
        before, after = (
            hm.absorption(none, self._progress[side], by=CELL, as_of=self.day)[[*CELL, "used", "issued"]]
            for side in ("before", "after")
        )
        both = after.merge(before, on=list(CELL), how="outer", suffixes=("", "_before"))
        counts = ["used_before", "used", "issued_before", "issued"]
        both[counts] = both[counts].fillna(0).astype("int64")
        used, issued = (both[name] - both[f"{name}_before"] for name in ("used", "issued"))
        depth = used.clip(upper=0) + issued.clip(upper=0)
        return both.loc[depth[depth < 0].sort_values(kind="stable").index, [*CELL, *counts]].reset_index(drop=True)

    @property
    def asks(self) -> tuple[str, ...]:
        """
        What somebody must agree to before it happens: every plan that is given up, in words. Empty where there is none.
        The words are those of the very change: where it has become another one meanwhile, they are others.
        """
        return tuple(" ".join(told) for one, told in zip(self.plans, self.plans_told, strict=True) if one.replaces)

    def agreed_to(self, agreed: tuple[str, ...]) -> bool:
        """Whether what was agreed to is what is asked, in these very words; so also where nothing is asked."""
        return not self.asks or agreed == self.asks

    @property
    def agreement(self) -> str:
        """What the tick says that somebody sets."""
        return f"Ya: {'; '.join(plan_change(one) for one in self.plans if one.replaces)}"

    @cached_property
    def plans_told(self) -> list[list[str]]:
        """Of each plan that takes another's place the sentence, then what becomes of places, dates and used quota."""
        return [[f"{plan_change(one)}.", *plan_parts(one), *self._too_small(one)] for one in self.plans]

    @cached_property
    def warnings(self) -> list[str]:
        """What nobody should find out afterwards, a sentence each."""
        if self.undo:
            return self._falls_told()
        told = [*self.twice, *self._falls_told(), *self._future(), *self._nothing(), *self._passed_over()]
        last = max(self.day, self.today)
        told += too_much(self.preview, self._progress["before"], self._progress["after"], last)
        told += beside_registers(self.preview, self.codes)
        return [*told, *placeless(self.preview), *uncounted(self.uncounted)]

    @cached_property
    def uncounted(self) -> pd.Series | None:
        """Of each new application why it adds nothing to what is used, missing where it does."""
        if self.preview.table != "applications":
            return None
        return why_uncounted(self.preview.new, self.codes, max(self.day, self.today))

    @cached_property
    def twice(self) -> list[str]:
        """The rows that may be known already and would be counted once more: to be looked at before they are saved."""
        return [] if self.undo else perhaps_known(self.preview)

    def work_out(self) -> "Effect":
        """All of it now, where others have their turns meanwhile, instead of when it is first looked at."""
        _ = self.before, self.after, self.now, self.plans_told, self.warnings
        return self

    def _rates(self, tables: Tables, day: date) -> Rates:
        side = "before" if tables is self.preview.before else "after"
        return rates(tables, as_of=day, progress=self._progress[side])

    @cached_property
    def _progress(self) -> dict[str, pd.DataFrame]:
        before = self._counted(self.preview.before)
        return {"before": before, "after": before if self._same_counts else self._counted(self.preview.after)}

    def _counted(self, tables: Tables) -> pd.DataFrame:
        return hm.progress(hm.of_programme(tables.applications, self.codes), tables.recaps)

    @property
    def _same_counts(self) -> bool:
        """Only registers and recaps are counted."""
        return self.preview.table not in ("applications", "recaps")

    def _too_small(self, change: PlanChange) -> list[str]:
        """What is used by the last day of the new plan that is known, where that is more than its quota."""
        last = max(self.today, self.day, change.since.date())
        if change.until is not None:
            last = min(last, change.until.date())
        if change.after.empty:
            return []
        absorbed = hm.absorption(change.after, self._progress["after"], by=("kab_kota",), as_of=last)
        return plan_too_small(absorbed, last)

    def _falls_told(self) -> list[str]:
        falls = self.falls
        if falls.empty:
            return []
        told = []
        for row in falls.head(FALLS_TOLD).itertuples():
            where = f"{place(row.kab_kota)} · {institution(row.lp3h)}"
            counts = [
                f"{name} {fmt_count(was)} → {fmt_count(becomes)}"
                for name, was, becomes in (
                    ("dimanfaatkan", row.used_before, row.used),
                    ("terbit", row.issued_before, row.issued),
                )
                if was > becomes
            ]
            told.append(f"{where} ({listing(counts)})")
        more = f", dan {fmt_count(len(falls) - FALLS_TOLD)} lagi" if len(falls) > FALLS_TOLD else ""
        return [f"Berkurang per {fmt_date(self.day)}: {', '.join(told)}{more}."]

    def _future(self) -> list[str]:
        if self.day <= self.today:
            return []
        return [
            f"Baru berlaku {fmt_date(self.day)}, {days_phrase((self.day - self.today).days)}: dashboard hari ini belum "
            "memuatnya. Bila tanggal itu keliru, betulkan tanggalnya dahulu."
        ]

    def _nothing(self) -> list[str]:
        counts = self.preview.counts
        if counts["new"] or counts["changed"] or counts["gone"] or not counts["same"]:
            return []
        return ["Tidak ada yang berubah: semua isinya sudah diketahui."]

    def _passed_over(self) -> list[str]:
        """Recaps of places and institutions that have a register, which goes first."""
        if self.preview.table != "recaps":
            return []
        stated = pd.concat([self.preview.new, self.preview.changed])
        count = passed_over(stated, hm.of_programme(self.preview.after.applications, self.codes))
        if not count:
            return []
        of = len(stated)
        whose = "semua barisnya" if count == of else f"{fmt_count(count)} dari {fmt_count(of)} barisnya"
        return [f"Tidak ikut dihitung: {whose}, karena kab/kota dan LP3H itu sudah punya register, yang didahulukan."]
