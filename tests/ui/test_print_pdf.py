"""The print of a meeting: a page of the whole and one a place, as A4 with the numbers of its set."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from halal_metrics.places import KAB_KOTA
from halal_store import Store
from halal_ui.reports.print_pdf import print_pdf
from halal_ui.reports.print_sheet import SMALL, printable
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.words.formats import fmt_count, fmt_rate
from halal_ui.words.names import place

ID = "R-2025-06-04"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, demo_to):
    return demo_to(tmp_path_factory.mktemp("print") / "store")


@pytest.fixture(scope="module")
def meeting(folder):
    return Store(folder, time_zone=programme().time_zone).meeting(ID)


@pytest.fixture(scope="module")
def content(meeting):
    return print_pdf(meeting)


@pytest.fixture(scope="module")
def reader(content):
    return PdfReader(BytesIO(content))


def words(page) -> str:
    return " ".join(page.extract_text().split())


def test_a_page_of_the_whole_and_one_a_place(reader):
    """The summary comes first, then each kabupaten/kota on one page, and the outline names them all."""
    outline = [entry.title for entry in reader.outline]
    assert outline[0] == "Ringkasan"
    assert {place(name) for name in KAB_KOTA} <= set(outline)
    assert [reader.get_destination_page_number(entry) for entry in reader.outline] == list(range(len(reader.pages)))


def test_the_summary_says_the_numbers_of_the_set(reader, meeting):
    """Used and issued, their shares, and each place with its own stand on the first page as text."""
    view, told = meeting_set(meeting).view, words(reader.pages[0])
    row = view.absorption().iloc[0]
    shown = (fmt_count(row["used"]), fmt_rate(row["absorption_rate"]), fmt_rate(row["issuance_rate"]))
    assert all(text in told for text in shown)
    for name, used, rate in view.absorption(["kab_kota"])[["kab_kota", "used", "absorption_rate"]].itertuples(False):
        line = told.partition(f"Status {place(name)}")[2] or told.partition(f"{place(name)} ")[2]
        assert fmt_count(used) in line
        assert fmt_rate(rate) in line


def test_a_place_has_its_own_numbers_and_promises(reader, meeting):
    """The page of Berau says what is used of its quota, and the promise that names it."""
    found = meeting_set(meeting)
    number = [entry.title for entry in reader.outline].index("Berau")
    told = words(reader.pages[number])
    row = found.numbers.within(kab_kota="Kabupaten Berau").absorption().iloc[0]
    assert f"{fmt_count(row['used'])} dari {fmt_count(row['quota'])} kuota" in told
    promised = found.actions[found.actions["kab_kota"] == "Kabupaten Berau"]["action"]
    assert len(promised)
    assert all(" ".join(text.split()[:4]) in told for text in promised)


def test_every_page_says_of_which_set_it_is(reader, meeting):
    """Set id, day, source, page number and the mark of invented data stand at the foot of every page."""
    for number, page in enumerate(reader.pages, 1):
        told = words(page)
        assert f"Set {ID} · per 4 Juni 2025" in told
        assert "Sumber: dari" in told
        assert f"{number}/{len(reader.pages)}" in told
        assert programme().demo_mark in told


def test_the_same_set_gives_the_same_bytes(content, meeting, folder):
    """Opened anew, the meeting is printed to the byte as before, dated by its freezing."""
    again = Store(folder, time_zone=programme().time_zone).meeting(ID)
    assert print_pdf(again) == content
    dated = PdfReader(BytesIO(content)).metadata or {}
    assert dated["/CreationDate"] == f"D:{meeting.frozen_at:%Y%m%d%H%M%S}"
    assert ID in dated["/Title"]


def test_it_is_a4_in_indonesian_with_its_letters_inside(reader):
    """Every page is A4, the document names its language, and no face is left to the machine that opens it."""
    assert reader.root_object["/Lang"] == "id-ID"
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        for font in page["/Resources"]["/Font"].get_object().values():
            found = font.get_object()
            if "Vera" in found["/BaseFont"]:
                assert "/FontFile2" in found["/FontDescriptor"].get_object()


def test_no_letter_is_too_small_or_unknown(reader):
    """Nothing is set below nine points, and no character was missing from the face."""
    for page in reader.pages:
        sizes = []
        page.extract_text(
            visitor_text=lambda text, _, matrix, font, size, sizes=sizes: sizes.append(size) if text.strip() else None
        )
        assert min(sizes) >= SMALL
        assert "?" not in words(page)


def test_signs_the_face_lacks_are_told_or_left_out():
    """A mark goes, an arrow is a word, a sign of another script shows that something was there."""
    assert printable("▼ Kritis: 5 → 6 猫") == "Kritis: 5 menjadi 6 ?"
