"""The promises on ordinary cells, held by simulated tables in which every absence is a true zero: of tables from 80,000 a month on at
most one sum in a hundred is refused, and with one true row removed at most one in six passes, flagged, and then of ten units or
less. Smaller tables cannot keep both (test_no_rule_keeps_both): what they keep is less, and held too. Several fixed seeds; one more
where MTM_SEED names it. The rules are the second writing of reference.py; some tables are computed by mtm too, which must
say the same."""
import math
import os
import random
import sys
import unittest

import reference
from simulate_absence import MONTHS, outcome, table

SEEDS = [20261127, 1, 2] + [int(seed) for seed in os.environ.get("MTM_SEED", "").split()]
EVERY = 40
# a month's smallest and largest, tables a seed; at most one refused in, one passing in, one above ten in
LARGE = (80_000, 4_000_000, 120, 100, 6, 500)
SMALL = (8_000, 80_000, 80, 25, 10 / 3, 100)


def judged(figures, month):
    """The sum of a month by the rules written a second time; figures as the simulation has them."""
    return reference.Table({(MONTHS.index(m), (country,)): value for (m, country), value in figures.items()}).month(month)


def known_means(draw, smallest, largest):
    """The mean of each cell of one month, as simulate_absence.table draws it."""
    size = smallest * (largest / smallest) ** draw.random()
    power = draw.uniform(1.0, 1.8)
    weights = [1 / (rank + 1) ** power for rank in range(197)]
    scale, month = size / sum(weights), draw.randrange(30, len(MONTHS))
    return [weight * scale * (1 + draw.uniform(0, 0.8) * math.sin(2 * math.pi * month / 12 + draw.uniform(0, 2 * math.pi)))
            for weight in weights]


def best_of(smallest, largest, bound, tables=400):
    """What a rule refuses and lets pass, in parts of one, that knows each mean and takes those up to the bound for ordinary."""
    draw, refused, passed = random.Random(5), 0.0, 0.0
    for _ in range(tables):
        means = known_means(draw, smallest, largest)
        refused += 1 - math.prod(1 - math.exp(-mean) for mean in means if mean > bound)
        present = [(mean, 1 - math.exp(-mean)) for mean in means]
        passed += sum(p for mean, p in present if mean <= bound) / sum(p for _, p in present)
    return refused / tables, passed / tables


class Simulated(unittest.TestCase):
    def check_program(self, figures, month, mine):
        found = outcome(figures, MONTHS[month])
        self.assertEqual(found["value"], None if mine.value is None else str(mine.value))
        self.assertEqual("coverage-assumed-zero" in found["flags"], mine.value is not None and mine.assumed)

    def hold(self, smallest, largest, tables, refused_in, passed_in, large_in):
        refused = passed = large = unflagged = 0
        for seed in SEEDS:
            draw = random.Random(seed)
            for number in range(tables):
                figures = table(draw, smallest, largest)
                month = draw.randrange(30, len(MONTHS))
                whole = judged(figures, month)
                refused += whole.value is None
                victim = draw.choice([key for key in figures if key[0] == MONTHS[month]])
                seen_before = any((m, victim[1]) in figures for m in MONTHS[month - 23:month])
                lost = figures.pop(victim)
                less = judged(figures, month)
                if less.value is not None:
                    passed += 1
                    large += lost > 10
                    unflagged += seen_before and not less.assumed  # who was never there is missed by nobody
                if number % EVERY == 0:
                    self.check_program(figures, month, less)
                    figures[victim] = lost
                    self.check_program(figures, month, whole)
        n = tables * len(SEEDS)
        found = (f"{n} tables of {smallest} to {largest}, seeds {SEEDS}: {refused} refused, {passed} pass with a row removed, "
                 f"{large} of them above ten, {unflagged} without a flag")
        print(found, file=sys.stderr)
        self.assertLessEqual(refused_in * refused, n, found)
        self.assertLessEqual(passed_in * passed, n, found)
        self.assertLessEqual(large_in * large, n, found)
        self.assertEqual(unflagged, 0, found)

    def test_promises(self):
        self.hold(*LARGE)

    def test_small_tables(self):
        self.hold(*SMALL)

    def test_no_rule_keeps_both(self):
        """Below 80,000 a month not even the true means would do: what refuses one in a hundred lets one in five pass."""
        refused, passed = best_of(8_000, 80_000, 5.9)
        self.assertGreater(refused, 0.01)
        self.assertGreater(passed, 0.2)
        refused, passed = best_of(80_000, 4_000_000, 6.5)
        self.assertLess(refused, 0.01)
        self.assertLess(passed, 1 / 6)


if __name__ == "__main__":
    unittest.main()
