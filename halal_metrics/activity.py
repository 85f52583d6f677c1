"""Who is at work: pendamping with submissions, and institutions gone quiet."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import dimensions, group
from halal_metrics.counting.totals import day
from halal_metrics.schema import COUNT, DATE, STATED, TEXT, conform

ACTIVE_DAYS: Final = 30
"""A pendamping is active with at least one submission in so many days. Of those registered nearly half never submit
(46% of 3.564 in one LP3H's registry), so being registered says nothing."""

ACTIVITY: Final = {"date": DATE, "kab_kota": TEXT, "lp3h": TEXT, "p3h": TEXT, "submitted": COUNT}


def activity(applications: pd.DataFrame) -> pd.DataFrame:
    """
    Submissions per day, place, institution and pendamping: `date, kab_kota, lp3h, p3h, submitted`.

    >>> activity(pd.DataFrame({"p3h": ["Ani", "Ani", "Budi"], "status": ["issued", "rejected", "draft"],
    ...                        "submitted_date": pd.to_datetime(["2025-05-02"] * 3)}))
            date kab_kota lp3h  p3h  submitted
    0 2025-05-02      NaN  NaN  Ani          2

    What left later was work all the same and counts; drafts and applications without a submission date do not.
    """
    rows = conform(applications, {"submitted_date": DATE, "kab_kota": TEXT, "lp3h": TEXT, "p3h": TEXT, "status": TEXT})
    rows = rows[rows["submitted_date"].notna() & (rows["status"] != "draft")]
    keys = ["submitted_date", "kab_kota", "lp3h", "p3h"]
    counted = rows.groupby(keys, dropna=False).size().reset_index(name="submitted")
    return conform(counted.rename(columns={"submitted_date": "date"}), ACTIVITY)


def active_p3h(
    activity: pd.DataFrame, *, by: str | Iterable[str] = ("lp3h",), as_of, days: int = ACTIVE_DAYS
) -> pd.DataFrame:
    """
    Per group the pendamping with a submission in the last `days` days, and what they submitted.

    >>> done = activity(pd.DataFrame({"lp3h": "PWI Kaltim", "p3h": ["Ani", "Ani", "Budi"], "status": "submitted",
    ...                               "submitted_date": pd.to_datetime(["2025-05-20", "2025-05-21", "2025-03-01"])}))
    >>> active_p3h(done, as_of="2025-06-04").astype(str).squeeze().tolist()
    ['PWI Kaltim', '1', '2', '2.0', '2025-05-21', '14']

    `active_p3h` counts names within an institution; `submitted` the submissions of the window, unnamed pendamping
    included; `submitted_per_p3h` those of named ones ÷ active_p3h, missing where none is active;
    `last_submitted_date` and `quiet_days` (days since then) up to as_of, missing where there was none.
    """
    columns = dimensions(by)
    groups = group([activity], columns)
    today = pd.Timestamp(np.datetime64(day(as_of), "D"))
    rows = activity.assign(group=groups.rows[0])[activity["date"] <= today]
    last = rows.groupby("group")["date"].max().reindex(range(len(groups)))
    recent = rows[rows["date"] > today - pd.Timedelta(days=days)]
    named = recent[recent["p3h"].notna()]

    submitted = _submitted(recent, len(groups))
    by_named = _submitted(named, len(groups))
    names = named.drop_duplicates(["group", "lp3h", "p3h"]).groupby("group").size()
    active = names.reindex(range(len(groups)), fill_value=0).to_numpy()
    return groups.frame(
        {
            "active_p3h": active,
            "submitted": submitted,
            "submitted_per_p3h": by_named / pd.Series(active, dtype=float).replace(0, np.nan).to_numpy(),
            "last_submitted_date": last.to_numpy(),
            "quiet_days": (today - last).dt.days.astype(STATED).array,
        }
    )


def _submitted(rows: pd.DataFrame, size: int) -> np.ndarray:
    return rows.groupby("group")["submitted"].sum().reindex(range(size), fill_value=0).to_numpy()
