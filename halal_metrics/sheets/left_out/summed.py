"""The rows of recaps and quotas by what they count: which sum others, head others, or are no part of the table."""

from collections import Counter
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from halal_metrics import schema
from halal_metrics.sheets.choices import Choices
from halal_metrics.sheets.headings.headers import label
from halal_metrics.sheets.left_out.about import NAMED, NAMELESS, UNKNOWN, Names, names
from halal_metrics.sheets.left_out.asides import is_aside
from halal_metrics.sheets.left_out.group_rows import GROUPS, Heading, heading
from halal_metrics.sheets.left_out.named_sums import NEAR, named_sums, shown_beside
from halal_metrics.sheets.left_out.signatures import joined_rows
from halal_metrics.sheets.left_out.sums import sums
from halal_metrics.sheets.left_out.totals import first_filled
from halal_metrics.sheets.merged import held_text
from halal_metrics.sheets.said.problems import Finding, Problems
from halal_metrics.sheets.section import Section
from halal_metrics.sheets.values.cells import filled, flags
from halal_metrics.sheets.values.numbers import read_counts
from halal_metrics.sheets.values.typed import read_text

_BEYOND: Final = 100  # times: a target is a few times what is done, an amount of money thousands of times


class Summed:
    """The rows of a recap or of quotas by what they count: which sum others, and which head others."""

    def __init__(self, section: Section, choices: Choices, findings: list[Finding]) -> None:
        self.section = section
        self.take(findings)
        dtypes, used = schema.TABLES[section.naming.table or ""], section.naming.columns
        self.columns = [name for name, column in used.items() if dtypes.get(column) in schema.COUNTED]
        counts = [read_counts(section.columns[name])[0].to_numpy(float, na_value=np.nan) for name in self.columns]
        self.counts = np.column_stack(counts) if counts else np.empty((len(section.rows), 0))
        nothing = pa.nulls(len(section.rows), pa.large_string())
        own = {column: name for name, column in used.items()}
        place, self._merged = held_text(section, own["kab_kota"]) if "kab_kota" in own else (nothing, None)
        lp3h, _ = held_text(section, own["lp3h"]) if "lp3h" in own else (nothing, None)
        self._lp3h = lp3h
        self._empty = {"kab_kota": ~filled(read_text(place)), "lp3h": ~filled(read_text(lp3h))}
        self.about: Names = names(place, lp3h, choices.meanings)
        self._detailed = _worded(
            [values for name, values in section.columns.items() if name not in used], len(section.rows)
        )
        self.dates = section.columns[own["statement_date"]] if "statement_date" in own else None

    def take(self, findings: list[Finding]) -> None:
        """What is known of the rows from here on."""
        self.findings = findings
        self.record = np.ones(len(self.section.rows), bool)
        """The rows that nothing explains otherwise; `counts` rows × `columns`, missing as NaN."""
        self.record[[at for finding in findings for at in positions(finding)]] = False
        self.totals, self.heads = self._found("row_total"), self._found("row_heading")

    @property
    def alone(self) -> int | None:
        """The only record, where nothing says what it is about."""
        (at,) = np.nonzero(self.record)
        named = {"kab_kota", "lp3h"} & set(self.section.statements)
        return int(at[0]) if len(at) == 1 and self.about.kind[at[0]] == NAMELESS and not named else None

    def is_named(self) -> bool:
        """Whether something says what records are about."""
        named = {"kab_kota", "lp3h"} & set(self.section.statements)
        return bool(named) or bool((self.about.kind[self.record] > UNKNOWN).any())

    def nameless(self) -> list[int]:
        """Records that say nothing of what they are about, nor of their date; the only one where no title does."""
        dated = filled(self.dates) if self.dates is not None else np.zeros(len(self.record), bool)
        at = np.flatnonzero(self.record & (self.about.kind == NAMELESS) & ~dated).tolist()
        return at if self.record.sum() > 1 or self.alone is not None else []

    def words_of(self, at: int) -> str:
        """What a row says beside its counts."""
        return joined_rows(self._worded(), np.array([at])).to_pylist()[0]

    def leave_out(self, at: int) -> None:
        """Takes a row for a total from here on."""
        self.findings.append(Finding("row_total", np.array([at], np.int64)))
        self.record[at] = False

    def stated(self, only: int | None = None) -> Counter[str]:
        """Column → what the records that state it sum to, or what `only` one states."""
        sums_: Counter[str] = Counter()
        rows = self.record if only is None else np.array([only])
        for place, name in enumerate(self.columns):
            values = self.counts[rows, place]
            if not np.isnan(values).all():
                sums_[self.section.naming.columns[name]] += int(np.nansum(values))
        return sums_

    def found(self) -> tuple[list[Finding], dict[int, Heading], list[Finding]]:
        """Rows left out, headings, and rows that are only like a total."""
        asides = self._asides()
        heads = self._headings()
        self._take_from_unfilled(heads)
        on_top, over, differing = self._on_top(heads)
        self.record[[*heads, *on_top]] = False
        named, *said = named_sums(
            self.counts, self.about, self._empty, self.record, self.totals, dates=self.dates, merged=self._merged,
            columns=self.columns,
        )  # fmt: skip
        self.record[named] = False
        breaks = np.array([*self.totals, *heads, *on_top, *named], np.int64)
        totals, doubtful = sums(
            self.counts, self.about, record=self.record, breaks=breaks, dates=self.dates, columns=self.columns
        )
        found = [
            *asides,
            Finding("row_heading", np.array(sorted(heads), np.int64)),
            Finding("row_total", np.array(sorted({*on_top, *named, *totals.tolist()}), np.int64)),
        ]
        return [finding for finding in found if finding.count], heads | on_top | over, [*said, doubtful, differing]

    def _asides(self) -> list[Finding]:
        """Rows whose words say that they are no part of the table; of those without a name the first words count."""
        own = self.section.naming.columns
        texts = [values for name, values in self.section.columns.items() if own.get(name) in (None, *GROUPS)]
        nameless = np.flatnonzero(self.record & self._empty["kab_kota"] & self._empty["lp3h"] if texts else [])
        first = first_filled([values.take(pa.array(nameless)) for values in texts]) if len(nameless) else nameless
        spoken = [bool(text) and is_aside(str(text)) for text in first.tolist()]
        aside = (self.about.aside | self._is_money()) & self.record
        aside[nameless[np.array(spoken, bool)]] = True
        self.record &= ~aside
        columns = list(self.section.columns.values())
        counted = _any([self.section.columns[name] for name in self.columns], len(aside))
        numbered, empty = np.flatnonzero(aside & counted), np.flatnonzero(aside & ~counted)
        return [Finding("row_aside", numbered, joined_rows(columns, numbered).to_pylist()), Finding("row_note", empty)]

    def _is_money(self) -> np.ndarray:
        """Rows with words nobody knows and a number far beyond all that the named rows have together."""
        named = np.nansum(self.counts[self.record & (self.about.kind == NAMED)], axis=0)
        return (self.about.kind == UNKNOWN) & ((self.counts > _BEYOND * named) & (named > 0)).any(axis=1)

    def maybe_aside(self, record: np.ndarray) -> Finding:
        """Records without a place, where others have one, by whose words nobody can tell whether they are an LP3H."""
        about = self.about
        unplaced = self._empty["kab_kota"] & (about.of_lp3h == UNKNOWN) & ("kab_kota" not in self.section.statements)
        at = np.flatnonzero(record & unplaced) if (record & (about.of_place == NAMED)).any() else np.empty(0, np.int64)
        return Finding("row_maybe_aside", at, self._lp3h.take(pa.array(at)).to_pylist())

    def _headings(self) -> dict[int, Heading]:
        """Rows without a count that name nothing but what the row below lacks, in whatever column."""
        may_be = self.record.copy()
        may_be[self._found("row_unfilled")] = True
        at = np.flatnonzero(may_be & np.isnan(self.counts).all(axis=1))
        texts = joined_rows(self._worded(), at).to_pylist()
        found = {row: heading(text) for row, text in zip(at.tolist(), texts, strict=True)}
        passed_by = {*found, *self.totals, *self._found("row_repeated_header"), *self._found("row_numbering")}
        heads = {row: one for row, one in found.items() if one and self._below(row, one.column, passed_by)}
        return {row: one for row, one in heads.items() if self.section.naming.nested in (None, one.column)}

    def _worded(self) -> list[pa.LargeStringArray]:
        return [values for name, values in self.section.columns.items() if name not in self.columns]

    def _found(self, code: str) -> list[int]:
        return [at for finding in self.findings if finding.code == code for at in positions(finding)]

    def _take_from_unfilled(self, heads: dict[int, Heading]) -> None:
        """A heading in a column that nobody knows is not a row without anything."""
        for place, finding in enumerate(self.findings):
            if finding.code == "row_unfilled":
                self.findings[place] = Finding(finding.code, np.setdiff1d(positions(finding), [*heads]))

    def _on_top(self, heads: dict[int, Heading]) -> tuple[dict[int, Heading], dict[int, Heading], Finding]:
        """
        Sums of a place over its LP3H, or of an LP3H over its places, that stand above them; rows that head others but
        count something else; and what the first state otherwise than the rows below.
        """
        found, over, nested = {}, {}, self.section.naming.nested
        differing: dict[int, str] = {}
        for row, one in self._may_head().items():
            below = self._below(row, one.column, set()) if row not in heads else []
            counts, parts = self.counts[row], np.nansum(self.counts[below], axis=0)
            stated = ~np.isnan(counts)
            both = stated & ~np.isnan(self.counts[below]).all(axis=0)
            equal = (parts == counts)[stated].all()
            if not below or nested not in (None, one.column) or not ((counts > 0).any() if equal else nested):
                continue
            if equal or both.any():
                found[row] = one
            else:
                over[row] = one
            if not equal and both.any():
                differing[row] = shown_beside(self.columns, counts, parts, stated)
        at = sorted(differing)
        return found, over, Finding("heading_differs", np.array(at, np.int64), [differing[row] for row in at])

    def _may_head(self) -> dict[int, Heading]:
        """Rows with counts that name a place alone or an LP3H alone, in its column or in one that nobody knows."""
        found, about = {}, self.about
        for column, own, parts in (
            ("kab_kota", about.place, about.of_lp3h),
            ("lp3h", about.lp3h, about.of_place),
        ):
            named = np.array([value is not None for value in own], bool)
            at = np.flatnonzero(self.record & named & (parts == NAMELESS)).tolist()
            found |= {row: Heading(column, own[row]) for row in at}
        at = np.flatnonzero(self.record & (about.kind == NAMELESS) & ~about.sums_up)
        texts = joined_rows(self._worded(), at).to_pylist()
        said = {row: heading(text) for row, text in zip(at.tolist(), texts, strict=True) if text}
        return found | {row: one for row, one in said.items() if one and one.value and one.sure}

    def _below(self, row: int, column: str, passed_by: set[int]) -> list[int]:
        """
        The rows right below that lack this column and have the other; below headings without a count, `passed_by`, also
        those that name something in a column nobody knows.
        """
        other = self.about.of_lp3h if column == "kab_kota" else self.about.of_place
        below: list[int] = []
        named = (other > UNKNOWN) | (self._detailed & bool(passed_by))
        for at in range(row + 1, len(self.record)):
            if at in passed_by and not below:
                continue  # a heading within a heading, or the header once more
            if not (self.record[at] and self._empty[column][at] and named[at]):
                break
            below.append(at)
        return below


def _any(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    return np.logical_or.reduce([filled(values) for values in columns]) if columns else np.zeros(rows, bool)


def _worded(columns: list[pa.LargeStringArray], rows: int) -> np.ndarray:
    """Rows with a word in one of these columns."""
    worded = [flags(pc.match_substring_regex(values, "[A-Za-z]{2}")) for values in columns]
    return np.logical_or.reduce(worded) if worded else np.zeros(rows, bool)


def find_sums_of_others(summed: list[Summed], problems: Problems) -> None:
    """
    Adds to the findings of a section that a row of it without a name is what all other records sum to: those of all
    sections, or of those on its sheet. Where only some of its counts are, that is said.
    """
    for one in summed if len(summed) > 1 else ():
        of_sheet = [other for other in summed if other.section.grid is one.section.grid]
        for at in one.nameless():
            found_in = [_compared(one, at, others) for others in (summed, of_sheet) if len(others) > 1]
            if any(like.is_total for like in found_in if like):
                one.leave_out(at)
                continue
            said = next((like for like in found_in if like and like.is_doubtful(alone=one.alone == at)), None)
            if said:
                finding = Finding("row_like_total", np.array([at], np.int64), [said.shown()])
                problems.add(finding, sheet=one.section.name, rows=one.section.rows)


class _Compared(NamedTuple):
    """What a row states, and what the records of other tables and its own sum to."""

    own: Counter[str]
    others: Counter[str]

    @property
    def _same(self) -> list[str]:
        return [column for column in self.own if self.own[column] == self.others.get(column)]

    @property
    def is_total(self) -> bool:
        return len(self._same) == len(self.own) and any(self.own[column] for column in self._same)

    def is_doubtful(self, *, alone: bool) -> bool:
        near = all(abs(self.own[column] - self.others[column]) <= NEAR * self.others[column] + 1 for column in self.own)
        return (alone or near) and any(self.own[column] for column in self._same)

    def shown(self) -> str:
        return ", ".join(
            f"{label(column)} {self.own[column]} (baris lain {self.others[column]})" for column in self.own
        )


def _compared(one: Summed, at: int, summed: list[Summed]) -> _Compared | None:
    """None where nothing else says what it is about."""
    own, others = one.stated(only=at), Counter()
    for other in summed:
        others.update(other.stated())
    others.subtract(own)
    named = [other for other in summed if other is not one or one.alone is None]
    return _Compared(own, others) if any(other.is_named() for other in named) else None


def positions(finding: Finding) -> list[int]:
    return [] if finding.at is None else finding.at.tolist()
