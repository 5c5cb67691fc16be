"""Every C file is laid out as .clang-format says. `clang-format -i FILE` lays it out; versions differ in small things, so
another major version than the one named there is a visible skip."""
import pathlib
import re
import shutil
import subprocess
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]


def c_files():
    folders = ("include", "lib", "bindings", "examples", "tests")
    found = (p for folder in folders for ending in ("*.c", "*.h") for p in (SOURCE / folder).rglob(ending))
    return sorted(str(p) for p in found if "node_modules" not in p.parts)


class Format(unittest.TestCase):
    def test_layout(self):
        tool = shutil.which("clang-format-14") or shutil.which("clang-format")
        if tool is None:
            self.skipTest("clang-format is not installed")
        wanted = re.search(r"clang-format (\d+)", (SOURCE / ".clang-format").read_text()).group(1)
        version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
        if f"version {wanted}." not in version:
            self.skipTest(f"clang-format {wanted} is needed, this is {version.strip()}")
        checked = subprocess.run([tool, "--dry-run", "--Werror", *c_files()], capture_output=True, text=True)
        places = [line for line in checked.stderr.splitlines() if "clang-format-violations" in line]
        self.assertEqual(places, [], "run clang-format -i on these files")
        self.assertEqual(checked.returncode, 0)


if __name__ == "__main__":
    unittest.main()
