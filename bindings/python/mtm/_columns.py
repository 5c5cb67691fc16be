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


# Names of the columns, with their numbers in the library, the types of their elements and how many stand for one observation.
COLUMNS = {"periods": (0, "i", 2), "values": (1, "q", 1), "statuses": (2, "B", 1), "lines": (3, "q", 1),
           "releases": (4, "i", 1), "codes": (5, "i", 1), "uncovered": (6, "i", 2)}


def column(dataset: Any, name: str, dimension: int) -> Any:
    """A column of a Dataset as a view that keeps it alive."""
    number, kind, each = COLUMNS[name]
    return view(_mtm.mtm_dataset_column(dataset._handle, number, dimension), kind, each * len(dataset), dataset)


def members(dataset: Any, dimension: int, language: int) -> "list[dict[str, Any]]":
    """Members of a dimension: code, label in a language, kind."""
    count = _mtm.mtm_dataset_dimension(dataset, dimension)["n_members"]
    return [_mtm.mtm_dataset_member(dataset, dimension, i, language) for i in range(count)]


def labels(dataset: Any, dimension: int, language: "int | None") -> "list[str]":
    """Codes of a dimension's members, or their names in a language."""
    what = "code" if language is None else "label"
    return [str(member[what]) for member in members(dataset, dimension, language or 0)]
