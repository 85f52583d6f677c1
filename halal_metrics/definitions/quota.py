"""How much of the quota is used and issued, how far it has come, and where it waits."""

from halal_metrics.definitions.definition import LAW, NO_QUOTA, OURS, OVERSHOT, PRESS, SIHALAL, UNKNOWN, Definition

ABSORPTION = (
    Definition(
        "absorption", "quota", "Kuota", "kuota",
        "kuota dalam rencana yang berlaku",
        formula="jumlah kuota semua baris pembagian",
        edges=("Kuota yang belum dibagi ke kab/kota atau LP3H tetap dihitung, sebagai “Belum dirinci”.",),
        source=f"{PRESS}: 1.000 kuota yang dibiayai Pemprov Kaltim.",
        worked="{quota:count} kuota",
    ),
    Definition(
        "absorption", "used", "Dimanfaatkan", "pengajuan",
        "pengajuan yang sudah diajukan dan tidak keluar",
        formula="diajukan − (ditolak + dibatalkan + diganti)",
        edges=(
            "Draf (OF1) belum memakai kuota.",
            "Yang dikembalikan kepada pelaku usaha tetap memakai kuota.",
            "Satu pengajuan = satu pelaku usaha = satu sertifikat, berapa pun produknya.",
        ),
        source=f"{PRESS}: 320 kuota “dimanfaatkan”. Siaran pers tidak memberi batasannya; batasan ini "
        "pilihan kami.",
        worked="{used:count} pengajuan",
    ),
    Definition(
        "absorption", "issued", "Terbit", "sertifikat",
        "pengajuan yang sertifikat halalnya sudah terbit",
        formula="jumlah pengajuan berstatus Sertifikat Halal Terbit",
        edges=("“Penerbitan Sertifikat” (OF120) belum terbit.", "Nomor ketetapan (KH) saja belum terbit."),
        source=f"{SIHALAL}: OF300. {PRESS}: 58 sertifikat terbit.",
        worked="{issued:count} sertifikat",
    ),
    Definition(
        "absorption", "remaining", "Sisa kuota", "kuota",
        "kuota yang belum dimanfaatkan",
        formula="kuota − dimanfaatkan",
        edges=("Negatif bila pengajuan melebihi kuota.",),
        source=f"Dihitung dari {PRESS}.",
        worked="{quota:count} − {used:count} = {remaining:count}",
    ),
    Definition(
        "absorption", "absorption_rate", "Serapan kuota (dimanfaatkan)", "%", "dimanfaatkan", "kuota",
        formula="dimanfaatkan ÷ kuota",
        edges=(NO_QUOTA, OVERSHOT, "Dimanfaatkan belum berarti terbit."),
        source=f"{PRESS}: 320 dari 1.000.",
        worked="{used:count} ÷ {quota:count} = {absorption_rate:rate}",
    ),
    Definition(
        "absorption", "issuance_rate", "Terbit terhadap kuota", "%", "terbit", "kuota",
        formula="terbit ÷ kuota",
        edges=(NO_QUOTA,),
        source=f"{PRESS}: 58 dari 1.000.",
        worked="{issued:count} ÷ {quota:count} = {issuance_rate:rate}",
    ),
    Definition(
        "absorption", "conversion_rate", "Terbit terhadap dimanfaatkan", "%", "terbit", "dimanfaatkan",
        formula="terbit ÷ dimanfaatkan",
        edges=("Kosong selama belum ada yang dimanfaatkan.",),
        source=f"Dihitung dari {PRESS}: 58 dari 320.",
        worked="{issued:count} ÷ {used:count} = {conversion_rate:rate}",
    ),
)  # fmt: skip

FUNNEL = (
    Definition(
        "funnel", "reached", "Mencapai tahap (corong)", "pengajuan",
        "pengajuan yang mencapai tahap dan tidak keluar",
        formula="jumlah pengajuan pada tahap itu dan semua tahap sesudahnya",
        edges=("Pada tahap Kuota: jumlah kuota.", UNKNOWN),
        source=f"{SIHALAL}; lima tahap: pilihan kami.",
        worked="{reached:count} pengajuan mencapai tahap {stage:stage}",
    ),
    Definition(
        "funnel", "waiting", "Menunggu", "pengajuan",
        "pengajuan yang ada di tahap ini dan belum di tahap berikutnya",
        formula="mencapai tahap ini − mencapai tahap berikutnya",
        edges=("Pada tahap Terbit selalu 0.", "Pada tahap Kuota: sisa kuota, negatif bila terlampaui."),
        source=OURS,
        worked="{reached:count} − {after:count} = {waiting:count}",
    ),
    Definition(
        "funnel", "share_of_quota", "Bagian dari kuota", "%", "mencapai tahap", "kuota",
        formula="mencapai tahap ÷ kuota",
        edges=(NO_QUOTA,),
        source=OURS,
        worked="{reached:count} ÷ {quota:count} = {share_of_quota:rate}",
    ),
    Definition(
        "funnel", "step_rate", "Lolos dari tahap sebelumnya", "%",
        "mencapai tahap", "mencapai tahap sebelumnya",
        formula="mencapai tahap ini ÷ mencapai tahap sebelumnya; untuk tahap Diajukan: ÷ kuota",
        edges=("Kosong untuk tahap Kuota, dan bila tahap sebelumnya 0.",),
        source=OURS,
        worked="{reached:count} ÷ {before:count} = {step_rate:rate}",
    ),
)  # fmt: skip

BACKLOG = (
    Definition(
        "backlog", "waiting", "Menunggu pada siapa", "pengajuan",
        "pengajuan yang menunggu langkah berikutnya, menurut siapa yang harus melangkah",
        formula="menunggu per tahap tanpa yang dikembalikan; yang dikembalikan berdiri sendiri",
        edges=(
            "Diajukan: giliran pendamping dan LP3H.",
            "Terverifikasi dan ditetapkan: giliran BPJPH.",
            "Di Komite Fatwa: giliran Komite Fatwa.",
            "Dikembalikan: giliran pelaku usaha, dengan bantuan pendamping.",
        ),
        source=f"{LAW}: pendampingan paling lama 10 hari kerja, Komite Fatwa 1 hari kerja. Dikembalikan: "
        f"{SIHALAL} OF280, OF285. Pemeriksaan LP3H dan BPJPH digabung: pilihan kami, karena urutannya "
        "berbeda antarsumber.",
        worked="{waiting:count} pengajuan; giliran {actor:actor}",
    ),
)  # fmt: skip
