# pandas, its own reader: the columns that the answer needs, as one data frame.

import pandas as pd

from answer import NUMBERS, PLACE_AND_PERSON, TEXTS, measure


def groups_of(path):
    types = {name: "category" for name in TEXTS} | {name: "float64" for name in NUMBERS}
    streams = pd.read_csv(path, usecols=TEXTS + NUMBERS, dtype=types)
    audio = streams[streams["Media Type"] == "Audio"]
    jitter, loss, round_trip, packets = (audio[name] for name in NUMBERS)
    is_beyond = (jitter > 30) | (loss > 0.1) | (round_trip > 500)
    is_measured = jitter.notna() | loss.notna() | round_trip.notna()
    is_judged = (audio["Second Connectivity Ice"] != "FAILED") & is_measured
    counted = audio[PLACE_AND_PERSON].assign(
        streams=1, good=is_judged & ~is_beyond, poor=is_judged & is_beyond & (packets > 500)
    )
    groups = counted.groupby(PLACE_AND_PERSON, observed=True, dropna=False, sort=False).sum().reset_index()
    texts = (groups[name].astype(object).where(groups[name].notna(), None).tolist() for name in PLACE_AND_PERSON)
    numbers = (groups[name].tolist() for name in ["streams", "good", "poor"])
    return zip(*texts, *numbers)


measure(groups_of)
