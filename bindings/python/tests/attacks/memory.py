"""Memory that is not laid out as hoped, and owners that go."""

import array
import copy
import gc
import pickle
import tempfile
import weakref

import numpy
import pandas

import mtm
from mtm import _mtm

from . import expect, refuse
from .tables import BY_DIRECTION, EVENTS, MONTHS, accepted, events, numbers_of, table, values

THREE = list(zip(MONTHS, ("1", "2", "3")))


@expect(["0", "2", "4"])
def every_second_number():
    return numbers_of(numpy.arange(6)[::2])


@expect(["5", "3", "1"])
def numbers_backwards():
    return numbers_of(numpy.arange(6)[::-2])


@expect(["1", "2", "3"])
def numbers_of_the_other_byte_order():
    return numbers_of(numpy.array([1, 2, 3], dtype=numpy.dtype("int32").newbyteorder()))


@expect(["1", "2", "3"])
def numbers_at_odd_addresses():
    packed = numpy.zeros(3, dtype=numpy.dtype([("odd", "u1"), ("value", "i8")]))
    packed["value"] = [1, 2, 3]
    return numbers_of(packed["value"])


@expect(["1", "2", "3"])
def numbers_that_cannot_be_written():
    numbers = numpy.array([1, 2, 3])
    numbers.setflags(write=False)
    return numbers_of(numbers)


@expect(["1", "2", "3"])
def numbers_in_a_file():
    with tempfile.NamedTemporaryFile() as file:
        numbers = numpy.memmap(file.name, dtype="int64", mode="w+", shape=3)
        numbers[:] = [1, 2, 3]
        return numbers_of(numbers)


@expect(THREE)
def columns_of_one_block():
    block = numpy.asfortranarray(numpy.array([[1, 2, 3], [4, 5, 6]]))
    frame = pandas.DataFrame(block.T, columns=["value", "other"])[["value"]]
    return values(frame.assign(period=list(MONTHS)))


@expect(THREE)
def one_number_for_all_rows():
    frame = table(numpy.broadcast_to(numpy.int64(7), 3)).assign(value=[1, 2, 3])
    return values(frame)


@expect((3, 0))
def bytes_that_can_change():
    return accepted(bytearray(EVENTS))


@expect((3, 0))
def a_view_of_bytes():
    return accepted(memoryview(b"xx" + EVENTS + b"yy")[2:-2])


@refuse((BufferError, ValueError, TypeError))
def a_view_of_every_second_byte():
    return accepted(memoryview(bytes(2 * len(EVENTS)))[::2])


@expect((3, 0))
def bytes_in_an_array():
    return accepted(memoryview(array.array("B", EVENTS)))


@refuse(BufferError)
def bytes_that_shrink_while_they_are_read():
    data = bytearray(EVENTS)
    resource = []

    def shrink(done, total):
        try:
            data.clear()
        except BufferError as error:
            resource.append(error)

    mtm.Tabulator(BY_DIRECTION, progress=shrink).add(data)
    raise resource[0]


@expect((3, 0))
def a_frame_that_goes_while_it_is_counted():
    kept = [events()]

    def let_go(done, total):
        kept.clear()
        gc.collect()

    tabulator = mtm.Tabulator(BY_DIRECTION, progress=let_go)
    stream = mtm._engines.columns_of(kept[0])
    tabulator.add(stream)
    del stream
    return tabulator.rows["accepted"], tabulator.rows["rejected"]


@expect([1, 2, 3])
def a_view_after_its_dataset():
    view = mtm.Dataset.from_pandas(table([1, 2, 3]), concept="population").view("values")
    gc.collect()
    [bytearray(1000) for _ in range(1000)]
    return [int(one) for one in view]


@expect([1, 2, 3])
def a_stream_after_its_dataset():
    stream = mtm.Dataset.from_pandas(table([1, 2, 3]), concept="population").__arrow_c_stream__()
    gc.collect()

    class Lent:
        def __arrow_c_stream__(self, requested_schema=None):
            return stream

    return [int(row["value"]) for row in mtm.Dataset.from_arrow(Lent())]


@refuse((ValueError, TypeError))
def a_stream_that_was_taken():
    class Lent:
        stream = mtm.Dataset.from_pandas(table([1, 2, 3]), concept="population").__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.stream

    lent = Lent()
    mtm.Dataset.from_arrow(lent)
    return mtm.Dataset.from_arrow(lent)


@refuse((ValueError, TypeError))
def a_stream_that_is_none():
    class Lent:
        def __arrow_c_stream__(self, requested_schema=None):
            return None

    return mtm.Dataset.from_arrow(Lent())


@refuse((ValueError, TypeError))
def a_capsule_of_something_else():
    class Lent:
        def __arrow_c_stream__(self, requested_schema=None):
            return mtm.Package.new("KAZ")._handle

    return mtm.Dataset.from_arrow(Lent())


@refuse(ZeroDivisionError)
def a_stream_that_raises():
    class Lent:
        def __arrow_c_stream__(self, requested_schema=None):
            return 1 / 0

    return mtm.Dataset.from_arrow(Lent())


@expect(["quota", "quota"])
def datasets_after_their_package():
    from conftest import example

    package = mtm.Package.read(example("kazakhstan-2024-q2"))
    one, many = package["quota"], package[:]
    del package
    gc.collect()
    return [one.name, next(other.name for other in many if other.name == "quota")]


@expect([2, 2])
def a_dataset_of_a_package_that_grows():
    package = mtm.Tabulator(BY_DIRECTION).add(EVENTS).finish()
    first, before = package[0], len(package[0]) - 1
    for i in range(300):
        package.add(mtm.Dataset.from_pandas(table([1, 2, 3]), concept="population", name=f"n{i}"))
    return [before, len(first) - 1]


@expect(True)
def a_finding_after_its_report():
    from conftest import example

    result = mtm.Package.read(example("kazakhstan-2024-q2")).compute()["arrivals"]
    gc.collect()
    return bool(result.finding())


@expect([3, 4])
def a_pickled_tabulator_counts_on():
    one = mtm.Tabulator(BY_DIRECTION).add(EVENTS)
    other = pickle.loads(pickle.dumps(one, protocol=0))
    other.add(b"date,direction\n2024-07-01,IN\n")
    return [one.rows["accepted"], other.rows["accepted"]]


@refuse(mtm.MtmError)
def a_pickle_with_a_flipped_bit():
    state = bytearray(mtm.Tabulator(BY_DIRECTION).add(EVENTS).save())
    state[len(state) // 2] ^= 1
    return mtm.Tabulator.load(bytes(state))


@refuse(mtm.MtmError)
def a_state_of_no_bytes():
    return mtm.Tabulator.load(b"")


@refuse(TypeError, "pickled")
def a_pickled_dataset():
    return pickle.dumps(mtm.Dataset.from_pandas(table([1, 2, 3]), concept="population"))


@refuse(TypeError)
def a_pickled_store():
    return pickle.dumps(mtm.Store(tempfile.mkdtemp(), create=True))


@refuse(TypeError, "copied")
def a_copied_package():
    return copy.deepcopy(mtm.Package.new("KAZ"))


@refuse((AttributeError, TypeError))
def an_object_that_was_never_made():
    return mtm.Tabulator.__new__(mtm.Tabulator).rows


@refuse((AttributeError, TypeError))
def a_dataset_that_was_never_made():
    return len(mtm.Dataset.__new__(mtm.Dataset))


@refuse(TypeError)
def the_handle_of_another_class():
    tabulator = mtm.Tabulator(BY_DIRECTION)
    tabulator._handle = mtm.Package.new("KAZ")._handle
    return tabulator.add(EVENTS)


@refuse(TypeError)
def a_handle_of_none():
    return _mtm.mtm_tabulator_save(None)


@expect(None)
def a_cycle_through_a_callback_is_collected():
    class Holder:
        pass

    holder = Holder()
    holder.tabulator = mtm.Tabulator(BY_DIRECTION, progress=lambda done, total, holder=holder: None)
    gone = weakref.ref(holder)
    del holder
    gc.collect()
    return gone()


@expect((3, 0))
def a_collection_at_every_allocation():
    gc.set_threshold(1, 1, 1)
    return accepted(events())
