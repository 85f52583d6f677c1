"""A server that the network can reach, a real OpenID provider, a real browser: who may write, and who may not."""

import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsers import SETTLED
from forged import Forger
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, BrowserContext, Page
from serve import Served, served

from halal_metrics import read_upload
from halal_store import Store
from halal_ui.snapshot.programme import programme

pytestmark = pytest.mark.browser

OPERATOR, STAFF, VIEWER = "rina@dinas.example", "budi@uinsi.example", "tamu@dinas.example"
ROSTER = f"""operators = ["{OPERATOR}"]
[lp3h]
"UINSI" = ["{STAFF}"]
"""
SECRETS = """[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "pantau-halal"
client_secret = "tidak rahasia"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"
"""
HEAD = "No. Daftar;Nama Usaha;Kab/Kota;LP3H;Tgl Daftar;Status\n"
FILES = {
    "Register UINSI.csv": "SH2025-1-990001;Dapur Rekaan;Kota Bontang;UINSI;02/05/2025;OF10\n",
    "Register Unmul.csv": "SH2025-1-990002;Kue Rekaan;Kota Bontang;Unmul;03/05/2025;OF10\n",
}


def name_of(email: str) -> str:
    return email.split("@")[0].title()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two uploads: one of UINSI's staff, one of the operator for Unmul."""
    made = Store(tmp_path_factory.mktemp("network") / "store", time_zone=programme().time_zone)
    for (name, row), by in zip(FILES.items(), (f"Budi <{STAFF}>", f"Rina <{OPERATOR}>"), strict=True):
        made.commit(read_upload((HEAD + row).encode(), filename=name), by=by)
    return made


@pytest.fixture(scope="module")
def network(store: Store) -> Iterator[Served]:
    """The app listening on every address, with the sign-in set up."""
    folder, port = Path(store.path).parent, free_port()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    people = [
        User(sub=email, claims={"email": email, "email_verified": True, "name": name_of(email)})
        for email in (OPERATOR, STAFF, VIEWER)
    ]
    with run_server_in_thread(user_claims=people) as provider:
        (folder / ".streamlit").mkdir()
        secrets = SECRETS.format(url=f"http://localhost:{port}", port=provider.server_port)
        (folder / ".streamlit" / "secrets.toml").write_text(secrets)
        (folder / "access.toml").write_text(ROSTER)
        with served(
            folder,
            HOME=str(folder),  # where Streamlit looks for secrets besides the project's own folder
            PORT=str(port),
            ADDRESS="0.0.0.0",
            PANTAU_HALAL_DEMO="0",
            PANTAU_HALAL_ACCESS=str(folder / "access.toml"),
        ) as running:
            yield running


@pytest.fixture(scope="module")
def signed_in(browser: Browser, network: Served, store: Store) -> Iterator[Callable[[str], BrowserContext]]:
    """`signed_in(email)`: a browser in which that person has gone through the provider's pages; "" is a stranger's."""
    contexts: dict[str, BrowserContext] = {}

    def sign_in(email: str) -> BrowserContext:
        if email not in contexts:
            contexts[email] = browser.new_context(locale="id-ID")
            if email:
                page = opened(contexts[email], network, f"/riwayat?unggahan={own(store, 'Register UINSI.csv')}")
                page.get_by_role("button", name="Masuk").click()
                page.get_by_role("button", name=email).click()
                page.wait_for_url(f"{network.url}/")
        return contexts[email]

    yield sign_in
    for context in contexts.values():
        context.close()


def opened(context: BrowserContext, network: Served, path: str) -> Page:
    page = context.new_page()
    page.goto(network.url + path)
    page.wait_for_function(SETTLED, polling=50, timeout=60_000)
    return page


def main_text(page: Page) -> str:
    return page.locator("[data-testid=stMain]").inner_text()


def cookies(context: BrowserContext) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in context.cookies()}


def own(store: Store, name: str) -> str:
    history = store.history()
    return str(history.loc[history["filename"] == name, "upload_id"].iloc[0])


def forged_undo(network: Served, upload_id: str, known: Forger, jar: dict[str, str]) -> list[str]:
    """What the app says to clicks on "Buka data pribadi" and "Batalkan unggahan ini", drawn or not."""
    with Forger(network.url, jar) as forger:
        forger.widgets = dict(known.widgets)  # whoever has a copy of the app knows what its buttons are called
        query = f"unggahan={upload_id}"
        reason = {known.id_of("alasan pembatalan"): "dipalsukan"}
        forger.run("riwayat", query)
        forger.run("riwayat", query, **{"buka-data-pribadi": True})
        forger.run("riwayat", query, **{f"akibat-{upload_id}": True})
        forger.run("riwayat", query, **{f"akibat-{upload_id}": True, **reason})
        return forger.run("riwayat", query, **{f"akibat-{upload_id}": True, **reason, "batalkan": True}).said


def test_who_may_write_over_the_network(store: Store, network: Served, signed_in: Callable[[str], BrowserContext]):
    """A stranger and a viewer read; an LP3H undoes its own; an operator anything; a forged click does no more."""
    theirs, others = own(store, "Register UINSI.csv"), own(store, "Register Unmul.csv")
    before = store.version

    # what each of them sees
    says = {
        "": "Masuklah dengan akun kantor Anda untuk membatalkan unggahan",
        VIEWER: f"Anda masuk sebagai Tamu {VIEWER}, yang belum terdaftar sebagai operator",
    }
    for email, sentence in says.items():
        page = opened(signed_in(email), network, f"/riwayat?unggahan={others}")
        assert sentence in main_text(page)
        assert page.get_by_text("Lihat dahulu apa yang akan berubah").count() == 0
        assert page.get_by_role("button", name="Buka data pribadi").count() == 0

    # what an LP3H may: the button is there, the write is not
    page = opened(signed_in(STAFF), network, f"/riwayat?unggahan={others}")
    assert "Anda masuk untuk UINSI. Dicatat atas nama Budi" in main_text(page)
    page.get_by_text("Lihat dahulu apa yang akan berubah").click()
    page.get_by_label("Alasan pembatalan").fill("bukan milik kami")
    page.get_by_label("Alasan pembatalan").press("Tab")
    page.get_by_role("button", name="Batalkan unggahan ini").click()
    page.get_by_text("jadi hanya dapat membatalkan unggahan untuk LP3H itu").wait_for()
    assert store.version == before

    # what a forged click does, by the operator's own knowledge of the buttons
    with Forger(network.url, cookies(signed_in(OPERATOR))) as known:
        known.run("riwayat", f"unggahan={others}")
        known.run("riwayat", f"unggahan={others}", **{f"akibat-{others}": True})
        assert {known.id_of(name) for name in ("batalkan", "buka-data-pribadi")} <= set(known.widgets)
    for email in ("", VIEWER, STAFF):
        forged_undo(network, others, known, cookies(signed_in(email)))
        assert store.version == before

    # the very same messages, by those who may
    forged_undo(network, others, known, cookies(signed_in(OPERATOR)))
    assert store.version != before
    page = opened(signed_in(STAFF), network, f"/riwayat?unggahan={theirs}")
    page.get_by_text("Lihat dahulu apa yang akan berubah").click()
    page.get_by_label("Alasan pembatalan").fill("berkas keliru")
    page.get_by_label("Alasan pembatalan").press("Tab")
    page.get_by_role("button", name="Batalkan unggahan ini").click()
    page.get_by_text("Unggahan dibatalkan.").wait_for()
    history = store.history().set_index("filename")
    assert history.loc["Register Unmul.csv", "undone_by"] == f"Rina <{OPERATOR}>"
    assert history.loc["Register UINSI.csv", "undone_by"] == f"Budi <{STAFF}>"
    assert history.loc["Register UINSI.csv", "undo_reason"] == "berkas keliru"
