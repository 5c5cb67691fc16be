"""Nothing is dropped silently: every word and figure of every fixture of the tree is in the rows of one of its tables, in a name
of a column, or in a note with its place - or the file is refused with a reason."""
import collections
import csv
import io
import json
import pathlib
import re
import tempfile
import unittest

from checks import CASES
from program import SOURCE, run

TEXT = (".csv", ".tsv", ".txt", ".tab")


def fixtures():
    for folder in ("tests/golden/reading", "tests/golden/survey", "examples"):
        for path in sorted((SOURCE / folder).rglob("*")):
            if path.suffix in TEXT and path.stat().st_size < 300_000:
                yield str(path.relative_to(SOURCE)), path.read_bytes()
    for case in CASES:
        for name, data in case.files.items():
            if isinstance(data, bytes) and name.endswith(TEXT) and len(data) < 300_000:
                yield f"{case.group}/{case.name}/{name}" if hasattr(case, "name") else f"{case.group}/{name}", data


def words(text):
    """Those that a note can show: a refused row is kept up to its first 64 KiB."""
    return collections.Counter(word for word in re.findall(r"\w+", text) if len(word) < 1000)


def text_of(data):
    """What a person sees; None for bytes that are refused."""
    for mark, encoding in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


class NothingLost(unittest.TestCase):
    def given(self, path, folder):
        """All that the program says of a file, or None where it refuses it with a reason."""
        said = ""
        listed = run("rows", path, "--tables", "--quiet")
        if listed.returncode != 0 and not listed.stdout:
            self.assertRegex(listed.stderr, r"error|found")
            return None
        for table in csv.DictReader(io.StringIO(listed.stdout)):
            notes = folder / "notes.json"
            notes.unlink(missing_ok=True)
            made = run("rows", path, "--table", table["table"], "--notes", notes, "--names")
            said += made.stdout + " " + table["title"] + " "
            if not notes.exists():  # refused within the file
                self.assertRegex(made.stderr, r"error")
                return None
            for entry in json.loads(notes.read_text(encoding="utf-8"))["diagnostics"]:
                said += " ".join(str(entry.get(key) or "") for key in ("found", "record")) + " "
        return said

    maxDiff = None

    def test_every_fixture(self):
        lost, read = {}, 0
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for title, data in fixtures():
                path = folder / ("fixture" + pathlib.PurePath(title).suffix)
                path.write_bytes(data)
                text = text_of(data)
                said = self.given(path, folder)
                if said is None or text is None:
                    continue
                read += 1
                missing = words(text) - words(said)
                if missing:
                    lost[title] = dict(missing.most_common(5))
        self.assertEqual(len(lost), 0, "\n".join(f"{k}: {v}" for k, v in list(lost.items())[:40]))
        self.assertGreater(read, 200)


if __name__ == "__main__":
    unittest.main()
