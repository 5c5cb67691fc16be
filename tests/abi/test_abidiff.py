"""The ABI is the recorded one, tests/abi/libmtm.abi: nothing removed, nothing changed, nothing added unrecorded."""
import os
import pathlib
import shutil
import subprocess
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))


class Abi(unittest.TestCase):
    def test_is_the_recorded_one(self):
        library = BUILD / "lib/libmtm.so"
        if not library.exists():
            self.skipTest("a static build has no ABI of its own")
        if shutil.which("abidiff") is None:
            self.skipTest("abidiff is not installed; on Debian: apt install abigail-tools")
        result = subprocess.run(["abidiff", "--headers-dir2", str(SOURCE / "include"), "--drop-private-types",
                                 str(SOURCE / "tests/abi/libmtm.abi"), str(library)], capture_output=True, text=True)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr + "\nafter review: tests/abi/update-abi")


if __name__ == "__main__":
    unittest.main()
