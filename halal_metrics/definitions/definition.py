"""What a definition consists of, and the phrases that several share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from halal_metrics.definitions.example import Known, Row, first

MEASURE_UNIT: Final = {"submitted": "pengajuan", "issued": "sertifikat"}
"""`measure` of `deadline_gaps` → what is counted."""

EITHER: Final = " atau ".join(MEASURE_UNIT.values())
"""Unit of what is counted by the measure that was chosen."""

AMOUNTS: Final = frozenset({"count", "number", "signed", "days", "rate", "points"})
"""Kinds that are so many of something. A date or a word has no unit beside it."""


@dataclass(frozen=True)
class Column:
    """
    One column as people know it. `kind` is how its values are written, one of `halal_ui.words.names.WRITE`; `unit` is
    named in exports, where no sentence stands beside the number; `tone` is the colour of `palette.Palette` that a
    rate's bar is drawn in.
    """

    header: str
    kind: str
    unit: str = ""
    tone: str = "quota"


# eq=False: two metrics are the same only where they are one, so that a lambda need not be compared
@dataclass(frozen=True, eq=False)
class Metric:
    """
    What is said once of a function and holds for all its columns.

    `chapter` is its heading on the page Definisi, "" where it has none; chapters stand there by `place`, those of one
    place as DEFINITIONS has them. `whole` figures it for a scope as a whole, to be worked on; None where only a
    meeting has its numbers. `row` takes from that result what the examples name.
    """

    name: str
    chapter: str = ""
    place: float = float("inf")
    whole: Callable[[Known], pd.DataFrame] | None = None
    row: Row = first


# eq=False: a registry of definitions is compared quickly, each is the one that was written
@dataclass(frozen=True, eq=False)
class Definition:
    """
    One figure: the result column `column` of the function `of`, and all that is said of it. What a reader sees is
    Indonesian.

    `numerator` is what is counted, `denominator` what it is divided by ("" where nothing is); `edges` are the
    rules at the edge; `source` says where the rule comes from, "Pilihan kami" where it is this product's own;
    `worked` is a template of the same on real numbers.

    As a column: `kind` and `tone` as in Column; `header` where it is not `name`; `unit_in_head` where it is not
    `unit`, "" where the header says it already; `measured` the headers of another measure's column.
    """

    of: Metric
    column: str
    name: str
    unit: str
    numerator: str
    denominator: str = ""
    formula: str = ""
    edges: tuple[str, ...] = ()
    source: str = ""
    worked: str = ""
    kind: str = "count"
    header: str = ""
    unit_in_head: str | None = None
    tone: str = "quota"
    measured: Mapping[str, str] = field(default_factory=dict)

    @property
    def metric(self) -> str:
        return self.of.name

    @property
    def chapter(self) -> str:
        return self.of.chapter

    @property
    def key(self) -> str:
        return f"{self.metric}.{self.column}"

    def as_column(self, measure: str | None = None) -> Column:
        """
        The column in a table of this metric; `measure`: where it is known what is counted.

        >>> share = Definition(Metric("share"), "share", "Bagian", "%", "terbit", "kuota", kind="rate", tone="issued")
        >>> share.as_column()
        Column(header='Bagian', kind='rate', unit='%', tone='issued')
        """
        return Column(
            self.measured.get(measure or "") or self.header or self.name, self.kind, self._unit(measure), self.tone
        )

    def follows(self, measure: str) -> bool:
        """Whether the column reads otherwise where it is known that this is counted."""
        return self.as_column(measure) != self.as_column()

    def _unit(self, measure: str | None) -> str:
        if self.unit == EITHER:
            return MEASURE_UNIT.get(measure or "", "")
        # a header of its own measure no longer says what the general one does
        if self.unit_in_head is not None and measure not in self.measured:
            return self.unit_in_head
        return self.unit if self.kind in AMOUNTS else ""


PRESS: Final = "Siaran pers DPPKUKM Kaltim, 4 Juni 2025"
SIHALAL: Final = "Kode status SIHALAL"
LAW: Final = "UU 6/2023 Pasal 33A"
OURS: Final = "Pilihan kami"

NO_QUOTA: Final = "Tanpa kuota, persentasenya kosong: bukan 0% dan bukan tak terhingga."
OVERSHOT: Final = "Di atas 100% bila pengajuan melebihi kuota."
UNKNOWN: Final = "Tanpa kab/kota atau LP3H tetap dihitung, sebagai “Belum dirinci”."
