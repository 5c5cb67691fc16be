"""Indicators: definitions of the statistics a report states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

from . import _mtm
from ._handle import Handle
from ._values import PathLike, language_number, path_text


class Indicator(Handle):
    """A definition of a catalogue: what is counted, and how."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """Such as "arrivals-by-origin"."""
        return str(_mtm.mtm_indicator_id(self._handle))

    def title(self, language: str = "en") -> str:
        """The title in "en", "ru" or "kk"."""
        return str(_mtm.mtm_indicator_title(self._handle, language_number(language)))

    def definition(self, language: str = "en") -> str:
        """The definition that belongs to the number."""
        return str(_mtm.mtm_indicator_definition(self._handle, language_number(language)))

    @property
    def section(self) -> str:
        """The report's section."""
        return str(_mtm.mtm_indicator_section(self._handle))

    @property
    def concept(self) -> str:
        """The concept it reads."""
        return str(_mtm.mtm_indicator_concept(self._handle))

    @property
    def unit(self) -> str:
        """The unit it demands."""
        return str(_mtm.mtm_indicator_unit(self._handle))

    @property
    def dimension(self) -> "str | None":
        """The breakdown's dimension, or None."""
        return _mtm.mtm_indicator_dimension(self._handle) or None

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


def catalogue(path: "PathLike | None" = None) -> Catalogue:
    """The built-in catalogue, with a user's own definitions from a JSON file added.

    >>> catalogue()["arrivals"].concept
    'border-crossings'
    """
    return Catalogue(_mtm.mtm_catalogue_new() if path is None else _mtm.mtm_catalogue_read(path_text(path)))
