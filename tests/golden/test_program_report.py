"""mtm report, compute and explain on the Kazakhstan package and on microdata."""
import json
import re
import subprocess
import shutil
import unittest

import made_areas
import statements
from program import SOURCE, ProgramTest, environment, run

PACKAGE = SOURCE / "examples/kazakhstan-2024-q2"


class Report(ProgramTest):
    def setUp(self):
        super().setUp()
        self.package = self.folder / "package"
        shutil.copytree(PACKAGE, self.package)

    def test_every_format(self):
        for name, beginning in (("text", ""), ("markdown", "#"), ("html", "<!DOCTYPE html>"), ("json", "{"),
                                ("csv", ""), ("sdmx-csv", "STRUCTURE,")):
            with self.subTest(name):
                text = self.fine("report", PACKAGE, "--format", name)
                self.assertTrue(text.startswith(beginning), text[:80])
                self.assertNotIn("\033", text)

    def test_ending_tells_the_format(self):
        path = self.folder / "report.html"
        self.assertEqual(self.fine("report", PACKAGE, "-o", path), "")
        self.assertEqual(path.read_text(encoding="utf-8"), self.fine("report", PACKAGE, "--format", "html"))
        self.fine("report", PACKAGE, "-o", self.folder / "report.xlsx")
        self.assertEqual((self.folder / "report.xlsx").read_bytes()[:2], b"PK")

    def test_languages(self):
        texts = {language: self.fine("report", PACKAGE, "--language", language) for language in ("en", "ru", "kk")}
        self.assertEqual(len(set(texts.values())), 3)
        self.assertEqual(texts["en"], self.fine("report", PACKAGE))

    def test_as_wide_as_the_terminal(self):
        for columns in (60, 80, 130):
            text = self.on_terminal("report", PACKAGE, "--language", "ru", "--colour", "never", columns=columns)
            words = [line for line in text.splitlines() if not line.strip().startswith("http")] # addresses stay whole
            widest = max(map(len, words))
            self.assertTrue(columns * 0.8 < widest <= columns, (columns, widest))
        self.assertIn("\033[", self.on_terminal("report", PACKAGE))
        self.assertNotIn("\033", self.on_terminal("report", PACKAGE, "-o", self.folder / "report.txt"))
        self.assertNotIn("\033", (self.folder / "report.txt").read_text(encoding="utf-8"))

    def test_no_workbook_on_a_terminal(self):
        text = self.on_terminal("report", PACKAGE, "--format", "xlsx", code=2)
        self.assertIn("a workbook is not written to a terminal; expected -o FILE", text)

    def test_description_instead_of_folder(self):
        self.assertEqual(self.fine("report", PACKAGE / "datapackage.json"), self.fine("report", PACKAGE))

    def test_the_package_is_spared(self):
        before = {p.name: p.read_bytes() for p in self.package.iterdir()}
        (self.package / "link").symlink_to("remittances.csv")
        for name in ("datapackage.json", "remittances.csv", "link"):
            line, = self.refused(2, "report", self.package, "-o", self.package / name)
            self.assertIn("is not overwritten", line)
        (self.package / "link").unlink()
        self.assertEqual({p.name: p.read_bytes() for p in self.package.iterdir()}, before)
        for _ in range(2):
            self.fine("report", self.package, "-o", self.package / "report.html")

    def test_what_is_refused(self):
        line, = self.refused(1, "report", self.folder / "missing")
        self.assertIn("missing", line)
        path = self.package / "remittances.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines) + lines[-1].replace(lines[-1].split(",")[0], "2024-Q7", 1), encoding="utf-8")
        line, = self.refused(1, "report", self.package)
        self.assertRegex(line, rf"remittances\.csv:{len(lines) + 1}:\d+: error\[MTM-E\d+\]: ")

    def test_pdf_needs_a_program(self):
        done = run("report", PACKAGE, "-f", "pdf", "-o", self.folder / "a.pdf",
                           env=environment(PATH=str(self.folder)))
        self.assertEqual(done.returncode, 1)
        self.assertIn("install the package chromium or weasyprint", done.stderr)
        self.assertFalse((self.folder / "a.pdf").exists())

    def test_pdf_by_the_program_that_prints(self):
        """A browser whose sandbox does not start fails: WeasyPrint prints then, and without it the message says so."""
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "chromium").write_text("#!/bin/sh\nexit 21\n")
        (programs / "chromium").chmod(0o755)
        paths = environment(PATH=str(programs))
        done = run("report", PACKAGE, "-o", self.folder / "a.pdf", env=paths)
        self.assertEqual(done.returncode, 1)
        self.assertIn("user namespaces", done.stderr)
        self.assertIn("install the package weasyprint", done.stderr)
        self.assertFalse((self.folder / "a.pdf").exists())
        (programs / "weasyprint").write_text('#!/bin/sh\necho "%PDF-1.7 of $1" > "$2"\n')
        (programs / "weasyprint").chmod(0o755)
        done = run("report", PACKAGE, "-o", self.folder / "a.pdf", env=paths)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue((self.folder / "a.pdf").read_text().startswith("%PDF-1.7 of "))

    def test_pdf(self):
        if not any(shutil.which(name) for name in ("chromium", "weasyprint")):
            self.skipTest("neither chromium nor weasyprint is installed")
        for pages in (["--page", "one"], []):
            self.fine("report", PACKAGE, *pages, "-o", self.folder / "report.pdf")
            self.assertEqual((self.folder / "report.pdf").read_bytes()[:5], b"%PDF-")
            if shutil.which("pdfinfo"):
                text = subprocess.run(["pdfinfo", self.folder / "report.pdf"], capture_output=True, text=True).stdout
                self.assertEqual("Pages:           1" in text.splitlines(), pages != [], text)

    def test_page_one_is_one_sheet_of_each_printer(self):
        """With a map, six key figures and six main points; nothing of it is cut off."""
        missing = [name for name in ("pdfinfo", "pdftotext") if shutil.which(name) is None]
        if missing:
            self.skipTest(f"{', '.join(missing)} not installed; on Debian: apt install poppler-utils")
        package = self.folder / "statements"
        package.mkdir()
        statements.write(package, statements.tables(), contact={"en": "A. Analyst, https://example.org/ask"},
                         nextRelease="2024-11-29")
        (self.folder / "world.json").write_text(json.dumps(made_areas.topojson(made_areas.COUNTRIES)))
        for printer in ("weasyprint", "chromium"):
            with self.subTest(printer=printer):
                if shutil.which(printer) is None:
                    self.skipTest(f"{printer} is not installed; on Debian: apt install {printer}")
                programs = self.folder / f"only-{printer}"
                programs.mkdir()
                (programs / printer).symlink_to(shutil.which(printer))
                for language in ("en", "ru", "kk"):
                    pdf = self.folder / f"{printer}.{language}.pdf"
                    done = run("report", package, "--boundaries", self.folder / "world.json", "--page", "one", "-l", language,
                               "-o", pdf, env=environment(PATH=str(programs)))
                    if done.returncode != 0 and "user namespaces" in done.stderr:
                        self.skipTest(f"{printer} cannot start its sandbox here")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
                    self.assertRegex(told, r"Pages: +1\n")
                    self.assertRegex(told, r"59[45]\.\S* x 84[12]\S* pts \(A4\)")
                    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
                    self.assertEqual(text.count("CSV ("), 3, "each figure has its source and data")
                    self.assertIn("https://example.org/ask", text)

    def test_contents_of_a_pdf_have_the_numbers_of_its_pages(self):
        if not all(shutil.which(name) for name in ("chromium", "pdftotext")):
            self.skipTest("chromium and pdftotext are not both installed; on Debian: apt install chromium poppler-utils")
        for language in ("en", "ru", "kk"):
            self.fine("report", PACKAGE, "-l", language, "-o", self.folder / "report.pdf")
            text = subprocess.run(["pdftotext", "-layout", self.folder / "report.pdf", "-"], capture_output=True, text=True).stdout
            pages = [[" ".join(line.split()) for line in page.splitlines()] for page in text.split("\f")[:-1]]
            for at, page in enumerate(pages):
                self.assertEqual(page[-1], f"{at + 1} / {len(pages)}")
            self.fine("report", PACKAGE, "-l", language, "-o", self.folder / "report.html")
            page = (self.folder / "report.html").read_text(encoding="utf-8")
            self.assertNotIn('class="at"', page)
            titles = re.findall(r'<li><a href="#[^"]*">([^<]*)</a></li>', re.search(r'<ul class="contents">.*?</ul>', page, re.S)[0])
            contents = re.sub(r"[._\s]+", " ", " ".join(pages[0] + pages[1]))
            for title in titles:
                with self.subTest(language=language, title=title):
                    number = int(re.search(rf"{re.escape(title)} (\d+)(?: |$)", contents)[1])
                    self.assertIn(title, pages[number - 1])
                    self.assertFalse(any(title in page for page in pages[1:number - 1]))

    def test_a_pdf_that_tells_no_pages_keeps_contents_without_numbers(self):
        programs = self.folder / "programs"
        programs.mkdir()
        for pdf in ("", "%PDF-1.4", "/Type /Catalog /Pages 1 0 R /Dests 2 0 R endobj",
                    "\n1 0 obj <</Kids [1 0 R]>> endobj\n2 0 obj <</about [1 0 R /XYZ]>> endobj\n/Type /Catalog /Pages 1 0 R /Dests 2 0 R endobj",
                    "\n1 0 obj <</Kids [" + "3 0 R " * 9 + "endobj\n2 0 obj <</about [9 0 R endobj /Type /Catalog /Pages 1 0 R /Dests 2 0 R"):
            (self.folder / "made.pdf").write_text(pdf + "\n")
            (programs / "chromium").write_text(
                "#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) /bin/cp " + str(self.folder / "made.pdf") + ' "${a#*=}";; '
                'file://*) /bin/grep -c \'class="at"\' "${a#file://}" >> ' + str(self.folder / "seen") + ";; esac; done\nexit 0\n")
            (programs / "chromium").chmod(0o755)
            done = run("report", PACKAGE, "-o", self.folder / "a.pdf", env=environment(PATH=str(programs)))
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertEqual((self.folder / "a.pdf").read_text(), pdf + "\n")
        self.assertEqual((self.folder / "seen").read_text().split(), ["0"] * 5)

    def test_a_csv_has_its_description_beside_it(self):
        self.fine("report", PACKAGE, "-o", self.folder / "figures.csv")
        self.assertIn("figures.csv-metadata.json", self.names())
        described = json.loads((self.folder / "figures.csv-metadata.json").read_text(encoding="utf-8"))
        header = (self.folder / "figures.csv").read_text(encoding="utf-8-sig").splitlines()[0]
        self.assertEqual(described["url"], "figures.csv")
        self.assertEqual([c["name"] for c in described["tableSchema"]["columns"]], header.split(","))
        self.fine("compute", PACKAGE, "arrivals", "-o", self.folder / "arrivals.csv")
        self.assertNotIn("arrivals.csv-metadata.json", self.names())

    def test_one_page(self):
        done = run("report", PACKAGE, "--page", "one")
        self.assertIn('<div class="page one">', done.stdout)

    def test_wrong_use(self):
        for arguments, expected in [
            (["compute", PACKAGE, "arivals"], 'unknown indicator "arivals"; did you mean arrivals?'),
            (["explain", PACKAGE, "xyzzy"], 'unknown indicator "xyzzy"'),
            (["compute", PACKAGE], "an operand is missing; expected mtm compute PACKAGE INDICATOR"),
            (["report", PACKAGE, "--period", "2024-Q5"], "--period: "),
            (["report", PACKAGE, "--as-of", "soon"], "--as-of: "),
            (["report", PACKAGE, "--top", "0"], "expected a whole number from 1 to 100000, or all"),
            (["report", PACKAGE, "--threshold", "2"], "expected a whole number from 3 to 1000000, or off"),
            (["report", PACKAGE, "--format", "abc"], "expected text, markdown, html, json, csv, sdmx-csv, xlsx, ods, docx, "),
            (["report", PACKAGE, "--page", "two"], "expected one or all"),
            (["report", PACKAGE, "--page", "one", "--format", "json"], "expected --format html or pdf"),
            (["explain", PACKAGE, "arrivals", "-f", "sdmx-csv"], "expected text, markdown, html, json, csv, xlsx or ods"),
            (["report", PACKAGE, "--perod=2024"], 'did you mean --period?'),
        ]:
            with self.subTest(str(arguments[1:])):
                line, = self.refused(2, *arguments)
                self.assertIn(expected, line)


class Compute(ProgramTest):
    def value(self, indicator, *arguments):
        return json.loads(self.fine("compute", PACKAGE, indicator, "--format", "json", *arguments))

    def test_value_and_comparison(self):
        result = self.value("arrivals")
        self.assertEqual((result["id"], result["value"]), ("arrivals", "4001714"))
        previous = next(c for c in result["comparisons"] if c["with"] == "previous-period")
        self.assertEqual((previous["base"], previous["absolute"], previous["percent"]), ("2975788", "1025926", "34.5"))

    def test_period_as_of_and_top(self):
        self.assertEqual(self.value("immigration", "--period", "2024")["value"], "29282")
        self.assertEqual(self.value("immigration", "--period", "2024", "--as-of", "2025-03-01")["value"], "29948")
        rows = self.value("arrivals-by-origin", "--period", "2024-01-01/2024-05-10", "--top", "2")["breakdown"]["rows"]
        self.assertEqual([r["code"] for r in rows[:2]], ["UZB", "KGZ"])
        self.assertEqual(rows[2]["code"], "_O")

    def test_no_value_is_a_result(self):
        self.assertIsNone(self.value("immigration").get("value"))

    def test_data_under_another_concept_are_named(self):
        (self.folder / "datapackage.json").write_text(json.dumps(
            {"name": "made", "mtm": {"country": "KAZ", "period": "2024-Q2"}, "resources": [
                {"name": "permits", "path": "rows.csv", "mtm": {"concept": "work-permits", "unit": "permits", "kind": "stock"}}]}))
        (self.folder / "rows.csv").write_text("period,value\n2024-06-30,5\n")
        for command in ("compute", "explain"):
            done = run(command, self.folder, "foreign-workers")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("permits (rows.csv): no indicator reads work-permits", done.stderr)
        self.assertEqual(run("compute", self.folder, "foreign-workers", "-q").stderr, "")

    def test_explain(self):
        lineage = json.loads(self.fine("explain", PACKAGE, "immigration", "--period", "2023-Q2", "--format", "json"))
        text = json.dumps(lineage)
        self.assertIn("migration-year-to-date.csv", text)
        self.assertIn('"line"', text)
        self.assertIn("migration-year-to-date.csv", self.fine("explain", PACKAGE, "immigration", "--period", "2023-Q2"))


class Microdata(ProgramTest):
    def test_report_counts_it(self):
        rows = ["time,direction,citizenship"]
        rows += [f"2024-0{1 + i % 6}-11,{'in' if i % 3 else 'out'},{'UZB' if i % 2 else 'KGZ'}" for i in range(600)]
        self.write(rows)
        result = json.loads(self.fine("compute", self.folder, "arrivals", "-f", "json", "--threads", "2",
                                      "--threshold", "off"))
        arrivals = sum(1 for r in rows[1:] if r[5:7] in ("04", "05", "06") and ",in," in r)
        self.assertEqual(result["value"], str(arrivals))
        text = self.fine("report", self.folder, "-f", "json", "--threshold", "off")
        self.assertIn(str(arrivals), text)
        self.assertNotIn("could not be read", text)

    def test_rows_in_no_figure_are_a_limitation(self):
        """How many, in an open report; that there are some, in a confidential one: how many rows there are would tell of a
        withheld figure."""
        rows = ["time,direction,citizenship"] + [f"2024-0{1 + i % 6}-11,in,UZB" for i in range(60)]
        self.write(rows + ["2024-04-99,in,UZB", "2024-04-30,in", "2024-05-01,sideways,UZB"])
        for language, words in (("en", "Rows that could not be read and are in no figure: 2 of 63 (crossings.csv)."),
                                ("ru", "которых нет в показателях: 2 из 63 (crossings.csv)."),
                                ("kk", "енбеген жолдар: 63 ішінен 2 (crossings.csv).")):
            report = json.loads(self.fine("report", self.folder, "-f", "json", "-l", language, "--threshold", "off"))
            said = [one["text"] for one in report["limitations"] if one["kind"] == "coverage"]
            self.assertTrue(any(text.endswith(words) for text in said), said)
        controlled = self.fine("report", self.folder, "-f", "json")
        self.assertIn("Some rows could not be read and are in no figure (crossings.csv).", controlled)
        self.assertNotIn("2 of 63", controlled)

    def write(self, rows):
        (self.folder / "crossings.csv").write_text("\n".join(rows) + "\n")
        (self.folder / "datapackage.json").write_text(json.dumps({
            "name": "micro", "mtm": {"country": "KAZ", "period": "2024-Q2"},
            "resources": [{"name": "crossings", "path": "crossings.csv", "encoding": "utf-8",
                           "dialect": {"delimiter": ","}, "schema": {"fields": [
                               {"name": "time", "mtm": {"role": "period"}},
                               {"name": "direction", "mtm": {"role": "dimension", "dimension": "direction"}},
                               {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}}]},
                           "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements",
                                   "microdata": True}}]}))


if __name__ == "__main__":
    unittest.main()
