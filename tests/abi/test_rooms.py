"""The rooms of lib/: includes go downwards, nothing goes in circles, folders, files and
functions stay small, every room has its README.

BELOW is the one list of rooms. `python3 tests/abi/test_rooms.py --update` writes the table of docs/architecture.md from it and
from the first sentence of each README."""
import itertools
import pathlib
import re
import sys
import unittest

import structure

SOURCE = pathlib.Path(__file__).resolve().parents[2]
# Each room or wing of a room, and the ones that it may include.
CODES = {"base", "period", "codelist"}
FACTS = CODES | {"number", "data"}
TABLE = FACTS | {"read/descriptor", "read/check", "read/table"}
READ = TABLE | {"read/subject", "read/csv", "read/xlsx", "read/ods", "read/px", "read/json", "read/arrow", "read/observe", "read/known", "read"}
BELOW = {
    "base": set(),
    "geo": {"base"},
    "period": {"base"},
    "codelist": {"base", "period"},
    "number": {"base", "codelist"},
    "data": CODES | {"geo", "data/claims"},
    "data/claims": CODES | {"data"},
    "store/releases": CODES,
    "read/descriptor": FACTS | {"store/releases"},
    "store": CODES | {"data", "number", "read/descriptor", "store/releases"},
    "read/subject": CODES,
    "read/check": FACTS | {"read/descriptor"},
    "read/table": FACTS | {"read/descriptor", "read/check", "read/subject"},
    "read/csv": TABLE,
    "read/xlsx": TABLE,
    "read/ods": TABLE | {"read/xlsx"},
    "read/px": TABLE | {"read/csv"},
    "read/json": TABLE | {"read/csv"},
    "read/arrow": TABLE,
    "read/observe": TABLE,
    "read/known": TABLE | {"read/arrow", "read/observe"},
    "read": READ | {"geo"},
    "read/rows": READ,
    "tabulate/scan": {"base"},
    "tabulate/columns": READ | {"tabulate/scan", "tabulate"},
    "tabulate/share": READ | {"tabulate/scan", "tabulate"},
    "tabulate": READ | {"read/rows", "tabulate/scan", "tabulate/columns", "tabulate/share", "registration", "flow"},
    "flow": READ,
    "registration": READ | {"tabulate/scan", "tabulate"},
    "survey/math": {"base"},
    "survey/state": READ | {"survey", "survey/math"},
    "survey/form": READ | {"survey", "survey/math"},
    "survey/publish": READ | {"survey", "survey/math"},
    "survey/groups": READ | {"survey", "survey/math", "survey/publish"},
    "survey": READ | {"survey/math", "survey/form", "survey/publish", "survey/groups"},
    "catalogue": CODES,
    "coverage": CODES | {"data"},
    "mobility": CODES | {"data"},
    "highlight": CODES | {"data"},
    "indicator/definition": CODES | {"data", "catalogue", "highlight", "indicator"},
    "indicator/survey": CODES | {"data", "indicator", "indicator/definition"},
    "indicator/mobility": CODES | {"data", "coverage", "mobility", "indicator", "indicator/definition"},
    "indicator": CODES | {"data", "coverage", "catalogue", "highlight", "indicator/definition", "indicator/survey", "indicator/mobility",
                        "indicator/growth", "indicator/background", "indicator/request"},
    "indicator/background": CODES | {"data", "indicator"},
    "indicator/request": CODES | {"data", "indicator", "indicator/definition"},
    "indicator/growth": CODES | {"data", "coverage", "indicator", "indicator/definition"},
    "propose": READ | {"indicator", "survey/form"},
    "revisions": CODES | {"data"},
    "disclosure": CODES | {"disclosure/rounding", "disclosure/registers", "disclosure/suppression"},
    "report/survey": CODES | {"disclosure", "report"},
    "report": CODES | {"disclosure", "report/survey"},
    "disclosure/tables": CODES | {"data", "disclosure"},
    "disclosure/rounding": CODES | {"disclosure", "disclosure/suppression"},
    "disclosure/registers": CODES | {"disclosure", "disclosure/suppression"},
    "disclosure/suppression": CODES | {"disclosure"},
    "render/chart": CODES | {"render"},
    "render/map": CODES | {"geo", "render", "render/office"},
    "render/links": CODES | {"render", "render/chart"},
    "render/survey": CODES | {"render", "render/chart", "render/office"},
    "render/office": CODES | {"render"},
    "render/documents": CODES | {"render/office", "render", "render/survey"},
    "render/exchange": CODES | {"render"},
    "render": CODES | {"render/chart", "render/office", "render/exchange", "render/survey",
                       "render/map", "render/links"},
}
# Single headers of rooms that are otherwise closed.
HEADERS = {
    "indicator": {"tabulate/counts.h"},
    "indicator/survey": {"survey/estimates.h"},
    "disclosure": {"indicator/result.h", "indicator/evidence.h", "indicator/survey/survey_finding.h", "survey/estimates.h",
                   "survey/publish/publish.h"},
    "disclosure/tables": {"indicator/result.h", "indicator/evidence.h"},
    "disclosure/rounding": {"indicator/result.h", "indicator/evidence.h"},
    "disclosure/registers": {"indicator/evidence.h"},
    "report": {"indicator/result.h", "data/dataset.h", "highlight/highlight.h", "highlight/template.h"},
    "report/survey": {"indicator/survey/survey_finding.h", "indicator/result.h", "data/dataset.h"},
    "render": {"report/report.h", "report/words.h"},
    "render/links": {"report/report.h"},
    "render/map": {"report/report.h", "data/boundaries.h"},
    "render/survey": {"report/report.h", "report/survey/report_survey.h"},
    "render/documents": {"report/report.h"},
    "render/exchange": {"report/report.h"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
SYSTEM = re.compile(r"^\s*#\s*include\s+<([^>]+)>", re.MULTILINE)
LONGEST = 500
MOST_PATHS = 20  # through one function (McCabe)
MOST = 25

# Ladders: a status carried from call to call by conditions, where MTMI_TRY would end at the first that fails. A call that
# stands in a condition of the last one's status is a ladder; a loop or a block that asks it may be right, where something of
# its own has to be freed or the status has a second meaning. Of both there may only be fewer.
LADDER = re.compile(r"\bstatus\s*=\s*status == MTM_OK\s*\?[^;]*:\s*status;")
CARRIED = re.compile(r"(?<![>.\w])(?:(?:while|for) \([^\n]*[^>.\w]status == MTM_OK|if \(status == MTM_OK[^\n]*\{\n\s*status =)")
MOST_LADDERS, MOST_CARRIED = 3, 36

# The comment at the head of a file, and what it may not be made of.
HEAD = re.compile(r"/\*(.*?)\*/", re.DOTALL)
LABELS = re.compile(r"\b(In|Out|Comes in|Goes out|What comes in|What goes out):|\b[Ii]t (does not know|knows no)\b")
LONG = 400  # lines of a source


def sources():
    for path in sorted((SOURCE / "lib").rglob("*.[ch]")):
        yield path.relative_to(SOURCE / "lib"), path.read_text(encoding="utf-8")


def tests():
    for path in sorted((SOURCE / "tests").rglob("*")):
        if path.suffix in (".c", ".h", ".py"):
            yield path.relative_to(SOURCE), path.read_text(encoding="utf-8")


def room_of(path):
    """The wing that a file lies in, where its room has one of that name, else the room."""
    wing = "/".join(path.parts[:2])
    return wing if wing in BELOW else path.parts[0]


def architecture():
    """docs/architecture.md with the table of rooms as BELOW and the READMEs have it."""
    path = SOURCE / "docs/architecture.md"
    rows = ["| room | purpose | may include |", "|---|---|---|"]
    for room in sorted(BELOW):
        purpose = (SOURCE / "lib" / room / "README.md").read_text(encoding="utf-8").split("\n")[2]
        rows.append(f"| `{room}/` | {purpose} | {', '.join(sorted(BELOW[room])) or '-'} |")
    start, end = "<!-- rooms -->\n", "<!-- end of rooms -->"
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(start, 1)
    return path, text, before + start + "\n".join(rows) + "\n" + end + rest.split(end, 1)[1]


class Rooms(unittest.TestCase):
    def test_every_room_is_known(self):
        self.assertEqual({room_of(path) for path, _ in sources()} - set(BELOW), set())

    def test_every_room_says_what_it_is_for(self):
        missing = [room for room in BELOW if not (SOURCE / "lib" / room / "README.md").is_file()]
        self.assertEqual(missing, [])
        path, text, wanted = architecture()
        self.assertEqual(text, wanted, f"{path.name}: run python3 tests/abi/test_rooms.py --update")

    def test_every_readme_leads_a_reader_in(self):
        lacking = [f"{path.relative_to(SOURCE)}: {word}" for path in sorted((SOURCE / "lib").rglob("README.md"))
                   for word in ("**In**", "**Out**", "**Start reading**", "**To add one more") if word not in path.read_text(encoding="utf-8")]
        self.assertEqual(lacking, [])

    def test_every_file_begins_with_what_it_does(self):
        """One sentence in the field's words; then the reference or the invariant, which a long source must have. No labels of
        what comes in and goes out: the parameters say that."""
        wrong = []
        for path, text in sources():
            head = HEAD.match(text)
            words = " ".join(re.sub(r"\n\s*\*", " ", head.group(1)).split()) if head else ""
            sentences = re.findall(r"[.:](?:\s|$)", words)
            if len(words.split()) < 4 or not words.endswith((".", ":")):
                wrong.append(f"{path}: expected a sentence, found {words!r}")
            elif LABELS.search(words):
                wrong.append(f"{path}: expected sentences, found {LABELS.search(words).group(0)!r}")
            elif path.suffix == ".c" and text.count("\n") > LONG and len(sentences) < 2:
                wrong.append(f"{path}: expected the reference or the invariant behind the first sentence")
        self.assertEqual(wrong, [])

    def test_doors_open_downwards(self):
        wrong = []
        for path, text in sources():
            room = room_of(path)
            for name in INCLUDE.findall(text):
                target = room_of(pathlib.PurePath(name))
                if "/" not in name or target == room or target in BELOW[room] or name in HEADERS.get(room, ()):
                    continue
                wrong.append(f"{path}: {name}")
        self.assertEqual(wrong, [])

    def test_folders_hold_at_most_25_sources(self):
        count = {}
        for path, _ in sources():
            if path.suffix == ".c":
                count[path.parent.as_posix()] = count.get(path.parent.as_posix(), 0) + 1
        self.assertEqual({folder: n for folder, n in count.items() if n > MOST}, {})

    def test_files_have_one_name_each(self):
        places = {}
        for path, _ in sources():
            places.setdefault(path.name, []).append(path.parent.as_posix())
        self.assertEqual({name: rooms for name, rooms in places.items() if len(rooms) > 1}, {},
                         "debuggers and messages show a file by its name alone: put the room into it")

    def test_locale_and_output_headers_stay_out(self):
        wrong = [f"{path}: {name}" for path, text in sources() for name in SYSTEM.findall(text)
                 if name in ("locale.h", "time.h", "signal.h", "assert.h")
                 or name == "math.h" and path.parts[0] != "survey"]  # estimates need logarithms
        self.assertEqual(wrong, [])

    def test_files_stay_readable(self):
        long = [f"{path}: {text.count(chr(10))} lines" for path, text in itertools.chain(sources(), tests())
                if text.count("\n") > LONGEST]
        self.assertEqual(long, [])

    def test_a_failed_call_ends_its_function(self):
        ladders = [f"{path}:{text.count(chr(10), 0, found.start()) + 1}" for path, text in sources()
                   for found in LADDER.finditer(text)]
        self.assertLessEqual(len(ladders), MOST_LADDERS, f"{ladders}: use MTMI_TRY or MTMI_CHECK_STATUS (lib/base/try.h)")
        carried = [f"{path}:{text.count(chr(10), 0, found.start()) + 1}" for path, text in sources()
                   for found in CARRIED.finditer(text)]
        self.assertLessEqual(len(carried), MOST_CARRIED, carried)

    def test_the_program_uses_the_public_interface_only(self):
        wrong = [f"{path.name}: {name}" for path in (SOURCE / "examples").rglob("*.[ch]")
                 for name in INCLUDE.findall(path.read_text(encoding="utf-8"))
                 if not (path.parent / name).exists()]
        self.assertEqual(wrong, [])


class Structure(unittest.TestCase):
    """No circles, one name for each type, no function of too many paths."""

    def test_no_circle_between_files(self):
        calls = structure.calls()
        new = [" ".join(circle) for circle in structure.circles(structure.includes() | calls)]
        self.assertEqual(new, [], "python3 tests/abi/structure.py says which call or include makes it one")
        if not calls:
            self.skipTest("nothing is built: only includes were looked at, no calls")

    def test_hidden_types_have_one_name_each(self):
        new = [f"{name}: {', '.join(files)}" for name, files in structure.repeated_types().items()]
        self.assertEqual(new, [])

    def test_functions_stay_simple(self):
        found = structure.complex_functions(MOST_PATHS)
        if found is None:
            self.skipTest("pmccabe is not installed; on Debian: apt install pmccabe")
        new = [f"{place}: {n}" for place, n in found.items()]
        self.assertEqual(new, [], f"cyclomatic complexity at most {MOST_PATHS}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        architecture()[0].write_text(architecture()[2], encoding="utf-8")
        sys.exit(0)
    unittest.main()
