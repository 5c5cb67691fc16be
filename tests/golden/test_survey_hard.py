"""Hard cases of surveys beside what R's survey says of them (survey/hard/make_cases.R): a relative error of 1e-9; 1e-7 for intervals
and calibrated weights that R fits by iteration."""
import csv
import json
import pathlib
import tempfile
import unittest

from program import SOURCE, run

FOLDER = SOURCE / "tests/golden/survey/hard"
OPTIONS = {"question": None, "statistic": "--statistic", "denominator": "--over", "where": "--where", "by": "--by", "answer": "--answer",
           "between": "--between", "interval": "--interval", "probability": "--quantile"}


def near(found, expected, least):
    return abs(found - expected) <= least * abs(expected) + 1e-12


class Hard(unittest.TestCase):
    def test_cases(self):
        rows = list(csv.DictReader(open(FOLDER / "cases.tsv"), delimiter="\t", quoting=csv.QUOTE_NONE))
        self.assertGreater(len(rows), 200)
        wrong = []
        with tempfile.TemporaryDirectory() as folder:
            design = pathlib.Path(folder) / "design.json"
            for row in rows:
                design.write_text(row["design"])
                request = json.loads(row["request"])
                arguments = [f"{OPTIONS[name]}={value}" for name, value in request.items() if OPTIONS[name]]
                ran = run("survey", FOLDER / row["data"], request["question"], "--design", design, "--format", "json", *arguments)
                if ran.returncode != 0:
                    wrong.append(f"{row['case']}: {ran.stderr.strip()}")
                    continue
                found = json.loads(ran.stdout)["estimates"]
                if len(found) != 1:
                    wrong.append(f"{row['case']}: {len(found)} estimates")
                    continue
                least = 1e-7 if row["case"].startswith("calibrated") else 1e-9
                for name in ("estimate", "se", "df", "low", "high"):
                    if row[name] == "NA":
                        continue
                    value = found[0][name]
                    if value is None or not near(value, float(row[name]), least):
                        wrong.append(f"{row['case']}: {name}: found {value}, R says {row[name]}")
        self.assertEqual(wrong, [], "\n".join(wrong))


if __name__ == "__main__":
    unittest.main()
