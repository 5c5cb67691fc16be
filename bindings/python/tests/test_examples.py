"""The examples run, and print what is stored beside them; MTM_UPDATE=1 stores it anew."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import SOURCE

EXAMPLES = sorted((SOURCE / "examples/python").glob("*.py"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example(example):
    made = subprocess.run([sys.executable, str(example)], cwd=SOURCE, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    stored = example.with_suffix(".out")
    if os.environ.get("MTM_UPDATE"):
        stored.write_text(made.stdout, encoding="utf-8")
    assert made.stdout == stored.read_text(encoding="utf-8")


def test_notebook(tmp_path):
    notebook = json.loads((SOURCE / "examples/python/kazakhstan.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    code = "\n".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    script = pathlib.Path(tmp_path) / "notebook.py"
    script.write_text("import matplotlib\nmatplotlib.use('Agg')\n" + code, encoding="utf-8")
    made = subprocess.run([sys.executable, str(script)], cwd=SOURCE / "examples/python", capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
