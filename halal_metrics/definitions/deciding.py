"""What can be decided: whose quota goes where."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.definitions.definition import OURS, Definition, Metric
from halal_metrics.definitions.example import Known, first
from halal_metrics.definitions.quota import ABSORPTION


def _proposed(known: Known) -> pd.DataFrame:
    """Until the last target date of the plan; where that is past, of what has to be covered today."""
    as_of = pd.Timestamp(known.as_of)
    until = max([as_of, *known.quotas["target_date"].dropna()])
    return hm.reallocation(known.quotas, known.progress, as_of=as_of, until=until)


def _giver_and_receiver(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """The row that receives most, and what the one that gives most has and gives."""
    giver, receiver = (frame.nlargest(1, column).to_dict("records")[0] for column in ("gives", "receives"))
    return receiver | {"gives": giver["gives"], "owned": giver["quota"], "left_over": giver["new_quota"]}


_REALLOCATION = Metric(
    "reallocation", "Usul pengalihan kuota", place=20, row=_giver_and_receiver,
    whole=_proposed,
)  # fmt: skip
_TRANSFERS = Metric(
    "transfers", "Kuota berpindah dari mana ke mana", place=21, row=first,
    whole=lambda known: hm.transfers(_proposed(known)),
)  # fmt: skip

_ORDER = (
    "Urutan: menutup yang melebihi kuota, di dalam kab/kota lalu antar-kab/kota; sesudah itu yang memerlukan, di dalam "
    "kab/kota lalu antar-kab/kota."
)
_SHARED_OUT = (
    "Dibagi satu demi satu, setiap kali kepada yang keperluannya ÷ (2 × yang sudah diterima + 1) paling besar; bila "
    "sama, kepada yang serapannya lebih tinggi."
)
_WEBSTER = (
    f"{OURS}: cara pembagian Sainte-Laguë (Webster), yang juga membagi kursi DPR dan DPRD (UU 7/2017 Pasal 415). "
    "Dengan cara ini tidak ada yang rugi karena bekerja lebih baik atau karena kuotanya ditambah."
)

_HELD: Final = {definition.column: definition for definition in ABSORPTION}

REALLOCATION = (
    *(replace(_HELD[column], of=_REALLOCATION) for column in ("quota", "used", "absorption_rate")),
    Definition(
        _REALLOCATION, "capacity", "Mampu diajukan lagi", "pengajuan",
        "pengajuan yang masih dapat diajukan sampai tanggal yang dipilih",
        formula="pengajuan bersih 28 hari terakhir × hari sampai tanggal itu ÷ 28, dibulatkan ke bawah; atau angka "
        "yang dinyatakan",
        edges=("Tidak pernah di bawah 0.", "0 bila tanggal itu sudah lewat."),
        source=f"{OURS}: laju yang sama dengan laju per pekan.",
        worked="{capacity:count} pengajuan",
    ),
    Definition(
        _REALLOCATION, "gives", "Dialihkan", "kuota",
        "kuota yang dilepas untuk yang memerlukannya",
        unit_in_head="",
        formula="paling banyak batas bawah (umumnya 50%) × kuota − dimanfaatkan; dari kuota tanpa kab/kota atau LP3H "
        "paling banyak kuota − dimanfaatkan",
        edges=(
            "Yang sudah dimanfaatkan tidak pernah diambil.",
            "Hanya sebanyak yang diperlukan pihak lain; selebihnya tetap di tempatnya.",
            "Kuota tanpa kab/kota atau LP3H dipakai lebih dahulu, sesudah itu yang di bawah batas bawah.",
            "Yang keberatannya diterima tidak melepas apa pun.",
        ),
        source=_WEBSTER,
        worked="{owned:count} − {gives:count} = {left_over:count} kuota pada yang melepas paling banyak",
    ),
    Definition(
        _REALLOCATION, "receives", "Menerima", "kuota",
        "kuota yang diterima dari pihak lain atau dari tambahan",
        unit_in_head="",
        formula="dimanfaatkan − kuota bila melebihi kuota; dan bila serapan mencapai batas penerima (umumnya 65%): "
        "dimanfaatkan + mampu diajukan lagi − kuota; paling banyak sebanyak yang tersedia",
        edges=(
            _ORDER,
            _SHARED_OUT,
            "Yang melepas tidak menerima, dan yang menerima tidak melepas.",
            "Tambahan dibagi antar-kab/kota; yang tidak diperlukan siapa pun menjadi kuota tanpa kab/kota dan LP3H.",
        ),
        source=_WEBSTER,
        worked="{quota:count} + {receives:count} = {new_quota:count} kuota pada yang menerima paling banyak",
    ),
    Definition(
        _REALLOCATION, "new_quota", "Kuota usulan", "kuota",
        "kuota sesudah pengalihan",
        unit_in_head="",
        formula="kuota − dialihkan + menerima",
        edges=(
            "Jumlahnya tetap: jumlah kuota ditambah tambahan.",
            "Tidak pernah di bawah bagian kuota yang sudah dimanfaatkan.",
        ),
        source=OURS,
        worked="{quota:count} + {receives:count} = {new_quota:count}",
    ),
    Definition(
        _REALLOCATION, "rule", "Ketentuan", "kategori",
        "apa yang menentukan kuota usulan",
        kind="rule",
        formula="menurut serapan terhadap batas bawah dan batas penerima, keperluan, dan yang tersedia",
        edges=("Hanya kuota yang melepas atau menerima yang berubah.",),
        source=f"{OURS}: batas 50% dan 65% dapat diubah rapat.",
        worked="{rule:rule}",
    ),
    Definition(
        _REALLOCATION, "reason", "Sebab", "kalimat",
        "mengapa kuota usulannya demikian",
        kind="text",
        formula="satu kalimat dengan angka yang cukup untuk menghitung ulang",
        source=OURS,
        worked="{reason:text}",
    ),
)  # fmt: skip

TRANSFERS = (
    Definition(
        _TRANSFERS, "count", "Kuota berpindah", "kuota",
        "kuota yang berpindah dari satu pihak ke pihak lain",
        unit_in_head="",
        formula="yang dilepas dipasangkan dengan yang diterima, di dalam kab/kota lalu antar-kab/kota, menurut urutan "
        "tabel",
        edges=(
            "Jumlahnya sama dengan jumlah yang diterima.",
            "Tanpa asal: dari tambahan atau dari kuota tanpa kab/kota dan LP3H.",
        ),
        source=OURS,
        worked="{count:count} kuota",
    ),
)  # fmt: skip

DECIDING: Final = (*REALLOCATION, *TRANSFERS)
