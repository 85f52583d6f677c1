"""What a meeting asks of its set: what has changed, who is silent, what is held, what fell due, what marks the days."""

from types import SimpleNamespace

import pytest

from halal_store import Store
from halal_ui.snapshot import demonstration
from halal_ui.snapshot.meeting_set import meeting_set


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The sets of the two meetings of the demonstration."""
    store = Store(tmp_path_factory.mktemp("store"), time_zone="Asia/Makassar")
    demonstration.fill(store)
    found = (meeting_set(store.meeting(name)) for name in ("R-2025-05-21", "R-2025-06-04"))
    return SimpleNamespace(**dict(zip(("first", "second"), found, strict=True)))


def test_a_first_meeting_has_nothing_to_compare_with(both):
    """No changes, and no number of an action that could have moved."""
    assert both.first.changes_since() is None
    assert both.first.changes_since_rows is None
    assert (both.first.actions["moved"].dropna() == 0).all()


@pytest.mark.parametrize("by", [(), ["kab_kota"], ["lp3h"]])
def test_the_change_leads_from_one_meeting_to_the_next(both, by):
    """Both ends are what each meeting's own dashboard says, and the rows are as many as the changes."""
    changed, rows = both.second.changes_since(by), both.second.changes_since_rows
    used = [found.view.absorption()["used"].item() for found in (both.first, both.second)]
    assert [changed["used_then"].sum(), changed["used_now"].sum()] == used
    assert (changed["used_then"] + changed["restated"] + changed["new"] - changed["left"]).eq(changed["used_now"]).all()
    assert changed["new"].sum() == (rows["change"] == "new").sum()
    assert changed["returned"].sum() == (rows["change"] == "returned").sum()


def test_obstacles_hold_no_more_than_is_not_issued(both):
    """The largest first; together at most quota less certificates."""
    held, whole = both.second.obstacles["at_stake"], both.second.view.absorption().squeeze()
    assert held.is_monotonic_decreasing
    assert 0 < held.sum() <= whole["quota"] - whole["issued"]


def test_overdue_promises_come_first_and_are_due(both):
    """Berau's pendamping were promised for 30 May; on 4 June that is five days late, and its number has moved."""
    first = both.second.actions.iloc[0]
    assert (first["kab_kota"], first["days_late"], first["moved"]) == ("Kabupaten Berau", 5, 4)
    assert set(both.second.due["due_date"].dt.day) == {28, 30}


def test_events_and_meetings_are_marks(both):
    """In the order of their days, the outage with its end."""
    assert [(mark.kind, mark.date.day) for mark in both.second.marks] == [
        ("meeting", 21),
        ("outage", 2),
        ("meeting", 4),
    ]
    assert both.second.marks[1].until.day == 3


def test_a_set_is_made_once(both):
    """The same meeting has the same set."""
    assert meeting_set(both.second.meeting) is both.second
