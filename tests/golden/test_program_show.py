"""mtm check --show: the rows as they stand, each cell with what it was taken for; on a terminal in colour, as a page without."""
import html.parser
import re
import sys
import unittest

from program import ProgramTest, run

TABLE = """Migration of the population
Unit: thousand persons
period,citizenship,unit,remark,value
2024-Q1,UZB,persons,x,10
2024-Q1,KGZ,persons,y,5 apples
2024-Q1,KGZ,persons,y,5
2024-Q1,total,persons,,15
Note: preliminary figures
"""
WIDE = """Region,2023,2024
Total,12,13
Abai,5,6
Almaty city,7,7
"""


class Page(html.parser.HTMLParser):
    """Rows of the page: (line, kind, [(class, text)])."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.tags, self.open, self.cell, self.text = [], [], [], None, text
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if tag == "tr" and "id" in attributes:
            self.rows.append([attributes["id"], attributes["class"], []])
        elif tag == "td" and self.rows:
            self.cell = [attributes.get("title", ""), ""]
            self.rows[-1][2].append(self.cell)

    def handle_endtag(self, tag):
        if tag == "td":
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell[1] += data


class Show(ProgramTest):
    def page(self, text, *options):
        path = self.folder / "t.csv"
        path.write_text(text, encoding="utf-8")
        run("check", path, "-o", self.folder / "t.html", *options)
        return Page((self.folder / "t.html").read_text(encoding="utf-8"))

    def test_classes_in_the_page(self):
        page = self.page(TABLE)
        self.assertEqual([r[1] for r in page.rows], ["apart", "apart", "head", "data", "bad", "data", "sum", "apart"])
        self.assertEqual([c[0] for c in page.rows[0][2]], ["note"])
        self.assertEqual({c[0] for c in page.rows[2][2]}, {"header"})
        self.assertEqual(page.rows[3][2], [["period", "2024-Q1"], ["label", "UZB"], ["unit", "persons"], ["note", "x"],
                                          ["figure", "10"]])
        self.assertEqual(page.rows[4][2][4], ["refused", "5 apples"])
        self.assertEqual(page.rows[6][2][4], ["total", "15"])

    def test_periods_as_columns(self):
        page = self.page(WIDE)
        self.assertEqual([c[0] for c in page.rows[0][2]], ["header", "period", "period"])
        self.assertEqual([c[0] for c in page.rows[1][2]], ["label", "total", "total"])

    def test_columns_left_out(self):
        (self.folder / "t.csv").write_text("period,citizenship,code,value\n2024,UZB,a,1\n")
        (self.folder / "datapackage.json").write_text(
            '{"name":"p","resources":[{"name":"t","path":"t.csv","mtm":{"concept":"migration"}}]}')
        shown = run("check", self.folder, "--show").stdout
        self.assertRegex(shown, r"\n +is +period +label +left out +figure *\n")

    def test_a_row_that_is_not_cut(self):
        page = self.page('period,country,value\n2024,UZB "x" y,1\n2024,"KGZ"z,2\n')
        self.assertEqual([r[1] for r in page.rows], ["head", "bad", "bad"])
        self.assertEqual(page.rows[2][2], [["", '2024,"KGZ"z,2']])

    def test_the_page_is_static_and_safe(self):
        page = self.page('period,country,value\n2024,<script>alert(1)</script>,1\n2024,"a\nb",2\n')
        self.assertNotIn("script", [tag for tag, _ in page.tags])
        self.assertFalse([a for _, a in page.tags if a.get("src") or str(a.get("href", "#"))[0] != "#"])
        self.assertIn("&lt;script&gt;", page.text)
        self.assertEqual(page.rows[2][2][1][1], "a↵b")
        for _, attributes in page.tags:  # every link leads to a row
            if "href" in attributes:
                self.assertIn(attributes["href"][1:], [r[0] for r in page.rows])

    def test_confidential_rows_are_not_shown(self):
        (self.folder / "t.csv").write_text("period,citizenship,value\n2024,UZB,1\n2024,Secretland,x\n")
        (self.folder / "datapackage.json").write_text(
            '{"name":"p","resources":[{"name":"t","path":"t.csv","mtm":{"confidential":true,"concept":"migration"}}]}')
        for form in ("html", "text"):
            shown = run("check", self.folder, "--show", "-f", form).stdout
            self.assertNotIn("Secretland", shown)
            self.assertNotIn("UZB", shown)

    def test_in_words_without_colour(self):
        (self.folder / "t.csv").write_text(TABLE)
        shown = run("check", self.folder / "t.csv", "--show").stdout
        self.assertNotIn("\033", shown)
        self.assertRegex(shown, r"\n +3  header +period +citizenship +unit +remark +value *\n")
        self.assertRegex(shown, r"\n +is +period +label +unit +note +figure *\n")
        self.assertRegex(shown, r"\n +5  refused +2024-Q1 +KGZ +persons +y +5 apples *\n")
        self.assertRegex(shown, r"\n +7  total +2024-Q1 +total +persons +15 *\n")
        self.assertNotIn("refused  2024", run("check", self.folder / "t.csv").stdout)

    def test_colour_on_a_terminal_alone(self):
        path = self.folder / "t.csv"
        path.write_text(WIDE)
        shown = self.on_terminal("check", path, "--show")
        self.assertIn("\033[36m2023\033[0m", shown)
        self.assertIn("\033[32mAbai\033[0m", shown)
        self.assertIn("\033[35m12\033[0m", shown)
        self.assertNotIn("\033", self.on_terminal("check", path, "--show", NO_COLOR="1"))
        plain = re.sub(r"\033\[[0-9;]*m", "", shown)
        self.assertEqual(plain, self.on_terminal("check", path, "--show", NO_COLOR="1"))

    def test_as_wide_as_the_terminal(self):
        path = self.folder / "t.csv"
        path.write_text("region," + ",".join(str(y) for y in range(1990, 2025)) + "\nAbai" + ",1234567" * 35 + "\n")
        shown = self.on_terminal("check", path, "--show", NO_COLOR="1", columns=60).replace("\r", "")
        table = shown[shown.index("\n\n"):].splitlines()
        self.assertLessEqual(max(map(len, table)), 60)
        self.assertRegex(shown, r"and \d+ more columns")

    def test_a_long_file_shows_what_is_not_plain(self):
        rows = [f"{1900 + i // 12}-{i % 12 + 1:02d},UZB,{i}" for i in range(1500)]
        rows[1200] = "2024-01,UZB,many"
        page = self.page("period,citizenship,value\n" + "\n".join(rows) + "\n")
        self.assertEqual((len(page.rows), page.rows[-1][0], page.rows[-1][1]), (1001, "f0-1202", "bad"))
        self.assertIn("1001 of 1501 rows are shown", page.text)

    def test_a_file_that_cannot_be_read_is_shown_all_the_same(self):
        page = self.page("just,words\nand,others\n")
        self.assertEqual([r[1] for r in page.rows], ["unread", "unread"])
        self.assertEqual(page.rows[0][2][0][1], "just")

    def test_not_with_propose(self):
        self.assertIn("--show", self.refused(2, "check", self.crossings, "--propose", "--show")[0])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
