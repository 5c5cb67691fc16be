"""Where a number comes from: file, line, release, operation."""

import pathlib
import sys

import mtm

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "examples/kazakhstan-2024-q2")
package = mtm.Package.read(folder)
immigration = package.compute("immigration", period="2023-Q2")
print(immigration.value, immigration.flags)
for step in immigration.steps:
    if step.of == "value":
        print(f"{step.operation} {step.value} {step.file}:{step.line}:{step.column} {step.period} "
              f"released {step.release} ({step.edition})")
print(immigration.explain())
