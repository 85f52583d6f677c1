"""The lines of one header: whether one divides another, and what the columns below them are called."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Final

from halal_metrics import places, statuses
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import is_plain, is_qualifier, is_understood, is_unit, measure

Known = Callable[[str], bool]
Numbers = Callable[[int], bool]
"""Whether a column holds numbers that can count something."""
Line = list[str | None]

_DATED: Final = re.compile(r"20\d\d\b|\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d\b")
"""A year or a date that can stand in a header."""


def is_below(parents: Line, children: Line) -> bool:
    """
    Whether the second line divides the first: some cell of the first has several cells below it, and those that
    stand alone have none but themselves.
    """
    over = parents_of(parents, children)
    filled = [column for column, text in enumerate(children) if text and text != over[column]]
    group = _groups(parents, over)
    labels = all(_is_label(children[column] or "") for column in filled) or _number_their_group(children, group)
    if len(filled) < 2 or not labels:
        return False
    if are_units(parents, children):
        return True
    below: dict[tuple[int, str] | None, int] = {}
    for column in filled:
        below[group[column]] = below.get(group[column], 0) + 1
    if not any(count >= 2 for parent, count in below.items() if parent):
        return False
    merged = any(parents[column] and parents[column] == parents[column + 1] for column in range(len(parents) - 1))
    alone = [column for column in filled if group[column] and below[group[column]] == 1]
    if any(_is_datum(children[column] or "") for column in alone):
        return False
    return merged or all((children[column] or "").startswith("(") for column in alone)


def are_units(parents: Line, children: Line) -> bool:
    """Whether the second line has nothing but units of the counts above it."""
    pairs = [(over, text) for over, text in zip(parents, children, strict=True) if text and text != over]
    return len(pairs) > 1 and all(over and is_unit(text) and measure(over) is not None for over, text in pairs)


def _is_label(text: str) -> bool:
    signs = "%" in text or bool(re.fullmatch(r"[\s()/+±-]*[+±][\s()/+±-]*", text))  # "(+/-)"
    return signs or any(letter.isalpha() for letter in text) or bool(_DATED.match(text))


def _is_datum(text: str) -> bool:
    """Whether a cell is a place, a code or a long number, which no header says of one column."""
    if re.search(r"\d{5}", text) or statuses.meaning(text).certainty == "code":
        return True
    return places.meaning(text).certainty in ("exact", "alias")


def _number_their_group(children: Line, group: list[tuple[int, str] | None]) -> bool:
    """Whether the cells, all below merged ones, count 1 2 3 in each group: weeks, say."""
    counted: Counter = Counter()
    for text, parent in zip(children, group, strict=True):
        if text is not None and text != (parent or ("", ""))[1]:
            counted[parent] += 1
            if parent is None or text != str(counted[parent]):
                return False
    return all(count > 1 for count in counted.values())


def parents_of(parents: Line, children: Line) -> Line:
    """The cell above each cell: its own, or over an unmerged blank the nearest to the left."""
    over: Line = []
    left: str | None = None
    for column, text in enumerate(parents):
        if text:  # a merged cell covers what it covers and no more; one with nothing of its own below covers itself
            repeated = column > 0 and text == parents[column - 1]
            left = None if repeated or children[column] in (None, text) else text
        over.append(text or (left if children[column] else None))
    return over


def _groups(parents: Line, over: Line) -> list[tuple[int, str] | None]:
    """For each column the parent it lies under, by where that begins and its text."""
    groups: list[tuple[int, str] | None] = []
    for column, text in enumerate(over):
        same = column and text and text == over[column - 1] and groups[-1]
        groups.append(groups[-1] if same else (column, text) if text else None)
    return groups


def spell(block: list[Line], known: Known, numbers: Numbers) -> list[str | None]:
    """What each column is called: the wording of its lines that is known, else all of them."""
    if len(block) == 1:
        return list(block[0])
    width = len(block[0])
    stacks: list[list[str]] = [[] for _ in range(width)]
    for parents, children in pairwise(block):
        over = parents_of(parents, children)
        for column in range(width):
            stacks[column].append(over[column] or "")
    idle = _names_all(block)
    parts = [
        [part for part in dict.fromkeys([*stack, block[-1][column] or ""]) if part and part != idle]
        for column, stack in enumerate(stacks)
    ]
    names = [_wording(part, known, counts=len(part) > 1 and numbers(column)) for column, part in enumerate(parts)]
    return _told_apart(names, parts)


def _names_all(block: list[Line]) -> str | None:
    """The one group of a first line of three, where it says nothing of the counts below: "Tahapan Sertifikasi"."""
    over = parents_of(block[0], block[1])
    groups = {text for text, below in zip(over, block[1], strict=True) if text and below not in (None, text)}
    if len(block) < 3 or len(groups) != 1:
        return None
    group = groups.pop()
    return None if measure(group) or is_qualifier(group) else group


def _wording(parts: list[str], known: Known, *, counts: bool = False) -> str | None:
    """
    What a column below these parents is called; `counts` says that it holds numbers.

    >>> [_wording(parts, headers.is_header) for parts in (["Tanggal", "Daftar"], ["Sertifikat", "Nomor"])]
    ['Tanggal Daftar', 'Nomor Sertifikat']
    >>> [_wording(parts, headers.is_header) for parts in (["Tahapan", "Verval"], ["Status", "Pengajuan"], ["A", "B"])]
    ['Verval', 'Pengajuan', 'A B']

    What stands over or under a count belongs to it, also where it means something else alone.

    >>> [_wording(["Terbit", "Pelaku Usaha"], headers.is_header, counts=counts) for counts in (True, False)]
    ['Terbit Pelaku Usaha', 'Pelaku Usaha']
    """
    if not parts:
        return None
    child, above, whole = parts[-1], parts[:-1][::-1], " ".join(parts)
    wordings = [wording for parent in above for wording in (f"{parent} {child}", f"{child} {parent}")]
    # Over the stages of a recap "Status" only says that they are stages.
    wordings = [text for text in wordings if not (headers.is_status(text) and headers.is_count(child))]
    if counts and is_understood(whole):
        wordings = [text for text in wordings if len(parts) == 2 and headers.either(text) != "total"]
        return next((text for text in wordings if known(text)), whole)
    if counts and any(is_plain(parent) for parent in above):
        above = []
    alone = () if child.startswith("(") else (child,)  # a unit
    return next((text for text in (*wordings, *alone, *above) if known(text)), whole)


def _told_apart(names: list[str | None], parts: list[list[str]]) -> list[str | None]:
    """Where several parents have the same children, the parents tell them apart."""
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    for name in twice:
        at = [column for column, found in enumerate(names) if found == name]
        parents = {parent for column in at for parent in parts[column][:-1]}
        if len({tuple(parts[column]) for column in at}) == 1 or all(map(is_qualifier, parents)):
            continue  # "Kab/Kota" below "Minggu ini" and again below "Kumulatif" is one column twice
        # Where nothing but the parent is known, its first child is it.
        first = at[:1] if all(name in parts[column][:-1] for column in at) else []
        for column in at:
            if first != [column]:
                above, below = parts[column][:-1], parts[column][-1:]
                # The count leads, so that the table is known for one of counts.
                names[column] = " ".join([*below, *above] if is_plain(below[0]) else [*above, *below])
    return names
