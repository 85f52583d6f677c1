"""What an upload, or undoing one, makes of the dashboard: headline, plans given up in red, and the tick for them."""

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from halal_ui.intake import changes
from halal_ui.intake.changes import Rates
from halal_ui.intake.effect import Effect
from halal_ui.intake.understood import plain
from halal_ui.words.formats import fmt_date

STYLE: Final = """<style>
.figures{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:.5rem;margin:.2rem 0;padding:0}
.figures>div{margin:0;border-left:.25rem solid var(--rule);padding:.1rem .6rem;min-width:0}
.figures div.changes{border-color:var(--used)}
.figures dt{font-size:.95rem;color:var(--muted)}
.figures dd{margin:0;font-size:1.15rem;line-height:1.3;color:var(--ink);overflow-wrap:anywhere}
.figures .changes dd{font-weight:650}
.figures small{font-size:.9rem;font-weight:400;color:var(--muted)}
@media (max-width:640px){.figures{grid-template-columns:1fr 1fr}}
</style>"""


def effect_told(effect: Effect) -> None:
    """The figures on the day it takes effect, those of today where they differ, and what nobody should miss."""
    st.html(STYLE + figures_html(effect.before, effect.after))
    if effect.now is not None:
        st.html(f'<p class="told">Hari ini: {escape(changes.rates_in_words(*effect.now))}.</p>')
    plans_told(effect)
    for sentence in effect.warnings:
        st.warning(plain(sentence), icon=":material/warning:")


def plans_told(effect: Effect) -> None:
    """A plan given up in red, a first plan plainly: which, since when, whose quota becomes another."""
    for change, (sentence, *parts) in zip(effect.plans, effect.plans_told, strict=True):
        told = "\n\n".join([f"**{plain(sentence)}**", *map(plain, parts)])
        if change.replaces:
            st.error(told, icon=":material/pie_chart:")
        else:
            st.info(told, icon=":material/pie_chart:")


def agreement(effect: Effect, agreed: tuple[str, ...], set_to: Callable[[tuple[str, ...]], None], *, key: str) -> None:
    """
    The tick without which nothing that gives up a plan is written; nothing where none is given up. Agreed is what was
    asked in these very words: where the log has changed meanwhile the words are others, and the tick is empty again.
    """
    asks = effect.asks
    if not asks:
        return
    st.session_state[key] = agreed == asks
    st.checkbox(
        f":red[{plain(effect.agreement)}]", key=key, on_change=lambda: set_to(asks if st.session_state[key] else ())
    )


def figures_html(before: Rates, after: Rates) -> str:
    """The four headline figures of a day, side by side; those that change are marked, and not by colour alone."""
    told = "".join(
        f"<div{' class=changes' if moves else ''}><dt>{escape(name)}</dt>"
        f"<dd>{escape(text)} <small>{escape(unit)}</small></dd></div>"
        for name, text, unit, moves in changes.figures(before, after)
    )
    return f'<p class="quiet">Per {fmt_date(after.as_of)}, hari berlakunya:</p><dl class="figures">{told}</dl>'
