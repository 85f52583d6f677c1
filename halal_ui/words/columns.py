"""Every column of a table as people know it: its Indonesian header, its kind and its unit.

A figure's column is read off its `Definition`; here stand only those that are no figure of a metric: by what rows are
grouped, what was noted, what a row is.
"""

from collections.abc import Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from halal_metrics.definitions import DEFINITIONS, Column, Definition
from halal_metrics.definitions.definition import MEASURE_UNIT

__all__ = ["COLUMNS", "Column", "Columns", "column_of", "columns_for"]

Columns = Mapping[str, Column]

_NO_FIGURES: Final[dict[str, Column]] = {
    "kab_kota": Column("Kab/kota", "place"),
    "lp3h": Column("LP3H", "lp3h"),
    "p3h": Column("Pendamping", "text"),
    "actor": Column("Giliran", "actor"),
    # applications that wait too long, and events
    "registration_number": Column("Nomor pendaftaran", "text"),
    "event": Column("Peristiwa", "text"),
    "start_date": Column("Mulai", "date"),
    "end_date": Column("Sampai", "date"),
    # a scorecard's trend, which is that of the measure: against the four weeks before
    "recent": Column("4 pekan terakhir", "signed"),
    "trend": Column("Arah", "trend"),
    # changes since a meeting
    "change": Column("Perubahan", "change"),
    # obstacles and actions
    "category": Column("Kendala", "category"),
    "text": Column("Uraian", "text"),
    "held": Column("Menahan (dilaporkan)", "count", "pengajuan"),
    "closed_date": Column("Ditutup", "date"),
    "problem": Column("Permasalahan", "text"),
    "action": Column("Tindak lanjut", "text"),
    "responsible": Column("Penanggung jawab", "text"),
    "due_date": Column("Tenggat", "date"),
    "indicator": Column("Indikator", "text"),
    "evidence": Column("Keterangan", "text"),
    # completeness and duplicates
    "column": Column("Kolom", "text"),
    "pair": Column("Pasangan", "text"),
    "kind": Column("Jenis", "text"),
    "reasons": Column("Alasan", "text"),
    "first": Column("Pertama", "text"),
    "second": Column("Kedua", "text"),
    "other_kab_kota": Column("Kab/kota kedua", "place"),
    "other_lp3h": Column("LP3H kedua", "lp3h"),
    # quota that moves
    "from_kab_kota": Column("Dari kab/kota", "place"),
    "from_lp3h": Column("Dari LP3H", "lp3h"),
    "to_kab_kota": Column("Ke kab/kota", "place"),
    "to_lp3h": Column("Ke LP3H", "lp3h"),
}

# Tables in which such a column means something narrower.
_NARROWER: Final[dict[str, Columns]] = {
    "obstacles": {"stage": Column("Tertahan di", "where"), "actor": Column("Dapat ditindaklanjuti oleh", "can_act")},
    "actions": {"status": Column("Status", "action_status"), "stage": Column("Tahap yang digerakkan", "stage")},
    "backlog": {"stage": Column("Menunggu apa", "waiting")},
    "backlog_ages": {"stage": Column("Menunggu apa", "waiting")},
    "stalled": {"stage": Column("Menunggu apa", "waiting")},
}


def columns_for(*metrics: str, measure: str | None = None) -> dict[str, Column]:
    """
    The columns as they read in a frame of these metrics, counted by this measure.

    A column that several metrics have reads as in the first of DEFINITIONS, unless one of `metrics` says otherwise.

    >>> columns_for("trend")["used"].header, columns_for(measure="issued")["done"].header
    ('Dimanfaatkan 4 pekan terakhir', 'Terbit')
    """
    return dict(_read_off(tuple(DEFINITIONS.values()), metrics, measure))


# the definitions are part of the key: one that is added is seen at once, and none is read twice
@lru_cache(maxsize=256)
def _read_off(definitions: tuple[Definition, ...], metrics: tuple[str, ...], measure: str | None) -> Columns:
    general = _NO_FIGURES | {each.column: each.as_column() for each in reversed(definitions)}
    known = general | _measured(definitions, measure)
    for metric in metrics:
        own = (each for each in definitions if each.metric == metric)
        known |= {each.column: each.as_column(measure) for each in own if each.as_column() != general[each.column]}
        known |= _NARROWER.get(metric, {})
    return known


def _measured(definitions: tuple[Definition, ...], measure: str | None) -> Columns:
    """The columns that read otherwise where it is known what is counted."""
    if measure is None:
        return {}
    unit = MEASURE_UNIT[measure]
    recent = _NO_FIGURES["recent"]
    both = ((each.column, each.as_column(measure)) for each in reversed(definitions) if each.follows(measure))
    return {"recent": Column(recent.header, recent.kind, unit), **dict(both)}


class _General(Columns):
    """The columns of no metric in particular, read when they are asked for."""

    def __getitem__(self, name: str) -> Column:
        return self._now()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())

    def __or__(self, others: Columns) -> dict[str, Column]:
        return columns_for() | dict(others)

    def _now(self) -> Columns:
        return _read_off(tuple(DEFINITIONS.values()), (), None)


COLUMNS: Final = _General()


def column_of(columns: Columns, name: Hashable) -> Column:
    """The column of that name; one without a header must not reach a reader, so it is an error."""
    if name not in columns:
        raise KeyError(f"column {name!r} has no Indonesian header: give it a Definition, or one in words.columns")
    return columns[str(name)]
