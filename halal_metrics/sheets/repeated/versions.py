"""What titles and sheet names say of two tables of a plan: one the revision of the other, or parts that add up."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from halal_metrics.sheets.section import Section
from halal_metrics.spelling import words

_MONTHS: Final = "jan|feb|mar|apr|mei|jun|jul|agu|sep|okt|nov|des"
_CHANGE: Final = r"(?:revisi|rev|perubahan|perbaikan|penyesuaian|realokasi|pergeseran)"
_PLAN: Final = r"(?:(?:kuota|alokasi|pembagian|data|versi|plan|rencana|rincian) )*"
_ORIGINAL: Final = re.compile(
    rf"\b(?:(?:sebelum|pra) {_CHANGE}|semula|mula mula|sebelumnya|asal|(?<!tahap )awal(?! (?:tahun|bulan|{_MONTHS})))\b"
    rf"|^{_PLAN}(?:lama|sebelum)$"
)
_REVISED: Final = re.compile(
    rf"\b{_CHANGE} ?(?:ke ?)?(?P<number>\d{{1,2}}\b|[ivx]+\b|pertama\b|kedua\b|ketiga\b|keempat\b)?(?![a-z])"
    rf"|\bmenjadi\b|^{_PLAN}(?:baru|sesudah|setelah)$"
)
_LATEST: Final = re.compile(r"\b(?:terbaru|terkini|terakhir|final)\b")
_NUMBERS: Final = {
    word: number
    for number, said in enumerate(("i pertama", "ii kedua", "iii ketiga", "iv keempat", "v", "vi", "vii", "viii"), 1)
    for word in said.split()
}
_LAST: Final = 100
"""More than any number a revision bears."""

_PART: Final = re.compile(r"\b(?:tahap|tahapan|termin|gelombang|batch|fase|triwulan|tw|semester|kuartal) \w+")
_ADDED: Final = re.compile(r"\b(?:tambahan|penambahan|susulan)\b")
_ADDITION: Final = "tambahan"
"""How every part is called that adds to a plan."""


class Version(NamedTuple):
    """What one table says of itself; of two the greater is the later one."""

    title: int
    """Which revision its titles name, 0 without one: "awal" alone does not say that another table took its place."""
    name: int
    """The same of the sheet's name, which is asked where the titles of two tables do not differ."""
    parts: frozenset[str] = frozenset()
    """Of which part of the plan it is: stages, or an addition."""

    def revises(self, other: "Version") -> bool:
        """Whether one of the two is said to take the other's place."""
        return self[:2] != other[:2] and not self.adds_to(other)

    def adds_to(self, other: "Version") -> bool:
        """Whether the two are said to be parts of one plan."""
        differ = self.parts ^ other.parts
        return bool(differ) and bool((self.parts and other.parts) or _ADDITION in differ)


def version(section: Section) -> Version:
    """What a table's titles and its sheet's name say."""
    titles = [*map(words, section.titles)]
    name = words(section.name)
    return Version(_revision(titles), _revision([name]), frozenset(_parts([*titles, name])))


def _revision(texts: Iterable[str]) -> int:
    """
    >>> [_revision([text]) for text in ("kuota awal", "sebelum revisi", "revisi ii", "perubahan", "revisi1")]
    [0, 0, 2, 1, 1]
    >>> [_revision([text]) for text in ("semula dan menjadi", "kuota terbaru", "revisi kuota tambahan")]
    [0, 100, 0]
    """
    said: set[int] = set()
    for text in texts:
        if _ORIGINAL.search(text) or _ADDED.search(text):
            return 0
        said |= {_number(found["number"]) for found in _REVISED.finditer(text)}
        said |= {_LAST} if _LATEST.search(text) else set()
    return max(said, default=0)


def _number(said: str | None) -> int:
    return int(said) if said and said.isdigit() else _NUMBERS.get(said or "", 1)


def _parts(texts: Iterable[str]) -> Iterable[str]:
    for text in texts:
        yield from _PART.findall(text)
        if _ADDED.search(text):
            yield _ADDITION
