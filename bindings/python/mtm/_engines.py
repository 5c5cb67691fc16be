"""Data of other engines as Arrow streams: what is lazy is run, what is a Parquet file is opened by whoever can."""

from __future__ import annotations

import os
from typing import Any

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
    return None
