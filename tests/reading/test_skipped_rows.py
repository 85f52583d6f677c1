"""Rows that are no records: skipped, each with why; and records that only look like them."""

import pytest
from make_files import csv_bytes
from merged_workbook import workbook

from halal_metrics.sheets import Upload, read_upload

REGISTER = ["No", "No.Daftar", "Nama PU", "NIB", "Kab/Kota", "Status", "Keterangan"]
RECORD = [1, "SH2025-1-100001", "Dapur Rekaan", "8120001234567", "Paser", "OF10", ""]
RECAP = ["No", "Kab/Kota", "LP3H", "Kuota", "Pengajuan", "Terbit"]


def read(rows: list[list], **arguments) -> Upload:
    upload = read_upload(csv_bytes(rows), filename="uji.csv", **arguments)
    for sheet in upload.sheets:
        assert sheet.read == sheet.accepted + sheet.rejected + sheet.skipped
        assert upload.skipped["source_sheet"].eq(sheet.name).sum() == sheet.skipped
    return upload


def reasons(upload: Upload) -> dict[int, str]:
    return dict(zip(upload.skipped["source_row"], upload.skipped["code"], strict=True))


@pytest.mark.parametrize(
    "row",
    [
        ["JUMLAH", "", "", "", "", "", 5],
        ["", "Jumlah", "", "", "", "", 5],
        ["", "", "TOTAL", "", "", 5, ""],
        ["", "", "Jumlah Total", "", "", "", 5],
        ["", "", "", "", "Total Kabupaten Berau", "", 5],
        ["J U M L A H", "", "", "", "", "", 5],
        ["SUB TOTAL", "", "", "", "", "", 5],
        ["Grand Total :", "", "", "", "", "", 5],
        ["", "", "Subtotal Paser", "", "", "", ""],
        ["", "", "", "", "", "Rekap", ""],
        ["", "", "", "", "Paser", "Jumlah", 2],
        ["", "", "", "", "", "", "Total 2 pelaku usaha"],
        ["", "", "Berau Total", "", "", "", ""],
        ["", "Keseluruhan", 2, "", "", "", ""],
        ["", "", "Rekap s.d. Mei 2025", "", "", "", ""],
        ["", "", "Jumlah LP3H UINSI", "", "", "", 7],
        ["JUMLAH", "", "", 16240002469136, "", "", ""],
    ],
)
def test_totals_of_a_register(row):
    """Wherever in the row the word stands."""
    upload = read([REGISTER, RECORD, row])
    assert reasons(upload) == {3: "row_total"}
    assert upload.skipped["content"].iloc[0].startswith(str(next(cell for cell in row if cell)))


@pytest.mark.parametrize("name", ["Total Rasa", "Jumlah Berkah", "Total", "Catatan Rasa", "Kepala Ikan Bakar", "Ketua"])
def test_businesses_that_sound_like_something_else(name):
    """With a number of its own a row is a record whatever the business is called."""
    upload = read([REGISTER, [1, "SH2025-1-100001", name, "8120001234567", "Paser", "OF10", ""]])
    assert upload.frame["business_name"].tolist() == [name]
    assert upload.skipped.empty


@pytest.mark.parametrize("name", ["Total Rasa", "Jumlah Berkah", "Sumber Rejeki", "Kepala Ikan Bakar"])
def test_a_business_with_nothing_but_a_name(name):
    """It is a record even then."""
    assert read([REGISTER, ["", "", name, "", "", "", ""]]).frame["business_name"].tolist() == [name]


@pytest.mark.parametrize(
    "row",
    [
        ["JUMLAH", "", "", 150, 9, 3],
        ["", "TOTAL", "", 150, 9, 3],
        ["", "", "Jumlah", 150, 9, 3],
        ["", "Total Kabupaten Paser", "", 150, 9, 3],
        ["", "Paser Total", "", 150, 9, 3],
        ["Persentase", "", "", "", "6%", "2%"],
    ],
)
def test_totals_of_a_recap(row):
    """Totals, subtotals, those of a pivot table, and percentages."""
    upload = read([RECAP, [1, "Paser", "ITK", 100, 5, 2], [2, "Berau", "UINSI", 50, 4, 1], row])
    assert reasons(upload) == {4: "row_total"}


@pytest.mark.parametrize("name", ["TOTAL", "Kalimantan Timur", "Jumlah", "Prov. Kaltim"])
def test_a_provincial_total_alone_is_the_record(name):
    """It is taken with its place not stated, and said."""
    upload = read([RECAP, ["", name, "", 1000, 320, 58]])
    assert upload.frame[["quota", "submitted", "issued"]].values.tolist() == [[1000, 320, 58]]
    assert upload.frame[["kab_kota", "lp3h"]].isna().all(axis=None)
    assert upload.problems["row"].tolist() == [2]


def test_a_provincial_total_of_its_parts_is_a_total():
    """ "Kalimantan Timur" below what it sums up would count everything twice."""
    parts = [RECAP, [1, "Paser", "ITK", 100, 5, 2], [2, "Berau", "UINSI", 50, 4, 1]]
    upload = read([*parts, [3, "Kalimantan Timur", "", 150, 9, 3]])
    assert upload.frame["submitted"].sum() == 9
    assert reasons(upload) == {4: "row_total"}
    assert "place_not_one" not in upload.problems["code"].tolist()
    other = read([*parts, [3, "Kalimantan Timur", "", 150, 11, 3]])
    assert other.frame["submitted"].sum() == 20


def test_a_total_on_a_sheet_of_its_own_is_no_record_beside_others():
    """A sheet a kabupaten and one of the sum: the sum is not added to its parts."""
    sheets = {"Paser": [RECAP, [1, "Paser", "ITK", 100, 5, 2]], "Total": [RECAP, ["", "TOTAL", "", 100, 5, 2]]}
    upload = read_upload(workbook(sheets), filename="uji.xlsx")
    assert upload.frame["submitted"].tolist() == [5]
    assert [sheet.skipped for sheet in upload.sheets] == [0, 1]


def test_signatures_and_notes_below_a_table():
    """Town and date, office, name, NIP, and notes; each listed with why."""
    rows = [
        REGISTER,
        RECORD,
        [],
        ["Catatan: data sementara"],
        ["*) angka SIHALAL"],
        [],
        ["", "", "", "", "Samarinda, 4 Juni 2025"],
        ["Mengetahui,", "", "", "", "Ketua LP3H"],
        ["Kepala Dinas,", "", "", "", ""],
        [],
        ["Siti Rekaan, S.E.", "", "", "", "Budi Rekaan"],
        ["NIP. 197001011990031001", "", "", "", ""],
    ]
    upload = read(rows)
    assert upload.frame["business_name"].tolist() == ["Dapur Rekaan"]
    assert reasons(upload) == {
        4: "row_note",
        5: "row_note",
        7: "row_signature",
        8: "row_signature",
        9: "row_signature",
        11: "row_signature",
        12: "row_signature",
    }
    assert upload.skipped["reason"].str.len().gt(10).all()


@pytest.mark.parametrize("note", ["Catatan: -", "Sumber: SIHALAL", "Keterangan: sementara", "*) revisi", "NB: cek"])
def test_notes(note):
    """However they begin."""
    assert reasons(read([REGISTER, RECORD, [note]])) == {3: "row_note"}


@pytest.mark.parametrize("after", [[], [[*RECORD[:1], "SH2025-1-100009", *RECORD[2:]]]])
@pytest.mark.parametrize(
    "note",
    [
        ["Catatan", "dua usaha menunggu foto 3x4"],
        ["", "dua usaha menunggu foto 3x4"],
        ["", "", "NB mohon dicek"],
        ["", "", "Mohon dicek kembali"],
        ["", "", "", "", "", "", "* data sementara"],
        ["Ket", "dua usaha", "menunggu foto", "mohon dilengkapi", "segera"],
        ["", "", "data", "", "sementara", "", "belum final"],
        ["Catatan", 2, "usaha menunggu foto"],
        ["", "Keterangan", "", "", "", "", "angka 2 masih sementara"],
    ],
)
def test_notes_in_any_cell(note, after):
    """Below the table or within it, in one cell or several: never a record, never rejected."""
    upload = read([REGISTER, RECORD, note, *after])
    assert len(upload.frame) == 1 + len(after)
    assert upload.rejected.empty
    assert reasons(upload) == {3: "row_note"}


@pytest.mark.parametrize(
    "row",
    [
        ["", "", "Dapur Rekaan"],
        ["", "", "Catatan Kue"],
        ["", "", "NB Collection"],
        ["7", "", "Kedai Belum Ada Nama"],
        ["", "", "Dapur Rekaan", "", "", "", "menunggu foto"],
        ["", "", "Kedai Belum Ada Nama", "", "Paser", "", ""],
    ],
)
def test_records_of_few_cells(row):
    """A name is one, with its number in the list also one like a sentence."""
    assert len(read([REGISTER, RECORD, row]).frame) == 2


def test_a_sentence_is_no_registration_number():
    """Of a record it is said, and not taken for its number."""
    upload = read([REGISTER, [1, "dua usaha menunggu foto 3x4", *RECORD[2:]]])
    assert upload.frame["registration_number"].isna().all()
    assert "registration_invalid" in upload.problems["code"].tolist()


@pytest.mark.parametrize("note", [["Catatan", "angka sementara"], ["", "", "angka masih sementara"], ["NB", "", "cek"]])
def test_notes_below_a_recap(note):
    """They are no row without counts."""
    upload = read([RECAP, [1, "Paser", "ITK", 100, 5, 2], note])
    assert reasons(upload) == {3: "row_note"}
    assert upload.rejected.empty


def test_rows_after_a_note_are_read():
    """A note in the middle ends with its line."""
    upload = read(
        [REGISTER, RECORD, ["Catatan: belum lengkap"], [2, "SH2025-1-100002", "Kedai Rekaan", "", "", "", ""]]
    )
    assert upload.frame["business_name"].tolist() == ["Dapur Rekaan", "Kedai Rekaan"]


@pytest.mark.parametrize("numbers", [range(1, 8), [f"({at})" for at in range(1, 8)], "abcdefg", "ABCDEFG"])
def test_a_row_that_numbers_the_columns(numbers):
    """1 2 3, (1) (2) (3), a b c."""
    assert reasons(read([REGISTER, list(numbers), RECORD])) == {2: "row_numbering"}


def test_headings_of_groups():
    """A row with nothing but a place heads a group, and speaks for the rows below that say nothing themselves."""
    own = ["", "SH2025-1-100002", "Kedai Rekaan", "", "Paser", "OF10", ""]
    rows = [REGISTER, ["A. KABUPATEN BERAU"], ["", "SH2025-1-100001", "Dapur Rekaan", "", "", "OF10", ""], own]
    upload = read(rows)
    assert reasons(upload) == {2: "row_heading"}
    assert upload.frame["kab_kota"].tolist() == ["Kabupaten Berau", "Kabupaten Paser"]
    assert upload.problems["severity"].eq("info").all()
    assert "Kabupaten Berau" in upload.problems.set_index("code").loc["value_from_heading", "message"]


def test_rows_of_another_table_are_listed():
    """With what they hold, and without NIK."""
    sheets = {
        "Data": [REGISTER, RECORD, RECORD],
        "Calon": [["NIB", "NIK", "Nama Usaha", "Alamat"], ["8120001234567", "9901014101900001", "Kedai", "Paser"]],
    }
    upload = read_upload(workbook(sheets), filename="uji.xlsx")
    skipped = upload.skipped.set_index("code")["content"]
    assert skipped["sheet_other_table"] == "8120001234567 | Kedai | Paser"
    assert skipped["duplicate_identical"].startswith("1 | SH2025-1-100001")
    assert [sheet.why is None for sheet in upload.sheets] == [True, False]


def test_a_clean_file_skips_nothing():
    """The list is there, typed, and empty."""
    skipped = read([REGISTER, RECORD]).skipped
    assert skipped.columns.tolist() == "source_sheet source_row code reason content".split()
    assert skipped.empty


def test_a_title_printed_again_on_the_next_page():
    """The lines above the table, repeated within it, are no records."""
    rows = [["DAFTAR PENGAJUAN"], REGISTER, RECORD, ["DAFTAR PENGAJUAN"], REGISTER]
    assert reasons(read(rows)) == {4: "row_title", 5: "row_repeated_header"}


def test_a_small_table_below_that_is_none_of_the_five():
    """Its rows are no applications; they are counted, listed and said."""
    rows = [REGISTER, RECORD, [], ["Ringkasan"], ["No", "LP3H", "Jumlah"], [1, "UINSI", 20], [2, "ITK", 10]]
    upload = read(rows)
    assert upload.frame["source_row"].tolist() == [2]
    assert reasons(upload) == {4: "row_title", 6: "table_unknown", 7: "table_unknown"}
    assert "table_unknown" in upload.problems["code"].tolist()


def test_signers_side_by_side_below_a_narrow_table():
    """Cells that all read as a signature are one, however many there are."""
    rows = [
        ["Kab/Kota", "Kuota", "LP3H"],
        ["Paser", 100, "ITK"],
        [],
        ["Mengetahui,", "", "Menyetujui,"],
        ["Kepala Bidang Industri", "", "Ketua LP3H"],
        [],
        ["Siti Rekaan", "", "Budi Rekaan"],
        ["NIP. 19700101", "", "NIP. 19700102"],
    ]
    upload = read(rows)
    assert upload.frame["quota"].tolist() == [100]
    assert reasons(upload) == dict.fromkeys((4, 5, 7, 8), "row_signature")


def test_headings_with_a_letter_of_their_own():
    """ "A" beside a kabupaten, and an LP3H over its rows."""
    rows = [REGISTER, ["A", "KABUPATEN PASER"], RECORD, ["LP3H UINSI SAMARINDA"]]
    assert reasons(read(rows)) == {2: "row_heading", 4: "row_heading"}
