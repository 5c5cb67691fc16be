"""Whatever is passed: a clean error, never a crash, and nothing that grows."""

import copy
import gc
import inspect
import pathlib
import pickle
import re
import resource
import threading

import pytest

import mtm
from conftest import SOURCE
from mtm import _mtm

FUNCTIONS = sorted(name for name in dir(_mtm) if name.startswith("mtm_") and callable(getattr(_mtm, name)))
WRONG = [None, 5, -1, 2.5, "text", b"bytes", [], {}, (1, 2), object(), 10**30, "x\0y", "\ud800"]


def test_every_public_function_is_reachable_or_listed():
    declared = set()
    for header in (SOURCE / "include/mtm").glob("*.h"):
        declared |= set(re.findall(r"^MTM_API [^;(]*?(\w+)\(", header.read_text(encoding="utf-8"), re.MULTILINE))
    listed = set(re.findall(r"`(mtm_\w+)`", (SOURCE / "docs/bindings.md").read_text(encoding="utf-8")))
    assert declared - set(FUNCTIONS) <= listed
    assert not listed & set(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_wrong_arguments_raise(name):
    function = getattr(_mtm, name)
    if name == "mtm_py_set_errors":
        return
    for count in range(5):
        for wrong in WRONG:
            try:
                function(*[wrong] * count)
            except Exception as error:  # noqa: BLE001
                assert isinstance(error, (TypeError, ValueError, OverflowError, mtm.MtmError))


def test_handles_of_another_type_are_refused(kazakhstan):
    with pytest.raises(TypeError):
        _mtm.mtm_dataset_get(kazakhstan._handle, 0)


def test_frozen_objects_copy_to_themselves_and_do_not_pickle(kazakhstan):
    dataset = kazakhstan["quota"]
    assert copy.deepcopy(dataset) is dataset
    with pytest.raises(TypeError):
        pickle.dumps(dataset)


def test_what_can_change_is_copied_or_refused(kazakhstan):
    with pytest.raises(TypeError):
        copy.deepcopy(kazakhstan)
    one = mtm.Tabulator({"groupings": [{"by": ["citizenship"]}]}).add(b"date,citizenship\n2024-04-01,UZB\n")
    for other in (copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        other.add(b"date,citizenship\n2024-05-01,CHN\n")
        assert (one.rows["accepted"], other.rows["accepted"]) == (1, 2)


def test_what_is_lent_outlives_its_owner():
    dataset = mtm.Package.read(SOURCE / "examples/kazakhstan-2024-q2")["quota"]
    result = mtm.Package.read(SOURCE / "examples/kazakhstan-2024-q2").compute()["arrivals"]
    gc.collect()
    assert dataset.name == "quota" and result.value == 4001714 and result.finding()


def test_threads_share_frozen_objects(kazakhstan):
    expected = kazakhstan.report(language="ru").to_html()
    answers, errors = [], []

    def work():
        try:
            for _ in range(5):
                answers.append(kazakhstan.report(language="ru").to_html() == expected)
        except Exception as error:  # noqa: BLE001
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == [] and len(answers) == 40 and all(answers)


def test_nothing_grows():
    def round_trip():
        dataset = mtm.Dataset.from_csv("period,value\n2024,1\n", concept="population")
        dataset.view("values")
        dataset.__arrow_c_stream__()
        try:
            mtm.Period("x")
        except ValueError:
            pass

    for _ in range(2000):
        round_trip()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(30000):
        round_trip()
    gc.collect()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 4096


def test_documentation():
    for name in mtm.__all__:
        thing = getattr(mtm, name)
        assert inspect.getdoc(thing), name
        if inspect.isclass(thing):
            for member, value in vars(thing).items():
                if not member.startswith("_") and (callable(value) or isinstance(value, property)):
                    assert inspect.getdoc(value), f"{name}.{member}"


def test_the_package_is_typed():
    assert (pathlib.Path(mtm.__file__).parent / "py.typed").exists()
