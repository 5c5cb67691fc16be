"""Random packages against the rules written a second time (reference.py): value, reason, flags, bases, per cents and comparisons
like for like, in exact fractions. The run of ctest takes 60 packages; `test_coverage_random.py 2000` takes as many."""
import random
import sys
import tempfile

import reference
from packages import compute, package

COUNTRIES = ["UZB", "KGZ", "RUS", "CHN", "TUR", "DEU", "TJK", "AZE", "BLR", "KOR"]


def name(month):
    return f"{2021 + month // 12}-{month % 12 + 1:02}"


def random_table(draw):
    """Figures with holes of all kinds, and what the package says of them."""
    with_sex = draw.random() < 0.25
    countries = draw.sample(COUNTRIES, draw.randint(2, 8))
    combinations = [(c, s) for c in countries for s in reference.SEXES] if with_sex else [(c,) for c in countries]
    last = draw.randint(30, 45)
    figures = {}
    zeros, holes = draw.random() < 0.2, draw.choice([0.0, 0.01, 0.05, 0.3])
    for combination in combinations:
        size = draw.choice([2, 5, 12, 100, 3000, 20000])
        first = draw.choice([0, 0, 0, 20, last - 1, last])
        for month in range(first, last + 1):
            value = max(0, round(draw.gauss(size, size ** 0.5)))
            if value == 0 and not zeros:
                value = 1 if draw.random() < 0.7 else None
            if draw.random() < holes:
                value = None
            figures[month, combination] = value
    totals = draw.choice([0.0, 0.0, 0.0, 0.2, 1.0])
    for month in range(last + 1):
        if draw.random() < totals:
            parts = [v for (m, _), v in figures.items() if m == month and v is not None]
            figures[month, ()] = sum(parts) + draw.choice([0, 0, 7])
    said = {"absent": draw.choice([None, None, None, "zero", "not-covered"]), "as_covered": draw.random() < 0.15,
            "selection": draw.random() < 0.05, "with_sex": with_sex}
    return figures, said, last


def write(folder, figures, said):
    with_sex = said["with_sex"]
    lines = ["period,citizenship,sex,value" if with_sex else "period,citizenship,value"]
    for (month, combination), value in figures.items():
        members = list(combination) or (["Total", "Total"] if with_sex else ["Total"])
        if value is not None or month % 2:  # an empty cell is as good as no row
            lines.append(",".join([name(month), *members, "" if value is None else str(value)]))
    properties = {key: value for key, value in (("absent", said["absent"]),
                                                ("incomplete", "as-covered" if said["as_covered"] else None),
                                                ("partsAreSelection", ["citizenship"] if said["selection"] else None)) if value}
    fields = [{"name": "period", "mtm": {"role": "period"}},
              {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}},
              *([{"name": "sex", "mtm": {"role": "dimension", "dimension": "sex"}}] if with_sex else []),
              {"name": "value", "mtm": {"role": "value"}}]
    package(folder, {"arrivals": (lines, properties, fields)})


def months_of(text):
    """The months of "2024-06" or "2024-Q2"."""
    year, rest = text.split("-")
    first = (int(year) - 2021) * 12 + (3 * (int(rest[1]) - 1) if rest[0] == "Q" else int(rest) - 1)
    return [first + k for k in range(3 if rest[0] == "Q" else 1)]


def difference_of_cells(found, table, months):
    """The same for the cells that every number covers: value, bases, rows, points."""
    forced = table.period(months, True)
    mine = reference.text_of(forced) if forced.value is not None and found["extent"] else None
    got = found["extent"] and found["extent"]["cells"]
    if got != mine:
        return f"cells {got}, expected {mine}"
    for comparison in found["comparisons"]:
        base = table.period(months_of(comparison["period"]))
        if base.value is not None and found["value"] is not None and comparison["cells"] != reference.text_of(base):
            return f"{comparison['with']}: cells {comparison['cells']}, expected {reference.text_of(base)}"
    if not table.with_sex:
        for row in found["breakdown"]["rows"]:
            mine = "rest" if row["code"] == "_O" else None if row["value"] is None else f"citizenship={row['code']}"
            if row["cells"] != mine:
                return f"row {row['code']}: cells {row['cells']}, expected {mine}"
    cells = before = None
    for point in found["series"]:
        figure = table.period(months_of(point["period"]))
        breaks = before is not None and not reference.same_cells(table, figure, before)
        cells = point.get("cells", cells)
        if point["value"] != str(figure.value) or cells != reference.text_of(figure) or point.get("breaks", False) != breaks:
            return f"point {point}: cells {cells}, expected {figure.value} {reference.text_of(figure)}, breaks: {breaks}"
        before = figure
    return None


def difference(found, table, months):
    """What mtm and the reference say differently; None where they agree."""
    figure = table.period(months)
    value = None if found["value"] is None else int(found["value"])
    if value != figure.value or found["reason"] != (None if value is not None else figure.reason):
        return f"value {found['value']} {found['reason']}, expected {figure.value} {figure.reason}"
    if value is not None:
        flags = {"coverage-assumed-zero": figure.assumed, "as-covered": figure.open}
        for flag, expected in flags.items():
            if (flag in found["flags"]) != expected:
                return f"flags {found['flags']}, expected {flag}: {expected}"
    for comparison in found["comparisons"]:
        back = 12 if comparison["with"] == "same-period-last-year" else len(months)
        base, percent, reason, like = reference.compare(table, months, back)
        got = (None if comparison["base"] is None else int(comparison["base"]),
               None if comparison["percent"] is None else round(float(comparison["percent"]) * 10), comparison["reason"])
        if got != (base, percent, reason):
            return f"{comparison['with']}: {got}, expected {(base, percent, reason)}"
        shown = comparison.get("like_for_like")
        mine = shown and (int(shown["value"]), int(shown["base"]), round(float(shown["percent"]) * 10))
        if mine != like:
            return f"{comparison['with']} like for like: {mine}, expected {like}"
    return difference_of_cells(found, table, months)


def run(packages, seed=20261127, tell=print):
    draw = random.Random(seed)
    wrong = 0
    reasons = {}
    for number in range(packages):
        figures, said, last = random_table(draw)
        table = reference.Table(figures, said["absent"], said["as_covered"], said["selection"], said["with_sex"])
        month = draw.randint(26, last)
        months = [month] if draw.random() < 0.6 else [month // 3 * 3 + k for k in range(3)]
        period = name(months[0]) if len(months) == 1 else f"{2021 + months[0] // 12}-Q{months[0] % 12 // 3 + 1}"
        with tempfile.TemporaryDirectory() as folder:
            write(folder, figures, said)
            found = compute(folder, period)
        reasons[found["reason"]] = reasons.get(found["reason"], 0) + 1
        text = difference(found, table, months)
        if text:
            wrong += 1
            tell(f"package {number} of seed {seed}, {period}, {said}: {text}")
    tell(f"{packages} packages, {wrong} differences; reasons {reasons}")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 60) else 0)
