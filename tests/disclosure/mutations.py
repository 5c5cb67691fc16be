#!/usr/bin/env python3
"""Mutations of disclosure control: each way in which the protector links numbers is taken out, and the audit must refuse what it then
prints; with the same taken out of the audit too, the outsider must find it. Compiles a copy of the tree in a folder, which takes minutes.

    python3 tests/disclosure/mutations.py FOLDER [CMAKE-OPTION...]

MTM_PUBLICATIONS: how many are tried of each (60 when it is not set). Needs SciPy."""
import os
import pathlib
import shutil
import subprocess
import sys

SOURCE = pathlib.Path(__file__).resolve().parents[2]
NOTHING = "nothing was made"
# name, what is taken out of the protector, of the audit, and the test that tells
CHANGES = [
    ("dimensions", ("truth_links.c", "            link_dimensions(&l, family);", "            (void)link_dimensions;"),
     ("audit_data.c", "        fall_into_tables(&r, first_of_family);", "        (void)fall_into_tables;"),
     "test_tables.py Attack"),
    ("periods", ("truth_links.c", "        link_times(&l);", "        (void)link_times;"),
     ("audit_data.c", "        fall_into_series(&r);", "        (void)fall_into_series;"), "test_ledger.py Attack"),
    ("common totals", ("truth_links.c", "            figure_place(l, start, end);", "            (void)figure_place;\n            start = end;\n            continue;"),
     ("audit_data.c", "        fall_into_tables(&r, first_of_family);", "        (void)fall_into_tables;"),
     "test_registers.py Attack"),
    ("registers", ("truth_space.c", "        mtmi_truth_balances(w);", "        (void)mtmi_truth_balances;"),
     ("audit_data.c", "        r.failed |= !mtmi_audit_balances(evidence, data->values, data->same, fall_aside, &r);",
      "        (void)mtmi_audit_balances;"), "test_registers.py"),
    ("country groups", ("truth_links.c", "        link_groups(&l);", "        (void)link_groups;"),
     ("audit_data.c", "    r->failed |= place.failed || !mtmi_audit_country_groups(r->evidence, chosen, n, place.data, fall_aside, r);",
      "    (void)mtmi_audit_country_groups;"), "test_groups.py"),
    ("named rows", ("truth_space.c", "    flags |= mask != NULL && named && counts_persons(w, number) ? MTMI_STATEMENT_LISTED : 0;",
                    "    (void)named;\n    (void)counts_persons;"),
     ("audit_print.c", "    one->named = one->named && one->is_count && one->truth > 0;", "    one->named = 0;"),
     "test_outsider.py Outsider.test_named_rows_are_persons"),
    ("earlier documents", ("truth_space.c", "    if (ledger != NULL && !w.failed) {", "    if (ledger != NULL && !w.failed && w.n_atoms == 0) {"),
     ("audit_print.c", "    for (uint32_t i = 0; ledger != NULL && i < ledger->n_numbers && !r.failed; i++) {",
      "    for (uint32_t i = 0; ledger != NULL && i < ledger->n_numbers && r.failed; i++) {"), "test_ledger.py Attack"),
]


def put(tree, change):
    path = tree / "lib/disclosure" / change[0]
    text = path.read_text()
    assert text.count(change[1]) == 1, change
    path.write_text(text.replace(change[1], change[2]))


def attack(tree, build, test):
    """What an attack on the mutated program ends with."""
    subprocess.run(["cmake", "--build", build, "--target", "mtm_program", "-j", os.environ.get("JOBS", "2")], check=True,
                   stdout=subprocess.DEVNULL)
    done = subprocess.run([sys.executable, *test.split()], cwd=tree / "tests/disclosure", capture_output=True, text=True,
                          env={"MTM_PUBLICATIONS": "60", **os.environ, "MTM_BUILD": str(build)})
    if done.returncode == 0:
        return "passes"
    text = done.stdout + done.stderr
    return "tells" if "Tuples differ" in text else "refuses" if NOTHING in text else "fails otherwise:\n" + text


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    tree, build, wrong = folder / "tree", folder / "build", 0
    shutil.copytree(SOURCE, tree, ignore=shutil.ignore_patterns(".git", "build", "build-*"), dirs_exist_ok=True)
    subprocess.run(["cmake", "-S", tree, "-B", build, *sys.argv[2:]], check=True, stdout=subprocess.DEVNULL)
    for name, protector, audit, test in CHANGES:
        found = []
        for changes in ([protector], [protector, audit]):
            shutil.copytree(SOURCE / "lib/disclosure", tree / "lib/disclosure", copy_function=shutil.copy, dirs_exist_ok=True)
            for change in changes:
                put(tree, change)
            found.append(attack(tree, build, test))
        wrong += found != ["refuses", "tells"]
        print(f"{name}: without it the audit {found[0]}; without it in both the outsider {found[1]}", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
