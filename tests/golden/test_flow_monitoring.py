"""Flow monitoring: movements seen at points, days on which the points were open, and what may be compared, against a plain
reading of the example's files."""
import collections
import csv
import datetime
import json
import shutil
import unittest

from program import SOURCE, ProgramTest, run

EXAMPLE = SOURCE / "examples/flow-monitoring"
QUARTERS = {"2024-Q1": ("2024-01-01", "2024-03-31"), "2024-Q2": ("2024-04-01", "2024-06-30")}
COLUMNS = ("men", "women", "boys", "girls")


def read(name):
    with open(EXAMPLE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def between(row, quarter):
    first, last = QUARTERS[quarter]
    return first <= row["date"] <= last


class FlowMonitoring(ProgramTest):
    def result(self, indicator, period, package=EXAMPLE):
        return json.loads(self.fine("compute", package, indicator, "--period", period, "-f", "json"))

    def rows(self, indicator, period):
        return {row["code"]: int(row["value"]) for row in self.result(indicator, period)["breakdown"]["rows"]}

    def test_movements(self):
        for quarter in QUARTERS:
            seen = [row for row in read("registry.csv") if between(row, quarter)]
            by_point = collections.Counter()
            by_sex = collections.Counter()
            for row in seen:
                for column in COLUMNS:
                    by_point[row["fmp"]] += int(row[column] or 0)
                    by_sex["M" if column in ("men", "boys") else "F"] += int(row[column] or 0)
            self.assertEqual(self.rows("movements-observed-by-point", quarter), by_point)
            self.assertEqual(self.rows("movements-observed-by-sex", quarter), by_sex)
            ages = collections.Counter()
            for row in seen:
                for column in COLUMNS:
                    ages[("M" if column in ("men", "boys") else "F") + ("," + ("18+" if column in ("men", "women") else "0-17"))] += int(row[column] or 0)
            self.assertEqual(self.rows("movements-observed-by-sex-age", quarter), ages)
            self.assertEqual(int(self.result("movements-observed", quarter)["value"]), sum(by_point.values()))
        self.assertEqual(self.rows("movements-observed-by-point", "2024-Q1"),
                         {"Gate East": 954, "River ferry": 944, "Bus station": 857})
        self.assertEqual(self.result("movements-observed", "2024-Q2")["value"], "2292")

    def test_a_check_takes_rows_for_events(self):
        """Groups that are alike in all but their figures are two groups; the report does not say that they are not used."""
        found = json.loads(self.fine("check", EXAMPLE, "-f", "json", "-q"))
        self.assertEqual(found["rows"]["rejected"], 0)
        self.assertEqual(found["errors"], 0)
        report = run("report", EXAMPLE)
        self.assertNotIn("Not used", report.stdout + report.stderr)

    def test_days(self):
        for quarter, (first, last) in QUARTERS.items():
            hours = {(row["fmp"], row["date"]): row["hours_open"] for row in read("observation.csv")}
            points = {fmp for fmp, _ in hours}
            state = collections.Counter()
            day = datetime.date.fromisoformat(first)
            while day <= datetime.date.fromisoformat(last):
                for fmp in points:
                    cell = hours.get((fmp, str(day)), "")
                    state["NOT_KNOWN" if cell == "" else "OPEN" if float(cell) > 0 else "SHUT"] += 1
                day += datetime.timedelta(1)
            state += collections.Counter()
            found = {code: n for code, n in self.rows("point-days-by-state", quarter).items() if n}
            self.assertEqual(found, dict(state))
        self.assertEqual(self.rows("point-days-open", "2024-Q1"), {"Gate East": 91, "Bus station": 78, "River ferry": 91})
        self.assertEqual(self.rows("point-days-open", "2024-Q2"), {"Gate East": 89, "Bus station": 78, "River ferry": 61})
        self.assertEqual(found["NOT_KNOWN"], 2)

    def change(self, package):
        return self.result("movements-observed", "2024-Q2", package)["comparisons"]

    def test_movements_for_each_day_open(self):
        """By the files' own rows: 9.92 at Gate East, 10.45 at the bus station, 9.74 at the ferry; what is withheld has none."""
        for quarter in QUARTERS:
            seen, days = collections.Counter(), collections.Counter()
            for row in read("registry.csv"):
                if between(row, quarter):
                    seen[row["fmp"]] += sum(int(row[column] or 0) for column in COLUMNS)
            for row in read("observation.csv"):
                days[row["fmp"]] += between(row, quarter) and row["hours_open"] not in ("", "0")
            notes = " ".join(self.result("movements-observed-by-point", quarter)["notes"])
            for fmp, movements in seen.items():
                self.assertIn(f"{fmp} ({round(movements / days[fmp], 2):.2f})", notes)
            self.assertIn(f"each point-day open: {round(sum(seen.values()) / sum(days.values()), 2):.2f}",
                          " ".join(self.result("movements-observed", quarter)["notes"]))
        self.assertIn("Gate East (9.92)", notes)
        for language, words in (("ru", "на день работы пункта"), ("kk", "бір күнге шаққанда")):
            self.assertIn(words, " ".join(self.fine("compute", EXAMPLE, "movements-observed-by-point", "--language", language).split()))

    def test_a_point_that_the_calendar_lacks_is_not_compared(self):
        """All that it has was open on all days, and yet nobody knows when the new gate was."""
        package = self.folder / "lacking"
        shutil.copytree(EXAMPLE, package)
        days = [datetime.date(2024, 1, 1) + datetime.timedelta(i) for i in range(182)]
        rows = [f"{fmp},{day},12,open" for fmp in ("Gate East", "Bus station", "River ferry") for day in days]
        (package / "observation.csv").write_text("fmp,date,hours_open,remark\n" + "\n".join(rows) + "\n")
        registry = (package / "registry.csv").read_text(encoding="utf-8")
        self.assertIsNotNone(self.result("movements-observed-by-point", "2024-Q2", package)["comparisons"][0]["percent"])
        (package / "registry.csv").write_text(registry + registry.splitlines()[1].replace(read("registry.csv")[0]["fmp"], "New gate") + "\n",
                                              encoding="utf-8")
        previous = self.result("movements-observed-by-point", "2024-Q2", package)["comparisons"][0]
        self.assertEqual((previous["percent"], previous["reason"]), (None, "coverage-unknown"))
        self.assertNotIn("New gate (", " ".join(self.result("movements-observed-by-point", "2024-Q1", package)["notes"]))

    def test_points_that_the_calendar_lacks_count_for_the_whole_too(self):
        """Asked alone, the whole is not broken down by point, and its points matter all the same."""
        package = self.folder / "lacking"
        shutil.copytree(EXAMPLE, package)
        days = [datetime.date(2024, 1, 1) + datetime.timedelta(i) for i in range(182)]
        rows = [f"{fmp},{day},12,open" for fmp in ("Gate East", "Bus station", "River ferry") for day in days]
        (package / "observation.csv").write_text("fmp,date,hours_open,remark\n" + "\n".join(rows) + "\n")
        self.assertIsNotNone(self.result("movements-observed", "2024-Q2", package)["comparisons"][0]["percent"])
        registry = (package / "registry.csv").read_text(encoding="utf-8")
        (package / "registry.csv").write_text(registry + registry.splitlines()[1].replace(read("registry.csv")[0]["fmp"], "New gate") + "\n",
                                              encoding="utf-8")
        for indicator in ("movements-observed", "movements-observed-by-sex", "movements-observed-by-reason"):
            previous = self.result(indicator, "2024-Q2", package)["comparisons"][0]
            self.assertEqual((previous["percent"], previous["reason"]), (None, "coverage-unknown"), indicator)

    def test_reasons_have_names(self):
        for language, word in (("en", "Conflict"), ("ru", "Конфликт"), ("kk", "Қақтығыс")):
            text = self.fine("compute", EXAMPLE, "movements-observed-by-reason", "--language", language)
            self.assertIn(word, text)
            self.assertNotIn("CONFLICT", text)

    def test_points_that_were_shut_do_not_compare(self):
        text = self.fine("compute", EXAMPLE, "movements-observed", "--period", "2024-Q2")
        self.assertNotIn("decreased", text)
        self.assertIn("do not cover the same parts", text)

    def test_points_that_were_open_alike_compare(self):
        package = self.folder / "open"
        shutil.copytree(EXAMPLE, package)
        days = [datetime.date(2024, 1, 1) + datetime.timedelta(i) for i in range(182)]
        rows = [f"{fmp},{day},12,open" for fmp in ("Gate East", "Bus station", "River ferry") for day in days]
        (package / "observation.csv").write_text("fmp,date,hours_open,remark\n" + "\n".join(rows) + "\n")
        self.assertIn("decreased by 16.8 %", " ".join(self.fine(
            "compute", package, "movements-observed", "--period", "2024-Q2").split()))
        (package / "observation.csv").write_text("fmp,date,hours_open,remark\n" + "\n".join(rows[:-1]) + "\n")
        self.assertNotIn("decreased", self.fine("compute", package, "movements-observed", "--period", "2024-Q2"))

    def test_without_a_calendar_nothing_is_compared(self):
        package = self.folder / "alone"
        shutil.copytree(EXAMPLE, package)
        about = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
        del about["resources"][1]
        (package / "datapackage.json").write_text(json.dumps(about))
        text = self.fine("compute", package, "movements-observed", "--period", "2024-Q2")
        self.assertIn("2,292", text)
        self.assertNotIn("decreased", text)

    def test_days_stand_beside_movements(self):
        for language, words in (("en", "228 of 273 point-days"), ("ru", "228 из 273 пункто-дней"), ("kk", "273 бекет-күннің 228")):
            text = " ".join(self.fine("compute", EXAMPLE, "movements-observed", "--period", "2024-Q2", "--language", language).split())
            self.assertIn(words, text)

    def test_a_confidential_calendar_is_not_told(self):
        package = self.folder / "secret"
        shutil.copytree(EXAMPLE, package)
        about = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
        about["resources"][1]["mtm"]["confidential"] = True
        (package / "datapackage.json").write_text(json.dumps(about))
        text = run("compute", package, "movements-observed", "--period", "2024-Q2").stdout
        self.assertNotIn("228", text)
        self.assertNotIn("No calendar", text)

    def test_points_without_a_calendar_are_said(self):
        package = self.folder / "alone"
        shutil.copytree(EXAMPLE, package)
        about = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
        del about["resources"][1]
        (package / "datapackage.json").write_text(json.dumps(about))
        self.assertIn("No calendar", self.fine("compute", package, "movements-observed", "--period", "2024-Q2"))

    def test_a_registry_lists_rows_and_no_members(self):
        """Sums over a registry are not "of the 8 entries that the source lists": points and days say what is covered."""
        self.assertNotIn("source lists", self.fine("report", EXAMPLE, "-f", "text"))
        self.assertNotIn("source lists", self.fine("report", SOURCE / "examples/registrations", "-f", "text"))

    def test_reports_in_three_languages(self):
        for language, word in (("en", "Movements observed"), ("ru", "Замеченные перемещения"), ("kk", "Байқалған жүріп-тұру")):
            self.assertIn(word, self.fine("report", EXAMPLE, "--language", language, "-f", "text"))

    def test_a_date_stands_for_its_month(self):
        table = self.folder / "arrivals.csv"
        resource = self.folder / "resource.json"
        resource.write_text(json.dumps({"schema": {"fields": [{"name": "t", "mtm": {"role": "period", "dateMeans": "month"}},
                                                              {"name": "n", "mtm": {"role": "value"}}]}}))
        table.write_text("t,n\n2024-04-01,5\n2024-05-01,7\n")
        self.assertIn("periods  2024-04-01/P2M", self.fine("check", "--resource", resource, table).replace("  2024-04/", "  2024-04-01/"))
        table.write_text("t,n\n2024-04-01,5\n2024-05-02,7\n")
        self.assertIn("by dateMeans", " ".join(self.fine_or_not("check", "--resource", resource, table).split()))

    def test_reasons_in_columns_of_ones_and_zeros(self):
        """Sets of reasons, which add up to the whole; all 0 is another reason, nothing written is not stated."""
        rows = [f"2024-{month:02d}-{day:02d},Gate,{n},{flags}" for month in (4, 5, 6) for day in range(1, 31)
                for n, flags in ((2, "1,0,0"), (3, "1,1,0"), (5, "0,0,0"), (7, ",,"), (11, "0,,0"), (13, "0,1.0,FALSE"))]
        package = self.folder / "package"
        self.fine("init", package, self.registry("date,fmp,n,reason_conflict,reason_economic,reason_seasonal", *rows))
        found = self.result("movements-observed-by-reason", "2024-Q2", package)
        self.assertEqual({row["code"]: int(row["value"]) for row in found["breakdown"]["rows"]},
                         {"CONFLICT": 180, "CONFLICT; ECONOMIC": 270, "OTHER_REASON": 450, "_U": 1620, "ECONOMIC": 1170})
        self.assertEqual(found["value"], "3690")
        for language, words in (("en", "Conflict; Economic reasons"), ("ru", "Конфликт; Экономические причины"), ("kk", "Қақтығыс; Экономикалық себептер")):
            self.assertIn(words, " ".join(self.fine("compute", package, "movements-observed-by-reason", "--language", language).split()))

    def test_reasons_that_are_counted_are_no_flags(self):
        """Of 40 movements 30 for work: the column is a figure, and says nothing of the whole row."""
        rows = [f"2024-04-{day:02d},Gate,40,10,30" for day in range(1, 31)]
        package = self.folder / "package"
        self.fine("init", package, self.registry("date,fmp,n,reason_conflict,reason_economic", *rows))
        self.assertNotIn('"flag"', (package / "datapackage.json").read_text(encoding="utf-8"))
        self.assertEqual(self.result("movements-observed", "2024-04", package)["value"], "1200")

    def test_a_flag_is_one_or_zero(self):
        fields = [{"name": "date", "mtm": {"role": "period"}}, {"name": "fmp", "mtm": {"role": "dimension", "dimension": "fmp"}},
                  {"name": "n", "mtm": {"role": "count"}}, {"name": "conflict", "mtm": {"role": "flag", "members": {"reason": "CONFLICT"}}}]
        about = {"name": "registry", "path": "registry.csv", "schema": {"fields": fields},
                 "mtm": {"concept": "flow-monitoring", "unit": "movements", "microdata": True}}
        self.registry("date,fmp,n,conflict", "2024-04-01,Gate,4,1", "2024-04-02,Gate,4,maybe")
        (self.folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [about]}))
        self.assertIn('registry.csv:3:19: error[MTM-E177]: found "maybe", expected 1 or 0', run("check", self.folder).stdout)
        refused = run("compute", self.folder, "movements-observed-by-reason", "--period", "2024-04")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("E177", refused.stdout + refused.stderr)
        fields[3]["mtm"]["members"] = {"reason": "CONFLICT", "sex": "F"}
        (self.folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [about]}))
        self.assertIn("one member, such as", run("check", self.folder).stdout + run("check", self.folder).stderr)

    def test_origins_and_destinations(self):
        """Pairs by the file's own rows, told in three languages, and drawn as bands without script."""
        pairs = collections.Counter()
        rows = []
        for day in range(91):
            date = datetime.date(2024, 4, 1) + datetime.timedelta(day)
            for n, origin, destination in ((12, "NER", "DZA"), (7 + day % 3, "MLI", "DZA"), (30, "NER", "LBY"), (5, "", "LBY"), (4, "", "")):
                rows.append(f"{date},Gate,{origin},{destination},{n}")
                pairs[f"{origin or '_U'}>{destination or '_U'}" if origin or destination else "_U"] += n
        package = self.folder / "package"
        self.fine("init", package, self.registry("t,fmp,from,to,n", *rows))
        found = self.result("movements-observed-by-origin-destination", "2024-Q2", package)
        self.assertEqual({row["code"]: int(row["value"]) for row in found["breakdown"]["rows"]}, pairs)
        self.assertEqual(int(found["value"]), sum(pairs.values()))
        for language, words in (("en", "Mali → Algeria"), ("ru", "Мали → Алжир"), ("kk", "Мали → Алжир")):
            self.assertIn(words, self.fine("compute", package, "movements-observed-by-origin-destination", "--language", language))
        page = self.fine("report", package, "-f", "html")
        start = page.index('aria-labelledby="movements-observed-by-origin-destination-links-t')
        picture = page[start:page.index("</figure>", start)]
        self.assertEqual(picture.count("<path"), 4)
        self.assertNotIn('class="strong"', picture)  # what is of no known origin and destination is in no sum of a name
        self.assertIn(">Not stated<", picture)
        self.assertNotIn("<script", picture)
        lines = [row for row in rows if ",," not in row]
        self.fine("init", self.folder / "whole", self.registry("t,fmp,from,to,n", *lines))
        page = self.fine("report", self.folder / "whole", "-f", "html")
        start = page.index('aria-labelledby="movements-observed-by-origin-destination-links-t')
        picture = page[start:page.index("</figure>", start)]
        for total in (pairs["NER>DZA"] + pairs["NER>LBY"], pairs["MLI>DZA"], pairs["NER>DZA"] + pairs["MLI>DZA"], pairs["NER>LBY"]):
            self.assertIn(f">{total:,}<", picture)

    def registry(self, head, *rows):
        file = self.folder / "registry.csv"
        file.write_text("\n".join((head,) + rows) + "\n", encoding="utf-8")
        return file

    def test_children_without_a_sex(self):
        """Men and women have no boys and girls beside them: children of no stated sex are counted, once."""
        file = self.registry("Пункт мониторинга;Дата;Направление;Мужчины;Женщины;Дети",
                             *(f"Кордай;{day}.05.2024;выезд;{day};20;3" for day in range(13, 27)))
        package = self.folder / "package"
        self.fine("init", package, file)
        period = "2024-05-13/2024-05-26"
        self.assertEqual(self.result("movements-observed", period, package)["value"], "595")
        for indicator, rows in (("movements-observed-by-sex", {"M": 273, "F": 280, "_U": 42}),
                                ("movements-observed-by-sex-age", {"M,18+": 273, "F,18+": 280, "_U": 42})):
            found = self.result(indicator, period, package)
            self.assertEqual(found["value"], "595")
            self.assertEqual({row["code"]: int(row["value"]) for row in found["breakdown"]["rows"]}, rows)

    def test_figures_of_which_nothing_is_known_are_not_left_out(self):
        """They may be people whom no other column counts; a sum without them would be wrong."""
        head = "date,fmp,men,women,{}"
        rows = ("2024-05-13,Gate East,15,20,3", "2024-05-14,Gate East,22,58,38", "2024-06-30,Gate East,1,0,0")
        for name in ("persons at risk", "enfants de 0 à 5 ans", "others", "Total", "children"):
            found = run("check", self.registry(head.format(name), *rows), "--resource", self.described("date", "fmp", "men", "women"))
            self.assertIn("E053", found.stdout, name)
            self.assertIn(f'"{name}"', found.stdout)
        package = self.folder / "package"
        self.registry(head.format("persons at risk"), *rows)
        run("init", package, self.folder / "registry.csv")
        done = run("compute", package, "movements-observed", "--period", "2024-Q2", "-f", "json")
        self.assertNotIn('"116"', done.stdout)
        self.assertIn("persons at risk", run("check", package).stdout)

    def described(self, *known, ignored=()):
        about = {"date": {"role": "period"}, "fmp": {"role": "dimension", "dimension": "fmp"},
                 "men": {"role": "value", "members": {"sex": "M"}}, "women": {"role": "value", "members": {"sex": "F"}}}
        fields = [{"name": name, "mtm": about[name]} for name in known] + [{"name": name, "mtm": {"role": "ignore"}} for name in ignored]
        path = self.folder / "resource.json"
        path.write_text(json.dumps({"schema": {"fieldsMatch": ["subset"], "fields": fields},
                                    "mtm": {"concept": "flow-monitoring", "unit": "movements", "microdata": True}}))
        return path

    def test_numbers_that_count_nobody_may_stand_beside(self):
        rows = ("2024-05-13,Gate East,15,20,{}", "2024-05-14,Gate East,22,58,{}")
        for name, numbers in (("id", (1, 2)), ("№", (1, 2)), ("latitude", ("42.87", "42.86")), ("interview_id", (17, 18)), ("Total", (35, 80)),
                              ("year", (2024, 2024)), ("all persons", (35, 80))):
            file = self.registry(f"date,fmp,men,women,{name}", *(row.format(n) for row, n in zip(rows, numbers)))
            ignored = ("all persons",) if name == "all persons" else ()
            self.fine("check", file, "--resource", self.described("date", "fmp", "men", "women", ignored=ignored))

    def fine_or_not(self, *arguments):
        from program import run
        return run(*arguments).stdout


if __name__ == "__main__":
    unittest.main()
