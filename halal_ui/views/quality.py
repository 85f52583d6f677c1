"""Mutu data: how fresh and how complete, what is still to be mended, what contradicts itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.freshness import STALE_DAYS
from halal_metrics.reconciling.claim import CELL
from halal_ui.look.cards import Card, cards_html
from halal_ui.snapshot.now import View
from halal_ui.snapshot.quality_set import QualitySet, Stated, within
from halal_ui.snapshot.scope import Scope
from halal_ui.views.shown import Table
from halal_ui.views.to_mend import Lists, contradictions, open_problems, other_programmes
from halal_ui.words.columns import COLUMNS, Column
from halal_ui.words.formats import fmt_count, fmt_date, fmt_rate, is_missing
from halal_ui.words.names import GROUP_UNIT, institution, listing, place
from halal_ui.words.uploads import column

_CARD: Final = COLUMNS | {
    "statement_days": Column("Umurnya, hari", "count"),
    "received_days": Column("Diterima, hari lalu", "count"),
    "applications": Column("Pengajuan", "count"),
    "to_mend": Column("Masalah terbuka", "count"),
    "contradictory": Column("Bertentangan", "count", "hal"),
    "likely": Column("Mungkin ganda", "count", "pasangan"),
    "differs": Column("Selisih rekap", "count", "pengajuan"),
}
FIVE: Final = """<style>@media (min-width:1180px){.five .cards{grid-template-columns:repeat(5,1fr)}}
.five .card .number{font-size:clamp(1.9rem,2.6vw,3rem)}.five .card .rate{font-size:1.05rem}
@media (max-width:640px){.five .card:last-child{grid-column:span 2}}</style>"""
"""Five cards in a row where there is room."""


@dataclass(frozen=True)
class Quality:
    answer: str
    cards: str
    groups: dict[str, Table]
    incomplete: dict[str, Table]
    complete: dict[str, Table]
    """All key columns, those without a blank too."""
    stale: str
    lacking: str
    open: Lists
    contradictions: Lists
    others: Lists


def quality(view: View, dark: bool, *, quality_set: QualitySet) -> Quality:
    scope, stated = view.scope, quality_set.stated
    applications = within(stated.applications, scope)
    spoken = _spoken(stated, scope)
    fresh = hm.freshness(spoken, stated.receipts, by=("lp3h",), as_of=scope.as_of)
    cells = hm.completeness(applications, by=CELL)
    complete = _summed(cells)
    to_mend, against = within(stated.open, scope), within(stated.contradictions, scope)
    likely, others = quality_set.pairs(scope), within(stated.others, scope)
    recaps = within(quality_set.reconciliation.cells, scope)
    differs = recaps[recaps["stage"] == scope.measure]["difference"].abs().sum()
    cards = _cards(fresh, complete, len(to_mend), len(against), likely, int(differs))
    groups = {by: _scorecard(by, quality_set, view, spoken, applications, cells) for by in GROUP_UNIT}
    return Quality(
        answer=_answer(fresh, complete, len(to_mend) + len(against), len(likely), int(differs), scope.as_of)
        + _uncounted(len(others)),
        cards=f'{FIVE}<div class="five">{cards_html(cards)}</div>',
        groups=groups,
        incomplete={by: _completeness(cells, by, scope.in_words, all_=False) for by in GROUP_UNIT},
        complete={by: _completeness(cells, by, scope.in_words, all_=True) for by in GROUP_UNIT},
        stale=_stale(fresh),
        lacking=_lacking(complete),
        open=open_problems(to_mend, scope.in_words),
        contradictions=contradictions(against, scope.in_words),
        others=other_programmes(others, scope.in_words),
    )


def whole(quality_set: QualitySet, scope: Scope) -> dict[str, pd.DataFrame]:
    """Metric → its result for the scope as a whole: what definitions are worked on."""
    stated = quality_set.stated
    return {
        "freshness": hm.freshness(_spoken(stated, scope), stated.receipts, by=(), as_of=scope.as_of),
        "completeness": hm.completeness(within(stated.applications, scope), by=()),
        "duplicates": quality_set.pairs(scope),
        "reconcile": within(quality_set.reconciliation.cells, scope),
    }


def _spoken(stated: Stated, scope: Scope) -> pd.DataFrame:
    """All that was stated, row by row, in registers and in recaps."""
    return pd.concat([within(stated.statements, scope), within(stated.recaps, scope)], ignore_index=True)


def _summed(cells: pd.DataFrame, *by: str) -> pd.DataFrame:
    """`completeness` of larger groups, out of that of the smallest; as a whole where none are named."""
    keys = [*by, "column"]
    table = cells.groupby(keys, dropna=False, sort=False)[["expected", "filled"]].sum().reset_index()
    return table.assign(completeness_rate=table["filled"] / table["expected"].where(table["expected"] > 0))


def _rate(complete: pd.DataFrame) -> float | None:
    expected = int(complete["expected"].sum())
    return complete["filled"].sum() / expected if expected else None


def _fresh(fresh: pd.DataFrame) -> tuple[int, int]:
    """(institutions that have stated something lately, institutions there are)"""
    known = fresh[fresh["lp3h"].notna()]
    return int((known["statement_days"] <= STALE_DAYS).fillna(False).sum()), len(known)


def _answer(fresh: pd.DataFrame, complete: pd.DataFrame, open_: int, likely: int, differs: int, as_of: Any) -> str:
    recent, known = _fresh(fresh)
    if not known:
        return "Belum ada data untuk pilihan ini: unggah register atau rekap dari LP3H untuk memulai."
    told = [
        f"Per {fmt_date(as_of)}, {fmt_count(recent)} dari {fmt_count(known)} LP3H menyatakan datanya dalam "
        f"{STALE_DAYS} hari terakhir dan {fmt_rate(_rate(complete))} isian kunci terisi",
        f"{fmt_count(open_)} hal perlu dibetulkan" if open_ else "tidak ada yang perlu dibetulkan",
        f"{fmt_count(likely) if likely else 'tidak ada'} kemungkinan ganda menunggu keputusan",
        f"rekap berbeda {fmt_count(differs)} pengajuan dari register" if differs else "rekap cocok dengan register",
    ]
    return "; ".join(told) + "."


def _uncounted(others: int) -> str:
    return f" {fmt_count(others)} pengajuan berkode program lain tidak dihitung." if others else ""


def _cards(
    fresh: pd.DataFrame, complete: pd.DataFrame, to_mend: int, against: int, likely: pd.DataFrame, differs: int
) -> list[Card]:
    recent, known = _fresh(fresh)
    oldest = fresh["statement_days"].max()
    applications = int((likely["kind"] == "application").sum())
    return [
        Card(
            "Kesegaran",
            fmt_count(recent),
            f"dari {fmt_count(known)} LP3H",
            f"dalam {STALE_DAYS} hari terakhir",
            "" if is_missing(oldest) else f"yang terlama {fmt_count(oldest)} hari",
            "issued" if recent == known else "behind",
        ),
        Card("Kelengkapan", fmt_rate(_rate(complete)), "", "isian kunci terisi", _most_lacking(complete), "used"),
        Card(
            "Perlu dibetulkan",
            fmt_count(to_mend + against),
            "hal",
            f"{fmt_count(to_mend)} masalah terbuka",
            f"{fmt_count(against)} saling bertentangan",
            "behind" if to_mend + against else "issued",
        ),
        Card(
            "Kemungkinan ganda",
            fmt_count(len(likely)),
            "pasangan",
            "menunggu keputusan",
            f"{fmt_count(len(likely) - applications)} bersertifikat dari program lain",
            "behind" if len(likely) else "issued",
        ),
        Card(
            "Selisih rekap",
            fmt_count(differs),
            "pengajuan",
            "rekap dibanding register",
            "lihat sebabnya di Rekonsiliasi" if differs else "cocok seluruhnya",
            "behind" if differs else "issued",
        ),
    ]


def _stale(fresh: pd.DataFrame) -> str:
    """Whom to ask for newer data."""
    known = fresh[fresh["lp3h"].notna()]
    old = known[~(known["statement_days"] <= STALE_DAYS).fillna(False)]
    old = old.sort_values("statement_days", ascending=False, na_position="first", kind="stable")
    if old.empty:
        return f"Semua LP3H menyatakan datanya dalam {STALE_DAYS} hari terakhir." if len(known) else ""
    named = [
        f"{institution(name)} ({'belum pernah' if is_missing(days) else f'{fmt_count(days)} hari'})"
        for name, days in zip(old["lp3h"], old["statement_days"], strict=True)
    ]
    return f"Mintalah data terbaru kepada {listing(named)}: register dikirim tiap dua pekan."


def _most_lacking(complete: pd.DataFrame) -> str:
    missing = complete.assign(missing=complete["expected"] - complete["filled"]).nlargest(1, "missing")
    if missing.empty or not missing["missing"].iloc[0]:
        return "tidak ada yang kosong"
    return f"terbanyak kosong: {column(missing['column'].iloc[0])}"


def _lacking(complete: pd.DataFrame) -> str:
    """Which columns to ask for first."""
    missing = complete.assign(missing=complete["expected"] - complete["filled"])
    worst = missing[missing["missing"] > 0].nlargest(3, "missing")
    if worst.empty:
        return "Semua isian yang diharapkan terisi." if bool(complete["expected"].any()) else ""
    named = [
        f"{column(name)} ({fmt_count(count)} kosong)"
        for name, count in zip(worst["column"], worst["missing"], strict=True)
    ]
    return f"Paling banyak kosong: {listing(named)}. Mintalah LP3H melengkapinya pada register berikutnya."


def _scorecard(
    by: str, quality_set: QualitySet, view: View, spoken: pd.DataFrame, applications: pd.DataFrame, filled: pd.DataFrame
) -> Table:
    """One row a group, the oldest statement first."""
    scope, stated = view.scope, quality_set.stated
    fresh = hm.freshness(spoken, stated.receipts, by=(by,), as_of=scope.as_of)
    complete = filled.groupby(by, dropna=False)[["expected", "filled"]].sum()
    pairs, cells = quality_set.pairs(scope), within(quality_set.reconciliation.cells, scope)
    cells = cells[cells["stage"] == scope.measure]
    sides = pairs[[by]].join(pairs[["pair"]])
    other = pairs[["pair"]].assign(**{by: pairs[f"other_{by}"]})[pairs["kind"] == "application"]
    counted = {
        "applications": applications.groupby(by, dropna=False).size(),
        "to_mend": within(stated.open, scope).groupby(by, dropna=False).size(),
        "contradictory": within(stated.contradictions, scope).groupby(by, dropna=False).size(),
        "likely": pd.concat([sides, other]).drop_duplicates().groupby(by, dropna=False).size(),
        "differs": cells.assign(size=cells["difference"].abs()).groupby(by, dropna=False)["size"].sum(),
    }
    keys = pd.concat([fresh[[by]], *(pd.DataFrame({by: count.index}) for count in counted.values())])
    table = keys.astype({by: "str"}).drop_duplicates(ignore_index=True).merge(fresh, how="left", on=by)
    table["completeness_rate"] = table[by].map(
        complete["filled"] / complete["expected"].where(complete["expected"] > 0)
    )
    for name, count in counted.items():
        table[name] = table[by].map(count).fillna(0).astype("int64")
    order = ["statement_date", "statement_days", "received_days", "applications", "completeness_rate"]
    order += ["to_mend", "contradictory", "likely", "differs"]
    table = table[[by, *order]].sort_values("statement_days", ascending=False, na_position="first", kind="stable")
    return Table(
        table.reset_index(drop=True),
        caption=f"Mutu data per {GROUP_UNIT[by]}, pernyataan terlama lebih dulu; {scope.in_words}",
        name=f"mutu-data-{by.replace('_', '-')}",
        columns=_CARD,
        total=_total(counted, filled, len(pairs)),
        metrics=("freshness", "completeness"),
    )


def _total(counted: Mapping[str, pd.Series], filled: pd.DataFrame, likely: int) -> dict[str, Any]:
    sums = {name: int(count.sum()) for name, count in counted.items()}
    # a pair across two groups stands in both, and is one
    return sums | {"likely": likely, "completeness_rate": _rate(filled)}


def _completeness(cells: pd.DataFrame, by: str, in_words: str, *, all_: bool) -> Table:
    """Columns down, groups across. None that nothing is expected of, and unless `all_` none that is full."""
    found = _summed(cells, by)
    named = place if by == "kab_kota" else institution
    found = found.assign(group=found[by].map(named, na_action=None) if len(found) else found[by])
    rates = found.pivot_table(index="column", columns="group", values="completeness_rate", sort=False, aggfunc="first")
    whole = _summed(cells)
    whole = whole.assign(missing=whole["expected"] - whole["filled"])
    whole = whole[whole["expected" if all_ else "missing"] > 0]
    table = whole[["column", "missing", "completeness_rate"]]
    if len(whole):  # pandas 3.1 cannot join an empty text column that has come without a chunk
        table = table.join(rates, on="column")
    table = table.sort_values("completeness_rate", kind="stable", ignore_index=True)
    columns = COLUMNS | {"missing": Column("Kosong", "count", "isian")}
    columns |= {name: Column(str(name), "rate", "%", "used") for name in rates}
    return Table(
        table.assign(column=table["column"].map(column)),
        caption=f"Kelengkapan kolom kunci per {GROUP_UNIT[by]}, yang paling banyak kosong lebih dulu; {in_words}",
        name=f"{'kelengkapan' if all_ else 'belum-lengkap'}-{by.replace('_', '-')}",
        columns=columns,
        metrics=("completeness",),
    )
