"""The story of a meeting: which slides there are, what they say, and that they can be told of any programme."""

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from meeting_sets import Known, foreseen_numbers, set_of

import halal_metrics as hm
from halal_metrics.schema import STAGES, STATUSES
from halal_store import Store
from halal_ui import sentences
from halal_ui.look.palette import Palette
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.story import story
from halal_ui.story.pictures import Bars, Curve, Tiles
from halal_ui.words.formats import fmt_count, fmt_date, fmt_rate, fmt_signed
from halal_ui.words.names import MISSING, WRITE

PLACES = [None, "Kabupaten Paser", "Kota Bontang", "Kabupaten Penajam Paser Utara"]
LP3H = [None, "LP3H UINSI Samarinda", "Lembaga Pendamping dengan Nama yang Sangat Panjang Sekali"]


@pytest.fixture(scope="module")
def store(demo_to, tmp_path_factory) -> Store:
    return Store(demo_to(tmp_path_factory.mktemp("told") / "store"), time_zone=programme().time_zone)


@pytest.fixture(scope="module")
def found(store):
    return meeting_set(store.meeting("R-2025-06-04"))


def texts(told) -> list[str]:
    """Whatever a slide lets people read; of a table its cells as they are written."""
    read = [told.title, told.when, told.place, told.stamp, told.source, told.mark]
    for slide in told.slides:
        read += [slide.key, slide.name, slide.title, *slide.lines]
        for card in slide.figures:
            read += [card.label, card.number, card.of, card.rate, card.note]
        picture = slide.picture
        if isinstance(picture, Bars):
            read += [picture.name, picture.alt, picture.of_label, picture.mark_label]
            read += [text for bar in picture.bars for text in (bar.label, bar.text, bar.note)]
        elif isinstance(picture, Tiles):
            read += [picture.alt, *(text for tile in picture.tiles for text in (tile.name, tile.value, tile.note))]
        elif isinstance(picture, Curve):
            read += [picture.alt, *(text for m in picture.marks for text in (m.text, m.name, m.in_full, m.dated()))]
        for table in slide.tables:
            read += [table.caption, *(table.columns[name].header for name in table.frame)]
            for name in table.frame:
                read += [WRITE[table.columns[name].kind](value) for value in table.frame[name]]
    return read


def check(told) -> None:
    """What holds of every story."""
    keys = [slide.key for slide in told.slides]
    assert len(set(keys)) == len(keys)
    for key in keys:
        assert re.fullmatch(r"[a-z0-9-]{1,60}", key)
    for text in texts(told):
        assert not re.search(r"\bnan\b|None|NaT|<NA>|\binf\b|<|^\s|\s$|  ", text), text
    for slide in told.slides:
        assert 0 < len(slide.title) <= 210, slide.title
        assert len(slide.figures) <= 7
        assert all(card.tone in Palette.__dataclass_fields__ for card in slide.figures)
        assert all(len(table.frame) <= 11 and len(table.frame.columns) <= 7 for table in slide.tables)
        if isinstance(slide.picture, Bars):
            assert len(slide.picture.bars) <= 9
            assert all(bar.value >= 0 for bar in slide.picture.bars)
            assert slide.picture.longest > 0


def test_the_slides_of_the_demonstration_meeting(found):
    """From the opening to the actions, the places most behind first, each told once."""
    keys = [slide.key for slide in story(found).slides]
    places = [key for key in keys if key.startswith("kab-")]
    assert [key for key in keys if key not in places] == [
        *("judul", "posisi", "sejak", "sejak-lp3h", "sejak-janji", "kurva", "ramalan", "rencana-pekanan", "peta"),
        *("lp3h", "corong", "tenggat", "kendala", "tindak-lanjut"),
    ]
    held = hm.shortfall(found.view.gaps(["kab_kota"]))
    assert [story(found).slide(key).kab_kota for key in places] == held["kab_kota"].tolist()
    assert places[0] == "kab-berau"
    assert "kab-kutai-timur" in places
    assert story(found) is story(found)
    check(story(found))


def test_the_answer_is_that_of_the_page(found):
    """Slide and page say one number in one way: title and first line together are the page's sentence."""
    slide, view = story(found).slide("posisi"), found.view
    page = sentences.where_we_stand(view.gaps(), view.absorption(), as_of=view.scope.as_of)
    assert f"{slide.title} {slide.lines[0]}" == page
    assert slide.title == (
        "Hingga 4 Juni 2025, 320 dari 1.000 kuota (32,0%) dimanfaatkan dan 58 sertifikat (5,8%) terbit; "
        "tenggat 31 Mei 2025 lewat 4 hari."
    )


def test_what_changed_is_counted_by_the_metric(found):
    """Cards, table and its total are the columns of `since`, and the restated is said not to be this week's work."""
    slide, whole = story(found).slide("sejak"), found.changes_since(()).iloc[0]
    moved = whole[["verified", "fatwa", "decided"]].sum()
    assert [card.number for card in slide.figures] == [
        *(fmt_count(whole["new"]), fmt_count(moved), fmt_signed(whole["issued"]), fmt_count(whole["returned"])),
        *(fmt_count(whole["left"]), fmt_signed(whole["restated"])),
    ]
    table = slide.tables[0]
    assert table.frame.drop(columns="kab_kota").sum().to_dict() == dict(table.total)
    assert "bukan hasil pekan ini" in slide.lines[0]


def test_a_first_meeting_has_nothing_to_compare_with(store):
    """It says so in one sentence, with the figures there are."""
    told = story(meeting_set(store.meeting("R-2025-05-21")))
    assert told.slide("sejak").title == (
        "Ini rapat pertama, belum ada pembandingnya; sejak 20 Februari 2025 tercatat 173 pengajuan dan "
        "40 sertifikat terbit."
    )
    assert not told.slide("sejak").figures
    assert told.slide("sejak-lp3h") is None
    check(told)


def test_every_number_in_a_title_is_a_metric(found):
    """No figure of a title was made up on the way: each is a metric's, a date of the set, or a count of notes."""
    view, none = found.view, []
    groups = (none, ["kab_kota"], ["lp3h"])
    frames = [metric(by) for metric in (view.gaps, view.absorption, view.backlog, view.funnel) for by in groups]
    frames += [
        found.changes_since(()),
        found.obstacles,
        hm.shortfall(view.gaps(["kab_kota"])),
        hm.shortfall(view.gaps(["lp3h"])),
    ]
    cells = [value for frame in frames for name in frame.select_dtypes("number") for value in frame[name].dropna()]
    whole = found.changes_since(()).iloc[0]
    cells += [whole[["verified", "fatwa", "decided"]].sum(), found.obstacles["at_stake"].sum()]
    cells += [view.backlog()["waiting"].sum(), *(abs(value) for value in cells)]
    held = [hm.shortfall(view.gaps([by]))["share"].head(3).sum() for by in ("kab_kota", "lp3h")]
    known = {write(value) for value in cells for write in (fmt_count, fmt_rate)} | {fmt_rate(h, digits=0) for h in held}
    counted = (found.actions, found.meeting.decisions, found.due, found.obstacles)
    known |= {fmt_count(n) for rows in counted for n in range(len(rows) + 1)}
    known |= foreseen_numbers(found) | {"8", "10", "1%"}
    days = [found.meeting.as_of, found.meeting.previous.as_of, view.deadlines[0], found.numbers.foresight.target]
    for slide in story(found).slides[1:]:
        title = slide.title
        for day in days:
            title = title.replace(fmt_date(day), "")
        numbers = re.findall(r"(?<![\w])\d[\d.]*(?:,\d+)?%?", title.replace("LP3H", ""))
        assert {number.rstrip(".") for number in numbers} <= known, slide.title


def test_no_business_and_nobody_is_named(found):
    """What is read out in a recorded meeting holds no name of a business, of its owner or of a pendamping."""
    told = "\n".join(texts(story(found)))
    applications = found.meeting.tables.applications
    for column in ("business_name", "owner_name", "phone", "address", "nib", "registration_number", "p3h"):
        assert not [name for name in applications[column].dropna().unique() if name in told], column


def test_the_slide_of_a_place_has_its_obstacles_and_promises():
    """Those that name the place, open ones only; more than fit are counted."""
    quotas = [{"kab_kota": "Kota Bontang", "lp3h": "PWI Kaltim", "quota": 10, "target_date": "2025-05-31"}]
    obstacle = {"kab_kota": "Kota Bontang", "category": "K5", "stage": "quota", "text": "Pendamping sedikit."}
    action = {"kab_kota": "Kota Bontang", "action": "Menambah pendamping", "due_date": "2025-06-01"}
    notes = {
        "obstacles": [obstacle, obstacle, obstacle, obstacle | {"closed_date": "2025-06-01"}],
        "actions": [action, action | {"status": "done"}, action | {"kab_kota": "Kabupaten Paser"}],
    }
    slide = story(set_of(Known("2025-06-04", quotas, notes=notes))).slide("kab-bontang")
    assert slide.lines == (
        "Belum ada pengajuan yang menunggu.",
        *["Kendala: Pendamping kurang atau tidak aktif (Bontang) · Pendamping sedikit · belum diajukan."] * 2,
        "Janji: Menambah pendamping · tenggat 1 Juni 2025 (lewat 3 hari).",
        "Dan 1 catatan lain: lihat slide kendala dan tindak lanjut.",
    )


def test_many_notes_go_over_several_slides():
    """A table that does not fit one slide goes on, and every row stands once."""
    actions = [{"action": f"Langkah {number}", "status": "todo"} for number in range(12)]
    obstacles = [{"category": "K99", "text": f"Kendala {number}"} for number in range(9)]
    decisions = [{"text": f"Putusan {number}"} for number in range(6)]
    notes = {"actions": actions, "obstacles": obstacles, "decisions": decisions}
    told = story(set_of(Known("2025-06-04", notes=notes)))
    pages = [slide for slide in told.slides if slide.key.startswith("tindak-lanjut")]
    assert [slide.key for slide in pages] == ["tindak-lanjut", "tindak-lanjut-2", "tindak-lanjut-3"]
    assert [len(slide.tables[0].frame) for slide in pages] == [4, 5, 3]
    assert pages[1].title == "Tindak lanjut ke-5 sampai ke-9 dari 12."
    assert pages[0].lines[-1] == "Dan 2 keputusan lain: lihat notulen."
    assert [len(slide.picture.bars) for slide in told.slides if slide.key.startswith("kendala")] == [7, 2]
    check(told)


def test_a_decision_of_an_earlier_meeting_is_not_of_this_one():
    """What was decided before is known, and not told again."""
    notes = {"decisions": [{"text": "Lama", "meeting": "R-2025-05-21"}, {"text": "Baru"}]}
    slide = story(set_of(Known("2025-06-04", notes=notes))).slide("tindak-lanjut")
    assert slide.lines == ("Keputusan: Baru",)
    assert slide.title.startswith("1 keputusan ")


def test_nothing_at_all_is_told_too():
    """Without a row every slide says what is missing and what to do."""
    told = story(set_of(Known("2025-06-04")))
    assert [slide.key for slide in told.slides] == [
        *("judul", "posisi", "sejak", "kurva", "ramalan", "rencana-pekanan", "peta", "lp3h", "corong", "tenggat"),
        *("kendala", "tindak-lanjut"),
    ]
    assert "kuota belum ditetapkan: unggah pembagian kuota" in told.slide("posisi").title
    assert all(tile.value == MISSING for tile in told.slide("peta").picture.tiles)
    check(told)


days = st.dates(date(2025, 2, 1), date(2025, 7, 31)).map(str)
quotas = st.lists(
    st.fixed_dictionaries(
        {
            "kab_kota": st.sampled_from(PLACES),
            "lp3h": st.sampled_from(LP3H),
            "quota": st.integers(0, 30),
            "target_date": st.none() | days,
        }
    ),
    max_size=4,
)
applications = st.lists(
    st.fixed_dictionaries(
        {
            "kab_kota": st.sampled_from(PLACES),
            "lp3h": st.sampled_from(LP3H),
            "p3h": st.sampled_from([None, "Aminah"]),
            "status": st.sampled_from([None, *STATUSES]),
            **{f"{stage}_date": st.none() | days for stage in STAGES},
            "exit_date": st.none() | days,
        }
    ),
    max_size=8,
).map(lambda rows: [row | {"registration_number": f"SH2025-1-{990000 + n}"} for n, row in enumerate(rows)])
named = {"kab_kota": st.sampled_from(PLACES), "lp3h": st.sampled_from(LP3H)}
notes = st.fixed_dictionaries(
    {
        "obstacles": st.lists(
            st.fixed_dictionaries(
                named
                | {
                    "category": st.sampled_from([None, "K1", "K99", "Lain"]),
                    "stage": st.sampled_from([None, "quota", "fatwa", "returned"]),
                    "held": st.none() | st.integers(0, 50),
                    "text": st.sampled_from([None, "Antre", "kata " * 100]),
                    "actor": st.sampled_from([None, "lp3h", "Camat"]),
                }
            ),
            max_size=3,
        ),
        "actions": st.lists(
            st.fixed_dictionaries(
                named
                | {
                    "action": st.sampled_from([None, "Menyurati", "x" * 500]),
                    "responsible": st.sampled_from([None, "OPD " * 100]),
                    "due_date": st.none() | days,
                    "status": st.sampled_from([None, "todo", "doing", "done", "cancelled"]),
                    "stage": st.sampled_from([None, *STAGES]),
                }
            ),
            max_size=4,
        ),
    }
)


@given(st.builds(Known, days, quotas, applications, notes), st.none() | st.builds(Known, days, quotas, applications))
@settings(  # a story that cannot be told takes long to make smaller
    max_examples=10, deadline=None, phases=[Phase.reuse, Phase.generate], suppress_health_check=[HealthCheck.too_slow]
)
def test_any_programme_can_be_told(known, before):
    """Whatever the tables and notes say, there is a story, without a figure that is none."""
    if before is not None and before.as_of > known.as_of:
        known.as_of, before.as_of = before.as_of, known.as_of
    check(story(set_of(known, before)))


def test_the_curve_ends_on_the_day_looked_at(found):
    """Used and issued are not drawn into days to come; the plan is."""
    frame = story(found).slide("kurva").picture.frame
    after = frame[frame["date"] > found.meeting.as_of]
    assert len(after)
    assert after[["submitted", "issued"]].isna().all(axis=None)
    assert after["planned"].notna().all()
    row = frame[frame["date"] == pd.Timestamp("2025-06-04")].iloc[0]
    assert (row["submitted"], row["issued"]) == (320, 58)
