"""The job in pyarrow: the columns that are needed, dictionaries for labels, five groupings."""
import sys

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

path, threads, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
AGES = ("0-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65+")
LABELS = ("direction", "citizenship", "checkpoint", "purpose", "sex")
pa.set_cpu_count(threads)
types = {"time": pa.timestamp("s"), "birth_year": pa.int32(), **{name: pa.dictionary(pa.int32(), pa.string()) for name in LABELS}}
table = csv.read_csv(path, convert_options=csv.ConvertOptions(include_columns=list(types), column_types=types))
year = pc.year(table["time"])
quarter = pc.add(pc.multiply(year, 10), pc.quarter(table["time"]))
age = pc.divide(pc.subtract(pc.subtract(year, table["birth_year"]), 5), 10)
age = pc.min_element_wise(pc.max_element_wise(age, 0), 6)
table = table.unify_dictionaries().append_column("q", quarter).append_column("age", age)
with open(out, "w", encoding="utf-8") as to:
    for keys in (("direction",), ("citizenship",), ("purpose",), ("checkpoint",), ("sex", "age")):
        counts = table.group_by(["q", *keys], use_threads=threads > 1).aggregate([([], "count_all")]).to_pydict()
        for i, q in enumerate(counts["q"]):
            rest = [AGES[counts[k][i]] if k == "age" else counts[k][i] for k in keys]
            to.write("\t".join(("-".join(keys), f"{q // 10}-Q{q % 10}", *rest, str(counts["count_all"][i]))) + "\n")
