"""What the tests share: the example package, and a helper for doctests."""

import os
import pathlib

import pytest

SOURCE = pathlib.Path(os.environ.get("MTM_SOURCE", pathlib.Path(__file__).resolve().parents[3]))


def example(name):
    return SOURCE / "examples" / name


@pytest.fixture(scope="session")
def kazakhstan():
    import mtm

    return mtm.Package.read(example("kazakhstan-2024-q2"))


CROSSINGS = ("date,direction,citizenship\n2024-04-01,IN,UZB\n2024-05-02,IN,UZB\n2024-06-30,OUT,CHN\n"
             "2024-01-15,IN,Atlantis\n").encode()


@pytest.fixture
def crossings():
    return CROSSINGS
