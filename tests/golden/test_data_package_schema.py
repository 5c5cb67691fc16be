"""The JSON Schema of data packages: valid itself, fits every package of the repository, and says what the library says."""

import copy
import json
import pathlib
import re
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/data-package.schema.json").read_text())
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)

WRONG_PATHS = ["", "/a.csv", "//h/a", "../a.csv", "a/../b.csv", "a/..", "./a", "a//b", "a/", "C:/a", "c:a", "http://x/a",
               "file:///a", "a\\b", "..\\a", "~/a", "a\nb", "a\u0001b", ".."]
RIGHT_PATHS = ["a.csv", "a/b.csv", "данные/кв 2.csv", "..a", "a..b/c.csv", "...", ".hidden", "a~"]


def documented_example():
    text = (ROOT / "docs/data-package.md").read_text()
    return json.loads(re.search(r"```json\n(\{.*?\n\})\n```", text, re.S).group(1))


def known_names(file, function):
    """What the library accepts: the list that a C function hands to mtmi_properties_check()."""
    text = (ROOT / "lib/read/descriptor" / file).read_text()
    body = text.split(function + "(", 1)[1].split("\n}\n", 1)[0]
    name = re.search(r"mtmi_properties_check\([^;]*?(\w+), (?:sizeof|COUNT)", body, re.S).group(1)
    listed = re.search(r"\b" + name + r"\[\] = \{(.*?)\};", body if name + "[]" in body else text, re.S).group(1)
    return set(re.findall(r'"([\w-]+)"', listed))


def properties_of(*names):
    node = SCHEMA
    for name in names:
        node = node[name]
    return set(node["properties"])


def changed(example, change):
    copied = copy.deepcopy(example)
    change(copied)
    return copied


def main():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    example = documented_example()
    packages = [("docs/data-package.md", example)]
    packages += [(p, json.loads(p.read_text())) for p in sorted(ROOT.glob("examples/**/datapackage.json"))]
    packages += [(p, json.loads(p.read_text())) for p in sorted(ROOT.glob("tests/golden/packages/**/datapackage.json"))]
    failures = []
    for name, package in packages:
        failures += [f"{name}: {list(e.path)}: {e.message}" for e in VALIDATOR.iter_errors(package)]

    def set_path(path):
        return lambda p: p["resources"][0].__setitem__("path", path)

    failures += [f"path {path!r} fits" for path in WRONG_PATHS if VALIDATOR.is_valid(changed(example, set_path(path)))]
    failures += [f"path {path!r} does not fit" for path in RIGHT_PATHS
                 if not VALIDATOR.is_valid(changed(example, set_path(path)))]
    resource = lambda p: p["resources"][0]
    field = lambda p: resource(p)["schema"]["fields"][0]
    for what, change in {
        "unknown property": lambda p: resource(p)["mtm"].__setitem__("cumulativ", True),
        "unknown role": lambda p: field(p)["mtm"].__setitem__("role", "valeu"),
        "members of a period": lambda p: field(p)["mtm"].__setitem__("members", {"sex": "F"}),
        "inline data": lambda p: resource(p).__setitem__("data", []),
        "no name": lambda p: resource(p).pop("name"),
        "no resources": lambda p: p.pop("resources"),
        "kind left open": lambda p: (resource(p)["mtm"].pop("kind"),
                                     resource(p)["mtm"].__setitem__("concept", "residence-permits")),
        "country in words": lambda p: p["mtm"].__setitem__("country", "Kazakhstan"),
    }.items():
        if VALIDATOR.is_valid(changed(example, change)):
            failures.append(f"{what} fits")

    definitions = "definitions"
    for file, function, place in [
        ("resource.c", "void read_mtm", (definitions, "resourceProperties")),
        ("resource_field.c", "void read_field_mtm", (definitions, "fieldProperties")),
        ("resource_field.c", "void mtmi_resource_numbers", (definitions, "resourceProperties", "properties", "numbers")),
        ("descriptor.c", "void read_package", ("properties", "mtm")),
        ("declared_boundaries.c", "mtm_status mtmi_descriptor_boundaries", (definitions, "boundariesProperties")),
    ]:
        difference = known_names(file, function) ^ properties_of(*place)
        if difference:
            failures.append(f"{file} and the schema differ in {sorted(difference)}")
    print("\n".join(failures) or f"{len(packages)} packages fit")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
