"""The demonstration set keeps to the public record, and to itself."""

import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter, defaultdict
from datetime import date, timedelta

import holidays
import pytest
from demo_files import DEMO, day, fold, place, reached, read_plans, read_registers, sheet

pytestmark = pytest.mark.xdist_group("demo")  # one worker reads the registers, once

MEETING, YEAR_END = date(2025, 6, 4), date(2025, 12, 12)
STAGES = ("submitted", "verified", "fatwa", "decided", "issued")
LEFT = {"OF290", "Ditolak", "Rejected", "OF900", "Dibatalkan", "Diganti"}
DRAFT = {"OF1", "Draft PU", "Draft", "Draf"}


@pytest.fixture(scope="module")
def statements():
    """Every row of every register."""
    return read_registers()


@pytest.fixture(scope="module")
def applications(statements):
    """What is known after the last register."""
    return fold(statements)


@pytest.fixture(scope="module")
def plans():
    """Both plans, by the day each is in force from."""
    return read_plans()


def by_place(rows, column="kab_kota"):
    return Counter(row[column] for row in rows)


def quota_by_place(plan):
    total = Counter()
    for row in plan:
        total[place(row["Kab/Kota"])] += row["Kuota"]
    return total


def test_public_record_of_4_june_2025(applications):
    """320 of 1.000 used and 58 issued on 4 June 2025 (DPPKUKM Kaltim)."""
    assert len(reached(applications, "submitted", MEETING)) == 320
    assert len(reached(applications, "issued", MEETING)) == 58


def test_the_meeting_could_have_known_it(statements):
    """The files sent by 4 June alone give the same 320 and 58."""
    known = fold([row for row in statements if row["statement_date"] <= MEETING])
    assert [len(reached(known, stage, MEETING)) for stage in ("submitted", "issued")] == [320, 58]


def test_public_record_of_12_december_2025(applications):
    """1.000 used, 780 issued on 12 December 2025, the other 220 with the Komite Fatwa; then it moves on."""
    assert [len(reached(applications, stage, YEAR_END)) for stage in STAGES] == [1000, 1000, 1000, 780, 780]
    assert len(reached(applications, "issued", date(2025, 12, 19))) > 780


def test_both_plans_allot_1000(plans):
    """Each plan sums to 1.000; the second, in force after the meeting, is finer and has later targets."""
    assert list(plans) == [date(2025, 2, 20), date(2025, 6, 5)]
    first, second = plans.values()
    assert sum(row["Kuota"] for row in first) == sum(row["Kuota"] for row in second) == 1000
    assert len(quota_by_place(first)) == len(quota_by_place(second)) == 10
    assert len(second) > len(first)
    assert {day(row["Tanggal Target"]) for row in first} == {date(2025, 5, 31)}
    assert {day(row["Tanggal Target"]) for row in second} == {date(2025, 9, 30), date(2025, 12, 15)}


def test_kutim_is_fullest_and_berau_furthest_behind(applications, plans):
    """On 4 June Kutai Timur is the fullest and Berau lacks most; Mahakam Ulu has the smallest quota."""
    quota, used = (
        quota_by_place(plans[date(2025, 2, 20)]),
        by_place(reached(applications, "submitted", MEETING)),
    )
    assert max(quota, key=lambda p: used[p] / quota[p]) == "Kabupaten Kutai Timur"
    assert used["Kabupaten Kutai Timur"] == 88
    assert max(quota, key=lambda p: quota[p] - used[p]) == "Kabupaten Berau"
    assert min(quota, key=lambda p: quota[p]) == "Kabupaten Mahakam Ulu"


def test_berau_has_62_on_the_way(statements):
    """Berau's registers of 4 June list 62 drafts."""
    rows = [row for row in statements if row["statement_date"] == MEETING and row["status"] in DRAFT]
    assert by_place(rows)["Kabupaten Berau"] == 62


def test_quota_is_kept_but_for_one(applications, plans):
    """No kab/kota ever uses more than its quota, but for one slot in Bontang, which Kutai Barat lacks."""
    over = {}
    for since, plan in plans.items():
        until = date(2025, 6, 4) if since < MEETING else date(2025, 12, 19)
        quota = quota_by_place(plan)
        for n in range((until - since).days + 1):
            used = by_place(reached(applications, "submitted", since + timedelta(days=n)))
            over |= {p: max(over.get(p, 0), used[p] - quota[p]) for p in quota if used[p] > quota[p]}
    assert over == {"Kota Bontang": 1}
    used = by_place(reached(applications, "submitted", YEAR_END))
    assert {p: used[p] - q for p, q in quota_by_place(plans[date(2025, 6, 5)]).items() if used[p] != q} == {
        "Kota Bontang": 1,
        "Kabupaten Kutai Barat": -1,
    }


def test_work_is_done_on_working_days(statements):
    """Nothing happens on a weekend, a national holiday or cuti bersama."""
    off = holidays.country_holidays("ID", years=2025, categories=("public", "government"))
    days = {row[c] for row in statements for c in row if c.endswith("_date") and row[c]}
    assert [d for d in sorted(days) if d.weekday() > 4 or d in off] == []


def test_pace_rises_to_the_deadline(applications):
    """Nothing is submitted over Idulfitri; the four weeks before the meeting bring 25 to 40 a week."""

    def used(on):
        return len(reached(applications, "submitted", on))

    assert used(date(2025, 3, 27)) == used(date(2025, 4, 7)) > 0
    assert 25 <= (used(MEETING) - used(MEETING - timedelta(days=28))) / 4 <= 40


def test_lp3h_differ(applications):
    """UINSI started late, Al-Raudah went quiet in May, ITK has few pendamping, Unmul is the largest."""
    until_meeting = reached(applications, "submitted", MEETING)
    submitted = defaultdict(list)
    for a in until_meeting:
        submitted[a["sender"]].append(a["submitted_date"])
    assert min(submitted["UINSI"]) > date(2025, 4, 15)
    assert max(submitted["Al-Raudah"]) < MEETING - timedelta(days=28)
    assert max(submitted, key=lambda s: len(submitted[s])) == "Unmul"
    team = {s: {a["p3h"] for a in applications if a["sender"] == s} for s in submitted}
    assert min(team, key=lambda s: len(team[s])) == "ITK"


def test_identity_and_dates_do_not_change(statements):
    """An application keeps its identity and its dates from register to register; one date is mended once."""
    told = defaultdict(set)
    fixed = (
        "nib",
        "business_name",
        "owner_name",
        "kab_kota",
        "sender",
        "p3h",
        "certificate_number",
        "exit_date",
    )
    for row in statements:
        for column in (*fixed, *(f"{stage}_date" for stage in STAGES)):
            if row[column]:
                told[row["registration_number"], column].add(row[column])
    changed = [key[1] for key, values in told.items() if len(values) > 1]
    assert changed == ["submitted_date"]


def test_status_is_what_the_dates_say(statements):
    """Stages are in order and dated up to the statement; status and certificate number fit them."""
    for row in statements:
        dates = [row[f"{stage}_date"] for stage in STAGES]
        given = [d for d in dates if d]
        assert given == sorted(given) == dates[: len(given)]
        assert (row["status"] in DRAFT) == (not given)
        assert (row["status"] in LEFT) == (row["exit_date"] is not None)
        assert all(d <= row["statement_date"] for d in [*given, row["exit_date"]] if d)
        certificate = row["certificate_number"]
        assert bool(certificate) == bool(row["issued_date"])
        assert not certificate or re.fullmatch(rf"ID\d{{13}}{row['issued_date']:%m%y}", certificate)


def test_everything_that_happens_is_in_it(statements, applications):
    """Returned by LP3H and by fatwa, rejected, cancelled, replaced, drafts, and one business at two LP3H."""
    seen = {row["status"] for row in statements}
    assert {"OF280", "OF285", "OF290", "OF900", "Diganti", "Dikembalikan oleh Fatwa", "Draft PU"} <= seen
    assert 60 <= sum(a["status"] in LEFT for a in applications) <= 90
    twins = [nib for nib, count in Counter(a["nib"] for a in applications).items() if count > 1]
    assert len(twins) == 7
    for nib in twins:
        first, second = (a for a in applications if a["nib"] == nib)
        assert first["sender"] != second["sender"]
        assert [a["status"] in LEFT for a in (first, second)].count(True) == 1


def test_some_were_certified_elsewhere(applications):
    """Every replaced business is on the SEHATI list, with an earlier certificate; nobody else is."""
    (path,) = DEMO.glob("*SEHATI*")
    certified = {row["NIB"]: day(row["Tanggal Terbit"]) for row in sheet(path)}
    again = [a for a in applications if a["nib"] in certified]
    assert {a["status"] for a in again} == {"Diganti"}
    assert len(again) == 34
    assert all(certified[a["nib"]] < a["submitted_date"] for a in again)


def test_recaps_only_speak_of_cells_with_registers(statements):
    """The LP3H recaps agree with their registers of that day; the OPD's is two submissions ahead."""
    sender = {
        "Halal Center Universitas Mulawarman": "Unmul",
        "LP3H UINSI Samarinda": "UINSI",
        "LP3H Institut Teknologi Kalimantan": "ITK",
    }
    ahead = {}
    for path in DEMO.glob("*Rekap*"):
        for row in sheet(path):
            stated = day(row["Per Tanggal"])
            cell = (stated, place(row["Kab/Kota"]), sender[row["LP3H"]])
            here = [s for s in statements if (s["statement_date"], s["kab_kota"], s["sender"]) == cell]
            assert here
            for header, stage in {
                "Pengajuan": "submitted",
                "Komite Fatwa": "fatwa",
                "Terbit": "issued",
            }.items():
                difference = row[header] - len(reached(here, stage, stated))
                if difference:
                    ahead[path.stem, header] = difference
    assert ahead == {("2025-06-04 Rekap Disperindag Kutim", "Pengajuan"): 2}


def test_nobody_real(statements):
    """NIKs start with 99, which is no province, and stand in one sender's files only; phones with 0836."""
    niks = {row["nik"] for row in statements if "nik" in row}
    assert all(re.fullmatch(r"99\d{14}", nik) for nik in niks)
    assert {row["sender"] for row in statements if "nik" in row} == {"UINSI"}
    assert all(str(row["phone"]).startswith("0836") for row in statements)
    assert all(re.fullmatch(r"\d{13}", row["nib"]) for row in statements)


def test_the_script_makes_these_files(tmp_path):
    """
    Run again, make.py writes the committed files: same names, same csv, same parts of each workbook.

    Parts and not bytes of a workbook, for another build of zlib may press the same XML differently.
    """
    subprocess.run([sys.executable, DEMO / "make.py", tmp_path], check=True)
    made = sorted(path.name for path in tmp_path.iterdir())
    committed = sorted(path.name for path in DEMO.iterdir() if path.suffix in (".xlsx", ".csv"))
    assert made == committed
    assert sum((DEMO / name).stat().st_size for name in committed) < 3_000_000
    assert [name for name in made if content(tmp_path / name) != content(DEMO / name)] == []


def content(path):
    """What a file says: each part of a workbook, or the bytes of anything else."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_programme():
    """The programme's settings: a start, an office, and the demonstration's opening day and mark."""
    programme = tomllib.loads((DEMO.parent / "programme.toml").read_text("utf-8"))
    assert programme["start"] == date(2025, 2, 20)
    assert programme["demo"] == {"opening_date": MEETING, "mark": "Data contoh (rekaan)"}
