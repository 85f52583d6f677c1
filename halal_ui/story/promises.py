"""What hinders, what was decided, and who does what until when."""

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from halal_ui import sentences
from halal_ui.look.cards import Card
from halal_ui.story.pictures import Bar, Bars
from halal_ui.story.slide import Slide
from halal_ui.views.shown import Table
from halal_ui.words.columns import Column
from halal_ui.words.formats import fmt_count, fmt_rate
from halal_ui.words.notes import ACTION_MARK, ACTION_STATUS, CAN_ACT
from halal_ui.words.shortened import named

if TYPE_CHECKING:
    from halal_ui.snapshot.meeting_set import MeetingSet

ACTIONS: Final = {
    "action": Column("Tindak lanjut", "text"),
    "responsible": Column("Penanggung jawab", "text"),
    "due": Column("Tenggat", "text"),
    "status": Column("Status", "text"),
    "number": Column("Angkanya", "text"),
}
"""The matrix of actions, as it fits a slide."""

OBSTACLES: Final = 7
ROWS: Final = 5
FIRST_ROWS: Final = 4
"""Rows of a slide; the first slide of actions has the decisions too."""
DECISIONS: Final = 4


def promises(found: "MeetingSet") -> list[Slide]:
    """The slides `kendala` and `tindak-lanjut`, and `…-2`, `…-3` where there are more than fit one."""
    return [*_obstacles(found), *_actions(found)]


def _obstacles(found: "MeetingSet") -> list[Slide]:
    rows = found.obstacles
    title = sentences.obstacles_answer(rows)
    if rows.empty:
        return [Slide("kendala", "Kendala", title)]
    longest = max(float(rows["at_stake"].max()), 1.0)
    every = rows.to_dict("records")
    pages = [every[start : start + OBSTACLES] for start in range(0, len(every), OBSTACLES)]
    figures = (
        Card("Kendala terbuka", fmt_count(len(rows)), "kendala"),
        Card("Tertahan", fmt_count(rows["at_stake"].sum()), "sertifikat", "tanpa hitung ganda", tone="behind"),
    )
    return [
        Slide(
            key=_numbered("kendala", page),
            name=_named("Kendala", page),
            title=title if page == 1 else f"Kendala lainnya, {fmt_count(len(of_page))} dari {fmt_count(len(rows))}.",
            figures=figures if page == 1 else (),
            picture=Bars(
                name="Tertahan per kendala",
                unit="sertifikat",
                bars=tuple(_bar(row, longest if page > 1 else None) for row in of_page),
                alt="; ".join(
                    f"{sentences.obstacle_name(row)}: {fmt_count(row['at_stake'])} sertifikat" for row in of_page
                )
                + ".",
            ),
        )
        for page, of_page in enumerate(pages, 1)
    ]


def _bar(row: dict[Any, Any], of: float | None) -> Bar:
    return Bar(
        label=sentences.obstacle_name(row),
        value=float(row["at_stake"]),
        text=f"{fmt_count(row['at_stake'])} sertifikat",
        of=of,
        note=f"giliran {named(CAN_ACT, row['actor'])} · kumulatif {fmt_rate(row['cumulative_share'], digits=0)}",
        tone="behind",
    )


def _actions(found: "MeetingSet") -> list[Slide]:
    rows = found.actions[found.actions["status"] != "cancelled"]
    decided = found.meeting.decisions
    decided = decided[decided["meeting"] == found.meeting.id]
    shown = [sentences.shortened(text, 130) for text in decided["text"].head(DECISIONS)]
    more = len(decided) - len(shown)
    lines = [f"Keputusan: {text}" for text in shown]
    lines += [f"Dan {fmt_count(more)} keputusan lain: lihat notulen."] if more > 0 else []
    on_first = len(rows) if len(rows) <= ROWS else FIRST_ROWS
    first = Slide(
        key="tindak-lanjut",
        name="Tindak lanjut",
        title=sentences.actions_answer(rows, len(decided)),
        tables=(_table(rows.head(on_first)),) if len(rows) else (),
        lines=tuple(lines),
    )
    starts = range(on_first, len(rows), ROWS)
    return [
        first,
        *(
            Slide(
                key=_numbered("tindak-lanjut", page),
                name=_named("Tindak lanjut", page),
                title=_of_all(start + 1, min(start + ROWS, len(rows)), len(rows)),
                tables=(_table(rows.iloc[start : start + ROWS]),),
            )
            for page, start in enumerate(starts, 2)
        ),
    ]


def _table(rows: pd.DataFrame) -> Table:
    caption = "Matriks tindak lanjut, yang lewat tenggat lebih dulu"
    return Table(as_rows(rows), caption=caption, name="tindak-lanjut", columns=ACTIONS)


def as_rows(actions: pd.DataFrame) -> pd.DataFrame:
    """Actions as they are written: texts that fit, the due date with how late it is, the number then and now."""
    rows = [
        {
            "action": sentences.shortened(row["action"], 110),
            "responsible": sentences.shortened(row["responsible"], 70),
            "due": sentences.due_phrase(row),
            "status": _status(row),
            "number": sentences.number_phrase(row),
        }
        for row in actions.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(ACTIONS), dtype="str")


def _status(row: dict[Any, Any]) -> str:
    """
    >>> _status({"status": "doing", "overdue": True}), _status({"status": "done", "overdue": False})
    ('▼ Proses, lewat tenggat', '✓ Selesai')
    """
    word = named(ACTION_STATUS, row["status"])
    return f"▼ {word}, lewat tenggat" if row["overdue"] else f"{ACTION_MARK.get(row['status'], '○')} {word}"


def _of_all(first: int, last: int, count: int) -> str:
    """
    >>> _of_all(5, 9, 12), _of_all(10, 10, 10)
    ('Tindak lanjut ke-5 sampai ke-9 dari 12.', 'Tindak lanjut ke-10 dari 10.')
    """
    until = f" sampai ke-{last}" if last > first else ""
    return f"Tindak lanjut ke-{first}{until} dari {fmt_count(count)}."


def _numbered(key: str, page: int) -> str:
    return key if page == 1 else f"{key}-{page}"


def _named(name: str, page: int) -> str:
    return name if page == 1 else f"{name} ({page})"
