"""The ledger of publications: what documents that were made one after the other give away together.

MTM_PUBLICATIONS sets how many series of documents are attacked (12 when it is not set), MTM_FIRST the first seed. The
attacks need SciPy and are skipped without; all else runs everywhere."""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
try:
    import outsider
except ImportError:
    outsider = None
import publications

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", "build"))
PROGRAM = BUILD / "examples" / "mtm" / "mtm"
MANY = int(os.environ.get("MTM_PUBLICATIONS", "12"))
FIRST = int(os.environ.get("MTM_FIRST", "0"))
THRESHOLD = 5


def run(command, folder, *arguments):
    done = subprocess.run([PROGRAM, command, folder, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


class Folder(unittest.TestCase):
    def setUp(self):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.folder = pathlib.Path(held.name)
        self.ledger = self.folder / "published.mtm"

    def package(self, name, rows, period="2024-Q2"):
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        publications.write_package(folder, rows, period)
        return folder

    def catalogue(self, name, indicators):
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps({"indicators": indicators}))
        return path

    def publish(self, folder, catalogue, *arguments, code=0, form="json", command="compute"):
        """One indicator, which has the catalogue's name, or with "report" all there are."""
        name = [catalogue.stem] if command != "report" else []
        got, text, errors = run(command, folder, *name, "--catalogue", catalogue, "--format", form, "--ledger",
                                self.ledger, *arguments)
        self.assertEqual(got, code, errors)
        return json.loads(text) if form == "json" and code == 0 else text if code == 0 else errors

    def judge(self, attacker, before, seed, cells):
        """Every hidden count can be anything over the threshold's width from the least that the earlier documents allow."""
        for key, value in attacker.known:
            self.assertEqual(sum(sign * cells[cell][1] for cell, sign in key), value, seed)
        ignorant = outsider.Outsider(attacker.cells)
        ignorant.known, ignorant.hidden = before, attacker.hidden
        least = {name: ends[0] for name, ends in ignorant.solve().items()} if before else {}
        found = attacker.solve()
        large = outsider.large_names(attacker.hidden, [value for _, value in cells], THRESHOLD) if before else ()
        exact, narrowed = outsider.judge(found, THRESHOLD, least, large)
        self.assertEqual((exact, narrowed), ([], []), (seed, [(name, found[name], least.get(name)) for name in narrowed]))
        return len(found)


def row(value, **members):
    return ({"period": "2024-Q2", "direction": "IN", "citizenship": "UZB", "sex": "F", "region": "KZ10", **members}, value)


class Ledger(Folder):
    """Men in one document, all in the next: women would be their difference."""

    def setUp(self):
        super().setUp()
        self.data = self.package("data", [row(7, sex="M"), row(5, sex="M", region="KZ11"), row(3, sex="F"),
                                          row(700, citizenship="RUS", sex="M"), row(600, citizenship="RUS", sex="F"),
                                          row(600, citizenship="RUS", sex="F", region="KZ11")])
        one = {"direction": "IN", "citizenship": "UZB"}
        self.men = self.catalogue("men", [publications.definition("men", {**one, "sex": "M"})])
        self.all = self.catalogue("all", [publications.definition("all", one)])

    def test_a_later_document_withholds_what_would_tell(self):
        self.assertEqual(self.publish(self.data, self.men)["value"], "12")
        self.assertIsNone(self.publish(self.data, self.all)["value"])

    def test_without_a_ledger_it_says_so(self):
        _, text, _ = run("compute", self.data, "all", "--catalogue", self.all, "--format", "json")
        document = json.loads(text)
        self.assertEqual(document["value"], "15")
        self.assertEqual(document["disclosure"]["protected_within"], "document")
        for language, words in (("en", "Protected within this document only"), ("ru", "только в пределах этого документа"),
                                ("kk", "Тек осы құжат шегінде")):
            for form in ("text", "markdown", "html"):
                for command in (["report"], ["compute", "all"]):
                    _, text, _ = run(command[0], self.data, *command[1:], "--catalogue", self.all, "--format", form,
                                     "--language", language)
                self.assertIn(words, " ".join(text.split()), (language, form))

    def test_with_a_ledger_it_says_so(self):
        document = self.publish(self.data, self.men)
        self.assertEqual(document["disclosure"]["protected_within"], "ledger")
        self.assertIn("ledger", " ".join(self.publish(self.data, self.men, form="text", command="report").split()))

    def test_compute_and_explain_read_and_write_it(self):
        code, text, errors = run("compute", self.data, "men", "--catalogue", self.men, "--ledger", self.ledger)
        self.assertEqual(code, 0, errors)
        self.assertIn("12", text)
        code, text, errors = run("explain", self.data, "all", "--catalogue", self.all, "--ledger", self.ledger)
        self.assertEqual(code, 0, errors)
        self.assertNotIn("15", text)

    def test_the_same_again_changes_nothing(self):
        first = self.publish(self.data, self.men)
        before = self.ledger.read_bytes()
        self.assertEqual(self.publish(self.data, self.men), first)
        for language in ("ru", "kk"):
            self.publish(self.data, self.men, "--language", language)
        for form in ("text", "html", "csv", "markdown", "xlsx", "sdmx-csv"):
            out = self.folder / f"out.{form}"
            self.publish(self.data, self.men, "--output", out, form=form)
        self.assertEqual(self.ledger.read_bytes(), before)

    def persons(self):
        folder = self.folder / "persons"
        folder.mkdir()
        publications.write_microdata(folder, [row(2, sex="M"), row(62, sex="F"), row(70, citizenship="RUS")], "2024-Q2")
        resource = json.loads((folder / "datapackage.json").read_text())["resources"][0]
        (folder / "resource.json").write_text(json.dumps(resource))
        return folder, resource

    def test_rows_that_a_filter_chose_are_linked_or_refused(self):
        """62 women in one table and 64 persons in the next told of 2 men."""
        folder, _ = self.persons()
        tabulate = ["tabulate", folder / "crossings.csv", "--resource", folder / "resource.json", "--threshold", "5", "--ledger",
                    self.ledger]
        code, text, errors = run(*tabulate, "--by", "citizenship", "--filter", "sex=F")
        self.assertEqual((code, text), (1, ""))
        self.assertIn("a filter chose", errors)
        self.assertEqual(run(*tabulate, "--by", "citizenship,sex", "--filter", "sex=F")[0], 0)
        code, text, _ = run(*tabulate, "--by", "citizenship", "--format", "csv")
        self.assertEqual(code, 0)
        self.assertNotIn(",64,", text)

    def test_other_figures_of_the_same_release_are_refused(self):
        self.publish(self.data, self.all)
        before = self.ledger.read_bytes()
        more = self.package("more", [row(7, sex="M"), row(8, sex="M", region="KZ11"), row(3, sex="F"), row(700, citizenship="RUS")])
        errors = self.publish(more, self.all, code=1)
        self.assertIn("of no later release", errors)
        self.assertEqual(self.ledger.read_bytes(), before)
        described = json.loads((more / "datapackage.json").read_text())
        described["resources"][0]["mtm"]["releaseDate"] = "2024-09-01"
        (more / "datapackage.json").write_text(json.dumps(described))
        self.publish(more, self.all)

    def test_tables_that_do_not_say_what_they_count_are_refused(self):
        """Rows that are counted without a concept may be those that a report counted with one."""
        folder, resource = self.persons()
        del resource["mtm"]["concept"], resource["mtm"]["unit"], resource["mtm"]["kind"]
        (folder / "unsaid.json").write_text(json.dumps(resource))
        tabulate = ["tabulate", folder / "crossings.csv", "--by", "citizenship,sex", "--threshold", "5", "--ledger", self.ledger]
        for one, other in (("unsaid.json", "resource.json"), ("resource.json", "unsaid.json")):
            self.ledger.unlink(missing_ok=True)
            self.assertEqual(run(*tabulate, "--resource", folder / one)[0], 0)
            before = self.ledger.read_bytes()
            code, text, errors = run(*tabulate, "--resource", folder / other)
            self.assertEqual((code, text), (1, ""))
            self.assertIn("they may count the same rows", errors)
            self.assertEqual(self.ledger.read_bytes(), before)
            self.assertEqual(run(*tabulate, "--resource", folder / one)[0], 0)

    def test_only_its_owner_reads_it(self):
        self.publish(self.data, self.men)
        self.assertEqual(self.ledger.stat().st_mode & 0o777, 0o600)
        self.ledger.chmod(0o644)
        self.publish(self.data, self.all)
        self.assertEqual(self.ledger.stat().st_mode & 0o777, 0o600)

    def test_a_count_printed_with_a_lower_threshold_is_named(self):
        women = self.catalogue("women", [publications.definition("women", {"direction": "IN", "citizenship": "UZB",
                                                                           "sex": "F"})])
        self.assertEqual(self.publish(self.data, women, "--threshold", "3")["value"], "3")
        errors = self.publish(self.data, women, code=1)
        self.assertIn("earlier publication", errors)
        digest = json.loads(self.ledger.read_text().split("\n")[1])["document"]
        self.assertIn(digest, errors)

    def test_control_that_is_off_has_no_ledger(self):
        errors = self.publish(self.data, self.men, "--threshold", "off", code=2)
        self.assertIn("--ledger", errors)
        self.assertFalse(self.ledger.exists())


class Damage(Folder):
    def setUp(self):
        super().setUp()
        self.data = self.package("data", [row(12, sex="M"), row(9, sex="M", region="KZ11"), row(3, sex="F"),
                                          row(40, sex="M", citizenship="RUS")])
        self.men = self.catalogue("men", [publications.definition("men", {"direction": "IN", "sex": "M"})])
        self.publish(self.data, self.men)
        self.whole = self.ledger.read_bytes()

    def refused(self, data, words):
        self.ledger.write_bytes(data)
        code, text, errors = run("report", self.data, "--catalogue", self.men, "--ledger", self.ledger)
        self.assertNotEqual(code, 0, (data[:60], text))
        self.assertEqual(text, "")
        self.assertIn(words, errors)
        self.assertEqual(self.ledger.read_bytes(), data)

    def test_every_cut_is_seen(self):
        for size in range(0, len(self.whole)):
            if size % 17 == 0 or size > len(self.whole) - 80 or size < 40:
                self.refused(self.whole[:size], "ledger")

    def test_every_changed_byte_is_seen(self):
        dice = random.Random(1)
        for at in dice.sample(range(len(self.whole)), 60):
            data = bytearray(self.whole)
            data[at] ^= dice.choice([1, 2, 4, 8, 16])
            self.refused(bytes(data), "ledger")

    def test_what_is_added_is_seen(self):
        self.refused(self.whole + b"x", "damaged")
        self.refused(self.whole + self.whole, "damaged")
        self.refused(self.whole + b"\n", "damaged")

    def test_other_files_and_versions(self):
        self.refused(b"period,value\n2024,3\n", "ledger")
        self.refused(b'{"name": "package"}\n', "no ledger of publications")
        self.refused(self.whole.replace(b'"version":1', b'"version":9'), "version 9")

    def test_numbers_that_count_nothing(self):
        import hashlib
        lines = self.whole.decode().split("\n")
        publication = json.loads(lines[1])

        def sealed(change):
            changed = json.loads(json.dumps(publication))
            change(changed)
            body = lines[0] + "\n" + json.dumps(changed) + "\n"
            return (body + json.dumps({"publications": 1, "sha256": hashlib.sha256(body.encode()).hexdigest()})
                    + "\n").encode()

        self.ledger.write_bytes(sealed(lambda p: None))
        self.publish(self.data, self.men)
        for change in (lambda p: p["numbers"].append([0, 99, 1]), lambda p: p["numbers"].append([0, 0, 0]),
                       lambda p: p["numbers"].append([0]), lambda p: p["numbers"].append([16, 0, 1]),
                       lambda p: p["numbers"].append(["0", 0, 1]), lambda p: p["numbers"].append([0, -1, 1]),
                       lambda p: p["observed"].append(p["observed"][0]), lambda p: p["observed"][0].pop(),
                       lambda p: p["observed"][0].__setitem__(7, 99), lambda p: p["observed"][0].__setitem__(2, 1 << 40),
                       lambda p: p["observed"][0].__setitem__(0, 7), lambda p: p.pop("threshold"),
                       lambda p: p.pop("title"), lambda p: p.__setitem__("threshold", 1), lambda p: p.pop("numbers"),
                       lambda p: p.pop("observed"), lambda p: p.__setitem__("observed", {})):
            self.refused(sealed(change), "damaged")

    def test_what_cannot_be_written_leaves_the_ledger_alone(self):
        folder = self.folder / "closed"
        folder.mkdir()
        self.ledger = folder / "published.mtm"
        self.ledger.mkdir()
        code, text, _ = run("report", self.data, "--catalogue", self.men, "--ledger", self.ledger)
        self.assertNotEqual(code, 0)
        self.assertEqual(text, "")


class Writers(Folder):
    def test_many_at_once(self):
        data = self.package("data", [row(40 + n, region=region, citizenship=country, sex=sex) for n, (region, country, sex) in enumerate(
            (r, c, s) for r in publications.REGIONS for c in publications.COUNTRIES[:4] for s in publications.SEXES)])
        catalogues = [self.catalogue(f"c{n}", [publications.definition(f"c{n}", {"direction": "IN", "region": region},
                                                                       "citizenship")])
                      for n, region in enumerate(publications.REGIONS)]
        failed = []

        def work(catalogue):
            code, _, errors = run("compute", data, catalogue.stem, "--catalogue", catalogue, "--ledger", self.ledger)
            if code != 0:
                failed.append(errors)

        threads = [threading.Thread(target=work, args=(one,)) for one in catalogues for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        self.assertEqual(failed, [])
        lines = self.ledger.read_text().strip().split("\n")
        self.assertEqual(json.loads(lines[-1])["publications"], len(catalogues))
        self.assertEqual(len(lines), len(catalogues) + 2)


def months(quarter):
    year, number = quarter.split("-Q")
    return [f"{year}-{month:02d}" for month in range(3 * int(number) - 2, 3 * int(number) + 1)]


@unittest.skipUnless(outsider, "needs SciPy")
class Attack(Folder):
    """Everything that a series of documents prints is put into one system."""

    def read(self, attacker, document, catalogue):
        outsider.read_document(attacker, document, {one["id"]: one for one in catalogue["indicators"]})

    def series(self, seed):
        """A series of publications over one table: other filters, periods, lists' lengths, languages, vintages."""
        dice = random.Random(seed)
        countries = dice.sample(publications.COUNTRIES, dice.randint(2, 8))
        regions = dice.sample(publications.REGIONS, dice.randint(2, 4))
        quarters = ["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
        periods = dice.choice([quarters, quarters[:2], [m for q in quarters[:2] for m in months(q)]])
        cells = publications.random_cells(dice, periods, countries, regions, directions=("IN",))
        asked = dice.choice([["2024-Q2"], ["2024-Q1", "2024-Q2"], [*quarters, "2024"] if len(periods) == 4
                             else ["2024-Q2", "2024-Q1"]])
        plan = []
        for period in asked:
            for _ in range(dice.choice([1, 1, 2])):
                plan.append((period, publications.random_catalogue(dice, countries, regions, tops=dice.random() < 0.3)))
        if dice.random() < 0.5:
            dice.shuffle(plan)
        return dice, cells, plan[:6]

    def with_quarters(self, seed, cells, plan):
        """At times the source has quarters beside its months, and documents tell of both."""
        dice = random.Random(-seed)
        if not cells or "Q" in cells[0][0]["period"] or dice.random() < 0.5:
            return cells
        sums = {}
        for cell, value in cells:
            year, month = cell["period"].split("-")
            whole = {**cell, "period": f"{year}-Q{(int(month) + 2) // 3}"}
            sums[tuple(whole.items())] = sums.get(tuple(whole.items()), 0) + value
        for month in dice.sample(months("2024-Q2"), dice.randint(1, 3)):
            plan.insert(dice.randint(0, len(plan)), (month, dice.choice(plan)[1]))
        return cells + [(dict(key), value) for key, value in sums.items()]

    def test_series_of_documents(self):
        hidden = refused = documents = 0
        for seed in range(FIRST, FIRST + MANY):
            dice, cells, plan = self.series(seed)
            if self.ledger.exists():
                self.ledger.unlink()
            data = self.package("data", self.with_quarters(seed, cells, plan))
            attacker, found = outsider.Outsider([cell for cell, _ in cells]), 0
            for period, catalogue in plan:
                path = self.catalogue("catalogue", catalogue["indicators"])
                arguments = ["--period", period, "--language", dice.choice(["en", "ru", "kk"])]
                if dice.random() < 0.3:
                    arguments += ["--top", str(dice.randint(1, 8))]
                code, text, errors = run("report", data, "--catalogue", path, "--format", "json", "--ledger", self.ledger,
                                         *arguments)
                documents += 1
                if code != 0:  # nothing was made
                    self.assertIn("earlier publication", errors, seed)
                    refused += 1
                    continue
                before = list(attacker.known)
                self.read(attacker, json.loads(text), catalogue)
                found = self.judge(attacker, before, (seed, period), cells)
            hidden += found
        print(f"{MANY} series, {documents} documents, {hidden} hidden counts, {refused} documents refused",
              file=sys.stderr)
        self.assertGreater(hidden, MANY)
        self.assertLess(refused, documents / 4)


if __name__ == "__main__":
    unittest.main()
