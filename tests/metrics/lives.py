"""Single applications and recaps, and what `progress` counts of them, for tests to name."""

import datetime as dt

import oracle
from programmes import APPLICATIONS, PROGRESS, RECAPS, frame, rows

import halal_metrics as hm

KEYS = ["date", "kab_kota", "lp3h", "stage"]
NO_DATES = dict.fromkeys(oracle.APPLICATION_DATES)


def counts(table):
    """{(date, kab_kota, lp3h, stage): count} of a progress frame, checked to be one."""
    assert dict(table.dtypes.astype(str)) == PROGRESS
    assert list(table.columns) == list(PROGRESS)
    return {key: row["count"] for key, row in rows(table, KEYS).items()}


def progress(applied, stated=()):
    return counts(hm.progress(frame(applied, APPLICATIONS), recaps=frame(stated, RECAPS)))


def application(status, **dates):
    return {
        "kab_kota": "Kota Bontang",
        "lp3h": "PWI Kaltim",
        "p3h": None,
        "status": status,
        **NO_DATES,
        **dates,
    }


def recap(statement_date, **stated):
    return {
        "statement_date": statement_date,
        "kab_kota": "Kota Bontang",
        "lp3h": "PWI Kaltim",
        **dict.fromkeys(oracle.STAGES),
        **stated,
    }


def by_stage(table):
    """{stage: [(date, count), …]} of a frame of one cell."""
    found = {}
    for (date, _, _, stage), count in sorted(counts(table).items(), key=str):
        found.setdefault(stage, []).append((date, count))
    return found


MARCH, APRIL, MAY, JUNE = (dt.date(2025, month, 10) for month in (3, 4, 5, 6))
