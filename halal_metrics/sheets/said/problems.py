"""What a reader has to say: collected as facts, spoken once, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from halal_metrics import schema
from halal_metrics.personal import without_nik
from halal_metrics.sheets.said.sentences import SENTENCES

UNREADABLE: Final = {
    "password": "Berkas ini terkunci kata sandi. Buka di Excel, hapus kata sandinya, simpan, lalu unggah lagi.",
    "corrupt": "Berkas ini rusak atau terpotong. Minta pengirim mengirim ulang, atau simpan ulang dari Excel.",
    "empty": "Berkas ini kosong. Periksa apakah berkas yang dipilih sudah benar.",
    "no_header": "Tidak ditemukan baris judul kolom yang dikenal. Pastikan ada satu baris berisi nama kolom, "
    "misalnya 'No. Daftar', 'NIB', 'Kab/Kota', 'Status'.",
    "too_large": "Berkas ini terlalu besar. Pecah menjadi beberapa berkas, masing-masing paling besar 200 MB.",
    "unavailable": "Pembaca berkas sedang tidak dapat bekerja di server ini, jadi berkas belum dibaca; berkasnya "
    "sendiri belum tentu bermasalah. Coba lagi sebentar; bila tetap gagal, hubungi pengelola server.",
    "unsupported": "Jenis berkas ini belum dapat dibaca. Simpan sebagai .xlsx atau .csv, lalu unggah lagi.",
}
"""Why a file cannot be read at all: code → sentence."""

COLUMNS: Final = {
    "severity": schema.TEXT,
    "code": schema.TEXT,
    "sheet": schema.TEXT,
    "row": schema.STATED,
    "column": schema.TEXT,
    "value": schema.TEXT,
    "message": schema.TEXT,
}


class UnreadableFile(ValueError):
    """
    A file that cannot be read at all; `code` is a key of UNREADABLE and the message its sentence.

    For "no_header", `sheets` has the record of each sheet and `lines` {sheet name: its first rows, each in one line},
    both without NIK, so that a person can point at the header row and say what the columns are. `why`: a sentence that
    says more than the code's own.

    >>> str(UnreadableFile("empty"))
    'Berkas ini kosong. Periksa apakah berkas yang dipilih sudah benar.'
    """

    def __init__(
        self,
        code: str,
        sheets: Sequence[Any] = (),
        lines: dict[str, list[str]] | None = None,
        *,
        why: str | None = None,
    ):
        super().__init__(why or UNREADABLE[code])
        self.code = code
        self.sheets = tuple(sheets)
        self.lines = lines or {}


@dataclass(frozen=True)
class Finding:
    """One kind of problem in one column (or in the rows, or the sheet), at any number of places."""

    code: str
    at: np.ndarray | None = None
    """Positions among the rows looked at; None where the whole column or sheet is meant."""
    values: Sequence[str] = ()
    """The raw text at each position, or one for the whole."""
    facts: dict[str, Any] = field(default_factory=dict)
    """What else the sentence names."""
    sentences: Sequence[str] = ()
    """Ready sentences, where each value has its own."""

    @property
    def count(self) -> int:
        """How many places are meant, 1 where the whole is."""
        return 1 if self.at is None else len(self.at)

    def shown(self) -> list[str]:
        """The values as they may be shown: without NIK."""
        return [without_nik(value) for value in self.values]

    def spoken(self) -> list[str]:
        """One sentence for each position, or one for the whole."""
        template = SENTENCES[self.code][1]
        return list(self.sentences) or [
            template.format(value=value, **self.facts) for value in self.shown() or [""] * self.count
        ]


@dataclass
class Problems:
    """Collects findings of all sheets and makes one frame of them."""

    _said: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in COLUMNS})

    def add(
        self,
        finding: Finding,
        *,
        sheet: str,
        rows: np.ndarray | None = None,
        column: str | None = None,
        header: str | None = None,
    ) -> None:
        """`rows`: the row numbers a person sees, to which the finding's positions point. A NIK is said once a file."""
        if finding.code == "nik_replaced" and finding.code in self._said["code"]:
            return
        whole = finding.at is None
        seen = [None] if whole or rows is None else rows[finding.at].tolist()
        if not seen:
            return
        where = f" kolom {header or column}" if header or column else ""
        starts = [f"Baris {row}{where}: " for row in seen] if not whole else [f"K{where[2:]}: " if where else ""]
        said = {
            "row": seen,
            "value": finding.shown() or [None] * len(seen),
            "message": [start + sentence for start, sentence in zip(starts, finding.spoken(), strict=True)],
        }
        once = {
            "severity": SENTENCES[finding.code][0],
            "code": finding.code,
            "sheet": sheet,
            "column": column or header,
        }
        for name, values in (said | {name: [text] * len(seen) for name, text in once.items()}).items():
            self._said[name] += values

    def frame(self, sheets: Sequence[str]) -> pd.DataFrame:
        """All problems, typed as COLUMNS: by sheet in the file's order, then by row."""
        place = {name: order for order, name in enumerate(sheets)}
        by = [
            (place.get(sheet, -1), row or 0) for sheet, row in zip(self._said["sheet"], self._said["row"], strict=True)
        ]
        order = sorted(range(len(by)), key=by.__getitem__)
        said = {name: [values[at] for at in order] for name, values in self._said.items()}
        return schema.frame(said, COLUMNS)
