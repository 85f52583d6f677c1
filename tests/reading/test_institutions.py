"""How an LP3H is written, and which one it is."""

import pandas as pd
import pytest

from halal_metrics import institutions

SPELLINGS = {
    "Halal Center Universitas Mulawarman": "LP3 Halal Center Unmul | LP3H Unmul | UNMUL | LP2M Unmul | "
    "Puslit Halal Center LP2M Unmul | Pusat Penelitian Halal Center | LP3H Unmul Samarinda",
    "LP3H UINSI Samarinda": "LP3H UINSI | UINSI Samarinda | UIN Samarinda | PUKAHA UINSI | "
    "UIN Sultan Aji Muhammad Idris | UIN SAMID | lp3h uinsi samarinda | L3PH UINSI",
    "LP3H Al-Raudah (Kukar)": "LP3 Halal Center Al Raudah | Al-Raudah | Ar-Raudah | LP3H Al-Raudah (Kukar)",
    "LP3H Institut Teknologi Kalimantan": "ITK | LP3H ITK | Institut Teknologi Kalimantan",
    "PWI Kaltim": "PWI Kaltim | Perkumpulan Wanita Islam | Perkumpulan Wanita Indonesia",
    "LP3H UIN Sunan Kalijaga": "UIN Sunan Kalijaga | UIN SUKA",
    "Pusat Halal Universitas Airlangga": "Pusat Halal Unair | Unair",
}


def one(value: str) -> pd.Series:
    return institutions.resolve(pd.Series([value])).iloc[0]


@pytest.mark.parametrize(
    ("canonical", "spelling"),
    [(canonical, text.strip()) for canonical, texts in SPELLINGS.items() for text in texts.split("|")],
)
def test_known_spellings_are_taken_without_a_word(canonical, spelling):
    """Every way a partner institution is written leads to its one name."""
    found = one(spelling)
    assert (found["canonical"], pd.isna(found["code"])) == (canonical, True)


@pytest.mark.parametrize("name", ["Hidayatullah", "Unmuh", "UINSA", "Al-Rahmah", "LP3H Baru Rekaan"])
def test_an_unknown_institution_is_kept_as_written(name):
    """It is a group of its own, with an info; a short name one letter off is no match."""
    found = one(name)
    assert (found["canonical"], found["severity"]) == (name, "info")


@pytest.mark.parametrize(
    "name", ["LPH UINSI", "LPH Unmul", "LPH Pratama UINSI Samarinda", "Lembaga Pemeriksa Halal ITK"]
)
def test_an_lph_is_no_lp3h(name):
    """The inspection body of a house is never folded into its LP3H."""
    found = one(name)
    assert pd.isna(found["canonical"])
    assert found["severity"] == "warning"


def test_a_slip_in_a_long_name_is_taken_with_a_warning():
    """The guess is named."""
    found = one("Universitas Mulawarmn")
    assert (found["canonical"], found["severity"]) == ("Halal Center Universitas Mulawarman", "warning")
    assert found["canonical"] in found["message"]


def test_every_institution_has_a_label():
    """Labels are short and distinct."""
    assert tuple(institutions.SHORT) == institutions.LP3H
    assert len(set(institutions.SHORT.values())) == len(institutions.LP3H)
