"""What a recap claims against the register: the parts always sum to the difference, and a planted cause is found."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import APPLICATION_DATES, STAGES
from programmes import APPLICATIONS, KAB_KOTA, LP3H, STATUSES, frame, institutions, maybe_days, places, rows_of

import halal_metrics as hm
from halal_metrics.reconciling.claim import CAUSES, CUTOFF_DAYS, NAMED
from halal_metrics.schema import RECAPS

CELL = ["kab_kota", "lp3h"]
BONTANG, PWI, UINSI = "Kota Bontang", "PWI Kaltim", "LP3H UINSI Samarinda"
RECAP_DAY = dt.date(2025, 5, 23)
TEXTS = ["registration_number", "nib", "address"]
REGISTER = {**APPLICATIONS, **dict.fromkeys(TEXTS, "str")}
COUNTS = ("draft", *STAGES, "returned", "exited")
ADDRESSES = [None, "Jl. Mawar, Kota Bontang", "Jl. Melati, Kabupaten Paser"]

registers = st.lists(
    rows_of(
        kab_kota=places,
        lp3h=institutions,
        p3h=st.none(),
        status=st.sampled_from(STATUSES),
        **dict.fromkeys(APPLICATION_DATES, maybe_days),
        registration_number=st.none(),
        nib=st.sampled_from([None, "9900000000001", "9900000000002"]),
        address=st.sampled_from(ADDRESSES),
    ),
    max_size=20,
)
recap_rows = st.lists(
    rows_of(
        statement_date=maybe_days,
        kab_kota=places,
        lp3h=institutions,
        **dict.fromkeys(COUNTS, st.none() | st.integers(0, 6)),
    ),
    max_size=8,
)


def numbered(rows):
    return [row | {"registration_number": f"SH2025-1-99{place:04d}"} for place, row in enumerate(rows)]


def recap_frame(rows):
    table = frame(rows, {name: RECAPS[name] for name in ("statement_date", *CELL, *COUNTS)})
    return table.assign(source_row=range(2, len(table) + 2), source_file="rekap.xlsx")


@settings(max_examples=50)
@given(registers, recap_rows, registers, maybe_days, st.booleans())
def test_the_parts_sum_to_the_difference(rows, stated, earlier, as_of, told):
    """Whatever the data: claimed − registered is the sum of its causes, each by as many rows as it counts."""
    register = frame(numbered(rows), REGISTER)
    statements = frame(numbered(earlier), REGISTER) if told else None
    as_of = as_of or dt.date(2025, 12, 31)
    found = hm.reconcile(recap_frame(stated), register, as_of=as_of, statements=statements)
    cells = found.cells
    assert (cells["claimed"] - cells["registered"] == cells["difference"]).all()
    assert (cells[list(CAUSES)].sum(axis=1) == cells["difference"]).all()
    for cause in CAUSES:  # all pull the same way
        assert (cells[cause] * cells["difference"] >= 0).all()
    key = [*CELL, "stage"]
    assert not found.rows.duplicated([*key, "registration_number"]).any()
    listed = found.rows.fillna(dict.fromkeys(CELL, "")).groupby([*key, "cause"]).size()
    for cell in cells.fillna(dict.fromkeys(CELL, "")).to_dict("records"):
        for cause in set(CAUSES) - {"missing", "recap_only"}:
            place = (*(cell[name] for name in key), cause)
            assert abs(cell[cause]) == listed.get(place, 0)


@settings(max_examples=30)
@given(registers, recap_rows)
def test_registered_is_what_progress_counts(rows, stated):
    """The register's side is the same figure as on every other page, on the day of the recap."""
    register = frame(rows, REGISTER)
    cells = hm.reconcile(recap_frame(stated), register, as_of="2025-12-31").cells
    progress = hm.progress(register)
    for cell in cells.to_dict("records"):
        here = progress[(progress["stage"] == cell["stage"]) & (progress["date"] <= cell["statement_date"])]
        for name in CELL:
            here = here[here[name].isna() if pd.isna(cell[name]) else here[name] == cell[name]]
        if not pd.isna(cell["statement_date"]):
            assert cell["registered"] == here["count"].sum()


def application(number, *, status="submitted", submitted=dt.date(2025, 5, 5), **more):
    row = dict.fromkeys(REGISTER) | {"kab_kota": BONTANG, "lp3h": PWI, "status": status, "submitted_date": submitted}
    return row | {"registration_number": f"SH2025-1-99{number:04d}", "statement_date": dt.date(2025, 6, 4)} | more


def recap(kab_kota=BONTANG, lp3h=PWI, **counts):
    known = {"statement_date": RECAP_DAY, "kab_kota": kab_kota, "lp3h": lp3h}
    return dict.fromkeys(COUNTS) | known | counts


def explained(rows, *stated, statements=None, **decided):
    """{(kab_kota, lp3h): {cause: count}} of what is used, and the rows."""
    found = hm.reconcile(
        recap_frame(stated),
        frame(rows, REGISTER),
        as_of="2025-06-30",
        statements=None if statements is None else frame(statements, REGISTER),
        **decided,
    )
    causes = {
        (cell["kab_kota"], cell["lp3h"]): {cause: cell[cause] for cause in CAUSES if cell[cause]}
        for cell in found.cells.to_dict("records")
    }
    return causes, found.rows


THREE = [application(number) for number in (1, 2, 3)]
ELSEWHERE = application(4, kab_kota=None)
ADDRESSED = application(4, kab_kota="Kabupaten Paser", address="Jl. Mawar 3, Kota Bontang")
LEFT = application(4, status="cancelled", exit_date=dt.date(2025, 5, 12))
SOON_AFTER = application(4, submitted=RECAP_DAY + dt.timedelta(CUTOFF_DAYS))
LONG_AFTER = application(4, submitted=RECAP_DAY + dt.timedelta(CUTOFF_DAYS + 1))
DRAFT = application(4, status="draft", submitted=None)

MORE_IN_RECAP = {
    "no row at all": ([], {}, "missing"),
    "without a place": ([ELSEWHERE], {}, "other_place"),
    "address names the place": ([ADDRESSED], {}, "other_place"),
    "left, and counted": ([LEFT], {}, "left"),
    "left, and not among those the recap took off": ([LEFT], {"exited": 0}, "left"),
    "left, and taken off by the recap": ([LEFT], {"exited": 1}, "missing"),
    "shortly after": ([SOON_AFTER], {}, "after_cutoff"),
    "long after": ([LONG_AFTER], {}, "missing"),
    "still a draft": ([DRAFT], {}, "behind"),
    "a draft that the recap counts as one": ([DRAFT], {"draft": 1}, "missing"),
}


@pytest.mark.parametrize(("planted", "stated", "cause"), MORE_IN_RECAP.values(), ids=list(MORE_IN_RECAP))
def test_the_recap_has_one_more(planted, stated, cause):
    """One application that the recap counts and the register does not: its reason is found, with its row."""
    causes, rows = explained([*THREE, *planted], recap(submitted=4, **stated))
    assert causes == {(BONTANG, PWI): {cause: 1}}
    assert rows["registration_number"].tolist() == ([] if cause in NAMED else [planted[0]["registration_number"]])


TWIN = application(4, nib="9900000000001", submitted=dt.date(2025, 5, 6))
FIRST = application(1, nib="9900000000001")
RETURNED = application(4, status="returned")
LEAVING = application(4, status="rejected", exit_date=dt.date(2025, 5, 28))
LATER_LEFT = application(4, status="rejected", exit_date=dt.date(2025, 6, 28))

FEWER_IN_RECAP = {
    "nothing says why": (THREE, application(4), "uncounted"),
    "the same NIB twice": ([FIRST, *THREE[1:]], TWIN, "duplicate"),
    "address names another place": (THREE, application(4, address="Jl. Mawar, Kota Samarinda"), "other_place"),
    "with the business": (THREE, RETURNED, "returned"),
    "about to leave": (THREE, LEAVING, "left"),
    "leaves much later": (THREE, LATER_LEFT, "uncounted"),
}


@pytest.mark.parametrize(("others", "planted", "cause"), FEWER_IN_RECAP.values(), ids=list(FEWER_IN_RECAP))
def test_the_recap_has_one_fewer(others, planted, cause):
    """One application that the register counts and the recap does not: its reason is found, with its row."""
    causes, rows = explained([*others, planted], recap(submitted=3))
    assert causes == {(BONTANG, PWI): {cause: -1}}
    assert len(rows) == 1
    assert cause in NAMED or rows["registration_number"].tolist() == [planted["registration_number"]]


def test_a_row_that_no_statement_had_before_the_recap():
    """What first stood in a later register could not be known when the recap was written."""
    late = application(4)
    earlier = [row | {"statement_date": dt.date(2025, 5, 9)} for row in THREE]
    causes, rows = explained([*THREE, late], recap(submitted=3), statements=[*earlier, *THREE, late])
    assert causes == {(BONTANG, PWI): {"after_cutoff": -1}}
    assert rows["registration_number"].tolist() == [late["registration_number"]]
    assert rows["date"].tolist() == [pd.Timestamp("2025-06-04")]


def test_two_cells_of_one_institution_that_are_swapped():
    """One too many here and one too few there, on the same day: the row stands in both, with opposite signs."""
    paser = [application(number, kab_kota="Kabupaten Paser") for number in (7, 8)]
    causes, rows = explained([*THREE, *paser], recap(submitted=2), recap(kab_kota="Kabupaten Paser", submitted=3))
    assert causes == {(BONTANG, PWI): {"neighbour": -1}, ("Kabupaten Paser", PWI): {"neighbour": 1}}
    assert rows["registration_number"].nunique() == 1
    assert set(rows["register_kab_kota"]) == {BONTANG}


def test_a_row_explains_only_one_place():
    """One row without a place cannot be what two recaps have more."""
    causes, rows = explained([*THREE, ELSEWHERE], recap(submitted=4), recap(kab_kota="Kabupaten Paser", submitted=1))
    assert sum(parts.get("other_place", 0) for parts in causes.values()) == 1
    assert len(rows) == 1


def test_only_as_many_rows_as_are_needed():
    """Of four that came shortly after one is enough: the nearest, and it says out of how many."""
    after = [application(number, submitted=RECAP_DAY + dt.timedelta(number)) for number in (4, 5, 6, 7)]
    causes, rows = explained([*THREE, *after], recap(submitted=4))
    assert causes == {(BONTANG, PWI): {"after_cutoff": 1}}
    assert rows[["registration_number", "candidates"]].values.tolist() == [["SH2025-1-990004", 4]]


def test_a_place_without_a_register():
    """Where there is no row, drafts included, the recap stands alone and that is what is said."""
    causes, rows = explained(THREE, recap(submitted=3), recap(lp3h=UINSI, submitted=5))
    assert causes == {(BONTANG, PWI): {}, (BONTANG, UINSI): {"recap_only": 5}}
    assert rows.empty


def test_what_people_decided_counts():
    """Two decided to be one business explain a row too many; two decided to be two no longer do."""
    pair = ("SH2025-1-990001", "SH2025-1-990004")
    causes, _ = explained([*THREE, application(4)], recap(submitted=3), same=[pair])
    assert causes == {(BONTANG, PWI): {"duplicate": -1}}
    causes, _ = explained([FIRST, *THREE[1:], TWIN], recap(submitted=3), apart=[pair[::-1]])
    assert causes == {(BONTANG, PWI): {"uncounted": -1}}


def test_the_latest_recap_up_to_the_day():
    """Of several statements of a cell the last up to as_of is compared; a stage it does not state is left out."""
    stated = recap_frame([recap(submitted=1, issued=1), recap(submitted=9, statement_date=dt.date(2025, 6, 20))])
    register = frame(THREE, REGISTER)
    assert hm.reconcile(stated, register, as_of="2025-06-04").cells["claimed"].tolist() == [1, 1]
    later = hm.reconcile(stated, register, as_of="2025-06-20").cells
    assert later[["stage", "claimed", "registered", "source_row"]].values.tolist() == [["submitted", 9, 3, 3]]
    assert hm.reconcile(stated, register, as_of="2025-05-01").cells.empty


@pytest.mark.parametrize(("kab_kota", "lp3h"), [(place, name) for place in KAB_KOTA[:2] for name in LP3H[:2]])
def test_a_cell_without_a_name(kab_kota, lp3h):
    """A recap that names no place or no institution is compared with the rows that name none either."""
    rows = [application(number, kab_kota=kab_kota, lp3h=lp3h) for number in (1, 2)]
    found = hm.reconcile(recap_frame([recap(kab_kota, lp3h, submitted=2)]), frame(rows, REGISTER), as_of="2025-06-30")
    assert found.cells["difference"].tolist() == [0]


def test_nothing_in():
    """Without recaps there is nothing to compare, without a register everything is the recap's alone."""
    nothing = hm.reconcile(recap_frame([]), frame([], REGISTER), as_of="2025-06-04")
    assert nothing.cells.empty
    assert nothing.rows.empty
    assert nothing.cells["difference"].dtype == "int64"
    causes, _ = explained([], recap(submitted=3))
    assert causes == {(BONTANG, PWI): {"recap_only": 3}}
