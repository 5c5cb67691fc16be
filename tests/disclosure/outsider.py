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
from scipy.sparse import csr_matrix


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
        self.known = []      # (set of cells with signs, value)
        self.hidden = {}     # frozen set of cells with signs: name
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
            self.hidden.setdefault(key, name)
        elif value is not None:
            self.known.append((key, value))

    def solve(self, rows=None):
        """For each hidden count (least, most), by linear programmes over the whole system."""
        shown, right, seen = [], [], {}
        for key, value in self.known:
            if key in seen:
                assert seen[key] == value, (key, value, seen[key])
                continue
            seen[key] = value
            shown.append(key)
            right.append(value)
        data, row, column = [], [], []
        for number, key in enumerate(shown):
            for cell, sign in key:
                row.append(number)
                column.append(cell)
                data.append(sign)
        equal = csr_matrix((data, (row, column)), shape=(len(shown), len(self.cells))) if shown else None
        found = {}
        for key, name in self.hidden.items():
            if any(sign < 0 for _, sign in key):
                continue
            goal = numpy.zeros(len(self.cells))
            for cell, sign in key:
                goal[cell] = sign
            ends = []
            for direction in (1, -1):
                done = linprog(direction * goal, A_eq=equal, b_eq=right or None, bounds=(0, None), method="highs")
                if done.status == 3:
                    ends.append(float("inf"))
                else:
                    assert done.status == 0, (name, done.message)
                    ends.append(direction * done.fun)
            found[name] = tuple(ends)
        return found


    def printed_parts(self):
        """What the printed numbers that lie inside a hidden one alone say of it: its least, were nothing else known."""
        found = {}
        shown = [({cell for cell, _ in key}, value) for key, value in self.known if all(sign == 1 for _, sign in key)]
        for key, name in self.hidden.items():
            inside = {cell for cell, _ in key}
            here = [(cells, value) for cells, value in shown if cells and cells <= inside]
            if not here:
                continue
            order = {cell: number for number, cell in enumerate(inside)}
            row = [number for number, (cells, _) in enumerate(here) for _ in cells]
            column = [order[cell] for cells, _ in here for cell in cells]
            equal = csr_matrix(([1] * len(row), (row, column)), shape=(len(here), len(order)))
            done = linprog(numpy.ones(len(order)), A_eq=equal, b_eq=[value for _, value in here], bounds=(0, None),
                           method="highs")
            assert done.status == 0, (name, done.message)
            found[name] = done.fun
        return found


def number_of(text):
    return None if text is None else int(text)


def read_document(outsider, document, definitions, vintage=""):
    """Takes every number of a JSON report: value, bases, rows, remainder, series."""
    for section in document["sections"]:
        for indicator in section["indicators"]:
            definition = definitions.get(indicator["id"])
            if definition is None or (indicator["value"] is None and indicator.get("reason") not in (None, "suppressed")):
                continue
            read_indicator(outsider, indicator, definition, document["period"]["id"] if isinstance(document["period"], dict)
                           else document["period"])
    return outsider


def read_indicator(outsider, indicator, definition, period):
    def terms(where, filters=None):
        found = [(1, outsider.select({**definition["filter"], **(filters or {})}, months_of(where)))]
        if "minus" in definition:
            found.append((-1, outsider.select({**definition["minus"], **(filters or {})}, months_of(where))))
        return found

    name = indicator["id"]
    outsider.number((name, "value", period), terms(period), number_of(indicator["value"]))
    for comparison in indicator["comparisons"]:
        if comparison["base"] is not None or comparison["reason"] == "suppressed":
            base = period_text(comparison["period"])
            outsider.number((name, "base", base), terms(base), number_of(comparison["base"]))
    for point in indicator["series"]:
        at = period_text(point["period"])
        outsider.number((name, "point", at), terms(at), number_of(point["value"]))
    breakdown = indicator["breakdown"]
    rest = terms(period)
    for row in breakdown["rows"]:
        if row["code"] == "_O":
            continue
        here = terms(period, {breakdown["dimension"]: row["code"]})
        outsider.number((name, "row", period, row["code"]), here, number_of(row["value"]))
        rest += [(-sign, cells) for sign, cells in here]
    for row in breakdown["rows"]:
        if row["code"] == "_O" and row["value"] is not None:
            outsider.number((name, "row", period, "_O"), rest, number_of(row["value"]))


def period_text(period):
    return period if isinstance(period, str) else period["id"]


def judge(found, threshold, parts=None):
    """How many hidden numbers are exact, and how many cannot be everything from 0 to the threshold; where earlier
    documents print parts of a number, from what these add up to to the threshold above that."""
    parts = parts or {}
    exact = [name for name, (least, most) in found.items() if most - least < 0.5]
    narrowed = [name for name, (least, most) in found.items()
                if least > parts.get(name, 0) + 0.5 or most < parts.get(name, 0) + threshold - 0.5]
    return exact, narrowed


def load(text):
    return json.loads(text)
