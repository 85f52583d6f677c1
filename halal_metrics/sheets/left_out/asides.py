"""What stands in the place of a name below a recap or quotas and is none: rests, plans, rates, letters, money."""

import re
from typing import Final

from halal_metrics.spelling import words

_LEADING: Final = re.compile(r"^(?:(?:jumlah|total|data|kuota|angka|nilai|besaran|(?:yang )?tersedia|per) )+")
_BEGINS: Final = re.compile(
    r"(?:sisa\w*|tersisa|target\w*|sasaran"
    r"|rencana|proyeksi|prediksi|estimasi|sudah|telah|yang (?:sudah|belum)|nomor|nomer"
    r"|no (?:sk|surat|dpa|hp|telp|telepon|wa|rekening|kontrak)|sk|surat|nota|dasar|perihal|lampiran|halaman"
    r"|alokasi (?:apb[dnp]|dana|anggaran)|apb[dnp]|transport\w*|konsumsi|uang"
    r"|tanggal|tgl|tahun|periode|waktu|jam|update|diperbarui|anggaran|pagu|dpa|dana|harga|biaya|honor\w*|tarif"
    r"|rupiah|rp|idr|capaian|pencapaian|ketercapaian|persentase|prosentase|presentase|persen|rasio|rata|rerata"
    r"|selisih|kekurangan|kelebihan|deviasi|gap|kenaikan|penurunan|peningkatan|pertumbuhan|terpakai|terserap|serapan"
    r"|penyerapan|keterangan|ket|catatan|telepon|telp|hp|wa|whatsapp|kontak|email|nip|nik|npwp)\b"
)
_YET_TO_DO: Final = re.compile(
    r"belum (?:(?:di|ter|me[nm]?g?|ber)?(?:aju\w*|daftar\w*|verif\w*|verval|submit\w*|proses|input|sidang|fatwa|terbit"
    r"|realisasi\w*|capai|pakai|serap|guna\w*|isi|sertifikat|lapor\w*|kirim)|selesai|lengkap|terbit|fatwa|sidang)\b"
)
_MONEY_OR_RATE: Final = re.compile(r"%|\bRp\b|\(rp", re.IGNORECASE)
_NOT_DIVIDED: Final = re.compile(
    r"\bcadangan\b|\b(?:belum|tidak|tanpa|akan) (?:di|ter)?(?:bagi|alokasi|rinci|tentu|tetap|salur|distribusi|tunjuk"
    r"|plot)\w*"
)


def is_aside(text: str) -> bool:
    """
    Whether a text where a place or an LP3H is named says by its words that its numbers are no part of the table's.

    >>> [is_aside(text) for text in ("Sisa kuota", "Target 2025", "Nomor SK", "Belum diajukan", "Capaian (%)")]
    [True, True, True, True, True]
    >>> [is_aside(text) for text in ("Cadangan", "Sisa belum dibagi", "Belum ada LP3H", "Lainnya", "LP3H Rekaan")]
    [False, False, False, False, False]

    What is not divided yet is part of a plan, whatever word it begins with.
    """
    plain = _LEADING.sub("", words(text))
    if _NOT_DIVIDED.search(plain):
        return False
    return bool(_BEGINS.match(plain) or _YET_TO_DO.match(plain) or _MONEY_OR_RATE.search(text))
