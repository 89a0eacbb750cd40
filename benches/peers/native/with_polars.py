# Polars, two threads: the columns that the answer needs, as one data frame.

import os

os.environ["POLARS_MAX_THREADS"] = "2"

import polars as pl

from answer import NUMBERS, PLACE_AND_PERSON, TEXTS, measure


def groups_of(path):
    types = {name: pl.String for name in TEXTS} | {name: pl.Float64 for name in NUMBERS}
    streams = pl.read_csv(path, columns=TEXTS + NUMBERS, schema_overrides=types)
    jitter, loss, round_trip, packets = map(pl.col, NUMBERS)
    is_beyond = pl.any_horizontal(*(beyond.fill_null(False) for beyond in (jitter > 30, loss > 0.1, round_trip > 500)))
    is_measured = pl.any_horizontal(jitter.is_not_null(), loss.is_not_null(), round_trip.is_not_null())
    is_judged = (pl.col("Second Connectivity Ice") != "FAILED") & is_measured
    groups = (
        streams.lazy()
        .filter(pl.col("Media Type") == "Audio")
        .group_by(PLACE_AND_PERSON)
        .agg(
            pl.len(),
            good=(is_judged & ~is_beyond).sum(),
            poor=(is_judged & is_beyond & (packets > 500).fill_null(False)).sum(),
        )
        .collect()
    )
    return groups.rows()


measure(groups_of)
