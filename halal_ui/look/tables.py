"""
A metric's frame as an HTML table that is calm, legible and works on a phone, in light and dark alike.

Everything from a frame is escaped. Colours come from one stylesheet (`STYLE`) that follows the colour scheme
around it, so a table is the same bytes in both. `SORT_SCRIPT` lets a reader sort.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import pandas as pd

from halal_ui.look.palette import DARK, LIGHT
from halal_ui.words.columns import COLUMNS, Column, Columns, column_of
from halal_ui.words.formats import is_missing
from halal_ui.words.labels import STAGE_LABEL, STATUS_LABEL, STATUS_MARK
from halal_ui.words.names import NO_DATA, WRITE

NUMERIC: Final = frozenset({"count", "number", "signed", "rate", "points", "days", "trend"})
"""Kinds that stand right-aligned and are first sorted from the largest."""

_MARKS: Final = {"status": STATUS_MARK, "trend": {1: "▲", -1: "▼"}}
_ORDER: Final = {"status": list(STATUS_LABEL), "stage": list(STAGE_LABEL)}


def to_html(
    frame: pd.DataFrame,
    *,
    caption: str,
    columns: Columns = COLUMNS,
    links: Sequence[str] | None = None,
    total: Mapping[str, Any] | None = None,
) -> str:
    """
    The frame as one `<table>`, its first column the head of each row.

    `links`: one address a row, behind the row's head. `total`: a last row that sorting leaves in place; its
    head is "Jumlah", and a column it lacks stays empty. `STYLE` belongs on the page once.

    >>> html = to_html(pd.DataFrame({"lp3h": ["<b>"], "absorption_rate": [0.32]}), caption="Serapan")
    >>> "&lt;b&gt;" in html, ">32,0%<" in html
    (True, True)
    """
    known = [column_of(columns, name) for name in frame]
    head = "".join(_head(column, sortable=len(frame) > 1) for column in known)
    hrefs = links if links is not None else [""] * len(frame)
    body = "".join(
        f"<tr>{_row(known, cells, href)}</tr>"
        for cells, href in zip(frame.itertuples(index=False, name=None), hrefs, strict=True)
    )
    body = body or f'<tr><td class="ph-none" colspan="{len(known)}">{NO_DATA}</td></tr>'
    foot = "" if total is None else f"<tfoot><tr>{_total(frame, known, total)}</tr></tfoot>"
    named = escape(caption)
    return (
        f'<div class="ph-table" role="region" aria-label="{named}" tabindex="0"><table>'
        f"<caption><span>{named}</span></caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table></div>"
    )


def _head(column: Column, *, sortable: bool) -> str:
    place = ' class="ph-n"' if column.kind in NUMERIC else ""
    # a % stands in every cell, but points need their unit said
    text = escape(f"{column.header} ({column.unit})" if column.kind == "points" else column.header)
    if not sortable:
        return f'<th scope="col"{place}>{text}</th>'
    return f'<th scope="col" aria-sort="none"{place}><button type="button">{text}</button></th>'


def _row(columns: Sequence[Column], cells: Sequence[Any], href: str) -> str:
    first, *others = zip(columns, cells, strict=True)
    text = escape(WRITE[first[0].kind](first[1]))
    head = f'<a href="{escape(href)}" target="_self">{text}</a>' if href else text
    return f'<th scope="row"{_sort(*first)}>{head}</th>' + "".join(_cell(*cell) for cell in others)


def _total(frame: pd.DataFrame, columns: Sequence[Column], total: Mapping[str, Any]) -> str:
    others = list(zip(frame, columns, strict=True))[1:]
    cells = [_cell(column, total[name]) if name in total else "<td></td>" for name, column in others]
    return f'<th scope="row">Jumlah</th>{"".join(cells)}'


def _cell(column: Column, value: Any) -> str:
    kind, style = column.kind, ""
    text = escape(WRITE[kind](value).removesuffix(" poin" if kind == "points" else ""))
    classes = [f"ph-{kind}", "ph-n"] if kind in NUMERIC else [f"ph-{kind}"]
    if is_missing(value):
        classes.append("ph-missing")
    elif kind == "rate":
        classes.append(f"ph-{column.tone}")
        style = f' style="--share:{min(max(float(value), 0), 1):.3f}"'
    elif kind in ("signed", "points", "trend") and value:
        classes.append("ph-up" if value > 0 else "ph-down")
    elif value in STATUS_MARK:
        classes.append(f"ph-{value}")
    if not is_missing(value) and (mark := _MARKS.get(kind, {}).get(value)):
        text = f'<span aria-hidden="true">{mark}</span> {text}'
    return f'<td class="{" ".join(classes)}"{style}{_sort(column, value)}>{text}</td>'


def _sort(column: Column, value: Any) -> str:
    """What a cell is sorted by: the value itself, not its text; "" where it is missing."""
    if is_missing(value):
        key = ""
    elif column.kind in _ORDER:
        order = _ORDER[column.kind]
        key = str(order.index(value)) if value in order else str(len(order))
    elif column.kind == "date":
        key = pd.Timestamp(value).strftime("%Y-%m-%d")
    else:
        key = str(value) if column.kind in NUMERIC else WRITE[column.kind](value)
    return f' data-sort="{escape(key)}"'


_COLOURS: Final = "".join(
    f"--{field}: light-dark({light}, {getattr(DARK, field)}); "
    for field, light in vars(LIGHT).items()
    if isinstance(light, str)
)
_BARS: Final = ("used", "issued", "quota", "behind")
_TONES: Final = "".join(f".ph-rate.ph-{tone} {{ --tone: var(--{tone}); }}\n" for tone in _BARS)
_STATUSES: Final = "".join(f".ph-status.ph-{word} {{ color: var(--{word}); }}\n" for word in STATUS_LABEL)

_RULES: Final = """
.ph-table { overflow-x: auto; max-width: 100%; color: var(--ink); border-radius: 4px; }
.ph-table:focus-visible, .ph-table :focus-visible { outline: 2px solid var(--used); outline-offset: 2px; }
.ph-table table { border-collapse: separate; border-spacing: 0; width: 100%; font-size: 0.9375rem; }
.ph-table caption { text-align: left; padding: 0 0 0.5rem; color: var(--muted); font-size: 0.875rem; }
.ph-table caption span { position: sticky; left: 0; display: inline-block; max-width: min(100%, 88vw); }
.ph-table th, .ph-table td { padding: 0.45rem 0.5rem; border: 0; border-bottom: 1px solid var(--grid);
  text-align: left; vertical-align: baseline; font-weight: 400; line-height: 1.35; }
.ph-table thead th { vertical-align: bottom; border-bottom: 2px solid var(--rule); color: var(--muted);
  font-size: 0.8125rem; font-weight: 600; line-height: 1.25; }
.ph-table th:first-child { position: sticky; left: 0; z-index: 1; background: var(--page);
  min-width: min(9.5rem, 33vw); max-width: 13rem; }
.ph-table tbody th, .ph-table tfoot th { font-weight: 600; }
.ph-table th a { color: var(--used); text-decoration: underline; text-underline-offset: 0.15em; }
.ph-table .ph-n { text-align: right; font-variant-numeric: tabular-nums lining-nums; }
.ph-table td.ph-n, .ph-date, .ph-status { white-space: nowrap; }
.ph-table tbody tr:hover > * { background-color: var(--surface); }
.ph-table tfoot > tr > * { border-top: 2px solid var(--rule); border-bottom: 0; font-weight: 600; }
.ph-missing, .ph-none { color: var(--muted); }
.ph-rate:not(.ph-missing)::after { content: ""; display: block; height: 4px; margin-top: 0.15rem; min-width: 3.5rem;
  background: linear-gradient(var(--tone), var(--tone)) no-repeat 0 0 / calc(100% * var(--share)) 100% var(--rule); }
.ph-up { color: var(--on_track); }
.ph-down { color: var(--behind); }
.ph-status { font-weight: 600; }
.ph-table button { all: unset; cursor: pointer; }
.ph-table button:hover { color: var(--ink); }
.ph-table button::after { content: "\\2195"; padding-left: 0.25em; opacity: 0.45; font-weight: 400; }
.ph-table [aria-sort="ascending"] button::after { content: "\\2191"; opacity: 1; }
.ph-table [aria-sort="descending"] button::after { content: "\\2193"; opacity: 1; }
@media print { .ph-table { overflow: visible; } .ph-table button::after { content: none; } }
"""

STYLE: Final = f"<style>\n.ph-table {{ {_COLOURS}}}\n{_TONES}{_STATUSES}{_RULES}</style>"
"""The one stylesheet of all tables. light-dark() takes the `color-scheme` around it."""

SORT_SCRIPT: Final = """<script>
// One listener for every table, now and later: a page may be drawn again, so it is added once a window.
if (!window.pantauHalalSort) {
  window.pantauHalalSort = true;
  const words = new Intl.Collator("id", {numeric: true});
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest(".ph-table thead button");
    if (!button) return;
    const head = button.closest("th"), body = head.closest("table").tBodies[0];
    const numeric = head.classList.contains("ph-n"), was = head.getAttribute("aria-sort");
    const down = was === "none" ? numeric : was === "ascending";
    for (const other of head.parentNode.children) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = Array.from(body.rows, (row) => [row.cells[head.cellIndex].dataset.sort, row]);
    rows.sort(([a], [b]) => {
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);  // a missing value stays last, whichever way
      return (numeric ? a - b : words.compare(a, b)) * (down ? -1 : 1);
    });
    body.append(...rows.map(([, row]) => row));
  });
}
</script>"""
"""For `st.html(…, unsafe_allow_javascript=True)`, once on the page. Heads are buttons, so keys sort too."""
