"""Datasets: observations, their structure, and where each came from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Iterator, Mapping

from . import _mtm
from ._columns import COLUMNS, as_array, column, has_value, labels, members
from ._engines import columns_of
from ._frame import FrameStream
from ._handle import Handle
from ._progress import progress_callback
from ._resource import Role, plain_name, resource_json
from ._source import source_of
from ._values import KINDS, MEMBERS, PathLike, Period, Progress, language_number, optional_period, path_text


class Dataset(Handle):
    """What was measured, by whom, and every observation with its file and line. Frozen; threads may share it.

    >>> dataset = Dataset.from_csv(b"period,citizenship,value\\n2024-Q2,UZB,10\\n2024-Q2,CHN,5\\n",
    ...                            concept="border-crossings", name="crossings")
    >>> len(dataset), dataset.dimensions
    (2, ['citizenship'])
    >>> next(iter(dataset))["value"]
    Decimal('10')
    """

    __slots__ = ()

    # Making one

    @classmethod
    def read(cls, path: PathLike, *, resource: "str | Mapping[str, Any] | None" = None,
             roles: "Mapping[str, Role] | None" = None, allow_guess: bool = False, max_field: "int | None" = None,
             max_record: "int | None" = None, max_columns: "int | None" = None, max_expansion: "int | None" = None,
             progress: Progress = None, **properties: Any) -> "Dataset":
        """Reads a file: CSV, gzipped CSV, SDMX-CSV, HXL-tagged CSV, or a workbook.

        Args:
            path: the file.
            resource: how to read it, as JSON text or a dict of a data package's resource; None infers.
            roles: instead of `resource`, the role of each column: ``"period"``, ``"value"``, ``("dimension", NAME)``,
                or a dict of the field's properties.
            allow_guess: lets a guessed encoding be used, with a note.
            max_field, max_record, max_columns, max_expansion: limits, in bytes and columns.
            progress: a callable of (done, total), or True for a bar.
            **properties: with `roles`, properties of the resource such as ``concept="migration"``.

        Raises:
            InputError: with path, line and column of what is wrong.
        """
        with progress_callback(progress, "read") as callback:
            return cls(_mtm.mtm_dataset_read(source_of(path_text(path)), cls._options(
                resource, roles, properties, path_text(path), allow_guess=int(allow_guess), max_field=max_field,
                max_record=max_record, max_columns=max_columns, max_expansion=max_expansion, progress=callback)))

    @classmethod
    def from_csv(cls, data: "bytes | str", *, name: str = "data", resource: "str | Mapping[str, Any] | None" = None,
                 roles: "Mapping[str, Role] | None" = None, progress: Progress = None, **properties: Any) -> "Dataset":
        """The same from bytes (or text) in memory; `name` is what errors and the lineage call it."""
        if isinstance(data, str):
            data = data.encode("utf-8")
        with progress_callback(progress, "read") as callback:
            return cls(_mtm.mtm_dataset_read(source_of(data, name), cls._options(
                resource, roles, properties, name, progress=callback)))

    @classmethod
    def from_arrow(cls, data: Any, *, name: str = "data", roles: "Mapping[str, Role] | None" = None,
                   resource: "str | Mapping[str, Any] | None" = None, **properties: Any) -> "Dataset":
        """From columns: pyarrow tables and datasets, polars frames eager and lazy, DuckDB relations, pandas, a Parquet file's
        path, and anything else with the Arrow PyCapsule interface.

        Lines of the lineage are row numbers from 1.
        """
        if columns_of(data) is None:
            raise TypeError(f"expected an object with __arrow_c_stream__, not {type(data).__name__}")
        return cls(_mtm.mtm_dataset_read(source_of(data, name), cls._options(resource, roles, properties, name)))

    @classmethod
    def from_pandas(cls, frame: Any, *, concept: "str | None" = None, roles: "Mapping[str, Role] | None" = None,
                    name: str = "data", **properties: Any) -> "Dataset":
        """From a data frame; its index is not read.

        Args:
            frame: a pandas DataFrame.
            concept: what is counted, such as ``"border-crossings"``.
            roles: the role of each column; what is not named is recognised from its name.
            name: what errors and the lineage call it.
            **properties: properties of the resource: ``unit="persons"``, ``kind="stock"``, ``cumulative=True``, ...
        """
        properties = {"concept": concept, **properties}
        return cls.from_arrow(FrameStream(frame), name=name, roles=roles, **properties)

    @staticmethod
    def _options(resource: "str | Mapping[str, Any] | None", roles: "Mapping[str, Role] | None",
                 properties: "Mapping[str, Any]", name: str, **options: Any) -> "dict[str, Any]":
        if resource is not None and (roles or properties):
            raise ValueError("resource and roles or properties exclude each other")
        if isinstance(resource, Mapping):
            resource = resource_json(str(resource.get("name", name)), None, {},
                                     **{k: v for k, v in resource.items() if k != "name"})
        elif resource is None and (roles or properties):
            resource = resource_json(plain_name(name), roles, properties)
        return {"resource": resource, **options}

    # What it is

    def _info(self, language: str = "en") -> "dict[str, Any]":
        return dict(_mtm.mtm_dataset_get(self._handle, language_number(language)))

    @property
    def name(self) -> str:
        """The resource's name."""
        return str(self._info()["name"])

    @property
    def concept(self) -> str:
        """What is counted."""
        return str(self._info()["concept"])

    @property
    def kind(self) -> str:
        """"flow", "stock" or "share"."""
        return KINDS[self._info()["kind"]]

    @property
    def unit(self) -> str:
        """The unit, such as "persons"."""
        return str(self._info()["unit"])

    @property
    def multiplier(self) -> int:
        """The power of ten of the unit: 6 for millions."""
        return int(self._info()["multiplier"])

    @property
    def decimals(self) -> int:
        """Digits after the point of every value."""
        return int(self._info()["decimals"])

    def title(self, language: str = "en") -> str:
        """The title, in a language where there is one; "" for none."""
        return str(self._info(language)["title"])

    @property
    def source(self) -> "dict[str, Any]":
        """The publication behind it: publisher, publication, address, accessed, licence, coverage, on_request,
        methodology_public; None where it says nothing."""
        info = self._info()
        found: dict[str, Any] = {key: info[key] or None for key in ("publisher", "publication", "address", "accessed",
                                                                    "licence", "coverage")}
        found["on_request"] = bool(info["on_request"])
        found["methodology_public"] = None if info["methodology_public"] < 0 else bool(info["methodology_public"])
        return found

    @property
    def dimensions(self) -> "list[str]":
        """Names of the dimensions, time apart."""
        return [_mtm.mtm_dataset_dimension(self._handle, i)["name"] for i in range(self._info()["n_dimensions"])]

    def members(self, dimension: str, language: str = "en") -> "dict[str, str]":
        """Codes and names of a dimension's members."""
        index, number = self._dimension(dimension), language_number(language)
        return dict(zip(labels(self._handle, index, None), labels(self._handle, index, number)))

    def member_kinds(self, dimension: str) -> "dict[str, str]":
        """Codes of a dimension's members, and what each is: code, total, group, other, unknown, unclassified."""
        index = self._dimension(dimension)
        return {member["code"]: MEMBERS[member["kind"]] for member in members(self._handle, index, 0)}

    def _dimension(self, name: str) -> int:
        names = self.dimensions
        if name not in names:
            raise KeyError(f"{name}: the dimensions are {', '.join(names) or 'none'}")
        return names.index(name)

    # Data out

    def view(self, name: str) -> Any:
        """A column without a copy: a read-only NumPy array, or a memoryview where NumPy is absent.

        `name` is ``"values"`` (whole numbers scaled by 10 to the power of `decimals`), ``"lines"``, ``"statuses"``
        (bytes), ``"releases"``, ``"first"`` and ``"last"`` (days since 1970-01-01), or a dimension (indices of
        `members`).
        """
        if name in ("first", "last"):
            return as_array(column(self, "periods", 0))[int(name == "last")::2]
        if name in COLUMNS:
            return as_array(column(self, name, 0))
        return as_array(column(self, "codes", self._dimension(name)))

    def releases(self) -> "list[tuple[Period | None, str]]":
        """Release date, where stated, and edition of each release."""
        found = (_mtm.mtm_dataset_release(self._handle, i) for i in range(self._info()["n_releases"]))
        return [(optional_period(release["date"]), release["edition"]) for release in found]

    def to_dict(self, language: "str | None" = None) -> "dict[str, list[Any]]":
        """The observations as columns: period, one a dimension (codes, or names in a language), value, status, line; where
        files of microdata cover some period in part, uncovered."""
        number = None if language is None else language_number(language)
        first, last = (list(map(int, self.view(side))) for side in ("first", "last"))
        statuses = bytes(self.view("statuses")).decode("ascii")
        scale = self.decimals
        columns: dict[str, list[Any]] = {"period": [str(Period(days)) for days in zip(first, last)]}
        for index, name in enumerate(self.dimensions):
            names = labels(self._handle, index, number)
            columns[name] = [names[int(code)] for code in self.view(name)]
        columns["value"] = [Decimal(int(units)).scaleb(-scale) if has_value(status) else None
                            for units, status in zip(self.view("values"), statuses)]
        columns["status"] = list(statuses)
        columns["line"] = [int(line) for line in self.view("lines")]
        self._add_uncovered(columns)
        return columns

    def _add_uncovered(self, columns: "dict[str, Any]") -> None:
        """A column `uncovered` where files of microdata cover some period in part."""
        if _mtm.mtm_dataset_column(self._handle, COLUMNS["uncovered"][0], 0):
            days = list(map(int, column(self, "uncovered", 0)))
            columns["uncovered"] = [None if days[i] == days[i + 1] == -2**31 else str(Period((days[i], days[i + 1])))
                                    for i in range(0, len(days), 2)]

    def to_pandas(self, language: "str | None" = None, exact: bool = False) -> Any:
        """A pandas DataFrame: `start`, `end`, `period`, a categorical column a dimension, `value`, `status`, `line`, and
        `uncovered` as in `to_dict`.

        Values are ``Int64`` where the dataset has no decimals, else ``float64``; with `exact`, Decimal objects.
        """
        import numpy
        import pandas

        number = None if language is None else language_number(language)
        first, last = self.view("first"), self.view("last")
        keys, inverse = numpy.unique((first.astype("int64") << 32) + (last - first), return_inverse=True)
        texts = [str(Period((int(key) >> 32, (int(key) >> 32) + (int(key) & 0xFFFFFFFF)))) for key in keys]
        columns: dict[str, Any] = {
            "period": pandas.Categorical.from_codes(inverse, texts),
            "start": first.astype("datetime64[D]").astype("datetime64[ns]"),
            "end": last.astype("datetime64[D]").astype("datetime64[ns]"),
        }
        for index, name in enumerate(self.dimensions):
            names = labels(self._handle, index, number)
            unique = names if len(set(names)) == len(names) else labels(self._handle, index, None)
            columns[name] = pandas.Categorical.from_codes(self.view(name), unique)
        statuses = self.view("statuses").view("S1").astype("U1")
        missing = numpy.isin(statuses, list("LMOQ"))
        if exact:
            columns["value"] = self.to_dict()["value"]
        elif self.decimals == 0:
            columns["value"] = pandas.arrays.IntegerArray(self.view("values").copy(), missing)
        else:
            scaled = self.view("values") / 10.0 ** self.decimals
            columns["value"] = numpy.where(missing, numpy.nan, scaled)
        columns["status"] = pandas.Categorical(statuses)
        columns["line"] = self.view("lines").copy()
        self._add_uncovered(columns)
        return pandas.DataFrame(columns)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The observations as an Arrow C stream, for pyarrow, polars, DuckDB and pandas."""
        return _mtm.mtm_dataset_arrow(self._handle)

    def to_csv(self) -> str:
        """The observations as CSV."""
        return self._render("csv")

    def to_json(self) -> str:
        """The observations and the dataset's properties as JSON."""
        return self._render("json")

    def _render(self, form: str) -> str:
        text = _mtm.mtm_dataset_render(self._handle, _mtm.mtm_format_read(form), None)
        return bytes(_mtm.mtm_buffer_data(text)).decode("utf-8")

    def __len__(self) -> int:
        return int(self._info()["n_observations"])

    def __iter__(self) -> "Iterator[dict[str, Any]]":
        columns = self.to_dict()
        for row in zip(*columns.values()):
            yield dict(zip(columns, row))

    def __repr__(self) -> str:
        dimensions = ", ".join(self.dimensions) or "no dimensions"
        return f"<Dataset {self.name}: {self.concept} ({self.kind}, {self.unit}), {len(self)} observations; {dimensions}>"

    def _repr_html_(self) -> str:
        from html import escape

        columns = self.to_dict("en")
        head = "".join(f"<th>{escape(name)}</th>" for name in columns)
        rows = list(zip(*columns.values()))
        body = "".join("<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
                       for row in rows[:20])
        more = f"<p>{len(rows) - 20} more</p>" if len(rows) > 20 else ""
        return f"<p>{escape(repr(self))}</p><table><tr>{head}</tr>{body}</table>{more}"
