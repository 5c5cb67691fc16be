"""Indicators: definitions of the statistics a report states."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, overload

from . import _mtm
from ._handle import Handle
from ._source import source_of
from ._values import PathLike, language_number


class Indicator(Handle):
    """A definition of a catalogue: what is counted, and how."""

    __slots__ = ()

    def _get(self, what: str, language: str = "en") -> str:
        return str(_mtm.mtm_indicator_get(self._handle, language_number(language))[what])

    @property
    def id(self) -> str:
        """Such as "arrivals-by-origin"."""
        return self._get("id")

    def title(self, language: str = "en") -> str:
        """The title in "en", "ru" or "kk"."""
        return self._get("title", language)

    def definition(self, language: str = "en") -> str:
        """The definition that belongs to the number."""
        return self._get("definition", language)

    @property
    def section(self) -> str:
        """The report's section."""
        return self._get("section")

    @property
    def concept(self) -> str:
        """The concept it reads."""
        return self._get("concept")

    @property
    def unit(self) -> str:
        """The unit it demands."""
        return self._get("unit")

    @property
    def dimension(self) -> "str | None":
        """The breakdown's dimension, or None."""
        return self._get("dimension") or None

    def __repr__(self) -> str:
        return f"<Indicator {self.id}: {self.title()}>"


class Catalogue(Handle, Sequence):  # type: ignore[type-arg]
    """A set of definitions, in the order of the report. Frozen; threads may share it."""

    __slots__ = ()

    @overload
    def __getitem__(self, key: "int | str") -> Indicator: ...
    @overload
    def __getitem__(self, key: slice) -> "list[Indicator]": ...

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return Indicator(_mtm.mtm_catalogue_find(self._handle, key), self._handle)
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        index = key + len(self) if key < 0 else key
        if not 0 <= index < len(self):
            raise IndexError(f"index {key} is out of range: there are {len(self)} indicators")
        return Indicator(_mtm.mtm_catalogue_at(self._handle, index), self._handle)

    def __len__(self) -> int:
        return int(_mtm.mtm_catalogue_count(self._handle))

    def __repr__(self) -> str:
        return f"<Catalogue: {len(self)} indicators>"


def catalogue(source: "PathLike | bytes | Mapping[str, Any] | None" = None) -> Catalogue:
    """The built-in catalogue, with a user's own definitions added: a JSON file, its bytes, or the same as a dict.

    >>> catalogue()["arrivals"].concept
    'border-crossings'
    """
    if source is None:
        return Catalogue(_mtm.mtm_catalogue_new())
    if isinstance(source, Mapping):
        source = json.dumps(source, ensure_ascii=False).encode("utf-8")
    return Catalogue(_mtm.mtm_catalogue_read(source_of(source, "catalogue")))
