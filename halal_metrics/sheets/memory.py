"""What a large file leaves behind in the allocators of this process, given back to the system."""

import ctypes
import sys
from contextlib import suppress
from typing import Final

import pyarrow as pa

LARGE: Final = 200_000
"""Rows of a file that is worth it: what a smaller one leaves is used again for the next."""


def give_back() -> None:
    """Allocators keep what is freed for the next who asks; after a large file that may be never."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):  # of the C library of Linux
        ctypes.CDLL(None).malloc_trim(0)


class HeldMemory:
    """
    Gives memory back when it goes. As the last attribute of an object it goes after what the others held, which a
    finalizer of the object itself does not.
    """

    def __del__(self) -> None:
        if not sys.is_finalizing():
            give_back()


def held_memory(rows: int) -> HeldMemory | None:
    """For what came of so many rows; what reading them took is given back at once."""
    if rows < LARGE:
        return None
    give_back()
    return HeldMemory()
