"""Data packages: many agencies' datasets about one country."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Iterator, Mapping, overload

from . import _mtm
from ._catalogue import Catalogue, catalogue as built_in
from ._dataset import Dataset
from ._handle import Handle, Users
from ._progress import progress_callback
from ._report import Report, protection
from ._result import Result, Results
from ._source import source_of
from ._values import PathLike, Period, Progress, language_number, optional_period, path_text, period_list


class Package(Handle):
    """A collection of datasets that are reported on together.

    >>> package = Package.new("KAZ")
    >>> package.country, len(package)
    ('KAZ', 0)
    """

    __slots__ = ("_users",)

    def __init__(self, handle: Any, owner: Any = None) -> None:
        super().__init__(handle, owner)
        self._users = Users()

    @classmethod
    def read(cls, path: PathLike, *, allow_guess: bool = False, max_field: "int | None" = None,
             max_record: "int | None" = None, max_columns: "int | None" = None, max_expansion: "int | None" = None,
             boundaries: "PathLike | None" = None, as_of: Any = None, progress: Progress = None) -> "Package":
        """Reads a folder with a `datapackage.json`, that file, or a store. The first error ends the call; see `mtm.check`.

        Args:
            as_of: of a store of releases, only what had been released by this day; see `Store`.
            boundaries: a file of the boundaries of countries (TopoJSON or GeoJSON), for maps where the package has none.

        Raises:
            InputError: with path, line and column of what is wrong.
            NotFoundError, FileError: what cannot be opened.
        """
        with progress_callback(progress, "read") as callback:
            return cls(_mtm.mtm_package_read(source_of(path_text(path)), {
                "allow_guess": int(allow_guess), "max_field": max_field, "max_record": max_record,
                "max_columns": max_columns, "max_expansion": max_expansion, "progress": callback,
                "as_of": None if as_of is None else Period(as_of)._days,
                "boundaries": None if boundaries is None else path_text(boundaries)}))

    @classmethod
    def new(cls, country: "str | None" = None) -> "Package":
        """An empty package about a country (ISO 3166-1 alpha-3), to add datasets to."""
        return cls(_mtm.mtm_package_new(country))

    def add(self, dataset: Dataset) -> "Package":
        """Adds a copy of a dataset. Refused with RuntimeError while another call uses the package."""
        self._users.refuse_change()
        _mtm.mtm_package_add(self._handle, dataset._handle)
        return self

    def __copy__(self) -> "Package":
        raise TypeError("a package cannot be copied, for datasets may be added to it; read it again")

    def title(self, language: str = "en") -> str:
        """The package's title; falls back to a language that is there."""
        return str(_mtm.mtm_package_get(self._handle, language_number(language))["title"])

    @property
    def country(self) -> "str | None":
        """ISO 3166-1 alpha-3, or None."""
        return _mtm.mtm_package_get(self._handle, 0)["country"] or None

    @property
    def period(self) -> "Period | None":
        """The period to report on when none is asked for."""
        return optional_period(_mtm.mtm_package_get(self._handle, 0)["period"])

    @overload
    def __getitem__(self, key: "int | str") -> Dataset: ...
    @overload
    def __getitem__(self, key: slice) -> "list[Dataset]": ...

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            return Dataset(_mtm.mtm_package_find(self._handle, key), self._handle)
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        index = key + len(self) if key < 0 else key
        if not 0 <= index < len(self):
            raise IndexError(f"index {key} is out of range: there are {len(self)} datasets")
        return Dataset(_mtm.mtm_package_at(self._handle, index), self._handle)

    def __len__(self) -> int:
        return int(_mtm.mtm_package_count(self._handle))

    def __iter__(self) -> "Iterator[Dataset]":
        return (self[i] for i in range(len(self)))

    def compute(self, indicator: "str | None" = None, *, period: "Any" = None, periods: "Any" = None,
                as_of: "Any" = None, top: "int | None" = None,
                catalogue: "Catalogue | PathLike | Mapping[str, Any] | None" = None, progress: Progress = None) -> Any:
        """Computes one indicator (a `Result`), or all of them (`Results`); with `periods` always `Results`.

        Microdata the package describes are counted first, in one pass, by the groupings the indicators need.

        Args:
            indicator: its id, such as ``"arrivals"``; None computes the whole catalogue.
            period: the reference period, as text, Period, date or pandas Period; None takes the package's.
            periods: instead of `period` several: ``"2022-Q1..2024-Q4"``, or a list. See `Results.to_frame`.
            as_of: only releases not after this date count.
            top: rows of a breakdown before the remainder; -1 for all.
            catalogue: definitions, a JSON file of them, or a dict; None takes the built-in ones.
            progress: a callable of (done, total), or True for a bar.
        """
        results = self._results(indicator, period, as_of, top, catalogue, progress, periods)
        return results if indicator is None or periods is not None else results[indicator]

    def _results(self, indicator: "str | None", period: Any, as_of: Any, top: "int | None", catalogue: Any,
                 progress: Progress, periods: Any = None) -> Results:
        if period is not None and periods is not None:
            raise ValueError("period and periods exclude each other")
        definitions = catalogue if isinstance(catalogue, Catalogue) else built_in(catalogue)
        with progress_callback(progress, "compute") as callback, self._users:
            options = {"indicator": indicator, "period": None if period is None else Period(period)._days,
                       "periods": None if periods is None else [one._days for one in period_list(periods)],
                       "as_of": None if as_of is None else Period(as_of)._days, "top": top, "progress": callback}
            return Results(_mtm.mtm_catalogue_compute(definitions._handle, self._handle, options))

    def revisions(self, indicator: str, *, periods: Any = None, as_of: Any = None,
                  catalogue: "Catalogue | PathLike | Mapping[str, Any] | None" = None) -> "list[dict[str, Any]]":
        """What an indicator was for each period as of each release: one dict a period and release.

        Args:
            indicator: its id.
            periods: which ones, as in `compute`; None takes every period of the series.
            as_of: releases after this date do not count.
            catalogue: definitions, a JSON file of them, or a dict; None takes the built-in ones.

        Returns:
            dicts with `period`, `release`, `value`, `revision` against the release before and `percent`, the last two None at the
            first release; numbers are Decimal. `pandas.DataFrame(...)` makes a table of them.

        Raises:
            NotFoundError: no such indicator, or no release with a date.
        """
        definitions = catalogue if isinstance(catalogue, Catalogue) else built_in(catalogue)
        computing = {"indicator": indicator, "as_of": None if as_of is None else Period(as_of)._days,
                     "periods": None if periods is None else [one._days for one in period_list(periods)]}
        with self._users:
            text = _mtm.mtm_catalogue_revisions(definitions._handle, self._handle, computing, _mtm.mtm_format_read("json"))
        numbers = ("value", "revision", "percent")
        return [{"period": one["period"], "release": cell["release"],
                 **{key: None if cell[key] is None else Decimal(cell[key]) for key in numbers}}
                for one in json.loads(bytes(_mtm.mtm_buffer_data(text)))["periods"] for cell in one["releases"]]

    def protect(self, *, threshold: "int | None" = None, ledger: "PathLike | None" = None, method: str = "suppression",
                p_percent: "int | None" = None, dominance: "int | None" = None) -> "Package":
        """The tables with small counts, and what would tell of them, withheld: for publishing.

        threshold: the smallest count that may be shown, 3 or more; None means 5. ledger, method, p_percent and
        dominance as in Results.report()."""
        options = protection(threshold, ledger, method, p_percent, dominance)
        with self._users:
            return Package(_mtm.mtm_package_protect(self._handle, options))

    def explain(self, indicator: str, *, ledger: "PathLike | None" = None, **options: Any) -> str:
        """The observations behind an indicator: file, line, release, value, operation; as text to read.

        ledger as in report(); other options as in compute()."""
        result: Result = self.compute(indicator, **options)
        return result.explain(ledger=ledger)

    def report(self, *, language: str = "en", threshold: "int | None" = None, period: "str | Period | None" = None,
               as_of: "str | Period | None" = None, top: "int | None" = None, catalogue: "Catalogue | None" = None,
               progress: Progress = None, ledger: "PathLike | None" = None, method: str = "suppression",
               p_percent: "int | None" = None, dominance: "int | None" = None) -> Report:
        """The report in a language: findings, tables, limitations, bibliography, with disclosure control.

        ledger: a file of what was published before; the report is protected together with it and entered in it.
        method, p_percent, dominance as in Results.report()."""
        results = self._results(None, period, as_of, top, catalogue, progress)
        return results.report(language=language, threshold=threshold, ledger=ledger, method=method, p_percent=p_percent,
                              dominance=dominance)

    def __repr__(self) -> str:
        period = f", {self.period}" if self.period else ""
        return f"<Package {self.country or 'without country'}{period}: {len(self)} datasets>"


def propose(path: PathLike, *, period: Any = None, as_of: Any = None,
            catalogue: "Catalogue | PathLike | Mapping[str, Any] | None" = None,
            allow_guess: bool = False) -> "dict[str, Any]":
    """Proposes lines for `datapackage.json` that restore figures which are refused for what they cover.

    Each line was tried: it restores what `restores` names. Which one is true is a person's to say.

    Args:
        path: a folder with a `datapackage.json`, that file, or a data file, which is then described first.
        period: the reference period; None takes the package's, else the latest that its tables have.
        as_of: only releases not after this date count.
        catalogue: definitions, a JSON file of them, or a dict; None takes the built-in ones.
        allow_guess: lets a guessed encoding be used.

    Returns:
        `proposals` (each with `resource`, `under`, `lines` and `evidence`), `unrestored` and `unread`.
    """
    definitions = catalogue if isinstance(catalogue, Catalogue) else built_in(catalogue)
    computing = {"period": None if period is None else Period(period)._days,
                 "as_of": None if as_of is None else Period(as_of)._days}
    text = _mtm.mtm_package_propose(source_of(path_text(path)), {"allow_guess": int(allow_guess)}, definitions._handle,
                                    computing, _mtm.mtm_format_read("json"))
    return dict(json.loads(bytes(_mtm.mtm_buffer_data(text))))
