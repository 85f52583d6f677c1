"""What each header and each spelling was taken for, and one value for a whole file."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from halal_metrics.sheets import Upload
from halal_ui.intake.choices import DATES, as_json
from halal_ui.intake.item import UploadItem
from halal_ui.intake.understood import Heading, Spelling, headings, lacking, plain, possible, spellings
from halal_ui.screen.filters import FIRST, LAST
from halal_ui.screen.upload.controlled import choose, controlled
from halal_ui.snapshot.now import Snapshot
from halal_ui.words import uploads
from halal_ui.words.formats import fmt_count

MOST: Final = 60
"""Headers, and spellings, that are offered one by one: a sheet can be 16.384 columns wide."""

_LEAVE: Final = ""
"""The choice of leaving it to the reader."""


def doubtful_ones(item: UploadItem, upload: Upload, doubtful: list[Heading], snapshot: Snapshot) -> None:
    """Guesses to look at: headers, then spellings of places, institutions and statuses."""
    asked = {(one.column, one.raw) for one in item.questions}  # on the face of the step already
    spelled = item.once("ejaan", lambda: spellings(upload, item.choices))
    spelled = [one for one in spelled if (one.column, one.raw) not in asked]
    waiting = len(doubtful) + sum(one.doubt for one in spelled)
    if not doubtful and not spelled:
        return
    title = f"Mohon diperiksa ({waiting})" if waiting else f"Ejaan dan artinya ({len(spelled)})"
    with st.expander(title, icon=":material/help:", expanded=bool(waiting), key=f"{item.key}-periksa-{bool(waiting)}"):
        if doubtful:
            columns(item, upload, doubtful)
        if spelled:
            with st.grid(min_column_width=260):
                for one in spelled[:MOST]:
                    with st.container():
                        _spelling(item, one, snapshot)
        if len(spelled) > MOST:
            st.caption(f"{len(spelled) - MOST} ejaan lain ada di daftar masalah pada langkah Periksa.")
        guessed = any(one.column for one in doubtful) or any(one.doubt and one.canonical for one in spelled)
        if guessed and not item.frozen:
            st.button(
                "Ya, semua tebakan ini benar", on_click=_confirm, args=(item,), key=f"{item.key}-benar",
                icon=":material/check:",
            )  # fmt: skip


def _spelling(item: UploadItem, one: Spelling, snapshot: Snapshot) -> None:
    options = [_LEAVE, *possible(one.column, snapshot.lp3h)]
    if one.canonical and one.canonical not in options:
        options.append(one.canonical)
    rows = f" di {fmt_count(one.rows)} baris" if one.rows else ""
    controlled(
        f"{item.key}-arti-{one.column}-{one.raw}",
        one.canonical or _LEAVE,
        lambda chosen: choose(item, item.choices.with_meaning(one.column, one.raw, chosen or None)),
        lambda key, changed: st.selectbox(
            f"{uploads.column(one.column)} “{plain(one.raw)}”{rows}",
            options,
            key=key,
            format_func=lambda value: uploads.value(one.column, value) if value else _NO_MEANING[one.doubt],
            on_change=changed,
            disabled=item.frozen,
        ),
    )


_NO_MEANING: Final = {True: "– belum dimengerti –", False: "– tidak berarti apa-apa –"}
"""Whether a spelling still waits for its meaning → what stands where it has none."""


def _confirm(item: UploadItem) -> None:
    assert item.upload is not None
    chosen = item.choices
    for heading in headings(item.upload, chosen):
        if heading.doubt and heading.column:
            chosen = chosen.with_column(heading.header, heading.column)
    for one in spellings(item.upload, chosen):
        if one.doubt and one.canonical:
            chosen = chosen.with_meaning(one.column, one.raw, one.canonical)
    choose(item, chosen)


def columns(item: UploadItem, upload: Upload, shown: Sequence[Heading]) -> None:
    options = [_LEAVE, *uploads.columns_to_choose(upload.table)]
    with st.grid(min_column_width=260):
        for heading in shown:
            with st.container(gap="xsmall"):
                controlled(
                    f"{item.key}-kolom-{heading.header}",
                    heading.column or _LEAVE,
                    lambda chosen, header=heading.header: choose(
                        item, item.choices.with_column(header, chosen or None)
                    ),
                    lambda key, changed, heading=heading: st.selectbox(
                        plain(heading.header),
                        options,
                        key=key,
                        format_func=lambda one: uploads.column(one) if one else uploads.NOT_USED,
                        on_change=changed,
                        disabled=item.frozen or not heading.kept,
                    ),
                )
                st.caption(plain(heading.in_words))
                if (like := heading.looks_like) and not item.frozen:
                    st.button(
                        f"Pakai sebagai {uploads.column(like)}",
                        on_click=lambda header=heading.header, like=like: choose(
                            item, item.choices.with_column(header, like)
                        ),
                        key=f"{item.key}-pakai-{heading.header}",
                        icon=":material/check:",
                    )


def for_whole_file(item: UploadItem, upload: Upload, snapshot: Snapshot) -> None:
    st.caption("Mengisi kolom yang tidak ada di berkas. Sel kosong di kolom yang ada tidak ikut terisi.")
    with st.grid(min_column_width=260):
        for column, header in lacking(upload).items():
            with st.container(gap="xsmall"):
                _default(item, column, header, snapshot)


def _default(item: UploadItem, column: str, header: str, snapshot: Snapshot) -> None:
    there = bool(header) and column not in item.choices.defaults
    note = f"Sudah diisi kolom '{header}'." if there else None
    now = item.choices.defaults.get(column)

    def draw(key: str, changed: Callable[[], None]) -> None:
        common: dict[str, Any] = {"key": key, "on_change": changed, "disabled": item.frozen or there, "help": note}
        if column in DATES:
            st.date_input(uploads.column(column), None, FIRST, LAST, format="DD/MM/YYYY", **common)
        elif column in ("kab_kota", "lp3h", "status"):
            options = list(dict.fromkeys([*possible(column, snapshot.lp3h), *filter(None, [now])]))
            st.selectbox(
                uploads.column(column), options, index=None, placeholder="tidak ditetapkan",
                format_func=lambda one: uploads.value(column, one), accept_new_options=column == "lp3h", **common,
            )  # fmt: skip
        else:
            st.text_input(uploads.column(column), **common)

    value = date.fromisoformat(now) if column in DATES and now else now
    text = column in ("source_opd", "programme")
    controlled(
        f"{item.key}-semua-{column}",
        (value or "") if text else value,
        lambda chosen: choose(item, item.choices.with_default(column, as_json(chosen) or None)),
        draw,
    )
