"""What has changed between two sets is a row-level difference of them, whatever arrived late or was taken away."""

from types import SimpleNamespace

import oracle
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import application
from programmes import APPLICATIONS as DATED
from programmes import BYS, RECAPS, days, few, frame, recaps, registers

import halal_metrics as hm
from halal_metrics.changes_since import CHANGES

NUMBERED = {"registration_number": "str", **DATED}
THEN, NOW = pd.Timestamp("2025-05-21"), pd.Timestamp("2025-06-04")


def known(rows, stated=()):
    """A set of tables as a store gives it; every row has a number, so that it is one thing in two sets."""
    applications = frame(rows, NUMBERED)
    return SimpleNamespace(applications=applications, recaps=frame(stated, RECAPS), statements=applications)


@st.composite
def two_sets(draw):
    """Two sets whose rows are partly the same, partly only in one, partly changed."""
    rows = [
        row | {"registration_number": f"SH2025-1-99{place:04}"}
        for place, row in enumerate(draw(registers(st.none() | days, 8)))
    ]
    where = [draw(st.sampled_from(["both", "then", "now", "changed"])) for _ in rows]
    then = [row for row, place in zip(rows, where, strict=True) if place != "now"]
    others = draw(registers(st.none() | days, 8))
    now = [row for row, place in zip(rows, where, strict=True) if place in ("both", "now")]
    changed = [row for row, place in zip(rows, where, strict=True) if place == "changed"]
    now += [
        other | {"registration_number": row["registration_number"]} for row, other in zip(changed, others, strict=False)
    ]
    return known_pair(then, draw(recaps())), known_pair(now, draw(recaps())), *sorted((draw(days), draw(days)))


def known_pair(rows, stated):
    return rows, stated, known(rows, stated)


def in_group(row, by, group):
    return all((row[name] or None) == group[name] for name in by)


def by_hand(then, now, then_as_of, as_of, by, group):
    """The columns counted one row at a time."""
    (old, old_recaps, _), (rows, stated, _) = then, now
    latest = oracle.latest_date(rows)
    here = [row for row in rows if in_group(row, by, group)]

    def inside(day):
        return day is not None and then_as_of < day <= as_of

    def events(stage):
        """(came, left) of each row; one that came and left on one day did neither."""
        for row in here:
            if stage in oracle.reached(row):
                came = oracle.reached_on(row, stage, latest)
                left = oracle.left_on(row, latest) if row["status"] in oracle.LEFT else None
                yield (None, None) if came == left else (came, left)

    def arrivals(stage):
        return sum(inside(came) for came, _ in events(stage))

    def departures(stage):
        return sum(inside(left) for _, left in events(stage))

    flows = oracle.progress(rows, stated)
    own = oracle.progress(rows)
    of_recaps = {key: count for key, count in flows.items() if key not in own}
    for key in set(flows) & set(own):
        assert flows[key] == own[key]  # a cell has rows or recaps, never both

    def stated_flows(stage, sign):
        return sum(
            count
            for (day, kab_kota, lp3h, name), count in of_recaps.items()
            if name == stage and inside(day) and sign * count > 0
            and in_group({"kab_kota": kab_kota, "lp3h": lp3h}, by, group)
        )  # fmt: skip

    def state(counts, stage, day):
        return sum(
            count
            for (date, kab_kota, lp3h, name), count in counts.items()
            if name == stage and date is not None and date <= day
            and in_group({"kab_kota": kab_kota, "lp3h": lp3h}, by, group)
        )  # fmt: skip

    before = oracle.progress(old, old_recaps)
    return {
        "used_then": state(before, "submitted", then_as_of),
        "restated": state(flows, "submitted", then_as_of) - state(before, "submitted", then_as_of),
        "new": arrivals("submitted") + stated_flows("submitted", 1),
        "left": departures("submitted") - stated_flows("submitted", -1),
        "used_now": state(flows, "submitted", as_of),
        **{stage: arrivals(stage) + stated_flows(stage, 1) for stage in ("verified", "fatwa", "decided")},
        "issued_then": state(before, "issued", then_as_of),
        "issued_restated": state(flows, "issued", then_as_of) - state(before, "issued", then_as_of),
        "issued": state(flows, "issued", as_of) - state(flows, "issued", then_as_of),
        "issued_now": state(flows, "issued", as_of),
    }


@settings(max_examples=40)
@given(two_sets(), st.sampled_from(BYS))
def test_every_column_is_a_row_level_difference(sets, by):
    """For every group: as counted by hand, row by row; and then + restated + new − left is now."""
    then, now, then_as_of, as_of = sets
    table = hm.changes_since(then[2], now[2], by=by, then_as_of=then_as_of, as_of=as_of)
    for row in table.to_dict("records"):
        group = {name: None if pd.isna(row[name]) else row[name] for name in by}
        expected = by_hand(then, now, then_as_of, as_of, by, group)
        assert {name: row[name] for name in expected} == expected, group
        assert row["used_then"] + row["restated"] + row["new"] - row["left"] == row["used_now"]
        assert row["issued_then"] + row["issued_restated"] + row["issued"] == row["issued_now"]
    groups = {tuple(row[name] for name in by) for rows, stated, _ in (then, now) for row in (*rows, *stated)}
    found = {tuple(None if pd.isna(value) else value for value in key) for key in table[list(by)].to_numpy().tolist()}
    # a group that never counts anything, drafts alone, is in neither cumulative
    assert found <= groups or not by


@few
@given(two_sets(), st.sampled_from(BYS))
def test_the_rows_add_up_to_the_columns(sets, by):
    """Grouped and summed, the rows are the table; and they are typed as promised."""
    then, now, then_as_of, as_of = sets
    table = hm.changes_since(then[2], now[2], by=by, then_as_of=then_as_of, as_of=as_of)
    rows = hm.changes_since_rows(then[2], now[2], then_as_of=then_as_of, as_of=as_of)
    assert dict(rows.dtypes.astype(str)) == CHANGES
    for column, (change, stage, sign) in {
        "new": ("new", "submitted", 1),
        "left": ("left", "submitted", -1),
        "restated": ("restated", "submitted", 1),
        "issued_restated": ("restated", "issued", 1),
        "fatwa": ("moved", "fatwa", 1),
        "issued": ("issued", "issued", 1),
        "returned": ("returned", "returned", 1),
    }.items():
        some = rows[(rows["change"] == change) & (rows["stage"] == stage)]
        assert table[column].sum() == sign * some["count"].sum(), column


def row(number, status, **dates):
    given = {name: pd.Timestamp(day).date() for name, day in dates.items()}
    return application(status, **given) | {"registration_number": f"SH2025-1-99{number:04}"}


def known_of(*rows):
    return known(rows)


def test_a_late_row_about_the_past_is_restated():
    """It was submitted before the last meeting, and its file came after: it is not this week's work."""
    early = row(1, "submitted", submitted_date="2025-05-02")
    late = row(2, "submitted", submitted_date="2025-05-05")
    fresh = row(3, "submitted", submitted_date="2025-06-02")
    found = hm.changes_since(known_of(early), known_of(early, late, fresh), by=(), then_as_of=THEN, as_of=NOW).squeeze()
    assert found[["used_then", "restated", "new", "left", "used_now"]].tolist() == [1, 1, 1, 0, 3]


def test_one_returned_since_is_told():
    """Stated as returned after the last meeting, and not before."""
    before = row(1, "submitted", submitted_date="2025-05-02", statement_date="2025-05-16")
    after = row(1, "returned", submitted_date="2025-05-02", statement_date="2025-05-30")
    now = known_of(after)
    now.statements = known_of(before, after).applications
    found = hm.changes_since(known_of(before), now, by=(), then_as_of=THEN, as_of=NOW).squeeze()
    assert found[["used_then", "returned", "used_now"]].tolist() == [1, 1, 1]


def test_still_with_the_business_is_not_returned_again():
    """Two registers in a row state it: it came back once."""
    dates = {"submitted_date": "2025-05-02"}
    first, again = (row(1, "returned", statement_date=day, **dates) for day in ("2025-05-16", "2025-05-30"))
    moved = row(1, "verified", statement_date="2025-06-01", verified_date="2025-06-01", **dates)
    back = row(1, "returned", statement_date="2025-06-03", verified_date="2025-06-01", **dates)
    now = known_of(back)
    for statements, times in (((first, again), 0), ((first, again, moved, back), 1)):
        now.statements = known_of(*statements).applications
        assert hm.changes_since(known_of(first), now, by=(), then_as_of=THEN, as_of=NOW)["returned"].tolist() == [times]


def test_two_sets_alike_have_no_difference():
    """The same set, as of the same day."""
    same = known_of(row(1, "issued", submitted_date="2025-05-02", issued_date="2025-05-20"))
    found = hm.changes_since(same, same, by=(), then_as_of=NOW, as_of=NOW).squeeze()
    assert found.drop(["used_then", "used_now", "issued_then", "issued_now"]).eq(0).all()
    assert hm.changes_since_rows(same, same, then_as_of=NOW, as_of=NOW).empty
