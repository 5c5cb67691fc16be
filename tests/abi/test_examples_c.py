"""The examples in C, built against the installed library by pkg-config and by find_package, print what they should."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
EXAMPLES = SOURCE / "examples/c"
PACKAGE = "../kazakhstan-2024-q2"
RUNS = {
    "check": ["figures.csv"],
    "compute": [PACKAGE, "arrivals"],
    "explain": [PACKAGE, "immigration", "2023-Q2"],
    "match": ["country", "Узбекистан", "Korea", "Guinea", "Прочие", "СНГ", "Uzbekistaan", "Кoрея"],
    "report": [PACKAGE, "FOLDER/report.html", "ru"],
    "store": ["FOLDER/releases", PACKAGE, "statistics", "2026-09-30"],
    "survey": ["../households", "food_insecure", "population_group"],
    "tabulate": ["crossings-april.csv", "crossings-may.csv"],
}


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        run("cmake", "--install", str(BUILD), "--prefix", str(cls.folder / "installed"))
        libraries = next((cls.folder / "installed").rglob("pkgconfig/mtm.pc")).parents[1]
        cls.environment = dict(os.environ, PKG_CONFIG_PATH=str(libraries / "pkgconfig"), LD_LIBRARY_PATH=str(libraries))

    def compare(self, programs):
        for name, arguments in RUNS.items():
            with self.subTest(name):
                arguments = [argument.replace("FOLDER", str(programs)) for argument in arguments]
                printed = run(str(programs / name), *arguments, cwd=EXAMPLES, env=self.environment)
                stored = EXAMPLES / f"{name}.out"
                if os.environ.get("MTM_UPDATE"):
                    stored.write_text(printed, encoding="utf-8")
                self.assertEqual(printed, stored.read_text(encoding="utf-8"), "tests/update-expected stores it anew; look at the difference")
        self.assertTrue((programs / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>"))

    def test_every_example_is_here(self):
        self.assertEqual(sorted(RUNS), sorted(p.stem for p in EXAMPLES.glob("*.c")))

    def test_by_pkg_config(self):
        programs = self.folder / "by-pkg-config"
        programs.mkdir()
        flags = run("pkg-config", "--cflags", "--libs", "mtm", env=self.environment).split()
        for name in RUNS:
            run("cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", str(EXAMPLES / f"{name}.c"), "-o",
                str(programs / name), *flags)
        self.compare(programs)

    def test_by_cmake(self):
        programs = self.folder / "by-cmake"
        run("cmake", "-S", str(EXAMPLES), "-B", str(programs), "-G", "Ninja",
            f"-DCMAKE_PREFIX_PATH={self.folder / 'installed'}")
        run("cmake", "--build", str(programs))
        self.compare(programs)

    def test_wrong_use_and_errors(self):
        program = self.folder / "compute"
        flags = run("pkg-config", "--cflags", "--libs", "mtm", env=self.environment).split()
        run("cc", "-std=c11", str(EXAMPLES / "compute.c"), "-o", str(program), *flags)
        for arguments, code in (([], 2), (["missing", "arrivals"], 1), ([PACKAGE, "xyzzy"], 1),
                                ([PACKAGE, "arrivals", "2024-Q9"], 1)):
            result = subprocess.run([program, *arguments], capture_output=True, text=True, cwd=EXAMPLES,
                                    env=self.environment)
            self.assertEqual((result.returncode, result.stdout), (code, ""))
            self.assertEqual(len(result.stderr.splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
