"""Who holds the gap, and who starts well or finishes well."""

import numpy as np
import pandas as pd

from halal_metrics.counting.groups import DIMENSIONS
from halal_metrics.counting.totals import ratio
from halal_metrics.schema import TEXT


def shortfall(gaps: pd.DataFrame) -> pd.DataFrame:
    """
    What each group of `deadline_gaps` lacks of its plan, largest first: `shortfall, share, cumulative_share`.

    >>> shortfall(pd.DataFrame({"kab_kota": ["Kota Bontang", "Kabupaten Berau"], "gap": [5.0, -30.0]}))
              kab_kota  shortfall  share  cumulative_share
    0  Kabupaten Berau       30.0    1.0               1.0
    1     Kota Bontang        0.0    0.0               1.0

    shortfall counts applications behind plan, 0 where a group is ahead: one group's lead mends no other's lag. Shares
    are of the sum, missing where nothing is lacking.
    """
    lacking = np.maximum(-gaps["gap"].to_numpy(float), 0.0)
    held = gaps[[name for name in DIMENSIONS if name in gaps]].assign(shortfall=lacking)
    held = held.sort_values("shortfall", ascending=False, kind="stable", ignore_index=True)
    share = ratio(held["shortfall"].to_numpy(), np.full(len(held), lacking.sum()))
    return held.assign(share=share, cumulative_share=share.cumsum())


def start_finish(absorption: pd.DataFrame) -> pd.DataFrame:
    """
    The rows of `absorption` with `start` and `finish`: "many" or "few", against the whole of the table.

    >>> table = pd.DataFrame({"quota": [10, 10], "used": [9, 3], "issued": [1, 2],
    ...                       "absorption_rate": [0.9, 0.3], "conversion_rate": [1 / 9, 2 / 3]})
    >>> start_finish(table)[["start", "finish"]].to_numpy().tolist()
    [['many', 'few'], ['few', 'many']]

    Many start where absorption_rate is at least that of the whole, many finish where conversion_rate is. Missing where
    the rate is.
    """
    quota, used, issued = (absorption[name].sum() for name in ("quota", "used", "issued"))
    whole = ratio(np.array([used, issued]), np.array([quota, used]))
    return absorption.assign(
        start=_many(absorption["absorption_rate"], whole[0]),
        finish=_many(absorption["conversion_rate"], whole[1]),
    )


def _many(rate: pd.Series, whole: float) -> pd.Series:
    named = pd.Series(np.where(rate >= whole, "many", "few"), rate.index, dtype=TEXT)
    return named.where(rate.notna())
