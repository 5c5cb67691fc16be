"""Doors between the rooms of lib/ open one way, as docs/architecture.md says; the sizes of files stay readable."""
import pathlib
import re
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BELOW = {
    "base": set(),
    "period": {"base"},
    "codelist": {"base", "period"},
    "data": {"base", "period", "codelist"},
    "read": {"base", "period", "codelist", "data"},
    "tabulate": {"base", "period", "codelist", "data", "read"},
    "catalogue": {"base", "period", "codelist"},
    "indicator": {"base", "period", "codelist", "data", "catalogue"},
    "report": {"base", "period", "codelist"},
    "render": {"base", "period", "codelist"},
}
# Single headers of rooms that are otherwise closed.
HEADERS = {"report": {"indicator/result.h", "data/dataset.h"}, "render": {"report/report.h", "report/words.h"}}
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)
SYSTEM = re.compile(r"^\s*#\s*include\s+<([^>]+)>", re.MULTILINE)
LONGEST = 500


def sources():
    for path in sorted((SOURCE / "lib").rglob("*.[ch]")):
        yield path.relative_to(SOURCE / "lib"), path.read_text(encoding="utf-8")


class Rooms(unittest.TestCase):
    def test_every_room_is_known(self):
        rooms = {path.parts[0] for path, _ in sources()}
        self.assertEqual(rooms - set(BELOW), set())

    def test_doors_open_downwards(self):
        wrong = []
        for path, text in sources():
            room = path.parts[0]
            for name in INCLUDE.findall(text):
                target = name.split("/")[0]
                if "/" not in name or target == room or target in BELOW[room] or name in HEADERS.get(room, ()):
                    continue
                wrong.append(f"{path}: {name}")
        self.assertEqual(wrong, [])

    def test_locale_and_output_headers_stay_out(self):
        wrong = [f"{path}: {name}" for path, text in sources() for name in SYSTEM.findall(text)
                 if name in ("locale.h", "time.h", "signal.h", "assert.h", "math.h")]
        self.assertEqual(wrong, [])

    def test_files_stay_readable(self):
        long = [f"{path}: {text.count(chr(10))} lines" for path, text in sources()
                if text.count("\n") > LONGEST and not path.name.startswith("shapes")]
        self.assertEqual(long, [])

    def test_the_program_uses_the_public_interface_only(self):
        wrong = [f"{path.name}: {name}" for path in (SOURCE / "examples").rglob("*.[ch]")
                 for name in INCLUDE.findall(path.read_text(encoding="utf-8"))
                 if not (path.parent / name).exists()]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
