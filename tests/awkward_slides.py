"""A meeting whose slides are hard to draw: long names, many bars, long tables, nothing at all. All of it invented."""

import pandas as pd

from halal_metrics.places import TILES
from halal_ui.look.cards import Card
from halal_ui.snapshot.marks import Mark, target_dates
from halal_ui.story.pictures import Bar, Bars, Curve, Tile, Tiles
from halal_ui.story.slide import Slide, Story
from halal_ui.views.shown import Table
from halal_ui.words.columns import COLUMNS, Column
from halal_ui.words.names import place

LONG = "LP3H Yayasan Pendampingan Usaha Mikro Kecil Kalimantan Timur"
SENTENCE = (
    "Hingga 4 Juni 2025, 320 dari 1.000 kuota (32,0%) dimanfaatkan dan 58 sertifikat (5,8%) terbit; tenggat 31 Mei "
    "2025 lewat 4 hari. Dengan laju 4 pekan terakhir sisanya habis akhir November 2025."
)
STATUSES = ("done", "on_track", "watch", "behind", "critical", "late")


def bars(count: int, *, long: bool = False) -> Bars:
    rows = tuple(
        Bar(
            f"{LONG} {n}" if long else f"LP3H {n}",
            value=1000 / n,
            text=f"{1000 // n} dari 1.000",
            of=1000.0,
            mark=900.0,
            note=f"{100 // n},0% · perlu 12,5 per pekan" if long else f"{100 // n},0%",
            tone=("used", "issued", "behind", "late")[n % 4],
        )
        for n in range(1, count + 1)
    )
    return Bars("Kuota dimanfaatkan per LP3H", "pengajuan", rows, "alokasi", "rencana per 4 Juni", f"{count} bar")


def curve(*, as_of: str, until: str, marks: int = 0, share: float = 0.32) -> Curve:
    dates = pd.date_range("2025-02-03", until, freq="D")
    day = pd.Timestamp(as_of)
    done = [1000 * share * n / max((dates <= day).sum(), 1) if date <= day else None for n, date in enumerate(dates)]
    frame = pd.DataFrame({"date": dates, "planned": [min(1000.0, 8.4 * n) for n in range(len(dates))]})
    frame["submitted"] = pd.Series(done, dtype="float64")
    frame["issued"] = frame["submitted"] * 0.9
    events = tuple(
        Mark(pd.Timestamp("2025-03-01") + pd.Timedelta(days=5 * n), f"SIHALAL tidak dapat dibuka {n}", "outage")
        for n in range(marks)
    )
    due = target_dates(["2025-05-31", *(["2025-05-28"] if marks else [])])
    return Curve("Kurva S", frame, day, events + due, "Kurva S: 320 dari 1.000 kuota dimanfaatkan")


def tiles() -> Tiles:
    return Tiles(
        "Kuota dimanfaatkan menurut kab/kota",
        tuple(
            Tile(place(name), row, column, "1.032", "dari 1.100 · 93,8%", n / 9, (*STATUSES, "")[n % 7])
            for n, (name, (row, column)) in enumerate(TILES.items())
        ),
        "Sepuluh kab/kota",
    )


def groups(rows: int) -> Table:
    names = [*TILES, None, "Kabupaten <Uji>"][:rows]
    frame = pd.DataFrame(
        {
            "kab_kota": pd.Series(names, dtype="str"),
            "quota": 1100,
            "used": 1032,
            "absorption_rate": 0.938,
            "gap": [(-1) ** n * 12 * n for n in range(rows)],
            "projected_date": pd.Timestamp("2025-11-30"),
            "status": [STATUSES[n % 6] for n in range(rows)],
        }
    )
    total = {"quota": 11_000, "used": 10_320, "absorption_rate": 0.938} if rows else None
    return Table(frame, "Serapan per kab/kota, per 4 Juni 2025", "serapan", total=total)


def actions(rows: int) -> Table:
    columns = {
        **COLUMNS,
        "problem": Column("Masalah", "text"),
        "action": Column("Tindak lanjut", "text"),
        "by": Column("Penanggung jawab", "text"),
        "moved": Column("Angkanya", "signed"),
        "state": Column("Status", "text"),
    }
    frame = pd.DataFrame(
        {
            "problem": pd.Series(["Pendamping belum cukup di kecamatan yang jauh dari ibu kota"] * rows, dtype="str"),
            "action": "LP3H menugaskan dua pendamping tambahan dan menjadwalkan kunjungan tiap pekan",
            "by": LONG,
            "target_date": pd.Timestamp("2025-06-11"),
            "moved": 12,
            "state": "proses, terlambat 3 hari",
        }
    )
    return Table(frame, "Tindak lanjut yang terbuka", "tindak-lanjut", columns)


def cards(count: int) -> tuple[Card, ...]:
    return tuple(
        Card(
            "Dimanfaatkan" if n % 2 else "Sertifikat terbit",
            "1.032" if n else "10.320",
            "dari 11.000 kuota",
            "93,8%",
            "+120 sejak rapat 21 Mei 2025" if n % 3 == 0 else "",
            ("used", "issued", "late", "on_track")[n % 4],
        )
        for n in range(count)
    )


LINES = (
    "Kutai Timur, Berau dan Paser paling tertinggal: bersama-sama 412 dari 680 kuota yang belum dimanfaatkan.",
    "Dua LP3H belum mengirim berkas sejak rapat terakhir: UINSI dan Unmul.",
    "Angka 31 Mei 2025 dinyatakan ulang: +14 pengajuan dari berkas yang terlambat, bukan hasil pekan ini.",
)

SLIDES = (
    Slide(
        "judul", "Judul", "Rapat Koordinasi dan Monitoring Sertifikasi Halal", lines=("Rabu, 4 Juni 2025", "Samarinda")
    ),
    Slide("angka-3", "Tiga angka", SENTENCE, cards(3)),
    Slide("angka-7", "Tujuh angka", SENTENCE, cards(7), lines=LINES),
    Slide("angka-kurva", "Angka, kurva", SENTENCE, cards(4), curve(as_of="2025-06-04", until="2025-06-30")),
    Slide("kurva", "Kurva S", "Kurva S", (), curve(as_of="2025-03-10", until="2025-12-31", marks=14), (), LINES),
    Slide(
        "kurva-datar", "Datar", SENTENCE, (), curve(as_of="2025-06-04", until="2025-06-04", share=1.0), (), LINES[:1]
    ),
    Slide("kurva-nol", "Nol", "Belum ada", (), curve(as_of="2025-05-30", until="2025-06-04", share=0, marks=2)),
    Slide("peta", "Peta", SENTENCE, (), tiles(), (), LINES[:2]),
    Slide("peta-tabel", "Peta, tabel", SENTENCE, cards(3), tiles(), (groups(5),)),
    Slide("bar-10", "Sepuluh bar", "Sepuluh bar", cards(4), bars(10), (), LINES[:1]),
    Slide("bar-15", "Lima belas bar", SENTENCE, (), bars(15)),
    Slide("bar-panjang", "Bar, nama panjang", SENTENCE, (), bars(10, long=True)),
    Slide("kab", "Kab", SENTENCE, cards(5), bars(5), (groups(3), actions(2)), LINES[:2], "Kabupaten Berau"),
    Slide("tabel-12", "Tabel 12 baris", SENTENCE, (), None, (groups(12),), LINES),
    Slide("tabel-5", "Tabel 5 baris", "Lima baris", cards(4), None, (groups(5),)),
    Slide("tindakan", "Tindakan", SENTENCE, (), None, (actions(11),)),
    Slide("tiga-tabel", "Tiga tabel", SENTENCE, (), None, (groups(5), groups(4), actions(2)), LINES),
    Slide("kosong", "Kosong", "Belum ada data", (), Bars("Bar", "", ()), (groups(0),)),
    Slide("banyak-kalimat", "Banyak kalimat", SENTENCE, lines=LINES * 3),
    Slide("hanya-kalimat", "Hanya kalimat", SENTENCE, cards(1), None, (), LINES),
)

AWKWARD = Story(
    "R-2025-06-04",
    "Rapat Koordinasi",
    "Rabu, 4 Juni 2025 pukul 09.00 WITA",
    "Samarinda",
    "per 4 Juni 2025 · diketahui 4 Juni 2025 pukul 09.00 WITA",
    "dari 7 berkas, terakhir diterima 4 Juni 2025",
    "Data contoh (rekaan)",
    SLIDES,
)
