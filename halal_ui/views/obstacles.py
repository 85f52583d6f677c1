"""Kendala: what holds certificates up, and who does what by when. No Streamlit."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

import halal_metrics as hm
from halal_ui import charts, sentences
from halal_ui.snapshot.now import View
from halal_ui.snapshot.scope import Scope
from halal_ui.views.shown import Chart, Table
from halal_ui.words.columns import columns_for
from halal_ui.words.formats import fmt_count
from halal_ui.words.names import WRITE
from halal_ui.words.notes import CATEGORY

RANKED = ["category", "text", "kab_kota", "lp3h", "stage", "held", "at_stake", "cumulative_share", "actor"]
MATRIX = [
    "problem", "action", "responsible", "due_date", "indicator", "status", "evidence", "number_then", "number_now",
    "moved", "days_late",
]  # fmt: skip


@dataclass(frozen=True)
class Notes:
    """
    The notes as they stand. `version` names them in caches; `then` is the day with which the numbers of actions are
    compared, and `then_progress` what was known of it.
    """

    version: str
    obstacles: pd.DataFrame
    actions: pd.DataFrame
    events: pd.DataFrame
    decisions: int
    then: date
    then_progress: pd.DataFrame

    def __repr__(self) -> str:
        return f"Notes({self.version})"


@dataclass(frozen=True)
class Obstacles:
    answer: str
    actions_answer: str
    pareto: Chart
    categories: Chart
    ranked: Table
    obstacles: pd.DataFrame
    """All of the scope, closed ones too, in the order first noted: rows stay where they are while people type."""
    matrix: Table
    actions: pd.DataFrame


def obstacles(view: View, dark: bool, *, notes: Notes) -> Obstacles:
    """What concerns the scope: notes that name its place or institution, and those that name none."""
    as_of = view.scope.as_of
    here = _within(notes.obstacles, view.scope)
    ranked = hm.at_stake(here, view.quotas, view.progress, view.returned, as_of=as_of)
    actions = hm.action_numbers(
        _within(notes.actions, view.scope), notes.then_progress, view.progress, then_as_of=notes.then, as_of=as_of
    )
    counting = actions[actions["status"] != "cancelled"]
    one = ranked.assign(name=[_short(row) for row in ranked.to_dict("records")])
    return Obstacles(
        answer=sentences.obstacles_answer(ranked),
        actions_answer=sentences.actions_answer(counting, notes.decisions),
        pareto=_pareto(one[["name", "at_stake", "cumulative_share"]], dark),
        categories=_pareto(by_category(ranked), dark),
        ranked=Table(
            ranked[RANKED],
            caption=f"Yang menahan paling banyak lebih dulu, tiap sertifikat dihitung sekali; {view.scope.in_words}",
            name="kendala",
            columns=columns_for("obstacles"),
            metrics=("at_stake",),
        ),
        obstacles=here,
        matrix=Table(
            actions[MATRIX],
            caption=f"Matriks tindak lanjut, yang lewat tenggat lebih dulu; {view.scope.in_words}",
            name="tindak-lanjut",
            columns=columns_for("actions"),
            metrics=("action_numbers",),
        ),
        actions=actions,
    )


def by_category(ranked: pd.DataFrame) -> pd.DataFrame:
    """
    `name, at_stake, cumulative_share` of each category, what holds most first.

    >>> ranked = pd.DataFrame({"category": ["K3", "K10", "K3"], "at_stake": [6, 9, 5]})
    >>> by_category(ranked)[["name", "at_stake"]].values.tolist()
    [['Literasi digital', 11], ['Antrean sidang fatwa', 9]]
    """
    names = ranked["category"].map(CATEGORY).fillna(CATEGORY["K99"]).astype("str")
    held = ranked.groupby(names)["at_stake"].sum().sort_values(ascending=False, kind="stable")
    share = held.cumsum() / held.sum() if held.sum() else held.astype(float) * float("nan")
    return pd.DataFrame({"name": held.index.astype("str"), "at_stake": held.array, "cumulative_share": share.array})


def _pareto(held: pd.DataFrame, dark: bool) -> Chart:
    told = "; ".join(f"{row.name} {fmt_count(row.at_stake)}" for row in held.itertuples())
    return Chart(charts.pareto_bars(held, dark=dark), f"Sertifikat yang tertahan: {told or 'belum ada'}.")


def _short(row: dict, most: int = 46) -> str:
    """A name that tells two obstacles of one category apart."""
    text = sentences.obstacle_name(row)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _within(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    inside = pd.Series(True, frame.index)
    for column in ("kab_kota", "lp3h"):
        if (name := getattr(scope, column)) is not None:
            inside &= frame[column].isna() | (frame[column] == name)
    return frame[inside.astype(bool)].reset_index(drop=True)


def number_text(row: dict) -> str:
    """
    Whether an action's number has moved.

    >>> number_text({"number_then": 2, "number_now": 6, "moved": 4}), number_text({"moved": None})
    ('2 → 6 (+4)', '–')
    """
    if pd.isna(row["moved"]):
        return "–"
    return f"{fmt_count(row['number_then'])} → {fmt_count(row['number_now'])} ({WRITE['signed'](row['moved'])})"


def late_text(row: dict) -> str:
    """
    >>> late_text({"overdue": True, "days_late": 5}), late_text({"overdue": False, "days_late": None})
    ('✕ lewat 5 hari', '')
    """
    return f"✕ lewat {fmt_count(row['days_late'])} hari" if row["overdue"] else ""
