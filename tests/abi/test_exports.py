"""The exported symbols are a reviewed list: tests/abi/exports.txt. `python3 tests/abi/test_exports.py --update` renews it."""
import collections
import os
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
LIST = SOURCE / "tests/abi/exports.txt"
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
# Calls that print, kill the host, ask the locale or keep hidden state have no place in a library.
FORBIDDEN = set("""abort exit _exit printf puts putchar vprintf fprintf vfprintf perror __printf_chk __fprintf_chk
    __vfprintf_chk __assert_fail setlocale uselocale newlocale localeconv strtod strtof strtold strtol strtoll atoi atol
    atof sprintf vsprintf __sprintf_chk __vsprintf_chk strtok strcpy strcat gets signal sigaction sigprocmask time
    clock_gettime gettimeofday localtime gmtime mktime rand srand random getcwd chdir umask""".split())


# The interface stays small: the core, and each subsystem that came later, by the beginnings of its functions' names.
CORE = 95
SUBSYSTEM = 8
SUBSYSTEMS = {
    "disclosure control": ("mtm_estimates_protect", "mtm_package_protect"),
    "rows of any table": ("mtm_row_reader_",),
    "proposals": ("mtm_package_propose",),
    "revisions": ("mtm_catalogue_revisions", "mtm_revisions_"),
    "stores of releases": ("mtm_store_",),
    "surveys": ("mtm_survey_", "mtm_estimates_"),
}


def subsystem_of(name):
    return next((subsystem for subsystem, starts in SUBSYSTEMS.items() if name.startswith(starts)), "core")


def symbols(library, *flags):
    out = subprocess.run(["nm", "-D", *flags, str(library)], check=True, capture_output=True, text=True).stdout
    return [line.split()[-1] for line in out.splitlines() if line.split()[-2] not in "AN"]


class Exports(unittest.TestCase):
    def setUp(self):
        self.library = BUILD / "lib/libmtm.so"
        if not self.library.exists():
            self.skipTest("a static build has no exports")

    def test_are_the_reviewed_ones(self):
        found = sorted(symbols(self.library, "--defined-only"))
        self.assertEqual(found, LIST.read_text().split(), "after review: python3 tests/abi/test_exports.py --update")

    def test_are_few(self):
        counts = collections.Counter(subsystem_of(name) for name in LIST.read_text().split())
        print(", ".join(f"{subsystem} {n}" for subsystem, n in sorted(counts.items())))
        self.assertLessEqual(counts.pop("core"), CORE)
        self.assertEqual({subsystem: n for subsystem, n in counts.items() if n > SUBSYSTEM}, {})
        self.assertEqual(sorted(counts), sorted(SUBSYSTEMS))

    def test_are_public_names_with_a_version(self):
        for name in symbols(self.library, "--defined-only"):
            self.assertRegex(name, r"^mtm_[a-z0-9_]+@@MTM_0\.\d+$")

    def test_are_those_the_headers_declare(self):
        declared = set()
        for header in (SOURCE / "include/mtm").glob("*.h"):
            text = header.read_text()
            for piece in re.split(r"^MTM_API ", text, flags=re.MULTILINE)[1:]:
                declared.add(piece.split("(")[0].split()[-1].lstrip("*"))
        exported = {name.split("@")[0] for name in symbols(self.library, "--defined-only")}
        self.assertEqual(sorted(exported), sorted(declared))

    def test_nothing_forbidden_is_called(self):
        called = {name.split("@")[0] for name in symbols(self.library, "--undefined-only")}
        self.assertEqual(called & FORBIDDEN, set())


if __name__ == "__main__":
    if "--update" in sys.argv:
        LIST.write_text("\n".join(sorted(symbols(BUILD / "lib/libmtm.so", "--defined-only"))) + "\n")
    else:
        unittest.main()
