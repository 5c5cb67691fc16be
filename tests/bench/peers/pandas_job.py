"""The job in pandas: the whole file as a frame, labels as categories, five groupings."""
import sys

import pandas as pd

path, out = sys.argv[1], sys.argv[3]
labels = ["direction", "citizenship", "checkpoint", "purpose", "sex"]
frame = pd.read_csv(path, usecols=["time", "birth_year", *labels],
                    dtype={"time": "str", "birth_year": "int32", **{name: "category" for name in labels}})
year, month = frame["time"].str.slice(0, 4).astype("int32"), frame["time"].str.slice(5, 7).astype("int32")
frame["q"] = year * 10 + (month + 2) // 3
frame["age"] = pd.cut(year - frame["birth_year"], [-1, 14, 24, 34, 44, 54, 64, 1000],
                      labels=["0-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65+"])
with open(out, "w", encoding="utf-8") as to:
    for key in (["direction"], ["citizenship"], ["purpose"], ["checkpoint"], ["sex", "age"]):
        for index, n in frame.groupby(["q", *key], observed=True).size().items():
            q, *rest = index
            to.write("\t".join(("-".join(key), f"{q // 10}-Q{q % 10}", *map(str, rest), str(n))) + "\n")
