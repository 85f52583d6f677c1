"""Who may still fill how many slots: own quota first, then what no LP3H or no place has been given yet."""

import numpy as np


def rooms(
    quota: np.ndarray, used: np.ndarray, *, place: np.ndarray, institution: np.ndarray, missing: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """
    (cells as rows of place and institution, room of each), the cells given first, then those that only now get room.

    A cell's own room is quota − used, negative where it has overshot: it waits for so many exits. Quota without an
    LP3H, less what is used of it, there or beyond their own quota by the cells it is open to, is divided among the
    cells of its place by their quota, or by what they have used where none of these has any; quota without a place
    among all those of its LP3H, without either among all. Where files without an LP3H, or place, have come in already,
    they go on and keep that quota. `missing`: numbers of the missing place and institution.

    >>> quota, used = np.array([60, 0, 30]), np.array([20, 5, 0])
    >>> place, institution = np.array([0, 0, 0]), np.array([0, 1, 2])
    >>> rooms(quota, used, place=place, institution=institution, missing=(1, 2))[1].tolist()
    [65, 0, 0]
    """
    cells = np.column_stack([place, institution])
    room, over = np.maximum(quota - used, 0), np.maximum(used - quota, 0)
    open_ended = (cells == missing).any(axis=1) & (used == 0) & (quota > 0)
    # a place before an LP3H before neither: the narrowest first
    for cell in sorted(np.flatnonzero(open_ended), key=lambda one: tuple((cells[one] == missing)[::-1])):
        closer = (cells[:, 0] == cells[cell, 0]) | (cells[cell, 0] == missing[0])
        closer &= (cells[:, 1] == cells[cell, 1]) | (cells[cell, 1] == missing[1])
        closer[: len(quota)] &= ~open_ended
        among = np.flatnonzero(closer & (cells[:, 1] != missing[1]))
        if not len(among) and cells[cell, 1] == missing[1]:
            known = np.unique(cells[cells[:, 1] != missing[1], 1])
            more = np.column_stack([np.full(len(known), cells[cell, 0]), known])
            among = np.arange(len(cells), len(cells) + len(more))
            cells = np.vstack([cells, more])
            room, over = (np.append(some, np.zeros(len(more), np.int64)) for some in (room, over))
        if not len(among):
            continue
        taken = min(int(over[among].sum()), int(room[cell]))
        over[among] = _less(over[among], taken)
        size = _padded(quota, len(cells))[among]
        if not size.any():
            size = _padded(used, len(cells))[among]
        room[among] += divided(int(room[cell]) - taken, size)
        room[cell] = 0
    return cells, room - over


def divided(total: int, size: np.ndarray) -> np.ndarray:
    """
    So many, by size, in whole numbers (largest remainders, the first of equal ones); equally where nobody has a size.

    >>> divided(7, np.array([2, 1, 0])).tolist(), divided(3, np.array([0, 0])).tolist()
    ([5, 2, 0], [2, 1])
    """
    share = size / size.sum() if size.sum() else np.full(len(size), 1 / len(size))
    whole = np.floor(total * share + 1e-9).astype(np.int64)
    rest = np.argsort(-(total * share - whole), kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return whole


def _padded(amounts: np.ndarray, size: int) -> np.ndarray:
    return np.append(amounts, np.zeros(size - len(amounts), amounts.dtype))


def _less(amounts: np.ndarray, taken: int) -> np.ndarray:
    """The amounts after so many have been taken from the first ones."""
    before = np.cumsum(amounts) - amounts
    return amounts - np.clip(taken - before, 0, amounts)
