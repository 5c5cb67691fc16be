"""docs/diagnostics.md lists what lib/base/diagnostic.h has, every code once, and says of each how to fix it."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    header = (ROOT / "lib/base/diagnostic.h").read_text()
    numbers = [int(number) for number in re.findall(r"MTMI_CODE_\w+ = (\d+)", header)]
    notes = {int(number) for number in re.findall(r"MTMI_CODE_\w+ = (\d+),? +/\* (?:microdata: )?note:", header)}
    rows = re.findall(r"^\| ((?:[EN]\d{3} ?)+) \| (.+) \| (.+) \| (.+) \|$", (ROOT / "docs/diagnostics.md").read_text(), re.M)
    listed, wrong = [], []
    for codes, *texts in rows:
        codes = codes.split()
        listed.append(int(codes[0][1:]))
        if len({code[1:] for code in codes}) != 1:
            wrong.append(f"{codes} are two numbers")
        if listed[-1] in notes and codes != [f"N{listed[-1]:03}"]:
            wrong.append(f"{codes}: the header has only a note")
        if not all(text.strip() for text in texts):
            wrong.append(f"{codes}: a meaning, an example or a way to fix it is missing")
    wrong += [f"{number} stands twice in the header" for number in sorted(set(numbers)) if numbers.count(number) > 1]
    if listed != sorted(numbers):
        wrong.append(f"only in one of the two: {sorted(set(listed) ^ set(numbers))}; or out of order: {listed}")
    print("\n".join(wrong) or f"{len(listed)} codes")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
