"""The test of Rao and Scott in exact fractions, for weights that are up to 10^15 times one another: libmtm keeps 12 digits, where R's survey
keeps 6 to 9 (survey/README.md)."""
import csv
import json
import pathlib
import tempfile
import unittest
from fractions import Fraction

from program import SOURCE, run

DATA = SOURCE / "tests/golden/survey/many/spread-1004.csv"


def solve(matrix, right):
    """matrix^-1 right, by elimination."""
    n, rows = len(matrix), [list(a) + list(b) for a, b in zip(matrix, right)]
    for c in range(n):
        pivot = next(r for r in range(c, n) if rows[r][c] != 0)
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for r in range(n):
            if r != c and rows[r][c] != 0:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[c])]
    return [row[n:] for row in rows]


def rao_scott(answers, groups, weights):
    """F, and its degrees of freedom below the line, of rows drawn one by one."""
    first, second = sorted(set(answers)), sorted(set(groups))
    n, whole, columns = len(weights), sum(weights), len(second)
    cells = range(len(first) * columns)
    cell = [first.index(a) * columns + second.index(b) for a, b in zip(answers, groups)]
    share = [sum(w for w, c in zip(weights, cell) if c == k) / whole for k in cells]
    squares = [sum(w * w for w, c in zip(weights, cell) if c == k) for k in cells]
    all_squares = sum(squares)
    variance = [[Fraction(n, n - 1) / whole ** 2 * ((squares[a] if a == b else 0) - squares[a] * share[b] - squares[b] * share[a]
                                                    + all_squares * share[a] * share[b]) for b in cells] for a in cells]
    contrasts = []
    for i in range(1, len(first)):
        for j in range(1, columns):
            contrasts.append([((c == 0) + (c == i * columns + j) - (c == i * columns) - (c == j)) for c in cells])
    scaled = [[x / p if p else Fraction(0) for x, p in zip(one, share)] for one in contrasts]
    simple = [[sum(x * y for x, y in zip(a, b)) / n for b in contrasts] for a in scaled]
    half = [[sum(a[k] * variance[k][c] for k in cells) for c in cells] for a in scaled]
    design = [[sum(x * y for x, y in zip(a, b)) for b in scaled] for a in half]
    delta = solve(simple, design)
    trace = sum(delta[i][i] for i in range(len(delta)))
    square = sum(delta[i][j] * delta[j][i] for i in range(len(delta)) for j in range(len(delta)))
    row = [sum(share[i * columns:(i + 1) * columns]) for i in range(len(first))]
    column = [sum(share[j::columns]) for j in range(columns)]
    pearson = n * sum((share[c] - row[c // columns] * column[c % columns]) ** 2 / (row[c // columns] * column[c % columns]) for c in cells)
    return float(pearson / trace), float(trace * trace / square * (n - 1))


class Exact(unittest.TestCase):
    def test_weights_far_apart(self):
        with open(DATA) as file:
            rows = list(csv.DictReader(file))
        with tempfile.TemporaryDirectory() as folder:
            design = pathlib.Path(folder) / "design.json"
            design.write_text('{"weight": "w"}')
            for question in ("s", "yes"):
                for by in ("g", "k"):
                    known = [row for row in rows if row[question]]
                    statistic, df = rao_scott([row[question] for row in known], [row[by] for row in known],
                                              [Fraction(row["w"]) for row in known])
                    done = run("survey", DATA, question, "--by", by, "--statistic", "chi-square", "--design", design, "-f", "json")
                    one, = json.loads(done.stdout)["estimates"]
                    self.assertLess(abs(one["estimate"] / statistic - 1), 1e-12, (question, by))
                    self.assertLess(abs(one["df"] / df - 1), 1e-12, (question, by))


if __name__ == "__main__":
    unittest.main()
