#!/usr/bin/env python3
"""Time, proof and information lost of disclosure control, as the table of docs/disclosure.md.

    MTM_BUILD=build python3 tests/bench/disclosure_bench.py [--sizes 2500,5000,10000,20000] [--kind skewed|flat]

Tables by country, region, sex and quarter with all their margins, counted from made microdata: "skewed" as migration is, with many
small cells, and "flat", where one in five is small and stands beside large ones. One core; the time is that of `mtm tabulate
--threshold 5` less that of the same without. Beside it GaussSuppression, SmallCountRounding and sdcTable where R has them;
what is not there is skipped, and said."""
import argparse
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import tempfile

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", "build"))
PROGRAM = BUILD / "examples" / "mtm" / "mtm"
COUNTRIES = ("UZB KGZ RUS CHN TUR DEU IND TJK AZE FRA KOR ITA ARM BLR GEO IRN IRQ ISR JPN LTU LVA MDA MNG NLD PAK POL SAU SRB TKM UKR "
             "USA VNM AFG ARE AUT BGD BGR BRA CAN CHE CZE DNK EGY ESP EST FIN GBR GRC HUN IDN JOR KWT LBN LBY MAR MEX MYS NOR PHL "
             "PRT QAT ROU SGP SVK SVN SWE SYR THA TUN YEM ZAF NGA KEN ETH GHA").split()
REGIONS = [f"KZ{n}" for n in (10, 11, 15, 19, 23, 27, 31, 33, 35, 39, 43, 47, 55, 59, 61, 62, 63, 71, 75, 79)]
RESOURCE = {"name": "t", "path": "t.csv", "encoding": "utf-8", "schema": {"fields": [
    {"name": "period", "mtm": {"role": "period"}},
    *({"name": name, "mtm": {"role": "dimension", "dimension": name}} for name in ("citizenship", "region", "sex"))]},
    "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "microdata": True, "confidential": True}}
GROUPINGS = ["citizenship,region,sex", "citizenship,region", "citizenship,sex", "region,sex", "citizenship", "region", "sex"]


def write(path, size, kind, dice):
    """Microdata whose finest table has about `size` cells."""
    regions = REGIONS[:20]
    quarters = ["2024-02-10", "2024-05-10", "2024-08-10", "2024-11-10"]
    countries = COUNTRIES[:max(2, size // (len(regions) * 2 * len(quarters)))]
    weight = {name: dice.paretovariate(0.9) for name in countries + regions}
    cells = {}
    for quarter in quarters:
        for country in countries:
            for region in regions:
                for sex in "FM":
                    if kind == "flat":
                        value = dice.randint(1, 4) if dice.random() < 0.2 else dice.randint(20, 60)
                    else:
                        value = min(2000, int(weight[country] * weight[region] * dice.random() * 2))
                    if value:
                        cells[quarter, country, region, sex] = value
    with open(path, "w", encoding="utf-8") as out:
        out.write("period,citizenship,region,sex\n")
        for key, value in cells.items():
            out.write((",".join(key) + "\n") * value)
    return cells


def run(*arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([PROGRAM, "tabulate", "--threads", "1", *arguments], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(folder, size, kind, method, limit):
    cells = write(folder / "t.csv", size, kind, random.Random(size))
    (folder / "r.json").write_text(json.dumps(RESOURCE))
    by = [one for g in GROUPINGS for one in ("--by", g)]
    common = ["--resource", folder / "r.json", *by, "--format", "json"]
    plain, base = run(*common, folder / "t.csv")
    try:
        done, time = run(*common, "--threshold", "5", "--method", method, folder / "t.csv")
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return {"printed": 0, "said": done.stderr.strip()}
    true = [line for table in json.loads(plain.stdout)["tables"] for line in table["observations"]]
    shown = [line for table in json.loads(done.stdout)["tables"] for line in table["observations"]]
    small = sum(0 < int(line["value"]) < 5 for line in true)
    hidden = [t for t, s in zip(true, shown) if s["value"] is None]
    total = sum(int(t["value"]) for t in true)
    moved = sum(abs(int(t["value"]) - int(s["value"])) for t, s in zip(true, shown) if s["value"] is not None)
    return {"printed": len(true), "small": small, "withheld": len(hidden), "time": max(time - base, 0.0),
            "lost": (sum(int(t["value"]) for t in hidden) + moved) / total}


def peers():
    """Tools of R that are there."""
    if shutil.which("Rscript") is None:
        return []
    return [name for name in ("GaussSuppression", "SmallCountRounding", "sdcTable")
            if subprocess.run(["Rscript", "-e", f"library({name})"], capture_output=True).returncode == 0]


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="2500,5000,10000,20000")
    options.add_argument("--kind", default="skewed,flat")
    options.add_argument("--method", default="suppression,rounding")
    options.add_argument("--limit", type=float, default=600)
    asked = options.parse_args()
    print("| tables | method | numbers printed | small counts | withheld | share of value withheld or moved | seconds | proved |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in asked.kind.split(","):
        for method in asked.method.split(","):
            for size in map(int, asked.sizes.split(",")):
                with tempfile.TemporaryDirectory() as name:
                    found = measure(pathlib.Path(name), size, kind, method, asked.limit)
                if not found or not found["printed"]:
                    print(f"| {kind} | {method} | {size} | | | | | {found and found['said']} |", flush=True)
                    continue
                print(f"| {kind} | {method} | {found['printed']:,} | {found['small']:,} | {found['withheld']:,} | "
                      f"{100 * found['lost']:.1f} % | {found['time']:.2f} | yes |", flush=True)
    there = peers()
    for name in ("GaussSuppression", "SmallCountRounding", "sdcTable"):
        if name not in there:
            print(f"skipped: {name} is not installed in R, and is in no Debian package", flush=True)


if __name__ == "__main__":
    main()
