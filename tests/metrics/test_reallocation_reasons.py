"""Rules and reasons of `reallocation`: what became of each cell, in a sentence that can be worked out again."""

import re
from fractions import Fraction

import pandas as pd
from hypothesis import given
from reallocating import AS_OF, BERAU, BONTANG, CELL, cases, plan_of, proposal

import halal_metrics as hm
from halal_metrics.reallocation_cells import RULES
from halal_ui.words.labels import REALLOCATION_RULE

NUMBER = r"[\d.]+(?:,\d+)?"


def told(*cells, capacity=(), until="2025-12-31", **terms):
    """(rule, reason) of each cell."""
    stated = pd.DataFrame(capacity, columns=[*CELL, "capacity"])
    table = hm.reallocation(*plan_of(*cells), as_of=AS_OF, until=until, capacity=stated, **terms)
    return list(zip(table["rule"], table["reason"], strict=True))


def test_gives_and_covers():
    """What is below the floor covers what is over its quota; half a slot stays."""
    assert told((BERAU, "A", 25, 4), (BONTANG, "A", 2, 5)) == [
        (
            "below_floor",
            "Kuota 25, dimanfaatkan 4, di bawah batas 50%: 50% × 25 − 4 = 8,5, dibulatkan ke bawah menjadi 8, dapat "
            "dialihkan; dialihkan 3, kuota baru 22.",
        ),
        ("covered", "Kuota 2, dimanfaatkan 5: 5 − 2 = 3 di atas kuota; menerima 3, kuota baru 5."),
    ]


def test_undivided_first():
    """Quota without an LP3H goes before that of who is below the floor, which nobody then needs."""
    assert told((BERAU, "A", 20, 0), (BERAU, None, 1000, 0), (BONTANG, "A", 0, 5)) == [
        (
            "no_receiver",
            "Kuota 20, dimanfaatkan 0, di bawah batas 50%: 50% × 20 − 0 = 10 dapat dialihkan, tetapi tidak ada lagi "
            "yang memerlukan; kuota tetap 20.",
        ),
        (
            "undivided",
            "Kuota tanpa LP3H 1.000, dimanfaatkan 0: 1.000 − 0 = 1.000 dapat dialihkan; dialihkan 5, kuota baru 995.",
        ),
        ("covered", "Kuota 0, dimanfaatkan 5: 5 − 0 = 5 di atas kuota; menerima 5, kuota baru 5."),
    ]


def test_receives_as_much_as_there_is():
    """The claim is worked out in the sentence; who has enough claims nothing, who is in between neither."""
    cells = (BERAU, "A", 20, 3), (BERAU, "B", 20, 10), (BONTANG, "A", 20, 18), (BONTANG, "B", 20, 18)
    assert told(*cells, capacity=[(BONTANG, "A", 12), (BONTANG, "B", 2)]) == [
        (
            "below_floor",
            "Kuota 20, dimanfaatkan 3, di bawah batas 50%: 50% × 20 − 3 = 7 dapat dialihkan; dialihkan 7, "
            "kuota baru 13.",
        ),
        ("between", "Kuota 20, dimanfaatkan 10: di antara batas 50% × 20 = 10 dan 65% × 20 = 13; kuota tetap 20."),
        (
            "receives",
            "Kuota 20, dimanfaatkan 18, mencapai batas 65%: mampu mengajukan 12 lagi, memerlukan 18 + 12 − 20 = 10; "
            "menerima 7 karena tidak ada lagi kuota yang dapat dialihkan, kuota baru 27.",
        ),
        (
            "at_capacity",
            "Kuota 20, dimanfaatkan 18, mencapai batas 65%: mampu mengajukan 2 lagi, tidak memerlukan lebih dari "
            "sisanya 20 − 18 = 2; kuota tetap 20.",
        ),
    ]


def test_kept_and_none_left():
    """An accepted objection is said, and what it costs the other."""
    cells = (BERAU, "A", 20, 3), (BONTANG, "A", 20, 20)
    assert told(*cells, capacity=[(BONTANG, "A", 5)], keep=[(BERAU, "A")]) == [
        (
            "kept",
            "Kuota 20, dimanfaatkan 3, di bawah batas 50%: 50% × 20 − 3 = 7 dapat dialihkan, tetapi keberatannya "
            "diterima; kuota tetap 20.",
        ),
        (
            "none_left",
            "Kuota 20, dimanfaatkan 20, mencapai batas 65%: mampu mengajukan 5 lagi, memerlukan 20 + 5 − 20 = 5, "
            "tetapi tidak ada lagi kuota yang dapat dialihkan; kuota tetap 20.",
        ),
    ]


def test_extra_nobody_claims():
    """It becomes the row without place and LP3H, or joins it."""
    over = (BONTANG, "A", 20, 23)
    start = "Kuota tanpa kab/kota dan LP3H"
    rest = "dari tambahan 10 tidak ada yang memerlukan"
    assert told(over, extra=10)[1] == ("extra", f"{start} 0, dimanfaatkan 0: {rest} 7; menerima 7, kuota baru 7.")
    assert told(over, (None, None, 30, 0), extra=10)[1] == (
        "extra",
        f"{start} 30, dimanfaatkan 0: {rest} 7; menerima 7, kuota baru 37.",
    )
    assert told((None, None, 0, 4), extra=10)[0] == (
        "extra",
        f"{start} 0, dimanfaatkan 4: 4 − 0 = 4 di atas kuota, dan {rest} 6; menerima 10, kuota baru 10.",
    )


def test_the_pace_stands_in_the_reason():
    """28 days' submissions, times days, ÷ 28, rounded down."""
    quotas, _ = plan_of((BONTANG, "A", 10, 0))
    progress = pd.DataFrame(
        {"date": pd.to_datetime(["2025-05-07", "2025-05-08", "2025-05-20"]), "kab_kota": BONTANG, "lp3h": "A"}
    ).assign(stage="submitted", count=[3, 2, 5])
    table = hm.reallocation(quotas, progress, as_of=AS_OF, until="2025-07-14")
    assert table["capacity"].tolist() == [10]  # 7 × 40 ÷ 28, and the 7 May is 28 days ago: no longer in it
    assert table["reason"].tolist() == [
        "Kuota 10, dimanfaatkan 10, mencapai batas 65%: 7 pengajuan dalam 28 hari terakhir, dengan laju itu mampu "
        "mengajukan 10 lagi dalam 40 hari, memerlukan 10 + 10 − 10 = 10, tetapi tidak ada lagi kuota yang dapat "
        "dialihkan; kuota tetap 10."
    ]


def value(text):
    """What a sum in a reason comes to, read from the left: those there are need no order of operations."""
    number = Fraction(0)
    for sign, digits, percent in re.findall(rf"([+×−]?) ?({NUMBER})(%?)", text):
        each = Fraction(digits.replace(".", "").replace(",", ".")) / (100 if percent else 1)
        number = number * each if sign == "×" else number - each if sign == "−" else number + each
    return number


@given(cases())
def test_every_reason_can_be_worked_out_again(case):
    """One sentence with quota, used, what moves and the new quota; every sum in it is right."""
    quotas, flows, terms = case
    for row in proposal(quotas, flows, terms).itertuples():
        said = row.reason
        assert row.rule in RULES
        assert re.fullmatch(r"Kuota[^.]*(?:\.\d{3}[^.]*)*\.", said), said
        first, used = re.match(
            rf"Kuota(?: tanpa)?[a-z/ ]*(?:LP3H )?(−?{NUMBER}), dimanfaatkan (−?{NUMBER})", said
        ).groups()
        assert (value(first), value(used)) == (row.quota, row.used)
        ending = re.search(rf"; (?:(dialihkan|menerima) (.*), kuota baru|kuota tetap) ({NUMBER})\.$", said)
        assert ending, said
        moved = sum(value(each) for each in re.findall(NUMBER, ending[2] or ""))
        assert value(ending[3]) == row.new_quota
        assert moved == (row.receives if ending[1] == "menerima" else row.gives)
        for left, right in re.findall(rf"((?:−?{NUMBER}%? [+×−] )+−?{NUMBER}) = (−?{NUMBER})", said):
            assert abs(value(left) - value(right)) < Fraction(1, 100), said


@given(cases())
def test_the_rule_says_what_became_of_it(case):
    """Who gives, who receives, and of the others why not."""
    for row in proposal(*case).itertuples():
        undivided = pd.isna(row.kab_kota) or pd.isna(row.lp3h)
        if row.gives:
            assert row.rule == ("undivided" if undivided else "below_floor")
        elif row.receives:
            assert row.rule in ("receives", "covered", "extra")
            assert row.rule != "covered" or row.receives <= row.used - row.quota
        else:
            assert row.rule in ("no_receiver", "at_capacity", "none_left", "between", "kept")


def test_every_rule_has_its_words():
    """On screen none is seen by its English name."""
    assert list(REALLOCATION_RULE) == RULES
