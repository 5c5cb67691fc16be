"""The recipes of docs/scale.md that need no engine: a pool of processes, and states that merge in a tree."""

import concurrent.futures
import functools
import multiprocessing
import os
import random

import pytest

import mtm

SPECIFICATION = {"groupings": [{"by": ["direction"]}, {"by": ["direction", "citizenship"], "period": "month"}]}


def count(path):
    return mtm.Tabulator(SPECIFICATION).add(path, identity=f"{path}@{os.stat(path).st_mtime_ns}").save()


def write_files(folder, n):
    paths = []
    for i in range(n):
        paths.append(str(folder / f"{i}.csv"))
        with open(paths[-1], "w", encoding="utf-8") as file:
            file.write("date,direction,citizenship\n")
            file.writelines(f"2024-{k % 12 + 1:02d}-{i % 28 + 1:02d},{'in' if k % 3 else 'out'},{'UZB' if k % 2 else 'KGZ'}\n"
                            for k in range(50 + i))
    return paths


def tables(tabulator):
    return [dataset.to_csv() for dataset in tabulator.finish()]


def test_a_pool_of_processes_counts_what_one_does(tmp_path):
    paths = write_files(tmp_path, 7)
    one = functools.reduce(lambda tabulator, path: tabulator.add(path), paths, mtm.Tabulator(SPECIFICATION))
    with concurrent.futures.ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        states = list(pool.map(count, paths))
    whole = mtm.Tabulator(SPECIFICATION).merge(states)
    assert tables(whole) == tables(one)
    assert whole.rows == one.rows


def test_a_tree_of_merges_is_a_merge(tmp_path):
    states = [count(path) for path in write_files(tmp_path, 9)]
    flat = mtm.Tabulator(SPECIFICATION).merge(states)
    threes = [mtm.Tabulator(SPECIFICATION).merge(states[i::3]).save() for i in range(3)]
    tree = mtm.Tabulator(SPECIFICATION).merge(list(reversed(threes)))
    assert tree.save() == flat.save()


def test_a_thousand_partitions_in_any_order_are_one_process():
    """Empty ones, equal ones, refused rows and labels that no list has among them; merged flat and in a tree of 32."""
    chance = random.Random(17)
    head = b"date,direction,citizenship\n"
    rows = [b"2024-%02d-%02d,%s,%s\n" % (chance.randint(1, 13), chance.randint(1, 28), chance.choice([b"in", b"out", b"side"]),
                                       chance.choice([b"UZB", b"KGZ", "Узбекистан".encode(), b"Atlantis", b""])) for _ in range(20000)]
    one = mtm.Tabulator(SPECIFICATION).add(head + b"".join(rows))
    cuts = sorted(chance.choices(range(len(rows) + 1), k=999))
    parts = [rows[first:last] for first, last in zip([0, *cuts], [*cuts, len(rows)])]
    assert len(parts) == 1000 and min(map(len, parts)) == 0
    states = [mtm.Tabulator(SPECIFICATION).add(head + b"".join(part), identity=f"job/part-{i:05}").save() for i, part in enumerate(parts)]
    flat = mtm.Tabulator(SPECIFICATION).merge(states)
    chance.shuffle(states)
    tree = mtm.Tabulator(SPECIFICATION).merge([mtm.Tabulator(SPECIFICATION).merge(states[i::32]).save() for i in range(32)])
    assert tables(flat) == tables(tree) == tables(one)
    assert flat.save() == tree.save()
    assert [flat.rows[key] for key in ("accepted", "rejected")] == [one.rows[key] for key in ("accepted", "rejected")]
    assert one.rows["rejected"] > 1000
    with pytest.raises(mtm.InputError):
        tree.merge(chance.choice(states))


def test_shares_of_a_file_are_the_file(tmp_path):
    path = tmp_path / "big.csv"
    path.write_text("date,direction,citizenship\n" + "".join(
        f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d},in,\"line\n{i % 7}\"\n" for i in range(20000)), encoding="utf-8")
    one = mtm.Tabulator(SPECIFICATION).add(path)
    states = [mtm.Tabulator(SPECIFICATION).add(path, share=(k, 4)).save() for k in range(1, 5)]
    whole = mtm.Tabulator(SPECIFICATION).merge(states)
    assert tables(whole) == tables(one)
    assert whole.rows == one.rows
    with pytest.raises(mtm.MtmError, match="overlap"):
        whole.add(path, share=(1, 2))


@pytest.mark.parametrize("source, share, error", [
    (b"date,direction\n", (1, 2), TypeError), ("big.parquet", (1, 2), TypeError), (__file__, (0, 2), ValueError),
    (__file__, (3, 2), ValueError), (__file__, (1.5, 2), ValueError), (__file__, (1, 10 ** 9), ValueError),
    ("missing.csv", (1, 2), FileNotFoundError)])
def test_what_is_no_share(source, share, error):
    with pytest.raises(error):
        mtm.Tabulator(SPECIFICATION).add(source, share=share)


def row(i):
    return f"date,direction,citizenship\n2024-01-{i % 28 + 1:02d},in,L{i}\n".encode()


def counted(numbers, named):
    tabulator = mtm.Tabulator(SPECIFICATION)
    for i in numbers:
        tabulator.add(row(i), identity=f"job/{i}" if named(i) else None)
    return tabulator


def test_a_source_is_found_among_many():
    """By its identity where both have one, else by its content."""
    cases = [(lambda i: True, lambda i: True), (lambda i: False, lambda i: False), (lambda i: True, lambda i: False),
             (lambda i: i % 2, lambda i: True)]
    for ours, theirs in cases:
        one = counted(range(40), ours)
        assert counted(range(40, 80), theirs).merge(one).rows["accepted"] == 80
        for twice in (0, 21, 39):
            other = counted([*range(40, 80), twice], theirs)
            with pytest.raises(mtm.MtmError, match="counted before"):
                one.merge(other)
            assert one.rows["accepted"] == 40
            assert one.__copy__().merge(other, force=True).rows["accepted"] == 81


def test_equal_content_of_two_identities_is_two_sources():
    one = counted(range(40), lambda i: True)
    other = mtm.Tabulator(SPECIFICATION)
    for i in range(40):
        other.add(row(i), identity=f"again/{i}")
    assert one.merge(other).rows["accepted"] == 80
