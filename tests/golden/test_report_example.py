"""The Kazakhstan report in the forms for machines: every period and language fits the contract, and the forms agree."""

import csv
import io
import json
import sys

import program
import test_report_forms as forms

PACKAGE = program.SOURCE / "examples/kazakhstan-2024-q2"
PERIODS = ["2024-Q2", "2023-Q2", "2024", "2024-01-01/2024-05-10", "2023-07", "2030-Q1"]
EXPLAINED = ["arrivals", "immigration", "foreign-workers-by-category", "net-crossings", "quota-use"]


def render(command, form, period, language, *rest):
    done = program.run(command, PACKAGE, *rest, "--period", period, "--language", language, "--format", form)
    assert done.returncode == 0, done.stderr
    return done.stdout


def misfits(definition, document, what):
    return [f"{what} {list(e.path)}: {e.message}" for e in forms.validator(definition).iter_errors(document)]


def check_agreement(report, period, language):
    table = list(csv.DictReader(io.StringIO(render("report", "csv", period, language), newline="")))
    found = [(r["indicator"], r["measure"], r["with"], forms.original(r["code"]), r["value"] or None) for r in table]
    errors = [] if found == list(forms.expected_figures(report)) else ["CSV and JSON differ"]
    sdmx = list(csv.reader(io.StringIO(render("report", "sdmx-csv", period, language), newline="")))
    keys = [tuple(r[3:8]) for r in sdmx[1:]]
    totals = {r[4] for r in sdmx[1:] if r[5:7] == ["_T", "_T"]}
    if len(keys) != len(set(keys)) or totals != {i["id"] for s in report["sections"] for i in s["indicators"]}:
        errors.append("SDMX-CSV has a key twice, or misses an indicator")
    return errors


def check_single(report, period, language):
    errors = []
    indicators = {i["id"]: i for s in report["sections"] for i in s["indicators"]}
    for name in EXPLAINED:
        alone = json.loads(render("compute", "json", period, language, name))
        errors += misfits("indicator", alone, f"compute {name}")
        errors += misfits("lineage", json.loads(render("explain", "json", period, language, name)), f"explain {name}")
        for one in (alone, indicators[name]): # the same numbers; sources are numbered within their document
            one["sources"] = [{k: v for k, v in s.items() if k != "number"} for s in one["sources"]]
        if alone != indicators[name]:
            errors.append(f"{name} alone is another than in the report")
    return errors


def main():
    failures, n = [], 0
    for index, period in enumerate(PERIODS):
        for language in forms.LANGUAGES:
            report = json.loads(render("report", "json", period, language))
            errors = misfits("report", report, "report") + check_agreement(report, period, language)
            if language == forms.LANGUAGES[index % 3]:
                errors += check_single(report, period, language)
            failures += [f"{period}, {language}: {e}" for e in errors]
            n += 1
    print("\n".join(failures) or f"{n} reports fit their contract")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
