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
