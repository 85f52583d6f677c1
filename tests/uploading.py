"""The page Unggah, handled as a person does."""

from browsers import Visit


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


def text(visit: Visit) -> str:
    return " ".join(visit.page.locator("[data-testid=stMain]").inner_text().split())


def mend(visit: Visit, *, table: int, down: int, right: int, content: str, mended: int = 1) -> None:
    """
    Types into a cell of an editor as a person does: click the first cell, arrow keys, Enter, type, Enter.

    `mended`: cells that have been typed into with this one.
    """
    page = visit.page
    editor = page.locator("[data-testid=stDataFrame]").nth(table)
    editor.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box = editor.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 20, box["y"] + 52)
    for key in ["ArrowDown"] * down + ["ArrowRight"] * right + ["Enter"]:
        page.wait_for_timeout(120)  # the grid takes a moment to move its focus
        page.keyboard.press(key)
    page.locator("#portal :focus").wait_for()
    page.keyboard.type(content, delay=10)
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Periksa lagi ({mended})").wait_for()
    visit.settle()
