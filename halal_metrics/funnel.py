"""From quota to certificate, step by step."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.groups import text
from halal_metrics.counting.totals import allotted, ratio, tally
from halal_metrics.schema import STAGES

STEPS = ("quota", *STAGES)


def funnel(
    quotas: pd.DataFrame, progress: pd.DataFrame, *, by: str | Iterable[str] = ("kab_kota",), as_of
) -> pd.DataFrame:
    """
    For each group one row a step: `stage` in quota and the five stages, `reached, waiting, share_of_quota, step_rate`.

    >>> quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "quota": [10]})
    >>> progress = pd.DataFrame(
    ...     {"date": pd.to_datetime(["2025-05-01"] * 2), "kab_kota": ["Kota Bontang"] * 2,
    ...      "stage": ["submitted", "verified"], "count": [8, 6]})
    >>> funnel(quotas, progress, by=(), as_of="2025-06-04").head(3)
           stage  reached  waiting  share_of_quota  step_rate
    0      quota       10        2             1.0        NaN
    1  submitted        8        2             0.8       0.80
    2   verified        6        6             0.6       0.75

    waiting = reached here and not at the next step: 0 at issued, negative at quota where it was overshot. step_rate =
    reached ÷ reached at the step before, missing for quota. Rates are missing where the denominator is zero.
    """
    counts = cumulative(progress)
    groups = tally([quotas, counts.cells], by)
    quota = allotted(groups, quotas)
    steps = np.column_stack([quota, counts.reached(groups, as_of=as_of)])
    waiting = steps.copy()
    waiting[:, :-1] -= steps[:, 1:]
    waiting[:, -1] = 0
    before = np.column_stack([np.zeros_like(quota), steps[:, :-1]])
    stage = np.tile(np.arange(len(STEPS)), len(groups))
    return groups.frame(
        {
            "stage": text(np.array(STEPS, object), stage).array,
            "reached": steps.ravel(),
            "waiting": waiting.ravel(),
            "share_of_quota": ratio(steps.ravel(), np.repeat(quota, len(STEPS))),
            "step_rate": ratio(steps.ravel(), before.ravel()),
        },
        repeat=len(STEPS),
    )
