"""A file against what the log knows: what committing it would do, and what it did."""

from dataclasses import dataclass

import pandas as pd

from halal_metrics.sheets import Upload
from halal_store import Preview, Store
from halal_ui.intake.changes import Rates
from halal_ui.intake.effect import Effect


@dataclass(frozen=True)
class Check:
    """What committing a file would do, as the log stood at `version`."""

    version: str
    read_as: str
    preview: Preview
    effect: Effect

    @property
    def before(self) -> Rates:
        return self.effect.before

    @property
    def after(self) -> Rates:
        return self.effect.after


def dry_run(upload: Upload, store: Store, *, read_as: str, codes: tuple[str, ...] = ()) -> Check:
    """What committing a file now would do, all of it; `read_as` names the choices it was read with."""
    version, preview = store.version, store.preview(upload)
    effect = Effect(preview, store.clock.local(store.clock.now()).date(), codes)
    return Check(version, read_as, preview, effect.work_out())


def doubted(check: Check | None) -> str:
    """What a check found that a person should look at before it is saved, in a few words; "" where there is nothing."""
    twice = check is not None and check.effect.twice
    return "sebagian barisnya mungkin sudah tersimpan: lihat langkah Periksa" if twice else ""


@dataclass(frozen=True)
class Stored:
    """What committing it did."""

    upload_id: str
    received_at: pd.Timestamp
    by: str
    counts: dict[str, int]
    before: Rates
    after: Rates


def touched(upload: Upload, preview: Preview) -> list[str | None]:
    """The institutions of a file's rows, and those that the changed ones had before: whose data a commit writes."""
    columns = [(upload.frame, "lp3h"), (preview.changed, "lp3h_before")]
    names = pd.concat([frame[name] for frame, name in columns if name in frame] or [pd.Series(dtype="str")])
    return [None if pd.isna(name) else str(name) for name in names.tolist()]


def held(history: pd.DataFrame, sha256: str) -> pd.DataFrame:
    """The uploads of these very bytes that count, one for each of its tables that was committed."""
    return history.loc[history["sha256"].eq(sha256) & history["undone_at"].isna()]
