"""Doctests find the example packages by example(name)."""

import os
import pathlib

import pytest


@pytest.fixture(autouse=True)
def _examples(doctest_namespace):
    source = pathlib.Path(os.environ.get("MTM_SOURCE", pathlib.Path(__file__).resolve().parents[3]))
    doctest_namespace["example"] = lambda name: source / "examples" / name
