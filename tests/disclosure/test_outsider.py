"""An outsider with an exact solver learns no withheld number from random publications.

MTM_PUBLICATIONS sets how many are tried (20 for each attacker when it is not set), MTM_FIRST the first seed. Needs SciPy; skipped without.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import outsider
except ImportError:
    outsider = None
import publications

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", "build"))
PROGRAM = BUILD / "examples" / "mtm" / "mtm"
MANY = int(os.environ.get("MTM_PUBLICATIONS", "20"))
FIRST = int(os.environ.get("MTM_FIRST", "0"))
THRESHOLD = 5


def publish(folder, catalogue, *arguments):
    path = folder / "catalogue.json"
    path.write_text(json.dumps(catalogue), encoding="utf-8")
    done = subprocess.run([PROGRAM, "report", folder, "--catalogue", path, "--format", "json", *arguments],
                          capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@unittest.skipUnless(outsider, "needs SciPy")
class Outsider(unittest.TestCase):
    """Each attacker of docs/disclosure.md against one document."""

    def published(self, seed, tops=False, persons=False):
        """An attacker who has read the document, and the true table."""
        cells, catalogue, period = publications.random_publication(seed, tops, persons)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            write = publications.write_microdata if persons else publications.write_package
            write(folder, cells, period)
            code, text, errors = publish(folder, catalogue)
        self.assertEqual(code, 0, (seed, errors))
        if persons:  # nobody knows which combinations nobody has
            cells = publications.all_cells(cells)
        attacker = outsider.Outsider([cell for cell, _ in cells])
        outsider.read_document(attacker, json.loads(text), {i["id"]: i for i in catalogue["indicators"]})
        for key, value in attacker.known:
            self.assertEqual(self.truth(cells, key), value, seed)
        return attacker, cells

    def truth(self, cells, key):
        return sum(sign * cells[cell][1] for cell, sign in key)

    def assert_nothing_told(self, seed, found, parts=None):
        exact, narrowed = outsider.judge(found, THRESHOLD, parts)
        self.assertEqual((exact, narrowed), ([], []), (seed, [(name, found[name]) for name in exact + narrowed]))

    def seen_to_be_0(self, attacker, cells):
        """Cells of which the print alone says that nobody is in them."""
        other = outsider.Outsider(attacker.cells)
        other.known = attacker.known
        other.hidden = {frozenset([(cell, 1)]): cell for cell in cells}
        return {cell for cell, (_, most) in other.solve().items() if most < 0.5}

    def each(self, salt):
        return range(FIRST + salt, FIRST + salt + MANY)

    def test_counts_are_not_below_0(self):
        hidden = 0
        for seed in self.each(0):
            found = self.published(seed)[0].solve()
            self.assert_nothing_told(seed, found)
            hidden += len(found)
        self.assertGreater(hidden, MANY)

    def test_lists_that_are_cut(self):
        for seed in self.each(100000):
            self.assert_nothing_told(seed, self.published(seed, tops=True)[0].solve())

    def test_in_whole_numbers(self):
        for seed in self.each(200000):
            attacker, _ = self.published(seed)
            names = sorted(attacker.hidden.values())
            some = set(random.Random(seed).sample(names, min(len(names), 6)))
            self.assert_nothing_told(seed, attacker.solve(only=some, whole=True))

    def test_named_rows_are_persons(self):
        hidden = 0
        for seed in (*self.each(300000), 1000519):  # the last: a printed 0 tells where those of a named row are
            attacker, _ = self.published(seed, persons=True)
            least = [(key, 1) for key in sorted(attacker.named, key=sorted)]
            found = attacker.solve(least=least)
            self.assert_nothing_told(seed, found, attacker.printed_parts(least))
            hidden += len(found)
        self.assertGreater(hidden, MANY)

    def test_a_single_contributor(self):
        contributors = 0
        for seed in self.each(400000):
            attacker, cells = self.published(seed, persons=seed % 2 == 0)
            alone = [key for key in attacker.hidden if all(sign == 1 for _, sign in key) and self.truth(cells, key) == 1]
            for own in random.Random(seed).sample(sorted(alone, key=sorted), min(len(alone), 4)):
                inside = {cell for cell, _ in own}
                others = {name: key for key, name in attacker.hidden.items() if not {c for c, _ in key} <= inside}
                found = attacker.solve(known=[(own, 1)], only=set(others))
                parts = {name: 1 for name, key in others.items() if own <= key}
                exact, narrowed = outsider.judge(found, THRESHOLD, parts)
                for name in dict.fromkeys(exact + narrowed):  # what everybody sees to be 0 may stand between the two
                    nobody = self.seen_to_be_0(attacker, {cell for cell, _ in own | others[name]})
                    here, there = ({cell for cell, _ in key} - nobody for key in (own, others[name]))
                    parts[name] = 1 if here <= there else parts.get(name, 0)
                    if there <= here:
                        del found[name]  # who is alone in it knows it
                self.assert_nothing_told(seed, found, parts)
                contributors += 1
        self.assertGreater(contributors, MANY // 4)


if __name__ == "__main__":
    unittest.main()
