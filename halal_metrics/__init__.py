"""Metrics of a certification programme: quota → submission → certificate, as additive counts."""

from halal_metrics.absorption import absorption
from halal_metrics.action_numbers import action_numbers
from halal_metrics.activity import active_p3h, activity
from halal_metrics.at_stake import at_stake
from halal_metrics.backlog import backlog, returned
from halal_metrics.backlog_ages import backlog_ages
from halal_metrics.calendar import Calendar
from halal_metrics.changes_since import changes_since, changes_since_rows
from halal_metrics.completeness import completeness
from halal_metrics.contradictions import contradictions
from halal_metrics.deadlines import deadline_gaps, plan, progress_curve
from halal_metrics.drilldown.rows import Drilldown, drilldown
from halal_metrics.duplicates import duplicates
from halal_metrics.durations import durations, survival
from halal_metrics.event_effects import event_effects
from halal_metrics.extra_quota import ExtraQuota, extra_quota
from halal_metrics.forecast import finish_chances, finish_dates, forecast
from halal_metrics.freshness import freshness
from halal_metrics.funnel import funnel
from halal_metrics.not_reporting import not_reporting
from halal_metrics.open_problems import open_problems
from halal_metrics.outcomes import Outcomes, outcomes
from halal_metrics.outlook import outlook
from halal_metrics.programmes import of_programme
from halal_metrics.progress import progress
from halal_metrics.reallocation import reallocation, transfers
from halal_metrics.reconciling.reconcile import Reconciliation, reconcile
from halal_metrics.sheets import UnreadableFile, Upload, read_upload
from halal_metrics.shortfall import shortfall, start_finish
from halal_metrics.spells import spells
from halal_metrics.stalled import stalled
from halal_metrics.trend import trend
from halal_metrics.weekly_plan import WeeklyPlan, weekly_plan

__all__ = [
    "Calendar",
    "Drilldown",
    "ExtraQuota",
    "Outcomes",
    "Reconciliation",
    "UnreadableFile",
    "Upload",
    "WeeklyPlan",
    "absorption",
    "action_numbers",
    "active_p3h",
    "activity",
    "at_stake",
    "backlog",
    "backlog_ages",
    "changes_since",
    "changes_since_rows",
    "completeness",
    "contradictions",
    "deadline_gaps",
    "drilldown",
    "duplicates",
    "durations",
    "event_effects",
    "extra_quota",
    "finish_chances",
    "finish_dates",
    "forecast",
    "freshness",
    "funnel",
    "not_reporting",
    "of_programme",
    "open_problems",
    "outcomes",
    "outlook",
    "plan",
    "progress",
    "progress_curve",
    "read_upload",
    "reallocation",
    "reconcile",
    "returned",
    "shortfall",
    "spells",
    "stalled",
    "start_finish",
    "survival",
    "transfers",
    "trend",
    "weekly_plan",
]
