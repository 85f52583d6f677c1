"""What was foreseen on days gone by from what was known then, and what came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

import halal_metrics as hm
from halal_store import Meeting
from halal_ui.snapshot.foresight import foresee
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.scope import Scope

ENOUGH: Final = 6
"""Meetings of which a record may be made; with fewer, ends of months are looked back from too."""

MOST: Final = 12
"""Days that are looked back from: each takes a second or two."""

FORECAST: Final = ["date", "measure", "p10", "p50", "p90"]


@dataclass(frozen=True)
class Look:
    """A day from which it is looked ahead, the moment known then, and whether a meeting was held ("" : none)."""

    as_of: date
    known_at: pd.Timestamp
    meeting: str = ""


@dataclass(frozen=True, eq=False)
class Foreseen:
    """What was foreseen of the whole programme: `date, measure, p10, p50, p90`, a row a day; empty: `why_not`."""

    look: Look
    frame: pd.DataFrame
    why_not: str = ""


@dataclass(frozen=True, eq=False)
class ForecastRecord:
    """
    `looks` as they were, the earliest first. `pairs`: `as_of, date, measure, p10, p50, p90, truth, inside`, for each
    look the days of the later ones and `last`, the last day of which every LP3H has told.
    """

    name: str
    last: date
    looks: tuple[Foreseen, ...]
    pairs: pd.DataFrame

    def __repr__(self) -> str:
        return f"ForecastRecord({self.name})"


def looks(meetings: Iterable[Meeting], arrivals: pd.Series, last: date) -> list[Look]:
    """
    The days before `last` to look back from: those of the meetings and, where they are fewer than ENOUGH, the ends of
    the months in which something was known (`arrivals`: when each file was received); the latest MOST of them.
    """
    held = {}
    for meeting in meetings:
        day = meeting.as_of.date()
        if day < last and (day not in held or held[day].known_at < meeting.known_at):
            held[day] = Look(day, meeting.known_at, meeting.id)
    first = arrivals.min()
    if len(held) < ENOUGH and not pd.isna(first):
        for end in pd.date_range(first.normalize(), pd.Timestamp(last), freq="ME"):
            if end.date() < last:
                held.setdefault(end.date(), Look(end.date(), end + pd.Timedelta(days=1, microseconds=-1)))
    return sorted(held.values(), key=lambda look: look.as_of)[-MOST:]


def looked(then: Snapshot, look: Look) -> Foreseen:
    """What would have been foreseen. `then`: what was known at the look's moment."""
    ahead = foresee(then, look.as_of)
    if ahead.why_not or not ahead.quota:
        return Foreseen(look, pd.DataFrame(columns=FORECAST), ahead.why_not or "few")
    days = pd.date_range(look.as_of, ahead.until)
    return Foreseen(look, ahead.forecast(Scope(look.as_of), days)[FORECAST])


def record(now: Snapshot, last: date, foreseen: Sequence[Foreseen]) -> ForecastRecord:
    """What was foreseen beside what came, as it is known now."""
    days = [*(one.look.as_of for one in foreseen), last]
    parts = [_pairs(one, [day for day in days if day > one.look.as_of]) for one in foreseen if not one.why_not]
    pairs = pd.concat([part for part in parts if len(part)] or [pd.DataFrame(columns=["as_of", *FORECAST])])
    truth = _truth(now, days)
    pairs = pairs.merge(truth, on=["date", "measure"], how="left").reset_index(drop=True)
    inside = np.select([pairs["truth"] < pairs["p10"], pairs["truth"] > pairs["p90"]], ["below", "above"], "inside")
    pairs = pairs.assign(inside=pd.array(inside, dtype="str"))
    return ForecastRecord(f"{now.version} {last} {len(foreseen)}", last, tuple(foreseen), pairs)


def _pairs(foreseen: Foreseen, days: Sequence[date]) -> pd.DataFrame:
    found = foreseen.frame[foreseen.frame["date"].isin(pd.to_datetime(days))]
    return found.assign(as_of=pd.Timestamp(foreseen.look.as_of))[["as_of", *FORECAST]]


def _truth(now: Snapshot, days: Iterable[date]) -> pd.DataFrame:
    """`date, measure, truth` on each of the days, as absorption counts them."""
    rows = []
    for day in dict.fromkeys(days):
        row = hm.absorption(hm.plan(now.quotas, as_of=day), now.progress, by=(), as_of=day).iloc[0]
        rows += [(pd.Timestamp(day), measure, int(row[measure])) for measure in ("used", "issued")]
    frame = pd.DataFrame(rows, columns=["date", "measure", "truth"])
    return frame.astype({"date": "datetime64[us]", "measure": "str", "truth": "int64"})
