"""SDMX in the hands of others: pysdmx reads the CSV, the XML and the structures that reports write, sdmx1 the XML and its
structures. Neither of them reads SDMX-JSON 2.0 data messages yet: these, and the structures in JSON, are held against the schemas of
the SDMX technical working group, where a checkout of its repository sdmx-json (v2.0.0) is named and jsonschema is installed. Not part
of the base tests: run with a Python that has them,

    python tests/interop/sdmx_readers.py [CHECKOUT]

What is not there is skipped, and said so; where nothing ran the end is 77."""
import csv
import importlib
import io
import json
import pathlib
import re
import sys

STORED = pathlib.Path(__file__).resolve().parents[2] / "tests/golden/report"


def by_sdmx1(sdmx):
    """sdmx1 does not take annotations of a data set, which SDMX-ML 3.0 allows: they are cut out before."""
    for path in sorted(STORED.glob("*.sdmx.xml")):
        with path.with_name(path.name.replace(".xml", ".csv")).open(newline="") as file:
            rows = list(csv.DictReader(file))
        (structure,) = sdmx.read_sdmx(path.with_name(path.name.replace(".sdmx.", ".structure."))).structure.values()
        text = re.sub(r"<(\w+:)?Annotations>.*?</\1Annotations>", "", path.read_text("utf-8"), flags=re.S)
        (data,) = sdmx.read_sdmx(io.BytesIO(text.encode()), structure=structure).data
        found = [(str(o.key["INDICATOR"].value), str(o.key["MEMBER"].value), str(o.key["TIME_PERIOD"].value), o.value) for o in data.obs]
        assert len(found) == len(rows), path
        assert [f[0] for f in found] == [r["INDICATOR"] for r in rows], path
        assert [float(f[3]) if f[3] not in (None, "") else None for f in found] == [
            float(r["OBS_VALUE"]) if r["OBS_VALUE"] else None for r in rows], path
        print(f"{path.name}: {len(rows)} observations by sdmx1")


def by_schemas(checkouts):
    """Of a date or a time exactly one may hold: without the check of "date" both do."""
    try:
        jsonschema = importlib.import_module("jsonschema")
    except ImportError:
        print("skipped: jsonschema is not installed")
        return 0
    if not checkouts:
        print("skipped: no checkout of the schemas of SDMX-JSON is named")
        return 0
    for kind, ending in (("data", ".sdmx.json"), ("structure", ".structure.json")):
        schema = json.loads((pathlib.Path(checkouts[0]) / f"{kind}-message/tools/schemas/2.0.0/sdmx-json-{kind}-schema.json").read_text("utf-8"))
        kinds = jsonschema.validators.validator_for(schema)
        checker = kinds(schema, format_checker=jsonschema.FormatChecker(["date"]))
        for path in sorted(STORED.glob("report.*" + ending)):
            message = json.loads(path.read_text("utf-8"))
            errors = [f"{list(e.absolute_path)}: {e.message[:200]}" for e in checker.iter_errors(message)]
            assert not errors, (path, errors)
            assert list(checker.iter_errors({**message, "data": []})), "the schema takes anything"
            print(f"{path.name}: valid by {schema.get('$id', schema.get('id'))}")
    return 1


def main():
    ran = 0
    for name, by in (("pysdmx", by_pysdmx), ("sdmx", by_sdmx1)):
        try:
            module = importlib.import_module(name)
        except ImportError:
            print(f"skipped: {name} is not installed")
            continue
        by(module)
        ran += 1
    ran += by_schemas(sys.argv[1:])
    return 0 if ran else 77


def by_pysdmx(_):
    from pysdmx.io import read_sdmx
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


if __name__ == "__main__":
    sys.exit(main())
