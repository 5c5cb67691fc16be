"""What the tests of coverage share: packages from figures, in long and in wide form, and what mtm computes of them."""
import json
import os
import pathlib
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"


def rows_long(figures):
    """One row per figure; figures: {(period, country): text}. A figure of None is no row."""
    return ["period,citizenship,value"] + [f"{period},{country},{value}" for (period, country), value in figures.items()
                                           if value is not None]


def rows_wide(figures):
    """One row per country, one column per period; a figure of None is an empty cell."""
    periods = sorted({period for period, _ in figures})
    countries = list(dict.fromkeys(country for _, country in figures))
    lines = ["citizenship," + ",".join(periods)]
    for country in countries:
        cells = [figures.get((period, country)) for period in periods]
        lines.append(country + "," + ",".join("" if cell is None else str(cell) for cell in cells))
    return lines


def package(folder, tables, country="KAZ", **mtm):
    """tables: {name: (lines, properties of the resource, fields or None)}."""
    resources = []
    for name, (lines, properties, fields) in tables.items():
        pathlib.Path(folder, name + ".csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        resource = {"name": name, "path": name + ".csv", "encoding": "utf-8",
                    "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements",
                            "dimensions": {"direction": "IN"}, **properties}}
        if fields:
            resource["schema"] = {"fields": fields}
        resources.append(resource)
    pathlib.Path(folder, "datapackage.json").write_text(
        json.dumps({"name": "made", "mtm": {"country": country, **mtm}, "resources": resources}), encoding="utf-8")


def long_fields():
    return [{"name": "period", "mtm": {"role": "period"}},
            {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}},
            {"name": "value", "mtm": {"role": "value"}}]


def wide_fields(figures):
    periods = sorted({period for period, _ in figures})
    return [{"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}}] + [
        {"name": period, "mtm": {"role": "value", "period": period}} for period in periods]


def compute(folder, period, indicator="arrivals-by-origin", *more):
    """The indicator of mtm compute, as JSON."""
    done = subprocess.run([PROGRAM, "compute", folder, indicator, "--period", period, "-f", "json", "-q", *more],
                          capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    document = json.loads(done.stdout)
    found = []

    def walk(node):
        if isinstance(node, dict):
            if node.get("id") == indicator and "value" in node:
                found.append(node)
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(document)
    return found[0]


def computed(figures, period, form="long", indicator="arrivals-by-origin", **properties):
    """Computes one indicator of one table in one form."""
    with tempfile.TemporaryDirectory() as folder:
        table = (rows_long(figures), properties, long_fields()) if form == "long" else (
            rows_wide(figures), properties, wide_fields(figures))
        package(folder, {"arrivals": table})
        return compute(folder, period, indicator)
