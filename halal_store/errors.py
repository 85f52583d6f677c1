"""What can go wrong with a store, each with a sentence for the person who meets it."""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from deltalake.exceptions import DeltaError

LOG = logging.getLogger(__name__)

SENTENCES: Final = {
    "already_committed": (
        "Berkas ini sudah disimpan pada {when} oleh {by} sebagai “{filename}”, jadi tidak disimpan lagi; bila isinya "
        "memang harus dimasukkan ulang, batalkan dahulu unggahan itu di halaman Riwayat."
    ),
    "already_undone": (
        "Unggahan {upload_id} sudah dibatalkan pada {when} oleh {by}, jadi tidak ada yang berubah; "
        "muat ulang halaman Riwayat untuk melihat keadaan terbaru."
    ),
    "unknown_upload": (
        "Unggahan {upload_id} tidak ada dalam catatan, jadi tidak ada yang berubah; "
        "pilih unggahan dari daftar di halaman Riwayat."
    ),
    "unknown_meeting": (
        "Rapat {meeting_id} tidak ada dalam catatan, jadi tidak ada yang ditampilkan; "
        "pilih rapat dari daftar di halaman Bahan rapat."
    ),
    "not_yet": (
        "Waktu {known_at} belum tiba, jadi rapat tidak dibekukan; pilih waktu yang sudah lewat, atau kosongkan agar "
        "dipakai waktu sekarang."
    ),
    "unknown_note": (
        "Catatan {note_id} tidak ada, jadi tidak ada yang berubah; muat ulang halaman, lalu pilih dari daftarnya."
    ),
    "already_taken_back": (
        "Perubahan ini sudah dibatalkan pada {when} oleh {by}, jadi tidak ada yang berubah; "
        "muat ulang halaman untuk melihat keadaan terbaru."
    ),
    "out_of_order": (
        "Waktu terima {given} lebih awal daripada catatan terakhir ({newest}), jadi tidak ada yang disimpan; "
        "pakai waktu sesudah itu, atau kosongkan agar dipakai waktu sekarang."
    ),
    "in_work_full": (
        "Yang sedang Anda kerjakan sudah {count} berkas ({megabytes} MB), dan lebih dari itu tidak disimpan sementara; "
        "simpan atau keluarkan dahulu yang lain."
    ),
    "damaged": (
        "Berkas penyimpanan “{file}” {how}, jadi angka tidak ditampilkan agar tidak keliru; "
        "pulihkan berkas itu dari salinan cadangan, lalu muat ulang."
    ),
    "read_only": (
        "Tempat penyimpanan “{file}” tidak boleh ditulisi, jadi tidak ada yang disimpan dan data lama tetap utuh; "
        "minta pengelola membuka izin tulis, lalu ulangi."
    ),
    "disk_full": (
        "Ruang penyimpanan habis, jadi tidak ada yang disimpan dan data lama tetap utuh; "
        "kosongkan ruang pada disk, lalu ulangi."
    ),
    "unavailable": (
        "Penyimpanan “{file}” sedang tidak dapat dijangkau, jadi tidak ada yang disimpan dan data lama tetap utuh; "
        "periksa letak dan sambungannya, lalu ulangi."
    ),
}
"""Code → the sentence, with the facts it names."""

FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FORBIDDEN: Final = (errno.EROFS, errno.EACCES, errno.EPERM)


class StoreError(ValueError):
    """
    What a store refuses or cannot do: `.code` (one of SENTENCES), `.facts`, and a message in Indonesian.

    >>> str(StoreError("unknown_upload", upload_id="4f1c"))[:44]
    'Unggahan 4f1c tidak ada dalam catatan, jadi '
    """

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(SENTENCES[code].format(**facts))
        self.code = code
        self.facts = facts


def damaged(file: str, how: str) -> StoreError:
    """A file of the store is not what it was: `how` is "hilang", "kosong" or "rusak"."""
    return StoreError("damaged", file=file, how=how)


@contextmanager
def spoken(place: str) -> Iterator[None]:
    """What the system says about `place`, said as a StoreError; the log keeps the system's own words."""
    try:
        yield
    except (OSError, DeltaError) as reason:
        code = _code(reason)
        LOG.warning("%s: %s: %r", code, place, reason)
        raise StoreError(code, file=place) from reason


def _code(reason: Exception) -> str:
    number = getattr(reason, "errno", None)
    said = str(reason).lower()  # deltalake hands on the system's words, not its number
    if number in FULL or any(f"os error {code})" in said for code in FULL) or "no space left" in said:
        return "disk_full"
    if number in FORBIDDEN or any(f"os error {code})" in said for code in FORBIDDEN) or "read-only file" in said:
        return "read_only"
    return "unavailable"
