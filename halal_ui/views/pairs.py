"""Kemungkinan ganda: pairs side by side with what differs marked, what was decided, and what goes back to the LP3H."""

from dataclasses import dataclass, replace
from html import escape
from typing import Any, Final

import pandas as pd

from halal_metrics.duplicates import CERTAIN, EVIDENCE
from halal_metrics.schema import DATE
from halal_ui.columns import COLUMNS, Column
from halal_ui.evidence import APART, LATER, SAME, Evidence, Stated
from halal_ui.formats import fmt_count, fmt_date, is_missing
from halal_ui.masks import masked
from halal_ui.snapshot import View
from halal_ui.theme import UNKNOWN_GROUP
from halal_ui.upload.words import STATUS
from halal_ui.views.shown import Table
from halal_ui.words import institution, listing, place

REASONS: Final = {
    "same_certificate": "nomor sertifikat sama",
    "same_nib": "NIB sama",
    "near_nib": "NIB beda satu angka",
    "other_nib": "NIB berbeda",
    "same_phone": "telepon sama",
    "other_phone": "telepon berbeda",
    "same_business": "nama usaha serupa",
    "other_business": "nama usaha berbeda",
    "same_owner": "pemilik serupa",
    "other_owner": "pemilik berbeda",
    "same_address": "alamat serupa",
    "same_kecamatan": "kecamatan sama",
    "same_product": "produk serupa",
}
"""Evidence → how it is said."""

KIND: Final = {"application": "Dua pengajuan", "certificate": "Sudah bersertifikat"}
DECIDED: Final = {SAME: "Usaha yang sama", APART: "Usaha berbeda", LATER: "Ditunda"}
"""Decision → how it is said."""

_FIELDS: Final = {
    "registration_number": "No. daftar",
    "certificate_number": "No. sertifikat",
    "programme": "Program",
    "status": "Status",
    "lp3h": "LP3H",
    "p3h": "Pendamping",
    "kab_kota": "Kab/kota",
    "kecamatan": "Kecamatan",
    "nib": "NIB",
    "business_name": "Nama usaha",
    "owner_name": "Pemilik",
    "phone": "No. HP",
    "address": "Alamat",
    "product": "Produk",
    "submitted_date": "Diajukan",
    "issued_date": "Terbit",
    "statement_date": "Per tanggal",
    "source": "Berkas · lembar · baris",
}
"""What stands side by side, in this order; what neither has is left out."""

_SIMILAR: Final = {
    "business_name": "same_business",
    "owner_name": "same_owner",
    "address": "same_address",
    "product": "same_product",
}
_MARKS: Final = {"=": "sama", "≈": "serupa", "≠": "berbeda", "": ""}

_COLUMNS: Final = COLUMNS | {
    "business_name": Column("Usaha", "text"),
    "owner_name": Column("Pemilik", "text"),
    "kind": Column("Jenis", "text"),
    "strength": Column("Kekuatan", "text"),
    "first_status": Column("Status pertama", "text"),
    "second_status": Column("Status kedua", "text"),
    "ask": Column("Yang diminta", "text"),
    "decision": Column("Keputusan", "text"),
    "note": Column("Catatan", "text"),
    "by": Column("Diputuskan oleh", "text"),
    "received_at": Column("Diputuskan", "date"),
    "state": Column("Keadaan kini", "text"),
}

_BRIEF: Final = ["lp3h", "other_lp3h", "business_name", "first", "second", "ask"]

STYLE: Final = """<style>
.pair{overflow-x:auto}
.pair table{border-collapse:collapse;width:100%;font-size:1rem;color:var(--ink)}
.pair th,.pair td{text-align:left;vertical-align:top;padding:.34rem .7rem;border-bottom:1px solid var(--grid);
  font-weight:400;overflow-wrap:anywhere}
.pair thead th{font-weight:650;border-bottom:2px solid var(--rule)}
.pair tbody th{color:var(--muted);width:9.5rem;overflow-wrap:normal}
.pair .mark{width:6.2rem;white-space:nowrap;color:var(--muted)}
.pair .differs td{background:color-mix(in srgb,var(--behind) 11%,transparent)}
.pair .differs .mark{color:var(--behind);font-weight:650}
.why{margin:.15rem 0 .5rem;font-size:1.05rem;color:var(--ink)}
@media (max-width:640px){.pair th,.pair td{padding:.3rem .35rem;font-size:.9rem}.pair tbody th{width:5rem}
  .pair .mark{width:1.2rem}.pair .mark span{display:none}}
</style>"""


@dataclass(frozen=True)
class Pairs:
    """`waiting`, `later`, `decided`: pairs that can be opened, most evidence first; `label` names them."""

    answer: str
    waiting: list[str]
    later: list[str]
    decided: list[str]
    label: dict[str, str]
    why: dict[str, str]
    side_by_side: dict[str, str]
    lp3h: dict[str, list[str | None]]
    """Whose rows a pair is made of."""
    facts: dict[str, dict[str, str]]
    """What the log keeps of a pair."""
    told: dict[str, str]
    """What was decided about it, and by whom."""
    table: Table
    decisions: Table
    hand_back: Table
    hand_back_brief: Table
    """The same as a page has room for."""


def pairs(view: View, dark: bool, *, evidence: Evidence) -> Pairs:
    scope, stated = view.scope, evidence.stated
    lists = {
        "waiting": evidence.pairs(scope),
        "later": evidence.pairs(scope, LATER),
        "decided": evidence.pairs(scope, SAME, APART),
    }
    every = pd.concat(lists.values(), ignore_index=True)
    records = every.to_dict("records")
    hand_back = _hand_back(evidence.pairs(scope, SAME), stated, scope.in_words)
    return Pairs(
        answer=_answer(lists, len(stated.every_pair) - len(stated.pairs)),
        **{name: found["pair"].tolist() for name, found in lists.items()},
        label={pair["pair"]: _label(pair, stated) for pair in records},
        why={pair["pair"]: why(pair) for pair in records},
        side_by_side=_Lazy(records, stated),
        lp3h={pair["pair"]: _institutions(pair) for pair in records},
        facts={pair["pair"]: {name: pair[name] for name in ("pair", "kind", "first", "second")} for pair in records},
        told={pair["pair"]: _told(pair) for pair in records if isinstance(pair["decision"], str)},
        table=_listed(lists["waiting"], stated, scope.in_words),
        decisions=_decisions(evidence, every, scope.in_words),
        hand_back=hand_back,
        hand_back_brief=replace(hand_back, frame=hand_back.frame[_BRIEF]),
    )


class _Lazy(dict):
    """A pair's picture, made when it is opened."""

    def __init__(self, records: list[dict[Any, Any]], stated: Stated) -> None:
        super().__init__()
        self._records, self._stated = {pair["pair"]: pair for pair in records}, stated

    def __missing__(self, name: str) -> str:
        self[name] = side_by_side(self._records[name], self._stated)
        return self[name]


def _answer(lists: dict[str, pd.DataFrame], settled: int) -> str:
    waiting = lists["waiting"]
    if waiting.empty:
        told = "Tidak ada kemungkinan ganda yang menunggu keputusan."
    else:
        elsewhere = int((waiting["kind"] == "certificate").sum())
        parts = [f"{fmt_count(len(waiting) - elsewhere)} pasang pengajuan"] if len(waiting) > elsewhere else []
        parts += [f"{fmt_count(elsewhere)} pengajuan yang usahanya sudah bersertifikat dari program lain"] * bool(
            elsewhere
        )
        told = f"{listing(parts)} menunggu keputusan."
    later = f" {fmt_count(len(lists['later']))} ditunda." if len(lists["later"]) else ""
    done = (
        f" {fmt_count(settled)} pasangan lain selesai dengan sendirinya: salah satunya sudah keluar." if settled else ""
    )
    return f"{told}{later}{done}"


def _label(pair: dict[Any, Any], stated: Stated) -> str:
    name = stated.both["business_name"].iloc[stated.names[pair["first"]]]
    place_ = UNKNOWN_GROUP if is_missing(pair["kab_kota"]) else place(pair["kab_kota"])
    name = pair["first"] if is_missing(name) else name
    return f"{name} · {place_} · {KIND[pair['kind']].lower()} · {fmt_count(pair['score'])} poin"


def _institutions(pair: dict[Any, Any]) -> list[str | None]:
    sides = ["lp3h"] if pair["kind"] == "certificate" else ["lp3h", "other_lp3h"]
    return [None if is_missing(pair[side]) else pair[side] for side in sides]


def _told(pair: dict[Any, Any]) -> str:
    note = "" if is_missing(pair["note"]) or not pair["note"] else f" Catatan: {pair['note']}"
    return f"{DECIDED[pair['decision']]}, diputuskan {pair['by']} pada {fmt_date(pair['received_at'])}.{note}"


def reasons(codes: str) -> str:
    """
    Evidence in words, what speaks for it first.

    >>> reasons("other_phone same_nib")
    'NIB sama, tetapi telepon berbeda'
    """
    found = codes.split()
    for_it = [REASONS[code] for code in EVIDENCE if code in found and EVIDENCE[code] > 0]
    against = [REASONS[code] for code in EVIDENCE if code in found and EVIDENCE[code] < 0]
    return ", ".join(for_it) + (f", tetapi {', '.join(against)}" if against else "")


def why(pair: dict[Any, Any]) -> str:
    """The evidence, as a line."""
    strong = f"{'kuat' if pair['score'] >= CERTAIN else 'sedang'}, {fmt_count(pair['score'])} poin"
    return f'<p class="why"><b>Bukti {strong}:</b> {escape(reasons(pair["reasons"]))}.</p>'


def side_by_side(pair: dict[Any, Any], stated: Stated) -> str:
    """The two as one table, personal data masked, with a mark where they are the same, alike or different."""
    raw = stated.both.iloc[[stated.names[pair["first"]], stated.names[pair["second"]]]].reset_index(drop=True)
    seen = masked(raw)
    certificate = pair["kind"] == "certificate"
    head = ("Pengajuan", "Sertifikat program lain") if certificate else ("Diajukan lebih dulu", "Diajukan kemudian")
    body = "".join(filter(None, (_line(name, label, pair, raw, seen) for name, label in _FIELDS.items())))
    return (
        f'<div class="pair" role="region" tabindex="0" aria-label="Dua baris berdampingan"><table><thead><tr>'
        f'<th scope="col"></th><th scope="col">{head[0]}</th><th scope="col">{head[1]}</th><th class="mark"></th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _line(name: str, label: str, pair: dict[Any, Any], raw: pd.DataFrame, seen: pd.DataFrame) -> str:
    if name == "source":
        cells = [_source(row) for row in raw.to_dict("records")]
        mark = ""
    elif name not in raw or bool(raw[name].isna().all()):
        return ""
    else:
        cells = [_written(name, value) for value in seen[name]]
        mark = _mark(name, pair, raw[name].tolist())
    classes = ' class="differs"' if mark == "≠" else ""
    word = f" <span>{_MARKS[mark]}</span>" if mark else ""
    columns = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr{classes}><th scope="row">{label}</th>{columns}<td class="mark">{mark}{word}</td></tr>'


def _mark(name: str, pair: dict[Any, Any], values: list[Any]) -> str:
    first, second = values
    if is_missing(first) or is_missing(second) or name in ("registration_number", "statement_date"):
        return ""  # two registration numbers always differ, and nothing is compared with a blank
    if first == second:
        return "="
    return "≈" if _SIMILAR.get(name) in pair["reasons"].split() else "≠"


def _written(name: str, value: Any) -> str:
    if is_missing(value):
        return "–"
    if pd.api.types.is_datetime64_any_dtype(type(value)) or isinstance(value, pd.Timestamp):
        return fmt_date(value)
    return {"status": STATUS.get, "lp3h": institution, "kab_kota": place}.get(name, str)(value) or str(value)


def _source(row: dict[Any, Any]) -> str:
    return f"{row['source_file']} · {row['source_sheet']} · baris {fmt_count(row['source_row'])}"


def _with_names(found: pd.DataFrame, stated: Stated) -> pd.DataFrame:
    """The pairs with the business, the masked owner and the statuses beside them."""
    first, second = (
        stated.both.iloc[stated.names[found[side]].to_numpy()].reset_index(drop=True) for side in ("first", "second")
    )
    seen = masked(first[["business_name", "owner_name"]])
    return found.reset_index(drop=True).assign(
        business_name=seen["business_name"],
        owner_name=seen["owner_name"],
        first_status=first["status"].map(STATUS),
        second_status=second["status"].map(STATUS),
        strength=(found["score"] >= CERTAIN).map({True: "kuat", False: "sedang"}).to_numpy(),
        reasons=found["reasons"].map(reasons).to_numpy(),
        kind=found["kind"].map(KIND).to_numpy(),
    )


def _listed(found: pd.DataFrame, stated: Stated, in_words: str) -> Table:
    names = [
        "business_name",
        "owner_name",
        "kab_kota",
        "kind",
        "lp3h",
        "other_lp3h",
        "first",
        "second",
        "reasons",
        "score",
    ]
    rows = _with_names(found, stated)[names] if len(found) else found.reindex(columns=names)
    return Table(rows, caption=f"Kemungkinan ganda; {in_words}", name="kemungkinan-ganda", columns=_COLUMNS)


def _hand_back(found: pd.DataFrame, stated: Stated, in_words: str) -> Table:
    """What was decided to be one business and still counts twice: what the LP3H must do about it."""
    names = ["lp3h", "other_lp3h", "kab_kota", "business_name", "owner_name", "first", "first_status", "second"]
    names += ["second_status", "ask", "reasons", "note", "by", "received_at"]
    if found.empty:
        rows = found.reindex(columns=names).astype({"received_at": DATE})
    else:
        elsewhere = found["kind"].eq("certificate").to_numpy()
        ask = pd.Series("Batalkan salah satu di SIHALAL, lalu kirim register terbaru", found.index, dtype="str")
        ask = ask.mask(elsewhere, "Ganti pelaku usaha: sudah bersertifikat, lalu kirim register terbaru")
        rows = _with_names(found, stated).assign(ask=ask.to_numpy())[names]
    return Table(
        rows,
        caption=f"Diputuskan satu usaha dan masih dihitung dua kali; {in_words}",
        name="minta-dibatalkan",
        columns=_COLUMNS,
    )


def _decisions(evidence: Evidence, counting: pd.DataFrame, in_words: str) -> Table:
    """Every decision in force, the newest first, those about pairs that are settled by now among them."""
    made = evidence.decisions.sort_values("received_at", ascending=False, kind="stable", ignore_index=True)
    still = made["pair"].isin(counting["pair"])
    made = made.assign(
        decision=made["decision"].map(DECIDED),
        kind=made["kind"].map(KIND),
        state=still.map({True: "keduanya masih dihitung", False: "tidak dihitung dua kali lagi"}),
        received_at=made["received_at"].dt.normalize(),
    )
    names = ["first", "second", "kind", "decision", "state", "note", "by", "received_at"]
    return Table(made[names], caption=f"Keputusan yang berlaku; {in_words}", name="keputusan-ganda", columns=_COLUMNS)
