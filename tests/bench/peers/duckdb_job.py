"""The job in DuckDB: one pass over the file, five groupings by GROUPING SETS."""
import sys

import duckdb

path, threads, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
con = duckdb.connect()
con.execute(f"SET threads={threads}")
con.execute("SET preserve_insertion_order=false")
rows = con.execute(f"""
    SELECT q, direction, citizenship, purpose, checkpoint, sex, age, count(*) AS n,
           GROUPING(direction), GROUPING(citizenship), GROUPING(purpose), GROUPING(checkpoint)
    FROM (SELECT year(time) || '-Q' || quarter(time) AS q, direction, citizenship, purpose, checkpoint, sex,
                 CASE WHEN year(time) - birth_year < 15 THEN '0-14' WHEN year(time) - birth_year < 25 THEN '15-24'
                      WHEN year(time) - birth_year < 35 THEN '25-34' WHEN year(time) - birth_year < 45 THEN '35-44'
                      WHEN year(time) - birth_year < 55 THEN '45-54' WHEN year(time) - birth_year < 65 THEN '55-64'
                      ELSE '65+' END AS age
          FROM read_csv('{path}', header=true, auto_detect=false, delim=',', quote='"', escape='"',
               columns={{'id': 'VARCHAR', 'time': 'TIMESTAMP', 'direction': 'VARCHAR', 'citizenship': 'VARCHAR',
                         'checkpoint': 'VARCHAR', 'purpose': 'VARCHAR', 'sex': 'VARCHAR', 'birth_year': 'INTEGER',
                         'transport': 'VARCHAR'}}))
    GROUP BY GROUPING SETS ((q, direction), (q, citizenship), (q, purpose), (q, checkpoint), (q, sex, age))
""").fetchall()
with open(out, "w", encoding="utf-8") as to:
    for q, direction, citizenship, purpose, checkpoint, sex, age, n, no_d, no_c, no_p, no_k in rows:
        if not no_d:
            key = ("direction", q, direction)
        elif not no_c:
            key = ("citizenship", q, citizenship)
        elif not no_p:
            key = ("purpose", q, purpose)
        elif not no_k:
            key = ("checkpoint", q, checkpoint)
        else:
            key = ("sex-age", q, sex, age)
        to.write("\t".join((*key, str(n))) + "\n")
