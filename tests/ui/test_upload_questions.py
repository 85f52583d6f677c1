"""An LP3H or a place that nobody knows is a question, wherever in the file it stands; answered, it is one no longer."""

from pathlib import Path

import pandas as pd
from upload_files import item, workbook

from halal_store import Store
from halal_ui.intake.choices import choices_of
from halal_ui.intake.item import item_of
from halal_ui.intake.questions import KIND, entered, institutions_of
from halal_ui.intake.reading import know, look, read

NEW = "LP3H Contoh Nusantara"
REGISTER = "No. Daftar;Kab/Kota;LP3H;Status\nSH2025-1-990001;{place};{lp3h};OF10\nSH2025-1-990002;Berau;Unmul;OF10\n"


def dropped(place: str = "Berau", lp3h: str = NEW):
    return item(REGISTER.format(place=place, lp3h=lp3h), "data.csv")


def asked(one) -> list[tuple[str, str]]:
    return [(question.column, question.raw) for question in one.questions]


def test_an_unknown_lp3h_is_asked_about():
    """And the file is not ready until somebody has said what it is."""
    one = dropped()
    assert asked(one) == [("lp3h", NEW)]
    assert not one.ready
    assert "1 nama belum dikenal" in one.waiting
    one.choices = one.choices.with_meaning("lp3h", NEW, "LP3H UINSI Samarinda")
    read(one)
    assert (asked(one), one.ready) == ([], True)
    assert one.upload.frame["lp3h"].tolist()[0] == "LP3H UINSI Samarinda"


def test_an_lp3h_of_a_title_or_a_sheets_name_is_asked_about():
    """What is said once for all rows is answered like a cell."""
    rows = [[f"LP3H : {NEW}"], [], ["No. Daftar", "Kab/Kota", "Status"], ["SH2025-1-990001", "Berau", "OF10"]]
    for content in (workbook(Mei=rows), workbook(**{NEW: rows[2:]})):
        one = item_of("data.xlsx", content)
        look(one, [])
        assert asked(one) == [("lp3h", NEW)]
        one.choices = one.choices.with_meaning("lp3h", NEW, "PWI Kaltim")
        read(one)
        assert one.upload.frame["lp3h"].tolist() == ["PWI Kaltim"]


def test_an_lp3h_typed_for_the_whole_file_is_asked_about():
    """A value for all rows may be a slip like any other."""
    one = item("No. Daftar;Kab/Kota;Status\nSH2025-1-990001;Berau;OF10\n", "data.csv")
    one.choices = one.choices.with_default("lp3h", NEW)
    read(one)
    assert asked(one) == [("lp3h", NEW)]


def test_an_unknown_place_and_an_lph_are_asked_about():
    """Outside the province, not understood, of the wrong kind: the same as a known one, or left empty."""
    one = dropped(place="Banjarmasin", lp3h="LPH UINSI")
    assert asked(one) == [("kab_kota", "Banjarmasin"), ("lp3h", "LPH UINSI")]
    assert [question.lph for question in one.questions] == [False, True]
    one.choices = one.choices.with_meaning("kab_kota", "Banjarmasin", None).with_meaning("lp3h", "LPH UINSI", None)
    read(one)
    assert one.ready


def test_several_spellings_of_a_new_lp3h_are_one():
    """It is entered once, with all that was taken for it; and only if its rows are there."""
    one = item(REGISTER.format(place="Berau", lp3h=NEW).replace("Unmul", "Contoh Nus."), "data.csv")
    assert len(one.questions) == 2
    one.choices = one.choices.with_institution(NEW, NEW).with_meaning("lp3h", "Contoh Nus.", NEW)
    read(one)
    assert (asked(one), one.ready) == ([], True)
    assert entered(one.upload, one.choices) == [{"name": NEW, "spellings": f"{NEW}\nContoh Nus."}]
    assert entered(one.upload, one.choices.with_institution("x", "LP3H Lain")) == entered(one.upload, one.choices)
    assert choices_of(one.choices.facts) == one.choices
    assert "institutions" not in one.choices.lasting()


def test_what_was_entered_is_known_until_it_is_taken_back(tmp_path: Path):
    """No question for these spellings, and the name that was given to it; taken back, it is asked about again."""
    store = Store(tmp_path)
    noted = store.note(KIND, {"name": NEW, "spellings": f"{NEW}\nContoh Nus."}, by="Rina")
    known = institutions_of(store.notes(KIND))
    for written in (NEW, NEW.upper(), "contoh  nus."):
        one = dropped(lp3h=written)
        know(one, known)
        assert (asked(one), one.ready) == ([], True)
        assert one.upload.frame["lp3h"].tolist()[0] == NEW
        assert "lp3h_unknown" not in set(one.upload.problems["code"])
    store.take_back(noted.record_id, by="Budi")
    one = dropped()
    know(one, institutions_of(store.notes(KIND)))
    assert asked(one) == [("lp3h", NEW)]


def test_a_remembered_answer_is_none_where_the_lp3h_was_taken_back():
    """What was chosen for a sender's last file enters nobody into the list again."""
    one = dropped()
    one.choices = choices_of(one.choices.with_institution(NEW, NEW).lasting())
    read(one)
    assert asked(one) == [("lp3h", NEW)]
    assert institutions_of(pd.DataFrame({"name": [], "spellings": []})).names == ()
