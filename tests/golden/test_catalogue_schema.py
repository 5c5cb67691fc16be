"""The JSON Schema of catalogues: valid itself, fits the built-in one and the documented example, refuses slips."""

import copy
import json
import pathlib
import re
import unittest

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs/catalogue.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
BUILT_IN = json.loads((ROOT / "lib/catalogue/catalogue.json").read_text(encoding="utf-8"))


def documented_example():
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    return json.loads(re.search(r"```json\n(\{.*?\n\})\n```", text, re.S).group(1))


def errors(document):
    return [error.message for error in VALIDATOR.iter_errors(document)]


class Catalogue(unittest.TestCase):
    def test_schema_and_documents(self):
        jsonschema.Draft7Validator.check_schema(SCHEMA)
        self.assertEqual(errors(BUILT_IN), [])
        self.assertEqual(errors(documented_example()), [])

    def test_properties_are_those_the_library_knows(self):
        source = (ROOT / "lib/indicator/definition/catalogue_read.c").read_text(encoding="utf-8")
        known = re.search(r'known\[\] = (.*?);', source, re.S).group(1)
        names = set("".join(re.findall(r'"([^"]*)"', known)).split())
        self.assertEqual(names, set(SCHEMA["definitions"]["indicator"]["properties"]))

    def test_groups_are_those_of_the_code_list(self):
        lines = (ROOT / "lib/codelist/data/country-group.tsv").read_text(encoding="utf-8").splitlines()
        codes = {line.split("\t")[0] for line in lines if line and not line.startswith("#")}
        self.assertEqual(codes, set(SCHEMA["definitions"]["group"]["enum"]))

    def test_slips_are_refused(self):
        changes = [
            lambda i: i.update(unite="persons"), lambda i: i.update(statistic="mean"), lambda i: i.pop("concept"),
            lambda i: i.update(statistic="net"), lambda i: i.update(minus={"direction": "OUT"}),
            lambda i: i.update(filter={"direction": 1}), lambda i: i.update(breakdown={"dimension": []}),
            lambda i: i.update(breakdown={"dimension": "country", "top": 0}), lambda i: i.update(outside="NATO"),
            lambda i: i.update(breakdown={"dimension": "country", "ranked": 0}),
            lambda i: i.update(outside="CIS"), lambda i: i.update(title={}), lambda i: i.update(title={"de": "x"}),
            lambda i: i.update(comparisons=["previous"]), lambda i: i.update(decimals=7), lambda i: i.update(id="A b"),
        ]
        for change in changes:
            document = {"indicators": [copy.deepcopy(BUILT_IN["indicators"][0])]}
            change(document["indicators"][0])
            self.assertNotEqual(errors(document), [], document)

    def test_every_text_is_in_three_languages(self):
        for entry in BUILT_IN["sections"] + BUILT_IN["indicators"]:
            for name in {"title", "definition"} & set(entry):
                self.assertEqual(set(entry[name]), {"en", "ru", "kk"}, entry["id"])
                for language, text in entry[name].items():
                    self.assertEqual(text.strip(), text)
                    plain = re.sub("Жетісу|Ұлытау", "", text)  # regions whose Russian names are written so
                    kazakh = re.search("[ұқғңәөүһіҰҚҒҢӘӨҮҺІ]", plain) is not None
                    self.assertFalse(kazakh and language != "kk", text)


if __name__ == "__main__":
    unittest.main()
