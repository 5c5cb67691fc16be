"""An outsider with an exact solver: reads documents as they are printed, knows which rows there could be, and computes
how far each withheld number can be told.

What he knows: every figure counts rows of one table by direction, citizenship, sex, region and month; counts are not
below 0; what each indicator counts (its filter, breakdown and period stand in its definition). What he does not know:
the table. His unknowns are the finest cells that have a row; a cell without one is known to him to be 0, which is more
than a reader has. He never sees the library's own lists of relations.
"""
import json

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack


def months_of(period):
    """The periods of a table that lie in "2024-Q2", "2024" or "2024-06"."""
    year, _, part = period.partition("-")
    if part == "":
        return [f"{year}-{month:02d}" for month in range(1, 13)] + [f"{year}-Q{quarter}" for quarter in range(1, 5)]
    if part.startswith("Q"):
        first = 3 * int(part[1]) - 2
        return [period] + [f"{year}-{month:02d}" for month in range(first, first + 3)]
    return [period]


class Outsider:
    """Equations over cells: (filters, period, breakdown) to coefficients."""

    def __init__(self, cells):
        """cells: dictionaries of members, each with "period" as a month or quarter."""
        self.cells = cells
        self.country = ""    # whose citizens are no foreigners
        self.known = []      # (set of cells with signs, value)
        self.hidden = {}     # frozen set of cells with signs: name
        self.names = {}      # of hidden ones: how many have a name, for documents name theirs alike
        self.named = set()   # keys of rows that a list names
        self.reads_sums = True  # of points: those of rounded ones are further off
        self.members = {}
        for number, cell in enumerate(cells):
            for pair in cell.items():
                self.members.setdefault(pair, set()).add(number)

    def select(self, filters, periods):
        found = None
        for pair in filters.items():
            here = self.members.get(pair, set())
            found = here if found is None else found & here
        inside = set().union(*(self.members.get(("period", p), set()) for p in periods))
        return inside if found is None else found & inside

    def number(self, name, terms, value):
        """terms: list of (sign, set of cells)."""
        sums = {}
        for sign, cells in terms:
            for cell in cells:
                sums[cell] = sums.get(cell, 0) + sign
        key = frozenset((cell, sign) for cell, sign in sums.items() if sign)
        if value is None and key:  # without a cell there is nothing to withhold
            if key not in self.hidden:
                self.names[name] = self.names.get(name, 0) + 1
                self.hidden[key] = name if self.names[name] == 1 else (*name, self.names[name])
        elif value is not None:
            self.known.append((key, value))

    def system(self):
        """Printed numbers as equations: keys and values, each once."""
        seen = {}
        for key, value in self.known:
            assert seen.setdefault(key, value) == value, (key, value, seen[key])
        return list(seen), list(seen.values())

    def solve(self, known=(), least=(), only=None, whole=False):
        """For each hidden count (least, most) over the whole system.

        known: further (key, value); least: (key, value) of sums that are known to be at least that; only: names to solve
        for; whole: in whole numbers, where a linear programme alone may see too much room."""
        shown, right = self.system()
        shown, right = shown + [key for key, _ in known], right + [value for _, value in known]
        equal, bound = matrix(shown, len(self.cells)), matrix([key for key, _ in least], len(self.cells))
        found = {}
        for key, name in self.hidden.items():
            if any(sign < 0 for _, sign in key) or (only is not None and name not in only):
                continue
            goal = numpy.zeros(len(self.cells))
            for cell, sign in key:
                goal[cell] = sign
            found[name] = tuple(self.end(goal, direction, equal, right, bound, [-value for _, value in least], whole, name)
                                for direction in (1, -1))
        return found

    def end(self, goal, direction, equal, right, bound, limits, whole, name):
        done = linprog(direction * goal, A_eq=equal, b_eq=right or None, A_ub=None if bound is None else -bound,
                       b_ub=limits or None, bounds=(0, None), method="highs", integrality=1 if whole else None)
        if done.status == 3 or (done.status == 4 and direction < 0):
            return float("inf")
        assert done.status == 0, (name, done.message)
        return direction * done.fun

    def feasible(self, known, ranges):
        """Whether a table agrees with all that is printed, with further (key, value), and with (key, least, most)."""
        shown, right = self.system()
        shown, right = shown + [key for key, _ in known], right + [value for _, value in known]
        keys = [key for key, _, _ in ranges]
        between = matrix(keys, len(self.cells))
        both = None if between is None else vstack([between, -between]).tocsr()
        limits = [most for _, _, most in ranges] + [-least for _, least, _ in ranges]
        done = linprog(numpy.zeros(len(self.cells)), A_eq=matrix(shown, len(self.cells)), b_eq=right or None, A_ub=both,
                       b_ub=limits or None, bounds=(0, None), method="highs", integrality=1)
        return done.status == 0

    def printed_parts(self, least=()):
        """What printed numbers, and sums known to be at least something, that lie inside a hidden number alone say of it:
        its least, were nothing else known. Who is named and who is not in print goes together: a named row has none of its
        persons where a 0 is printed."""
        found = {}
        nobody = {cell for key, value in self.known if value == 0 and all(sign == 1 for _, sign in key) for cell, _ in key}
        shown = [({cell for cell, _ in key}, value, 1) for key, value in self.known if all(sign == 1 for _, sign in key)]
        shown += [({cell for cell, _ in key} - nobody, value, 0) for key, value in least]
        for key, name in self.hidden.items():
            inside = {cell for cell, _ in key}
            here = [one for one in shown if one[0] and one[0] <= inside]
            if not here:
                continue
            order = {cell: number for number, cell in enumerate(inside)}
            equal = [(frozenset((order[cell], 1) for cell in cells), value) for cells, value, exact in here if exact]
            above = [(frozenset((order[cell], 1) for cell in cells), value) for cells, value, exact in here if not exact]
            bound = matrix([one for one, _ in above], len(order))
            done = linprog(numpy.ones(len(order)), A_eq=matrix([one for one, _ in equal], len(order)),
                           b_eq=[value for _, value in equal] or None, A_ub=None if bound is None else -bound,
                           b_ub=[-value for _, value in above] or None, bounds=(0, None), method="highs", integrality=1)
            assert done.status == 0, (name, done.message)
            found[name] = done.fun
        return found


def matrix(keys, n):
    row = [number for number, key in enumerate(keys) for _ in key]
    column = [cell for key in keys for cell, _ in key]
    data = [sign for key in keys for _, sign in key]
    return csr_matrix((data, (row, column)), shape=(len(keys), n)) if keys else None


def number_of(text):
    return None if text is None else int(text)


CIS = ["ARM", "AZE", "BLR", "KAZ", "KGZ", "MDA", "RUS", "TJK", "UZB"]
GROUPS = {"CIS": CIS + ["_C"], "EAEU": ["ARM", "BLR", "KAZ", "KGZ", "RUS"], "CENTRAL-ASIA": ["KAZ", "KGZ", "TJK", "TKM", "UZB"],
          "EU": ["DEU", "FRA", "ITA"]}  # of the countries of the tests; _C: others of the CIS
BUILT_IN = {
    "arrivals": {"foreigners": True, "filter": {"direction": "IN"}},
    "departures": {"foreigners": True, "filter": {"direction": "OUT"}},
    "net-crossings": {"foreigners": True, "filter": {"direction": "IN"}, "minus": {"direction": "OUT"}},
    "arrivals-by-origin": {"foreigners": True, "filter": {"direction": "IN"}, "breakdown": {"dimension": "citizenship"}},
    "arrivals-outside-cis": {"foreigners": True, "filter": {"direction": "IN"}, "breakdown": {"dimension": "citizenship"}, "outside": "CIS"},
}


def read_document(outsider, document, definitions):
    """Takes every number of a JSON report: value, bases, rows, remainder, series."""
    definitions = {**BUILT_IN, **definitions}
    for section in document["sections"]:
        for indicator in section["indicators"]:
            definition = definitions.get(indicator["id"])
            if definition is None:
                continue
            read_indicator(outsider, indicator, definition, document["period"]["id"] if isinstance(document["period"], dict)
                           else document["period"])
    return outsider


def read_indicator(outsider, indicator, definition, period):
    outside = GROUPS.get(definition.get("outside"), []) + ([outsider.country] if definition.get("foreigners") else [])
    within = GROUPS.get(definition.get("within"))

    def select(measure, where, filters):
        cells = outsider.select({**measure, **(filters or {})}, months_of(where))
        cells = cells.difference(*(outsider.members.get(("citizenship", code), set()) for code in outside))
        if within is not None:
            cells &= set().union(*(outsider.members.get(("citizenship", code), set()) for code in within))
        return cells

    def terms(where, filters=None):
        found = [(1, select(definition["filter"], where, filters))]
        if "minus" in definition:
            found.append((-1, select(definition["minus"], where, filters)))
        return found

    name = indicator["id"]
    if indicator["value"] is not None or indicator.get("reason") == "suppressed":  # what is not known for another reason hides nothing
        outsider.number((name, "value", period), terms(period), number_of(indicator["value"]))
    assert indicator.get("per_1000") is None or indicator["value"] is not None, (name, indicator)
    for comparison in indicator["comparisons"]:
        if comparison["base"] is not None or comparison["reason"] == "suppressed":
            base = period_text(comparison["period"])
            outsider.number((name, "base", base), terms(base), number_of(comparison["base"]))
        assert comparison.get("like_for_like") is None, (name, comparison)
        changed = indicator["value"] is None or comparison["base"] is None
        assert not changed or (comparison["absolute"], comparison["percent"]) == (None, None), (name, comparison)
    read_series(outsider, indicator, terms)
    breakdown = indicator["breakdown"] or {"rows": []}
    rest = terms(period)
    for row in breakdown["rows"]:
        if row["code"] == "_O":
            continue
        here = terms(period, {breakdown["dimension"]: row["code"]})
        outsider.number((name, "row", period, row["code"]), here, number_of(row["value"]))
        assert row["share"] is None or None not in (row["value"], indicator["value"]), (name, row)
        for one in row.get("contributions") or []:
            base = period_text(next(c for c in indicator["comparisons"] if c["with"] == one["with"])["period"])
            then = terms(base, {breakdown["dimension"]: row["code"]})
            outsider.number((name, "change", period, row["code"], one["with"]),
                            here + [(-sign, cells) for sign, cells in then], number_of(one["change"]))
        if row["value"] != "0" and row["kind"] == "code" and "minus" not in definition:
            outsider.named.add(frozenset((cell, 1) for cell in here[0][1]))
        rest += [(-sign, cells) for sign, cells in here]
    for row in breakdown["rows"]:
        if row["code"] == "_O" and row["value"] is not None:
            outsider.number((name, "row", period, "_O"), rest, number_of(row["value"]))


def read_series(outsider, indicator, terms):
    """Points, and what is made of them: sums of the year so far and of twelve months, an index."""
    name, points = indicator["id"], indicator["series"]
    for number, point in enumerate(points):
        at = period_text(point["period"])
        outsider.number((name, "point", at), terms(at), number_of(point["value"]))
        assert point.get("index") is None or point["value"] is not None, (name, point)
        for what, months in (("year_to_date", None), ("twelve_months", 12)):
            if point.get(what) is not None and outsider.reads_sums:
                run = [period_text(one["period"]) for one in points[:number + 1]]
                run = run[-(12 if len(months_of(at)) == 1 and "Q" not in at else 4):] if months else [
                    one for one in run if one[:4] == at[:4]]
                outsider.number((name, what, at), [pair for one in run for pair in terms(one)], number_of(point[what]))


def period_text(period):
    return period if isinstance(period, str) else period["id"]


def judge(found, threshold, parts=None, large=()):
    """How many hidden numbers are exact, and how many cannot be everything from 0 to the threshold; where earlier
    documents print parts of a number, from what these add up to to the threshold above that. large: those that are not
    small in truth and of which earlier documents tell: they may be told to the width of the threshold."""
    parts = parts or {}
    exact = [name for name, (least, most) in found.items() if most - least < 0.5]
    narrowed = [name for name, (least, most) in found.items()
                if (least > parts.get(name, 0) + 0.5 or most < parts.get(name, 0) + threshold - 0.5)
                and not (name in large and most - least > threshold - 0.5)]
    return exact, narrowed


def large_names(hidden, values, threshold):
    """Names of hidden numbers that are not small: values by cell."""
    return {name for key, name in hidden.items() if sum(sign * values[cell] for cell, sign in key) >= threshold}


def load(text):
    return json.loads(text)
