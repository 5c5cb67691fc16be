"""The installed program runs from wherever the tree was moved to, with its man page and its completion."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))


class Program(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", cls.folder / "first"], check=True, capture_output=True)
        cls.tree = cls.folder / "moved"
        (cls.folder / "first").rename(cls.tree)

    def test_runs(self):
        environment = {k: v for k, v in os.environ.items() if k != "LD_LIBRARY_PATH"}
        result = subprocess.run([self.tree / "bin/mtm", "--version"], capture_output=True, text=True, env=environment)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("libmtm ", result.stdout)

    def test_manual_and_completion(self):
        for ours, theirs in (("mtm.1", "share/man/man1/mtm.1"), ("mtm.bash", "share/bash-completion/completions/mtm")):
            self.assertEqual((self.tree / theirs).read_bytes(), (SOURCE / "examples/mtm" / ours).read_bytes())


if __name__ == "__main__":
    unittest.main()
