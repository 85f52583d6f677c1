"""Reads the committed spreadsheets with openpyxl and csv alone: nothing under test vouches for itself."""

import csv
import re
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl

DEMO = Path(__file__).parents[2] / "data" / "demo"
MONTHS = "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember"
PLACES = {
    "Kabupaten Paser": ("paser", "tanah grogot"),
    "Kabupaten Kutai Kartanegara": ("kutai kartanegara", "kukar"),
    "Kabupaten Berau": ("berau",),
    "Kabupaten Kutai Barat": ("kutai barat", "kubar"),
    "Kabupaten Kutai Timur": ("kutai timur", "kutim"),
    "Kabupaten Penajam Paser Utara": ("penajam paser utara", "ppu"),
    "Kabupaten Mahakam Ulu": ("mahakam ulu", "mahulu"),
    "Kota Balikpapan": ("balikpapan", "bpn"),
    "Kota Samarinda": ("samarinda", "smd"),
    "Kota Bontang": ("bontang",),
}


def place(written: str) -> str:
    """Official name of a kab/kota however a sender writes it."""
    bare = re.sub(r"^(kabupaten|kab\.|kota) ", "", written.lower())
    return next(official for official, names in PLACES.items() if bare in names)


def day(written: object) -> date | None:
    """A date from a date cell, '31 Mei 2025' or '31/05/2025'."""
    if isinstance(written, datetime):
        return written.date()
    if not written:
        return None
    number, month, year = re.split(r"[ /]", str(written))
    named = MONTHS.split("|")
    return date(int(year), named.index(month) + 1 if month in named else int(month), int(number))


@cache
def sheet(path: Path) -> list[dict[str, object]]:
    """The rows of a spreadsheet under its headers."""
    if path.suffix == ".csv":
        rows = list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))
    else:
        book = openpyxl.load_workbook(path, read_only=True)
        rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    headers = [str(header) for header in rows[0]]
    assert len(set(headers)) == len(headers)
    return [dict(zip(headers, row, strict=False)) for row in rows[1:]]


def headers_of(sender: str) -> dict[str, str]:
    """{header: column} of a sender, from the table in the README: what a reader of the files is promised."""
    lines = [line for line in (DEMO / "README.md").read_text().splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    place = next(n for n, title in enumerate(table[0]) if title.startswith(sender))
    return {re.sub(r" \(codes\)$", "", row[place]): row[0].split("`")[1] for row in table[2:] if row[place] != "–"}


@cache
def read_registers() -> list[dict]:
    """Every row of every register, in canonical columns, dates as dates, oldest statement first."""
    rows = []
    for path in sorted(DEMO.glob("*Register*")):
        sender = path.stem.split()[-1]
        columns = headers_of(sender)
        for line in sheet(path):
            row = {columns[header]: value for header, value in line.items()}
            for column in row:
                if column.endswith("_date"):
                    row[column] = day(row[column])
            row |= {"kab_kota": place(str(row["kab_kota"])), "sender": sender}
            rows.append(row)
    return rows


def fold(statements: list[dict]) -> list[dict]:
    """One application per registration number: in each column the latest statement with a value."""
    known: dict[str, dict] = defaultdict(dict)
    for row in sorted(statements, key=lambda row: row["statement_date"]):
        known[row["registration_number"]] |= {k: v for k, v in row.items() if v not in (None, "")}
        known[row["registration_number"]]["status"] = row["status"]
    return list(known.values())


def reached(applications: list[dict], stage: str, on: date) -> list[dict]:
    """Those who have reached the stage by that day and have not left by then."""
    return [a for a in applications if (a.get(f"{stage}_date") or date.max) <= on < (a.get("exit_date") or date.max)]


@cache
def read_plans() -> dict[date, list[dict]]:
    """The two plans, by the day each is in force from."""
    first, second = (sheet(path) for path in sorted(DEMO.glob("*Kuota*")))
    names = {"Kabupaten/Kota": "Kab/Kota", "Lembaga Pendamping": "LP3H", "Tenggat": "Tanggal Target"}
    names |= {"Per tanggal": "Per Tanggal"}
    plans = {}
    for rows in (first, second):
        renamed = [{names.get(header, header): value for header, value in row.items()} for row in rows]
        plans[day(renamed[0]["Per Tanggal"])] = renamed
    return plans
