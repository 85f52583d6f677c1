"""Words around what is known: titles of a period, totals of a pivot table, questions of a form, a count of a status."""

import pandas as pd
import pytest

import halal_metrics as hm


def read(*lines: str) -> hm.Upload:
    return hm.read_upload("\n".join(lines).encode(), filename="uji.csv")


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Rekap periode 20 Februari - 25 Mei 2025", "2025-05-25"),
        ("Rekap periode 20 Februari-31 Mei 2025", "2025-05-31"),
        ("Rekap periode 20 Feb 25 - 31 Mei 25", "2025-05-31"),
        ("Kondisi 28 Mei 2025", "2025-05-28"),
        ("Rekap halal (28 Mei 2025)", "2025-05-28"),
        ("Laporan mingguan 19 Mei - 25 Mei 2025", "2025-05-25"),
        ("Target dan Realisasi s.d. 4 Juni 2025", "2025-06-04"),
        ("Rapat 4 Juni 2025, data per 28 Mei 2025", "2025-05-28"),
        ("Bahan rapat 4 Juni 2025", None),
        ("SK Nomor 5 tanggal 20 Mei 2025", None),
    ],
)
def test_the_day_of_a_title(title: str, day: str | None):
    """The last day of a period; not that of a meeting, nor of a decree."""
    frame = read(title, "Kab/Kota;Pengajuan;Terbit", "Paser;30;5").frame
    found = frame["statement_date"].iloc[0]
    assert (None if pd.isna(found) else f"{found:%Y-%m-%d}") == day


@pytest.mark.parametrize("total", ["Grand Total", "Total", "Total Permohonan"])
def test_positions_beside_the_total_of_a_pivot_table(total: str):
    """Each stage counts those beyond it as well."""
    upload = read(f"LP3H;Pengajuan;Verifikasi;Fatwa;Terbit;{total}", "Unmul;40;20;10;5;75", "UINSI;30;12;6;2;50")
    assert upload.frame[["submitted", "verified", "fatwa", "issued"]].to_numpy().tolist() == [
        [75, 35, 15, 5],
        [50, 20, 8, 2],
    ]
    assert not upload.problems["severity"].eq("warning").any()


def test_numbers_left_out_under_a_word_of_two_meanings_are_said():
    """ "Capaian" may be a percentage or a count."""
    upload = read("Kab/Kota;Kuota;Capaian", "Paser;100;40", "Berau;80;31")
    assert upload.problems.loc[upload.problems["column"] == "Capaian", "severity"].tolist() == ["warning"]


def test_questions_of_a_form_are_known_by_how_they_begin():
    """And said to be read so; one word alone is not enough."""
    upload = read(
        "Timestamp;Nama Pemilik;Nama Produk;Nama usaha / merek;"
        "Nomor Induk Berusaha (NIB) 13 digit;Kabupaten/Kota tempat usaha;Alamat email",
        "5/28/2025 10:00:00;Ibu Rekaan;Kue;Kue Rekaan;8120001234511;Kutai Timur;rekaan@contoh.example",
    )
    row = upload.frame.iloc[0]
    assert upload.table == "candidates"
    assert (row["business_name"], row["nib"], row["kab_kota"]) == (
        "Kue Rekaan",
        "8120001234511",
        "Kabupaten Kutai Timur",
    )
    assert pd.isna(row["address"])
    assert upload.problems["code"].eq("column_read_as").sum() == 3


def test_a_total_beside_the_count_of_a_status_is_no_application():
    """ "Rekap | OF10 : 2" under a register."""
    upload = read(
        "No. Daftar;Nama PU;LP3H;Status",
        "SH2025-1-990001;Dapur Rekaan;UINSI;OF10",
        ";Rekap;;OF10 : 2",
        ";Rekap Rasa;;OF10",
    )
    assert upload.frame["business_name"].tolist() == ["Dapur Rekaan", "Rekap Rasa"]
    assert upload.skipped["code"].tolist() == ["row_total"]
