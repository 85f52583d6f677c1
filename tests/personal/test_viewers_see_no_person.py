"""What a viewer's browser is sent, on every page and in every download, says nothing of a person."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import Visit
from planted import leaks, planted_store
from playwright.sync_api import Browser
from serve import Served, served

from halal_store import Store

pytestmark = pytest.mark.browser

PARTS = ("Baris diterima", "Masalah", "Ditolak", "Dilewati", "Lembar dan pilihan")
PAGES = (
    "/", "/kab-kota", "/kab-kota?kab=berau", "/lp3h", "/corong", "/tenggat", "/tayang", "/bahan-rapat", "/unggah",
    "/mutu-data", "/mutu-data?bagian-mutu=Perlu+dibetulkan", "/mutu-data?bagian-mutu=Kemungkinan+ganda",
    "/mutu-data?bagian-mutu=Rekonsiliasi", "/definisi",
    *(f"/kendala?bagian={part}" for part in ("Kendala", "Tindak+lanjut", "Keputusan", "Peristiwa", "Perubahan")),
)  # fmt: skip


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Store]]:
    """A server on every address of the machine, to which all that look are viewers."""
    folder = tmp_path_factory.mktemp("open to all")
    store, *_ = planted_store(folder / "store")
    with served(folder, ADDRESS="0.0.0.0", PANTAU_HALAL_DEMO="0") as running:
        yield running, store


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[tuple[Visit, list[str]]]:
    """A viewer's page, and all that its websockets were sent."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="id-ID", reduced_motion="reduce")
    page, frames = context.new_page(), []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda sent: frames.append(_text(sent))))
    yield Visit(page), frames
    context.close()


def _text(sent: str | bytes) -> str:
    return sent if isinstance(sent, str) else sent.decode("utf-8", "ignore")


def _unpacked(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "ignore")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "\n".join(_unpacked(parts.read(name)) for name in parts.namelist())


def _looked_at(visit: Visit, frames: list[str], url: str) -> str:
    """All that came while a page was opened."""
    frames.clear()
    visit.page.goto(url, wait_until="domcontentloaded")
    visit.settle()
    return "\n".join([*frames, visit.page.content()])


def test_no_page_tells_a_viewer_of_a_person(open_to_all: tuple[Served, Store], watched: tuple[Visit, list[str]]):
    """Every page and every part of one, frame by frame."""
    server, visit = open_to_all[0], watched[0]
    found, told = {}, {}
    for page in PAGES:
        told[page] = _looked_at(*watched, server.url + page)
        found[page] = leaks(told[page])
        assert not visit.page.get_by_text("ada gangguan pada aplikasi").count(), page
    assert not {page: leak for page, leak in found.items() if leak}
    assert "••••••" in told["/kendala?bagian=Tindak+lanjut"]  # what was planted is shown, masked
    assert "Rina" in told["/kendala?bagian=Perubahan"]


def test_no_upload_tells_a_viewer_of_a_person(open_to_all: tuple[Served, Store], watched: tuple[Visit, list[str]]):
    """Each upload opened, all its parts, and what can be taken away of it."""
    (server, store), (visit, frames) = open_to_all, watched
    found = {}
    for table, upload_id in store.history()[["table", "upload_id"]].itertuples(index=False):
        told = [_looked_at(visit, frames, f"{server.url}/riwayat?unggahan={upload_id}")]
        for part in PARTS:
            visit.page.get_by_role("radio", name=part).or_(visit.page.get_by_role("button", name=part)).first.click()
            visit.settle()
        with visit.page.expect_download() as taken:
            visit.page.get_by_role("button", name="Unduh baris diterima").click()
        told += [*frames, visit.page.content(), _unpacked(Path(taken.value.path()).read_bytes()),
                 taken.value.suggested_filename]  # fmt: skip
        assert not visit.page.get_by_role("button", name="Unduh berkas asli").count()
        assert not visit.page.get_by_role("button", name="Buka data pribadi").count()
        found[f"{table} {upload_id}"] = leaks("\n".join(told))
    assert not {upload: leak for upload, leak in found.items() if leak}


def test_no_table_taken_away_tells_of_a_person(open_to_all: tuple[Served, Store], watched: tuple[Visit, list[str]]):
    """Each download that a page offers a viewer."""
    server, (visit, frames) = open_to_all[0], watched
    found, taken_away = {}, 0
    for page in ("/kendala?bagian=Kendala", "/kendala?bagian=Tindak+lanjut", "/mutu-data?bagian-mutu=Perlu+dibetulkan",
                 "/mutu-data?bagian-mutu=Kemungkinan+ganda", "/kab-kota", "/bahan-rapat"):  # fmt: skip
        _looked_at(visit, frames, server.url + page)
        for summary in visit.page.locator("[data-testid=stExpander] summary").all():
            summary.click()
            visit.settle()
        for button in visit.page.locator("[data-testid=stDownloadButton] button").all():
            if button.is_visible():
                with visit.page.expect_download() as taken:
                    button.click()
                taken_away += 1
                text = _unpacked(Path(taken.value.path()).read_bytes()) + taken.value.suggested_filename
                found[f"{page} {taken.value.suggested_filename}"] = leaks(text)
    assert taken_away > 5
    assert not {what: leak for what, leak in found.items() if leak}
