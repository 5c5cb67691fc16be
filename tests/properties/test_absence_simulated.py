"""The promises on ordinary cells, held by simulated tables in which every absence is a true zero: at most one sum in a hundred is
refused; with one true row removed at most one in six passes, flagged, and then of ten units or less. Fixed seed. The rules are
the second writing of reference.py; every fortieth table is computed by mtm too, which must say the same."""
import random
import sys
import unittest

import reference
from simulate_absence import MONTHS, outcome, table

TABLES, SEED, EVERY = 600, 20261127, 40


def judged(figures, month):
    """The sum of a month by the rules written a second time; figures as the simulation has them."""
    return reference.Table({(MONTHS.index(m), (country,)): value for (m, country), value in figures.items()}).month(month)


class Simulated(unittest.TestCase):
    def check_program(self, figures, month, mine):
        found = outcome(figures, MONTHS[month])
        self.assertEqual(found["value"], None if mine.value is None else str(mine.value))
        self.assertEqual("coverage-assumed-zero" in found["flags"], mine.value is not None and mine.assumed)

    def test_promises(self):
        draw = random.Random(SEED)
        refused, passed, large, unflagged = 0, 0, [], 0
        for number in range(TABLES):
            figures = table(draw)
            month = draw.randrange(30, len(MONTHS))
            whole = judged(figures, month)
            refused += whole.value is None
            victim = draw.choice([key for key in figures if key[0] == MONTHS[month]])
            seen_before = any((m, victim[1]) in figures for m in MONTHS[month - 23:month])
            lost = figures.pop(victim)
            less = judged(figures, month)
            if less.value is not None:
                passed += 1
                large += [lost] if lost > 10 else []
                unflagged += seen_before and not less.assumed  # who was never there is missed by nobody
            if number % EVERY == 0:
                self.check_program(figures, month, less)
                figures[victim] = lost
                self.check_program(figures, month, whole)
        found = f"{TABLES} tables: {refused} refused, {passed} pass with a row removed, above ten {large}, {unflagged} without a flag"
        print(found, file=sys.stderr)
        self.assertLessEqual(100 * refused, TABLES, found)
        self.assertLessEqual(6 * passed, TABLES, found)
        self.assertEqual((large, unflagged), ([], 0), found)


if __name__ == "__main__":
    unittest.main()
