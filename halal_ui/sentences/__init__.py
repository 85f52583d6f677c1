"""
One sentence that answers a page's question, from the frames behind it.

Plain text, active, no blame: a place is behind a plan, it has not failed. Every number has its unit, and a
sentence that warns says what to do. `gaps` and the like have one row a group; a frame called whole (`by=()`)
has one row. `measure` is that of `deadline_gaps`.
"""

from halal_ui.sentences.foresight import (
    DECIDES,
    beyond,
    curve_legend,
    decides,
    holding_back,
    lagging,
    not_foreseen,
    programme_question,
    verdict,
    what_binds,
    when_reached,
)
from halal_ui.sentences.groups import deadlines_answer, furthest_behind, gap_holders, lp3h_answer, quiet_lp3h
from halal_ui.sentences.meeting import (
    action_line,
    actions_answer,
    changes_since_answer,
    curve_answer,
    due_answer,
    due_phrase,
    first_meeting,
    halves,
    moved,
    not_reporting_answer,
    number_phrase,
    obstacle_line,
    obstacle_name,
    obstacles_answer,
    opened,
    restated_line,
    titled,
)
from halal_ui.sentences.programme import funnel_answer, pace_needed, standing, what_it_takes, where_we_stand
from halal_ui.sentences.seen import data_as_of, scope_in_words
from halal_ui.sentences.weekly import no_week, submit_by, weekly_answer, weekly_bound
from halal_ui.words.shortened import shortened

__all__ = [
    "DECIDES",
    "action_line",
    "actions_answer",
    "beyond",
    "changes_since_answer",
    "curve_answer",
    "curve_legend",
    "data_as_of",
    "deadlines_answer",
    "decides",
    "due_answer",
    "due_phrase",
    "first_meeting",
    "funnel_answer",
    "furthest_behind",
    "gap_holders",
    "halves",
    "holding_back",
    "lagging",
    "lp3h_answer",
    "moved",
    "no_week",
    "not_foreseen",
    "not_reporting_answer",
    "number_phrase",
    "obstacle_line",
    "obstacle_name",
    "obstacles_answer",
    "opened",
    "pace_needed",
    "programme_question",
    "quiet_lp3h",
    "restated_line",
    "scope_in_words",
    "shortened",
    "standing",
    "submit_by",
    "titled",
    "verdict",
    "weekly_answer",
    "weekly_bound",
    "what_binds",
    "what_it_takes",
    "when_reached",
    "where_we_stand",
]
