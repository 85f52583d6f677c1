"""Personal data as meetings may see them."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halal_ui.words import masks

PERSONAL = {
    "phone": ["081234567890", "0812-3456-7890", "+6281234567890", "12345", "tidak ada", None],
    "owner_name": ["Siti Aminah", "H. Ahmad Fauzi Rahman, S.E.", "Sukarni", "9901014101900001", "-", None],
    "address": ["Jl. Mawar No. 3 RT 05 Kel. Sempaja", "Kec. Sangatta Utara", "x", "9", " ", None],
}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("081234567890", "0812••••••90"),
        ("0812-3456-7890", "0812••••••90"),
        ("08123456789012", "0812••••••12"),
        ("0541731234", "0541••••••34"),
        ("12345678", "••••••"),
        ("tidak ada", "••••••"),
        (None, ""),
    ],
)
def test_a_phone_keeps_its_ends(written, shown):
    """Enough to tell two numbers apart, not enough to dial; what is too short is hidden whole."""
    assert masks.phone(written) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Siti Aminah", "Siti A."),
        ("SITI NUR AMINAH", "SITI N."),
        ("Hj. Siti Aminah", "Siti A."),
        ("Dr. H. Budi Santoso, M.Si.", "Budi S."),
        ("Hartono Wijaya", "Hartono W."),
        ("  Andi", "A."),
        ("Ketut (Bu Made)", "K."),
        ("H. Andi", "A."),
        ("990101", "••••••"),
        (None, ""),
    ],
)
def test_an_owner_keeps_the_first_name(written, shown):
    """Titles are no name, a second name is an initial, and a single name is not given away."""
    assert masks.owner(written) == shown


def test_nothing_of_an_address_is_left():
    """The kecamatan has a column of its own."""
    assert {masks.address(text) for text in PERSONAL["address"][:5]} == {masks.HIDDEN}


def test_a_frame_is_masked_column_by_column():
    """Every personal column, before and after a change, in whatever dtype; all others as they were."""
    frame = pd.DataFrame(PERSONAL | {"nib": ["9900000000001"] * 6, "count": range(6)}, dtype=object)
    frame = frame.assign(phone_before=frame["phone"].astype("category"), owner_name_before=frame["owner_name"])
    shown = masks.masked(frame)
    assert list(shown) == list(frame)
    for name, mask in (("phone", masks.phone), ("owner_name", masks.owner), ("address", masks.address)):
        assert shown[name].fillna("").tolist() == [mask(value) for value in PERSONAL[name]]
        if f"{name}_before" in shown:
            assert shown[f"{name}_before"].fillna("").tolist() == shown[name].fillna("").tolist()
    pd.testing.assert_frame_equal(shown[["nib", "count"]], frame[["nib", "count"]])


def test_numbers_in_free_text_are_hidden():
    """A phone or an identity number typed into a note is hidden there; dates, amounts and registration numbers stay."""
    note = "NIK 9901014101900001, hub. +62 812 3456 7890; SH2025-1-990001 dikembalikan 31/05/2025, kuota 1.000"
    shown = masks.masked(pd.DataFrame({"note": [note], "obstacle": [None]}))
    assert shown["note"].tolist() == ["NIK ••••••, hub. ••••••; SH2025-1-990001 dikembalikan 31/05/2025, kuota 1.000"]
    assert shown["obstacle"].isna().all()


words = st.lists(st.text("abcéΩ", min_size=2, max_size=9), min_size=1, max_size=4)


@settings(max_examples=100, deadline=None)
@given(st.text("0123456789 -+.()", max_size=20), words, st.sampled_from([" ", "  ", ". ", ", ", " '"]))
def test_whatever_is_written_never_comes_out_whole(number, name, between):
    """At most six digits of a phone; of a name at most one of several words and a letter, of one word a letter."""
    assert len(re.sub(r"\D", "", masks.phone(number))) <= 6
    letters = re.sub(r"[\W\d_]", "", masks.owner(between.join(name)))
    assert len(letters) <= (max(map(len, name)) + 1 if len(name) > 1 else 1)
