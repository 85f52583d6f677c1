"""Of all columns that count one thing the one that states it; why each of the others does not."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.headings.measures import FEW, USED, Measure, are_counts, measure
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
from halal_metrics.sheets.matrix.words import UNCLEAR, named

_FLOW_IN_TITLE: Final = re.compile(
    r"(?<!\bsd )(?<!kumulatif )\b(?:minggu|pekan|bulan|hari|triwulan) (?:ini|berjalan)\b|\b(?:pe)?(?:n|t)ambahan\b"
    r"|\b(?:belum|bukan|tidak|non|tanpa) (?:\w+ ){0,2}(?:di)?(?:kumulatif|kumulasi|akumulasi)(?:kan)?\b"
)

WHY: Final = {
    FLOW: "hanya tambahan selama satu kurun, bukan jumlah kumulatif",
    EARLIER: "keadaan yang lebih lama",
    PERIOD: "angka satu kurun saja, bukan jumlah kumulatif",
    TARGET: "target atau usulan, bukan capaian",
    RATE: "persentase",
    REST: "sisa atau yang belum",
    PRODUCT: "menghitung produk, bukan pelaku usaha atau sertifikat",
    MONEY: "menghitung rupiah",
    UNKNOWN: "keterangan di judulnya tidak dikenal",
    WEAK: "ada kolom lain dengan keterangan lain untuk hal yang sama",
    "unit": "menghitung satuan lain",
}
"""Why a column does not state a count, as the end of a sentence."""

_PARTS: Final = frozenset((FLOW, EARLIER, PERIOD))
"""What together is less than the count."""

ADDITION, OTHER_YEAR = "addition", "year"
"""A change of a quota that its own column may not have in it; a quota of another year."""

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
    later: bool = False
    """Whether it counts what came after the one that is taken."""

    @property
    def is_loss(self) -> bool:
        """Whether its figures are told by no other column."""
        lost = self.instead_of is None or self.later or self.why in (UNKNOWN, WEAK)
        return self.why not in _EXPECTED and lost


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
    found = _measured(names, peek)
    found |= _after_counts(names, found, peek)
    totals = {name for name in found if headers.either(name) == "total" and measure(name)}
    flows = {one.column for one in found.values() if one.kind in (FLOW, EARLIER, PERIOD)}
    # what is stated up to a day or a month is not the whole where a later month stands beside it
    whole = [one for name, one in found.items() if one.kind in (PLAIN, VALUE) and not one.until and name not in totals]
    stated = {one.column for one in whole}
    return {name: one for name, one in found.items() if name not in totals or one.column in flows - stated}


def sums_of_parts(names: list[str], peek: Callable[[str], list[str]]) -> set[str]:
    """The headers that mean something only by the counts they stand beside, each by those of its own."""
    return {*_after_counts(names, _measured(names, peek), peek)}


def _measured(names: list[str], peek: Callable[[str], list[str]]) -> dict[str, Measure]:
    found = {name: one for name in names if (one := measure(name))}
    return {name: one for name, one in found.items() if one.kind != UNKNOWN or are_counts(peek(name)[:FEW])}


def _after_counts(names: list[str], found: dict[str, Measure], peek: Callable[[str], list[str]]) -> dict[str, Measure]:
    """
    Headers that only say something of the count they stand beside: its sum after parts of it, an addition to a quota.

    >>> names = ["Kuota Awal", "Tambahan", "Total", "Terbit Mei", "Terbit Juni", "Jumlah", "Kendala", "Jumlah (2)"]
    >>> found = {name: one for name in names if (one := measure(name))}
    >>> {name: (one.column, one.kind) for name, one in _after_counts(names, found, lambda name: ["2"]).items()}
    {'Tambahan': ('quota', 'flow'), 'Total': ('quota', 'value'), 'Jumlah': ('issued', 'value')}
    """
    after: dict[str, Measure] = {}
    run: list[Measure] = []  # columns of one count, beside each other
    for name in names:
        own = found.get(name)
        if own is None and run and are_counts(peek(name)[:FEW] or ["?"]):
            said = qualifier(*plain_words(headers.unnumbered(name)))
            sums = said.kind == VALUE and len(run) > 1 and any(one.kind in _PARTS for one in run)
            sums = sums and not any(one.kind == VALUE for one in run)
            if (sums or (said.kind == FLOW and run[0].column == "quota")) and said.unit is None:
                own = after[name] = Measure(run[0].column, run[0].core, said.kind, said.until, said.date)
        run = [] if own is None else [*run, own] if run and run[0].column == own.column else [own]
    return after


def titled_stage(counted: Mapping[str, Measure], over: Iterable[Iterable[str]]) -> dict[str, Measure]:
    """
    What "Realisasi" counts where a title says of which stage it is one; `over` the lines above, the nearest first.

    >>> counted = {"Realisasi": measure("Realisasi")}
    >>> [titled_stage(counted, [[title]]).get("Realisasi", counted["Realisasi"]).column
    ...  for title in ("Capaian penerbitan sertifikat halal", "Realisasi kuota", "Pengajuan dan penerbitan")]
    ['issued', 'used', 'used']
    """
    said = ({column for text in texts for column in named(text)} - {"quota"} for texts in over)
    stages = next((found for found in said if found), set())
    if len(stages) != 1 or stages & {UNCLEAR, "submitted"}:
        return {}
    of_all = {name: one for name, one in counted.items() if one.column == USED and one.core == "realisasi"}
    return {name: replace(one, column=min(stages)) for name, one in of_all.items()}


def choose(
    measures: dict[str, Measure], *, several: str, taken: Mapping[str, str], years: Collection[int] = ()
) -> Choice:
    """
    For each count the column that states it, by its value; `several` is the column that many headers fill together,
    `taken` {header: column} what is settled already, `years` those of which the lines above speak.

    >>> from halal_metrics.sheets.headings.measures import measure
    >>> names = ("Terbit minggu ini", "Terbit s.d. minggu ini", "Terbit (produk)", "Kuota Semula", "Kuota Menjadi")
    >>> made = choose({name: measure(name) for name in names}, several="exited", taken={})
    >>> made.taken
    {'Terbit s.d. minggu ini': 'issued', 'Kuota Menjadi': 'quota'}
    >>> {name: (left.why, left.is_loss) for name, left in made.left.items()}
    {'Terbit minggu ini': ('flow', False), 'Terbit (produk)': ('product', False), 'Kuota Semula': ('earlier', False)}

    Nothing is taken where only flows are stated, or where several columns could be it; of quotas of several years
    that of the one which the lines above name, else the latest.
    """
    made = Choice()
    groups: dict[tuple[str, str], dict[str, Measure]] = {}
    for name, found in measures.items():
        column = "submitted" if found.column == USED else found.column
        same = (found.column == USED, found.core if column == several else "")
        groups.setdefault((column, *same), {})[name] = found
    for (column, *_), group in sorted(groups.items(), key=lambda item: item[0][1]):
        group = _of_one_year(_without_earlier(group), years) if column == "quota" else _without_earlier(group)
        _choose_one(column, group, made, dict(taken), column == several)
    return made


def _without_earlier(group: dict[str, Measure]) -> dict[str, Measure]:
    """Of several values up to several days the latest is the value."""
    group = _of_comparable_days(group)
    latest = max((found.until for found in group.values() if found.kind in (VALUE, PERIOD)), default=())
    if any(found.kind == PERIOD for found in group.values()) and any(map(_is_whole, group.values())):
        group = {name: replace(found, kind=VALUE) if _is_whole(found) else found for name, found in group.items()}
    else:  # without the whole the latest part that is cumulative has to do
        latest = max((found.until for found in group.values() if found.kind == VALUE), default=())
    group = {
        name: replace(found, kind=EARLIER) if found.kind == VALUE and () < found.until < latest else found
        for name, found in group.items()
    }
    if not any(found.column == "quota" and found.kind == FLOW for found in group.values()):
        return group
    group = {  # a quota and what was added to it: their sum, where it is stated, is the quota
        name: replace(found, kind=VALUE) if found.kind == PLAIN and found.core.startswith(("jumlah", "jml")) else found
        for name, found in group.items()
    }
    summed = any(found.kind == VALUE for found in group.values())
    return {
        name: replace(found, kind=EARLIER) if summed and found.kind == PLAIN else found for name, found in group.items()
    }


def _is_whole(found: Measure) -> bool:
    """Whether a count is that of all time by its own words: "Total Pengajuan", "Jumlah Terbit"."""
    return not found.until and (
        found.kind == VALUE or (found.kind == PLAIN and found.core.startswith(("jumlah", "jml")))
    )


def _of_comparable_days(group: dict[str, Measure]) -> dict[str, Measure]:
    """Of days and months, some without a year, those with the only year there is without it as well."""
    years = {found.until[0] for found in group.values() if len(found.until) == 3 and found.until[1]}
    if 0 not in years or len(years) != 2:
        return group
    return {
        name: replace(found, until=(0, *found.until[1:])) if len(found.until) == 3 else found
        for name, found in group.items()
    }


def _of_one_year(group: dict[str, Measure], years: Collection[int]) -> dict[str, Measure]:
    """Of quotas that only their year tells apart that of the year which the lines above name, else the latest."""
    dated = {name: found.until[0] for name, found in group.items() if found.kind == WEAK and len(found.until) == 1}
    if any(found.kind in (PLAIN, VALUE) for found in group.values()):
        return group
    told = {*dated.values()} & {*years}
    if len({*dated.values()}) < 2 and not told:
        return group
    told = {max(told or dated.values())}
    kinds = {name: VALUE if told == {own} else OTHER_YEAR for name, own in dated.items()}
    return {name: replace(found, kind=kinds.get(name, found.kind)) for name, found in group.items()}


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
            adds = column == "quota" and found.kind == FLOW and stands in group and group[stands].kind != VALUE
            later = found.kind == PERIOD and stands in group and () < group[stands].until < found.until
            made.left[name] = Left("unit" if name in states else ADDITION if adds else found.kind, stands, later)


def flow_in(titles: Collection[str], taken: Mapping[str, str]) -> str | None:
    """
    The title that speaks of one week or month alone, or says that it does not cumulate, where no header says that its
    counts are cumulative.

    >>> flow_in(["REKAP MINGGU INI"], {"Terbit": "issued"}), flow_in(["s.d. minggu ini"], {"Terbit": "issued"})
    ('REKAP MINGGU INI', None)
    >>> flow_in(["Posisi 4 Juni 2025 (belum kumulatif)"], {"Terbit": "issued"})
    'Posisi 4 Juni 2025 (belum kumulatif)'
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
