"""What columns, titles and headings say of programmes where the table has no column for a code, and of their names."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from halal_metrics import schema
from halal_metrics.programmes import belongs, named, speaks_of_one
from halal_metrics.sheets import checks
from halal_metrics.sheets.headings import headers
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.cells import NOTHING_WORDS, Distinct, series
from halal_metrics.spelling import compact

_MOST: Final = 6
"""Programmes that a sentence names, and that a column not headed as one can tell apart."""


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
        named = 0 < len(distinct) <= _MOST and all(speaks_of_one(one) for one in distinct)
        if distinct and (headed or named):
            cells = Counter(values.drop_null().to_pylist())
            return header, Counter({text: count for text, count in cells.items() if text.lower() not in NOTHING_WORDS})
    return None


def skip_other_programmes(sections: Sequence[Section], codes: Collection[str], problems: Problems) -> None:
    """
    Leaves out of quotas and recaps the rows that a column, a heading or a title says to be of another programme's code;
    without the programme's own codes they are only said. A title that names another among other words is said.
    """
    told = [pd.DataFrame({"programme_code": _codes(section)}, section.rows) for section in sections]
    finding = checks.programmes(pd.concat(told), codes) if told else None
    for section, rows in zip(sections, told, strict=True):
        _say_titles(section, codes, problems)
        other = ~belongs(rows, codes)
        if finding and bool(rows["programme_code"].notna().any()):
            code = "other_programme_left" if codes else finding.code
            header = next(filter(None, [*map(_header, sections)]), headers.label("programme_code"))
            problems.add(replace(finding, code=code), sheet=section.name, column="programme_code", header=header)
            finding = None
        if other.any():
            values = rows["programme_code"][other].tolist()
            at, left = np.flatnonzero(other), Finding("row_other_programme", np.flatnonzero(other), values)
            section.skip(at, left.code, left.spoken())
            section.keep(~other)


def _say_titles(section: Section, codes: Collection[str], problems: Problems) -> None:
    """That a title names another programme among other words, while its rows are counted."""
    title = section.statements.get("programme_code")
    row = pd.DataFrame({"programme_code": [title.value if title else None]}, dtype=schema.TEXT)
    if title and title.guessed and not belongs(row, codes).all():
        facts = {"where": title.shown(), "rows": len(section.rows)}
        problems.add(Finding("programme_in_title", values=[title.value], facts=facts), sheet=section.name)


def _codes(section: Section) -> np.ndarray:
    """The code of each row, missing without one: what its own cell says, its heading, or the title."""
    title = section.statements.get("programme_code")
    codes = pd.Series(title.value if title and not title.guessed else None, section.rows, schema.TEXT)
    if "programme_code" in section.headed:
        codes = section.headed["programme_code"].reindex(section.rows).fillna(codes)
    header = _header(section)
    if header:
        coded, distinct = headers.column_of(header) is not None, Distinct(section.columns[header])
        own = [_code(text, coded) for text in distinct.values]
        codes = series(distinct.spread_text(own)).set_axis(section.rows).fillna(codes)
    return codes.to_numpy()


def _header(section: Section) -> str | None:
    """The header of the column of codes, or else of one that may hold names or codes."""
    free = [header for header in section.columns if header not in section.naming.columns]
    coded = [header for header in free if (headers.column_of(header) or ("",))[0] == "programme_code"]
    return next(iter([*coded, *(header for header in free if headers.either(header) == "name_or_code")]), None)


def _code(text: str, coded: bool) -> str | None:
    """What a cell says, in a column of codes or in one that may hold names."""
    if text.lower() in NOTHING_WORDS:
        return None
    found = named(text)
    return found.code if found and found.sure else text if coded else None
