"""mtm init --ask, through a terminal: the table in colour, the questions, the package that the answers make."""
import json
import os
import re
import subprocess
import sys
import unittest

from program import PROGRAM, ProgramTest, environment, open_terminal, read_terminal, run

PERMITS = "Residence permits\nperiod,citizenship,value\n2024-Q1,UZB,10\n2024-Q2,KGZ,20\n"


class Ask(ProgramTest):
    def ask(self, files, answers, *options, code=0, **changes):
        """What the terminal showed, and the package; answers are typed line by line, None is the end of input."""
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        main, other = open_terminal(100)
        process = subprocess.Popen([PROGRAM, "init", self.folder / "p", *[self.folder / name for name in files], "--ask", *options],
                                   stdin=other, stdout=other, stderr=other, env=environment(TERM="xterm", **changes))
        os.close(other)
        os.write(main, b"".join(b"\x04" if a is None else a.encode() + b"\n" for a in answers))
        shown = read_terminal(main)
        self.assertEqual(process.wait(), code, shown)
        package = self.folder / "p/datapackage.json"
        return shown, json.loads(package.read_text(encoding="utf-8")) if package.exists() else None

    def test_country_kind_and_concept(self):
        shown, package = self.ask({"t.csv": PERMITS}, ["Kazakhstan", "", "flow", "no"])
        self.assertEqual(package["mtm"]["country"], "KAZ")
        own = package["resources"][0]["mtm"]
        self.assertEqual((own["concept"], own["kind"], own["cumulative"]), ("residence-permits", "flow", False))
        self.assertNotIn("concept", " ".join(own["unsure"]))
        self.assertRegex(shown, r"What does the table count\?")
        self.assertIn("[residence-permits]", shown)

    def test_the_table_is_shown_in_colour(self):
        shown, _ = self.ask({"t.csv": PERMITS}, ["KAZ", "", "", ""])
        self.assertIn("\033[36m2024-Q1\033[0m", shown)
        self.assertIn("\033[32mUZB\033[0m", shown)
        plain, _ = self.ask({"u.csv": PERMITS}, ["KAZ", "", "", ""], NO_COLOR="1", code=1)  # a package is there already
        self.assertNotIn("\033[36m", plain)

    def test_nothing_is_asked_that_is_known(self):
        text = "period,direction,citizenship,value\n2024-01,arrivals,UZB,1\n2024-01,departures,UZB,2\n"
        shown, package = self.ask({"crossings.csv": text}, [], "--country", "KAZ", "--concept", "border-crossings")
        self.assertNotIn("?", re.sub(r"\033\[[0-9;]*m", "", shown).split("datapackage.json describes")[0].split("\n\n")[-1])
        self.assertEqual(package["resources"][0]["mtm"]["concept"], "border-crossings")

    def test_marks_dashes_and_dates(self):
        text = "date,citizenship,value\n03/04/2024,UZB,1\n05/06/2024,KGZ,-\n"
        shown, package = self.ask({"migration.csv": text}, ["KAZ", "day", "nothing", "", "IN", "no"])
        own = package["resources"][0]["mtm"]
        self.assertEqual((own["numbers"], own["dateOrder"], own["dimensions"]), ({"zero": ["-"]}, "dmy", {"direction": "IN"}))
        checked = json.loads(self.fine("check", self.folder / "p", "-f", "json"))
        self.assertEqual((checked["rows"]["accepted"], checked["rows"]["rejected"]), (2, 0))

    def test_rows_are_events(self):
        text = "date,citizenship,sex\n2024-04-01,UZB,F\n2024-04-02,KGZ,M\n"
        _, package = self.ask({"border.csv": text}, ["KAZ", "1", "border-crossings", "2"])
        own = package["resources"][0]["mtm"]
        self.assertEqual((own["microdata"], own["concept"], own["dimensions"]), (True, "border-crossings", {"direction": "OUT"}))

    def test_an_answer_that_is_none_is_asked_again(self):
        shown, package = self.ask({"t.csv": PERMITS}, ["KAZ", "99", "nonsense", "residence-permits", "stock", "no"])
        self.assertEqual(shown.count("Give a number from 1 to"), 2)
        self.assertEqual(package["resources"][0]["mtm"]["kind"], "stock")

    def test_what_is_left_open_stays_unsure(self):
        _, package = self.ask({"t.csv": "period,citizenship,value\n2024-Q1,UZB,1\n2024-Q2,UZB,1\n"}, ["", "", ""])
        self.assertNotIn("country", package["mtm"])
        self.assertIn("country is not in the files", " ".join(package["mtm"]["unsure"]))
        self.assertIn("concept is not known", " ".join(package["resources"][0]["mtm"]["unsure"]))

    def test_the_end_of_input_writes_nothing(self):
        shown, package = self.ask({"t.csv": PERMITS}, ["KAZ", None], code=1)
        self.assertIsNone(package)
        self.assertIn("stopped", shown)

    def test_not_without_a_terminal(self):
        (self.folder / "t.csv").write_text(PERMITS)
        result = run("init", self.folder / "p", self.folder / "t.csv", "--ask", input="KAZ\n")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--ask needs a terminal", result.stderr)
        self.assertFalse((self.folder / "p").exists())

    def test_check_of_the_package_is_the_check_that_was_shown(self):
        text = "period;citizenship;value\n2024-Q1;UZB;12*\n2024-Q2;KGZ;(5)\n"
        _, package = self.ask({"migration.csv": text}, ["KAZ", "yes", "yes", "", "IN", "no"])
        checked = json.loads(run("check", self.folder / "p", "-f", "json").stdout)
        self.assertEqual(checked["rows"]["rejected"] + checked["rows"]["accepted"], 2, package)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
