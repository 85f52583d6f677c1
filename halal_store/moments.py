"""Moments: kept in UTC, told in the store's time zone."""

from datetime import tzinfo
from time import timezone, tzname
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from dateutil.tz import tzlocal


class Clock:
    """
    The clock on a store's wall. `time_zone` like "Asia/Makassar"; None is the machine's.

    >>> clock = Clock("Asia/Makassar")
    >>> clock.utc("2025-06-04 09:00"), clock.local(pd.Timestamp("2025-06-04 01:00", tz="UTC"))
    (Timestamp('2025-06-04 01:00:00+0000', tz='UTC'), Timestamp('2025-06-04 09:00:00'))
    """

    def __init__(self, time_zone: str | None = None) -> None:
        self.zone: tzinfo = ZoneInfo(time_zone) if time_zone else tzlocal()
        self.name = time_zone or f"{tzname} {timezone}"

    def now(self) -> pd.Timestamp:
        """This moment, in UTC, to the microsecond."""
        return pd.Timestamp.now("UTC").floor("us").as_unit("us")

    def utc(self, moment: Any) -> pd.Timestamp:
        """A moment in UTC. One without a zone is in the store's; of a twofold hour it is the first."""
        stamp = pd.Timestamp(moment)
        if stamp is pd.NaT:
            raise ValueError("a moment is missing: the log could not put it in order")
        if stamp.tzinfo is None:
            stamp = stamp.tz_localize(self.zone, ambiguous=True, nonexistent="shift_forward")
        return stamp.tz_convert("UTC").floor("us").as_unit("us")

    def local(self, moment: pd.Timestamp) -> pd.Timestamp:
        """A UTC moment as this clock shows it, without a zone."""
        return moment.tz_convert(self.zone).tz_localize(None).as_unit("us")

    def written(self, moment: pd.Timestamp) -> str:
        """A UTC moment as a sentence gives it."""
        return f"{self.local(moment):%d-%m-%Y %H:%M:%S}"

    def column(self, moments: list[pd.Timestamp | None]) -> pd.Series:
        """Moments as a column of naive datetime64[us]; None is missing."""
        utc = pd.Series(pd.to_datetime(pd.Series(moments, dtype="object"), utc=True))
        return utc.dt.tz_convert(self.zone).dt.tz_localize(None).astype("datetime64[us]")
