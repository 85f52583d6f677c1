"""The sentences that name places and institutions, at every edge of the programme."""

import pandas as pd
from gap_rows import AHEAD, JUNE, NAT, PLACES, absorption_row, backlog, by_lp3h, by_place, funnel, gap_row

import halal_metrics as hm
from halal_ui import sentences
from halal_ui.sentences import charts
from halal_ui.words.names import NO_DATA


def test_who_holds_the_gap():
    """The few that hold most, of how many, with their counts."""
    assert sentences.gap_holders(hm.shortfall(PLACES)) == (
        "3 dari 5 kab/kota memegang 87% dari kekurangan 156 pengajuan: Berau 57, Kutai Barat 41, Kutai Kartanegara 38."
    )


def test_who_is_furthest_behind():
    """The furthest with its numbers, and with whom it holds most."""
    assert sentences.furthest_behind(PLACES, hm.shortfall(PLACES)) == (
        "Berau paling tertinggal: 43 dari 100 kuota (43,0%) dimanfaatkan, kurang 57 pengajuan dari rencana; "
        "bersama Kutai Barat dan Kutai Kartanegara memegang 87% dari kekurangan."
    )


def test_one_behind_holds_everything():
    """A single holder holds the whole gap, not a share of it."""
    gaps = by_place({"Kabupaten Berau": -57.0, "Kota Bontang": 2.0})
    assert sentences.gap_holders(hm.shortfall(gaps), measure="issued") == (
        "1 dari 2 kab/kota memegang seluruh kekurangan 57 sertifikat: Berau 57."
    )


def test_one_group_alone_is_not_the_furthest():
    """Where there is only one, it is compared with nobody."""
    gaps = by_place({"Kabupaten Berau": -57.0})
    told = sentences.furthest_behind(gaps, hm.shortfall(gaps))
    assert told == "Berau: 43 dari 100 kuota (43,0%) dimanfaatkan, kurang 57 pengajuan dari rencana."


def test_nobody_behind():
    """A lag that is written as 0 is nobody's."""
    gaps = by_place({"Kabupaten Berau": 0.0, "Kota Bontang": -0.4})
    shortfall = hm.shortfall(gaps)
    assert sentences.gap_holders(shortfall) == "Tidak ada kab/kota di belakang rencana."
    assert sentences.furthest_behind(gaps, shortfall) == "Tidak ada kab/kota di belakang rencana."


def test_a_gap_of_no_place_is_said():
    """A quota not yet divided is a gap nobody holds; it counts in the whole and is no holder."""
    undivided = by_place({None: -680.0, "Kota Bontang": 12.0})
    assert sentences.gap_holders(hm.shortfall(undivided)) == (
        "Kekurangan 680 pengajuan belum dirinci per kab/kota: bagi kuotanya agar terlihat siapa yang memegang."
    )
    partly = by_place({None: -60.0, "Kota Bontang": -40.0})
    assert sentences.gap_holders(hm.shortfall(partly)) == (
        "1 dari 1 kab/kota memegang 40% dari kekurangan 100 pengajuan: Bontang 40."
    )


ACTIVE = pd.DataFrame(
    {
        "lp3h": ["LP3H UINSI Samarinda", "LP3H Al-Raudah (Kukar)", "LP3H Baru", None],
        "active_p3h": [12, 0, 0, 5],
        "submitted": [31, 0, 0, 9],
        "quiet_days": pd.array([2, 30, None, 1], dtype="Int64"),
    }
)


def test_lp3h():
    """Who is furthest behind, and how many are at work."""
    gaps = by_lp3h({"LP3H UINSI Samarinda": -10.0, "LP3H Al-Raudah (Kukar)": -60.0, "LP3H Baru": 0.0, None: -5.0})
    assert sentences.lp3h_answer(gaps, ACTIVE) == (
        "Al-Raudah paling tertinggal: 40 dari 100 kuota (40,0%) dimanfaatkan, kurang 60 pengajuan dari rencana; "
        "bersama UINSI memegang 93% dari kekurangan. "
        "1 dari 3 LP3H mengajukan dalam 30 hari terakhir, dengan 12 pendamping aktif."
    )


def test_one_lp3h():
    """A programme with one institution."""
    told = sentences.lp3h_answer(by_lp3h({"LP3H UINSI Samarinda": 4.0}), ACTIVE.head(1))
    assert told == (
        "Tidak ada LP3H di belakang rencana. "
        "1 dari 1 LP3H mengajukan dalam 30 hari terakhir, dengan 12 pendamping aktif."
    )


def test_who_has_gone_quiet():
    """Thirty days make quiet; never having submitted comes first; no name is no institution."""
    assert sentences.quiet_lp3h(ACTIVE) == (
        "Yang sudah 30 hari tanpa pengajuan: LP3H Baru (belum pernah) dan Al-Raudah (30 hari)."
    )
    assert sentences.quiet_lp3h(ACTIVE.head(1)) == "Semua LP3H mengajukan dalam 30 hari terakhir."


def test_the_deadline_is_past():
    """Past the deadline, all that remains is lost, and a new date is asked for."""
    assert sentences.deadlines_answer(PLACES, gap_row()) == (
        "Tenggat 31 Mei 2025 lewat 4 hari dengan 156 kuota belum dimanfaatkan; "
        "terbanyak Berau 57, Kutai Barat 41, Kutai Kartanegara 38. "
        "Tetapkan tenggat baru agar kebutuhan per pekan dapat dihitung."
    )


def test_the_deadline_is_ahead():
    """Ahead of it, what the present pace leaves; no group uses another's quota."""
    ahead = pd.concat(
        [
            gap_row(**AHEAD, quota=100, remaining=60, pace_per_week=4.0).assign(kab_kota="Kabupaten Berau"),
            gap_row(**AHEAD, quota=100, remaining=10, pace_per_week=40.0).assign(kab_kota="Kota Bontang"),
        ],
        ignore_index=True,
    )
    assert sentences.deadlines_answer(ahead, gap_row(**AHEAD)) == (
        "Bila laju tidak berubah, 31 kuota belum dimanfaatkan pada tenggat 25 Juli 2025; terbanyak Berau 31. "
        "Diperlukan 97,1 pengajuan per pekan, kini 31,5."
    )


def test_the_deadline_is_safe():
    """A pace that ends before the date loses nothing."""
    gaps = gap_row(**AHEAD, remaining=10, pace_per_week=40.0).assign(kab_kota="Kota Bontang")
    told = sentences.deadlines_answer(gaps, gap_row(**AHEAD, pace_per_week=40.0))
    assert told == "Perpanjangan laju kini: seluruh kuota dimanfaatkan pada tenggat 25 Juli 2025."


def test_a_pace_that_is_enough_but_uneven():
    """Quick groups do not use up the quota of slow ones, and the answer says why there is a loss all the same."""
    slow = gap_row(**AHEAD, quota=100, remaining=60, pace_per_week=0.0).assign(kab_kota="Kabupaten Berau")
    whole = gap_row(**AHEAD | {"required_per_week": 8.6}, remaining=60, pace_per_week=9.0)
    assert sentences.deadlines_answer(slow, whole).endswith(
        "Laju keseluruhan 9,0 pengajuan per pekan (perlu 8,6) tidak merata."
    )
    over = gap_row(**AHEAD, remaining=-7, pace_per_week=0.0)
    assert sentences.deadlines_answer(slow, over).endswith("sudah terlampaui: bagi ulang kuotanya.")


def test_nothing_is_left_at_the_deadline():
    """All used, before the date or after it, is no loss."""
    done = gap_row(remaining=0, gap=0.0).assign(kab_kota="Kota Bontang")
    assert sentences.deadlines_answer(done, gap_row(remaining=0)) == (
        "Seluruh kuota sudah dimanfaatkan: tidak ada yang tersisa untuk tenggat 31 Mei 2025."
    )


def test_nobody_is_at_work():
    """Where no institution has submitted, that is said, and not that none of some are active."""
    told = sentences.lp3h_answer(by_lp3h({"LP3H Baru": 0.0}), ACTIVE.iloc[[2]])
    assert told.endswith("Tidak ada LP3H yang mengajukan dalam 30 hari terakhir.")


def test_no_deadline():
    """Without a date the page says where to put one."""
    whole = gap_row(target_date=NAT, days_left=None, working_days_left=None)
    assert sentences.deadlines_answer(PLACES, whole) == (
        "Tenggat belum ditetapkan: isi tanggal target pada pembagian kuota."
    )


def test_no_data():
    """Every answer to nothing is the same plain sentence."""
    nothing = PLACES.iloc[:0]
    assert sentences.where_we_stand(gap_row().iloc[:0], absorption_row(), as_of=JUNE) == NO_DATA
    assert sentences.gap_holders(hm.shortfall(nothing)) == NO_DATA
    assert sentences.furthest_behind(nothing, hm.shortfall(nothing)) == NO_DATA
    assert sentences.lp3h_answer(by_lp3h({"X": 0.0}).iloc[:0], ACTIVE) == NO_DATA
    assert sentences.quiet_lp3h(ACTIVE.iloc[:0]) == NO_DATA
    assert sentences.funnel_answer(funnel(0, 0, 0, 0, 0, 0).iloc[:0], backlog(0, 0, 0, 0, 0)) == NO_DATA
    assert sentences.deadlines_answer(nothing, gap_row()) == NO_DATA


def test_sentences_from_the_metrics_themselves():
    """The frames that the metrics give, of one place and of none, can all be told."""
    quotas = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": ["PWI Kaltim"], "quota": [10]})
    applications = pd.DataFrame(
        {
            "kab_kota": "Kota Bontang",
            "lp3h": "PWI Kaltim",
            "p3h": "Aminah",
            "status": ["issued", "submitted"],
            "submitted_date": pd.to_datetime(["2025-05-02", "2025-05-12"]),
        }
    )
    for table in (applications, applications.iloc[:0]):
        progress, activity = hm.progress(table), hm.activity(table)
        moment = {"as_of": JUNE, "start": "2025-02-20"}
        whole = hm.deadline_gaps(quotas, progress, by=(), **moment)
        places = hm.deadline_gaps(quotas, progress, by="kab_kota", **moment)
        told = [
            sentences.where_we_stand(whole, hm.absorption(quotas, progress, by=(), as_of=JUNE), as_of=JUNE),
            sentences.gap_holders(hm.shortfall(places)),
            sentences.lp3h_answer(
                hm.deadline_gaps(quotas, progress, by="lp3h", **moment), hm.active_p3h(activity, as_of=JUNE)
            ),
            sentences.funnel_answer(
                hm.funnel(quotas, progress, by=(), as_of=JUNE),
                hm.backlog(progress, hm.returned(table), by=(), as_of=JUNE),
            ),
            sentences.deadlines_answer(places, whole),
            charts.alt_curve(hm.progress_curve(quotas, progress, start="2025-02-20", until=JUNE), as_of=JUNE),
            charts.alt_classes(hm.start_finish(hm.absorption(quotas, progress, as_of=JUNE))),
        ]
        assert all(sentence.endswith(".") and "nan" not in sentence.lower() for sentence in told), told
