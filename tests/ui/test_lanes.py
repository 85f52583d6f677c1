"""Words in lines over a time chart: none over another, on the lowest line there is, and no line too many."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from halal_ui.look.lanes import Lane, anchored, in_lanes, kept_between, side_of

PLACES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 0.2, 0.5, 0.8, 1.0]))
LABELS = st.lists(st.tuples(PLACES, st.text("am", max_size=30)), max_size=12)
BEGINS = st.sampled_from([anchored(0.2), anchored(0.25), kept_between(0.0, 1.0)])
MOST = st.none() | st.integers(1, 4)
GAPS = st.sampled_from([0.0, 0.05])
EPSILON = 1e-9


def width(text: str) -> float:
    return len(text) / 40


def apart(one: Lane, other: Lane, gap: float) -> bool:
    return one.begin >= other.end + gap - EPSILON or other.begin >= one.end + gap - EPSILON


@given(LABELS, BEGINS, MOST, GAPS)
def test_no_two_texts_of_a_line_touch(labels, begin, most, gap):
    """Whatever there is to say on whichever days, and however many lines there are."""
    lanes = [lane for lane in in_lanes(labels, width, begin=begin, most=most, gap=gap) if lane]
    for one, other in combinations(lanes, 2):
        assert one.line != other.line or apart(one, other, gap)


@given(LABELS, BEGINS, MOST, GAPS)
def test_the_lowest_free_line_is_taken(labels, begin, most, gap):
    """On each line below its own a text would run into one that came before; left out, it would on every line."""
    lanes = in_lanes(labels, width, begin=begin, most=most, gap=gap)
    for number, (lane, (place, text)) in enumerate(zip(lanes, labels, strict=True)):
        left = begin(place, width(text))[1]
        here = Lane(0, "left", left, left + width(text))
        before = [one for one in lanes[:number] if one]
        below = range(lane.line if lane else most or 0)
        assert lane or most is not None
        for line in below:
            assert any(not apart(here, one, gap + 2 * EPSILON) for one in before if one.line == line)


@given(LABELS, BEGINS, st.integers(1, 4))
def test_no_line_beyond_the_most(labels, begin, most):
    """Without a limit every text has its place; with one the lines are fewer, and the first text always has one."""
    limited = in_lanes(labels, width, begin=begin, most=most)
    assert all(lane.line < most for lane in limited if lane)
    assert all(limited[:1])
    assert all(in_lanes(labels, width, begin=begin))


@given(LABELS)
def test_a_text_is_as_wide_as_it_is_said_to_be(labels):
    """It begins at its place near the left end, ends there near the right one, else stands over it."""
    lanes = in_lanes(labels, width, begin=anchored(0.2))
    for (place, text), lane in zip(labels, lanes, strict=True):
        assert lane is not None
        assert lane.end - lane.begin == pytest.approx(width(text))
        at = {"left": lane.begin, "center": (lane.begin + lane.end) / 2, "right": lane.end}[side_of(place, 0.2)]
        assert at == pytest.approx(place)
        assert lane.side == side_of(place, 0.2)


@given(LABELS)
def test_a_text_kept_between_two_ends_is_within_them(labels):
    """And over its place where that leaves it there."""
    for (place, _), lane in zip(labels, in_lanes(labels, width, begin=kept_between(0.0, 1.0)), strict=True):
        assert lane is not None
        assert lane.begin >= 0
        assert lane.end <= 1 + EPSILON
        over = (lane.begin + lane.end) / 2 == pytest.approx(place, abs=EPSILON)
        assert over or lane.begin == 0 or lane.end == pytest.approx(1)


def test_who_comes_first_keeps_its_line():
    """With one line, the second of two texts on one day is left out, and a third elsewhere is not."""
    lanes = in_lanes([(0.5, "a" * 8), (0.5, "m" * 8), (0.9, "a" * 4)], width, begin=anchored(0.2), most=1)
    assert [lane and lane.line for lane in lanes] == [0, None, 0]
