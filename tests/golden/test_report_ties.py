"""Sentences of made-up packages whose figures tie, stand still, are all there is or lie outside a group, in three languages."""
import json
import pathlib
import tempfile
import unittest

import program
import statements

LANGUAGES = ("en", "ru", "kk")
EVEN = {"UZB": 5000, "RUS": 5000}


def flow(name, unit, dimensions, rows):
    return {name: {"kind": "flow", "unit": unit, "dimensions": dimensions, "rows": rows}}


def kandas(parts):
    return flow("kandas", "persons", ["country"], list(statements.rows_of("2024-Q2", {}, "country", parts)))


def border(arrivals, totals=True):
    rows = []
    for period, parts in arrivals.items():
        for direction in ("IN", "OUT"):
            rows += [r for r in statements.rows_of(period, {"direction": direction}, "citizenship", parts)
                     if totals or r["citizenship"] != "_T"]
    return flow("border-crossings", "movements", ["direction", "citizenship"], rows)


class Ties(unittest.TestCase):
    def report(self, tables, language, **properties):
        with tempfile.TemporaryDirectory() as folder:
            statements.write(pathlib.Path(folder), tables, **properties)
            done = program.run("report", folder, "-l", language, "-f", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.replace("\u00a0", " "))

    def finding(self, document, indicator):
        return next(i["finding"] for s in document["sections"] for i in s["indicators"] if i["id"] == indicator)

    def point(self, document, name):
        return next((h["text"] for h in document["highlights"] if h["id"] == name), "")

    def test_leaders_of_one_size_are_said_to_be_equal(self):
        words = {"en": "the leading countries, with equal figures, are China (200; 33.3 %), Mongolia (200; 33.3 %) and Uzbekistan",
                 "ru": "наибольшие значения, поровну: Китай (200; 33,3 %), Монголия (200; 33,3 %) и Узбекистан",
                 "kk": "алдыңғы орындарда тең мәндермен Қытай (200; 33,3%), Моңғолия (200; 33,3%) және Өзбекстан"}
        for language in LANGUAGES:
            document = self.report(kandas({"UZB": 200, "CHN": 200, "MNG": 200}), language)
            self.assertIn(words[language], self.finding(document, "kandas-by-origin"))
            document = self.report(kandas({"UZB": 300, "CHN": 200, "MNG": 100}), language)
            for word in ("equal", "поровну", "тең"):
                self.assertNotIn(word, self.finding(document, "kandas-by-origin"))

    def test_ties_that_are_too_many_are_not_cut(self):
        """Sixteen activities of one size: six of them were named as the largest."""
        for parts, named in (({c: 21 for c in "ABCDEFGHIJKLMNOP"}, []), ({**{c: 21 for c in "BCDEFGHIJKLMNOP"}, "A": 50}, ["A"]),
                             ({c: 21 for c in "ABCDEF"}, list("ABCDEF"))):
            tables = {"foreign-workers": {"kind": "stock", "unit": "permits", "dimensions": ["sector"],
                                          "rows": list(statements.rows_of("2024-06-30", {}, "sector", parts))}}
            for language in LANGUAGES:
                document = self.report(tables, language)
                entry = next(i for s in document["sections"] for i in s["indicators"] if i["id"] == "foreign-workers-by-sector")
                found = [r["code"] for r in entry["breakdown"]["rows"] if r["label"] + " (" in entry["finding"]]
                self.assertEqual(sorted(found), named, entry["finding"])

    def test_main_points_of_equal_parts(self):
        words = {"en": "All arrivals were of citizens of Russia and Uzbekistan (50.0 % each).",
                 "ru": "Все въезды пришлись на граждан стран: Россия и Узбекистан (поровну, по 50,0 %).",
                 "kk": "Елге кіргендердің бәрі – мына елдердің азаматтары: Ресей және Өзбекстан (тең, 50,0%-дан)."}
        for language in LANGUAGES:
            document = self.report(border({"2024-Q2": EVEN}), language)
            self.assertEqual(self.point(document, "arrivals-by-origin"), words[language])

    def test_all_are_of_one_country(self):
        words = {"en": "All arrivals were of citizens of Uzbekistan.", "ru": "Все въезды пришлись на граждан одной страны: Узбекистан.",
                 "kk": "Елге кіргендердің бәрі – бір елдің азаматтары: Өзбекстан."}
        for language in LANGUAGES:
            document = self.report(border({"2024-Q2": {"UZB": 7, "RUS": 0}}), language)
            self.assertEqual(self.point(document, "arrivals-by-origin"), words[language])

    def test_all_are_not_mainly(self):
        """"Lived mainly in one country, Russia (100.0 %)"; and two activities that are all there is were "among those given"."""
        abroad = {"citizens-abroad": {"kind": "stock", "unit": "persons", "dimensions": ["country"],
                                      "rows": list(statements.rows_of("2024-06-30", {}, "country", {"RUS": 21}))}}
        workers = {"foreign-workers": {"kind": "stock", "unit": "permits", "dimensions": ["sector"],
                                       "rows": list(statements.rows_of("2024-06-30", {}, "sector", {"F": 95, "E": 95}))}}
        words = {"en": ("All citizens abroad as of 30 June 2024 lived in one country, Russia.",
                        "All permits for foreign workers in force as of 30 June 2024 were in water supply, sewerage, waste management "
                        "and remediation activities; construction (50.0 % each)."),
                 "ru": ("Все граждане за рубежом на 30 июня 2024 года живут в одной стране: Россия.",
                        "Все действующие на 30 июня 2024 года разрешения на привлечение иностранных работников относятся к таким видам "
                        "деятельности: водоснабжение, сбор, обработка и удаление отходов, деятельность по ликвидации загрязнений; "
                        "строительство (поровну, по 50,0 %)."),
                 "kk": ("шетелдегі азаматтардың бәрі бір елде тұрады: Ресей.", "құрылыс (тең, 50,0%-дан).")}
        for language in LANGUAGES:
            self.assertIn(words[language][0], self.point(self.report(abroad, language), "citizens-abroad"))
            self.assertIn(words[language][1], self.point(self.report(workers, language), "foreign-workers-by-sector"))

    def test_what_stands_still_is_said_once(self):
        words = {"en": ("(unchanged from Q1 2024 and Q2 2023)",
                        "did not change compared with the previous quarter (10,000) and with the same quarter"),
                 "ru": ("(столько же, сколько в I квартале 2024 года и во II квартале 2023 года)",
                        "не изменился по сравнению с предыдущим кварталом (10 000) и с тем же кварталом"),
                 "kk": ("(2024 жылғы І тоқсанмен және 2023 жылғы ІІ тоқсанмен салыстырғанда өзгеріссіз)",
                        "алдыңғы тоқсанмен (10 000) және алдыңғы жылдың тиісті тоқсанымен (10 000) салыстырғанда өзгерген жоқ")}
        for language in LANGUAGES:
            document = self.report(border({"2023-Q2": EVEN, "2024-Q1": EVEN, "2024-Q2": EVEN}), language)
            self.assertIn(words[language][0], self.point(document, "border-crossings"))
            self.assertIn(words[language][1], self.finding(document, "arrivals"))

    def test_a_half_year_has_its_article(self):
        document = self.report(border({"2023-H1": EVEN, "2024-H1": {"UZB": 6000, "RUS": 5000}}), "en", period="2024-H1")
        self.assertIn("(up 10.0 % on the first half of 2023)", self.point(document, "border-crossings"))

    def test_those_outside_a_group_are_counted_without_its_members(self):
        """The members of the group, which the total is less, were counted as those of which the figure is the sum."""
        parts = {"UZB": 6000, "RUS": 3000, "KGZ": 500, "CHN": 100, "TUR": 90}
        for totals, expected in ((True, None), (False, {"en": "sum of the 2 countries", "ru": "сумма по 2 указанным", "kk": "2 ел бойынша"})):
            for language in LANGUAGES:
                document = self.report(border({"2024-Q2": parts}, totals), language)
                finding = self.finding(document, "arrivals-outside-cis")
                if expected is None:
                    self.assertRegex(finding.split(";")[0], r"190 [^\d(]*$")
                    entry = next(i for s in document["sections"] for i in s["indicators"] if i["id"] == "arrivals-outside-cis")
                    self.assertFalse([n for n in entry["notes"] if "cumulative" in n or "нарастающ" in n or "жиынтық" in n])
                else:
                    self.assertIn(expected[language], finding)

    def test_a_balance_of_what_is_listed_is_no_sum(self):
        words = {"en": "(difference of the sums over the countries that the source lists)",
                 "ru": "(разность сумм по указанным в источнике странам)",
                 "kk": "(дереккөз келтіретін елдер бойынша қосындылардың айырмасы)"}
        for language in LANGUAGES:
            document = self.report(border({"2024-Q2": EVEN}, totals=False), language)
            self.assertIn(words[language], self.finding(document, "net-crossings"))

    def test_a_reason_of_both_comparisons_is_given_once(self):
        rows = [{"period": p, "direction": d, "value": v} for p in ("2023-Q2", "2024-Q1", "2024-Q2") for d, v in (("IN", 5), ("OUT", 9))]
        with tempfile.TemporaryDirectory() as folder:
            statements.write(pathlib.Path(folder), flow("migration", "persons", ["direction"], rows))
            for language, reason in (("en", "no per cent is given of balances"), ("ru", "процент"), ("kk", "пайыз")):
                text = program.run("report", folder, "-l", language, "-f", "markdown").stdout
                self.assertEqual(text.count(reason), 1, language)

    def test_countries_with_an_article_have_it_in_sentences(self):
        document = self.report(kandas({"USA": 5, "NLD": 3, "MNG": 2}), "en")
        finding = self.finding(document, "kandas-by-origin")
        self.assertIn("are the United States (5; 50.0 %), the Netherlands (3; 30.0 %) and Mongolia (2; 20.0 %)", finding)
        with tempfile.TemporaryDirectory() as folder:
            statements.write(pathlib.Path(folder), kandas({"USA": 5, "NLD": 3, "MNG": 2}))
            page = program.run("report", folder, "-f", "html").stdout
        self.assertIn("The United States came first", page)
        self.assertIn(">United States<", page)

    def test_point_days_are_not_ranked(self):
        for language in LANGUAGES:
            done = program.run("report", program.SOURCE / "examples/flow-monitoring", "-l", language, "-f", "json")
            document = json.loads(done.stdout)
            entry = next(i for s in document["sections"] for i in s["indicators"] if i["id"] == "point-days-open")
            self.assertTrue(entry["breakdown"]["rows"])
            self.assertTrue(all(r["rank"] in (None, 0) and r["share"] is None for r in entry["breakdown"]["rows"]))
            self.assertNotIn("Gate East", entry["finding"])

    def test_main_points_are_said_to_be_rounded(self):
        for language, sentence in (("en", "are rounded; the tables give them exactly"), ("ru", "округлены; точные приведены в таблицах"),
                                   ("kk", "дөңгелектелген; дәл мәндер кестелерде")):
            self.assertTrue([t for t in self.report(kandas({"USA": 5}), language)["about"]["sentences"] if sentence in t])


if __name__ == "__main__":
    unittest.main()
