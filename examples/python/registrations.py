"""A register of persons from a data package: who is one person, who is present, who came and who left."""

import pathlib
import sys

import mtm

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "examples/registrations")
package = mtm.Package.read(folder)
print(package.title())

before = package.compute("registered-persons", period="2024-Q1")
now = package.compute("registered-persons", period="2024-Q2")
came = package.compute("registration-arrivals", period="2024-Q2")
left = package.compute("registration-exits", period="2024-Q2")
print(f"{before.value} on 31 March, {came.value} came, {left.value} left, {now.value} on 30 June")
print("adds up:", before.value + came.value - left.value == now.value)

for row in package.compute("registered-by-site", period="2024-Q2").rows("en"):
    print(f"  {row.label}: {row.value}")
print(package.compute("registered-households", period="2024-Q2").value, "households")
