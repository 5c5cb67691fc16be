"""Disclosure control from Python: tables and reports, suppression and rounding, amounts, a ledger."""

import json

import pytest

import mtm

pandas = pytest.importorskip("pandas")

COUNTS = {"UZB": 40, "RUS": 60, "CHN": 3, "DEU": 25}


def rows(amounts=False):
    lines = ["date,citizenship,usd" if amounts else "date,citizenship"]
    for code, n in COUNTS.items():
        for i in range(n):
            lines.append(f"2024-05-02,{code},{10 if i or code != 'DEU' else 90000}" if amounts else f"2024-05-02,{code}")
    return ("\n".join(lines) + "\n").encode()


def counted(amounts=False):
    grouping = {"by": ["citizenship"], **({"sum": "usd"} if amounts else {})}
    specification = {"groupings": [grouping]}
    tabulator = mtm.Tabulator(specification)
    tabulator.add(rows(amounts))
    return tabulator.finish()


def shown(package):
    frame = package[0].to_pandas()
    return {code: None if pandas.isna(value) else int(value)
            for code, value in zip(frame["citizenship"], frame["value"])}


def test_small_counts_are_withheld():
    found = shown(counted().protect())
    assert found["CHN"] is None
    assert [value for value in found.values() if value is not None and value < 5] == []
    assert shown(counted())["CHN"] == 3
    assert shown(counted().protect(threshold=3))["CHN"] == 3


def test_rounding_keeps_all():
    found = shown(counted().protect(method="rounding"))
    assert all(value % 5 == 0 and abs(value - COUNTS[code]) <= 6 for code, value in found.items())
    assert shown(counted().protect(method="rounding")) == found


def test_amounts_by_who_contributed():
    found = shown(counted(amounts=True).protect())
    assert found["DEU"] is None and found["CHN"] is None
    assert shown(counted(amounts=True).protect(p_percent=100, dominance=1)) == dict.fromkeys(COUNTS)


def test_a_ledger_has_one_method(tmp_path):
    ledger = tmp_path / "published.mtm"
    counted().protect(ledger=ledger)
    with pytest.raises(mtm.DisclosureError, match="same method"):
        counted().protect(ledger=ledger, method="rounding")


def test_a_report():
    document = json.loads(counted().report(period="2024-Q2", method="rounding").render("json"))
    assert document["disclosure"] is None or document["disclosure"]["method"] in ("rounding", "suppression")


@pytest.mark.parametrize("wrong", [{"method": "noise"}, {"p_percent": 101}, {"dominance": -1}, {"threshold": 2}])
def test_wrong_options(wrong):
    with pytest.raises((ValueError, mtm.MtmError)):
        counted().protect(**wrong)
