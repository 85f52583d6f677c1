"""What a whole file leaves unsaid is asked, and the file is not ready before somebody has answered."""

import pytest
from upload_files import item, workbook

from halal_ui.intake.choices import Choices, recalled
from halal_ui.intake.item import UploadItem, item_of
from halal_ui.intake.reading import look, read

EXPORT = """\
No.Daftar;Tanggal Daftar;Kode Fasilitasi;Nama PU;Alamat;Nama Pendamping
SH2025-1-990001;02/05/2025;KALTIM25;Dapur Rekaan;Jl. Contoh 1, Kota Bontang;Sari Rekaan
SH2025-1-990002;13/05/2025;KALTIM25;Kue Rekaan;Jl. Contoh 2, Kota Bontang;Sari Rekaan
"""
"""As the programme's own website exports it: one status a file, which stands nowhere in it."""


def asked(one: UploadItem) -> dict[str, str | None]:
    return {each.column: each.offered for each in one.unsaid if not each.answered}


def answered(one: UploadItem, choices: Choices) -> UploadItem:
    one.choices = choices
    read(one)
    return one


def test_status_and_lp3h_are_asked_of_an_export_that_has_neither():
    """It is not ready, and says so; answered for the whole file, every row has them."""
    one = item(EXPORT, "data.xlsx")
    assert asked(one) == {"status": None, "lp3h": None}
    assert "Status dan LP3H tidak disebut" in one.kept_back
    one = answered(one, one.choices.with_default("status", "verified").with_default("lp3h", "PWI Kaltim"))
    assert not one.kept_back
    assert one.upload.frame[["status", "lp3h"]].drop_duplicates().to_numpy().tolist() == [["verified", "PWI Kaltim"]]


def test_nobody_knowing_is_an_answer():
    """The file can be saved then; what is not known stays missing, and the answer is kept and can be taken back."""
    one = item(EXPORT, "data.xlsx")
    one = answered(one, one.choices.with_unknown("status").with_unknown("lp3h"))
    assert not one.kept_back
    assert [(each.column, each.answer) for each in one.unsaid] == [("status", None), ("lp3h", None)]
    assert one.upload.frame["status"].isna().all()
    one = answered(one, one.choices.with_default("lp3h", None))
    assert asked(one) == {"lp3h": None}


@pytest.mark.parametrize(
    ("filename", "offered"),
    [
        ("Laporan Self Declare - Dibatalkan.csv", {"status": "cancelled", "lp3h": None}),
        ("OF74 mei.csv", {"status": "fatwa", "lp3h": None}),
        ("data - ditolak.csv", {"status": None, "lp3h": None}),
    ],
)
def test_a_word_in_the_files_name_is_offered_and_not_taken(filename: str, offered: dict):
    """The last is a name of ours, that of a workbook handed back."""
    one = item(EXPORT, filename)
    assert asked(one) == offered
    assert one.upload.frame["status"].isna().all()


def test_dates_that_tell_the_stage_are_no_question():
    """Where any row has a day of a later stage, the others stand where their days say."""
    one = item("No. Daftar;Kab/Kota;LP3H;Tgl Daftar;Tgl Terbit\nSH2025-1-990001;Berau;PWI Kaltim;02/05/2025;\n"
               "SH2025-1-990002;Berau;PWI Kaltim;02/05/2025;28/05/2025\n")  # fmt: skip
    assert not asked(one)


def test_a_column_that_is_there_is_no_question():
    """Empty cells of it are told row by row; one header that only looks like it is asked about as a header."""
    one = item("No. Daftar;Kab/Kota;LP3H;Status\nSH2025-1-990001;Berau;;\n")
    assert not asked(one)
    assert "kab_kota" not in asked(item("No. Daftar;Wil.;LP3H;Status\nSH2025-1-990001;Berau;PWI Kaltim;OF10\n"))


def test_one_sheet_that_leaves_it_out_is_asked_about():
    """Its rows are counted; the value fills them alone."""
    head = ["No. Daftar", "Kab/Kota", "Status"]
    content = workbook(
        A=[[*head, "LP3H"], ["SH2025-1-990001", "Berau", "OF10", "PWI Kaltim"]],
        B=[head, ["SH2025-1-990002", "Berau", "OF10"]],
    )
    one = item_of("dua.xlsx", content)
    look(one, ())
    assert [(each.column, each.rows) for each in one.unsaid] == [("lp3h", 1)]


def test_a_recap_needs_a_place_or_an_institution():
    """An LP3H states its own counts, an OPD its own; of counts that are nobody's both are asked."""
    counts = "Pengajuan;Terbit\n40;10\n"
    assert asked(item(counts, "rekap.csv")) == {"kab_kota": None, "lp3h": None}
    assert not asked(item("Kab/Kota;Pengajuan;Terbit\nBerau;40;10\n", "rekap.csv"))
    one = item_of("rekap berau.xlsx", workbook(Sheet1=[line.split(";") for line in counts.splitlines()]))
    look(one, ())
    assert asked(one) == {"kab_kota": "Kabupaten Berau", "lp3h": None}
    assert not asked(answered(one, one.choices.with_default("kab_kota", "Kabupaten Berau")))


def test_the_next_file_of_a_sender_is_asked_about_its_status_again():
    """A sender makes one file a status: the last one's is not this one's, whatever was remembered before."""
    chosen = Choices().with_default("status", "cancelled").with_default("lp3h", "PWI Kaltim")
    assert chosen.lasting() == {"defaults": {"lp3h": "PWI Kaltim"}}
    assert recalled({"defaults": {"status": "cancelled"}}, ["Mei"]).defaults == {}
