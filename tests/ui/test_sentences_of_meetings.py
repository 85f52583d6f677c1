"""The sentences of a meeting, at every edge of it."""

import pandas as pd
import pytest
from gap_rows import AHEAD, JUNE, NAT, PLACES, absorption_row, backlog, by_lp3h, funnel, gap_row

import halal_metrics as hm
from halal_ui import sentences

THEN = "2025-05-21"


def since(**values):
    """`since` whole: a period in which nothing happened, but for what is said."""
    columns = (
        "used_then restated new left used_now verified fatwa decided issued_then issued_restated issued issued_now"
    )
    return pd.DataFrame([dict.fromkeys([*columns.split(), "returned"], 0) | values])


def obstacle(**values):
    row = {"kab_kota": None, "lp3h": None, "category": "K10", "stage": "fatwa", "text": "Antre.", "actor": "bpjph"}
    return row | {"at_stake": 105} | values


def action(**values):
    row = {"action": "Mengirim surat", "responsible": "DPPKUKM", "due_date": pd.Timestamp("2025-05-30"), "stage": None}
    numbers = {"number_then": None, "number_now": None, "moved": None, "overdue": False, "days_late": None}
    return row | {"status": "todo"} | numbers | values


def test_what_the_period_brought():
    """New, moved on, issued; and what came back or left."""
    told = sentences.changes_since_answer(
        since(new=79, verified=60, fatwa=90, decided=16, issued=5, returned=38, left=3), then=THEN
    )
    assert told == (
        "Sejak 21 Mei 2025: 79 pengajuan baru, 166 kali maju tahap dan 5 sertifikat terbit; "
        "38 dikembalikan dan 3 keluar."
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "Sejak 21 Mei 2025 tidak ada pengajuan yang bergerak: tanyakan kendalanya kepada setiap LP3H."),
        ({"new": 1}, "Sejak 21 Mei 2025: 1 pengajuan baru, 0 kali maju tahap dan 0 sertifikat terbit."),
        ({"left": 2}, "Sejak 21 Mei 2025: 0 pengajuan baru, 0 kali maju tahap dan 0 sertifikat terbit; 2 keluar."),
        (
            {"new": 1, "issued": -2},
            "Sejak 21 Mei 2025: 1 pengajuan baru, 0 kali maju tahap dan sertifikat terbit berkurang 2.",
        ),
    ],
)
def test_a_period_at_its_edges(values, expected):
    """Nothing moved, only one thing did, and certificates that were withdrawn."""
    assert sentences.changes_since_answer(since(**values), then=THEN) == expected


def test_what_was_restated_is_not_this_weeks_work():
    """Late rows about the past are said apart; where there are none, nothing is said."""
    assert sentences.restated_line(since(), then=THEN) == ""
    assert sentences.restated_line(since(restated=71, issued_restated=-1), then=THEN) == (
        "Keadaan 21 Mei 2025 dinyatakan ulang: +71 pengajuan dan −1 sertifikat. "
        "Itu baris tentang masa lalu yang datang kemudian, bukan hasil pekan ini."
    )
    assert "dinyatakan ulang: +13 sertifikat." in sentences.restated_line(since(issued_restated=13), then=THEN)


def test_a_first_meeting():
    """There is nothing to compare with, and nothing used is a figure too."""
    assert sentences.first_meeting(absorption_row(1000, 0, 0), start="2025-02-20") == (
        "Ini rapat pertama, belum ada pembandingnya; sejak 20 Februari 2025 tercatat 0 pengajuan dan "
        "0 sertifikat terbit."
    )


@pytest.mark.parametrize(
    ("gap", "absorption", "expected"),
    [
        ({}, (), "Per 4 Juni 2025 tercatat 320 pengajuan, 680 di belakang rencana 1.000; 58 sertifikat terbit."),
        (
            {"gap": 20.0, "planned": 300.0},
            (),
            "Per 4 Juni 2025 tercatat 320 pengajuan, 20 di depan rencana 300; 58 sertifikat terbit.",
        ),
        ({"gap": -0.4}, (), "Per 4 Juni 2025 tercatat 320 pengajuan, sesuai rencana; 58 sertifikat terbit."),
        (
            {},
            (0, 12, 3),
            "Per 4 Juni 2025 tercatat 12 pengajuan dan 3 sertifikat terbit; belum ada rencana: unggah pembagian kuota.",
        ),
    ],
)
def test_the_curve(gap, absorption, expected):
    """Drilldown, ahead, on the plan, and without one."""
    told = sentences.curve_answer(gap_row(**gap), absorption_row(*absorption), as_of=JUNE)
    assert told == expected


def test_who_was_not_heard():
    """Names with the day of the last file, some of many, or that all have sent."""
    silent = pd.DataFrame(
        {
            "lp3h": ["PWI Kaltim", "LP3H UINSI Samarinda", None],
            "received_at": pd.to_datetime([None, "2025-05-09", None]),
        }
    )
    assert (
        sentences.not_reporting_answer(silent.iloc[:0], then=THEN)
        == "Semua LP3H mengirim data sejak rapat 21 Mei 2025."
    )
    assert sentences.not_reporting_answer(silent, then=THEN).endswith(
        "(belum pernah) dan UINSI (terakhir 9 Mei 2025). Mintalah berkas terbarunya."
    )
    many = pd.DataFrame({"lp3h": [f"LP3H {n}" for n in range(7)], "received_at": NAT})
    assert "LP3H 4 (belum pernah) dan 2 LP3H lain." in sentences.not_reporting_answer(many, then=THEN)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ([], "Tidak ada janji yang jatuh tempo sejak rapat lalu."),
        (["done", "done"], "2 janji jatuh tempo, semuanya selesai."),
        (["todo"], "1 janji jatuh tempo, belum ada yang selesai: sepakati tenggat baru untuk yang belum."),
        (["done", None], "2 janji jatuh tempo, 1 selesai dan 1 belum: sepakati tenggat baru untuk yang belum."),
    ],
)
def test_promises_that_fell_due(status, expected):
    """None, all kept, none kept, some."""
    assert sentences.due_answer(pd.DataFrame({"status": status}, dtype="str")) == expected


def test_what_hinders():
    """No obstacle, one, several, and none that holds anything."""
    assert sentences.obstacles_answer(pd.DataFrame([obstacle()]).iloc[:0]).startswith("Belum ada kendala")
    assert sentences.obstacles_answer(pd.DataFrame([obstacle()])) == (
        "1 kendala terbuka menahan 105 sertifikat: Antrean sidang fatwa."
    )
    several = pd.DataFrame([obstacle(), obstacle(category="K99", kab_kota="Kota Bontang", at_stake=7)])
    assert sentences.obstacles_answer(several) == (
        "2 kendala terbuka menahan 112 sertifikat, tanpa hitung ganda; terbesar Antrean sidang fatwa 105 sertifikat."
    )
    assert "tidak ada pengajuan atau kuota yang tertahan" in sentences.obstacles_answer(several.assign(at_stake=0))


def test_an_obstacle_in_a_line():
    """What is known of it, and nothing in place of what is not."""
    assert sentences.obstacle_line(obstacle(lp3h="LP3H UINSI Samarinda")) == (
        "Kendala: Antrean sidang fatwa (UINSI) · Antre · menunggu sidang fatwa · giliran BPJPH."
    )
    bare = obstacle(category=None, stage=None, text=None, actor=None, kab_kota="Kota Bontang")
    assert sentences.obstacle_line(bare) == "Kendala: Lainnya (Bontang)."
    assert len(sentences.obstacle_line(obstacle(text="kata " * 100), most=40)) < 130


@pytest.mark.parametrize(
    ("rows", "decisions", "expected"),
    [
        ([], 0, "Belum ada keputusan dan belum ada tindak lanjut: sepakati siapa berbuat apa sampai kapan."),
        ([], 2, "2 keputusan dan belum ada tindak lanjut: sepakati siapa berbuat apa sampai kapan."),
        ([{"status": "done"}], 0, "Belum ada keputusan dan 1 tindak lanjut: 1 selesai dan 0 belum."),
        (
            [{"status": "done"}, {"overdue": True}, {}],
            3,
            "3 keputusan dan 3 tindak lanjut: 1 selesai dan 2 belum, 1 di antaranya lewat tenggat.",
        ),
    ],
)
def test_decisions_and_actions(rows, decisions, expected):
    """None, only one kind, and overdue ones."""
    actions = pd.DataFrame([action(**row) for row in rows], columns=list(action()))
    assert sentences.actions_answer(actions, decisions) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "Janji: Mengirim surat · DPPKUKM · tenggat 30 Mei 2025."),
        ({"due_date": NAT, "responsible": None, "action": None}, "Janji: Tindak lanjut · tanpa tenggat."),
        ({"overdue": True, "days_late": 5}, "Janji: Mengirim surat · DPPKUKM · tenggat 30 Mei 2025 (lewat 5 hari)."),
        (
            {"stage": "issued", "number_then": 40, "number_now": 58, "moved": 18},
            "Janji: Mengirim surat · DPPKUKM · tenggat 30 Mei 2025 · Terbit 40 → 58 (+18).",
        ),
        (
            {"stage": "issued", "number_then": 58, "number_now": 58, "moved": 0},
            "Janji: Mengirim surat · DPPKUKM · tenggat 30 Mei 2025 · Terbit tetap 58.",
        ),
        ({"stage": "issued", "number_now": 58}, "Janji: Mengirim surat · DPPKUKM · tenggat 30 Mei 2025 · Terbit 58."),
    ],
)
def test_an_action_in_a_line(values, expected):
    """Who, until when, how late, and whether its number moved: up, not at all, or not known."""
    assert sentences.action_line(action(**values)) == expected


def test_titles_fit_a_slide():
    """The first sentence is the title; one that is too long ends before its last semicolon."""
    whole = sentences.where_we_stand(gap_row(), absorption_row(), as_of=JUNE)
    title, rest = sentences.halves(whole)
    assert f"{title} {rest}" == whole
    assert title.endswith("tenggat 31 Mei 2025 lewat 4 hari.")
    assert sentences.titled("a" * 100 + "; " + "b" * 100 + ".") == "a" * 100 + "."
    assert sentences.titled("a; b.") == "a; b."


# ---- the sentences the slides share with the pages, where no other test looks


def test_a_place_that_used_all_is_nobodys_lag():
    """All used and overshot: there is no lag to tell."""
    done = gap_row(done=12, quota=10, remaining=-2, gap=2.0).assign(kab_kota="Kota Bontang")
    assert sentences.furthest_behind(done, hm.shortfall(done)) == "Tidak ada kab/kota di belakang rencana."


def test_a_place_without_a_quota_is_told_without_a_rate():
    """Applications of a place that was allotted nothing are counted; no division by nothing."""
    none = gap_row(done=3, quota=0, remaining=-3, gap=-1.0).assign(kab_kota="Kota Bontang")
    assert sentences.furthest_behind(none, hm.shortfall(none)) == (
        "Bontang: 3 dari 0 kuota dimanfaatkan, kurang 1 pengajuan dari rencana."
    )


def test_one_institution_is_not_the_furthest_of_several():
    """With a single LP3H there is nobody to compare it with."""
    one = by_lp3h({"LP3H UINSI Samarinda": -40.0})
    told = sentences.furthest_behind(one, hm.shortfall(one))
    assert told == "UINSI: 60 dari 100 kuota (60,0%) dimanfaatkan, kurang 40 pengajuan dari rencana."


def test_a_deadline_today_still_says_what_is_left():
    """On the day itself no working day is left, so a new date is asked for."""
    today = {"target_date": pd.Timestamp(JUNE), "days_left": 0, "working_days_left": 0}
    told = sentences.deadlines_answer(PLACES.assign(**today), gap_row(**today))
    assert "pada tenggat 4 Juni 2025" in told
    assert told.endswith("Tidak ada hari kerja tersisa: perlu tenggat baru.")


def test_no_pace_leaves_all_that_remains():
    """Where nothing comes in, the whole remainder is left at the deadline."""
    slow = PLACES.assign(**{name: AHEAD[name] for name in ("target_date", "days_left")}, pace_per_week=0.0)
    told = sentences.deadlines_answer(slow, gap_row(**AHEAD, pace_per_week=0.0))
    assert told.startswith("Bila laju tidak berubah, 156 kuota belum dimanfaatkan pada tenggat 25 Juli 2025; ")
    assert told.endswith("Diperlukan 97,1 pengajuan per pekan, kini 0,0.")


def test_everything_issued_waits_nowhere():
    """All used and all issued: no step and nobody's turn."""
    told = sentences.funnel_answer(funnel(10, 10, 10, 10, 10, 10), backlog(0, 0, 0, 0, 0))
    assert told == "Seluruh 10 kuota sudah diajukan. Dari 10 pengajuan, 10 terbit (100,0%); tidak ada yang menunggu."
