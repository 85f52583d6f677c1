"""Columns that tell programmes apart by name: what they say of the rows that are counted."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.cells import NOTHING_WORDS
from halal_metrics.spelling import compact, words

COUNTED: Final = ("applications", "quotas", "recaps")
"""Tables whose every row counts to this programme, where no code says that it does not."""

_MOST: Final = 6
"""Programmes that a sentence names, and that a column not headed as one can tell apart."""

_PROGRAMME: Final = re.compile(
    r"\b(?:sehati|mandiri|reguler|self declare|pemprov|pemkab|pemkot|pemda|fasilitasi|apbd|apbn|csr|berbayar|gratis"
    r"|program)\b"
)
"""What names a programme, or how one is paid."""


def say_programme_names(sections: Sequence[Section], problems: Problems) -> None:
    """
    Once for all sections: that a column names several programmes while every row is counted, with the rows of each.

    A column is such a one by its header, or because all it holds are a few names of programmes ("SEHATI", "Mandiri").
    """
    found = [(section, header, names) for section in sections if (told := _told(section)) for header, names in [told]]
    together: Counter[str] = Counter()
    written: dict[str, str] = {}
    for _, _, names in found:
        for name, count in names.items():
            written.setdefault(compact(name), name)
            together[compact(name)] += count
    if len(together) < 2:
        return
    named = [f"{written[name]} ({count} baris)" for name, count in together.most_common(_MOST)]
    more = [f"dan {len(together) - _MOST} lainnya"] if len(together) > _MOST else []
    section, header, _ = found[0]
    problems.add(
        Finding("several_programme_names", None, [", ".join([*named, *more])]), sheet=section.name, header=header
    )


def _told(section: Section) -> tuple[str, Counter[str]] | None:
    """The header of the column that names programmes, and how many rows name each."""
    for header, values in section.columns.items():
        if header in section.naming.nik or section.naming.columns.get(header) not in (None, "note", "programme"):
            continue
        headed = (headers.column_of(header) or ("",))[0] == "programme" or headers.either(header) == "name_or_code"
        seen = section.peek(header)
        if not headed and len(seen) > _MOST + len(NOTHING_WORDS):
            continue  # most columns: no more than a look at how many values they have
        distinct = [one for one in seen if compact(one) and one.lower() not in NOTHING_WORDS]
        named = 0 < len(distinct) <= _MOST and all(_PROGRAMME.search(words(one)) for one in distinct)
        if distinct and (headed or named):
            cells = Counter(values.drop_null().to_pylist())
            return header, Counter({text: count for text, count in cells.items() if text.lower() not in NOTHING_WORDS})
    return None
