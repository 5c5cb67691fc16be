"""Callbacks that raise, threads, forks and interrupts."""

import io
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import mtm

from . import expect, refuse
from .tables import BY_DIRECTION, EVENTS, events, table

MANY = b"date,direction\n" + b"2024-01-01,IN\n2024-01-02,OUT\n" * 400000


def raising(error):
    def callback(*arguments):
        raise error
    return callback


@refuse(ValueError, "no more of this")
def progress_that_raises():
    mtm.Tabulator(BY_DIRECTION, progress=raising(ValueError("no more of this"))).add(EVENTS)


@refuse(KeyboardInterrupt)
def progress_that_interrupts():
    mtm.Tabulator(BY_DIRECTION, progress=raising(KeyboardInterrupt())).add(EVENTS)


@refuse(SystemExit)
def progress_that_exits():
    mtm.Tabulator(BY_DIRECTION, progress=raising(SystemExit(3))).add(EVENTS)


@refuse(TypeError)
def progress_that_takes_nothing():
    mtm.Tabulator(BY_DIRECTION, progress=lambda: None).add(EVENTS)


@refuse(mtm.CancelledError)
def progress_that_says_no():
    mtm.Tabulator(BY_DIRECTION, progress=lambda done, total: False).add(EVENTS)


@refuse(TypeError)
def progress_that_cannot_be_called():
    mtm.Tabulator(BY_DIRECTION, progress=5).add(EVENTS)


@refuse(RecursionError)
def progress_without_end():
    def again(done, total):
        return again(done, total)

    mtm.Tabulator(BY_DIRECTION, progress=again).add(EVENTS)


@expect([3, 3])
def a_failed_addition_leaves_what_was_counted():
    answers = []
    tabulator = mtm.Tabulator(BY_DIRECTION, progress=lambda done, total: bool(answers) is False)
    tabulator.add(EVENTS)
    answers.append(tabulator.rows["accepted"])
    try:
        tabulator.add(EVENTS + b"2024-06-30,OUT,CHN\n")
    except mtm.CancelledError:
        answers.append(tabulator.rows["accepted"])
    return answers


@refuse(RuntimeError, "in use")
def progress_that_adds_to_what_is_added_to():
    def add(done, total):
        tabulator.add(EVENTS)

    tabulator = mtm.Tabulator(BY_DIRECTION, progress=add)
    tabulator.add(EVENTS)


@refuse(RuntimeError, "in use")
def a_file_that_merges_into_who_reads_it():
    tabulator = mtm.Tabulator(BY_DIRECTION)
    other = mtm.Tabulator(BY_DIRECTION).add(EVENTS)

    class File:
        def read(self, size):
            tabulator.merge(other)

    tabulator.add(File())


@refuse(RuntimeError, "in use")
def a_package_that_grows_while_it_is_computed():
    from conftest import example

    package = mtm.Package.read(example("kazakhstan-2024-q2"))
    package.compute(progress=lambda done, total: package.add(package[0]) and None)


@refuse(mtm.MtmError)
def a_tabulator_merged_with_itself():
    tabulator = mtm.Tabulator(BY_DIRECTION).add(EVENTS)
    tabulator.merge(tabulator)


@refuse(OSError, "the disk is gone")
def a_file_that_fails():
    class File:
        def read(self, size):
            raise OSError("the disk is gone")

    mtm.Tabulator(BY_DIRECTION).add(File())


@refuse(ValueError, "more bytes")
def a_file_that_gives_too_much():
    class File:
        def read(self, size):
            return bytes(size + 1)

    mtm.Tabulator(BY_DIRECTION).add(File())


@refuse(TypeError, "binary|bytes")
def a_file_of_text():
    mtm.Tabulator(BY_DIRECTION).add(io.StringIO(EVENTS.decode()))


@refuse(BlockingIOError)
def a_file_that_has_nothing_yet():
    class File:
        def read(self, size):
            return None

    mtm.Tabulator(BY_DIRECTION).add(File())


@refuse(ValueError)
def a_file_that_is_closed():
    file = io.BytesIO(EVENTS)
    file.close()
    mtm.Tabulator(BY_DIRECTION).add(file)


@expect(3)
def a_file_that_was_begun():
    file = io.BytesIO(b"# remarks\n" + EVENTS)
    file.readline()
    return mtm.Tabulator(BY_DIRECTION).add(file).rows["accepted"]


@expect(3)
def a_file_that_gives_a_byte_at_a_time():
    class File(io.BytesIO):
        def read(self, size):
            return super().read(1)

    return mtm.Tabulator(BY_DIRECTION).add(File(EVENTS)).rows["accepted"]


@expect(3)
def pieces_of_bytes_some_of_them_empty():
    return mtm.Tabulator(BY_DIRECTION).add(iter([b"", EVENTS[:7], b"", EVENTS[7:], b""])).rows["accepted"]


@refuse(TypeError, "pieces of bytes")
def pieces_of_text():
    mtm.Tabulator(BY_DIRECTION).add(iter(["date\n"]))


@refuse(ZeroDivisionError)
def pieces_that_raise():
    mtm.Tabulator(BY_DIRECTION).add(bytes(1 // n) for n in [0])


@refuse((FileNotFoundError, ValueError))
def a_path_with_a_null_character():
    mtm.Tabulator(BY_DIRECTION).add("a\0b.csv")


@refuse((FileNotFoundError, UnicodeEncodeError, ValueError))
def a_path_that_is_half_a_character():
    mtm.Tabulator(BY_DIRECTION).add("\ud800.csv")


@refuse(OSError)
def a_folder_for_a_file():
    mtm.Tabulator(BY_DIRECTION).add("/")


def at_once(work, n=8):
    errors = []

    def one(i):
        try:
            work(i)
        except BaseException as error:  # noqa: BLE001
            errors.append(repr(error))

    threads = [threading.Thread(target=one, args=(i,)) for i in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def thousands(i):
    return ("date,direction,citizenship\n" + "".join(
        f"2024-{k % 12 + 1:02d}-01,{'IN' if k % 3 else 'OUT'},L{(k * 7 + i) % 997}\n" for k in range(3000))).encode()


@expect((480 * 3000, []))
def eight_threads_add_to_one_tabulator():
    sys.setswitchinterval(1e-6)
    tabulator = mtm.Tabulator({"groupings": [{"by": ["direction", "citizenship"]}]}, max_labels=100000)
    data = [thousands(i) for i in range(8)]
    errors = at_once(lambda i: [tabulator.add(data[i], identity=f"{i}-{k}") for k in range(60)])
    return tabulator.rows["accepted"], errors


@expect((4 * 40 * 3000, []))
def threads_read_what_others_add_to():
    sys.setswitchinterval(1e-6)
    tabulator = mtm.Tabulator({"groupings": [{"by": ["direction", "citizenship"]}]}, max_labels=100000)
    data = [thousands(i) for i in range(8)]

    def work(i):
        for k in range(40):
            if i % 2:
                tabulator.add(data[i], identity=f"{i}-{k}")
            else:
                tabulator.save(), tabulator.finish(), tabulator.rows, tabulator.files, tabulator.check()
    errors = at_once(work)
    return tabulator.rows["accepted"], errors


@expect([])
def threads_that_merge_into_one_another():
    one, other = (mtm.Tabulator(BY_DIRECTION).add(EVENTS, identity=name) for name in "ab")
    return at_once(lambda i: [(one, other)[i % 2].merge((other, one)[i % 2], force=True) for _ in range(4)])


@expect([])
def threads_add_releases_to_one_store():
    import tempfile
    from conftest import example

    store = mtm.Store(tempfile.mkdtemp(), create=True)
    errors = at_once(lambda i: store.add(example("kazakhstan-2024-q2"), source=f"s{i}", released="2026-09-30"), 4)
    return errors + mtm.Store.verify(store.path) + (["lost"] if len(store) != 4 else [])


@expect(["a KeyboardInterrupt", True])
def an_interrupt_while_counting():
    threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    start = time.monotonic()
    try:
        for _ in range(1000):
            mtm.Tabulator(BY_DIRECTION, threads=2).add(MANY)
    except KeyboardInterrupt:
        return ["a KeyboardInterrupt", time.monotonic() - start < 20]
    return ["nothing", False]


@refuse(TimeoutError, "too long")
def a_signal_handler_that_raises():
    signal.signal(signal.SIGUSR1, raising(TimeoutError("too long")))
    threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGUSR1)).start()
    for _ in range(1000):
        mtm.Tabulator(BY_DIRECTION).add(MANY)


@expect([3, 0])
def a_fork_counts_on_by_itself():
    tabulator = mtm.Tabulator(BY_DIRECTION, threads=2).add(EVENTS)
    child = os.fork()
    if child == 0:
        tabulator.add(MANY)
        os._exit(0 if tabulator.rows["accepted"] == 800003 else 1)
    return [tabulator.rows["accepted"], os.waitpid(child, 0)[1]]


@expect(0)
def a_fork_in_the_middle_of_counting_refuses():
    tabulator = mtm.Tabulator(BY_DIRECTION)
    held = threading.Event()

    class File:
        def read(self, size):
            held.set()
            time.sleep(1)
            return b""

    threading.Thread(target=lambda: at_once(lambda i: tabulator.add(File()), 1), daemon=True).start()
    held.wait()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        try:
            tabulator.save()
        except RuntimeError:
            os._exit(0)
        os._exit(1)
    return os.waitpid(child, 0)[1]


def _count(data):
    return mtm.Tabulator(BY_DIRECTION).add(data).save()


@expect(9)
def a_pool_of_forks():
    with multiprocessing.get_context("fork").Pool(2) as pool:
        states = pool.map(_count, [EVENTS, EVENTS + b"\n", EVENTS + b"\n\n"])
    return mtm.Tabulator(BY_DIRECTION).merge(states).rows["accepted"]


def script(text):
    """Standard error and the exit status of a Python of its own."""
    done = subprocess.run([sys.executable, "-c", "import mtm, threading, sys, gc\nE=" + repr(EVENTS) + "\n" + text],
                          capture_output=True, text=True, timeout=50)
    return done.stderr.strip()[-500:], done.returncode


@expect(("", 0))
def objects_that_live_till_the_end():
    return script("t = mtm.Tabulator({'groupings': [{'by': ['direction']}]}, progress=lambda *a: None).add(E)\n"
                  "p = t.finish(); d = p[0]; v = d.view('values'); sys.kept = [t, p, d, v]\n"
                  "class K:\n    def __del__(self): sys.kept and None\nk = K()")


@expect(("", 0))
def a_thread_that_counts_while_python_ends():
    return script("data = E + b'2024-06-30,OUT,CHN\\n' * 300000\n"
                  "def go():\n    while True: mtm.Tabulator({'groupings': [{'by': ['direction']}]}).add(data)\n"
                  "threading.Thread(target=go, daemon=True).start()\nimport time; time.sleep(0.3)")


@expect(("", 7))
def an_exit_out_of_a_callback():
    return script("mtm.Tabulator({'groupings': [{'by': ['direction']}]}, progress=lambda *a: sys.exit(7)).add(E)")


@expect(("", 0))
def a_package_that_is_unloaded():
    return script("import importlib\nd = mtm.Tabulator({'groupings': [{'by': ['direction']}]}).add(E).finish()[0]\n"
                  "for name in [n for n in sys.modules if n == 'mtm' or n.startswith('mtm.')]: del sys.modules[name]\n"
                  "gc.collect(); import mtm as again\nassert len(d) and len(list(again.Tabulator({'groupings': "
                  "[{'by': ['direction']}]}).add(E).finish()[0]))")


@expect([1, 2, 3])
def a_dataset_in_eight_threads():
    dataset = mtm.Dataset.from_pandas(table([1, 2, 3]), concept="population")
    seen = set()
    errors = at_once(lambda i: seen.add(tuple(int(row["value"]) for row in dataset)))
    return list(*seen) if not errors else errors


@refuse(RuntimeError, "in use")
def a_frame_that_counts_when_it_is_asked_for_columns():
    tabulator = mtm.Tabulator(BY_DIRECTION)

    class File:
        def read(self, size):
            tabulator.add(events())
            return b""

    tabulator.add(File())
