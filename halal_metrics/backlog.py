"""How many wait at each step, and whose step it is."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.counting.cumulative import cumulative
from halal_metrics.counting.groups import text
from halal_metrics.counting.totals import tally
from halal_metrics.schema import COUNT, DATE, PROGRESS, STAGE_DATES, STAGES, TEXT, conform

ACTORS: Final = {
    "submitted": "lp3h",  # verification by the pendamping and the LP3H, 10 working days: UU 6/2023 Pasal 33A
    "verified": "bpjph",  # system check and STTD
    "fatwa": "komite_fatwa",  # sidang, 1 working day from receipt: UU 6/2023 Pasal 33A
    "decided": "bpjph",  # issues the certificate
    "returned": "business",  # mends the file, helped by its pendamping
}
"""Step at which an application waits → who must act."""

STATEMENTS: Final = {
    "registration_number": TEXT,
    "reg_id": TEXT,
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "status": TEXT,
    **dict.fromkeys((*STAGE_DATES, "exit_date", "statement_date"), DATE),
}


def returned(statements: pd.DataFrame) -> pd.DataFrame:
    """
    When applications were with the business, as flows like those of `progress`: `date, kab_kota, lp3h, stage, count`.

    >>> statements = pd.DataFrame({"registration_number": "SH2025-1-990001", "status": ["returned", "verified"],
    ...     "statement_date": pd.to_datetime(["2025-05-02", "2025-05-16"]),
    ...     "submitted_date": pd.to_datetime(["2025-04-20"] * 2),
    ...     "verified_date": pd.to_datetime([None, "2025-05-09"])})
    >>> returned(statements)
            date kab_kota lp3h      stage  count
    0 2025-05-02      NaN  NaN  submitted      1
    1 2025-05-09      NaN  NaN  submitted     -1

    `statements`: applications as stated at several dates, a row each. One is returned from the statement that says so
    until the next one, or until it moved on or left in between. `stage` is the step at which it stands meanwhile.
    """
    rows = conform(statements, STATEMENTS)
    identity = rows["registration_number"].fillna(rows["reg_id"])
    alone = pd.Series(np.arange(len(rows)), rows.index).astype(TEXT)
    rows["identity"] = identity.fillna("row " + alone)
    rows = rows.sort_values(["identity", "statement_date"], kind="stable", ignore_index=True)
    dates = rows[list(STAGE_DATES)].to_numpy()
    stage = np.maximum(((~np.isnat(dates)) * np.arange(1, len(STAGES) + 1)).max(axis=1, initial=0), 1)

    following = rows.shift(-1)
    stated = rows["statement_date"]
    until = following["statement_date"]
    for place, column in enumerate((*STAGE_DATES, "exit_date")):
        moved = following[column].where((following[column] > stated) & (place >= stage))
        until = until.where(~(moved < until), moved)
    until = until.where(following["identity"] == rows["identity"])

    back = (rows["status"] == "returned") & stated.notna()
    spells = rows.loc[back, ["kab_kota", "lp3h"]].assign(stage=text(np.array(STAGES, object), stage[back] - 1).array)
    flows = pd.concat([spells.assign(date=stated[back], count=1), spells.assign(date=until[back], count=-1)])
    flows = flows.dropna(subset="date")
    summed = flows.groupby(["date", "kab_kota", "lp3h", "stage"], dropna=False)["count"].sum().reset_index()
    return conform(summed[summed["count"] != 0], PROGRESS)


def backlog(
    progress: pd.DataFrame, returned: pd.DataFrame, *, by: str | Iterable[str] = ("kab_kota",), as_of
) -> pd.DataFrame:
    """
    Where applications wait, for each group one row a step of ACTORS: `stage, actor, waiting`.

    >>> progress = pd.DataFrame({"date": pd.to_datetime(["2025-05-02"] * 2), "stage": ["submitted", "verified"],
    ...                          "count": [10, 4]})
    >>> returned = pd.DataFrame({"date": pd.to_datetime(["2025-05-20"]), "stage": ["submitted"], "count": [1]})
    >>> backlog(progress, returned, by=(), as_of="2025-06-04")
           stage         actor  waiting
    0  submitted          lp3h        5
    1   verified         bpjph        4
    2      fatwa  komite_fatwa        0
    3    decided         bpjph        0
    4   returned      business        1

    Those with the business are in the row `returned` and in no other, so that the rows sum to what is used and not
    issued.
    """
    counts, away = cumulative(progress), cumulative(returned)
    groups = tally([away.cells, counts.cells], by)
    steps = counts.reached(groups, as_of=as_of)
    with_business = away.reached(groups, which=0, as_of=as_of)
    waiting = np.column_stack([steps[:, :-1] - steps[:, 1:] - with_business[:, :-1], with_business[:, :-1].sum(axis=1)])
    place = np.tile(np.arange(len(ACTORS)), len(groups))
    return groups.frame(
        {
            "stage": text(np.array(list(ACTORS), object), place).array,
            "actor": text(np.array(list(ACTORS.values()), object), place).array,
            "waiting": waiting.astype(COUNT).ravel(),
        },
        repeat=len(ACTORS),
    )
