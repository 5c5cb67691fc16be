"""Names of columns of displacement say what is counted, as titles do: a plan, a flow or some of the people are no displaced people who
are there. And names of places are no powers of ten."""
import json
import unittest

from program import ProgramTest


class Columns(ProgramTest):
    def proposed(self, header, *rows, country="NGA"):
        file, package = self.folder / "table.csv", self.folder / f"package-{len(list(self.folder.iterdir()))}"
        file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        self.fine("init", package, file, "--country", country)
        return package, json.loads((package / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]["mtm"]

    def test_columns_that_say_less(self):
        for name in ("IDPs intending to return within 6 months", "IDPs departed", "New IDPs", "Newly displaced IDPs", "IDP deaths",
                     "IDPs reached with assistance", "IDPs with disabilities", "IDP pregnant women", "Estimated IDPs by end of year",
                     "IDPs (cumulative since 2014)", "Planned IDPs", "IDPs verified by biometrics", "Nouveaux PDI", "Новые ВПЛ"):
            package, mtm = self.proposed(f"State,State Pcode,date,{name}", "Borno,NG008,2024-06-30,4100")
            self.assertNotIn("concept", mtm, name)
            self.assertIn("also say", mtm["unsure"][0], name)

    def test_columns_that_say_what_is_there(self):
        for name in ("IDPs", "Number of IDPs", "Total IDPs", "IDP individuals", "PDI (individus)", "IDPs present", "Estimated IDPs",
                     "Total number of displaced persons"):
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
