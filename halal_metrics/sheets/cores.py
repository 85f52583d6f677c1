"""The columns of a long table, each on its own, on several cores: Arrow and NumPy let go of the interpreter."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

LONG: Final = 20_000
"""Rows from which it pays."""

One = TypeVar("One")
Other = TypeVar("Other")


def each(call: Callable[[One], Other], columns: Iterable[One], rows: int) -> list[Other]:
    """
    What the call makes of each, in order.

    >>> each(str.upper, ["a", "b"], rows=LONG)
    ['A', 'B']
    """
    if rows < LONG:
        return [*map(call, columns)]
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as cores:
        return [*cores.map(call, columns)]
