"""How long the steps take, how long those who wait have waited, who waits too long, and what events cost or brought."""

from typing import Any, Final

import pandas as pd

from halal_metrics.definitions.definition import LAW, OURS, SIHALAL, UNKNOWN, Definition, Metric
from halal_metrics.definitions.example import Known, first


def _moved_most(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.nlargest(1, "moved").to_dict("records")[0]


def _waited_for_most(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    return frame.nlargest(1, "waiting").to_dict("records")[0]


def _latest(frame: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Any]:
    """The last event of which something can be expected."""
    expected = frame.dropna(subset="expected")
    return (frame if expected.empty else expected).tail(1).to_dict("records")[0]


def _foreseen(name: str):
    """Figured once a snapshot and scope, not here."""

    def whole(known: Known) -> pd.DataFrame:
        return known.foreseen.get(name, pd.DataFrame())

    return whole


_DURATIONS = Metric("durations", "Berapa lama tiap langkah", place=3.1, row=_moved_most, whole=_foreseen("durations"))
_SURVIVAL = Metric("survival", "Berapa yang masih menunggu sesudah sekian hari", place=3.2, row=_moved_most,
    whole=_foreseen("survival"),
)  # fmt: skip
_AGES = Metric("backlog_ages", "Sudah berapa lama menunggu", place=3.3, row=_waited_for_most,
    whole=_foreseen("backlog_ages"),
)  # fmt: skip
_STALLED = Metric("stalled", "Slot macet", place=3.4, row=first, whole=_foreseen("stalled"))
_EFFECTS = Metric("event_effects", "Peristiwa dan akibatnya", place=7.5, row=_latest, whole=_foreseen("event_effects"))

_WORKED = "hari kerja: Senin sampai Jumat tanpa libur nasional dan cuti bersama"
_UNFINISHED = "Yang belum selesai ikut dihitung: selama ia menunggu, langkahnya paling sedikit sepanjang itu."
_NOT_REACHED = (
    "Kosong (“belum tercapai”) bila bagian itu belum sampai berpindah, atau bila kurang dari 5 yang berpindah."
)
_KAPLAN_MEIER = "Kaplan dan Meier (1958), cara baku untuk lama yang sebagian belum selesai"
_BAND = "batas: kisaran 95% menurut Greenwood, pada skala log −log"
_KNOWN_TO = "Terhitung sampai hari pernyataan berkas, bukan sampai tanggal laporan: sesudahnya belum diketahui."


def _day(column: str, name: str, numerator: str, formula: str, worked: str) -> Definition:
    return Definition(
        _DURATIONS, column, name, "hari kerja", numerator,
        unit_in_head="",
        formula=formula,
        edges=(_UNFINISHED, _NOT_REACHED, "0: pada hari yang sama."),
        source=_KAPLAN_MEIER,
        worked=worked,
    )  # fmt: skip


DURATIONS_OF_STEPS = (
    Definition(
        _DURATIONS, "moved", "Sudah berpindah", "pengajuan",
        "pengajuan yang sudah sampai di tahap berikutnya",
        formula="jumlah pengajuan yang pernah berada di tahap itu dan sudah maju",
        edges=("Tanggal tahap yang kosong diambil dari tahap sesudahnya: langkahnya 0 hari.", UNKNOWN),
        source=OURS,
        worked="{stage:stage}: {moved:count} berpindah, {left:count} keluar, {waiting:count} masih di sana",
    ),
    Definition(
        _DURATIONS, "left", "Keluar dari tahap ini", "pengajuan",
        "pengajuan yang ditolak, dibatalkan, atau diganti selagi di tahap itu",
        formula="jumlah pengajuan yang keluar dari tahap itu",
        edges=("Sampai hari keluarnya ia ikut dihitung sebagai yang menunggu.",),
        source=f"{SIHALAL}: OF290 ditolak, OF900 dibatalkan.",
        worked="{left:count} pengajuan",
    ),
    Definition(
        _DURATIONS, "waiting", "Masih di tahap ini", "pengajuan",
        "pengajuan yang belum berpindah, termasuk yang dikembalikan kepada pelaku usaha",
        formula="jumlah pengajuan yang masih di tahap itu",
        edges=(_KNOWN_TO,),
        source=OURS,
        worked="{waiting:count} pengajuan",
    ),
    _day(
        "p50_days", "Setengahnya berpindah dalam", "hari kerja sampai setengah dari pengajuan berpindah",
        f"hari pertama dengan paling banyak 50% masih menunggu; {_WORKED}",
        "{stage:stage}: {p50_days:count} hari kerja, kisaran {p50_low:count}–{p50_high:count}",
    ),
    _day(
        "p50_low", "Setengahnya: paling cepat", "batas bawah kisaran hari itu",
        f"hari pertama dengan batas bawah bagian yang menunggu paling banyak 50%; {_BAND}",
        "{p50_low:count} hari kerja",
    ),
    _day(
        "p50_high", "Setengahnya: paling lambat", "batas atas kisaran hari itu",
        f"hari pertama dengan batas atas bagian yang menunggu paling banyak 50%; {_BAND}",
        "{p50_high:count} hari kerja",
    ),
    _day(
        "p80_days", "8 dari 10 berpindah dalam", "hari kerja sampai 80% dari pengajuan berpindah",
        f"hari pertama dengan paling banyak 20% masih menunggu; {_WORKED}",
        "{stage:stage}: {p80_days:count} hari kerja",
    ),
    _day(
        "p90_days", "9 dari 10 berpindah dalam", "hari kerja sampai 90% dari pengajuan berpindah",
        f"hari pertama dengan paling banyak 10% masih menunggu; {_WORKED}",
        "{stage:stage}: {p90_days:count} hari kerja",
    ),
)  # fmt: skip

CURVE = (
    Definition(
        _SURVIVAL, "days", "Hari kerja sejak masuk tahap", "hari kerja",
        "hari kerja sejak pengajuan sampai di tahap itu",
        unit_in_head="",
        formula=f"jumlah {_WORKED}, sesudah hari masuk sampai hari berpindah, keluar, atau terakhir diketahui",
        edges=("Satu baris untuk tiap hari dengan yang berpindah, keluar, atau terakhir diketahui.",),
        source=OURS,
        worked="hari kerja ke-{days:count} di tahap {stage:stage}",
    ),
    Definition(
        _SURVIVAL, "at_risk", "Masih di sana sampai hari itu", "pengajuan",
        "pengajuan yang berada di tahap itu paling sedikit sekian hari",
        formula="semua pengajuan tahap itu − yang berpindah, keluar, atau terakhir diketahui sebelum hari itu",
        source=_KAPLAN_MEIER,
        worked="{at_risk:count} pengajuan",
    ),
    Definition(
        _SURVIVAL, "moved", "Berpindah pada hari itu", "pengajuan",
        "pengajuan yang berpindah tepat sesudah sekian hari",
        formula="jumlah pengajuan yang sampai di tahap berikutnya pada hari itu",
        source=OURS,
        worked="{moved:count} dari {at_risk:count}",
    ),
    Definition(
        _SURVIVAL, "left", "Keluar pada hari itu", "pengajuan",
        "pengajuan yang keluar tepat sesudah sekian hari",
        formula="jumlah pengajuan yang ditolak, dibatalkan, atau diganti pada hari itu",
        source=OURS,
        worked="{left:count} dari {at_risk:count}",
    ),
    Definition(
        _SURVIVAL, "waiting_share", "Bagian yang masih menunggu", "%",
        "pengajuan yang belum berpindah sesudah sekian hari", "semua pengajuan, andai tidak ada yang keluar",
        kind="rate", tone="used",
        formula="hasil kali (1 − berpindah ÷ masih di sana) dari semua hari sampai hari itu",
        edges=(_UNFINISHED,),
        source=_KAPLAN_MEIER,
        worked="sesudah {days:count} hari kerja: {waiting_share:rate} masih menunggu",
    ),
)  # fmt: skip

AGES = (
    Definition(
        _AGES, "from_days", "Mulai hari ke-", "hari kerja", "hari pertama kelompok umur",
        unit_in_head="",
        formula="hari sesudah hari terakhir kelompok umur sebelumnya; yang pertama 0",
        source=f"{LAW}: pendampingan paling lama 10 hari kerja. Kelompok 5, 10, 20, 40 hari kerja: pilihan kami.",
        worked="{from_days:count}",
    ),
    Definition(
        _AGES, "to_days", "Sampai hari ke-", "hari kerja", "hari terakhir kelompok umur",
        unit_in_head="",
        formula="5, 10, 20, 40; yang tertua tanpa batas",
        edges=("Kosong pada kelompok umur yang tertua: tanpa batas.",),
        source=OURS,
        worked="{to_days:count}",
    ),
    Definition(
        _AGES, "waiting", "Menunggu menurut umurnya", "pengajuan",
        "pengajuan yang menunggu langkah berikutnya, menurut lamanya di tahap itu dan siapa yang harus melangkah",
        header="Menunggu",
        formula=f"jumlah pengajuan yang menunggu selama itu; {_WORKED}",
        edges=(
            "Jumlah semua umur sama dengan “Menunggu pada siapa”.",
            "Yang dikembalikan berdiri sendiri; umurnya dihitung sejak masuk tahap tempatnya berada.",
            _KNOWN_TO,
        ),
        source=OURS,
        worked="{waiting:count} pengajuan menunggu {from_days:count}–{to_days:count} hari kerja; giliran {actor:actor}",
    ),
)  # fmt: skip

STUCK = (
    Definition(
        _STALLED, "entered_date", "Di tahap ini sejak", "tanggal", "hari pengajuan sampai di tahap itu",
        kind="date",
        formula="tanggal tahap, menurut “Kapan sebuah pengajuan dihitung”",
        source=OURS,
        worked="{entered_date:date}",
    ),
    Definition(
        _STALLED, "days", "Lama menunggu", "hari kerja", "hari kerja sejak pengajuan sampai di tahap itu",
        unit_in_head="hari kerja",
        formula=f"jumlah {_WORKED}, sesudah hari masuk sampai hari terakhir diketahui",
        edges=(_KNOWN_TO,),
        source=OURS,
        worked="{days:count} hari kerja",
    ),
    Definition(
        _STALLED, "limit_days", "Biasanya paling lama", "hari kerja",
        "hari kerja sampai 9 dari 10 pengajuan berpindah dari tahap itu",
        unit_in_head="hari kerja",
        formula="“9 dari 10 berpindah dalam” dari LP3H itu sendiri; bila di sana kurang dari 20 yang berpindah atau "
        "belum tercapai, dari semua LP3H",
        edges=("Bila belum ada ukurannya, tidak ada yang disebut macet.",),
        source=OURS,
        worked="{limit_days:count} hari kerja",
    ),
    Definition(
        _STALLED, "over_days", "Lewat dari biasanya", "hari kerja", "hari kerja di atas yang biasa",
        unit_in_head="hari kerja",
        formula="lama menunggu − biasanya paling lama",
        edges=(
            "Yang menunggu BPJPH atau Komite Fatwa bukan kelalaian LP3H; yang dikembalikan menunggu pelaku usaha.",
        ),
        source=OURS,
        worked="{days:count} − {limit_days:count} = {over_days:count} hari kerja; giliran {actor:actor}",
    ),
)  # fmt: skip

EFFECTS = (
    Definition(
        _EFFECTS, "working_days", "Hari kerja peristiwa", "hari kerja", "hari kerja dari awal sampai akhir peristiwa",
        header="Lamanya", unit_in_head="hari kerja",
        formula=f"jumlah {_WORKED}, hari pertama dan terakhir ikut dihitung",
        edges=("Peristiwa yang belum berakhir pada tanggal laporan belum dihitung.",),
        source=OURS,
        worked="{start_date:date} – {end_date:date}: {working_days:count} hari kerja",
    ),
    Definition(
        _EFFECTS, "done", "Terjadi selama peristiwa", "pengajuan", "pengajuan yang masuk selama peristiwa, bersih",
        header="Terjadi",
        formula="yang masuk − yang keluar pada hari-hari peristiwa",
        source=OURS,
        worked="{done:count} pengajuan",
    ),
    Definition(
        _EFFECTS, "expected", "Biasanya selama itu", "pengajuan",
        "pengajuan yang masuk andai seperti hari-hari sebelumnya",
        header="Biasanya", kind="number",
        formula="hari kerja peristiwa × pengajuan per hari kerja dalam 20 hari kerja sebelumnya",
        edges=(
            "Hari peristiwa lain tidak ikut dihitung.",
            "Kosong bila kurang dari 10 hari kerja sebelumnya yang dapat dipakai.",
        ),
        source=OURS,
        worked="{expected:number} pengajuan dalam {working_days:count} hari kerja",
    ),
    Definition(
        _EFFECTS, "low", "Biasanya: paling sedikit", "pengajuan", "batas bawah dari 8 di antara 10 kemungkinan",
        formula="10% dari sebaran binomial negatif dengan rata-rata dan keragaman pekan-pekan sebelumnya",
        source=OURS,
        worked="{low:count} pengajuan",
    ),
    Definition(
        _EFFECTS, "high", "Biasanya: paling banyak", "pengajuan", "batas atas dari 8 di antara 10 kemungkinan",
        formula="90% dari sebaran binomial negatif dengan rata-rata dan keragaman pekan-pekan sebelumnya",
        source=OURS,
        worked="{high:count} pengajuan",
    ),
    Definition(
        _EFFECTS, "difference", "Lebih atau kurang dari biasanya", "pengajuan", "yang terjadi dibanding yang biasa",
        header="Selisih", kind="signed",
        formula="terjadi − biasanya",
        edges=("Peristiwa yang bersamaan tidak dapat dibedakan akibatnya.",),
        source=OURS,
        worked="{done:count} − {expected:number} = {difference:signed}",
    ),
    Definition(
        _EFFECTS, "clear", "Jelas atau tidak", "jelas, tidak jelas",
        "apakah yang terjadi di luar 8 dari 10 kemungkinan",
        header="Akibatnya", kind="clear",
        formula="jelas bila yang terjadi kurang dari paling sedikit atau lebih dari paling banyak",
        edges=("Tidak jelas: kebetulan saja dapat menghasilkan selisih sebesar itu.",),
        source=OURS,
        worked="{done:count}, biasanya {low:count}–{high:count}: {clear:clear}",
    ),
)  # fmt: skip

DURATIONS: Final = (*DURATIONS_OF_STEPS, *CURVE, *AGES, *STUCK, *EFFECTS)
