"""What titles and sheet names say of all rows: place, LP3H, date; and what they do not say."""

import pytest
from make_files import csv_bytes, xlsx_bytes

from halal_metrics.sheets import Upload, read_upload
from halal_metrics.sheets.headings.titles import stated

HEADER = ["No.Daftar", "Nama Usaha", "Alamat", "Status"]
ROW = ["SH2025-1-100001", "Dapur Rekaan", "Jl. Mawar, Kota Bontang", "OF10"]


def read(rows: list[list], name: str = "Data", **arguments) -> Upload:
    return read_upload(xlsx_bytes({name: rows}), filename="uji.xlsx", **arguments)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Per tanggal 4 Juni 2025", "2025-06-04"),
        ("DATA PER 31 MEI 2025", "2025-05-31"),
        ("Keadaan s.d. 31 Mei 2025", "2025-05-31"),
        ("s/d 31-05-2025", "2025-05-31"),
        ("Tgl. data: 04/06/2025", "2025-06-04"),
        ("Posisi tanggal 2025-06-04", "2025-06-04"),
        ("Periode 20 Februari 2025 s.d. 31 Mei 2025", "2025-05-31"),
        ("Update terakhir: Rabu, 4 Juni 2025", "2025-06-04"),
        ("4 Juni 2025", "2025-06-04"),
        ("Bulan Mei 2025", None),
        ("Tahun 2025", None),
        ("Keputusan Gubernur Nomor 12 tanggal 3 Maret 2025", None),
        ("Samarinda, 4 Juni 2025", None),
        ("Rapat koordinasi tanggal 4 Juni 2025", None),
    ],
)
def test_the_date_of_a_statement(line, date):
    """Words that say "as of" make a date the statement's; a month alone, a decree or a meeting do not."""
    found = stated((line,), "Data").get("statement_date")
    assert (found.value if found else None) == date


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        (["REKAPITULASI SERTIFIKASI HALAL KABUPATEN BERAU TAHUN 2025"], "Kabupaten Berau"),
        (["Wilayah: Kota Bontang"], "Kota Bontang"),
        (["Kab/Kota : Kukar"], "Kabupaten Kutai Kartanegara"),
        (["PEMERINTAH KOTA SAMARINDA", "DINAS PERDAGANGAN"], "Kota Samarinda"),
        (["LAPORAN LP3H UINSI SAMARINDA", "KAB. KUTAI TIMUR"], "Kabupaten Kutai Timur"),
        (["PEMERINTAH PROVINSI KALIMANTAN TIMUR", "Jalan Basuki Rahmat Samarinda 75112"], None),
        (["DPPKUKM", "Jl. Basuki Rahmat No. 55", "SAMARINDA"], None),
        (["Telp. (0541) 123456 Samarinda"], None),
        (["LP3H UINSI Samarinda"], None),
        (["Samarinda, 4 Juni 2025"], None),
        (["Rekap Kota Samarinda dan Kota Bontang"], None),
        (["Se-Kaltim"], None),
        (["Lintas Kab/Kota"], None),
        (["Prov. Kaltim"], None),
        (["Kab/Kota: Kutai"], None),
        (["Wilayah: Kota Bontang", "Dibandingkan dengan Kota Samarinda"], "Kota Bontang"),
    ],
)
def test_the_place_of_a_title(lines, place):
    """A place the title is about; not that of an address, an institution, a signature, nor one of several."""
    found = stated(tuple(lines), "Data").get("kab_kota")
    assert (found.value if found else None) == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Kukar", "Kabupaten Kutai Kartanegara"),
        ("Kab. Berau", "Kabupaten Berau"),
        ("BPN", "Kota Balikpapan"),
        ("Rekap Kubar", "Kabupaten Kutai Barat"),
        ("UINSI Samarinda", None),
        ("Samarinda & Bontang", None),
        ("Sheet1", None),
        ("Beras", None),
        ("Kaltim", None),
    ],
)
def test_the_place_of_a_sheet_name(name, place):
    """A place by any of its names; a word that only resembles one is none."""
    found = stated((), name).get("kab_kota")
    assert (found.value if found else None) == place


@pytest.mark.parametrize(
    ("lines", "name", "lp3h"),
    [
        (["Laporan Halal Center Unmul"], "Data", "Halal Center Universitas Mulawarman"),
        (["LP3H: Lembaga Rekaan"], "Data", "Lembaga Rekaan"),
        (["LP3H : UINSI"], "Data", "LP3H UINSI Samarinda"),
        ([], "LP3H ITK", "LP3H Institut Teknologi Kalimantan"),
        ([], "LP3H Rekaan Jaya", "LP3H Rekaan Jaya"),
        ([], "LP3H", None),
        ([], "LP3H Kaltim", None),
        (["LPH UINSI"], "Data", None),
        (["Kodam Mulawarman"], "Data", None),
        (["Unmul dan UINSI"], "Data", None),
    ],
)
def test_the_lp3h_of_titles_and_names(lines, name, lp3h):
    """A known LP3H, or one after "LP3H"; an LPH is none, and of several there is none."""
    found = stated(tuple(lines), name).get("lp3h")
    assert (found.value if found else None) == lp3h


def test_a_row_speaks_first_then_the_title_then_the_address():
    """Only empty cells are filled, and it is said once."""
    rows = [
        ["DATA SERTIFIKASI HALAL KABUPATEN BERAU"],
        ["Per tanggal", "4 Juni 2025"],
        ["No.Daftar", "Kab/Kota", "Alamat"],
        ["SH2025-1-100001", "Paser", "Kota Bontang"],
        ["SH2025-1-100002", "", "Kota Bontang"],
        ["SH2025-1-100003", "Kutai", "Kota Bontang"],
    ]
    upload = read(rows)
    assert upload.frame["kab_kota"].fillna("").tolist() == ["Kabupaten Paser", "Kabupaten Berau", ""]
    assert upload.sheets[0].statement_date == upload.frame["statement_date"].iloc[0]
    said = upload.problems[upload.problems["code"].eq("value_from_title")]
    assert said[["column", "severity"]].values.tolist() == [["kab_kota", "info"], ["statement_date", "info"]]
    assert "Kabupaten Berau" in said["message"].iloc[0]


def test_a_missing_column_is_filled_before_the_address_is_asked():
    """The title over the address; without a title the address."""
    assert read([["KOTA SAMARINDA"], HEADER, ROW]).frame["kab_kota"].tolist() == ["Kota Samarinda"]
    assert read([HEADER, ROW]).frame["kab_kota"].tolist() == ["Kota Bontang"]
    given = read([["KOTA SAMARINDA"], HEADER, ROW], defaults={"kab_kota": "Paser"})
    assert given.frame["kab_kota"].tolist() == ["Kabupaten Paser"]


def test_title_and_sheet_name_that_differ():
    """The title is taken, with a warning that names both."""
    upload = read([["KOTA SAMARINDA"], HEADER, ROW], name="Bontang")
    assert upload.frame["kab_kota"].tolist() == ["Kota Samarinda"]
    said = upload.problems.set_index("code").loc["title_and_name_differ"]
    assert said["severity"] == "warning"
    assert "Kota Samarinda" in said["message"]
    assert "Kota Bontang" in said["message"]


def test_a_title_copied_to_every_sheet_does_not_outweigh_their_names():
    """Sheets for several places under one and the same title: the names tell them apart."""
    rows = [["KOTA SAMARINDA"], HEADER]
    sheets = {
        name: [*rows, [f"SH2025-1-10000{at}", "Dapur Rekaan", "", "OF10"]]
        for at, name in enumerate(("Samarinda", "Bontang", "Paser"))
    }
    upload = read_upload(xlsx_bytes(sheets), filename="uji.xlsx")
    assert upload.frame["kab_kota"].tolist() == ["Kota Samarinda", "Kota Bontang", "Kabupaten Paser"]


def test_a_nik_in_a_title_is_not_kept():
    """Titles are shown to people, and written down."""
    upload = read([["Petugas: Siti Rekaan, NIK 9901014101900001"], HEADER, ROW])
    assert "9901014101900001" not in repr(upload.sheets)


def test_a_recap_of_one_lp3h():
    """Place in each row, institution in the title, as CSV too."""
    rows = [["LP3H : UINSI Samarinda"], ["Kab/Kota", "Pengajuan", "Terbit"], ["Paser", 5, 2], ["Berau", 4, 1]]
    frame = read_upload(csv_bytes(rows), filename="uji.csv").frame
    assert frame["lp3h"].tolist() == ["LP3H UINSI Samarinda"] * 2
    assert frame["kab_kota"].tolist() == ["Kabupaten Paser", "Kabupaten Berau"]


def test_an_lp3h_at_work_in_a_place():
    """ "LP3H di Kabupaten Paser" names the place; the institution's own town is none."""
    found = stated(("Rekap LP3H di Kabupaten Kutai Timur",), "Mei")
    assert found["kab_kota"].value == "Kabupaten Kutai Timur"
    assert "lp3h" not in found


@pytest.mark.parametrize("column", [0, 1, 3])
def test_a_title_beside_or_over_the_table_is_no_part_of_its_header(column):
    """In column A over a table that begins in B, or centred by hand."""
    title = ["", "", "", ""]
    title[column] = "Per tanggal 1 Maret 2025"
    rows = [title, ["", "No. Daftar", "Nama Usaha", "Status"], ["", "SH2025-1-100001", "Dapur Rekaan", "draft"]]
    for content in (csv_bytes(rows), xlsx_bytes({"uji": rows})):
        upload = read_upload(content, filename="uji.csv")
        assert (upload.sheets[0].header_row, upload.sheets[0].titles) == (2, ("Per tanggal 1 Maret 2025",))
        assert f"{upload.sheets[0].statement_date:%Y-%m-%d}" == "2025-03-01"
