"""Sizes and offsets of the public structs, and values of the enum constants, are the recorded ones: tests/abi/layout.txt.
tests/abi/update-abi renews it. That a changed header is seen is tested on copies of the headers."""
import pathlib
import re
import shutil
import struct
import tempfile
import unittest

from public import Headers

SOURCE = pathlib.Path(__file__).resolve().parents[2]
RECORDED = SOURCE / "tests/abi/layout.txt"


def with_member(text, name):
    """The header with a member more after the first one of a struct."""
    spelled = re.escape(name if name.startswith("struct ") else f"typedef struct {name}")
    return re.sub(rf"({spelled} \{{.*?;)", r"\1\n    long long inserted;", text, count=1, flags=re.DOTALL)


def with_constant(text, name):
    """The header with a constant more before the first one of an enum."""
    return re.sub(rf"(typedef enum {name} \{{)", r"\1\n    MTM_INSERTED_CONSTANT = -77,", text, count=1)


class Layout(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        if struct.calcsize("P") != 8:
            self.skipTest("recorded for machines with pointers of 64 bits")

    def test_is_the_recorded_one(self):
        self.assertEqual(Headers(SOURCE / "include").layout(), RECORDED.read_text(encoding="utf-8"),
                         "after review: tests/abi/update-abi")

    def changed(self, change, name):
        """The layout of a copy of the headers in which one of them was changed."""
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(shutil.copytree(SOURCE / "include", pathlib.Path(folder, "include")))
            for path in copy.rglob("*.h"):
                text = path.read_text(encoding="utf-8")
                path.write_text(change(text, name), encoding="utf-8")
            return Headers(copy).layout()

    def test_sees_a_member_inserted_in_any_struct(self):
        headers = Headers(SOURCE / "include")
        self.assertGreater(len(headers.structs), 5)
        for name in headers.structs:
            with self.subTest(struct=name):
                layout = self.changed(with_member, name)
                self.assertIn("inserted\n", layout)
                self.assertNotEqual(layout, RECORDED.read_text(encoding="utf-8"))

    def test_sees_a_constant_inserted_in_any_enum(self):
        for name in Headers(SOURCE / "include").enums:
            with self.subTest(enum=name):
                self.assertNotEqual(self.changed(with_constant, name), RECORDED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
