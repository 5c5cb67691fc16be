"""Rows of any table, without a name that the reader must know."""

from __future__ import annotations

import os
from typing import Any, Iterator, NamedTuple, Union

from . import _mtm
from ._check import Check
from ._source import source_of

_SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " ", "double": '"', "single": "'",
          "backslash": "\\", "none": "\1"}


class TableRow(NamedTuple):
    """A row of data.

    `line` counts from 1 (of a workbook it is the row's number); `cells` are text, None where the row is shorter than the
    table; `places` has line and column of each cell that is there, where `places=True` asked for them.
    """

    line: int
    cells: "tuple[str | None, ...]"
    places: "tuple[tuple[int, int], ...] | None" = None


def _sign(sign: "str | None", what: str) -> "int | None":
    if sign is None:
        return None
    sign = _SIGNS.get(sign, sign)
    if len(sign) != 1 or ord(sign) > 127:
        raise ValueError(f"{what}: found {sign!r}, expected one ASCII character, or {', '.join(_SIGNS)}")
    return ord(sign)


def _count(rows: "int | None") -> "int | None":
    return -1 if rows == 0 else rows  # the library says 0 for what it is to find out


def _content(source: Any, name: str) -> Any:
    """The source with all its bytes at hand, so that it can be read more than once."""
    given = source_of(source, name)
    if given[0] == "read":
        content = b"".join(iter(lambda: bytes(given[1](1 << 20)), b""))
    elif given[0] == "bytes":
        content = bytes(given[1])
    else:
        return given
    return ("bytes", content, *given[2:])


class Rows:
    """The rows of one table of a file: iterable, as often as needed, and a frame.

    >>> table = rows(b"Arrivals, thousand\\n\\nyear,men,women\\n2023,1,2\\n2024,3\\n", name="arrivals.csv")
    >>> table.title, table.names
    ('Arrivals, thousand', ['year', 'men', 'women'])
    >>> for row in table: print(row.line, row.cells)
    4 ('2023', '1', '2')
    5 ('2024', '3', None)
    >>> for note in table.notes.diagnostics: print(note.code, note.line)
    MTM-N037 1
    MTM-N151 5
    """

    __slots__ = ("_source", "_options", "_reader", "_table", "_notes", "_tables")

    def __init__(self, source: Any, options: "dict[str, Any]") -> None:
        self._source, self._options = source, options
        self._reader: Any = _mtm.mtm_row_reader_open(source, options)  # what cannot be read fails here
        self._table: "dict[str, Any]" = _mtm.mtm_row_reader_table(self._reader, 0)
        self._notes: "Check | None" = None
        self._tables: "list[dict[str, Any]]" = []

    def _open(self) -> Any:
        reader, self._reader = self._reader, None
        return _mtm.mtm_row_reader_open(self._source, self._options) if reader is None else reader

    def _keep(self, reader: Any) -> None:
        """What a reader knows when its last row is read."""
        self._notes = Check(_mtm.mtm_row_reader_check(reader), reader)
        self._tables, index = [], 1
        while (table := _mtm.mtm_row_reader_table(reader, index)) is not None:
            self._tables.append(table)
            index += 1

    def _read_all(self) -> None:
        if self._notes is None:
            for _ in self:
                pass

    def __iter__(self) -> "Iterator[TableRow]":
        reader = self._open()
        with_places = bool(self._options.get("places"))
        while (row := _mtm.mtm_row_reader_next(reader)) is not None:
            places = None
            if with_places:
                places = tuple(_mtm.mtm_row_reader_place(reader, i) for i, cell in enumerate(row[1]) if cell is not None)
            yield TableRow(row[0], row[1], places)
        self._keep(reader)

    @property
    def names(self) -> "list[str]":
        """The names of the columns; "" where one has none."""
        return list(self._table["names"])

    @property
    def title(self) -> str:
        """What stands above the table; "" for nothing."""
        return str(self._table["title"])

    @property
    def sheet(self) -> str:
        """Of a workbook; "" else."""
        return str(self._table["sheet"])

    @property
    def dialect(self) -> "dict[str, Any]":
        """How the file is written: encoding, delimiter, quote, header_rows, line of the header."""
        return {key: self._table[key] for key in ("encoding", "delimiter", "quote", "header_rows", "line")}

    @property
    def notes(self) -> Check:
        """What reading found: notes, rows that could not be cut, the balance of rows. Reads to the end where needed."""
        self._read_all()
        assert self._notes is not None
        return self._notes

    @property
    def tables(self) -> "list[dict[str, Any]]":
        """All tables of the file or sheet: title, names, line, rows, header_rows. Reads to the end where needed."""
        self._read_all()
        return [{"table": i + 1, **{key: table[key] for key in ("sheet", "title", "names", "header_rows", "line", "rows")}}
                for i, table in enumerate(self._tables)]

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """Columns of text as an Arrow C stream; with `places=True` file, line and places beside them."""
        return _mtm.mtm_row_reader_arrow(self._open())

    def to_arrow(self) -> Any:
        """A pyarrow table."""
        import pyarrow

        return pyarrow.RecordBatchReader.from_stream(self).read_all()

    def to_polars(self) -> Any:
        """A polars frame."""
        import polars

        return polars.DataFrame(self)

    def to_pandas(self) -> Any:
        """A pandas frame of text: None where a row has no such cell. `attrs["notes"]` holds the diagnostics.

        Nothing is turned into numbers: the text is what the file has, and the reader of a frame knows what it means.
        """
        import pandas

        rows = list(self)
        with_places = bool(self._options.get("places"))
        width = max((len(row.cells) for row in rows), default=len(self.names))
        names = _unique(self.names, width, ["file", "line"] if with_places else [])
        columns: "dict[str, Any]" = {name: [] for name in names}
        if with_places:
            columns["file"] = [self._source[1] if self._source[0] == "path" else self._source[2]] * len(rows)
            columns["line"] = [row.line for row in rows]
        for i, name in enumerate(names[-width:] if width else []):
            columns[name] = [row.cells[i] if i < len(row.cells) else None for row in rows]
        frame = pandas.DataFrame({name: pandas.Series(cells, dtype="int64" if name == "line" and with_places else object)
                                  for name, cells in columns.items()}, columns=names)
        if with_places:
            places = "places" if "places" not in names else "places_2"
            frame[places] = pandas.Series([list(row.places or ()) for row in rows], dtype=object)
        frame.attrs["notes"] = [note._asdict() for note in self.notes.diagnostics]
        return frame

    def __repr__(self) -> str:
        return f"<Rows: {len(self._table['names'])} columns: {', '.join(self.names[:8])}>"


def _unique(names: "list[str]", width: int, front: "list[str]") -> "list[str]":
    """As the Arrow stream names its columns."""
    out = list(front)
    for i in range(width):
        name = names[i] if i < len(names) else ""
        nth = names[:i].count(name) + 1 if name else 1
        text = (name or f"col_{i}") + (f"_{nth}" if nth > 1 else "")
        while text in out:
            text += f"_{i + 2}"
        out.append(text)
    return out


def rows(source: Any, *, sheet: "Union[str, int, None]" = None, table: int = 1, encoding: "str | None" = None,
         delimiter: "str | None" = None, quote: "str | None" = None, escape: "str | None" = None,
         header: "int | None" = None, skip: "int | None" = None, allow_guess: bool = False, places: bool = False,
         name: str = "data", **limits: int) -> Rows:
    """Reads the rows of any table: of CSV, a workbook or another container that docs/reading.md lists.

    The dialect, the header and where the table ends are found out; where two readings fit, the file is refused and both
    are shown. What is told here is taken as it is.

    Args:
        source: a path, bytes, an open binary file, or an iterator of bytes.
        sheet: of a workbook, by name or number from 1; None takes the first that is not hidden.
        table: which table of the file or sheet, from 1; `tables` lists them.
        delimiter, quote, escape: a sign, or its name: "comma", "semicolon", "tab", "bar", "space", "none", ...
        header: rows of the header; 0 where the table has none.
        skip: rows above the header.
        allow_guess: lets a guessed encoding be used, with a note.
        places: line and column of every cell.
        name: what notes call what has no path.
        **limits: max_field, max_record, max_columns, max_expansion.

    >>> [row.cells for row in rows(b"a;b\\n1,5;x\\n2,5;y\\n")]
    [('1,5', 'x'), ('2,5', 'y')]
    """
    if not isinstance(source, (str, os.PathLike)) and hasattr(source, "__arrow_c_stream__"):
        raise TypeError("expected a file or its bytes; Arrow data has rows already")
    options = {"sheet": None if sheet is None else str(sheet), "table": table, "encoding": encoding,
               "delimiter": _sign(delimiter, "delimiter"), "quote": _sign(quote, "quote"), "escape": _sign(escape, "escape"),
               "header_rows": _count(header), "skip_rows": _count(skip), "allow_guess": int(allow_guess),
               "places": int(places), **limits}
    return Rows(_content(source, name), options)
