"""Checks, descriptions, and counting microdata."""

import copy
import json
import pickle

import pytest

import mtm

pandas = pytest.importorskip("pandas")


def test_check_keeps_everything(tmp_path):
    path = tmp_path / "crossings.csv"
    path.write_text("period,citizenship,value\n2024-Q2,UZB,10\n2024-Q2,CHN,ten\n2024-Q9,RUS,5\n", encoding="utf-8")
    found = mtm.check(path)
    assert found.outcome == "rejected-rows" and not found
    assert found.rows["in"] == found.rows["accepted"] + found.rows["rejected"] + found.rows["not_data"]
    assert [(d.line, d.severity) for d in found.diagnostics if d.severity == "error"] == [(3, "error"), (4, "error")]
    assert json.loads(found.to_json())["outcome"] == "rejected-rows"
    assert "ten" in found.render("csv") and "ten" in str(found)
    assert "error" in str(found.diagnostics[0])


def test_describe_proposes_what_reads_the_file(tmp_path):
    path = tmp_path / "crossings.csv"
    path.write_text("period,citizenship,value\n2024-Q2,UZB,10\n", encoding="utf-8")
    proposal = mtm.describe(path)
    proposal["resources"][0].setdefault("mtm", {})["concept"] = "border-crossings"
    (tmp_path / "datapackage.json").write_text(json.dumps(proposal), encoding="utf-8")
    assert len(mtm.Package.read(tmp_path)[0]) == 1


def test_periods_that_files_cover_in_part():
    days = pandas.date_range("2024-01-01", "2024-05-14").strftime("%Y-%m-%d")
    frame = pandas.DataFrame({"date": list(days) * 20, "direction": "IN"})
    table, = mtm.tabulate(frame, by=["direction"])
    assert table.to_dict()["uncovered"] == [None, "2024-05-15/2024-06-30"]
    assert list(table.to_pandas()["uncovered"]) == [None, "2024-05-15/2024-06-30"]
    counted = mtm.Tabulator({"groupings": [{"by": ["direction"]}]})  # without the dates of rows nobody knows
    counted.add(frame)
    whole, = counted.finish()
    assert "uncovered" not in whole.to_dict()


def test_counting(crossings):
    tables = mtm.tabulate(crossings, by=["direction", ["direction", "citizenship"]])
    assert len(tables) == 2
    counts = tables[0].to_pandas()
    assert counts[counts["direction"] == "IN"]["value"].sum() == 3
    frame = pandas.DataFrame({"date": ["2024-04-01"] * 3, "citizenship": ["UZB", "UZB", "CHN"]})
    by_citizenship = mtm.tabulate(frame, by=["citizenship"])[0]
    assert dict(zip(by_citizenship.to_dict()["citizenship"], by_citizenship.to_dict()["value"])) == {"CHN": 1, "UZB": 2}


def test_states_merge(crossings, tmp_path):
    specification = {"groupings": [{"by": ["direction"], "period": "quarter"}]}
    first, second = mtm.Tabulator(specification), mtm.Tabulator(specification)
    first.add(crossings, name="a")
    state = first.save(tmp_path / "state")
    assert (tmp_path / "state").read_bytes() == state
    with pytest.raises(mtm.InputError):
        first.merge(mtm.Tabulator.load(state))
    second.add(crossings + b"2024-04-01,IN,UZB\n", name="b")
    assert first.merge(second).rows["accepted"] == 9
    assert mtm.Tabulator.load(tmp_path / "state").rows["accepted"] == 4
    with pytest.raises(mtm.InputError):
        mtm.Tabulator.load(state[:-1])


def test_identities_say_what_was_counted(crossings):
    specification = {"groupings": [{"by": ["direction"], "period": "quarter"}]}
    parts = [mtm.Tabulator(specification, threads=2).add(crossings, name=f"part-{i}", identity=f"job/{i}")
             for i in range(3)]
    with pytest.raises(mtm.InputError, match='identity "job/0" is the same'):
        parts[0].add(crossings + b"2024-04-01,IN,UZB\n", identity="job/0")
    whole = mtm.Tabulator(specification).merge(parts[0].save(), [parts[1], parts[2].save()])
    assert whole.rows["accepted"] == 12
    assert [one["identity"] for one in whole.files] == ["job/0", "job/1", "job/2"]
    assert [one["rows"] for one in whole.files] == [
        {"in": 5, "accepted": 4, "rejected": 0, "not_data": 1, "outside_filter": 0}] * 3
    assert whole.specification["groupings"][0]["by"] == ["direction"]
    before = whole.save()
    with pytest.raises(mtm.InputError):  # nothing of a list is merged when a part of it cannot be
        whole.merge([mtm.Tabulator(specification).add(crossings, identity="job/3"), parts[1]])
    assert whole.save() == before
    with pytest.raises(TypeError, match="not str"):
        whole.merge("state")


def test_a_tabulator_keeps_its_limits_when_it_is_copied():
    tabulator = mtm.Tabulator({"groupings": [{"by": ["citizenship"]}]}, max_cells=1)
    for one in (copy.copy(tabulator), pickle.loads(pickle.dumps(tabulator))):
        with pytest.raises(mtm.MtmError, match="more than 1 combinations"):
            one.add(b"date,citizenship\n2024-04-01,UZB\n2024-05-02,CHN\n")


def test_threads_do_not_change_the_answer(tmp_path):
    path = tmp_path / "crossings.csv"
    path.write_bytes(b"date,citizenship\n" + b"2024-04-01,UZB\n2024-02-01,CHN\n" * 200000)
    one, four = (mtm.tabulate(path, by=["citizenship"], threads=n)[0].to_csv() for n in (1, 4))
    assert one == four


def test_progress_of_counting(tmp_path):
    path = tmp_path / "crossings.csv"
    path.write_bytes(b"date,citizenship\n" + b"2024-04-01,UZB\n" * 2000000)
    seen = []
    mtm.tabulate(path, by=["citizenship"], progress=lambda done, total: seen.append(done))
    assert seen == sorted(seen) and seen
    with pytest.raises(mtm.CancelledError):
        mtm.tabulate(path, by=["citizenship"], progress=lambda done, total: False)


def test_propose_gives_lines_that_were_tried(tmp_path):
    rows = ["period,citizenship,persons"]
    for month in range(1, 7):
        rows += [f"2024-{month:02},UZB,{100 + month}", f"2024-{month:02},RUS,400"]
    (tmp_path / "datapackage.json").write_text(json.dumps({
        "name": "made", "mtm": {"country": "KAZ", "period": "2024-06"}, "resources": [
            {"name": "arrivals", "path": "arrivals.csv", "mtm": {
                "concept": "border-crossings", "kind": "flow", "unit": "movements", "dimensions": {"direction": "IN"}}}]}))
    (tmp_path / "arrivals.csv").write_text("\n".join(rows[:-1]) + "\n")
    found = mtm.propose(tmp_path)
    lines = found["proposals"][0]["lines"]
    assert [line["add"] for line in lines] == [{"incomplete": "as-covered"}, {"absent": "zero"}]
    assert {"indicator": "arrivals", "period": "2024-06", "of": "value",
            "reason": "coverage-incomplete"} in lines[0]["restores"]
    assert mtm.propose(tmp_path, period="2024-05")["proposals"] == []
