"""The report on one page: what a reader sees in half a minute is whole, of the main points, and says what it is against."""
import json
import pathlib
import re
import tempfile
import unittest

import program
import statements
from page import Page

LANGUAGES = ("en", "ru", "kk")
EXAMPLES = program.SOURCE / "examples"


def one_page(package, language="en"):
    done = program.run("report", package, "-f", "html", "--page", "one", "-l", language)
    assert done.returncode == 0, done.stderr
    return done.stdout


def document(package, language="en"):
    return json.loads(program.run("report", package, "-f", "json", "-l", language).stdout)


def figures(text):
    return re.findall(r"<figure>.*?</figure>", text, re.S)


class OnePage(unittest.TestCase):
    def test_charts_are_of_the_main_points_first(self):
        """The sectors are a main point; the categories of the same section fill the second place."""
        for language in LANGUAGES:
            found = figures(one_page(EXAMPLES / "kazakhstan-2024-q2", language))
            self.assertEqual([re.search(r'id="([a-z-]+)-bars-t"', f)[1] for f in found],
                             ["foreign-workers-by-sector", "foreign-workers-by-category"])

    def test_changes_say_what_they_are_against(self):
        for language in LANGUAGES:
            text = one_page(EXAMPLES / "kazakhstan-2024-q2", language)
            (arrivals,) = [i for s in document(EXAMPLES / "kazakhstan-2024-q2", language)["sections"] for i in s["indicators"]
                           if i["id"] == "arrivals"]
            base = next(c["base"] for c in arrivals["comparisons"] if c["percent"] is not None)
            told = re.search(r'<span class="change">.*?</span>\n', text, re.S)[0]
            self.assertEqual(re.sub(r"\D", "", re.search(r": ([^)]*)\)", told)[1]), base)

    def test_displacement_is_shown_by_area_people_reason_and_round(self):
        """Without a map the rounds have a line; with one the areas are it. A change is said like for like."""
        for example, wanted in (("examplia-round-7", ["idps-bars", "idps-by-reason-bars", "idps-series"]),
                                ("flow-monitoring", ["movements-observed-by-sex-age-pyramid"])):
            for language in LANGUAGES:
                text = one_page(EXAMPLES / example, language)
                drawn = re.findall(r'aria-labelledby="([a-z0-9-]+)-t ', "".join(figures(text)))
                self.assertEqual([one for one in wanted if one not in drawn], [], (example, drawn))
        text = one_page(EXAMPLES / "examplia-round-7")
        (idps,) = [i for s in document(EXAMPLES / "examplia-round-7")["sections"] for i in s["indicators"] if i["id"] == "idps"]
        like = idps["comparisons"][0]["like_for_like"]
        self.assertIn(f"{float(like['percent']):+} %", text.replace("\N{NO-BREAK SPACE}", " "))
        self.assertIn("like for like", text)

    def test_a_pyramid_has_each_number_once(self):
        text = next(f for f in figures(one_page(EXAMPLES / "flow-monitoring")) if "pyramid-t" in f)
        drawn = [re.sub(r"\D", "", one) for one in re.findall(r'class="strong"[^>]*>([^<]+)</text>', text)]
        self.assertEqual(drawn, ["812", "1225", "130", "125"])
        self.assertEqual(re.findall(r'text-anchor="middle">([^<]+)<', text), ["18+", "0-17"])
        self.assertEqual(re.findall(r'class="soft"[^>]*>([^<]+)<', text), ["Female", "Male"])

    def test_limitations_name_what_they_are_about(self):
        for language in LANGUAGES:
            text = re.search(r'<section id="limitations".*?</section>', one_page(EXAMPLES / "kazakhstan-2024-q2", language), re.S)[0]
            told = document(EXAMPLES / "kazakhstan-2024-q2", language)
            titles = {i["id"]: (s["title"], i["title"]) for s in told["sections"] for i in s["indicators"]}
            items = re.findall(r"<li>(.*?)</li>", text)
            self.assertEqual(len(items), len({l["kind"] for l in told["limitations"]}))
            for limitation in told["limitations"]:
                if limitation["indicator"]:
                    self.assertTrue(any(title in item for item in items for title in titles[limitation["indicator"]]), limitation)

    def test_a_section_that_has_figures_is_not_what_lacks(self):
        """"Not covered: Foreign workers" stood below permits for foreign workers; the quota is what lacks."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            statements.write(folder, statements.tables())
            for language in LANGUAGES:
                told = document(folder, language)
                text = re.search(r'<section id="limitations".*?</section>', one_page(folder, language), re.S)[0]
                (item,) = [t for t in re.findall(r"<li>(.*?)</li>", text) if "Kandas" in t or "Кандас" in t or "Қандас" in t]
                named = item.split(": ", 1)[1].split("; ")
                for section in told["sections"]:
                    if any(i["value"] is not None for i in section["indicators"]):
                        self.assertNotIn(section["title"], named)
                self.assertTrue([i for s in told["sections"] for i in s["indicators"] if i["id"] == "quota" and i["title"] in named] or
                                [i for s in told["sections"] for i in s["indicators"] if i["id"] == "quota-use" and i["title"] in named])

    def test_a_survey_has_its_pictures_and_how_it_was_made(self):
        for language in LANGUAGES:
            text = one_page(EXAMPLES / "households", language)
            self.assertEqual(len(figures(text)), 2)
            self.assertLessEqual(text.count("<li>"), 6)
            self.assertIn('<section id="survey-methods"', text)

    def test_a_sparkline_joins_something(self):
        """Rounds that do not cover the same have no line between them: no picture then, not a single dot."""
        for example in ("examplia-round-7", "kazakhstan-2024-q2"):
            for spark in re.findall(r'<svg class="spark".*?</svg>', one_page(EXAMPLES / example), re.S):
                self.assertIn("<line", spark)
        self.assertIn('class="spark"', one_page(EXAMPLES / "kazakhstan-2024-q2"))

    def test_links_lead_to_what_is_there(self):
        for example in ("examplia-round-7", "kazakhstan-2024-q2", "households"):
            for language in LANGUAGES:
                text = one_page(EXAMPLES / example, language)
                ids = re.findall(r'\bid="([^"]+)"', text)
                self.assertEqual(len(ids), len(set(ids)))
                self.assertEqual({a for a in re.findall(r'href="#([^"]+)"', text)} - set(ids), set())
                self.assertIsNone(re.search(r"<\w+ [^>]*\shidden[ >]", text))

    def test_the_front_matter_never_acts(self):
        """What a package says of itself is text: elements, scripts and links of other kinds are shown, not followed."""
        attack = ('# Head\n**bold** <script>alert(1)</script> [x](javascript:alert(1)) ![i](data:text/html,1) <b onclick="x">b</b>\n\n'
                  '* [ok](https://example.org/a?b=1&c="><img src=x onerror=alert(1)>)\n* <iframe src="https://example.org"></iframe>\n')
        texts = {language: attack for language in LANGUAGES}
        with tempfile.TemporaryDirectory() as folder:
            statements.write(pathlib.Path(folder), statements.tables(), introduction=texts,
                             contact={language: '<svg onload=x> javascript:alert(1) "https://example.org/' for language in LANGUAGES})
            for language in LANGUAGES:
                for pages in ("all", "one"):
                    page = Page(program.run("report", folder, "-l", language, "-f", "html", "--page", pages).stdout)
                    self.assertEqual(list(page.root.all("iframe", "img", "object", "b onclick")), [])
                    self.assertEqual([s.attributes["type"] for s in page.root.all("script")], ["application/ld+json"])
                    self.assertEqual([e for e in page.root.all("svg") if "onload" in e.attributes], [])
                    for link in page.root.all("a"):
                        self.assertRegex(link.attributes["href"], "^(https?://|#|data:text/csv;)")
                text = page.root.text if pages == "all" else Page(program.run("report", folder, "-l", language, "-f", "html").stdout).ids["about"].text
                for shown in ("<script>alert(1)</script>", "<iframe src=", "javascript:alert(1)"):
                    self.assertIn(shown, text)
                markdown = program.run("report", folder, "-l", language, "-f", "markdown").stdout
                self.assertNotRegex(markdown, r"(?<!\\)<(script|iframe|img|svg|b)\b")
                self.assertNotRegex(markdown, r"(?<!\\)\]\((javascript|data):")

    def test_eighteen_statements(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            statements.write(folder, statements.tables())
            for language in LANGUAGES:
                text = one_page(folder, language)
                self.assertEqual(len(figures(text)), 2)
                self.assertEqual(len(re.findall(r"<li>", re.search(r'<ul class="points">.*?</ul>', text, re.S)[0])), 6)


if __name__ == "__main__":
    unittest.main()
