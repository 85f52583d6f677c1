"""Two sheets that state one key differently are a question: which counts; the answer holds, is kept, and can change."""

from upload_files import workbook

from halal_ui.intake.choices import choices_of, recalled
from halal_ui.intake.item import UploadItem, item_of
from halal_ui.intake.reading import look, read
from halal_ui.intake.saved_mappings import SavedMapping

RECAP, QUOTA = ["Kab/Kota", "LP3H", "Pengajuan", "Terbit"], ["Kab/Kota", "LP3H", "Kuota"]
PLANS = {"Mei": [QUOTA, ["Berau", "Unmul", 120]], "Juni": [QUOTA, ["Berau", "Unmul", 130]]}


def dropped(**sheets: list[list]) -> UploadItem:
    one = item_of("rekap.xlsx", workbook(**sheets))
    look(one, [])
    return one


def answer(one: UploadItem, sheets: tuple[str, str], taken: str | None) -> list[tuple[tuple[str, str], bool]]:
    """Each pair of sheets after the answer, and whether it is answered."""
    one.choices = one.choices.with_between(sheets, taken)
    read(one)
    return [(pair.sheets, pair.answered) for pair in one.sheet_pairs]


def test_a_file_waits_until_somebody_says_which_sheet_counts():
    """Both numbers are shown with their rows; either can be taken, and the other after all."""
    one = dropped(**PLANS)
    (pair,) = one.sheet_pairs
    assert pair.sheets == ("Mei", "Juni")
    assert "untuk 1 kab/kota · LP3H yang sama. Dipakai sekarang: lembar Mei." in pair.in_words
    assert pair.examples == ["Berau · Unmul: lembar Mei baris 2: Kuota 120 · lembar Juni baris 2: Kuota 130"]
    assert (one.ready, one.waiting) == (
        False, "1 pasang lembar menyebut angka berbeda: pilih dahulu pada langkah Pahami"
    )  # fmt: skip
    for taken, quota in (("Juni", 130), ("Mei", 120), (None, 120)):
        assert answer(one, ("Mei", "Juni"), taken) == [(("Mei", "Juni"), True)]
        assert (one.upload.frame["quota"].tolist(), one.ready) == ([quota], True)


def test_numbers_left_as_they_are_read_may_be_of_both_sheets():
    """Of recaps the further ones; it is said how many are of which."""
    places = [["Berau", "Unmul", 5, 1], ["Paser", "Unmul", 5, 1]]
    one = dropped(
        Mei=[RECAP, *places], Juni=[RECAP, ["Berau", "Unmul", 9, 1], ["Paser", "Unmul", 3, 1]], Juli=[RECAP, places[0]]
    )
    (pair,) = [pair for pair in one.sheet_pairs if pair.sheets == ("Mei", "Juni")]
    assert (
        "Dipakai sekarang: 1 dari lembar Mei dan 1 dari lembar Juni, yaitu yang prosesnya lebih jauh" in pair.in_words
    )
    assert [*dict(answer(one, ("Juni", "Mei"), None)).values()].count(False) == 1  # June and July
    assert one.upload.frame["submitted"].tolist() == [5, 9]


def test_an_answer_that_another_one_changes_is_asked_again():
    """The last answer holds; nothing is taken otherwise than it was agreed to."""
    named = {"Mei": ["Berau", "Paser"], "Juni": ["Berau", "Bontang"], "Juli": ["Paser", "Bontang"]}
    sheets = {
        month: [QUOTA, *([place, "Unmul", 10 * number] for place in places)]
        for number, (month, places) in enumerate(named.items())
    }
    one = dropped(**sheets)
    answer(one, ("Mei", "Juni"), "Mei")
    answer(one, ("Juni", "Juli"), "Juni")
    found = dict(answer(one, ("Mei", "Juli"), "Juli"))
    assert found[("Mei", "Juli")]
    assert list(found.values()).count(False) == 1
    assert not one.ready


def test_the_answer_is_kept_and_remembered():
    """Across a reload as it was given; for the sender's next file where both sheets are in it, and no sheet is lost."""
    one = dropped(**PLANS)
    answer(one, ("Mei", "Juni"), "Juni")
    assert choices_of(one.choices.facts) == one.choices
    lasting = one.choices.lasting()
    assert SavedMapping("Unmul", "", "", lasting).in_words == ["angka lembar Juni didahulukan dari lembar Mei"]
    later = dropped(**PLANS, Juli=[QUOTA, ["Paser", "Unmul", 7]])
    later.choices = recalled(lasting, ["Mei", "Juni", "Juli"])
    read(later)
    assert (later.upload.frame["quota"].tolist(), later.ready) == ([130, 7], True)
    assert recalled(lasting, ["Juni", "Juli"]).between == {}


def test_one_sheet_that_contradicts_itself_is_told_and_not_asked():
    """There is no sheet to choose, and the warning says so."""
    one = dropped(Mei=[RECAP, ["Berau", "Unmul", 5, 1], ["Berau", "Unmul", 9, 1]])
    assert (one.sheet_pairs, one.ready) == ([], True)
    (message,) = one.upload.problems.loc[one.upload.problems["code"] == "stated_twice", "message"]
    assert "Keduanya di satu lembar, jadi tidak dapat dipilih di sini" in message
