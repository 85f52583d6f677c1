"""Six files of one morning, of businesses that do not exist: two of one name, a matrix of quotas, an unknown LP3H."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter

Row = Sequence[object]

NEW_LP3H = "LP3H Contoh Nusantara"
PER = "Keadaan per tanggal 4 Juni 2025"
REGISTER = ("No. Daftar", "Nama Usaha", "Kab/Kota", "LP3H", "Status", "Tgl Daftar")


def six_files() -> list[tuple[str, bytes]]:
    """(name, bytes) of the files, in the order in which they are dropped."""
    return [
        ("data.xlsx", _book("Sheet1", [REGISTER, *_applications(1, 3, "Kab. Berau", "Unmul")])),
        ("data.xlsx", _book("Sheet1", [REGISTER, *_applications(4, 2, "Balikpapan", "ITK")])),
        ("Matriks kuota.xlsx", _book("Kuota", _matrix())),
        ("Register baru.xlsx", _book("Register", [REGISTER, *_applications(6, 4, "Mahulu", NEW_LP3H)])),
        ("Rekap PWI.xlsx", _book("Rekap", _recap())),
        ("Jawaban formulir.csv", _form().encode()),
    ]


def _applications(first: int, count: int, place: str, lp3h: str) -> list[Row]:
    """Submitted in May 2025; the day of each is that of its number."""
    return [
        (f"SH2025-1-9970{n:02}", f"Dapur Rekaan {n}", place, lp3h, "OF10", f"{n + 10}/05/2025")
        for n in range(first, first + count)
    ]


def _matrix() -> list[Row]:
    """Kab/kota down, LP3H across, with totals: 190 kuota, in force from 4 June 2025."""
    return [
        ("PEMBAGIAN KUOTA PER KABUPATEN/KOTA DAN LP3H",),
        (PER,),
        (),
        ("No", "Kabupaten/Kota", "Unmul", "UINSI", "Al-Raudah", "Jumlah"),
        (1, "Berau", 40, 10, None, 50),
        (2, "Kutai Kartanegara", 20, 10, 30, 60),
        (3, "Samarinda", 50, 30, "-", 80),
        (None, "Jumlah", 110, 50, 30, 190),
    ]


def _recap() -> list[Row]:
    """What came this week beside what there is up to now, which alone counts; and a total that is called nothing."""
    return [
        ("Rekap PWI Kaltim",),
        ("Kab/Kota", "LP3H", "Pengajuan minggu ini", "Pengajuan s.d. minggu ini", "Terbit s.d. minggu ini", "Per Tgl"),
        ("Kota Bontang", "PWI Kaltim", 3, 9, 2, "04/06/2025"),
        ("Penajam Paser Utara", "PWI Kaltim", 2, 6, 1, "04/06/2025"),
        (None, None, 5, 15, 3, None),
    ]


def _form() -> str:
    """Answers to a form, which are no applications."""
    return (
        "Timestamp,Nama Usaha,Alamat,Kab/Kota,Sudah punya sertifikat halal?\n"
        '03/06/2025 9:14:02,Kue Rekaan,"Jl. Mawar 1, Tanjung Redeb",Berau,Belum\n'
        '03/06/2025 9:20:41,Keripik Rekaan,"Jl. Melati 2, Tanjung Redeb",Berau,Belum\n'
    )


def _book(sheet: str, rows: Iterable[Row]) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        page = book.add_worksheet(sheet)
        for position, row in enumerate(rows):
            page.write_row(position, 0, row)
    return content.getvalue()
