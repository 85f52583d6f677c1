"""True dates whose day and month a program has swapped: it took 03/06 for 6 March, and left 13/05 as text."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.said.sentences import SENTENCES
from halal_metrics.sheets.values.cells import Distinct

_TRUE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
_DAY_TEXT: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}\b.*")
_MANY_TRUE, _MANY_TEXTS = 4, 2
"""Dates that tell a swap by their looks alone: all true ones with a day that can be a month, all texts without."""


def swapped(text: str) -> dt.date | None:
    """
    A true date with day and month the other way round; None where that is none, or the same.

    >>> swapped("2025-12-05"), swapped("2025-05-13"), swapped("2025-05-05")
    (datetime.date(2025, 5, 12), None, None)
    """
    found = _TRUE.fullmatch(text)
    year, month, day = map(int, found.groups()) if found else (0, 0, 0)
    return dt.date(year, day, month) if year and 0 < month != day and 0 < day <= 12 else None


def maybe_swapped(
    distinct: Distinct, dates: list[dt.date | None], beyond: list[bool], fits: Callable[[dt.date], bool]
) -> list[Finding]:
    """
    All true dates of a column that can be swapped, where one of them proves it: it is `beyond`, and swapped all fit.

    One with a day above 12 shows that nothing was swapped. Without a proof many that look like it are said too, and any
    beside texts that have the month first.
    """
    others = {place: day for place, text in enumerate(distinct.values) if (day := swapped(text))}
    true = [place for place, text in enumerate(distinct.values) if _TRUE.fullmatch(text) and dates[place]]
    if not others or any(_day(dates[place]) > 12 for place in true) or not all(map(fits, others.values())):
        return []
    if not any(beyond[place] for place in others) and not _looks_swapped(distinct.values, len(others)):
        return []
    at, raw = distinct.where(lambda place: place in others)
    told = {
        distinct.values[place]: SENTENCES["date_maybe_swapped"][1].format(
            value=f"{dates[place]:%d/%m/%Y}", other=f"{day:%d/%m/%Y}"
        )
        for place, day in others.items()
    }
    return [Finding("date_maybe_swapped", at, raw, sentences=[told[text] for text in raw])]


def _looks_swapped(texts: list[str], true: int) -> bool:
    written = [(int(found[1]), int(found[2])) for text in texts if (found := _DAY_TEXT.fullmatch(text))]
    if all(first > 12 >= second for first, second in written):
        return true >= _MANY_TRUE and len(written) >= _MANY_TEXTS
    # nobody here writes the month first: what a program wrote so, another has read the other way round where it could
    return all(first <= 12 < second for first, second in written)


def _day(date: dt.date | None) -> int:
    return date.day if date else 0
