"""Random confidential packages and catalogues: what is counted, and what is printed of it."""
import itertools
import json
import random

COUNTRIES = ["UZB", "KGZ", "RUS", "CHN", "TUR", "DEU", "IND", "TJK", "AZE", "FRA", "KOR", "ITA"]
REGIONS = ["KZ10", "KZ11", "KZ15", "KZ19", "KZ23", "KZ27"]
SEXES = ["F", "M"]


def random_cells(dice, periods, countries, regions, directions=("IN", "OUT"), scale=None):
    """One row a finest cell that is not 0: members and value."""
    scale = scale or dice.choice([2, 4, 8, 20, 60, 400])
    weight = {name: dice.paretovariate(1) for name in countries + regions}
    cells = []
    for period in periods:
        for direction in directions:
            for country in countries:
                for sex in SEXES:
                    for region in regions:
                        value = int(scale * weight[country] * weight[region] * dice.random() / len(regions))
                        if value > 0:
                            cells.append(({"period": period, "direction": direction, "citizenship": country, "sex": sex,
                                           "region": region}, min(value, 100000)))
    return cells


def all_cells(cells):
    """The cells with those of all combinations of their members, which are 0."""
    names = list(cells[0][0])
    known = {tuple(cell[name] for name in names): value for cell, value in cells}
    members = [sorted({key[i] for key in known}) for i in range(len(names))]
    return [(dict(zip(names, key)), known.get(key, 0)) for key in itertools.product(*members)]


def write_package(folder, cells, period):
    fields = ["period", "direction", "citizenship", "sex", "region"]
    with open(folder / "crossings.csv", "w", encoding="utf-8") as out:
        out.write(",".join(fields) + ",value\n")
        for cell, value in cells:
            out.write(",".join(cell[name] for name in fields) + f",{value}\n")
    described = [{"name": "period", "type": "string", "mtm": {"role": "period"}}]
    described += [{"name": name, "type": "string", "mtm": {"role": "dimension", "dimension": name}} for name in fields[1:]]
    described += [{"name": "value", "type": "number", "mtm": {"role": "value"}}]
    (folder / "datapackage.json").write_text(json.dumps({
        "name": "random",
        "resources": [{"name": "crossings", "path": "crossings.csv", "encoding": "utf-8", "format": "csv",
                       "schema": {"fields": described},
                       "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "confidential": True,
                               "absent": "zero", "publisher": "Border Service"}}],
        "mtm": {"country": "KAZ", "period": period}}), encoding="utf-8")


def write_microdata(folder, cells, period):
    """The same counts with one row a person."""
    fields = ["period", "direction", "citizenship", "sex", "region"]
    with open(folder / "crossings.csv", "w", encoding="utf-8") as out:
        out.write(",".join(fields) + "\n")
        for cell, value in cells:
            day = {"Q1": "02-10", "Q2": "05-10", "Q3": "08-10", "Q4": "11-10"}[cell["period"][5:]]
            row = [f"{cell['period'][:4]}-{day}"] + [cell[name] for name in fields[1:]]
            out.write((",".join(row) + "\n") * value)
    described = [{"name": "period", "type": "string", "mtm": {"role": "period"}}]
    described += [{"name": name, "type": "string", "mtm": {"role": "dimension", "dimension": name}} for name in fields[1:]]
    (folder / "datapackage.json").write_text(json.dumps({
        "name": "random",
        "resources": [{"name": "crossings", "path": "crossings.csv", "encoding": "utf-8", "format": "csv",
                       "schema": {"fields": described},
                       "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "microdata": True,
                               "covers": "2023-01-01/2024-12-31",
                               "confidential": True, "publisher": "Border Service"}}],
        "mtm": {"country": "KAZ", "period": period}}), encoding="utf-8")


def definition(name, filters, breakdown=None, minus=None, top=None, comparisons=()):
    found = {"id": name, "section": "border-crossings", "title": name, "definition": name,
             "concept": "border-crossings", "unit": "movements", "kind": "flow", "filter": filters,
             "statistic": "net" if minus else "sum", "comparisons": list(comparisons)}
    if minus:
        found["minus"] = minus
    if breakdown:
        found["breakdown"] = {"dimension": breakdown}
        if top:
            found["breakdown"]["top"] = top
    return found


def random_catalogue(dice, countries, regions, tops=False):
    """A list for the total and for each member of one or two dimensions, by another one; at times both directions and
    their net."""
    found = []
    by = dice.choice(["citizenship", "region", "sex"])
    directions = ["IN"] if dice.random() < 0.6 else ["IN", "OUT"]
    split = dice.choice([["sex"], ["region"], ["sex", "region"], ["citizenship"], []])
    members = {"sex": SEXES, "region": regions, "citizenship": countries}
    for direction in directions:
        filters = [{"direction": direction}]
        for dimension in split:
            if dimension != by:
                filters += [{**one, dimension: member} for one in list(filters)
                            for member in members[dimension] if dice.random() < 0.8]
        for one in filters:
            top = dice.choice([None, 2, 3, 5]) if tops else None
            comparisons = ["previous-period"] if dice.random() < 0.3 else []
            found.append(definition(f"list-{len(found)}", one, by, top=top, comparisons=comparisons))
            if dice.random() < 0.3:
                other = dice.choice([d for d in ("citizenship", "region", "sex") if d != by and d not in one] or [by])
                found.append(definition(f"list-{len(found)}", one, other))
    if len(directions) == 2:
        found.append(definition("net", {"direction": "IN"}, by, minus={"direction": "OUT"}))
    dice.shuffle(found)
    return {"indicators": found[:40]}


def random_publication(seed, tops=False, persons=False):
    dice = random.Random(seed)
    countries = dice.sample(COUNTRIES, dice.randint(2, 12))
    regions = dice.sample(REGIONS, dice.randint(2, 5))
    periods = dice.choice([["2024-Q2"], ["2024-04", "2024-05", "2024-06"], ["2024-Q1", "2024-Q2"],
                           ["2023-Q2", "2024-Q1", "2024-Q2"]])
    period = "2024-Q2"
    if persons:
        periods = [one for one in periods if "Q" in one] or [period]
    cells = []
    while not cells:
        cells = random_cells(dice, periods, countries, regions, scale=dice.choice([2, 4, 8, 20]) if persons else None)
    return cells, random_catalogue(dice, countries, regions, tops), period
