"""What of an upload on its way is kept while nothing of it is committed, and how it is taken up again."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from halal_ui.intake.choices import cells_as_json, cells_of, choices_of
from halal_ui.intake.item import UploadItem, item_of
from halal_ui.intake.reading import read
from halal_ui.intake.saved_mappings import SavedMapping


def facts_of(item: UploadItem) -> dict[str, Any]:
    """
    All that a person brought to a file, as JSON; what the reader makes of it is made anew.

    >>> item = item_of("data.xlsx", b"x")
    >>> item.note, item.pending = "lewat WA", {("Mei", 4, "NIB"): "9900000000001"}
    >>> facts = facts_of(item)
    >>> facts["filename"], facts["note"], facts["pending"]
    ('data.xlsx', 'lewat WA', [['Mei', 4, 'NIB', '9900000000001']])
    >>> facts_of(taken_up(facts, b"x")) == facts
    True
    """
    return {
        "filename": item.filename,
        "dropped": item.dropped,
        "received": item.received,
        "number": item.number,
        "table": item.other_table,
        "sender": item.sender,
        "shape": item.shape,
        "saved_mapping": item.saved_mapping and item.saved_mapping.facts,
        "choices": item.choices.facts,
        "pending": cells_as_json(item.pending),
        "agreed": [*item.agreed],
        "note": item.note,
    }


def taken_up(facts: Mapping[str, Any], content: bytes, codes: tuple[str, ...] = ()) -> UploadItem:
    """
    The file with all that was brought to it, read as it was read then. What an older version did not keep is as with a
    new file. KeyError, TypeError, ValueError: these are no facts of a file.
    """
    item = item_of(facts["filename"], content, table=facts.get("table"), codes=codes)
    bring(item, facts)
    read(item)
    return item


def bring(item: UploadItem, facts: Mapping[str, Any]) -> None:
    """Gives a file all that was brought to it; it is to be read again. Errors as with `taken_up`, and nothing given."""
    choices, pending = choices_of(facts.get("choices", {})), cells_of(facts.get("pending", ()))
    saved = facts.get("saved_mapping")
    mapping = SavedMapping(**{each.name: saved[each.name] for each in fields(SavedMapping)}) if saved else None
    for name in {"dropped", "received", "number", "sender", "shape", "note"} & facts.keys():
        setattr(item, name, facts[name])
    item.choices, item.pending, item.saved_mapping = choices, pending, mapping
    item.agreed = tuple(facts.get("agreed", ()))
