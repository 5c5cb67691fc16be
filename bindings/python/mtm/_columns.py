"""Views of a dataset's columns without copies, and tables of its observations."""

from __future__ import annotations

import ctypes
from typing import Any

from . import _mtm


def view(address: int, kind: str, count: int, owner: Any) -> memoryview:
    """A read-only memoryview of `count` numbers ("i" for 32 bits, "q" for 64, "c" for bytes) at an address."""
    ctype: Any = {"i": ctypes.c_int32, "q": ctypes.c_int64, "c": ctypes.c_char}[kind]
    if count == 0 or address == 0:
        return memoryview((ctype * 0)()).cast("B").cast({"i": "i", "q": "q", "c": "B"}[kind])
    array_type = type("_Lent", (ctype * count,), {"_owner": owner})
    array = array_type.from_address(address)
    return memoryview(array).cast("B").cast({"i": "i", "q": "q", "c": "B"}[kind]).toreadonly()


def as_array(lent: memoryview) -> Any:
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
