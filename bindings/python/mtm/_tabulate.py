"""Counting microdata: one row per event, any number of rows, never held in memory."""

from __future__ import annotations

import json
from typing import Any, Mapping, Sequence, Union

from . import _mtm
from ._check import _ROWS, Check
from ._dataset import Dataset
from ._handle import Handle
from ._package import Package
from ._progress import progress_callback
from ._source import source_of
from ._values import PathLike, Progress, path_text

By = Union[str, Sequence[str]]


class Tabulator(Handle):
    """Counts rows of microdata by combinations of dimensions, file after file. One thread at a time.

    >>> tabulator = Tabulator({"groupings": [{"by": ["citizenship"], "period": "quarter"}]})
    >>> tabulator.add(b"date,citizenship\\n2024-04-01,UZB\\n2024-05-02,UZB\\n2024-06-30,CHN\\n").rows["accepted"]
    3
    >>> [int(row["value"]) for row in tabulator.finish()[0] if row["citizenship"] != "_T"]
    [1, 2]
    """

    __slots__ = ()

    def __init__(self, specification: "str | Mapping[str, Any] | None" = None, *, threads: int = 1,
                 progress: "Progress" = None, _handle: Any = None, **limits: int) -> None:
        """`specification` is that of docs/tabulate.md, as JSON text or a dict."""
        if _handle is None:
            text = specification if isinstance(specification, str) else json.dumps(specification, ensure_ascii=False)
            _handle = _mtm.mtm_tabulator_new(text, {"threads": threads, "progress": _callable(progress), **limits})
        super().__init__(_handle)

    def add(self, source: Any, *, name: str = "data") -> "Tabulator":
        """Counts a file (a path), bytes, an open binary file, or anything with the Arrow PyCapsule interface.

        On failure nothing of it is counted.
        """
        _mtm.mtm_tabulator_add(self._handle, source_of(source, name))
        return self

    def merge(self, other: "Tabulator", *, force: bool = False) -> "Tabulator":
        """Adds what another tabulator counted; the order of merging does not show in the result."""
        _mtm.mtm_tabulator_merge(self._handle, other._handle, int(force))
        return self

    @property
    def rows(self) -> "dict[str, int]":
        """The balance of rows over all files."""
        return {name: int(_mtm.mtm_tabulator_rows(self._handle, i)) for i, name in enumerate(_ROWS)}

    def check(self) -> Check:
        """What was wrong with the rows counted so far, and the balance of every file."""
        return Check(_mtm.mtm_tabulator_check(self._handle))

    def __copy__(self) -> "Tabulator":
        return type(self).load(self.save())

    def __reduce__(self) -> Any:
        return type(self).load, (self.save(),)

    def finish(self) -> Package:
        """The counts as a package of datasets, one a grouping. The tabulator may go on counting."""
        return Package(_mtm.mtm_tabulator_finish(self._handle))

    def save(self, path: "PathLike | None" = None) -> bytes:
        """Everything counted so far as bytes, written to a file too where a path is given."""
        text = _mtm.mtm_tabulator_save(self._handle)
        if path is not None:
            _mtm.mtm_buffer_save(text, path_text(path))
        return bytes(_mtm.mtm_buffer_data(text))

    @classmethod
    def load(cls, source: "Union[PathLike, bytes]", *, threads: int = 1, progress: Progress = None) -> "Tabulator":
        """A tabulator from saved bytes or their file; nothing in them is trusted."""
        return cls(_handle=_mtm.mtm_tabulator_load(source_of(source, "state"),
                                                   {"threads": threads, "progress": _callable(progress)}))

    def __repr__(self) -> str:
        rows = self.rows
        return f"<Tabulator: {rows['accepted']} of {rows['in']} rows counted>"


def _callable(progress: Progress) -> Any:
    return None if isinstance(progress, bool) else progress


def tabulate(source: Any, by: "By | Sequence[By]", *, period: str = "quarter", sum: "str | None" = None,  # noqa: A002
             filter: "Mapping[str, Sequence[str]] | None" = None,  # noqa: A002
             ages: "Sequence[int] | None" = None, resource: "Mapping[str, Any] | None" = None, threads: int = 1,
             progress: Progress = None, **limits: int) -> "list[Dataset]":
    """Counts microdata and gives a dataset for each element of `by`.

    Args:
        source: a path or several, bytes, a data frame, or anything with the Arrow PyCapsule interface.
        by: what to count by: one dimension, or a list whose elements are a dimension or a list of them, such as
            ``["direction", ["direction", "citizenship"]]``.
        period: "day", "month", "quarter", "half-year" or "year".
        sum: a column to add up instead of counting rows.
        filter: codes to keep, by dimension.
        ages: first ages of the bands of ``"age"``.
        resource: how the files are read; None recognises the columns from their names.
        threads: threads to count with; -1 for as many as there are processors.
        progress: a callable of (done, total), or True for a bar.
    """
    groupings: list[dict[str, Any]] = []
    for one in [by] if isinstance(by, str) else by:
        grouping: dict[str, Any] = {"by": [one] if isinstance(one, str) else list(one), "period": period}
        if sum is not None:
            grouping["sum"] = sum
        groupings.append(grouping)
    specification: dict[str, Any] = {"groupings": groupings}
    for key, value in (("filter", filter), ("ages", ages), ("resource", resource)):
        if value is not None:
            specification[key] = {k: list(v) for k, v in filter.items()} if key == "filter" and filter else value
    with progress_callback(progress, "tabulate") as callback:
        tabulator = Tabulator(specification, threads=threads, progress=callback, **limits)
        for each in _sources(source):
            tabulator.add(each)
        return list(tabulator.finish())


def _sources(source: Any) -> "Sequence[Any]":
    if isinstance(source, (list, tuple)):
        return source
    return [source]
