"""The rows of any table, as they stand, with what was found beside."""

import mtm

TEXT = """Arrivals by sex, thousand persons

;men;;women;
region;2023;2024;2023;2024
Almaty;1,5;1,7;1,2;1,3
Astana;2,1;2,4;1,9
"""
table = mtm.rows(TEXT.encode(), name="arrivals.csv", places=True)
print(table.title, table.names)
for row in table:
    print(row.line, row.cells, row.places[-1])
for note in table.notes.diagnostics:
    print(note)
print(table.to_pandas().drop(columns=["file", "places"]).to_string(index=False))
