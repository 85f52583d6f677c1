"""How a recap counts: cumulative (each stage with all that went further), or positions (where each file lies now)."""

from itertools import chain, combinations

import numpy as np
import pandas as pd

from halal_metrics.schema import STAGES
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.said.problems import Finding


def to_cumulative(recaps: pd.DataFrame, total: pd.Series | None) -> tuple[pd.DataFrame, list[Finding]]:
    """
    The recap with cumulative stages, and whether it had to be turned into them.

    It counts positions if the stages, with or without drafts, returned and exited, sum to its own `total` in every
    row that states one, and some row has more than one stage to sum. Those returned to the business were submitted,
    so they count there; drafts and exited do not.

    >>> recaps = pd.DataFrame({"submitted": [10], "fatwa": [5], "issued": [3], "returned": [2]}, dtype="Int64")
    >>> to_cumulative(recaps, pd.Series([20], dtype="Int64"))[0].loc[0].tolist()
    [20, 8, 3, 2]
    """
    stages = [stage for stage in STAGES if stage in recaps and recaps[stage].notna().to_numpy().any()]
    beside = _counted_beside(recaps, total, stages) if total is not None else None
    if beside is None:
        return recaps, _rising(recaps, stages)
    stated = recaps[stages].notna().any(axis=1)
    cumulative = recaps[stages].fillna(0).iloc[:, ::-1].cumsum(axis=1).iloc[:, ::-1]
    recaps = recaps.assign(**{stage: cumulative[stage].where(stated) for stage in stages})
    submitted = cumulative[stages[0]] + (recaps["returned"].fillna(0) if "returned" in beside else 0)
    return recaps.assign(submitted=submitted.where(stated)), [Finding("recap_positions")]


def _counted_beside(recaps: pd.DataFrame, total: pd.Series, stages: list[str]) -> tuple[str, ...] | None:
    """What was counted into the total beside the stages; None where they do not sum to it."""
    rows = total.notna()
    several = (recaps.loc[rows, stages].fillna(0) > 0).sum(axis=1) > 1
    if not several.any():
        return None
    others = [name for name in ("draft", "returned", "exited") if name in recaps]
    for beside in chain.from_iterable(combinations(others, size) for size in range(len(others) + 1)):
        if (recaps.loc[rows, [*stages, *beside]].fillna(0).sum(axis=1) == total[rows]).all():
            return beside
    return None


def _rising(recaps: pd.DataFrame, stages: list[str]) -> list[Finding]:
    """Rows where a later stage has more than an earlier one, which cumulative counts cannot."""
    said: dict[int, str] = {}
    for earlier, later in combinations(stages, 2):
        for row in np.flatnonzero((recaps[later] > recaps[earlier]).fillna(False)).tolist():
            more, less = recaps[later].iloc[row], recaps[earlier].iloc[row]
            said.setdefault(row, f"{label(later)} {more}, {label(earlier)} {less}")
    if not said:
        return []
    rows = sorted(said)
    return [Finding("recap_not_falling", np.array(rows), [said[row] for row in rows])]
