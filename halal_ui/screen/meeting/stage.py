"""The layer that slides are shown on, as HTML with its script: bar, list of slides, help, timer. No Streamlit in it."""

from dataclasses import fields
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from halal_ui.look.palette import Palette, palette

HERE: Final = Path(__file__).parent

KEYS: Final = (
    ("→ · spasi · PageDown", "Slide berikutnya", "next", ""),
    ("← · PageUp", "Slide sebelumnya", "previous", ""),
    ("Home", "Slide pertama", "first", ""),
    ("End", "Slide terakhir", "last", ""),
    ("D", "Daftar slide: pilih dan urutkan", "list", ""),
    ("F", "Layar penuh, atau kembali", "full", ""),
    ("G", "Gelap atau terang", "dark", ""),
    ("W", "Penghitung waktu", "timer", ""),
    ("I", "Kembali mengikuti pemandu", "back", "led"),
    ("K", "Catat kendala", "obstacle", ""),
    ("T", "Catat tindak lanjut", "action", ""),
    ("P", "Catat keputusan", "decision", ""),
    ("", "Pandu rapat dari layar ini", "lead", "served not-leading"),
    ("", "Berhenti memandu", "stop", "leading"),
    ("Esc", "Keluar dari Tayang", "leave", ""),
)
"""Key, what it does, the act of the script, and when it is to be had: classes of stage.css."""


def stage_html(slides: str, *, meeting_id: str, dark: bool) -> str:
    """
    The layer with these slides on it, and what moves between them. `slides`: `<section class="slide" data-key
    data-name>` each. All of it is in the browser from then on: which slide is shown is in the address.
    """
    return (
        f'<style>{_colours()}{_read("stage.css")}</style><div class="stage" data-meeting="{escape(meeting_id)}" '
        f'data-dark="{str(dark).lower()}"><div class="stage-slides">{slides}</div>{_AROUND}</div>'
        f"<script>(() => {{{_read('slides.js')}{_read('follow.js')}{_read('stage.js')}}})()</script>"
    )


def config_html(*, served: bool, token: str, turn: int, notes: int) -> str:
    """
    What the script is told anew in each run. `served`: whether the server lets pages follow; `token`: "" where this
    page does not present; `turn`: whose; `notes`: how many these slides know.
    """
    told = {"served": "1" if served else "", "token": token, "turn": turn, "notes": notes}
    given = "".join(f' data-{name}="{escape(str(value))}"' for name, value in told.items())
    return f'<div class="stage-config" hidden{given}></div><script>window.tayang?.configure()</script>'


def hide_until_ready() -> str:
    """Until slides, a sentence or an error is here: a blank screen, not the frame of the dashboard."""
    unseen = ",".join(f'[data-testid="{part}"]' for part in ("stHeader", "stSidebar", "stMain", "stToolbar"))
    said = '[data-testid="stAlert"],.question'
    return f"<style>body:not(:has({said})) :is({unseen}){{visibility:hidden}}</style>"


@cache
def _read(name: str) -> str:
    return (HERE / name).read_text("utf-8")


@cache
def _colours() -> str:
    """Both palettes, so that a key changes from one to the other."""
    names = [field.name for field in fields(Palette) if not field.name.endswith("_ramp")]
    return "".join(
        f'.stage[data-dark="{str(dark).lower()}"]{{color-scheme:{"dark" if dark else "light"};'
        + "".join(f"--{name.replace('_', '-')}:{getattr(palette(dark), name)};" for name in names)
        + "}"
        for dark in (False, True)
    )


def _button(text: str, act: str, classes: str = "", label: str = "") -> str:
    named = f' aria-label="{escape(label)}" title="{escape(label)}"' if label else ""
    return f'<button type="button" data-act="{act}" class="{classes}"{named}>{text}</button>'


def _key(key: str, what: str, act: str, when: str) -> str:
    return _button(f"<span>{escape(what)}</span>{f'<kbd>{escape(key)}</kbd>' if key else ''}", act, when)


_AROUND: Final = f"""
<div class="stage-timer" hidden><time></time>{_button("Mulai lagi", "restart")}</div>
<div class="stage-typed" hidden></div>
<p class="stage-told" role="status" hidden></p>
<p class="stage-live" aria-live="polite"></p>
<button type="button" class="stage-back" data-act="back" hidden>Kembali mengikuti</button>
<nav class="stage-bar" aria-label="Kendali tayangan">
{_button("‹", "previous", label="Slide sebelumnya")}<output data-place></output>
{_button("›", "next", label="Slide berikutnya")}
<span class="stage-who"></span>
{_button("Daftar", "list")}{_button("Layar penuh", "full", "wide")}{_button("Gelap/terang", "dark", "wide")}
{_button("Pandu rapat", "lead", "wide served not-leading")}{_button("Berhenti memandu", "stop", "wide leading")}
{_button("Bantuan", "help")}{_button("Keluar", "leave")}
</nav>
<section class="stage-panel" data-panel="list" aria-label="Daftar slide" hidden>
<header><h2>Daftar slide</h2>{_button("Tutup", "close")}</header><ol></ol>
<p>Yang dicentang ditayangkan, menurut urutan ini; pilihan ini ikut di alamat. {_button("Tayangkan semua", "all")}</p>
</section>
<section class="stage-panel" data-panel="help" aria-label="Semua tombol" hidden>
<header><h2>Semua tombol</h2>{_button("Tutup", "close")}</header>
<div class="stage-keys">{"".join(_key(*key) for key in KEYS)}</div>
<p>Angka lalu Enter menuju slide itu. Di layar sentuh, geser ke kiri atau ke kanan.</p>
</section>"""
