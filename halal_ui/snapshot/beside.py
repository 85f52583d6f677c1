"""
What takes seconds, figured in threads beside the pages: each asks, is told None, and asks again until it is there.

Futures, plans and the record of past forecasts have a thread each, so that what is quick does not wait for what is not.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Lock
from typing import Any, Final, TypeVar
from weakref import WeakKeyDictionary

import pandas as pd

from halal_metrics import ExtraQuota
from halal_metrics.forecast import Measure
from halal_store import Contents, Meeting
from halal_ui.snapshot import now as snapshots
from halal_ui.snapshot.forecast_record import ForecastRecord, Foreseen, Look, looked, looks, record
from halal_ui.snapshot.foresight import Foresight, WeeklyPlanned, foresee
from halal_ui.snapshot.meeting_set import Numbers
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.programme import programme

Made = TypeVar("Made")

FORESEEN: Final = 6
"""Days whose futures are kept: each takes some 20 MB."""

PLANNED: Final = 64
"""Weekly plans that are kept: small, and slow to make."""

RECORDS: Final = 32
"""Records of past forecasts that are kept."""

Tasks = dict[tuple[object, ...], Future[Any]]


class Beside:
    """`read`: what the store held at a moment gone by."""

    def __init__(self, read: Callable[[pd.Timestamp], Contents]) -> None:
        self._read = read
        self._turn = Lock()
        self._foreseeing, self._planning, self._looking_back = (
            ThreadPoolExecutor(1, thread_name_prefix=name) for name in ("ramalan", "rencana", "catatan")
        )
        self._foreseen: Tasks = {}
        self._plans: Tasks = {}
        self._records: Tasks = {}
        self._looked: dict[Look, Foreseen] = {}
        self._meetings: WeakKeyDictionary[Numbers, Future[WeeklyPlanned | None]] = WeakKeyDictionary()

    def foresight(self, snapshot: Snapshot, as_of: date) -> Foresight | None:
        """What is to come, seen from a day."""
        with self._turn:
            task = self._foresee(snapshot, as_of)
        return _there(task)

    def weekly_plan(
        self, snapshot: Snapshot, as_of: date, *, measure: Measure, goal: float, target: date | None
    ) -> WeeklyPlanned | None:
        """What each LP3H must do a week."""
        with self._turn:
            seen = self._foresee(snapshot, as_of)
            key = (snapshot.version, as_of, measure, goal, target)
            task = _begun(
                self._plans, key, PLANNED, self._planning,
                lambda: seen.result().plan(measure=measure, goal=goal, target=target),
            )  # fmt: skip
        return _there(task)

    def extra_quota(self, snapshot: Snapshot, as_of: date) -> ExtraQuota | None:
        """Whether more quota should be asked for."""
        with self._turn:
            seen = self._foresee(snapshot, as_of)
            key = (snapshot.version, as_of, "extra")
            task = _begun(self._plans, key, PLANNED, self._planning, lambda: seen.result().extra_quota())
        return _there(task)

    def forecast_record(self, snapshot: Snapshot, as_of: date, held: Sequence[Meeting]) -> ForecastRecord | None:
        """What was foreseen on days gone by, those of the meetings among them, and what came by `as_of`."""
        with self._turn:
            seen = self._foresee(snapshot, as_of)
            key = (snapshot.version, as_of, *(meeting.id for meeting in held))
            task = _begun(
                self._records, key, RECORDS, self._looking_back, lambda: self._look_back(snapshot, seen.result(), held)
            )
        return _there(task)

    def is_foreseen(self, numbers: Numbers) -> bool:
        """Whether what is to come from a meeting's numbers has been figured; if not, that is begun."""
        if not numbers.is_foreseen:
            with self._turn:
                task = self._meetings.get(numbers)
                if task is None:
                    task = self._meetings[numbers] = self._planning.submit(lambda: numbers.weekly_plan)
            _there(task)
        return numbers.is_foreseen

    def _foresee(self, snapshot: Snapshot, as_of: date) -> Future[Foresight]:
        key = (snapshot.version, as_of)
        return _begun(self._foreseen, key, FORESEEN, self._foreseeing, lambda: foresee(snapshot, as_of))

    def _look_back(self, snapshot: Snapshot, seen: Foresight, held: Sequence[Meeting]) -> ForecastRecord:
        last = seen.reported_by_all()
        found = looks(held, snapshot.counting["received_at"], last)
        for look in found:
            if look not in self._looked:  # what was known at a moment gone by never changes
                contents = self._read(look.known_at)
                self._looked[look] = looked(snapshots.take(contents, programme(), known_at=look.known_at), look)
        return record(snapshot, last, [self._looked[look] for look in found])


def _begun(
    tasks: Tasks, key: tuple[object, ...], most: int, thread: ThreadPoolExecutor, make: Callable[[], Made]
) -> Future[Made]:
    """The task of that key, begun if it is new; the oldest go where there are too many."""
    if key not in tasks:
        while len(tasks) >= most:
            tasks.pop(next(iter(tasks)))
        tasks[key] = thread.submit(make)
    return tasks[key]


def _there(task: Future[Made]) -> Made | None:
    return task.result() if task.done() else None
