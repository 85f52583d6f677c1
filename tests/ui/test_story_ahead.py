"""What a meeting's story tells of what is to come, and what it says until that is figured."""

import pandas as pd
import pytest

from halal_store import Store
from halal_ui.snapshot.meeting_set import meeting_set
from halal_ui.snapshot.programme import programme
from halal_ui.story import story
from halal_ui.words.formats import fmt_count


@pytest.fixture(scope="module")
def store(demo_to, tmp_path_factory) -> Store:
    return Store(demo_to(tmp_path_factory.mktemp("told") / "store"), time_zone=programme().time_zone)


@pytest.fixture(scope="module")
def found(store):
    return meeting_set(store.meeting("R-2025-06-04"))


def test_what_takes_seconds_to_figure_is_waited_for(store):
    """The slides are told at once, those of what is to come saying that they are being figured; then all are there."""
    found = meeting_set(store.meeting("R-2025-05-21"))
    quick = story(found, wait=False)
    assert quick.slide("ramalan").title == quick.slide("rencana-pekanan").title == "Ramalan sedang dihitung …"
    whole = story(found)
    assert [slide.key for slide in whole.slides] == [slide.key for slide in quick.slides]
    assert whole.slide("ramalan").picture is not None
    assert story(found, wait=False) is whole


def test_the_bands_begin_on_the_day_looked_at_and_end_on_the_date_of_verdicts(found):
    """What is drawn is the forecast of the title, from today's figures on."""
    told = story(found).slide("ramalan")
    picture, ahead = told.picture, found.numbers.foresight
    for column, band in picture.bands():
        assert band["date"].iloc[0] == found.meeting.as_of
        assert band["date"].iloc[-1] == pd.Timestamp(ahead.target)
        row = picture.frame[picture.frame["date"] == found.meeting.as_of].iloc[0]
        assert band["p10"].iloc[0] <= row[column] <= band["p90"].iloc[0]
        assert f"{fmt_count(band['p10'].iloc[-1])}–{fmt_count(band['p90'].iloc[-1])}" in told.title
