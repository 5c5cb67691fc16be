"""Surveys from Python: frames and bytes in, tidy rows out."""
import math
import pathlib

import mtm
import pytest

PACKAGE = pathlib.Path(__file__).resolve().parents[3] / "tests/golden/survey"
DESIGN = {"weight": "weight", "strata": "stratum", "clusters": "psu", "lonely": "remove"}


def test_a_package():
    survey = mtm.Survey.read(PACKAGE)
    assert survey.describe()["rows"] == {"in": 220, "kept": 220, "refused": 0, "blank": 0}
    shares = survey.estimate("needs", by="population_group")
    assert len(shares) == 12 and {row["domain"] for row in shares} == {"population_group=host", "population_group=idp"}
    for row in shares:
        assert 0 <= row["low"] <= row["estimate"] <= row["high"] <= 1
    assert "interval" in str(shares)


def test_bytes_and_files_agree():
    data = (PACKAGE / "households.csv").read_bytes()
    one = mtm.survey(data, "income_usd", design=DESIGN)[0]
    other = mtm.survey(PACKAGE / "households.csv", "income_usd", design=DESIGN)[0]
    assert one == other and one["statistic"] == "mean"


def test_a_frame():
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(PACKAGE / "households.csv")
    tidy = mtm.survey(frame, "food_insecure", design=DESIGN, by="sex_of_head", where={"admin1Pcode": ["XX01", "XX02"]}).to_pandas()
    assert list(tidy["sex_of_head"].unique()) == ["female", "male"]
    assert math.isclose(tidy[tidy["sex_of_head"] == "male"]["estimate"].sum(), 1)


def test_statistics():
    survey = mtm.Survey.read(PACKAGE)
    ratio = survey.ratio("income_usd", "household_size")[0]["estimate"]
    assert math.isclose(ratio, survey.total("income_usd", where={}, by=None)[0]["estimate"] /
                        survey.total("household_size")[0]["estimate"], rel_tol=0.2)
    assert survey.quantile("income_usd", 0.25)[0]["estimate"] < survey.quantile("income_usd", 0.75)[0]["estimate"]
    test = survey.estimate("food_insecure", by="population_group", statistic="chi-square")[0]
    assert 0 < test["p_value"] < 1


def test_errors():
    survey = mtm.Survey.read(PACKAGE)
    with pytest.raises(mtm.NotFoundError):
        survey.estimate("nothing")
    with pytest.raises(ValueError, match="expected proportion"):
        survey.estimate("needs", statistic="median")
    with pytest.raises(mtm.InputError, match="XX04-idp") as caught:
        mtm.survey(PACKAGE / "households.csv", "food_insecure", design={"strata": "stratum", "clusters": "psu"})
    assert caught.value.code == 206
