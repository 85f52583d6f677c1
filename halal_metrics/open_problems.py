"""Which problems of the uploads are still to be mended: those that the tables of today rest on."""

from typing import Final

import pandas as pd

from halal_metrics.schema import DATE, SOURCE, STATED, TEXT, conform

REPORTED: Final = {
    "source_file": TEXT,
    **dict.fromkeys(("severity", "code", "sheet"), TEXT),
    "row": STATED,
    **dict.fromkeys(("column", "value", "message"), TEXT),
}
ROWS: Final = {"table": TEXT, "kab_kota": TEXT, "lp3h": TEXT, "statement_date": DATE, **SOURCE, "source_row": STATED}
OPEN: Final = {"kab_kota": TEXT, "lp3h": TEXT, **REPORTED}

_PLACE: Final = ["source_file", "source_sheet", "source_row"]


def open_problems(problems: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """
    The problems that are open: `kab_kota, lp3h, source_file, severity, code, sheet, row, column, value, message`.

    >>> problems = pd.DataFrame({"source_file": ["old.xlsx", "new.xlsx"], "severity": "warning", "code": "nib_invalid",
    ...                          "sheet": "Data", "row": 7, "column": "nib"})
    >>> rows = pd.DataFrame({"lp3h": ["PWI Kaltim"], "source_file": ["new.xlsx"], "source_sheet": ["Data"],
    ...                      "source_row": [7], "statement_date": pd.to_datetime(["2025-06-04"])})
    >>> open_problems(problems, rows)[["lp3h", "source_file", "row"]].values.tolist()
    [['PWI Kaltim', 'new.xlsx', 7]]

    `problems`: those of the uploads that were not undone, with the `source_file` they are of; `rows`: what the current
    tables hold, with their `source_*`. A problem of a row is open while a current row still comes from that very row.
    One of a row that was not taken (an error), or of a column as a whole, is open while its file is the newest of some
    LP3H in its `table`, or has no dates: the next register replaces it, mended or not, the next recap does not. An info
    asks for nothing and is never open. A place or an institution is missing where a file is of several.
    """
    reported = conform(problems, REPORTED)
    reported = reported[reported["severity"] != "info"].reset_index(drop=True)
    current = conform(rows, ROWS)
    own = current.dropna(subset=_PLACE).drop_duplicates(_PLACE)
    placed = reported.merge(
        own[[*_PLACE, "kab_kota", "lp3h"]].rename(columns={"source_sheet": "sheet", "source_row": "row"}),
        how="left",
        on=["source_file", "sheet", "row"],
        indicator="held",
    )
    held = (placed["held"] == "both").to_numpy(bool)
    newest = (placed["severity"].eq("error") | placed["row"].isna()) & placed["source_file"].isin(_newest(current))
    for column in ("kab_kota", "lp3h"):
        of_file = current.groupby("source_file")[column].agg(["nunique", "first"])
        alone = of_file.loc[of_file["nunique"] == 1, "first"].astype(TEXT)
        placed[column] = placed[column].where(held, placed["source_file"].map(alone))
    return conform(placed[held | newest.to_numpy(bool)], OPEN)


def _newest(current: pd.DataFrame) -> set[str]:
    """The files with the newest statement of an LP3H in a table; and those whose rows have no date."""
    latest = current.groupby(["table", "lp3h"], dropna=False)["statement_date"].transform("max")
    is_latest = (current["statement_date"] == latest) | current["statement_date"].isna()
    return set(current.loc[is_latest, "source_file"].dropna())
