"""Data of other engines as Arrow streams: what is lazy is run, what is a Parquet file is opened by whoever can."""

from __future__ import annotations

import os
from typing import Any, Iterator

from ._frame import FrameStream, is_frame


def _package_of(data: Any) -> str:
    return type(data).__module__.split(".")[0]


def _open_parquet(path: str) -> Any:
    """The file's columns, by the first of the packages that is installed."""
    try:
        import pyarrow.dataset
    except ImportError:
        pass
    else:
        return pyarrow.dataset.dataset(path, format="parquet").scanner().to_reader()
    try:
        import polars
    except ImportError:
        pass
    else:
        return polars.read_parquet(path)
    try:
        import duckdb
    except ImportError:
        raise ImportError(f"reading the Parquet file {path!r} needs one of the packages pyarrow, polars and duckdb") from None
    return duckdb.connect().read_parquet(path).arrow()


def _of_one_array(data: Any) -> Any:
    """What lends one batch alone, as a stream of it."""
    try:
        import pyarrow
    except ImportError:
        raise ImportError(f"reading {type(data).__name__} needs the package pyarrow, as it has no __arrow_c_stream__") from None
    return pyarrow.table(pyarrow.record_batch(data))


def columns_of_each(columns: Any, others: "Iterator[Any]") -> Any:
    """One stream of the columns of a first frame, batch or relation and of others, which must have the same ones."""
    try:
        import pyarrow
    except ImportError:
        raise ImportError("reading an iterator of frames needs the package pyarrow") from None

    first = pyarrow.table(columns)

    def batches() -> "Iterator[Any]":
        yield from first.to_batches()
        for number, item in enumerate(others, 2):
            columns = columns_of(item)
            if columns is None:
                raise TypeError(f"expected frames or Arrow batches only, not {type(item).__name__}")
            table = pyarrow.table(columns)
            if not table.schema.equals(first.schema):
                raise TypeError(f"expected the columns of the first of the iterator, {_named(first)}; "
                                f"number {number} has {_named(table)}")
            yield from table.to_batches()

    return pyarrow.RecordBatchReader.from_batches(first.schema, batches())


def _named(table: Any) -> str:
    return ", ".join(f"{field.name}: {field.type}" for field in table.schema)


def columns_of(data: Any) -> Any:
    """An object with the Arrow PyCapsule interface; None when the data have no columns to lend."""
    if isinstance(data, (str, os.PathLike)):
        path = os.fspath(data)
        return _open_parquet(path) if isinstance(path, str) and path.lower().endswith(".parquet") else None
    if is_frame(data):
        return FrameStream(data)
    if _package_of(data) == "polars" and hasattr(data, "collect"):
        return data.collect()
    if _package_of(data) == "pyarrow" and hasattr(data, "scanner"):
        return data.scanner().to_reader()
    if hasattr(data, "__arrow_c_stream__"):
        return data
    if "duckdb" in _package_of(data) and hasattr(data, "arrow"):
        return data.arrow()
    if _package_of(data) == "pyarrow" and hasattr(data, "to_reader"):
        return data.to_reader()
    if hasattr(data, "__arrow_c_array__"):
        return _of_one_array(data)
    return None
