"""Says what the last run of CTest in a build folder left out, and which vector sets it tried. Usage: summary.py BUILD"""
import pathlib
import re
import sys

# How our scripts, pytest (-rs) and testthat begin the line that names a part left out.
PARTS = ("skipped: ", "SKIPPED [", "\u2022 ")
PREFIX = r"^(skipped: |SKIPPED \[\d+\] |\u2022 )"


def tests(log):
    """Name and output of every test in CTest's log."""
    for part in re.split(r"^\d+/\d+ Testing: ", log, flags=re.MULTILINE)[1:]:
        name, _, output = part.partition("\n")
        yield name.strip(), output


def remarks(log):
    left_out, sets = {}, {}
    for name, output in tests(log):
        lines = [line.strip() for line in output.splitlines()]
        found = [line for line in lines if line.startswith(PARTS)]
        if not found and re.search(r"^Test (Skipped|Not Run)", output, re.MULTILINE):
            found = ["skipped"]
        for line in found:
            left_out.setdefault(f"{name}: {re.sub(PREFIX, '', line)}", None)
        for line in lines:
            if line.startswith("vector sets tried:"):
                sets.setdefault(line, []).append(name)
    return list(left_out), sets


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    log = pathlib.Path(sys.argv[1], "Testing/Temporary/LastTest.log")
    left_out, sets = remarks(log.read_text(encoding="utf-8", errors="replace"))
    print(f"Left out: {len(left_out) or 'nothing'}")
    for line in left_out:
        print(f"  {line}")
    for line, names in sets.items():
        print(f"{line} ({', '.join(sorted(set(names)))})")


if __name__ == "__main__":
    main()
