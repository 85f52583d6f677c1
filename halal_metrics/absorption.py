"""How much of the quota is used, and how much has become certificates."""

from collections.abc import Iterable

import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.totals import allotted, ratio, tally


def absorption(
    quotas: pd.DataFrame, progress: pd.DataFrame, *, by: str | Iterable[str] = ("kab_kota",), as_of
) -> pd.DataFrame:
    """
    Quota, used, issued and remaining per group, with the three headline rates, up to and including `as_of`.

    >>> quotas = pd.DataFrame({"kab_kota": ["Kabupaten Paser", "Kota Bontang"], "quota": [4, 0]})
    >>> progress = pd.DataFrame(
    ...     {"date": pd.to_datetime(["2025-05-01"] * 2), "kab_kota": ["Kabupaten Paser"] * 2,
    ...      "stage": ["submitted", "issued"], "count": [3, 1]})
    >>> absorption(quotas, progress, as_of="2025-06-04")[["kab_kota", "used", "absorption_rate"]]
              kab_kota  used  absorption_rate
    0  Kabupaten Paser     3             0.75
    1     Kota Bontang     0              NaN

    `quotas` is one plan (see `plan`). used = submitted and not left; absorption_rate = used ÷ quota, issuance_rate =
    issued ÷ quota, conversion_rate = issued ÷ used: fractions, above 1 where a group overshot, missing where the
    denominator is zero. remaining = quota − used, negative when overshot. A group appears if it is in either table.
    """
    counts = cumulative(progress)
    groups = tally([quotas, counts.cells], by)
    quota = allotted(groups, quotas)
    stages = counts.reached(groups, as_of=as_of)
    used, issued = stages[:, 0], stages[:, -1]
    return groups.frame(
        {
            "quota": quota,
            "used": used,
            "issued": issued,
            "remaining": quota - used,
            "absorption_rate": ratio(used, quota),
            "issuance_rate": ratio(issued, quota),
            "conversion_rate": ratio(issued, used),
        }
    )
