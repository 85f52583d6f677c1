"""Dates as people and programs write them: Excel's own, ISO, 31/05/2025, 31-5-25, "Sabtu, 31 Mei 2025"."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics.personal import without_nik
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.said.sentences import SENTENCES
from halal_metrics.sheets.values.cells import NOTHING_WORDS, Distinct
from halal_metrics.sheets.values.date_orders import Ordered, date_of, in_other_orders, is_within, order_of, plausible
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

_Day = dt.date | None


def read_dates(
    values: pa.LargeStringArray, since: _Day = None, until: _Day = None, received: _Day = None
) -> tuple[np.ndarray, list[Finding]]:
    """
    The column as datetime64[us] at midnight, and what could not be read.

    Day before month or month before day is decided for the column from the values that cannot be otherwise, for each
    notation (separator, with or without a time) first: a column pasted together from two programs holds both. Where
    nothing decides, day first. A date that can only be read the other way round is read so, and said; an impossible one
    is missing; where both orders occur each date that could be either is said. A time of day and its zone are left out:
    the day is the one written.

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
    month_first, undecided, torn = order_of([entry for entry in parsed if isinstance(entry, Ordered)])
    dates = [
        (entry.date(month_first=month_first[entry.notation]) or entry.date(month_first=not month_first[entry.notation]))
        if isinstance(entry, Ordered)
        else entry
        for entry in parsed
    ]
    mixed = [
        isinstance(entry, Ordered) and entry.date(month_first=month_first[entry.notation]) is None and date is not None
        for entry, date in zip(parsed, dates, strict=True)
    ]
    outside = [date is not None and not is_within(date, since, until) for date in dates]
    last = min(filter(None, (until, received)), default=None)
    beyond = [date is not None and not is_within(date, since, last) for date in dates]
    ordered = {place: entry for place, entry in enumerate(parsed) if isinstance(entry, Ordered)}
    instead = in_other_orders(ordered, outside, since, until) | in_other_orders(ordered, beyond, since, last)
    nothing = {value for value in distinct.values if value.lower() in _NOTHING}
    findings = maybe_swapped(distinct, dates, beyond, lambda date: is_within(date, since, last))
    if undecided and not instead:
        findings.append(Finding("date_order_assumed"))
    if any(mixed):
        findings.append(Finding("date_order_mixed", *distinct.where(lambda place: mixed[place])))
    if instead:
        findings.append(_two_readings("date_order_other", distinct, instead, dates))
        dates = [instead.get(place, date) for place, date in enumerate(dates)]
    if unsure := {place: entry for place, entry in ordered.items() if entry.notation in torn and entry.is_either}:
        read = {place: date for place in unsure.keys() - instead.keys() if (date := dates[place])}
        others = [unsure[place].date(month_first=not month_first[unsure[place].notation]) for place in read]
        findings.append(_two_readings("date_order_unsure", distinct, read, dict(zip(read, others, strict=True))))
    at, raw = distinct.where(lambda place: outside[place] and place not in instead)
    if len(at):
        findings.append(Finding("date_outside", at, raw))
    at, raw = distinct.where(lambda place: dates[place] is None and distinct.values[place] not in nothing)
    if len(at):
        findings.append(Finding("date_impossible", at, raw))
    return distinct.spread(np.array(dates, "datetime64[us]"), np.datetime64("NaT", "us")), findings


def _two_readings(
    code: str, distinct: Distinct, read: Mapping[int, dt.date], others: Mapping[int, dt.date | None]
) -> Finding:
    """How each value is read, and how else it can be; nothing of those that can only be read so."""
    differs = {place: date for place, date in read.items() if date != others[place]}
    said = {}
    for place, date in differs.items():
        other, text = others[place], distinct.values[place]
        said[text] = SENTENCES[code][1].format(
            value=without_nik(text), read=f"{date:%d/%m/%Y}", other=f"{other:%d/%m/%Y}" if other else "mustahil"
        )
    at, raw = distinct.where(lambda place: place in differs)
    return Finding(code, at, raw, sentences=[said[text] for text in raw])


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
    dates = (entry.date(month_first=False) if isinstance(entry, Ordered) else entry for entry in parsed)
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
    found = [entry.by(order) for order in ("dmy", "mdy")] if isinstance(entry, Ordered) else [entry, swapped(text)]
    return [day for day in dict.fromkeys(found) if day]


def _parse(value: str) -> dt.date | Ordered | None:
    text = value.lower()
    day = re.sub(_TIME, "", text).strip(" ,")
    if not day[:1].isdigit():
        day = day[found.end() :] if (found := _BEFORE.match(day)) else day
    if found := _YEAR_FIRST.fullmatch(day) or _DIGITS.fullmatch(day):
        return date_of(*map(int, found.groups()))
    if found := _YEAR_LAST.fullmatch(day):
        first, separator, second, year = found.groups()
        notation = separator + ("t" if day != text else "")
        return Ordered(int(first), int(second), int(year), notation)
    if found := _SERIAL.fullmatch(day):
        return plausible(_EXCEL_DAY_0 + dt.timedelta(days=int(found[1])))
    if found := _NAMED.fullmatch(day):
        return date_of(_year(found[3]), MONTHS.get(found[2], 0), int(found[1]))
    if found := _NAMED_US.fullmatch(day):
        return date_of(int(found[3]), MONTHS.get(found[1], 0), int(found[2]))
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
