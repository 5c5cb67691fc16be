"""The installed tree works where it is, and after it was moved: pkg-config, find_package, add_subdirectory; the
library is hardened."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PROGRAM = "#include <mtm.h>\n#include <stdio.h>\nint main(void) { return puts(mtm_version()) < 0; }\n"
PROJECT = """cmake_minimum_required(VERSION 3.25)
project(use C)
{find}
add_executable(use use.c)
target_link_libraries(use PRIVATE mtm::mtm)
"""


def run(*command, **options):
    result = subprocess.run(command, capture_output=True, text=True, **options)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\n{result.stdout}{result.stderr}")
    return result.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        run("cmake", "--install", str(BUILD), "--prefix", str(cls.folder / "first"))
        cls.tree = cls.folder / "moved"
        (cls.folder / "first").rename(cls.tree)
        cls.libraries = next(cls.tree.rglob("pkgconfig/mtm.pc")).parents[1]
        (cls.folder / "use.c").write_text(PROGRAM)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def environment(self):
        return dict(os.environ, PKG_CONFIG_PATH=str(self.libraries / "pkgconfig"),
                    LD_LIBRARY_PATH=str(self.libraries))

    def test_pkg_config(self):
        environment = self.environment()
        flags = run("pkg-config", "--cflags", "--libs", "mtm", env=environment).split()
        program = self.folder / "by-pkg-config"
        run("cc", str(self.folder / "use.c"), "-o", str(program), *flags)
        version = run("pkg-config", "--modversion", "mtm", env=environment).strip()
        self.assertEqual(run(str(program), env=environment).strip(), version)

    def build(self, find, *settings):
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copy(self.folder / "use.c", folder)
        (folder / "CMakeLists.txt").write_text(PROJECT.format(find=find))
        run("cmake", "-S", str(folder), "-B", str(folder / "build"), "-G", "Ninja", *settings)
        run("cmake", "--build", str(folder / "build"), "--target", "use")
        self.assertTrue(run(str(folder / "build/use")).startswith("0."))

    def test_find_package(self):
        version = run("pkg-config", "--modversion", "mtm", env=self.environment()).strip()
        self.build(f"find_package(mtm {version} REQUIRED)", f"-DCMAKE_PREFIX_PATH={self.tree}")

    def test_add_subdirectory(self):
        self.build(f'add_subdirectory("{SOURCE}" mtm EXCLUDE_FROM_ALL)')

    def test_headers_are_all_there(self):
        installed = {p.relative_to(self.tree / "include").as_posix() for p in (self.tree / "include").rglob("*.h")}
        ours = {p.relative_to(SOURCE / "include").as_posix() for p in (SOURCE / "include").rglob("*.h")}
        self.assertEqual(installed, ours)

    def test_hardening(self):
        library = self.libraries / "libmtm.so"
        if not library.exists():
            self.skipTest("a static build")
        dynamic = run("readelf", "-Wdl", str(library))
        self.assertIn("NOW", dynamic)
        self.assertIn("GNU_RELRO", dynamic)
        self.assertNotIn("RPATH", dynamic)
        self.assertIn("libmtm.so.1", dynamic)
        self.assertRegex(dynamic, r"GNU_STACK.*RW ")


if __name__ == "__main__":
    unittest.main()
