"""What the page Mutu data looks at: the tables as stated by a day, what was reported of them, and what was decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.contradictions import REPORTED as AGAIN
from halal_metrics.duplicates import PAIRS, identify
from halal_metrics.open_problems import REPORTED
from halal_metrics.programmes import as_certificates
from halal_metrics.reconciling.claim import CELL
from halal_metrics.schema import LEFT, TEXT, conform
from halal_store.tables import Statement, fold
from halal_ui.snapshot.masked import MaskedStore, MaskedTables, for_matching
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.scope import Scope
from halal_ui.words.labels import UNKNOWN_GROUP
from halal_ui.words.masks import masked

DUPLICATE: Final = "duplicate"
"""Kind of record in the log."""

SAME, APART, LATER = "same", "apart", "later"

DECISIONS: Final = {
    **dict.fromkeys(("pair", "kind", "first", "second", "decision", "note", "by"), TEXT),
    "received_at": "datetime64[us]",
}


@dataclass(frozen=True)
class Stated:
    """
    The tables by a day, whatever of them came later left out, and what can be found in them. Found once, since it costs
    most: it does not change with what people decide.
    """

    as_of: date
    applications: pd.DataFrame
    statements: pd.DataFrame
    recaps: pd.DataFrame
    certificates: pd.DataFrame
    """Those of other programmes: as they were sent, and as their applications that are issued tell."""
    others: pd.DataFrame
    """Applications of other programmes, which are not counted."""
    _matching: "Matching" = field(repr=False)
    current: Mapping[str, pd.DataFrame]
    """Table → the rows that hold on that day: of recaps the last of each cell, of quotas the plan in force."""
    receipts: pd.DataFrame
    """`filename, received_at, statement_date`."""
    problems: pd.DataFrame
    """See open_problems.REPORTED."""

    @cached_property
    def every_pair(self) -> pd.DataFrame:
        """Likely duplicates, those of which one has left among them."""
        return hm.duplicates(self._matching.applications, self._matching.certificates, resolved=True)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Likely duplicates of which both count."""
        left = identify(self.applications[self.applications["status"].isin(LEFT)])
        settled = self.every_pair["first"].isin(left) | self.every_pair["second"].isin(left)
        return self.every_pair[~settled].reset_index(drop=True)

    @cached_property
    def contradictions(self) -> pd.DataFrame:
        return hm.contradictions(self.applications)

    @cached_property
    def open(self) -> pd.DataFrame:
        """Problems still to be mended; of what contradicts itself `contradictions` has the whole picture."""
        held = pd.concat([rows.assign(table=table) for table, rows in self.current.items()], ignore_index=True)
        return hm.open_problems(self.problems[~self.problems["code"].isin(AGAIN)], held)

    @cached_property
    def names(self) -> pd.Series:
        """Name of an application or certificate, as `duplicates` gives it → its place in `both`."""
        return pd.Series(range(len(self.both)), identify(self.both)).groupby(level=0).first()

    @cached_property
    def both(self) -> pd.DataFrame:
        return pd.concat([self.applications, self.certificates], ignore_index=True)

    def equal(self, first: str, second: str) -> dict[str, bool]:
        """Column → whether two rows of `both` say the same there: what is masked alike need not be the same."""
        rows = self._matching.both.iloc[[self.names[first], self.names[second]]]
        return {str(name): rows[name].iloc[0] == rows[name].iloc[1] for name in rows}


@dataclass(frozen=True)
class Matching:
    """The same rows with what tells a person from another: what is found with them is handed out, they are not."""

    applications: pd.DataFrame
    statements: pd.DataFrame
    certificates: pd.DataFrame

    @cached_property
    def both(self) -> pd.DataFrame:
        return pd.concat([self.applications, self.certificates], ignore_index=True)


@dataclass(frozen=True)
class QualitySet:
    """
    What was stated, and what was decided about it. `last`, the newest decision's record_id, is what its `repr` says, so
    that what is made of it is made anew after a decision.
    """

    last: str
    stated: Stated = field(repr=False)
    decisions: pd.DataFrame = field(repr=False)
    """The last decision on each pair: DECISIONS."""

    def pairs(self, scope: Scope, *decisions: str) -> pd.DataFrame:
        """
        The pairs of which both count and one at least is in the scope: undecided, or with one of these decisions.
        `decision, note, by, received_at` stand beside them.
        """
        found = self.stated.pairs.merge(self.decisions.drop(columns=["kind", "first", "second"]), how="left", on="pair")
        chosen = found["decision"].isin(decisions) if decisions else found["decision"].isna()
        return found[chosen & _touches(found, scope)].reset_index(drop=True)

    def decided(self, decision: str) -> list[tuple[str, str]]:
        """The names of those about which that was decided."""
        chosen = self.decisions[self.decisions["decision"] == decision]
        return list(zip(chosen["first"], chosen["second"], strict=True))

    @cached_property
    def reconciliation(self) -> hm.Reconciliation:
        stated = self.stated
        return hm.reconcile(
            stated.recaps,
            stated._matching.applications,
            as_of=stated.as_of,
            statements=stated._matching.statements,
            same=self.decided(SAME),
            apart=self.decided(APART),
        )


def stated(snapshot: Snapshot, store: MaskedStore, as_of: date) -> Stated:
    """What the sheets had stated by a day, and what their uploads reported."""
    tables, until = snapshot.tables, pd.Timestamp(as_of)
    personal = for_matching(tables)
    stated_by = (tables.statements["statement_date"] <= until).to_numpy(bool)
    others, _ = _by(until, personal.of_others())
    certificates = _with_those_of(others, personal.certificates)
    matching = Matching(*_by(until, personal), certificates)
    applications, statements = tables.applications, tables.statements
    if not stated_by.all():
        applications, statements = masked(matching.applications), statements[stated_by]
    recaps = tables.recaps[~(tables.recaps["statement_date"] > until)]
    current = {
        "applications": applications,
        "recaps": recaps.sort_values("statement_date", kind="stable").drop_duplicates(list(CELL), keep="last"),
        "quotas": hm.plan(tables.quotas, as_of=as_of),
        "candidates": tables.candidates,
        "certificates": tables.certificates,
    }
    held = {file for rows in current.values() for file in rows["source_file"].dropna()}
    counting = snapshot.counting
    return Stated(
        as_of=as_of,
        applications=applications,
        statements=statements,
        recaps=recaps,
        certificates=tables.certificates if certificates is personal.certificates else masked(certificates),
        others=masked(others),
        _matching=matching,
        current=current,
        receipts=counting[["filename", "received_at", "statement_date"]],
        problems=_reported(store, counting[counting["filename"].isin(held) & _reporting(counting)]),
    )


def _by(until: pd.Timestamp, tables: MaskedTables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The applications as they were stated by a day, and their statements."""
    stated_by = (tables.statements["statement_date"] <= until).to_numpy(bool)
    if stated_by.all():
        return tables.applications, tables.statements
    statements = tables.statements[stated_by]
    return fold([Statement("applications", statements, until)]).applications, statements


def _with_those_of(others: pd.DataFrame, certificates: pd.DataFrame) -> pd.DataFrame:
    """The certificates, and those that are known from applications of other programmes alone."""
    told = as_certificates(others)
    told = told[~told["certificate_number"].isin(certificates["certificate_number"].dropna())]
    return pd.concat([certificates, told], ignore_index=True) if len(told) else certificates


def _reporting(history: pd.DataFrame) -> pd.Series:
    """Uploads that reported something to mend: most report nothing, and need not be opened."""
    return (history["warnings"] > 0) | (history["rejected"] > 0)


def _reported(store: MaskedStore, history: pd.DataFrame) -> pd.DataFrame:
    told = [
        store.problems(upload_id).assign(source_file=filename)
        for upload_id, filename in zip(history["upload_id"], history["filename"], strict=True)
    ]
    return conform(pd.concat(told, ignore_index=True) if told else pd.DataFrame(), REPORTED)


def decisions(records: pd.DataFrame) -> pd.DataFrame:
    """
    The last decision on each pair, out of the log's records.

    >>> facts = [{"pair": "a = b", "decision": "later"}, {"pair": "a = b", "decision": "same"}]
    >>> records = pd.DataFrame({"kind": "duplicate", "facts": facts, "by": "Rina", "received_at": pd.NaT})
    >>> decisions(records)[["pair", "decision", "by"]].values.tolist()
    [['a = b', 'same', 'Rina']]
    """
    chosen = records[records["kind"] == DUPLICATE]
    facts = pd.DataFrame(chosen["facts"].to_list(), index=chosen.index)
    facts = facts.assign(by=chosen["by"], received_at=chosen["received_at"])
    return conform(conform(facts, DECISIONS).drop_duplicates("pair", keep="last"), DECISIONS)


def within(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """The rows of a scope."""
    return frame[_inside(frame, scope, "")]


def _touches(pairs: pd.DataFrame, scope: Scope) -> pd.Series:
    assert set(pairs) >= set(PAIRS)
    return _inside(pairs, scope, "") | _inside(pairs, scope, "other_")


def _inside(frame: pd.DataFrame, scope: Scope, prefix: str) -> pd.Series:
    inside = pd.Series(True, frame.index)
    for column in ("kab_kota", "lp3h"):
        name, found = getattr(scope, column), frame[prefix + column]
        if name is not None:
            inside &= found.isna() if name == UNKNOWN_GROUP else found == name
    return inside.astype(bool)
