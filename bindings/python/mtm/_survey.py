"""Sample surveys: shares, means and totals with their base, design and interval."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import Any, Iterator, Mapping, Sequence, Union

from . import _mtm
from ._handle import Handle
from ._progress import progress_callback
from ._source import source_of
from ._values import Period, Progress

Columns = Union[str, Sequence[str], None]
_STATISTICS = ("default", "proportion", "mean", "total", "ratio", "quantile", "chi-square")
_REALS = frozenset(("estimate", "se", "df", "df_above", "low", "high", "deff", "deff_replace", "n_effective", "cv", "p_value"))
_INTERVALS = ("default", "t", "logit", "beta")
_JSON, _TEXT = (_mtm.mtm_format_read(word) for word in ("json", "text"))


def _number(words: "Sequence[str]", word: "str | None", what: str) -> int:
    if word is None:
        return 0
    if word not in words:
        raise ValueError(f"{what}: found {word!r}, expected {', '.join(words[1:])}")
    return words.index(word)


def _columns(columns: Columns) -> "str | None":
    return columns if columns is None or isinstance(columns, str) else ",".join(columns)


def _where(where: "str | Mapping[str, Any] | None") -> "str | None":
    if where is None or isinstance(where, str):
        return where
    return ";".join(f"{column}={'|'.join(map(str, [value] if isinstance(value, (str, int, float)) else value))}"
                    for column, value in where.items())


class Estimates:
    """Estimates, one for each group and answer: a sequence of dicts, and a data frame where pandas is there."""

    __slots__ = ("_handle", "_rows", "_text", "level", "population", "sampling")

    def __init__(self, handle: Any) -> None:
        self._handle = handle
        whole = json.loads(_mtm.mtm_buffer_data(_mtm.mtm_estimates_render(handle, _JSON)))
        self._rows: "list[dict[str, Any]]" = [
            {key: float(value) if key in _REALS and value is not None else value for key, value in row.items()}
            for row in whole["estimates"]]
        self._text = _mtm.mtm_buffer_data(_mtm.mtm_estimates_render(handle, _TEXT)).decode("utf-8")
        self.level, self.population, self.sampling = whole["level"], whole["population"], whole["sampling"]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: Any) -> Any:
        return self._rows[index]

    def __iter__(self) -> "Iterator[dict[str, Any]]":
        return iter(self._rows)

    def to_pandas(self) -> Any:
        """A tidy frame: a row for each estimate, the columns of the groups before it."""
        import pandas

        rows = []
        for row in self._rows:
            groups = [part.split("=", 1) for part in row["domain"].split(";") if "=" in part and " - " not in row["domain"]]
            rows.append({**dict(groups), **row})
        return pandas.DataFrame(rows)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"<Estimates: {len(self)} of {self._rows[0]['question'] if self._rows else 'nothing'}>"


class Survey(Handle):
    """The answers of a survey with the design of its sample; frozen.

    >>> survey = Survey.read(b"town,food\\na,yes\\nb,no\\nc,yes\\nd,yes\\n")
    >>> [(e["answer"], e["estimate"], e["n"]) for e in survey.estimate("food")]
    [('no', 0.25, 4), ('yes', 0.75, 4)]
    """

    __slots__ = ()

    @classmethod
    def read(cls, source: Any, design: "str | Mapping[str, Any] | None" = None, *, resource: "str | None" = None,
             columns: "Sequence[str] | None" = None, form: "str | None" = None, name: str = "data", compact: bool = False,
             add_to: "Survey | None" = None, key: "str | None" = None, as_of: Any = None, progress: Progress = None) -> "Survey":
        """Reads a data package's folder, a file, bytes, a data frame, or what `save()` gave.

        Args:
            design: what docs/survey.md calls `survey`: weight, strata, clusters, questions, ...; None takes the package's.
            resource: of a package: the resource's name; None takes the first that is a survey, of a store of releases the latest.
            columns: the columns to keep beside the design's; None keeps all.
            form: path of an XLSForm: questions, labels, answers and conditions.
            name: what errors call bytes and frames.
            compact: keeps interviews of a cluster that say the same as one row: any number of them in little memory.
            add_to: a compact survey whose interviews these are added to; it stays as it is.
            key: 32 hexadecimal digits under which ids are hashed, to be known again in what `save()` gives; it holds none else.
            as_of: of a store of releases only what had been released by this day.

        >>> rows = b"town,food\\na,yes\\nb,no\\nc,yes\\nd,yes\\n"
        >>> north, south = (Survey.read(rows, {"clusters": "town"}, compact=True) for _ in range(2))
        >>> Survey.read(south.save(), add_to=north).estimate("food", answer="yes")[0]["n"]
        8
        """
        source = _frame_bytes(source)
        text = design if design is None or isinstance(design, str) else json.dumps(design, ensure_ascii=False)
        with progress_callback(progress, "read") as callback:
            return cls(_mtm.mtm_survey_read(source_of(source, name), {
                "survey": text, "resource": resource, "progress": callback, "form": form, "compact": int(compact),
                "add_to": None if add_to is None else add_to._handle, "key": key,
                "as_of": None if as_of is None else Period(as_of)._days,
                "columns": None if columns is None else json.dumps(list(columns), ensure_ascii=False)}))

    def describe(self) -> "dict[str, Any]":
        """The design, the balance of rows, what was refused with its lines, and the sentence of the methods."""
        described: "dict[str, Any]" = json.loads(_mtm.mtm_buffer_data(_mtm.mtm_survey_describe(self._handle, _JSON)))
        return described

    def save(self) -> bytes:
        """A compact survey as bytes, to be read again. They hold answers of persons, by cluster."""
        return bytes(_mtm.mtm_buffer_data(_mtm.mtm_survey_save(self._handle)))

    def estimate(self, question: str, *, statistic: "str | None" = None, by: Columns = None,
                 where: "str | Mapping[str, Any] | None" = None, answer: "str | None" = None, over: "str | None" = None,
                 quantile: "float | None" = None, between: Columns = None, interval: "str | None" = None,
                 level: float = 0.95, threshold: int = 0, ledger: "str | os.PathLike[str] | None" = None,
                 before: "Survey | None" = None) -> Estimates:
        """Estimates with standard errors and intervals.

        Args:
            question: a question of the design, or a column.
            statistic: "proportion", "mean", "total", "ratio", "quantile", "median" or "chi-square"; None: proportions,
                and the mean where all answers are numbers.
            by: columns whose combinations are the groups; the design stays whole.
            where: only rows such as ``{"sex": "F", "age": ["18-24", "25-34"]}``.
            answer: only this answer.
            over: the question below the line of a ratio.
            quantile: which one; 0.5 when absent.
            between: two groups of `by` to subtract, or "*" for each less the first; without `by` two conditions
                such as `where`'s, which may overlap: `["sex=F", "*"]` is women less all.
            interval: "t", "logit" or "beta".
            threshold: withholds what fewer persons stand behind.
            ledger: file of the ledger of publications: withholds what would tell of fewer persons together with all that was
                published by it (the threshold is 5 unless told), and enters the estimates in it.
            before: the round before, drawn apart or (`revisits` in the design) at the same clusters: the estimates are the
                differences with it.

        >>> now, before = (Survey.read(one) for one in (b"food\\nyes\\nyes\\nno\\n", b"food\\nyes\\nno\\nno\\n"))
        >>> round(now.estimate("food", answer="yes", before=before)[0]["estimate"], 3)
        0.333
        """
        if statistic == "median":
            if quantile not in (None, 0.5):
                raise ValueError(f"quantile: found {quantile!r}; a median is the quantile of 0.5")
            statistic = "quantile"
        if statistic is None:
            statistic = "ratio" if over is not None else "quantile" if quantile is not None else None
        estimates = _mtm.mtm_survey_compute(self._handle, {
            "question": question, "statistic": _number(_STATISTICS, statistic, "statistic"), "by": _columns(by),
            "where": _where(where), "answer": answer, "denominator": over, "probability": quantile,
            "between": _columns(between), "interval": _number(_INTERVALS, interval, "interval"), "level": level,
            "threshold": threshold if ledger is None else -1, "before": None if before is None else before._handle})
        if ledger is not None:
            _mtm.mtm_estimates_protect(estimates, {"threshold": threshold, "ledger": os.fspath(ledger)})
        return Estimates(estimates)

    def proportion(self, question: str, **options: Any) -> Estimates:
        """Shares of those who answered."""
        return self.estimate(question, statistic="proportion", **options)

    def mean(self, question: str, **options: Any) -> Estimates:
        """Mean of numbers."""
        return self.estimate(question, statistic="mean", **options)

    def total(self, question: str, **options: Any) -> Estimates:
        """Weighted total of numbers, or of those who gave an answer."""
        return self.estimate(question, statistic="total", **options)

    def ratio(self, question: str, over: str, **options: Any) -> Estimates:
        """Total of one question over that of another."""
        return self.estimate(question, statistic="ratio", over=over, **options)

    def quantile(self, question: str, quantile: float = 0.5, **options: Any) -> Estimates:
        """Quantile of numbers, with Woodruff's interval."""
        return self.estimate(question, statistic="quantile", quantile=quantile, **options)

    def __repr__(self) -> str:
        rows = self.describe()["rows"]
        return f"<Survey: {rows['kept']} of {rows['in']} rows>"


class TaylorEstimator:
    """Estimates from arrays under the names that samplics uses: point_est, stderror, lower_ci, upper_ci, coef_var by domain.

    >>> mean = TaylorEstimator("mean").estimate([1, 2, 3, 6], samp_weight=[1, 1, 2, 2], psu=[1, 1, 2, 2])
    >>> round(mean.point_est, 3), round(mean.stderror, 3)
    (3.5, 1.333)
    """

    def __init__(self, param: str, alpha: float = 0.05) -> None:
        if param not in ("proportion", "mean", "total", "ratio", "median"):
            raise ValueError(f"param: found {param!r}, expected proportion, mean, total, ratio or median")
        self.param, self.alpha = param, alpha
        self.estimates: "Estimates | None" = None

    def estimate(self, y: "Sequence[Any]", *, samp_weight: Any = None, x: Any = None, stratum: Any = None, psu: Any = None,
                 ssu: Any = None, domain: Any = None, fpc: Any = None, lonely: str = "fail") -> "TaylorEstimator":
        """One value a row in each sequence; fpc: units there are in the row's stratum."""
        columns = {name: list(values) for name, values in (
            ("y", y), ("samp_weight", samp_weight), ("x", x), ("stratum", stratum), ("psu", psu), ("ssu", ssu), ("domain", domain),
            ("fpc", fpc)) if values is not None}
        if len({len(values) for values in columns.values()}) != 1:
            raise ValueError("expected sequences of one length")
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows(zip(*([_cell(value) for value in values] for values in columns.values())))
        design: "dict[str, Any]" = {"lonely": lonely, "nest": True}
        design.update({key: name for key, name in (("weight", "samp_weight"), ("strata", "stratum"), ("fpc", "fpc")) if name in columns})
        clusters = [name for name in ("psu", "ssu") if name in columns]
        if clusters:
            design["clusters"] = clusters
        statistic = "quantile" if self.param == "median" else self.param
        self.estimates = survey(text.getvalue().encode("utf-8"), "y", design=design, statistic=statistic,
                                over="x" if self.param == "ratio" else None, by="domain" if "domain" in columns else None,
                                level=1 - self.alpha)
        return self

    def _values(self, name: str) -> Any:
        rows = self.estimates or ()
        parts: "dict[Any, Any]" = {}
        for row in rows:
            key = [part for part in (row["domain"].partition("=")[2], row["answer"]) if part]
            parts[key[0] if len(key) == 1 else tuple(key)] = row[name]
        return parts[()] if list(parts) == [()] else parts

    point_est = property(lambda self: self._values("estimate"), doc="The estimates, by domain where there are any.")
    stderror = property(lambda self: self._values("se"), doc="Their standard errors.")
    lower_ci = property(lambda self: self._values("low"), doc="Where their intervals begin.")
    upper_ci = property(lambda self: self._values("high"), doc="Where their intervals end.")
    coef_var = property(lambda self: self._values("cv"), doc="Their coefficients of variation.")

    def to_dataframe(self) -> Any:
        """The estimates as a tidy frame of pandas."""
        return None if self.estimates is None else self.estimates.to_pandas()


def _frame_bytes(source: Any) -> Any:
    """A data frame of pandas or polars as CSV, for a survey reads texts; anything else as it is."""
    if isinstance(source, (str, os.PathLike)):
        return source
    if hasattr(source, "collect") and hasattr(source, "collect_schema"):
        source = source.collect()  # a lazy frame of polars
    if hasattr(source, "to_csv"):
        return source.to_csv(index=False).encode("utf-8")
    return source.write_csv().encode("utf-8") if hasattr(source, "write_csv") else source


def _cell(value: Any) -> str:
    return "" if value is None or value != value else str(value)


def survey(source: Any, question: "str | None" = None, *, design: "str | Mapping[str, Any] | None" = None,
           resource: "str | None" = None, form: "str | None" = None, name: str = "data", progress: Progress = None,
           **options: Any) -> Any:
    """Reads a survey and estimates; without a question, gives the `Survey`.

    >>> import mtm
    >>> shares = mtm.survey(b"w,sex,food\\n2,F,yes\\n1,M,no\\n1,F,no\\n", "food", design={"weight": "w"}, answer="yes", by="sex")
    >>> [(e["domain"], round(e["estimate"], 3)) for e in shares]
    [('sex=F', 0.667), ('sex=M', 0.0)]
    """
    read = Survey.read(source, design, resource=resource, form=form, name=name, progress=progress)
    return read if question is None else read.estimate(question, **options)
