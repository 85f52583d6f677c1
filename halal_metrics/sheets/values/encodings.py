"""
Columns that came as codes for few texts: who asks for their distinct values need not look for them in every row.

Known for as long as the column lives, by where its text lies in memory, so that its slices are known as well.
"""

import weakref
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa


@dataclass(frozen=True)
class _Known:
    column: weakref.ref
    """Nothing else can lie where this column does while it lives."""
    texts: pa.LargeStringArray
    codes: np.ndarray


_KNOWN: Final[dict[int, _Known]] = {}
"""By the address of the offsets."""


def decoded(texts: pa.LargeStringArray, values: pa.DictionaryArray) -> pa.LargeStringArray:
    """
    The column with these texts for its codes, of which some may be missing now, or equal.

    >>> values = pa.array(["Paser ", "Berau", "Paser "]).dictionary_encode()
    >>> column = decoded(pa.array(["Paser", "Berau"], pa.large_string()), values)
    >>> column.to_pylist(), encoded(column.slice(1)).dictionary.to_pylist()
    (['Paser', 'Berau', 'Paser'], ['Berau', 'Paser'])
    """
    column = texts.take(values.indices)
    if not texts.null_count and len(texts.unique()) == len(texts):
        at = column.buffers()[1].address
        alive = weakref.ref(column, lambda _: _KNOWN.pop(at, None))
        codes = values.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        _KNOWN[at] = _Known(alive, texts, codes)
    return column


def texts_of(column: pa.LargeStringArray) -> pa.LargeStringArray | None:
    """The texts of such a column, or of the one it is a slice of; nothing where they are not known."""
    known = _known(column)
    return known.texts if known else None


def encoded(column: pa.LargeStringArray) -> pa.DictionaryArray | None:
    """The column's own texts, in the order in which they come, and its codes; nothing where they are not known."""
    known = _known(column)
    if known is None:
        return None
    codes = known.codes[column.offset : column.offset + len(column)]
    first = np.full(len(known.texts) + 1, len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of equal codes the last one counts, which is the first row
    present = np.flatnonzero(first[:-1] < len(codes))
    present = present[np.argsort(first[present])]
    becomes = np.full(len(known.texts) + 1, -1, np.int32)
    becomes[present] = np.arange(len(present))
    own = becomes[codes]
    return pa.DictionaryArray.from_arrays(pa.array(own, mask=own < 0), known.texts.take(pa.array(present)))


def _known(column: pa.LargeStringArray) -> _Known | None:
    if not _KNOWN or not len(column):
        return None
    known = _KNOWN.get(column.buffers()[1].address)
    whole = known and known.column()
    return known if whole is not None and _places(whole) == _places(column) else None


def _places(column: pa.Array) -> list[int]:
    return [buffer.address if buffer else 0 for buffer in column.buffers()]
