"""The same business twice: found by evidence, and nobody else with it."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import halal_metrics as hm
from halal_metrics.definitions import DEFINITIONS
from halal_metrics.duplicates import BEARERS, CERTAIN, EVIDENCE, LIKELY, NEIGHBOURS, PAIRS
from halal_metrics.names import IDLE, Names

DEMO = Path(__file__).parents[2] / "data" / "demo"
COLUMNS = (
    "nib",
    "phone",
    "business_name",
    "owner_name",
    "address",
    "kecamatan",
    "kab_kota",
    "lp3h",
    "product",
    "status",
)
AMINAH = {
    "nib": "9900000000011",
    "phone": "083600000011",
    "business_name": "Dapur Enggang",
    "owner_name": "Siti Aminah Lestari",
    "address": "Jl. Mawar RT 12 No. 3",
    "kecamatan": "Palaran",
    "kab_kota": "Kota Samarinda",
    "lp3h": "PWI Kaltim",
    "product": "Amplang Bandeng",
    "status": "submitted",
}
OTHERS = {"nib": "9900000000022", "phone": "083600000022", "lp3h": "LP3H UINSI Samarinda"}


def register(*rows):
    table = pd.DataFrame([dict.fromkeys(COLUMNS) | row for row in rows], columns=list(COLUMNS)).astype("str")
    return table.assign(registration_number=[f"SH2025-1-99{number:04d}" for number in range(1, len(table) + 1)])


def reasons(first, second, **options):
    """What is found to speak for two rows being one business; None where they are no pair."""
    found = hm.duplicates(register(first, second), **options)
    return set(found["reasons"].iloc[0].split()) if len(found) else None


ONE_BUSINESS = {
    "NIB and nothing else": ({"nib": AMINAH["nib"]}, {"nib": AMINAH["nib"]}),
    "NIB, and all else differs": (
        AMINAH,
        {"nib": AMINAH["nib"], "business_name": "Warung Pesut", "owner_name": "Budi Hartono"},
    ),
    "owner misspelt, no numbers": (
        AMINAH | {"nib": None, "phone": None},
        AMINAH | {"nib": None, "phone": None, "owner_name": "Sitti Aminnah Lestari", "address": None},
    ),
    "with a title, in another order": (
        AMINAH | {"nib": None},
        AMINAH
        | {"nib": None, "phone": None, "owner_name": "Hj. LESTARI, Siti Aminah", "business_name": "UD Dapur Enggang"},
    ),
    "phone and business": (
        {"phone": AMINAH["phone"], "business_name": "Dapur Enggang"},
        {"phone": AMINAH["phone"], "business_name": "Dapur  Engang"},
    ),
    "phone and owner, two LP3H": (AMINAH | {"nib": None}, AMINAH | OTHERS | {"nib": None, "phone": AMINAH["phone"]}),
    "NIB with one digit mistyped": (AMINAH, AMINAH | {"nib": "9900000000017", "phone": None, "address": None}),
}


@pytest.mark.parametrize(("first", "second"), ONE_BUSINESS.values(), ids=list(ONE_BUSINESS))
def test_one_business_twice(first, second):
    """Evidence enough is a pair, whichever row comes first."""
    assert reasons(first, second)
    assert reasons(second, first) == reasons(first, second)


TWO_BUSINESSES = {
    "a pendamping's phone and nothing else": (
        AMINAH,
        {"phone": AMINAH["phone"], "business_name": "Warung Pesut", "owner_name": "Budi Hartono", "nib": OTHERS["nib"]},
    ),
    "namesakes with a NIB each": (AMINAH, AMINAH | OTHERS | {"address": "Jl. Durian 7", "kecamatan": "Sambutan"}),
    "namesakes in two places": (
        AMINAH | {"nib": None, "phone": None, "kecamatan": None, "address": None},
        AMINAH | {"nib": None, "phone": None, "kecamatan": None, "address": None, "kab_kota": "Kota Bontang"},
    ),
    "one owner's two businesses": (AMINAH, AMINAH | {"business_name": "Kue Basah Wati"} | OTHERS),
    "neighbours with one product": (AMINAH, AMINAH | OTHERS | {"owner_name": "Budi", "business_name": "Warung Pesut"}),
    "nothing known of either": ({"kab_kota": "Kota Bontang"}, {"kab_kota": "Kota Bontang"}),
}


@pytest.mark.parametrize(("first", "second"), TWO_BUSINESSES.values(), ids=list(TWO_BUSINESSES))
def test_two_businesses(first, second):
    """What many share is no evidence."""
    assert reasons(first, second) is None


def test_a_pair_says_why():
    """Every point has its reason, in favour and against, and the sum of them is the score."""
    found = hm.duplicates(register(AMINAH, AMINAH | {"phone": "083600000099", "product": None}))
    (pair,) = found.to_dict("records")
    expected = ["same_nib", "other_phone", "same_business", "same_owner", "same_address", "same_kecamatan"]
    assert pair["reasons"].split() == expected
    assert pair["score"] == sum(EVIDENCE[code] for code in expected) >= CERTAIN


def test_one_that_has_left_settles_the_pair():
    """A cancelled, rejected or replaced one no longer counts: the pair is only shown if asked for."""
    for status in ("cancelled", "rejected", "replaced"):
        assert reasons(AMINAH, AMINAH | {"status": status}) is None
        assert reasons(AMINAH | {"status": status}, AMINAH, resolved=True)


def test_certified_elsewhere():
    """An application and the certificate of another programme; two certificates are no pair."""
    certificate = register(AMINAH, AMINAH).assign(certificate_number="ID64110000990000323", registration_number=None)
    found = hm.duplicates(register(AMINAH), certificate)
    assert set(found["kind"]) == {"certificate"}
    assert set(found["first"]) == {"SH2025-1-990001"}
    assert set(found["second"]) == {"ID64110000990000323"}
    assert hm.duplicates(register(AMINAH | {"status": "replaced"}), certificate).empty
    assert found["other_lp3h"].isna().all() or set(found["other_lp3h"]) == {"PWI Kaltim"}


def test_a_nik_is_never_evidence():
    """Excel ends most of them in 0: rows that share one, and nothing else, are no pair."""
    rows = register({"owner_name": "Siti"}, {"owner_name": "Budi"}).assign(nik="9901014101900000")
    assert hm.duplicates(rows).empty


def test_a_phone_of_many_is_a_pendampings():
    """Beyond a few bearers a phone says nothing; with a few it still does."""
    owner = {"phone": AMINAH["phone"], "owner_name": "Siti Aminah Lestari"}
    strangers = [{"phone": AMINAH["phone"], "owner_name": f"Orang {name}"} for name in ("Timur", "Barat")]
    assert len(hm.duplicates(register(owner, owner, *strangers))) == 1
    many = [*strangers, *({"phone": AMINAH["phone"], "owner_name": name * 6} for name in "bcdfg"[: BEARERS - 3])]
    assert hm.duplicates(register(owner, owner, *many)).empty


def test_pairs_keep_their_name():
    """The same two have the same name on another day, in another order, with other rows between them."""
    rows = register(AMINAH, {"nib": "9900000000033"}, AMINAH)
    (name,) = hm.duplicates(rows)["pair"]
    assert hm.duplicates(rows.iloc[::-1])["pair"].tolist() == [name]
    assert hm.duplicates(rows.iloc[[0, 2]].assign(status="issued"))["pair"].tolist() == [name]


def test_the_earlier_submitted_stands_first():
    """So that one sees which came later, whatever the order of the rows."""
    dates = pd.to_datetime(["2025-05-20", "2025-05-02"])
    found = hm.duplicates(register(AMINAH, AMINAH).assign(submitted_date=dates))
    assert found[["first", "second"]].values.tolist() == [["SH2025-1-990002", "SH2025-1-990001"]]


@pytest.mark.parametrize("rows", [[], [AMINAH]], ids=["none", "one"])
def test_nothing_to_compare(rows):
    """An empty frame with the columns of any other."""
    found = hm.duplicates(register(*rows))
    assert found.empty
    assert dict(found.dtypes.astype(str)) == PAIRS


def test_the_demonstration_set_has_these_and_no_others():
    """Seven businesses at two LP3H and 34 certified by SEHATI, all settled by the end of the year."""
    registers = pd.concat([hm.read_upload(file).frame for file in sorted(DEMO.glob("2025-12-19 Register*"))])
    (elsewhere,) = DEMO.glob("*SEHATI*")
    certificates = hm.read_upload(elsewhere).frame
    found = hm.duplicates(registers, certificates, resolved=True)
    assert found["kind"].value_counts().to_dict() == {"application": 7, "certificate": 34}
    assert hm.duplicates(registers, certificates).empty


def test_many_with_one_name_are_not_all_compared():
    """In a block of thousands each meets its neighbours only: the cost grows with the rows."""
    count = 3000
    rows = pd.concat([register(AMINAH | {"nib": None, "phone": None, "address": None})] * count, ignore_index=True)
    rows["registration_number"] = [f"SH2025-1-{number:06d}" for number in range(count)]
    found = hm.duplicates(rows)
    assert count <= len(found) <= count * NEIGHBOURS


words = st.sampled_from(["Siti", "siti ", "ST.", "Aminah", "AMINAH", "Hj.", "", "–", None, "Ñoño", "M.", "Muhammad"])


@settings(max_examples=60)
@given(st.lists(st.lists(words, max_size=3).map(lambda some: " ".join(filter(None, some)) or None), max_size=8))
def test_names_say_who_and_not_how(names):
    """Case, order, titles and short forms make no difference; each word is beside the row it is from."""
    turned = [name and "  ".join(reversed(name.upper().split())) for name in names]
    told, again = (Names(pd.Series(some, dtype="str"), IDLE["owner_name"]) for some in (names, turned))
    assert told.text.tolist() == again.text.tolist()
    assert [len(text.split()) for text in told.text] == np.bincount(told.row, minlength=len(names)).tolist()
    assert all(text == " ".join(sorted(text.split())) for text in told.text)


def test_the_words_agree_with_the_code():
    """The definition names every piece of evidence with its points, and the cut-offs."""
    told = DEFINITIONS["duplicates.score"]
    for points in EVIDENCE.values():
        assert f" {abs(points)}" in told.formula
    rules = " ".join(told.edges)
    for limit in (f"mulai {LIKELY} poin", f"mulai {CERTAIN} poin", f"lebih dari {BEARERS} "):
        assert limit in rules
