"""The four steps, each with what came of it: what stands above the fold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from halal_ui.intake.changes import arrow, counts_in_words
from halal_ui.intake.dry_run import Check
from halal_ui.intake.item import UploadItem
from halal_ui.intake.saved_mappings import sheets_read
from halal_ui.intake.understood import headings, summed, used
from halal_ui.sentences.plans import plan_change
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count, fmt_rate
from halal_ui.words.labels import TABLE_LABEL
from halal_ui.words.names import listing

STEPS: Final = {"jatuhkan": "Jatuhkan", "pahami": "Pahami", "periksa": "Periksa", "simpan": "Simpan"}
"""Anchor of a step → its name."""

STYLE: Final = """<style>
.steps{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.5rem;counter-reset:step}
.steps section{border-top:.3rem solid var(--rule);padding:.35rem .2rem 0;margin:0;color:var(--muted);font-size:.95rem;
  line-height:1.35;counter-increment:step}
.steps section.done{border-color:var(--issued)}
.steps section.now{border-color:var(--used)}
.steps section.stop{border-color:var(--behind)}
.steps a{font-weight:700;font-size:1.05rem;color:var(--ink);text-decoration:none}
.steps a::before{content:counter(step) " "}
.steps a:hover,.steps a:focus-visible{text-decoration:underline}
.steps p{margin:.1rem 0 0;overflow-wrap:anywhere}
.steps p.sum{color:var(--ink)}
.step{margin:.9rem 0 0;padding:.5rem 0 0;font-size:1.35rem;font-weight:700;color:var(--ink);
  border-top:1px solid var(--rule);scroll-margin-top:4rem}
.part{margin:.2rem 0 0;padding:0;font-size:1.08rem;font-weight:650;color:var(--ink)}
.told{margin:.1rem 0;font-size:1.05rem;line-height:1.45;color:var(--ink);overflow-wrap:anywhere}
.told b{font-weight:650}
.quiet{margin:.1rem 0;font-size:.95rem;color:var(--muted);overflow-wrap:anywhere}
.long .ph-table{max-height:30rem;overflow:auto}
.long .ph-table thead th{position:sticky;top:0;z-index:2;background:var(--page)}
.long .ph-table td:nth-child(5){min-width:14rem}
.peek{overflow:auto;max-height:22rem}
.peek table{border-collapse:collapse;font-size:.85rem;color:var(--ink)}
.peek :is(th,td){border:1px solid var(--grid);padding:.15rem .45rem;white-space:nowrap;max-width:14rem;overflow:hidden;
  text-overflow:ellipsis;text-align:left}
.peek th{color:var(--muted);font-weight:400}
.peek tr.head td{font-weight:650;background:var(--surface)}
@media (max-width:640px){.steps{grid-template-columns:1fr}}
</style>"""


@dataclass(frozen=True)
class Step:
    """`state`: done, now, stop (something is in the way) or "" (not come to yet)."""

    anchor: str
    state: str
    lines: Sequence[str] = ()


def stepper_html(steps: Iterable[Step]) -> str:
    """
    >>> stepper_html([Step("jatuhkan", "now", ["belum ada berkas"])]).count("<section")
    1
    """
    return f'<div class="steps" role="list">{"".join(map(_step, steps))}</div>'


def _step(step: Step) -> str:
    first, *others = step.lines or [""]
    told = [f'<p class="sum">{escape(first)}</p>', *(f"<p>{escape(line)}</p>" for line in others)]
    now = ' aria-current="step"' if step.state in ("now", "stop") else ""
    link = f'<a href="#{step.anchor}" target="_self">{STEPS[step.anchor]}</a>'
    return f'<section class="{step.state}" role="listitem"{now}>{link}{"".join(told)}</section>'


def steps_of(item: UploadItem | None, check: Check | None, *, files: int, in_log: bool = False) -> list:
    """Where a file stands. `files`: how many are on the desk; `in_log`: these very bytes were committed before."""
    if item is None:
        return [Step("jatuhkan", "now", ["belum ada berkas"]), *(Step(anchor, "") for anchor in list(STEPS)[1:])]
    dropped = Step("jatuhkan", "done", [item.label, f"{fmt_count(files)} berkas di daftar" if files > 1 else ""])
    if item.upload is None or item.trouble:
        return [
            dropped,
            Step("pahami", "stop", ["belum dapat dibaca", item.trouble]),
            Step("periksa", ""),
            Step("simpan", ""),
        ]
    names, pairs = len(item.questions), sum(not one.answered for one in item.sheet_pairs)
    told, asked = [*_understood(item)], names + pairs + len(item.unanswered)
    if not item.settled:
        told += [f"{listing(map(uploads.column, item.unanswered))} tidak disebut berkas ini"] if item.unanswered else []
        told += [f"{fmt_count(names)} nama belum dikenal"] if names else []
        told += [f"{fmt_count(pairs)} pasang lembar menyebut angka berbeda"] if pairs else []
    waits = "" if item.settled else "stop" if asked else "now" if item.doubts else ""
    understood = Step("pahami", waits or "done", told)
    checked = Step("periksa", "stop" if item.pending else "done", [*_checked(item, check)])
    return [dropped, understood, checked, _stored(item, in_log)]


def _understood(item: UploadItem) -> Iterable[str]:
    assert item.upload is not None
    read = sheets_read(item.upload)
    rows = sorted({record.header_row for record in read if record.header_row})
    where = f"judul kolom di baris {', '.join(map(str, rows[:3]))}{' …' if len(rows) > 3 else ''}" if rows else ""
    yield " · ".join(filter(None, [TABLE_LABEL[item.upload.table], f"{len(read)} lembar", where]))
    upload = item.upload
    count = used(item.once("judul", lambda: headings(upload, item.choices)))
    yield f"{count} kolom dipakai" + (f", {item.doubts} hal mohon diperiksa" if item.doubts else "")


def _checked(item: UploadItem, check: Check | None) -> Iterable[str]:
    assert item.upload is not None
    yield sum_in_words(summed(item.upload))
    if item.pending:
        yield f"{len(item.pending)} perbaikan belum diperiksa"
    elif check is not None:
        yield counts_in_words(check.preview.counts, item.upload.table)
        if check.before.quota or check.after.quota:
            yield f"serapan {arrow(*(fmt_rate(each.absorption_rate) for each in (check.before, check.after)))}"
        for change in check.effect.plans:
            yield plan_change(change)


def sum_in_words(rows: dict[str, int]) -> str:
    """
    >>> sum_in_words({"read": 124, "accepted": 113, "rejected": 4, "skipped": 7})
    'diterima 113 · ditolak 4 · dilewati 7 = dibaca 124'
    """
    accepted, rejected, skipped, read = (fmt_count(rows[name]) for name in ("accepted", "rejected", "skipped", "read"))
    return f"diterima {accepted} · ditolak {rejected} · dilewati {skipped} = dibaca {read}"


def _stored(item: UploadItem, in_log: bool) -> Step:
    if item.stored is not None:
        return Step("simpan", "done", [f"tersimpan, oleh {item.stored.by}"])
    if in_log:
        return Step("simpan", "stop", ["berkas ini sudah tersimpan sebelumnya"])
    if item.undone:
        return Step("simpan", "now", ["penyimpanan dibatalkan", "dapat disimpan lagi"])
    warned = [f"▲ {fmt_count(item.warnings)} peringatan"] if item.warnings else []
    if item.kept_back:
        return Step("simpan", "stop", ["belum dapat disimpan", item.kept_back, *warned])
    if not item.clear:
        return Step("simpan", "stop", ["dapat disimpan; sebaiknya diperiksa dahulu", *warned])
    return Step("simpan", "stop" if warned else "now", ["siap disimpan", *warned])
