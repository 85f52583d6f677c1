"""One application: when it reached what, and where it stood on any day."""

from dataclasses import dataclass, field
from datetime import date

from plan import Cell, later
from words import OBSTACLES, Business

NEVER = date.max


@dataclass
class Application:
    """One application's life; what never came to pass has the date NEVER."""

    cell: Cell
    drafted: date
    submitted: date = NEVER
    verified: date = NEVER
    fatwa: date = NEVER
    decided: date = NEVER
    issued: date = NEVER
    left: date = NEVER
    left_as: str = ""
    returned: list[tuple[date, date, str]] = field(default_factory=list)  # from, until, SIHALAL code
    written_first: date | None = None  # a wrong submission date, mended later
    reason: str = ""  # of leaving, where it is another than its status suggests
    luck: int = 0
    p3h: str = ""
    number: str = ""
    reg_id: str = ""
    certificate: str = ""
    business: Business = field(init=False)

    def status(self, day: date) -> str:
        """Where it stands on a day: a SIHALAL code, or GANTI (replaced by another business)."""
        if self.left <= day:
            return self.left_as
        for since, until, code in self.returned:
            if since <= day < until:
                return code
        if self.issued <= day:
            return "OF300"
        if self.decided <= day:
            return "OF100" if day <= later(self.decided, 1) else "OF120"
        if self.fatwa <= day:
            return "OF74"
        if self.verified <= day:
            return "OF71" if day == self.verified else "OF72"
        return "OF10" if self.submitted <= day else "OF1"

    def obstacle(self, day: date) -> str:
        """What holds it up on a day, in the words of the LP3H; often nothing."""
        status = self.status(day)
        if status == "OF74" and (day - self.fatwa).days < 21:
            return ""
        if status in ("OF10", "OF71", "OF72"):
            status = "waiting" if self.luck % 5 == 0 else ""
        key = self.reason if status == self.left_as and self.reason else {"OF1": "draft"}.get(status, status)
        choices = OBSTACLES.get(key, ("",))
        return choices[self.luck % len(choices)]
