"""Current pandas, polars, pyarrow and DuckDB, from a virtual environment made where a registry can be reached.

Not part of the base tests: run with MTM_INTEROPERATION=1.
"""

import os
import pathlib
import subprocess
import sys

import pytest

from conftest import SOURCE

BUILD = pathlib.Path(os.environ.get("MTM_BUILD", SOURCE / "build"))
PEERS = ["pyarrow", "polars", "duckdb", "pandas", "tqdm"]
SCRIPT = '''
import duckdb, pandas, polars, pyarrow
import mtm

dataset = mtm.Dataset.from_csv("period,citizenship,value\\n2024-Q1,UZB,10.5\\n2024-Q2,CHN,\\n", concept="border-crossings")
columns = pyarrow.table(dataset)
assert columns.num_rows == 2, columns
assert str(columns["value"][0]) == "10.5" and columns["value"][1].as_py() is None
assert columns["citizenship"].to_pylist() == ["UZB", "CHN"]
columns.validate(full=True)
frame = polars.DataFrame(dataset)
assert frame.shape[0] == 2 and frame["citizenship"].to_list() == ["UZB", "CHN"]
assert duckdb.sql("select sum(value) from columns").fetchall()[0][0] == columns["value"][0].as_py()
for source in (columns.select(["period", "citizenship", "value"]), frame.select(["period", "citizenship", "value"]),
               duckdb.sql("select period, citizenship, value from columns")):
    again = mtm.Dataset.from_arrow(source, concept="border-crossings")
    assert again.to_dict()["value"] == dataset.to_dict()["value"], again.to_dict()
    assert again.to_dict()["citizenship"] == ["UZB", "CHN"]
modern = pandas.DataFrame({"period": ["2024-Q1"], "value": [3]})
assert len(mtm.Dataset.from_arrow(modern, concept="population")) == 1
assert len(mtm.Dataset.from_pandas(modern, concept="population")) == 1
events = polars.DataFrame({"date": ["2024-04-01", "2024-05-02"], "citizenship": ["UZB", "UZB"]})
assert mtm.Tabulator({"groupings": [{"by": ["citizenship"], "period": "quarter"}]}).add(events).rows["accepted"] == 2
print(dataset.to_pandas())
'''


@pytest.mark.skipif(not os.environ.get("MTM_INTEROPERATION"), reason="interoperation is asked for by MTM_INTEROPERATION=1")
def test_peers(tmp_path):
    environment = BUILD / "interoperation"
    if not (environment / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        made = subprocess.run([str(environment / "bin/pip"), "install", "-q", *PEERS], capture_output=True, text=True)
        if made.returncode != 0:
            pytest.skip(f"the peers could not be installed: {made.stderr.strip().splitlines()[-1]}")
        (environment / "ready").touch()
    script = tmp_path / "peers.py"
    script.write_text(SCRIPT)
    done = subprocess.run([str(environment / "bin/python"), str(script)], capture_output=True, text=True,
                          env=dict(os.environ, PYTHONPATH=str(BUILD / "python")))
    assert done.returncode == 0, done.stderr
