"""How long applications stay and which too long, as of any day: beside the backlog the same figures."""

from datetime import date
from itertools import product

import pandas as pd
import pytest
from meeting_sets import HISTORY, frame_of

import halal_metrics as hm
from halal_metrics.places import KAB_KOTA
from halal_metrics.schema import APPLICATIONS
from halal_store import Contents, Store
from halal_store.tables import Statement, fold
from halal_ui.sentences.durations import remark, slowest, stalled_answer
from halal_ui.snapshot.now import Snapshot, take
from halal_ui.snapshot.programme import programme
from halal_ui.snapshot.scope import Scope
from halal_ui.snapshot.stays import stays
from halal_ui.views.durations import durations
from halal_ui.views.stalled import stalled
from halal_ui.views.steps import steps

DAY = date(2025, 6, 4)
PLACE, OTHER, LP3H = "Kota Bontang", "Kabupaten Paser", "LP3H UINSI Samarinda"


@pytest.fixture(scope="module")
def demo(tmp_path_factory, demo_to) -> Snapshot:
    return take(Store(demo_to(tmp_path_factory.mktemp("stays") / "store")).read(), programme())


def known(*statements: list[dict]) -> Snapshot:
    """The snapshot of registers, each stated on its rows' day."""
    uploads = [
        Statement("applications", frame_of(rows, APPLICATIONS), pd.Timestamp("2025-09-01")) for rows in statements
    ]
    return take(Contents("v1", fold(uploads), frame_of([], HISTORY)), programme())


def application(number: int, **stated) -> dict:
    facts = {
        "registration_number": f"SH2025-1-{990000 + number}",
        "kab_kota": PLACE,
        "lp3h": LP3H,
        "source_row": number,
    }
    return facts | {"submitted_date": "2025-05-05", "source_file": "a.xlsx", "source_sheet": "Data"} | stated


def moved(number: int, until: str, **more) -> dict:
    return application(number, status="verified", verified_date=until, statement_date="2025-06-04", **more)


@pytest.mark.parametrize("as_of", ["2025-03-01", "2025-05-09", "2025-06-04", "2025-08-29", "2025-12-19"])
def test_ages_sum_to_the_backlog(demo: Snapshot, as_of: str):
    """On whatever day and in whatever part one looks: those with the business too, who are known by statement alone."""
    day = date.fromisoformat(as_of)
    found = stays(demo, day)
    for kab_kota, lp3h in product([None, *KAB_KOTA], [None, *demo.lp3h]):
        scope = Scope(day, kab_kota=kab_kota, lp3h=lp3h)
        ages = found.ages(scope).groupby("stage", sort=False)["waiting"].sum()
        backlog = demo.within(scope).backlog().set_index("stage")["waiting"]
        assert ages.reindex(backlog.index).to_dict() == backlog.to_dict()


def test_on_a_day_gone_by_those_are_with_the_business_who_were():
    """An application returned in May and issued in July was the business's turn in June, and is nobody's in August."""
    stuck = application(1, status="returned", statement_date="2025-05-16")
    later = {"status": "issued", "statement_date": "2025-08-01", "issued_date": "2025-07-20"}
    steady = [moved(number, "2025-05-07") for number in range(2, 12)]
    snapshot = known([stuck, *steady], [stuck | later])
    june, august = (stays(snapshot, day) for day in (DAY, date(2025, 8, 4)))
    assert june.stuck(Scope(DAY))[["registration_number", "actor", "stage", "limit_days"]].values.tolist() == [
        ["SH2025-1-990001", "business", "returned", 2]
    ]
    assert june.ages(Scope(DAY)).query("stage == 'returned'")["waiting"].sum() == 1
    assert august.stuck(Scope(date(2025, 8, 4))).empty
    issued = august.spells.query("stage == 'issued'")["count"].sum()
    assert issued == 1


def test_what_is_usual_is_measured_on_the_whole_programme():
    """Looked at alone, a place with one file that waits still has a limit; a file and a row say where it stands."""
    waiting = application(1, status="submitted", statement_date="2025-06-04", kab_kota=OTHER)
    found = stays(known([waiting, *(moved(number, "2025-05-07") for number in range(2, 12))]), DAY)
    row = found.stuck(Scope(DAY, kab_kota=OTHER)).iloc[0]
    assert (row["actor"], row["limit_days"], row["source_file"], row["source_row"]) == ("lp3h", 2, "a.xlsx", 1)
    assert found.stuck(Scope(DAY, kab_kota=PLACE)).empty


def test_nobody_is_stalled_or_nobody_can_say():
    """Two sentences and no table: all move in time, or too few have moved to know what is usual."""
    in_time = known([moved(number, "2025-05-07") for number in range(1, 12)])
    few = known([moved(number, "2025-05-07") for number in range(1, 4)])
    told = []
    for snapshot in (in_time, few):
        found = stalled(snapshot.within(Scope(DAY)), False, stays=stays(snapshot, DAY))
        assert found.table.frame.empty
        assert found.note == found.answer
        told.append(found.note)
    assert told[0] == "Tidak ada pengajuan yang macet."
    assert told[1].startswith("Belum dapat dikatakan pengajuan mana yang macet")


def test_nothing_at_all_is_said_too():
    """Before the first file every part of the page has its words."""
    nothing = known()
    view, found = nothing.within(Scope(DAY)), stays(nothing, DAY)
    assert steps(view, False, stays=found).waiting.frame["waiting"].sum() == 0
    shown = durations(view, False, stays=found, step="submitted")
    assert "belum ada langkah dengan 5 pengajuan" in shown.slowest
    assert "Belum ada pengajuan" in shown.steps.figure.layout.annotations[0].text
    assert "Belum ada pengajuan" in shown.by_lp3h.figure.layout.annotations[0].text


def test_the_page_shows_what_the_metrics_say(demo: Snapshot):
    """Days, ranges and counts of the tables are those of `hm.durations`; the list is that of `hm.stalled`, masked."""
    scope = Scope(DAY)
    view, found = demo.within(scope), stays(demo, DAY)
    shown = durations(view, False, stays=found, step="fatwa")
    whole = hm.durations(found.spells)
    columns = ["p50_days", "p50_low", "p50_high", "p80_days", "moved", "waiting"]
    pd.testing.assert_frame_equal(shown.table.frame[columns], whole[columns])
    assert shown.slowest.startswith("Paling lama menunggu sidang fatwa: separuh selesai dalam 12 hari kerja (11–13)")
    listed = stalled(view, False, stays=found)
    assert listed.table.frame["over_days"].is_monotonic_decreasing
    assert not {"nib", "owner_name", "phone", "address"} & {*listed.table.frame}
    turns = listed.table.frame["actor"].value_counts()
    assert (
        listed.answer
        == f"{len(listed.table.frame)} pengajuan macet: giliran LP3H dan pendamping {turns['lp3h']}, "
        + (f"BPJPH {turns['bpjph']}, pelaku usaha {turns['business']}.")
    )
    # what lies with BPJPH, the Komite Fatwa or the business is never the LP3H's turn
    stage = listed.table.frame.set_index("actor")["stage"]
    assert set(stage["lp3h"]) == {"submitted"}


def test_what_is_not_reached_is_said_in_words():
    """Half or eight in ten not reached, or too few moved: each its own words, in sentences and beside the table."""
    row = {"stage": "fatwa", "moved": 40, "p50_days": 12, "p50_low": 11, "p50_high": pd.NA, "p80_days": pd.NA}
    reached = pd.DataFrame([row | {"p90_days": pd.NA}])
    told = "separuh selesai dalam 12 hari kerja (11 atau lebih), 8 dari 10 belum tercapai"
    assert slowest(reached).startswith(f"Paling lama menunggu sidang fatwa: {told}.")
    assert remark(reached.iloc[0]) == "8 dari 10 dan 9 dari 10 belum tercapai"
    assert remark(reached.assign(moved=3, p50_days=pd.NA).iloc[0]) == "berkas terlalu sedikit"
    later = pd.concat([reached, reached.assign(stage="decided", p50_days=pd.NA)], ignore_index=True)
    assert slowest(later).startswith("Paling lama menunggu sertifikat terbit: separuh belum tercapai.")


def test_turns_are_said_in_the_order_of_the_steps():
    """LP3H, BPJPH, Komite Fatwa, business; only those that have any."""
    frame = pd.DataFrame({"actor": ["business", "komite_fatwa", "komite_fatwa"]})
    assert stalled_answer(frame) == "3 pengajuan macet: giliran Komite Fatwa 2, pelaku usaha 1."
