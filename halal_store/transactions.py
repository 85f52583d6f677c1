"""
What lies in a store, and how Delta keeps it.

    log/_delta_log/<version>.json     the transactions; Delta's own, so that other programs read the table
    log/<entry>.parquet               the rows of an entry
    originals/<sha256>                the files as they were sent
    witness/<version>.<sha256>        empty: the transaction of that version exists and has that digest
    cache/                            folds; made anew when missing or damaged
    in_work/                          what is being worked on and not committed yet (see `in_work`): no part of the log

Delta takes the newest transaction it finds for the newest there is: with its last file gone it shows, without a word,
the table as it was before. A witness is written after each transaction, so a transaction without one at the end is
the mark of a killed process and is accepted; a witness without its transaction is a loss. A transaction carries the
digest of its rows, its head that of the original. Entries are never removed: no vacuum, no clean-up, and no
checkpoints, which would be a second place for the same truth (opening 1.000 transactions takes 0,2 s without).
"""

import hashlib
import json
import logging
import re
import time
from typing import Any, Final

import pandas as pd
from deltalake import CommitProperties, DeltaTable, PostCommitHookProperties, Schema
from deltalake.transaction import AddAction

from halal_store.entries import COLUMNS, Entry
from halal_store.errors import damaged

LOG = logging.getLogger(__name__)

TRANSACTION: Final = re.compile(r"(\d{20})\.json")
WITNESS: Final = re.compile(r"(\d{20})\.([0-9a-f]{64})")
HEAD: Final = "pantauHalal"
"""The key of an entry's head in Delta's commitInfo."""

PROPERTIES: Final = {
    "delta.appendOnly": "true",
    "delta.enableExpiredLogCleanup": "false",
    "delta.checkpointInterval": "1000000000",
    "delta.logRetentionDuration": "interval 36500 days",
    "delta.deletedFileRetentionDuration": "interval 36500 days",
}
NO_HOOKS: Final = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)


def make_table(url: str, storage_options: dict[str, str] | None) -> None:
    """The empty table: the first transaction."""
    DeltaTable.create(
        url,
        Schema.from_arrow(COLUMNS),
        mode="error",
        description="Pantau Halal: setiap unggahan, pembatalan dan keputusan, menurut urutan terima",
        configuration=PROPERTIES,
        storage_options=storage_options,
        post_commithook_properties=NO_HOOKS,
    )


def widened(table: DeltaTable) -> bool:
    """Whether the table lacked columns of today, and has got them: by a transaction of its own, without an entry."""
    there = {field.name for field in table.schema().fields}
    lacking = [field for field in Schema.from_arrow(COLUMNS).fields if field.name not in there]
    if lacking:
        table.alter.add_columns(lacking, post_commithook_properties=NO_HOOKS)
    return bool(lacking)


def append(table: DeltaTable, head: dict[str, Any]) -> None:
    """The transaction right behind the table's version, or DeltaError: its number is never another than expected."""
    # no least and greatest values: they would put names and addresses into the log
    stats = json.dumps({"numRecords": head["records"]})
    table.create_write_transaction(
        [AddAction(head["file"], head["size"], {}, int(time.time() * 1000), True, stats)],
        mode="append",
        schema=table.schema(),
        commit_properties=CommitProperties(custom_metadata={HEAD: head}, max_commit_retries=0),
        post_commithook_properties=NO_HOOKS,
    )


def entry_in(name: str, number: int, content: bytes) -> Entry | None:
    """The entry of a transaction; None for one that only says what the table looks like."""
    try:
        actions = [json.loads(line) for line in content.splitlines()]
        head = next((action["commitInfo"].get(HEAD) for action in actions if "commitInfo" in action), None)
        if head is None:
            if any(action.keys() & {"add", "remove"} for action in actions):
                raise KeyError(HEAD)  # another program's rows: what they say of uploads nobody vouches for
            return None
        received_at = pd.Timestamp(head["received_at"]).as_unit("us")
        return Entry(number, head, received_at, head["file"], head["size"], head["file_sha256"])
    except (ValueError, KeyError, TypeError, AttributeError) as reason:
        LOG.warning("%s: %r", name, reason)
        raise damaged(name, "rusak") from reason


def number_of(name: str) -> int | None:
    told = TRANSACTION.fullmatch(name)
    return int(told[1]) if told else None


def transaction_file(number: int) -> str:
    return f"log/_delta_log/{number:020}.json"


def witness_file(number: int, digest: str) -> str:
    return f"witness/{number:020}.{digest}"


def version_name(number: int, digest: str) -> str:
    return f"{number}-{digest[:12]}"


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
