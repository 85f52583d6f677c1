"""A file in work read and read again: by itself, with what its sender's last file needed, with what a person chose."""

import logging
from collections.abc import Iterable
from typing import Any

from halal_metrics.sheets import UnreadableFile, Upload, read_upload
from halal_store import Store
from halal_ui.intake.choices import Choices, recalled
from halal_ui.intake.dry_run import Check, dry_run
from halal_ui.intake.first_rows import first_rows
from halal_ui.intake.item import UploadItem
from halal_ui.intake.questions import Institutions
from halal_ui.intake.saved_mappings import SavedMapping, guessed_sender, matching, shape_of
from halal_ui.turns import aside
from halal_ui.words import uploads


def look(item: UploadItem, known: Iterable[SavedMapping]) -> None:
    """Reads a file for the first time: by itself, and then with what was chosen for its sender's last file."""
    read(item)
    item.shape = shape_of(item.upload) if item.upload else ""
    item.sender = guessed_sender(item.filename, item.upload)
    recall(item, known)


def read(item: UploadItem) -> None:
    """
    Reads a file with the choices made, if it has not been read with them yet. Others have their turns meanwhile.

    What cannot be read is said in `trouble`, and what was read before stays.
    """
    if item.read_as == item.choices.digest:
        return
    try:
        with aside():
            item.upload = _read(item, **item.choices.arguments())
        item.trouble = ""
    except UnreadableFile as reason:
        item.trouble = str(reason)
    except ValueError:  # a column or a sheet that is not there: a choice recalled from another file
        item.trouble = uploads.DOES_NOT_FIT
        item.choices = Choices(table=item.choices.table)
        if item.upload is None:
            item.upload = _read(item)
    except Exception:  # a fault of ours, and no reason to keep the other files out
        logging.getLogger(__name__).exception("%s could not be read", item.filename)
        item.trouble = uploads.FAULT
    item.read_as, item.check = item.choices.digest, None
    item.reading += 1


def _read(item: UploadItem, **choices: Any) -> Upload:
    meanings = choices.pop("meanings", {})
    lp3h = {**(item.institutions.spelled or {}), **meanings.get("lp3h", {})}
    choices |= {"meanings": meanings | ({"lp3h": lp3h} if lp3h else {}), "received": item.received}
    return read_upload(item.content, filename=item.filename, codes=item.codes, **choices)


def know(item: UploadItem, institutions: Institutions) -> None:
    """From here on these LP3H are known; a file that names one of them is read again."""
    if item.institutions != institutions:
        item.institutions = institutions
        if item.upload is not None and not item.frozen and institutions.change(item.upload):
            item.read_as = ""
            read(item)


def recall(item: UploadItem, known: Iterable[SavedMapping]) -> None:
    """
    Uses what was chosen for the sender's last file of this shape, if anything was. Where a header row had been chosen
    the shape can only be seen by reading with it.
    """
    known = list(known)
    found = matching(known, sender=item.sender, shape=item.shape) if item.shape else None
    if found is not None:
        _use(item, found)
        return
    for one in known:
        if one.sender == item.sender and one.choices.get("header_rows"):
            before = item.choices
            _use(item, one)
            if not item.trouble and item.upload is not None and shape_of(item.upload) == one.shape_read:
                return
            item.choices, item.saved_mapping = before, None
            read(item)


def _use(item: UploadItem, found: SavedMapping) -> None:
    if not found.choices:
        return
    item.choices = recalled(found.choices, sheet_names(item))
    item.saved_mapping = found
    read(item)


def forget(item: UploadItem) -> None:
    """Reads the file as the reader takes it by itself; mended cells stay."""
    item.choices = Choices(corrections=item.choices.corrections)
    item.saved_mapping = None


def mend(item: UploadItem) -> None:
    """What was typed counts from now on; the file is to be read again."""
    item.choices = item.choices.with_corrections(item.pending)
    item.pending = {}


def sheet_names(item: UploadItem) -> list[str]:
    """All sheets, as far as the file could be read at all."""
    if item.upload is not None:
        return [record.name for record in item.upload.sheets]
    return list(first_rows(item.content, item.filename))


def check(item: UploadItem, store: Store) -> Check | None:
    """
    What committing the file would do to what is known now; looked up if neither has changed. None for a file that
    could not be read, or that is committed.
    """
    if item.upload is None or item.trouble or item.stored is not None:
        return None
    if item.check is None or (item.check.version, item.check.read_as) != (store.version, item.read_as):
        with aside():
            item.check = dry_run(item.upload, store, read_as=item.read_as, codes=item.codes)
    return item.check
