"""Territories that change: regions formed from parts of others, countries that fell apart or became one. Figures on both sides
compare where the parts are put together, and that is said."""
import json
import pathlib
import subprocess
import tempfile
import unittest

from packages import PROGRAM, compute, package

MONTHS = [f"{year}-{month:02}" for year in (2021, 2022, 2023) for month in range(1, 13)]
OLD = {"KZ11": 100, "KZ63": 500, "KZ19": 400, "KZ35": 300}
NEW = {"KZ11": 110, "KZ63": 350, "KZ10": 200, "KZ19": 220, "KZ33": 220, "KZ35": 250, "KZ62": 80}


FIELDS = [{"name": "period", "mtm": {"role": "period"}}, {"name": "region", "mtm": {"role": "dimension", "dimension": "region"}},
          {"name": "value", "mtm": {"role": "value"}}]


def regions(before=OLD, after=NEW, since="2022-06"):
    return {(month, region): value for month in MONTHS for region, value in (before if month < since else after).items()}


def immigration(figures, period, form="long", name="region", **properties):
    """Immigration by region: one row a figure, or one row a region."""
    periods = sorted({p for p, _ in figures})
    members = list(dict.fromkeys(m for _, m in figures))
    if form == "long":
        lines = [f"period,{name},value"] + [f"{p},{m},{v}" for (p, m), v in figures.items() if v is not None]
        fields = [{"name": "period", "mtm": {"role": "period"}}, {"name": name, "mtm": {"role": "dimension", "dimension": name}},
                  {"name": "value", "mtm": {"role": "value"}}]
    else:
        cells = {(p, m): "" if v is None else str(v) for (p, m), v in figures.items()}
        lines = [name + "," + ",".join(periods)] + [m + "," + ",".join(cells.get((p, m), "") for p in periods) for m in members]
        fields = [{"name": name, "mtm": {"role": "dimension", "dimension": name}}] + [
            {"name": p, "mtm": {"role": "value", "period": p}} for p in periods]
    with tempfile.TemporaryDirectory() as folder:
        package(folder, {"moves": (lines, {"concept": "migration", "unit": "persons", **properties}, fields)})
        return compute(folder, period, "immigration")


def found(result, which="same-period-last-year"):
    return next(c for c in result["comparisons"] if c["with"] == which)


class Regions(unittest.TestCase):
    def both(self, figures, period, **properties):
        results = [immigration(figures, period, form, **properties) for form in ("long", "wide")]
        notes = results[0]["notes"]
        for result in results:
            result.pop("sources"), result.pop("notes")
        self.assertEqual(results[0], results[1])
        return {**results[0], "notes": notes}

    def test_the_parts_are_the_old_territory(self):
        result = self.both(regions(), "2022-Q3")
        self.assertEqual((result["value"], result["extent"]["expected"]), (str(3 * sum(NEW.values())), 7))
        for which in ("same-period-last-year", "previous-period"):
            self.assertIsNone(found(result, which)["reason"], which)
        self.assertEqual((found(result)["base"], found(result)["percent"]), (str(3 * sum(OLD.values())), "10.0"))
        text = json.dumps(result["notes"])
        for said in ("8 June 2022", "Abai (East Kazakhstan)", "Zhetisu (Almaty region)", "Ulytau (Karaganda)", "takes them together"):
            self.assertIn(said, text)
        self.assertEqual(sum("Territories changed" in note for note in result["notes"]), 1)
        self.assertEqual([point["period"] for point in result["series"] if point.get("breaks")], [])

    def test_nothing_is_said_on_one_side(self):
        for period in ("2021-12", "2023-12"):
            result = self.both(regions(), period)
            self.assertFalse(any("Territor" in note for note in result["notes"]), result["notes"])

    def test_a_part_that_lacks_is_another_territory(self):
        after = {region: value for region, value in NEW.items() if region != "KZ10"}
        result = self.both(regions(OLD, after), "2022-Q3")
        self.assertEqual((found(result)["percent"], found(result)["reason"]), (None, "extent-differs"))
        like = found(result)["like_for_like"]
        self.assertEqual((like["value"], like["base"], like["common"]),
                         (str(3 * (sum(after.values()) - 350)), str(3 * (sum(OLD.values()) - 500)), 3))
        self.assertIn("not compared", json.dumps(result["notes"]))
        # the day of the change lies in the second quarter: what its June counts is not known to be another territory
        self.assertEqual([point["period"] for point in result["series"] if point.get("breaks")], ["2022-Q3"])

    def test_a_single_region_does_not_compare(self):
        catalogue = {"indicators": [{"id": "east", "section": "migration", "title": {"en": "East Kazakhstan"},
                                     "definition": {"en": "East."}, "concept": "migration", "unit": "persons",
                                     "filter": {"direction": "IN", "region": "KZ63"}, "statistic": "sum"}]}
        with tempfile.TemporaryDirectory() as folder:
            lines = ["period,region,value"] + [f"{p},{m},{v}" for (p, m), v in regions().items()]
            package(folder, {"moves": (lines, {"concept": "migration", "unit": "persons"}, FIELDS)})
            path = pathlib.Path(folder, "catalogue.json")
            path.write_text(json.dumps(catalogue), encoding="utf-8")
            result = compute(folder, "2022-Q3", "east", "--catalogue", str(path))
            self.assertEqual((result["value"], found(result)["percent"], found(result)["reason"]),
                             ("1050", None, "extent-differs"))
            self.assertIn("Abai (East Kazakhstan)", json.dumps(result["notes"]))
            self.assertEqual(found(compute(folder, "2023-12", "east", "--catalogue", str(path)))["percent"], "0.0")

    def test_the_old_name_kept_says_nothing_of_the_territory(self):
        # the same names on both sides are not the same territories
        result = self.both(regions(OLD, {**OLD, "KZ11": 110}), "2022-Q3")
        self.assertEqual((found(result)["percent"], found(result)["reason"]), (None, "extent-differs"))
        self.assertIsNone(found(result).get("like_for_like"))  # what did not change is less than half
        # unless the package lists all that there are
        result = self.both(regions(OLD, {**OLD, "KZ11": 110}), "2022-Q3", frame={"region": list(OLD)})
        self.assertEqual(found(result)["percent"], "0.8")

    def test_absent_after_the_change(self):
        figures = regions()
        figures["2022-09", "KZ10"] = None
        result = self.both(figures, "2022-Q3")
        self.assertEqual((result["value"], result["reason"], result["extent"]["absent_names"]),
                         (None, "coverage-incomplete", "Abai"))
        like = found(result)["like_for_like"]
        self.assertEqual((like["common"], like["base"]), (3, str(3 * (sum(OLD.values()) - 500))))

    def test_like_for_like_puts_parts_together(self):
        figures = regions()
        figures["2022-09", "KZ11"] = None
        like = found(self.both(figures, "2022-Q3"))["like_for_like"]
        self.assertEqual((like["common"], like["value"], like["base"]),
                         (3, str(3 * (sum(NEW.values()) - 110)), str(3 * (sum(OLD.values()) - 100))))

    def test_none_is_expected_outside_its_dates(self):
        figures = {("2017-06", "KZ51"): 70, ("2017-06", "KZ11"): 30, ("2018-05", "KZ51"): 70, ("2018-05", "KZ11"): 30,
                   ("2018-06", "KZ61"): 50, ("2018-06", "KZ79"): 25, ("2018-06", "KZ11"): 30,
                   ("2018-07", "KZ61"): 50, ("2018-07", "KZ79"): 25, ("2018-07", "KZ11"): 30}
        result = self.both(figures, "2018-06")
        self.assertEqual((result["value"], found(result)["base"], found(result)["percent"]), ("105", "100", "5.0"))
        self.assertIn("Turkistan (South Kazakhstan); Shymkent (South Kazakhstan)", json.dumps(result["notes"]))
        # a source that lists the old region after its end has it, and then it may be absent
        late = {**figures, ("2018-07", "KZ51"): 9, ("2018-08", "KZ61"): 50, ("2018-08", "KZ79"): 25, ("2018-08", "KZ11"): 30}
        self.assertEqual(self.both(late, "2018-08")["reason"], "coverage-incomplete")

    def test_dates_of_the_packages_own_list(self):
        figures = {(p, r): v for p, before in (("2022-06", True), ("2023-06", False))
                   for r, v in ({"KZ11": 10, "KZ15": 40} if before else {"KZ11": 10, "KZ15": 25, "KZ23": 20}).items()}
        frame = {"region": ["KZ11", "KZ15", {"code": "KZ23", "from": "2023-01-01", "predecessor": "KZ15"}]}
        result = self.both(figures, "2023-06", frame=frame)
        self.assertEqual((result["value"], found(result)["percent"]), ("55", "10.0"))

    def test_languages(self):
        figures = regions()
        with tempfile.TemporaryDirectory() as folder:
            lines = ["period,region,value"] + [f"{p},{m},{v}" for (p, m), v in figures.items()]
            package(folder, {"moves": (lines, {"concept": "migration", "unit": "persons"}, FIELDS)})
            for language, words in (("en", "Abai (East Kazakhstan)"), ("ru", "область Абай (Восточно-Казахстанская область)"),
                                    ("kk", "Абай облысы (Шығыс Қазақстан облысы)")):
                out = subprocess.run([PROGRAM, "report", folder, "--period", "2022-Q3", "--language", language, "-f", "md", "-o", "-", "-q"],
                                     capture_output=True, text=True, timeout=60).stdout
                self.assertIn(words, out)


class Countries(unittest.TestCase):
    def arrivals(self, figures, period):
        with tempfile.TemporaryDirectory() as folder:
            lines = ["period,citizenship,value"] + [f"{p},{c},{v}" for (p, c), v in figures.items()]
            fields = [{"name": "period", "mtm": {"role": "period"}},
                      {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}},
                      {"name": "value", "mtm": {"role": "value"}}]
            package(folder, {"arrivals": (lines, {}, fields)})
            return compute(folder, period)

    def test_what_fell_apart(self):
        figures = {("2006-Q1", "Сербия и Черногория"): 60, ("2006-Q1", "UZB"): 40, ("2007-Q1", "Сербия"): 50,
                   ("2007-Q1", "Montenegro"): 20, ("2007-Q1", "UZB"): 40}
        result = self.arrivals(figures, "2007-Q1")
        self.assertEqual((result["value"], found(result)["base"], found(result)["percent"]), ("110", "100", "10.0"))
        self.assertIn("Serbia (Serbia and Montenegro)", json.dumps(result["notes"]))
        del figures["2007-Q1", "Montenegro"]
        self.assertEqual(found(self.arrivals(figures, "2007-Q1"))["reason"], "extent-differs")

    def test_what_became_one(self):
        figures = {("1989", "DDR"): 60, ("1989", "DEU"): 30, ("1989", "POL"): 10, ("1990", "DEU"): 99, ("1990", "POL"): 11,
                   ("1991", "DEU"): 99, ("1991", "POL"): 11}
        self.assertEqual(found(self.arrivals({**figures, ("1990", "DDR"): 0}, "1991"))["percent"], "0.0")
        figures = {key: value for key, value in figures.items() if key[0] != "1990"}
        result = self.arrivals({**{(str(int(p) + 1), c): v for (p, c), v in figures.items() if p == "1991"},
                                **{("1991", c): v for (p, c), v in figures.items() if p == "1991"}}, "1992")
        self.assertEqual(found(result)["percent"], "0.0")

    def test_the_soviet_union(self):
        names = "ARM AZE BLR GEO KAZ KGZ MDA RUS TJK TKM UKR UZB EST LTU LVA".split()
        figures = {("1991-01", "СССР"): 900, ("1991-01", "POL"): 100, **{("1992-01", name): 66 for name in names}, ("1992-01", "POL"): 110}
        result = self.arrivals(figures, "1992-01")
        self.assertEqual((found(result)["base"], found(result)["percent"]), ("1000", "10.0"))
        del figures["1992-01", "LVA"]
        self.assertEqual(found(self.arrivals(figures, "1992-01"))["reason"], "extent-differs")


if __name__ == "__main__":
    unittest.main()
