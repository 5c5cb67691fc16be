"""The index of a store: with it, without it, old, damaged or of another store, what is read is the same; verify names what is
damaged; a writer that is killed leaves a store that is whole."""
import hashlib
import itertools
import json
import os
import random
import shutil
import unittest

import program
import test_store
from test_store import arrivals

MANY = 60  # releases; an index is written when more than a few are not in it
SEED = int(os.environ.get("MTM_SEED", 17))


def write_description(path, json_of_it):
    """As the library writes one: the digest of its own text, in which the digits of the digest are zeros."""
    json_of_it.pop("digest", None)
    text = json.dumps(dict(json_of_it, digest="sha256:" + "0" * 64), indent=2, ensure_ascii=False) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    path.write_text(text[:-68] + digest + text[-4:])


def add_copies(store, first, n, supersedes):
    """n more releases like the first, a day each; each replaces the one before it where `supersedes` says so of its number."""
    path = store / "releases" / "b" / f"{first}.json"
    description = json.loads(path.read_text())
    names = [first] + [f"{2030 + i // 336}-{1 + i // 28 % 12:02}-{1 + i % 28:02}" for i in range(n)]
    for i, (before, name) in enumerate(zip(names, names[1:])):
        description["release"].update(name=name, released=name, note=f"Копия {i}" if i % 5 == 0 else "",
                                      supersedes=[before] if supersedes(i) else [])
        description["resources"][0]["mtm"]["releaseDate"] = name
        write_description(path.with_name(f"{name}.json"), description)
    return names


class Index(test_store.Folder):
    def setUp(self):
        super().setUp()
        self.chance = random.Random(SEED)
        self.add(self.package("one", arrivals({"2024-Q1": 100, "2024-Q2": 110})), "2024-05-10", "--note", "first", source="b")
        self.names = add_copies(self.store, "2024-05-10", MANY, lambda i: i % 3 == 0)
        self.index = self.store / "index"

    def seen(self):
        days = [name for name in self.names if self.chance.random() < 0.05] + ["2024-05-09", "2029-01-01"]
        state = self.chance.getstate()
        out = [self.run_well("store", "list", self.store, "-f", "json")]
        for day in days:
            done = program.run("store", "show", self.store, "--as-of", day)
            out.append((day, done.returncode, done.stdout, done.stderr))
        self.chance.setstate(state)
        return out

    def seen_with_and_without(self):
        """The same days with the index that is there, and with none."""
        state = self.chance.getstate()
        with_index = self.seen()
        self.chance.setstate(state)
        aside = self.folder / "aside"
        self.index.rename(aside)
        without = self.seen()
        aside.rename(self.index)
        return with_index, without

    def assert_no_matter(self):
        with_index, without = self.seen_with_and_without()
        self.assertEqual(with_index, without)

    def path(self, name):
        return self.store / "releases" / "b" / f"{name}.json"

    def change(self, name, **about):
        description = json.loads(self.path(name).read_text())
        description["release"].update(about)
        write_description(self.path(name), description)

    def test_verify_writes_it_and_it_does_not_matter(self):
        self.assertFalse(self.index.exists())
        self.assert_whole()
        self.assertTrue(self.index.exists())
        self.assert_no_matter()

    def test_an_addition_writes_it(self):
        self.add(self.package("two", arrivals({"2024-Q1": 104})), "2031-01-01", "--supersedes", "all", source="b")
        self.assertTrue(self.index.exists())
        self.assert_no_matter()
        self.assert_whole()

    def test_an_old_one_tells_nothing_wrong(self):
        self.assert_whole()
        old = self.index.read_bytes()
        for _ in range(3):
            self.change(self.chance.choice(self.names), note="changed", by="someone")
            gone = self.chance.choice(self.names[1:])
            self.path(gone).unlink()
            self.names.remove(gone)
            self.assertEqual(self.index.read_bytes(), old)
            self.assert_no_matter()
        self.add(self.package("two", arrivals({"2024-Q1": 104})), "2031-01-01", source="b")
        self.assertEqual(self.index.read_bytes(), old)  # few are not in it
        self.assert_no_matter()

    def test_a_change_at_once_after_it_was_written_is_seen(self):
        """Of the same size, within one tick of the clock that dates files."""
        for n in range(6):
            self.index.unlink(missing_ok=True)
            self.change(self.names[5], note=f"note {n:03}")
            self.run_well("store", "verify", self.store)
            self.change(self.names[5], note=f"NOTE {n:03}")
            self.assertIn(f"NOTE {n:03}", self.run_well("store", "list", self.store, "-f", "json"))

    def test_copies_use_it_where_the_times_are_kept(self):
        self.assert_whole()
        wanted = self.seen()
        self.chance.seed(SEED)
        for keep in (shutil.copy2, shutil.copyfile):
            copy = self.folder / keep.__name__
            shutil.copytree(self.store, copy, copy_function=keep)
            self.store, kept = copy, self.store
            self.chance.seed(SEED)
            one = self.seen()
            self.chance.seed(SEED)
            self.store = kept
            self.assertEqual(one, self.seen())
        self.assertTrue(wanted)

    def test_a_damaged_one_is_named_and_tells_nothing(self):
        self.assert_whole()
        whole = self.index.read_bytes()
        bad = [bytes(), whole[:20], whole[:-1], whole + b"\0", b"mtm-store index 1\n", whole[:26] + bytes(len(whole) - 26)]
        for _ in range(8):
            at = self.chance.randrange(len(whole))
            bad.append(whole[:at] + bytes([whole[at] ^ 1 << self.chance.randrange(8)]) + whole[at + 1:])
        wanted = self.run_well("store", "list", self.store, "-f", "json")
        for one in bad:
            self.index.write_bytes(one)
            self.assertEqual(self.run_well("store", "list", self.store, "-f", "json"), wanted)
            done = program.run("store", "verify", self.store)
            self.assertEqual((done.returncode, done.stdout.split(":")[0]), (1, "index"))
            self.assert_whole()  # it was made anew
        self.assertEqual(self.run_well("store", "list", self.store, "-f", "json"), wanted)

    def test_what_is_no_file_in_its_place_is_left_alone(self):
        wanted = self.run_well("store", "list", self.store)
        self.index.mkdir()
        self.assertEqual(self.run_well("store", "list", self.store), wanted)
        self.assertEqual(program.run("store", "verify", self.store).stdout.split(":")[0], "index")
        self.index.rmdir()
        self.index.symlink_to("/etc/passwd")
        self.assertEqual(self.run_well("store", "list", self.store), wanted)

    def test_killed_at_any_call_nothing_is_lost(self):
        tracer = test_store.Killed("skip_without_tracing")
        tracer.skip_without_tracing()
        two = self.package("two", arrivals({"2024-Q1": 104}))
        add = ("store", "add", self.store, two, "--source", "b", "--released", "2031-01-01")
        before = self.folder / "before"
        shutil.copytree(self.store, before)
        written = set()
        for n in itertools.count(1, 83):
            killed = tracer.kill_at(n, *add)
            self.assertIn(len(self.listed()), (MANY + 1, MANY + 2))
            written.add(self.index.exists())
            self.run_well(*add)
            self.assertEqual(len(self.listed()), MANY + 2)
            self.assert_whole()
            self.assert_no_matter()
            shutil.rmtree(self.store)
            if not killed:
                break
            shutil.copytree(before, self.store)
        self.assertIn(False, written)

    def test_a_read_only_store_has_none(self):
        for folder in (self.store, self.store / "releases"):
            folder.chmod(0o555)
        try:
            self.assertEqual(len(self.listed()), MANY + 1)
        finally:
            for folder in (self.store, self.store / "releases"):
                folder.chmod(0o755)


if __name__ == "__main__":
    unittest.main()
