"""Folders with a datapackage.json: paths, digests, names, hostile descriptions, compressed files."""

import gzip
import hashlib
import os

from .case import MARK, check, group, package, resource

TABLE = "period,country,persons\n2024-Q1,UZB,100\n2024-Q2,UZB,200\n"


def described(*resources, **mtm):
    return {"name": "p", "resources": list(resources), **({"mtm": mtm} if mtm else {})}


def of(name="t", path="t.csv", **more):
    return {**resource(), "name": name, "path": path, **more}


group("packages")

package("one file", described(of()), {"t.csv": TABLE}, "ok", (3, 2, 0, 1), "300")
package("two files", described(of(), of("u", "u.csv")), {"t.csv": TABLE, "u.csv": TABLE}, "ok", (6, 4, 0, 2), None)
package("files of one table", described(of(path=["t.csv", "u.csv"])), {"t.csv": TABLE, "u.csv": TABLE.replace("2024", "2025")}, "ok", (6, 4, 0, 2), "600")
package("a bad row in the second file", described(of(), of("u", "u.csv")), {"t.csv": TABLE, "u.csv": f"period,country,persons\n2024-Q1,UZB,{MARK}1O\n2024-Q2,UZB,5\n"},
        "rejected-rows", (6, 3, 1, 2), None, "error NUMBER_LETTER")
package("a file in a folder", described(of(path="data/t.csv")), {"data/t.csv": TABLE}, "ok", (3, 2, 0, 1), "300")
package("a file of a Cyrillic name", described(of(path="данные/кв 2.csv")), {"данные/кв 2.csv": TABLE}, "ok", (3, 2, 0, 1), "300")
package("a country and a period", described(of(), country="KAZ", period="2024-Q2"), {"t.csv": TABLE}, "ok", (3, 2, 0, 1), "300")
package("version 1", {"profile": "data-package", "name": "p", "resources": [of(mediatype="text/csv", profile="tabular-data-resource")]}, {"t.csv": TABLE}, "ok",
        (3, 2, 0, 1), "300")
package("a resource that is no table", described(of(), {"name": "doc", "path": "doc.pdf"}), {"t.csv": TABLE, "doc.pdf": "%PDF"}, "ok", (3, 2, 0, 1), "300")
package("a resource to leave alone", described(of(), {"name": "u", "path": "u.csv", "mtm": {"ignore": True}}), {"t.csv": TABLE, "u.csv": "garbage"}, "ok",
        (3, 2, 0, 1), "300")
package("a digest that fits", described(of(hash="sha256:" + hashlib.sha256(TABLE.encode()).hexdigest(), bytes=len(TABLE))), {"t.csv": TABLE}, "ok",
        (3, 2, 0, 1), "300")
package("a bare digest that fits", described(of(hash=hashlib.md5(TABLE.encode()).hexdigest())), {"t.csv": TABLE}, "ok", (3, 2, 0, 1), "300")
package("a digest that does not", described(of(hash="sha256:" + "0" * 64)), {"t.csv": TABLE}, "error")
package("a size that does not fit", described(of(bytes=5)), {"t.csv": TABLE}, "error")
package("a file that is not there", described(of()), {}, "error")
package("one missing file does not hide the other's faults", described(of("gone", "gone.csv"), of()), {"t.csv": f"period,country,persons\n2024-Q1,UZB,1O\n"}, "error",
        (2, 0, 1, 1))
package("two resources of one name", described(of(), of()), {"t.csv": TABLE}, "error")
package("no resources", {"name": "p"}, {}, "error")
package("rows inside the JSON", described({"name": "t", "data": [{"a": 1}]}), {}, "error")
package("a misspelt property", described({**of(), "mtm": {"concept": "migration", "cumulativ": True}}), {"t.csv": TABLE}, "error", says="cumulative")
package("no kind for residence permits", described({**of(), "mtm": {"concept": "residence-permits"}}), {"t.csv": TABLE}, "error", says="kind")
package("JSON that breaks off", '{"name": "p", "resources": [', {}, "error")
package("JSON with a key twice", '{"name": "p", "name": "q", "resources": []}', {}, "error")
package("JSON nested too deep", '{"name": "p", "resources": ' + "[" * 200 + "]" * 200 + "}", {}, "error")
package("JSON that is not UTF-8", b'{"name": "\xcf", "resources": []}', {}, "error")
package("JSON of an array", "[]", {}, "error")
package("JSON of nothing", "", {}, "error")
package("a wrong type says where", described({**of(), "schema": {"fields": [{"name": 5}]}}), {"t.csv": TABLE}, "error", says="fields[0].name")

group("paths")

for path in ["/etc/passwd", "../t.csv", "a/../../t.csv", "a/..", "..", ".", "./t.csv", "a//t.csv", "a/", "", "~/t.csv", "~root/t.csv", "C:/t.csv",
             "c:t.csv", "C:\\t.csv", "\\\\host\\t.csv", "..\\t.csv", "a\\t.csv", "file:///etc/passwd", "https://example.org/t.csv", "t.csv\n", "t\u0001.csv",
             "//host/t.csv", "../" * 40 + "etc/passwd", "%2e%2e/t.csv"]:
    package(f"the path {path!r}", described(of(path=path)), {"t.csv": TABLE, "a/t.csv": TABLE}, "error")
package("a path with a NUL", described(of(path="t.csv\u0000/../../x")), {"t.csv": TABLE}, "error")
package("a link inside the folder", described(of(path="l.csv")), {"t.csv": TABLE, "l.csv": lambda at: os.symlink("t.csv", at)}, "ok|error", None, None)
package("a link that leads out", described(of(path="l.csv")), {"l.csv": lambda at: os.symlink("/etc/passwd", at)}, "error")
package("a linked folder that leads out", described(of(path="d/passwd")), {"d": lambda at: os.symlink("/etc", at)}, "error")
package("a link to itself", described(of(path="l.csv")), {"l.csv": lambda at: os.symlink("l.csv", at)}, "error")
package("a link that leads nowhere", described(of(path="l.csv")), {"l.csv": lambda at: os.symlink("nothing", at)}, "error")
package("a pipe", described(of(path="f.csv")), {"f.csv": os.mkfifo}, "error")
package("a folder", described(of(path="d.csv")), {"d.csv": os.mkdir}, "error")
package("a device through a link", described(of(path="z.csv")), {"z.csv": lambda at: os.symlink("/dev/zero", at)}, "error")

group("compressed")

check("gzip by its name", gzip.compress(TABLE.encode(), mtime=0), "ok", (3, 2, 0, 1), "300", file="t.csv.gz")
check("gzip of two members", gzip.compress(TABLE.encode(), mtime=0) + gzip.compress(b"2024-Q3,UZB,1\n", mtime=0), "ok", (4, 3, 0, 1), "301", file="t.csv.gz")
check("gzip that is cut", gzip.compress(TABLE.encode() * 50, mtime=0)[:-20], "error", None, None, file="t.csv.gz")
check("gzip with a wrong check sum", gzip.compress(TABLE.encode(), mtime=0)[:-8] + bytes(8), "error", None, None, file="t.csv.gz")
check("gzip that is none", TABLE, "error|ok|ok-with-notes", None, None, file="t.csv.gz")
check("gzip followed by garbage", gzip.compress(TABLE.encode(), mtime=0) + b"garbage", "error|ok|ok-with-notes", None, None, file="t.csv.gz")
check("gzip that expands a thousandfold", gzip.compress(("period,country,persons\n" + "2024-Q1,UZB,5\n" + "\n" * (40 << 20)).encode(), mtime=0), "error", None, None,
      file="t.csv.gz")
check("gzip with a byte order mark", gzip.compress(b"\xef\xbb\xbf" + TABLE.encode(), mtime=0), "ok", (3, 2, 0, 1), "300", file="t.csv.gz")
check("gzip of windows-1251", gzip.compress(TABLE.replace("UZB", "Россия").encode("cp1251"), mtime=0), "error", None, None,
      "error CHARACTER|error ENCODING", file="t.csv.gz")
check("gzip of a bad cell", gzip.compress(b"period,country,persons\n2024-Q1,UZB,1O\n", mtime=0), "rejected-rows", (2, 0, 1, 1), None, "error NUMBER_LETTER",
      file="t.csv.gz", line=2, column=13)
package("gzip in a package", described(of(path="t.csv.gz")), {"t.csv.gz": gzip.compress(TABLE.encode(), mtime=0)}, "ok", (3, 2, 0, 1), "300")
