"""What a person decided about a file before it is read: table, sheets, what a header, a word, a cell means."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from halal_metrics import places, schema
from halal_metrics.personal import without_nik

WORDS: Final = ("kab_kota", "lp3h", "status")
"""Columns whose words can be given a meaning."""

_CANONICAL: Final = {"kab_kota": places.KAB_KOTA, "status": schema.STATUSES}

Cell = tuple[str, int, str]
"""Sheet name, row number, header."""


def tidy(text: str) -> str:
    """
    A spelling as it is compared: single spaces, case folded.

    >>> tidy("  Kota\\u00a0 TEPIAN ")
    'kota tepian'
    """
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Choices:
    """The arguments of `read_upload`, checked; nothing given is the guess throughout."""

    table: str | None = None
    mapping: dict[str, str | None] = field(default_factory=dict)
    defaults: dict[str, Any] = field(default_factory=dict)
    sheets: tuple[str, ...] | None = None
    prefer: tuple[str, ...] = ()
    header_rows: dict[str, int] = field(default_factory=dict)
    meanings: dict[str, dict[str, str | None]] = field(default_factory=dict)
    """Column → tidied spelling → canonical word, or None where the spelling says nothing."""
    corrections: dict[Cell, str] = field(default_factory=dict)
    received: dt.date | None = None
    """The day on which the file came, where it is known: no choice, but what its dates are compared with."""

    def given(self) -> dict[str, Any]:
        """What was given, as JSON can hold it: corrections as [sheet, row, header, text]."""
        said = {
            "table": self.table,
            "mapping": dict(self.mapping),
            "defaults": {
                column: default_text(value) if isinstance(value, dt.date) else value
                for column, value in self.defaults.items()
            },
            "sheets": list(self.sheets) if self.sheets is not None else None,
            "prefer": list(self.prefer),
            "header_rows": dict(self.header_rows),
            "meanings": {column: dict(words) for column, words in self.meanings.items() if words},
            "corrections": [[*cell, without_nik(text)] for cell, text in self.corrections.items()],
        }
        return {name: value for name, value in said.items() if value not in (None, {}, [])}


def choose(
    *,
    table: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
    defaults: Mapping[str, Any] | None = None,
    sheets: Iterable[str] | None = None,
    prefer: Iterable[str] | None = None,
    header_rows: Mapping[str, int] | None = None,
    meanings: Mapping[str, Mapping[str, str | None]] | None = None,
    corrections: Mapping[Cell, str] | None = None,
    received: dt.date | None = None,
) -> Choices:
    """
    The choices, checked: ValueError for a table, a column, a canonical word or a row that there cannot be.

    >>> choose(table="quotas", corrections={("Mei", 7, "Kuota"): "12"}).given()
    {'table': 'quotas', 'corrections': [['Mei', 7, 'Kuota', '12']]}
    """
    if table is not None and table not in schema.TABLES:
        raise ValueError(f"no table {table!r}: one of {', '.join(schema.TABLES)}")
    mapping, defaults, meanings = mapping or {}, defaults or {}, meanings or {}
    known = {column for columns in schema.TABLES.values() for column in columns} - set(schema.SOURCE)
    unknown = {column for column in (*mapping.values(), *defaults) if column} - known | set(meanings) - set(WORDS)
    if unknown:
        raise ValueError(f"no column {', '.join(sorted(unknown))}: its values would silently go nowhere")
    for column, allowed in _CANONICAL.items():
        wrong = {word for word in meanings.get(column, {}).values() if word is not None} - set(allowed)
        if wrong:
            raise ValueError(f"no {column} {', '.join(sorted(wrong))}: it would be a group of its own")
    rows = [*(header_rows or {}).values(), *(row for _, row, _ in corrections or {})]
    if any(row < 1 for row in rows):
        raise ValueError("no row below 1: rows are numbered as a spreadsheet program shows them")
    return Choices(
        table,
        dict(mapping),
        dict(defaults),
        tuple(sheets) if sheets is not None else None,
        tuple(prefer or ()),
        {sheet: int(row) for sheet, row in (header_rows or {}).items()},
        {column: {tidy(raw): word for raw, word in words.items()} for column, words in meanings.items()},
        {(sheet, int(row), header): text for (sheet, row, header), text in (corrections or {}).items()},
        received,
    )


def default_text(value: Any) -> str:
    """A default as a cell would say it."""
    return value.isoformat()[:10] if isinstance(value, dt.date) else str(value)
