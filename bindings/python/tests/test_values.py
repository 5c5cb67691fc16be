"""Periods, code lists, errors: the same words and the same refusals as in C."""

import datetime
import pickle

import pytest

import mtm


def test_periods_are_read_as_agencies_write_them():
    quarter = mtm.Period("2024-Q2")
    for text in ("Q2 2024", "II квартал 2024", "2024 ж. 2-тоқсан", "April-June 2024", "2024-04-01/P3M"):
        assert mtm.Period(text) == quarter
    assert quarter.first == datetime.date(2024, 4, 1)
    assert quarter.last == datetime.date(2024, 6, 30)
    assert str(quarter.previous) == "2024-Q1"
    assert str(quarter.year_before) == "2023-Q2"
    assert quarter == "2024-Q2" and quarter != "2024-Q3" and quarter != "nonsense"


def test_periods_are_values():
    quarter = mtm.Period("2024-Q2")
    assert pickle.loads(pickle.dumps(quarter)) == quarter
    assert len({quarter, mtm.Period("2024-Q2")}) == 1
    assert mtm.Period("2024-Q1") < quarter
    assert mtm.Period(datetime.date(2024, 7, 1)) == "2024-07-01"


@pytest.mark.parametrize("text", ["2024-Q5", "Q2'24", "01.07.2024", "", "x"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(mtm.InputError) as refused:
        mtm.Period(text)
    assert isinstance(refused.value, ValueError)
    assert refused.value.status == "MTM_ERROR_VALUE"
    assert "expected" in str(refused.value)


@pytest.mark.parametrize("thing", [5, b"2024", 2.5, [], object()])
def test_what_is_no_text_is_refused(thing):
    with pytest.raises(TypeError):
        mtm.Period(thing)


def test_labels_match_exactly():
    assert mtm.codes("Түркия", "country")[0].code == "TUR"
    assert mtm.codes("Uzbekistn", "country")[0].found == "none"
    ambiguous = mtm.codes("Congo", "country")[0]
    assert ambiguous.found == "ambiguous" and ambiguous.code is None and len(ambiguous.codes) == 2
    assert mtm.codes("Poccия", "country")[0].note


def test_code_lists_speak_three_languages():
    sector = mtm.CodeList("sector")
    assert sector.label("F", "en") == "Construction"
    assert sector.label("F", "ru") == "Строительство"
    assert sector.label("F", "kk") == "Құрылыс"
    assert "F" in sector and len(sector) == len(list(sector))
    assert "country" in [each.id for each in mtm.codelists()]
    with pytest.raises(mtm.NotFoundError) as refused:
        mtm.CodeList("planets")
    assert isinstance(refused.value, LookupError)


def test_versions():
    assert mtm.__version__ == mtm.version()
    assert isinstance(mtm.features(), list)
