"""The page Unggah, handled as a person does."""

from browsers import Visit
from playwright.sync_api import TimeoutError


def drop(visit: Visit, *files: tuple[str, bytes]) -> None:
    visit.page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in files]
    )
    visit.page.get_by_text("2 · Pahami").wait_for()
    visit.settle()


def press(visit: Visit, label: str) -> None:
    visit.page.get_by_role("button", name=label, exact=False).last.click()
    visit.page.wait_for_timeout(150)
    visit.settle()


def press_until(visit: Visit, label: str, said: str) -> None:
    """As `press`, and again where a run that ended meanwhile took the click with it: until the page says so."""
    button = visit.page.get_by_role("button", name=label, exact=False)
    for patience in (5, 10):
        press(visit, label)
        if _says(visit, said, patience) or not button.count():
            break
    says(visit, said)


def says(visit: Visit, words: str) -> None:
    """Fails if the page does not come to say so."""
    assert _says(visit, words, 30), f"{words!r} is not said: {text(visit)}"


def _says(visit: Visit, words: str, seconds: float) -> bool:
    try:
        visit.page.wait_for_function(
            "words => document.querySelector('[data-testid=stMain]')?.innerText.replace(/\\s+/g, ' ').includes(words)",
            arg=words,
            timeout=seconds * 1000,
        )
    except TimeoutError:
        return False
    return True


def text(visit: Visit) -> str:
    return " ".join(visit.page.locator("[data-testid=stMain]").inner_text().split())


def mend(visit: Visit, *, table: int, down: int, right: int, content: str, mended: int = 1) -> None:
    """
    Types into a cell of an editor as a person does: click the first cell, arrow keys, Enter, type, Enter.

    `mended`: cells that have been typed into with this one.
    """
    page = visit.page
    done = page.get_by_role("button", name=f"Periksa lagi ({mended})")
    for patience in (4_000, 8_000, 20_000):  # the grid takes a moment to be ready for keys after a run
        editor = page.locator("[data-testid=stDataFrame]").nth(table)
        editor.scroll_into_view_if_needed()
        page.wait_for_timeout(300)
        box = editor.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + 20, box["y"] + 52)
        for key in ["ArrowDown"] * down + ["ArrowRight"] * right + ["Enter"]:
            page.wait_for_timeout(120)
            page.keyboard.press(key)
        try:
            page.locator("#portal textarea, #portal input").first.fill(content, timeout=patience)
            page.wait_for_timeout(120)
            page.keyboard.press("Enter")
            done.wait_for(timeout=patience)
            break
        except TimeoutError:
            page.keyboard.press("Escape")
    visit.settle()
    assert done.is_visible()


def look_at_undoing(visit: Visit, words: str) -> None:
    """On Riwayat: finds the upload by these words, and asks what would change if it were undone."""
    page = visit.page
    page.get_by_label("Cari").fill(words)
    page.keyboard.press("Enter")
    page.wait_for_timeout(400)
    visit.settle()
    listed = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert listed is not None
    page.mouse.click(listed["x"] + 15, listed["y"] + 52)
    page.get_by_text("Lihat dahulu apa yang akan berubah").click()
