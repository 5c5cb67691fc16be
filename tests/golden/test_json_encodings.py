"""JSON records in every form of Unicode, and documents without a record."""
import sys
import unittest

from program import ProgramTest, run

RECORDS = '[\n {"period": "2024", "citizenship": "Өзбекстан", "value": 5},\n {"period": "2024", "citizenship": "KGZ", "value": 7}\n]\n'


class Encodings(ProgramTest):
    def test_utf_16(self):
        path = self.folder / "t.json"
        path.write_text(RECORDS, encoding="utf-8")
        wanted = self.fine("rows", path)
        self.assertIn("Өзбекстан", wanted)
        for encoding in ("utf-16", "utf-8-sig"):
            path.write_text(RECORDS, encoding=encoding)
            self.assertEqual(self.fine("rows", path), wanted, encoding)
            self.assertIn("sum 12", self.fine("check", path), encoding)
        for mark, encoding in ((b"\xFE\xFF", "utf-16-be"), (b"\xFF\xFE", "utf-16-le")):
            path.write_bytes(mark + RECORDS.encode(encoding))
            self.assertEqual(self.fine("rows", path), wanted, encoding)

    def test_without_a_record(self):
        path = self.folder / "t.json"
        for text in ("[]", " [ ]\n", "[{}]", "{}"):
            path.write_text(text)
            result = run("rows", path)
            self.assertEqual(result.returncode, 1, (text, result.stdout))
            self.assertRegex(result.stderr, "expected", text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
