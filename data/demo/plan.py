"""The frame of the demonstration: the public record, working days, and what was allotted to whom."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

import words

SEED = 20250604

START = date(2025, 2, 20)
MEETING = date(2025, 6, 4)
USED_AT_MEETING, ISSUED_AT_MEETING = 320, 58
YEAR_END = date(2025, 12, 12)
ISSUED_AT_YEAR_END = 780

# The demonstration's own list, so that editing the office's calendar does not rewrite its history.
DAYS_OFF = (
    "03-28 03-31 04-01 04-02 04-03 04-04 04-07 04-18 05-01 05-12 05-13 05-29 05-30 06-06 06-09 06-27 "
    "08-18 09-05 12-25 12-26"
)
WORKDAYS = [
    day
    for day in (START + timedelta(days=n) for n in range(315))
    if day.weekday() < 5 and f"{day:%m-%d}" not in DAYS_OFF
]


def workdays(first: date, last: date) -> list[date]:
    """The working days from first to last, both ends included."""
    return WORKDAYS[bisect_left(WORKDAYS, first) : bisect_right(WORKDAYS, last)]


def later(day: date, working_days: int) -> date:
    """So many working days after this day (before it, where negative), within the year."""
    place = bisect_right(WORKDAYS, day) - 1 + working_days
    return WORKDAYS[min(max(place, 0), len(WORKDAYS) - 1)]


UNMUL = "Halal Center Universitas Mulawarman"
UINSI = "LP3H UINSI Samarinda"
AL_RAUDAH = "LP3H Al-Raudah (Kukar)"
ITK = "LP3H Institut Teknologi Kalimantan"

PASER, KUKAR, BERAU, KUBAR, KUTIM, PPU, MAHULU, BALIKPAPAN, SAMARINDA, BONTANG = words.KECAMATAN


@dataclass(frozen=True)
class Cell:
    """One kab/kota at one LP3H: its quota in both plans, what it had used at the meeting, its pendamping."""

    kab_kota: str
    lp3h: str
    first_quota: int
    second_quota: int
    used_at_meeting: int
    pendamping: int


CELLS = [
    Cell(PASER, UNMUL, 60, 35, 9, 2),
    Cell(PASER, UINSI, 0, 25, 0, 1),
    Cell(PASER, ITK, 50, 40, 13, 1),
    Cell(KUKAR, UNMUL, 50, 35, 14, 3),
    Cell(KUKAR, UINSI, 0, 30, 0, 2),
    Cell(KUKAR, AL_RAUDAH, 90, 80, 36, 4),
    Cell(BERAU, UNMUL, 100, 55, 6, 7),
    Cell(BERAU, UINSI, 0, 45, 0, 6),
    Cell(KUBAR, UNMUL, 40, 30, 6, 2),
    Cell(KUBAR, UINSI, 0, 20, 0, 1),
    Cell(KUBAR, AL_RAUDAH, 0, 15, 2, 1),
    Cell(KUTIM, UNMUL, 75, 75, 70, 5),
    Cell(KUTIM, UINSI, 25, 25, 18, 2),
    Cell(PPU, UNMUL, 0, 20, 0, 1),
    Cell(PPU, UINSI, 30, 20, 7, 1),
    Cell(PPU, ITK, 60, 50, 15, 1),
    Cell(MAHULU, UNMUL, 0, 20, 3, 1),
    Cell(MAHULU, UINSI, 0, 10, 0, 1),
    Cell(BALIKPAPAN, UNMUL, 0, 35, 0, 2),
    Cell(BALIKPAPAN, UINSI, 50, 30, 15, 2),
    Cell(BALIKPAPAN, ITK, 75, 70, 26, 2),
    Cell(SAMARINDA, UNMUL, 75, 70, 41, 5),
    Cell(SAMARINDA, UINSI, 70, 65, 17, 4),
    Cell(SAMARINDA, AL_RAUDAH, 0, 20, 0, 2),
    Cell(BONTANG, UNMUL, 50, 50, 15, 3),
    Cell(BONTANG, UINSI, 30, 30, 7, 2),
]
UNDIVIDED = {KUBAR: 40, MAHULU: 30}  # of the first plan: no LP3H chosen yet
OVERSHOT = {(BONTANG, UINSI): 1, (KUBAR, AL_RAUDAH): -1}  # one slot too many here, one left open there

FIRST_TARGET = date(2025, 5, 31)
SECOND_PLAN = date(2025, 6, 5)  # decided at the meeting, in force from the day after
SECOND_TARGET, FAR_TARGET = date(2025, 9, 30), date(2025, 12, 15)
FAR = (BERAU, KUBAR, MAHULU)
