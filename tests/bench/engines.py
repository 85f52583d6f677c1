"""
The same counts by Polars and DuckDB, each written as well as we know how: day and place packed into one integer key,
kept once, then counted a stage at a time; who has left in one pass; all cores. Of several ways tried with each engine
(its own columns as keys, unpivoting, grouping sets, streaming, no intermediate table) these were the quickest.

Both are given the applications in their own memory and best types (Date, Enum) before the clock starts.
"""

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

# The key: days since 1970 × places + place.
LP3H = 40
PLACES = 10 * LP3H


def at_least(stage: str) -> list[str]:
    """The statuses that by themselves mean this stage was reached."""
    return [status for status, reaches in REACHES.items() if reaches > STAGES.index(stage)]


class Polars:
    """Lazy expressions, collected once for the keys and once for the counts."""

    name = "polars"

    def __init__(self, applications: pd.DataFrame) -> None:
        dates = [pl.col(name).cast(pl.Date) for name in DATES]
        texts = [
            pl.col(name).cast(pl.Enum(list(column.cat.categories)) if column.dtype == "category" else pl.String)
            for name, column in applications[TEXTS].items()
        ]
        self.table = pl.from_pandas(applications).select(*texts, *dates)

    def _codes(self, name: str) -> tuple[pl.Expr, list[str]]:
        """A text column as small integers, and what they stand for."""
        dtype = self.table[name].dtype
        encoded = isinstance(dtype, pl.Enum)
        labels = dtype.categories.to_list() if encoded else self.table[name].unique().to_list()
        return pl.col(name).cast(pl.Enum(labels)).to_physical().cast(pl.Int32), labels

    def _keyed(self) -> tuple[pl.DataFrame, list[str], list[str]]:
        """A key for every stage reached, and one for the day of leaving."""
        latest = pl.max_horizontal(pl.col(name).max() for name in DATES)
        stated = pl.coalesce("statement_date", latest)
        kab_kota, places = self._codes("kab_kota")
        lp3h, institutions = self._codes("lp3h")
        cell = kab_kota * LP3H + lp3h
        keys = []
        for number, stage in enumerate(STAGES):
            later = [f"{name}_date" for name in STAGES[number + 1 :]]
            dated = pl.coalesce(f"{stage}_date", pl.min_horizontal(later)) if later else pl.col(f"{stage}_date")
            day = (
                pl.when(pl.col("status") == "draft")
                .then(None)
                .when(dated.is_null() & pl.col("status").is_in(at_least(stage)))
                .then(stated)
                .otherwise(dated)
            )
            keys.append((day.cast(pl.Int32) * PLACES + cell).alias(stage))
        left = pl.col("status").is_in(LEFT).alias("left")
        exit_key = pl.coalesce("exit_date", stated).cast(pl.Int32) * PLACES + cell
        status = pl.col("status").cast(pl.Enum(list(REACHES)))
        keyed = self.table.lazy().with_columns(status).select(left, exit_key.alias("exit"), *keys).collect()
        return keyed, places, institutions

    def _counted(self, keyed: pl.DataFrame) -> pl.LazyFrame:
        """`key, count, stage`: what came and what was taken back, not yet summed."""
        parts = [
            keyed.lazy()
            .select(pl.col(stage).alias("key"))
            .drop_nulls()
            .group_by("key")
            .agg(pl.len().cast(pl.Int64).alias("count"))
            .with_columns(stage=pl.lit(number, pl.UInt8))
            for number, stage in enumerate(STAGES)
        ]
        gone = (
            keyed.lazy()
            .filter("left")
            .group_by(pl.col("exit").alias("key"))
            .agg(-pl.col(stage).count().cast(pl.Int64) for stage in STAGES)
        )
        parts += [
            gone.select("key", pl.col(stage).alias("count"), stage=pl.lit(number, pl.UInt8))
            for number, stage in enumerate(STAGES)
        ]
        return pl.concat(parts)

    def counts(self) -> pl.DataFrame:
        """The same rows as `progress`."""
        keyed, places, institutions = self._keyed()
        key = pl.col("key")
        return (
            self._counted(keyed)
            .group_by("key", "stage")
            .agg(pl.sum("count"))
            .filter(pl.col("count") != 0)
            .select(
                (key // PLACES).cast(pl.Date).alias("date"),
                (key // LP3H % (PLACES // LP3H)).replace_strict(dict(enumerate(places))).alias("kab_kota"),
                (key % LP3H).replace_strict(dict(enumerate(institutions))).alias("lp3h"),
                pl.col("stage").replace_strict(dict(enumerate(STAGES))).alias("stage"),
                "count",
            )
            .collect()
        )

    def page(self, as_of) -> dict[str, pl.DataFrame]:
        """What the metrics of a page count, without their plan, rates and names."""
        keyed, _, _ = self._keyed()
        small = [
            self._counted(keyed.with_columns(pl.col("exit", *STAGES) // LP3H)).with_columns(
                date=(pl.col("key") // (PLACES // LP3H)).cast(pl.Date), kab_kota=pl.col("key") % (PLACES // LP3H)
            ),
            self._counted(
                keyed.with_columns(pl.col("exit", *STAGES) // PLACES * LP3H + pl.col("exit", *STAGES) % LP3H)
            ).with_columns(date=(pl.col("key") // LP3H).cast(pl.Date), lp3h=pl.col("key") % LP3H),
        ]
        by_place, by_institution = pl.collect_all(small)
        back, further = as_of - pd.Timedelta(days=28), as_of - pd.Timedelta(days=56)

        def sums(table: pl.DataFrame, by: str) -> pl.DataFrame:
            date, count = pl.col("date"), pl.col("count")
            windows = {
                "": date <= as_of,
                "_now": date.is_between(back, as_of, closed="right"),
                "_before": date.is_between(further, back, closed="right"),
            }
            return table.group_by(by).agg(
                count.filter((pl.col("stage") == number) & window).sum().alias(stage + name)
                for number, stage in enumerate(STAGES)
                for name, window in windows.items()
            )

        curve = by_place.group_by("date").agg(
            pl.col("count").filter(pl.col("stage") == number).sum().alias(stage) for number, stage in enumerate(STAGES)
        )
        return {
            "kab_kota": sums(by_place, "kab_kota"),
            "lp3h": sums(by_institution, "lp3h"),
            "date": curve.sort("date").with_columns(pl.col(STAGES).cum_sum()),
        }


class DuckDB:
    """One statement makes the keys, the next counts them; perfect hashing wherever the keys allow it."""

    name = "duckdb"

    def __init__(self, applications: pd.DataFrame) -> None:
        self.database = duckdb.connect()
        # Keys are dense: 2^24 is room for every day of a century in every place.
        self.database.execute("set perfect_ht_threshold = 24")
        self.text = applications["lp3h"].dtype != "category"
        self.database.register("given", applications)
        self.database.execute(f"create type status_t as enum {tuple(REACHES)}")
        for name in ("kab_kota", "lp3h"):
            if not self.text:
                self._enumerate(name, "given")
        texts = ", ".join(name if self.text else f"{name}::varchar::{name}_t {name}" for name in TEXTS)
        dates = ", ".join(f"{name}::date {name}" for name in DATES)
        self.database.execute(f"create table applications as select {texts}, {dates} from given")
        self.database.unregister("given")

    def _enumerate(self, name: str, table: str) -> None:
        self.database.execute(f"create or replace type {name}_t as enum (select distinct {name}::varchar from {table})")

    def _key_all(self) -> None:
        """A key for every stage reached, and one for the day of leaving, in a table of their own."""
        for name in ("kab_kota", "lp3h"):
            if self.text:
                self._enumerate(name, "applications")
        cell = f"(enum_code(kab_kota)::integer * {LP3H} + enum_code(lp3h)::integer)"
        keys = []
        for number, stage in enumerate(STAGES):
            later = [f"{name}_date" for name in STAGES[number + 1 :]]
            dated = f"coalesce({stage}_date, least({', '.join(later)}))" if later else f"{stage}_date"
            day = (
                f"case when status = 'draft' then null else coalesce({dated}, "
                f"case when status in {tuple(at_least(stage))} then coalesce(statement_date, latest.known) end) end"
            )
            if len(at_least(stage)) == 1:
                day = day.replace(",) then", ") then")
            keys.append(f"(({day} - date '1970-01-01') * {PLACES} + {cell})::integer as {stage}")
        newest = ", ".join(f"max({name})" for name in DATES)
        self.database.execute(
            f"create or replace temp table keyed as "
            f"with latest as (select greatest({newest}) as known from applications) "
            f"select status in {tuple(LEFT)} as gone, ((coalesce(exit_date, statement_date, latest.known) "
            f"- date '1970-01-01') * {PLACES} + {cell})::integer as exit, {', '.join(keys)} from latest, "
            f"(select * replace ({', '.join(f'{name}::{name}_t as {name}' for name in TEXTS)}) from applications)"
        )

    def _counted(self, key: str) -> str:
        """`key, stage, count` of keys made smaller by an expression: not yet summed."""
        parts = [
            f"select {key.format(stage)} as key, {number} as stage, count(*) as count "
            f"from keyed where {stage} is not null group by 1"
            for number, stage in enumerate(STAGES)
        ]
        reached = ", ".join(f"count({stage})" for stage in STAGES)
        parts.append(
            f"select {key.format('exit')} as key, unnest([0, 1, 2, 3, 4]) as stage, -unnest([{reached}]) as count "
            f"from keyed where gone group by 1"
        )
        return " union all ".join(parts)

    def counts(self):
        """The same rows as `progress`, as an Arrow table."""
        self._key_all()
        stages = f"{STAGES}::enum ({', '.join(map(repr, STAGES))})[]"
        return self.database.sql(
            f"select date '1970-01-01' + (key // {PLACES})::integer as date, "
            f"enum_range(null::kab_kota_t)[(key // {LP3H}) % {PLACES // LP3H} + 1] as kab_kota, "
            f"enum_range(null::lp3h_t)[key % {LP3H} + 1] as lp3h, ({stages})[stage + 1] as stage, "
            f"sum(count)::bigint as count from ({self._counted('{}')}) group by key, stage having sum(count) <> 0"
        ).to_arrow_table()

    def page(self, as_of) -> dict:
        """What the metrics of a page count, without their plan, rates and names."""
        self._key_all()
        self.database.execute(
            f"create or replace temp table by_place as select *, key % {PLACES // LP3H} as kab_kota, "
            f"date '1970-01-01' + (key // {PLACES // LP3H})::integer as date "
            f"from ({self._counted(f'({{}} // {LP3H})')})"
        )
        self.database.execute(
            f"create or replace temp table by_institution as select *, key % {LP3H} as lp3h, "
            f"date '1970-01-01' + (key // {LP3H})::integer as date "
            f"from ({self._counted(f'({{0}} // {PLACES} * {LP3H} + {{0}} % {LP3H})')})"
        )
        day = f"date '{as_of:%Y-%m-%d}'"
        windows = {
            "": f"date <= {day}",
            "_now": f"date > {day} - 28 and date <= {day}",
            "_before": f"date > {day} - 56 and date <= {day} - 28",
        }
        sums = ", ".join(
            f"sum(count) filter (stage = {number} and {window}) as {stage}{name}"
            for number, stage in enumerate(STAGES)
            for name, window in windows.items()
        )
        curve = ", ".join(
            f"sum(sum(count) filter (stage = {number})) over (order by date) as {stage}"
            for number, stage in enumerate(STAGES)
        )
        return {
            "kab_kota": self.database.sql(f"select kab_kota, {sums} from by_place group by 1").to_arrow_table(),
            "lp3h": self.database.sql(f"select lp3h, {sums} from by_institution group by 1").to_arrow_table(),
            "date": self.database.sql(f"select date, {curve} from by_place group by date").to_arrow_table(),
        }
