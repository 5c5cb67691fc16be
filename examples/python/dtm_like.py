"""Reading a file in the style of the Displacement Tracking Matrix: HXL tags, levels and rounds as dimensions."""

import mtm

FILE = """Reporting date,Admin 1,Admin 1 pcode,Round,Displaced individuals
#date+reported,#adm1+name,#adm1+code,#meta+round,#affected+idps+ind
2024-03-31,North,XX01,7,"1 250"
2024-03-31,South,XX02,7,980
2024-06-30,North,XX01,8,"1 100"
2024-06-30,South,XX02,8,not available
"""

check = mtm.check(FILE.encode(), name="displacement.csv")
print(check.outcome, check.rows)
dataset = mtm.Dataset.from_csv(FILE, name="displacement.csv", concept="displacement")
print(dataset.kind, dataset.dimensions)
for row in dataset:
    print(row["period"], row["value"], row["status"])
