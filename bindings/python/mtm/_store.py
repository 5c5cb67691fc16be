"""Stores of releases: what agencies published, as it was on the day it came."""

from __future__ import annotations

import datetime
import decimal
import json
from typing import Any, Iterator, NamedTuple, Sequence, Union

from . import _mtm
from ._handle import Handle, Turn
from ._package import Package
from ._values import PathLike, Period, path_text


class Release(NamedTuple):
    """A release of a store. Texts are empty where nothing was said."""

    source: str
    release: str
    released: datetime.date
    received: str
    by: str
    note: str
    supersedes: "tuple[str, ...]"
    superseded_by: str
    n_files: int
    n_bytes: int


class Store(Handle):
    """A folder that keeps every release as it came, and gives the data package of any day.

    >>> import tempfile
    >>> store = Store(tempfile.mkdtemp(), create=True)
    >>> store.add(example("kazakhstan-2024-q2"), source="statistics", released="2026-09-30").superseded_by
    ''
    >>> store.package(as_of="2026-12-31").compute("arrivals").value
    Decimal('4001714')
    >>> Store.verify(store.path)
    []
    """

    __slots__ = ("path", "_turn")

    def __init__(self, path: PathLike, *, create: bool = False) -> None:
        """Opens a store; `create` makes one where there is no folder, or an empty one."""
        self.path, self._turn = path_text(path), Turn()
        super().__init__(_mtm.mtm_store_open(self.path, int(create)))

    def __copy__(self) -> "Store":
        raise TypeError("a store cannot be copied, for releases may be added to it; open it again")

    def add(self, package: PathLike, *, source: str, released: Any = None, release: "str | None" = None,
            supersedes: "Union[str, Sequence[str]]" = (), by: "str | None" = None, note: "str | None" = None,
            received: "str | None" = None) -> Release:
        """Adds a data package, all of it or nothing. The same release again changes nothing.

        Args:
            package: a folder with a `datapackage.json`, or that file.
            source: who publishes: small letters, digits, points, hyphens, underscores.
            released: the day it was published; None takes the last `releaseDate` of its resources.
            release: its name within the source; None takes the day.
            supersedes: names of earlier releases that it replaces as a whole; "all"; or "none", which says that its events come
                on top of theirs.
            by: who puts it in. note: anything worth remembering. received: when it came; None means now.

        Raises:
            ValueError, InputError: what would make figures wrong later; nothing was added.
        """
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        day = None if released is None else str(Period(released))
        options = {"source": source, "release": release, "released": day, "received": received or now, "by": by, "note": note,
                   "supersedes": [supersedes] if isinstance(supersedes, str) else list(supersedes)}
        with self._turn:
            _mtm.mtm_store_add(self._handle, path_text(package), options)
        wanted = (source, release or day)
        return next(one for one in reversed(list(self))
                    if one.source == source and (wanted[1] is None or one.release == wanted[1]))

    def __len__(self) -> int:
        with self._turn:
            return int(_mtm.mtm_store_count(self._handle))

    def __getitem__(self, index: int) -> Release:
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"index {index} is out of range: there are {len(self)} releases")
        with self._turn:
            one = _mtm.mtm_store_at(self._handle, at)
        return Release(**{**one, "released": datetime.date.fromisoformat(one["released"]), "supersedes": tuple(one["supersedes"])})

    def __iter__(self) -> "Iterator[Release]":
        return (self[i] for i in range(len(self)))

    def package(self, *, as_of: Any = None, **options: Any) -> Package:
        """The data package of what had been released by a day; options as in `Package.read`."""
        return Package.read(self.path, as_of=as_of, **options)

    def describe(self, *, as_of: Any = None) -> "dict[str, Any]":
        """The description of that package."""
        with self._turn:
            text = _mtm.mtm_store_describe(self._handle, None if as_of is None else Period(as_of)._days)
        return dict(json.loads(bytes(_mtm.mtm_buffer_data(text))))

    def export(self, folder: PathLike, *, as_of: Any = None) -> None:
        """Writes that package with its files to a new folder."""
        with self._turn:
            _mtm.mtm_store_export(self._handle, None if as_of is None else Period(as_of)._days, path_text(folder))

    def diff(self, before: Any, after: Any) -> "list[dict[str, Any]]":
        """What changed between two releases ("SOURCE/RELEASE", or a `Release`), or between what was known on two days.

        A dict for each figure of the tables that was added, removed or revised: change, table, period, cell, and before and after,
        each with value, file and line, or None.
        """
        sides = [_side(before), _side(after)]
        text = _mtm.mtm_revisions_diff(self.path, sides[0], sides[1], 3)
        found: "list[dict[str, Any]]" = json.loads(bytes(_mtm.mtm_buffer_data(text)))
        for one in found:
            for side in (one["before"], one["after"]):
                if side is not None and side["value"] is not None:
                    side["value"] = decimal.Decimal(side["value"])
        return found

    @staticmethod
    def verify(path: PathLike) -> "list[str]":
        """Reads everything in a store; a line for each thing that is not as it was added."""
        return bytes(_mtm.mtm_buffer_data(_mtm.mtm_store_verify(path_text(path)))).decode("utf-8").splitlines()

    def __repr__(self) -> str:
        return f"<Store {self.path}: {len(self)} releases>"


def _side(what: Any) -> str:
    if isinstance(what, Release):
        return f"{what.source}/{what.release}"
    return what if isinstance(what, str) else str(Period(what))
