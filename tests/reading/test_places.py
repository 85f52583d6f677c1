"""How a place is written, and which of the ten it is; or none, and why."""

from pathlib import Path

import pandas as pd
import pytest

from halal_metrics import places

SPELLINGS = {
    "Kabupaten Paser": "Paser | KABUPATEN  PASER | Kab. Paser | KAB.PASER | Pasir | Tana Paser | Tanah Grogot | "
    "Grogot | 64.01",
    "Kabupaten Kutai Kartanegara": "Kukar | KUKAR | KAB. KUTAI KARTANEGARA | Kutai Kertanegara | Tenggarong | KKR | "
    "64.02 | 64,02 | Kutai Kartanegara (Kukar) | Pemkab Kutai Kartanegara | Kab. Kukar, Prov. Kalimantan Timur",
    "Kabupaten Berau": "Berau | Kab.- Berau | Tanjung Redeb | Tg. Redeb | 64.03",
    "Kabupaten Kutai Barat": "Kubar | Kutai Brt | Kurai barat | Sendawar | Melak | Barong Tongkok | 64.07",
    "Kabupaten Kutai Timur": "Kutim | Kutai Tim | Sangatta | Sangata | kab kutai timur | 64.08",
    "Kabupaten Penajam Paser Utara": "PPU | Penajam | Penajam Paser | Panajam Paser Utara | 64.09 | PPU / Penajam",
    "Kabupaten Mahakam Ulu": "Mahulu | Mahakam Hulu | Ujoh Bilang | Long Bagun | 64.11",
    "Kota Balikpapan": "Balikpapan | BPN | BPP | Bpp | Kodya Balikpapan | 64.71",
    "Kota Samarinda": "Samarinda | SMD | SMR | Pemkot Samarinda | Kota\u00a0Samarinda | Samarinda, Kaltim | "
    "64.72 - Kota Samarinda",
    "Kota Bontang": "Bontang | BTG | Btg | KOTA BONTANG | 64.74",
}


def one(value: str) -> pd.Series:
    return places.resolve(pd.Series([value])).iloc[0]


@pytest.mark.parametrize(
    ("official", "spelling"),
    [(official, text.strip()) for official, texts in SPELLINGS.items() for text in texts.split("|")],
)
def test_known_spellings_are_taken_without_a_word(official, spelling):
    """Official names, short names, capitals, prefixes and codes with a dot need no remark."""
    found = one(spelling)
    assert (found["canonical"], pd.isna(found["code"])) == (official, True)


def test_the_official_name_is_exact_and_others_are_not():
    """How sure a reading is, is said: exact, alias, code or similar."""
    found = places.resolve(pd.Series(["kabupaten paser", "Kab. Paser", "64.01", "Samrinda"]))
    assert found["certainty"].tolist() == ["exact", "alias", "code", "similar"]


@pytest.mark.parametrize(
    ("spelling", "official"),
    [
        ("Samrinda", "Kota Samarinda"),
        ("Balikpapn", "Kota Balikpapan"),
        ("Bontnag", "Kota Bontang"),
        ("Kutai Kertanegra", "Kabupaten Kutai Kartanegara"),
        ("Penajem Paser Utra", "Kabupaten Penajam Paser Utara"),
        ("Beraw", "Kabupaten Berau"),
        ("Samarinda Ulu", "Kota Samarinda"),
    ],
)
def test_a_slip_of_one_or_two_letters_is_taken_with_a_warning_that_names_the_guess(spelling, official):
    """A guess is never silent."""
    found = one(spelling)
    assert (found["canonical"], found["severity"]) == (official, "warning")
    assert official in found["message"]
    assert spelling in found["message"]


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Kutai", "place_ambiguous"),
        ("KAB. KUTAI", "place_ambiguous"),
        ("Kuar", "place_ambiguous"),  # one letter from Kukar and from Kubar
        ("Samarinda dan Bontang", "place_ambiguous"),
        ("64.02 Kota Samarinda", "place_ambiguous"),
        ("6402", "place_code_ambiguous"),  # Kutai Barat to BPS, Kutai Kartanegara to Kemendagri
        ("6403", "place_code_ambiguous"),
        ("6404", "place_code_ambiguous"),
        ("64.05", "place_unknown"),
        ("65.01", "place_outside"),
        ("6501", "place_outside"),
        ("Bulungan", "place_outside"),
        ("Malinau", "place_outside"),
        ("Kab. Nunukan", "place_outside"),
        ("Tana Tidung", "place_outside"),
        ("Tana Tidng", "place_outside"),
        ("Kota Tarakan", "place_outside"),
        ("Prov. Kaltim", "place_not_one"),
        ("Kalimantan Timur", "place_not_one"),
        ("Se-Kaltim", "place_not_one"),
        ("Lintas Kab/Kota", "place_not_one"),
        ("JUMLAH", "place_not_one"),
        ("Total Samarinda", "place_not_one"),
        ("Surabaya", "place_unknown"),
    ],
)
def test_what_could_be_two_places_or_none_is_not_guessed(spelling, code):
    """Such a value is missing, with a warning that says what to do."""
    found = one(spelling)
    assert pd.isna(found["canonical"])
    assert (found["code"], found["severity"]) == (code, "warning")
    assert len(found["message"]) > len(spelling) + 20


@pytest.mark.parametrize(("code", "official"), [("6401", "Kabupaten Paser"), ("6472.0", "Kota Samarinda")])
def test_a_bare_code_is_taken_where_both_authorities_agree(code, official):
    """BPS and Kemendagri mean the same place by 6401 and 6472."""
    assert one(code)["canonical"] == official


@pytest.mark.parametrize("name", ["IKN", "Nusantara", "Ibu Kota Nusantara", "Otorita IKN", "Sepaku"])
def test_ikn_counts_for_penajam_paser_utara_only_with_a_note(name):
    """Otorita IKN also covers part of Kutai Kartanegara."""
    found = one(name)
    assert found["canonical"] == "Kabupaten Penajam Paser Utara"
    assert "Kutai Kartanegara" in found["message"]


def test_no_place_elsewhere_in_indonesia_is_taken_for_one_of_ours():
    """478 kabupaten/kota outside the province, with every prefix, are all left missing."""
    names = Path(__file__).with_name("elsewhere.txt").read_text().replace("\n", " ").split(",")
    written = [prefix + name.strip() for name in names for prefix in ("", "Kabupaten ", "KAB. ", "Kota ")]
    found = places.resolve(pd.Series(written))
    assert found["canonical"].dropna().empty


def test_blank_values_are_nothing_to_resolve():
    """Missing, empty and "-" cells are left out; distinct values come once."""
    assert places.resolve(pd.Series(["-", " ", None, "Paser", "Paser"])).index.tolist() == ["Paser"]


ADDRESSES = {
    "Jl. Poros Samarinda-Bontang KM 12, Muara Badak, Kutai Kartanegara": "Kabupaten Kutai Kartanegara",
    "Jl. A. Yani RT 3, Kel. Nipah-nipah, Kec. Penajam, Kab. Penajam Paser Utara": "Kabupaten Penajam Paser Utara",
    "Jl Merdeka 5 Samarinda Seberang 75131": "Kota Samarinda",
    "Kota Balikpapan, seberang kantor cabang Samarinda": "Kota Balikpapan",
    "Loa Janan, Kukar, Kaltim": "Kabupaten Kutai Kartanegara",
    "Jl. Samarinda No. 5": None,  # a road
    "Kampus UINSI Samarinda": None,  # an institution that bears a town's name
    "Halal Center Universitas Samarinda": None,
    "Jl. Pasir Putih RT 2": None,  # sand
    "Jl. Berau 3, Tarakan": None,
    "Jl. Mawar RT 5": None,
}


@pytest.mark.parametrize(("address", "official"), ADDRESSES.items())
def test_the_place_an_address_names(address, official):
    """The last place named counts; roads and institutions named after towns do not."""
    found = places.find(pd.Series([address], index=[7]))
    assert found.index.tolist() == [7]
    assert found.tolist() == [official] if official else found.isna().all()


def test_constants_cover_the_ten():
    """Every official name has its label, tile and code, and no two share one."""
    assert len(places.KAB_KOTA) == 10
    for constant in (places.SHORT, places.TILES, places.CODES):
        assert tuple(constant) == places.KAB_KOTA
        assert len(set(constant.values())) == 10


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("Loa Lepu, Tenggarong Seberang (dekat Samarinda)", "Kabupaten Kutai Kartanegara"),
        ("Samarinda Ulu, Samarinda (asal Bontang)", "Kota Samarinda"),
        ("Penajam, sebelah Kota Balikpapan", "Kabupaten Penajam Paser Utara"),
        ("Loa Janan perbatasan Samarinda, Kukar", "Kabupaten Kutai Kartanegara"),
        ("Jl. Poros arah Bontang, Samarinda", "Kota Samarinda"),
        ("Pindahan dari Kab. Berau, Bontang", "Kota Bontang"),
        ("KM 12 menuju Samarinda", None),
        ("Samarinda Seberang, dekat Jembatan Mahkota", "Kota Samarinda"),
        ("Dekat Masjid Raya, Kota Samarinda", "Kota Samarinda"),
    ],
)
def test_what_is_near_an_address_is_not_its_place(address, place):
    """Nor where its owner comes from."""
    found = places.find(pd.Series([address])).iloc[0]
    assert (None if pd.isna(found) else found) == place
