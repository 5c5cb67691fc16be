"""A pandas frame as Arrow columns: numbers by value, times by the clock of their zone, periods by meaning, categories by code.

No value passes through text that is not text already; whole columns are lent to the library, not copied, where their memory
is laid out as Arrow wants it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from . import _mtm
from ._values import Period

_WHOLE = {("i", 1): "c", ("i", 2): "s", ("i", 4): "i", ("i", 8): "l",
          ("u", 1): "C", ("u", 2): "S", ("u", 4): "I", ("u", 8): "L"}


def _validity(missing: Any) -> "tuple[int, Any]":
    """How many values are missing, and the bits of those that are not; None where none is."""
    import numpy

    nulls = int(missing.sum())
    return nulls, None if nulls == 0 else numpy.packbits(~missing, bitorder="little")


def _text_buffers(texts: "list[str]") -> "tuple[None, Any, Any]":
    import numpy

    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = numpy.zeros(len(encoded) + 1, dtype=numpy.int64)
    numpy.cumsum([len(one) for one in encoded], out=offsets[1:])
    return None, offsets, b"".join(encoded)


def _by_code(name: str, codes: Any, values: "list[str]") -> "tuple[Any, ...]":
    """Codes from 0 on, -1 for what is missing, into a list of texts."""
    import numpy

    codes = numpy.ascontiguousarray(codes)
    nulls, valid = _validity(codes < 0)
    dictionary = ("U", len(values), _text_buffers(values))
    return name, _WHOLE["i", codes.dtype.itemsize], nulls, (valid, codes), dictionary


def _as_text(value: Any) -> str:
    if isinstance(value, (bytes, bytearray)):
        raise TypeError(f"expected text, numbers or dates in a data frame, not bytes such as {bytes(value)[:20]!r}")
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def _texts(name: str, column: Any) -> "tuple[Any, ...]":
    """A column of Python objects: each distinct text once."""
    import numpy
    import pandas

    values = column.to_numpy(dtype=object)
    missing = numpy.asarray(pandas.isna(column), dtype=bool)
    if pandas.api.types.infer_dtype(values, skipna=True) not in ("string", "empty"):
        values = numpy.array([None if gone else _as_text(value) for value, gone in zip(values, missing)], dtype=object)
    codes, distinct = pandas.factorize(values)
    codes[missing] = -1
    return _by_code(name, codes, [str(one) for one in distinct])


def _categories(name: str, column: Any) -> "tuple[Any, ...]":
    """Categories that are texts by their codes; others as the values that they are."""
    import pandas

    categories = column.cat.categories
    if pandas.api.types.infer_dtype(categories, skipna=True) != "string":
        return _column(name, column.astype(categories.dtype if not column.isna().any() else object))
    return _by_code(name, column.cat.codes.to_numpy(), [str(one) for one in categories])


def _periods(name: str, column: Any) -> "tuple[Any, ...]":
    """Periods as SDMX text: a month stays a month, whatever its frequency is printed like."""
    import pandas

    codes, distinct = pandas.factorize(column)
    return _by_code(name, codes, [str(Period(one)) for one in distinct])


def _times(name: str, column: Any) -> "tuple[Any, ...]":
    """Times as the clock of their own zone shows them."""
    import numpy

    local = column.dt.tz_localize(None) if getattr(column.dtype, "tz", None) is not None else column
    values = local.to_numpy()
    unit = numpy.datetime_data(values.dtype)[0]
    nulls, valid = _validity(numpy.isnat(values))
    return name, f"ts{unit[0]}:", nulls, (valid, numpy.ascontiguousarray(values.view("int64"))), None


def _numbers(name: str, column: Any) -> "tuple[Any, ...]":
    """Booleans, whole numbers and floats; what is missing or not a number is missing."""
    import numpy
    import pandas

    missing = numpy.asarray(pandas.isna(column), dtype=bool)
    nulls, valid = _validity(missing)
    if isinstance(column.dtype, numpy.dtype):
        values = column.to_numpy()
    else:  # a dtype of pandas with a mask: its numbers in the same width
        plain = {"b": "bool", "f": "float64"}.get(column.dtype.kind, column.dtype.name.lower())
        plain = "int64" if "[" in plain else plain
        values = column.fillna(False if column.dtype.kind == "b" else 0).to_numpy(dtype=plain)
    if values.dtype.kind == "b":
        return name, "b", nulls, (valid, numpy.packbits(values, bitorder="little")), None
    if values.dtype.kind == "f":
        values = values.astype("float64") if values.dtype.itemsize not in (4, 8) else values
        form = "f" if values.dtype.itemsize == 4 else "g"
    else:
        form = _WHOLE[values.dtype.kind, values.dtype.itemsize]
    return name, form, nulls, (valid, numpy.ascontiguousarray(values.astype(values.dtype.newbyteorder("=")))), None


def _column(name: str, column: Any) -> "tuple[Any, ...]":
    import pandas

    dtype = column.dtype
    if isinstance(dtype, pandas.PeriodDtype):
        return _periods(name, column)
    if isinstance(dtype, pandas.CategoricalDtype):
        return _categories(name, column)
    if isinstance(dtype, pandas.DatetimeTZDtype) or getattr(dtype, "kind", "O") == "M":
        return _times(name, column) if hasattr(column, "dt") and "pyarrow" not in str(dtype) else _texts(name, column)
    if getattr(dtype, "kind", "O") in "biuf" and "pyarrow" not in str(dtype) and not isinstance(dtype, pandas.SparseDtype):
        return _numbers(name, column)
    return _texts(name, column)


class FrameStream:
    """A pandas frame with the Arrow PyCapsule interface; its index is not read."""

    def __init__(self, frame: Any) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        frame = self._frame
        columns = tuple(_column(str(name), frame.iloc[:, i]) for i, name in enumerate(frame.columns))
        return _mtm.mtm_py_frame(columns, len(frame))


def is_frame(data: Any) -> bool:
    """Whether it is a pandas frame, told without importing pandas."""
    return any(one.__name__ == "DataFrame" and one.__module__.split(".")[0] == "pandas" for one in type(data).__mro__)
