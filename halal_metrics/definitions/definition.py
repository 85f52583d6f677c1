"""What a definition consists of, and the phrases that several share."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Definition:
    """
    One figure. `metric` is the function, `column` its result column; everything else is Indonesian text.

    `numerator` is what is counted, `denominator` what it is divided by ("" where nothing is); `edges` are the
    rules at the edge; `source` says where the rule comes from, "Pilihan kami" where it is this product's own.
    """

    metric: str
    column: str
    name: str
    unit: str
    numerator: str
    denominator: str = ""
    formula: str = ""
    edges: tuple[str, ...] = ()
    source: str = ""
    worked: str = ""

    @property
    def key(self) -> str:
        return f"{self.metric}.{self.column}"


PRESS: Final = "Siaran pers DPPKUKM Kaltim, 4 Juni 2025"
SIHALAL: Final = "Kode status SIHALAL"
LAW: Final = "UU 6/2023 Pasal 33A"
OURS: Final = "Pilihan kami"

NO_QUOTA: Final = "Tanpa kuota, persentasenya kosong: bukan 0% dan bukan tak terhingga."
OVERSHOT: Final = "Di atas 100% bila pengajuan melebihi kuota."
UNKNOWN: Final = "Tanpa kab/kota atau LP3H tetap dihitung, sebagai “Belum dirinci”."
