"""Where data comes from, as the library takes it: (kind, what, name, first byte, how many bytes, identity)."""

from __future__ import annotations

import io
import itertools
import os
from typing import Any, Callable, Iterable, Iterator

from ._engines import columns_of, columns_of_each

Source = "tuple[str, Any, str, int, int, str | None]"


class _Chunks:
    """Gives the bytes of an iterator by as many as are asked for."""

    def __init__(self, chunks: "Iterable[bytes]") -> None:
        self._chunks: Iterator[bytes] = iter(chunks)
        self._rest = b""

    def read(self, size: int) -> bytes:
        while not self._rest:
            try:
                chunk = next(self._chunks)
            except StopIteration:
                return b""
            if not isinstance(chunk, (bytes, bytearray, memoryview)):
                raise TypeError(f"expected pieces of bytes, not {type(chunk).__name__}")
            self._rest = bytes(chunk)
        given, self._rest = self._rest[:size], self._rest[size:]
        return given


def _reader(file: Any) -> "Callable[[int], bytes]":
    if isinstance(file, io.TextIOBase):
        raise TypeError("expected a file opened in binary mode ('rb')")

    def read(size: int) -> bytes:
        got = file.read(size)
        if got is None:
            raise BlockingIOError("the file has no bytes yet; expected one that waits for them")
        if isinstance(got, str):
            raise TypeError("expected a file that gives bytes, not str")
        return bytes(got)

    return read


def _bytes_of(path: str, share: "tuple[int, int]") -> "tuple[int, int]":
    """The first byte of the k-th of n shares, and how many it has; 0 of the last: all there are."""
    k, n = share
    if not (isinstance(k, int) and isinstance(n, int) and 1 <= k <= n):
        raise ValueError(f"share: expected (k, n) with k from 1 to n, not {share!r}")
    size = os.path.getsize(path)
    first, end = size * (k - 1) // n, size * k // n
    if first == end and k < n:
        raise ValueError(f"share: expected no more shares than the file has bytes, not {n} of {size}")
    return first, end - first if k < n else 0


def source_of(source: Any, name: str = "data", *, identity: "str | None" = None, share: "tuple[int, int] | None" = None) -> Any:
    """A path, bytes, an open binary file, an iterator of bytes or of frames, a data frame of pandas or polars,
    a DuckDB relation, a pyarrow table or dataset, the path of a Parquet file, or anything else with the Arrow PyCapsule interface."""
    if share is not None and (not isinstance(source, (str, os.PathLike)) or os.fspath(source).endswith(".parquet")):
        raise TypeError("share: expected the path of a CSV file")
    columns = columns_of(source)
    if columns is not None:
        return ("arrow", columns.__arrow_c_stream__(), name if name != "data" or not isinstance(source, str) else source, 0, 0,
                identity)
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if isinstance(path, bytes):
            raise TypeError("expected a path as str or os.PathLike[str], not bytes")
        if share is not None:
            return ("share", path, "", *_bytes_of(path, share), identity)
        return ("path", path, "", 0, 0, identity)
    if isinstance(source, (bytes, bytearray, memoryview)):
        return ("bytes", source, name, 0, 0, identity)
    if hasattr(source, "read"):
        own = getattr(source, "name", None)
        return ("read", _reader(source), own if isinstance(own, str) and name == "data" else name, 0, 0,
                identity)
    if hasattr(source, "__next__"):
        try:
            first = next(source)
        except StopIteration:
            return ("bytes", b"", name, 0, 0, identity)
        columns = None if isinstance(first, (str, bytes, bytearray, memoryview)) else columns_of(first)
        if columns is not None:
            return ("arrow", columns_of_each(columns, source).__arrow_c_stream__(), name, 0, 0, identity)
        return ("read", _Chunks(itertools.chain([first], source)).read, name, 0, 0, identity)
    raise TypeError(f"expected a path, bytes, an open binary file, an iterator of bytes or Arrow data, not "
                    f"{type(source).__name__}")
