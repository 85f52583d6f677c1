"""Five files in the shapes that five senders keep, of businesses that do not exist; the first is the plan."""

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

Row = list[object]


def write_all(folder: Path) -> list[Path]:
    """The five files, in the order in which they are dropped."""
    return [
        plan(folder / "Lampiran pembagian kuota.xlsx"),
        web_export(folder / "laporan_selfdeclare.xls"),
        register(folder / "DATA UINSI per kabupaten (revisi).xlsx"),
        damaged_csv(folder / "alraudah_kirim_ulang.csv"),
        recap(folder / "rekap wa.txt"),
    ]


def plan(path: Path) -> Path:
    """The quota, its kab/kota merged over its LP3H, in a letter's attachment: 60 in all."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Lampiran"), book.add_format({"bold": True, "border": 1})
        sheet.write("A1", "LAMPIRAN SURAT KEPALA DINAS")
        sheet.write("A2", "PEMBAGIAN KUOTA FASILITASI SERTIFIKASI HALAL")
        sheet.write("A3", "Per tanggal 20 Februari 2025")
        _line(sheet, 4, ["No", "Kab/Kota", "LP3H", "Kuota", "Tenggat"], bold)
        sheet.merge_range("B6:B7", "Kota Bontang", bold)
        _line(sheet, 5, [1, None, "UINSI Samarinda", 20, "31 Mei 2025"])
        _line(sheet, 6, [2, None, "Al-Raudah", 10, "31 Mei 2025"])
        _line(sheet, 7, [3, "Kab. Paser", "UINSI Samarinda", 15, "31 Mei 2025"])
        _line(sheet, 8, [4, "Berau", "Unmul", 15, "31 Mei 2025"])
        _line(sheet, 9, [None, "JUMLAH", None, 60, None])
        _line(sheet, 11, [None, None, "Samarinda, 20 Februari 2025"])
        _line(sheet, 12, [None, None, "Kepala Dinas,"])
    return path


def web_export(path: Path) -> Path:
    """A table of a web page that calls itself .xls: no status, no LP3H, the place somewhere in the address."""
    head = ["No", "ID Reg", "No.Daftar", "Tanggal Daftar", "Kode Fasilitasi", "Nama PU", "Alamat", "Nama Pendamping"]
    rows = [
        [n, 70100 + n, f"SH2025-1-99{n:04}", f"{n}/5/2025 12:00:00 AM", "KALTIM25", name, address, "Rekawati"]
        for n, (name, address) in enumerate(
            [
                ("Dapur Rekaan Satu", "Jl. Mawar RT 3, Tanjung Redeb, Kab. Berau"),
                ("Kue Rekaan Dua", "Jl. Melati, Kec. Teluk Bayur, Kabupaten Berau"),
                ("Keripik Rekaan Tiga", "Jl. Dahlia 7, Berau"),
            ],
            start=13,
        )
    ]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows)
    heads = "".join(f"<th>{cell}</th>" for cell in head)
    path.write_text(f"<html><body><table border=1>\n<tr>{heads}</tr>\n{cells}</table></body></html>")
    return path


def register(path: Path) -> Path:
    """A register with a sheet per kabupaten, title block, two-level header, numbering row, total and signature."""
    with xlsxwriter.Workbook(path) as book:
        for place, rows in {
            "BONTANG": [
                ["SH2025-1-991001", "9900000001001", "Sambal Rekaan", "01/04/2025", None, "OF10"],
                ["SH2025-1-991002", "9900000001002", "Abon Rekaan", "3-4-25", "21 Mei 2025", "Terbit SH"],
                ["SH2025-1-991003", "9900000001003", "Amplang Rekaan", "2025-04-07", None, "Dikirim ke Komite Fatwa"],
            ],
            "PASER": [
                ["SH2025-1-991004", "9900000001004", "Madu Rekaan", "Senin, 14 April 2025", None, "OF74"],
                ["SH2025-1-991005", "9900000001005", "Kopi Rekaan", "15/04/2025", None, "Draft PU"],
            ],
        }.items():
            _register_sheet(book, place, rows)
    return path


def _register_sheet(book: xlsxwriter.Workbook, place: str, rows: Iterable[Row]) -> None:
    sheet, bold = book.add_worksheet(place), book.add_format({"bold": True, "border": 1, "align": "center"})
    sheet.write("A1", "LP3H UINSI SAMARINDA")
    sheet.write("A2", "REGISTER PENGAJUAN SELF DECLARE")
    sheet.write("A3", "Keadaan per tanggal 4 Juni 2025")
    for column, name in enumerate(["No", "No. Daftar", "NIB", "Nama Usaha"]):
        sheet.merge_range(4, column, 5, column, name, bold)
    sheet.merge_range(4, 4, 4, 5, "Tanggal", bold)
    _line(sheet, 5, [None] * 4 + ["Daftar", "Terbit SH"], bold)
    sheet.merge_range(4, 6, 5, 6, "Status", bold)
    sheet.merge_range(4, 7, 5, 7, "No. Sertifikat", bold)
    _line(sheet, 6, [1, 2, 3, 4, 5, 6, 7, 8], bold)
    position = 7
    for number, row in enumerate(rows, start=1):
        certificate = "ID64110099900010525" if row[-1] == "Terbit SH" else None
        _line(sheet, position, [number, *row, certificate])
        position += 1
    _line(sheet, position, ["JUMLAH", None, None, position - 7])
    _line(sheet, position + 2, [None] * 5 + ["Mengetahui,"])
    _line(sheet, position + 4, [None] * 5 + ["Ketua Rekaan"])


def damaged_csv(path: Path) -> Path:
    """Semicolons in Windows' own encoding; one NIB that Excel damaged and one row that lost its number and its name."""
    lines = [
        "No. Pendaftaran;NIB;Nama UMKM;Wilayah;Halal Center;Progres;Tgl Daftar;Per Tgl",
        "SH2025-1-992001;9900000002001;Café Rekaan;Bontang;Al Raudah;OF10;2/5/2025;4/6/2025",
        "SH2025-1-992002;8,12E+12;Roti Rekaan;BTG;Al-Raudah;OF72;13/5/2025;4/6/2025",
        ";;;Bontang;Al-Raudah;OF10;14/5/2025;4/6/2025",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    return path


def recap(path: Path) -> Path:
    """A recap that counts where files lie now, with tabs, as text is copied out of a chat."""
    lines = [
        "Rekap LP3H Unmul, Kabupaten Paser, per 4 Juni 2025",
        "",
        "Kab/Kota\tLP3H\tDraft\tPengajuan\tVerval\tKomite Fatwa\tTerbit\tJumlah",
        "Paser\tUnmul\t2\t4\t3\t1\t2\t12",
    ]
    path.write_text("\n".join(lines), encoding="utf-16")
    return path


def _line(sheet, position: int, values: Row, style=None) -> None:
    for column, value in enumerate(values):
        if value is not None:
            sheet.write(position, column, value, style)
