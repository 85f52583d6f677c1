"""One column for kab/kota and, in the rows under each, its LP3H ("Uraian"), in a recap or quotas: read as two."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import institutions, places, schema
from halal_metrics.sheets.headings.headers import key, label
from halal_metrics.sheets.headings.naming import SUMS, Naming, name_columns
from halal_metrics.sheets.said.problems import Finding
from halal_metrics.sheets.values.cells import Distinct, filled
from halal_metrics.sheets.values.numbers import number
from halal_metrics.spelling import words

Columns = dict[str, pa.LargeStringArray]

GROUPS: Final = ("kab_kota", "lp3h")
_OTHER: Final = " (LP3H)"
"""Behind the header, for the column that the LP3H of a nested one are read as."""

_NEITHER, _PLACE, _LP3H = range(3)
_BULLET: Final = r"^[\s\-–—•*·>]+|^\s*\(?(?:[A-Za-z]|[ivxIVX]+|\d{1,2})[.)]\s+"
_LIKE_LP3H: Final = re.compile(r"^(?:lp3h?|lph|halal cent(?:er|re)|pusat (?:kajian )?halal|lembaga pendamping)\b")
_SOMEWHERE: Final = ("place_similar", "place_ambiguous", "place_outside", "place_code_ambiguous")
_PEEK: Final = 1000


def base(header: str) -> str:
    """The header in the file behind one that was split off it."""
    return header.removesuffix(_OTHER)


def with_groups(
    columns: Columns,
    naming: Naming,
    chosen: dict[str, str | None],
    table: str | None,
    over: Sequence[Sequence[str]] = (),
) -> tuple[Columns, Naming]:
    """
    A recap's or quotas' columns, with the column that names places and LP3H by its content, whatever it is called.

    A column of both, the one kind standing over the other, becomes two: places stay, the LP3H move to one beside them.
    Where no column is known to name either, one of mostly places, or mostly LP3H, is taken for that. What a person said
    of a column stands: `chosen` {key of a header: column}. `table`,
    `over`: as of `name_columns`.

    >>> texts = pa.array(["KAB. PASER", "- LP3H Unmul", "- ITK", "KOTA BONTANG", "- UINSI"], pa.large_string())
    >>> counts = pa.array([None, "30", "20", None, "7"], pa.large_string())
    >>> columns = {"Uraian": texts, "Kuota": counts}
    >>> naming = name_columns(["Uraian", "Kuota"], lambda name: [], mapping={})
    >>> columns, naming = with_groups(columns, naming, {}, None)
    >>> naming.columns, columns["Uraian (LP3H)"].to_pylist()  # doctest: +NORMALIZE_WHITESPACE
    ({'Uraian': 'kab_kota', 'Kuota': 'quota', 'Uraian (LP3H)': 'lp3h'}, [None, 'LP3H Unmul', 'ITK', None, 'UINSI'])
    """
    found = _meant(columns, naming, chosen) if naming.table in SUMS and not naming.crossed else None
    if found is None:
        return columns, naming
    header, meant, kinds = found
    if len(meant) == 2:
        columns = _split(columns, header, kinds)
    given = {name: chosen[key(name)] for name in columns if key(name) in chosen}
    again = name_columns(
        list(columns), lambda name: _values(columns[name]), table=table, mapping={**meant, **given}, over=over
    )
    if again.table != naming.table:
        return columns, naming
    if len(meant) == 2:
        again.nested = "kab_kota" if kinds[kinds > _NEITHER][0] == _PLACE else "lp3h"
    for name in meant:
        if name not in given and name in again.certainty:
            again.certainty[name] = "content"
    said = (
        Finding("column_of_both")
        if again.nested
        else Finding("column_of_groups", values=[label(column) for column in meant.values() if column])
    )
    again.findings.append((header, said))
    return columns, again


def _meant(
    columns: Columns, naming: Naming, chosen: dict[str, str | None]
) -> tuple[str, dict[str, str | None], np.ndarray] | None:
    """The header, what it and the one split off it name, and what each of its cells is."""
    named = {column: header for header, column in naming.columns.items() if column in GROUPS}
    if len(named) == 2:
        return None
    may_be = [*named.values()] or [name for name in columns if name not in naming.columns and name not in naming.nik]
    for header in may_be:
        if chosen.get(key(header), "kab_kota") != "kab_kota":
            continue
        kinds, filled = _kinds(columns[header])
        if (kinds > _NEITHER).sum() * 2 <= filled:
            continue
        both = (kinds == _PLACE).any() and (kinds == _LP3H).any()
        if both and _only_head(kinds, columns, header, naming):
            continue
        if both and _stand_over(kinds, by_place="lp3h" in named):
            return header, {header: "kab_kota", header + _OTHER: "lp3h"}, kinds
        if not named and not both:
            return header, {header: "kab_kota" if (kinds == _PLACE).any() else "lp3h"}, kinds
    return None


def _only_head(kinds: np.ndarray, columns: Columns, header: str, naming: Naming) -> bool:
    """Whether places and LP3H stand over rows of something else (a kecamatan), which alone have counts."""
    dtypes = schema.TABLES[naming.table or ""]
    counted = [columns[name] for name, column in naming.columns.items() if dtypes.get(column) in schema.COUNTED]
    has_count = np.logical_or.reduce([filled(values) for values in counted]) if counted else np.zeros(len(kinds), bool)
    parts = (kinds == _NEITHER) & filled(columns[header])
    return bool((parts & has_count).any()) and not ((kinds > _NEITHER) & has_count).any()


def _kinds(column: pa.LargeStringArray) -> tuple[np.ndarray, int]:
    """Of each cell what it names, and how many hold words."""
    texts = Distinct(column)
    kinds = texts.spread([_kind(text) for text in texts.values], _NEITHER, int)
    worded = texts.spread([number(text) is None for text in texts.values], False, bool)
    return kinds, int(worded.sum())


def _kind(text: str) -> int:
    name = re.sub(_BULLET, "", text)
    plain = words(name)
    lp3h = institutions.meaning(name)
    if lp3h.certainty in ("exact", "alias") or _LIKE_LP3H.search(plain):
        return _LP3H
    place = places.meaning(name)
    if place.certainty in ("exact", "alias") or place.code in _SOMEWHERE:
        return _PLACE
    return _LP3H if lp3h.code == "lp3h_similar" else _NEITHER


def _stand_over(kinds: np.ndarray, *, by_place: bool) -> bool:
    """
    Whether the kind that comes first heads rows of the other: most places do, or each LP3H; places alone may be wanted.

    Two views of the same counts below each other, first by LP3H, then by place, are not nested.
    """
    named = kinds[kinds > _NEITHER]
    outer = named[0]
    heads = np.flatnonzero(named == outer)
    followed = named[np.minimum(heads + 1, len(named) - 1)] != outer
    if outer == _LP3H:
        return bool(followed.all()) and not by_place
    return followed.sum() * 2 > len(heads)


def _split(columns: Columns, header: str, kinds: np.ndarray) -> Columns:
    """The LP3H of a column in one of their own, without bullets, as the last."""
    is_lp3h, nothing = pa.array(kinds == _LP3H), pa.scalar(None, pa.large_string())
    texts = columns[header]
    of_lp3h = pc.if_else(is_lp3h, pc.replace_substring_regex(texts, _BULLET, ""), nothing)
    return {**columns, header: pc.if_else(is_lp3h, nothing, texts), header + _OTHER: of_lp3h}


def _values(column: pa.LargeStringArray) -> list[str]:
    return Distinct(column.slice(0, _PEEK).drop_null()).values


def unread_groups(columns: Columns, naming: Naming) -> list[str]:
    """Headers of texts that nobody understood, where nothing is known to name places or LP3H."""
    left = [name for name in columns if name not in naming.columns and name not in naming.nik]
    return [
        name
        for name in left
        if len(values := _values(columns[name])) > 1 and sum(number(text) is None for text in values) > 1
    ]
