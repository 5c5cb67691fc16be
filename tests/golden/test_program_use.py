"""How mtm is used: commands, options, operands, help; exit codes; one line a diagnostic; the public interface only."""
import pathlib
import re
import unittest

from program import SOURCE, ProgramTest, environment, run


def commands():
    text = run("--help").stdout
    return re.findall(r"^  ([a-z]+)  +\S", text.split("Commands\n")[1].split("\n\n")[0], re.M)


class Use(ProgramTest):
    def test_help_of_everything(self):
        self.assertIn("Usage\n  mtm COMMAND", self.fine("--help"))
        self.assertEqual(self.fine("--help"), self.fine("-h"))
        self.assertEqual(self.fine("--help"), self.fine("help"))
        for command in commands():
            with self.subTest(command):
                text = self.fine(command, "--help")
                self.assertEqual(text, self.fine("help", command))
                self.assertEqual(text, self.fine(command, "operand", "-h"))
                self.assertTrue(text.startswith(f"mtm {command}: "))
                self.assertIn(f"Usage\n  mtm {command} [OPTION]...", text)
                for heading in ("\nOptions\n", "\nExamples\n"):
                    self.assertIn(heading, text)
                self.assertLessEqual(max(map(len, text.splitlines())), 80)
                self.assertNotIn("\033", text)

    def test_version_everywhere(self):
        text = self.fine("--version")
        self.assertRegex(text, r"\Amtm 0\.\d+\.\d+\nlibmtm 0\.\d+\.\d+\nfeatures: .+\n\Z")
        for command in commands():
            self.assertEqual(self.fine(command, "--version"), text)
        self.assertEqual(self.fine("-V"), text)

    def test_wrong_use(self):
        for arguments, expected in [
            ([], "no command"),
            (["codess"], 'unknown command "codess"; did you mean codes?'),
            (["tabluate"], "did you mean tabulate?"),
            (["xyzzy"], 'unknown command "xyzzy"; see mtm --help'),
            (["codes", "x", "--lnaguage=ru"], 'unknown option "--lnaguage"; did you mean --language?'),
            (["codes", "x", "--xyzzy"], 'unknown option "--xyzzy"; see mtm codes --help'),
            (["codes", "x", "-Z"], "unknown option -Z"),
            (["codes", "x", "--language"], "option --language needs a value"),
            (["codes", "x", "--language", "rus"], 'unknown language "rus"; did you mean ru? Expected en, ru or kk'),
            (["codes", "x", "--quiet=yes"], "option --quiet takes no value"),
            (["codes", "x", "y"], 'one operand too many: "y"'),
            (["codes", "x", "--list", "countri"], 'unknown code list "countri"; did you mean country?'),
            (["codes", "x", "--format", "jsn"], 'unknown format "jsn"; did you mean json?'),
            (["codes", "x", "--format", "html"], 'unknown format "html"; expected text, json or csv'),
            (["codes", "x", "--colour", "red"], 'unknown value of --colour "red"'),
            (["tabulate"], "nothing to count"),
            (["tabulate", "x.csv", "--period", "weeks"], "expected day, month, quarter, half-year or year"),
            (["tabulate", "x.csv", "--by", "a,,b"], "expected dimensions with commas between them"),
            (["tabulate", "x.csv", "--filter", "direction"], "such as direction=IN"),
            (["tabulate", "x.csv", "--filter", "=IN"], "such as direction=IN"),
            (["tabulate", "x.csv", "--ages", "0,,5"], "such as 0,18,65"),
            (["tabulate", "x.csv", "--ages", "5,3"], "begin with 0"),
            (["tabulate", "x.csv", "--threads", "0"], "expected a whole number from 1 to 64"),
            (["tabulate", "x.csv", "--threads", "2x"], "expected a whole number from 1 to 64"),
            (["tabulate", "--load", "x", "--by", "sex"], "--by is not taken with --load"),
            (["merge", "x"], "Expected -o STATE"),
            (["merge"], "an operand is missing"),
        ]:
            with self.subTest(" ".join(arguments)):
                lines = self.refused(2, *arguments)
                self.assertEqual(len(lines), 1)
                self.assertTrue(lines[0].startswith("mtm: "), lines)
                self.assertIn(expected, lines[0])

    def test_forms_of_options(self):
        expected = self.fine("codes", "DEU", "--language", "ru", "--format", "csv")
        self.assertIn("Германия", expected)
        for arguments in (["codes", "DEU", "--language=ru", "--format=csv"], ["codes", "-l", "ru", "-f", "csv", "DEU"],
                          ["codes", "-lru", "-fcsv", "DEU"], ["codes", "-qlru", "-fcsv", "--", "DEU"],
                          ["-q", "codes", "--format=csv", "DEU", "--language=en", "--language=ru"]):
            self.assertEqual(self.fine(*arguments), expected)

    def test_dashes_end_the_options(self):
        self.assertIn('"--list": no code list knows', self.refused(1, "codes", "--", "--list")[0])

    def test_one_line_without_control_characters(self):
        for arguments in (["\033[31mred\n"], ["codes", "a\033[2Jb\nc"], ["tabulate", "no\nfile\033[0m.csv"],
                          ["codes", "x", "--li\u009bst"], ["codes", "x", "--list", "\u202edrow"]):
            result = run(*arguments)
            self.assertNotEqual(result.returncode, 0)
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)
            self.assertNotRegex(result.stderr, "[\x00-\x09\x0b-\x1f\x7f\x80-\x9f\u202e]")

    def test_same_in_every_locale(self):
        expected = self.fine("tabulate", self.crossings, "--by", "citizenship", "--sum", "amount")
        for locale in ("C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ru_RU.UTF-8"):
            self.assertEqual(self.fine("tabulate", self.crossings, "--by", "citizenship", "--sum", "amount",
                                       env=environment(LC_ALL=locale, TZ="Asia/Almaty")), expected)

    def test_public_interface_only(self):
        own = {p.name for p in (SOURCE / "examples/mtm").glob("*.h")}
        for path in sorted((SOURCE / "examples/mtm").glob("*.[ch]")):
            for quoted, angled in re.findall(r'^#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', path.read_text(), re.M):
                if quoted:
                    self.assertIn(quoted, own, path.name)
                else:
                    self.assertTrue(angled == "mtm.h" or pathlib.Path("/usr/include", angled).exists() or
                                    "/" not in angled or angled.startswith("sys/"), f"{path.name}: {angled}")
                    self.assertNotRegex(angled, r"jansson|csv\.h|utf8proc|zlib|^mtm/", path.name)


class Codes(ProgramTest):
    def test_a_name_in_any_language(self):
        for text in ("Узбекистан", "Өзбекстан", "Uzbekistan", "UZB", "uz", "Республика Узбекистан"):
            self.assertEqual(self.fine("codes", text, "--list", "country", "--format", "csv"),
                             "list,kind,code,label,note\ncountry,code,UZB,Uzbekistan,\n", text)

    def test_nothing_by_likeness(self):
        self.assertIn("labels match exactly or not at all", self.refused(1, "codes", "Uzbekistaan")[0])
        self.assertEqual(run("codes", "Uzbekistaan", "--format", "json").stdout, "[]\n")

    def test_lists(self):
        self.assertIn("region-kz", self.fine("codes"))
        self.assertIn("KAZ", self.fine("codes", "--list", "country"))


if __name__ == "__main__":
    unittest.main()
