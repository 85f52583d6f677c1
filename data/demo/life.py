"""
What happened, as invented: every application's life from draft to certificate or exit.

The totals are the public record's: 320 used and 58 issued on 4 June 2025, 1.000 used and 780 issued on
12 December 2025 with the other 220 before the Komite Fatwa. What lies between is drawn from one seed.
"""

import random
from datetime import date, timedelta

from application import NEVER, Application
from plan import (
    AL_RAUDAH,
    BERAU,
    CELLS,
    ISSUED_AT_MEETING,
    ISSUED_AT_YEAR_END,
    ITK,
    KUBAR,
    KUTIM,
    MAHULU,
    MEETING,
    OVERSHOT,
    UINSI,
    UNMUL,
    YEAR_END,
    Cell,
    later,
    workdays,
)
from words import FAMILY, GIVEN, certificate_number, invent_business

FIRST_DAY, LAST_DAY = date(2025, 3, 3), date(2025, 11, 14)  # of submitting
AFTER_MEETING = later(MEETING, 1)

IN_PENDAMPINGAN_AT_BERAU = 62  # drafts on the day of the meeting
DECIDED_AT_MEETING = 73  # 58 of them issued
SLEEPERS = 26  # drafts nobody ever submits

# Who leaves, and whether before the meeting, across it, or wholly after it.
LEAVERS = {
    "GANTI": {"before": 0, "across": 20, "after": 14},  # replacing was decided at the meeting
    "OF900": {"before": 5, "across": 9, "after": 12},
    "OF290": {"before": 2, "across": 3, "after": 7},
}
TWINS = 7  # of the OF900 after the meeting: a business that had applied at another LP3H already

VERIFICATION_DAYS = {UNMUL: (5, 11), UINSI: (6, 12), AL_RAUDAH: (8, 17), ITK: (4, 9)}  # working days


def happened(rng: random.Random) -> list[Application]:
    """Every application of the programme, in the order of its registration number."""
    leavers = [(_leaver(rng, cell, kind, when), when) for cell, kind, when in _who_leaves(rng)]
    stayers = _stayers(rng, leavers)
    for application in stayers:
        _walk(rng, application)
    _sittings(rng, stayers)
    _after_year_end(stayers)
    everyone = stayers + [gone for gone, _ in leavers] + [_sleeper(rng) for _ in range(SLEEPERS)]
    _number(rng, everyone)
    _name(rng, everyone)
    return everyone


def _eagerness(cell: Cell, day: date) -> float:
    """How readily this cell submits on this day, relative to its other days."""
    month_day = (day.month, day.day)
    if cell.lp3h == AL_RAUDAH and (5, 5) < month_day < (7, 14):
        return 0  # went quiet
    if (cell.lp3h == UINSI and month_day < (4, 22)) or (cell.lp3h == ITK and month_day < (3, 20)):
        return 0  # started late
    if day <= MEETING:  # Ramadan, the weeks after Lebaran, then the run to the deadline
        steps = {(4, 17): 1, (4, 30): 1.6, (5, 9): 2.3, (5, 28): 3, (6, 4): 2}
        return next(weight for end, weight in steps.items() if month_day <= end)
    if cell.kab_kota == KUTIM:
        return 9 if month_day < (7, 25) else 0.2  # nearly full
    if cell.kab_kota in (MAHULU, KUBAR) and month_day < (7, 28):
        return 0.1  # far: travelled to in the dry months
    if cell.kab_kota == BERAU and not (6, 16) <= month_day < (10, 20):
        return 0
    if (9, 8) <= month_day <= (10, 3):
        return 1.6  # the run to the second target
    return 1 if month_day < (10, 6) else 0.8


def _draw_day(rng: random.Random, cell: Cell, first: date, last: date) -> date:
    days = workdays(first, last)
    return rng.choices(days, [_eagerness(cell, day) + 1e-9 for day in days])[0]


def _who_leaves(rng: random.Random) -> list[tuple[Cell, str, str]]:
    """Cell, how, and when, for every leaver. Where little was used, nobody leaves early."""
    early = [cell for cell in CELLS if cell.used_at_meeting > 6]
    chosen = []
    for kind, counts in LEAVERS.items():
        for when, count in counts.items():
            if when == "after":
                weights = {cell: cell.second_quota - cell.used_at_meeting for cell in CELLS}
            else:
                weights = {cell: cell.used_at_meeting for cell in early}
            cells = rng.choices(list(weights), list(weights.values()), k=count)
            chosen += [(cell, kind, when) for cell in cells]
    return chosen


def _leaver(rng: random.Random, cell: Cell, kind: str, when: str) -> Application:
    """An application that leaves. One that would leave before it could is drawn again."""
    first, last, exit_first, exit_last = {
        "before": (FIRST_DAY, date(2025, 5, 9), FIRST_DAY, date(2025, 6, 3)),
        "across": (FIRST_DAY, MEETING, date(2025, 6, 11), date(2025, 8, 15)),
        "after": (date(2025, 6, 17), date(2025, 8, 29), date(2025, 7, 1), date(2025, 10, 24)),
    }[when]
    while True:
        submitted = _draw_day(rng, cell, first, last)
        gone = Application(cell, max(later(submitted, -rng.randint(1, 8)), first), submitted, left_as=kind)
        gone.left = rng.choice(workdays(exit_first, exit_last))
        _walk(rng, gone)
        if kind != "OF290":  # only the fatwa rejects; the others are found out earlier
            gone.fatwa = NEVER
            gone.verified = gone.verified if rng.random() < 0.4 else NEVER
        reached = max(day for day in (gone.submitted, gone.verified, gone.fatwa) if day < NEVER)
        if later(reached, 5) <= gone.left:
            return gone


def _stayers(rng: random.Random, leavers: list[tuple[Application, str]]) -> list[Application]:
    """
    Those who stay fill each cell to its quota; who leaves after the meeting gives the slot to one of them.

    So a cell's use never passes its quota by more than OVERSHOT, and the meeting finds exactly
    `used_at_meeting`: those who stayed, and those who were yet to leave.
    """
    stayers = []
    for cell in CELLS:
        here = [(gone, when) for gone, when in leavers if gone.cell is cell]
        until_meeting = cell.used_at_meeting - sum(when == "across" for _, when in here)
        days = [_draw_day(rng, cell, FIRST_DAY, MEETING) for _ in range(until_meeting)]
        exits = [gone.left for gone, when in here if when != "before"]
        days += [_draw_day(rng, cell, later(left, 1), LAST_DAY) for left in exits]
        final = cell.second_quota + OVERSHOT.get((cell.kab_kota, cell.lp3h), 0)
        days += [_draw_day(rng, cell, AFTER_MEETING, LAST_DAY) for _ in range(final - len(days))]
        stayers += [Application(cell, later(day, -rng.randint(1, 8)), day) for day in days]
    at_berau = [a for a in stayers if a.cell.kab_kota == BERAU and a.submitted > MEETING]
    for place, application in enumerate(sorted(at_berau, key=lambda a: a.submitted)):
        if place < IN_PENDAMPINGAN_AT_BERAU:
            application.drafted = rng.choice(workdays(date(2025, 5, 5), date(2025, 6, 3)))
        else:
            application.drafted = max(application.drafted, AFTER_MEETING)
    return stayers


def _walk(rng: random.Random, application: Application) -> None:
    """Pendamping, LP3H, BPJPH: to the door of the Komite Fatwa, with returns on the way."""
    start = application.submitted
    if start < date(2025, 9, 20) and rng.random() < 0.13:
        # Three returns with the same note and SIHALAL cancels.
        for _ in range(3 if application.left_as == "OF900" else rng.choice((1, 1, 1, 2))):
            since = later(start, rng.randint(3, 8))
            until = later(since, rng.randint(4, 16))
            if until >= application.left:
                break
            application.returned.append((since, until, "OF280"))
            start = until
    # The last ones were hurried on: on 12 December all of them were before the Komite Fatwa.
    verified = later(start, rng.randint(*VERIFICATION_DAYS[application.cell.lp3h]))
    application.verified = min(verified, date(2025, 12, 5))
    sent = later(application.verified, rng.choice((1, 1, 2, 2, 3, 4, 5)))
    application.fatwa = min(sent, date(2025, 12, 10))
    if application.left == NEVER and application.fatwa < date(2025, 9, 26) and rng.random() < 0.05:
        since = later(application.fatwa, rng.randint(4, 9))
        application.returned.append((since, later(since, rng.randint(4, 16)), "OF285"))


def _sittings(rng: random.Random, stayers: list[Application]) -> None:
    """
    The Komite Fatwa sits on Tuesdays and Thursdays and decides by order of arrival, so many at a time that
    the two days of the public record come out; towards the end of the year its queue grows.
    """
    arrived = {id(a): max([a.fatwa, *(until for _, until, _ in a.returned)]) for a in stayers}
    queue = sorted(stayers, key=lambda a: arrived[id(a)] + timedelta(days=rng.randint(0, 9)))

    def sit(first: date, last: date, already: int, until: int, power: float = 1) -> None:
        days = [day for day in workdays(first, last) if day.weekday() in (1, 3)]
        for held, day in enumerate(days, start=1):
            places = already + round((until - already) * (held / len(days)) ** power)
            places -= sum(a.decided < NEVER for a in queue)
            ready = [a for a in queue if a.decided == NEVER and later(arrived[id(a)], 4) <= day]
            for application in ready[:places]:
                application.decided = day

    last_sitting = date(2025, 12, 4)
    sit(date(2025, 3, 20), later(MEETING, -1), 0, DECIDED_AT_MEETING, power=1.3)
    sit(later(MEETING, 2), last_sitting, DECIDED_AT_MEETING, ISSUED_AT_YEAR_END)
    sit(later(YEAR_END, 1), date(2025, 12, 19), ISSUED_AT_YEAR_END, ISSUED_AT_YEAR_END + 28)
    decided = sorted((a for a in stayers if a.decided < NEVER), key=lambda a: a.decided)
    for place, application in enumerate(decided):
        application.issued = later(application.decided, rng.choice((1, 1, 2, 2, 3, 4)))
        if place < ISSUED_AT_MEETING:
            application.issued = min(application.issued, MEETING)
        else:
            application.issued = max(application.issued, AFTER_MEETING)


def _after_year_end(stayers: list[Application]) -> None:
    """The numbers move on after 12 December: one rejected, two returned."""
    rejected, *returned = [a for a in stayers if a.decided == NEVER][:3]
    rejected.left, rejected.left_as = date(2025, 12, 16), "OF290"
    for application in returned:
        application.returned.append((date(2025, 12, 17), NEVER, "OF285"))


def _sleeper(rng: random.Random) -> Application:
    cell = rng.choice([cell for cell in CELLS if cell.kab_kota != BERAU])
    first = {UINSI: date(2025, 4, 21), ITK: date(2025, 3, 20)}.get(cell.lp3h, FIRST_DAY)
    return Application(cell, rng.choice(workdays(first, date(2025, 12, 10))))


def _number(rng: random.Random, everyone: list[Application]) -> None:
    """Registration numbers rise with the draft, certificate numbers with the day of issue."""
    everyone.sort(key=lambda a: (a.drafted, rng.random()))
    serial, reg_id = 312_000, 41_000
    for application in everyone:
        serial += rng.randint(20, 480)
        reg_id += rng.randint(3, 60)
        application.number, application.reg_id = f"SH2025-1-{serial}", str(reg_id)
        application.luck = rng.randrange(1000)
    running = 2_310_000
    for application in sorted((a for a in everyone if a.issued < NEVER), key=lambda a: (a.issued, a.number)):
        running += rng.randint(40, 900)
        application.certificate = certificate_number(running, application.issued)
    mistyped = next(a for a in everyone if a.cell.lp3h == UNMUL and a.submitted == date(2025, 5, 15))
    mistyped.written_first = date(2025, 5, 5)


def _name(rng: random.Random, everyone: list[Application]) -> None:
    """Who helps whom: the first pendamping of a cell carries most. And the same business at two LP3H."""
    names = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    rng.shuffle(names)
    team = {cell: [names.pop() for _ in range(cell.pendamping)] for cell in CELLS}
    for application in everyone:
        place = application.cell
        application.p3h = rng.choices(team[place], [1 / (n + 1) for n in range(place.pendamping)])[0]
        application.business = invent_business(rng, place.kab_kota)
    twins = [a for a in everyone if a.left_as == "OF900" and a.submitted > MEETING]
    for twin in twins[:TWINS]:
        elsewhere = [
            a
            for a in everyone
            if a.cell.kab_kota == twin.cell.kab_kota and a.cell.lp3h != twin.cell.lp3h and not a.left_as
            if a.submitted < twin.drafted
        ]
        twin.business, twin.reason = rng.choice(elsewhere).business, "twin"
    for application in everyone:
        if application.left_as == "OF900" and len(application.returned) == 3:
            application.reason = "thrice"
