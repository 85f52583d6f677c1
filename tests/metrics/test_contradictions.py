"""What contradicts itself in the tables as they are, and which problems of the uploads are still open."""

import pandas as pd
import pytest

import halal_metrics as hm

ROW = {
    "registration_number": "SH2025-1-990001",
    "business_name": "Dapur Enggang",
    "kab_kota": "Kota Bontang",
    "lp3h": "PWI Kaltim",
    "status": "issued",
    "certificate_number": "ID64110000990010525",
    "submitted_date": pd.Timestamp("2025-05-02"),
    "issued_date": pd.Timestamp("2025-05-20"),
    "statement_date": pd.Timestamp("2025-05-23"),
    "source_file": "Register.xlsx",
    "source_sheet": "Mei",
    "source_row": 9,
}
CONTRADICTORY = {
    "issued_without_certificate": {"certificate_number": None},
    "certificate_not_issued": {"status": "fatwa"},
    "certificate_before_programme": {"certificate_number": "ID64110000990010125"},
    "dates_out_of_order": {"submitted_date": pd.Timestamp("2025-05-21")},
    "date_after_statement": {"issued_date": pd.Timestamp("2052-05-20")},
}


@pytest.mark.parametrize(("code", "change"), CONTRADICTORY.items(), ids=list(CONTRADICTORY))
def test_each_contradiction(code, change):
    """It is found, with the row it was last stated in and what to do."""
    (found,) = hm.contradictions(pd.DataFrame([ROW | change])).to_dict("records")
    assert found["code"] == code
    where = ["registration_number", "business_name", "kab_kota", "lp3h", "source_file", "source_sheet", "source_row"]
    assert {name: found[name] for name in where} == {name: ROW[name] for name in where}
    assert "periksa" in found["message"] or "isi " in found["message"] or "perbarui" in found["message"]


def test_what_agrees_is_not_listed():
    """A consistent application, and none at all."""
    assert hm.contradictions(pd.DataFrame([ROW])).empty
    assert hm.contradictions(pd.DataFrame([ROW]).iloc[:0]).empty


def problem(file, row, severity="warning"):
    return {
        "source_file": file,
        "severity": severity,
        "code": "nib_invalid",
        "sheet": "Mei",
        "row": row,
        "column": "nib",
    }


CURRENT = pd.DataFrame([ROW, ROW | {"source_row": 10, "kab_kota": "Kabupaten Berau"}])
NEWER = ROW | {"source_file": "Register Juni.xlsx", "statement_date": pd.Timestamp("2025-06-20")}


def still_open(*problems, rows=CURRENT):
    known = pd.DataFrame(problems).astype({"row": "Int64"})
    return hm.open_problems(known, rows)


def test_open_while_its_row_holds():
    """A warning is open as long as the table still rests on that very row."""
    found = still_open(problem("Register.xlsx", 9), problem("Register.xlsx", 11), problem("Register April.xlsx", 9))
    assert found[["source_file", "row", "kab_kota"]].values.tolist() == [["Register.xlsx", 9, "Kota Bontang"]]
    assert still_open(problem("Register.xlsx", 9), rows=pd.DataFrame([NEWER])).empty


def test_a_row_not_taken_is_open_while_its_file_is_the_newest():
    """Nothing rests on a rejected row: the next register of that LP3H replaces it, even if old rows linger."""
    rejected = problem("Register.xlsx", 30, "error")
    (found,) = still_open(rejected).to_dict("records")
    assert found["lp3h"] == "PWI Kaltim"
    assert pd.isna(found["kab_kota"])  # the file is of two places
    assert still_open(rejected, rows=pd.concat([CURRENT, pd.DataFrame([NEWER])])).empty
    of_another = pd.DataFrame([NEWER | {"lp3h": "LP3H UINSI Samarinda"}])
    assert len(still_open(rejected, rows=pd.concat([CURRENT, of_another]))) == 1


def test_a_newer_recap_mends_no_register():
    """Another kind of table says nothing about the rows of this one."""
    rejected = problem("Register.xlsx", 30, "error")
    recap = pd.DataFrame([NEWER | {"source_file": "Rekap.xlsx"}]).assign(table="recaps")
    rows = pd.concat([CURRENT.assign(table="applications"), recap])
    assert len(still_open(rejected, rows=rows)) == 1


def test_a_whole_column():
    """Without a row it is the file's."""
    assert len(still_open(problem("Register.xlsx", None))) == 1
    assert still_open(problem("Register April.xlsx", None)).empty


def test_what_only_informs_is_never_open():
    """An info asks for nothing."""
    assert still_open(problem("Register.xlsx", 9, "info")).empty


def test_nothing_reported():
    """No problem, or no row any more, is none open."""
    nothing = pd.DataFrame(columns=["source_file", "severity", "code", "sheet", "row", "column"])
    assert hm.open_problems(nothing, CURRENT).empty
    assert still_open(problem("Register.xlsx", 9), rows=CURRENT.iloc[:0]).empty
