"""Files of the Displacement Tracking Matrix by `mtm init` and `mtm compute` alone: every answer that a plain reading of the
file gives. An answer that does not come out is counted; one that comes out wrong is an error."""
import collections
import csv
import datetime
import json
import pathlib
import shutil
import unittest

from program import SOURCE, ProgramTest, run

DTM = SOURCE / "tests/golden/dtm"
QUARTER = {"2024-Q1": ("2024-01-01", "2024-03-31"), "2024-Q2": ("2024-04-01", "2024-06-30")}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class ByInitAlone(ProgramTest):
    known = out = 0

    def package(self, *files, name="package"):
        package = self.folder / name
        run_of = run("init", package, *files)
        self.assertEqual(run_of.returncode, 0, run_of.stderr)
        return package

    def country(self, package, code):
        path = package / "datapackage.json"
        text = json.loads(path.read_text(encoding="utf-8"))
        text["mtm"]["country"] = code
        path.write_text(json.dumps(text), encoding="utf-8")

    def result(self, package, indicator, period):
        done = run("compute", package, indicator, "--period", period, "--top", "all", "--format", "json")
        self.assertIn(done.returncode, (0, 1), done.stderr)
        return json.loads(done.stdout)

    def asked(self, found, wanted, about):
        """One known answer: found, not given, or wrong."""
        ByInitAlone.known += 1
        if found is None:
            return
        self.assertEqual(found, wanted, about)
        ByInitAlone.out += 1

    def all_of(self, found, wanted, about):
        for code, value in wanted.items():
            self.asked(found.get(code), str(value), (about, code))

    @classmethod
    def tearDownClass(cls):
        print(f"{cls.out} answers out of {cls.known} known, 0 wrong")
        assert cls.out >= 0.9 * cls.known

    def breakdown(self, package, indicator, period):
        found = self.result(package, indicator, period)
        return {row["code"]: row["value"] for row in found["breakdown"]["rows"]} if found["breakdown"] else {}

    def test_arrivals_by_nationality(self):
        file = DTM / "honduras-arrivals-by-nationality.csv"
        package = self.package(file)
        cells, months = collections.Counter(), collections.Counter()
        for row in rows_of(file):
            cells[row["t"][:7], row["nat"]] += int(row["n"])
            months[row["t"][:7]] += int(row["n"])
        for month in list(months)[::8] + ["2024-03", "2025-01"]:
            found = self.result(package, "recorded-arrivals", month)
            self.asked(found["value"], str(months[month]), month)
            # STL and OOO are no countries of the list and stand together, as others
            own = {nat: n for (t, nat), n in cells.items() if t == month and nat not in ("STL", "OOO", "XXX")}
            top = dict(sorted(own.items(), key=lambda one: -one[1])[:12])
            self.all_of(self.breakdown(package, "recorded-arrivals-by-nationality", month), top, month)
        quarter = sum(months[month] for month in ("2024-01", "2024-02", "2024-03"))
        self.asked(self.result(package, "recorded-arrivals", "2024-Q1")["value"], str(quarter), "2024-Q1")

    def test_arrivals_by_sex_and_age(self):
        file = DTM / "honduras-arrivals-by-sex-age.csv"
        package = self.package(file)
        for month in ("2018-01", "2020-06", "2023-09", "2025-04"):
            own = {row["demog"]: int(row["n"]) for row in rows_of(file) if row["t"].startswith(month)}
            found = self.result(package, "recorded-arrivals", month)
            self.asked(found["value"], str(sum(own.values())), month)
            self.all_of(self.breakdown(package, "recorded-arrivals-by-sex-age", month), own, month)

    def test_stocks_of_one_country(self):
        """Cut to one country, the first row of data may look as much like names of columns as the header does."""
        rows = rows_of(DTM / "unhcr-yearend-stocks.csv")
        for country in sorted({row["geo"] for row in rows if row["group"] == "idp"}):
            file = self.folder / f"{country}.csv"
            with open(file, "w", encoding="utf-8", newline="") as text:
                writer = csv.DictWriter(text, rows[0].keys())
                writer.writeheader()
                writer.writerows(row for row in rows if row["geo"] == country)
            package = self.package(file, name=country)
            for row in rows:
                if row["geo"] == country and row["group"] == "idp":
                    self.asked(self.result(package, "idps", row["t"])["value"], row["n"], (country, row["t"]))

    def test_a_year_that_could_be_a_figure(self):
        file = self.folder / "one.csv"
        file.write_text("geo,t,from,group,n\nUKR,2012,AFG,refugee,1480\nUKR,2012,AFG,asylum,2105\nUKR,2012,UKR,idp,2000\n"
                        "UKR,2013,AFG,refugee,1500\nUKR,2013,UKR,idp,2013\n", encoding="utf-8")
        package = self.package(file)
        self.asked(self.result(package, "idps", "2013")["value"], "2013", "idps")

    def test_a_registry_and_its_calendar(self):
        files = [SOURCE / "examples/flow-monitoring" / name for name in ("registry.csv", "observation.csv")]
        package = self.package(*files)
        for period, (first, last) in QUARTER.items():
            points = collections.Counter()
            for row in rows_of(files[0]):
                if first <= row["date"] <= last:
                    points[row["fmp"]] += sum(int(row[one] or 0) for one in ("men", "women", "boys", "girls"))
            days = collections.Counter(row["fmp"] for row in rows_of(files[1])
                                       if first <= row["date"] <= last and row["hours_open"] not in ("", "0"))
            found = self.result(package, "movements-observed", period)
            self.asked(found["value"], str(sum(points.values())), period)
            self.all_of(self.breakdown(package, "movements-observed-by-point", period), points, period)
            self.all_of(self.breakdown(package, "point-days-open", period), days, period)

    def test_a_register_of_persons(self):
        file = SOURCE / "examples/registrations/registrations.csv"
        package = self.package(file)
        proposed = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
        self.assertEqual(proposed["mtm"]["period"], "2024-Q2")  # July is not over
        for period, wanted in (("2024-Q1", {"XX0103": 100, "XX0203": 161, "XX0403": 162}),
                               ("2024-Q2", {"XX0103": 171, "XX0203": 196, "XX0403": 203})):
            found = self.result(package, "registered-persons", period)
            self.asked(found["value"], str(sum(wanted.values())), period)
            self.all_of(self.breakdown(package, "registered-by-site", period), wanted, period)
        self.all_of(self.breakdown(package, "registered-by-sex", "2024-Q2"), {"F": 286, "M": 284}, "sex")

    def test_names_in_other_languages(self):
        """The same registry and register with the names of columns that French and Spanish forms have."""
        registry = (SOURCE / "examples/flow-monitoring/registry.csv").read_text(encoding="utf-8").split("\n", 1)[1]
        heads = ("date,point de suivi,admin1Pcode,type de flux,pays de départ,pays de destination,nationalité,raison,hommes,femmes,garçons,"
                 "filles,enfants non accompagnés",
                 "fecha,punto de monitoreo,admin1Pcode,movimiento,país de salida,país de destino,nacionalidad,motivo,hombres,mujeres,"
                 "niños,niñas,niños no acompañados")
        for number, head in enumerate(heads):
            file = self.folder / f"registry-{number}.csv"
            file.write_text(head + "\n" + registry, encoding="utf-8")
            package = self.package(file, name=f"registry-{number}")
            self.asked(self.result(package, "movements-observed", "2024-Q2")["value"], "2292", head)
        register = (SOURCE / "examples/registrations/registrations.csv").read_text(encoding="utf-8").split("\n", 1)[1]
        file = self.folder / "register.csv"
        file.write_text("ménage,id individu,site,date d'enregistrement,date de sortie,sexe,année de naissance,chef,vulnérabilité\n" + register,
                        encoding="utf-8")
        package = self.package(file, name="register")
        self.asked(self.result(package, "registered-persons", "2024-Q2")["value"], "570", "register")


class Spellings(ProgramTest):
    """Households beside persons, dates in titles, codes of sex and age: as files of DTM and HAPI write them."""

    def package(self, name, text, *options):
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        package = self.folder / "package"
        shutil.rmtree(package, ignore_errors=True)
        self.fine("init", package, file, *options)
        return package

    def values(self, package, period, *indicators):
        return [json.loads(run("compute", package, one, "--period", period, "-f", "json").stdout)["value"] for one in indicators]

    def test_households_beside_persons(self):
        for persons, households in (("(Ind)", "(HH)"), ("(individuals)", "(households)"), ("Ind", "HHs"), ("individuals", "families")):
            text = (f"Region,ADM2_PCODE,IDPs {persons},IDPs {households},Returnees {persons},Returnees {households},Round,Date\n"
                    "West,LY0211,2884,576,56461,11292,51,2024-02-29\nEast,LY0103,3090,618,75262,15052,51,2024-02-29\n")
            package = self.package("libya.csv", text)
            self.assertEqual(self.values(package, "2024-Q1", "idps", "idps-households", "returnees", "idps-household-size"),
                             ["5974", "1194", "131723", "5.00"], persons)
        text = "Site,Commune,Date of visit,# Households,# Individuals\nSite 1,Delmas,2024-06-03,494,1976\nSite 2,Tabarre,2024-06-04,364,1456\n"
        package = self.package("displacement sites.csv", text)
        self.assertEqual(self.values(package, "2024-Q2", "idps", "idps-households"), ["3432", "858"])

    def test_tags_of_households_beside_persons(self):
        text = ("Admin1 Name,Admin1 Pcode,Date,IDPs (individuals),IDPs (households)\n#adm1+name,#adm1+code,#date,#affected+idps+ind,#affected+idps+hh\n"
                "Khatlon,TJ03,2024-03-31,272,54\nSughd,TJ02,2024-03-31,441,88\n")
        self.assertEqual(self.values(self.package("hdx.csv", text), "2024-Q1", "idps", "idps-households"), ["713", "142"])

    def test_a_round_and_its_date_in_the_title(self):
        text = "Returnees Master List, Round 131 - 30 April 2024\nGovernorate,District,Returnee families,Returnee individuals\n"
        rows = [("Anbar", n, 10 * n, 60 * n) for n in range(1, 6)] + [("Erbil", n, 7 * n, 40 * n) for n in range(1, 6)]
        text += "".join(f"{place},{place} {n},{families},{people}\n" for place, n, families, people in rows)
        self.assertEqual(self.values(self.package("returnees.csv", text), "2024-Q2", "returnees"), ["1500"])

    def test_french_words(self):
        text = ("Préfecture;Pcode préfecture;Nom du site;Ménages;Individus;Date de collecte\n"
                "Ouham;CF31;Site 0;391;1955;20/05/2024\nOuaka;CF43;Site 1;716;3580;21/05/2024\n")
        self.assertEqual(self.values(self.package("CAR_site_assessment.csv", text), "2024-Q2", "idps", "idps-households"), ["5535", "1107"])
        text = ("province,province_pcode,territoire,type_population,menages,individus,date_evaluation,round\n"
                "Nord-Kivu,CD61,T1,PDI,64,320,2024-06-15,3\nNord-Kivu,CD61,T1,Retournés,29,145,2024-06-15,3\nNord-Kivu,CD61,T2,PDI,7,35,2024-06-15,3\n")
        self.assertEqual(self.values(self.package("crise.csv", text), "2024-Q2", "idps", "idps-households", "returnees"), ["355", "71", "145"])
        text = "Région;Province;Ménages PDI;Individus PDI;Date\nSahel;P 0;68;408;2024-03-31\nEst;P 1;33;198;2024-03-31\n"
        self.assertEqual(self.values(self.package("pdi.csv", text), "2024-Q1", "idps", "idps-households"), ["606", "101"])

    def test_sites_of_a_round_are_of_displaced_people(self):
        text = ("Suivi de la mobilité: Round 9, juin 2024\nDépartement,Commune,Site,Nombre de ménages,Nombre de personnes\n"
                "Ouest,Delmas,Site 0,365,1460\nOuest,Tabarre,Site 1,41,165\n")
        self.assertEqual(self.values(self.package("sites.csv", text), "2024-06", "idps", "idps-households"), ["1625", "406"])
        package = self.package("sites.csv", text.replace("Suivi de la mobilité", "Réfugiés"))
        self.assertEqual(self.values(package, "2024-06", "idps"), [None])

    def test_days_of_collection_in_a_line_above(self):
        text = ("Area Assessment, Round 38,,,\nData collection: 1-30 April 2024,,,\nGovernorate,Governorate Pcode,IDP HH,IDP Ind\n"
                "Marib,YE26,1750,10500\nTaiz,YE15,3946,23676\n")
        self.assertEqual(self.values(self.package("areas.csv", text), "2024-Q2", "idps", "idps-households"), ["34176", "5696"])

    def test_rounds_across(self):
        text = ("IDPs by oblast,,\nOblast,Round 14 (September 2023),Round 15 (December 2023)\nKyivska,301000,290000\nKharkivska,480500,497000\n")
        package = self.package("idps by round.csv", text)
        self.assertEqual(self.values(package, "2023-12", "idps") + self.values(package, "2023-09", "idps"), ["787000", "781500"])
        self.assertNotIn("1568500", self.fine("report", package))

    def test_sex_beside_the_whole(self):
        text = ("Week start,Week end,Border point,Returnees male,Returnees female,Total returnees\n2024-04-01,2024-04-07,Torkham,8144,1571,9715\n"
                "2024-04-08,2024-04-14,Torkham,2190,1848,4038\n")
        (self.folder / "border.csv").write_text(text, encoding="utf-8")
        found = json.loads(self.fine("check", self.folder / "border.csv", "-f", "json", "-q"))
        self.assertEqual({one["name"]: one.get("sum") for one in found["columns"][3:]},
                         {"Returnees male": "10334", "Returnees female": "3419", "Total returnees": "13753"})

    def test_an_option_takes_nothing_away(self):
        text = "t,route,fmp,fmp_country,from,to,n,reason_seasonal,reason_economic\n" + "".join(
            f"2024-04-{day:02d},Central,Arlit,NER,NER,DZA,{day},0,1\n" for day in range(1, 31))
        for options in ((), ("--concept", "flow-monitoring"), ("--concept", "flow-monitoring", "--kind", "flow", "--unit", "movements")):
            self.assertEqual(self.values(self.package("wca.csv", text, *options), "2024-04", "movements-observed"), ["465"], options)

    def test_groups_that_are_said_to_be_microdata_are_counted_by_their_figures(self):
        rows = [(f"2024-04-{day:02}", "Gate", "Inflow" if day % 2 else "Outflow", day, 2, 1, day % 3) for day in range(1, 31)]
        text = "date,fmp,direction,men,women,boys,girls\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
        people = str(sum(sum(row[3:]) for row in rows))
        for options in ((), ("--microdata",)):
            package = self.package("fmp.csv", text, "--concept", "flow-monitoring", *options)
            self.assertEqual(self.values(package, "2024-04", "movements-observed"), [people], options)

    def test_events_are_no_stock(self):
        """Six floods are six displacements, and no number of displaced people at a date."""
        head = "id,country,iso3,displacement_type,qualifier,{},displacement_date,displacement_start_date,displacement_end_date,year,event_name\n"
        rows = "".join(f"{n},Philippines,PHL,Disaster,total,{6900 + n},2024-05-{n:02d},2024-05-{n:02d},2024-05-{n:02d},2024,Flood {n}\n" for n in range(1, 7))
        for figure in ("figure", "some figure"):
            package = self.package("events.csv", head.format(figure) + rows, "--country", "PHL")
            described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["mtm"]
            self.assertEqual((described["concept"], described["kind"]), ("displacement-event", "flow"))
            self.assertEqual(self.values(package, "2024", "idps") + self.values(package, "2024-Q2", "idps"), [None, None])
            self.assertNotIn("41,421", self.fine_or_not("report", package))

    def fine_or_not(self, *arguments):
        done = run(*arguments)
        return done.stdout + done.stderr

    def test_weeks_of_displacement_are_no_rounds(self):
        text = ("Period start,Period end,Governorate of displacement,District,Governorate of origin,Households,Reason\n"
                "2024-04-07,2024-04-13,Marib,Marib City,Al Hodeidah,45,Conflict\n2024-04-14,2024-04-20,Marib,Marib City,Al Hodeidah,58,Conflict\n")
        package = self.package("weekly.csv", text, "--country", "YEM")
        self.assertEqual(self.values(package, "2024-Q2", "idps", "idps-households"), [None, None])

    def test_sex_and_age_of_hapi(self):
        head = ("location_code,origin_location_code,population_group,gender,age_range,min_age,max_age,population,reference_period_start,"
                "reference_period_end\n#country+code,#country+code+origin,#group+pop,#gender,#age+range,#age+min,#age+max,#population,#date+start,#date+end\n")
        rows, parts = "", 0
        for group, base in (("REF", 100), ("ASY", 30)):
            own = 0
            for number, (sex, age) in enumerate((("f", "0-17"), ("f", "18-59"), ("m", "0-17"), ("m", "18-59"))):
                rows += f"KAZ,AFG,{group},{sex},{age},{age[:1]},,{base + number},2023-01-01,2023-12-31\n"
                own += base + number
            rows += f"KAZ,AFG,{group},all,all,,,{own},2023-01-01,2023-12-31\n"
            parts += own
        (self.folder / "hapi.csv").write_text(head + rows, encoding="utf-8")
        found = json.loads(self.fine("check", self.folder / "hapi.csv", "-f", "json", "-q"))
        self.assertEqual(found["rows"]["rejected"], 0)
        (column,) = [one for one in found["columns"] if one["name"] == "population"]
        self.assertEqual(column["sum"], str(parts))


class NotGuessed(ProgramTest):
    """What looks like it and does not prove it."""

    def mtm_of(self, name, text):
        (self.folder / name).write_text(text, encoding="utf-8")
        package = self.folder / "package"
        shutil.rmtree(package, ignore_errors=True)
        self.fine("init", package, self.folder / name)
        return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["mtm"]

    def lists(self, rows_of):
        """Twelve months of nationalities, each in falling order of their figures."""
        lines = ["t,nat,n"]
        for month in range(1, 13):
            lines += [f"2024-{month:02d}-01,{nat},{n}" for nat, n in sorted(rows_of(month), key=lambda one: -one[1])]
        return "\n".join(lines) + "\n"

    def ranked(self, again):
        """Nationalities that change places from month to month, some of which are not always there."""
        return self.lists(lambda month: [("CUB", 900 if month % 2 else 650), ("HTI", 700), ("CHN", 50), ("ECU", 40 + 20 * (month % 3 == 0)),
                                         ("IND", 3), ("VNM", 1)] + [("NPL", 1)] * (month % 5 > 0) + [("BGD", 1)] * (month % 4 > 0) + again)

    def unsure_of(self):
        described = json.loads((self.folder / "package/datapackage.json").read_text(encoding="utf-8"))
        return " ".join(described["resources"][0]["mtm"]["unsure"])

    def test_parts_in_their_place_are_added(self):
        own = self.mtm_of("arrivals.csv", self.ranked([("CUB", 20)]))
        self.assertEqual((own.get("repeats"), own.get("absent"), own.get("dateMeans")), ("add", "zero", "month"))

    def test_a_list_may_fall_by_accident(self):
        fixed = [("CUB", 900), ("HTI", 700), ("CHN", 50), ("ECU", 40), ("IND", 3), ("VNM", 1), ("NPL", 1), ("BGD", 1), ("GHA", 1)]
        for rows_of in (lambda month: fixed, lambda month: fixed[:9 - month % 2],
                        lambda month: [(nat, n * (1 + month % 3) if n > 1 else 1) for nat, n in fixed[:9 - month % 3]]):
            own = self.mtm_of("arrivals.csv", self.lists(rows_of))
            self.assertNotIn("absent", own)
            self.assertIn('"absent": "zero" if who is not listed was not counted', self.unsure_of())

    def test_the_first_of_a_longer_list_are_cut(self):
        """As many every month: who comes behind the last may have been counted."""
        places = ["CUB", "HTI", "CHN", "ECU", "IND", "VNM", "NPL", "BGD", "GHA", "PER", "CMR", "COG"]
        own = self.mtm_of("arrivals.csv", self.lists(
            lambda month: [(places[(i + month) % 12], n) for i, n in enumerate((90, 70, 50, 40, 3, 1, 1))]))
        self.assertNotIn("absent", own)

    def test_others_count_who_is_not_listed(self):
        own = self.mtm_of("arrivals.csv", self.ranked([("Other", 2)]))
        self.assertNotIn("absent", own)

    def test_a_correction_at_the_end_is_refused(self):
        own = self.mtm_of("arrivals.csv", self.ranked([]) + "2024-12-01,CUB,550\n")
        self.assertNotIn("repeats", own)
        self.assertNotIn("absent", own)

    def test_a_correction_beside_what_it_corrects_is_refused(self):
        own = self.mtm_of("arrivals.csv", self.ranked([("HTI", 690)]))
        self.assertNotIn("repeats", own)

    def test_zeros_that_are_written_say_that_others_are_unknown(self):
        self.assertNotIn("absent", self.mtm_of("arrivals.csv", self.ranked([("BRA", 0)])))

    def test_days_are_days(self):
        start = datetime.date(2024, 1, 1)
        for days in (range(0, 90), (0, 31, 60, 91, 121, 152, 153)):
            text = "date,nationality,n\n" + "".join(f"{start + datetime.timedelta(day)},UZB,{day + 5}\n" for day in days)
            self.assertNotIn("dateMeans", self.mtm_of("arrivals.csv", text))

    def test_first_days_of_quarters_and_years(self):
        for means, dates in (("quarter", ["2023-01-01", "2023-04-01", "2023-07-01", "2023-10-01"]),
                             ("year", ["2020-01-01", "2021-01-01", "2022-01-01", "2023-01-01"])):
            text = "date,nationality,n\n" + "".join(f"{date},UZB,{i + 5}\n" for i, date in enumerate(dates))
            self.assertEqual(self.mtm_of("arrivals.csv", text).get("dateMeans"), means)

    def test_first_days_far_apart_stand_for_nothing(self):
        for dates in (("2023-01-01", "2024-01-01"), ("2023-01-01", "2023-07-01", "2024-01-01"), ("2020-01-01", "2022-01-01", "2024-01-01")):
            text = "date,nationality,n\n" + "".join(f"{date},UZB,{i + 5}\n" for i, date in enumerate(dates))
            self.assertNotIn("dateMeans", self.mtm_of("arrivals.csv", text), dates)

    def test_as_of_says_that_days_are_meant(self):
        text = "Дата;Страна;Прибыло\n" + "".join(f"на 1 {month} 2023 года;Китай;{i + 5}\n" for i, month in enumerate(("января", "февраля", "марта", "апреля")))
        self.assertNotIn("dateMeans", self.mtm_of("Миграция.csv", text))

    def test_stocks_of_first_days_stay_dates(self):
        text = "reportingDate,roundNumber,admin1Pcode,idps\n2024-01-01,1,XX01,5\n2024-02-01,2,XX01,6\n2024-03-01,3,XX01,7\n"
        self.assertNotIn("dateMeans", self.mtm_of("rounds.csv", text))

    def test_arrivals_beside_departures_are_for_a_person_to_say(self):
        self.assertNotEqual(self.mtm_of("arrivals.csv", "period,arrivals,departures\n2024-01,5,4\n2024-02,6,3\n").get("concept"), "arrivals")


if __name__ == "__main__":
    unittest.main()
