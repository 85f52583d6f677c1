"""Everything there is to say about a file, as tables to look at, to filter and to take away."""

import re
from collections.abc import Collection
from typing import Final

import pandas as pd

from halal_metrics.sheets import Upload
from halal_ui.words import masks, uploads
from halal_ui.words.columns import Column

PROBLEM_COLUMNS: Final = {
    "severity": Column("Tingkat", "text"),
    "row": Column("Baris", "text"),
    "column": Column("Kolom", "text"),
    "value": Column("Nilai", "text"),
    "message": Column("Apa yang dilakukan", "text"),
    "sheet": Column("Lembar", "text"),
    "kind": Column("Jenis", "text"),
}

SKIPPED_COLUMNS: Final = {
    "source_sheet": Column("Lembar", "text"),
    "source_row": Column("Baris", "text"),
    "reason": Column("Mengapa dilewati", "text"),
    "content": Column("Isi baris", "text"),
}

REJECTED_COLUMNS: Final = {
    "source_sheet": Column("Lembar", "text"),
    "source_row": Column("Baris", "text"),
    "reason": Column(uploads.WHY_REJECTED, "text"),
}

_WHERE: Final = re.compile(r"^(?:Baris \d+(?: kolom .*?)?|Kolom .*?): ")


def problem_table(problems: pd.DataFrame) -> pd.DataFrame:
    """
    The problems as PROBLEM_COLUMNS, all text, errors first; what stands in its own column is not repeated in the
    message, and personal data are masked.

    >>> problems = pd.DataFrame({"severity": ["warning"], "code": ["nib_invalid"], "sheet": ["Mei"], "row": [1041],
    ...     "column": ["nib"], "value": ["12"], "message": ["Baris 1041 kolom NIB: '12' bukan NIB; isi ulang."]})
    >>> problem_table(problems).iloc[0].tolist()
    ['▲ peringatan', '1041', 'NIB', '12', "'12' bukan NIB; isi ulang.", 'Mei', 'NIB tidak sah']
    """
    rank = problems["severity"].map({severity: place for place, severity in enumerate(uploads.SEVERITY)})
    rows = masks.problems(problems.loc[rank.sort_values(kind="stable").index])
    message = rows["message"].str.replace(_WHERE, "", regex=True)
    return pd.DataFrame(
        {
            "severity": rows["severity"].map(uploads.SEVERITY),
            "row": _whole(rows["row"]),
            "column": rows["column"].map(uploads.column, na_action="ignore"),
            "value": rows["value"].astype("str"),
            "message": message.str.slice(0, 1).str.upper() + message.str.slice(1),
            "sheet": rows["sheet"],
            "kind": rows["code"].map(uploads.kind),
        }
    ).reset_index(drop=True)


def filtered(problems: pd.DataFrame, *, severities: Collection[str] = (), codes: Collection[str] = ()) -> pd.DataFrame:
    """Those of these severities and these kinds; none named is all of them."""
    if severities:
        problems = problems.loc[problems["severity"].isin(severities)]
    return problems.loc[problems["code"].isin(codes)] if codes else problems


def counts(problems: pd.DataFrame) -> dict[str, int]:
    """
    How many of each severity.

    >>> counts(pd.DataFrame({"severity": ["info", "info", "error"]}))
    {'error': 1, 'warning': 0, 'info': 2}
    """
    found = problems["severity"].value_counts()
    return {severity: int(found.get(severity, 0)) for severity in uploads.SEVERITY}


def other_tables(upload: Upload) -> list[tuple[str, int]]:
    """The tables that other sheets of a file hold, with how many rows they have."""
    rows: dict[str, int] = {}
    for record in upload.sheets:
        if record.table and record.table != upload.table:
            rows[record.table] = rows.get(record.table, 0) + record.read
    return [(table, count) for table, count in rows.items() if count]


def warned_kinds(problems: pd.DataFrame) -> list[tuple[str, int]]:
    """
    The kinds of what the reader warned of, each with how often, the most frequent first.

    >>> warned_kinds(pd.DataFrame({"severity": ["warning", "info"], "code": ["nib_invalid", "row_total"]}))
    [('NIB tidak sah', 1)]
    """
    kinds = problems.loc[problems["severity"].eq("warning"), "code"].map(uploads.kind).value_counts()
    return [(str(kind), int(count)) for kind, count in kinds.items()]


def skipped_table(skipped: pd.DataFrame) -> pd.DataFrame:
    """
    The rows that are no records, and why. A row skipped because it comes twice holds a business's data, so its
    content is not shown: the other row has it.
    """
    twice = skipped["code"].str.startswith("duplicate")
    content = masks.skipped(skipped)["content"].mask(twice, "(sama dengan baris lain)")
    return pd.DataFrame(
        {
            "source_sheet": skipped["source_sheet"],
            "source_row": _whole(skipped["source_row"]),
            "reason": skipped["reason"],
            "content": content,
        }
    ).reset_index(drop=True)


def rejected_table(rejected: pd.DataFrame) -> pd.DataFrame:
    """Where the rows not taken stood and why they were not, all text; what they hold is for those who mend them."""
    rows = rejected[list(REJECTED_COLUMNS)].reset_index(drop=True)
    return rows.assign(source_row=_whole(rows["source_row"]))


def sheet_counts(upload: Upload) -> pd.DataFrame:
    """One row a sheet that has rows: `sheet, accepted, rejected, skipped, read`, which add up, and `why` it was not."""
    return pd.DataFrame(
        [
            {
                "sheet": record.name,
                "accepted": record.accepted,
                "rejected": record.rejected,
                "skipped": record.skipped,
                "read": record.read,
                "why": record.why or "",
            }
            for record in upload.sheets
        ],
        columns=["sheet", "accepted", "rejected", "skipped", "read", "why"],
    )


SHEET_COLUMNS: Final = {
    "sheet": Column("Lembar", "text"),
    "accepted": Column("Diterima", "count"),
    "rejected": Column("Ditolak", "count"),
    "skipped": Column("Dilewati", "count"),
    "read": Column("Dibaca", "count"),
    "why": Column("Mengapa tidak dibaca", "text"),
}


def _whole(numbers: pd.Series) -> pd.Series:
    """Row numbers as text, without a point between the thousands: they are names of rows."""
    return numbers.astype("Int64").astype("str").replace("<NA>", None)
