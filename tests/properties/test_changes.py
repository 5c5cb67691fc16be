"""docs/changes-0.2.md says what this library computes: its column "after", figure by figure, for the made
packages. What stands "before" was computed by 0.1.0 and cannot change. `MTM_BEFORE=PROGRAM test_changes.py`
writes the page anew, with the `mtm` of 0.1.0."""
import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from changed_packages import PACKAGES
from packages import PROGRAM, SOURCE, package

PAGE = SOURCE / "docs/changes-0.2.md"
WHAT = {"value": "value", "previous-period": "against the period before",
        "same-period-last-year": "against the year before"}
POWERS = {0: "", 3: " thousand", 6: " million"}
# What 0.1.0 said where it gave no report at all.
REFUSED = {"sexes-under-countries": "refused (E100)", "absent-declared": "the property was unknown"}
UNCHANGED = {"superseded-base": "Values are the same; the quarter is flagged *superseded-base*, with a limitation."}


def indicators_in(node):
    if isinstance(node, dict):
        if {"id", "comparisons", "value"} <= node.keys():
            yield node
        node = list(node.values())
    for inner in node if isinstance(node, list) else []:
        yield from indicators_in(inner)


def word(text):
    """A reason in italics, a number as it is."""
    return text if re.match(r"-?\d", text) or " " in text else f"*{text}*"


def figures(program, folder, period):
    """{(indicator, what): number or reason} of a report; None where the package is refused."""
    done = subprocess.run([program, "report", folder, "-f", "json", "--period", period, "-q"], capture_output=True,
                          text=True, timeout=120)
    if done.returncode != 0:
        return None
    found = {}
    for entry in indicators_in(json.loads(done.stdout)):
        value = entry["value"]
        found[entry["id"], "value"] = word(value + POWERS[entry.get("multiplier") or 0] if value is not None
                                           else entry.get("reason") or "none")
        for other in entry["comparisons"]:
            percent = other["percent"]
            found[entry["id"], other["with"]] = word(f"{percent} %" if percent is not None
                                                     else other.get("reason") or "none")
    return found


def pages(text):
    """{package: {(indicator, what): (before, after)}} of the page."""
    found = {}
    for part in re.split(r"^### ", text, flags=re.M)[1:]:
        name, rest = part.split("\n", 1)
        rows = re.findall(r"^\| `([^`]+)`, ([^|]+) \| (.+) \| (.+) \|$", rest, re.M)
        names = {long: short for short, long in WHAT.items()}
        found[name] = {(indicator, names[what]): (before, after) for indicator, what, before, after in rows}
    return found


def reports(before):
    """(name, why, period, figures of 0.1.0, of now) of each package."""
    for name, why, tables, period in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            package(folder, tables)
            yield name, why, period, figures(before, folder, period), figures(PROGRAM, folder, period)


def write_page(before):
    text = PAGE.read_text(encoding="utf-8").split("### ")[0].rstrip("\n") + "\n"
    found = list(reports(before))
    old_ids = {key for *_, old, _ in found for key in old or ()}
    for name, why, period, old, new in found:
        known = old or {key: REFUSED[name] for key in old_ids if new[key] != "*no-data*"}
        rows = [f"| `{indicator}`, {WHAT[what]} | {known[indicator, what]} | {new[indicator, what]} |\n"
                for indicator, what in sorted(known) if known[indicator, what] != new[indicator, what]]
        text += f"\n### {name}\n\n{why} ({period}).\n\n"
        text += ("| figure | before | after |\n|---|---|---|\n" + "".join(rows) if rows else
                 UNCHANGED.get(name, "Nothing changed.") + "\n")
    PAGE.write_text(text, encoding="utf-8")


class Changes(unittest.TestCase):
    def test_figures_are_those_of_this_library(self):
        listed = pages(PAGE.read_text(encoding="utf-8"))
        self.assertEqual(list(listed), [name for name, *_ in PACKAGES])
        for name, why, tables, period in PACKAGES:
            with self.subTest(package=name), tempfile.TemporaryDirectory() as folder:
                package(folder, tables)
                now = figures(PROGRAM, folder, period)
                self.assertEqual({key: now[key] for key in listed[name]},
                                 {key: after for key, (before, after) in listed[name].items()})

    def test_twenty_packages_show_a_change(self):
        listed = pages(PAGE.read_text(encoding="utf-8"))
        self.assertGreaterEqual(sum(any(before != after for before, after in rows.values()) for rows in listed.values()), 18)


if __name__ == "__main__":
    if os.environ.get("MTM_BEFORE"):
        write_page(pathlib.Path(os.environ["MTM_BEFORE"]))
    else:
        unittest.main()
