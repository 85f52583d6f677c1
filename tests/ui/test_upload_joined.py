"""What two windows did to one file, joined: nothing of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from halal_ui.intake.choices import Choices, cells_as_json, cells_of
from halal_ui.intake.joined import joined, told

CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["Mei", "Juni"]), st.integers(4, 6), st.sampled_from(["NIB", "Status"])),
    st.sampled_from(["", "1", "2"]),
    max_size=5,
)
MAPPINGS = st.dictionaries(st.sampled_from(["Wil.", "No", "Ket"]), st.sampled_from([None, "kab_kota", "lp3h"]))
CHOICES = st.builds(
    Choices,
    corrections=CELLS,
    mapping=MAPPINGS,
    meanings=st.dictionaries(st.sampled_from(["lp3h", "status"]), MAPPINGS),
)
FACTS = st.builds(
    lambda choices, pending, note: {"note": note, "pending": cells_as_json(pending), "choices": choices.facts},
    CHOICES, CELLS, st.sampled_from(["", "lewat WA"]),
)  # fmt: skip


def parts(facts: dict) -> dict:
    """Each thing that is changed by itself."""
    chosen = facts["choices"]
    cells = {
        (name, cell): text
        for name, listed in (("pending", facts.get("pending", ())), ("corrections", chosen.get("corrections", ())))
        for cell, text in cells_of(listed).items()
    }
    meant = {
        ("meanings", column, raw): one
        for column, known in chosen.get("meanings", {}).items()
        for raw, one in known.items()
    }
    return {
        **cells,
        **meant,
        **{("mapping", *one): 1 for one in chosen.get("mapping", {}).items()},
        "note": facts["note"],
    }


@given(base=FACTS, here=FACTS, there=FACTS)
def test_nothing_of_either_window_is_lost(base: dict, here: dict, there: dict):
    """Each cell, column, meaning: as it was changed here, else as it was changed there, else as both knew it."""
    was, mine, theirs, found = (parts(facts) for facts in (base, here, there, joined(base, here, there)))
    for place in (was | mine | theirs | found).keys() - {
        place for place in was | mine | theirs if place[0] == "mapping"
    }:
        changed_here = was.get(place, 0) != mine.get(place, 0)
        assert found.get(place, 0) == (mine if changed_here else theirs).get(place, 0)
    for header in ("Wil.", "No", "Ket"):
        one, two, three, four = (
            facts["choices"].get("mapping", {}).get(header, 0)
            for facts in (base, here, there, joined(base, here, there))
        )
        assert four == (two if one != two else three)


@given(base=FACTS, here=FACTS)
def test_a_window_that_did_nothing_takes_the_others(base: dict, here: dict):
    """Whichever it is; and nothing is said where nothing changes."""
    assert parts(joined(base, here, base)) == parts(here) == parts(joined(base, base, here))
    assert told(base, joined(base, base, base)) == []


def test_another_kind_of_table_goes_whole():
    """A column chosen for the one table means nothing in the other."""
    here, there = ({"choices": {"table": "recaps"}}, {"choices": {"mapping": {"Wil.": "kab_kota"}}})
    assert joined({"choices": {}}, here, there) == here
    assert joined({"choices": {}}, there, here) == here
