"""
The same counts by Polars and DuckDB, each written as well as we know how: the day of every stage worked out once and
kept, then counted a stage at a time by one integer key of day and place; who has left in one pass; all cores. Of
several ways tried with each engine (its own columns as keys, unpivoting, grouping sets, streaming, no intermediate
table) these were the quickest.

Both are given the applications in their own memory and best types (dates, enumerations) before the clock starts.
"""

from collections.abc import Callable, Sequence

import duckdb
import pandas as pd
import polars as pl

STAGES = ["submitted", "verified", "fatwa", "decided", "issued"]
LEFT = ["rejected", "cancelled", "replaced"]
REACHES = {"draft": 0, **{stage: place for place, stage in enumerate(STAGES, start=1)}}
REACHES |= dict.fromkeys(["returned", *LEFT], 1)
DATES = [*(f"{stage}_date" for stage in STAGES), "exit_date", "statement_date"]
TEXTS = ["kab_kota", "lp3h", "status"]
COLUMNS = ["date", "kab_kota", "lp3h", "stage", "count"]

KAB_KOTA, LP3H = 10, 40  # how many; a key is (day × KAB_KOTA + kab_kota) × LP3H + lp3h, or without one of the two
PACE_DAYS = 28


def at_least(stage: str) -> list[str]:
    """The statuses that by themselves mean this stage was reached."""
    return [status for status, reaches in REACHES.items() if reaches > STAGES.index(stage)]


class Polars:
    """Lazy expressions, collected once for the days and once for the counts."""

    name = "polars"

    def __init__(self, applications: pd.DataFrame) -> None:
        dates = [pl.col(name).cast(pl.Date) for name in DATES]
        texts = [
            pl.col(name).cast(pl.Enum(list(column.cat.categories)) if column.dtype == "category" else pl.String)
            for name, column in applications[TEXTS].items()
        ]
        self.table = pl.from_pandas(applications).select(*texts, *dates)

    def _labels(self, name: str) -> list[str]:
        dtype = self.table[name].dtype
        encoded = isinstance(dtype, pl.Enum)
        return dtype.categories.to_list() if encoded else self.table[name].unique().to_list()

    def _days(self, labels: dict[str, list[str]]) -> pl.DataFrame:
        """The day of every stage reached, and of leaving."""
        latest = pl.max_horizontal(pl.col(name).max() for name in DATES)
        stated = pl.coalesce("statement_date", latest)
        status = pl.col("status")
        days = []
        for number, stage in enumerate(STAGES):
            later = [f"{name}_date" for name in STAGES[number + 1 :]]
            dated = pl.coalesce(f"{stage}_date", pl.min_horizontal(later)) if later else pl.col(f"{stage}_date")
            by_status = dated.is_null() & status.is_in(at_least(stage))
            day = pl.when(status == "draft").then(None).when(by_status).then(stated).otherwise(dated)
            days.append(day.cast(pl.Int32).alias(stage))
        places = [
            pl.col(name).cast(pl.Enum(found)).to_physical().cast(pl.Int32).alias(name) for name, found in labels.items()
        ]
        left = pl.coalesce("exit_date", stated).cast(pl.Int32).alias("left")
        known = self.table.lazy().with_columns(status.cast(pl.Enum(list(REACHES))))
        return known.select(*places, *days, left, status.is_in(LEFT).alias("gone")).collect()

    def _counted(
        self, days: pl.DataFrame, key: Callable[[str], pl.Expr], stages: Sequence[str] = STAGES
    ) -> pl.LazyFrame:
        """`key, count, stage`: what came and what was taken back, not yet summed."""
        parts = [
            days.lazy()
            .select(key(stage).alias("key"))
            .drop_nulls()
            .group_by("key")
            .agg(pl.len().cast(pl.Int64).alias("count"))
            .with_columns(stage=pl.lit(STAGES.index(stage), pl.UInt8))
            for stage in stages
        ]
        taken_back = [-pl.col(stage).count().cast(pl.Int64) for stage in stages]
        gone = days.lazy().filter("gone").group_by(key("left").alias("key")).agg(taken_back)
        parts += [
            gone.select("key", pl.col(stage).alias("count"), stage=pl.lit(STAGES.index(stage), pl.UInt8))
            for stage in stages
        ]
        return pl.concat(parts)

    def counts(self) -> pl.DataFrame:
        """The same rows as `progress`."""
        labels = {name: self._labels(name) for name in ("kab_kota", "lp3h")}
        days = self._days(labels)
        cell = pl.col("kab_kota") * LP3H + pl.col("lp3h")
        key = pl.col("key")
        place, institution = key // LP3H % KAB_KOTA, key % LP3H
        return (
            self._counted(days, lambda day: pl.col(day) * (KAB_KOTA * LP3H) + cell)
            .group_by("key", "stage")
            .agg(pl.sum("count"))
            .filter(pl.col("count") != 0)
            .select(
                (key // (KAB_KOTA * LP3H)).cast(pl.Date).alias("date"),
                place.replace_strict(dict(enumerate(labels["kab_kota"]))).alias("kab_kota"),
                institution.replace_strict(dict(enumerate(labels["lp3h"]))).alias("lp3h"),
                pl.col("stage").replace_strict(dict(enumerate(STAGES))).alias("stage"),
                "count",
            )
            .collect()
        )

    def page(self, as_of: pd.Timestamp) -> dict[str, pl.DataFrame]:
        """What the metrics of a page count, without their plan, rates and names."""
        days = self._days({name: self._labels(name) for name in ("kab_kota", "lp3h")})

        def dated(name: str, size: int, stages: Sequence[str]) -> pl.LazyFrame:
            counted = self._counted(days, lambda day: pl.col(day) * size + pl.col(name), stages)
            date, place = (pl.col("key") // size).cast(pl.Date), pl.col("key") % size
            return counted.select("stage", "count", date.alias("date"), place.alias(name))

        by_place, by_institution = pl.collect_all(
            [dated("kab_kota", KAB_KOTA, STAGES), dated("lp3h", LP3H, STAGES[:1])]
        )
        date, count, stage = pl.col("date"), pl.col("count"), pl.col("stage")
        back, further = as_of - pd.Timedelta(days=PACE_DAYS), as_of - pd.Timedelta(days=2 * PACE_DAYS)
        windows = {
            "": date <= as_of,
            "_now": date.is_between(back, as_of, closed="right"),
            "_before": date.is_between(further, back, closed="right"),
        }
        sums = [
            count.filter((stage == number) & window).sum().alias(name + when)
            for number, name in enumerate(STAGES)
            for when, window in windows.items()
        ]
        curve = [count.filter(stage == number).sum().alias(name) for number, name in enumerate(STAGES)]
        return {
            "kab_kota": by_place.group_by("kab_kota").agg(sums),
            "lp3h": by_institution.group_by("lp3h").agg(sums),
            "date": by_place.group_by("date").agg(curve).sort("date").with_columns(pl.col(STAGES).cum_sum()),
        }


class DuckDB:
    """One statement works out the days, the next counts them; perfect hashing wherever the keys allow it."""

    name = "duckdb"

    def __init__(self, applications: pd.DataFrame) -> None:
        self.database = duckdb.connect()
        # Keys are dense: 2^24 is room for every day of a century in every place.
        self.database.execute("set perfect_ht_threshold = 24")
        self.encoded = applications["lp3h"].dtype == "category"
        self.database.register("given", applications)
        self.database.execute(f"create type status_t as enum {tuple(REACHES)}")
        if self.encoded:
            self._enumerate("given")
        texts = ", ".join(f"{name}::varchar::{name}_t as {name}" if self.encoded else name for name in TEXTS)
        dates = ", ".join(f"{name}::date as {name}" for name in DATES)
        self.database.execute(f"create table applications as select {texts}, {dates} from given")
        self.database.unregister("given")

    def _enumerate(self, table: str) -> None:
        for name in ("kab_kota", "lp3h"):
            labels = f"select distinct {name}::varchar from {table}"
            self.database.execute(f"create or replace type {name}_t as enum ({labels})")

    def _days(self) -> None:
        """The day of every stage reached, and of leaving, in a table of their own."""
        if not self.encoded:
            self._enumerate("applications")
        days = []
        for number, stage in enumerate(STAGES):
            later = [f"{name}_date" for name in STAGES[number + 1 :]]
            dated = f"coalesce({stage}_date, least({', '.join(later)}))" if later else f"{stage}_date"
            by_status = f"status in ({', '.join(map(repr, at_least(stage)))})"
            day = f"coalesce({dated}, case when {by_status} then coalesce(statement_date, latest.known) end)"
            days.append(f"case when status <> 'draft' then {day} - date '1970-01-01' end::integer as {stage}")
        newest = ", ".join(f"max({name})" for name in DATES)
        typed = ", ".join(f"{name}::{name}_t as {name}" for name in TEXTS)
        self.database.execute(
            f"create or replace temp table days as "
            f"with latest as (select greatest({newest}) as known from applications) "
            f"select enum_code(kab_kota)::integer as kab_kota, enum_code(lp3h)::integer as lp3h, {', '.join(days)}, "
            f"(coalesce(exit_date, statement_date, latest.known) - date '1970-01-01')::integer as gone_on, "
            f"status in {tuple(LEFT)} as gone from latest, (select * replace ({typed}) from applications)"
        )

    def _counted(self, key: str, stages: Sequence[str] = STAGES) -> str:
        """`key, stage, count`, where {} in the key is a day: what came and what was taken back, not yet summed."""
        parts = [
            f"select {key.format(stage)} as key, {STAGES.index(stage)} as stage, count(*) as count "
            f"from days where {stage} is not null group by 1"
            for stage in stages
        ]
        numbers, taken_back = (
            [STAGES.index(stage) for stage in stages],
            ", ".join(f"-count({stage})" for stage in stages),
        )
        parts.append(
            f"select {key.format('gone_on')} as key, unnest({numbers}) as stage, unnest([{taken_back}]) as count "
            f"from days where gone group by 1"
        )
        return " union all ".join(parts)

    def counts(self):
        """The same rows as `progress`, as an Arrow table."""
        self._days()
        stages = f"{STAGES}::enum ({', '.join(map(repr, STAGES))})[]"
        counted = self._counted(f"({{}} * {KAB_KOTA} + kab_kota) * {LP3H} + lp3h")
        return self.database.sql(
            f"select date '1970-01-01' + (key // {KAB_KOTA * LP3H})::integer as date, "
            f"enum_range(null::kab_kota_t)[key // {LP3H} % {KAB_KOTA} + 1] as kab_kota, "
            f"enum_range(null::lp3h_t)[key % {LP3H} + 1] as lp3h, ({stages})[stage + 1] as stage, "
            f"sum(count)::bigint as count from ({counted}) group by key, stage having sum(count) <> 0"
        ).to_arrow_table()

    def page(self, as_of: pd.Timestamp) -> dict:
        """What the metrics of a page count, without their plan, rates and names."""
        self._days()
        for name, size, stages in (("kab_kota", KAB_KOTA, STAGES), ("lp3h", LP3H, STAGES[:1])):
            self.database.execute(
                f"create or replace temp table by_{name} as select stage, count, key % {size} as {name}, "
                f"date '1970-01-01' + (key // {size})::integer as date "
                f"from ({self._counted(f'{{}} * {size} + {name}', stages)})"
            )
        day = f"date '{as_of:%Y-%m-%d}'"
        windows = {
            "": f"date <= {day}",
            "_now": f"date > {day} - {PACE_DAYS} and date <= {day}",
            "_before": f"date > {day} - {2 * PACE_DAYS} and date <= {day} - {PACE_DAYS}",
        }
        sums = ", ".join(
            f"sum(count) filter (stage = {number} and {window}) as {name}{when}"
            for number, name in enumerate(STAGES)
            for when, window in windows.items()
        )
        curve = ", ".join(
            f"sum(sum(count) filter (stage = {number})) over (order by date) as {name}"
            for number, name in enumerate(STAGES)
        )
        return {
            "kab_kota": self.database.sql(f"select kab_kota, {sums} from by_kab_kota group by 1").to_arrow_table(),
            "lp3h": self.database.sql(f"select lp3h, {sums} from by_lp3h group by 1").to_arrow_table(),
            "date": self.database.sql(f"select date, {curve} from by_kab_kota group by date").to_arrow_table(),
        }
