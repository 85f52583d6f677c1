"""Invented businesses for the demonstration set. Places are real; people, businesses and numbers are not."""

import random
from dataclasses import dataclass
from datetime import date, timedelta


def _listed(text: str) -> list[str]:
    return text.split("|")


KECAMATAN = {
    "Kabupaten Paser": _listed("Tanah Grogot|Kuaro|Long Ikis|Batu Sopang|Pasir Belengkong|Long Kali"),
    "Kabupaten Kutai Kartanegara": _listed("Tenggarong|Loa Kulu|Loa Janan|Muara Badak|Samboja|Kota Bangun"),
    "Kabupaten Berau": _listed("Tanjung Redeb|Teluk Bayur|Sambaliung|Gunung Tabur|Talisayan|Biduk-Biduk|Segah"),
    "Kabupaten Kutai Barat": _listed("Melak|Barong Tongkok|Linggang Bigung|Sekolaq Darat|Damai"),
    "Kabupaten Kutai Timur": _listed("Sangatta Utara|Sangatta Selatan|Bengalon|Muara Wahau|Kaliorang|Teluk Pandan"),
    "Kabupaten Penajam Paser Utara": _listed("Penajam|Waru|Babulu|Sepaku"),
    "Kabupaten Mahakam Ulu": _listed("Long Bagun|Long Hubung|Laham|Long Pahangai"),
    "Kota Balikpapan": _listed("Balikpapan Selatan|Balikpapan Tengah|Balikpapan Utara|Balikpapan Timur"),
    "Kota Samarinda": _listed("Samarinda Ulu|Samarinda Ilir|Sungai Kunjang|Sungai Pinang|Palaran|Sambutan"),
    "Kota Bontang": _listed("Bontang Utara|Bontang Selatan|Bontang Barat"),
}

GIVEN = _listed(
    "Siti|Nur|Sri|Dewi|Rina|Fitri|Ayu|Wati|Yuli|Eka|Ratna|Lilis|Mariani|Hartati|Jumiati|Norhayati|"
    "Rusmini|Halimah|Aminah|Rahmawati|Sulastri|Endang|Maya|Indah|Lina|Mega|Tuti|Wahyuni|Kartini|Salmah|"
    "Rosdiana|Mardiana|Herlina|Ahmad|Rahmat|Budi|Agus|Hendra|Yusuf|Syahrul|Arifin|Rusli|Saleh|Jamal|"
    "Ridwan|Hasan|Iwan|Dedi|Bambang|Slamet"
)

FAMILY = _listed(
    "Anggraini|Lestari|Handayani|Puspita|Maulida|Azizah|Safitri|Kurniasih|Hasanah|Utami|Rahayu|Pertiwi|"
    "Saputri|Wulandari|Setyowati|Noor|Effendi|Hidayat|Ramadhan|Kurniawan|Setiawan|Santoso|Gunawan|"
    "Saputra|Firdaus|Suryadi|Hakim|Mulyadi|Syahrani|Iskandar|Basri|Darmawan|Alamsyah|Purnomo|Susanto|"
    "Baharuddin|Mansyur|Hamid|Lubis|Rasyid"
)

PRODUCTS = (
    ("Amplang Ikan Tenggiri", "10794"),
    ("Amplang Bandeng", "10794"),
    ("Keripik Pisang", "10794"),
    ("Keripik Singkong Balado", "10794"),
    ("Kerupuk Udang", "10794"),
    ("Peyek Kacang", "10794"),
    ("Stik Bawang", "10794"),
    ("Kue Kering Nastar", "10710"),
    ("Roti Gembong", "10710"),
    ("Bolu Kukus", "10710"),
    ("Donat Kentang", "10710"),
    ("Brownies Kukus", "10710"),
    ("Lempok Durian", "10732"),
    ("Dodol Nanas", "10732"),
    ("Wajik Ketan", "10792"),
    ("Kue Lumpur", "10792"),
    ("Untuk-Untuk", "10792"),
    ("Putu Labu", "10792"),
    ("Tempe Kedelai", "10391"),
    ("Tahu Goreng Sumedang", "10392"),
    ("Sambal Raja", "10772"),
    ("Sambal Gami Kemasan", "10772"),
    ("Bumbu Nasi Kuning", "10772"),
    ("Abon Ikan Haruan", "10219"),
    ("Otak-Otak Bandeng", "10219"),
    ("Bakso Ikan Beku", "10219"),
    ("Ikan Asin Kapar", "10211"),
    ("Nasi Bekepor", "10750"),
    ("Pepes Patin", "10750"),
    ("Kopi Bubuk Robusta", "10761"),
    ("Teh Bunga Telang", "10763"),
    ("Madu Kelulut Kemasan", "10799"),
    ("Sirup Jahe", "11040"),
    ("Minuman Sari Kedelai", "11040"),
    ("Es Lilin Buah", "11040"),
)

BRANDS = _listed(
    "Mahakam|Enggang|Pesut|Lembuswana|Etam|Borneo|Anggrek|Ulap|Doyo|Tepian|Karang|Mumus|Benuanta|Kelubut|"
    "Meranti|Ulin|Bekantan|Kedaton|Serambi|Cahaya|Berkah|Barokah|Amanah|Mutiara|Melati|Kenanga|Sedap|"
    "Gurih|Nikmat|Lestari|Sejahtera"
)

SHOPS = ("Dapur", "Kedai", "Rumah Kue", "Aneka", "Camilan", "Warung", "UD", "Pondok", "Snack", "Pawon")

STREETS = _listed(
    "Mawar|Melati|Kenanga|Pelita|Sejahtera|Damai|Mangga|Rambutan|Durian|Langsat|Gotong Royong|Usaha Baru|"
    "Poros|Pasar Pagi"
)

OBSTACLES = {
    "draft": (
        "PU belum punya email",
        "PU belum menguasai HP, perlu didampingi penuh",
        "PU belum merespons",
        "SIHALAL gangguan saat unggah dokumen",
        "NIB belum sesuai KBLI produk",
        "PU ragu, takut pajak",
    ),
    "waiting": (
        "Menunggu jadwal kunjungan pendamping",
        "SIHALAL gangguan",
        "PU sulit dihubungi",
        "Pendamping merangkap banyak PU",
    ),
    "OF280": (
        "Foto produk belum sesuai",
        "Daftar bahan belum lengkap",
        "Nama produk terlalu umum",
        "KBLI tidak sesuai jenis produk",
        "Proses produksi belum jelas",
    ),
    "OF285": (
        "Daftar bahan berbeda dengan uraian proses",
        "Varian belum dicantumkan",
        "Foto bukan di tempat produksi",
    ),
    "OF74": ("Antrean sidang fatwa",),
    "OF290": ("Bahan daging tidak dari RPH bersertifikat", "Produk tidak memenuhi kriteria self declare"),
    "OF900": ("Usaha tutup", "PU pindah ke luar Kaltim", "PU mengundurkan diri", "Tidak lagi berproduksi"),
    "thrice": ("Tiga kali dikembalikan dengan catatan yang sama",),
    "twin": ("Terdaftar ganda di LP3H lain",),
    "GANTI": ("Sudah bersertifikat dari program lain (SEHATI)", "Sudah pernah difasilitasi, diganti PU baru"),
}


@dataclass(frozen=True)
class Business:
    """A business and its owner."""

    nib: str
    name: str
    owner: str
    nik: str
    phone: str
    address: str
    kecamatan: str
    kab_kota: str
    brand: str
    product: str
    kbli: str


def invent_business(rng: random.Random, kab_kota: str) -> Business:
    """A business that does not exist, in this kab/kota."""
    owner = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    brand = " ".join(rng.sample(BRANDS, 2))
    product, kbli = rng.choice(PRODUCTS)
    made = date(2021, 8, 9) + timedelta(days=rng.randrange(1290))  # OSS RBA opened on 9 August 2021
    birth = f"{rng.randrange(1, 29):02d}{rng.randrange(1, 13):02d}{rng.randrange(60, 99)}"
    return Business(
        nib=f"{made:%d%m%y}{rng.randrange(10**7):07d}",
        name=f"{rng.choice(SHOPS)} {rng.choice((owner.split()[0], brand.split()[0], brand))}",
        owner=owner,
        nik=f"99{rng.randrange(10**4):04d}{birth}{rng.randrange(1, 10**4):04d}",  # no province is 99
        phone=f"0836{rng.randrange(10**8):08d}",  # no operator is known to use 0836
        address=f"Jl. {rng.choice(STREETS)} RT {rng.randrange(1, 40):02d} No. {rng.randrange(1, 120)}",
        kecamatan=rng.choice(KECAMATAN[kab_kota]),
        kab_kota=kab_kota,
        brand=brand,
        product=product,
        kbli=kbli,
    )


def certificate_number(running: int, issued: date) -> str:
    """ID, province, type, running number, month and year of issue."""
    return f"ID64110{running:08d}{issued:%m%y}"
