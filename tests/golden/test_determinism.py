"""Same input, same bytes: over runs, locales, time zones, working folders; formats and languages all."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = BUILD / "examples/mtm/mtm"
PACKAGE = SOURCE / "examples/kazakhstan-2024-q2"
FORMATS = ("text", "markdown", "html", "json", "csv", "sdmx-csv", "xlsx", "ods", "docx", "pptx", "sdmx-ml", "sdmx-structure", "sdmx-json-structure",
           "sdmx-json", "json-stat", "json-ld")
LOCALES = ("de_DE", "tr_TR", "ru_RU")


def digest(form, language, environment=None, cwd=None):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "report"
        subprocess.run([PROGRAM, "report", PACKAGE, "--format", form, "--language", language, "-o", out], check=True,
                       env=dict(os.environ, **(environment or {})), cwd=cwd)
        return hashlib.sha256(out.read_bytes()).hexdigest()


class Determinism(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not PROGRAM.exists():
            raise unittest.SkipTest("the program is not built")
        cls.formats = [f for f in FORMATS if f != "xlsx" or "xlsx-write" in
                       subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout]
        cls.expected = {(f, l): digest(f, l) for f in cls.formats for l in ("en", "ru", "kk")}

    def same(self, environment=None, cwd=None):
        for (form, language), expected in self.expected.items():
            with self.subTest(format=form, language=language):
                self.assertEqual(digest(form, language, environment, cwd), expected)

    def test_languages_differ(self):
        self.assertEqual(len(set(self.expected.values())), len(self.expected))

    def test_over_runs(self):
        self.same()

    def test_over_time_zones_and_folders(self):
        self.same({"TZ": "Asia/Almaty"}, "/")
        self.same({"TZ": "America/St_Johns"}, "/")

    def test_over_locales(self):
        if shutil.which("localedef") is None:
            self.skipTest("localedef is not installed")
        with tempfile.TemporaryDirectory() as folder:
            for name in LOCALES:
                made = subprocess.run(["localedef", "-i", name, "-f", "UTF-8", f"{folder}/{name}.UTF-8"],
                                      capture_output=True)
                if made.returncode > 1:
                    self.skipTest("the locales' sources are not installed; on Debian: apt install locales")
                self.same({"LOCPATH": folder, "LC_ALL": f"{name}.UTF-8"})
        self.same({"LC_ALL": "C"})


if __name__ == "__main__":
    unittest.main()
