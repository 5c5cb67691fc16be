"""Periods, decimals and the small words that all modules share."""

from __future__ import annotations

import datetime
import os
from decimal import Decimal
from typing import Any, Callable, Union

from . import _errors  # noqa: F401  (errors must be known before the first call)
from . import _mtm

LANGUAGES = ("en", "ru", "kk")
KINDS = {1: "flow", 2: "stock", 3: "share"}
MEMBERS = ("code", "total", "group", "other", "unknown", "unclassified")
REASONS = ("none", "no-data", "period-unavailable", "periods-not-aligned", "cumulative-base", "editions-differ",
           "breakdown-unavailable", "too-old", "base-zero", "base-negative", "base-missing", "windows-differ",
           "units-differ", "vintages-differ", "coverage-differs", "definition-differs", "missing-value",
           "not-applicable", "suppressed", "ambiguous-source", "coverage-incomplete", "coverage-unknown",
           "extent-differs", "too-large", "total-uncertain")
FLAGS = ("derived", "across-releases", "not-aligned", "revised", "negative-difference", "unclassified",
         "total-mismatch", "estimated", "microdata", "coverage-assumed-zero", "as-covered",
         "superseded-base")
EPOCH = datetime.date(1970, 1, 1).toordinal()

PathLike = Union[str, "os.PathLike[str]"]
Progress = Union[None, bool, Callable[[int, int], Any]]


class Period:
    """An interval of days, first and last inclusive: a quarter, a month, a year, a single day.

    >>> period = Period("2024-Q2")
    >>> period.first, period.last
    (datetime.date(2024, 4, 1), datetime.date(2024, 6, 30))
    >>> str(period.previous), str(period.year_before)
    ('2024-Q1', '2023-Q2')
    >>> Period("II квартал 2024 года") == period
    True
    """

    __slots__ = ("_days",)

    def __init__(self, text: "str | Period | datetime.date | tuple[int, int]") -> None:
        if isinstance(text, Period):
            self._days: tuple[int, int] = text._days
        elif isinstance(text, datetime.date):
            day = text.toordinal() - EPOCH
            self._days = (day, day)
        elif hasattr(text, "start_time") and hasattr(text, "end_time"):  # a pandas Period: by its days
            self._days = (text.start_time.date().toordinal() - EPOCH, text.end_time.date().toordinal() - EPOCH)
        elif isinstance(text, tuple):
            self._days = (int(text[0]), int(text[1]))
        else:
            self._days = _mtm.mtm_period_read(text)

    @property
    def first(self) -> datetime.date:
        """First day."""
        return datetime.date.fromordinal(self._days[0] + EPOCH)

    @property
    def last(self) -> datetime.date:
        """Last day."""
        return datetime.date.fromordinal(self._days[1] + EPOCH)

    @property
    def previous(self) -> "Period":
        """The period of the same length just before."""
        return self.shift(-1)

    @property
    def next(self) -> "Period":
        """The period of the same length just after."""
        return self.shift(1)

    def shift(self, n: int) -> "Period":
        """The period so many of its own lengths later; earlier where `n` is negative."""
        return Period(_mtm.mtm_period_shift(self._days, n))

    def __contains__(self, other: object) -> bool:
        return bool(_mtm.mtm_period_contains(self._days, Period(other)._days))  # type: ignore[arg-type]

    @property
    def year_before(self) -> "Period":
        """The same period of the year before."""
        return Period(_mtm.mtm_period_year_before(self._days))

    def __str__(self) -> str:
        return str(_mtm.mtm_period_describe(self._days))

    def __repr__(self) -> str:
        return f"Period('{self}')"

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            try:
                other = Period(other)
            except ValueError:
                return False
        return self._days == other._days if isinstance(other, Period) else NotImplemented

    def __lt__(self, other: "Period") -> bool:
        return self._days < other._days if isinstance(other, Period) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._days)

    def __reduce__(self) -> tuple[type, tuple[tuple[int, int]]]:
        return Period, (self._days,)


def period_list(periods: Any) -> "list[Period]":
    """Periods from text with ``..`` between the first and the last, from one period, or from several.

    >>> [str(period) for period in period_list("2023-Q3..2024-Q1")]
    ['2023-Q3', '2023-Q4', '2024-Q1']
    """
    if isinstance(periods, str) and ".." in periods:
        first, last = (Period(part) for part in periods.split("..", 1))
        found = [first]
        while found[-1]._days[1] < last._days[1]:
            found.append(found[-1].next)
        if found[-1] != last:
            raise ValueError(f"periods: {last} is not reached from {first} by whole periods of its length")
        return found
    if isinstance(periods, (str, Period, datetime.date, tuple)) or not hasattr(periods, "__iter__"):
        return [Period(periods)]
    return [Period(period) for period in periods]


def optional_period(days: "tuple[int, int] | None") -> "Period | None":
    return None if days is None else Period(days)


def optional_decimal(text: "str | None") -> "Decimal | None":
    return None if text is None else Decimal(text)


def language_number(language: str) -> int:
    return int(_mtm.mtm_language_read(language))


def reason_name(number: int) -> "str | None":
    return None if number == 0 else REASONS[number] if number < len(REASONS) else str(number)


def path_text(path: PathLike) -> str:
    text = os.fspath(path)
    if isinstance(text, bytes):
        raise TypeError("expected a path as str or os.PathLike[str], not bytes")
    return text


def version() -> str:
    """The version of the engine that is running."""
    return str(_mtm.mtm_version())


def features() -> "list[str]":
    """The optional parts this build has, such as ``"zlib"`` or ``"xlsx-read"``."""
    return str(_mtm.mtm_features()).split()
