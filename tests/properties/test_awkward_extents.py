"""Twenty more packages as agencies make them, expectations written first, by exact fractions: regional rows, half-years, cumulative
releases, predecessors, mixed units, groups with their members, sexes under countries, years with footnotes, vintages of other frames,
weeks and decades, stocks with dates, blank dimensions, unlabelled totals, microdata beside aggregates."""
import json
import pathlib
import tempfile
import unittest
from fractions import Fraction

from packages import compute, package

SUM_REFUSED = ("coverage-incomplete", "coverage-unknown", "total-uncertain", "missing-value")


def per_cent(value, base):
    """One decimal, half away from zero."""
    exact = Fraction(100 * (value - base), base) * 10
    whole = (abs(exact.numerator) * 2 + exact.denominator) // (2 * exact.denominator)
    return f"{'-' if exact < 0 and whole else ''}{whole // 10}.{whole % 10}"


class Packages(unittest.TestCase):
    def of(self, tables, period, indicator="arrivals-by-origin", *more, **mtm):
        """tables: {name: lines} or {name: (lines, properties)}."""
        with tempfile.TemporaryDirectory() as folder:
            package(folder, {name: (one, {}, None) if isinstance(one, list) else (one[0], one[1], None)
                             for name, one in tables.items()}, **mtm)
            return compute(folder, period, indicator, *more)

    def both_forms(self, figures, period, expected, **properties):
        """figures: {(period, label): text or None}: as rows, and as a wide table."""
        periods, labels = sorted({p for p, _ in figures}), list(dict.fromkeys(c for _, c in figures))
        long = ["period,citizenship,value"] + [f"{p},{c},{v}" for (p, c), v in figures.items() if v is not None]
        wide = ["citizenship," + ",".join(periods)] + [
            c + "," + ",".join(figures.get((p, c)) or "" for p in periods) for c in labels]
        for lines in (long, wide):
            self.is_(self.of({"t": (lines, properties)}, period), expected)

    def is_(self, found, expected):
        """A value, or the reasons that do."""
        if isinstance(expected, tuple):
            self.assertIsNone(found["value"], (found["value"], found["notes"]))
            self.assertIn(found["reason"], expected, found["notes"])
        else:
            self.assertEqual((found["value"], found["reason"]), (str(expected), None), found["notes"])

    def change(self, found, which):
        one = next(c for c in found["comparisons"] if c["with"] == which)
        return one["percent"], one["reason"]

    REGIONS = ["Абайская область", "Акмолинская область", "Алматинская область", "г. Астана", "г. Шымкент"]

    def test_01_regions_without_the_republic(self):
        lines = ["Регион,Май 2024,Июнь 2024"] + [f"{r},{10 + i},{20 + i}" for i, r in enumerate(self.REGIONS)]
        self.is_(self.of({"t": lines}, "2024-06", "arrivals"), sum(20 + i for i in range(5)))

    def test_02_regions_below_the_republic(self):
        lines = ["Регион,Май 2024,Июнь 2024", "Республика Казахстан,60,110"] + [
            f"{r},{10 + i},{20 + i}" for i, r in enumerate(self.REGIONS)]
        self.is_(self.of({"t": lines}, "2024-06", "arrivals"), 110)

    def test_03_half_years(self):
        lines = ["citizenship,1 полугодие 2024,2 полугодие 2024", "Узбекистан,100,260", "Россия,50,90"]
        self.is_(self.of({"t": lines}, "2024"), 500)
        self.is_(self.of({"t": lines}, "2024-S1"), 150)
        self.is_(self.of({"t": lines}, "2024-Q2"), ("periods-not-aligned", "period-unavailable"))

    def test_04_a_later_release_revised_the_base(self):
        first = ["period,citizenship,value", "2024-01/2024-03,UZB,100", "2024-01/2024-03,RUS,50"]
        later = ["period,citizenship,value", "2024-01/2024-06,UZB,260", "2024-01/2024-06,RUS,90", "2024-01/2024-03,UZB,110",
                 "2024-01/2024-03,RUS,50"]
        found = self.of({"a": (first, {"cumulative": True, "releaseDate": "2024-04-15"}),
                         "b": (later, {"cumulative": True, "releaseDate": "2024-07-15"})}, "2024-Q2")
        self.is_(found, 350 - 160)

    def test_05_a_region_that_was_divided(self):
        rows = {("2021-Q4", "KZ63"): 100, ("2021-Q4", "KZ11"): 40, ("2023-Q4", "KZ63"): 70, ("2023-Q4", "KZ10"): 60,
                ("2023-Q4", "KZ11"): 50, ("2022-Q4", "KZ63"): 66, ("2022-Q4", "KZ10"): 55, ("2022-Q4", "KZ11"): 45}
        lines = ["period,region,value"] + [f"{p},{r},{v}" for (p, r), v in rows.items()]
        found = self.of({"t": lines}, "2022-Q4", "arrivals")
        self.is_(found, 166)
        self.assertEqual(self.change(found, "same-period-last-year"), (per_cent(166, 140), None))
        found = self.of({"t": lines}, "2023-Q4", "arrivals")
        self.assertEqual(self.change(found, "same-period-last-year"), (per_cent(180, 166), None))

    def test_06_thousands_after_units(self):
        units = ["period,citizenship,value", "2024-Q1,UZB,100000", "2024-Q1,RUS,50000"]
        thousands = ["period,citizenship,value", "2024-Q2,UZB,120", "2024-Q2,RUS,60"]
        found = self.of({"a": units, "b": (thousands, {"multiplier": 3})}, "2024-Q2")
        self.assertIn(found["value"], ("180", "180000"))
        self.assertIn(self.change(found, "previous-period"), ((None, "units-differ"), (per_cent(180, 150), None)))

    def test_07_thousands_in_the_title(self):
        lines = ["Прибытие иностранцев, тыс. человек", "Страна,Май 2024,Июнь 2024", '"Узбекистан","10,5","12,5"', "Россия,4,5"]
        found = self.of({"t": (lines, {"unit": "persons"})}, "2024-06", "immigration")
        self.assertTrue(found["value"] is None or (found["value"], found["multiplier"]) == ("17.5", 3), found)

    def test_08_groups_and_their_members(self):
        lines = ["citizenship,2024-05,2024-06", "CIS,10,10", "Uzbekistan,6,6", "Kyrgyzstan,4,4", "China,5,5"]
        self.is_(self.of({"t": lines}, "2024-06"), 15)
        lines[3] = "Kyrgyzstan,3,3"  # of the CIS 1 is another's
        found = self.of({"t": lines}, "2024-06")
        self.assertTrue(found["value"] in ("15", None), found)

    def test_09_sexes_under_countries(self):
        lines = ["Страна,Май 2024,Июнь 2024", "Узбекистан,100,110", "мужчины,60,70", "женщины,40,40", "Россия,50,60", "мужчины,30,30",
                 "женщины,20,30"]
        self.is_(self.of({"t": lines}, "2024-06"), 170)

    def test_10_years_with_footnotes(self):
        lines = ["Страна,2022 1),2023 2)", "Узбекистан,100,110", "Россия,50,60", "1) уточнённые данные", "2) предварительные данные"]
        found = self.of({"t": lines}, "2023")
        self.is_(found, 170)
        self.assertEqual(self.change(found, "previous-period")[0], per_cent(170, 150))

    def test_11_a_later_vintage_that_lists_fewer(self):
        old = ["period,citizenship,value", "2024-Q1,UZB,100", "2024-Q1,RUS,50", "2024-Q1,CHN,30"]
        new = ["period,citizenship,value", "2024-Q1,UZB,104", "2024-Q1,CHN,31"]
        found = self.of({"a": (old, {"releaseDate": "2024-05-01"}), "b": (new, {"releaseDate": "2024-08-01"})}, "2024-Q1")
        self.is_(found, ("coverage-incomplete",))
        found = self.of({"a": (old, {"releaseDate": "2024-05-01"}),
                         "b": (new, {"releaseDate": "2024-08-01", "absent": "zero"})}, "2024-Q1")
        self.is_(found, 135)
        new.insert(2, "2024-Q1,RUS,52")
        self.is_(self.of({"a": (old, {"releaseDate": "2024-05-01"}), "b": (new, {"releaseDate": "2024-08-01"})}, "2024-Q1"), 187)

    def test_12_weeks_that_make_a_quarter(self):
        weeks = [f"2024-W{w:02}" for w in range(14, 27)]  # from Monday 1 April to Sunday 30 June
        lines = ["period,citizenship,value"] + [f"{w},{c},{v}" for i, w in enumerate(weeks) for c, v in (("UZB", 100 + i), ("RUS", 50))]
        self.is_(self.of({"t": lines}, "2024-Q2"), sum(150 + i for i in range(13)))
        self.is_(self.of({"t": lines}, "2024-05"), ("periods-not-aligned", "period-unavailable"))

    def test_13_decades_of_a_month(self):
        decades = ["2024-06-01/2024-06-10", "2024-06-11/2024-06-20", "2024-06-21/2024-06-30"]
        figures = {(d, c): str(v + 7 * i) for i, d in enumerate(decades) for c, v in (("UZB", 100), ("RUS", 50))}
        self.both_forms(figures, "2024-06", 3 * 150 + 2 * 21)
        del figures[decades[2], "UZB"], figures[decades[2], "RUS"]
        self.both_forms(figures, "2024-06", ("period-unavailable", "periods-not-aligned"))

    def test_14_a_blank_citizenship_that_is_the_total(self):
        lines = ["period,citizenship,value"] + [f"2024-{m:02},{c},{v}" for m in (4, 5, 6)
                                                for c, v in (("", 100 + m + 50), ("UZB", 100 + m), ("RUS", 30), ("CHN", 20))]
        self.is_(self.of({"t": lines}, "2024-06"), 156)
        self.is_(self.of({"t": lines}, "2024-Q2"), 3 * 150 + 15)

    def test_15_a_blank_that_is_larger_and_no_sum(self):
        lines = ["period,citizenship,value"] + [f"2024-{m:02},{c},{v}" for m in (4, 5, 6)
                                                for c, v in (("", 170), ("UZB", 100), ("RUS", 30), ("CHN", 20))]
        self.is_(self.of({"t": lines}, "2024-06"), SUM_REFUSED)

    def test_16_a_dash_that_is_the_total(self):
        lines = ["citizenship,2024-04,2024-05,2024-06", "-,150,160,170", "UZB,100,105,110", "RUS,30,35,40", "CHN,20,20,20"]
        self.is_(self.of({"t": lines}, "2024-06"), 170)

    def test_17_printed_zeros(self):
        figures = {(f"2024-{m:02}", c): str(v) for m in (4, 5, 6) for c, v in (("UZB", 100), ("RUS", 30), ("CHN", 0))}
        self.both_forms(figures, "2024-06", 130)
        figures["2024-06", "RUS"] = None
        self.both_forms(figures, "2024-06", ("coverage-incomplete",))

    def test_18_one_direction_lacks_a_country(self):
        lines = ["period,direction,citizenship,value"] + [
            f"2024-{m:02},{d},{c},{v}" for m in (4, 5, 6) for d in ("IN", "OUT") for c, v in (("UZB", 100 + m), ("RUS", 50))
            if (m, d, c) != (6, "OUT", "RUS")]
        found = self.of({"t": (lines, {"dimensions": {}})}, "2024-06", "net-crossings")
        self.is_(found, ("coverage-incomplete",))
        self.is_(self.of({"t": (lines, {"dimensions": {}})}, "2024-05", "net-crossings"), 0)

    def events(self, folder, rows, total, publisher=None):
        pathlib.Path(folder, "events.csv").write_text("date,citizenship,direction\n" + rows, encoding="utf-8")
        pathlib.Path(folder, "total.csv").write_text(f"period,value\n2024-Q2,{total}\n", encoding="utf-8")
        mtm = {"concept": "border-crossings", "kind": "flow", "unit": "movements"}
        described = {"name": "made", "mtm": {"country": "KAZ"}, "resources": [
            {"name": "events", "path": "events.csv", "mtm": {**mtm, "microdata": True, "covers": "2024-Q2", "publisher": "A"}},
            {"name": "total", "path": "total.csv", "mtm": {**mtm, "dimensions": {"direction": "IN"}, "publisher": publisher or "A"}}]}
        pathlib.Path(folder, "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
        return compute(folder, "2024-Q2", "arrivals", "--threshold", "off")

    def test_19_microdata_beside_a_printed_total(self):
        rows = "".join(f"2024-0{4 + i % 3}-1{i % 9},UZB,IN\n" for i in range(90))
        with tempfile.TemporaryDirectory() as folder:
            self.is_(self.events(folder, rows, 90, "B"), 90)
            self.is_(self.events(folder, rows, 95, "B"), ("ambiguous-source",))

    def test_20_of_which(self):
        lines = ["Страна,Май 2024,Июнь 2024", "Всего,150,170", "в том числе:,,", "Узбекистан,100,110", "Россия,30,40", "Китай,20,20"]
        self.is_(self.of({"t": lines}, "2024-06"), 170)

    def test_21_a_member_listed_for_the_first_time(self):
        figures = {(f"2024-{m:02}", c): str(v) for m in range(1, 7) for c, v in (("UZB", 100), ("RUS", 60))}
        figures["2024-06", "CHN"] = "40"
        periods = sorted({p for p, _ in figures})
        lines = ["citizenship," + ",".join(periods)] + [c + "," + ",".join(figures.get((p, c), "") for p in periods) for c in ("UZB", "RUS", "CHN")]
        found = self.of({"t": lines}, "2024-06")
        self.is_(found, 200)
        self.assertEqual(self.change(found, "previous-period"), (None, "extent-differs"))
        like = next(c for c in found["comparisons"] if c["with"] == "previous-period")["like_for_like"]
        self.assertEqual((like["value"], like["base"], like["percent"], like["value_share"]), ("160", "160", "0.0", "80.0"))
        found = self.of({"t": (lines, {"absent": "zero"})}, "2024-06")
        self.assertEqual(self.change(found, "previous-period"), (per_cent(200, 160), None))

    def test_22_months_that_run_on_in_a_cumulative_table(self):
        ends = {1: 10, 2: 25, 3: 45, 4: 60, 6: 100}
        lines = ["period,citizenship,value"] + [f"2024-01/2024-{m:02},{c},{v * k}" for m, v in ends.items() for c, k in (("UZB", 1), ("RUS", 2))]
        self.is_(self.of({"t": (lines, {"cumulative": True})}, "2024-Q2"), 3 * 55)
        self.is_(self.of({"t": (lines, {"cumulative": True})}, "2024-04"), 3 * 15)
        self.is_(self.of({"t": (lines, {"cumulative": True})}, "2024-06"), ("cumulative-base", "period-unavailable"))

    def test_23_per_cents_beside_counts(self):
        lines = ["Страна,Июнь 2024,в % к итогу", '"Узбекистан",110,"64,7"', '"Россия",40,"23,5"', '"Китай",20,"11,8"']
        found = self.of({"t": lines}, "2024-06")
        self.assertIn(found["value"], ("170", None), found["notes"])

    def test_24_stocks_of_countries_on_several_days(self):
        lines = ["date,country,value"] + [f"{day},{r},{v}" for day, r, v in (
            ("2024-06-03", "DEU", 100), ("2024-06-10", "RUS", 200), ("2024-06-28", "USA", 300))]
        how = {"concept": "citizens-abroad", "kind": "stock", "unit": "persons", "dimensions": {}}
        self.is_(self.of({"t": (lines, how)}, "2024-Q2", "citizens-abroad-by-country"), ("coverage-incomplete",))
        how["roundSpan"] = 30
        self.is_(self.of({"t": (lines, how)}, "2024-Q2", "citizens-abroad-by-country"), 600)
        lines[1] = "2024-03-03,DEU,100"
        found = self.of({"t": (lines, how)}, "2024-Q2", "citizens-abroad-by-country")
        self.assertNotIn(found["value"], ("500", "600"), found["notes"])


if __name__ == "__main__":
    unittest.main()
