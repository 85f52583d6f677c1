"""
Write holidays.csv beside this file: Indonesia's national holidays and collective leave, 2024-2027.

    python data/pin_holidays.py

The file is pinned so that a later version of the `holidays` package changes no past figure, and is meant to
be edited by hand as well: collective leave (cuti bersama) is decreed once a year, later than a package can
know it. Names that end in "(perkiraan)" are astronomical estimates. Running this script overwrites edits.
"""

import datetime as dt
from pathlib import Path

import holidays
import pandas as pd

YEARS = range(2024, 2028)
CATEGORIES = {"government": "collective_leave", "public": "national_holiday"}
MISSPELT = {"Pemilihan Unum": "Pemilihan Umum"}  # in the package's Indonesian text

# SKB Tiga Menteri 1497/2025, 2/2025 and 5/2025 (19 September 2025), which the package does not have yet:
# collective leave of 2026, Idul Fitri a day later than estimated; the other estimates hold.
DECREED = {
    "2026-02-16": ("Cuti Bersama Tahun Baru Imlek", "collective_leave"),
    "2026-03-18": ("Cuti Bersama Hari Suci Nyepi", "collective_leave"),
    "2026-03-20": ("Cuti Bersama Hari Raya Idul Fitri", "collective_leave"),
    "2026-03-21": ("Hari Raya Idul Fitri", "national_holiday"),
    "2026-03-22": ("Hari kedua dari Hari Raya Idul Fitri", "national_holiday"),
    "2026-03-23": ("Cuti Bersama Hari Raya Idul Fitri", "collective_leave"),
    "2026-03-24": ("Cuti Bersama Hari Raya Idul Fitri", "collective_leave"),
    "2026-05-15": ("Cuti Bersama Kenaikan Yesus Kristus", "collective_leave"),
    "2026-05-28": ("Cuti Bersama Hari Raya Idul Adha", "collective_leave"),
    "2026-12-24": ("Cuti Bersama Hari Raya Natal", "collective_leave"),
}
DECREED_YEAR = 2026


def pinned(years=YEARS) -> pd.DataFrame:
    """`date, name, category`, by date and one row a date: a day that is both is a national holiday."""
    days = {}
    for theirs, ours in CATEGORIES.items():  # national holidays last: they overrule
        found = holidays.country_holidays("ID", years=years, categories=(theirs,), language="id")
        days |= {date: (name, ours) for date, name in found.items()}
    if DECREED_YEAR in years:
        days |= {dt.date.fromisoformat(date): day for date, day in DECREED.items()}
    rows = [(date.isoformat(), name, category) for date, (name, category) in sorted(days.items())]
    table = pd.DataFrame(rows, columns=["date", "name", "category"]).replace({"name": MISSPELT}, regex=True)
    decreed = table["date"].str.startswith(str(DECREED_YEAR))
    table.loc[decreed, "name"] = table["name"].str.removesuffix(" (perkiraan)")
    return table


if __name__ == "__main__":
    pinned().to_csv(Path(__file__).with_name("holidays.csv"), index=False, lineterminator="\n")
