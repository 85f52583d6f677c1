"""The tables of a calibration: bands, chances, plans, and what raised."""

import numpy as np
import pandas as pd
from cases import interval_score

CASE = ["regime", "seed", "as_of"]


def show(tables: dict[str, pd.DataFrame]) -> None:
    pd.set_option("display.width", 200, "display.max_columns", 30, "display.max_rows", 200)
    pd.set_option("display.float_format", lambda value: f"{value:.3f}")
    failures(tables["failures"])
    if len(tables["bands"]):
        bands(tables["bands"])
    if len(tables["chances"]):
        chances(tables["chances"])
    if len(tables["plans"]):
        plans(tables["plans"])


def failures(rows: pd.DataFrame) -> None:
    if len(rows):
        print(f"\nRAISED {len(rows)} times; the first:\n{rows.iloc[0]['text']}")
        print(rows[[*CASE, "where"]].head(20).to_string())
        print(rows["text"].str.strip().str.rsplit("\n", n=1).str[-1].value_counts().to_string())


def bands(rows: pd.DataFrame) -> None:
    """p10–p90 against the truth; ± is a standard error over programmes, since days of one programme go together."""
    rows = rows.assign(
        inside=rows["truth"].between(rows["p10"], rows["p90"]),
        below=rows["truth"] < rows["p10"],
        above=rows["truth"] > rows["p90"],
        over_half=(rows["truth"] > rows["p50"]) + (rows["truth"] == rows["p50"]) / 2,
        bias=(rows["mean"] - rows["truth"]) / rows["quota"],
        width=(rows["p90"] - rows["p10"]) / rows["quota"],
        score=interval_score(rows["p10"], rows["p90"], rows["truth"]) / rows["quota"],
        naive=interval_score(rows["naive_low"], rows["naive_high"], rows["truth"]) / rows["quota"],
        naive_inside=rows["truth"].between(rows["naive_low"], rows["naive_high"]),
        one_value=rows["p10"] == rows["p90"],
    )
    rows = rows[rows["quota"] > 0]
    whole = rows[rows["by"] == "all"]
    for measure in ("used", "issued"):
        own = whole[whole["measure"] == measure]
        print(
            f"\nBANDS of {measure}, the whole programme, both horizons (goal: 0.77–0.83 together, no regime under 0.70)"
        )
        print(_table(own, ["regime"]).to_string())
        print(_table(own, ["horizon"]).to_string())
    parts = rows[rows["by"] != "all"]
    print("\nBANDS of parts (goal: 0.75–0.92)")
    print(_table(parts, ["by", "measure"]).drop(columns=["score", "naive_inside"]).to_string())
    print("\nParts inside, by regime")
    print(parts.pivot_table(index="regime", columns=["by", "measure"], values="inside").to_string())


def _table(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    rows = rows.assign(shown=rows[keys].agg(" ".join, axis=1))
    together = pd.concat([rows, rows.assign(shown="TOGETHER")]) if len(keys) == 1 else rows
    grouped = together.groupby("shown", sort=False)
    table = grouped[["inside", "below", "above"]].mean()
    table.insert(1, "±", [_clustered(one, "inside") for _, one in grouped])
    moving = together[~together["one_value"]].groupby("shown")
    table["inside_if_a_band"] = moving["inside"].mean()
    table["one_value"] = grouped["one_value"].mean()
    table[["over_p50", "bias", "width"]] = grouped[["over_half", "bias", "width"]].mean()
    table["score"] = grouped["score"].mean() / grouped["naive"].mean()
    table["naive_inside"] = grouped["naive_inside"].mean()
    table["dates"] = together.drop_duplicates(["shown", *CASE]).groupby("shown").size()
    table["bands"] = grouped.size()
    return table


def chances(rows: pd.DataFrame) -> None:
    """What was said and what came, of goals not yet reached on the day."""
    edges = np.append(np.arange(0, 1, 0.1), 1 + 1e-9)
    bins = pd.cut(rows["chance"], edges, right=False, labels=[f"{10 * low}–{10 * low + 10}%" for low in range(10)])
    for title, own in [("everything", rows), *rows.groupby("by", sort=False), *rows.groupby("measure", sort=False)]:
        grouped = own.groupby(bins[own.index], observed=False)
        table = pd.DataFrame(
            {"said": grouped["chance"].mean(), "came": grouped["came"].mean(), "count": grouped.size()}
        )
        table["dates"] = [len(one[CASE].drop_duplicates()) for _, one in grouped]
        table["±"] = [_clustered(one, "came") for _, one in grouped]
        dates = len(own[CASE].drop_duplicates())
        print(f"\nCHANCES ({title}): goals 0.8, 0.9, 1.0 by the target date; {dates} programme-dates")
        print(table.to_string())


def _clustered(rows: pd.DataFrame, share: str) -> float:
    """Standard error of a share, programme by programme: its groups and days go together."""
    if rows.empty:
        return np.nan
    off = (rows[share] - rows[share].mean()).groupby([rows["regime"], rows["seed"]]).sum()
    return float(np.sqrt((off**2).sum()) / len(rows))


def plans(rows: pd.DataFrame) -> None:
    """P80 plans that are said to be reachable, replayed by the programme itself."""
    print("\nPLANS: reachable or not, and why not")
    print(rows.groupby(["measure", "goal", "reachable", "bound"]).size().unstack([2, 3], fill_value=0).to_string())
    rows = rows.astype({"reachable": bool, "kept": bool})
    sure = rows[rows["reachable"]]
    print("\nPLANS reachable with 0.8 and replayed (goal: 0.76–0.84 kept together, 0.60 where the fatwa is congested)")
    congested = sure[sure["regime"].isin(["congested", "fixed_fatwa"])]
    groups = [
        ("TOGETHER", sure),
        ("congested and fixed_fatwa", congested),
        *sure.groupby("measure"),
        *sure.groupby("regime"),
    ]
    table = {
        name: {
            "kept": own["kept"].mean(),
            "±": _clustered(own, "kept"),
            "own_chance": own["chance"].mean(),
            "nothing_asked": (own["pace"] == 0).mean(),
            "missed_by": ((own["wanted"] - own["most"]) / own["quota"])[~own["kept"]].mean(),
            "plans": len(own),
        }
        for name, own in groups
    }
    print(pd.DataFrame(table).T.to_string())
    beyond = rows[~rows["reachable"]]
    kept, said = beyond["kept"].mean(), beyond["chance"].mean()
    print(f"\nPlans out of reach, replayed at their limits: {kept:.3f} kept of {len(beyond)}, said {said:.3f}")
