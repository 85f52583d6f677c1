"""Random programmes for hypothesis, as rows, and the frames a caller might make of them."""

import datetime as dt
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
from hypothesis import settings
from hypothesis import strategies as st
from oracle import APPLICATION_DATES, LEFT, STAGES

KAB_KOTA = [None, "Kabupaten Paser", "Kota Bontang", "Kabupaten Mahakam Ulu"]
LP3H = [None, "LP3H UINSI Samarinda", "PWI Kaltim"]
STATUSES = [None, "Perlu dipetakan", "draft", *STAGES, "returned", *LEFT]

TEXT, DATE, COUNT, STATED = "str", "datetime64[us]", "int64", "Int64"
QUOTAS = {"kab_kota": TEXT, "lp3h": TEXT, "quota": COUNT, "target_date": DATE, "statement_date": DATE}
APPLICATIONS = {
    "kab_kota": TEXT,
    "lp3h": TEXT,
    "p3h": TEXT,
    "status": TEXT,
    **dict.fromkeys(APPLICATION_DATES, DATE),
}
RECAPS = {"statement_date": DATE, "kab_kota": TEXT, "lp3h": TEXT, **dict.fromkeys(STAGES, STATED)}
PROGRESS = {"date": DATE, "kab_kota": TEXT, "lp3h": TEXT, "stage": TEXT, "count": COUNT}

BYS = [("kab_kota",), ("lp3h",), ("kab_kota", "lp3h"), ()]

# Around the public record: weekends, four holidays and the deadline.
FIRST, LAST = dt.date(2025, 5, 1), dt.date(2025, 6, 10)
BEFORE, AFTER = FIRST - dt.timedelta(60), LAST + dt.timedelta(60)


def frame(rows, columns):
    """Rows as the frame the contract describes."""
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in columns.items()})


@dataclass
class Programme:
    """Rows of `quotas` and `progress`, a start and a day to look at them."""

    quotas: list
    flows: list
    start: dt.date
    as_of: dt.date

    @property
    def frames(self):
        return frame(self.quotas, QUOTAS), frame(self.flows, PROGRESS)


# Few, so that they coincide, and some of them the 28 days apart that pace and movement look back.
days = st.sampled_from([dt.date(2025, 5, day) for day in (1, 2, 3, 7, 8, 12, 13, 16, 29, 30, 31)]) | st.sampled_from(
    [dt.date(2025, 6, day) for day in (1, 4, 6, 10)]
)
maybe_days = st.none() | days
damaged_days = maybe_days | st.sampled_from([dt.date(1899, 12, 31), dt.date(2225, 5, 1)])
places, institutions = st.sampled_from(KAB_KOTA), st.sampled_from(LP3H)


def rows_of(**columns):
    return st.fixed_dictionaries(columns)


allocations = rows_of(
    kab_kota=places,
    lp3h=institutions,
    quota=st.integers(0, 40),
    target_date=st.none() | st.dates(BEFORE, AFTER),
    statement_date=st.just(dt.date(2025, 2, 20)),
)


def registers(dates, max_size=12):
    row = rows_of(
        kab_kota=places,
        lp3h=institutions,
        p3h=st.sampled_from([None, "Aminah", "Budi"]),
        status=st.sampled_from(STATUSES),
        **dict.fromkeys(APPLICATION_DATES, dates),
    )
    return st.lists(row, max_size=max_size)


applications = registers(maybe_days) | registers(damaged_days, max_size=5) | registers(st.none(), max_size=5)

flows = st.lists(
    rows_of(
        date=maybe_days,
        kab_kota=places,
        lp3h=institutions,
        stage=st.sampled_from(STAGES),
        count=st.integers(-5, 30),
    ),
    max_size=12,
)
"""Rows of `progress`, any."""

few = settings(max_examples=15)
"""For properties, each tried on every metric."""


@st.composite
def recaps(draw, ties=False):
    """Statements, no two of one cell for one date unless ties are wanted: only the log knows their order."""
    count = st.none() | st.integers(0, 30)
    row = rows_of(statement_date=maybe_days, kab_kota=places, lp3h=institutions, **dict.fromkeys(STAGES, count))
    drawn = draw(st.lists(row, max_size=8))
    if ties:
        return drawn
    dates = [row["statement_date"] for row in drawn if row["statement_date"]]
    once = {}
    for row in sorted(drawn, key=lambda row: row["statement_date"] is None):
        date = row["statement_date"] or max(dates, default=None)
        once.setdefault((row["kab_kota"], row["lp3h"], date), row)
    return draw(st.permutations(list(once.values())))


@st.composite
def programmes(draw):
    return Programme(
        quotas=draw(st.lists(allocations, max_size=5)),
        flows=draw(flows),
        start=draw(days),
        as_of=draw(days | st.sampled_from([BEFORE, AFTER])),
    )


# ---- the same values in other clothes

TEXTS = {
    "object": lambda column: column.astype(object),
    "str": lambda column: column.astype("str"),
    "category": lambda column: column.astype(pd.CategoricalDtype([*column.dropna().unique(), "Tidak dipakai"])),
    "string[pyarrow]": lambda column: column.astype("string[pyarrow]"),
    "arrow string": lambda column: column.astype(pd.ArrowDtype(pa.string())),
    "arrow dictionary": lambda column: column.astype(pd.ArrowDtype(pa.dictionary(pa.int32(), pa.string()))),
}
DATES = {
    "datetime64[us]": lambda column: column,
    "datetime64[ns]": lambda column: column.astype("datetime64[ns]"),
    "datetime64[s]": lambda column: column.astype("datetime64[s]"),
    "object dates": lambda column: column.dt.date.astype(object),
    "arrow timestamp": lambda column: column.astype(pd.ArrowDtype(pa.timestamp("us"))),
    "arrow date": lambda column: column.astype(pd.ArrowDtype(pa.date32())),
}


COUNTS = {
    "int64": lambda column: column,
    "int32": lambda column: column.astype("int32"),
    "Int64": lambda column: column.astype("Int64"),
    "arrow integer": lambda column: column.astype("int64[pyarrow]"),
    "read-only": lambda column: read_only(column),
}
KINDS = {TEXT: TEXTS, DATE: DATES, COUNT: COUNTS}


def read_only(column):
    """As from a memory map, or from a cache that many viewers share."""
    values = column.to_numpy().copy()
    values.flags.writeable = False
    return pd.Series(values, column.index, copy=False)


def dressed(table, columns, worn):
    """The table with its text, date and count columns in other dtypes, and with duplicate labels."""
    changed = {
        name: KINDS[dtype][worn[dtype]](table[name]) if dtype in KINDS else table[name]
        for name, dtype in columns.items()
    }
    return pd.DataFrame(changed).set_axis(pd.Index([7] * len(table), name="kab_kota"))


clothes = st.fixed_dictionaries({dtype: st.sampled_from(sorted(kinds)) for dtype, kinds in KINDS.items()})


# ---- reading an answer back


def plain(value):
    """A cell of a frame as the oracle writes it."""
    if pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        assert value == value.normalize()  # type: ignore[attr-defined]
        return value.date()
    return value.item() if hasattr(value, "item") else value


def rows(table, keys):
    """{key: {column: value}} of a frame; a key that comes twice is an error."""
    records = [{name: plain(row[name]) for name in table.columns} for row in table.to_dict("records")]
    keyed = {tuple(row[name] for name in keys): row for row in records}
    assert len(keyed) == len(table)
    return {key: {name: row[name] for name in row if name not in keys} for key, row in keyed.items()}


def assert_same(table, expected, keys):
    """The frame says exactly what the oracle says; floats to twelve digits."""
    found = rows(table, keys)
    assert set(found) == set(expected)
    for key, row in expected.items():
        assert list(found[key]) == list(row), "columns"
        for name, value in row.items():
            if isinstance(value, (int, str, dt.date)) or value is None:
                assert found[key][name] == value, (key, name)
            else:
                assert found[key][name] is not None, (key, name)
                assert abs(found[key][name] - float(value)) <= 1e-12 * max(1, abs(float(value))), (key, name)
