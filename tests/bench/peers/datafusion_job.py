"""The job in DataFusion: one pass over the file, five groupings by GROUPING SETS, keys that are integers."""
import sys

import datafusion
import pyarrow as pa

path, threads, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
AGES = ("0-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65+")
context = datafusion.SessionContext(datafusion.SessionConfig().with_target_partitions(threads))
schema = pa.schema([("id", pa.string()), ("time", pa.timestamp("s")), ("direction", pa.string()), ("citizenship", pa.string()),
                    ("checkpoint", pa.string()), ("purpose", pa.string()), ("sex", pa.string()), ("birth_year", pa.int32()),
                    ("transport", pa.string())])
context.register_csv("crossings", path, schema=schema, has_header=True, **(
    {"file_extension": ".csv.gz", "file_compression_type": "gzip"} if path.endswith(".gz") else {}))
rows = context.sql("""
    SELECT q, direction, citizenship, purpose, checkpoint, sex, age, count(*) AS n,
           grouping(direction) AS gd, grouping(citizenship) AS gc, grouping(purpose) AS gp, grouping(checkpoint) AS gk
    FROM (SELECT CAST(date_part('year', time) * 10 + date_part('quarter', time) AS INT) AS q, direction, citizenship, purpose,
                 checkpoint, sex,
                 greatest(0, least(6, CAST((date_part('year', time) - birth_year - 5) / 10 AS INT))) AS age
          FROM crossings)
    GROUP BY GROUPING SETS ((q, direction), (q, citizenship), (q, purpose), (q, checkpoint), (q, sex, age))
""").to_pylist()
with open(out, "w", encoding="utf-8") as to:
    for row in rows:
        quarter = f"{row['q'] // 10}-Q{row['q'] % 10}"
        for name, flag in (("direction", "gd"), ("citizenship", "gc"), ("purpose", "gp"), ("checkpoint", "gk")):
            if not row[flag]:
                key = (name, quarter, row[name])
                break
        else:
            key = ("sex-age", quarter, row["sex"], AGES[row["age"]])
        to.write("\t".join((*key, str(row["n"]))) + "\n")
