"""A register whose stages are columns: a tick or a date in "Verval" says that the application has come so far."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics import statuses
from halal_metrics.schema import LEFT, STAGE_DATES, STAGES
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import are_counts
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values.cells import Distinct, series
from halal_metrics.sheets.values.dates import read_dates
from halal_metrics.sheets.values.typed import Days

_TICKS: Final = frozenset(
    {*"✓✔☑✅√●v1yüþ", "true", "benar", "ya", "yes", "sudah", "selesai", "ok", "oke", "done", "ada", "1.0", "1,0"}
)
# ü, þ, û and ý are the marks of the font Wingdings, as they are without it.
_CROSSES: Final = frozenset("x×✕✖")
"""A tick where it is the only mark of the table; beside "v" or "✓" it says the opposite."""

_NOT: Final = frozenset(
    {*"0-–—.☐✗✘nûý", "--", "false", "salah", "belum", "belum ada", "tidak", "tidak ada", "no", "nihil", "0.0", "0,0"}
)
_DATE_LIKE: Final = re.compile(r"\d{1,4}\s*[-/. ]\s*\w+\s*[-/. ]\s*\d{2,4}|\d{5}(?:\.\d+)?|20\d{6}")
_ABOUT: Final = re.compile(
    r"^(?:tahap(?:an)?|status|progres+|proses|posisi|ce[ck]+list|ceklis|sudah|telah)\s+", re.IGNORECASE
)
_NO_STAGE: Final = frozenset({"input", "masuk"})
"""Words of which "Tanggal …" is that of the application, but which alone say no stage."""

_SITTINGS: Final = frozenset({"sidang", "sidangfatwa"})
_ORDER: Final = ("draft", "submitted", "verified", "fatwa", "decided", "returned", "issued", *LEFT)
"""What outweighs what where several are ticked: one sent back may have come far, but not to a certificate."""

Peek = Callable[[str], list[str]]


@dataclass
class StageColumns:
    """Headers that name a stage in a table about businesses."""

    statuses: dict[str, str] = field(default_factory=dict)
    """Header → status, of those that hold ticks, dates or nothing."""
    unread: list[str] = field(default_factory=list)
    """Those that hold something else throughout."""
    said: bool = False
    """
    Whether any cell says yes, no or when, or several of them hold other words: then it is a register, whatever else
    there is.
    """


def stage_columns(names: Iterable[str], peek: Peek, given: Mapping[str, str | None] | None = None) -> StageColumns:
    """
    Which headers name a stage, and what a tick below each says; `given` {header: column} overrules it.

    >>> cells = {"Verval": ["true", "false"], "Terbit": ["2 Juni 2025"], "Ditolak": [], "Sertifikat": ["12", "7"]}
    >>> found = stage_columns(cells, cells.__getitem__)
    >>> found.statuses, found.unread
    ({'Verval': 'verified', 'Terbit': 'issued', 'Ditolak': 'rejected'}, ['Sertifikat'])

    "Sidang" beside "Komite Fatwa" is the stage after it.
    """
    found = StageColumns()
    named = {name: peek(name) for name in names if _status(name)}
    given = given or {}
    marks = _marks(value for values in named.values() for value in values)
    for name, values in named.items():
        kinds = {_kind(value, marks) for value in values}
        status = _status(name, dated="date" in kinds) or ""
        if name in given and given[name] not in (column_for(status), "status"):
            continue
        if kinds == {"unclear"} and not _CROSSES & {value.lower() for value in values}:
            found.unread.append(name)
            continue
        found.statuses[name] = status
        found.said |= bool(values)
    found.said |= sum(not are_counts(named[name]) for name in found.unread) > 1
    committee = any(status == "fatwa" and _plain(name) not in _SITTINGS for name, status in found.statuses.items())
    if committee:
        found.statuses |= {name: "decided" for name in found.statuses if _plain(name) in _SITTINGS}
    return found


def column_for(status: str) -> str:
    """The column of an application to which a stage's header belongs: that of its date, where it has one."""
    return f"{status}_date" if status in STAGES else "exit_date" if status in LEFT else "status"


def _plain(header: str) -> str:
    return headers.key(_ABOUT.sub("", header))


def _status(header: str, *, dated: bool = False) -> str | None:
    """
    >>> [_status(header) for header in ("Tahap Verval", "Sudah Terbit?", "Komite Fatwa", "Batal", "Tanggal Terbit")]
    ['verified', 'issued', 'fatwa', 'cancelled', None]
    >>> _status("Sidang Fatwa"), _status("Sidang Fatwa", dated=True)
    ('fatwa', 'decided')
    """
    if headers.column_of(header) or headers.either(header):
        return None
    name = _ABOUT.sub("", header)
    counted = (headers.column_of(name, "recaps") or ("",))[0]
    if counted == "exited":
        counted = statuses.meaning(name).canonical or "cancelled"
    if counted in _ORDER and not dated:
        return counted
    day = (headers.column_of(f"Tanggal {name}") or ("",))[0] if _plain(header) not in _NO_STAGE else ""
    return day.removesuffix("_date") if day in STAGE_DATES else counted if counted in _ORDER else None


def _marks(values: Iterable[str]) -> frozenset[str]:
    """What says yes in this table."""
    lower = {value.lower() for value in values}
    return _TICKS if lower & (_TICKS - {"1"}) else _TICKS | _CROSSES


def _kind(value: str, marks: frozenset[str]) -> str:
    """
    >>> [_kind(value, _TICKS) for value in ("TRUE", "belum", "2 Juni 2025", "x", "3")]
    ['yes', 'no', 'date', 'unclear', 'unclear']
    """
    lower = value.lower()
    if lower in marks:
        return "yes"
    return "no" if lower in _NOT else "date" if _DATE_LIKE.match(lower) else "unclear"


def read_stages(
    cells: Mapping[str, pa.LargeStringArray],
    meant: Mapping[str, str],
    *,
    stated: tuple[pd.Series, pd.Series] | None = None,
    dates: Mapping[str, Any] | None = None,
    within: Days = (None, None, None),
) -> tuple[dict[str, pd.Series | np.ndarray], list[tuple[str, Finding]]]:
    """
    {column: values} of `status`, `status_raw` and the dates that stage columns say, and (header, what is to be said).

    `cells` {header: column}, `meant` {header: status}; `stated` the statuses of a column that has them, and its words:
    they stand, and where the ticks say otherwise that is said; `dates` {column: values} of stages read before, `within`
    the first and the last that a date can be. The status is the furthest stage that is ticked or dated, whether or not
    those before it are; returned only where no certificate is; one that left has left. With nothing ticked an
    application is a draft if a column is for being submitted, and no cell is unclear.

    >>> cells = {"Pengajuan": ["x", "x", None], "Terbit": [None, "2 Juni 2025", None], "Batal": [None, None, "x"]}
    >>> arrays = {name: pa.array(values, pa.large_string()) for name, values in cells.items()}
    >>> read, _ = read_stages(arrays, {"Pengajuan": "submitted", "Terbit": "issued", "Batal": "cancelled"})
    >>> read["status"].tolist(), read["issued_date"].astype("datetime64[D]").tolist()[1]
    (['submitted', 'issued', 'cancelled'], datetime.date(2025, 6, 2))
    """
    distinct = {name: Distinct(cells[name]) for name in meant}
    marks = _marks(value for one in distinct.values() for value in one.values)
    findings: list[tuple[str, Finding]] = []
    read: dict[str, pd.Series | np.ndarray] = {
        column: np.asarray(values, "datetime64[us]") for column, values in (dates or {}).items()
    }
    steps = [(column.removesuffix("_date"), headers.label(column), ~np.isnat(days)) for column, days in read.items()]
    for name, status in meant.items():
        ticked, when, said = _ticked(distinct[name], cells[name], marks, within)
        findings += [(name, finding) for finding in said]
        steps.append((status, name, ticked | ~np.isnat(when)))
        column = column_for(status)
        if column != "status" and not np.isnat(when).all():
            before = read.get(column, when)
            read[column] = np.where(np.isnat(before), when, before)
    steps.sort(key=lambda step: _ORDER.index(step[0]))
    rows = len(steps[0][2])
    furthest = np.full(rows, -1)
    for place, (_, _, reached) in enumerate(steps):
        furthest[reached] = place
    words = [(status, name) for status, name, _ in steps]
    findings += _both_ended(steps, furthest)
    sent = next((name for name in meant if meant[name] == "submitted"), None)
    if sent:
        unclear = [at for _, finding in findings if finding.code == "stage_unclear" for at in _places(finding)]
        furthest[(furthest < 0) & ~np.isin(np.arange(rows), unclear)] = len(words)
        words.append(("draft", f"{sent}: belum"))
    codes = pa.array(furthest, mask=furthest < 0)
    derived = series(pa.array([status for status, _ in words], pa.large_string()).take(codes))
    raw = pa.array([name for _, name in words], pa.large_string()).take(codes)
    if stated is None:
        if (furthest < 0).any():
            findings.append(("status", Finding("stage_none", np.flatnonzero(furthest < 0))))
        return read | {"status": derived, "status_raw": series(raw)}, findings
    status, written = stated
    filled = np.logical_or.reduce([one.codes >= 0 for one in distinct.values()])
    differ = np.flatnonzero(filled & _differ(status, derived))
    if len(differ):
        shown = [f"{written.iloc[at]} ≠ {raw[at]}" for at in differ.tolist()]
        findings.append(("status", Finding("stage_and_status", differ, shown)))
    return read | {"status": status.fillna(derived), "status_raw": written.fillna(series(raw))}, findings


def _ticked(
    distinct: Distinct,
    values: pa.LargeStringArray,
    marks: frozenset[str],
    within: Days,
) -> tuple[np.ndarray, np.ndarray, list[Finding]]:
    """Which rows are ticked, the dates of those that have one, and what is neither."""
    kinds = [_kind(value, marks) for value in distinct.values]
    dated = distinct.spread([kind == "date" for kind in kinds], False, bool)
    days, said = read_dates(values.filter(pa.array(dated)), *within)
    when = np.full(len(values), np.datetime64("NaT", "us"))
    when[dated] = days
    findings = [_at(finding, np.flatnonzero(dated)) for finding in said]
    unclear, raw = distinct.where(lambda place: kinds[place] == "unclear")
    if len(unclear):
        findings.append(Finding("stage_unclear", unclear, raw))
    return distinct.spread([kind == "yes" for kind in kinds], False, bool), when, findings


def _both_ended(steps: list[tuple[str, str, np.ndarray]], furthest: np.ndarray) -> list[tuple[str, Finding]]:
    """Rows that are said to have left and to have a certificate."""
    issued, left = (
        np.logical_or.reduce([reached for status, _, reached in steps if status in those] or [furthest < -1])
        for those in (("issued",), LEFT)
    )
    at = np.flatnonzero(issued & left)
    if not len(at):
        return []
    certificate = next(name for status, name, _ in steps if status == "issued")
    ended = [f"{steps[place][1]}, {certificate}" for place in furthest[at]]
    return [(steps[furthest[at[0]]][1], Finding("stage_left_and_issued", at, ended))]


def _at(finding: Finding, positions: np.ndarray) -> Finding:
    """The finding in a part of the rows as one in all of them."""
    at = None if finding.at is None else positions[finding.at]
    return Finding(finding.code, at, finding.values, finding.facts, finding.sentences)


def _places(finding: Finding) -> np.ndarray:
    return np.empty(0, np.int64) if finding.at is None else finding.at


def _differ(stated: pd.Series, derived: pd.Series) -> np.ndarray:
    """Whether a status and what is ticked cannot both be so: one sent back or that left may have come far before."""
    differ = stated.notna() & derived.notna() & (stated != derived)
    behind = stated.isin(["returned", *LEFT]) & ~derived.isin(["issued", "draft"])
    return (differ & ~behind).to_numpy()
