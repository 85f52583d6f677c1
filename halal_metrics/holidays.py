"""The pinned list of days off."""

from pathlib import Path

import pandas as pd

HOLIDAYS = Path(__file__).parents[1] / "data" / "holidays.csv"


def read_holidays(path: Path = HOLIDAYS) -> pd.DataFrame:
    """
    The days off of a file with the columns `date` (ISO), `name`, `category`.

    >>> read_holidays().columns.tolist()
    ['date', 'name', 'category']
    """
    return pd.read_csv(path, parse_dates=["date"], date_format="%Y-%m-%d")
