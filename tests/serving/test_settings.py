"""The settings of .streamlit/config.toml."""

import tomllib
from collections.abc import Iterator

import pytest
from serve import ROOT
from streamlit import config

from halal_ui.look.palette import DARK, LIGHT, Palette

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def options(settings: dict, section: str = "") -> Iterator[str]:
    """
    >>> list(options({"runner": {"magicEnabled": False}, "theme": {"dark": {"textColor": "#fff"}}}))
    ['runner.magicEnabled', 'theme.dark.textColor']
    """
    for name, value in settings.items():
        yield from options(value, f"{section}{name}.") if isinstance(value, dict) else [f"{section}{name}"]


def test_every_setting_is_one_streamlit_knows():
    """A misspelt option, or one that an upgrade has dropped, would be passed over in silence."""
    assert not set(options(SETTINGS)) - set(config._config_options_template)


def test_nothing_of_ours_is_shown_in_an_error():
    """A visitor sees neither tracebacks nor links that send them to search engines, and no developer's menu."""
    assert SETTINGS["client"] == {"showErrorDetails": "none", "showErrorLinks": False, "toolbarMode": "viewer"}


@pytest.mark.parametrize(("mode", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_streamlit_and_the_charts_have_the_same_colours(mode: str, palette: Palette):
    """What Streamlit paints around a chart is what the chart is painted on."""
    assert SETTINGS["theme"][mode] == {
        "backgroundColor": palette.page,
        "secondaryBackgroundColor": palette.surface,
        "textColor": palette.ink,
        "borderColor": palette.rule,
        "primaryColor": palette.used,
        "linkColor": palette.used,
    }
