"""The plan, the deadline and the pace: which plan holds, how far from it, when it ends."""

from dataclasses import replace

from halal_metrics.definitions.definition import NO_QUOTA, OURS, PRESS, Definition
from halal_metrics.definitions.quota import ABSORPTION

PLAN = (
    Definition(
        "plan", "statement_date", "Rencana yang berlaku", "tanggal",
        "pembagian kuota yang dipakai pada suatu hari",
        formula="rencana dengan tanggal pernyataan terakhir sampai hari itu; sebelum itu, rencana pertama",
        edges=("Semua baris satu berkas adalah satu rencana; yang baru menggantikan yang lama seluruhnya.",),
        source=f"Tindak lanjut pada {PRESS}: kuota dibagi rinci per kab/kota dan LP3H dengan tenggatnya.",
    ),
)  # fmt: skip

DEADLINES = (
    replace(ABSORPTION[0], metric="deadline_gaps"),
    Definition(
        "deadline_gaps", "done", "Realisasi", "pengajuan atau sertifikat",
        "dimanfaatkan, atau terbit, menurut ukuran yang dipilih",
        formula="dimanfaatkan bila ukurannya dimanfaatkan; terbit bila ukurannya terbit",
        source="Sama dengan Dimanfaatkan dan Terbit.",
        worked="{done:count} dari {quota:count} kuota",
    ),
    Definition(
        "deadline_gaps", "remaining", "Sisa menurut ukuran", "kuota", "kuota yang belum terealisasi",
        formula="kuota − realisasi",
        edges=("Negatif bila realisasi melebihi kuota.",),
        source=OURS,
        worked="{quota:count} − {done:count} = {remaining:count}",
    ),
    Definition(
        "deadline_gaps", "target_date", "Tenggat", "tanggal",
        "tanggal kuota harus tercapai",
        formula="tenggat terakhir di antara pembagian dalam kelompok",
        edges=("Selalu tanggal yang tersimpan dalam rencana; tidak pernah dihitung dari “100 hari kerja”.",),
        source=f"{PRESS}: tenggat 31 Mei 2025, 100 hari kalender sejak 20 Februari 2025.",
        worked="{target_date:date}",
    ),
    Definition(
        "deadline_gaps", "days_left", "Sisa hari", "hari kalender",
        "hari dari tanggal laporan sampai tenggat",
        formula="tenggat − tanggal laporan",
        edges=("Negatif bila tenggat sudah lewat.", "Kosong bila tenggat belum ditetapkan."),
        source=OURS,
        worked="{as_of:date} → {target_date:date}: {days_left:days}",
    ),
    Definition(
        "deadline_gaps", "working_days_left", "Sisa hari kerja", "hari kerja",
        "hari kerja sesudah tanggal laporan sampai dengan tenggat",
        formula="Senin–Jumat tanpa hari libur nasional dan tanpa cuti bersama",
        edges=("Negatif bila tenggat sudah lewat.",),
        source="SKB tiga menteri tentang hari libur nasional dan cuti bersama (data/holidays.csv).",
        worked="{as_of:date} → {target_date:date}: {working_days_left:signed} hari kerja",
    ),
    Definition(
        "deadline_gaps", "planned", "Rencana", "kuota",
        "kuota yang menurut rencana seharusnya sudah terealisasi",
        formula="jumlah dari: kuota × (hari kerja sejak mulai sampai tanggal laporan, paling jauh tenggat) ÷ "
        "(hari kerja sejak mulai sampai tenggat); hari pertama dan terakhir ikut dihitung",
        edges=(
            "Garis lurus menurut hari kerja: tidak ada rencana bulanan yang ditetapkan.",
            "Pembagian tanpa tenggat tidak direncanakan.",
            "Bila tidak ada hari kerja sampai tenggat: 0 sebelum tenggat, seluruhnya sejak tenggat.",
        ),
        source=f"{OURS}, mengikuti kebiasaan kurva S.",
        worked="{planned:number} dari {quota:count} kuota pada {as_of:date}",
    ),
    Definition(
        "deadline_gaps", "gap", "Selisih dari rencana", "pengajuan atau sertifikat",
        "realisasi dikurangi rencana",
        formula="realisasi − rencana",
        edges=("Negatif: di belakang rencana. Positif: di depan rencana.",),
        source=OURS,
        worked="{done:count} − {planned:number} = {gap:signed}",
    ),
    Definition(
        "deadline_gaps", "gap_rate", "Deviasi", "poin persen", "selisih dari rencana", "kuota",
        formula="selisih dari rencana ÷ kuota = realisasi % − rencana %",
        edges=(NO_QUOTA,),
        source="Deviasi = realisasi % − rencana %, sebagaimana dipakai pada pemantauan pekerjaan pemerintah; "
        "penerapannya di sini pilihan kami.",
        worked="{gap:signed} ÷ {quota:count} = {gap_rate:points}",
    ),
    Definition(
        "deadline_gaps", "pace_per_week", "Laju per pekan", "per pekan",
        "realisasi bersih 28 hari terakhir", "4 pekan",
        formula="realisasi bersih 28 hari terakhir ÷ 4",
        edges=("Negatif bila lebih banyak yang keluar daripada yang masuk.",),
        source=f"{OURS}: 28 hari cukup panjang untuk meredam libur, cukup pendek untuk terasa kini.",
        worked="{recent:signed} dalam 28 hari ÷ 4 = {pace_per_week:number} per pekan",
    ),
    Definition(
        "deadline_gaps", "required_per_week", "Perlu per pekan", "per pekan",
        "sisa", "pekan kerja sampai tenggat",
        formula="sisa ÷ (sisa hari kerja ÷ 5)",
        edges=("Kosong bila tidak ada hari kerja tersisa: perlu tenggat baru.",),
        source=OURS,
        worked="{remaining:count} ÷ ({working_days_left:count} hari kerja ÷ 5) = {required_per_week:number} "
        "per pekan",
    ),
    Definition(
        "deadline_gaps", "projected_date", "Perkiraan tercapai", "tanggal", "sisa", "laju per pekan",
        formula="tanggal laporan + (sisa ÷ laju per pekan) pekan, dibulatkan ke atas dalam hari",
        edges=("Kosong tanpa laju, dengan laju negatif, atau tanpa sisa.",),
        source=f"{OURS}: perpanjangan laju kini, bukan ramalan.",
        worked="{as_of:date} + ({remaining:count} ÷ {pace_per_week:number}) pekan = {projected_date:date}",
    ),
    Definition(
        "deadline_gaps", "status", "Status terhadap tenggat", "kategori", "realisasi", "rencana",
        formula="Selesai: tidak ada sisa. Lewat tenggat: masih ada sisa dan tenggat sudah lewat. Selain itu "
        "menurut realisasi ÷ rencana: Sesuai rencana ≥ 91%, Waspada ≥ 76%, Tertinggal ≥ 51%, "
        "Kritis di bawahnya",
        edges=("Sesuai rencana selama rencananya masih 0.",),
        source="Batas 91/76/51 dari kategori capaian LKjIP (Inspektorat Sampang 2019); memakainya terhadap "
        "rencana menurut waktu adalah pilihan kami.",
        worked="{done:count} ÷ {planned:number} = {achieved:rate}; {days_left:days} → {status:status}",
    ),
)  # fmt: skip

OUTLOOK = (
    Definition(
        "outlook", "gap_working_days", "Selisih dalam hari kerja", "hari kerja",
        "hari kerja yang diwakili selisih dari rencana", "laju rencana per hari kerja",
        formula="selisih dari rencana ÷ (kuota ÷ hari kerja sejak mulai sampai tenggat)",
        edges=("Negatif: di belakang rencana.", "Kosong tanpa kuota, tanpa tenggat, atau tanpa hari kerja."),
        source=OURS,
        worked="{gap:signed} ÷ {per_day:number} per hari kerja = {gap_working_days:signed} hari kerja",
    ),
    Definition(
        "outlook", "at_risk", "Tersisa pada tenggat", "kuota",
        "kuota yang belum terealisasi pada tenggat bila laju tidak berubah",
        formula="sisa − laju per pekan × pekan sampai tenggat",
        edges=(
            "Tidak pernah di bawah 0.",
            "Seluruh sisa bila tenggat sudah lewat atau belum ditetapkan.",
            "Laju negatif dihitung 0.",
        ),
        source=f"{OURS}: perpanjangan laju kini, bukan ramalan.",
        worked="{remaining:count} − {pace:number} × {weeks_left:number} pekan → {at_risk:count}",
    ),
)  # fmt: skip

_STAGE_NAMES = {
    "submitted": "diajukan", "verified": "terverifikasi", "fatwa": "di Komite Fatwa",
    "decided": "ditetapkan", "issued": "terbit",
}  # fmt: skip


PLANNED = next(definition for definition in DEADLINES if definition.column == "planned")

CURVE = (
    replace(
        PLANNED, metric="progress_curve", name="Rencana (kurva S)",
        worked="{planned:number} kuota pada {date:date}",
    ),
    *(
        Definition(
            "progress_curve", stage, f"Kumulatif {words}", "pengajuan" if stage != "issued" else "sertifikat",
            f"pengajuan yang {words} sampai dengan hari itu dan tidak keluar",
            formula=f"jumlah harian {words} sejak awal",
            edges=("Dapat turun bila ada yang keluar atau dikoreksi.",),
            source="Kurva S: rencana terhadap realisasi kumulatif, kebiasaan pemantauan pemerintah.",
            worked=f"{{{stage}:count}} pada {{date:date}}",
        )
        for stage, words in _STAGE_NAMES.items()
    ),
)  # fmt: skip
