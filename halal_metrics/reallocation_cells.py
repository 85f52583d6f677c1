"""One kab/kota at one LP3H in a re-allocation: what it can give, what it claims, and why it ends where it does."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor, nan
from typing import Final

from halal_metrics.deadlines import PACE_DAYS

RULES: Final = (
    "below_floor undivided receives covered no_receiver at_capacity none_left between kept extra"
).split()  # fmt: skip
"""
What decided a cell. Gives: `below_floor`, or `undivided` where no kab/kota or no LP3H is named. Receives: `receives`,
or `covered` where no more than what it has used beyond its quota. Keeps what it could give: `kept` for its objection,
`no_receiver` where nobody claims it. Claims in vain: `none_left`; claims nothing, for what it has is enough:
`at_capacity`. Neither gives nor claims: `between`. `extra`: additional quota nobody claims.
"""


@dataclass(frozen=True)
class Terms:
    """What all cells are measured by: shares of their quota, and how a pace becomes a capacity over so many days."""

    floor: Fraction
    receive: Fraction
    days: int
    extra: int


@dataclass(eq=False)
class Cell:
    """
    Counts of applications or quota, one slot each. `recent`: net submitted in the last PACE_DAYS days; `stated`: the
    capacity where somebody stated one. `gives`, `receives` and `unclaimed`, the part of receives that nobody claimed,
    grow as quota is moved.
    """

    terms: Terms
    kab_kota: str | None
    lp3h: str | None
    quota: int
    used: int
    recent: int = 0
    stated: int | None = None
    kept: bool = False
    gives: int = 0
    receives: int = 0
    unclaimed: int = 0

    @property
    def undivided(self) -> bool:
        return self.kab_kota is None or self.lp3h is None

    @property
    def absorption_rate(self) -> float:
        return self.used / self.quota if self.quota else nan

    @cached_property
    def capacity(self) -> int:
        """How many more can be submitted."""
        pace = max(self.recent, 0) * self.terms.days // PACE_DAYS
        return pace if self.stated is None else self.stated

    @cached_property
    def above_use(self) -> Fraction:
        """What of the quota lies above the use: all that is not used where undivided, else up to the floor."""
        return (1 if self.undivided else self.terms.floor) * Fraction(self.quota) - self.used

    @cached_property
    def spare(self) -> int:
        """How many slots it could give, objection or not; never more than its quota, whatever corrections did."""
        return max(min(floor(self.above_use), self.quota), 0)

    @property
    def free(self) -> int:
        return 0 if self.kept else self.spare

    @property
    def overshoot(self) -> int:
        return max(self.used - self.quota, 0)

    @property
    def eager(self) -> bool:
        return self.quota > 0 and self.used >= self.terms.receive * self.quota

    @cached_property
    def claim(self) -> int:
        """
        All it can use beyond its quota, the overshoot included. Who has something to spare claims nothing, also where
        it may keep it: else an accepted objection would bring more than peace.
        """
        more = self.capacity + self.used - self.quota if self.eager and not self.spare else 0
        return max(more, self.overshoot)

    @property
    def new_quota(self) -> int:
        return self.quota - self.gives + self.receives

    @property
    def rule(self) -> str:
        """One of RULES."""
        if self.unclaimed:
            return "extra"
        if self.gives:
            return "undivided" if self.undivided else "below_floor"
        if self.receives:
            return "receives" if self.receives > self.overshoot else "covered"
        if self.spare:
            return "kept" if self.kept else "no_receiver"
        if self.claim:
            return "none_left"
        return "at_capacity" if self.eager else "between"
