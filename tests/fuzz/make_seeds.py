"""Makes the seeds of the fuzz targets from the golden cases: make_seeds.py LIBRARY. Run when targets or cases change."""

import ctypes
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "golden"))
import ods_file  # noqa: E402
from checks import CASES  # noqa: E402


def save(target, seeds):
    folder = HERE / "seeds" / target
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (folder / f"{number:02d}").write_bytes(seed)


def files(groups, every, most):
    chosen = [c for c in CASES if c.group in groups and c.path and all(isinstance(d, bytes) and len(d) < 400 for d in c.files.values())]
    return [c for c in chosen[::every]][:most]


def cells(group, column):
    for case in CASES:
        if case.group == group:
            data = next(iter(case.files.values())).decode().split("\n")
            row = data[2] if len(data) > 2 else ""
            yield row.split("\t")[column] if row.count("\t") >= column else ""


class Source(ctypes.Structure):
    """mtm_source."""
    _fields_ = [("size", ctypes.c_size_t), ("kind", ctypes.c_int32), ("descriptor", ctypes.c_int32),
                ("path", ctypes.c_char_p), ("name", ctypes.c_char_p), ("bytes", ctypes.c_char_p),
                ("n_bytes", ctypes.c_size_t), ("stream", ctypes.c_void_p), ("read", ctypes.c_void_p),
                ("read_data", ctypes.c_void_p), ("first", ctypes.c_uint64), ("length", ctypes.c_uint64)]


def states(path):
    library = ctypes.CDLL(path)
    library.mtm_buffer_data.restype = ctypes.POINTER(ctypes.c_char)
    library.mtm_buffer_size.restype = ctypes.c_size_t
    specification = {"resource": {"name": "t", "path": "t.csv", "mtm": {"concept": "border-crossings", "unit": "movements", "microdata": True}},
                     "groupings": [{"by": ["direction"]}]}
    for text in ["time,direction\n2024-04-01,in\n", "time,direction\n2024-04-01,in\n2024-05-01,out\nx,out\n"]:
        tabulator, saved = ctypes.c_void_p(), ctypes.c_void_p()
        assert library.mtm_tabulator_new(json.dumps(specification).encode(), None, ctypes.byref(tabulator), None) == 0
        given = text.encode()
        source = Source(ctypes.sizeof(Source), 1, -1, None, b"t.csv", given, len(given))
        assert library.mtm_tabulator_add(tabulator, ctypes.byref(source), None) == 0
        assert library.mtm_tabulator_save(tabulator, ctypes.byref(saved), None) == 0
        yield library.mtm_buffer_data(saved)[:library.mtm_buffer_size(saved)]


PX = b"""CHARSET="ANSI";CODEPAGE="utf-8";TITLE="t "
"u";TITLE[en]="x";STUB="sex";HEADING="year";VALUES("sex")="men","women";VALUES("year")="2023","2024";UNITS="persons";
DATA=
1 2.5
".." "-";"""
KEYED = PX.replace(b"DATA=", b'CODES("sex")="M","F";KEYS("sex")=CODES;DATA=').replace(b"1 2.5", b'"M", 1 2.5').replace(b'".." "-"', b'"F" 3 4')
CONTENTS = PX.replace(b'UNITS="persons";', b'CONTVARIABLE="sex";UNITS("men")="persons";UNITS("women")="percent";')
RECORDS = [b'[{"period": "2024-Q1", "value": 5}, {"period": "2024-Q2", "value": null}]', b'{"a": 1}\n{"b": {"c": [1, "x\\u00e9"]}}\n',
           b'{"meta": "x", "data": [["a", "b"], ["c", 1]], "more": [{"k": true}]}', b'[{"a": 1, "a": 2}, 5]']
ROWS = [b"A title\n\nfoo,bar\nx,1\n\"y,2\nz\n\nother,names\nq,5\n", b"a;b\n1,5;x\n2,5;y\n", b"x y z\n1 2 3\n4 5 6\n", b"a\tb\n1\t2\n"]


def sheets():
    """OpenDocument spreadsheets, small."""
    covered = ({"element": "covered-table-cell"}, "")
    for rows in ([["period", "value"], ["2024-Q1", 5]], [["a", ({"table:number-columns-spanned": 2}, "m"), covered], [None, 1, 2]],
                 [({"table:number-rows-repeated": 3}, [({"table:number-columns-repeated": 2}, 7)])]):
        path = HERE / "sheet.ods"
        ods_file.write(path, {"One": rows})
        yield path.read_bytes()
        path.unlink()


def main():
    save("px", [PX, KEYED, CONTENTS])
    save("json", RECORDS)
    save("ods", sheets())
    save("rows", ROWS)
    save("number", [bytes([i & 63, i >> 1 & 31]) + c.encode() for i, c in enumerate(list(cells("numbers", 2))[::4])])
    save("period", [bytes([i % 3]) + c.encode() for i, c in enumerate(list(cells("periods", 0))[::3])])
    save("label", [c.encode() for c in list(cells("labels", 1))[::2]])
    tables = files({"structure", "line breaks", "delimiters", "quotes", "ragged rows", "headers", "rows that are no data", "encoding", "HXL", "SDMX-CSV",
                    "totals", "disagreements", "period columns", "agencies", "no tables", "compressed"}, 4, 60)
    save("csv", [(b"\4" if c.path.endswith(".gz") else b"\0") + c.files[c.path] for c in tables if c.resource is None])
    save("resource", [json.dumps(c.resource, ensure_ascii=False).encode() + b"\0" + c.files[c.path]
                      for c in CASES if c.resource and len(c.files[c.path]) < 400][::4])
    save("datapackage", [c.files["datapackage.json"] for c in CASES if c.path == "" and c.group in ("packages", "paths")][::2])
    save("xlsx", [c.files[c.path] for c in CASES if c.group == "workbooks" and c.resource is None])
    save("state", states(sys.argv[1]))
    save("differential", [b"2024-04-01,in,5\n2024-04-02,out,6.5\n", b'2024-04-01 08:00,"in",5\n\n2024-04-02,"o""ut",\n', b"2024-04-01,in\n,,\n2024-13-01,in,5\r\n",
                          b"2024-04-01,Total,5\n2024-04-01,in,6.640\n", b'2024-04-01,"in,5\n'])


if __name__ == "__main__":
    main()
