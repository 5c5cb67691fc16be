"""Rows of any table: cells with their places, notes beside, frames."""
import io
import json
import pathlib

import mtm
import pytest

TABLE = "Title\n\nname,men,women\n\"a\nb\",1,2\nc,3\nd,4,5,6\n".encode()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(TABLE)
    return path


def test_rows_have_cells_places_and_notes(file):
    table = mtm.rows(file, places=True)
    assert (table.title, table.names, table.sheet) == ("Title", ["name", "men", "women"], "")
    rows = list(table)
    assert [row.cells for row in rows] == [("a\nb", "1", "2"), ("c", "3", None), ("d", "4", "5", "6")]
    assert [row.line for row in rows] == [4, 6, 7]
    assert rows[0].places == ((4, 1), (5, 4), (5, 6)) and rows[1].places == ((6, 1), (6, 3))
    assert [(note.code, note.line) for note in table.notes.diagnostics] == [
        ("MTM-N037", 1), ("MTM-N151", 6), ("MTM-N152", 7)]
    assert table.notes.rows == {"in": 6, "accepted": 3, "rejected": 0, "not_data": 3}
    assert table.dialect["delimiter"] == "," and table.tables[0]["rows"] == 3


def test_rows_are_read_as_often_as_asked(file):
    with open(file, "rb") as opened:
        sources = [str(file), TABLE, bytearray(TABLE), io.BytesIO(TABLE), iter([TABLE[:9], TABLE[9:]]), opened]
        for source in sources:
            table = mtm.rows(source)
            assert list(table) == list(table) == list(mtm.rows(file))
            assert table.notes.rows["accepted"] == 3


def test_a_half_read_table_begins_again(file):
    table = mtm.rows(file)
    assert next(iter(table)).line == 4 and [row.line for row in table] == [4, 6, 7]


def test_what_is_told_is_taken():
    assert mtm.rows(b"a,b;c\nd,e;f\n", delimiter="semicolon", header=0).to_pandas().values.tolist() == [["a,b", "c"], ["d,e", "f"]]
    with pytest.raises(ValueError, match="expected one ASCII character"):
        mtm.rows(TABLE, delimiter="long")
    with pytest.raises(mtm.InputError):
        mtm.rows(TABLE, table=2)
    with pytest.raises(mtm.InputError, match="no row that is not blank"):
        mtm.rows(b"\n\n")
    with pytest.raises(mtm.NotFoundError):
        mtm.rows("nothing.csv")
    with pytest.raises(TypeError, match="no option"):
        mtm.rows(TABLE, nothing=1)


def test_a_second_table_is_named(tmp_path):
    text = b"foo,bar\nx,1\ny,2\n\nSecond\nother,names,here\nq,5,6\nr,7,8\n"
    tables = mtm.rows(text).tables
    assert [(t["table"], t["title"], t["rows"]) for t in tables] == [(1, "", 2), (2, "Second", 2)]
    assert [row.cells for row in mtm.rows(text, table=2)] == [("q", "5", "6"), ("r", "7", "8")]


def test_frames_keep_text_and_places(file):
    pytest.importorskip("pandas")
    frame = mtm.rows(file).to_pandas()
    assert list(frame.columns) == ["name", "men", "women", "col_3"]
    assert frame["women"].tolist() == ["2", None, "5"] and frame["col_3"].tolist() == [None, None, "6"]
    assert [note["code"] for note in frame.attrs["notes"]] == ["MTM-N037", "MTM-N151", "MTM-N152"]
    placed = mtm.rows(b"line,x,x\na,1,2\nb,3,4\n", name="t.csv", places=True).to_pandas()
    assert list(placed.columns) == ["file", "line", "line_2", "x", "x_2", "places"]
    assert placed["file"].tolist() == ["t.csv", "t.csv"] and placed["line"].tolist() == [2, 3]
    assert placed["places"][0] == [(2, 1), (2, 3), (2, 5)]
    empty = mtm.rows(b"a,b\n", header=1).to_pandas()
    assert list(empty.columns) == ["a", "b"] and len(empty) == 0


def test_arrow_is_the_same_as_the_rows(file):
    pyarrow = pytest.importorskip("pyarrow")
    table = mtm.rows(file, places=True)
    arrow = table.to_arrow()
    assert arrow.column_names == ["file", "line", "name", "men", "women", "col_3", "places"]
    assert arrow["line"].to_pylist() == [4, 6, 7] and arrow["women"].to_pylist() == ["2", None, "5"]
    assert [tuple((p["line"], p["column"]) for p in row) for row in arrow["places"].to_pylist()] == [
        row.places for row in table]
    assert arrow["col_3"].type == pyarrow.string()


def test_polars(file):
    pytest.importorskip("polars")
    frame = mtm.rows(file).to_polars()
    assert frame.columns == ["name", "men", "women", "col_3"] and frame["women"].to_list() == ["2", None, "5"]


def test_a_stream_outlives_what_it_came_from():
    pyarrow = pytest.importorskip("pyarrow")
    stream = pyarrow.RecordBatchReader.from_stream(mtm.rows(bytearray(b"a,b\n1,2\n3,4\n" * 1)))
    assert stream.read_all().num_rows == 2


def test_every_row_of_the_examples():
    source = pathlib.Path(__file__).resolve().parents[3] / "examples/kazakhstan-2024-q2"
    for path in sorted(source.rglob("*.csv")):
        table = mtm.rows(path)
        balance = table.notes.rows
        assert balance["in"] == balance["accepted"] + balance["rejected"] + balance["not_data"]
        assert balance["accepted"] == sum(1 for _ in table)
        json.dumps([row.cells for row in table])
