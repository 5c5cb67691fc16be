"""Counting microdata: one row per event, any number of rows, never held in memory."""

from __future__ import annotations

import json
import weakref
from typing import Any, Mapping, Sequence, Union

from . import _mtm
from ._check import _ROWS, Check
from ._dataset import Dataset
from ._handle import Handle, Turn, turns
from ._package import Package
from ._progress import progress_callback
from ._source import source_of
from ._values import PathLike, Progress, path_text

By = Union[str, Sequence[str]]


class Tabulator(Handle):
    """Counts rows of microdata by combinations of dimensions, file after file. Threads that share one wait for one another.

    >>> tabulator = Tabulator({"groupings": [{"by": ["citizenship"], "period": "quarter"}]})
    >>> tabulator.add(b"date,citizenship\\n2024-04-01,UZB\\n2024-05-02,UZB\\n2024-06-30,CHN\\n").rows["accepted"]
    3
    >>> [int(row["value"]) for row in tabulator.finish()[0] if row["citizenship"] != "_T"]
    [1, 2]
    """

    __slots__ = ("_limits", "_progress", "_turn")

    def __init__(self, specification: "str | Mapping[str, Any] | None" = None, *, threads: int = 1,
                 progress: "Progress" = None, _state: Any = None, **limits: "int | str") -> None:
        """`specification` is that of docs/tabulate.md, as JSON text or a dict.

        Registrations (docs/registration.md) take `key`, 32 hexadecimal digits, to be saved and merged, and `folder`.
        """
        self._turn, self._progress = Turn(), _Progress(progress)
        self._limits = {"threads": threads, **limits}
        options = {"progress": self._progress.relay(), **self._limits}
        if _state is None:
            text = specification if isinstance(specification, str) else json.dumps(specification, ensure_ascii=False)
            super().__init__(_mtm.mtm_tabulator_new(text, options))
        else:
            super().__init__(_mtm.mtm_tabulator_load(_state, options))

    def add(self, source: Any, *, name: str = "data", identity: "str | None" = None,
            share: "tuple[int, int] | None" = None) -> "Tabulator":
        """Counts a file (a path), bytes, an open binary file, or anything with the Arrow PyCapsule interface.

        On failure nothing of it is counted. `identity` says what the source is for good, such as
        "job/part-00003@etag": the same one is refused twice, and partitions of equal rows are different ones. None:
        it is known by its content.

        `share` (k, n) counts only those rows that begin in the k-th of n shares of a file's bytes: shares that are
        counted apart and merged are the file, line for line.
        """
        given = source_of(source, name, identity=identity, share=share)
        with self._turn:
            _mtm.mtm_tabulator_add(self._handle, given)
        return self

    def merge(self, *others: "Tabulator | bytes | Sequence[Any]", force: bool = False) -> "Tabulator":
        """Adds what other tabulators counted: themselves, their saved bytes, or lists of either.

        The order of merging does not show in the result. On failure the tabulator holds what it held before.
        """
        given = [one for other in others for one in (other if isinstance(other, (list, tuple)) else [other])]
        for one in given:
            if not isinstance(one, (Tabulator, bytes, bytearray, memoryview)):
                raise TypeError(f"expected a Tabulator or the bytes of a saved one, not {type(one).__name__}")
        rest = [one if isinstance(one, Tabulator) else Tabulator.load(one, **self._limits) for one in given]
        if rest:
            whole = rest[0] if len(rest) == 1 else rest[0].__copy__()
            for one in rest[1:]:
                whole._merge(one, force)
            self._merge(whole, force)
        return self

    def _merge(self, other: "Tabulator", force: bool) -> None:
        with turns(self._turn, other._turn):
            _mtm.mtm_tabulator_merge(self._handle, other._handle, int(force))

    @property
    def specification(self) -> "dict[str, Any]":
        """What is counted: the specification, as the tabulator was made or loaded."""
        return dict(self._described()["specification"])

    @property
    def files(self) -> "list[dict[str, Any]]":
        """What was counted so far, one dict a source: name, identity (None for none), digest, size, rows."""
        return list(self._described()["sources"])

    def _described(self) -> "dict[str, Any]":
        with self._turn:
            text = _mtm.mtm_tabulator_describe(self._handle)
        return dict(json.loads(bytes(_mtm.mtm_buffer_data(text))))

    @property
    def rows(self) -> "dict[str, int]":
        """The balance of rows over all files."""
        with self._turn:
            return {name: int(_mtm.mtm_tabulator_rows(self._handle, i)) for i, name in enumerate(_ROWS)}

    def check(self) -> Check:
        """What was wrong with the rows counted so far, and the balance of every file."""
        with self._turn:
            return Check(_mtm.mtm_tabulator_check(self._handle))

    def __copy__(self) -> "Tabulator":
        return type(self).load(self.save(), **self._limits)

    def __reduce__(self) -> Any:
        return _loaded, (type(self), self.save(), self._limits)

    def finish(self) -> Package:
        """The counts as a package of datasets, one a grouping. The tabulator may go on counting."""
        with self._turn:
            return Package(_mtm.mtm_tabulator_finish(self._handle))

    def save(self, path: "PathLike | None" = None) -> bytes:
        """Everything counted so far as bytes, written to a file too where a path is given."""
        with self._turn:
            text = _mtm.mtm_tabulator_save(self._handle)
        if path is not None:
            _mtm.mtm_buffer_save(text, path_text(path))
        return bytes(_mtm.mtm_buffer_data(text))

    @classmethod
    def load(cls, source: "Union[PathLike, bytes]", *, threads: int = 1, progress: Progress = None,
             **limits: "int | str") -> "Tabulator":
        """A tabulator from saved bytes or their file; nothing in them is trusted."""
        return cls(_state=source_of(source, "state"), threads=threads, progress=progress, **limits)

    def __repr__(self) -> str:
        rows = self.rows
        return f"<Tabulator: {rows['accepted']} of {rows['in']} rows counted>"


def _loaded(kind: "type[Tabulator]", state: bytes, limits: "dict[str, int]") -> Tabulator:
    return kind.load(state, **limits)


class _Progress:
    """Keeps a callable for a tabulator. The library keeps the relay, which cannot be part of a cycle that is never collected."""

    __slots__ = ("_callable", "__weakref__")

    def __init__(self, progress: Progress) -> None:
        self._callable: Any = None if isinstance(progress, bool) else progress
        if self._callable is not None and not callable(self._callable):
            raise TypeError(f"progress: expected a callable of (done, total), not {type(progress).__name__}")

    def relay(self) -> Any:
        if self._callable is None:
            return None
        kept = weakref.ref(self)

        def tell(done: int, total: int) -> Any:
            own = kept()
            return None if own is None else own._callable(done, total)

        return tell


def specification_of(by: "By | Sequence[By]", *, period: str, sum: "str | None",  # noqa: A002
                     filter: "Mapping[str, Sequence[str]] | None", ages: "Sequence[int] | None",  # noqa: A002
                     resource: "Mapping[str, Any] | None") -> "dict[str, Any]":
    """A specification with a grouping for each element of `by`."""
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
    return specification


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
    specification = specification_of(by, period=period, sum=sum, filter=filter, ages=ages, resource=resource)
    with progress_callback(progress, "tabulate") as callback:
        tabulator = Tabulator({**specification, "coverage": True}, threads=threads, progress=callback, **limits)
        for each in _sources(source):
            tabulator.add(each)
        return list(tabulator.finish())


def _sources(source: Any) -> "Sequence[Any]":
    if isinstance(source, (list, tuple)):
        return source
    return [source]
