"""
Programmes of which the truth is known, for forecasts to be measured against: `programme("congested", 7)`.

Another truth than a forecast's model: files that come in day by day, LP3H that verify in their own rhythm, a fatwa that
sits on weekdays and takes those that came first. Everything follows from regime and seed. Seeds 0–999 are there to be
looked at while somebody works on a forecast; those from `HELD_OUT` on are run once, when it is finished.
"""

import zlib
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from course import DATES, Course, Files, Plan
from numpy.random import Generator
from regimes import REGIMES, draw
from setting import NEVER, Setting, setting

from halal_metrics import institutions, places

HELD_OUT = 10_000
LP3H = (*institutions.LP3H, "LP3H Rekaan Mahakam", "LP3H Rekaan Kayan", "LP3H Rekaan Segah")
STAGE_DATES = [f"{stage}_date" for stage in DATES]
EXITS = np.array(["rejected", "cancelled", "replaced"], object)
AWAY = ("lp3h", "check", "fatwa")


@dataclass(frozen=True)
class Programme:
    """One programme: its plan, all that will ever happen, and what of it is known when."""

    regime: str
    seed: int
    quotas: pd.DataFrame
    applications: pd.DataFrame  # the whole truth, to well past `until`; no statement_date
    start: pd.Timestamp
    until: pd.Timestamp
    days_off: pd.DatetimeIndex
    as_ofs: tuple[pd.Timestamp, ...]
    setting: Setting
    _away: pd.DataFrame  # of each application, when it is with the business

    @property
    def name(self) -> str:
        return f"{self.regime} {self.seed}"

    @property
    def lp3h(self) -> list[str]:
        return sorted(self.quotas["lp3h"].unique())

    def stated(self, as_of) -> pd.Series:
        """Of each LP3H the date of the latest statement that had come by `as_of`; missing where none had."""
        own, day = self.setting, self._day(as_of)
        latest = {
            lp3h: self._date_of(found[-1]) if len(found := days[days + lag <= day]) else pd.NaT
            for lp3h, days, lag in zip(_institutions(own), own.statements, own.traits.statement_lag, strict=True)
        }
        return pd.Series(latest, dtype="datetime64[us]")

    def known(self, as_of) -> pd.DataFrame:
        """The register that day: each LP3H's files as its latest statement has them, and nothing later."""
        rows = self.applications
        statement = rows["lp3h"].map(self.stated(as_of))
        heard = (rows["submitted_date"] <= statement).to_numpy()  # false where it has stated nothing
        rows, statement, away = rows[heard], statement[heard], self._away[heard]
        seen = {name: rows[name].where(rows[name] <= statement) for name in STAGE_DATES}
        with_business = np.any(
            [(away[f"away_{who}"] <= statement) & ~(away[f"back_{who}"] <= statement) for who in AWAY], axis=0
        )
        gone = seen["exit_date"].notna()
        status = _standing({name: column.notna().to_numpy() for name, column in seen.items()})
        status = np.where(with_business, "returned", status)
        status = np.where(gone, rows["status"], status)  # who has left by then is one who will have left
        known = rows.assign(**seen, status=pd.array(status, "str"), statement_date=statement)
        return known.reset_index(drop=True)

    def truth(self, date, *, by=()) -> pd.DataFrame:
        """by + `used, issued` at the end of a day, counted file by file; a row a group of the plan."""
        date, rows = pd.Timestamp(date), self.applications
        there = (rows["submitted_date"] <= date) & ~(rows["exit_date"] <= date)
        counted = rows[list(by)].assign(
            used=there.astype(int), issued=(there & (rows["issued_date"] <= date)).astype(int)
        )
        if not by:
            return counted.sum().to_frame().T
        groups = self.quotas[list(by)].drop_duplicates().assign(used=0, issued=0)
        return pd.concat([groups, counted]).groupby(list(by), as_index=False)[["used", "issued"]].sum()

    def by_day(self, *, by=()) -> dict[str, pd.DataFrame]:
        """{"used", "issued"}: a row a group of the plan, a column a day."""
        keys = list(by)
        if keys:
            groups = self.quotas[keys].drop_duplicates().sort_values(keys, ignore_index=True)
            row = self.applications[keys].merge(groups.reset_index(), how="left")["index"].to_numpy()
            index = pd.MultiIndex.from_frame(groups)
        else:
            row, index = np.zeros(len(self.applications), int), pd.Index([0])
        days = pd.date_range(self.start, periods=self.setting.traits.days)

        def sums(name: str) -> np.ndarray:
            day = (self.applications[name] - self.start).dt.days.to_numpy()
            known = ~np.isnan(day)
            key = row[known] * len(days) + day[known].astype(int)
            return np.bincount(key, minlength=len(index) * len(days)).reshape(len(index), -1).cumsum(1)

        used, issued = sums("submitted_date") - sums("exit_date"), sums("issued_date")
        return {"used": pd.DataFrame(used, index, days), "issued": pd.DataFrame(issued, index, days)}

    def replay(self, as_of, pace: dict, seed: int) -> "Programme":
        """
        The same programme, had its LP3H submitted at this tempo {lp3h: files in 5 working days} from the day after
        `as_of` on, into cells with room; who is not in `pace` submits nothing. Weeks vary (a gamma of shape 12), the
        files that come then have fates of their own, and LP3H no longer stand still. All before stays as it was.
        """
        tempo = np.array([pace.get(name, 0) for name in _institutions(self.setting)], float)
        plan = Plan(day=self._day(as_of) + 1, pace=np.nan_to_num(tempo), seed=seed)
        intake, fates = _streams(self.regime, self.seed)[2:4]
        return replace(self, **_tables(Course(self.setting, intake, fates, plan).run(), self.setting))

    def _day(self, date) -> int:
        return (pd.Timestamp(date) - pd.Timestamp(self.setting.first)).days

    def _date_of(self, day: int) -> pd.Timestamp:
        return pd.Timestamp(self.setting.first) + pd.Timedelta(days=int(day))


def programme(regime: str, seed: int) -> Programme:
    """A programme of a regime (one of REGIMES); the same two give the same."""
    traits, circumstances, intake, fates, looks = _streams(regime, seed)
    own = setting(draw(regime, traits), circumstances)
    first, until = pd.Timestamp(own.first), pd.Timestamp(own.first) + pd.Timedelta(days=own.traits.until)
    quotas = pd.DataFrame(
        {
            "kab_kota": pd.array(_places(own)[own.traits.place], "str"),
            "lp3h": pd.array(_institutions(own)[own.traits.lp3h], "str"),
            "quota": own.traits.quota,
            "target_date": until.as_unit("us"),
            "statement_date": first.as_unit("us"),
        }
    )
    return Programme(
        regime=regime,
        seed=seed,
        quotas=quotas,
        start=first,
        until=until,
        days_off=pd.DatetimeIndex(own.days_off),
        as_ofs=_looks(first, own.traits.until, looks),
        setting=own,
        **_tables(Course(own, intake, fates).run(), own),
    )


def _streams(regime: str, seed: int) -> list[Generator]:
    """Chance for the traits, the circumstances, intake, the fates of files, and the days on which somebody looks."""
    assert regime in REGIMES, f"{regime} is none of {', '.join(REGIMES)}"
    return np.random.default_rng([zlib.crc32(regime.encode()), seed]).spawn(5)


def _looks(first: pd.Timestamp, until: int, random: Generator) -> tuple[pd.Timestamp, ...]:
    """Two or three days between a quarter and four fifths of the way."""
    way = np.sort(random.uniform(0.25, 0.8, random.integers(2, 4)))
    return tuple(first + pd.Timedelta(days=int(day)) for day in np.unique(np.rint(way * until)))


def _places(own: Setting) -> np.ndarray:
    return np.array(places.KAB_KOTA, object)


def _institutions(own: Setting) -> np.ndarray:
    return np.array(LP3H[: len(own.traits.fill)], object)


def _tables(files: Files, own: Setting) -> dict[str, pd.DataFrame]:
    """The applications as the contract's frame, and when each was with its business."""

    def dates(name: str) -> np.ndarray:
        day = files[name][: files.count]
        moments = own.first + np.where(day < NEVER, day, 0).astype("timedelta64[D]")
        return np.where(day < NEVER, moments, np.datetime64("NaT")).astype("datetime64[us]")

    cell = files["cell"][: files.count]
    stages = dict(zip(STAGE_DATES, map(dates, DATES), strict=True))
    status = _standing({name: ~np.isnat(column) for name, column in stages.items()})
    gone = ~np.isnat(stages["exit_date"])
    status = np.where(gone, EXITS[files["exit_as"][: files.count]], status)
    applications = pd.DataFrame(
        {
            "registration_number": pd.array([f"SH2025-9-99{number:06}" for number in range(files.count)], "str"),
            "kab_kota": pd.Categorical.from_codes(own.traits.place[cell], _places(own)).astype("str"),
            "lp3h": pd.Categorical.from_codes(own.traits.lp3h[cell], _institutions(own)).astype("str"),
            "p3h": pd.array([None] * files.count, "str"),
            "status": pd.array(status, "str"),
            **stages,
        }
    )
    away = {f"{what}_{who}": dates(f"{what}_{who}") for who in AWAY for what in ("away", "back")}
    return {"applications": applications, "_away": pd.DataFrame(away)}


def _standing(reached: dict[str, np.ndarray]) -> np.ndarray:
    """The status of a file by the dates it has."""
    stages = [name for name in reversed(STAGE_DATES) if name != "exit_date"]
    return np.select([reached[name] for name in stages], [name.removesuffix("_date") for name in stages], "submitted")
