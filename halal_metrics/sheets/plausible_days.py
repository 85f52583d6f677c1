"""Which days a date of a sheet can be: within the programme, and not after the file came."""

import datetime as dt
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics import schema
from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.said.sentences import SENTENCES
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.dates import read_dates, readings
from halal_metrics.sheets.values.typed import Days

_SINCE: Final = {"certificates": dt.date(2015, 1, 1)}
"""Other programmes are older than this one."""
_PROGRAMME: Final = dt.date(2024, 1, 1)
_LAST: Final = dt.date(2027, 12, 31)
"""Where nothing says of which day a sheet tells: no date of the programme of 2025 is later."""
_AHEAD: Final = dt.timedelta(days=366)


def days_of(section: Section, choices: Choices) -> Days:
    """
    The first and the last day that a date of the section can be: none before the programme, none later than a year
    after the day of which it tells, which its titles say, else its rows, else the day on which the file came. This day,
    if known, is the third: only a target is likely to be later.
    """
    since = _SINCE.get(section.naming.table or "", _PROGRAMME)
    told = _told(section) or choices.received
    return since, told + _AHEAD if told else _LAST, choices.received


def _told(section: Section) -> dt.date | None:
    if statement := section.statements.get("statement_date"):
        day = pd.Timestamp(statement.value).date()
        return day if day >= _PROGRAMME else None
    for header, column in section.naming.columns.items():
        if column == "statement_date":
            days, _ = read_dates(section.columns[header], _PROGRAMME)
            latest = pd.Series(days).max()
            return None if pd.isna(latest) else latest.date()
    return None


def unlikely(section: Section, frame: pd.DataFrame, received: dt.date | None) -> list[tuple[str, str, Finding]]:
    """(column, header, finding) for a day before the programme that titles state, and for dates after the receipt."""
    statement = section.statements.get("statement_date")
    if not statement or pd.Timestamp(statement.value).date() >= _PROGRAMME or "statement_date" not in frame:
        return _after_receipt(section, frame, received) if received else []
    day = f"{pd.Timestamp(statement.value):%d/%m/%Y}"
    return [("statement_date", section.header_of("statement_date"), Finding("date_outside", None, [day]))]


def _after_receipt(section: Section, frame: pd.DataFrame, received: dt.date) -> list[tuple[str, str, Finding]]:
    """Dates that lie after the day on which the file came; a target may."""
    found: list[tuple[str, str, Finding]] = []
    for column in frame:
        if column == "target_date" or frame[column].dtype != schema.DATE:
            continue
        at = np.flatnonzero(frame[column] > pd.Timestamp(received))
        if not len(at):
            continue
        header, facts = section.header_of(column), {"received": f"{received:%d/%m/%Y}", "other": ""}
        days = frame[column].iloc[at]
        if header not in section.columns:  # the titles say it, or a person did for all rows
            found.append((column, header, Finding("date_after_receipt", None, [f"{days.max():%d/%m/%Y}"], facts)))
            continue
        cells = np.searchsorted(section.rows, frame["source_row"].iloc[at])
        texts = section.columns[header].take(pa.array(cells)).to_pylist()
        said = [
            SENTENCES["date_after_receipt"][1].format(value=f"{day:%d/%m/%Y}", **facts | {"other": _or(text, received)})
            for day, text in zip(days, texts, strict=True)
        ]
        found.append(
            (column, header, Finding("date_after_receipt", at, [text or "" for text in texts], sentences=said))
        )
    return found


def _or(text: str | None, received: dt.date) -> str:
    """How else a date can be read that then does not lie after the day on which the file came."""
    others = [day for day in readings(text or "") if day <= received and day >= _PROGRAMME]
    return f", atau {others[0]:%d/%m/%Y} bila hari dan bulannya tertukar" if others else ""
