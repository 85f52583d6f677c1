"""Kendala in a real browser: notes by keys above the slides, and typed into the page's table."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import Visit
from playwright.sync_api import Browser, TimeoutError, expect
from serve import Served, served

from halal_store import Store

pytestmark = pytest.mark.browser

MEETING = "R-2025-06-04"
SIZES = pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Iterator[tuple[Served, Store]]:
    """An office of its own, whose notes no other test counts, and its store."""
    folder = tmp_path_factory.mktemp("office")
    demo_to(folder / "store")
    with served(folder) as running:
        yield running, Store(folder / "store", time_zone="Asia/Makassar")


@pytest.fixture
def opened(browser: Browser, office: tuple[Served, Store]) -> Iterator[Callable[..., Visit]]:
    """`opened("/kendala", 390, 844)`: a new visitor's page."""
    contexts = []

    def come(path: str, width: int, height: int) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id="Asia/Makassar",
            reduced_motion="reduce",
            base_url=office[0].url,
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
        visit.page.goto(path, wait_until="domcontentloaded")
        visit.settle()
        return visit

    yield come
    for context in contexts:
        context.close()


def give_name(visit: Visit, name: str) -> None:
    field = visit.page.get_by_label("Nama Anda")
    field.fill(name)
    field.press("Enter")
    field.wait_for(state="detached")
    visit.settle()


def pick(visit: Visit, label: str, choice: str) -> None:
    field = visit.page.get_by_role("dialog").get_by_label(label).first
    field.click()
    field.press_sequentially(choice)
    visit.page.get_by_role("option").first.wait_for()
    field.press("Enter")
    visit.settle()


def type_into_new_row(visit: Visit, content: str) -> None:
    """Types into the first cell of the empty row under an editor's rows: a click makes the row, keys fill it."""
    page, editor = visit.page, visit.page.locator("[data-testid=stDataFrame]").first
    editor.scroll_into_view_if_needed()
    page.wait_for_timeout(500)  # the grid takes a moment to be ready
    box = editor.bounding_box()
    assert box is not None
    last = box["height"] - 18
    page.mouse.click(box["x"] + 40, box["y"] + last)
    visit.settle()
    for patience in (3_000, 6_000, 12_000):
        box = editor.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 40, box["y"] + last)
        page.wait_for_timeout(200)
        page.keyboard.press("Enter")
        try:
            page.locator("#portal textarea, #portal input").first.fill(content, timeout=patience)
        except TimeoutError:
            page.keyboard.press("Escape")
            continue
        page.keyboard.press("Enter")
        visit.settle()
        return
    raise AssertionError("the table takes no text")


@SIZES
def test_notes_by_keys_above_the_slides(opened: Callable, office: tuple[Served, Store], width: int, height: int):
    """K, T and P open a short form, Enter in a text saves it, and the slide of the meeting has it."""
    visit = opened(f"/tayang?rapat={MEETING}", width, height)
    forms = {
        "t": ("action", "Tindak lanjut", f"Surat rekaan {width}", "action"),
        "p": ("decision", "Keputusan", f"Putusan rekaan {width}", "text"),
        "k": ("obstacle", "Uraian", f"Kendala rekaan {width}", "text"),
    }
    for number, (key, (kind, label, content, column)) in enumerate(forms.items()):
        visit.page.keyboard.press(key)
        dialog = visit.page.get_by_role("dialog")
        dialog.wait_for()
        visit.settle()
        if not number:
            give_name(visit, "Rina Wulandari")
        if kind == "obstacle":
            pick(visit, "Kendala", "fatwa")
        field = dialog.get_by_label(label).first
        field.fill(content)
        field.press("Enter")
        dialog.wait_for(state="detached")
        visit.settle()
        expected = f"{len(office[1].notes(kind))} kendala terbuka" if kind == "obstacle" else content
        assert expected in (visit.page.locator(".stage").text_content() or "")
        note = office[1].notes(kind).to_dict("records")[-1]
        assert (note[column], note["meeting"], note["noted_by"]) == (content, MEETING, "Rina Wulandari")
    assert office[1].notes("obstacle").iloc[-1]["category"] == "K10"
    for record in office[1].changes()["record_id"].drop_duplicates()[-3:]:  # a slide has room for four decisions
        office[1].take_back(record, by="Rina Wulandari", meeting=MEETING)
    assert visit.faults == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768)])
def test_a_row_is_typed_saved_and_taken_back(opened: Callable, office: tuple[Served, Store], width: int, height: int):
    """While others note something the typed row stays; then it is saved once, and taken back in the list of changes."""
    _, store = office
    visit = opened("/kendala?bagian=Keputusan", width, height)
    give_name(visit, "Budi Santoso")
    content = f"Diketik di tabel {width}"
    type_into_new_row(visit, content)
    others = store.note("decision", {"text": f"Dari orang lain {width}"}, by="Rina")
    visit.page.wait_for_timeout(2_100)  # the app looks into its store every two seconds
    visit.page.get_by_role("combobox", name="Dicatat untuk rapat").click()
    visit.page.get_by_role("option").nth(1).click()
    visit.settle()
    expect(visit.page.get_by_role("button", name="Buang ketikan")).to_be_visible()
    visit.page.get_by_role("button", name="Simpan perubahan").click()
    expect(visit.page.get_by_text("Keputusan disimpan: 1 baru.")).to_be_visible()
    visit.settle()
    expect(visit.page.get_by_role("button", name="Buang ketikan")).to_have_count(0)
    last = store.notes("decision").to_dict("records")[-1]
    assert (last["text"], last["noted_by"], last["meeting"]) == (content, "Budi Santoso", MEETING)
    assert store.notes("decision")["text"].tolist().count(content) == 1

    visit.page.get_by_role("button", name="Perubahan", exact=True).or_(
        visit.page.get_by_role("radio", name="Perubahan", exact=True)
    ).first.click()
    visit.settle()
    visit.page.get_by_role("button", name="Batalkan perubahan ini").click()
    expect(visit.page.get_by_text("Perubahan dibatalkan")).to_be_visible()
    texts = store.notes("decision")["text"].tolist()
    assert content not in texts
    assert f"Dari orang lain {width}" in texts
    store.take_back(others.record_id, by="Rina")
    assert visit.faults == []
