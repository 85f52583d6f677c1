"""Work done once for columns that have not changed since.

A column is told by where its values lie in memory, not by what they are: that costs nothing, however many there are. It
holds because a remembered column is kept alive. Its memory is then never given to another, and pandas, which copies on
write what two frames share, never writes into it: a column that was changed lies elsewhere. Not seen is a write past
pandas, into `frame[name].array` or into an array that a frame was made of with `copy=False`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import pandas as pd

Made = TypeVar("Made")


class Memo(Generic[Made]):
    """
    The last results, at most `size` of them.

    >>> doubled = Memo[int](size=4)
    >>> frame = pd.DataFrame({"count": [1, 2]})
    >>> doubled.of([frame["count"]], lambda: 2 * int(frame["count"].sum()))
    6
    >>> frame.loc[0, "count"] = 5
    >>> doubled.of([frame["count"]], lambda: 2 * int(frame["count"].sum()))
    14
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: OrderedDict[Hashable, tuple[list[pd.Series], Made]] = OrderedDict()
        self._turn = Lock()

    def of(self, columns: Iterable[pd.Series], make: Callable[[], Made], *, also: Hashable = None) -> Made:
        """What `make` gave for these columns, and whatever `also` it depends on; made now unless it was before."""
        kept = list(columns)
        places = tuple(map(_place, kept))
        if None in places:
            return make()
        key = places, also
        with self._turn:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key][1]
        made = make()
        with self._turn:
            self._made[key] = kept, made
            while len(self._made) > self._size:
                self._made.popitem(last=False)
        return made


def _place(column: pd.Series) -> Hashable:
    """Where a column's values lie; None for kinds that do not say."""
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        return _lies(column.to_numpy())
    if isinstance(dtype, pd.CategoricalDtype):
        return id(dtype.categories), _lies(column.array.codes)
    if isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow":
        chunks = column.array.__arrow_array__().chunks
        return tuple(
            (chunk.offset, len(chunk), *(buffer.address for buffer in chunk.buffers() if buffer)) for chunk in chunks
        )
    return None


def _lies(values: np.ndarray) -> Hashable:
    return values.__array_interface__["data"][0], values.strides, values.shape, values.dtype
