"""Instructions that a store takes to tell what counted on a day, a release, counted by callgrind: of releases that replace one
another, and of releases that all count and are written out. With an index no description is opened.

The bounds are what was measured, and a fifth: the C library and jansson do most of it. Exit 77: skipped."""
import json
import pathlib
import subprocess
import sys
import tempfile

from instructions import BUILD, run_counted, skipping

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "golden"))
import test_store_index  # noqa: E402

PROGRAM = BUILD / "examples" / "mtm" / "mtm"
FEW, MANY = 100, 400
MOST = {"replaced": 10_000, "counted": 66_000}


def make_store(folder, n, replaced):
    package = folder / "package"
    package.mkdir(exist_ok=True)
    (package / "arrivals.csv").write_text("period,citizenship,value\n2024-Q1,UZB,120\n")
    (package / "datapackage.json").write_text(json.dumps(
        {"name": "p", "mtm": {"country": "KAZ"}, "resources": [{"name": "entries", "path": "arrivals.csv", "mtm": {"concept": "arrivals"}}]}))
    store = folder / f"store-{n}-{replaced}"
    subprocess.run([PROGRAM, "store", "add", store, package, "--source", "b", "--released", "2024-05-10"], check=True, capture_output=True)
    test_store_index.add_copies(store, "2024-05-10", n, lambda i: replaced)
    subprocess.run([PROGRAM, "store", "verify", store], check=True)
    return store


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for kind, most in MOST.items():
            few, many = (run_counted(PROGRAM, "store", "show", "--as-of", "2100-01-01",
                                     make_store(pathlib.Path(folder), n, kind == "replaced"))[0] for n in (FEW, MANY))
            each = (many - few) / (MANY - FEW)
            print(f"{kind}: {each:.0f} instructions a release, at most {most}")
            failed |= each > most
    return failed


if __name__ == "__main__":
    sys.exit(skipping(main))
