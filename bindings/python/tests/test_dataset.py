"""Datasets in and out: files, bytes, data frames, Arrow; views that outlive their makers."""

import datetime
import gc
from decimal import Decimal

import pytest

import mtm

numpy = pytest.importorskip("numpy")
pandas = pytest.importorskip("pandas")

TABLE = "period,citizenship,value\n2024-Q1,UZB,10.5\n2024-Q1,Қытай,\n2024-Q2,UZB,12.5\n"


@pytest.fixture
def table():
    return mtm.Dataset.from_csv(TABLE, concept="border-crossings", name="table.csv")


def test_properties(table):
    assert (table.concept, table.kind, table.unit, table.multiplier, table.decimals) == (
        "border-crossings", "flow", "movements", 0, 1)
    assert len(table) == 3 and table.dimensions == ["citizenship"]
    assert table.members("citizenship", "kk")["CHN"] == "Қытай"
    assert "Dataset" in repr(table) and "<table>" in table._repr_html_()


def test_columns(table):
    columns = table.to_dict()
    assert columns["citizenship"] == ["UZB", "CHN", "UZB"]
    assert columns["value"] == [Decimal("10.5"), None, Decimal("12.5")]
    assert columns["status"][1] == "O"
    assert columns["line"] == [2, 3, 4]
    assert table.to_dict("ru")["citizenship"][0] == "Узбекистан"


def test_views_are_read_only_and_keep_their_owner_alive(table):
    values = table.view("values")
    assert values.tolist() == [105, 0, 125]
    del table
    gc.collect()
    assert values.tolist() == [105, 0, 125]
    with pytest.raises(ValueError):
        values[0] = 1


def test_data_frames_out(table):
    frame = table.to_pandas()
    assert frame["value"].tolist()[::2] == [10.5, 12.5] and pandas.isna(frame["value"][1])
    assert str(frame["citizenship"].dtype) == "category"
    assert frame["start"][2] == pandas.Timestamp(2024, 4, 1)
    assert table.to_pandas(exact=True)["value"][0] == Decimal("10.5")
    whole = mtm.Dataset.from_csv("period,value\n2024,9007199254740993\n", concept="population").to_pandas()
    assert whole["value"][0] == 9007199254740993 and str(whole["value"].dtype) == "Int64"


def test_data_frames_in():
    frame = pandas.DataFrame({
        "when": pandas.Categorical(["2024-Q2", "2024-Q2"]), "from": ["Узбекистан", "China, People's Republic of"],
        "n": [4001714, 2], "memo": ["a,b", 'say "so"']})
    dataset = mtm.Dataset.from_pandas(
        frame, concept="border-crossings",
        roles={"when": "period", "from": ("dimension", "citizenship"), "n": "value", "memo": "ignore"},
        dimensions={"direction": "IN"})
    assert dataset.to_dict()["value"] == [Decimal(4001714), Decimal(2)]
    assert dataset.to_dict()["citizenship"][0] == "UZB"
    assert set(dataset.dimensions) == {"citizenship", "direction"}


def test_data_frames_in_keep_every_digit():
    numbers = [0.1, 1234567.125, 3.3, 1e-9]
    frame = pandas.DataFrame({"period": ["2020", "2021", "2022", "2023"], "value": numbers})
    dataset = mtm.Dataset.from_pandas(frame.astype({"value": object}).assign(
        value=[repr(n) if n != 1e-9 else "0.000000001" for n in numbers]), concept="population")
    assert [float(value) for value in dataset.to_dict()["value"]] == numbers


def test_errors_say_where():
    with pytest.raises(mtm.InputError) as refused:
        mtm.Dataset.from_csv("period,citizenship,value\n2024-Q2,UZB,10\n2024-Q2,CHN,ten\n", name="crossings.csv",
                             concept="border-crossings")
    assert (refused.value.path, refused.value.line, refused.value.column) == ("crossings.csv", 3, 13)
    assert refused.value.code and "ten" in refused.value.message


def test_wrong_roles_are_refused():
    with pytest.raises(ValueError):
        mtm.Dataset.from_csv(TABLE, roles={"period": ("x", "y")})
    with pytest.raises(mtm.InputError):
        mtm.Dataset.from_csv(TABLE, concept="border-crossings", cumulativ=True)
    with pytest.raises(ValueError):
        mtm.Dataset.from_csv(TABLE, resource="{}", concept="migration")


def test_files(tmp_path):
    path = tmp_path / "crossings.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert len(mtm.Dataset.read(path, concept="border-crossings")) == 3
    with pytest.raises(mtm.NotFoundError) as refused:
        mtm.Dataset.read(tmp_path / "absent.csv")
    assert isinstance(refused.value, FileNotFoundError)
    with pytest.raises(mtm.FileError):
        mtm.Dataset.read(tmp_path)


def test_progress_may_stop_and_may_fail(tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("period,value\n" + "".join(f"{1800 + n % 400},{n}\n" for n in range(400)) * 1, encoding="utf-8")
    seen = []
    mtm.Dataset.read(path, concept="population", progress=lambda done, total: seen.append((done, total)))
    big = tmp_path / "big.csv"
    with big.open("w") as file:
        file.write("period,region,value\n")
        for n in range(300000):
            file.write(f"2024,place {n},{n}\n")

    def boom(done, total):
        raise KeyError("boom")

    with pytest.raises(KeyError):
        mtm.Dataset.read(big, concept="population", progress=boom)
    with pytest.raises(mtm.CancelledError):
        mtm.Dataset.read(big, concept="population", progress=lambda done, total: False)


def test_dates_are_dates(table):
    assert table.view("first").tolist()[0] == (datetime.date(2024, 1, 1) - datetime.date(1970, 1, 1)).days
    assert isinstance(table.view("statuses"), numpy.ndarray)
