"""Of all columns that count one thing the one that states it; why each of the others does not."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import USED, Measure, are_counts, is_understood, measure
from halal_metrics.sheets.headings.qualifiers import (
    EARLIER,
    FLOW,
    MONEY,
    PERIOD,
    PLAIN,
    PRODUCT,
    RATE,
    REST,
    TARGET,
    UNKNOWN,
    VALUE,
    WEAK,
    plain_words,
    qualifier,
)  # fmt: skip
from halal_metrics.sheets.values.numbers import number

_FEW: Final = 40
"""Values that tell whether a column holds numbers."""

_NO_COUNT: Final = re.compile(
    r"%|persen|prosen|rasio|sisa|target|deviasi|capaian|\b(?:no|nomor|kode|tahun)\b", re.IGNORECASE
)
"""Headers of numbers that are no loss: computed here, or no count of anything."""

_FLOW_IN_TITLE: Final = re.compile(
    r"(?<!\bsd )(?<!kumulatif )\b(?:minggu|pekan|bulan|hari|triwulan) (?:ini|berjalan)\b|\b(?:pe)?(?:n|t)ambahan\b"
)

WHY: Final = {
    FLOW: "hanya tambahan selama satu kurun, bukan jumlah kumulatif",
    EARLIER: "keadaan yang lebih lama",
    PERIOD: "angka satu kurun saja, bukan jumlah kumulatif",
    TARGET: "target, bukan capaian",
    RATE: "persentase",
    REST: "sisa atau yang belum",
    PRODUCT: "menghitung produk, bukan pelaku usaha atau sertifikat",
    MONEY: "menghitung rupiah",
    UNKNOWN: "keterangan di judulnya tidak dikenal",
    WEAK: "ada kolom lain dengan keterangan lain untuk hal yang sama",
    "unit": "menghitung satuan lain",
}
"""Why a column does not state a count, as the end of a sentence."""

_EXPECTED: Final = frozenset((TARGET, RATE, REST))
"""What stands beside a count as a rule, and is computed here or stated elsewhere: no loss."""

_UNITS: Final = {"issued": ("certificate", None, "business")}
"""The units in which something is counted, the best first; all else in businesses."""


@dataclass(frozen=True)
class Left:
    """A column that is not taken."""

    why: str
    """A key of WHY."""
    instead_of: str | None
    """The header that is taken for the same count."""

    @property
    def is_loss(self) -> bool:
        """Whether its figures are told by no other column."""
        return self.why not in _EXPECTED and (self.instead_of is None or self.why in (UNKNOWN, WEAK))


@dataclass
class Choice:
    """What was made of the columns that count."""

    taken: dict[str, str] = field(default_factory=dict)
    """Header → column."""
    doubles: dict[str, list[str]] = field(default_factory=dict)
    """Header taken → others that state the same."""
    left: dict[str, Left] = field(default_factory=dict)


def counting(names: list[str], peek: Callable[[str], list[str]]) -> dict[str, Measure]:
    """
    The headers that count something; one that is not understood only where numbers stand below it.

    Beside stages "Total Pengajuan" is their sum, and not here; beside "Pengajuan minggu ini" it is the count.
    """
    found = {name: one for name in names if (one := measure(name))}
    found = {name: one for name, one in found.items() if one.kind != UNKNOWN or are_counts(peek(name)[:_FEW])}
    totals = {name for name in found if headers.either(name) == "total"}
    flows = {one.column for one in found.values() if one.kind in (FLOW, EARLIER, PERIOD)}
    stated = {one.column for name, one in found.items() if one.kind in (PLAIN, VALUE) and name not in totals}
    return {name: one for name, one in found.items() if name not in totals or one.column in flows - stated}


def choose(measures: dict[str, Measure], *, several: str, taken: Mapping[str, str]) -> Choice:
    """
    For each count the column that states it, by its value; `several` is the column that many headers fill together,
    `taken` {header: column} what is settled already.

    >>> from halal_metrics.sheets.headings.measures import measure
    >>> names = ("Terbit minggu ini", "Terbit s.d. minggu ini", "Terbit (produk)", "Kuota Semula", "Kuota Menjadi")
    >>> made = choose({name: measure(name) for name in names}, several="exited", taken={})
    >>> made.taken
    {'Terbit s.d. minggu ini': 'issued', 'Kuota Menjadi': 'quota'}
    >>> {name: (left.why, left.is_loss) for name, left in made.left.items()}
    {'Terbit minggu ini': ('flow', False), 'Terbit (produk)': ('product', False), 'Kuota Semula': ('earlier', False)}

    Nothing is taken where only flows are stated, or where several columns could be it.
    """
    made = Choice()
    groups: dict[tuple[str, str], dict[str, Measure]] = {}
    for name, found in measures.items():
        column = "submitted" if found.column == USED else found.column
        same = (found.column == USED, found.core if column == several else "")
        groups.setdefault((column, *same), {})[name] = found
    for (column, *_), group in sorted(groups.items(), key=lambda item: item[0][1]):
        _choose_one(column, _without_earlier(group), made, dict(taken), column == several)
    return made


def _without_earlier(group: dict[str, Measure]) -> dict[str, Measure]:
    """Of several values up to several days the latest is the value."""
    latest = max((found.until for found in group.values() if found.kind == VALUE), default=())
    return {
        name: replace(found, kind=EARLIER) if found.kind == VALUE and () < found.until < latest else found
        for name, found in group.items()
    }


def _choose_one(column: str, group: dict[str, Measure], made: Choice, taken: dict[str, str], several: bool) -> None:
    units = _UNITS.get(column, (None, "business", "certificate"))
    weak = [name for name, found in group.items() if found.kind == WEAK]
    states = [name for name, found in group.items() if found.kind in (VALUE, PLAIN)] or weak * (len(weak) == 1)
    states.sort(key=lambda name: (units.index(group[name].unit), group[name].kind == PLAIN))
    stands = next((name for name, known in (taken | made.taken).items() if known == column), None)
    if states and (several or stands is None):
        stands = states.pop(0)
        made.taken[stands] = column
    for name, found in group.items():
        other_unit = stands in group and len({group[stands].unit, found.unit} - {None}) > 1
        if name == stands:
            continue
        if name in states and stands and not other_unit:
            made.doubles.setdefault(stands, []).append(name)
        else:
            made.left[name] = Left("unit" if name in states else found.kind, stands)


def is_loss(name: str, values: list[str]) -> bool:
    """Whether a column that is not taken holds whole numbers that might count something."""
    identifies = headers.either(name) in ("numbering", "total", "nik") or headers.column_of(name) == ("kbli", 0)
    if _NO_COUNT.search(name) or identifies or is_understood(name):
        return False
    numbers = [amount for value in values[:_FEW] if (amount := number(value)) is not None]
    whole = all(amount == int(amount) for amount in numbers)
    years = all(2000 <= amount < 2100 for amount in numbers)
    return bool(numbers) and whole and not years and are_counts(values[:_FEW])


def flow_in(titles: Collection[str], taken: Mapping[str, str]) -> str | None:
    """
    The title that speaks of one week or month alone, where no header says that its counts are cumulative.

    >>> flow_in(["REKAP MINGGU INI"], {"Terbit": "issued"}), flow_in(["s.d. minggu ini"], {"Terbit": "issued"})
    ('REKAP MINGGU INI', None)
    """
    if any(one.kind == VALUE for name in taken if (one := measure(name))):
        return None
    return next((title for title in titles if _FLOW_IN_TITLE.search(plain_words(title)[0])), None)


def date_of(names: list[str], taken: Mapping[str, str]) -> tuple[str, str] | None:
    """
    The latest date, as ISO text, and the header that states the counts as of it, or says nothing else.

    >>> date_of(["Kab/Kota", "Kondisi 4 Juni 2025", "Terbit"], {"Terbit": "issued"})
    ('2025-06-04', 'Kondisi 4 Juni 2025')
    """
    dates = [(one.date, name) for name in taken if (one := measure(name)) and one.column != "quota"]
    for name in names:
        text, days = plain_words(name)
        # "Kuota s.d. 31 Desember 2025" says until when, not as of when.
        if qualifier(text, days).kind == VALUE and "sd" not in text.split():
            dates.append((qualifier(text, days).date, name))
    return max(((date.isoformat(), name) for date, name in dates if date), default=None)
