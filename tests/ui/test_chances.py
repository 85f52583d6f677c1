"""Tenggat, the part that is foreseen: a curve to read a date off, what each group may count on, and in words."""

from datetime import date

import pandas as pd
import pytest

from halal_store import Store
from halal_ui import charts, sentences
from halal_ui.look.palette import palette
from halal_ui.sentences.charts import alt_chances
from halal_ui.snapshot import now as snapshots
from halal_ui.snapshot.foresight import Foresight, foresee
from halal_ui.snapshot.masked import MaskedStore
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.programme import programme
from halal_ui.snapshot.scope import Scope
from halal_ui.snapshot.stays import stays
from halal_ui.views.chances import chances
from halal_ui.views.glossary import foreseen, looked_back

AS_OF = date(2025, 6, 4)
DAYS = pd.date_range(AS_OF, "2025-12-31")
CURVE = pd.concat(
    [
        pd.DataFrame({"date": DAYS, "measure": measure, "chance": [min(day / most, top) for day in range(len(DAYS))]})
        for measure, most, top in (("used", 100, 1.0), ("issued", 400, 0.4))
    ]
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory, demo_to) -> Snapshot:
    store = Store(demo_to(tmp_path_factory.mktemp("chances") / "store"), time_zone=programme().time_zone)
    return snapshots.take(MaskedStore(store).read(), programme())


@pytest.fixture(scope="module")
def ahead(snapshot: Snapshot) -> Foresight:
    return foresee(snapshot, AS_OF)


@pytest.mark.parametrize("dark", [False, True])
def test_a_date_is_read_off_the_curve(dark: bool):
    """Where a line first reaches 80% the day stands beside it; a line that never does says how far it gets."""
    figure = charts.chance_curve(CURVE, target="2025-12-31", share=0.8, dark=dark)
    texts = [each.text for each in figure.layout.annotations]
    assert "<b>Dimanfaatkan</b><br>80% pada 23 Agu" in texts
    assert "<b>Terbit</b><br>sampai 40%" in texts
    assert "peluang 80% kuota" in texts
    assert [trace.line.color for trace in figure.data] == [palette(dark).used, palette(dark).issued]
    assert list(figure.data[0].customdata[100]) == ["lebih dari 99%", "25%"]


def test_nothing_to_foresee_is_a_titled_empty_figure():
    """As of every chart."""
    figure = charts.chance_curve(CURVE.iloc[:0], target="2025-12-31")
    assert "Peluang menurut tanggal" in figure.layout.annotations[0].text


def test_those_who_do_not_see_the_curve_are_told_the_date_asked_about():
    """Both chances on that date."""
    assert alt_chances(CURVE, target="2025-07-24") == (
        "Peluang menurut tanggal. Sampai 24 Juli 2025: dimanfaatkan 50%, terbit 13%."
    )


def test_a_goal_that_is_reached_already_is_told_so():
    """It needs no date to come."""
    now = pd.DataFrame({"measure": ["used", "issued"], "goal": 8, "chance": 1.0, "date": pd.Timestamp("2025-12-31")})
    finish = pd.DataFrame({"measure": ["used", "issued"], "p80_date": pd.to_datetime([AS_OF, "2025-09-01"])})
    told = sentences.when_reached(now, finish, share=1.0, as_of=AS_OF, until=date(2025, 12, 31))
    assert told.endswith("8 dari 10 kemungkinan: dimanfaatkan sudah, terbit pada 1 September 2025.")
    assert told.startswith("Peluang seluruh kuota (8) sampai 31 Desember 2025: dimanfaatkan lebih dari 99%")


def test_the_table_and_the_verdict_say_one_thing(snapshot: Snapshot, ahead: Foresight):
    """The last row is the whole as the answer tells it, not the sum of the parts; parts are all of those with quota."""
    shown = chances(snapshot.within(Scope(AS_OF)), False, foresight=ahead, by="kab_kota", target=None)
    assert shown.table is not None
    total = shown.table.total or {}
    assert f"{total['used_band']} dimanfaatkan dan {total['issued_band']} terbit" in shown.answer
    assert shown.table.frame["goal"].sum() == total["goal"] == 1000
    assert len(shown.table.frame) == 10
    assert shown.plan_for == ahead.target


def test_another_date_and_a_part_of_the_quota_can_be_tried(snapshot: Snapshot, ahead: Foresight):
    """An earlier date is less sure, a smaller part surer; a date that is not foreseen is said to be none."""
    view = snapshot.within(Scope(AS_OF))
    early = chances(view, False, foresight=ahead, by="lp3h", target=date(2025, 9, 30), share=0.8)
    late = chances(view, False, foresight=ahead, by="lp3h", target=None, share=0.8)
    assert "sampai 30 September 2025" in early.reached
    assert early.table is not None
    assert late.table is not None
    assert (early.table.total or {})["used_chance"] < (late.table.total or {})["used_chance"]
    assert "80% kuota (800)" in late.reached
    beyond = chances(view, False, foresight=ahead, by="lp3h", target=date(2030, 1, 1))
    assert beyond.more.startswith("Yang diramalkan hanya 4 Juni 2025 sampai 31 Desember 2025")
    assert chances(view, False, foresight=ahead, by="lp3h", target=AS_OF).plan_for is None


def test_a_part_is_judged_by_its_own_deadline(snapshot: Snapshot):
    """On 29 August Balikpapan's is 30 September, the programme's 15 December: each by its own, to the last sentence."""
    day = date(2025, 8, 29)
    foresight = foresee(snapshot, day)
    for kab_kota, due, said in (("Kota Balikpapan", date(2025, 9, 30), "30 September"), (None, foresight.target, "15")):
        view = snapshot.within(Scope(day, kab_kota=kab_kota))
        shown = chances(view, False, foresight=foresight, by="lp3h", target=None)
        assert shown.plan_for == view.target == due
        assert f"{said} " in shown.answer
        assert f"sampai {said}" in shown.reached


def test_definitions_are_worked_on_what_is_foreseen(snapshot: Snapshot, ahead: Foresight):
    """As much of it as there is already."""
    view = snapshot.within(Scope(AS_OF))
    assert foreseen(view, None, None, None) == {}
    found = foreseen(view, ahead, None, None)
    assert set(found) == {"forecast", "finish_dates", "finish_chances"}
    assert all(len(frame) for frame in found.values())
    early = foresee(snapshot, date(2025, 2, 25))
    assert foreseen(snapshot.within(Scope(early.as_of)), early, None, None) == {}


def test_definitions_are_worked_on_how_long_each_step_took(snapshot: Snapshot):
    """And on what events did, the latest of them; of both what is there."""
    view = snapshot.within(Scope(AS_OF))
    assert looked_back(view, None, None) == {}
    found = looked_back(view, stays(snapshot, AS_OF), None)
    assert set(found) == {"durations", "survival", "backlog_ages", "stalled"}
    assert all(len(frame) for frame in found.values())
