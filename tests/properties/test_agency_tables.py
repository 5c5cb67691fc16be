"""Tables made by chance, of which each figure is known: what is read is right, alone and after init, and most is read.

A figure that is read has its period and the codes of its place, direction and sex; no figure is lost, none added, but for totals. The
share that is read is a floor, which may rise. MTM_SEED is the first table, MTM_TABLES how many.
"""
import collections
import decimal
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "golden")]
import agency_tables  # noqa: E402
from test_check_after_init import Answers  # noqa: E402

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", HERE.parents[1] / "build"))
FIRST, COUNT = int(os.environ.get("MTM_SEED", "0")), int(os.environ.get("MTM_TABLES", "240"))
READ = ("ok", "ok-with-notes")
SHARE = {"ru": 0.85, "kk": 0.85, "en": 0.80}  # of the languages of the reports
ALL = 0.75


def codes_of_names():
    """Names that no list has in a language are kept as they stand: they are not wrong."""
    codes = collections.defaultdict(set)
    for areas in agency_tables.AREAS.values():
        for code, *names in areas["rows"]:
            for name in names:
                codes[name].add(code)
    return codes


NAMES = codes_of_names()


def compare(table, observations):
    """What is another figure than the table has."""
    _, count, lines = observations
    wrong, seen = [], set()
    for line in lines:
        period, value, status, _, *codes = line.split("\t")
        if status not in "AEPBN":
            continue
        value = decimal.Decimal(value)
        if "_T" in codes and value in table.totals:
            continue
        known = set(codes).union(*(NAMES.get(code, ()) for code in codes))
        fact = table.facts.get(value)
        if fact is None or value in seen:
            wrong.append(f"added: {line}")
        elif fact[0] != period or not fact[1] <= known:
            wrong.append(f"{line}, expected {fact}")
        seen.add(value)
    lost = [f"lost: {value} of {fact}" for value, fact in table.facts.items() if value not in seen]
    return wrong + (lost if count == len(lines) and not table.totals & set(table.facts) else [])


class AgencyTables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        languages = sorted(agency_tables.LANGUAGES)
        seeds = range(FIRST, FIRST + COUNT)
        cls.tables = [agency_tables.Table(seed, language=list(SHARE)[seed % 3] if seed % 2 else languages[seed % len(languages)]) for seed in seeds]
        cls.tables += [agency_tables.Table(seed, layout=layout, language=list(SHARE)[seed % 3]) for layout in agency_tables.RARE
                       for seed in range(FIRST, FIRST + COUNT // 6)]
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number, table in enumerate(cls.tables):
                place = pathlib.Path(folder) / str(number)
                place.mkdir()
                (place / table.name).write_bytes(table.data)
                paths.append(place / table.name)
            run = subprocess.run([BUILD / "tests/golden/after_init"], input="".join(f"{path}\n" for path in paths).encode(), stdout=subprocess.PIPE, timeout=600)
            answers = Answers(run.stdout)
            cls.answers = [answers.both() for _ in cls.tables]

    def test_what_is_read_is_right(self):
        for table, (alone, before, packed, after) in zip(self.tables, self.answers):
            for answer, observations in ((alone, before), (packed, after)):
                if answer is not None and answer["outcome"] in READ:
                    with self.subTest(table.about()):
                        self.assertEqual(compare(table, observations), [])

    def test_init_keeps_the_outcome(self):
        for table, (alone, _, packed, _) in zip(self.tables, self.answers):
            self.assertEqual(alone["outcome"] in READ, packed is not None and packed["outcome"] in READ, table.about())

    def test_most_is_read(self):
        read, made = collections.Counter(), collections.Counter()
        for table, (alone, *_) in zip(self.tables[:COUNT], self.answers):
            made[table.language] += 1
            read[table.language] += alone["outcome"] in READ
        self.assertGreaterEqual(sum(read.values()), ALL * COUNT, read)
        for language, share in SHARE.items():
            self.assertGreaterEqual(read[language], share * made[language], f"{language}: {read[language]} of {made[language]}")


if __name__ == "__main__":
    unittest.main()
