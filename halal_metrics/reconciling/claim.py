"""One count of a recap, and the applications that account for its difference from the register."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from halal_metrics.counting.totals import day
from halal_metrics.reconciling.timelines import NEVER, Timelines
from halal_metrics.schema import STAGE_DATES, STAGES

MORE: Final = ("other_place", "left", "after_cutoff", "behind", "neighbour", "missing", "recap_only")
"""
Why a recap claims more than the register shows. First what a row itself proves: it stands under no place or no
institution, or its address names this place; it has left, and the recap's own count of those does not hold it. Then
what the days suggest: it came shortly after, or still stands one stage before. Then what the neighbours suggest: a
place of the same institution, or an institution of the same place, has too many. The rest has no row at all.
"""

LESS: Final = ("after_cutoff", "duplicate", "other_place", "returned", "left", "neighbour", "uncounted")
"""
Why a recap claims less. First what its author could not have known: rows that no statement had before the recap's day.
Then rows counted twice, rows whose address names another place, rows lying with the business or about to leave, and
what a neighbour has too few of. The rest are rows the recap does not count and nothing says why.
"""

CAUSES: Final = tuple(dict.fromkeys(MORE + LESS))

NAMED: Final = ("missing", "recap_only", "uncounted")
"""Causes that are no explanation but the name of what is left over."""

CUTOFF_DAYS: Final = 14
"""Registers come every two weeks: what is dated up to so long after a recap may have been known when it was written."""

CELL: Final = ("kab_kota", "lp3h")

_UNDATED: Final = day("9999-12-31")
"""A recap without a date is later than any."""


class Register(NamedTuple):
    """
    The applications, and for each its cell, the day it was known at each stage, and the row that is the same business
    and came before it (−1 for none). `borrowed`, rows × STAGES: already accounts for something in another cell.
    """

    standing: Timelines
    cell: np.ndarray
    known: np.ndarray
    again: np.ndarray
    borrowed: np.ndarray


class Claim:
    """One stage of one recap, and how far its difference is explained."""

    def __init__(self, register: Register, cell: int, recap: dict, stage: int) -> None:
        self.register, self.recap, self.stage = register, recap, stage
        self.key = tuple(recap[name] if isinstance(recap[name], str) else None for name in CELL)
        self.day = _UNDATED if pd.isna(recap["statement_date"]) else day(recap["statement_date"])
        self.here = register.cell == cell
        self.counted = register.standing.counted(self.day, stage)
        self.registered = int(self.counted[self.here].sum())
        self.difference = int(recap[STAGES[stage]]) - self.registered
        self.open = self.difference
        self.taken = np.zeros(len(self.here), bool)
        self.parts: list[tuple[str, np.ndarray, int, np.ndarray]] = []

    def explain(self, full: np.ndarray) -> None:
        """
        Takes rows from each cause in turn until nothing is open. `full`: rows of cells whose own recap has none too
        many, so that they cannot be missing in this one.
        """
        if self.open:
            for cause, rows, dates, most in self._more(full) if self.open > 0 else self._less():
                self._take(cause, rows, dates, most)

    def _take(self, cause: str, rows: np.ndarray, dates: np.ndarray, most: int | None = None) -> None:
        """The rows whose day is nearest to the recap's, no more than are open, none twice."""
        free = np.flatnonzero(rows & ~self.taken)
        wanted = min(abs(self.open), len(free) if most is None else max(most, 0))
        nearest = free[np.argsort(np.abs(dates[free] - self.day), kind="stable")][:wanted]
        if len(nearest):
            self._account(cause, nearest, len(free), dates[nearest])

    def _account(self, cause: str, rows: np.ndarray, candidates: int, dates: np.ndarray) -> None:
        self.parts.append((cause, rows, candidates, dates))
        self.taken[rows] = True
        self.open -= int(np.sign(self.open)) * len(rows)
        self.register.borrowed[rows[~self.here[rows]], self.stage] = True

    def _more(self, full: np.ndarray) -> Iterator[tuple[str, np.ndarray, np.ndarray, int | None]]:
        """(cause, rows that may be meant, the day that tells, at most how many)"""
        standing, stage = self.register.standing, self.stage
        came, left = standing.reached[:, stage], standing.left
        rows, (place, institution) = standing.rows, self.key
        counts = (self.counted > 0) & ~self.here & ~full & ~self.register.borrowed[:, stage]
        nowhere = np.zeros(len(standing), bool)
        if place is not None and institution is not None:
            of_place = (rows["kab_kota"] == place).to_numpy(bool, na_value=False)
            of_institution = (rows["lp3h"] == institution).to_numpy(bool, na_value=False)
            nowhere = (of_institution & rows["kab_kota"].isna()) | (of_place & rows["lp3h"].isna())
            nowhere |= of_institution & (standing.addressed == place).to_numpy(bool, na_value=False)
        yield "other_place", counts & np.asarray(nowhere, bool), came, None
        gone = self.here & (came != NEVER) & (left <= self.day)
        yield "left", gone, left, self._beyond("exited", (self.here & (left <= self.day)).sum())
        later = self.here & (came > self.day) & (came != NEVER) & (left > self.day)
        yield "after_cutoff", later & ((came - self.day <= CUTOFF_DAYS) | ~self._dated(stage)), came, None
        if stage:
            before = standing.reached[:, stage - 1]
            yield "behind", self.here & (before <= self.day) & (came > self.day) & (left > self.day), before, None
        else:
            drafts = self.here & (rows["status"] == "draft").to_numpy(bool, na_value=False)
            stated = np.full(len(rows), self.day)
            yield "behind", drafts, stated, self._beyond("draft", drafts.sum())

    def _less(self) -> Iterator[tuple[str, np.ndarray, np.ndarray, int | None]]:
        standing, stage = self.register.standing, self.stage
        came, left, known = standing.reached[:, stage], standing.left, self.register.known[:, stage]
        counts, rows = self.here & (self.counted > 0), standing.rows
        yield "after_cutoff", counts & (known > self.day), known, None
        again = self.register.again
        twice = counts & (again >= 0) & (self.counted[again] > 0)
        yield "duplicate", twice & self.here[again], came, None
        yield "duplicate", twice, came, None
        named = standing.addressed.notna() & (standing.addressed != self.key[0])
        yield "other_place", counts & named.to_numpy(bool), came, None
        returned = (rows["status"] == "returned").to_numpy(bool, na_value=False)
        yield "returned", counts & returned, came, None
        gone = counts & (left > self.day) & (left != NEVER)
        near = (left - self.day <= CUTOFF_DAYS) | rows["exit_date"].isna().to_numpy()
        already = (self.here & (left <= self.day)).sum()
        stated = self.recap["exited"]
        yield "left", gone & near, left, None if pd.isna(stated) else int(stated) - int(already)

    def _beyond(self, column: str, registered: int) -> int | None:
        """How many more than the recap states the register has in that column; None if the recap does not state it."""
        stated = self.recap[column]
        return None if pd.isna(stated) else max(int(registered) - int(stated), 0)

    def _dated(self, stage: int) -> np.ndarray:
        """Whether the day of a stage is the row's own, and not that of the file."""
        return self.register.standing.rows[list(STAGE_DATES[stage:])].notna().any(axis=1).to_numpy()

    def lend(self, other: "Claim") -> None:
        """Rows that this recap has too many of account for what the other, its neighbour, lacks."""
        came, open_before = self.register.standing.reached[:, self.stage], self.open
        self._take("neighbour", self.here & (self.counted > 0), came, min(-self.open, other.open))
        if self.open != open_before:
            other._account(*self.parts[-1])

    def name_the_rest(self) -> None:
        """What is open: rows the recap leaves out, or applications that no row stands for."""
        if self.open < 0:
            came = self.register.standing.reached[:, self.stage]
            self._take("uncounted", self.here & (self.counted > 0), came)
        self.rest = self.open

    def told(self) -> dict:
        sign = int(np.sign(self.difference))
        counts = dict.fromkeys(CAUSES, 0)
        for cause, rows, _, _ in self.parts:
            counts[cause] += sign * len(rows)
        counts["uncounted" if self.rest < 0 else "missing" if self.here.any() else "recap_only"] += self.rest
        known = {"stage": STAGES[self.stage], "claimed": self.registered + self.difference}
        return self.recap | counts | known | {"registered": self.registered, "difference": self.difference}

    def rows(self) -> pd.DataFrame:
        tables = []
        for cause, rows, candidates, dates in self.parts:
            table = self.register.standing.rows.take(rows)
            table = table.rename(columns={name: f"register_{name}" for name in CELL})
            place = dict(zip(CELL, self.key, strict=True))
            seen = np.where(dates < NEVER - 1, dates, np.iinfo(np.int64).min).astype("M8[D]").astype("M8[us]")
            told = {"stage": STAGES[self.stage], "cause": cause, "candidates": candidates, "date": seen}
            tables.append(table.assign(**place, **told))
        return pd.concat(tables) if tables else pd.DataFrame()
