"""The course of a programme, file by file and day by day: intake, verification, check, the fatwa's queue, issuing."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from setting import NEVER, Setting

CLEAN, REJECTED, SENT_BACK = range(3)
"""What the fatwa will say of a file when it first comes to it."""

DATES = ("submitted", "verified", "fatwa", "decided", "issued", "exit")


@dataclass(frozen=True)
class Plan:
    """From a day on, LP3H submit so many a week; its own chance."""

    day: int
    pace: np.ndarray  # of each LP3H, in 5 working days
    seed: int


class Files:
    """What is known of each file, as numbers of days; columns grow as files come in."""

    def __init__(self) -> None:
        self.count = 0
        kinds = dict.fromkeys(DATES, NEVER) | dict.fromkeys(("cell", "says", "exit_as", "check", "issue", "again"), 0)
        for stage in ("lp3h", "check", "fatwa"):  # who may have sent it back, when, and until when
            kinds |= {f"away_{stage}": NEVER, f"back_{stage}": NEVER}
        self.empty = kinds
        self.columns = {name: np.full(256, value, np.int32) for name, value in kinds.items()}

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def add(self, number: int) -> np.ndarray:
        """Numbers of new files."""
        while self.count + number > len(self["cell"]):
            for name, value in self.empty.items():
                own = self.columns[name]
                self.columns[name] = np.concatenate([own, np.full(len(own), value, np.int32)])
        self.count += number
        return np.arange(self.count - number, self.count)


class Course:
    """One programme as it happens: `run` it once, then read `files`."""

    def __init__(self, setting: Setting, intake: Generator, fates: Generator, plan: Plan | None = None) -> None:
        self.setting, self.traits, self.intake, self.fates, self.plan = setting, setting.traits, intake, fates, plan
        self.files = Files()
        self.used = np.zeros(len(self.traits.quota), int)
        self.waiting = np.zeros(len(self.traits.quota), int)
        self.due: dict[str, dict[int, list[np.ndarray]]] = defaultdict(lambda: defaultdict(list))
        self.ready = self.queue = np.empty(0, int)

    def run(self) -> Files:
        lp3h = self.traits.lp3h
        for day in range(self.traits.days):
            if self.plan and day == self.plan.day:
                self.intake, self.fates = np.random.default_rng(self.plan.seed).spawn(2)
                self.luck = self.intake.gamma(12, 1 / 12, (self.traits.days // 7 + 2, lp3h.max() + 1))
            self._leave(day)
            obeying = self.plan is not None and day >= self.plan.day
            self._submit(day, self._planned(day) if obeying else self._wanted(day))
            if self.setting.days.working[day]:
                self._verify(day, self.setting.verifies[day] * (obeying | ~self.traits.own_halt[day]))
                self._sit(day)
                self._date(self._taken("issue", day), "issued", day)
        return self.files

    # ---- intake

    def _wanted(self, day: int) -> np.ndarray:
        """Files of each cell, no more than there is room for; the others go elsewhere, wait, or are lost."""
        room = self.traits.quota - self.used
        first = np.minimum(self.waiting, room)
        self.waiting -= first
        room = room - first
        asked = self.intake.poisson(self.setting.intake[day])
        taken = np.minimum(asked, room)
        over, room = asked - taken, room - taken
        for lp3h in np.unique(self.traits.lp3h[over > 0]):
            own = np.flatnonzero(self.traits.lp3h == lp3h)
            moves = min(self.intake.binomial(over[own].sum(), self.traits.redirect), room[own].sum())
            taken[own] += self.intake.multivariate_hypergeometric(room[own], moves)
            waits = self.intake.binomial(over[own].sum() - moves, self.traits.waiting)
            self.waiting[own] += self.intake.multinomial(waits, over[own] / over[own].sum())
        return first + taken

    def _planned(self, day: int) -> np.ndarray:
        """Files of each cell at the planned tempo, where there is room."""
        room = self.traits.quota - self.used
        taken = np.zeros_like(room)
        if self.setting.days.working[day]:
            wanted = self.intake.poisson(self.plan.pace / 5 * self.luck[(day - self.plan.day) // 7])
            for lp3h in np.flatnonzero(wanted):
                own = np.flatnonzero(self.traits.lp3h == lp3h)
                number = min(wanted[lp3h], room[own].sum())
                taken[own] = self.intake.multivariate_hypergeometric(room[own], number)
        return taken

    def _submit(self, day: int, count: np.ndarray) -> None:
        number = int(count.sum())
        if not number:
            return
        self.used += count
        rows, files = self.files.add(number), self.files
        cell = self.fates.permutation(np.repeat(np.arange(len(count)), count))
        files["cell"][rows], files["submitted"][rows] = cell, day
        self._fate(rows, cell, day)

    def _fate(self, rows: np.ndarray, cell: np.ndarray, day: int) -> None:
        """How long each step will take this file, whether it will be sent back, and whether it will leave."""
        traits, files, after, draw = self.traits, self.files, self.setting.days.after, self.fates
        number, today = len(rows), np.full(len(rows), day)

        def days(median, spread: float) -> np.ndarray:
            taken = median * np.exp(draw.normal(0, spread, number))
            return (np.floor(taken) if traits.same_day else np.ceil(taken)).astype(int)

        verify, away = (
            days(traits.verify[traits.lp3h[cell]], traits.verify_spread),
            days(traits.away, traits.away_spread),
        )
        files["check"][rows], files["issue"][rows] = (
            days(traits.check, traits.check_spread),
            days(traits.issue, traits.issue_spread),
        )
        files["again"][rows] = away
        sent_back = draw.random((3, number)) < np.array(traits.returns)[:, None]
        files["says"][rows] = np.where(
            draw.random(number) < traits.rejected, REJECTED, np.where(sent_back[2], SENT_BACK, CLEAN)
        )

        leaves = draw.random(number) < traits.exits
        stuck = leaves & (draw.random(number) < traits.stuck)
        exit_day = after(today, np.ceil(draw.uniform(*traits.exit_days, number)).astype(int))
        self._later("exit", exit_day[leaves], rows[leaves])
        files["exit_as"][rows] = draw.choice(3, number, p=[0.25, 0.55, 0.2])

        before = np.ceil(verify * draw.random(number)).astype(int)
        returned = sent_back[0] | (stuck & (draw.random(number) < 0.5))
        away_day = after(today, before)
        back_day = np.where(stuck, NEVER, after(away_day, np.maximum(away, 1)))
        files["away_lp3h"][rows] = np.where(returned, away_day, NEVER)
        files["back_lp3h"][rows] = np.where(returned, back_day, NEVER)
        ready = np.where(returned, after(back_day, verify - before), after(today, verify))
        self._later("ready", np.where(stuck, NEVER, ready), rows)
        files["away_check"][rows] = np.where(sent_back[1], 0, NEVER)  # its day is known when it is verified

    # ---- the back end

    def _verify(self, day: int, most: np.ndarray) -> None:
        """Each LP3H verifies those ready first, as many as it can; then those whose check is done come to the fatwa."""
        files, after = self.files, self.setting.days.after
        ready = np.concatenate([self.ready, self._taken("ready", day)])
        ready = ready[files["exit"][ready] == NEVER]
        of = self.traits.lp3h[files["cell"][ready]]
        order = np.argsort(of, kind="stable")
        place = np.empty(len(ready), int)
        place[order] = np.arange(len(ready)) - np.searchsorted(of[order], of[order])
        can = place < most[of]
        done, self.ready = ready[can], ready[~can]
        self._date(done, "verified", day)

        check, today = files["check"][done], np.full(len(done), day)
        sent_back = files["away_check"][done] == 0
        half = (check + 1) // 2
        away = after(today, half)
        back = after(away, np.maximum(files["again"][done], 1))
        files["away_check"][done] = np.where(sent_back, away, NEVER)
        files["back_check"][done] = np.where(sent_back, back, NEVER)
        self._later("fatwa", np.where(sent_back, after(back, check - half), after(today, check)), done)

    def _sit(self, day: int) -> None:
        """The fatwa decides those that came first; whoever comes today waits for the next sitting."""
        files, setting, after = self.files, self.setting, self.setting.days.after
        self.queue = self.queue[files["exit"][self.queue] == NEVER]
        if setting.sits[day]:
            number = min(setting.limit[day], setting.base[day] + self._slope() * len(self.queue))
            number = int(np.floor(min(number, len(self.queue)) + setting.rounding[day]))
            seen, self.queue = self.queue[:number], self.queue[number:]
            says, today = files["says"][seen], np.full(len(seen), day)
            refused, again, clean = (seen[says == what] for what in (REJECTED, SENT_BACK, CLEAN))
            self._date(clean, "decided", day)
            self._later("issue", after(today, files["issue"][seen])[says == CLEAN], clean)
            files["exit_as"][refused] = 0
            self._out(refused, day)
            files["away_fatwa"][again], files["says"][again] = day, CLEAN
            files["back_fatwa"][again] = after(today, np.maximum(files["again"][seen], 1))[says == SENT_BACK]
            self._later("again", files["back_fatwa"][again], again)
        come = self._taken("fatwa", day)
        self._date(come, "fatwa", day)
        self.queue = np.concatenate([self.queue, come, self._taken("again", day)])

    def _slope(self) -> float:
        return {"elastic": self.traits.slope, "open": 1.0, "fixed": 0.0}[self.traits.fatwa]

    # ---- what all have in common

    def _leave(self, day: int) -> None:
        leaving = self._taken("exit", day)
        self._out(leaving[self.files["decided"][leaving] == NEVER], day)

    def _out(self, rows: np.ndarray, day: int) -> None:
        self.files["exit"][rows] = day
        self.used -= np.bincount(self.files["cell"][rows], minlength=len(self.used))

    def _date(self, rows: np.ndarray, stage: str, day: int) -> None:
        self.files[stage][rows] = day

    def _later(self, what: str, day: np.ndarray, rows: np.ndarray) -> None:
        """Something will happen to these files, each on its day."""
        order = np.argsort(day, kind="stable")
        day, rows = day[order], rows[order]
        for one in np.unique(day[day < self.traits.days]):
            self.due[what][int(one)].append(rows[np.searchsorted(day, one) : np.searchsorted(day, one, "right")])

    def _taken(self, what: str, day: int) -> np.ndarray:
        """Files to which this happens today, without those who have left."""
        rows = np.concatenate([np.empty(0, int), *self.due[what].pop(day, [])])
        return rows[self.files["exit"][rows] == NEVER]
