"""How far the rows below a heading belong to its group: to the next heading, or to the group's own total."""

import re
from collections.abc import Mapping
from enum import Enum
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from halal_metrics import places, statuses
from halal_metrics.sheets.left_out.group_rows import GROUPS, NOWHERE, Heading
from halal_metrics.sheets.left_out.notes import begins_note, is_printed
from halal_metrics.sheets.values.dates import MONTHS
from halal_metrics.spelling import words


class End(Enum):
    """What a row that heads no group does to those above it."""

    PART = "heads a part of the innermost, such as a kecamatan or a month"
    TOTAL = "sums the innermost"
    TOTAL_OF_PLACE = "sums the group of a place with all within"
    UNKNOWN = "stands as the heading of another"
    OUTSIDE = "is a record, but of none"


_PARTS: Final = re.compile(
    r"(?:[a-z] |[ivx]+ |\d+ )?(?:kec|kecamatan|kel|kelurahan|desa|ds|kampung|rt|rw|dusun|tahap|gelombang|batch|termin"
    r"|angkatan|pendamping|p3h|pph|petugas|koordinator|korwil|minggu|pekan|bulan|triwulan|tanggal|tgl|periode|usaha"
    r"|mikro|kecil|menengah|produk|jenis|kategori|status|posisi|makanan|minuman|reguler|self|halaman|hal|lembar"
    rf"|{'|'.join(MONTHS)})\b"
)
_PAGE: Final = re.compile(r"\b(?:halaman|hal|hlm|lembar|(?:di)?pindah\w*)\b")
_REST: Final = re.compile(r"\b(?:cadangan|sisa|belum|lintas|luar|tanpa|tidak|lain)\b")
_WIDER: Final = re.compile(r"\b(?:prov|provinsi|propinsi|kaltim|kalimantan timur|lintas|luar)\b")
_LONGEST: Final = 6  # words of a heading


def end(code: str, text: str) -> End | None:
    """
    What a row left out for `code`, its cells in one line, does to the groups above it.

    >>> end("row_total", "Jumlah | 12"), end("row_total", "Jumlah halaman ini"), end("row_total", "Jumlah Kota Bontang")
    (<End.TOTAL: 'sums the innermost'>, None, <End.TOTAL_OF_PLACE: 'sums the group of a place with all within'>)
    >>> [one and one.name for one in (end("row_unfilled", "Kec. Loa Janan"), end("row_unfilled", "KELOMPOK KHUSUS"))]
    ['PART', 'UNKNOWN']
    >>> end("row_note", "NB: mohon dicek")
    """
    said = words(text)
    if code == "row_total":
        if _PAGE.search(said):
            return None
        return End.TOTAL_OF_PLACE if places.named(text) else End.TOTAL
    if not re.search("[a-z]{2}", said) or len(said.split()) > _LONGEST or begins_note(text):
        return None
    if is_printed(text.split(" | ")) or (code == "row_note" and not re.search(NOWHERE, said)):
        return None
    return End.PART if _PARTS.match(said) or statuses.meaning(text).canonical else End.UNKNOWN


def is_wider(text: str) -> bool:
    """
    Whether a row holds what is left of more than one place.

    >>> is_wider("Cadangan Provinsi"), is_wider("Cadangan"), is_wider("PWI Kaltim")
    (True, False, False)
    """
    said = words(text)
    return bool(_REST.search(said) and _WIDER.search(said))


class Below(NamedTuple):
    """What the rows' headings say of them in one column."""

    value: np.ndarray
    """None without a heading."""
    ended: np.ndarray
    """The group that the row stands below and is not of, None without."""


class _Group(NamedTuple):
    column: str
    """One of GROUPS, or none for a part."""
    value: str | None
    since: int


def under(found: Mapping[int, Heading | End], record: np.ndarray) -> dict[str, Below]:
    """
    {column: what the rows' headings say}; `record` the rows that are records.

    A heading holds until the next, or until the total of its rows; one of the other kind right below it stands within
    it, and so do all of that kind.

    >>> place, uinsi, itk = Heading("kab_kota", "Kota Bontang"), Heading("lp3h", "UINSI"), Heading("lp3h", "ITK")
    >>> record = np.array([False, False, True, False, True, False, True])
    >>> below = under({0: place, 1: uinsi, 3: itk, 5: End.TOTAL}, record)
    >>> below["kab_kota"].value.tolist()
    [None, None, 'Kota Bontang', None, 'Kota Bontang', None, 'Kota Bontang']
    >>> below["lp3h"].value.tolist(), below["lp3h"].ended.tolist()
    ([None, None, 'UINSI', None, 'ITK', None, None], [None, None, None, None, None, None, 'ITK'])
    """
    below = {column: Below(*np.full((2, len(record)), None, object)) for column in GROUPS}
    outer = _outer(found, record)
    groups: list[_Group] = []
    ended: dict[str, str | None] = {}
    rows = sorted(found)
    for row, until in zip(rows, [*rows[1:], len(record)], strict=True):
        one, before = found[row], groups
        groups = _after(groups, one, row, outer, record)
        ended |= {group.column: group.value for group in before}
        if one is End.UNKNOWN or (isinstance(one, Heading) and (one.column == outer or not one.value)):
            ended = {}  # the next of the outer groups, or it is said of the heading
        for group in groups:
            ended.pop(group.column, None)
        for column in GROUPS:
            below[column].value[row:until] = next((group.value for group in groups if group.column == column), None)
            below[column].ended[row:until] = ended.get(column)
    for column in below.values():
        column.value[~record] = column.ended[~record] = None
    return below


def _outer(found: Mapping[int, Heading | End], record: np.ndarray) -> str | None:
    """The kind that stands over the other: the first with a heading of the other right below it."""
    heads = [(row, one) for row, one in sorted(found.items()) if isinstance(one, Heading)]
    for (row, one), (after, other) in pairwise(heads):
        if one.column != other.column and not (one.also or other.also or record[row:after].any()):
            return one.column
    return None


def _after(groups: list[_Group], one: Heading | End, row: int, outer: str | None, record: np.ndarray) -> list[_Group]:
    """The groups, from the outermost, that go on below a row."""
    if isinstance(one, Heading):
        heads = [one, one.also] if one.also else [one]
        named = [head.column for head in heads]
        kept = [group for group in groups if group.column == outer and outer not in named]
        return [*kept, *(_Group(head.column, head.value, row) for head in heads)]
    whole = [group for group in groups if group.column]
    if one is End.PART:
        return [*whole, _Group("", None, row)]
    if one is End.UNKNOWN:
        return whole[:-1]
    if one is End.OUTSIDE:
        return []
    if not groups or not record[groups[-1].since : row].any():
        return groups  # a total right below a heading sums what follows
    columns = [group.column for group in groups]
    last = columns.index("kab_kota") if one is End.TOTAL_OF_PLACE and "kab_kota" in columns else -1
    return [group for group in groups if group.since < groups[last].since]
