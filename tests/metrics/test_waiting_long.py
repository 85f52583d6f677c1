"""`backlog_ages` and `stalled`: how long those who wait have waited, and who waits for too long."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lives import application
from oracle import groups, pinned_holidays, working_days_left
from programmes import APPLICATIONS, BYS, TEXT, clothes, days, dressed, few, frame, maybe_days, plain, registers, rows

import halal_metrics as hm
from halal_metrics.backlog import ACTORS
from halal_metrics.spells import SPELLS

HOLIDAYS = pinned_holidays()
AGES = {"stage": "str", "actor": "str", "from_days": "int64", "to_days": "Int64", "waiting": "int64"}
STALLED = {
    **dict.fromkeys(("registration_number", "kab_kota", "lp3h", "p3h", "stage", "actor"), "str"),
    "entered_date": "datetime64[us]",
    **dict.fromkeys(("days", "limit_days", "over_days"), "int64"),
}
REGISTER = {"registration_number": TEXT, **APPLICATIONS}
moments = days | st.sampled_from([dt.date(2025, 5, 10), dt.date(2025, 9, 1)])


def numbered(applied):
    return [row | {"registration_number": f"SH2025-1-99{place:04}"} for place, row in enumerate(applied)]


def consistent(row):
    """A statement that knows nothing later than itself, of which every date has come."""
    stated = row["statement_date"]
    later = [name for name in row if name.endswith("_date") and row[name] and stated and row[name] > stated]
    return row | dict.fromkeys(later)


# ---- ages


@given(registers(maybe_days, max_size=20), moments, st.sampled_from(BYS))
def test_ages_sum_to_the_backlog(applied, as_of, by):
    """In every group and at every step, of statements that know nothing later than themselves, as all do."""
    stated = [consistent(row) for row in numbered(applied) if row["statement_date"] and row["statement_date"] <= as_of]
    table = frame(stated, REGISTER)
    ages = hm.backlog_ages(hm.spells(table, as_of=as_of), by=by)
    found = ages.groupby([*by, "stage", "actor"], dropna=False, sort=False)["waiting"].sum()
    said = hm.backlog(hm.progress(table), hm.returned(table), by=by, as_of=as_of)
    expected = {key: row["waiting"] for key, row in rows(said, [*by, "stage", "actor"]).items() if row["waiting"]}
    assert {tuple(map(plain, key)): int(waiting) for key, waiting in found.items() if waiting} == expected


@given(registers(maybe_days), moments)
def test_ages_sum_to_what_is_used_and_not_issued(applied, as_of):
    """Whatever the dates say."""
    table = frame(applied, APPLICATIONS)
    waiting = hm.backlog_ages(hm.spells(table, as_of=as_of))["waiting"].sum()
    quotas = pd.DataFrame({"quota": pd.Series([], dtype="int64")})
    whole = hm.absorption(quotas, hm.progress(table), by=(), as_of=as_of)
    assert waiting == (whole["used"] - whole["issued"]).iloc[0]


@given(
    registers(maybe_days, max_size=20), moments, st.sampled_from(BYS), st.sampled_from([(5, 10, 20, 40), (0, 1), ()])
)
def test_ages_equal_the_oracle(applied, as_of, by, edges):
    """Each stay is in the bin of its working days, the returned in rows of their own."""
    spells = hm.spells(frame(applied, APPLICATIONS), as_of=as_of)
    table = hm.backlog_ages(spells, by=by, edges=edges)
    assert dict(table.dtypes.astype(str)) == dict.fromkeys(by, "str") | AGES
    found = rows(table, [*by, "stage", "from_days"])
    stays = [{name: plain(value) for name, value in row.items()} for row in spells.to_dict("records")]
    bins = list(zip([0, *(edge + 1 for edge in edges)], [*edges, None], strict=True))
    expected = {}
    for key, (some,) in groups(by, stays).items():
        for stage, actor in ACTORS.items():
            for first, last in bins:
                expected[*key, stage, first] = {"actor": actor, "to_days": last, "waiting": 0}
        for stay in some:
            if stay["outcome"] not in ("waiting", "returned") or stay["stage"] == "issued":
                continue
            age = max(0, working_days_left(stay["entered_date"], stay["until_date"], HOLIDAYS))
            first = max(first for first, _ in bins if first <= age)
            step = "returned" if stay["outcome"] == "returned" else stay["stage"]
            expected[*key, step, first]["waiting"] += stay["count"]
    assert found == expected
    assert list(table["stage"]) == [step for step in ACTORS for _ in bins] * (len(table) // len(ACTORS) // len(bins))


@pytest.mark.parametrize("edges", [(5, 5), (10, 5), (-1, 3)])
def test_edges_must_rise(edges):
    """A stay would else be in two bins, or in none."""
    with pytest.raises(ValueError, match="rising"):
        hm.backlog_ages(frame([], SPELLS), edges=edges)


# ---- stalled


def limits(applied, as_of, share):
    """(LP3H or None for all, stage) → the day by which that share moved on there."""
    spells = hm.spells(frame(applied, REGISTER), as_of=as_of)
    answer = {}
    for by in (["lp3h"], []):
        for key, found in hm.survival(spells, by=by).groupby([*by, "stage"], dropna=False):
            moved, reached = found["moved"].sum(), found[found["waiting_share"] <= 1 - share + 1e-9]
            if moved >= (20 if by else 5) and len(reached):
                answer["all" if not by else plain(key[0]), key[-1]] = reached["days"].iloc[0]
    return answer


@few
@given(registers(maybe_days, max_size=6), moments, st.integers(1, 12), st.sampled_from([0.5, 0.9]))
def test_stalled_equals_the_oracle(applied, as_of, times, share):
    """Row by row: the own LP3H's day where it has one, else that of all; nobody where there is none."""
    applied = numbered(applied * times)
    table = frame(applied, REGISTER).set_axis(range(100, 100 + len(applied)))
    found = hm.stalled(table, as_of=as_of, share=share)
    assert dict(found.dtypes.astype(str)) == STALLED
    known, expected = limits(applied, as_of, share), {}
    for label, row in zip(table.index, applied, strict=True):
        latest = {} if row["statement_date"] else {"statement_date": latest_of(applied)}
        stays = hm.spells(frame([row | latest], REGISTER), as_of=as_of)
        stays = stays[
            stays["outcome"].isin(["waiting", "returned"]) & (stays["stage"] != "issued") & (stays["count"] > 0)
        ]
        if len(stays) != 1:
            continue
        stay = {name: plain(value) for name, value in stays.iloc[0].items()}
        limit = known.get((row["lp3h"], stay["stage"]), known.get(("all", stay["stage"])))
        age = max(0, working_days_left(stay["entered_date"], stay["until_date"], HOLIDAYS))
        if limit is not None and age > limit:
            actor = ACTORS["returned" if stay["outcome"] == "returned" else stay["stage"]]
            expected[label] = (stay["stage"], actor, stay["entered_date"], age, limit, age - limit)
    columns = ["stage", "actor", "entered_date", "days", "limit_days", "over_days"]
    assert {label: tuple(map(plain, row)) for label, row in found[columns].iterrows()} == expected
    order = sorted(expected, key=lambda label: (-expected[label][-1], table["registration_number"][label]))
    assert found.index.tolist() == order


def latest_of(applied):
    dates = [value for row in applied for name, value in row.items() if name.endswith("_date") and value]
    return max(dates, default=None)


MONDAY = dt.date(2025, 5, 5)


def quick_and_slow(lp3h, moved, slow, *, days=2, status="submitted"):
    """`moved` that took some days to be verified, and `slow` that still wait after two weeks."""
    quick = application("verified", submitted_date=MONDAY, verified_date=MONDAY + dt.timedelta(days))
    waits = application(status, submitted_date=MONDAY)
    stated = {"lp3h": lp3h, "statement_date": MONDAY + dt.timedelta(18)}
    return [quick | stated] * moved + [waits | stated] * slow


def named(applied):
    table = frame(numbered(applied), REGISTER)
    return hm.stalled(table, as_of="2025-06-04", calendar=[])


def test_the_own_lp3h_is_the_measure_where_it_has_moved_twenty():
    """Of one with nineteen, all together are."""
    found = named(quick_and_slow("PWI Kaltim", 20, 1) + quick_and_slow("LP3H UINSI Samarinda", 60, 1, days=4))
    assert found[["lp3h", "limit_days"]].values.tolist() == [["PWI Kaltim", 2], ["LP3H UINSI Samarinda", 4]]
    found = named(quick_and_slow("PWI Kaltim", 19, 1) + quick_and_slow("LP3H UINSI Samarinda", 60, 1, days=4))
    assert found["limit_days"].tolist() == [4, 4]


def test_whose_turn_it_is():
    """What was returned is the business's; what lies at BPJPH or the Komite Fatwa is never the LP3H's."""
    found = named(quick_and_slow("PWI Kaltim", 20, 1, status="returned"))
    assert found[["stage", "actor"]].values.tolist() == [["submitted", "business"]]
    at_fatwa = application("fatwa", fatwa_date=MONDAY, statement_date=MONDAY + dt.timedelta(18))
    decided = application("decided", fatwa_date=MONDAY, decided_date=MONDAY + dt.timedelta(1))
    found = named([at_fatwa] + [decided | {"statement_date": MONDAY + dt.timedelta(2)}] * 25)
    assert found[["stage", "actor", "days", "over_days"]].values.tolist() == [["fatwa", "komite_fatwa", 14, 13]]


def test_where_nothing_says_how_long_it_takes_nobody_is_stalled():
    """Four have moved; or nine in ten have not."""
    assert named(quick_and_slow("PWI Kaltim", 4, 0) + quick_and_slow("PWI Kaltim", 0, 1)).empty
    assert named(quick_and_slow("PWI Kaltim", 20, 5)).empty


def test_a_silent_lp3h_is_not_a_stalled_file():
    """What was last stated a month ago has waited as long as was known then."""
    waits = application("submitted", submitted_date=MONDAY, statement_date=MONDAY + dt.timedelta(2))
    assert named([*quick_and_slow("PWI Kaltim", 20, 0), waits]).empty


@few
@given(registers(maybe_days, max_size=6), clothes, st.randoms(use_true_random=False))
def test_indifferent_to_order_dtypes_and_labels(applied, worn, random):
    """The same applications, in the same order; the input is not changed and its labels are kept."""
    applied = numbered(applied * 8)
    before = hm.stalled(frame(applied, REGISTER), as_of="2025-06-10", share=0.3)
    random.shuffle(applied)
    table = dressed(frame(applied, REGISTER), REGISTER, worn).assign(days=3)
    copy = table.copy(deep=True)
    after = hm.stalled(table, as_of="2025-06-10", share=0.3)
    pd.testing.assert_frame_equal(before.reset_index(drop=True), after.reset_index(drop=True))
    assert set(after.index) <= {7}
    pd.testing.assert_frame_equal(table, copy)


@pytest.mark.parametrize("applied", [frame([], REGISTER), pd.DataFrame()], ids=["typed", "bare"])
def test_nothing_in_is_an_empty_typed_frame_out(applied):
    """Nobody waits."""
    table = hm.stalled(applied, as_of="2025-06-04")
    assert table.empty
    assert dict(table.dtypes.astype(str)) == STALLED


@pytest.mark.parametrize("share", [0, 1, 90])
def test_a_share_is_a_fraction(share):
    """90 for 90% would make nobody stalled."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        hm.stalled(frame([], REGISTER), as_of="2025-06-04", share=share)
