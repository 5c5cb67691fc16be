"""An outsider with an exact solver learns no withheld number from random publications.

MTM_PUBLICATIONS sets how many are tried (40 when it is not set), MTM_FIRST the first seed. Needs SciPy; skipped without.
"""
import json
import os
import pathlib
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
MANY = int(os.environ.get("MTM_PUBLICATIONS", "40"))
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
    def attack(self, seed, tops=False):
        cells, catalogue, period = publications.random_publication(seed, tops)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            publications.write_package(folder, cells, period)
            code, text, errors = publish(folder, catalogue)
        self.assertEqual(code, 0, (seed, errors))
        attacker = outsider.Outsider([cell for cell, _ in cells])
        outsider.read_document(attacker, json.loads(text), {i["id"]: i for i in catalogue["indicators"]})
        for key, value in attacker.known:
            self.assertEqual(sum(sign * cells[cell][1] for cell, sign in key), value, seed)
        found = attacker.solve()
        exact, narrowed = outsider.judge(found, THRESHOLD)
        return len(found), exact, narrowed

    def test_lists_by_filters(self):
        hidden = 0
        for seed in range(FIRST, FIRST + MANY):
            n, exact, narrowed = self.attack(seed)
            self.assertEqual(exact, [], seed)
            self.assertEqual(narrowed, [], seed)
            hidden += n
        self.assertGreater(hidden, MANY)


if __name__ == "__main__":
    unittest.main()
