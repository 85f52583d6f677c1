"""What Streamlit's own theme does not cover: a page's stylesheet, in the palette's colours; a finger on a chart."""

from dataclasses import fields
from functools import cache
from typing import Final

from halal_ui.look.palette import Palette, palette

PAGE: Final = """
[data-testid="stMainBlockContainer"]{padding:3.9rem 2.2rem 3rem;max-width:1720px}
[data-testid="stMainBlockContainer"]>[data-testid="stVerticalBlock"]{gap:.7rem}
[data-testid="stSidebarUserContent"]{padding-top:.5rem}
.strip{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;font-size:.9rem;color:var(--muted)}
.strip b{font-weight:600;color:var(--ink)}
.strip .mark{background:var(--behind);color:var(--page);font-weight:600;border-radius:.25rem;padding:.05rem .5rem}
.question{margin:0;padding:0;font-size:clamp(1.45rem,2.2vw,2.1rem);line-height:1.2;font-weight:700;color:var(--ink);
  letter-spacing:-.01em}
.answer{margin:.45rem 0 0;font-size:clamp(1.05rem,1.3vw,1.4rem);line-height:1.4;color:var(--ink);max-width:72em}
.seen{margin:.35rem 0 0;font-size:.95rem;color:var(--muted)}
.awaited{margin:0;font-size:1rem;color:var(--muted);animation:ph-awaited 1.6s ease-in-out infinite alternate}
@keyframes ph-awaited{from{opacity:1}to{opacity:.55}}
@media (prefers-reduced-motion:reduce){.awaited{animation:none}}
.section{margin:.2rem 0 0;padding:0;font-size:1.15rem;font-weight:650;color:var(--ink)}
.aside{margin:.1rem 0 0;font-size:.95rem;color:var(--muted)}
.holders{margin:.1rem 0;font-size:1.08rem;line-height:1.45;color:var(--ink)}
.definitions{display:grid;grid-template-columns:minmax(11rem,16rem) 1fr;gap:.1rem 1.2rem;margin:0;font-size:1rem}
.definitions dt{font-weight:650;color:var(--ink);border-top:1px solid var(--grid);padding-top:.5rem}
.definitions dt small{display:block;font-weight:400;color:var(--muted)}
.definitions dd{margin:0;border-top:1px solid var(--grid);padding:.5rem 0 .6rem}
.definitions p{margin:0 0 .15rem;line-height:1.45}
.definitions b{display:inline-block;min-width:5rem;font-weight:600;color:var(--muted)}
.cards{margin-top:.8rem;display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.75rem}
.card{border-left:.3rem solid var(--tone);background:var(--surface);border-radius:.35rem;padding:.6rem .9rem .65rem}
.card h3{margin:0;padding:0;font-size:.92rem;font-weight:600;color:var(--muted);letter-spacing:.01em}
.card p{margin:0}
.card .number{font-size:clamp(2.3rem,3.4vw,3.7rem);line-height:1.1;font-weight:750;color:var(--tone);
  font-variant-numeric:tabular-nums;white-space:nowrap}
.card .number small{font-size:1.02rem;font-weight:500;color:var(--ink)}
.card .rate{font-size:clamp(1.1rem,1.5vw,1.5rem);font-weight:650;color:var(--ink)}
.card .note{font-size:.95rem;color:var(--muted)}
/* on a touch screen the tools of a table always show, above it */
@media (hover:none){[data-testid="stElementContainer"]:has([data-testid="stDataFrame"]){margin-top:2.2rem}}
@media (min-width:1800px){:root{font-size:19px}}
@media (max-width:640px){
  [data-testid="stMainBlockContainer"]{padding-left:1rem;padding-right:1rem}
  .cards{grid-template-columns:1fr 1fr;gap:.5rem}
  .definitions{grid-template-columns:1fr}
  .definitions dd{border-top:0;padding-top:0}
  .card{padding:.45rem .6rem .5rem}
  .card .number{white-space:normal}
  .card .number small{display:block;font-size:.9rem;line-height:1.2}
}
"""


@cache
def style(dark: bool, *more: str) -> str:
    """
    A <style> element: the palette as variables (`--ink`, `--used`, …), the page's rules, and `more` rules.

    >>> style(False).startswith("<style>:root{--page:#ffffff;")
    True
    """
    colours = palette(dark)
    names = (field.name for field in fields(Palette) if not field.name.endswith("_ramp"))
    variables = "".join(f"--{name.replace('_', '-')}:{getattr(colours, name)};" for name in names)
    # a dialog lies outside what Streamlit makes dark, and our tables take their colours from around them
    scheme = f'[data-testid="stDialog"]{{color-scheme:{"dark" if dark else "light"}}}'
    return f"<style>:root{{{variables}}}{scheme}{PAGE}{''.join(more)}</style>"


TOUCH_SCRIPT: Final = """<script>
// A chart that can be clicked takes every touch for a drag: the page stands still under the finger, and a tap only
// hovers. Kept from it, the browser scrolls, and makes a tap the same mouse events as a click. Once a window.
if (!window.pantauHalalTouch) {
  window.pantauHalalTouch = true;
  document.addEventListener("touchstart", (event) => {
    if (event.target.closest && event.target.closest(".js-plotly-plot")) event.stopPropagation();
  }, {capture: true, passive: true});
}
</script>"""
"""So that a finger scrolls and a tap clicks. For `st.html(…, unsafe_allow_javascript=True)`, once on the page."""
