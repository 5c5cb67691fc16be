"""Stores of releases in Python: the same folder, the same figures and the same refusals as the program's."""
import copy
import datetime
import json
import pathlib
import pickle
import tempfile
import threading
import unittest
from decimal import Decimal

import mtm


class Stores(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        self.store = mtm.Store(self.folder / "store", create=True)

    def release(self, name, value):
        folder = self.folder / name
        folder.mkdir()
        (folder / "entries.csv").write_text(f"period,direction,value\n2024-Q2,IN,{value}\n")
        (folder / "datapackage.json").write_text(json.dumps({"mtm": {"country": "KAZ"}, "resources": [
            {"name": "entries", "path": "entries.csv", "mtm": {"concept": "border-crossings", "unit": "movements"}}]}))
        return folder

    def value(self, package):
        return package.compute("arrivals", period="2024-Q2").value

    def test_a_store_is_a_package_as_of_a_day(self):
        first = self.store.add(self.release("first", 100), source="border", released=datetime.date(2024, 7, 15), by="A", note="N")
        self.assertEqual((first.source, first.release, first.released, first.by, first.note, first.n_files),
                         ("border", "2024-07-15", datetime.date(2024, 7, 15), "A", "N", 1))
        self.store.add(self.release("second", 104), source="border", released="2024-10-15", supersedes="all")
        self.assertEqual([one.superseded_by for one in self.store], ["2024-10-15", ""])
        self.assertEqual(self.store[-1].supersedes, ("2024-07-15",))
        self.assertEqual(self.value(self.store.package(as_of="2024-10-14")), Decimal(100))
        self.assertEqual(self.value(self.store.package()), Decimal(104))
        self.assertEqual(self.value(mtm.Package.read(self.store.path, as_of=datetime.date(2024, 8, 1))), Decimal(100))
        self.assertEqual(mtm.check(self.store.path, as_of="2024-08-01").rows["accepted"], 1)
        self.assertEqual([one["value"] for one in self.store.package().revisions("arrivals", periods="2024-Q2")], [Decimal(100), Decimal(104)])
        self.assertEqual([one["name"] for one in self.store.describe(as_of="2024-08-01")["resources"]], ["border.2024-07-15.entries"])
        self.store.export(self.folder / "out", as_of="2024-08-01")
        self.assertEqual(self.value(mtm.Package.read(self.folder / "out")), Decimal(100))
        self.assertEqual(mtm.Store.verify(self.store.path), [])

    def test_releases_and_days_differ(self):
        first = self.store.add(self.release("first", 100), source="border", released="2024-07-15")
        second = self.store.add(self.release("second", 104), source="border", released="2024-10-15")
        for before, after in ((first, second), ("border/2024-07-15", "border/2024-10-15"), (datetime.date(2024, 8, 1), "2024-12-01")):
            told, = self.store.diff(before, after)
            self.assertEqual((told["change"], told["table"], told["period"], told["cell"]),
                             ("revised", "border.entries", "2024-Q2", "direction=IN"))
            self.assertEqual([told[side]["value"] for side in ("before", "after")], [Decimal(100), Decimal(104)])
            self.assertEqual((pathlib.Path(self.store.path) / told["after"]["file"]).read_text().splitlines()[told["after"]["line"] - 1],
                             "2024-Q2,IN,104")
        self.assertEqual(self.store.diff(first, first), [])
        with self.assertRaises(ValueError):
            self.store.diff("border/1999-01-01", second)

    def test_a_survey_is_the_latest_that_had_been_released(self):
        for day, rows in (("2024-05-01", "yes,1\nno,1\n"), ("2024-08-01", "no,1\nno,1\n")):
            folder = self.folder / day
            folder.mkdir()
            (folder / "wave.csv").write_text("q,w\n" + rows)
            (folder / "datapackage.json").write_text(json.dumps({"resources": [
                {"name": "wave", "path": "wave.csv", "mtm": {"survey": {"weight": "w"}}}]}))
            self.store.add(folder, source="iom", released=day, supersedes="none")
        for as_of, share in (("2024-07-31", 0.5), (datetime.date(2024, 8, 1), 1.0), (None, 1.0)):
            told = mtm.Survey.read(self.store.path, as_of=as_of).estimate("q", answer="no")
            self.assertEqual(told[0]["estimate"], share)
        with self.assertRaises(mtm.MtmError):
            mtm.Survey.read(self.store.path, as_of="2024-01-01")

    def test_the_same_again_is_nothing_and_another_is_refused(self):
        folder = self.release("first", 100)
        self.store.add(folder, source="border", released="2024-07-15")
        self.store.add(folder, source="border", released="2024-07-15")
        self.assertEqual(len(self.store), 1)
        with self.assertRaisesRegex(ValueError, "another release of this name"):
            self.store.add(self.release("other", 101), source="border", released="2024-07-15")
        for wrong in (dict(source="Border"), dict(source="b", released="2024-Q2"), dict(source="b"), dict(source="b", supersedes="x")):
            with self.assertRaises(mtm.MtmError):
                self.store.add(folder, **{"released": None, **wrong})
        for wrong in (dict(source=1), dict(source="b", supersedes=[1]), dict(source="b", supersedes=1), dict(source="b", released=3.5)):
            with self.assertRaises((TypeError, ValueError)):
                self.store.add(folder, **wrong)
        self.assertEqual(len(self.store), 1)

    def test_damage_is_named(self):
        self.store.add(self.release("first", 100), source="border", released="2024-07-15")
        file = next(pathlib.Path(self.store.path).glob("objects/*/*/*"))
        file.chmod(0o644)
        file.write_text("period,direction,value\n2024-Q2,IN,999\n")
        self.assertIn("entries.csv", mtm.Store.verify(self.store.path)[0])
        with self.assertRaisesRegex(mtm.MtmError, "entries.csv"):
            self.store.package()

    def test_threads_add_side_by_side(self):
        folders = [self.release(f"r{n}", n) for n in range(4)]

        def work(n):
            store = mtm.Store(self.store.path)
            for day in range(1, 4):
                store.add(folders[n], source=f"s{n}", released=f"2024-07-0{day}")
        threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(mtm.Store(self.store.path)), 12)
        self.assertEqual(mtm.Store.verify(self.store.path), [])

    def test_it_is_no_value(self):
        for attempt in (copy.copy, copy.deepcopy, pickle.dumps):
            with self.assertRaises(TypeError):
                attempt(self.store)
        with self.assertRaises(IndexError):
            self.store[0]
        with self.assertRaises(mtm.NotFoundError):
            mtm.Store(self.folder / "none")


if __name__ == "__main__":
    unittest.main()
