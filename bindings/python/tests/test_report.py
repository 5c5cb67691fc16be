"""The Kazakhstan quarter: published figures through the whole flow."""

import json
from decimal import Decimal

import pytest

import mtm


def test_package(kazakhstan):
    assert kazakhstan.country == "KAZ" and kazakhstan.period == "2024-Q2"
    assert kazakhstan["border-crossings"].concept == "border-crossings"
    assert len(list(kazakhstan)) == len(kazakhstan)
    assert kazakhstan.title("ru").startswith("Казахстан")
    with pytest.raises(mtm.NotFoundError):
        kazakhstan["no-such-dataset"]
    with pytest.raises(IndexError):
        kazakhstan[len(kazakhstan)]


def test_arrivals(kazakhstan):
    arrivals = kazakhstan.compute("arrivals", period="2024-Q2")
    assert arrivals.value == Decimal(4001714)
    assert arrivals.previous.base == Decimal(2975788)
    assert arrivals.previous.absolute == Decimal(1025926)
    assert arrivals.previous.percent == Decimal("34.5")
    assert arrivals.last_year.percent is None and arrivals.last_year.reason
    assert arrivals.unit == "movements" and arrivals.period == "2024-Q2"
    step = arrivals.steps[0]
    assert step.file == "border-crossings.csv" and step.line == 3 and step.value == Decimal(4001714)


def test_cumulative_figures_become_quarters(kazakhstan):
    immigration = kazakhstan.compute("immigration", period="2023-Q2")
    assert immigration.value == Decimal(5972) and "derived" in immigration.flags
    assert immigration.last_year.base == Decimal(3179) and immigration.last_year.percent == Decimal("87.9")
    absent = kazakhstan.compute("immigration", period="2024-Q2")
    assert absent.value is None and absent.reason == "cumulative-base"


def test_vintages(kazakhstan):
    assert kazakhstan.compute("immigration", period="2024").value == Decimal(29282)
    assert kazakhstan.compute("immigration", period="2024", as_of="2025-03-01").value == Decimal(29948)


def test_breakdown(kazakhstan):
    sectors = kazakhstan.compute("foreign-workers-by-sector", period="2023-07")
    rows = {row.code: row for row in sectors.rows("ru")}
    assert rows["F"].value == Decimal(5181) and rows["F"].share == Decimal("35.2")
    assert rows["F"].label == "Строительство" and rows["F"].rank == 1
    assert sum(row.value for row in sectors.rows()) == sectors.value
    assert list(sectors.to_pandas()["code"])[0] == "F"


def test_results(kazakhstan):
    results = kazakhstan.compute(period="2024-Q2")
    assert len(results) == len(mtm.catalogue())
    assert results["remittances-out"].value == Decimal("157.2")
    assert results[-1].id == results[len(results) - 1].id
    assert "arrivals" in set(results.to_pandas()["indicator"])
    with pytest.raises(KeyError):
        results["absent"]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_report(kazakhstan, language, tmp_path):
    report = kazakhstan.report(language=language)
    document = json.loads(report.to_json())
    assert document["country"] == "KAZ" or "KAZ" in json.dumps(document["country"])
    assert report.to_html().startswith("<!DOCTYPE html>")
    assert report.finding("arrivals") and report.finding("absent") is None
    path = tmp_path / "report.html"
    report.save(path)
    assert path.read_text(encoding="utf-8") == report.to_html()
    assert report.limitations and report.bibliography
    assert "iframe" in report._repr_html_()


def test_languages_and_formats_are_checked(kazakhstan):
    with pytest.raises(mtm.InputError):
        kazakhstan.report(language="xx")
    with pytest.raises(mtm.InputError):
        kazakhstan.report().render("doc")
    with pytest.raises(mtm.NotFoundError):
        kazakhstan.compute("no-such-indicator")
    with pytest.raises(ValueError):
        kazakhstan.report().render("text", view="everything")


def test_explain(kazakhstan):
    text = kazakhstan.explain("arrivals", period="2024-Q2")
    assert "border-crossings.csv" in text and "4,001,714" in text


def test_catalogue():
    catalogue = mtm.catalogue()
    assert catalogue["kandas"].title("kk")
    assert catalogue[0].id == catalogue[:1][0].id
    assert catalogue["arrivals-by-origin"].dimension == "citizenship"
    with pytest.raises(mtm.NotFoundError):
        catalogue["absent"]
    assert all(indicator.definition(language) for indicator in catalogue for language in ("en", "ru", "kk"))


def test_plots(kazakhstan):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    assert kazakhstan.compute("foreign-workers-by-sector", period="2023-07").plot() is not None
    assert kazakhstan.compute("immigration", period="2024").plot() is not None
    assert kazakhstan.report(period="2023-07").plots()


def test_revisions():
    frame = "period,direction,value,released\n2024-Q1,IN,100,2024-05-01\n2024-Q1,IN,104,2024-08-01\n2024-Q2,IN,90,2024-08-01\n"
    dataset = mtm.Dataset.from_csv(frame, concept="border-crossings", roles={"released": "release-date"})
    found = mtm.Package.new("KAZ").add(dataset).revisions("arrivals", periods=["2024-Q1", "2024-Q2"])
    assert [(f["period"], f["release"], f["value"], f["revision"], f["percent"]) for f in found] == [
        ("2024-Q1", "2024-05-01", 100, None, None), ("2024-Q1", "2024-08-01", 104, 4, 4),
        ("2024-Q2", "2024-08-01", 90, None, None)]
    with pytest.raises(mtm.NotFoundError):
        mtm.Package.new("KAZ").add(dataset).revisions("nothing")
