"""Dates, times and periods: missing ones, far ones, and those of every unit and zone."""

import datetime

import numpy
import pandas

import mtm

from . import expect, refuse
from .tables import BY_LABEL, MONTHS, accepted, by_month, counted, events, table, values


@expect((2, 1))
def a_day_that_is_not_a_time():
    return accepted(events(date=pandas.to_datetime(["2024-01-01", None, "2024-01-03"])))


@expect((0, 3))
def only_days_that_are_not_a_time():
    return accepted(events(date=pandas.to_datetime([None, None, None])))


@refuse(mtm.InputError)
def a_period_that_is_not_a_time():
    return values(table([1, 2, 3], pandas.PeriodIndex(["2024-01", "NaT", "2024-03"], freq="M")))


@expect((2, 1))
def a_day_of_none():
    return accepted(events(date=[datetime.date(2024, 1, 1), None, datetime.date(2024, 1, 3)]))


@expect((2, 1))
def a_day_of_missing_text():
    return accepted(events(date=pandas.array(["2024-01-01", pandas.NA, "2024-01-03"], dtype="string")))


@expect([("2024-01", 3)])
def days_of_four_types_in_one_column():
    days = [datetime.date(2024, 1, 1), datetime.datetime(2024, 1, 2, 23, 59), pandas.Timestamp("2024-01-31 23:59:59")]
    return by_month(events(date=numpy.array(days, dtype=object)))


@expect([("2024-12", 1), ("2025-01", 2)])
def the_turn_of_the_year_in_a_zone():
    times = pandas.to_datetime(["2024-12-31 23:59:59", "2025-01-01 00:00:00", "2025-01-01 00:30:00"]).tz_localize("Asia/Almaty")
    return by_month(events(date=times))


@expect([("2024-10", 2), ("2024-11", 1)])
def an_hour_that_is_there_twice():
    times = pandas.DatetimeIndex(["2024-10-27 00:30", "2024-10-27 01:30", "2024-10-31 23:30"], tz="UTC").tz_convert("Europe/Berlin")
    return by_month(events(date=times))


@expect([("1969-12", 1), ("1970-01", 2)])
def either_side_of_the_beginning_of_time():
    times = numpy.array(["1969-12-31T23:59:59", "1970-01-01T00:00:00", "1970-01-01T00:00:01"], dtype="datetime64[ns]")
    return by_month(events(date=times))


@expect((1, 2))
def the_ends_of_nanoseconds():
    times = pandas.to_datetime(["1677-09-22", "2262-04-11", "2024-01-03"])
    return accepted(events(date=times))


@expect((2, 1, [("1900", "UZB", "1"), ("2190", "UZB", "1")]))
def nanoseconds_past_half_of_64_bits():
    return counted(events(date=pandas.to_datetime(["2190-05-05", "1900-05-05", "2250-01-01"]), citizenship="UZB"), BY_LABEL)


@expect((2, 1))
def a_day_of_a_year_that_no_one_has_seen():
    return accepted(events(date=["2024-01-01", "9999-12-31", "2024-01-03"]))


@expect((2, 1))
def a_day_that_the_calendar_lacks():
    return accepted(events(date=["2024-01-01", "2023-02-29", "2024-01-03"]))


@expect(("IN", "2"))
def microseconds():
    times = pandas.Series(pandas.to_datetime(["2024-01-01", "2024-01-02", "2024-01-03"])).to_numpy().astype("datetime64[us]")
    return counted(events(date=times))[2][0][1:]


@expect([("2024-Q1", "1"), ("2024-Q2", "2"), ("2024-Q3", "3")])
def quarters_by_meaning():
    return values(table([1, 2, 3], pandas.period_range("2024Q1", periods=3, freq="Q")))


@expect([("2022", "1"), ("2023", "2"), ("2024", "3")])
def years_by_meaning():
    return values(table([1, 2, 3], [pandas.Period(year, pandas.offsets.YearEnd()) for year in ("2022", "2023", "2024")]))


@expect([("2022", "1"), ("2023", "2"), ("2024", "3")])
def years_as_numbers():
    return values(table([1, 2, 3], [2022, 2023, 2024]))


@expect([("2022", "1"), ("2023", "2"), ("2024", "3")])
def years_as_floats():
    return values(table([1, 2, 3], [2022.0, 2023.0, 2024.0]))


@refuse(mtm.InputError)
def years_as_broken_floats():
    return values(table([1, 2, 3], [2022.5, 2023.0, 2024.0]))


@expect([("2024-01-02", "1"), ("2024-01-03", "2"), ("2024-01-04", "3")])
def days_as_periods():
    return values(table([1, 2, 3], pandas.period_range("2024-01-02", periods=3, freq="D")))


@expect(list(zip(MONTHS, "123")))
def months_as_categories():
    return values(table([1, 2, 3], pandas.Categorical(MONTHS)))


@expect(list(zip(MONTHS, "123")))
def month_starts_where_told():
    frame = table([1, 2, 3], pandas.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"]))
    return values(frame, roles={"period": {"role": "period", "dateMeans": "month"}, "value": "value"})


@refuse((ValueError, TypeError))
def a_period_of_a_list():
    return mtm.Period(["2024"])


@refuse((ValueError, TypeError))
def a_period_of_not_a_time():
    return mtm.Period(pandas.NaT)


@refuse((ValueError, TypeError))
def a_period_of_a_number_with_a_point():
    return mtm.Period(2024.5)


@refuse((ValueError, OverflowError, TypeError))
def a_period_of_a_huge_year():
    return mtm.Period(10**30)


@refuse((ValueError, TypeError))
def a_period_with_a_null_character():
    return mtm.Period("2024\0")


@refuse((ValueError, TypeError))
def a_period_that_is_half_a_character():
    return mtm.Period("\ud800")


@refuse((ValueError, TypeError, mtm.MtmError))
def periods_that_run_backwards():
    return mtm.Package.new("KAZ").compute(periods="2024-Q4..2022-Q1")


@refuse((ValueError, TypeError, OverflowError, mtm.MtmError))
def periods_without_end():
    return mtm.Package.new("KAZ").compute(periods="0001-01-01..9999-12-31")


@expect([("2023-Q2", "1"), ("2023-Q3", "2"), ("2023-Q4", "3")])
def quarters_of_a_year_that_ends_in_march():
    return values(table([1, 2, 3], pandas.period_range("2024Q1", periods=3, freq="Q-MAR")))


@expect([("2024-01-01/2024-01-07", "1"), ("2024-01-08/2024-01-14", "2"), ("2024-01-15/2024-01-21", "3")])
def weeks_by_their_days():
    return values(table([1, 2, 3], pandas.period_range("2024-01-01", periods=3, freq="W")))


@expect([("2024-01", 3)])
def categories_of_days():
    return by_month(events(date=pandas.Categorical(pandas.to_datetime(["2024-01-01", "2024-01-02", "2024-01-01"]))))


@expect(list(zip(MONTHS, "123")))
def categories_of_periods():
    return values(table([1, 2, 3], pandas.Categorical(pandas.period_range("2024-01", periods=3, freq="M"))))
