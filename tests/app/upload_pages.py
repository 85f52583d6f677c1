"""The page Unggah through app.py, for tests that drop files on it and press its buttons."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from upload_files import REGISTER

from halal_ui.screen.access.actors import NAME_KEY
from halal_ui.screen.upload import session as sessions

ROOT = Path(__file__).parents[2]
UINSI = ("Rekap_UINSI.csv", REGISTER.encode(), "text/csv")
UNMUL = (
    "unmul.csv",
    b"No. Daftar;NIB;Kab/Kota;LP3H;Status\nSH2025-1-990101;9900000000101;Berau;Unmul;OF10\n",
    "text/csv",
)


def opened(name: str | None = "Rina Wulandari", **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state[NAME_KEY] = name
    for key, value in query.items():
        app.query_params[key] = value
    return app.run().switch_page("pages/data/upload.py").run()


def drop(app: AppTest, *files: tuple[str, bytes, str]) -> AppTest:
    return app.file_uploader[0].set_value(list(files)).run()


def words(app: AppTest) -> str:
    """Everything the page says."""
    assert not app.exception
    parts = [part.proto.body for part in app.get("html")]
    return " ".join([*parts, *(part.value for part in [*app.caption, *app.info, *app.warning, *app.error])])


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if label in button.label).click().run()


def choose(app: AppTest, label: str, value: str | None) -> AppTest:
    return next(box for box in app.selectbox if label in box.label).set_value(value).run()


def session(app: AppTest) -> sessions.UploadSession:
    return app.session_state[sessions.KEY]
