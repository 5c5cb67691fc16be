"""What absence means: the cases of the rules, each in long and in wide form, which give one result."""
import unittest

from packages import computed

MONTHS = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]


def monthly(figures, last="2024-06"):
    """{country: figure of every month or a function of it} for the months up to last."""
    return {(month, country): value(month) if callable(value) else value
            for month in MONTHS if month <= last for country, value in figures.items()}


def comparison(result, which):
    return next(c for c in result["comparisons"] if c["with"] == which)


class Cases(unittest.TestCase):
    def both(self, figures, period, **properties):
        """The result in both forms, which are one."""
        results = [computed(figures, period, form, **properties) for form in ("long", "wide")]
        for result in results:  # files differ in lines and columns
            result.pop("sources"), result.pop("notes")
        self.assertEqual(results[0], results[1])
        return results[0]

    def test_an_absent_row_is_no_zero(self):
        figures = monthly({"UZB": 100, "KGZ": 200, "RUS": 150})
        for (month, country) in list(figures):
            if month >= "2024-04" and country != "RUS":
                figures[month, country] = figures[month, country] * 11 // 10
        figures["2024-06", "RUS"] = None
        result = self.both(figures, "2024-06")
        self.assertIsNone(result["value"])
        self.assertEqual(result["reason"], "coverage-incomplete")
        self.assertEqual(result["extent"]["absent_names"], "Russia")
        self.assertEqual((result["extent"]["covered"], result["extent"]["expected"]), (2, 3))
        year = comparison(result, "same-period-last-year")
        self.assertIsNone(year["percent"])
        like = year.get("like_for_like")
        self.assertIsNotNone(like)
        self.assertEqual((like["value"], like["base"], like["percent"]), ("330", "300", "10.0"))
        self.assertEqual(like["common"], 2)
        # the quarter is no sum of two months and a part of the third
        result = self.both(figures, "2024-Q2")
        self.assertEqual(result["reason"], "coverage-incomplete")
        rows = {row["code"]: row["value"] for row in result["breakdown"]["rows"]}
        self.assertEqual(rows.get("UZB"), "330")
        self.assertIsNone(rows.get("RUS"))

    def test_outside_a_group_has_the_reason_of_the_total(self):
        figures = monthly({"UZB": 100, "CHN": 200, "RUS": 150})
        figures["2024-06", "RUS"] = None
        result = computed(figures, "2024-06", indicator="arrivals-outside-cis")
        self.assertEqual((result["value"], result["reason"]), (None, "coverage-incomplete"))

    def test_own_citizens_are_no_foreigners(self):
        figures = monthly({"KAZ": 9000, "RUS": 400, "TUR": lambda month: 30 if month < "2024-06" else 60})
        for total in (False, True):
            if total:
                for month in {month for month, _ in figures}:
                    figures[month, "Total"] = sum(v for (m, c), v in figures.items() if m == month and c != "Total")
            for indicator in ("arrivals", "arrivals-by-origin"):
                result = computed(figures, "2024-06", indicator=indicator)
                self.assertEqual(result["value"], "460")
                self.assertIn("own citizens too (Kazakhstan)", " ".join(result["notes"]))
                self.assertEqual(comparison(result, "previous-period")["base"], "430")
                self.assertEqual({point["value"] for point in result["series"][:-1]}, {"430"})
            self.assertEqual([row["code"] for row in result["breakdown"]["rows"]], ["RUS", "TUR"])
            outside = computed(figures, "2024-06", indicator="arrivals-outside-cis")
            self.assertEqual(outside["value"], "60")
        del figures["2024-06", "KAZ"]  # of the month it is not known how many they are
        result = computed(figures, "2024-06", indicator="arrivals")
        self.assertEqual((result["value"], result["reason"]), (None, "coverage-incomplete"))

    def test_absence_declared(self):
        figures = monthly({"UZB": 100, "RUS": 500})
        figures["2024-06", "RUS"] = None
        result = self.both(figures, "2024-06", absent="zero")
        self.assertEqual((result["value"], result["flags"]), ("100", ["derived"]))
        self.assertEqual(comparison(result, "previous-period")["percent"], "-83.3")
        result = self.both(figures, "2024-06", absent="not-covered")
        self.assertEqual(result["reason"], "coverage-incomplete")

    def test_as_covered(self):
        figures = monthly({"UZB": 100, "KGZ": 500, "RUS": 50})
        figures["2024-06", "RUS"] = None
        result = self.both(figures, "2024-06", incomplete="as-covered")
        self.assertEqual(result["value"], "600")
        self.assertIn("as-covered", result["flags"])
        self.assertEqual((result["extent"]["covered"], result["extent"]["expected"]), (2, 3))
        self.assertIn("of 2 of the 3 countries", result["finding"])
        before = comparison(result, "previous-period")
        self.assertEqual(before["reason"], "extent-differs")
        self.assertEqual(before["like_for_like"]["percent"], "0.0")

    def test_a_table_that_prints_zeros_leaves_none_out(self):
        figures = monthly({"UZB": 1000, "RUS": 3, "CHN": 0})
        figures["2024-06", "RUS"] = None
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")

    def test_ordinary_cells(self):
        figures = monthly({"UZB": 1000, "RUS": 3, "CHN": lambda month: 2 if month.endswith("3") else None})
        figures["2024-06", "RUS"] = None
        result = self.both(figures, "2024-06")
        self.assertEqual(result["value"], "1000")
        self.assertIn("coverage-assumed-zero", result["flags"])
        self.assertEqual(result["extent"]["assumed_zero"], 2)
        self.assertEqual(comparison(result, "previous-period")["base"], "1003")
        # direction and per cent would be others with the absent cells at their mean: 1000 against 1003 is no fall
        self.assertIsNone(comparison(result, "previous-period")["percent"])
        self.assertEqual(comparison(result, "previous-period")["reason"], "coverage-incomplete")

    def test_ordinary_needs_the_season(self):
        figures = {key: value for key, value in monthly({"UZB": 1000, "RUS": 3}).items() if key[0] >= "2023-10"}
        figures["2024-06", "RUS"] = None
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")

    def test_a_large_cell_is_not_ordinary(self):
        figures = monthly({"UZB": 1000, "RUS": 3, "KGZ": lambda month: 11 if month == "2023-06" else 2})
        figures["2024-06", "KGZ"] = None
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")
        figures = monthly({"UZB": 22000, "RUS": 3, "KGZ": lambda month: 11 if month == "2023-06" else 2})
        figures["2024-06", "KGZ"] = None  # one in 2000 of all, and more than ten
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")

    def test_a_season_of_small_figures_is_ordinary(self):
        wave = {"01": 3, "02": 1, "03": 2, "04": 3, "05": 6, "06": 11, "07": 14, "08": 12, "09": 9, "10": 6, "11": 4, "12": 3}
        figures = monthly({"UZB": 1000, "RUS": 3, "KGZ": lambda month: wave[month[-2:]]})
        figures["2024-02", "KGZ"] = None
        result = self.both(figures, "2024-02")
        self.assertEqual(result["value"], "1003")
        self.assertEqual(result["extent"]["assumed_names"], "Kyrgyzstan")
        figures = monthly({"UZB": 1000, "RUS": 3, "KGZ": lambda month: wave[month[-2:]]}, "2024-07")
        figures["2024-07", "KGZ"] = None
        self.assertEqual(self.both(figures, "2024-07")["reason"], "coverage-incomplete")

    def test_one_large_figure_beside_none_is_not_ordinary(self):
        figures = monthly({"UZB": 1000, "RUS": 3, "KGZ": lambda month: 60 if month == "2024-05" else None})
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")

    def test_not_seen_for_two_years_is_not_expected(self):
        figures = monthly({"UZB": 1000, "RUS": lambda month: 500 if month <= "2022-06" else None})
        self.assertEqual(self.both(figures, "2024-06")["value"], "1000")
        figures["2022-07", "RUS"] = 500
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")

    def test_a_new_member_is_in_the_sum_and_not_in_the_base(self):
        figures = monthly({"UZB": 1000, "RUS": 300})
        figures["2024-06", "CHN"] = 200
        result = self.both(figures, "2024-06")
        self.assertEqual(result["value"], "1500")
        self.assertEqual((result["extent"]["new"], result["extent"]["new_names"]), (1, "China"))
        before = comparison(result, "previous-period")
        self.assertEqual((before["percent"], before["reason"]), (None, "extent-differs"))
        self.assertEqual((before["like_for_like"]["percent"], before["like_for_like"]["value_share"]), ("0.0", "86.7"))
        result = self.both(figures, "2024-06", absent="zero")
        self.assertEqual(comparison(result, "previous-period")["percent"], "15.4")

    def test_a_selection_has_no_frame(self):
        figures = monthly({"UZB": 1000, "RUS": 300})
        result = self.both(figures, "2024-06", partsAreSelection=["citizenship"])
        self.assertEqual(result["reason"], "coverage-unknown")

    def test_a_printed_total_stands_for_all(self):
        figures = monthly({"Total": 2000, "UZB": 1000, "RUS": 300})
        figures["2024-06", "RUS"] = None
        result = self.both(figures, "2024-06")
        self.assertEqual((result["value"], result["extent"]["frame"]), ("2000", "all"))
        self.assertEqual(comparison(result, "previous-period")["percent"], "0.0")
        rows = {row["code"]: row["value"] for row in result["breakdown"]["rows"]}
        self.assertIsNone(rows.get("RUS"))
        self.assertEqual(rows["_O"], "1000")

    def test_cumulative_figures_do_not_vanish(self):
        periods = [f"{year}-01/{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
        figures = {(p, c): n * (int(p[-2:])) for p in periods if p <= "2024-01/2024-06" for c, n in (("UZB", 1000), ("RUS", 1))}
        figures["2024-01/2024-06", "RUS"] = None
        result = self.both(figures, "2024-Q2", cumulative=True)
        self.assertIsNone(result["value"])
        # absent in the shorter, small in the longer: between nothing and that
        figures = {(p, c): n * (int(p[-2:])) for p in periods if p <= "2024-01/2024-06" for c, n in (("UZB", 1000), ("RUS", 1))}
        for month in ("01", "02", "03"):
            figures[f"2024-01/2024-{month}", "RUS"] = None
        result = self.both(figures, "2024-Q2", cumulative=True)
        self.assertEqual(result["value"], "3006")
        self.assertIn("coverage-assumed-zero", result["flags"])
        # and large in the longer: not known
        figures["2024-01/2024-03", "CHN"] = None
        figures["2024-01/2024-06", "CHN"] = 500
        result = self.both(figures, "2024-Q2", cumulative=True)
        self.assertEqual(result["reason"], "coverage-incomplete")

    def test_others_hold_who_was_among_them_before(self):
        figures = monthly({"UZB": 1000, "RUS": 300, "Other countries": 50,
                           "CHN": lambda month: 40 if month < "2024-03" and month[-1] in "13579" else None})
        result = self.both(figures, "2024-06")
        self.assertEqual((result["value"], result["extent"]["frame"]), ("1350", "closed"))
        figures["2024-06", "RUS"] = None  # always listed
        self.assertEqual(self.both(figures, "2024-06")["reason"], "coverage-incomplete")


if __name__ == "__main__":
    unittest.main()
