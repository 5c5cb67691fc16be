"""Data frames as columns: numbers by value, times by their zone's clock, periods by meaning; counted as their CSV would be."""

import datetime
import decimal
import random

import numpy
import pandas
import pytest

import mtm

RESOURCE = {"name": "crossings", "path": "crossings.csv",
            "mtm": {"concept": "border-crossings", "unit": "movements", "microdata": True}}


def values(frame, **properties):
    properties = {"concept": "border-crossings", "unit": "persons", **properties}
    dataset = mtm.Dataset.from_pandas(frame, **properties)
    return [(row["period"], row["value"]) for row in csv_rows(dataset)]


def csv_rows(dataset):
    import csv
    import io
    return list(csv.DictReader(io.StringIO(dataset.to_csv())))


def table(value, period=("2024-01", "2024-02", "2024-03")):
    return pandas.DataFrame({"period": list(period), "value": value})


@pytest.mark.parametrize("dtype", ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float32",
                                   "float64", "Int8", "Int64", "UInt16", "Float64"])
def test_numbers_of_every_width(dtype):
    frame = table(pandas.array([1, 0, 120], dtype=dtype) if dtype[0] in "IUF" else numpy.array([1, 0, 120], dtype=dtype))
    assert [float(v) for _, v in values(frame)] == [1, 0, 120]


def test_every_digit_of_large_and_fractional_numbers():
    assert [v for _, v in values(table(numpy.array([2**62 + 1, 3, 5])))] == [str(2**62 + 1), "3", "5"]
    assert [decimal.Decimal(v) for _, v in values(table([0.1, 3.5, 1234.25]))] == [
        decimal.Decimal("0.1"), decimal.Decimal("3.5"), decimal.Decimal("1234.25")]
    assert [decimal.Decimal(v) for _, v in values(table([decimal.Decimal("0.10"), decimal.Decimal("2"), None])) if v] == [
        decimal.Decimal("0.1"), 2]


@pytest.mark.parametrize("missing", [numpy.nan, None, pandas.NA])
def test_missing_numbers_stay_missing(missing):
    frame = table(pandas.array([1, missing, 3], dtype="Int64") if missing is pandas.NA else [1.0, missing, 3.0])
    assert [v for _, v in values(frame)] in (["1", "", "3"], ["1.0", "", "3.0"])


def test_periods_by_meaning():
    months = pandas.DataFrame({"period": pandas.period_range("2024-01", periods=3, freq="M"), "value": [1, 2, 3]})
    assert values(months) == [("2024-01", "1"), ("2024-02", "2"), ("2024-03", "3")]
    quarters = pandas.DataFrame({"period": pandas.period_range("2024Q1", periods=2, freq="Q"), "value": [1, 2]})
    assert values(quarters) == [("2024-Q1", "1"), ("2024-Q2", "2")]
    days = pandas.DataFrame({"period": [datetime.date(2024, 1, 2), datetime.date(2024, 1, 3)], "value": [1, 2]})
    assert values(days) == [("2024-01-02", "1"), ("2024-01-03", "2")]


def test_times_by_the_clock_of_their_zone():
    times = pandas.to_datetime(["2024-01-31 23:30", "2024-02-01 00:10"]).tz_localize("Asia/Almaty")
    frame = pandas.DataFrame({"date": times, "direction": ["in", "in"]})
    (dataset,) = mtm.tabulate(frame, by="direction", period="month", resource=RESOURCE)
    assert [(row["period"], row["value"]) for row in csv_rows(dataset)] == [("2024-01", "1"), ("2024-02", "1")]


def test_categories_of_texts_and_of_numbers():
    frame = table([1, 2, 3])
    frame["citizenship"] = pandas.Categorical(["KAZ", None, "UZB"], categories=["UZB", "KAZ", "TJK"])
    dataset = mtm.Dataset.from_pandas(frame, concept="border-crossings", unit="persons")
    assert [row["citizenship"] for row in csv_rows(dataset)] == ["KAZ", "_U", "UZB"]
    assert [v for _, v in values(table(pandas.Categorical([7, 9, 7])))] == ["7", "9", "7"]


def test_parts_and_copies_of_frames():
    frame = table(range(3))
    wide = pandas.concat([frame] * 2, ignore_index=True).assign(period=[f"2024-{m:02d}" for m in range(1, 7)])
    assert values(wide.iloc[::2]) == [("2024-01", "0"), ("2024-03", "2"), ("2024-05", "1")]
    assert values(wide.iloc[4:]) == [("2024-05", "1"), ("2024-06", "2")]
    assert values(wide.set_index(pandas.Index(list("abcdef")))) == values(wide)


def test_what_is_no_text_is_refused_by_name():
    with pytest.raises(TypeError, match="not bytes"):
        values(pandas.DataFrame({"period": ["2024-01"], "value": [b"1"]}))


def random_frame(seed):
    chance = random.Random(seed)
    n = chance.randrange(1, 400)
    pick = lambda *of: [chance.choice(of) for _ in range(n)]  # noqa: E731
    dates = pandas.Series(pandas.to_datetime("2024-01-01") + pandas.to_timedelta([chance.randrange(500) for _ in range(n)], "D"))
    frame = pandas.DataFrame({
        "date": chance.choice([dates, dates.dt.strftime("%Y-%m-%d"), dates.dt.date, dates.dt.strftime("%Y-%m-%d").astype("category")]),
        "direction": pick("in", "out", "in", "out", None, "a,b", "x\"y", "Total"),
        "citizenship": pick("KAZ", "UZB", "Казахстан", "Narnia", "", " KAZ "),
        "birth_year": chance.choice([pick(1950, 1980, 2010, 2030), pick("1950", "1980", "x")]),
        "amount": chance.choice([pick(1, 2, 1000), pick(0.5, 2.25, 7.0), pick("1", "2.5", "")])})
    for column in ("direction", "citizenship"):
        if chance.random() < 0.5:
            frame[column] = frame[column].astype("category")
    return frame


@pytest.mark.parametrize("seed", range(40))
def test_a_frame_counts_as_its_csv(seed):
    frame = random_frame(seed)
    specification = {"resource": RESOURCE, "ages": [0, 18, 65], "groupings": [
        {"by": ["direction"]}, {"by": ["direction", "citizenship"], "sum": "amount", "unit": "USD"},
        {"by": ["citizenship", "age"], "period": "year"}]}
    said = []
    for data in (frame, frame.to_csv(index=False).encode()):
        tabulator = mtm.Tabulator(specification)
        tabulator.add(data)
        said.append((tabulator.rows["accepted"], tabulator.rows["rejected"], sorted(dataset.to_csv() for dataset in tabulator.finish())))
    assert said[0] == said[1]


def test_other_engines_when_they_are_there(tmp_path):
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.dataset
    import pyarrow.parquet
    frame = random_frame(3).assign(date="2024-05-01", birth_year=1990, amount=1.0)
    wanted = [d.to_csv() for d in mtm.tabulate(frame, by="direction", resource=RESOURCE)]
    arrow = pyarrow.Table.from_pandas(frame)
    path = tmp_path / "crossings.parquet"
    pyarrow.parquet.write_table(arrow, path)
    forms = [arrow, arrow.to_reader(max_chunksize=7), pyarrow.dataset.dataset(path), path, str(path)]
    try:
        import polars
        forms += [polars.from_arrow(arrow), polars.from_arrow(arrow).lazy()]
    except ImportError:
        pass
    try:
        import duckdb
        forms.append(duckdb.connect().from_arrow(arrow))
    except ImportError:
        pass
    for form in forms:
        assert [d.to_csv() for d in mtm.tabulate(form, by="direction", resource=RESOURCE)] == wanted, type(form)
