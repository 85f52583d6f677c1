"""Two rows side by side, with what differs marked; and the evidence in words."""

from html import escape
from typing import Any, Final

import pandas as pd

from halal_metrics.duplicates import CERTAIN, EVIDENCE
from halal_ui.snapshot.quality_set import Stated
from halal_ui.words.formats import fmt_count, fmt_date, is_missing
from halal_ui.words.labels import APPLICATION_STATUS, TABLE_CONTENT
from halal_ui.words.names import institution, place

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
    """The two as one table, with a mark where they are the same, alike or different."""
    rows = stated.both.iloc[[stated.names[pair["first"]], stated.names[pair["second"]]]].reset_index(drop=True)
    equal = stated.equal(pair["first"], pair["second"])
    certificate = pair["kind"] == "certificate"
    tables = (TABLE_CONTENT["applications"], TABLE_CONTENT["certificates"])
    head = tables if certificate else ("Diajukan lebih dulu", "Diajukan kemudian")
    body = "".join(filter(None, (_line(name, label, pair, rows, equal) for name, label in _FIELDS.items())))
    return (
        f'<div class="pair" role="region" tabindex="0" aria-label="Dua baris berdampingan"><table><thead><tr>'
        f'<th scope="col"></th><th scope="col">{head[0]}</th><th scope="col">{head[1]}</th><th class="mark"></th></tr>'
        f"</thead><tbody>{body}</tbody></table></div>"
    )


def _line(name: str, label: str, pair: dict[Any, Any], rows: pd.DataFrame, equal: dict[str, bool]) -> str:
    if name == "source":
        cells = [_source(row) for row in rows.to_dict("records")]
        mark = ""
    elif name not in rows or bool(rows[name].isna().all()):
        return ""
    else:
        cells = [_written(name, value) for value in rows[name]]
        mark = _mark(name, pair, rows[name].tolist(), equal=equal[name])
    classes = ' class="differs"' if mark == "≠" else ""
    word = f" <span>{_MARKS[mark]}</span>" if mark else ""
    columns = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr{classes}><th scope="row">{label}</th>{columns}<td class="mark">{mark}{word}</td></tr>'


def _mark(name: str, pair: dict[Any, Any], values: list[Any], *, equal: bool) -> str:
    if any(map(is_missing, values)) or name in ("registration_number", "statement_date"):
        return ""  # two registration numbers always differ, and nothing is compared with a blank
    if equal:
        return "="
    return "≈" if _SIMILAR.get(name) in pair["reasons"].split() else "≠"


def _written(name: str, value: Any) -> str:
    if is_missing(value):
        return "–"
    if pd.api.types.is_datetime64_any_dtype(type(value)) or isinstance(value, pd.Timestamp):
        return fmt_date(value)
    write = {"status": APPLICATION_STATUS.get, "lp3h": institution, "kab_kota": place}.get(name, str)
    return write(value) or str(value)


def _source(row: dict[Any, Any]) -> str:
    return f"{row['source_file']} · {row['source_sheet']} · baris {fmt_count(row['source_row'])}"
