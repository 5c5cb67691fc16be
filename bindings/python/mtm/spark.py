"""Counting microdata in Apache Spark: the partitions are counted where they lie, their states are merged in a tree.

    import mtm.spark

    counts = mtm.spark.tabulate(crossings, by=["direction", ["direction", "citizenship"]])
    counts["quarter-direction"].to_pandas()

Spark schedules, moves and retries; libmtm counts. A partition is known by the job and its number, so that one that Spark
runs twice counts once. The tables are the same bytes as those of one process, whatever the number of partitions.

Needs PySpark 3.5 or later and pyarrow, on the driver and on every executor, and this package beside them.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import uuid
from typing import Any, Callable, Iterator, Mapping, Sequence

from ._package import Package
from ._tabulate import By, Tabulator, specification_of

_STATE = "partition int, state binary, rows_in long, accepted long, rejected long, not_data long"
_REFUSED = "source string, line long, column long, code string, found string, expected string"
_FAN = 32  # states that one task merges, and the most that reach the driver


class SparkPackage(Package):
    """The counts: a package of datasets, one a grouping.

    Attributes:
        tabulator: everything counted, to merge further, save, or check.
        states: a DataFrame with a row for each partition that has rows: partition, state (the bytes of a saved
            `Tabulator`), rows_in, accepted, rejected, not_data. It is kept in Spark until `unpersist()`.
        refused: a DataFrame of refused rows: source (file or partition), line (of a partition: the row, from 1),
            column, code, found, expected; the first 1000 of each partition. It quotes the cells that were refused.
    """

    __slots__ = ("tabulator", "states", "refused")

    tabulator: Tabulator
    states: Any
    refused: Any

    def unpersist(self) -> "SparkPackage":
        """Lets Spark forget the states; `states` and `refused` are then counted anew when they are used."""
        self.states.unpersist()
        return self


def tabulate(data: Any, specification: "str | Mapping[str, Any] | None" = None, *, by: "By | Sequence[By] | None" = None,
             period: str = "quarter", sum: "str | None" = None,  # noqa: A002
             filter: "Mapping[str, Sequence[str]] | None" = None,  # noqa: A002
             ages: "Sequence[int] | None" = None, resource: "Mapping[str, Any] | None" = None,
             zone: "str | None" = None, session: Any = None, job: "str | None" = None, threads: int = 1,
             **limits: int) -> SparkPackage:
    """Counts a DataFrame, or files that every executor can open.

    Args:
        data: a DataFrame; or a path or several of CSV files, gzipped ones too. One task counts one file.
        specification: as of `mtm.Tabulator`; or give `by`, `period`, `sum`, `filter`, `ages`, `resource` as to
            `mtm.tabulate`.
        zone: the time zone in which columns of timestamps say the day of an event, such as "Asia/Almaty". Spark's
            `timestamp` is an instant; without a zone it is refused. `timestamp_ntz` and `date` need none.
        session: the SparkSession; None: the DataFrame's, else the active one, else a new one.
        job: what this counting is called for good; partitions are `job/part-00003`. None: a new name each time. Give
            a name of your own when states of several jobs are merged later: the same partition of the same job is
            then refused.
        threads: threads a task counts with; more than one pays for files when `spark.task.cpus` says so.
        limits: `max_cells`, `max_labels` and the others of `mtm.Tabulator`.

    Raises:
        mtm.MtmError: what is wrong with the specification or the columns, before a task runs.
        pyspark.errors.PythonException: what went wrong in a task, with the library's message in its text.
    """
    if (specification is None) == (by is None):
        raise TypeError("expected a specification or by=, and not both")
    if specification is None:
        assert by is not None
        specification = specification_of(by, period=period, sum=sum, filter=filter, ages=ages, resource=resource)
    text = specification if isinstance(specification, str) else json.dumps(specification, ensure_ascii=False)
    settings = {"threads": threads, **limits}
    counted = Tabulator(text, **settings)  # what is wrong with it is said here, not in a task
    job = job or f"job-{uuid.uuid4().hex}"
    if hasattr(data, "mapInArrow"):
        session = session or data.sparkSession
        states = _count_frame(data, text, settings, job, zone)
    else:
        session = session or _session()
        states = _count_files(session, data, text, settings)
    states = states.persist()
    with _described(session, f"mtm: count {job}"):
        n = states.count()  # every partition, where it lies
    merged = states
    while n > _FAN:
        n = (n + _FAN - 1) // _FAN
        merged = merged.repartition(n).mapInArrow(_merging(text, settings), _STATE)
    with _described(session, f"mtm: merge {job}"):
        counted.merge([bytes(row["state"]) for row in merged.collect()])
    package = SparkPackage(counted.finish()._handle)
    package.tabulator = counted
    package.states = states
    package.refused = states.mapInArrow(_refusals, _REFUSED)
    return package


def _session() -> Any:
    from pyspark.sql import SparkSession

    return SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()


@contextlib.contextmanager
def _described(session: Any, text: str) -> "Iterator[None]":
    """Names the jobs within in Spark's pages; Spark Connect has no such names."""
    try:
        context = session.sparkContext
    except (AttributeError, NotImplementedError):
        yield
        return
    before = context.getLocalProperty("spark.job.description")
    context.setJobDescription(text)
    try:
        yield
    finally:
        context.setLocalProperty("spark.job.description", before)


def _state_batch(partition: int, tabulator: Tabulator) -> Any:
    import pyarrow

    rows = tabulator.rows
    return pyarrow.RecordBatch.from_pylist(
        [{"partition": partition, "state": tabulator.save(), "rows_in": rows["in"], "accepted": rows["accepted"],
          "rejected": rows["rejected"], "not_data": rows["not_data"]}],
        schema=pyarrow.schema([("partition", pyarrow.int32()), ("state", pyarrow.binary()), ("rows_in", pyarrow.int64()),
                               ("accepted", pyarrow.int64()), ("rejected", pyarrow.int64()),
                               ("not_data", pyarrow.int64())]))


def _local_schema(schema: Any, zone: "str | None") -> Any:
    import pyarrow

    zoned = [i for i, field in enumerate(schema) if pyarrow.types.is_timestamp(field.type) and field.type.tz]
    for i in zoned if zone is not None else []:
        schema = schema.set(i, schema.field(i).with_type(pyarrow.timestamp(schema.field(i).type.unit)))
    return schema


def _local(batch: Any, schema: Any, zone: "str | None") -> Any:
    """The batch with its instants as the time of day in a zone."""
    import pyarrow
    import pyarrow.compute

    columns = []
    for column, field in zip(batch.columns, schema):
        if zone is not None and pyarrow.types.is_timestamp(column.type) and column.type.tz:
            column = pyarrow.compute.local_timestamp(column.cast(pyarrow.timestamp(column.type.unit, zone)))
        columns.append(column)
    return pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def _check_columns(schema: Any, text: str, settings: "dict[str, int]") -> None:
    """Raises what the columns have wrong. An empty stream has nothing wrong, so a made-up row is counted, and dropped."""
    import pyarrow

    for i, field in enumerate(schema):
        if pyarrow.types.is_timestamp(field.type) and field.type.tz:
            told = pyarrow.timestamp(field.type.unit, "of the session: Spark's timestamp is an instant; give zone=")
            schema = schema.set(i, field.with_type(told))
    row = pyarrow.Table.from_arrays([_some(field.type) for field in schema], schema=schema)
    Tabulator(text, **settings).add(row, name="DataFrame")


def _some(kind: Any) -> Any:
    import pyarrow

    if pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind):
        return pyarrow.array(["x"], kind)
    if pyarrow.types.is_integer(kind) or pyarrow.types.is_temporal(kind):
        return pyarrow.array([0], pyarrow.int32() if kind.bit_width == 32 else pyarrow.int64()).cast(kind)
    return pyarrow.nulls(1, kind)


def _count_frame(frame: Any, text: str, settings: "dict[str, int]", job: str, zone: "str | None") -> Any:
    import pyarrow
    from pyspark.sql.pandas.types import to_arrow_schema

    _check_columns(_local_schema(to_arrow_schema(frame.schema), zone), text, settings)

    def count(batches: "Iterator[Any]") -> "Iterator[Any]":
        from pyspark import TaskContext

        first = next(iter(batches), None)
        if first is None:
            return
        partition = TaskContext.get().partitionId()
        schema = _local_schema(first.schema, zone)
        local = (_local(batch, schema, zone) for batch in itertools.chain([first], batches))
        name = f"part-{partition:05d}"
        tabulator = Tabulator(text, **settings)
        tabulator.add(pyarrow.RecordBatchReader.from_batches(schema, local), name=name, identity=f"{job}/{name}")
        if tabulator.rows["in"] > 0:
            yield _state_batch(partition, tabulator)

    return frame.mapInArrow(count, _STATE)


def _count_files(session: Any, paths: Any, text: str, settings: "dict[str, int]") -> Any:
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    names = [os.fspath(path) for path in given]
    if not names:
        raise ValueError("expected at least one path")

    def count(batches: "Iterator[Any]") -> "Iterator[Any]":
        for batch in batches:
            for number, path in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist()):
                about = os.stat(path)
                tabulator = Tabulator(text, **settings)
                tabulator.add(path, identity=f"{path}@{about.st_size}-{about.st_mtime_ns}")
                yield _state_batch(number, tabulator)

    frame = session.createDataFrame(list(enumerate(names)), "number int, path string")
    return frame.repartitionByRange(len(names), "number").mapInArrow(count, _STATE)


def _merging(text: str, settings: "dict[str, int]") -> "Callable[[Iterator[Any]], Iterator[Any]]":
    def merge(batches: "Iterator[Any]") -> "Iterator[Any]":
        whole = Tabulator(text, **settings)
        for batch in batches:
            whole.merge([state.as_py() for state in batch.column("state")])
        if whole.rows["in"] > 0:
            yield _state_batch(-1, whole)

    return merge


def _refusals(batches: "Iterator[Any]") -> "Iterator[Any]":
    import pyarrow

    for batch in batches:
        for state in batch.column("state"):
            refused = [one for one in Tabulator.load(state.as_py()).check().diagnostics if one.severity == "error"]
            yield pyarrow.RecordBatch.from_pylist(
                [{"source": one.path, "line": one.line, "column": one.column, "code": one.code, "found": one.found,
                  "expected": one.expected} for one in refused],
                schema=pyarrow.schema([("source", pyarrow.string()), ("line", pyarrow.int64()),
                                       ("column", pyarrow.int64()), ("code", pyarrow.string()),
                                       ("found", pyarrow.string()), ("expected", pyarrow.string())]))
