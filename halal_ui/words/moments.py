"""Moments, as an address and as the office writes them. Naive, in the office's time zone, as the store gives them."""

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from halal_ui.words.formats import MISSING, fmt_date, is_missing

ZONES: Final = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def fmt_moment(value: Any, *, time_zone: str) -> str:
    """
    A moment in words; its seconds only where it has some.

    >>> fmt_moment("2025-06-04T10:00", time_zone="Asia/Makassar"), fmt_moment(None, time_zone="UTC")
    ('4 Juni 2025 pukul 10.00 WITA', '–')
    >>> fmt_moment("2025-06-04T10:00:07.25", time_zone="UTC")
    '4 Juni 2025 pukul 10.00.07 UTC'
    """
    if is_missing(value):
        return MISSING
    moment = pd.Timestamp(value)
    seconds = f".{moment.second:02}" if moment.second or moment.microsecond else ""
    return f"{fmt_date(moment)} pukul {moment:%H.%M}{seconds} {ZONES.get(time_zone, time_zone)}"


def to_address(moment: pd.Timestamp) -> str:
    """
    >>> to_address(pd.Timestamp("2025-06-04 10:00")), to_address(pd.Timestamp("2025-06-04 10:00:07.25"))
    ('2025-06-04T10:00', '2025-06-04T10:00:07.250000')
    """
    return moment.isoformat(timespec="microseconds" if moment.second or moment.microsecond else "minutes")


def from_address(written: str, *, now: datetime, time_zone: str) -> pd.Timestamp | None:
    """
    The past moment an address means; None for what is no moment, or has not come yet (`now`: naive, office time).

    >>> def understood(text):
    ...     return from_address(text, now=datetime(2025, 6, 4, 12), time_zone="Asia/Makassar")
    >>> understood("2025-06-04T10:00"), understood("2025-06-04T03:00+00:00")
    (Timestamp('2025-06-04 10:00:00'), Timestamp('2025-06-04 11:00:00'))
    >>> understood("2025-06-04T13:00"), understood("kemarin"), understood("2025-02-30")
    (None, None, None)

    A date alone is its whole day.

    >>> understood("2025-06-03")
    Timestamp('2025-06-03 23:59:59.999999')
    """
    try:
        moment = datetime.fromisoformat(written.strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
        if _is_date(written):
            moment = moment.replace(hour=23, minute=59, second=59, microsecond=999999)
        return pd.Timestamp(moment) if moment <= now else None
    except (ValueError, OverflowError):
        return None


def _is_date(written: str) -> bool:
    try:
        date.fromisoformat(written.strip())
    except ValueError:
        return False
    return True
