"""From the figures of the monitor pages to their rows: as many as the figure says, masked, with file, sheet and row."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from halal_metrics.schema import TABLES, conform, empty
from halal_store import Store, Tables
from halal_ui.snapshot import now as snapshots
from halal_ui.snapshot.now import Snapshot
from halal_ui.snapshot.programme import programme
from halal_ui.snapshot.scope import Scope
from halal_ui.views.drilldown import DONE, FIGURES, REACHED, RECENT, TURNS, Asked, drilldown_of, rows_behind
from halal_ui.words.labels import UNKNOWN_GROUP

ROOT = Path(__file__).parents[2]
MEETING, YEAR_END = date(2025, 6, 4), date(2025, 12, 12)
LOOKS = [
    (MEETING, ()),
    (MEETING, ("kab_kota",)),
    (MEETING, ("kab_kota", "lp3h")),
    (YEAR_END, ()),
    (YEAR_END, ("lp3h",)),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, demo_to: Callable[[Path], Path]) -> Path:
    """A store with the demonstration set."""
    return demo_to(tmp_path_factory.mktemp("behind") / "store")


@pytest.fixture(scope="module")
def demo(store: Path) -> Snapshot:
    """What the pages look things up in."""
    return snapshots.take(Store(store, time_zone=programme().time_zone).read(), programme())


@pytest.fixture(scope="module")
def app_store(store: Path) -> Iterator[None]:
    os.environ["PANTAU_HALAL_STORE"] = str(store)
    yield
    del os.environ["PANTAU_HALAL_STORE"]


def shown_figures(snapshot: Snapshot, day: date, by: tuple[str, ...]) -> Iterator[tuple[str, pd.DataFrame, str]]:
    """(figure, frame, its column) of every count of applications on the monitor pages."""
    view = snapshot.within(Scope(day))
    for measure, name in DONE.items():
        gaps = snapshot.within(Scope(day, measure=measure)).gaps(by).eval("recent = pace_per_week * 4")
        yield name, gaps, "done"
        yield RECENT[measure], gaps, "recent"
    funnel, backlog = view.funnel(by), view.backlog(by)
    for stage, name in REACHED.items():
        if stage != "quota":
            yield name, funnel[funnel["stage"] == stage], "reached"
            if stage != "issued":
                yield f"waiting-{stage}", funnel[funnel["stage"] == stage], "waiting"
    for stage, name in TURNS.items():
        yield name, backlog[backlog["stage"] == stage], "waiting"
    yield "active", view.active_p3h(by), "submitted"


@pytest.mark.parametrize(("day", "by"), LOOKS)
def test_every_figure_of_the_pages_has_its_rows(demo: Snapshot, day: date, by: tuple[str, ...]):
    """For every figure and group of the demonstration set, on two days; and no figure is forgotten."""
    seen = {"draft"}
    for name, frame, column in shown_figures(demo, day, by):
        seen.add(name)
        for row in frame.to_dict("records"):
            group = {key: UNKNOWN_GROUP if pd.isna(row[key]) else row[key] for key in by}
            assert drilldown_of(demo.tables, Asked(name, **group), day).count == row[column], (name, group)
    assert seen == set(FIGURES)


def test_each_row_leads_to_its_line_in_a_file(demo: Snapshot):
    """Every row has a registration number, file, sheet and row; the files are those of the history."""
    found = rows_behind(demo.tables, Asked("used"), MEETING)
    rows = found.table.frame
    assert len(rows) == found.count == 320
    assert rows[["registration_number", "source_file", "source_sheet", "source_row"]].notna().all(axis=None)
    assert not rows.duplicated(["source_file", "source_sheet", "source_row"]).any()
    assert set(found.files.index) <= set(demo.history["filename"])
    assert found.files.sum() == 320
    assert found.headline == "320 pengajuan dimanfaatkan · semua kabupaten/kota · semua LP3H · per 4 Juni 2025"


@pytest.mark.parametrize("name", FIGURES)
def test_rows_are_masked(demo: Snapshot, name: str):
    """No phone, no address, no whole name of an owner, and no number long enough to be a NIK."""
    rows = rows_behind(demo.tables, Asked(name), MEETING).table
    assert not {"phone", "address", "nib", "p3h"} & set(rows.frame)
    assert rows.frame["owner_name"].dropna().str.fullmatch(r"\S+ \w\.|\w\.").all()
    assert not re.search(r"(?<![\d-])\d{10,}", rows.html)


def tables(applications: pd.DataFrame, recaps: pd.DataFrame) -> Tables:
    applications = conform(applications, TABLES["applications"] | {"source_row": "Int64"})
    others = {name: empty(columns) for name, columns in TABLES.items() if name not in ("applications", "recaps")}
    return Tables(
        applications=applications,
        recaps=conform(recaps, TABLES["recaps"] | {"source_row": "Int64"}),
        statements=applications,
        **others,
    )


MIXED = tables(
    pd.DataFrame(
        {
            "business_name": ["Warung A", "Warung B"],
            "kab_kota": "Kota Bontang",
            "status": ["cancelled", None],
            "status_raw": ["Dibatalkan", "Perlu dipetakan"],
            "submitted_date": pd.to_datetime(["2025-05-12", "2025-05-20"]),
            "exit_date": pd.to_datetime(["2025-05-26", None]),
        }
    ),
    pd.DataFrame(
        {
            "statement_date": pd.to_datetime(["2025-05-30"]),
            "kab_kota": ["Kabupaten Berau"],
            "submitted": [12],
            "source_file": ["rekap.xlsx"],
        }
    ),
)


def test_what_a_recap_states_is_said_to_have_no_rows():
    """The figure is rows and recap together, and the screen says how many are which."""
    found = rows_behind(MIXED, Asked("used"), MEETING)
    assert found.count == 13
    assert found.notes == ["1 dengan baris di bawah ini, 12 dari rekap, tanpa rincian per pelaku usaha."]
    assert found.recaps is not None
    assert found.recaps.frame[["kab_kota", "count", "source_file"]].to_numpy().tolist() == [
        ["Kabupaten Berau", 12, "rekap.xlsx"]
    ]
    assert rows_behind(MIXED, Asked("used", kab_kota="Kabupaten Berau"), MEETING).notes == [
        "12 dari rekap, tanpa rincian per pelaku usaha."
    ]


def test_a_net_flow_says_who_came_and_who_went():
    """Its rows have a sign, and the sum is written out; a status we do not know stays as it was sent."""
    found = rows_behind(MIXED, Asked("used-recent", kab_kota="Kota Bontang"), MEETING)
    assert found.table.frame["count"].tolist() == [1, 1, -1]
    assert found.table.frame["status"].tolist() == ["Dibatalkan", "Perlu dipetakan", "Dibatalkan"]
    assert found.notes == ["+2 masuk, −1 keluar (ditolak, dibatalkan atau diganti): bersih +1."]


def test_nothing_behind_a_figure_is_said():
    """A group without applications shows an empty table, not an error."""
    found = rows_behind(MIXED, Asked("issued", lp3h=UNKNOWN_GROUP), MEETING)
    assert (found.count, len(found.table.frame), found.recaps, found.notes) == (0, 0, None, [])
    assert "Belum ada data untuk pilihan ini." in found.table.html


BUTTONS = {
    "pages/monitor/summary.py": {
        "kartu-used": "320 pengajuan dimanfaatkan",
        "kartu-issued": "58 pengajuan sudah terbit",
    },
    "pages/monitor/kab_kota.py": {"kabupaten-kota-baris": "320 pengajuan dimanfaatkan"},
    "pages/monitor/lp3h.py": {"pendamping-aktif-baris": "pengajuan diajukan dalam 30 hari terakhir"},
    "pages/monitor/funnel.py": {"menunggu-baris": "pengajuan menunggu verifikasi"},
    "pages/monitor/deadlines.py": {"tenggat-baris": "320 pengajuan dimanfaatkan"},
}


@pytest.mark.parametrize(("page", "buttons"), BUTTONS.items())
def test_a_button_opens_the_rows(app_store: None, page: str, buttons: dict[str, str]):
    """On every monitor page, for the figure beside it; the next run shows the page alone again."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app = app if page.endswith("summary.py") else app.switch_page(page).run()
    for key, headline in buttons.items():
        app.button(key=key).click().run()
        assert not app.exception
        assert not app.error
        assert headline in " ".join(part.proto.body for part in app.get("html"))
        app.run()
        assert headline + " ·" not in " ".join(part.proto.body for part in app.get("html"))


def test_the_rows_are_those_of_the_scope(app_store: None):
    """A page narrowed to a place and an institution opens its own rows."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["kab"], app.query_params["ukuran"] = "kutim", "Terbit"
    app.run().button(key="kartu-used").click().run()
    assert app.selectbox(key="baris-kab").value == "Kabupaten Kutai Timur"
    assert "88 pengajuan dimanfaatkan · Kutai Timur" in " ".join(part.proto.body for part in app.get("html"))
