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
        survey.estimate("needs", statistic="mode")
    with pytest.raises(ValueError, match="median"):
        survey.estimate("income_usd", statistic="median", quantile=0.2)
    assert survey.estimate("income_usd", statistic="median")[0] == survey.quantile("income_usd")[0]
    with pytest.raises(mtm.InputError, match="XX04-idp") as caught:
        mtm.survey(PACKAGE / "households.csv", "food_insecure", design={"strata": "stratum", "clusters": "psu"})
    assert caught.value.code == 206


def test_compact_surveys_are_added_in_any_order():
    data = (PACKAGE / "households.csv").read_bytes().splitlines(keepends=True)
    parts = [data[0] + b"".join(data[i::3]) for i in (1, 2, 3)]
    first, second, third = (mtm.Survey.read(part, DESIGN, compact=True) for part in parts)
    merged = mtm.Survey.read(first.save(), add_to=mtm.Survey.read(parts[1], add_to=third))
    whole = mtm.survey(b"".join(data), design=DESIGN)
    for question in ("food_insecure", "income_usd"):
        for one, other in zip(merged.estimate(question, by="sex_of_head"), whole.estimate(question, by="sex_of_head")):
            assert one["n"] == other["n"] and math.isclose(one["se"], other["se"], rel_tol=1e-12)
    with pytest.raises(ValueError, match="compact"):
        whole.save()
    with pytest.raises(ValueError, match="compact"):
        mtm.Survey.read(parts[0], DESIGN, add_to=whole)


def test_rounds_are_subtracted():
    data, apart = (PACKAGE / "households.csv").read_bytes(), {**DESIGN, "revisits": False}
    survey = mtm.Survey.read(data, apart)
    now = survey.estimate("food_insecure", answer="yes")
    same = survey.estimate("food_insecure", answer="yes", before=survey)[0]
    assert same["estimate"] == 0 and math.isclose(same["se"], now[0]["se"] * math.sqrt(2), rel_tol=1e-12)
    again = mtm.Survey.read(data, {**DESIGN, "revisits": True})
    assert again.estimate("food_insecure", answer="yes", before=again)[0]["se"] == 0  # the same answers of the same clusters
    unsaid = mtm.Survey.read(data, DESIGN)
    assert "revisits" in unsaid.estimate("food_insecure", answer="yes", before=unsaid)[0]["reason"]


def test_estimator_of_arrays():
    mean = mtm.TaylorEstimator("mean").estimate([1, 2, 3, 6], samp_weight=[1, 1, 2, 2], stratum=[1, 1, 2, 2], psu=[1, 2, 3, 4],
                                                domain=["a", "b", "a", "b"])
    assert set(mean.point_est) == {"a", "b"} and math.isclose(mean.point_est["a"], 7 / 3)
    share = mtm.TaylorEstimator("proportion").estimate(["yes", "no", None, "yes"], psu=[1, 2, 3, 4])
    assert math.isclose(share.point_est["yes"], 2 / 3) and set(share.point_est) == {"no", "yes"} and 0 < share.stderror["yes"] < 1
    with pytest.raises(ValueError, match="one length"):
        mtm.TaylorEstimator("total").estimate([1, 2], psu=[1])
    with pytest.raises(ValueError, match="expected proportion"):
        mtm.TaylorEstimator("mode")
