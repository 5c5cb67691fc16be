"""The conformance suite csv-spectrum, as npm ships it: our rows are its rows.

The package is installed into the build folder when the test first runs, by the lock of its version; without npm or network the
test is skipped, and says so.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", ROOT / "build"))
VERSION = "2.0.0"
SKIP = 77
# A quote inside a cell that is not quoted may be a cell that was cut: the row is refused (MTM-E031), not guessed.
REFUSED = {"location_coordinates": [1]}
QUOTE = 31


def install():
    """The folder of the suite, or None with the reason printed."""
    folder = BUILD / "tests/csv-spectrum"
    suite = folder / "node_modules/csv-spectrum"
    if suite.exists():
        return suite
    if shutil.which("npm") is None:
        print("skipped: npm was not found")
        return None
    folder.mkdir(parents=True, exist_ok=True)
    run = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, f"csv-spectrum@{VERSION}"],
                         capture_output=True, text=True, timeout=240)
    if run.returncode != 0:
        print(f"skipped: npm could not install csv-spectrum: {run.stderr.strip().splitlines()[-1:]}")
        return None
    return suite


def expected_rows(path):
    """The suite gives objects, one a row; keys are the header."""
    objects = json.loads(path.read_text())
    objects = objects if isinstance(objects, list) else [objects]
    return [list(objects[0])] + [list(one.values()) for one in objects]


def main():
    suite = install()
    if suite is None:
        return SKIP
    files = sorted((suite / "csvs").glob("*.csv"))
    run = subprocess.run([BUILD / "tests/golden/csv_rows", *files], capture_output=True, text=True, timeout=60, check=True)
    wrong = []
    for file, line in zip(files, run.stdout.splitlines(), strict=True):
        found, expected = json.loads(line), expected_rows(suite / "json" / f"{file.stem}.json")
        for row in REFUSED.get(file.stem, []):
            expected[row] = QUOTE
        if found != expected:
            wrong.append(f"{file.name}: {found}, expected {expected}")
    print("\n".join(wrong))
    print(f"{len(files)} files, {len(wrong)} differ; {len(REFUSED)} of them has a row that we refuse on purpose")
    return bool(wrong) or len(files) < 10


if __name__ == "__main__":
    sys.exit(main())
