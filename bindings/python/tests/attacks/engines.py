"""Columns of other engines, nested and in chunks; those that are not installed are skipped."""

import datetime
import decimal

import mtm

from . import expect, refuse
from .tables import BY_LABEL, MONTHS, accepted, by_month, counted, values

THREE = list(zip(MONTHS, ("1", "2", "3")))
DAYS = [datetime.date(2024, 1, day) for day in (1, 2, 3)]
ARROW, POLARS, DUCKDB = ("pyarrow",), ("polars",), ("duckdb", "pyarrow")


def arrow(**columns):
    import pyarrow
    return pyarrow.table(columns)


def arrow_table(value, period=MONTHS):
    return arrow(period=list(period) if isinstance(period, tuple) else period, value=value)


def arrow_events(**columns):
    return arrow(**{"date": DAYS, "direction": ["IN", "OUT", "IN"], **columns})


def make(values, type):
    import pyarrow
    return pyarrow.array(values, getattr(pyarrow, type)() if isinstance(type, str) else type)


@refuse(mtm.InputError, needs=ARROW)
def arrow_lists_as_values():
    return values(arrow_table([[1], [2, 3], []]))


@refuse(mtm.InputError, needs=ARROW)
def arrow_structures_as_values():
    return values(arrow_table([{"a": 1}, {"a": 2}, {"a": 3}]))


@expect(THREE, needs=ARROW)
def arrow_structures_beside_values():
    return values(arrow_table([1, 2, 3]).append_column("more", [[{"a": [1]}, None, {"a": []}]]),
                  roles={"period": "period", "value": "value", "more": "ignore"})


@expect(THREE, needs=ARROW)
def arrow_chunks_that_do_not_align():
    import pyarrow
    return values(pyarrow.table({"period": pyarrow.chunked_array([[MONTHS[0]], [], list(MONTHS[1:])]),
                                 "value": pyarrow.chunked_array([[1, 2], [3]])}))


@expect(THREE, needs=ARROW)
def arrow_dictionaries_that_differ_by_chunk():
    import pyarrow
    parts = [pyarrow.array([month]).dictionary_encode() for month in reversed(MONTHS)]
    return sorted(values(pyarrow.table({"period": pyarrow.chunked_array(parts), "value": [3, 2, 1]})))


@expect(THREE, needs=ARROW)
def arrow_slices_of_slices():
    import pyarrow
    whole = pyarrow.table({"period": ["x", "y", *MONTHS, "z"], "value": [9, 9, 1, 2, 3, 9]})
    return values(whole.slice(1).slice(1, 3))


@expect([("2024-01", "1"), ("2024-02", ""), ("2024-03", "3")], needs=ARROW)
def arrow_slices_with_missing_ones():
    import pyarrow
    return values(pyarrow.table({"period": ["x", *MONTHS], "value": [None, 1, None, 3]}).slice(1))


@expect(["1", "2", "3"], needs=ARROW)
def arrow_text_views():
    return [v for _, v in values(arrow_table([1, 2, 3], make(list(MONTHS), "string_view")))]


@expect(["1", "2", "3"], needs=ARROW)
def arrow_large_text():
    return [v for _, v in values(arrow_table(make([1, 2, 3], "int8"), make(list(MONTHS), "large_string")))]


@refuse(mtm.InputError, "UTF-8", needs=ARROW)
def arrow_bytes_that_are_no_text():
    import pyarrow
    labels = pyarrow.array([b"UZB", b"\xff\xfe", b"KGZ"], pyarrow.binary())
    return accepted(arrow_events(citizenship=labels), BY_LABEL)


@expect([("2024", "KGZ", "1"), ("2024", "UZB", "2")], needs=ARROW)
def arrow_bytes_that_are_text():
    import pyarrow
    return counted(arrow_events(citizenship=pyarrow.array([b"UZB", b"KGZ", b"UZB"], pyarrow.large_binary())), BY_LABEL)[2]


@refuse(mtm.InputError, "cast the column", needs=ARROW)
def arrow_lists_as_labels():
    return counted(arrow_events(citizenship=[["UZB"], ["KGZ"], []]), BY_LABEL)


@refuse(mtm.InputError, "cast the column", needs=ARROW)
def arrow_runs_as_labels():
    import pyarrow
    import pyarrow.compute
    return counted(arrow_events(citizenship=pyarrow.compute.run_end_encode(pyarrow.array(["UZB", "UZB", "KGZ"]))), BY_LABEL)


@refuse(mtm.InputError, "cast the column", needs=ARROW)
def arrow_structures_as_labels_of_a_table():
    return values(arrow_table([1, 2, 3]).append_column("citizenship", [[{"a": 1}, {"a": 2}, {"a": 3}]]))


@expect([decimal.Decimal("1.50"), decimal.Decimal("2.25"), decimal.Decimal("3")], needs=ARROW)
def arrow_decimals():
    import pyarrow
    numbers = [decimal.Decimal("1.50"), decimal.Decimal("2.25"), decimal.Decimal("3")]
    return [decimal.Decimal(v) for _, v in values(arrow_table(make(numbers, pyarrow.decimal128(38, 2))))]


@refuse(mtm.InputError, needs=ARROW)
def arrow_decimals_of_76_digits():
    import pyarrow
    return values(arrow_table(make([decimal.Decimal(10) ** 70, decimal.Decimal(1), decimal.Decimal(2)], pyarrow.decimal256(76, 0))))


@expect(["1", "2", "3"], needs=ARROW)
def arrow_decimals_of_76_digits_that_are_small():
    import pyarrow
    return [v for _, v in values(arrow_table(make([1, 2, 3], pyarrow.decimal256(76, 0))))]


@expect([("2024-01", 3)], needs=ARROW)
def arrow_dates_of_milliseconds():
    return by_month(arrow_events(date=make(DAYS, "date64")))


@refuse(mtm.InputError, "zone|Almaty", needs=ARROW)
def arrow_moments_of_a_zone():
    import pyarrow
    return counted(arrow_events(date=pyarrow.array([0, 1, 2], pyarrow.timestamp("s", "Asia/Almaty"))))


@expect([("1970-01", 3)], needs=ARROW)
def arrow_moments_of_an_offset():
    import pyarrow
    return by_month(arrow_events(date=pyarrow.array([0, 1, 2], pyarrow.timestamp("s", "+05:00"))))


@expect((1, 2), needs=ARROW)
def arrow_moments_at_the_end_of_64_bits():
    import pyarrow
    return accepted(arrow_events(date=pyarrow.array([2**63 - 1, -(2**63) + 1, 0], pyarrow.timestamp("s"))))


@refuse(mtm.InputError, "tts", needs=ARROW)
def arrow_times_of_day_are_no_dates():
    import pyarrow
    return accepted(arrow_events(date=pyarrow.array([1, 2, 3], pyarrow.time32("s"))))


@expect((3, 0), needs=ARROW)
def arrow_nothing_at_all_in_a_column():
    return accepted(arrow_events(citizenship=make([None] * 3, "null")), BY_LABEL)


@expect((3, 0), needs=ARROW)
def arrow_runs_of_one_value():
    import pyarrow
    import pyarrow.compute
    runs = pyarrow.compute.run_end_encode(pyarrow.array(["UZB", "UZB", "KGZ"]))
    return accepted(arrow_events(note=runs))


@refuse(RuntimeError, "half way|failed", needs=ARROW)
def an_arrow_reader_that_fails_half_way():
    import pyarrow
    schema = arrow_events().schema

    def batches():
        yield from arrow_events().to_batches()
        raise RuntimeError("half way")

    try:
        return counted(pyarrow.RecordBatchReader.from_batches(schema, batches()))
    except mtm.MtmError as error:
        raise RuntimeError(str(error)) from error


@expect((0, 0), needs=ARROW)
def an_arrow_reader_that_was_read():
    reader = arrow_events().to_reader()
    list(reader)
    return accepted(reader)


@expect((3, 0), needs=ARROW)
def arrow_batches_without_rows():
    import pyarrow
    empty = arrow_events().slice(0, 0).to_batches(max_chunksize=1) or [pyarrow.RecordBatch.from_pylist([], arrow_events().schema)]
    whole = [*empty, *arrow_events().to_batches(max_chunksize=1), *empty]
    return accepted(pyarrow.RecordBatchReader.from_batches(arrow_events().schema, iter(whole)))


@expect(THREE, needs=ARROW)
def pandas_on_arrow():
    frame = arrow_table([1, 2, 3]).to_pandas(types_mapper=__import__("pandas").ArrowDtype)
    return values(frame)


@expect((2, 1), needs=ARROW)
def pandas_times_on_arrow_with_one_that_is_none():
    import pandas
    import pyarrow
    date = pandas.Series([datetime.datetime(2024, 1, 1), None, datetime.datetime(2024, 1, 3)],
                         dtype=pandas.ArrowDtype(pyarrow.timestamp("us")))
    return accepted(pandas.DataFrame({"date": date, "direction": ["IN", "OUT", "IN"]}))


@expect(THREE, needs=POLARS)
def polars_lazy():
    import polars
    return values(polars.LazyFrame({"period": MONTHS, "value": [1, 2, 3]}))


@refuse(Exception, "nothing", needs=POLARS)
def polars_lazy_that_fails():
    import polars
    return values(polars.LazyFrame({"period": MONTHS, "value": [1, 2, 3]}).select("nothing"))


@expect((3, 0), needs=POLARS)
def polars_categories_and_enumerations():
    import polars
    frame = polars.DataFrame({"date": DAYS, "direction": ["IN", "OUT", "IN"], "citizenship": ["UZB", "KGZ", "UZB"]})
    frame = frame.with_columns(polars.col("direction").cast(polars.Enum(["OUT", "IN"])),
                               polars.col("citizenship").cast(polars.Categorical))
    return accepted(frame, BY_LABEL)


@expect((3, 0), needs=POLARS)
def polars_objects_beside_what_is_counted():
    import polars
    frame = polars.DataFrame({"date": DAYS, "direction": ["IN", "OUT", "IN"], "more": [[1], [2, 3], []]})
    return accepted(frame)


@refuse(Exception, needs=POLARS)
def polars_numbers_of_128_bits():
    import polars
    return values(polars.DataFrame({"period": MONTHS, "value": polars.Series([2**100, 1, 2], dtype=polars.Int128)}))


@expect(THREE, needs=DUCKDB)
def duckdb_relations():
    import duckdb
    return values(duckdb.connect().sql("SELECT * FROM (VALUES ('2024-01', 1), ('2024-02', 2), ('2024-03', 3)) t(period, value)"))


@expect([("2024-01", "1"), ("2024-02", ""), ("2024-03", "3")], needs=DUCKDB)
def duckdb_huge_integers_and_nulls():
    import duckdb
    return values(duckdb.connect().sql(
        "SELECT period, value::HUGEINT AS value FROM (VALUES ('2024-01', 1), ('2024-02', NULL), ('2024-03', 3)) t(period, value)"))


@expect((3, 0), needs=DUCKDB)
def duckdb_enumerations():
    import duckdb
    base = duckdb.connect()
    base.execute("CREATE TYPE way AS ENUM ('OUT', 'IN')")
    return accepted(base.sql("SELECT DATE '2024-01-01' + i::INTEGER AS date, (CASE WHEN i % 2 = 0 THEN 'IN' ELSE 'OUT' END)::way "
                             "AS direction FROM range(3) t(i)"))


@refuse(Exception, "nothing|closed|Connection", needs=DUCKDB)
def a_duckdb_relation_after_its_connection():
    import duckdb
    base = duckdb.connect()
    relation = base.sql("SELECT '2024' AS period, 1 AS value")
    base.close()
    return values(relation)


@expect([("2024", "UZB", "2"), ("2024", "_U", "1")], needs=ARROW)
def arrow_dictionaries_with_a_missing_value():
    import pyarrow
    labels = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1, 2]), pyarrow.array(["UZB", None, "UZB"]))
    return counted(arrow_events(citizenship=labels), BY_LABEL)[2]


@expect(["100", "200", "300"], needs=ARROW)
def arrow_decimals_of_hundreds():
    import pyarrow
    numbers = [decimal.Decimal("1E+2"), decimal.Decimal("2E+2"), decimal.Decimal("3E+2")]
    return [v for _, v in values(arrow_table(make(numbers, pyarrow.decimal128(5, -2))))]


@refuse(mtm.InputError, "cast the column", needs=ARROW)
def arrow_intervals_as_labels():
    import pyarrow
    return counted(arrow_events(citizenship=pyarrow.array([(1, 2, 3)] * 3, pyarrow.month_day_nano_interval())), BY_LABEL)


@refuse(mtm.InputError, "Almaty", needs=POLARS)
def polars_moments_of_a_zone():
    import polars
    frame = polars.DataFrame({"date": [datetime.datetime(2024, 1, 31, 23)] * 3, "direction": ["IN"] * 3})
    return counted(frame.with_columns(polars.col("date").dt.replace_time_zone("Asia/Almaty")))


@expect([("2024-01", 1)], needs=POLARS)
def polars_days_at_both_ends_of_the_calendar():
    import polars
    days = [datetime.date(9999, 12, 31), datetime.date(1, 1, 1), datetime.date(2024, 1, 1)]
    return by_month(polars.DataFrame({"date": days, "direction": ["IN"] * 3}))


@expect([("2024-01", 3)], needs=DUCKDB)
def duckdb_columns_of_every_kind_beside_what_is_counted():
    import duckdb
    return by_month(duckdb.connect().sql("SELECT uuid() AS id, DATE '2024-01-01' AS date, 'IN' AS direction, [1, 2] AS l, {'a': 1} AS s, "
                                         "map {'k': 1} AS m, INTERVAL 3 DAYS AS d FROM range(3)"))


@expect((6, 0), needs=ARROW)
def an_iterator_of_arrow_batches():
    return accepted(batch for batch in arrow_events().to_batches() * 2)


@expect((6, 0), needs=ARROW)
def an_iterator_of_frames():
    return accepted(iter([arrow_events().to_pandas(), arrow_events().to_pandas()]))


@refuse(mtm.FileError, "number 2 has", needs=ARROW)
def an_iterator_of_frames_that_differ():
    return accepted(iter([arrow_events(), arrow(date=DAYS)]))


@refuse(mtm.FileError, "frames or Arrow batches only, not bytes", needs=ARROW)
def an_iterator_of_frames_and_bytes():
    return accepted(iter([arrow_events(), b"date,direction\n"]))


@refuse(mtm.FileError, "gone", needs=ARROW)
def an_iterator_of_frames_that_raises():
    def frames():
        yield arrow_events()
        raise KeyError("gone")
    return accepted(frames())


@refuse(mtm.InputError)
def an_iterator_of_nothing():
    return counted(iter([]))


@expect((2, 0), needs=ARROW)
def a_scanner_of_a_dataset():
    import pyarrow.dataset
    return accepted(pyarrow.dataset.dataset(arrow_events()).scanner(filter=pyarrow.dataset.field("direction") == "IN"))


@expect((3, 0), needs=ARROW)
def an_object_that_lends_one_array():
    class One:
        def __arrow_c_array__(self, requested_schema=None):
            return arrow_events().to_batches()[0].__arrow_c_array__(requested_schema)
    return accepted(One())


@expect((3, 0), needs=ARROW)
def an_object_that_lends_a_stream():
    class Stream:
        def __arrow_c_stream__(self, requested_schema=None):
            return arrow_events().__arrow_c_stream__(requested_schema)
    return accepted(Stream())
