"""The words of charts."""

import pandas as pd
from gap_rows import PLACES, funnel

from halal_ui.sentences import charts
from halal_ui.words.names import NO_DATA


def test_alternative_texts():
    """A chart's words carry its numbers: the ends of a ranking, the steps, the day on the curve."""
    assert charts.alt_ranking(PLACES, "gap", measure="submitted") == (
        "Selisih dari rencana, 5 kab/kota: tertinggi Kutai Timur +3, terendah Berau −57."
    )
    one = pd.DataFrame({"kab_kota": ["Kota Bontang"], "lp3h": [None], "used": [3]})
    assert charts.alt_ranking(one, "used") == "Dimanfaatkan, 1 kab/kota × LP3H: Bontang · Belum dirinci 3."
    assert charts.alt_ranking(one.iloc[:0], "used") == f"Dimanfaatkan. {NO_DATA}"
    assert charts.alt_funnel(funnel(1000, 320, 256, 224, 67, 58)).startswith(
        "Corong: Kuota 1.000 (100,0%), Diajukan (dimanfaatkan) 320 (32,0%), "
    )
    classes = pd.DataFrame(
        {
            "kab_kota": ["Kota Bontang", "Kabupaten Paser", "Kabupaten Berau", "Kabupaten Mahakam Ulu"],
            "start": ["many", "few", "many", None],
            "finish": ["few", "few", "few", None],
        }
    )
    assert charts.alt_classes(classes) == (
        "Empat kelompok. banyak mengajukan, sedikit terbit: Bontang dan Berau; "
        "sedikit mengajukan, sedikit terbit: Paser."
    )
