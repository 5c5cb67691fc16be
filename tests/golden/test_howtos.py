"""The commands that docs/howto gives as proof run the tests they name: a pattern without a test would prove nothing."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))


def known_tests():
    """Names of all tests of this build, with their labels."""
    with tempfile.TemporaryDirectory() as folder:  # even to list tests, ctest begins the log of its folder anew
        pathlib.Path(folder, "CTestTestfile.cmake").write_text(f'subdirs("{BUILD.resolve()}")\n')
        shown = subprocess.run(["ctest", "--test-dir", folder, "--show-only=json-v1"], capture_output=True, check=True)
    tests = json.loads(shown.stdout)["tests"]
    return {test["name"]: {label for p in test.get("properties", []) if p["name"] == "LABELS" for label in p["value"]}
            for test in tests}


def filter_of(preset):
    presets = json.loads((SOURCE / "CMakePresets.json").read_text())["testPresets"]
    return next(p for p in presets if p["name"] == preset).get("filter", {})


def is_run(name, labels, chosen):
    wanted = chosen.get("include", {}).get("label")
    unwanted = chosen.get("exclude", {}).get("name")
    return (wanted is None or any(re.search(wanted, label) for label in labels)) and \
        (unwanted is None or not re.search(unwanted, name))


class Howtos(unittest.TestCase):
    def test_every_pattern_runs_a_test(self):
        tests = known_tests()
        if not any(name.startswith("python") for name in tests):
            tests |= {"python_left_out_of_this_build": set(), "r_left_out_of_this_build": set()}
        seen = 0
        for page in sorted((SOURCE / "docs/howto").glob("*.md")):
            for where, patterns in re.findall(r"ctest (--preset \w+|--test-dir \S+) -R '([^']+)'", page.read_text()):
                chosen = filter_of(where.split()[1]) if where.startswith("--preset") else {}
                for pattern in patterns.split("|"):
                    seen += 1
                    with self.subTest(page=page.name, pattern=pattern):
                        self.assertTrue(any(re.search(pattern, name) and is_run(name, labels, chosen)
                                            for name, labels in tests.items()), f"ctest {where} runs no such test")
        self.assertGreater(seen, 10)


if __name__ == "__main__":
    unittest.main()
