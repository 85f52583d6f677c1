"""How much of the quota is used and issued, and how far it has come."""

from typing import Any, Final

import pandas as pd

import halal_metrics as hm
from halal_metrics.definitions.definition import (
    NO_QUOTA,
    OURS,
    OVERSHOT,
    PRESS,
    SIHALAL,
    UNKNOWN,
    Definition,
    Metric,
)
from halal_metrics.definitions.example import Known
from halal_metrics.funnel import STEPS


def absorbed(known: Known, *by: str) -> pd.DataFrame:
    """`absorption` of these groups; of the whole where none are named."""
    return hm.absorption(known.quotas, known.progress, by=by, as_of=known.as_of)


def _waited_at_most(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """The stage most wait at, with the counts `before` and `after` it."""
    steps = frame.head(len(STEPS)).to_dict("records")
    place = max(range(1, len(STEPS) - 1), key=lambda place: steps[place]["waiting"])
    quota, before, after = (steps[other]["reached"] for other in (0, place - 1, place + 1))
    return steps[place] | {"quota": quota, "before": before, "after": after}


_ABSORPTION = Metric("absorption", "Serapan kuota", place=1, whole=absorbed)
_FUNNEL = Metric(
    "funnel", "Corong", place=2, row=_waited_at_most,
    whole=lambda known: hm.funnel(known.quotas, known.progress, by=(), as_of=known.as_of),
)  # fmt: skip

ABSORPTION = (
    Definition(
        _ABSORPTION, "quota", "Kuota", "kuota",
        "kuota dalam rencana yang berlaku",
        unit_in_head="",
        formula="jumlah kuota semua baris pembagian",
        edges=("Kuota yang belum dibagi ke kab/kota atau LP3H tetap dihitung, sebagai “Belum dirinci”.",),
        source=f"{PRESS}: 1.000 kuota yang dibiayai Pemprov Kaltim.",
        worked="{quota:count} kuota",
    ),
    Definition(
        _ABSORPTION, "used", "Dimanfaatkan", "pengajuan",
        "pengajuan yang sudah diajukan dan tidak keluar",
        formula="diajukan − (ditolak + dibatalkan + diganti)",
        edges=(
            "Draf (OF1) belum memakai kuota.",
            "Yang dikembalikan kepada pelaku usaha tetap memakai kuota.",
            "Satu pengajuan = satu pelaku usaha = satu sertifikat, berapa pun produknya.",
            "Baris dengan kode fasilitasi program lain tidak dihitung; yang tanpa kode dihitung.",
        ),
        source=f"{PRESS}: 320 kuota “dimanfaatkan”. Siaran pers tidak memberi batasannya; batasan ini "
        "pilihan kami.",
        worked="{used:count} pengajuan",
    ),
    Definition(
        _ABSORPTION, "issued", "Terbit", "sertifikat",
        "pengajuan yang sertifikat halalnya sudah terbit",
        formula="jumlah pengajuan berstatus Sertifikat Halal Terbit",
        edges=("“Penerbitan Sertifikat” (OF120) belum terbit.", "Nomor ketetapan (KH) saja belum terbit."),
        source=f"{SIHALAL}: OF300. {PRESS}: 58 sertifikat terbit.",
        worked="{issued:count} sertifikat",
    ),
    Definition(
        _ABSORPTION, "remaining", "Sisa kuota", "kuota",
        "kuota yang belum dimanfaatkan",
        unit_in_head="",
        formula="kuota − dimanfaatkan",
        edges=("Negatif bila pengajuan melebihi kuota.",),
        source=f"Dihitung dari {PRESS}.",
        worked="{quota:count} − {used:count} = {remaining:count}",
    ),
    Definition(
        _ABSORPTION, "absorption_rate", "Serapan kuota (dimanfaatkan)", "%", "dimanfaatkan", "kuota",
        header="Serapan kuota", kind="rate", tone="used",
        formula="dimanfaatkan ÷ kuota",
        edges=(NO_QUOTA, OVERSHOT, "Dimanfaatkan belum berarti terbit."),
        source=f"{PRESS}: 320 dari 1.000.",
        worked="{used:count} ÷ {quota:count} = {absorption_rate:rate}",
    ),
    Definition(
        _ABSORPTION, "issuance_rate", "Terbit terhadap kuota", "%", "terbit", "kuota",
        kind="rate", tone="issued",
        formula="terbit ÷ kuota",
        edges=(NO_QUOTA,),
        source=f"{PRESS}: 58 dari 1.000.",
        worked="{issued:count} ÷ {quota:count} = {issuance_rate:rate}",
    ),
    Definition(
        _ABSORPTION, "conversion_rate", "Terbit terhadap dimanfaatkan", "%", "terbit", "dimanfaatkan",
        kind="rate", tone="issued",
        formula="terbit ÷ dimanfaatkan",
        edges=("Kosong selama belum ada yang dimanfaatkan.",),
        source=f"Dihitung dari {PRESS}: 58 dari 320.",
        worked="{issued:count} ÷ {used:count} = {conversion_rate:rate}",
    ),
)  # fmt: skip

FUNNEL = (
    Definition(
        _FUNNEL, "reached", "Mencapai tahap (corong)", "pengajuan",
        "pengajuan yang mencapai tahap dan tidak keluar",
        header="Mencapai tahap",
        formula="jumlah pengajuan pada tahap itu dan semua tahap sesudahnya",
        edges=("Pada tahap Kuota: jumlah kuota.", UNKNOWN),
        source=f"{SIHALAL}; lima tahap: pilihan kami.",
        worked="{reached:count} pengajuan mencapai tahap {stage:stage}",
    ),
    Definition(
        _FUNNEL, "waiting", "Menunggu", "pengajuan",
        "pengajuan yang ada di tahap ini dan belum di tahap berikutnya",
        formula="mencapai tahap ini − mencapai tahap berikutnya",
        edges=("Pada tahap Terbit selalu 0.", "Pada tahap Kuota: sisa kuota, negatif bila terlampaui."),
        source=OURS,
        worked="{reached:count} − {after:count} = {waiting:count}",
    ),
    Definition(
        _FUNNEL, "share_of_quota", "Bagian dari kuota", "%", "mencapai tahap", "kuota",
        kind="rate", tone="used",
        formula="mencapai tahap ÷ kuota",
        edges=(NO_QUOTA,),
        source=OURS,
        worked="{reached:count} ÷ {quota:count} = {share_of_quota:rate}",
    ),
    Definition(
        _FUNNEL, "step_rate", "Lolos dari tahap sebelumnya", "%",
        "mencapai tahap", "mencapai tahap sebelumnya",
        kind="rate", tone="used",
        formula="mencapai tahap ini ÷ mencapai tahap sebelumnya; untuk tahap Diajukan: ÷ kuota",
        edges=("Kosong untuk tahap Kuota, dan bila tahap sebelumnya 0.",),
        source=OURS,
        worked="{reached:count} ÷ {before:count} = {step_rate:rate}",
    ),
)  # fmt: skip

QUOTA: Final = (*ABSORPTION, *FUNNEL)
