"""Files of microdata count for the days that they cover, and for no others: what they count of a quarter in which they begin
or end is no figure of the quarter."""
import datetime
import json
import pathlib
import random
import subprocess
import tempfile
import unittest

from packages import PROGRAM, compute


def days(first, last):
    first, last = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    return [first + datetime.timedelta(i) for i in range((last - first).days + 1)]


def workdays(first, last):
    return [day for day in days(first, last) if day.weekday() < 5]


def write(folder, dates, leave=(), files=1, **properties):
    """One row a crossing, of citizens of two countries; on days of leave every second one goes out."""
    dates = [str(date) for date in dates]
    paths = []
    for i in range(files):
        part = dates[i * len(dates) // files:(i + 1) * len(dates) // files]
        rows = [f"{date},{('UZB', 'KGZ')[k % 2]},{'OUT' if date in leave and k % 2 else 'IN'}"
                for k, date in enumerate(sorted(part) if leave else part)]
        paths.append(f"crossings{i}.csv")
        pathlib.Path(folder, paths[-1]).write_text("\n".join(["date,citizenship,direction"] + rows) + "\n")
    resource = {"name": "crossings", "path": paths if files > 1 else paths[0], "encoding": "utf-8",
                "schema": {"fields": [{"name": "date", "mtm": {"role": "period"}},
                                      {"name": "citizenship", "mtm": {"role": "dimension", "dimension": "citizenship"}},
                                      {"name": "direction", "mtm": {"role": "dimension", "dimension": "direction"}}]},
                "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "microdata": True, **properties}}
    pathlib.Path(folder, "datapackage.json").write_text(
        json.dumps({"name": "made", "mtm": {"country": "KAZ"}, "resources": [resource]}))


def crossings(dates, period, indicator="arrivals-by-origin", **how):
    """What mtm makes of them."""
    with tempfile.TemporaryDirectory() as folder:
        write(folder, dates, **how)
        return compute(folder, period, indicator, "--threshold", "off")


def comparison(found, which="previous-period"):
    return next(one for one in found["comparisons"] if one["with"] == which)


DAILY = 20  # rows a day: none without one is chance


class Days(unittest.TestCase):
    def test_whole_quarters_are_given(self):
        found = crossings(DAILY * days("2024-01-01", "2024-06-30"), "2024-Q2")
        self.assertEqual(found["value"], str(DAILY * 91))
        self.assertEqual((comparison(found)["base"], comparison(found)["percent"]), (str(DAILY * 91), "0.0"))
        self.assertNotIn("coverage-assumed-zero", found["flags"])

    def test_files_that_end_within_the_quarter(self):
        rows = DAILY * days("2024-01-01", "2024-05-14")
        found = crossings(rows, "2024-Q2")
        self.assertEqual((found["value"], found["reason"]), (None, "coverage-incomplete"))
        self.assertIsNone(comparison(found)["percent"])
        self.assertTrue(any("15 May" in note and "30 June 2024" in note and '"covers"' in note for note in found["notes"]),
                        found["notes"])
        self.assertEqual(found["breakdown"]["rows"], [], "rows of a part of the quarter are no rows of the quarter")
        self.assertEqual(crossings(rows, "2024-Q1")["value"], str(DAILY * 91))
        self.assertEqual(crossings(rows, "2024-04")["value"], str(DAILY * 30))
        self.assertEqual(crossings(rows, "2024-04-01/2024-05-14")["value"], str(DAILY * 44))
        self.assertEqual(crossings(rows, "2024")["reason"], "coverage-incomplete")
        self.assertEqual(crossings(rows, "2024-Q3")["reason"], "period-unavailable")

    def test_the_base_may_be_what_is_not_covered(self):
        found = crossings(DAILY * days("2024-02-10", "2024-06-30"), "2024-Q2")
        self.assertEqual(found["value"], str(DAILY * 91))
        self.assertEqual((comparison(found)["percent"], comparison(found)["reason"]), (None, "extent-differs"))
        self.assertEqual([one["period"] for one in found["series"]], ["2024-Q2"])

    def test_rows_of_a_part_do_not_break_down_a_printed_total(self):
        with tempfile.TemporaryDirectory() as folder:
            write(folder, DAILY * days("2024-01-01", "2024-05-14"))
            described = json.loads(pathlib.Path(folder, "datapackage.json").read_text())
            pathlib.Path(folder, "total.csv").write_text("period,value\n2024-Q1,1820\n2024-Q2,1900\n")
            described["resources"].append(
                {"name": "total", "path": "total.csv", "encoding": "utf-8",
                 "schema": {"fields": [{"name": "period", "mtm": {"role": "period"}}, {"name": "value", "mtm": {"role": "value"}}]},
                 "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements", "dimensions": {"direction": "IN"}}})
            pathlib.Path(folder, "datapackage.json").write_text(json.dumps(described))
            found = compute(folder, "2024-Q2", "arrivals-by-origin", "--threshold", "off")
            self.assertEqual((found["value"], found["breakdown"]["rows"]), ("1900", []))

    def test_as_covered(self):
        found = crossings(DAILY * days("2024-01-01", "2024-05-14"), "2024-Q2", incomplete="as-covered")
        self.assertEqual((found["value"], found["observed"]), (str(DAILY * 44), "2024-04-01/2024-05-14"))
        self.assertIn("as-covered", found["flags"])
        self.assertIsNone(comparison(found)["percent"])
        self.assertTrue(any("leaves out 15 May" in note for note in found["notes"]), found["notes"])

    def test_declared_beats_observed(self):
        rows = DAILY * days("2024-01-01", "2024-05-14")
        found = crossings(rows, "2024-Q2", covers="2024-01-01/2024-06-30")
        self.assertEqual((found["value"], comparison(found)["percent"]), (str(DAILY * 44), "-51.6"))
        found = crossings(DAILY * days("2024-01-01", "2024-06-30"), "2024-Q2", covers=["2024-Q1", "2024-04"])
        self.assertEqual(found["reason"], "coverage-incomplete")
        self.assertEqual(crossings(rows, "2024-Q2", covers=["2024-Q2", "2024-Q1"])["value"], str(DAILY * 44))

    def test_rows_outside_what_is_declared_are_in_no_sum_of_a_part(self):
        """April is said to be covered, and rows go on to June: what was counted of April alone is not known."""
        rows = DAILY * days("2024-01-01", "2024-06-30")
        for how in ({}, {"incomplete": "as-covered"}):
            found = crossings(rows, "2024-Q2", covers=["2024-Q1", "2024-04"], **how)
            self.assertEqual((found["value"], found["reason"]), (None, "coverage-incomplete"))
            self.assertEqual(crossings(rows, "2024-Q1", covers=["2024-Q1", "2024-04"], **how)["value"], str(DAILY * 91))

    def test_days_at_the_end_without_a_row(self):
        busy = DAILY * days("2024-01-01", "2024-06-27")  # three days would have had sixty rows
        self.assertEqual(crossings(busy, "2024-Q2")["reason"], "coverage-incomplete")
        few = [day for i, day in enumerate(days("2024-01-01", "2024-06-28")) if i % 3]  # none on one day in three
        found = crossings(few, "2024-Q2")
        self.assertIn("coverage-assumed-zero", found["flags"])
        self.assertTrue(any("29 June" in note for note in found["notes"]), found["notes"])

    def test_weekends_and_holidays(self):
        office = 500 * workdays("2024-01-03", "2024-06-28")  # 29 and 30 June are a weekend
        self.assertEqual(crossings(office, "2024-Q2")["value"], str(500 * len(workdays("2024-04-01", "2024-06-30"))))
        self.assertEqual(crossings(office, "2024-Q1")["reason"], None)  # 1 and 2 January
        self.assertEqual(crossings(500 * workdays("2024-01-02", "2024-06-21"), "2024-Q2")["reason"], "coverage-incomplete")

    def test_a_hole_between_files(self):
        rows = DAILY * (days("2024-01-01", "2024-01-31") + days("2024-03-01", "2024-06-30"))
        found = crossings(sorted(rows), "2024-Q1", files=3)
        self.assertEqual(found["reason"], "coverage-incomplete")
        self.assertTrue(any("February" in note for note in found["notes"]), found["notes"])
        found = crossings(sorted(rows), "2024-Q2", files=3)
        self.assertEqual((found["value"], comparison(found)["percent"]), (str(DAILY * 91), None))
        found = crossings(sorted(rows), "2024-Q1", files=3, incomplete="as-covered")
        self.assertEqual((found["value"], "as-covered" in found["flags"]), (str(DAILY * 62), True))
        found = crossings(sorted(rows), "2024-Q2", files=3, incomplete="as-covered")
        self.assertEqual((comparison(found)["percent"], comparison(found)["reason"]), (None, "extent-differs"))

    def test_months_as_dates(self):
        months = [f"2024-{m:02}" for m in range(1, 6)]
        self.assertEqual(crossings(50 * months, "2024-Q1")["value"], "150")
        self.assertEqual(crossings(50 * months, "2024-Q2")["reason"], "coverage-incomplete")
        self.assertEqual(crossings(50 * (months + ["2024-06"]), "2024-Q2")["value"], "150")

    def test_dates_on_the_first_of_the_month(self):
        firsts = [f"2023-{m:02}-01" for m in range(1, 13)]
        self.assertEqual(crossings(50 * firsts, "2023-Q4")["value"], "150")
        self.assertEqual(crossings(50 * firsts[:-1], "2023-Q4")["reason"], "coverage-incomplete")

    def test_one_row_a_month(self):
        rows = ["2023-01-20", "2023-02-11", "2023-03-02", "2023-04-28", "2023-05-09", "2023-06-17"]
        found = crossings(rows, "2023-Q2")
        self.assertEqual((found["value"], "coverage-assumed-zero" in found["flags"]), ("3", True))

    def test_a_day_without_a_row_of_the_kind_is_a_true_zero(self):
        rows = DAILY * days("2024-01-01", "2024-06-30")
        out = {str(day) for day in days("2024-01-01", "2024-03-31")}
        for indicator, values in (("departures", (str(91 * DAILY // 2), "0")),
                                  ("net-crossings", ("0", str(91 * DAILY)))):
            for period, value in zip(("2024-Q1", "2024-Q2"), values):
                found = crossings(rows, period, indicator=indicator, leave=out)
                self.assertEqual(found["value"], value, (indicator, period))
        found = crossings(rows, "2024-Q2", indicator="departures", leave=out)
        self.assertEqual((comparison(found)["base"], comparison(found)["percent"]), (str(91 * DAILY // 2), "-100.0"))

    def test_the_order_of_rows_and_files_is_no_matter(self):
        rows = DAILY * days("2024-01-01", "2024-05-14")
        random.Random(1).shuffle(rows)
        self.assertEqual(crossings(rows, "2024-Q2", files=4)["reason"], "coverage-incomplete")
        self.assertEqual(crossings(rows, "2024-Q1", files=4)["value"], str(DAILY * 91))

    def test_quarters_inside_sparse_files_are_given(self):
        """Poisson rows, a few a year or many a day: files without holes have their inner quarters."""
        draw = random.Random(8)
        for rate in (0.1, 0.3, 1, 3, 30):
            rows = []
            for day in days("2022-01-01", "2023-12-31"):
                at = draw.expovariate(rate)
                while at < 1:
                    rows.append(day)
                    at += draw.expovariate(rate)
            for year, quarter in ((2022, 2), (2022, 4), (2023, 2), (2023, 3)):
                inside = sum(day.year == year and (day.month + 2) // 3 == quarter for day in rows)
                self.assertEqual(crossings(rows, f"{year}-Q{quarter}")["value"], str(inside), rate)


class Resources(unittest.TestCase):
    """Resources of one structure that continue each other are one source, also where one ends within a quarter."""

    def of(self, parts, period, indicator="arrivals-by-origin", **properties):
        """A resource for each list of dates."""
        with tempfile.TemporaryDirectory() as folder:
            resources = []
            for i, dates in enumerate(parts):
                within = pathlib.Path(folder, str(i))
                within.mkdir()
                write(within, dates, **(properties if not isinstance(dates, tuple) else {}))
                resource, = json.loads((within / "datapackage.json").read_text())["resources"]
                resources.append({**resource, "name": f"part{i}", "path": f"{i}/crossings0.csv"})
            pathlib.Path(folder, "datapackage.json").write_text(
                json.dumps({"name": "made", "mtm": {"country": "KAZ"}, "resources": resources}))
            return compute(folder, period, indicator, "--threshold", "off")

    def test_two_that_share_a_quarter(self):
        parts = [DAILY * days("2024-01-01", "2024-05-14"), DAILY * days("2024-05-15", "2024-06-30")]
        for order in (parts, parts[::-1]):
            found = self.of(order, "2024-Q2")
            self.assertEqual((found["value"], found["observed"]), (str(DAILY * 91), "2024-Q2"), found["notes"])
            self.assertEqual((comparison(found)["base"], comparison(found)["percent"]), (str(DAILY * 91), "0.0"))
            self.assertEqual([int(row["value"]) for row in found["breakdown"]["rows"]], [DAILY * 91 // 2] * 2)
            self.assertEqual(self.of(order, "2024-05")["value"], str(DAILY * 31))
            self.assertEqual(self.of(order, "2024-S1")["value"], str(DAILY * 182))
            self.assertEqual(self.of(order, "2024-Q2", "departures")["value"], None)  # no row says that they are asked

    def test_a_file_for_each_month(self):
        parts = [DAILY * days(f"2024-{m:02}-01", f"2024-{m:02}-{31 if m in (1, 3, 5) else 29 if m == 2 else 30}") for m in range(1, 7)]
        self.assertEqual(self.of(parts, "2024-Q1")["value"], str(DAILY * 91))
        self.assertEqual(self.of(parts, "2024-Q2")["value"], str(DAILY * 91))
        self.assertEqual(self.of(parts[:5], "2024-Q2")["reason"], "coverage-incomplete")
        self.assertEqual(self.of(parts[:5], "2024-Q2", incomplete="as-covered")["value"], str(DAILY * 61))
        self.assertEqual(self.of(parts[:4] + parts[5:], "2024-Q2")["reason"], "coverage-incomplete")

    def test_a_weekend_between_two(self):
        office = [DAILY * workdays("2024-01-01", "2024-05-17"), DAILY * workdays("2024-05-20", "2024-06-28")]
        self.assertEqual(self.of(office, "2024-Q2")["value"], str(DAILY * len(workdays("2024-04-01", "2024-06-28"))))

    def test_two_of_the_same_days_are_not_added(self):
        rows = DAILY * days("2024-01-01", "2024-06-30")
        found = self.of([rows, rows[:-40]], "2024-Q2")
        self.assertNotIn(found["value"], (str(DAILY * 182), str(DAILY * 182 - 40)))


class Proposals(unittest.TestCase):
    def test_the_lines_that_restore_the_figure(self):
        with tempfile.TemporaryDirectory() as folder:
            rows = days("2024-01-01", "2024-05-14")
            write(folder, DAILY * rows, leave={str(day) for day in rows})
            done = subprocess.run([PROGRAM, "check", "--propose", folder, "--period", "2024-Q2", "-f", "json"],
                                  capture_output=True, text=True, timeout=120)
            found = json.loads(done.stdout)
            self.assertEqual(found["unrestored"], [])
            [proposal] = found["proposals"]
            self.assertEqual([line["add"] for line in proposal["lines"]],
                             [{"incomplete": "as-covered"}, {"covers": ["2024-S1"]}])
            self.assertEqual([one["text"] for one in proposal["evidence"]], ["rows are dated within 2024-01-01/2024-05-14"])
            described = json.loads(pathlib.Path(folder, "datapackage.json").read_text())
            for line in proposal["lines"]:
                described["resources"][0]["mtm"].update(line["add"])
                pathlib.Path(folder, "datapackage.json").write_text(json.dumps(described))
                self.assertEqual(compute(folder, "2024-Q2", "arrivals", "--threshold", "off")["value"],
                                 str(DAILY * 22))


class Registers(unittest.TestCase):
    def arrivals(self, dates, period, indicator="registration-arrivals", **properties):
        with tempfile.TemporaryDirectory() as folder:
            lines = ["id,site,entered,left"] + [f"P{i},S{i % 2},{day},{left or ''}" for i, (day, left) in enumerate(dates)]
            pathlib.Path(folder, "register.csv").write_text("\n".join(lines) + "\n")
            fields = [{"name": "id", "mtm": {"role": "id", "dedupe": True}},
                      {"name": "site", "mtm": {"role": "dimension", "dimension": "site"}},
                      {"name": "entered", "mtm": {"role": "entered"}}, {"name": "left", "mtm": {"role": "left"}}]
            pathlib.Path(folder, "datapackage.json").write_text(json.dumps(
                {"name": "made", "mtm": {"country": "KAZ"},
                 "resources": [{"name": "register", "path": "register.csv", "encoding": "utf-8", "schema": {"fields": fields},
                                "mtm": {"concept": "displacement", "kind": "stock", "unit": "persons", "microdata": True,
                                        **properties}}]}))
            return compute(folder, period, indicator, "--threshold", "off")

    def test_arrivals_of_the_quarter_in_which_the_register_ends(self):
        rows = [(day, None) for day in 5 * days("2024-01-01", "2024-05-14")]
        self.assertEqual(self.arrivals(rows, "2024-Q1")["value"], str(5 * 91))
        found = self.arrivals(rows, "2024-Q2")
        self.assertEqual((found["value"], found["reason"]), (None, "coverage-incomplete"))
        self.assertEqual(self.arrivals(rows, "2024-Q2", covers="2024-01/2024-06")["value"], str(5 * 44))
        stock = self.arrivals(rows, "2024-Q2", "registered-persons")
        self.assertEqual((stock["value"], stock["observed"]), (str(5 * 135), "2024-05-14"))

    def test_exits_too_show_that_a_register_is_kept(self):
        rows = [(day, None) for day in 5 * days("2024-01-01", "2024-03-31")]
        rows += [("2024-03-31", day) for day in 5 * days("2024-04-01", "2024-06-30")]
        self.assertEqual(self.arrivals(rows, "2024-Q2")["value"], "0")
        self.assertEqual(self.arrivals(rows, "2024-Q2", "registration-exits")["value"], str(5 * 91))
        self.assertEqual(self.arrivals(rows, "2024-Q3")["reason"], "period-unavailable")


if __name__ == "__main__":
    unittest.main()
