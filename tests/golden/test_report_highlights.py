"""The sentences at the head of a report: all eighteen statements of a quarterly report, and each trap that must silence
or change one of them."""
import json
import pathlib
import re
import tempfile
import unittest

import program
import statements

NBSP = "\u00a0"


def highlights(data, language="en", *rest, **properties):
    with tempfile.TemporaryDirectory() as folder:
        statements.write(pathlib.Path(folder), data, **properties)
        done = program.run("report", folder, "--language", language, "--format", "json", *rest)
        assert done.returncode == 0, done.stderr
        return {h["id"]: h["text"].replace(NBSP, " ") for h in json.loads(done.stdout)["highlights"]}


class Statements(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.data = statements.tables()
        cls.texts = {language: highlights(cls.data, language) for language in ("en", "ru", "kk")}

    def test_six_sentences_in_the_order_of_their_weight(self):
        for texts in self.texts.values():
            self.assertEqual(list(texts), ["border-crossings", "arrivals-by-origin", "permanent-residence-permits",
                                           "foreign-workers-by-sector", "citizens-abroad", "remittances"])
            for text in texts.values():
                self.assertRegex(text, r"^[A-ZА-ЯӘІҢҒҮҰҚӨҺ0-9].*\.$")
                self.assertNotRegex(text, r"[{}|]|\s\s|\(\)")

    def test_english(self):
        texts = self.texts["en"]
        self.assertEqual(texts["border-crossings"],
                         "There were 4.0 million arrivals of foreigners (up 34.5 % on Q1 2024 and up 9.6 % on Q2 2023) and "
                         "3.8 million departures (up 33.4 % on Q1 2024 and up 9.2 % on Q2 2023) in Q2 2024.")
        self.assertEqual(texts["arrivals-by-origin"],
                         "Most arrivals (62.8 %) were of citizens of Uzbekistan (39.1 %) and Russia (23.7 %); outside "
                         "the CIS, arrivals were led by China, Türkiye and India.")
        self.assertEqual(texts["permanent-residence-permits"],
                         "Foreigners obtained 3,382 permanent residence permits in Q2 2024 (up 11.0 % on Q1 2024 and "
                         "up 20.3 % on Q2 2023); citizens of Central Asia and the Russian Federation obtained more "
                         "(at least 84.9 %) than all others.")
        self.assertEqual(texts["foreign-workers-by-sector"],
                         "Permits for foreign workers in force as of 30 June 2024 were mainly in construction "
                         "(32.7 %); agriculture, forestry and fishing (18.4 %); administrative and support service "
                         "activities (15.1 %); mining and quarrying (10.0 %); manufacturing (9.0 %).")
        self.assertEqual(texts["citizens-abroad"],
                         "Citizens abroad as of 30 June 2024 lived mainly in Russia (66.8 %), Germany (11.5 %) and "
                         "the United States (6.4 %).")
        self.assertEqual(texts["remittances"],
                         "Personal remittances from the country in Q2 2024 were USD 157.2 million (up 9.2 % on Q1 2024 "
                         "but down 2.4 % on Q2 2023) and those to the country USD 62.9 million (up 13.3 % on Q1 2024 and up 4.7 % on "
                         "Q2 2023).")

    def test_russian_and_kazakh(self):
        self.assertEqual(self.texts["ru"]["arrivals-by-origin"],
                         "Больше половины въездов (62,8 %) пришлось на граждан стран: Узбекистан (39,1 %) и Россия "
                         "(23,7 %); среди стран вне СНГ больше всего въездов у граждан стран: Китай, Турция и Индия.")
        self.assertIn("3 382 разрешения на постоянное проживание (на 11,0 % больше, чем в I квартале 2024 года, и на "
                      "20,3 % больше, чем во II квартале 2023 года)", self.texts["ru"]["permanent-residence-permits"])
        self.assertIn("на 9,2 % больше, чем в I квартале 2024 года, но на 2,4 % меньше, чем во II квартале 2023 года",
                      self.texts["ru"]["remittances"])
        self.assertIn("2024 жылғы І тоқсанмен салыстырғанда 9,2%-ға көп, бірақ 2023 жылғы ІІ тоқсанмен салыстырғанда "
                      "2,4%-ға аз", self.texts["kk"]["remittances"])
        self.assertIn("ТМД-дан тыс елдер арасында Қытай, Түркия және Үндістан алда тұр",
                      self.texts["kk"]["arrivals-by-origin"])

    def text(self, name, change, id, language="en"):
        return highlights(statements.changed(self.data, name, change), language).get(id)

    def test_a_leading_country_that_is_missing_is_not_passed_over(self):
        text = self.text("border-crossings", lambda r: None if r.get("citizenship") == "UZB" else r,
                         "arrivals-by-origin")
        self.assertNotIn("Most", text)
        self.assertIn("Among the countries given, the largest numbers of arrivals were of citizens of Russia", text)

    def test_a_country_without_one_month_is_not_passed_over(self):
        package = {"name": "months", "mtm": {"country": "KAZ", "period": "2024-Q2"}, "resources": [
            {"name": "x", "path": "x.csv", "mtm": {"concept": "border-crossings", "unit": "movements", "kind": "flow"}}]}
        rows = [f"{year}-{month:02d},IN,{code},{n}" for year, month in
                [(2023, m) for m in range(4, 13)] + [(2024, m) for m in range(1, 7)]
                for code, n in (("RUS", 250), ("UZB", 400), ("CHN", 50)) if (year, month, code) != (2024, 6, "RUS")]
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
            pathlib.Path(folder, "x.csv").write_text("\n".join(["period,direction,citizenship,movements", *rows, ""]),
                                                     encoding="utf-8")
            done = program.run("report", folder, "--format", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        texts = [h["text"] for h in json.loads(done.stdout)["highlights"]]
        self.assertEqual(len(texts), 1)
        self.assertTrue(texts[0].startswith("Among the countries given"), texts[0])

    def test_no_majority_where_it_takes_more_than_three(self):
        even = {code: 100 for code in statements.COUNTRIES}

        def flatten(row):
            code = row.get("citizenship")
            return dict(row, value=100 if code in even else 100 * len(even))
        text = self.text("border-crossings", flatten, "arrivals-by-origin")
        self.assertNotIn("Most", text)

    def test_ties_are_named_together(self):
        def tie(row):
            return dict(row, value=row["value"]) if row.get("citizenship") not in ("TUR", "IND") or \
                row["period"] != "2024-Q2" else dict(row, value=90000)
        tied = self.text("border-crossings", tie, "arrivals-by-origin")
        self.assertRegex(tied, r"led by China, (India and Türkiye|Türkiye and India)|Among")

    def test_every_mix_of_signs(self):
        for last, before, expected in [
                (3000, 3000, "up 12.7 % on Q1 2024 and up 12.7 % on Q2 2023"),
                (3000, 4000, "up 12.7 % on Q1 2024 but down 15.5 % on Q2 2023"),
                (4000, 3000, "down 15.5 % on Q1 2024 but up 12.7 % on Q2 2023"),
                (4000, 4000, "down 15.5 % on Q1 2024 and down 15.5 % on Q2 2023"),
                (3382, 3000, "unchanged from Q1 2024 and up 12.7 % on Q2 2023"),
                (3000, 3382, "up 12.7 % on Q1 2024 and unchanged from Q2 2023"),
                (None, 3000, "up 12.7 % on Q2 2023"), (3000, None, "up 12.7 % on Q1 2024"), (None, None, None)]:
            totals = {"2023-Q2": before, "2024-Q1": last, "2024-Q2": 3382}
            data = dict(self.data)
            data["residence-permits"] = dict(data["residence-permits"], rows=statements.permits(
                {period: total for period, total in totals.items() if total is not None}))
            text = highlights(data)["permanent-residence-permits"]
            with self.subTest(last=last, before=before):
                if expected is None:
                    self.assertTrue(text.startswith("Foreigners obtained 3,382 permanent residence permits in Q2 2024;"))
                else:
                    self.assertIn(f"({expected})", text)

    def test_a_group_that_does_not_lead_is_not_said_to(self):
        def shrink(row):
            near = row.get("citizenship") in ("UZB", "RUS", "KGZ", "TJK", "TKM")
            return dict(row, value=10) if near else row
        data = statements.changed(self.data, "residence-permits", shrink)
        for row in data["residence-permits"]["rows"]:
            if row["citizenship"] == "_T":
                row["value"] = sum(r["value"] for r in data["residence-permits"]["rows"]
                                   if r["period"] == row["period"] and r["citizenship"] != "_T")
        self.assertNotIn("Central Asia", highlights(data)["permanent-residence-permits"])

    def test_the_order_of_rows_changes_nothing(self):
        data = dict(self.data)
        rows = data["foreign-workers"]["rows"]
        data["foreign-workers"] = dict(data["foreign-workers"], rows=rows[::-1])
        self.assertEqual(highlights(data)["foreign-workers-by-sector"],
                         self.texts["en"]["foreign-workers-by-sector"])

    def test_one_direction_alone(self):
        only = self.text("border-crossings", lambda r: r if r["direction"] == "IN" else None, "border-crossings")
        self.assertEqual(only, "There were 4.0 million arrivals of foreigners in Q2 2024 (up 34.5 % on Q1 2024 and up 9.6 % on "
                               "Q2 2023).")

    def test_numbers_take_their_nouns(self):
        for total, en, ru in [(1, "1 permanent residence permit in", "1 разрешение на"),
                              (2, "2 permanent residence permits", "2 разрешения на"),
                              (5, "5 permanent residence permits", "5 разрешений на"),
                              (21, "21 permanent residence permits", "21 разрешение на"),
                              (111, "111 permanent residence permits", "111 разрешений на"),
                              (12345, "12,300 permanent residence permits", "12 300 разрешений на"),
                              (999949, "999,900 permanent|1.0 million permanent|1,000,000 permanent",
                               "тыс|млн разрешений на|разрешений на"),
                              (1250000, "1.3 million permanent", "1,3 млн разрешений на")]:
            data = dict(self.data)
            data["residence-permits"] = dict(data["residence-permits"], rows=[
                {"period": "2024-Q2", "type": "PRP", "citizenship": "_T", "value": total}])
            with self.subTest(total=total):
                self.assertRegex(highlights(data)["permanent-residence-permits"], en)
                self.assertRegex(highlights(data, "ru")["permanent-residence-permits"], ru)

    def test_withheld_rows_are_never_named(self):
        data = dict(self.data)
        rows = [dict(r, value=3) if r.get("sector") == "P" else r for r in data["foreign-workers"]["rows"]]
        rows[0] = dict(rows[0], value=sum(r["value"] for r in rows[1:]))
        data["foreign-workers"] = dict(data["foreign-workers"], rows=rows, mtm={"confidential": True})
        self.assertNotIn("foreign-workers-by-sector", highlights(data))


class OwnHighlights(unittest.TestCase):
    def report(self, *own):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            statements.write(path, statements.tables())
            (path / "own.json").write_text(json.dumps({"indicators": [], "highlights": list(own)}), encoding="utf-8")
            return program.run("report", folder, "--format", "json", "--catalogue", path / "own.json")

    def test_own_ones_come_first_and_replace(self):
        done = self.report({"id": "mine", "about": "arrivals",
                            "clauses": [{"when": ["arrivals.up"], "text": {"en": "{arrivals.exact} in {period}"}}]},
                           {"id": "remittances", "about": "remittances-in", "clauses": []})
        found = json.loads(done.stdout)["highlights"]
        self.assertEqual(found[0], {"id": "mine", "indicator": "arrivals", "text": "4,001,714 movements in Q2 2024."})
        self.assertNotIn("remittances", [h["id"] for h in found])
        self.assertLessEqual(len(found), 6)

    def test_mistakes_are_named(self):
        for change, expected in [
                ({"about": "arival"}, 'about: found "arival"'),
                ({"clauses": [{"text": {"en": "{arrivals.valu}"}}]}, 'text: found "{arrivals.valu}"'),
                ({"clauses": [{"text": {"en": "{most.list}"}}]}, 'text: found "{most.list}"'),
                ({"clauses": [{"text": {"en": "{arrivals.list}"}}]}, 'text: found "{arrivals.list}"'),
                ({"clauses": [{"text": {"en": "{arrivals:one}"}}]}, "text: found"),
                ({"clauses": [{"text": {"en": "{arrivals.value"}}]}, "text: found"),
                ({"clauses": [{"when": ["arrivals.list"], "text": {"en": "a"}}]}, 'when: found "arrivals.list"'),
                ({"clauses": [{"when": "arrivals", "text": {"en": "a"}}]}, "when: found"),
                ({"clauses": [{"text": "a"}]}, "text: found"),
                ({"rows": {"x": {"of": "arrivals", "choose": "leaders"}}, "clauses": []}, 'of: found "arrivals"'),
                ({"rows": {"x": {"of": "arrivals-by-origin", "choose": "best"}}, "clauses": []}, 'choose: found "best"'),
                ({"rows": {"x": {"of": "arrivals-by-origin", "choose": "leaders", "most": 0}}, "clauses": []}, "most"),
                ({"rows": {"x": {"of": "arrivals-by-origin", "choose": "group"}}, "clauses": []}, "groups"),
                ({"rows": {"arrivals": {"of": "arrivals-by-origin", "choose": "leaders"}}, "clauses": []}, "rows"),
                ({"note": "x"}, 'found "note"')]:
            highlight = {"id": "mine", "about": "arrivals", "clauses": [], **change}
            done = self.report(highlight)
            with self.subTest(change=change):
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertRegex(done.stderr, r"highlights\[0\] \(mine\)")
                self.assertIn(expected, done.stderr)


if __name__ == "__main__":
    unittest.main()
