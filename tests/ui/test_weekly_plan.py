"""Rencana pekanan: what its sentences and its table say of a plan, reached or not."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from halal_metrics import WeeklyPlan
from halal_ui import charts
from halal_ui.sentences.weekly import no_week, rounded_up, submit_by, weekly_answer, weekly_bound
from halal_ui.snapshot.foresight import WeeklyPlanned
from halal_ui.snapshot.now import View
from halal_ui.snapshot.scope import Scope
from halal_ui.views.weekly_plan import figures, rows_of, sentences_of, weekly

ROWS = pd.DataFrame(
    {
        "lp3h": pd.array(["LP3H UINSI Samarinda", "Halal Center Universitas Mulawarman", None], dtype="str"),
        "used": [40, 10, 0],
        "room": [60, 90, 0],
        "pace_per_week": [8.0, 1.25, 0.0],
        "required_per_week": [4.2, 6.3, 0.0],
        "limit_per_week": [20.0, 5.0, 5.0],
        "active_p3h": pd.array([4, 0, None], dtype="Int64"),
        "required_per_p3h": [1.05, None, None],
    }
)
REACHED = WeeklyPlan(
    rows=ROWS, reachable=True, chance=0.81, goal=200, target_date=pd.Timestamp("2025-12-31"), bound="",
    earliest_date=pd.NaT, submit_by=pd.Timestamp("2025-12-31"),
)  # fmt: skip
MISSED = replace(REACHED, reachable=False, chance=0.0, bound="back_end", submit_by=pd.NaT)
FOURTH = date(2025, 6, 4)


def view(**scope: str) -> View:
    quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["LP3H UINSI Samarinda"], "quota": [100]})
    nothing = pd.DataFrame({"lp3h": pd.array([], dtype="str")})
    return View(Scope(FOURTH, **scope), date(2025, 2, 20), quotas, nothing, nothing, nothing)


def test_who_must_go_faster_is_named():
    """What all must submit is the sum of what each must, rounded up; who is slower is named, and only they."""
    told = weekly_answer(REACHED, measure="used", quota=200)
    assert told == (
        "Agar seluruh 200 kuota dimanfaatkan sampai 31 Desember 2025 (8 dari 10 kemungkinan), semua LP3H bersama perlu "
        "mengajukan 12 per pekan, kini 9,3. Yang harus lebih cepat daripada kini: Unmul 7 (kini 1,3, tanpa pendamping "
        "aktif)."
    )
    assert weekly_bound(REACHED, measure="used", quota=200, within_reach=1.0, as_of=FOURTH) == ""


def test_a_total_is_never_said_to_suffice_where_a_part_does_not():
    """The pace of all together is above what is needed, yet whoever is below it is named."""
    faster = ROWS.assign(pace_per_week=[30.0, 1.25, 0.0])
    told = weekly_answer(replace(REACHED, rows=faster), measure="used", quota=200)
    assert "kini 31,3" in told
    assert "Unmul 7 (kini 1,3, tanpa pendamping aktif)" in told
    assert "cukup" not in told


def test_nothing_to_submit_is_said():
    """Where what was submitted suffices, nobody is asked for more."""
    told = weekly_answer(replace(REACHED, rows=ROWS.assign(required_per_week=0.0)), measure="issued", quota=200)
    assert told.startswith("Tidak perlu pengajuan baru: 200 sertifikat dari 200 kuota terbit")


def test_what_no_pace_reaches_says_who_stands_in_the_way_and_what_is_left():
    """The chance at the limits, the earliest day, BPJPH and the fatwa by name, and the part that stays within reach."""
    told = weekly_answer(replace(MISSED, earliest_date=pd.Timestamp("2026-02-03")), measure="issued", quota=200)
    assert told == (
        "Tidak terjangkau sampai 31 Desember 2025: peluang 200 sertifikat dari 200 kuota terbit kurang dari 1%, "
        "sekalipun semua LP3H mengajukan pada batasnya mulai pekan depan. Paling cepat 3 Februari 2026 (8 dari 10 "
        "kemungkinan)."
    )
    why = weekly_bound(MISSED, measure="issued", quota=200, within_reach=0.305, as_of=FOURTH)
    assert why.startswith("Hambatannya BPJPH dan Komite Fatwa")
    assert "31% kuota, yaitu 61 sertifikat" in why
    own = replace(MISSED, bound="own", target_date=pd.Timestamp("2025-07-04"))
    assert "laju LP3H sendiri" in weekly_bound(own, measure="used", quota=200, within_reach=0.0, as_of=FOURTH)
    slow = replace(MISSED, bound="own")
    assert "yang keluar" in weekly_bound(
        replace(slow, rows=ROWS.assign(limit_per_week=50.0)), measure="used", quota=200, within_reach=0.9, as_of=FOURTH
    )


def test_a_plan_of_less_says_why_not_all():
    """What is planned for is what can be; of all the quota it is said how unlikely that is, and which goal to try."""
    beyond = WeeklyPlanned(replace(MISSED, chance=0.37), "used", 0.97)
    told = sentences_of(WeeklyPlanned(replace(REACHED, goal=190), "used", 0.95, beyond), 200, FOURTH)
    assert told[0].startswith("Agar 190 dari 200 kuota dimanfaatkan")
    assert told[1].startswith("Seluruh 200 kuota dimanfaatkan tidak terjangkau: peluangnya 37% sekalipun")
    assert beyond.share_within_reach == 0.95
    shown = weekly(view(), False, planned=beyond, quota=200)
    assert shown.why.endswith("Pilih sasaran 95% untuk melihat rencana yang terjangkau.")
    assert WeeklyPlanned(MISSED, "used", 0.5).share_within_reach is None


def test_until_when_a_submission_counts():
    """For certificates only: what is used counts on its last day too."""
    assert submit_by(REACHED, measure="used") == ""
    last = replace(REACHED, submit_by=pd.Timestamp("2025-09-18"))
    assert "paling lambat 18 September 2025" in submit_by(last, measure="issued")
    assert submit_by(MISSED, measure="issued").startswith("Kapan pun diajukan")


@pytest.mark.parametrize(
    ("target", "said"), [("2025-06-05", ""), ("2025-06-04", "sesudah 4 Juni"), ("2029-01-01", "dua tahun")]
)
def test_a_date_without_weeks_is_refused(target: str, said: str):
    """The day looked at, one before it, and one too far: in words, and no error."""
    assert said in no_week(target, FOURTH)
    assert bool(no_week(target, FOURTH)) == bool(said)


def test_the_table_is_rounded_up_and_adds_up():
    """Whole submissions; none is asked of nobody; quota of nobody only where there is some."""
    planned = WeeklyPlanned(REACHED, "used", 1.0)
    rows = rows_of(planned)
    assert rows["lp3h"].tolist() == ["Halal Center Universitas Mulawarman", "LP3H UINSI Samarinda"]
    assert rows["required_per_week"].tolist() == [7, 5]
    assert rows["required_per_p3h"].isna().tolist() == [True, False]
    shown = weekly(view(), False, planned=planned, quota=200)
    assert (shown.table.total or {})["required_per_week"] == 12
    assert ">12<" in shown.table.html
    assert "Unmul perlu 7, kini 1,3" in shown.bars.alt
    assert rounded_up(pd.Series([3.0 + 1e-12])).tolist() == [3]


def test_nobody_is_asked_for_more_than_there_is_room_for():
    """Where no pace is enough the limits stand there, up to the room; the card says the sum of the table."""
    near = replace(MISSED, rows=ROWS.assign(room=[7, 90, 0], required_per_week=[20.0, 5.0, 0.0]))
    planned = WeeklyPlanned(near, "used", 0.97)
    assert rows_of(planned).set_index("lp3h")["required_per_week"].to_dict() == {
        "LP3H UINSI Samarinda": 7,
        "Halal Center Universitas Mulawarman": 5,
    }
    shown = weekly(view(), False, planned=planned, quota=200)
    assert figures(planned)[0].number == "12"
    assert (shown.table.total or {})["required_per_week"] == 12


def test_a_narrower_scope_sees_its_part_and_is_told_so():
    """The plan is the whole programme's; of one place its institutions are shown."""
    shown = weekly(view(kab_kota="Kota Bontang"), False, planned=WeeklyPlanned(REACHED, "used", 1.0), quota=200)
    assert shown.table.frame["lp3h"].tolist() == ["LP3H UINSI Samarinda"]
    assert "seluruh program" in shown.note


def test_nothing_to_plan_is_a_picture_too():
    """No LP3H: a figure that says what is missing."""
    assert "Belum ada" in charts.weekly_bars(ROWS.iloc[:0]).layout.annotations[0].text
