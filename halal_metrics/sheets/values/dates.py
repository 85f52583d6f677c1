"""Dates as people and programs write them: Excel's own, ISO, 31/05/2025, 31-5-25, "Sabtu, 31 Mei 2025"."""

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.personal import without_nik
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.said.sentences import SENTENCES
from halal_metrics.sheets.values.cells import NOTHING_WORDS, Distinct
from halal_metrics.sheets.values.swapped_days import maybe_swapped, swapped

MONTHS: Final = {
    spelling: month
    for month, spellings in enumerate(
        (
            "jan januari january",
            "feb peb februari pebruari february",
            "mar mrt maret march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "agu ags agt agus agst aug agustus august",
            "sep sept september",
            "okt oct oktober october",
            "nov nop november nopember",
            "des dec desember december",
        ),
        start=1,
    )
    for spelling in spellings.split()
}

WEEKDAYS: Final = (
    "senin selasa rabu kamis jumat jum'at jum’at sabtu minggu ahad "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun sen sel rab kam jum sab min"
).split()

YEARS: Final = range(2000, 2100)
"""Years a date of this programme can have: anything else is a slip of the pen and would stretch every time axis."""

_EXCEL_DAY_0: Final = dt.date(1899, 12, 30)
_MANY: Final = 5_000  # distinct values: more than that are times of day, which nobody needs here

_TIME: Final = r"(?:[Tt]| (?:pukul |jam )?)\s*\d{1,2}[:.]\d{2}.*$"
_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_NAMED: Final = re.compile(r"(\d{1,2})[\s./-]*([a-z]+)[\s.,'’/-]*(\d{4}|\d{2})")
_NAMED_US: Final = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_BEFORE: Final = re.compile(
    rf"(?:(?:tanggal|tgl|per)\b\.?:?\s*)?(?:(?:hari\s+)?(?:{'|'.join(WEEKDAYS)})\b\.?\s*[,/]?\s*)?"
)
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_DIGITS: Final = re.compile(r"(20\d\d)(\d\d)(\d\d)")

_ORDERS: Final = ("dmy", "mdy", "ymd")
_Day = dt.date | None


@dataclass(frozen=True)
class _Ordered:
    """Three numbers of which the first two are day and month, still to be told apart, and the last is the year."""

    first: int
    second: int
    last: int
    notation: str

    def date(self, *, month_first: bool) -> dt.date | None:
        return self.by("mdy" if month_first else "dmy")

    @property
    def kind(self) -> tuple[str, bool]:
        """How it is written: with which signs, and whether the last number can be nothing but a year."""
        return self.notation, self.last > 99

    def by(self, order: str) -> dt.date | None:
        """The date whose parts stand in this order, "ymd" for one with the year in front; None where there is none."""
        part = dict(zip(order, (self.first, self.second, self.last), strict=True))
        return _date(part["y"] if part["y"] > 99 else 2000 + part["y"], part["m"], part["d"])


def read_dates(
    values: pa.LargeStringArray, since: _Day = None, until: _Day = None, received: _Day = None
) -> tuple[np.ndarray, list[Finding]]:
    """
    The column as datetime64[us] at midnight, and what could not be read.

    Day before month or month before day is decided for the column from the values that cannot be otherwise, for each
    notation (separator, with or without a time) first: a column pasted together from two programs holds both. Where
    nothing decides, day first. A date that can only be read the other way round is read so, and said; an impossible one
    is missing. A time of day and its zone are left out: the day is the one written.

    A date before `since` or after `until` is said. Where another order, the year in front among them, brings all dates
    of a notation within, they are read in that order, and both readings are said; one after `received`, the day on
    which the file came, is reason enough to look for such an order.

    >>> raw = ["31/05/2025", "5/6/2025", "1 Juni 25", "2025-06-02", "45810", "31/02/2025"]
    >>> dates, findings = read_dates(pa.array(raw, pa.large_string()))
    >>> dates.astype("datetime64[D]").tolist()[:3]
    [datetime.date(2025, 5, 31), datetime.date(2025, 6, 5), datetime.date(2025, 6, 1)]
    >>> [(finding.code, finding.values) for finding in findings]
    [('date_impossible', ['31/02/2025'])]
    """
    distinct = Distinct(values)
    if len(distinct.values) > _MANY:
        distinct = Distinct(pc.replace_substring_regex(values, _TIME, " 00:00"))
    parsed = [_parse(value) for value in distinct.values]
    month_first, undecided = _order([entry for entry in parsed if isinstance(entry, _Ordered)])
    dates = [
        (entry.date(month_first=month_first[entry.notation]) or entry.date(month_first=not month_first[entry.notation]))
        if isinstance(entry, _Ordered)
        else entry
        for entry in parsed
    ]
    mixed = [
        isinstance(entry, _Ordered) and entry.date(month_first=month_first[entry.notation]) is None and date is not None
        for entry, date in zip(parsed, dates, strict=True)
    ]
    outside = [date is not None and not _within(date, since, until) for date in dates]
    last = min(filter(None, (until, received)), default=None)
    beyond = [date is not None and not _within(date, since, last) for date in dates]
    ordered = {place: entry for place, entry in enumerate(parsed) if isinstance(entry, _Ordered)}
    instead = _in_other_orders(ordered, outside, since, until) | _in_other_orders(ordered, beyond, since, last)
    nothing = {value for value in distinct.values if value.lower() in _NOTHING}
    findings = maybe_swapped(distinct, dates, beyond, lambda date: _within(date, since, last))
    if undecided and not instead:
        findings.append(Finding("date_order_assumed"))
    if any(mixed):
        findings.append(Finding("date_order_mixed", *distinct.where(lambda place: mixed[place])))
    if instead:
        findings.append(_two_readings(distinct, dates, instead))
        dates = [instead.get(place, date) for place, date in enumerate(dates)]
    at, raw = distinct.where(lambda place: outside[place] and place not in instead)
    if len(at):
        findings.append(Finding("date_outside", at, raw))
    at, raw = distinct.where(lambda place: dates[place] is None and distinct.values[place] not in nothing)
    if len(at):
        findings.append(Finding("date_impossible", at, raw))
    return distinct.spread(np.array(dates, "datetime64[us]"), np.datetime64("NaT", "us")), findings


def _within(date: dt.date, since: dt.date | None, until: dt.date | None) -> bool:
    return (since is None or since <= date) and (until is None or date <= until)


def _in_other_orders(
    entries: dict[int, _Ordered], outside: list[bool], since: dt.date | None, until: dt.date | None
) -> dict[int, dt.date]:
    """
    The dates of each notation with one outside, in the first order that brings all of them within; none where no order
    does. What is no date in any order says nothing.
    """
    found: dict[int, dt.date] = {}
    for notation in {entries[place].kind for place in entries if outside[place]}:
        of = [place for place, entry in entries.items() if entry.kind == notation and any(map(entry.by, _ORDERS))]
        for order in _ORDERS:
            dates = {place: date for place in of if (date := entries[place].by(order)) and _within(date, since, until)}
            if len(dates) == len(of):
                found |= dates
                break
    return found


def _two_readings(distinct: Distinct, dates: list[dt.date | None], instead: dict[int, dt.date]) -> Finding:
    differs = {place: date for place, date in instead.items() if date != dates[place]}
    said = {}
    for place, date in differs.items():
        before, text = dates[place], distinct.values[place]
        said[text] = SENTENCES["date_order_other"][1].format(
            value=without_nik(text), read=f"{date:%d/%m/%Y}", other=f"{before:%d/%m/%Y}" if before else "mustahil"
        )
    at, raw = distinct.where(lambda place: place in differs)
    return Finding("date_order_other", at, raw, sentences=[said[text] for text in raw])


_NOTHING: Final = {
    *NOTHING_WORDS, "belum", "belum ada", "belum terbit", "tidak ada", "nihil", "kosong", "proses",
    # an empty date of a database or of Excel
    "0", "00/00/0000", "00-00-0000", "0000-00-00", "0000-00-00 00:00:00", "00/01/1900", "1900-01-00",
    "1899-12-30", "1899-12-30 00:00:00", "1899-12-31", "1899-12-31 00:00:00", "1900-01-01", "1900-01-01 00:00:00",
}  # fmt: skip


_MONTH_NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_IN_TEXT: Final = re.compile(
    rf"(?<!\d)(?<!ke-)(?<!ke )(?:20\d\d-\d\d?-\d\d?|\d\d?\s*[-/.]\s*\d\d?\s*[-/.]\s*(?:20\d\d|\d\d)"
    rf"|\d\d?[\s./-]*(?:{_MONTH_NAMES})[\s.,/-]*(?:20\d\d|\d\d(?![\s./-]*(?:{_MONTH_NAMES}))))(?!\d)",
    re.IGNORECASE,
)  # of "20 Februari - 25 Mei 2025" 25 is no year


def is_date_alone(text: str) -> bool:
    """
    Whether a line says a date and nothing else.

    >>> is_date_alone("Rabu, 4 Juni 2025"), is_date_alone("Tahap 1 Juni 2025")
    (True, False)
    """
    rest = re.findall(r"[^\W_]+", _IN_TEXT.sub(" ", text.lower()))
    return bool(_IN_TEXT.search(text)) and set(rest) <= {*WEEKDAYS, "tanggal", "tgl"}


def find_dates(text: str) -> list[dt.date]:
    """
    Every date in running text, day first where it could be otherwise; a month alone is none.

    >>> find_dates("Periode 20 Februari - 31 Mei 2025, dicetak 04/06/2025; Juni 2025")
    [datetime.date(2025, 5, 31), datetime.date(2025, 6, 4)]
    """
    parsed = (_parse(found) for found in _IN_TEXT.findall(text))
    dates = (entry.date(month_first=False) if isinstance(entry, _Ordered) else entry for entry in parsed)
    return [date for date in dates if date]


def without_dates(text: str) -> str:
    """
    Running text without the dates that `find_dates` finds.

    >>> without_dates("Realisasi 31 Mei 2025 (PU)")
    'Realisasi   (PU)'
    """
    return _IN_TEXT.sub(" ", text)


def readings(text: str) -> list[dt.date]:
    """
    The dates that a text can be, day first and month first; one where only one of them is possible.

    >>> readings("6/10/2025"), readings("31 Mei 2025")
    ([datetime.date(2025, 10, 6), datetime.date(2025, 6, 10)], [datetime.date(2025, 5, 31)])
    """
    entry = _parse(text)
    found = [entry.by(order) for order in ("dmy", "mdy")] if isinstance(entry, _Ordered) else [entry, swapped(text)]
    return [day for day in dict.fromkeys(found) if day]


def _parse(value: str) -> dt.date | _Ordered | None:
    text = value.lower()
    day = re.sub(_TIME, "", text).strip(" ,")
    if not day[:1].isdigit():
        day = day[found.end() :] if (found := _BEFORE.match(day)) else day
    if found := _YEAR_FIRST.fullmatch(day) or _DIGITS.fullmatch(day):
        return _date(*map(int, found.groups()))
    if found := _YEAR_LAST.fullmatch(day):
        first, separator, second, year = found.groups()
        notation = separator + ("t" if day != text else "")
        return _Ordered(int(first), int(second), int(year), notation)
    if found := _SERIAL.fullmatch(day):
        return _plausible(_EXCEL_DAY_0 + dt.timedelta(days=int(found[1])))
    if found := _NAMED.fullmatch(day):
        return _date(_year(found[3]), MONTHS.get(found[2], 0), int(found[1]))
    if found := _NAMED_US.fullmatch(day):
        return _date(int(found[3]), MONTHS.get(found[1], 0), int(found[2]))
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return _plausible(dt.date(year, month, day))
    except ValueError:
        return None


def _plausible(date: dt.date) -> dt.date | None:
    return date if date.year in YEARS else None


def _order(entries: list[_Ordered]) -> tuple[dict[str, bool], bool]:
    """For each notation whether the month comes first; and whether any date was left to the rule "day first"."""
    votes: defaultdict[str, Counter] = defaultdict(Counter)
    for entry in entries:
        if (entry.first > 12) != (entry.second > 12):  # only one of them can be the month
            votes[entry.notation][entry.second > 12] += 1
    overall: Counter = sum(votes.values(), Counter())
    unanimous = next(iter(overall)) if len(overall) == 1 else None
    order, undecided = {}, False
    for notation in {entry.notation for entry in entries}:
        own = votes[notation]
        if len(own) == 1:
            order[notation] = next(iter(own))
        else:
            order[notation] = (own[True] > own[False]) if own else bool(unanimous)
        if len(own) > 1 or (not own and unanimous is None):
            undecided |= any(
                entry.notation == notation and entry.first != entry.second and max(entry.first, entry.second) <= 12
                for entry in entries
            )
    return order, undecided
