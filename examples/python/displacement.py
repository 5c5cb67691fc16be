"""Rounds of mobility tracking and a registry of flow monitoring from data packages: stocks by area, what changed, what was seen."""

import pathlib
import sys

import mtm

examples = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "examples")
package = mtm.Package.read(examples / "examplia-round-7")
print(package.title())

idps = package.compute("idps")
print(f"{idps.value} {idps.unit} as of {idps.observed}; per cent against the round before: {idps.previous.percent or idps.previous.reason}")
for row in package.compute("idps-by-admin1").rows("en"):
    print(f"  {row.label}: {'not assessed' if row.value is None else row.value}")
change = package.compute("idps-change")
print(f"change: {change.value}, of which")
for row in change.rows("en"):
    print(f"  {row.label}: {row.value}")

flows = mtm.Package.read(examples / "flow-monitoring")
for indicator in ("movements-observed-by-point", "point-days-open"):
    result = flows.compute(indicator)
    print(f"{indicator}: {result.value}")
    for row in result.rows("en"):
        print(f"  {row.label}: {row.value}")
