"""Whatever is committed and undone, in whatever order: never happened is never happened, and then is as it was then."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from registers import upload

from halal_metrics.sheets import Upload
from halal_store import Store
from halal_store.tables import Tables

START = pd.Timestamp("2025-06-01 08:00")

DAYS = st.sampled_from([None, "02/05/2025", "16/05/2025", "30/05/2025"])
NIBS = st.sampled_from([None, "9901234567890", "9901234567891"])
PLACES = st.sampled_from([None, "Kabupaten Paser", "Kota Bontang"])
NAMES = st.sampled_from([None, "Amplang", "Abon"])
COLUMNS = {
    "applications": {
        "registration_number": st.sampled_from([None, "SH2025-1-990001", "SH2025-1-990002"]),
        "reg_id": st.sampled_from([None, "3501", "3502"]),
        "nib": NIBS,
        "business_name": NAMES,
        "status": st.sampled_from([None, "OF10", "OF74", "OF300", "OF290"]),
        "statement_date": DAYS,
    },
    "recaps": {"statement_date": DAYS, "kab_kota": PLACES, "lp3h": NAMES, "submitted": st.sampled_from(["3", "5"])},
    "quotas": {"kab_kota": PLACES, "quota": st.sampled_from(["10", "20"]), "statement_date": DAYS},
    "candidates": {"nib": NIBS, "business_name": NAMES, "kab_kota": PLACES, "product": NAMES},
    "certificates": {"nib": NIBS, "business_name": NAMES, "issued_date": DAYS},
}
UPLOADS = st.sampled_from(list(COLUMNS)).flatmap(
    lambda table: st.lists(st.fixed_dictionaries(COLUMNS[table]), max_size=3).map(lambda rows: upload(table, rows))
)
# an upload, or the undo of the upload that came at this place (of none: an upload again)
STEPS = st.lists(st.one_of(UPLOADS, UPLOADS, st.integers(0, 4)), min_size=1, max_size=6)


def assert_same(found: Tables, expected: Tables) -> None:
    for table in Tables.__dataclass_fields__:
        assert_frame_equal(getattr(found, table), getattr(expected, table))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(STEPS)
def test_undone_is_never_happened_and_then_is_as_it_was(steps: list[Upload | int]):
    """
    After every step the tables are those of a fresh store given only what counts, at the same times; each step's
    preview said so; and at the end every moment before shows what was shown at that moment.
    """
    with TemporaryDirectory() as folder:
        store, counting, shown = Store(Path(folder) / "lived"), {}, []
        for number, step in enumerate(steps):
            moment = START + pd.Timedelta(hours=number)
            if isinstance(step, Upload):
                if any(step.sha256 == other.sha256 and step.table == other.table for other, _ in counting.values()):
                    continue
                store.clock.now = lambda moment=moment: store.clock.utc(moment)
                told = store.preview(step)
                counting[store.commit(step, by="Rina", received_at=moment).upload_id] = step, moment
            else:
                if not counting:
                    continue
                upload_id = list(counting)[step % len(counting)]
                told = store.preview_undo(upload_id)
                store.undo(upload_id, by="Rina", reason="salah", received_at=moment)
                counting.pop(upload_id)
            shown.append((moment, store.tables()))
            assert_same(told.after, shown[-1][1])
            assert_same(told.before, shown[-2][1] if len(shown) > 1 else Store(Path(folder) / "nothing").tables())
        fresh = Store(Path(folder) / "fresh")
        for step, moment in counting.values():
            fresh.commit(step, by="Budi", received_at=moment)
        assert_same(store.tables(), fresh.tables())
        assert_same(Store(store.path).tables(), fresh.tables())
        for (moment, then), opened in zip(shown, [store, *[Store(store.path)] * len(shown)], strict=False):
            assert_same(opened.tables(known_at=moment), then)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.lists(st.fixed_dictionaries(COLUMNS["applications"]), min_size=2, max_size=4), st.randoms())
def test_registers_of_different_dates_may_arrive_in_any_order(rows: list[dict], random):
    """The applications are the same, row by row, whichever register came first."""
    sent = [upload("applications", [row | {"statement_date": f"{day + 1:02}/05/2025"}]) for day, row in enumerate(rows)]
    with TemporaryDirectory() as folder:
        told = []
        for name in ("one way", "another"):
            store = Store(Path(folder) / name)
            for one in sent:
                store.commit(one, by="Rina")
            told.append(store.tables())
            random.shuffle(sent)
        assert_same(told[1], told[0])
