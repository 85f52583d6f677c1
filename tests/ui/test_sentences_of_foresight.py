"""What is to come, in words."""

from datetime import date

import pandas as pd
import pytest

from halal_ui import sentences

DAY = "2025-12-31"
NOBODY = pd.DataFrame({"stage": ["fatwa"], "actor": ["fatwa"], "waiting": [0]})


def bands(used: tuple[int, int, int], issued: tuple[int, int, int]) -> pd.DataFrame:
    """A forecast of one date: p10, p50, p90 of either."""
    rows = pd.DataFrame([used, issued], columns=["p10", "p50", "p90"])
    return rows.assign(date=pd.Timestamp(DAY), measure=["used", "issued"], mean=rows["p50"].astype(float))


def sure(used: float, issued: float, goal: int = 1000) -> pd.DataFrame:
    return pd.DataFrame({"measure": ["used", "issued"], "goal": goal, "chance": [used, issued]})


def parts(*chances: float, short: int = 0) -> pd.DataFrame:
    """Places with 100 quota each; their middle is `short` of it where the chance is under one half."""
    names = ["Kabupaten Berau", "Kabupaten Paser", "Kota Bontang", "Kota Samarinda", "Kabupaten Kutai Barat"]
    middle = [100 - (short or 10) if chance < 0.5 else 100 for chance in chances]
    rows = pd.DataFrame({"kab_kota": names[: len(chances)], "chance": [*chances], "p50": middle})
    return rows.assign(goal=100, p10=rows["p50"] - 30, p90=100, mean=rows["p50"] - 5.0 - rows.index[::-1])


def test_the_verdict_tells_both_numbers_the_date_and_how_sure():
    """Neither of the used alone, nor of the pace: used and issued, the date, eight in ten, the chance of all."""
    assert sentences.verdict(bands((860, 940, 990), (430, 600, 790)), sure(0.09, 0.004)) == (
        "Belum dengan cara kerja sekarang – 31 Desember 2025: 860–990 dimanfaatkan dan 430–790 terbit "
        "(8 dari 10 kemungkinan); peluang semua terpakai 9%, semua terbit kurang dari 1%."
    )


@pytest.mark.parametrize(
    ("used", "issued", "of_parts", "lead"),
    [
        (0.99, 0.85, (0.9, 0.9), "Kemungkinan besar ya"),
        (0.99, 0.6, (0.9, 0.9), "Belum tentu"),
        (0.99, 0.1, (0.9, 0.9), "Belum dengan"),
        (0.3, 0.1, (0.9, 0.9), "Belum dengan"),
        # a whole that gets there because one is over its quota while another is not
        (0.99, 0.85, (0.2, 0.9), "Belum tentu"),
    ],
)
def test_the_answer_is_that_of_the_parts_too(used, issued, of_parts, lead):
    """A whole is not said to do well where a part does not."""
    told = sentences.verdict(bands((900, 990, 1000), (900, 950, 999)), sure(used, issued), parts(*of_parts))
    assert told.startswith(lead)
    assert "cukup" not in told


def test_what_is_certain_has_no_chance_beside_it():
    """On 12 December 2025 all was used; what remains open is whether it is issued."""
    told = sentences.verdict(bands((1000, 1000, 1001), (780, 780, 780)), sure(1.0, 0.0))
    assert told.endswith("1.000–1.001 dimanfaatkan dan 780 terbit (8 dari 10 kemungkinan); "
                         "peluang semua terbit kurang dari 1%.")  # fmt: skip


def test_two_equal_chances_are_told_once():
    """So a sentence does not say less than one percent twice."""
    assert "peluang semua terpakai dan semua terbit kurang dari 1%." in sentences.verdict(
        bands((1, 2, 3), (0, 1, 2)), sure(0, 0)
    )


def test_the_parts_that_hold_it_back_are_named():
    """Those that leave most first, three of them by name, the others by their number."""
    assert sentences.holding_back(parts(0.1, 0.2, 0.3, 0.4, 0.9)) == (
        "Yang menahan: Berau 60–100 dari 100 (peluang 10%), Paser 60–100 dari 100 (peluang 20%), "
        "Bontang 60–100 dari 100 (peluang 30%) dan 1 kab/kota lain."
    )
    assert sentences.holding_back(parts(0.6, 0.9)).startswith("Yang paling belum pasti memanfaatkan kuotanya: Berau")
    assert sentences.holding_back(parts(0.85, 0.9)) == (
        "Tidak ada kab/kota yang menahan sendirian: masing-masing memanfaatkan kuotanya dengan peluang 85% atau lebih."
    )
    assert sentences.holding_back(parts(0.1)) == ""
    assert sentences.holding_back(parts(0.1, 0.2).assign(goal=0)) == ""


@pytest.mark.parametrize(
    ("used", "issued", "decides"),
    [
        (983, 369, "Yang menentukan ialah proses sesudah pengajuan (verifikasi, BPJPH, Komite Fatwa): kira-kira 983"),
        (600, 580, "Yang menentukan ialah pengajuan sendiri: kira-kira 600 dari 1.000 dimanfaatkan, dan 580 di"),
        (800, 620, "Yang menentukan ialah keduanya, pengajuan dan proses"),
        (1000, 1000, ""),
        (1001, 1001, ""),
    ],
)
def test_what_stands_in_the_way(used, issued, decides):
    """What is not submitted against what is submitted and not issued."""
    told = sentences.what_binds(bands((0, used, used), (0, issued, issued)), 1000, NOBODY)
    assert told.startswith(decides) if decides else told == ""


def test_where_nothing_can_be_foreseen_it_is_said_and_what_to_do():
    """In words, and with what would mend it."""
    for why, to_do in {"few": "Unggah register", "silent": "Mintalah data terbaru", "over": "sudah terbit"}.items():
        assert to_do in sentences.not_foreseen(why)


def test_the_question_is_of_what_is_looked_at():
    """The quota, the place, the date."""
    asked = sentences.programme_question(100, date(2025, 12, 31), where="Berau")
    assert asked == "Akankah 100 kuota Berau terpakai dan terbit sampai 31 Desember 2025?"


def test_a_surplus_of_one_part_is_not_all_of_the_others():
    """What one place has beyond its quota is no use to another: it is said of 1.000 then, not of all."""
    said, chances, two = bands((860, 940, 1000), (430, 600, 790)), sure(0.3, 0.004), parts(0.4, 0.9)
    assert "peluang semua terpakai 30%, semua terbit" in sentences.verdict(said, chances, two)
    surplus = two.assign(p90=[130, 100])
    assert "peluang 1.000 terpakai 30%, semua terbit" in sentences.verdict(said, chances, surplus)
    assert "peluang 1.000 terpakai 30%" in sentences.verdict(bands((860, 940, 1031), (430, 600, 790)), chances)
