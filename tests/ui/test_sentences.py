"""The sentences about the whole programme, at every edge of it."""

import pandas as pd
import pytest
from gap_rows import AHEAD, JUNE, NAT, absorption_row, backlog, funnel, gap_row

from halal_ui import sentences


def stand(gap, absorption=None, **more):
    return sentences.where_we_stand(gap, absorption_row() if absorption is None else absorption, as_of=JUNE, **more)


def test_public_record_of_4_june_2025():
    """320 of 1.000 used and 58 issued, four days late (DPPKUKM Kaltim, 4 June 2025): the whole answer."""
    assert stand(gap_row()) == (
        "Hingga 4 Juni 2025, 320 dari 1.000 kuota (32,0%) dimanfaatkan dan 58 sertifikat (5,8%) terbit; "
        "tenggat 31 Mei 2025 lewat 4 hari. Perpanjangan laju 4 pekan terakhir (31,5 pengajuan per pekan): sisa 680 "
        "kuota habis sekitar 2 November 2025. Tidak ada hari kerja tersisa: perlu tenggat baru."
    )


def test_a_deadline_ahead_says_what_each_week_needs():
    """With working days left, the pace that reaches the deadline is named."""
    assert stand(gap_row(**AHEAD)).endswith(
        "sisa 680 kuota habis sekitar 2 November 2025; agar tercapai pada tenggat diperlukan 97,1 per pekan."
    )
    assert "tenggat 25 Juli 2025, 51 hari lagi." in stand(gap_row(**AHEAD))


def test_a_pace_of_the_whole_is_never_said_to_be_enough():
    """Its parts may be too slow while one that is nearly full carries it."""
    told = stand(gap_row(**AHEAD, pace_per_week=100.0))
    assert told.endswith("agar tercapai pada tenggat diperlukan 97,1 per pekan.")
    assert "cukup" not in told


def test_the_place_looked_at_is_named():
    """Narrowed to one place, its name stands beside its quota."""
    assert "55 dari 100 kuota Berau (55,0%)" in stand(gap_row(), absorption_row(100, 55, 3), where="Berau")


def test_issued_counts_certificates():
    """Measured by certificates, pace and remainder are those of certificates."""
    gap = gap_row(done=58, remaining=942, pace_per_week=8.0, projected_date=pd.Timestamp("2027-09-07"))
    assert "(8,0 sertifikat per pekan): sisa 942 kuota terbit seluruhnya sekitar 7 September 2027" in stand(
        gap, measure="issued"
    )


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"pace_per_week": 0.0, "projected_date": NAT},
            "Dalam 4 pekan terakhir tidak ada pengajuan baru, sehingga sisa 680 kuota tidak akan habis",
        ),
        (
            {"pace_per_week": -3.0, "projected_date": NAT},
            "lebih banyak yang keluar daripada yang masuk (−3,0 pengajuan per pekan), sehingga sisa 680 kuota tidak",
        ),
        (
            {"pace_per_week": 0.5, "projected_date": pd.Timestamp("2051-06-30")},
            "sisa 680 kuota baru habis sesudah 2030",
        ),
        ({"pace_per_week": 0.001, "projected_date": NAT}, "sisa 680 kuota baru habis sesudah 2030"),
        ({"projected_date": pd.Timestamp("2030-12-31")}, "habis sekitar 31 Desember 2030"),
    ],
)
def test_pace_at_its_edges(values, expected):
    """No pace, a negative one, and one whose end is too far to be a date."""
    assert expected in stand(gap_row(**values))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"target_date": pd.Timestamp(JUNE), "days_left": 0, "working_days_left": 0},
            "tenggat 4 Juni 2025, hari ini. Perpanjangan laju",
        ),
        (
            {"target_date": NAT, "days_left": None, "working_days_left": None},
            "tenggat belum ditetapkan. Perpanjangan laju",
        ),
    ],
)
def test_deadline_at_its_edges(values, expected):
    """Today, and none at all."""
    assert expected in stand(gap_row(**values))


def test_a_missing_deadline_asks_for_one():
    """What cannot be computed says what to do about it."""
    gap = gap_row(target_date=NAT, days_left=None, working_days_left=None)
    assert stand(gap).endswith("; tetapkan tenggat agar kebutuhan per pekan dapat dihitung.")


@pytest.mark.parametrize(
    ("used", "issued", "expected"),
    [
        (1000, 780, "Seluruh kuota sudah dimanfaatkan; 220 di antaranya belum terbit."),
        (1000, 1000, "Seluruh kuota sudah dimanfaatkan dan terbit."),
        (1020, 780, "Seluruh kuota sudah dimanfaatkan, lebih 20 pengajuan dari kuota; 240 di antaranya belum terbit."),
    ],
)
def test_all_used(used, issued, expected):
    """Nothing remaining, or overshot: no pace, but what is still to be issued."""
    gap = gap_row(remaining=1000 - used, done=used, projected_date=NAT, status="done")
    assert stand(gap, absorption_row(1000, used, issued)).endswith(expected)


def test_all_issued():
    """Measured by certificates, all issued is the end."""
    gap = gap_row(remaining=0, done=1000, projected_date=NAT, status="done")
    assert stand(gap, absorption_row(1000, 1000, 1000), measure="issued").endswith(
        "Sertifikat untuk seluruh kuota sudah terbit."
    )


def test_nothing_used():
    """Zero of the quota is a sentence like any other."""
    gap = gap_row(done=0, remaining=1000, pace_per_week=0.0, projected_date=NAT)
    assert stand(gap, absorption_row(1000, 0, 0)).startswith(
        "Hingga 4 Juni 2025, 0 dari 1.000 kuota (0,0%) dimanfaatkan dan 0 sertifikat (0,0%) terbit;"
    )


def test_no_quota():
    """Applications without a quota are counted, and the quota asked for."""
    assert stand(gap_row(quota=0), absorption_row(0, 12, 3)) == (
        "Hingga 4 Juni 2025, 12 pengajuan tercatat dan 3 sertifikat terbit, tetapi kuota belum ditetapkan: "
        "unggah pembagian kuota."
    )


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (31.5, "diperlukan 97,1 pengajuan per pekan, 3,1 kali laju kini."),
        (0.0, "diperlukan 97,1 pengajuan per pekan (kini 0,0)."),
        (120.0, "diperlukan 97,1 pengajuan per pekan (kini 120,0)."),
    ],
)
def test_what_it_takes(pace, expected):
    """The pace needed, against the pace there is."""
    told = sentences.what_it_takes(gap_row(**AHEAD, pace_per_week=pace))
    assert told.startswith("Agar sisa 680 kuota dimanfaatkan sampai 25 Juli 2025 (35 hari kerja lagi), ")
    assert told.endswith(expected)


def test_what_it_takes_is_silent_where_nothing_can_be_asked():
    """No day ahead, nothing remaining, no data: no sentence."""
    assert sentences.what_it_takes(gap_row()) == ""
    assert sentences.what_it_takes(gap_row(**AHEAD, remaining=0)) == ""
    assert sentences.what_it_takes(gap_row().iloc[:0]) == ""


@pytest.mark.parametrize(
    ("reached", "waiting", "expected"),
    [
        (
            (1000, 320, 256, 224, 67, 58),
            (60, 32, 157, 9, 4),
            "680 dari 1.000 kuota belum diajukan. Dari 320 pengajuan, 58 terbit (18,1%) dan 262 belum; "
            "terbanyak 157 menunggu sidang fatwa: giliran Komite Fatwa.",
        ),
        (
            (100, 100, 100, 100, 100, 90),
            (0, 0, 0, 4, 6),
            "Seluruh 100 kuota sudah diajukan. Dari 100 pengajuan, 90 terbit (90,0%) dan 10 belum; "
            "terbanyak 6 dikembalikan untuk dilengkapi: giliran pelaku usaha.",
        ),
        (
            (100, 120, 120, 120, 120, 120),
            (0, 0, 0, 0, 0),
            "Seluruh 100 kuota sudah diajukan. Dari 120 pengajuan, 120 terbit (100,0%); tidak ada yang menunggu.",
        ),
        (
            (1000, 0, 0, 0, 0, 0),
            (0, 0, 0, 0, 0),
            "1.000 dari 1.000 kuota belum diajukan: giliran LP3H dan pendamping.",
        ),
        ((0, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0), "Kuota belum ditetapkan dan belum ada pengajuan."),
    ],
)
def test_where_it_waits(reached, waiting, expected):
    """Where most wait and whose step it is; nothing used, all used, all issued, no quota."""
    assert sentences.funnel_answer(funnel(*reached), backlog(*waiting)) == expected


def test_scope_in_words():
    """All, a few by name, many by number; an unknown institution as it is written."""
    assert sentences.scope_in_words(JUNE, [], [], "submitted") == (
        "per 4 Juni 2025 · semua kabupaten/kota · semua LP3H · dimanfaatkan"
    )
    places = ["Kabupaten Berau", "Kota Bontang", "Kabupaten Paser"]
    assert sentences.scope_in_words(JUNE, places, ["LP3H Baru"], "issued") == (
        "per 4 Juni 2025 · Berau, Bontang dan Paser · LP3H Baru · terbit"
    )
    assert "· 4 kabupaten/kota ·" in sentences.scope_in_words(JUNE, [*places, "Kota Samarinda"], [], "submitted")


def test_freshness():
    """Fresh data name their date and files, old ones ask for more, none say how to begin."""
    fresh = sentences.data_as_of(pd.Timestamp(JUNE), 14, JUNE)
    assert fresh == "Data terbaru per 4 Juni 2025, dari 14 berkas."
    assert sentences.data_as_of(pd.Timestamp("2025-05-21"), 14, JUNE).endswith("dari 14 berkas.")
    assert sentences.data_as_of(pd.Timestamp("2025-05-20"), 14, JUNE).endswith(
        "dari 14 berkas. Sudah 15 hari: mintalah data terbaru kepada LP3H."
    )
    assert sentences.data_as_of(NAT, 0, JUNE) == "Belum ada data: unggah berkas dari LP3H untuk memulai."
