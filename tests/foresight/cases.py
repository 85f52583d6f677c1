"""One simulated programme, forecast from each day on which somebody looks, and what then came: rows to be counted."""

import traceback
import zlib
from functools import cached_property

import numpy as np
import pandas as pd
from simulator import Programme, programme

import halal_metrics as hm

BYS = {"all": [], "kab_kota": ["kab_kota"], "lp3h": ["lp3h"]}
GOALS = (0.8, 0.9, 1.0)
STAGE_OF = {"used": "submitted", "issued": "issued"}
ALPHA = 0.2
RESAMPLED = 1_000

Tables = dict[str, list[pd.DataFrame]]


def measured(regime: str, seed: int, *, paths: int, plans: bool) -> Tables:
    """{"bands", "chances", "plans", "failures"} of a programme. What raises is a row of `failures`."""
    tables: Tables = {name: [] for name in ("bands", "chances", "plans", "failures")}
    one = programme(regime, seed)
    curves = {name: one.by_day(by=by) for name, by in BYS.items()}

    def keep(case: "Case", name: str, asked, *which) -> None:
        try:
            found = {name: asked(*which)} if name == "plans" else asked()
        except Exception:
            found = {"failures": pd.DataFrame([{"where": name, "text": traceback.format_exc()}])}
        for table, rows in found.items():
            tables[table].append(rows.assign(regime=regime, seed=seed, as_of=case.as_of))

    for number, as_of in enumerate(one.as_ofs):
        case = Case(one, as_of, curves, paths)
        keep(case, "bands", case.foreseen)
        # two plans a day, so that all measures and goals come in turn
        for measure, goals in (("issued", GOALS), ("used", GOALS[1:])) if plans else ():
            keep(case, "plans", case.plan, measure, goals[(seed + number) % len(goals)])
    return tables


class Case:
    """A programme as somebody sees it on one day."""

    def __init__(self, one: Programme, as_of: pd.Timestamp, curves: dict, paths: int) -> None:
        self.one, self.as_of, self.curves, self.paths = one, as_of, curves, paths
        self.until = one.until
        self.known = one.known(as_of)
        self.calendar = hm.Calendar(one.days_off)

    @cached_property
    def spells(self) -> pd.DataFrame:
        return hm.spells(self.known, as_of=self.as_of)

    def foreseen(self) -> Tables:
        """Bands and chances of the whole and of its parts, beside what came."""
        outcomes = hm.outcomes(
            self.one.quotas, self.spells, as_of=self.as_of, until=self.until, paths=self.paths, seed=self.one.seed,
            calendar=self.one.days_off,
        )  # fmt: skip
        found = [(self._bands(outcomes, name), self._chances(outcomes, name)) for name in BYS]
        bands, chances = (pd.concat(tables, ignore_index=True) for tables in zip(*found, strict=True))
        return {"bands": bands, "chances": chances}

    def _bands(self, outcomes, name: str) -> pd.DataFrame:
        by = BYS[name]
        middle = self.as_of + pd.Timedelta(days=(self.until - self.as_of).days // 2)
        dates = {middle: "middle", self.until: "target"}
        truth = pd.concat(
            [
                self._groups(name).assign(measure=measure, date=date, horizon=horizon, truth=curve[date].to_numpy())
                for measure, curve in self.curves[name].items()
                for date, horizon in dates.items()
            ]
        )
        said = hm.forecast(outcomes, by=by, dates=list(dates))
        said["date"] = pd.to_datetime(said["date"]).astype(truth["date"].dtype)
        rows = truth.merge(said, on=[*by, "date", "measure"], how="left", validate="one_to_one")
        assert rows["mean"].notna().all(), "a group of the plan has no forecast"
        if name == "all":
            naive = [self.naive(row.date, row.measure) for row in rows.itertuples()]
            rows[["naive_low", "naive_high"]] = pd.DataFrame(naive, rows.index)
        return rows.assign(by=name)

    def _chances(self, outcomes, name: str) -> pd.DataFrame:
        by = BYS[name]
        tables = []
        for measure, curve in self.curves[name].items():
            known = self._known_figure(measure, name)
            highest = curve.loc[:, : self.until].max(axis=1).to_numpy()
            for goal in GOALS:
                said = hm.finish_dates(outcomes, by=by, measure=measure, goal=goal)
                rows = self._groups(name)
                rows["wanted"] = np.ceil(goal * rows["quota"] - 1e-9).astype(int)
                rows["came"], rows["measure"], rows["goal"] = highest >= rows["wanted"], measure, goal
                rows["chance"] = rows.merge(said, how="left", on=by)["chance"] if by else said["chance"]
                assert rows["chance"].notna().all(), "a group of the plan has no chance"
                # what has been reached already, as far as known, is no foresight
                tables.append(rows[(rows["wanted"] > 0) & (known < rows["wanted"])])
        return pd.concat(tables).assign(by=name)

    def naive(self, date: pd.Timestamp, measure: str) -> tuple[float, float]:
        """
        The 80% band of somebody who resamples the weekly totals (5 working days) so far, from today's figure to the
        quota. A part of a week at the end is that part of a week drawn; a beginning shorter than a week is left out.
        """
        flows = hm.progress(self.known)
        flows = flows[flows["stage"] == STAGE_OF[measure]]
        now, quota = int(flows["count"].sum()), int(self.one.quotas["quota"].sum())
        back = np.asarray(self.calendar.working_days_after(flows["date"].to_numpy("M8[D]"), _day(self.as_of))) // 5
        whole = self.calendar.working_days(_day(self.one.start), _day(self.as_of)) // 5
        weeks = np.zeros(max(whole, 1))
        np.add.at(weeks, back[back < whole], flows["count"].to_numpy()[back < whole])
        ahead = self.calendar.working_days_after(_day(self.as_of), _day(date))
        random = np.random.default_rng([zlib.crc32(self.one.regime.encode()), self.one.seed, ahead])
        drawn = random.choice(weeks, (RESAMPLED, ahead // 5 + 1))
        drawn[:, -1] *= ahead % 5 / 5
        ends = np.minimum(now + drawn.sum(1), max(quota, now))
        low, high = np.quantile(ends, [ALPHA / 2, 1 - ALPHA / 2], method="inverted_cdf")
        return float(low), float(high)

    def plan(self, measure: str, goal: float) -> pd.DataFrame:
        """A P80 plan, and whether it was kept by a programme that did as it asks; none where the goal is reached."""
        quota = int(self.one.quotas["quota"].sum())
        wanted = int(np.ceil(goal * quota - 1e-9))
        if self._known_figure(measure, "all")[0] >= wanted:
            return pd.DataFrame()
        plan = hm.weekly_plan(
            self.one.quotas, self.spells, as_of=self.as_of, target_date=self.until, measure=measure, goal=goal,
            probability=0.8, paths=self.paths, seed=self.one.seed, calendar=self.one.days_off,
        )  # fmt: skip
        pace = plan.rows.set_index("lp3h")["required_per_week"].astype(float).fillna(0).to_dict()
        replayed = self.one.replay(self.as_of, pace, seed=self.one.seed).by_day()[measure].loc[0, : self.until]
        row = {
            "measure": measure, "goal": goal, "reachable": plan.reachable, "bound": plan.bound, "chance": plan.chance,
            "pace": sum(pace.values()), "quota": quota, "wanted": wanted, "most": int(replayed.max()),
        }  # fmt: skip
        return pd.DataFrame([row | {"kept": row["most"] >= wanted}])

    def _groups(self, name: str) -> pd.DataFrame:
        """The groups of the plan in the order of the curves, and their quota."""
        by, quotas = BYS[name], self.one.quotas
        return quotas.groupby(by, as_index=False)["quota"].sum() if by else quotas[["quota"]].sum().to_frame().T

    def _known_figure(self, measure: str, name: str) -> np.ndarray:
        """The figure of each group as far as it is known that day."""
        rows = self.known[self.known["exit_date"].isna()]
        rows = rows if measure == "used" else rows[rows["issued_date"].notna()]
        if name == "all":
            return np.array([len(rows)])
        counted = rows.groupby(BYS[name]).size()
        return counted.reindex(self._groups(name)[name], fill_value=0).to_numpy()


def interval_score(low, high, truth):
    """Width of the band, and for a truth outside 2 ÷ α times how far (Gneiting and Raftery 2007)."""
    return high - low + 2 / ALPHA * (np.maximum(low - truth, 0) + np.maximum(truth - high, 0))


def _day(date: pd.Timestamp) -> np.datetime64:
    return np.datetime64(date, "D")
