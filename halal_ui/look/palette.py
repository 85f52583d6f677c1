"""
The colours of everything.

A colour always means the same thing: quota grey, used blue, issued green, behind orange, late red. The set
stays apart for the colour-blind (blue against orange and red; green never against red alone), and a colour
never speaks alone: each status has its own mark and word.
"""

from dataclasses import dataclass
from typing import Final

Ramp = tuple[str, str] | tuple[str, str, str]


@dataclass(frozen=True)
class Palette:
    """
    One mode's colours as #rrggbb; all but `grid`, `rule` and ramps are legible as text on `surface`, `page`.

    The last six fields are named as the deadline statuses: `getattr(palette(dark), "late")`.
    """

    page: str
    """Drilldown everything."""
    surface: str
    """Drilldown a card, the sidebar, a hover label."""
    ink: str
    muted: str
    grid: str
    rule: str
    """The track of a bar, the border of a tile: seen, but without meaning."""
    quota: str
    used: str
    issued: str
    used_ramp: Ramp
    """From none to all of the quota used."""
    issued_ramp: Ramp
    gap_ramp: Ramp
    """From behind the plan, over on it, to ahead of it."""
    done: str
    on_track: str
    watch: str
    behind: str
    critical: str
    late: str


LIGHT: Final = Palette(
    page="#ffffff",
    surface="#f5f7f9",
    ink="#17212b",
    muted="#55606b",
    grid="#e4e8ec",
    rule="#d3d9df",
    quota="#646e79",
    used="#0a5fae",
    issued="#0b7a53",
    used_ramp=("#e6f0fa", "#0a4f94"),
    issued_ramp=("#e3f4ed", "#0a6344"),
    gap_ramp=("#b4470a", "#edf0f3", "#0a6c8a"),
    done="#0b7a53",
    on_track="#0a6c8a",
    watch="#836000",
    behind="#b04f08",
    critical="#b93a0c",
    late="#b3201f",
)

DARK: Final = Palette(
    page="#0f151b",
    surface="#1a222b",
    ink="#eef2f6",
    muted="#a9b4bf",
    grid="#2b353f",
    rule="#3a4652",
    quota="#98a3ae",
    used="#5fb0f5",
    issued="#3ecf97",
    used_ramp=("#1c2c3d", "#5fb0f5"),
    issued_ramp=("#193129", "#3ecf97"),
    gap_ramp=("#f08a3c", "#27313b", "#4db8d8"),
    done="#3ecf97",
    on_track="#5cc9e6",
    watch="#e3bb3f",
    behind="#f59a4a",
    critical="#ff9166",
    late="#ff7d73",
)


def palette(dark: bool) -> Palette:
    """
    >>> palette(dark=True) is DARK
    True
    """
    return DARK if dark else LIGHT
