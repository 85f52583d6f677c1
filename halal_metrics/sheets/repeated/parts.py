"""Rows of a recap that divide one place and LP3H further (by pendamping, kecamatan, product …): together one row."""

import re
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa

from halal_metrics.schema import RECAPS, SOURCE
from halal_metrics.sheets.repeated.repeats import where
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.spelling import words

_KEY: Final = ["statement_date", "kab_kota", "lp3h"]
_SUMMED: Final = [column for column in RECAPS if column not in (*_KEY, *SOURCE, "obstacle")]
_DIVIDES: Final = re.compile(
    r"\b(?:nama|pendamping|p3h|pph|penyelia|petugas|korwil|korcam|koordinator|kec(?:amatan)?|kel(?:urahan)?|desa"
    r"|wilayah|lokasi|alamat|sentra|pasar|komunitas|kelompok|binaan|produk|jenis|kategori|klasifikasi|skala|sektor"
    r"|klaster|kbli|opd|dinas|instansi|sumber|asal|mitra|universitas|fakultas|cabang|ranting)\b"
)
_A_TIME: Final = re.compile(r"\b(?:tanggal|tgl|bulan|minggu|pekan|tahun|periode|triwulan|tw|termin|per|status)\b")


def sum_parts(
    recaps: pd.DataFrame, of: np.ndarray, sections: list[Section], problems: Problems
) -> tuple[pd.DataFrame, np.ndarray]:
    """
    The recap with the rows of one place, LP3H and date on one table summed, where a further column of it, or what
    they wrote for a place or LP3H nobody knows, tells each from each. `of` says for each row which of the sections it
    is from; both come back shortened alike.

    Rows which no such column tells apart are left as they are: they may be one thing stated twice.
    """
    key = recaps[_KEY].assign(of=of)
    again = np.flatnonzero(key.duplicated(keep=False))
    recaps = recaps.copy() if len(again) else recaps
    left_out: list[int] = []
    said: dict[int, list[tuple[int, int, str]]] = {}
    for positions in key.iloc[again].groupby([*_KEY, "of"], dropna=False, sort=False).indices.values():
        at = again[positions]
        section = sections[of[at[0]]]
        if section.naming.crossed or (header := _dividing(section, recaps, at)) is None:
            continue
        kept, rows = at[0], recaps.iloc[at]
        for name in _SUMMED:
            recaps.iloc[kept, recaps.columns.get_loc(name)] = rows[name].sum(min_count=1)
        obstacles = "; ".join(dict.fromkeys(rows["obstacle"].dropna()))
        recaps.iloc[kept, recaps.columns.get_loc("obstacle")] = obstacles or None
        left_out += at[1:].tolist()
        said.setdefault(int(of[kept]), []).extend((int(row), int(kept), header) for row in at[1:])
    for place, parts in said.items():
        _say(recaps, parts, sections[place], problems)
    return recaps.drop(left_out).reset_index(drop=True), np.delete(of, left_out)


def _dividing(section: Section, recaps: pd.DataFrame, at: np.ndarray) -> str | None:
    """The header of the first column that has words of its own in each of these rows, and divides things, not times."""
    rows = pa.array(np.searchsorted(section.rows, recaps["source_row"].to_numpy()[at]))
    unknown = {column for column in ("kab_kota", "lp3h") if recaps[column].iloc[at].isna().all()}
    for header, values in section.columns.items():
        column, said = section.naming.columns.get(header), words(header)
        if column in unknown or (column is None and _DIVIDES.search(said) and not _A_TIME.search(said)):
            texts = [words(text or "") for text in values.take(rows).to_pylist()]
            if all(texts) and len(set(texts)) == len(texts):
                return header
    return None


def _say(recaps: pd.DataFrame, parts: list[tuple[int, int, str]], section: Section, problems: Problems) -> None:
    at, into = (np.array(positions, np.int64) for positions in list(zip(*parts, strict=True))[:2])
    sentences = [
        Finding("recap_part", values=[there], facts={"header": header}).spoken()[0]
        for there, (_, _, header) in zip(where(recaps, at, into), parts, strict=True)
    ]
    rows = np.searchsorted(section.rows, recaps["source_row"].to_numpy()[at])
    section.skip(rows, "recap_part", sentences)
    problems.add(Finding("recap_part", rows, sentences=sentences), sheet=section.name, rows=section.rows)
