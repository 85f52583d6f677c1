"""The lines of one header: whether one divides another, and what the columns below them are called."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from halal_metrics import places, statuses
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import is_plain, is_qualifier, is_understood, is_unit, measure, qualifier_of
from halal_metrics.sheets.headings.qualifiers import RATE

Known = Callable[[str], bool]
Numbers = Callable[[int], bool]
"""Whether a column holds numbers that can count something."""
Line = list[str | None]
Group = tuple[int, str] | None
"""A cell that columns stand under, by the column where it begins and its text."""

_DATED: Final = re.compile(r"20\d\d\b|\d{1,2}[-/.]\d{1,2}[-/.](?:20)?\d\d\b")
"""A year or a date that can stand in a header."""


def is_below(block: list[Line]) -> bool:
    """
    Whether the last of these lines divides those above it: some cell there has several cells below it, and those that
    stand alone have none but themselves.
    """
    parents, children = block[-2], block[-1]
    lines = overs(block)
    over = [next((text for text in stack[::-1] if text), None) for stack in zip(*lines, strict=True)]
    filled = [column for column, text in enumerate(children) if text and text != over[column]]
    group = _groups(block, lines)
    labels = all(_is_label(children[column] or "") for column in filled) or _number_their_group(children, group)
    if len(filled) < 2 or not labels:
        return False
    if are_units(block):
        return True
    below: dict[Group, int] = {}
    for column in filled:
        below[group[column]] = below.get(group[column], 0) + 1
    if not any(count >= 2 for parent, count in below.items() if parent):
        return False
    merged = any(parents[column] and parents[column] == parents[column + 1] for column in range(len(parents) - 1))
    alone = [column for column in filled if group[column] and below[group[column]] == 1]
    if any(_is_datum(children[column] or "") for column in alone):
        return False
    return merged or all((children[column] or "").startswith("(") for column in alone)


def are_units(block: list[Line]) -> bool:
    """
    Whether the last of these lines has nothing but units of the counts above it.

    >>> are_units([["Kuota", "Terbit", None], [None, "Jml", "%"], ["(PU)", "(SH)", "(%)"]])
    True
    >>> are_units([["Kuota", "Terbit"], ["unit", "Berau"]]), are_units([["Nama", "Jenis"], ["PU", "produk"]])
    (False, False)

    Without brackets a unit may be a value, unless what stands over it counts something.
    """
    lines = overs(block)
    units = counts = 0
    for column, text in enumerate(block[-1]):
        stack = [line[column] or "" for line in lines]
        if not text or text in stack:
            continue
        unit = is_unit(text) or qualifier_of(text) == RATE
        counted = measure(" ".join(stack)) is not None
        if not any(stack) and is_plain(text):
            continue  # the name of a count that nothing divides, set as low as the units
        if not any(stack) or not (text.startswith("(") or (unit and counted)):
            return False
        units, counts = units + unit, counts + counted
    return units > 1 and counts > 0


def _is_label(text: str) -> bool:
    signs = "%" in text or bool(re.fullmatch(r"[\s()/+±-]*[+±][\s()/+±-]*", text))  # "(+/-)"
    return signs or any(letter.isalpha() for letter in text) or bool(_DATED.match(text))


def _is_datum(text: str) -> bool:
    """Whether a cell is a place, a code or a long number, which no header says of one column."""
    if re.search(r"\d{5}", text) or statuses.meaning(text).certainty == "code":
        return True
    return places.meaning(text).certainty in ("exact", "alias")


def _number_their_group(children: Line, group: list[Group]) -> bool:
    """Whether the cells, all below merged ones, count 1 2 3 in each group: weeks, say."""
    counted: Counter = Counter()
    for text, parent in zip(children, group, strict=True):
        if text is not None and text != (parent or ("", ""))[1]:
            counted[parent] += 1
            if parent is None or text != str(counted[parent]):
                return False
    return all(count > 1 for count in counted.values())


def overs(block: list[Line]) -> list[Line]:
    """
    For each line but the last the cell that stands over each column, in the first also where only the last has one.

    >>> overs([["Ajuan", None, "Terbit"], ["Realisasi", "Target", None], ["(PU)", "(PU)", "(SH)"]])
    [['Ajuan', 'Ajuan', 'Terbit'], ['Realisasi', 'Target', None]]
    """
    found: list[Line] = []
    for at, parents in enumerate(block[:-1]):
        deeper = [any(texts) for texts in zip(*block[at + 1 :], strict=True)]
        found.append(parents_of(parents, block[at + 1], deeper, _groups(block, found) if found else None))
    return found


def parents_of(
    parents: Line, children: Line, deeper: Sequence[bool] | None = None, within: Sequence[Group] | None = None
) -> Line:
    """
    The cell above each cell: its own, or over an unmerged blank the nearest to the left.

    `deeper` says of each column whether it has a cell in any line below, `within` what it stands under itself: no cell
    reaches beyond the group in which it begins.
    """
    over: Line = []
    left: str | None = None
    inside: Group = None
    held = deeper or [text is not None for text in children]
    for column, text in enumerate(parents):
        if within and held[column] and within[column] != inside:
            left, inside = None, within[column]
        if text:  # a merged cell covers what it covers and no more; one with nothing of its own below covers itself
            repeated = column > 0 and text == parents[column - 1]
            left = None if repeated or children[column] in (None, text) else text
        over.append(text or (left if held[column] else None))
    return over


def _groups(block: list[Line], lines: list[Line]) -> list[Group]:
    """For each column the lowest cell it lies under; `lines` as from `overs`, of as much of the block as they tell."""
    lowest: list[Group] = [None] * len(block[0])
    for written, line in zip(block, lines, strict=False):
        within = [*lowest]
        last: int | None = None
        for column, text in enumerate(line):
            if not text:
                continue
            begins = written[column] is not None and (column == 0 or written[column - 1] != text)
            same = last is not None and not begins and line[last] == text and within[last] == within[column]
            lowest[column] = lowest[last] if same and last is not None else (column, text)
            last = column
    return lowest


def spell(block: list[Line], known: Known, numbers: Numbers) -> list[str | None]:
    """What each column is called: the wording of its lines that is known, else all of them."""
    if len(block) == 1:
        return list(block[0])
    width = len(block[0])
    stacks: list[list[str]] = [[] for _ in range(width)]
    for over in overs(block):
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
