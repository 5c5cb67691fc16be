"""Any hostile megabyte ends soon, in any container: processor time of the program, with room for slow machines and sanitizers."""
import gzip
import pathlib
import resource
import subprocess
import tempfile
import unittest

import ods_file
from program import PROGRAM, environment

SIZE = 1 << 20
SECONDS = 6  # each takes well under one on a quiet machine


def fill(piece):
    return (piece * (SIZE // len(piece) + 1))[:SIZE]


def texts():
    yield "quotes.csv", b'"' * SIZE
    yield "open.csv", fill(b'a,"b\n')
    yield "doubled.csv", fill(b'"a""')
    yield "never-closed.csv", b'a,b\n1,2\n"' + fill(b"x\n")
    yield "stray.csv", b"a,b,c\n" + fill(b'x "y,z,"1,\n')
    yield "many-stray.csv", b"a,b,c\n" + (b'x"' * 500 + b",1,2\n") * 900
    yield "escapes.csv", b"a,b\n" + fill(b'"x\\",1\n')
    yield "commas.csv", b"," * SIZE
    yield "signs.csv", fill(b"'\";,|\t \n")
    yield "lines.csv", b"\n" * SIZE
    yield "one-row.csv", b"a" * SIZE
    yield "wide.csv", (",".join("a" for _ in range(4000)) + "\n").encode() * 120
    yield "ragged.csv", b"\n".join(b"," * (i % 4000) for i in range(500))
    yield "headers.csv", fill(b"a,b\n1,2\n")
    yield "tables.csv", b"a,b\n1,2\n" + fill(b"\nname,other\n1,2\n")
    yield "letters.csv", fill("ж,".encode())
    yield "packed.csv.gz", gzip.compress(b"\0" * (200 << 20))
    yield "packed-twice.csv.gz", gzip.compress(gzip.compress(b"a" * (100 << 20)))
    yield "deep.json", b"[" * SIZE
    yield "deep-objects.json", b'{"a":' * (SIZE // 5)
    yield "keys.json", b"[{" + b",".join(b'"k%d":1' % i for i in range(80000)) + b"}]"
    yield "other-keys.json", b"[" + b",".join(b'{"k%d":1}' % i for i in range(60000)) + b"]"
    yield "same-key.json", b"[{" + b",".join([b'"a":1'] * 150000) + b"}]"
    yield "tables.json", b"{" + b",".join(b'"k%d":[{}]' % i for i in range(70000)) + b"}"
    yield "beside.json", b"{" + b",".join(b'"k%d":1' % i for i in range(70000)) + b',"d":[{"a":1}]}'
    yield "one-line.json", b"[" + b",".join([b'{"a":1}'] * 120000) + b"]"
    yield "escapes.json", b'[{"a":"' + b"\\u0041" * 170000 + b'"}]'
    yield "keywords.px", b'CHARSET="ANSI";' + fill(b'A("b")="c";')
    yield "never-closed.px", b'CHARSET="ANSI";TITLE="' + b"x" * SIZE
    values = b",".join(b'"%d"' % i for i in range(20000))
    yield "keys.px", (b'CHARSET="ANSI";STUB="a";VALUES("a")=' + values + b';KEYS("a")=VALUES;DATA='
                      + b" ".join(b'"%d" 1' % i for i in range(20000)) + b";")
    yield "units.px", (b'CHARSET="ANSI";CONTVARIABLE="a";STUB="a";VALUES("a")=' + values + b";"
                       + b"".join(b'UNITS("%d")="u";' % i for i in range(20000)) + b"DATA=" + b"1 " * 20000 + b";")
    yield "long-texts.px", (b'CHARSET="ANSI";STUB=' + b",".join([b'"a"'] * 99) + b';VALUES("a")="' + b"x" * 9000
                            + b'","y";DATA=' + b"1 " * 400000)


def sheets(folder):
    many = ({"table:number-columns-repeated": 4000}, 1)
    ods_file.write(folder / "repeated.ods", {"A": [({"table:number-rows-repeated": 1000000}, [many])]})
    ods_file.write(folder / "blank.ods", {"A": [["a", "b"], ({"table:number-rows-repeated": 1048000}, [None]), [1, 2]]})
    rows = ods_file.content({"A": []}).replace("</table:table>", "<table:table-row/>" * 3000000 + "</table:table>")
    ods_file.write(folder / "rows.ods", {}, raw=rows)


class Hostile(unittest.TestCase):
    def test_a_megabyte_ends_soon(self):
        slow = {}
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            for file, data in texts():
                (folder / file).write_bytes(data)
            sheets(folder)
            for path in sorted(folder.iterdir()):
                runs = [["rows", path, "-f", "jsonl", "--places", "--quiet"], ["check", path]]
                for arguments in runs[:1 if path.suffix == ".csv" else 2]:
                    before = resource.getrusage(resource.RUSAGE_CHILDREN)
                    made = subprocess.run([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                          timeout=300, env=environment())
                    after = resource.getrusage(resource.RUSAGE_CHILDREN)
                    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
                    self.assertIn(made.returncode, (0, 1), path.name)
                    if took > SECONDS:
                        slow[f"{arguments[0]} {path.name}"] = round(took, 1)
        self.assertEqual(slow, {})


if __name__ == "__main__":
    unittest.main()
