"""SDMX in the hands of others: pysdmx reads the CSV, the XML and the structures that reports write. Not part of the base tests: run with a Python that
has it,

    python tests/interop/sdmx_readers.py

Without pysdmx it says that it was skipped, and ends with 77."""
import csv
import pathlib
import sys

STORED = pathlib.Path(__file__).resolve().parents[2] / "tests/golden/report"


def main():
    try:
        from pysdmx.io import read_sdmx
    except ImportError:
        print("skipped: pysdmx is not installed")
        return 77
    for path in sorted(STORED.glob("*.sdmx.csv")):
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        (dataset,) = read_sdmx(path, validate=False).data
        assert "IOM:MTM_REPORT(1.0)" in str(dataset.structure), dataset.structure
        assert str(getattr(dataset.action, "value", dataset.action)).lower() in ("replace", "r"), dataset.action
        assert len(dataset.data) == len(rows), path
        for column in ("INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "MEMBER_LABEL"):
            assert list(dataset.data[column].fillna("")) == [r[column] for r in rows], (path, column)
        print(f"{path.name}: {len(rows)} observations")
        message = path.with_name(path.name.replace(".sdmx.csv", ".sdmx.xml"))
        (dataset,) = read_sdmx(message, validate=False).data
        assert len(dataset.data) == len(rows), message
        assert [v or "" for v in dataset.data["OBS_VALUE"].fillna("")] == [r["OBS_VALUE"] for r in rows], message
        for ending in (".structure.xml", ".structure.json"):
            structures = read_sdmx(path.with_name(path.name.replace(".sdmx.csv", ending)), validate=False)
            (definition,) = structures.get_data_structure_definitions()
            components = {component.id for component in definition.components}
            assert components == set(rows[0]) - {"STRUCTURE", "STRUCTURE_ID", "ACTION"}, (ending, components)
    return 0


if __name__ == "__main__":
    sys.exit(main())
