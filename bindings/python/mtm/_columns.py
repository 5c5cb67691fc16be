"""Views of a dataset's columns without copies, and names of its members."""

from __future__ import annotations

from typing import Any

from . import _mtm


def view(address: int, kind: str, count: int, owner: Any) -> Any:
    """A read-only memoryview of `count` numbers ("i" of 32 bits, "q" of 64, "B" bytes) that keeps `owner` alive."""
    import ctypes  # here, because importing it takes longer than most programs need

    types: Any = {"i": ctypes.c_int32, "q": ctypes.c_int64, "B": ctypes.c_uint8}
    kept: Any = type("Lent", (types[kind] * count,), {"owner": owner})
    array = kept() if count == 0 or address == 0 else kept.from_address(address)
    lent: Any = memoryview(array)
    return lent.cast("B").cast(kind).toreadonly()


def as_array(lent: Any) -> Any:
    """The view as a NumPy array, still without a copy; the memoryview itself where NumPy is absent."""
    try:
        import numpy
    except ImportError:
        return lent
    return numpy.asarray(lent)


def has_value(status: str) -> bool:
    return status not in "LMOQ"


def labels(dataset: Any, dimension: int, language: "int | None") -> "list[str]":
    """Codes of a dimension's members, or their names in a language."""
    count = _mtm.mtm_dataset_member_count(dataset, dimension)
    if language is None:
        return [_mtm.mtm_dataset_member(dataset, dimension, i) for i in range(count)]
    return [_mtm.mtm_dataset_label(dataset, dimension, i, language) for i in range(count)]
