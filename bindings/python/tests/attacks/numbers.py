"""Values and labels: numbers of every size and type, and what is no number."""

import decimal
import fractions

import numpy
import pandas

import mtm

from . import expect, refuse
from .tables import BY_LABEL, accepted, counted, events, numbers_of, read, table, values


@expect(["9223372036854775807", "-9223372036854775807", "0"])
def largest_int64():
    return numbers_of(numpy.array([2**63 - 1, -(2**63) + 1, 0]))


@refuse(mtm.InputError, "18446744073709551615")
def largest_uint64():
    return numbers_of(numpy.array([2**64 - 1, 1, 0], dtype="uint64"))


@refuse(mtm.InputError, "1" + "0" * 30)
def python_int_of_thirty_zeros():
    return numbers_of([10**30, 1, 2])


@expect(["9007199254740993", "1", "2"])
def an_int_that_no_float_holds():
    return numbers_of(numpy.array([2**53 + 1, 1, 2]))


@expect(["9007199254740993", "", "2"])
def the_same_beside_a_missing_one():
    return numbers_of(pandas.array([2**53 + 1, None, 2], dtype="Int64"))


@refuse(mtm.InputError)
def infinite():
    return numbers_of([1.0, numpy.inf, 2.0])


@refuse(mtm.InputError)
def minus_infinite():
    return numbers_of([1.0, -numpy.inf, 2.0])


@refuse(mtm.InputError)
def a_float_beyond_any_count():
    return numbers_of([1e300, 1.0, 2.0])


@expect([decimal.Decimal("0"), decimal.Decimal("1"), decimal.Decimal("2")])
def minus_zero():
    return [decimal.Decimal(text) + 0 for text in numbers_of([-0.0, 1.0, 2.0])]


@expect([decimal.Decimal("0.1"), decimal.Decimal("0.5"), decimal.Decimal("0.2")])
def float32_as_it_prints():
    return [decimal.Decimal(text) for text in numbers_of(numpy.array([0.1, 0.5, 0.2], dtype="float32"))]


@expect([decimal.Decimal("1.5"), decimal.Decimal("0.25"), decimal.Decimal("2")])
def float16():
    return [decimal.Decimal(text) for text in numbers_of(numpy.array([1.5, 0.25, 2], dtype="float16"))]


@expect([decimal.Decimal("1.5"), decimal.Decimal("0.25"), decimal.Decimal("2")])
def longdouble():
    return [decimal.Decimal(text) for text in numbers_of(numpy.array([1.5, 0.25, 2], dtype="longdouble"))]


@refuse((TypeError, mtm.InputError))
def complex_numbers():
    return numbers_of(numpy.array([1 + 2j, 2, 3]))


@refuse(mtm.InputError, "true|True")
def booleans_as_values():
    return numbers_of([True, False, True])


@expect([decimal.Decimal("1"), decimal.Decimal("2.50"), ""])
def decimals_with_one_that_is_none():
    found = numbers_of([decimal.Decimal("1"), decimal.Decimal("2.50"), None])
    return [decimal.Decimal(text) if text else "" for text in found]


@expect([decimal.Decimal("120"), decimal.Decimal("0.5"), decimal.Decimal("1")])
def decimals_in_exponents():
    return [decimal.Decimal(text) for text in numbers_of([decimal.Decimal("1.2E+2"), decimal.Decimal("5E-1"), decimal.Decimal(1)])]


@refuse(mtm.InputError)
def a_decimal_that_is_infinite():
    return numbers_of([decimal.Decimal("Infinity"), decimal.Decimal(1), decimal.Decimal(2)])


@refuse(mtm.InputError, "1/3")
def fractions_are_no_decimals():
    return numbers_of([fractions.Fraction(1, 3), fractions.Fraction(1), fractions.Fraction(2)])


@refuse((TypeError, mtm.InputError))
def lists_as_values():
    return numbers_of([[1, 2], [3], []])


@refuse((TypeError, mtm.InputError))
def dicts_as_values():
    return numbers_of([{"a": 1}, {}, {"b": 2}])


@refuse(TypeError, "not bytes")
def bytes_as_values():
    return numbers_of([b"1", b"2", b"3"])


@refuse((TypeError, mtm.InputError))
def durations_as_values():
    return numbers_of(pandas.to_timedelta([1, 2, 3], unit="D"))


@refuse((TypeError, mtm.InputError))
def intervals_as_values():
    return numbers_of(pandas.interval_range(0, 3))


@expect(["1", "2", "3"])
def sparse_numbers():
    return numbers_of(pandas.arrays.SparseArray([1, 2, 3]))


@expect(["7", "9", "7"])
def categories_of_numbers():
    return numbers_of(pandas.Categorical([7, 9, 7]))


@expect(["1", "2", "3"])
def numbers_among_objects():
    return numbers_of(numpy.array([1, numpy.int8(2), numpy.uint64(3)], dtype=object))


@refuse(mtm.InputError)
def a_frame_without_columns():
    return values(pandas.DataFrame(index=range(3)))


@refuse(mtm.InputError)
def a_frame_without_rows():
    return values(pandas.DataFrame({"period": [], "value": []}))


@expect((0, 0, []))
def no_events():
    return counted(events().iloc[:0])


@refuse(mtm.InputError, "value")
def two_columns_of_one_name():
    frame = table([1, 2, 3])
    return values(pandas.concat([frame, frame[["value"]]], axis=1))


@expect([("2024-01", "1"), ("2024-02", "2"), ("2024-03", "3")])
def columns_with_numbers_for_names():
    frame = table([1, 2, 3])
    frame.columns = [0, 1]
    return values(frame)


@refuse((ValueError, UnicodeEncodeError, mtm.InputError))
def a_column_name_with_a_null_character():
    return values(table([1, 2, 3]).rename(columns={"value": "val\0ue"}))


@refuse((ValueError, UnicodeEncodeError, mtm.InputError))
def a_column_name_that_is_half_a_character():
    return values(table([1, 2, 3]).rename(columns={"value": "\ud800"}))


@refuse((mtm.InputError, UnicodeEncodeError), "UTF-8|utf-8")
def a_label_that_is_half_a_character():
    return accepted(events(citizenship=["UZB", "\ud800", "KGZ"]), BY_LABEL)


@refuse(mtm.InputError, "UTF-8")
def a_label_with_a_null_character():
    return accepted(events(citizenship=["UZB", "U\0ZB", "KGZ"]), BY_LABEL)


@expect((3, 0))
def a_label_of_a_megabyte_of_spaces():
    return accepted(events(citizenship=["UZB", " " * 1000000, "KGZ"]), BY_LABEL)


@refuse(mtm.LimitError, "max_field")
def a_label_longer_than_the_limit():
    return counted(events(citizenship=["UZB", "x" * 1000, "KGZ"]), BY_LABEL, max_field=100)


@expect(["KGZ", "UZB", "_U"])
def labels_in_other_objects():
    class Label:
        def __str__(self):
            return "UZB"

    return sorted({row[1] for row in counted(events(citizenship=[Label(), "KGZ", None]), BY_LABEL)[2]})


@refuse(RuntimeError, "no text")
def an_object_that_raises_when_asked_for_text():
    class Label:
        def __str__(self):
            raise RuntimeError("no text")

    return counted(events(citizenship=[Label(), "KGZ", "UZB"]), BY_LABEL)


@expect((3, 0))
def a_line_break_within_a_label():
    return accepted(events(citizenship=["UZ\nB", "KGZ", "UZB"]), BY_LABEL)


@expect((3, 0, [("2024-01", "IN", "2"), ("2024-01", "OUT", "1")]))
def labels_that_look_like_csv():
    found = counted(events(direction=["IN", "OUT", "IN"], note=['a,"b', "c\nd", "=1+1"]))
    return found[0], found[1], found[2]


@expect((3, 0, [("2024-01", "IN", "2"), ("2024-01", "OUT", "1")]))
def a_million_categories_of_which_two_are_used():
    direction = pandas.Categorical.from_codes([0, 999999, 0], ["IN", *(f"x{i}" for i in range(999998)), "OUT"])
    return counted(events(direction=direction))


@expect({"UZB": "1", "KGZ": "1", "_U": "1"})
def categories_with_one_missing():
    found = counted(events(citizenship=pandas.Categorical(["UZB", None, "KGZ"])), BY_LABEL)[2]
    return {row[1]: row[2] for row in found}


@expect([("2024-01", "1"), ("2024-02", "2"), ("2024-03", "3")])
def columns_in_two_levels_are_named_by_their_text():
    frame = table([1, 2, 3])
    frame.columns = pandas.MultiIndex.from_tuples([("period", ""), ("value", "")])
    return values(frame, roles={"('period', '')": "period", "('value', '')": "value"})


@refuse(mtm.InputError)
def amounts_that_are_no_numbers():
    return mtm.Tabulator({"groupings": [{"by": ["direction"], "sum": "nothing"}]}).add(events())




@refuse(mtm.MtmError)
def a_sum_past_64_bits():
    frame = events(amount=numpy.array([2**63 - 1] * 3))
    tabulator = mtm.Tabulator({"resource": BY_LABEL["resource"], "groupings": [{"by": ["direction"], "sum": "amount", "unit": "USD"}]})
    tabulator.add(frame)
    return [row["value"] for row in read(tabulator.finish()[0])]


@refuse((TypeError, ValueError))
def a_frame_that_is_none():
    return mtm.Dataset.from_arrow(None)


@refuse(TypeError)
def a_number_for_a_source():
    return mtm.tabulate(5, by="direction")


@refuse(TypeError)
def a_type_for_a_source():
    return mtm.tabulate(pandas.DataFrame, by="direction")
