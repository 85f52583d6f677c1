"""The verdict of the forecast: whether quota will be used and issued, who holds it back, and what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from halal_ui import sentences
from halal_ui.snapshot.foresight import Foresight
from halal_ui.snapshot.now import View
from halal_ui.words.names import NO_DATA


@dataclass(frozen=True)
class Verdict:
    """Sentences, "" where there is nothing to say: the verdict itself, its parts, and what decides."""

    answer: str
    holds: str = ""
    binds: str = ""


def verdict(view: View, foresight: Foresight, *, target: date | None = None) -> Verdict:
    """Of what the view sees, by `target` or the date of verdicts of what it sees."""
    if foresight.why_not:
        return Verdict(sentences.not_foreseen(foresight.why_not))
    scope, day = view.scope, target or view.target
    forecast, chances = foresight.forecast(scope, [day]), sure(view, foresight, day)
    goal = int(chances["goal"].max()) if len(chances) else 0
    if forecast.empty or not goal:
        return Verdict(NO_DATA)
    asked = next((name for name in ("kab_kota", "lp3h") if getattr(scope, name) is None), None)
    parts = None if asked is None else parts_of(view, foresight, day, asked)
    return Verdict(
        sentences.verdict(forecast, chances, parts),
        "" if parts is None else sentences.holding_back(parts),
        sentences.what_binds(forecast, goal, view.backlog()),
    )


def sure(view: View, foresight: Foresight, day: date, by: Sequence[str] = ()) -> pd.DataFrame:
    """How sure it is that all of the quota is used, and issued, by the day: a row a group and measure."""
    all_ = [
        foresight.chances(view.scope, [day], measure=measure, by=by, shares=(1.0,)) for measure in ("used", "issued")
    ]
    return pd.concat(all_, ignore_index=True)


def parts_of(view: View, foresight: Foresight, day: date, by: str) -> pd.DataFrame:
    """`goal, mean, p10, p50, p90, chance` of what each group will have used, as `sentences.holding_back` takes them."""
    used = foresight.forecast(view.scope, [day], by=[by])
    chances = foresight.chances(view.scope, [day], measure="used", by=[by], shares=(1.0,))
    bands = used[used["measure"] == "used"].reset_index(drop=True)
    return bands.assign(goal=chances["goal"], chance=chances["chance"])
