"""Random resources of microdata, each with days of its own, against counts made here: values, rows, bases and per cents of quarters that
are covered, in part covered, and not. The run of ctest takes 25 packages; `test_microdata_random.py 500` takes as many."""
import collections
import datetime
import json
import pathlib
import random
import sys
import tempfile
from fractions import Fraction

from packages import compute

COUNTRIES = ["UZB", "KGZ", "TJK", "CHN"]
START = datetime.date(2023, 1, 1)
QUARTERS = [(f"{2023 + i // 4}-Q{i % 4 + 1}", datetime.date(2023 + i // 4, i % 4 * 3 + 1, 1)) for i in range(8)]


def quarter_days(i):
    first = QUARTERS[i][1]
    end = QUARTERS[i + 1][1] if i + 1 < len(QUARTERS) else datetime.date(2025, 1, 1)
    return [first + datetime.timedelta(k) for k in range((end - first).days)]


def random_parts(draw):
    """Stretches of days, apart, in any order: one a resource; some touch, some leave a hole."""
    parts, day = [], START + datetime.timedelta(draw.choice([0, 0, 31, 40, 90]))
    for _ in range(draw.randint(1, 5)):
        last = day + datetime.timedelta(draw.choice([30, 58, 90, 134, 180, 200]))
        parts.append((day, min(last, datetime.date(2024, 12, 31))))
        day = last + datetime.timedelta(draw.choice([1, 1, 1, 1, 12]))
        if day > datetime.date(2024, 12, 1):
            break
    draw.shuffle(parts)
    return parts


def write(folder, draw, parts, as_covered):
    counts, resources = collections.Counter(), []
    for number, (first, last) in enumerate(parts):
        rows = []
        for k in range((last - first).days + 1):
            day = first + datetime.timedelta(k)
            for _ in range(draw.randint(0, 6)):
                country, direction = draw.choice(COUNTRIES), draw.choice(["IN", "IN", "OUT"])
                counts[day, country, direction] += 1
                rows.append(f"{day},{country},{direction}")
        draw.shuffle(rows)
        pathlib.Path(folder, f"{number}.csv").write_text("\n".join(["date,citizenship,direction", *rows]) + "\n")
        resources.append({
            "name": f"part{number}", "path": f"{number}.csv", "encoding": "utf-8",
            "schema": {"fields": [{"name": "date", "mtm": {"role": "period"}},
                                  {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}},
                                  {"name": "direction", "mtm": {"role": "dimension", "dimension": "direction"}}]},
            "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "microdata": True,
                    "covers": f"{first}/{last}", **({"incomplete": "as-covered"} if as_covered else {})}})
    pathlib.Path(folder, "datapackage.json").write_text(
        json.dumps({"name": "made", "mtm": {"country": "KAZ"}, "resources": resources}))
    return counts


def expected(counts, covered, i, as_covered):
    """The value of arrivals, whether all days are covered, and its rows."""
    days = quarter_days(i) if i >= 0 else []
    have = [day for day in days if day in covered]
    if not have or (len(have) < len(days) and not as_covered):
        return None, False, {}
    rows = {c: sum(counts[day, c, "IN"] for day in have) for c in COUNTRIES}
    return sum(rows.values()), len(have) == len(days), rows


def per_cent(value, base):
    exact = Fraction(1000 * (value - base), base)
    whole = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return f"{'-' if exact < 0 and whole else ''}{whole // 10}.{whole % 10}"


def differences(seed):
    draw = random.Random(seed)
    parts, as_covered = random_parts(draw), draw.random() < 0.4
    covered = {first + datetime.timedelta(k) for first, last in parts for k in range((last - first).days + 1)}
    found = []
    with tempfile.TemporaryDirectory() as folder:
        counts = write(folder, draw, parts, as_covered)
        for i in draw.sample(range(8), 3):
            got = compute(folder, QUARTERS[i][0], "arrivals-by-origin", "--threshold", "off")
            value, whole, rows = expected(counts, covered, i, as_covered)
            if got["value"] != (None if value is None else str(value)):
                found.append((seed, QUARTERS[i][0], "value", got["value"], got["reason"], value))
            if value is None:
                continue
            if ("as-covered" in got["flags"]) == whole:
                found.append((seed, QUARTERS[i][0], "flags", got["flags"], whole))
            listed = {row["code"]: int(row["value"]) for row in got["breakdown"]["rows"] if row["code"] in COUNTRIES}
            if listed != {c: n for c, n in rows.items() if n}:
                found.append((seed, QUARTERS[i][0], "rows", listed, rows))
            base, base_whole, _ = expected(counts, covered, i - 1, as_covered)
            one = next(c for c in got["comparisons"] if c["with"] == "previous-period")
            wanted = per_cent(value, base) if base and whole and base_whole else None
            if one["percent"] != wanted:
                found.append((seed, QUARTERS[i][0], "per cent", one["percent"], one["reason"], wanted))
    return found


def run(packages, first):
    wrong = [one for seed in range(first, first + packages) for one in differences(seed)]
    for one in wrong[:20]:
        print(*one)
    print(f"{packages} packages of microdata from seed {first}: {len(wrong)} differences")
    return not wrong


if __name__ == "__main__":  # seed 79 has a hole within a quarter that is summed as far as it goes
    sys.exit(0 if run(1, 79) and run(int(sys.argv[1]) if len(sys.argv) > 1 else 25, int(sys.argv[2]) if len(sys.argv) > 2 else 20261128) else 1)
