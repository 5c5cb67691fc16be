"""Every data/*.tsv is taken into the library, and one that does not say what it is fails the build."""
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("MTM_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build-dev"))
PROGRAM = BUILD / "lib/codelist/mtm_generate_codelists"
HEAD = "#! list\tcolour\n#! title\tColours\tЦвета\tТүстер\n#! source\tA test\n"
ROW = "RED\t\t\t\tRed\tКрасный\tҚызыл\tscarlet|алый\n"


class Generator(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()) if hasattr(self, "enterContext")
                                   else tempfile.mkdtemp())
        for path in (SOURCE / "lib/codelist/data").glob("*.tsv"):
            shutil.copy(path, self.folder)

    def generate(self, **files):
        for name, text in files.items():
            (self.folder / f"{name}.tsv").write_text(text, encoding="utf-8")
        return subprocess.run([PROGRAM, self.folder], capture_output=True, text=True)

    def refused(self, message, **files):
        done = self.generate(**files)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(message, done.stderr)

    def test_a_new_list_is_there(self):
        done = self.generate(colour=HEAD + ROW)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('{"colour", {"Colours"', done.stdout)
        self.assertIn('"scarlet"', done.stdout)

    def test_a_file_that_does_not_say_what_it_is_fails(self):
        self.refused("expected first lines", colour=ROW)
        self.refused("expected first lines", colour="#! list\tcolour\n" + ROW)
        self.refused("a table that nothing reads", colour="#! table\tcolour\n#! source\tA test\n" + ROW)

    def test_a_file_is_named_by_its_id(self):
        self.refused("expected the file to be named by its id", color=HEAD + ROW)

    def test_a_row_of_another_shape_fails(self):
        self.refused("expected 8 cells", colour=HEAD + "RED\tRed\n")

    def test_one_label_of_two_codes_fails(self):
        self.refused("one label for two codes", colour=HEAD + ROW + ROW.replace("RED", "CRIMSON"))

    def test_one_word_of_two_units_fails(self):
        unit = (self.folder / "unit.tsv").read_text(encoding="utf-8")
        self.refused("one word with two meanings", unit=unit + "XXX\tmoney\ttenge\t\n")


if __name__ == "__main__":
    if not PROGRAM.exists():
        raise SystemExit(77)
    unittest.main()
