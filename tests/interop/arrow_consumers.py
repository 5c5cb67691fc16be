"""Arrow in the hands of others: pyarrow, polars, DuckDB, pandas and nanoarrow read what the library lends, and it reads
what they lend. Not part of the base tests: run with a Python that has them,

    python tests/interop/arrow_consumers.py build/lib/libmtm.so

A package that is not installed is skipped, and said so. The end is 0 when something ran and nothing failed, 77 when
nothing could run."""
import ctypes
import datetime
import decimal
import importlib
import sys

CSV = b"""period,citizenship,direction,value,status
2024-Q1,Uzbekistan,IN,157.25,A
2024-Q2,"\xd0\xa0\xd0\xbe\xd1\x81\xd1\x81\xd0\xb8\xd1\x8f",IN,62.9,P
2024-Q2,Atlantis,OUT,,Q
2024-Q2,Total,OUT,9223372036854.775,A
"""
ABOUT = b"""{"name": "flows", "path": "x.csv", "mtm": {"concept": "border-crossings", "kind": "flow",
 "unit": "movements", "releaseDate": "2024-07", "edition": "first"}}"""


class Error(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("code", ctypes.c_int32), ("line", ctypes.c_int64),
                ("column", ctypes.c_int64), ("subject", ctypes.c_char * 240), ("message", ctypes.c_char * 768)]


class Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("resource", ctypes.c_char_p), ("limits", ctypes.c_uint64 * 4),
                ("progress", ctypes.c_void_p), ("progress_data", ctypes.c_void_p), ("allow_guess", ctypes.c_int32),
                ("reserved", ctypes.c_int32)]

    def __init__(self, resource):
        super().__init__(ctypes.sizeof(Options), resource)


class Source(ctypes.Structure):
    """mtm_source."""
    _fields_ = [("size", ctypes.c_size_t), ("kind", ctypes.c_int32), ("descriptor", ctypes.c_int32),
                ("path", ctypes.c_char_p), ("name", ctypes.c_char_p), ("bytes", ctypes.c_char_p),
                ("n_bytes", ctypes.c_size_t), ("stream", ctypes.c_void_p), ("read", ctypes.c_void_p),
                ("read_data", ctypes.c_void_p), ("first", ctypes.c_uint64), ("length", ctypes.c_uint64)]


class Info(ctypes.Structure):
    """mtm_dataset_info, as far as it is needed."""
    _fields_ = [("size", ctypes.c_size_t), ("texts", ctypes.c_char_p * 4), ("kind", ctypes.c_int32),
                ("multiplier", ctypes.c_int32), ("decimals", ctypes.c_int32), ("marks", ctypes.c_int32 * 3),
                ("n_observations", ctypes.c_size_t)]


class Stream(ctypes.Structure):
    _fields_ = [("functions", ctypes.c_void_p * 3), ("release", ctypes.c_void_p), ("private_data", ctypes.c_void_p)]


def declare(library):
    pointer = ctypes.c_void_p
    library.mtm_dataset_read.argtypes = [pointer, pointer, pointer, pointer]
    library.mtm_dataset_arrow.argtypes = [pointer, pointer, pointer]
    library.mtm_dataset_free.argtypes = [pointer]
    library.mtm_dataset_get.argtypes = [pointer, ctypes.c_int, pointer]
    library.mtm_dataset_column.argtypes = [pointer, ctypes.c_int, ctypes.c_size_t]
    library.mtm_dataset_column.restype = ctypes.POINTER(ctypes.c_int64)
    return library


mtm = declare(ctypes.CDLL(sys.argv[1] if len(sys.argv) > 1 else "build/lib/libmtm.so"))
capsule_new = ctypes.pythonapi.PyCapsule_New
capsule_new.restype, capsule_new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
capsule_get = ctypes.pythonapi.PyCapsule_GetPointer
capsule_get.restype, capsule_get.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]


class Lent:
    """A dataset as an object with the PyCapsule interface. The dataset is freed before the stream is read."""
    def __arrow_c_stream__(self, requested_schema=None):
        self.stream, dataset, error = Stream(), ctypes.c_void_p(), Error()
        options = Options(ABOUT)
        source = Source(ctypes.sizeof(Source), 1, -1, None, b"x.csv", CSV, len(CSV))
        status = mtm.mtm_dataset_read(ctypes.byref(source), ctypes.byref(options), ctypes.byref(dataset),
                                      ctypes.byref(error))
        assert status == 0, error.message
        assert mtm.mtm_dataset_arrow(dataset, ctypes.byref(self.stream), ctypes.byref(error)) == 0, error.message
        mtm.mtm_dataset_free(dataset)
        return capsule_new(ctypes.addressof(self.stream), b"arrow_array_stream", None)


def read_back(lender, resource=None):
    """(values, decimals, lines) of what the library reads from an object with the PyCapsule interface; or its Error."""
    capsule = lender.__arrow_c_stream__()
    dataset, error = ctypes.c_void_p(), Error()
    options = Options(resource)
    source = Source(ctypes.sizeof(Source), 3, -1, None, b"frame", None, 0,
                    capsule_get(capsule, b"arrow_array_stream"))
    if mtm.mtm_dataset_read(ctypes.byref(source), ctypes.byref(options), ctypes.byref(dataset), ctypes.byref(error)) != 0:
        return error
    info = Info(ctypes.sizeof(Info))
    mtm.mtm_dataset_get(dataset, 0, ctypes.byref(info))
    n = info.n_observations
    answer = (mtm.mtm_dataset_column(dataset, 1, 0)[:n], info.decimals, mtm.mtm_dataset_column(dataset, 3, 0)[:n])
    mtm.mtm_dataset_free(dataset)
    return answer


VALUES = [decimal.Decimal("157.250"), decimal.Decimal("62.900"), None, decimal.Decimal("9223372036854.775")]
CODES = ["UZB", "RUS", "Atlantis", "_T"]
WHOLE = ([157250, 62900, 0, 9223372036854775], 3, [1, 2, 3, 4])
FLOWS = b'{"name": "f", "path": "f.csv", "mtm": {"concept": "border-crossings", "kind": "flow", "unit": "movements"}}'


def check_columns(columns):
    """columns: name -> list of Python values."""
    assert list(columns) == ["first", "last", "period", "citizenship", "direction", "value", "status", "line", "release",
                             "edition"], list(columns)
    assert columns["first"][1] == datetime.date(2024, 4, 1), columns["first"]
    assert columns["period"] == ["2024-Q1", "2024-Q2", "2024-Q2", "2024-Q2"], columns["period"]
    assert columns["citizenship"] == CODES, columns["citizenship"]
    assert columns["value"] == VALUES, columns["value"]
    assert "".join(columns["status"]) == "APQA", columns["status"]
    assert columns["line"] == [2, 3, 4, 5], columns["line"]
    assert columns["release"] == ["2024-07"] * 4 and columns["edition"] == ["first"] * 4


def with_pyarrow(pa):
    table = pa.table(Lent())
    table.validate(full=True)
    check_columns(table.to_pydict())
    assert table.schema.metadata[b"mtm:unit"] == b"movements"
    assert read_back(table) == WHOLE
    assert read_back(table.slice(1, 2)) == ([629, 0], 1, [1, 2]), read_back(table.slice(1, 2))
    chunks = pa.concat_tables([table.slice(0, 1), table.slice(1, 0), table.slice(1, 3)])
    assert read_back(chunks) == WHOLE
    made = pa.table({"period": pa.array(["2024-Q1", "2024-Q2", None][:2]), "sex": pa.array(["F", "M"], pa.string_view()),
                     "value": pa.array([0.1, 157.213], pa.float64())})
    assert read_back(made, FLOWS) == ([100, 157213], 3, [1, 2]), read_back(made, FLOWS)
    for kind in (pa.int8(), pa.uint16(), pa.int64(), pa.float32(), pa.decimal128(30, 4), pa.decimal256(40, 1), pa.decimal64(9, 1), pa.decimal32(8, 2)):
        whole = made.set_column(2, "value", pa.array([decimal.Decimal(7), decimal.Decimal(100)]).cast(kind))
        assert read_back(whole, FLOWS) == ([7, 100], 0, [1, 2]), (kind, read_back(whole, FLOWS))
    for days in (pa.date32(), pa.date64(), pa.timestamp("us"), pa.timestamp("ns", "UTC")):
        dates = pa.array([datetime.date(2024, 3, 1), datetime.date(2024, 4, 1)]).cast(days)
        assert read_back(made.set_column(0, "period", dates), FLOWS) == ([100, 157213], 3, [1, 2]), days
    error = read_back(made.set_column(2, "value", pa.array([0.5, 0.1 + 0.2])), FLOWS)
    assert (error.line, error.column) == (2, 3) and b"0.30000000000000004" in error.message, error.message


def with_polars(pl):
    frame = pl.DataFrame(Lent())
    check_columns(frame.to_dict(as_series=False))
    assert read_back(frame.drop("first", "last", "line"), FLOWS) == WHOLE  # polars drops the metadata that names roles
    made = pl.DataFrame({"period": ["2024-Q1", "2024-Q2"], "sex": ["F", "M"], "value": [0.1, 157.213]})
    assert read_back(made, FLOWS) == ([100, 157213], 3, [1, 2])
    assert read_back(made.with_columns(pl.col("sex").cast(pl.Categorical)), FLOWS) == ([100, 157213], 3, [1, 2])


def with_duckdb(duckdb):
    lent = Lent()  # found by its name, below
    connection = duckdb.connect()
    total = connection.sql("select sum(value), count(*) from lent where period = '2024-Q2'").fetchall()
    assert total == [(decimal.Decimal("9223372036917.675"), 3)], total
    made = connection.sql("select '2024-Q' || i as period, 'F' as sex, i * 1.5 as value from range(1, 4) t(i)")
    assert read_back(made, FLOWS) == ([15, 30, 45], 1, [1, 2, 3]), read_back(made, FLOWS)
    assert lent is not None


def with_pandas(pd):
    if hasattr(pd.DataFrame, "from_arrow"):
        frame = pd.DataFrame.from_arrow(Lent())
    else:
        import pyarrow
        frame = pyarrow.table(Lent()).to_pandas()
    assert list(frame["citizenship"]) == CODES
    assert frame["value"].isna().tolist() == [False, False, True, False]
    made = pd.DataFrame({"period": ["2024-Q1", "2024-Q2"], "sex": pd.Categorical(["F", "M"]), "value": [0.1, float("nan")]})
    assert read_back(made, FLOWS) == ([1, 0], 1, [1, 2]), read_back(made, FLOWS)


def with_nanoarrow(na):
    array = na.Array(Lent())
    assert array.child(3).to_pylist() == CODES, array.child(3).to_pylist()
    assert array.child(7).to_pylist() == [2, 3, 4, 5]
    assert read_back(array) == WHOLE, read_back(array)


def try_each(tests):
    """Runs the test of each named module that is installed. The exit status: 1 where one failed, 77 where none is here."""
    ran = failed = 0
    for name, test in tests:
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"{name}: skipped, not installed")
            continue
        ran += 1
        try:
            test(module)
            print(f"{name} {module.__version__}: ok")
        except Exception as problem:  # every module is tried
            failed += 1
            print(f"{name} {module.__version__}: FAILED: {type(problem).__name__}: {problem}")
    return 1 if failed else 0 if ran else 77


def main():
    return try_each((("pyarrow", with_pyarrow), ("polars", with_polars), ("duckdb", with_duckdb), ("pandas", with_pandas),
                     ("nanoarrow", with_nanoarrow)))


if __name__ == "__main__":
    sys.exit(main())
