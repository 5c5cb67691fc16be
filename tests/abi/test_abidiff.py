"""The interface that the headers declare is the recorded one, tests/abi/libmtm.abi: nothing removed, changed, or added
unrecorded; by abidiff. That abidiff sees such changes is tested on copies of the headers."""
import pathlib
import re
import shutil
import tempfile
import unittest

from public import Headers
from test_layout import with_member

SOURCE = pathlib.Path(__file__).resolve().parents[2]
RECORDED = SOURCE / "tests/abi/libmtm.abi"


class Abi(unittest.TestCase):
    def setUp(self):
        if shutil.which("abidiff") is None:
            self.skipTest("abidiff is not installed; on Debian: apt install abigail-tools")

    def test_is_the_recorded_one(self):
        status, said = Headers(SOURCE / "include").abidiff(RECORDED)
        self.assertEqual(status, 0, said + "\nafter review: tests/abi/update-abi")

    def changed(self, change):
        """What abidiff says of a copy of the headers after a change to each of them."""
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(shutil.copytree(SOURCE / "include", pathlib.Path(folder, "include")))
            for path in copy.rglob("*.h"):
                path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
            status, said = Headers(copy).abidiff(RECORDED)
            self.assertNotEqual(status, 0)
            return said

    def test_sees_a_member_inserted_in_every_struct(self):
        structs = Headers(SOURCE / "include").structs

        def insert(text):
            for name in structs:
                text = with_member(text, name)
            return text

        said = self.changed(insert)
        for name in structs:
            with self.subTest(struct=name):
                self.assertRegex(said, rf"struct {name.split()[-1]}\b")
        self.assertGreaterEqual(said.count("data member insertion"), len(structs))

    def test_sees_functions_change_and_go(self):
        name = next(name for name in Headers(SOURCE / "include").functions if name.endswith("_free"))
        said = self.changed(lambda text: re.sub(rf"\b(void {name}\()", r"\1int, ", text))
        self.assertIn("parameter", said)
        said = self.changed(lambda text: re.sub(rf"MTM_API void {name}\([^)]*\);", "", text))
        self.assertIn(name, said)


if __name__ == "__main__":
    unittest.main()
