"""Two tables of a plan for the same places and LP3H until different days: that both are kept, and what comes of it."""

from typing import Final

import numpy as np
import pandas as pd

from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section

Added = dict[tuple[int, int], list[tuple[int, list[int]]]]
"""Two tables, in the order of the file → for each place and LP3H of both a row of the one, and those of the other."""

_SUMMED: Final = (
    "kuotanya dijumlahkan. Biarkan bila memang bertahap; bila yang satu perubahan dari yang lain, {what_to_do}."
)
_CHOOSE: Final = "pilih satu lembar saja"
_MEND: Final = "hapus tabel yang lama di berkas"
_IN_TURN: Final = (
    "keduanya disimpan. Namun Per Tanggal-nya berbeda, sehingga mulai tanggal yang terakhir hanya kuota tabel itu yang "
    "berlaku. Samakan Per Tanggal-nya bila kuotanya dijumlahkan."
)


def say_added(added: Added, frame: pd.DataFrame, sections: list[Section], problems: Problems) -> None:
    """One warning for two tables, at the first row of the second of which the first has the place and LP3H too."""
    rows = frame["source_row"].to_numpy()
    for (one, other), keys in added.items():
        at = sorted(position for _, positions in keys for position in positions)
        mine, theirs = sections[other].name, sections[one].name
        first = min(position for position, _ in keys)
        days = frame["statement_date"].iloc[[first, *at]].nunique(dropna=False)
        facts = {
            "rows": len(at),
            "mine": mine,
            "what": _SUMMED.format(what_to_do=_CHOOSE if mine != theirs else _MEND) if days == 1 else _IN_TURN,
        }
        where = f"lembar {theirs} (mulai baris {rows[first]})" if mine != theirs else f"tabel mulai baris {rows[first]}"
        problems.add(Finding("quota_added", np.array(at[:1]), [where], facts), sheet=mine, rows=rows)
