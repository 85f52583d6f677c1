"""
Writes the demonstration set: the spreadsheets the programme's partners would have sent.

    python data/demo/make.py            # beside this script
    python data/demo/make.py folder     # somewhere else

Same bytes at every run: one seed, fixed dates inside the workbooks.
"""

import csv
import random
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from application import NEVER, Application
from life import happened
from plan import (
    BERAU,
    CELLS,
    FAR,
    FAR_TARGET,
    FIRST_TARGET,
    ITK,
    KUTIM,
    MEETING,
    PASER,
    SECOND_PLAN,
    SECOND_TARGET,
    SEED,
    START,
    UINSI,
    UNDIVIDED,
    Cell,
)
from senders import SENDERS, SHORT, Sender, abbreviated
from words import KECAMATAN, certificate_number, invent_business

PROGRAMME_CODE = "KALTIM25"
CORRECTED = date(2025, 6, 20)  # from this statement on, the mistyped submission date is right

Value = str | int | date


def write(path: Path, headers: Iterable[str], rows: Iterable[Iterable[Value]]) -> None:
    """One sheet, one header row; the file's ending decides the form."""
    table = [list(headers), *(list(row) for row in rows)]
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:  # as Excel writes it in Indonesia
            csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(table)
        return
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime(2025, 1, 1)})  # noqa: DTZ001 - a file's own date has no zone
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Data")
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table[0]) - 1, 18)
    for row, values in enumerate(table):
        for column, value in enumerate(values):
            if isinstance(value, date):
                sheet.write_datetime(row, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(row, column, value)
            elif value:
                sheet.write_string(row, column, value, bold if row == 0 else None)
    book.close()


def register(sender: Sender, applications: list[Application], day: date) -> list[list[Value]]:
    """Every application of one LP3H as it stood on a day, in the sender's own spelling."""

    def written(moment: date) -> Value:
        return sender.day(moment) if moment <= day else ""

    rows = []
    for a in applications:
        if a.cell.lp3h != sender.lp3h or a.drafted > day:
            continue
        business = a.business
        submitted = a.written_first if a.written_first and day < CORRECTED else a.submitted
        row: dict[str, Value] = {
            "registration_number": a.number,
            "reg_id": a.reg_id,
            "nik": business.nik,
            "nib": business.nib,
            "business_name": business.name,
            "owner_name": business.owner,
            "phone": business.phone,
            "address": business.address,
            "kecamatan": business.kecamatan,
            "kab_kota": sender.place(business.kab_kota),
            "lp3h": sender.signs_as,
            "p3h": a.p3h,
            "programme_code": PROGRAMME_CODE,
            "brand": business.brand,
            "product": business.product,
            "kbli": business.kbli,
            "status": sender.statuses[a.status(day)],
            "submitted_date": written(submitted if a.submitted <= day else NEVER),
            "verified_date": written(a.verified),
            "fatwa_date": written(a.fatwa),
            "decided_date": written(a.decided),
            "issued_date": written(a.issued),
            "exit_date": written(a.left),
            "certificate_number": a.certificate if a.issued <= day else "",
            "returns": sum(since <= day for since, _, _ in a.returned),
            "obstacle": a.obstacle(day),
            "statement_date": sender.day(day),
        }
        rows.append([row[column] for column in sender.headers])
    return rows


def write_quotas(folder: Path) -> None:
    """The first plan, coarse and in part undivided, and the one the meeting of 4 June decided."""
    alias = {sender.lp3h: sender.signs_as for sender in SENDERS}
    first = [(cell.kab_kota, alias[cell.lp3h], cell.first_quota, "") for cell in CELLS if cell.first_quota]
    first += [(kab_kota, "", quota, "LP3H belum ditentukan") for kab_kota, quota in UNDIVIDED.items()]
    write(
        folder / f"{START} Kuota awal fasilitasi.xlsx",
        ["Kab/Kota", "LP3H", "Kuota", "Tanggal Target", "Catatan", "Per Tanggal"],
        ([abbreviated(kab_kota), lp3h, n, FIRST_TARGET, note, START] for kab_kota, lp3h, n, note in first),
    )
    write(
        folder / f"{SECOND_PLAN} Kuota hasil rapat koordinasi.xlsx",
        ["Kabupaten/Kota", "Lembaga Pendamping", "Kuota", "Tenggat", "Catatan", "Per Tanggal"],
        ([c.kab_kota, c.lp3h, c.second_quota, *second_target(c), SECOND_PLAN] for c in CELLS),
    )


def second_target(cell: Cell) -> tuple[date, str]:
    """The second plan's target date, and why."""
    return (FAR_TARGET, "Wilayah jauh, tenggat dilonggarkan") if cell.kab_kota in FAR else (SECOND_TARGET, "")


CANDIDATE_HEADERS = "NIB|Nama Usaha|Nama Pemilik|No. HP|Alamat Usaha|Kecamatan|Kab/Kota|Nama Produk|KBLI|OPD Pengusul"
CERTIFICATE_HEADERS = "No. Sertifikat|NIB|Nama Usaha|Nama Pemilik|Kab/Kota|Nama Produk|Tanggal Terbit|Program"


def recap(applications: list[Application], day: date, **only: str) -> list[dict[str, Value]]:
    """Cumulative counts for the cells of one LP3H or one kab/kota that have applications by then."""
    rows = []
    for cell in CELLS:
        here = [a for a in applications if a.cell is cell and a.drafted <= day]
        if not here or any(getattr(cell, name) != value for name, value in only.items()):
            continue
        staying = [a for a in here if a.left > day]
        submitted = sum(a.submitted <= day for a in staying)
        fatwa, issued = sum(a.fatwa <= day for a in staying), sum(a.issued <= day for a in staying)
        first = day < SECOND_PLAN
        quota = cell.first_quota if first else cell.second_quota
        states = [a.status(day) for a in here]
        row: dict[str, Value] = {  # the weekly layout
            "No": len(rows) + 1,
            "Kab/Kota": abbreviated(cell.kab_kota),
            "LP3H": cell.lp3h,
            "Kuota": quota,
            "Target (tgl)": FIRST_TARGET if first else second_target(cell)[0],
            "Draft": states.count("OF1"),
            "Pengajuan": submitted,
            "Verval": sum(a.verified <= day for a in staying),
            "Komite Fatwa": fatwa,
            "Dikembalikan": states.count("OF280") + states.count("OF285"),
            "Ditolak/Batal": len(here) - len(staying),
            "Terbit": issued,
            "Sisa Kuota": quota - submitted,
            "% Pemanfaatan": percent(submitted, quota),
            "% Terbit": percent(issued, quota),
            "Pendamping Aktif": len({a.p3h for a in here if day - timedelta(days=30) < a.submitted <= day}),
            "Kendala": "Antrean sidang fatwa" if fatwa - issued > 10 else "",
            "Tindak Lanjut": "Koordinasi dengan BPJPH" if fatwa - issued > 10 else "Jemput bola",
            "Per Tanggal": day,
        }
        rows.append(row)
    return rows


def percent(part: int, whole: int) -> str:
    """32,0%, and a dash where there is no quota."""
    return f"{part / whole:.1%}".replace(".", ",") if whole else "-"


def write_recaps(folder: Path, applications: list[Application]) -> None:
    """Two LP3H recaps that agree with the registers, and an OPD's that is two applications ahead of them."""
    at_opd = recap(applications, MEETING, kab_kota=KUTIM)
    at_opd[0]["Pengajuan"] = int(str(at_opd[0]["Pengajuan"])) + 2  # on paper there, not yet sent
    for name, rows in (
        ("Rekap mingguan UINSI", recap(applications, date(2025, 5, 23), lp3h=UINSI)),
        ("Rekap Disperindag Kutim", at_opd),
        ("Rekap mingguan ITK", recap(applications, date(2025, 9, 26), lp3h=ITK)),
    ):
        path = folder / f"{rows[0]['Per Tanggal']} {name}.xlsx"
        write(path, rows[0], (row.values() for row in rows))


def write_elsewhere(folder: Path, applications: list[Application], rng: random.Random) -> None:
    """Certificates from SEHATI, whose holders some LP3H took for new; and businesses two OPD offer."""
    offered = {
        "Diskoperindag Berau": (date(2025, 6, 18), BERAU, 55, 15, "xlsx"),
        "Disperindagkop-UKM Paser": (date(2025, 7, 2), PASER, 40, 12, "csv"),
    }
    covered = [a.business for a in applications if a.left_as == "GANTI"]
    covered += [invent_business(rng, kab_kota) for kab_kota in KECAMATAN for _ in range(3)]
    for opd, (day, kab_kota, size, later_taken, suffix) in offered.items():
        here = [a for a in applications if a.cell.kab_kota == kab_kota and not a.left_as and day < a.drafted]
        names = [a.business for a in rng.sample(here, later_taken)]
        names += [invent_business(rng, kab_kota) for _ in range(size - later_taken)]
        covered += rng.sample(names[later_taken:], 2)  # the OPD does not know of these two certificates
        rng.shuffle(names)
        place = SHORT[kab_kota]
        write(
            folder / f"{day} Calon pelaku usaha {opd}.{suffix}",
            CANDIDATE_HEADERS.split("|"),
            ([b.nib, b.name, b.owner, b.phone, b.address, b.kecamatan, place, b.product, b.kbli, opd] for b in names),
        )
    issued = sorted(date(2023, 3, 1) + timedelta(days=rng.randrange(700)) for _ in covered)
    rng.shuffle(covered)
    rows = []
    for place, (day, b) in enumerate(zip(issued, covered, strict=True)):
        number = certificate_number(610_000 + place * 21_000 + rng.randrange(20_000), day)
        rows.append([number, b.nib, b.name, b.owner, abbreviated(b.kab_kota), b.product, day, f"SEHATI {day.year}"])
    write(folder / "2025-06-25 Sertifikat SEHATI Kaltim.xlsx", CERTIFICATE_HEADERS.split("|"), rows)


def main(folder: Path) -> None:
    """Writes the whole set into the folder; older spreadsheets of the set go first."""
    for old in (*folder.glob("2025-*.xlsx"), *folder.glob("2025-*.csv")):
        old.unlink()
    rng = random.Random(SEED)
    applications = happened(rng)
    write_quotas(folder)
    write_recaps(folder, applications)
    write_elsewhere(folder, applications, rng)
    for sender in SENDERS:
        for day in sender.sends_on:
            rows = register(sender, applications, day)
            write(folder / f"{day} Register {sender.name}.{sender.suffix}", sender.headers.values(), rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
