"""Names of columns of displacement say what is counted, as titles do: a plan, a flow or some of the people are no displaced people who
are there. And names of places are no powers of ten."""
import json
import unittest

from program import ProgramTest, run


class Columns(ProgramTest):
    def proposed(self, header, *rows, country="NGA"):
        file, package = self.folder / "table.csv", self.folder / f"package-{len(list(self.folder.iterdir()))}"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        self.fine("init", package, file, "--country", country)
        return package, json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["mtm"]

    def test_columns_that_say_less(self):
        for name in ("IDPs intending to return within 6 months", "IDPs departed", "New IDPs", "Newly displaced IDPs", "IDP deaths",
                     "IDPs reached with assistance", "IDPs with disabilities", "IDP pregnant women", "Estimated IDPs by end of year",
                     "IDPs (cumulative since 2014)", "Planned IDPs", "IDPs verified by biometrics", "Nouveaux PDI", "Новые ВПЛ", "IDPs previous round",
                     "IDPs age 60+", "IDPs abroad", "IDPs secondary displaced", "IDPs (planning figure)", "IDP change", "Former IDPs",
                     "IDPs from Bama", "IDPs R14 (previous)"):
            package, mtm = self.proposed(f"State,State Pcode,date,{name}", "Borno,NG008,2024-06-30,4100")
            self.assertNotIn("concept", mtm, name)
            self.assertIn("also say", mtm["unsure"][0], name)

    def test_columns_that_say_what_is_there(self):
        for name in ("IDPs", "Number of IDPs", "Total IDPs", "IDP individuals", "PDI (individus)", "IDPs present", "Estimated IDPs",
                     "Total number of displaced persons", "Est. # of IDPs", "No. of IDP persons", "Nb PDI", "IDPs identified",
                     "IDPs R15", "IDPs in the location", "Personnes déplacées internes", "Количество ВПЛ", "IDPs as of June 2024"):
            package, mtm = self.proposed(f"State,State Pcode,date,{name}", "Borno,NG008,2024-06-30,4100")
            self.assertEqual(mtm.get("concept"), "displacement", name)
            found = json.loads(self.fine("compute", package, "idps", "--period", "2024-06-30", "-f", "json"))
            self.assertEqual(found["value"], "4100", name)

    def test_whom_rows_count_is_no_population(self):
        """"Type de population" has IDPs and returnees; their sum is nobody's population."""
        rows = [f"31/05/2024;Lac;TD07;Mamdi;{who};{n // 5};{n}" for who, n in (("PDI", 12995), ("Retournés internes", 19670))]
        file, package = self.folder / "matrice.csv", self.folder / "matrice"
        file.write_text("\n".join(["Date;Province;Code Province;Département;Type de population;Nombre de ménages;Nombre d'individus", *rows]) + "\n",
                        encoding="utf-8")
        self.fine("init", package, file, "--country", "TCD")
        for indicator, value in (("idps", "12995"), ("returnees", "19670"), ("population", None)):
            found = json.loads(self.fine("compute", package, indicator, "--period", "2024-05-31", "-f", "json"))
            self.assertEqual(found["value"], value, indicator)

    def value(self, package, indicator, period):
        return json.loads(self.fine("compute", package, indicator, "--period", period, "-f", "json"))["value"]

    def test_tags_of_other_people_are_no_parts(self):
        """#inneed beside #affected+idps was added to it."""
        for tag in ("#inneed", "#population", "#targeted", "#affected"):
            package, _ = self.proposed("State,State Pcode,date,IDPs,Value", f"#adm1+name,#adm1+code,#date,#affected+idps,{tag}",
                                       "Borno,NG008,2024-06-30,100,5000")
            self.assertEqual(self.value(package, "idps", "2024-06-30"), "100", tag)

    def test_tags_that_say_less(self):
        for tag in ("#affected+idps+killed", "#affected+idps+new", "#affected+idps+targeted", "#affected+idps+children", "#affected+idps+f"):
            file, package = self.folder / "tagged.csv", self.folder / f"tagged-{tag[10:].replace('+', '-')}"
            file.write_text(f"State,State Pcode,date,Value\n#adm1+name,#adm1+code,#date,{tag}\nBorno,NG008,2024-06-30,100\n", encoding="utf-8")
            run("init", package, file, "--country", "NGA")
            done = run("compute", package, "idps", "--period", "2024-06-30", "-f", "json")
            self.assertNotIn('"value": "100"', done.stdout, tag)

    def test_women_are_not_all(self):
        package, _ = self.proposed("admin1Pcode,admin1Name,date,roundNumber,idp females", "NG008,Borno,2024-06-30,3,100")
        self.assertIsNone(self.value(package, "idps", "2024-06-30"))

    def test_returned_from_abroad_are_not_all_who_returned(self):
        header = "admin1Name,admin1Pcode,date,IDPs,Returnees from abroad"
        package, _ = self.proposed(header, "Ouaddai,TD10,2024-06-30,1000,700", country="TCD")
        for indicator in ("returnees", "returns-rate"):
            self.assertIsNone(self.value(package, indicator, "2024-06-30"), indicator)
        package, _ = self.proposed(header + ",Returnees former IDPs", "Ouaddai,TD10,2024-06-30,1000,700,300", country="TCD")
        self.assertEqual(self.value(package, "returnees", "2024-06-30"), "1000")

    def test_months_of_displacement_are_no_rounds(self):
        _, mtm = self.proposed("Internally displaced persons by month of displacement; 30 June 2024", "Month;IDPs", "January 2024;4100",
                               "February 2024;300")
        self.assertNotIn("concept", mtm)

    def test_days_and_months_across(self):
        """A date and a word for whom in one name; households beside persons."""
        package, _ = self.proposed("State of displacement,State code,IDPs 12 June 2024,IDPs 19 June 2024", "Gedaref,SD12,210037,264187",
                                   "Kassala,SD11,205748,542825", country="SDN")
        self.assertEqual((self.value(package, "idps", "2024-06-12"), self.value(package, "idps", "2024-06-19")), ("415785", "807012"))
        package, _ = self.proposed("State,State Pcode,As of 30 June 2024 HHs,As of 30 June 2024 IDPs,As of 31 July 2024 HHs,As of 31 July 2024 IDPs",
                                   "Gedaref,SD12,40,200,50,260", country="SDN")
        for day, idps, households in (("2024-06-30", "200", "40"), ("2024-07-31", "260", "50")):
            self.assertEqual((self.value(package, "idps", day), self.value(package, "idps-households", day)), (idps, households))

    def test_two_rounds_of_one_day(self):
        """A slip of the pen: there is no change within a day."""
        rows = [f"{n},2024-0{m}-30,TD07,Lac,{v}" for n, m, v in ((13, 4, 1000), (14, 6, 1300), (15, 6, 1410))]
        package, _ = self.proposed("round,date,admin1Pcode,admin1Name,IDPs", *rows, country="TCD")
        found = json.loads(self.fine("compute", package, "idps", "--period", "2024-Q2", "-f", "json"))
        self.assertEqual(found["comparisons"][0]["period"], "2024-04-30")
        days = json.loads(self.fine("compute", package, "days-between-rounds", "--period", "2024-Q2", "-f", "json"))
        self.assertEqual(days["value"], "61")

    def test_a_province_is_no_power_of_ten(self):
        """Lac, of Chad, sounds like a lakh."""
        header = "Date,{},Code,Sous-préfecture,PDI (individus)"
        for place in ("Province", "admin1Name", "Région"):
            for rows in (("2024-05-31,Lac,TD07,Bol,1200", "2024-05-31,Lac,TD07,Liwa,3400"),
                         ("2024-05-31,Lac,TD07,Bol,1200", "2024-05-31,Kanem,TD06,Mao,3400")):
                package, _ = self.proposed(header.format(place), *rows, country="TCD")
                found = json.loads(self.fine("compute", package, "idps", "--period", "2024-05-31", "-f", "json"))
                self.assertEqual((found["value"], found["multiplier"]), ("4600", 0), (place, rows))


if __name__ == "__main__":
    unittest.main()
