"""What the events noted cost or brought: of each that has ended, what was submitted and issued meanwhile."""

from datetime import date
from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_ui.sentences.events import COUNTED, NOT_ENDED, effect_line, effect_phrase
from halal_ui.words.masks import free_text
from halal_ui.words.notes import EVENT

DAYS_ONLY: Final = frozenset({"meeting", "deadline"})
"""Kinds of events that mark a day: nothing stops or comes because of them."""

Key = tuple[str, pd.Timestamp, pd.Timestamp]


def effects(progress: pd.DataFrame, events: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """
    `hm.event_effects` of submitted and issued, with `stage` and the `kind` of the event: two rows an event, the latest
    event first, each by the name that people read.

    `events`: notes as they stand. Those of DAYS_ONLY are left out, and are no disturbance of the days before others.
    """
    told = named(events)
    parts = [hm.event_effects(progress, told, as_of=as_of, stage=stage).assign(stage=stage) for stage in COUNTED]
    found = pd.concat(parts).rename_axis("place").reset_index()
    # of one event what was submitted comes first
    found = found.sort_values(["start_date", "place", "stage"], ascending=[False, True, False], ignore_index=True)
    keys = ["event", "start_date", "end_date"]
    kinds = told.rename(columns={"text": "event", "date": "start_date", "until_date": "end_date"})
    kinds = kinds[[*keys, "kind"]].drop_duplicates(keys)
    return found.drop(columns="place").merge(kinds, how="left", on=keys)


def named(events: pd.DataFrame) -> pd.DataFrame:
    """
    `text, date, until_date, kind` of the events that may cost or bring something, each with a name and both days; the
    index is that of `events`.
    """
    told = events[~events["kind"].isin(DAYS_ONLY) & events["date"].notna()]
    kind = told["kind"].where(told["kind"].isin(EVENT.keys()), "other")
    names = [free_text(text).strip() or EVENT[of] for text, of in zip(told["text"], kind, strict=True)]
    start, end = told["date"].dt.normalize(), told["until_date"].dt.normalize()
    return pd.DataFrame(
        {
            "text": pd.Series(names, told.index, dtype="str"),
            "date": start,
            "until_date": end.where(end > start, start),
            "kind": kind.map(EVENT).astype("str"),
        }
    )


def phrases(effects: pd.DataFrame) -> dict[Key, str]:
    """Each event, by its name and days, in one short phrase; none of which nothing can be said."""
    return {key: phrase for key, rows in _by_event(effects).items() if (phrase := effect_phrase(rows))}


def in_words(effects: pd.DataFrame, events: pd.DataFrame) -> pd.Series:
    """
    What is said of each of `events` where there is room: a line for what was submitted and one for what was issued;
    "" of those that merely mark a day.
    """
    did = _by_event(effects)
    told = {}
    for row in named(events).itertuples():
        rows = did.get((row.text, row.date, row.until_date))
        told[row.Index] = "\n".join(map(effect_line, rows)) if rows else NOT_ENDED
    return pd.Series(told, dtype="str").reindex(events.index, fill_value="")


def _by_event(effects: pd.DataFrame) -> dict[Key, list[dict[Any, Any]]]:
    found: dict[Key, list[dict[Any, Any]]] = {}
    for row in effects.to_dict("records"):
        found.setdefault((row["event"], row["start_date"], row["end_date"]), []).append(row)
    return found
