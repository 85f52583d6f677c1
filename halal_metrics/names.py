"""Names of people and businesses as words that can be compared, whoever wrote them."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_TITLES: Final = (
    "h hj haji hajah hajjah ibu bu bapak bpk pak sdr sdri ny tn dr drs dra ir se sh spd sag mpd mm amd kk dkk"
)
_LEGAL: Final = "ud cv pt pd tb umkm umk ikm usaha"
IDLE: Final = {"owner_name": frozenset(_TITLES.split()), "business_name": frozenset(_LEGAL.split())}
"""Words that say nothing about who it is."""

_SAME: Final = {
    **dict.fromkeys("m muh moh mohd muhamad muhammad mohamad mohammad mochamad mochammad".split(), "muhammad"),
    **dict.fromkeys("st sitti".split(), "siti"),
    "abd": "abdul",
    "nr": "nur",
}
"""Short and other spellings of names that many bear."""

KEY_LETTERS: Final = 3


class Names:
    """
    One column of names. `text`: each as its words in alphabetical order, "" where missing. `letters`: the first ones of
    each word there is, and in `row` the place of the name it is from.
    """

    def __init__(self, names: pd.Series, idle: frozenset[str] = frozenset()) -> None:
        row, word = _words(names)
        distinct = word.dictionary.to_pylist()
        told = [_SAME.get(each, each) for each in distinct]
        kept = np.array([each not in idle for each in told], bool)[word.indices.to_numpy()] if distinct else row < 0
        row, told = row[kept], pa.array(told, pa.string()).take(word.indices).filter(pa.array(kept))
        order = pc.sort_indices(
            pa.table({"row": row, "word": told}), sort_keys=[("row", "ascending"), ("word", "ascending")]
        )
        self.row, ordered = row[order.to_numpy()], told.take(order)
        starts = np.searchsorted(self.row, np.arange(len(names) + 1)).astype(np.int32)
        self.text = pc.binary_join(pa.ListArray.from_arrays(starts, ordered), " ").to_numpy(zero_copy_only=False)
        self.letters = pc.utf8_slice_codeunits(ordered, 0, KEY_LETTERS)


def _words(names: pd.Series) -> tuple[np.ndarray, pa.DictionaryArray]:
    """Each word of each name in lower case, with the row it is from."""
    text = pa.array(names.to_numpy(object), pa.string(), from_pandas=True)  # one chunk, whatever the column is made of
    plain = pc.replace_substring_regex(pc.utf8_lower(pc.utf8_normalize(text, "NFKC")), r"[^\p{L}\p{N}]+", " ")
    words = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(pc.fill_null(plain, "")))
    row, word = pc.list_parent_indices(words).to_numpy(), pc.list_flatten(words)
    said = pc.not_equal(word, "")
    return row[said.to_numpy(zero_copy_only=False)], word.filter(said).dictionary_encode()
