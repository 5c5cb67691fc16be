"""Instructions of whole reports as HTML, counted by callgrind: of a table of a few rows, where nearly all is what every report
costs, and of Kazakhstan's second quarter. What the program's start costs (`mtm --version`) is taken off: it is the work of the
system's loader and libraries, and differs between releases of Debian.

The bounds are what was measured, and a tenth. Exit 77: skipped."""
import json
import pathlib
import sys
import tempfile

from instructions import BUILD, run_counted, skipping

PROGRAM = BUILD / "examples" / "mtm" / "mtm"
KAZAKHSTAN = pathlib.Path(__file__).resolve().parents[2] / "examples" / "kazakhstan-2024-q2"
MOST = {"a table of three rows": 13_300_000, "Kazakhstan": 133_000_000}
ROWS = "period,citizenship,value\n2024-Q1,UZB,120\n2024-Q2,UZB,140\n2024-Q2,KGZ,80\n"
FIELDS = [{"name": "period", "mtm": {"role": "period"}},
          {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship", "codelist": "country"}},
          {"name": "value", "mtm": {"role": "value"}}]
RESOURCE = {"concept": "border-crossings", "kind": "flow", "unit": "movements", "dimensions": {"direction": "IN"}}


def write_small(folder):
    (folder / "arrivals.csv").write_text(ROWS)
    resource = {"name": "arrivals", "path": "arrivals.csv", "schema": {"fields": FIELDS}, "mtm": RESOURCE}
    (folder / "datapackage.json").write_text(json.dumps(
        {"name": "arrivals", "mtm": {"period": "2024-Q2", "country": "KAZ"}, "resources": [resource]}))
    return folder


def main():
    failed = False
    start = run_counted(PROGRAM, "--version")[0]
    with tempfile.TemporaryDirectory() as folder:
        for (name, most), package in zip(MOST.items(), (write_small(pathlib.Path(folder)), KAZAKHSTAN)):
            instructions = run_counted(PROGRAM, "report", "-f", "html", package)[0] - start
            print(f"{name}: {instructions / 1e6:.1f} million instructions, at most {most / 1e6:.1f}")
            failed |= instructions > most
    return failed


if __name__ == "__main__":
    sys.exit(skipping(main))
