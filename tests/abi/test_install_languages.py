"""The Python and R packages install as users install them, and work without the build folder: a wheel that carries libmtm,
with and without build isolation; an R package that finds the installed library by pkg-config."""
import importlib.util
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PACKAGE = SOURCE / "examples/kazakhstan-2024-q2"
PYTHON = f"import mtm; r = mtm.Package.read({str(PACKAGE)!r}).compute('arrivals'); print(r.value, r.previous.percent)"
R = f"library(mtm); r <- mtm_compute('{PACKAGE}', 'arrivals'); cat(r$value_text, r$previous$percent_text)"


def run(*command, **options):
    result = subprocess.run(list(map(str, command)), capture_output=True, text=True, **options)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout[-4000:]}{result.stderr[-4000:]}")
    return result.stdout


def configured(option):
    return f"{option}:BOOL=ON" in (BUILD / "CMakeCache.txt").read_text()


class Install(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def clean(self, **more):
        environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "R_LIBS", "MTM_LIBS", "MTM_CFLAGS")}
        return dict(environment, **more)

    @unittest.skipUnless(configured("MTM_BUILD_PYTHON"), "the Python package is not built")
    @unittest.skipUnless(importlib.util.find_spec("ensurepip"), "on Debian: apt install python3-venv")
    def test_python(self):
        for isolation in ([], ["--no-build-isolation"]):
            place = self.folder / ("venv" + "".join(isolation))
            run(sys.executable, "-m", "venv", place, env=self.clean())
            run(place / "bin/pip", "install", "--no-index", *isolation, SOURCE / "bindings/python", cwd=self.folder,
                env=self.clean(PIP_DISABLE_PIP_VERSION_CHECK="1"))
            out = run(place / "bin/python", "-c", PYTHON, cwd=self.folder, env=self.clean())
            self.assertEqual(out.strip(), "4001714 34.5")

    @unittest.skipUnless(configured("MTM_BUILD_PYTHON"), "the Python package is not built")
    def test_python_by_cmake(self):
        run("cmake", "--install", BUILD, "--prefix", self.folder / "usr")
        package = next((self.folder / "usr").rglob("mtm/__init__.py")).parents[1]
        self.assertIn("packages", package.name)
        library = next((self.folder / "usr").rglob("libmtm.so.1")).parent
        out = run(sys.executable, "-c", PYTHON, cwd=self.folder,
                  env=self.clean(PYTHONPATH=str(package), LD_LIBRARY_PATH=str(library)))
        self.assertEqual(out.strip(), "4001714 34.5")

    @unittest.skipUnless(configured("MTM_BUILD_R"), "the R package is not built")
    def test_r(self):
        run("cmake", "--install", BUILD, "--prefix", self.folder / "usr")
        config = next((self.folder / "usr").rglob("mtm.pc")).parent
        (self.folder / "lib").mkdir()
        environment = self.clean(PKG_CONFIG_PATH=str(config), LD_LIBRARY_PATH=str(config.parent),
                                 R_LIBS=str(self.folder / "lib"))
        shutil.copytree(BUILD / "r/mtm", self.folder / "mtm")
        run("R", "CMD", "INSTALL", f"--library={self.folder / 'lib'}", self.folder / "mtm", env=environment)
        out = run("Rscript", "--vanilla", "-e", R, cwd=self.folder, env=environment)
        self.assertEqual(out.strip(), "4001714 34.5")


if __name__ == "__main__":
    unittest.main()
