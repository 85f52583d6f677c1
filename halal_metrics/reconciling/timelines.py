"""Where each application stood on any day, row by row, by the rules of `progress`."""

from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics import places
from halal_metrics.counting.totals import EARLIEST, day_numbers
from halal_metrics.duplicates import identify
from halal_metrics.progress import progress
from halal_metrics.schema import APPLICATIONS, LEFT, SOURCE, STAGE_DATES, STAGES, STATED, conform

NEVER: Final = 1 << 40
"""A day that does not come."""

_ROWS: Final = APPLICATIONS | {name: STATED if name == "source_row" else dtype for name, dtype in SOURCE.items()}


class Timelines:
    """
    Applications with the days, since 1970, on which they did what: `reached`, rows × STAGES, and `left`. NEVER where
    they did not, and where nothing says when.
    """

    def __init__(self, applications: pd.DataFrame) -> None:
        self.rows = conform(applications, _ROWS)
        self.name = identify(self.rows)
        self.reached = _reached(self.rows)
        self.left = np.where(self.rows["status"].isin(LEFT), _said(self.rows, "exit_date"), NEVER)

    def __len__(self) -> int:
        return len(self.rows)

    def counted(self, day: int, stage: int) -> np.ndarray:
        """What each row adds to the count of a stage on a day: 1 or 0, and −1 where it left before it came."""
        came = self.reached[:, stage]
        return (came <= day).astype(np.int64) - ((self.left <= day) & (came != NEVER))

    def known(self, statements: pd.DataFrame | None) -> np.ndarray:
        """Rows × STAGES: the day of the first statement that has a row at a stage; before all days if unknown."""
        known = np.full(self.reached.shape, EARLIEST - 1)
        if statements is None or statements.empty or not len(self):
            return known
        stated = conform(statements, _ROWS)
        said = stated["statement_date"].notna().to_numpy()
        place = pd.Series(np.arange(len(self)), self.name).groupby(level=0).first()
        row = identify(stated).map(place).to_numpy(float)
        said = said & ~np.isnan(row)
        if not said.any():
            return known
        stated, row = stated[said].reset_index(drop=True), row[said].astype(np.int64)
        date = np.repeat(day_numbers(stated, "statement_date")[:, None], len(STAGES), axis=1)
        first = np.full(self.reached.shape, NEVER)
        np.minimum.at(first, row, np.where(_reached(stated) != NEVER, date, NEVER))
        return np.where(first == NEVER, known, first)

    @cached_property
    def addressed(self) -> pd.Series:
        """The kab_kota that the address, or the kecamatan, of each row names; missing where none is."""
        return places.find(self.rows["address"]).fillna(places.find(self.rows["kecamatan"]))


def _reached(rows: pd.DataFrame) -> np.ndarray:
    """Rows × STAGES: the day each reached it, as `progress` counts a table in which every row is a place of its own."""
    days = np.full((len(rows), len(STAGES)), NEVER)
    if rows.empty:
        return days
    own = pd.Categorical.from_codes(np.arange(len(rows)), pd.RangeIndex(len(rows)))
    stays = rows["status"].mask(rows["status"].isin(LEFT), "submitted")  # when they left is asked apart
    flows = progress(rows.assign(kab_kota=own, lp3h=None, status=stays)).dropna(subset="date")
    stage = flows["stage"].map({name: place for place, name in enumerate(STAGES)}).to_numpy(np.int64)
    days[flows["kab_kota"].astype("int64"), stage] = day_numbers(flows, "date")
    return days


def _said(rows: pd.DataFrame, column: str) -> np.ndarray:
    """The day in a column, else of the statement, else the latest in the table, else never."""
    columns = (*STAGE_DATES, "exit_date", "statement_date")
    latest = max((int(day_numbers(rows, name).max(initial=EARLIEST - 1)) for name in columns), default=EARLIEST - 1)
    day = day_numbers(rows, column)
    for other in (day_numbers(rows, "statement_date"), np.full(len(rows), latest), np.full(len(rows), NEVER)):
        day = np.where(day < EARLIEST, other, day)
    return day
