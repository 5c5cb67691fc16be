"""An analyst's own data frame becomes an indicator."""

import pandas

import mtm

frame = pandas.DataFrame({
    "quarter": ["2024-Q1", "2024-Q1", "2024-Q2", "2024-Q2"],
    "country": ["Узбекистан", "China", "Узбекистан", "China"],
    "entries": [1200, 310, 1500, 290],
})
entries = mtm.Dataset.from_pandas(
    frame, name="own-entries", concept="border-crossings", dimensions={"direction": "IN"},
    roles={"quarter": "period", "country": ("dimension", "citizenship"), "entries": "value"})
package = mtm.Package.new("KAZ").add(entries)

arrivals = package.compute("arrivals-by-origin", period="2024-Q2")
print(arrivals)
print("change:", arrivals.previous.percent, "%")
for row in arrivals.rows():
    print(row.rank, row.code, row.value, f"{row.share} %")
