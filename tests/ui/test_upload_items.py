"""A file on its way: read, understood, mended, and its choices recalled for the next one."""

import pandas as pd
import pytest
from upload_files import REGISTER, item

from halal_ui.intake import corrections
from halal_ui.intake.first_rows import first_rows
from halal_ui.intake.item import Choices, item_of
from halal_ui.intake.problems import counts, filtered, other_tables, problem_table, skipped_table
from halal_ui.intake.reading import forget, look, mend, read
from halal_ui.intake.saved_mappings import (
    guessed_sender,
    matching,
    other_senders,
    saved_mapping,
    saved_mappings,
    shape_of,
)
from halal_ui.intake.understood import doubts, headings, lacking, spellings, summed

UINSI = "LP3H UINSI Samarinda"


def mapped():
    """The register with its unknown header chosen."""
    one = item()
    one.choices = one.choices.with_column("Wil.", "kab_kota").with_meaning("status", "sedang jalan", "verified")
    read(one)
    return one


def test_rows_add_up():
    """Read is accepted, rejected and skipped together."""
    rows = summed(item().upload)
    assert rows["read"] == 5
    assert rows["accepted"] + rows["rejected"] + rows["skipped"] == rows["read"]
    assert (rows["accepted"], rows["rejected"]) == (3, 1)


def test_every_header_is_told_once():
    """Used or not, each header of the file stands in the list of columns, with what stands below it."""
    one = item()
    found = {heading.header: heading for heading in headings(one.upload, one.choices)}
    assert set(found) >= {"No. Daftar", "NIB", "Nama Usaha", "Wil.", "Status", "No HP"}
    assert found["No. Daftar"].column == "registration_number"
    assert "Dapur Rekaan" in found["Nama Usaha"].samples
    assert found["Wil."].column is None


def test_a_chosen_column_is_read_as_chosen():
    """What a person says of a header overrules the guess, and is shown as theirs."""
    one = mapped()
    found = {heading.header: heading for heading in headings(one.upload, one.choices)}
    assert (found["Wil."].column, found["Wil."].certainty) == ("kab_kota", "given")
    assert one.upload.frame["kab_kota"].tolist() == ["Kota Bontang", "Kota Bontang", "Kota Samarinda"]


def test_spellings_wait_for_a_meaning():
    """A status nobody knows and a place that was guessed are asked about; once said, they are no longer in doubt."""
    one = item()
    one.choices = one.choices.with_column("Wil.", "kab_kota")
    read(one)
    asked = {(found.column, found.raw): found for found in spellings(one.upload, one.choices)}
    assert asked["status", "sedang jalan"].canonical is None
    assert asked["kab_kota", "Kota Samarinnda"].canonical == "Kota Samarinda"
    assert all(found.doubt for found in asked.values())
    before = doubts(one.upload, one.choices)
    one.choices = one.choices.with_meaning("status", "sedang jalan", "verified")
    read(one)
    assert one.upload.frame["status"].tolist()[-1] == "verified"
    assert doubts(one.upload, one.choices) == before - 1


def test_a_value_for_the_whole_file():
    """A column the sheet lacks is filled; one it has is said to be filled already."""
    one = mapped()
    assert lacking(one.upload)["kab_kota"] == "Wil."
    one.choices = one.choices.with_default("statement_date", "2025-06-02")
    read(one)
    assert one.upload.frame["statement_date"].eq(pd.Timestamp("2025-06-02")).all()


def test_cells_to_mend_are_those_that_were_warned_of():
    """The damaged NIB is offered with its row, its header, whose it is and what to do; nothing is mended yet."""
    one = mapped()
    shown = corrections.cells(one.upload, one.upload.problems)
    nib = shown[shown["header"] == "NIB"]
    assert nib[["row", "name", "value", "mended"]].to_numpy().tolist() == [[5, "Kue Rekaan", "8,12E+12", ""]]
    assert not nib["message"].str.startswith("Baris").any()


def test_a_mended_cell_is_read_as_if_the_file_said_it():
    """What was typed replaces the cell, the warning goes, and taking it back brings the warning back."""
    one = mapped()
    shown = corrections.cells(one.upload, one.upload.problems)
    place = shown.index[shown["header"] == "NIB"][0]
    one.pending = corrections.typed(shown, {place: {"mended": "9900000000002"}})
    assert not one.ready
    mend(one)
    read(one)
    assert one.ready
    assert one.upload.frame["nib"].tolist()[1] == "9900000000002"
    assert "damaged_by_excel" not in set(one.upload.problems["code"])
    one.choices = one.choices.without_corrections(set(one.choices.corrections))
    read(one)
    assert "damaged_by_excel" in set(one.upload.problems["code"])


def test_a_rejected_row_can_be_mended():
    """A row without identity is taken once one was typed into it."""
    one = mapped()
    shown = corrections.rejected(one.upload)
    assert shown["source_row"].tolist() == [6]
    one.pending = corrections.retyped(shown, {0: {"Nama Usaha": "Roti Rekaan"}})
    mend(one)
    read(one)
    assert len(one.upload.rejected) == 0
    assert "Roti Rekaan" in set(one.upload.frame["business_name"])


def test_what_contradicts_itself_can_be_mended_on_either_side():
    """Issued without a certificate number: the number may be missing, or the status be wrong."""
    one = item("No. Daftar;Status;No. Sertifikat\nSH2025-1-990001;OF300;\nSH2025-1-990002;OF10;\n", "a.csv")
    shown = corrections.cells(one.upload, one.upload.problems)
    assert shown[["row", "header"]].to_numpy().tolist() == [[2, "No. Sertifikat"], [2, "Status"]]
    assert shown["value"].tolist()[1] == "OF300"
    assert shown["message"].str.startswith("Ubah hanya bila isi kolom ini yang keliru").tolist() == [False, True]


def test_dates_out_of_order_are_mended_without_the_first_of_them():
    """Whichever of them the file has."""
    one = item("No. Daftar;Tgl Verifikasi;Tgl Terbit\nSH2025-1-990001;20/05/2025;02/05/2025\n", "a.csv")
    shown = corrections.cells(one.upload, one.upload.problems)
    assert shown["header"].tolist() == ["Tgl Verifikasi", "Tgl Terbit"]
    assert shown["message"].str.startswith("Tanggal tahap tidak berurutan").all()


def test_a_number_is_not_asked_for_in_another_column():
    """Without a column for it there is no cell: in that of the status it would destroy the status."""
    one = item("No. Daftar;Status\nSH2025-1-990001;OF300\nSH2025-1-990002;OF10\n", "a.csv")
    assert corrections.cells(one.upload, one.upload.problems).empty
    warned = filtered(one.upload.problems, severities=["warning"])
    assert corrections.without_cell(one.upload, warned).tolist() == ["certificate_number"]


def test_problems_are_counted_filtered_and_told():
    """Errors come first; a filter leaves what was chosen; every row of the table has its words."""
    problems = mapped().upload.problems
    table = problem_table(problems)
    assert len(table) == len(problems) == sum(counts(problems).values())
    assert table["severity"].iloc[0] == "✕ ditolak"
    assert len(filtered(problems, codes=["damaged_by_excel"])) == 1
    assert filtered(problems, severities=["error"])["severity"].eq("error").all()
    assert table.loc[table["kind"] == "Rusak oleh Excel", "message"].tolist() == [
        "8,12E+12 rusak oleh Excel; isi ulang dari berkas asal."
    ]


def test_every_skipped_row_is_listed():
    """The sum at the foot is no record: it is listed with its row number, why, and what it says."""
    one = item()
    told = skipped_table(one.upload.skipped)
    assert told["source_row"].tolist() == ["8"]
    assert "JUMLAH" in told["content"].iloc[0]
    assert len(told) == summed(one.upload)["skipped"]


def test_phone_numbers_of_skipped_rows_are_hidden():
    """A phone number in a row that is not read is not shown either."""
    skipped = pd.DataFrame(
        {
            "source_sheet": ["Mei", "Mei"],
            "source_row": [7, 8],
            "code": ["row_signature", "duplicate_identical"],
            "reason": ["tanda tangan", "sama"],
            "content": ["Hubungi Siti 0812 0000 0003", "SH2025-1-990001 | Siti"],
        }
    ).astype(dict.fromkeys(("source_sheet", "code", "reason", "content"), "str"))
    told = skipped_table(skipped)["content"].tolist()
    assert told == ["Hubungi Siti ••••••", "(sama dengan baris lain)"]


def test_a_choice_that_cannot_be_read_loses_nothing():
    """A total taken for the header says so; what was understood before stays until the choice is put right."""
    one = mapped()
    before = one.upload
    one.choices = one.choices.with_header_row("Rekap_UINSI", 8)
    read(one)
    assert one.trouble
    assert one.upload is before
    assert not one.ready
    forget(one)
    read(one)
    assert not one.trouble


def test_a_file_that_is_no_spreadsheet_says_so():
    """A picture renamed is refused in a sentence, and its rows cannot be shown."""
    one = item_of("foto.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    look(one, [])
    assert one.upload is None
    assert one.trouble.endswith(".")


def test_a_spreadsheet_of_unknown_words_shows_its_first_rows():
    """Where no header is known, a person can point to it, and say what its columns are."""
    one = item_of("asing.csv", b"Judul;;\nAlpha;Beta;Gamma\nSH2025-1-990001;x;y\n")
    look(one, [])
    assert one.upload is None
    assert first_rows(one.content, one.filename)["asing"][1][:2] == ["Alpha", "Beta"]
    one.choices = Choices(table="applications").with_header_row("asing", 2).with_column("Alpha", "registration_number")
    read(one)
    assert one.upload.frame["registration_number"].tolist() == ["SH2025-1-990001"]


@pytest.mark.parametrize(
    ("filename", "sender"),
    [
        ("Rekap_UINSI.csv", UINSI),
        ("laporan unmul juni.xlsx", "Halal Center Universitas Mulawarman"),
        ("Dinas_Koperasi_Kab_Berau.xlsx", "OPD Kabupaten Berau"),
        ("data (3).xlsx", None),
    ],
)
def test_the_sender_is_guessed_from_the_file_name(filename: str, sender: str | None):
    """An LP3H or a kabupaten/kota in the name of a file is who sent it; no name, no guess."""
    assert guessed_sender(filename) == sender


def test_rows_of_several_lp3h_have_no_sender():
    """A compilation names many LP3H; who compiled it is not guessed."""
    rows = "No. Daftar;LP3H\nSH2025-1-990001;UINSI\nSH2025-1-990002;Unmul\n"
    assert item(rows, "UINSI.csv").sender is None
    assert item(rows.replace("Unmul", "UINSI"), "data.csv").sender == UINSI


def remembered(one, sender: str = UINSI):
    """The memory that committing a file would put down, through the log and back."""
    facts = saved_mapping(sender, one.shape, one.upload, one.choices).facts
    return saved_mappings(pd.DataFrame({"facts": [facts]}))


def test_the_next_file_of_the_sender_needs_no_mapping():
    """Same sender, same headers in another order and case: read as the last one was, and ready to be checked."""
    known = remembered(mapped())
    later = REGISTER.replace("No;No. Daftar;NIB", "NO;NO DAFTAR;nib").replace("4 Juni", "11 Juni")
    following = item(later.replace("990001", "990009"), "Rekap_UINSI_2.csv", known)
    assert following.saved_mapping is not None
    assert following.upload.frame["kab_kota"].notna().all()
    assert following.upload.frame["status"].tolist() == ["submitted", "fatwa", "verified"]
    assert doubts(following.upload, following.choices) <= 1  # the place that was guessed


def test_what_is_remembered_is_the_senders_alone():
    """Another sender's file with the same headers is only offered the choices."""
    known = remembered(mapped())
    other = item(REGISTER.replace("UINSI", "UNMUL"), "Unmul.csv", known)
    assert other.saved_mapping is None
    assert other.choices == Choices()
    assert [one.sender for one in other_senders(known, shape=other.shape)] == [UINSI]


def test_a_chosen_header_row_is_found_again():
    """The header row a person pointed to last time is used where the headers below it are the same again."""
    text = "Judul {n};;\nAlpha;Beta;Gamma\nSH2025-1-99000{n};x;y\n"
    first = item_of("UINSI 1.csv", text.format(n=1).encode())
    look(first, [])
    first.choices = (
        Choices(table="applications").with_header_row("UINSI 1", 2).with_column("Alpha", "registration_number")
    )
    read(first)
    second = item(text.format(n=2), "UINSI 2.csv", remembered(first))
    assert not second.trouble
    assert second.upload.frame["registration_number"].tolist() == ["SH2025-1-990002"]


def test_a_memory_can_be_refused():
    """Without it the file is read as the reader takes it by itself; mended cells stay mended."""
    one = item(known=remembered(mapped()))
    one.choices = one.choices.with_corrections({("Rekap_UINSI", 5, "NIB"): "9900000000002"})
    forget(one)
    read(one)
    assert one.saved_mapping is None
    assert list(one.choices.arguments()) == ["corrections"]
    assert one.upload.frame["nib"].tolist()[1] == "9900000000002"


def test_the_latest_choice_is_the_one_recalled():
    """Of two commits of one sender and shape the later one's choices hold."""
    one = mapped()
    first = saved_mapping(UINSI, one.shape, one.upload, Choices()).facts
    last = saved_mapping(UINSI, one.shape, one.upload, one.choices).facts
    found = matching(saved_mappings(pd.DataFrame({"facts": [first, last]})), sender=UINSI, shape=shape_of(one.upload))
    assert (found and found.choices) == one.choices.lasting()


def test_a_file_without_other_tables_offers_none():
    """One kind of table in a file: nothing else to work on."""
    assert other_tables(item().upload) == []
