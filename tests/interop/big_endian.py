"""States, tables, messages and reports of a machine that puts the high byte first are those of this one, to the byte, and states
of both merge. Not part of the base tests: `tests/interop/run big-endian` builds the program for s390x and starts this with

    MTM_OTHER=COMMAND python3 tests/interop/big_endian.py

where COMMAND runs the program of the other machine."""
import os
import pathlib
import random
import shlex
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build-interop"))
HERE, OTHER = [str(BUILD / "examples/mtm/mtm")], shlex.split(os.environ.get("MTM_OTHER", ""))
COUNT = ["--by", "direction", "--by", "direction,citizenship", "--by", "age", "--ages", "0,18,65", "--threads", "2"]


def write_crossings(path, seed, n=20000):
    """Rows of which some are refused, labels in two alphabets, long ones, and some that no list knows."""
    chance = random.Random(seed)
    with open(path, "w", encoding="utf-8") as file:
        file.write("date,direction,citizenship,amount,birth_year\n")
        file.writelines(f"2024-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d},{chance.choice(['in', 'out'])},"
                        f"{chance.choice(['UZB', 'Казахстан', 'Narnia', '', 'KGZ', 'x' * 40])},"
                        f"{chance.choice(['1.5', '2', '', '1000.25', 'bad'])},{chance.choice(['1950', '2001', 'x'])}\n"
                        for _ in range(n))


@unittest.skipUnless(OTHER, "MTM_OTHER is not set")
class BigEndian(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        for seed, name in enumerate("ab"):
            write_crossings(cls.folder / f"{name}.csv", seed)

    def run_both(self, *arguments, output=None):
        """What the two print, and write where `output` is; the first is this machine's."""
        found = []
        for program in (HERE, OTHER):
            done = subprocess.run([*program, *map(str, arguments)], cwd=self.folder, capture_output=True)
            found.append((done.returncode, done.stdout, done.stderr, (self.folder / output).read_bytes() if output else b""))
        self.assertEqual(found[0], found[1])
        self.assertEqual(found[0][0], 0, found[0][2])
        return found[0]

    def state(self, name):
        self.run_both("tabulate", f"{name}.csv", *COUNT, "--save", f"{name}.mtm", output=f"{name}.mtm")

    def test_states_tables_and_messages(self):
        for name in "ab":
            self.state(name)

    def test_sums(self):
        self.run_both("tabulate", "a.csv", "--by", "citizenship", "--sum", "amount", "--save", "s.mtm", output="s.mtm")

    def test_states_of_both_merge(self):
        for name, program in (("a", HERE), ("b", OTHER)):
            subprocess.run([*program, "tabulate", f"{name}.csv", *COUNT, "--save", f"{name}.mtm"], cwd=self.folder, check=True,
                           capture_output=True)
        self.run_both("merge", "a.mtm", "b.mtm", "-o", "ab.mtm", output="ab.mtm")
        self.run_both("tabulate", "--load", "ab.mtm")

    def test_reports(self):
        for example in ("kazakhstan-2024-q2", "examplia-round-7", "households"):
            for form in ("text", "html", "json"):
                self.run_both("report", SOURCE / "examples" / example, "-f", form)


if __name__ == "__main__":
    unittest.main()
