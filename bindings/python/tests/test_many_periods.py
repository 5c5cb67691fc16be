"""Several periods at once, one tidy table of them, and words that mean what they say."""

import io

import mtm
import pandas
import pytest

DATA = b"period,direction,citizenship,value\n2024-Q1,IN,UZB,10\n2024-Q1,IN,CHN,5\n2024-Q2,IN,UZB,20\n2024-Q2,IN,CHN,7\n"


@pytest.fixture
def package():
    return mtm.Package.new("KAZ").add(mtm.Dataset.from_csv(DATA, concept="border-crossings", unit="movements"))


def test_one_call_gives_a_tidy_table(package):
    results = package.compute("arrivals-by-origin", periods="2024-Q1..2024-Q2")
    assert [str(result.period) for result in results] == ["2024-Q1", "2024-Q2"]
    frame = results.to_frame()
    assert str(frame["period"].dtype).startswith("period[Q")
    assert list(frame["value"]) == [15, 10, 5, 27, 20, 7]
    assert list(frame["code"][1:3]) == ["UZB", "CHN"] and frame["code"][0] is None
    assert frame["previous_percent"][3] == 80 and frame["previous_reason"][0] == "base-missing"
    assert len(package.compute(periods=["2024-Q1", "2024-Q2"])) == 2 * len(mtm.catalogue())


def test_every_number_says_what_it_covers(package):
    result = package.compute("arrivals-by-origin", period="2024-Q2")
    assert result.extent.cells == "citizenship=CHN|UZB" and result.extent.frame == "seen"
    assert result.previous.extent.cells == "citizenship=CHN|UZB" and result.previous.extent.expected == 2
    assert [row.cells for row in result.rows()] == ["citizenship=UZB", "citizenship=CHN"]
    assert [point.cells for point in result.series] == ["citizenship=CHN|UZB"] * 2
    frame = package.compute("arrivals-by-origin", periods="2024-Q1..2024-Q2").to_frame()
    assert list(frame["extent"][:3]) == ["citizenship=CHN|UZB", "citizenship=UZB", "citizenship=CHN"]
    assert mtm.Package.new("KAZ").compute("arrivals", period="2024-Q2").extent.cells == ""


def test_periods_are_said_in_many_ways(package):
    for period in ("2024-Q2", mtm.Period("2024-Q2"), pandas.Period("2024Q2"), "II \u043a\u0432\u0430\u0440\u0442\u0430\u043b 2024"):
        assert package.compute("arrivals", period=period).value == 27
    assert [r.value for r in package.compute("arrivals", periods=pandas.period_range("2024Q1", "2024Q2", freq="Q"))] == [15, 27]
    with pytest.raises(ValueError):
        package.compute("arrivals", periods="2024-Q1..2024-05")
    with pytest.raises(ValueError):
        package.compute("arrivals", period="2024-Q1", periods=["2024-Q2"])
    quarter = mtm.Period("2024-Q4")
    assert quarter.next == "2025-Q1" and quarter.shift(-4) == "2023-Q4" and "2024-11" in quarter


def test_results_are_an_arrow_table(package):
    capsule = package.compute(periods="2024-Q1..2024-Q2").__arrow_c_stream__()
    assert "arrow_array_stream" in repr(capsule)


def test_months_of_a_frame_stay_months():
    frame = pandas.DataFrame({"period": pandas.period_range("2024-04", periods=3, freq="M"), "direction": "IN",
                              "value": [1.5, 2.25, 3]})
    dataset = mtm.Dataset.from_pandas(frame, concept="border-crossings", name="monthly")
    assert dataset.to_dict()["period"] == ["2024-04", "2024-05", "2024-06"]
    assert [str(value) for value in dataset.to_dict()["value"]] == ["1.50", "2.25", "3.00"]
    assert dataset.name == "monthly"


def test_names_are_kept_with_a_concept(tmp_path):
    assert mtm.Dataset.from_csv(DATA, concept="border-crossings", name="crossings").name == "crossings"
    path = tmp_path / "arrivals.csv"
    path.write_bytes(DATA)
    assert mtm.Dataset.read(path, concept="border-crossings").name == "arrivals"


def test_one_dimension_is_one_dimension():
    (counts,) = mtm.tabulate(b"date,direction\n2024-04-01,IN\n2024-05-01,OUT\n", "direction")
    assert counts.dimensions == ["direction"]


def test_files_are_read_through_their_own_buffer(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"a line above\n" + b"date,citizenship\n2024-04-01,UZB\n2024-05-01,UZB\n")
    with open(path, "rb") as file:
        file.readline()
        tabulator = mtm.Tabulator({"groupings": [{"by": ["citizenship"]}]}).add(file)
    assert tabulator.rows["accepted"] == 2 and tabulator.check().outcome == "ok"
    pieces = iter([b"date,citizen", b"ship\n2024-04-01,UZB\n"])
    assert mtm.Tabulator({"groupings": [{"by": ["citizenship"]}]}).add(pieces).rows["accepted"] == 1
    with pytest.raises(TypeError):
        mtm.Tabulator({"groupings": [{"by": ["citizenship"]}]}).add(io.StringIO("date\n"))


def test_what_a_reader_raises_arrives():
    class Broken:
        def read(self, size):
            raise OSError("the line went dead")

    with pytest.raises(OSError, match="the line went dead"):
        mtm.Tabulator({"groupings": [{"by": ["citizenship"]}]}).add(Broken())


def test_a_catalogue_may_be_a_dict(package):
    own = {"indicators": []}
    assert len(mtm.catalogue(own)) == len(mtm.catalogue())
    assert package.compute("arrivals", period="2024-Q2", catalogue=own).value == 27


def test_the_publication_behind_a_dataset(kazakhstan):
    source = kazakhstan[0].source
    assert source["publisher"] and set(source) >= {"publication", "address", "licence", "methodology_public"}


def test_changes_of_common_members_stand_in_frames():
    rows = [f"2024-0{month},{country},IN,{110 if month > 3 else 100}" for month in range(1, 7)
            for country in ("RUS", "UZB", "KGZ") if (month, country) != (6, "RUS")]
    dataset = mtm.Dataset.from_csv("\n".join(["period,citizenship,direction,value"] + rows).encode(),
                                   concept="border-crossings")
    frame = mtm.Package.new("KAZ").add(dataset).compute(period="2024-Q2").to_pandas().set_index("indicator")
    found = frame.loc["arrivals-by-origin"]
    assert found["reason"] == "coverage-incomplete" and pandas.isna(found["change_previous"]) and found["like_previous"] == 10
    assert pandas.isna(found["like_last_year"])
