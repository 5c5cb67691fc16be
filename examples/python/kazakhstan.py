"""The Kazakhstan quarter from a data package: one indicator, its breakdown, and the report."""

import pathlib
import sys

import mtm

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "examples/kazakhstan-2024-q2")
package = mtm.Package.read(folder)
print(package.title())

for indicator in ("arrivals", "departures", "net-crossings", "remittances-out", "immigration"):
    result = package.compute(indicator)
    print(f"{indicator}: {result.value} ({result.reason or result.unit})")
    print(f"  {result.finding()}")

workers = package.compute("foreign-workers-by-sector", period="2023-07")
for row in workers.rows("ru"):
    print(f"  {row.rank or '-'} {row.label}: {row.value} ({row.share} %)")

report = package.report(language="kk")
print(len(report.limitations), "limitations,", len(report.bibliography), "sources")
