"""What was decided about each sheet, so that a page can say it and a person change it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from halal_metrics import schema
from halal_metrics.sheets.section import SKIPPED, Section

WHERE: Final = {"source_sheet": schema.TEXT, "source_row": schema.COUNT, "reason": schema.TEXT}
"""The last columns of `Upload.rejected`."""


@dataclass(frozen=True)
class SheetRecord:
    """
    What was decided about one sheet; read = accepted + rejected + skipped.

    Of a cross table each cell that is taken counts as a row read; beside them each row of which a cell was rejected,
    and each row or cell that was skipped.
    """

    name: str
    header_row: int | None = None
    """1-based, the first header line; None where no header was found."""
    mapping: dict[str, str] = field(default_factory=dict)
    """Header → column."""
    statement_date: pd.Timestamp | None = None
    """The latest date for which the sheet states its rows."""
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    skipped: int = 0
    table: str | None = None
    """The table it seems to hold."""
    why: str | None = None
    """Why it was not read, as a sentence."""
    hidden: bool = False
    certainty: dict[str, str] = field(default_factory=dict)
    """Header → how sure its column is: exact, alias, similar, content, given."""
    unused: tuple[str, ...] = ()
    """Headers that were not used, NIK among them."""
    samples: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Header → up to three distinct values below it, without NIK."""
    titles: tuple[str, ...] = ()
    """The lines above the header, without NIK."""


def record(sections: list[Section], table: str, taken: pd.DataFrame, why: str | None) -> SheetRecord:
    """The record of one sheet from its sections; `taken` its accepted rows, `why` it was not read, if it was not."""
    first = next((section for section in sections if section.naming.table == table), sections[0])
    used = [section for section in sections if section.naming.table == first.naming.table]
    dates = taken["statement_date"].dropna() if "statement_date" in taken else pd.Series()
    names = dict.fromkeys(name for section in used for name in section.columns)
    mapping = _joined(section.naming.columns for section in used)
    rejected = sum(len(section.rejected) for section in sections)
    skipped = sum(len(part) for section in sections for part in section.skipped)
    accounted = len(taken) + rejected + skipped
    return SheetRecord(
        first.name,
        first.header.first + 1 if first.header and not first.passed_over else None,
        mapping,
        dates.max() if len(dates) else None,
        read=accounted if any(section.naming.crossed for section in sections) else sum(one.read for one in sections),
        accepted=len(taken),
        rejected=rejected,
        skipped=skipped,
        table=first.naming.table,
        why=why,
        hidden=first.grid.hidden,
        certainty=_joined(section.naming.certainty for section in used),
        unused=tuple(name for name in names if name not in mapping),
        samples=_joined(section.samples for section in used),
        titles=first.titles,
    )


def _joined(parts: Iterable[dict]) -> dict:
    joined: dict = {}
    for part in parts:
        joined = part | joined
    return joined


def rejected_rows(sections: list[Section]) -> pd.DataFrame:
    """Those of all sections, the columns that say where and why at the end."""
    parts = [section.rejected_rows() for section in sections if section.rejected]
    if not parts:
        return schema.empty(WHERE)
    rows = pd.concat(parts, ignore_index=True)
    raw = [name for name in rows if name not in WHERE]
    return rows[[*raw, *WHERE]].astype(WHERE)


def skipped_rows(sections: list[Section]) -> pd.DataFrame:
    """In order of the sheets, then of the rows."""
    parts = [
        pd.concat(section.skipped).sort_values("source_row", kind="stable") for section in sections if section.skipped
    ]
    return pd.concat(parts, ignore_index=True).astype(SKIPPED) if parts else schema.empty(SKIPPED)
