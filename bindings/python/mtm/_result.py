"""Results: an indicator's value, comparisons, breakdown, series and lineage."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple, overload

from . import _mtm
from ._errors import NotFoundError
from ._handle import Handle
from ._report import Report
from ._values import (FLAGS, KINDS, MEMBERS, PathLike, Period, language_number, optional_decimal, optional_period,
                      reason_name)

_OPERATIONS = ("take", "add", "subtract", "last", "latest", "divide", "none")
_FRAMES = ("seen", "declared", "closed", "all")
_EXPLAINED = ("value", "previous-period", "same-period-last-year", "breakdown", "superseded")


_NUMBERS = ("value", "share", "rank", "previous_base", "previous_absolute", "previous_percent", "last_year_base",
            "last_year_absolute", "last_year_percent")
_TIDY = ("period", "indicator", "dimension", "code", "label", "unit", "multiplier", "value", "share", "rank", "previous_base",
         "previous_absolute", "previous_percent", "previous_reason", "last_year_base", "last_year_absolute",
         "last_year_percent", "last_year_reason", "reason", "status", "flags", "extent")


def _frequency(period: Period) -> "str | None":
    """The pandas frequency of a month, quarter or year; None for any other period."""
    text = str(period)
    if len(text) == 4:
        return "Y"
    if len(text) == 7:
        return "Q" if text[5] == "Q" else "M" if text[5] in "01" else None
    return None


class LikeForLike(NamedTuple):
    """What a value and a base that do not cover the same have in common; shares are per cents of either."""

    common: int
    value: "Decimal"
    base: "Decimal"
    absolute: "Decimal"
    percent: "Decimal"
    value_share: "Decimal"
    base_share: "Decimal"


class Extent(NamedTuple):
    """What a number covers: members of the dimensions told, how many of those that are expected, and the cells themselves.

    `cells` is "all", or "citizenship=CHN|UZB"; "" where it is not told."""

    frame: str
    told: "list[str]"
    expected: int
    covered: int
    absent: int
    assumed_zero: int
    new: int
    cells: str = ""


class Comparison(NamedTuple):
    """The value against a base; what is missing is None, and `reason` says why."""

    period: Period
    base: "Decimal | None"
    absolute: "Decimal | None"
    percent: "Decimal | None"
    reason: "str | None"
    base_status: str
    like_for_like: "LikeForLike | None" = None
    extent: "Extent | None" = None


class Row(NamedTuple):
    """A row of a breakdown; the remainder has the code "_O" and no rank."""

    code: str
    label: str
    value: "Decimal | None"
    share: "Decimal | None"
    rank: "int | None"
    kind: str
    status: str
    cells: "str | None" = None


class Point(NamedTuple):
    """A point of the series."""

    period: Period
    value: Decimal
    cells: "str | None" = None


class Step(NamedTuple):
    """One observation behind a number."""

    of: str
    row: str
    operation: str
    dataset: str
    file: str
    line: int
    column: int
    period: Period
    value: Decimal
    status: str
    release: "Period | None"
    edition: str


class Result(Handle):
    """An indicator's result for one reference period. Frozen."""

    __slots__ = ()

    def _info(self, language: str = "en") -> "dict[str, Any]":
        return dict(_mtm.mtm_result_get(self._handle, language_number(language)))

    @property
    def id(self) -> str:
        """The indicator's id."""
        return str(self._info()["id"])

    def title(self, language: str = "en") -> str:
        """The indicator's title."""
        return str(self._info(language)["title"])

    @property
    def section(self) -> str:
        """The section's id."""
        return str(self._info()["section"])

    @property
    def concept(self) -> str:
        """The concept it reads."""
        return str(self._info()["concept"])

    @property
    def unit(self) -> str:
        """The unit."""
        return str(self._info()["unit"])

    @property
    def multiplier(self) -> int:
        """The unit's power of ten."""
        return int(self._info()["multiplier"])

    @property
    def kind(self) -> "str | None":
        """"flow", "stock" or "share"; None without data."""
        return KINDS.get(self._info()["kind"])

    @property
    def period(self) -> Period:
        """The reference period asked for."""
        return Period(self._info()["period"])

    @property
    def observed(self) -> "Period | None":
        """The period or date the value is really of."""
        return optional_period(self._info()["observed"])

    @property
    def value(self) -> "Decimal | None":
        """The value; None without one, and `reason` says why."""
        return optional_decimal(self._info()["value"])

    @property
    def reason(self) -> "str | None":
        """Why there is no value."""
        return reason_name(self._info()["reason"])

    @property
    def status(self) -> str:
        """SDMX OBS_STATUS."""
        return str(self._info()["status"])

    @property
    def flags(self) -> "list[str]":
        """What a reader should know of the value: "derived", "not-aligned", "revised", ..."""
        number = int(self._info()["flags"])
        return [name for bit, name in enumerate(FLAGS) if number >> bit & 1]

    def _extent(self, of: int) -> "Extent | None":
        found = _mtm.mtm_result_extent(self._handle, of, 0)
        if found is None:
            return None
        return Extent(_FRAMES[found["frame"]], found["told"].split(", ") if found["told"] else [],
                      *(int(found[name]) for name in ("expected", "covered", "absent", "assumed", "fresh")), found["text"])

    def _cells(self, of: int, index: int) -> "str | None":
        found = _mtm.mtm_result_extent(self._handle, of, index)
        return None if found is None else str(found["text"])

    @property
    def extent(self) -> Extent:
        """What the value covers, or would: "seen" is what the source lists, the other frames are all there is."""
        info = self._info()
        return self._extent(0) or Extent(_FRAMES[info["frame"]], info["told"].split(", ") if info["told"] else [],
                                         *(int(info[name]) for name in ("expected", "covered", "absent", "assumed", "fresh")))

    def _comparison(self, which: int) -> "Comparison | None":
        found = _mtm.mtm_result_comparison(self._handle, which)
        if found is None:
            return None
        like = None
        if found["has_like"]:
            like = LikeForLike(int(found["like_common"]),
                               *(Decimal(found["like_" + name]) for name in ("value", "base", "absolute", "percent",
                                                                            "value_share", "base_share")))
        return Comparison(Period(found["period"]), optional_decimal(found["base"]), optional_decimal(found["absolute"]),
                          optional_decimal(found["percent"]), reason_name(found["reason"]), found["base_status"], like,
                          self._extent(which + 1))

    @property
    def previous(self) -> "Comparison | None":
        """The comparison with the previous period; None where the indicator asks for none."""
        return self._comparison(0)

    @property
    def last_year(self) -> "Comparison | None":
        """The comparison with the same period of the year before; None where the indicator asks for none."""
        return self._comparison(1)

    @property
    def dimension(self) -> "str | None":
        """The breakdown's dimension."""
        return self._info()["dimension"] or None

    @property
    def breakdown_reason(self) -> "str | None":
        """Why there is no breakdown."""
        return reason_name(self._info()["breakdown_reason"])

    def rows(self, language: str = "en") -> "list[Row]":
        """The breakdown by rank, the remainder last; labels in a language."""
        handle, number = self._handle, language_number(language)
        rows = []
        for i in range(self._info()["n_rows"]):
            row = _mtm.mtm_result_row(handle, i, number)
            rows.append(Row(row["code"], row["label"], optional_decimal(row["value"]), optional_decimal(row["share"]),
                            row["rank"] or None, MEMBERS[row["kind"]], row["status"], self._cells(3, i)))
        return rows

    @property
    def series(self) -> "list[Point]":
        """The value of every period of the same length the data has, oldest first."""
        pairs = (_mtm.mtm_result_point(self._handle, i) for i in range(self._info()["n_points"]))
        return [Point(Period(period), Decimal(value), self._cells(5, i)) for i, (period, value) in enumerate(pairs)]

    @property
    def steps(self) -> "list[Step]":
        """The lineage: every observation behind every number."""
        steps = []
        for i in range(self._info()["n_steps"]):
            step = _mtm.mtm_result_step(self._handle, i)
            steps.append(Step(_EXPLAINED[step["of"]], step["row"], _OPERATIONS[step["operation"]], step["dataset"],
                              step["file"], step["line"], step["column"], Period(step["period"]), Decimal(step["value"]),
                              step["status"], optional_period(step["release"]), step["edition"]))
        return steps

    def _report(self, language: str, ledger: "PathLike | None" = None) -> Report:
        return Report._of(self._owner, language, None, ledger)

    def finding(self, language: str = "en") -> "str | None":
        """The finding: one sentence in a language."""
        return self._report(language).finding(self.id)

    def explain(self, language: str = "en", form: str = "text", *, ledger: "PathLike | None" = None) -> str:
        """The lineage as text to read, or as "json" or "csv"; ledger as in Results.report()."""
        return str(self._report(language, ledger).render(form, view="lineage", indicator=self.id))

    def to_json(self, language: str = "en") -> str:
        """The indicator as in docs/report-json.md."""
        return str(self._report(language).render("json", view="indicator", indicator=self.id))

    def to_dict(self, language: str = "en") -> "dict[str, Any]":
        """The same as a dict; numbers stay decimal text."""
        return dict(json.loads(self.to_json(language)))

    def to_pandas(self, language: str = "en") -> Any:
        """The breakdown as a DataFrame, or the series where there is no breakdown."""
        import pandas

        rows = self.rows(language)
        if rows:
            return pandas.DataFrame({
                "code": [row.code for row in rows], "label": [row.label for row in rows],
                "value": [None if row.value is None else float(row.value) for row in rows],
                "share": [None if row.share is None else float(row.share) for row in rows],
                "rank": pandas.array([row.rank for row in rows], dtype="Int64")})
        points = self.series
        return pandas.DataFrame({"period": [str(point.period) for point in points],
                                 "value": [float(point.value) for point in points]})

    def plot(self, language: str = "en", ax: Any = None) -> Any:
        """Draws the breakdown as bars, or the series as a line, with matplotlib; gives the axes."""
        from ._plot import plot_result

        return plot_result(self, language, ax)

    def __repr__(self) -> str:
        if self.value is None:
            return f"<Result {self.id} {self.period}: unavailable ({self.reason})>"
        power = f" x10^{self.multiplier}" if self.multiplier else ""
        return f"<Result {self.id} {self.period}: {self.value} {self.unit}{power}>"

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(f"<tr><td>{row.rank or ''}</td><td>{escape(row.label)}</td><td style='text-align:right'>"
                       f"{'' if row.value is None else f'{row.value:,}'}</td><td style='text-align:right'>"
                       f"{'' if row.share is None else f'{row.share} %'}</td></tr>" for row in self.rows())
        table = f"<table>{rows}</table>" if rows else ""
        return f"<p><b>{escape(self.title())}</b>, {self.period}</p><p>{escape(self.finding() or '')}</p>{table}"


class Results(Handle, Sequence):  # type: ignore[type-arg]
    """The results of one computation, in the catalogue's order. Frozen; indexed by number or by the indicator's id."""

    __slots__ = ()

    @overload
    def __getitem__(self, key: "int | str") -> Result: ...
    @overload
    def __getitem__(self, key: slice) -> "list[Result]": ...

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        if isinstance(key, str):
            try:
                return Result(_mtm.mtm_results_find(self._handle, key, None), self._handle)
            except NotFoundError:
                raise KeyError(key) from None
        index = key + len(self) if key < 0 else key
        if not 0 <= index < len(self):
            raise IndexError(f"index {key} is out of range: there are {len(self)} results")
        return Result(_mtm.mtm_results_at(self._handle, index), self._handle)

    def __len__(self) -> int:
        return int(_mtm.mtm_results_count(self._handle))

    def report(self, *, language: str = "en", threshold: "int | None" = None, ledger: "PathLike | None" = None,
               method: str = "suppression", p_percent: "int | None" = None, dominance: "int | None" = None) -> Report:
        """The results as a report in a language, with disclosure control.

        ledger: a file of what was published before (docs/ledger.md), made where there is none; the report is protected
        together with it and entered in it. method: "suppression" withholds some confidential counts, "rounding" rounds all
        to multiples of the threshold. p_percent, dominance: how amounts are protected (docs/disclosure.md)."""
        return Report._of(self._handle, language, threshold, ledger, method, p_percent, dominance)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The values and breakdowns as an Arrow C stream (`mtm_results_arrow()`), for pyarrow, polars, DuckDB and pandas."""
        return _mtm.mtm_results_arrow(self._handle, 0)

    def to_dict(self, language: str = "en") -> "dict[str, list[Any]]":
        """Columns of a tidy table: a row for each value, and one for each row of its breakdown.

        period, indicator, dimension, code, label, unit, multiplier, value, share, rank, previous_base, previous_absolute,
        previous_percent, previous_reason and the same for last_year, reason, status, flags, extent (the cells it covers).
        """
        columns: "dict[str, list[Any]]" = {name: [] for name in _TIDY}
        for result in self:
            info = result._info(language)
            head = {"period": Period(info["period"]), "indicator": info["id"], "unit": info["unit"],
                    "multiplier": info["multiplier"]}
            value = {**head, "label": info["title"], "value": optional_decimal(info["value"]),
                     "reason": reason_name(info["reason"]), "status": info["status"], "flags": info["flags"],
                     "extent": result._cells(0, 0) or None}
            for name, comparison in (("previous", result.previous), ("last_year", result.last_year)):
                if comparison is not None:
                    value.update({f"{name}_base": comparison.base, f"{name}_absolute": comparison.absolute,
                                  f"{name}_percent": comparison.percent, f"{name}_reason": comparison.reason})
            rows = [{**head, "dimension": info["dimension"], "code": row.code, "label": row.label, "value": row.value,
                     "share": row.share, "rank": row.rank, "status": row.status, "flags": 0, "extent": row.cells or None}
                    for row in result.rows(language)]
            for row_of in [value, *rows]:
                for name in _TIDY:
                    columns[name].append(row_of.get(name))
        return columns

    def to_frame(self, language: str = "en", exact: bool = False) -> Any:
        """The tidy table of `to_dict` as a pandas DataFrame.

        `period` has a period dtype where all are months, quarters or years, else it is text. Numbers are ``float64``; with
        `exact`, Decimal objects.
        """
        import pandas

        columns = self.to_dict(language)
        frame = pandas.DataFrame(columns)
        frequencies = {_frequency(period) for period in columns["period"]}
        if len(frequencies) == 1 and None not in frequencies:
            starts = pandas.to_datetime([period.first for period in columns["period"]])
            frame["period"] = pandas.PeriodIndex(starts, freq=frequencies.pop())
        else:
            frame["period"] = [str(period) for period in columns["period"]]
        for name in () if exact else _NUMBERS:
            frame[name] = pandas.array([None if number is None else float(number) for number in columns[name]],
                                       dtype="float64" if name != "rank" else "Int64")
        return frame

    def to_pandas(self) -> Any:
        """One row an indicator: id, period, value, unit, changes, reason. Changes are in per cent; ``like_previous`` and
        ``like_last_year`` are those of common members, where the totals do not cover the same."""
        import pandas

        def number(value: "Decimal | None") -> "float | None":
            return None if value is None else float(value)

        def like(compared: "Comparison | None") -> "float | None":
            return number(compared.like_for_like.percent) if compared and compared.like_for_like else None

        return pandas.DataFrame([{
            "indicator": result.id, "period": str(result.period), "value": number(result.value), "unit": result.unit,
            "multiplier": result.multiplier, "status": result.status,
            "change_previous": number(result.previous.percent) if result.previous else None,
            "change_last_year": number(result.last_year.percent) if result.last_year else None,
            "like_previous": like(result.previous), "like_last_year": like(result.last_year),
            "reason": result.reason} for result in self])

    def __repr__(self) -> str:
        return f"<Results: {len(self)} indicators, {sum(1 for result in self if result.value is not None)} with a value>"
