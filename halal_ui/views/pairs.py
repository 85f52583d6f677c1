"""Kemungkinan ganda: which pairs wait, what was decided, and what goes back to the LP3H."""

from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from halal_metrics.duplicates import CERTAIN
from halal_metrics.schema import DATE
from halal_ui.snapshot.now import View
from halal_ui.snapshot.quality_set import APART, LATER, SAME, QualitySet, Stated
from halal_ui.views.shown import Table
from halal_ui.views.side_by_side import reasons, side_by_side, why
from halal_ui.words.columns import COLUMNS, Column
from halal_ui.words.formats import fmt_count, fmt_date, is_missing
from halal_ui.words.labels import APPLICATION_STATUS, UNKNOWN_GROUP
from halal_ui.words.names import institution, listing, place

KIND: Final = {"application": "Dua pengajuan", "certificate": "Sudah bersertifikat"}
DECIDED: Final = {SAME: "Usaha yang sama", APART: "Usaha berbeda", LATER: "Ditunda"}
"""Decision → how it is said."""

_COLUMNS: Final = COLUMNS | {
    "business_name": Column("Usaha", "text"),
    "owner_name": Column("Pemilik", "text"),
    "kind": Column("Jenis", "text"),
    "strength": Column("Kekuatan", "text"),
    "first_status": Column("Status pertama", "text"),
    "second_status": Column("Status kedua", "text"),
    "ask": Column("Yang diminta", "text"),
    "other_lp3h": Column("LP3H kedua", "text"),  # a certificate has none
    "decision": Column("Keputusan", "text"),
    "note": Column("Catatan", "text"),
    "by": Column("Diputuskan oleh", "text"),
    "received_at": Column("Diputuskan", "date"),
    "state": Column("Keadaan kini", "text"),
}

SHOWN: Final = 200

_BRIEF: Final = ["lp3h", "other_lp3h", "business_name", "first", "second", "ask"]


@dataclass(frozen=True)
class Pairs:
    """`waiting`, `later`, `decided`: pairs that can be opened, most evidence first; `label` names them."""

    answer: str
    waiting: list[str]
    later: list[str]
    decided: list[str]
    label: dict[str, str]
    why: dict[str, str]
    side_by_side: dict[str, str]
    lp3h: dict[str, list[str | None]]
    """Whose rows a pair is made of."""
    facts: dict[str, dict[str, str]]
    """What the log keeps of a pair."""
    told: dict[str, str]
    """What was decided about it, and by whom."""
    table: Table
    """Those waiting, as many as a page bears."""
    whole_table: Table
    decisions: Table
    hand_back: Table
    hand_back_brief: Table
    """The same as a page has room for."""


def pairs(view: View, dark: bool, *, quality_set: QualitySet) -> Pairs:
    scope, stated = view.scope, quality_set.stated
    lists = {
        "waiting": quality_set.pairs(scope),
        "later": quality_set.pairs(scope, LATER),
        "decided": quality_set.pairs(scope, SAME, APART),
    }
    every = pd.concat(lists.values(), ignore_index=True)
    records = every.to_dict("records")
    hand_back = _hand_back(quality_set.pairs(scope, SAME), stated, scope.in_words)
    return Pairs(
        answer=_answer(lists, len(stated.every_pair) - len(stated.pairs)),
        **{name: found["pair"].tolist() for name, found in lists.items()},
        label={pair["pair"]: _label(pair, stated) for pair in records},
        why={pair["pair"]: why(pair) for pair in records},
        side_by_side=_Lazy(records, stated),
        lp3h={pair["pair"]: _institutions(pair) for pair in records},
        facts={pair["pair"]: {name: pair[name] for name in ("pair", "kind", "first", "second")} for pair in records},
        told={pair["pair"]: _told(pair) for pair in records if isinstance(pair["decision"], str)},
        table=_listed(lists["waiting"].head(SHOWN), stated, scope.in_words),
        whole_table=_listed(lists["waiting"], stated, scope.in_words),
        decisions=_decisions(quality_set),
        hand_back=hand_back,
        hand_back_brief=replace(hand_back, frame=hand_back.frame[_BRIEF]),
    )


class _Lazy(dict):
    """A pair's picture, made when it is opened."""

    def __init__(self, records: list[dict[Any, Any]], stated: Stated) -> None:
        super().__init__()
        self._records, self._stated = {pair["pair"]: pair for pair in records}, stated

    def __missing__(self, name: str) -> str:
        self[name] = side_by_side(self._records[name], self._stated)
        return self[name]


def _answer(lists: dict[str, pd.DataFrame], settled: int) -> str:
    waiting = lists["waiting"]
    if waiting.empty:
        told = "Tidak ada kemungkinan ganda yang menunggu keputusan."
    else:
        elsewhere = int((waiting["kind"] == "certificate").sum())
        parts = [f"{fmt_count(len(waiting) - elsewhere)} pasang pengajuan"] if len(waiting) > elsewhere else []
        parts += [f"{fmt_count(elsewhere)} pengajuan yang usahanya sudah bersertifikat dari program lain"] * bool(
            elsewhere
        )
        told = f"{listing(parts)} menunggu keputusan."
    later = f" {fmt_count(len(lists['later']))} ditunda." if len(lists["later"]) else ""
    done = (
        f" {fmt_count(settled)} pasangan lain selesai dengan sendirinya: salah satunya sudah keluar." if settled else ""
    )
    return f"{told}{later}{done}"


def _label(pair: dict[Any, Any], stated: Stated) -> str:
    name = stated.both["business_name"].iloc[stated.names[pair["first"]]]
    place_ = UNKNOWN_GROUP if is_missing(pair["kab_kota"]) else place(pair["kab_kota"])
    name = pair["first"] if is_missing(name) else name
    return f"{name} · {place_} · {KIND[pair['kind']].lower()} · {fmt_count(pair['score'])} poin"


def _institutions(pair: dict[Any, Any]) -> list[str | None]:
    sides = ["lp3h"] if pair["kind"] == "certificate" else ["lp3h", "other_lp3h"]
    return [None if is_missing(pair[side]) else pair[side] for side in sides]


def _told(pair: dict[Any, Any]) -> str:
    note = "" if is_missing(pair["note"]) or not pair["note"] else f" Catatan: {pair['note']}"
    return f"{DECIDED[pair['decision']]}, diputuskan {pair['by']} pada {fmt_date(pair['received_at'])}.{note}"


def _with_names(found: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """The pairs with the business, the owner and the statuses beside them."""
    first, second = (
        stated.both.iloc[stated.names[found[side]].to_numpy()].reset_index(drop=True) for side in ("first", "second")
    )
    return found.reset_index(drop=True).assign(
        business_name=first["business_name"],
        owner_name=first["owner_name"],
        first_status=first["status"].map(APPLICATION_STATUS),
        second_status=second["status"].map(APPLICATION_STATUS),
        strength=(found["score"] >= CERTAIN).map({True: "kuat", False: "sedang"}).to_numpy(),
        reasons=found["reasons"].map(reasons).to_numpy(),
        kind=found["kind"].map(KIND).to_numpy(),
        other_lp3h=found["other_lp3h"].map(institution).where(found["kind"] == "application").to_numpy(),
    )


def _listed(found: pd.DataFrame, stated: Stated, in_words: str) -> Table:
    names = [
        "business_name",
        "owner_name",
        "kab_kota",
        "kind",
        "lp3h",
        "other_lp3h",
        "first",
        "second",
        "reasons",
        "score",
    ]
    rows = _with_names(found, stated)[names] if len(found) else found.reindex(columns=names)
    return Table(
        rows,
        caption=f"Kemungkinan ganda; {in_words}",
        name="kemungkinan-ganda",
        columns=_COLUMNS,
        metrics=("duplicates",),
    )


def _hand_back(found: pd.DataFrame, stated: Stated, in_words: str) -> Table:
    """What was decided to be one business and still counts twice: what the LP3H must do about it."""
    names = ["lp3h", "other_lp3h", "kab_kota", "business_name", "owner_name", "first", "first_status", "second"]
    names += ["second_status", "ask", "reasons", "note", "by", "received_at"]
    if found.empty:
        rows = found.reindex(columns=names).astype({"received_at": DATE})
    else:
        elsewhere = found["kind"].eq("certificate").to_numpy()
        ask = pd.Series("Batalkan salah satu di SIHALAL, lalu kirim register terbaru", found.index, dtype="str")
        ask = ask.mask(elsewhere, "Ganti pelaku usaha: sudah bersertifikat, lalu kirim register terbaru")
        rows = _with_names(found, stated).assign(ask=ask.to_numpy())[names]
    return Table(
        rows,
        caption=f"Diputuskan satu usaha dan masih dihitung dua kali; {in_words}",
        name="minta-dibatalkan",
        columns=_COLUMNS,
    )


def _decisions(quality_set: QualitySet) -> Table:
    """Every decision in force, the newest first, those about pairs that are settled by now among them."""
    made = quality_set.decisions.sort_values("received_at", ascending=False, kind="stable", ignore_index=True)
    still = made["pair"].isin(quality_set.stated.pairs["pair"])
    made = made.assign(
        decision=made["decision"].map(DECIDED),
        kind=made["kind"].map(KIND),
        state=still.map({True: "keduanya masih dihitung", False: "tidak dihitung dua kali"}),
        received_at=made["received_at"].dt.normalize(),
    )
    names = ["first", "second", "kind", "decision", "state", "note", "by", "received_at"]
    return Table(
        made[names], caption="Semua keputusan, yang terbaru lebih dulu", name="keputusan-ganda", columns=_COLUMNS
    )
