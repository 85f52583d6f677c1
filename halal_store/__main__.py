"""
The log from the command line, for scripted use: `python -m halal_store import FILE… --by NAME`.

Exit codes: 0 all is done, 1 something was not, 2 the command was not understood, 3 all files are in but some of their
rows were rejected.
"""

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pandas as pd
from tqdm import tqdm

from halal_metrics.formula_injection import disarmed_frame
from halal_metrics.personal import PERSONAL_COLUMNS
from halal_metrics.plan_changes import plan_changes
from halal_metrics.schema import TABLES
from halal_metrics.sheets import UnreadableFile, Upload, read_upload
from halal_metrics.sheets.upload import TABLE_LABELS
from halal_store.errors import StoreError
from halal_store.preview import Preview
from halal_store.store import Store
from halal_store.writer import NIK_REPLACED

DONE, NOT_DONE, ROWS_REJECTED = 0, 1, 3

STORE: Final = Path(__file__).parents[1] / "data" / "store"
TIME_ZONE: Final = "Asia/Makassar"
"""WITA, the office's: naive times are of this zone."""

SAID: Final = 20
"""Problems of a file that are printed unless all are asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code; every message is on stdout, progress on stderr."""
    given = _parser().parse_args(arguments)
    try:
        store = Store(given.store, time_zone=given.time_zone, on_nik=partial(print, NIK_REPLACED))
        return given.command(store, given)
    except StoreError as refused:
        print(refused)
        return NOT_DONE


def import_files(store: Store, given: argparse.Namespace) -> int:
    """Reads the files and commits each; one that cannot be taken does not keep the others out."""
    codes = []
    for path in tqdm(given.files, desc="Membaca", unit="berkas", disable=not sys.stderr.isatty()):
        try:
            upload = read_upload(
                path, table=given.table, defaults=dict(given.set), sheets=given.sheet, received=_day(store, given)
            )
            codes.append(_import(store, upload, given))
        except (UnreadableFile, StoreError, OSError, ValueError) as refused:
            print(f"{path.name}: {refused}")
            codes.append(NOT_DONE)
    return NOT_DONE if NOT_DONE in codes else max(codes)


def _day(store: Store, given: argparse.Namespace) -> dt.date:
    """The day on which the files came, by the store's clock: that of --received-at, else today."""
    moment = store.clock.utc(given.received_at) if given.received_at else store.clock.now()
    return store.clock.local(moment).date()


def _import(store: Store, upload: Upload, given: argparse.Namespace) -> int:
    whole = store.preview(upload)
    preview, given_up = whole.counts, _plans_given_up(whole)
    read, accepted, rejected, skipped = (
        sum(getattr(sheet, count) for sheet in upload.sheets) for count in ("read", "accepted", "rejected", "skipped")
    )
    print(
        f"{upload.filename}: {TABLE_LABELS[upload.table]}; dibaca {read} = diterima {accepted} + ditolak {rejected}"
        f" + dilewati {skipped}; baru {preview['new']}, berubah {preview['changed']}, sama {preview['same']}"
    )
    _say_problems(upload.problems, every=given.problems)
    for sentence in given_up:
        print(f"  {sentence}")
    if given.dry_run:
        print("  Hanya diperiksa, belum disimpan.")
    elif given_up and not given.replace_plan:
        print("  Belum disimpan: rencana kuota yang berlaku akan diganti. Bila memang itu maksudnya, --replace-plan.")
        return NOT_DONE
    else:
        receipt = store.commit(upload, by=given.by, note=given.note, received_at=given.received_at)
        print(f"  Tersimpan sebagai {receipt.upload_id}.")
    return ROWS_REJECTED if rejected else DONE


def _plans_given_up(preview: Preview) -> list[str]:
    """Each plan in force that the upload would take the place of, in a sentence; a first plan takes nobody's."""
    if preview.table != "quotas":
        return []
    told = []
    for change in plan_changes(preview.before.quotas, preview.after.quotas):
        if change.replaces:
            was, becomes = (f"{quota:,}".replace(",", ".") for quota in (change.quota_before, change.quota_after))
            until = "" if change.until is None else f" sampai {change.until:%d/%m/%Y}"
            told.append(f"Rencana {was} kuota diganti {becomes} sejak {change.since:%d/%m/%Y}{until}.")
    return told


def _say_problems(problems: pd.DataFrame, *, every: bool) -> None:
    told = problems if every else problems[problems["severity"] != "info"].head(SAID)
    for sheet, message in zip(told["sheet"], told["message"], strict=True):
        print(f"  {sheet}: {message}")
    left = len(problems) - len(told)
    if left:
        print(f"  … dan {left} catatan lain; tambahkan --problems untuk melihat semuanya.")


def show_history(store: Store, given: argparse.Namespace) -> int:
    """One line an upload, in order of arrival; with --csv every column."""
    history = store.history()
    if given.csv:
        print(disarmed_frame(history).to_csv(index=False), end="")
        return DONE
    for entry in history.itertuples():
        undone = f" · dibatalkan oleh {entry.undone_by}: {entry.undo_reason}" if pd.notna(entry.undone_at) else ""
        print(
            f"{entry.upload_id}  {entry.received_at:%d/%m/%Y %H:%M}  {entry.by}  {entry.filename}"
            f"  ({TABLE_LABELS[entry.table]}, {entry.rows} baris){undone}"
        )
    return DONE


def undo(store: Store, given: argparse.Namespace) -> int:
    """Takes an upload back: the tables become what they would be without it."""
    store.undo(given.upload_id, by=given.by, reason=given.reason)
    print(f"Unggahan {given.upload_id} dibatalkan. Berkas aslinya tetap tersimpan.")
    return DONE


def export(store: Store, given: argparse.Namespace) -> int:
    """The five tables as files; without owner, phone and address unless --personal-data is given."""
    tables = store.tables(known_at=given.known_at)
    given.folder.mkdir(parents=True, exist_ok=True)
    for name in tqdm(list(TABLES), desc="Menulis", unit="tabel", disable=not sys.stderr.isatty()):
        frame = getattr(tables, name)
        if not given.personal_data:
            frame = frame.drop(columns=[column for column in PERSONAL_COLUMNS if column in frame])
        path = given.folder / f"{name}.{given.format}"
        if given.format == "parquet":
            frame.to_parquet(path, index=False)
        else:
            disarmed_frame(frame).to_csv(path, index=False, encoding="utf-8-sig")
        print(f"{path}: {len(frame)} baris")
    return DONE


def _default(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("tulis KOLOM=NILAI, misalnya status=OF300")
    return column, value


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m halal_store", description="Catatan unggahan Pantau Halal.")
    parser.add_argument(
        "--store",
        default=os.environ.get("PANTAU_HALAL_STORE") or str(STORE),
        help="folder atau alamat penyimpanan (bawaan: PANTAU_HALAL_STORE, lalu data/store)",
    )
    parser.add_argument("--time-zone", default=TIME_ZONE, help=f"zona waktu kantor (bawaan: {TIME_ZONE})")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")

    reading = commands.add_parser("import", help="membaca berkas dan menyimpan baris yang diterima")
    reading.add_argument("files", nargs="+", type=Path, metavar="BERKAS")
    reading.add_argument("--by", required=True, help="nama yang mengunggah")
    reading.add_argument("--note", default="", help="catatan unggahan")
    reading.add_argument("--table", choices=TABLES, help="jenis tabel; bawaan: dari kolomnya")
    reading.add_argument("--set", action="append", default=[], type=_default, metavar="KOLOM=NILAI",
                         help="isi kolom yang tidak ada di berkas, boleh berulang")  # fmt: skip
    reading.add_argument("--sheet", action="append", help="hanya lembar ini, boleh berulang")
    reading.add_argument("--received-at", type=pd.Timestamp, help="waktu diterima; bawaan: sekarang")
    reading.add_argument("--dry-run", action="store_true", help="periksa saja, jangan simpan")
    reading.add_argument(
        "--replace-plan", action="store_true", help="simpan juga bila rencana kuota yang berlaku diganti"
    )
    reading.add_argument("--problems", action="store_true", help="cetak semua catatan pembacaan")
    reading.set_defaults(command=import_files)

    past = commands.add_parser("history", help="daftar unggahan")
    past.add_argument("--csv", action="store_true", help="semua kolom, sebagai CSV")
    past.set_defaults(command=show_history)

    taking_back = commands.add_parser("undo", help="membatalkan satu unggahan")
    taking_back.add_argument("upload_id")
    taking_back.add_argument("--by", required=True, help="nama yang membatalkan")
    taking_back.add_argument("--reason", required=True, help="alasan")
    taking_back.set_defaults(command=undo)

    writing = commands.add_parser("export", help="menulis kelima tabel ke folder")
    writing.add_argument("folder", type=Path)
    writing.add_argument("--format", choices=("csv", "parquet"), default="csv")
    writing.add_argument("--known-at", type=pd.Timestamp, help="seperti diketahui pada waktu itu")
    writing.add_argument("--personal-data", action="store_true", help="sertakan nama pemilik, nomor HP dan alamat")
    writing.set_defaults(command=export)
    return parser


if __name__ == "__main__":
    sys.exit(main())
