"""Colours and words that all pictures share."""

import json
from dataclasses import fields
from itertools import combinations

import numpy as np
import pytest

from halal_metrics.backlog import ACTORS
from halal_metrics.deadlines import STATUS
from halal_metrics.schema import STAGES
from halal_ui.charts.canvas import blend, legible_on, luminance
from halal_ui.charts.template import CONFIG, SEPARATORS, template
from halal_ui.look.palette import DARK, LIGHT, Palette
from halal_ui.words import labels

MODES = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
NOT_TEXT = {"page", "surface", "grid", "rule", "used_ramp", "issued_ramp", "gap_ramp"}
TEXT = [field.name for field in fields(Palette) if field.name not in NOT_TEXT]

# What the two common kinds of colour-blind see, on linear RGB (Machado, Oliveira, Fernandes 2009, severity 1).
SEEN_BY = {
    "protanope": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranope": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
}
TO_XYZ = [[0.4339, 0.3762, 0.1899], [0.2127, 0.7152, 0.0722], [0.0178, 0.1095, 0.8727]]  # over D65 white


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, seen_by: str) -> np.ndarray:
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    x, y, z = np.cbrt(np.array(TO_XYZ) @ np.clip(np.array(SEEN_BY[seen_by]) @ linear, 0, 1))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@MODES
@pytest.mark.parametrize("name", TEXT)
def test_text_is_legible(colours: Palette, name: str):
    """Every colour that is written with has 4,5 to 1 on the page and on cards (WCAG 2, level AA)."""
    assert contrast(getattr(colours, name), colours.page) >= 4.5
    assert contrast(getattr(colours, name), colours.surface) >= 4.5


@MODES
@pytest.mark.parametrize("seen_by", SEEN_BY)
def test_the_colour_blind_tell_used_issued_and_behind_apart(colours: Palette, seen_by: str):
    """The three colours that stand next to each other differ clearly (ΔE over 25) to one man in twelve too."""
    for one, other in combinations((colours.used, colours.issued, colours.behind), 2):
        assert np.linalg.norm(lab(one, seen_by) - lab(other, seen_by)) > 25


@MODES
@pytest.mark.parametrize("ramp", ["used_ramp", "issued_ramp", "gap_ramp"])
def test_numbers_on_tiles_are_legible(colours: Palette, ramp: str):
    """On any colour of a ramp, black or white has 4,5 to 1."""
    for share in np.linspace(0, 1, 101):
        paint = blend(getattr(colours, ramp), share)
        assert contrast(paint, legible_on(paint)) >= 4.5


def test_every_status_has_a_word_a_mark_and_a_colour_of_its_own():
    """Colour never speaks alone."""
    assert set(labels.STATUS_LABEL) == set(labels.STATUS_MARK) == set(STATUS)
    assert len(set(labels.STATUS_LABEL.values())) == len(set(labels.STATUS_MARK.values())) == len(STATUS)
    assert all(len({getattr(colours, status) for status in STATUS}) == len(STATUS) for colours in (LIGHT, DARK))


def test_every_stage_and_every_wait_has_words():
    """Whatever the metrics can name, the screen can say."""
    assert list(labels.STAGE_LABEL) == list(labels.STAGE_SHORT) == ["quota", *STAGES]
    assert set(labels.WAITING_LABEL) == set(ACTORS)
    assert set(labels.ACTOR_LABEL) == set(ACTORS.values())


@pytest.mark.parametrize("dark", [False, True])
def test_the_template_is_small(dark: bool):
    """Every figure carries it to every browser; plotly's own has 6,5 kB."""
    assert len(json.dumps(template(dark))) < 1200


def test_plotly_is_given_indonesian_names():
    """Its bundle has none, and nothing may be fetched."""
    names = CONFIG["locales"][CONFIG["locale"]]["format"]
    assert [names["months"][4], names["shortMonths"][7], names["shortMonths"][11]] == ["Mei", "Agu", "Des"]
    assert names["decimal"] + names["thousands"] == SEPARATORS
    assert CONFIG["displayModeBar"] is False
