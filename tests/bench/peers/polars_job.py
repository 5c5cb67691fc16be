"""The job in Polars: a lazy scan, five groupings collected together by the streaming engine."""
import os
import sys

path, threads, out = sys.argv[1], sys.argv[2], sys.argv[3]
os.environ["POLARS_MAX_THREADS"] = threads
import polars as pl  # noqa: E402  (it reads the number of threads when it is imported)

schema = {"id": pl.String, "time": pl.String, "direction": pl.String, "citizenship": pl.String, "checkpoint": pl.String,
          "purpose": pl.String, "sex": pl.String, "birth_year": pl.Int32, "transport": pl.String}
scan = pl.scan_csv(path, schema=schema, low_memory=False)
year, month = pl.col("time").str.slice(0, 4).cast(pl.Int32), pl.col("time").str.slice(5, 2).cast(pl.Int32)
age = year - pl.col("birth_year")
bands = pl.when(age < 15).then(pl.lit("0-14")).when(age < 25).then(pl.lit("15-24")).when(age < 35).then(pl.lit("25-34")) \
    .when(age < 45).then(pl.lit("35-44")).when(age < 55).then(pl.lit("45-54")).when(age < 65).then(pl.lit("55-64")) \
    .otherwise(pl.lit("65+"))
frame = scan.select((year * 10 + (month + 2) // 3).alias("q"), "direction", "citizenship", "checkpoint", "purpose", "sex",
                    bands.alias("age"))
keys = [["direction"], ["citizenship"], ["purpose"], ["checkpoint"], ["sex", "age"]]
plans = [frame.group_by(["q", *key]).agg(pl.len().alias("n")) for key in keys]
tables = pl.collect_all(plans, engine="streaming")
with open(out, "w", encoding="utf-8") as to:
    for key, table in zip(keys, tables):
        for q, *rest in table.iter_rows():
            to.write("\t".join(("-".join(key), f"{q // 10}-Q{q % 10}", *map(str, rest))) + "\n")
