"""The store of releases by the program: what it was on a day is the folder made by hand for that day; nothing is lost, double
or half there when processes are killed or write at once; one flipped bit is found and named."""
import csv
import ctypes
import datetime
import io
import itertools
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import program
import statements

# In memory where that can be: every step is put on the disk.
SCRATCH = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
PRINTS = {"2024-05-10": {"2023-Q4": 90, "2024-Q1": 100}, "2024-08-09": {"2024-Q1": 104, "2024-Q2": 120},
          "2025-03-15": {"2023-Q4": 91, "2024-Q1": 104, "2024-Q2": 114}}


def arrivals(values):
    rows = [row for period, value in values.items()
            for row in statements.rows_of(period, {"direction": "IN"}, "citizenship", {"UZB": value})]
    return {"border-crossings": dict(kind="flow", unit="movements", dimensions=["direction", "citizenship"], rows=rows)}


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=SCRATCH))
        self.addCleanup(shutil.rmtree, self.folder)
        self.store = self.folder / "store"

    def run_well(self, *arguments):
        done = program.run(*arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def refused(self, *arguments, status=1):
        done = program.run(*arguments)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stderr

    def package(self, name, tables, **mtm):
        folder = self.folder / name
        folder.mkdir()
        statements.write(folder, tables)
        if mtm:
            description = json.loads((folder / "datapackage.json").read_text())
            for one in description["resources"]:
                one.setdefault("mtm", {}).update(mtm)
            (folder / "datapackage.json").write_text(json.dumps(description))
        return folder

    def add(self, package, released, *arguments, source="border-service"):
        return self.run_well("store", "add", self.store, package, "--source", source, "--released", released, *arguments)

    def add_prints(self):
        for day, values in PRINTS.items():
            self.add(self.package(day, arrivals(values)), day)

    def listed(self):
        return json.loads(self.run_well("store", "list", self.store, "-f", "json"))

    def assert_whole(self):
        done = program.run("store", "verify", self.store)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        self.assertEqual(list((self.store / "incoming").glob("*")) if (self.store / "incoming").exists() else [], [])


class AsOf(Folder):
    def by_hand(self, name, days):
        """The package that a person would have made: all tables beside one another, each with its day."""
        folder = self.folder / name
        folder.mkdir()
        resources = []
        for day in days:
            description = json.loads((self.folder / day / "datapackage.json").read_text())
            for one in description["resources"]:
                shutil.copy(self.folder / day / one["path"], folder / f"{day}-{one['path']}")
                one["mtm"]["releaseDate"] = day
                resources.append(dict(one, name=f"border-service.{day}.{one['name']}", path=f"{day}-{one['path']}"))
        (folder / "datapackage.json").write_text(json.dumps(dict(description, resources=resources)))
        return folder

    def test_every_day_is_the_folder_made_by_hand(self):
        self.add_prints()
        for day in ("2024-05-10", "2024-08-08", "2024-08-09", "2025-01-01", "2025-03-15", "2030-01-01"):
            hand = self.by_hand(f"hand-{day}", [d for d in PRINTS if d <= day])
            for command in (("report",), ("compute", "arrivals"), ("report", "-l", "kk", "-f", "csv"), ("report", "-f", "json")):
                wanted = self.run_well(command[0], hand, *command[1:], "--as-of", day)
                self.assertEqual(self.run_well(command[0], self.store, *command[1:], "--as-of", day), wanted)
            out = self.folder / f"out-{day}"
            self.run_well("store", "export", self.store, out, "--as-of", day)
            self.assertEqual(self.run_well("report", out, "--as-of", day), self.run_well("report", hand, "--as-of", day))
        everything = self.run_well("compute", self.store, "arrivals", "--period", "2024-Q2", "-f", "json")
        self.assertEqual(json.loads(everything)["value"], "114")
        self.assertIn("nothing had been released by that day", self.refused("report", self.store, "--as-of", "2024-05-09"))

    def diff(self, before, after, form="json"):
        told = self.run_well("store", "diff", self.store, before, after, "-f", form)
        return json.loads(told) if form == "json" else told

    def test_releases_differ_by_what_was_revised(self):
        """What the prints say: a figure of one period is added, removed, revised or the same."""
        self.add_prints()
        days = sorted(PRINTS)
        for before, after in [*itertools.permutations(days, 2), (days[0], days[0])]:
            told = self.diff(f"border-service/{before}", f"border-service/{after}")
            wanted = {}
            for period in {*PRINTS[before], *PRINTS[after]}:
                a, b = PRINTS[before].get(period), PRINTS[after].get(period)
                if a != b:
                    wanted[period] = "added" if a is None else "removed" if b is None else "revised", a, b
            found = {}
            for one in told:
                if "citizenship=UZB" not in one["cell"]:
                    continue
                sides = [one[side] and int(one[side]["value"]) for side in ("before", "after")]
                self.assertEqual(one["table"], "border-service.border-crossings")
                found[one["period"]] = (one["change"], *sides)
                for side, day in (("before", before), ("after", after)):
                    if one[side] is not None:
                        line = (self.store / one[side]["file"]).read_text().splitlines()[one[side]["line"] - 1]
                        self.assertIn(str(PRINTS[day][one["period"]]), line)
            self.assertEqual(found, wanted)
            self.assertTrue({one["period"] for one in told} <= set(wanted))

    def test_days_differ_by_what_was_known(self):
        self.add_prints()
        known = {}
        for day in sorted(PRINTS):
            before, known = known, {**known, **PRINTS[day]}
            if not before:
                continue
            eve = str(datetime.date.fromisoformat(day) - datetime.timedelta(1))
            told = {one["period"]: int(one["after"]["value"]) for one in self.diff(eve, day) if "UZB" in one["cell"]}
            self.assertEqual(told, {period: value for period, value in known.items() if before.get(period) != value})

    def test_differences_as_text_and_csv(self):
        self.add_prints()
        sides = "border-service/2024-05-10", "border-service/2024-08-09"
        text = self.diff(*sides, form="text")
        self.assertRegex(text, r"^Figures: \d+ revised, \d+ added, \d+ removed, \d+ the same\n")
        self.assertRegex(text, r"revised  border-service\.border-crossings  2024-Q1  citizenship=UZB, direction=IN: 100 -> 104  "
                               r"\(border-crossings\.csv:\d+ -> border-crossings\.csv:\d+\)")
        rows = csv.DictReader(io.StringIO(self.diff(*sides, form="csv")))
        self.assertEqual([row["change"] for row in rows], [line.split()[0] for line in text.splitlines()[1:]])

    def test_powers_of_ten_are_no_revision(self):
        for day, unit, scale in (("2024-05-10", 1, 1000), ("2024-08-09", 1000, 1)):
            package = self.package(day, arrivals({"2024-Q1": 104 * scale}), **({"multiplier": 3} if unit == 1000 else {}))
            self.add(package, day)
        self.assertEqual(self.diff("border-service/2024-05-10", "border-service/2024-08-09"), [])

    def test_a_survey_is_the_latest_that_had_been_released(self):
        """The one of a day is what its own package says."""
        answers = {"2024-05-01": "yes no yes yes", "2024-08-01": "no no yes no no"}
        for day, said in answers.items():
            folder = self.folder / day
            folder.mkdir()
            (folder / "wave.csv").write_text("q,w\n" + "".join(f"{one},1\n" for one in said.split()))
            (folder / "datapackage.json").write_text(json.dumps({"resources": [
                {"name": "wave", "path": "wave.csv", "mtm": {"survey": {"weight": "w"}}}]}))
            self.add(folder, day, "--supersedes", "none", source="iom")
        for as_of, day in (("2024-05-01", "2024-05-01"), ("2024-07-31", "2024-05-01"), ("2024-08-01", "2024-08-01"), (None, "2024-08-01")):
            told = self.run_well("survey", self.store, "q", *(["--as-of", as_of] if as_of else []))
            self.assertEqual(told, self.run_well("survey", self.folder / day, "q"))
        self.assertIn("nothing had been released", self.refused("survey", self.store, "q", "--as-of", "2024-04-30"))

    def test_what_cannot_be_compared(self):
        self.add_prints()
        for text in ("2024", "border-service/2020", "nobody/2024-05-10", "", "2024-05-10/"):
            self.assertIn("SOURCE/RELEASE", self.refused("store", "diff", self.store, text, "2024-08-09", status=2))
        self.assertIn("nothing had been released", self.refused("store", "diff", self.store, "2020-01-01", "2024-08-09"))
        self.assertIn("expected", self.refused("store", "diff", self.store, "2024-08-09", status=2))

    def test_explain_names_the_file_and_line_as_it_came(self):
        self.add_prints()
        told = json.loads(self.run_well("explain", self.store, "arrivals", "--period", "2024-Q1", "-f", "json", "--as-of", "2024-09-30"))
        files = {step["file"] for step in find(told, "file")}
        self.assertEqual({(self.store / file).read_bytes() for file in files},
                         {(self.folder / day / "border-crossings.csv").read_bytes() for day in ("2024-05-10", "2024-08-09")})

    def test_the_triangle_is_compute_as_of_each_day(self):
        self.add_prints()
        self.add(self.package("withdrawn", arrivals({"2024-Q2": 111})), "2025-06-01", "--supersedes", "all")
        rows = list(csv.DictReader(io.StringIO(self.run_well("revisions", self.store, "arrivals", "-f", "csv", "--as-of", "2025-03-15"))))
        self.assertEqual(len({row["release"] for row in rows}), 3)
        rows += csv.DictReader(io.StringIO(self.run_well("revisions", self.store, "arrivals", "-f", "csv")))
        self.assertIn("2025-06-01", {row["release"] for row in rows})
        for row in rows:
            done = json.loads(self.run_well("compute", self.store, "arrivals", "--period", row["period"], "--as-of", row["release"], "-f", "json"))
            self.assertEqual(done["value"], row["value"])
        self.assertIn("no figure", self.run_well("compute", self.store, "arrivals", "--period", "2024-Q1"))

    def test_check_reads_what_had_been_released(self):
        self.add_prints()
        for day, n in (("2024-05-10", 1), ("2024-12-31", 2), ("2025-03-15", 3)):
            checked = json.loads(self.run_well("check", self.store, "--as-of", day, "-f", "json"))
            self.assertEqual(len(checked["files"]), n)

    def test_every_example_package_reads_as_it_did(self):
        for n, name in enumerate(("kazakhstan-2024-q2", "examplia-round-7", "households", "registrations", "flow-monitoring")):
            with self.subTest(name):
                package, self.store = program.SOURCE / "examples" / name, self.folder / f"store-{n}"
                self.add(package, "2027-01-01")
                out = self.folder / f"out-{n}"
                self.run_well("store", "export", self.store, out)
                self.assertEqual(figures(self.run_well("report", self.store, "-f", "json")), figures(self.run_well("report", package, "-f", "json")))
                self.assertEqual(self.run_well("report", out), self.run_well("report", self.store))
                self.assert_whole()


def find(value, key):
    """Every object below that has the key."""
    if isinstance(value, dict):
        if key in value:
            yield value
        for inner in value.values():
            yield from find(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from find(inner, key)


def figures(text):
    """The figures of a report, without what says when they were released."""
    return [(i["id"], i.get("value"), i.get("rows")) for s in json.loads(text)["sections"] for i in s["indicators"]]


class Adding(Folder):
    def test_what_is_there_is_not_added_again_and_does_not_change(self):
        package = self.package("p", arrivals({"2024-Q1": 100}))
        self.add(package, "2024-05-10", "--by", "A", "--note", "first")
        done = program.run("store", "add", self.store, package, "--source", "border-service", "--released", "2024-05-10", "--by", "B")
        self.assertEqual((done.returncode, len(self.listed())), (0, 1))
        self.assertIn("there already", done.stderr)
        (package / "border-crossings.csv").write_text((package / "border-crossings.csv").read_text().replace("100", "101"))
        again = ("store", "add", self.store, package, "--source", "border-service", "--released", "2024-05-10")
        self.assertIn("another release of this name", self.refused(*again, status=2))
        self.run_well(*again, "--release", "2024-05-10b")
        self.assertEqual([r["release"] for r in self.listed()], ["2024-05-10", "2024-05-10b"])
        self.assertEqual(self.listed()[0]["by"], "A")
        self.assert_whole()

    def test_events_are_never_counted_twice(self):
        def events(name, text):
            folder = self.folder / name
            folder.mkdir()
            (folder / "crossings.csv").write_text("time,direction,citizenship\n" + text)
            (folder / "datapackage.json").write_text(json.dumps({"mtm": {"country": "KAZ", "period": "2024-Q2"}, "resources": [
                {"name": "crossings", "path": "crossings.csv", "mtm": {"concept": "border-crossings", "microdata": True, "covers": "2024-Q2"}}]}))
            return folder

        def count(*arguments):
            done = json.loads(self.run_well("compute", self.store, "arrivals", "--threshold", "off", "-f", "json", *arguments))
            return done["value"]
        april, both = "2024-04-02,IN,UZB\n" * 30, "2024-04-02,IN,UZB\n" * 30 + "2024-06-28,IN,KGZ\n" * 20
        self.add(events("april", april), "2024-05-01")
        whole = events("whole", both)
        refused = self.refused("store", "add", self.store, whole, "--source", "border-service", "--released", "2024-07-01", status=2)
        self.assertIn("counted twice", refused)
        self.assertEqual(len(self.listed()), 1)
        self.add(whole, "2024-07-01", "--supersedes", "2024-05-01")
        self.add(events("june", "2024-06-29,IN,TJK\n" * 7), "2024-07-20", "--supersedes", "none")
        self.assertEqual([count("--as-of", day) for day in ("2024-07-01", "2024-07-19", "2024-07-20")], ["50", "50", "57"])
        self.add(whole, "2024-07-01", "--supersedes", "2024-05-01")  # again: nothing
        self.assertEqual(len(self.listed()), 3)
        more = events("more", "2024-06-29,IN,TJK\n" * 3)
        description = json.loads((more / "datapackage.json").read_text())
        description["resources"][0]["mtm"]["rows"] = {"direction": ["IN"]}
        (more / "datapackage.json").write_text(json.dumps(description))
        self.assertIn("the same one", self.refused("store", "add", self.store, more, "--source", "border-service", "--released",
                                                   "2024-08-01", "--supersedes", "none"))
        self.assertIn("no release", self.refused("store", "add", self.store, whole, "--source", "border-service", "--released",
                                                 "2024-08-01", "--supersedes", "2023-01-01"))

    def test_days_that_releases_cover_add_up(self):
        for month, days in (("04", "2024-04"), ("05", "2024-05"), ("06", "2024-06")):
            folder = self.folder / month
            folder.mkdir()
            (folder / "crossings.csv").write_text("time,direction,citizenship\n" + f"2024-{month}-02,IN,UZB\n" * 10)
            (folder / "datapackage.json").write_text(json.dumps({"mtm": {"country": "KAZ", "period": "2024-Q2"}, "resources": [
                {"name": "crossings", "path": "crossings.csv", "mtm": {"concept": "border-crossings", "microdata": True, "covers": days}}]}))
            self.add(folder, f"2024-{month}-30", "--supersedes", "none")
        values = [json.loads(self.run_well("compute", self.store, "arrivals", "--threshold", "off", "-f", "json", "--as-of", day))["value"]
                  for day in ("2024-05-30", "2024-06-30")]
        self.assertEqual(values, [None, "30"])

    def test_what_would_be_wrong_later_is_refused_now(self):
        good = self.package("good", arrivals({"2024-Q1": 100}))
        for arguments, words in ((("--source", "Border"), "small letters"), ((), "--source"), (("--source", "b", "--released", "2024-Q1"), "expected a day"),
                                 (("--source", "b"), "no day of release"), (("--source", "b", "--release", "../x", "--released", "2024-01-01"), "small letters")):
            done = program.run("store", "add", self.store, good, *arguments)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(words, done.stderr)
        description = json.loads((good / "datapackage.json").read_text())
        for change, words in ((("path", "../datapackage.json"), ".."), (("path", "gone.csv"), "gone.csv"), (("hash", "0" * 32), "digest"),
                              (("mtm", {"concept": "border-crossing"}), "border-crossings")):
            bad = self.package(f"bad-{change[0]}-{words[:4]}".replace(".", "_"), arrivals({"2024-Q1": 100}))
            changed = json.loads(json.dumps(description))
            changed["resources"][0][change[0]] = change[1]
            (bad / "datapackage.json").write_text(json.dumps(changed))
            self.assertIn(words, self.refused("store", "add", self.store, bad, "--source", "b", "--released", "2024-01-01"))
        link = self.package("link", arrivals({"2024-Q1": 100}))
        (link / "border-crossings.csv").unlink()
        (link / "border-crossings.csv").symlink_to("/etc/passwd")
        self.refused("store", "add", self.store, link, "--source", "b", "--released", "2024-01-01")
        self.assertEqual(self.listed(), [])
        self.assert_whole()
        self.assertIn("for a new one an empty folder", self.refused("store", "add", good, good, "--source", "b", "--released", "2024-01-01"))
        self.assertIn("no mtm-store.json", self.refused("store", "list", self.folder))

    def test_countries_do_not_mix(self):
        self.add(self.package("kaz", arrivals({"2024-Q1": 100})), "2024-05-10")
        other = self.package("uzb", arrivals({"2024-Q1": 100}))
        description = json.loads((other / "datapackage.json").read_text())
        description["mtm"]["country"] = "UZB"
        (other / "datapackage.json").write_text(json.dumps(description))
        self.assertIn("a store has one", self.refused("store", "add", self.store, other, "--source", "x", "--released", "2024-05-10"))
        self.assertEqual(len(self.listed()), 1)

    def test_a_full_or_read_only_disk_leaves_what_was(self):
        self.add(self.package("p", arrivals({"2024-Q1": 100})), "2024-05-10")
        before = snapshot(self.store)
        large = self.package("large", arrivals({"2024-Q2": 100}))
        (large / "border-crossings.csv").write_text((large / "border-crossings.csv").read_text() + "\n" * 20000)

        def no_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (10000, 10000))
        done = program.run("store", "add", self.store, large, "--source", "b", "--released", "2024-08-01", preexec_fn=no_room)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot be written", done.stderr)
        self.assertEqual(snapshot(self.store), before)
        if os.geteuid() == 0:
            self.skipTest("root writes everywhere: the read-only folder was not tried")
        for folder in [self.store, *self.store.rglob("*")]:
            folder.chmod(0o555 if folder.is_dir() else 0o444)
        self.addCleanup(lambda: [folder.chmod(0o755) for folder in [self.store, *self.store.rglob("*")]])
        self.refused("store", "add", self.store, large, "--source", "b", "--released", "2024-08-01")
        self.assertEqual(snapshot(self.store), before)
        self.run_well("report", self.store)
        self.run_well("store", "verify", self.store)


def snapshot(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


class Damage(Folder):
    def test_one_flipped_bit_is_found_and_named(self):
        self.add_prints()
        files = [path for path in sorted(self.store.rglob("*")) if path.is_file() and path.name != "lock"]
        for number, path in enumerate(files):
            whole = path.read_bytes()
            path.chmod(0o644)
            for at in range(number % 7, len(whole), max(1, len(whole) // 12)):
                bad = bytearray(whole)
                bad[at] ^= 1 << at % 8
                path.write_bytes(bad)
                done = program.run("store", "verify", self.store)
                name = str(path.relative_to(self.store))
                self.assertEqual(done.returncode, 1, (name, at))
                self.assertEqual({line.split(":")[0] for line in done.stdout.splitlines()}, {name})
                if path.parent.name != "store":  # what is read is compared when it is read
                    read = program.run("report", self.store)
                    self.assertIn(name, read.stdout + read.stderr)
            path.write_bytes(whole)
        self.assert_whole()

    def test_what_is_missing_or_too_much_is_named(self):
        self.add_prints()
        objects = sorted((self.store / "objects").glob("*/*/*"))
        text = objects[0].read_bytes()
        objects[0].unlink()
        self.assertIn(objects[0].name, program.run("store", "verify", self.store).stdout)
        objects[0].write_bytes(text)
        (objects[1].parent / "else.csv").write_text("x")
        self.assertIn("no release names", program.run("store", "verify", self.store).stdout)
        (objects[1].parent / "else.csv").unlink()
        moved = self.store / "releases/border-service/2024-05-11.json"
        (self.store / "releases/border-service/2024-05-10.json").rename(moved)
        self.assertIn("another release", program.run("store", "verify", self.store).stdout)


class Killed(Folder):
    """A process that stops at each call of the system, and is killed there."""
    TRACEME, SYSCALL = 0, 24
    STRIDE = int(os.environ.get("MTM_STORE_STRIDE", 11))  # 1: every call

    def start(self, *arguments):
        libc = ctypes.CDLL(None, use_errno=True)

        def trace():
            if libc.ptrace(self.TRACEME, 0, None, None) != 0:
                os._exit(99)
        done = subprocess.Popen([program.PROGRAM, *map(str, arguments)], preexec_fn=trace, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, env=program.environment(LD_BIND_NOW="1"))
        self.libc = libc
        return done

    def skip_without_tracing(self):
        process = self.start("--version")
        _, status = os.waitpid(process.pid, 0)
        if not os.WIFSTOPPED(status):
            process.returncode = 0
            self.skipTest("processes cannot be traced here")
        self.kill(process)

    def kill(self, process):
        """Popen.kill() asks first whether the process has ended, and takes a stop for its end."""
        os.kill(process.pid, signal.SIGKILL)
        while not os.WIFSIGNALED(os.waitpid(process.pid, 0)[1]):
            pass
        process.returncode = -signal.SIGKILL

    def kill_at(self, n, *arguments):
        """Whether it was killed before it ended."""
        process = self.start(*arguments)
        for _ in range(n):
            _, status = os.waitpid(process.pid, 0)
            if not os.WIFSTOPPED(status):
                process.returncode = 0
                return False
            stop = os.WSTOPSIG(status)
            self.libc.ptrace(self.SYSCALL, process.pid, None, 0 if stop == signal.SIGTRAP else stop)
        self.kill(process)
        return True

    def test_killed_at_any_call_the_store_is_whole_or_as_it_was(self):
        self.skip_without_tracing()
        one, two = self.package("one", arrivals({"2024-Q1": 100})), self.package("two", arrivals({"2024-Q1": 104}))
        first = ("store", "add", self.store, one, "--source", "b", "--released", "2024-05-10")
        second = ("store", "add", self.store, two, "--source", "b", "--released", "2024-08-09")
        self.run_well(*first)
        before = self.folder / "before"
        shutil.copytree(self.store, before)
        states = set()
        for n in itertools.count(1, self.STRIDE):
            killed = self.kill_at(n, *second)
            seen = len(self.listed())  # a reader now
            figure = json.loads(self.run_well("compute", self.store, "arrivals", "--period", "2024-Q1", "-f", "json"))["value"]
            self.assertEqual(figure, "100" if seen == 1 else "104")
            self.assert_whole()  # ends what was cut off
            states.add((seen, len(self.listed())))
            self.run_well(*second)
            self.assertEqual(len(self.listed()), 2)
            self.assert_whole()
            if not killed:
                break
            shutil.rmtree(self.store)
            shutil.copytree(before, self.store)
        self.assertLessEqual({(1, 1), (2, 2)}, states)
        self.assertTrue(self.STRIDE > 1 or (1, 2) in states)  # complete, and put in its place by the next one

    def test_a_store_that_was_killed_while_it_was_made_is_made_again(self):
        self.skip_without_tracing()
        add = ("store", "add", self.store, self.package("one", arrivals({"2024-Q1": 100})), "--source", "b", "--released", "2024-05-10")
        for n in itertools.count(1, 5 * self.STRIDE):
            killed = self.kill_at(n, *add)
            self.run_well(*add)
            self.assertEqual(len(self.listed()), 1)
            self.assert_whole()
            shutil.rmtree(self.store)
            if not killed:
                break


class Together(Folder):
    WRITERS, EACH = 8, int(os.environ.get("MTM_STORE_ADDS", 4))

    def test_writers_at_once_lose_nothing_and_double_nothing(self):
        packages = [self.package(f"p{n}", arrivals({"2024-Q1": 100 + n})) for n in range(self.WRITERS)]
        script = ("import subprocess, sys\n"
                  "for n in range({each}):\n"
                  "    subprocess.run([{program!r}, 'store', 'add', {store!r}, sys.argv[1], '--source', sys.argv[2], '--released',"
                  " f'2024-05-{{n + 1:02}}'], check=True)\n"
                  "    subprocess.run([{program!r}, 'store', 'add', {store!r}, {shared!r}, '--source', 'shared', '--released',"
                  " f'2024-05-{{n + 1:02}}', '-q'], check=True)\n").format(each=self.EACH, program=str(program.PROGRAM),
                                                                          store=str(self.store), shared=str(packages[0]))
        self.run_well("store", "add", self.store, packages[0], "--source", "first", "--released", "2024-01-01")
        writers = [subprocess.Popen([sys.executable, "-c", script, package, f"w{n}"]) for n, package in enumerate(packages)]
        while any(writer.poll() is None for writer in writers):
            self.listed()  # readers see whole releases only
        self.assertEqual([writer.returncode for writer in writers], [0] * self.WRITERS)
        self.assertEqual(len(self.listed()), 1 + self.WRITERS * self.EACH + self.EACH)
        self.assertEqual(len(list((self.store / "objects").glob("*/*/*"))), self.WRITERS)
        self.assert_whole()


if __name__ == "__main__":
    unittest.main()
