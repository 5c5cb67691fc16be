"""Every case of checking a file, through the library: outcome, rows, sums, first diagnostic with its place, observations.

The balance of rows, the schema of the JSON and its agreement with the other two forms hold in every case, whatever the
case is about. With a program `mtm` beside it, the program must print the same JSON.
"""

import csv
import decimal
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from checks import CASES  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUTCOMES = ["ok", "ok-with-notes", "rejected-rows", "error"]
PENDING = pathlib.Path(__file__).with_name("pending_checks.txt")
SCHEMA = jsonschema.Draft7Validator(json.loads((ROOT / "docs/check-json.schema.json").read_text()))


def code_names():
    header = (ROOT / "lib/base/diagnostic.h").read_text()
    return {int(number): name for name, number in re.findall(r"MTMI_CODE_(\w+) = (\d+)", header)}


CODES = code_names()
DOCUMENTED = set(re.findall(r"[EN]\d{3}", " ".join(re.findall(r"^\| ((?:[EN]\d{3} ?)+) \|", (ROOT / "docs/diagnostics.md").read_text(), re.M))))


class Reader:
    """What tests/golden/check_cases.c printed."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def line(self):
        end = self.data.index(b"\n", self.at)
        line, self.at = self.data[self.at:end].decode(), end + 1
        return line

    def document(self, name):
        word, status, size = self.line().split(" ")
        assert (word, status) == (name, "0"), f"{name} came with status {status}"
        data, self.at = self.data[self.at:self.at + int(size)], self.at + int(size) + 1
        return data

    def answer(self):
        words = self.line().split(" ", 2)
        if words[0] == "failed":
            answer = {"failed": f"status {words[1]}: {words[2]}"}
        else:
            numbers = [int(word) for word in " ".join(words[1:]).split(" ")]
            answer = {"outcome": OUTCOMES[numbers[0]], "rows": tuple(numbers[1:5]), "count": numbers[5]}
            answer["bytes"] = self.document("json")
            answer["json"] = json.loads(answer["bytes"])
            answer["text"] = self.document("text").decode()
            answer["csv"] = self.document("csv").decode()
        _, status, count, shown = self.line().split(" ")
        answer["status"], answer["observations"] = int(status), int(count)
        answer["rows_of"] = [self.line().split("\t") for _ in range(int(shown))]
        assert self.line() == "done"
        return answer


def write(case, folder):
    """The case's files in a folder of its own; what is to be checked, and the resource's JSON."""
    folder.mkdir()
    for name, data in case.files.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if callable(data):
            data(place)
        else:
            place.write_bytes(data)
    described = "-"
    if case.resource is not None:
        described = folder / "resource.json"
        described.write_text(json.dumps(case.resource, ensure_ascii=False))
    return folder / case.path if case.path else folder, described


def named(diagnostic):
    return f"{diagnostic['severity']} {CODES.get(int(diagnostic['code'][5:]), diagnostic['code'])}"


def balance(answer):
    """What holds for every answer."""
    document, wrong = answer["json"], []
    for error in SCHEMA.iter_errors(document):
        wrong.append(f"the schema: {list(error.path)}: {error.message}"[:300])
        return wrong
    rows = document["rows"]
    if rows["in"] != rows["accepted"] + rows["rejected"] + rows["not_data"]:
        wrong.append(f"no balance: {rows}")
    if answer["rows"] != (rows["in"], rows["accepted"], rows["rejected"], rows["not_data"]):
        wrong.append(f"the functions say {answer['rows']}, the JSON {rows}")
    if document["outcome"] != answer["outcome"]:
        wrong.append(f"the function says {answer['outcome']}, the JSON {document['outcome']}")
    has_error = any(d["severity"] == "error" for d in document["diagnostics"])
    if has_error != (document["outcome"] in ("rejected-rows", "error")):
        wrong.append(f"outcome {document['outcome']} with{'' if has_error else 'out'} an error")
    if (document["outcome"] == "ok") != (not document["diagnostics"]):
        wrong.append(f"outcome {document['outcome']} with {len(document['diagnostics'])} diagnostics")
    if document["outcome"] == "ok-with-notes" and rows["rejected"]:
        wrong.append("rejected rows are only noted")
    wrong += [f"{d['code']} is not documented" for d in document["diagnostics"] if d["code"][4:] not in DOCUMENTED]
    refused = list(csv.reader(io.StringIO(answer["csv"])))
    if refused[0] != ["file", "line", "column", "code", "reason", "record"]:
        wrong.append(f"the header of refused rows is {refused[0]}")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", answer["text"]):
        wrong.append("the text has control characters")
    return wrong


def sums_differ(case, document):
    if isinstance(case.sums, dict):
        return {n: s for n, s in case.sums.items() if document["sums"].get(n) != s}
    return list(document["sums"].values()) != [case.sums] and case.sums


def compare(case, answer):
    if "failed" in answer:
        return [answer["failed"]]
    document, wrong = answer["json"], balance(answer)
    if wrong:
        return wrong
    if answer["outcome"] not in case.outcome.split("|"):
        wrong.append(f"outcome {answer['outcome']}, expected {case.outcome}")
    if case.rows is not None and answer["rows"] != case.rows:
        wrong.append(f"rows {answer['rows']}, expected {case.rows}")
    if case.sums is not None and sums_differ(case, document):
        wrong.append(f"sums {document['sums']}, expected {case.sums}")
    if case.total is not None and sum(map(decimal.Decimal, document["sums"].values())) != decimal.Decimal(case.total):
        wrong.append(f"sums {document['sums']}, expected {case.total} in all")
    if case.accepted is not None and answer["rows"][1] != case.accepted:
        wrong.append(f"accepted {answer['rows'][1]} rows, expected {case.accepted}: {document['diagnostics'][:3]}")
    if case.missing is not None and document["missing"] != case.missing:
        wrong.append(f"missing {document['missing']}, expected {case.missing}")
    first = document["diagnostics"][0] if document["diagnostics"] else None
    if first is None and (case.first or case.line or case.says):
        wrong.append(f"no diagnostic, expected {case.first or case.says or case.line}")
    elif first is not None:
        wrong += compare_first(case, first)
    strict = {"ok": 0, "ok-with-notes": 0}
    if (answer["status"] == 0) != (answer["outcome"] in strict) and case.path:
        wrong.append(f"reading the dataset gives status {answer['status']} where the outcome is {answer['outcome']}")
    if case.observations is not None:
        found = [tuple(row[:len(expected)]) for row, expected in zip(answer["rows_of"], case.observations)]
        expected = [tuple(str(part) for part in one) for one in case.observations]
        if len(case.observations) != answer["observations"] or found != expected:
            wrong.append(f"observations {answer['rows_of']}, expected {expected}")
    return wrong


def compare_first(case, first):
    wrong = []
    if case.first and named(first) not in case.first.split("|"):
        wrong.append(f"first {named(first)}, expected {case.first}")
    if case.line is not None and first["line"] != case.line:
        wrong.append(f"line {first['line']}, expected {case.line}")
    if case.column is not None and first["column"] != case.column:
        wrong.append(f"column {first['column']}, expected {case.column}")
    if case.found is not None and case.found[:30] not in first["found"]:
        wrong.append(f"found {first['found']!r}, expected {case.found!r}")
    said = " ".join(str(first.get(key)) for key in ("file", "found", "expected", "hint")).lower()
    if case.says is not None and case.says.lower() not in said:
        wrong.append(f"says {said!r}, expected {case.says!r}")
    return wrong + [f"    first: {first}"] if wrong else []


def program_answers(program, places):
    """The program prints the same bytes, and its exit status says the outcome; of cases without settings."""
    wrong = []
    for (case, answer), (path, described) in places:
        if described != "-" or case.guess or "failed" in answer:
            continue
        run = subprocess.run([program, "check", "--format", "json", path], capture_output=True, timeout=60)
        if run.stdout != answer["bytes"]:
            wrong.append(f"{case.name}: the program prints another JSON: {run.stdout[:200]!r} {run.stderr[:200]!r}")
        if run.returncode != (answer["outcome"] not in ("ok", "ok-with-notes")):
            wrong.append(f"{case.name}: the program ends with {run.returncode} at outcome {answer['outcome']}")
    return wrong


def main():
    build = pathlib.Path(os.environ.get("MTM_BUILD", ROOT / "build"))
    asker, program = build / "tests/golden/check_cases", build / "examples/mtm/mtm"
    wanted = os.environ.get("MTM_CASE", "")
    cases = [case for case in CASES if wanted in case.name]
    pending = {line for line in PENDING.read_text().splitlines() if line and not line.startswith("#")}
    with tempfile.TemporaryDirectory() as folder:
        places = [write(case, pathlib.Path(folder) / str(i)) for i, case in enumerate(cases)]
        asked = "".join(f"{path}\t{described}\t{int(case.guess)}\n" for case, (path, described) in zip(cases, places))
        run = subprocess.run([asker], input=asked.encode(), stdout=subprocess.PIPE, timeout=600)
        if run.returncode != 0:
            print(f"the program that asks ended with {run.returncode}")
        reader, failed, wrong = Reader(run.stdout), set(), []
        answers = []
        for case in cases:
            try:
                answers.append((case, reader.answer()))
            except ValueError:
                print(f"{case.name}: no answer")
                return 1
            found = compare(*answers[-1])
            if found:
                failed.add(case.name)
                if case.name not in pending or wanted:
                    wrong.append("\n  ".join([case.name] + found))
        if program.exists():
            wrong += program_answers(program, list(zip(answers, places)))
    wrong += [f"{name}: passes, and is listed as pending" for name in sorted(pending - failed) if not wanted]
    print("\n".join(wrong))
    print(f"{len(cases)} cases, {len(failed)} differ, of which {len(failed & pending)} are pending; program {'compared' if program.exists() else 'not built'}")
    return bool(wrong) or run.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
