"""`reallocation`: what moves to where it is claimed, by an order and a split that nobody can lose by doing better."""

import datetime as dt
import re
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programmes import PROGRESS, QUOTAS, clothes, dressed, rows
from reallocating import AS_OF, CAPACITY, CELL, arguments, cases, least_squares, reallocation

import halal_metrics as hm
from halal_metrics.reallocation import webster
from halal_metrics.reallocation_cells import RULES
from halal_ui.words.labels import REALLOCATION_RULE

FIGURES = ["quota", "used", "capacity", "gives", "receives", "new_quota"]


def proposal(quotas, flows, terms, **changed):
    frames, named = arguments(quotas, flows, terms)
    return hm.reallocation(*frames, **(named | changed))


def keyed(table):
    return rows(table, CELL)


def figures(table):
    return {key: {name: row[name] for name in FIGURES} for key, row in keyed(table).items()}


# ---- equal to what was written a second time


@given(cases())
def test_equals_the_oracle(case):
    """Slot by slot, with exact fractions."""
    quotas, flows, terms = case
    assert figures(proposal(quotas, flows, terms)) == reallocation(quotas, flows, **terms)


@settings(max_examples=150)
@given(cases(most_quota=6, most_rows=4))
def test_equals_the_best_of_all_ways(case):
    """Of every way to hand out a step, the one with the least Σ received² ÷ claim."""
    quotas, flows, terms = case
    assert figures(proposal(quotas, flows, terms)) == reallocation(quotas, flows, **terms, share=least_squares)


def test_a_published_split():
    """53.000, 24.000 and 23.000 votes share seven seats 3 : 2 : 2 (Wikipedia, "Sainte-Laguë method")."""
    assert webster(7, [53_000, 24_000, 23_000], [0, 0, 0]) == [3, 2, 2]


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=26), st.data())
def test_a_large_split_has_the_least_squares(claims, data):
    """No single slot moved from one to another would lessen Σ received² ÷ claim; all are handed out, none too many."""
    count = data.draw(st.integers(0, sum(claims)))
    got = webster(count, claims, [0] * len(claims))
    assert sum(got) == count
    assert all(0 <= has <= claim for has, claim in zip(got, claims, strict=True))
    last = [Fraction(2 * has - 1, claim) for has, claim in zip(got, claims, strict=True) if has]
    more = [Fraction(2 * has + 1, claim) for has, claim in zip(got, claims, strict=True) if has < claim]
    assert not last or not more or max(last) <= min(more)


# ---- what holds always


@given(cases())
def test_nothing_is_lost_and_nothing_used_is_taken(case):
    """Σ new_quota = Σ quota + extra; new_quota ≥ min(used, quota); nobody gives and receives."""
    quotas, flows, terms = case
    table = proposal(quotas, flows, terms)
    assert table["new_quota"].sum() == sum(row["quota"] for row in quotas) + terms["extra"]
    assert (table["new_quota"] == table["quota"] - table["gives"] + table["receives"]).all()
    assert table["receives"].sum() == table["gives"].sum() + terms["extra"]
    assert (table["new_quota"] >= table[["used", "quota"]].min(axis=1)).all()
    assert ((table["gives"] == 0) | (table["receives"] == 0)).all()
    assert (table[["gives", "receives", "new_quota", "capacity"]] >= 0).all(axis=None)


@given(cases(), st.randoms(use_true_random=False), clothes)
def test_indifferent_to_row_order_and_dtypes(case, random, worn):
    """Shuffled rows in other clothes give the same rows, and no input is changed."""
    quotas, flows, terms = case
    before = proposal(quotas, flows, terms)
    for table in (quotas, flows, terms["keep"], terms["capacity"] or []):
        random.shuffle(table)
    frames, named = arguments(quotas, flows, terms)
    tables = [dressed(table, columns, worn) for table, columns in zip(frames, (QUOTAS, PROGRESS), strict=True)]
    if named["capacity"] is not None:
        tables.append(named.pop("capacity").pipe(dressed, CAPACITY, worn))
    copies = [table.copy(deep=True) for table in tables]
    pd.testing.assert_frame_equal(
        hm.reallocation(*tables[:2], **dict(zip(["capacity"], tables[2:], strict=False)) | named), before
    )
    for table, copy in zip(tables, copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)


@given(cases(), st.data())
def test_the_rows_of_a_cell_are_one(case, data):
    """An allocation written in two rows is one; so is a capacity."""
    quotas, flows, terms = case
    cut = [
        part for row in quotas for part in (row | {"quota": row["quota"] // 2}, row | {"quota": -(-row["quota"] // 2)})
    ]
    stated = terms["capacity"] and [part for row in terms["capacity"] for part in (row | {"capacity": 0}, row)]
    pd.testing.assert_frame_equal(proposal(cut, flows, terms | {"capacity": stated}), proposal(quotas, flows, terms))


@given(cases())
def test_columns_names_and_dtypes(case):
    """Sorted by name, missing last; text str, counts int64, the rate float64."""
    table = proposal(*case)
    assert list(table.columns) == [*CELL, "quota", "used", "absorption_rate", *FIGURES[2:], "rule", "reason"]
    expected = dict.fromkeys(FIGURES, "int64") | dict.fromkeys((*CELL, "rule", "reason"), "str")
    assert dict(table.dtypes.astype(str)) == expected | {"absorption_rate": "float64"}
    assert table.index.equals(pd.RangeIndex(len(table)))
    pd.testing.assert_frame_equal(table, table.sort_values(list(CELL), na_position="last", ignore_index=True))
    assert (table["absorption_rate"].isna() == (table["quota"] == 0)).all()
    assert not table[["rule", "reason"]].isna().any(axis=None)


# ---- nobody loses by doing better


def by_cell(table):
    return {key: row["new_quota"] for key, row in keyed(table).items()}


@given(cases(), st.sampled_from([0, 60]))
def test_one_more_used_never_gives_the_cell_less(case, days_ago):
    """Whether it counts for the pace or is older than that."""
    quotas, flows, terms = case
    before = by_cell(proposal(quotas, flows, terms))
    for key in before.keys() - {(None, None)}:
        more = dict(zip(CELL, key, strict=True)) | {"stage": "submitted", "count": 1}
        after = by_cell(proposal(quotas, [*flows, more | {"date": AS_OF - dt.timedelta(days_ago)}], terms))
        assert after[key] >= before[key], key


@given(cases())
def test_one_more_capacity_never_gives_the_cell_less(case):
    """Stated for all, then one more of one."""
    quotas, flows, terms = case
    table = proposal(quotas, flows, terms)
    stated = [dict(zip(CELL, key, strict=True)) | {"capacity": row["capacity"]} for key, row in keyed(table).items()]
    before = by_cell(table)
    for place, key in enumerate(before):
        more = [row | {"capacity": row["capacity"] + (at == place)} for at, row in enumerate(stated)]
        assert by_cell(proposal(quotas, flows, terms | {"capacity": more}))[key] >= before[key], key


@given(cases())
def test_one_more_extra_gives_nobody_less(case):
    """Not even what is left for nobody."""
    quotas, flows, terms = case
    before = by_cell(proposal(quotas, flows, terms))
    after = by_cell(proposal(quotas, flows, terms | {"extra": terms["extra"] + 1}))
    assert all(after[key] >= quota for key, quota in before.items())


@given(cases())
def test_a_kept_cell_keeps_and_nobody_receives_more_for_it(case):
    """Each in turn objects."""
    quotas, flows, terms = case
    before = keyed(proposal(quotas, flows, terms))
    for key in before:
        after = keyed(proposal(quotas, flows, terms | {"keep": [*terms["keep"], key]}))
        assert after[key]["gives"] == 0
        assert all(after[other]["receives"] <= row["receives"] for other, row in before.items())


# ---- rules and reasons

BERAU, BONTANG, PASER = "Kabupaten Berau", "Kota Bontang", "Kabupaten Paser"
NUMBER = r"[\d.]+(?:,\d+)?"


def plan_of(*cells):
    """(quotas, progress) of cells (kab_kota, lp3h, quota, used), used long ago."""
    table = pd.DataFrame(cells, columns=[*CELL, "quota", "used"])
    table = table.astype(dict.fromkeys(CELL, "str"))
    progress = table.rename(columns={"used": "count"}).assign(date=pd.Timestamp("2025-03-03"), stage="submitted")
    return table[[*CELL, "quota"]], progress[progress["count"] > 0]


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


# ---- the edges


def test_nothing_at_all():
    """No row, typed; with extra quota one row, that holds it."""
    nothing = pd.DataFrame({"quota": pd.Series([], dtype="int64")}), hm.progress()
    table = hm.reallocation(*nothing, as_of=AS_OF, until=AS_OF)
    assert len(table) == 0
    assert table.dtypes.equals(hm.reallocation(*nothing, as_of=AS_OF, until=AS_OF, extra=3).dtypes)
    table = hm.reallocation(*nothing, as_of=AS_OF, until=AS_OF, extra=3)
    assert keyed(table)[None, None]["new_quota"] == 3
    assert table["rule"].tolist() == ["extra"]


def test_past_the_last_day_nobody_can_submit_more():
    """Only what is over its quota is covered."""
    cells = plan_of((BERAU, "A", 20, 0), (PASER, "A", 20, 21), (BONTANG, "A", 20, 20))
    cells[1]["date"] = pd.Timestamp("2025-06-02")
    table = hm.reallocation(*cells, as_of=AS_OF, until="2025-06-01")
    assert table[["capacity", "receives"]].values.tolist() == [[0, 0], [0, 1], [0, 0]]


def test_without_progress_only_extra_moves():
    """Nobody has used anything, so nobody claims."""
    quotas, progress = plan_of((BERAU, "A", 20, 0), (None, None, 30, 0))
    table = hm.reallocation(quotas, progress, as_of=AS_OF, until="2025-12-31", extra=5)
    assert table["new_quota"].tolist() == [20, 35]
    assert table["gives"].tolist() == [0, 0]


def test_tables_that_name_no_lp3h_or_place():
    """The missing group takes what they have."""
    quotas = pd.DataFrame({"kab_kota": [BONTANG], "quota": [10]})
    progress = pd.DataFrame({"date": pd.to_datetime(["2025-06-01"]), "lp3h": ["A"], "stage": "submitted", "count": [4]})
    table = hm.reallocation(quotas, progress, as_of="2025-06-04", until=pd.Timestamp("2025-12-31"))
    assert figures(table) == {
        (BONTANG, None): {"quota": 10, "used": 0, "capacity": 0, "gives": 4, "receives": 0, "new_quota": 6},
        (None, "A"): {"quota": 0, "used": 4, "capacity": 30, "gives": 0, "receives": 4, "new_quota": 4},
    }


def test_a_capacity_that_is_not_stated_is_the_pace():
    """Of a cell that is not in the frame, or has no number there."""
    quotas, progress = plan_of((BERAU, "A", 8, 8), (BONTANG, "A", 8, 8), (PASER, "A", 8, 8))
    progress["date"] = pd.Timestamp("2025-06-01")
    stated = pd.DataFrame({"kab_kota": [BERAU, BONTANG], "lp3h": "A", "capacity": pd.array([1, None], "Int64")})
    table = hm.reallocation(quotas, progress, as_of=AS_OF, until="2025-07-02", capacity=stated)
    assert table["capacity"].tolist() == [1, 8, 8]


def test_a_share_is_the_decimal_it_is_written_as():
    """29% of 100 are 29, though 0.29 × 100 is less in binary fractions."""
    quotas, progress = plan_of((BERAU, "A", 100, 0), (BONTANG, "A", 0, 50))
    assert hm.reallocation(quotas, progress, as_of=AS_OF, until=AS_OF, floor=0.29)["gives"].tolist() == [29, 0]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA], ids=["None", "NaN", "NA"])
def test_an_objection_of_what_names_no_lp3h(missing):
    """However a missing name is written; an objection of nobody we know keeps nothing."""
    cells = plan_of((BERAU, None, 20, 0), (BONTANG, "A", 0, 5))
    keep = [(BERAU, missing), ("Kabupaten Lain", "A")]
    assert hm.reallocation(*cells, as_of=AS_OF, until=AS_OF, keep=keep)["gives"].tolist() == [0, 0]


@pytest.mark.parametrize(
    "wrong",
    [{"floor": 1.1}, {"floor": -0.1}, {"receive": -1}, {"receive": float("nan")}, {"extra": -1}, {"extra": 0.5}],
    ids=str,
)
def test_terms_that_make_no_sense(wrong):
    """Said by name, before anything is figured."""
    with pytest.raises(ValueError, match=next(iter(wrong))):
        hm.reallocation(*plan_of((BERAU, "A", 1, 1)), as_of=AS_OF, until=AS_OF, **wrong)


@pytest.mark.parametrize("capacity", [-1, float("inf")])
def test_capacities_that_make_no_sense(capacity):
    """A forecast that went wrong is not shared out."""
    stated = pd.DataFrame({"kab_kota": [BERAU], "lp3h": ["A"], "capacity": [capacity]})
    with pytest.raises(ValueError, match="capacity"):
        hm.reallocation(*plan_of((BERAU, "A", 1, 1)), as_of=AS_OF, until=AS_OF, capacity=stated)
