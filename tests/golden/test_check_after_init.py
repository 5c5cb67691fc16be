"""One reader, one promise: what checking a file finds, checking the package that init proposes for it finds too.

Outcome, rows, sums and observations are the same, over every case of checks/ without settings of its own and every data
file of the tree; what is refused stays refused. What the file as a whole proves is said and read so: that a first day stands
for its month, that a label comes twice in a ranked list, that rows are those of a registry, register or list of places. Of the first the
values stay the same, of the others nothing can. The one direction of all figures, and the type of permits, that a title or name says are
a dimension more.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from checks import CASES  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
ENDINGS = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".xlsx", ".px")


class Answers:
    """What tests/golden/after_init.c printed."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def line(self):
        end = self.data.index(b"\n", self.at)
        line, self.at = self.data[self.at:end].decode(), end + 1
        return line

    def check(self):
        words = self.line().split(" ")
        if words[0] == "undescribed":
            return None
        size = int(words[2])
        document, self.at = self.data[self.at:self.at + size], self.at + size + 1
        return json.loads(document) if size else {"outcome": f"status {words[1]}", "rows": None, "sums": None}

    def observations(self):
        whole, count, shown = map(int, self.line().split(" ")[1:])
        return whole, count, [self.line() for _ in range(shown)]

    def both(self):
        answer = [self.check(), self.observations(), self.check()]
        answer.append(self.observations() if answer[2] else None)
        assert self.line() == "done"
        return answer


def cases(folder):
    """Files with names of their own, each in a folder of its own."""
    for case in CASES:
        if case.resource is not None or not case.path or set(case.files) != {case.path} or callable(case.files[case.path]):
            continue
        yield case.name, case.path, case.files[case.path]
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        hidden = any(part.startswith((".", "build")) for part in inside.parts)
        if not hidden and path.is_file() and path.name.endswith(ENDINGS) and path.name != "CMakeLists.txt":
            yield str(inside), path.name, path.read_bytes()


def proved(place):
    """What the proposal says that the file as a whole proves."""
    try:
        resource = json.loads((place.parent / "datapackage.json").read_text(encoding="utf-8"))["resources"][0]
    except (OSError, ValueError):
        return {}
    said = {key: value for key, value in resource["mtm"].items() if key in ("dateMeans", "repeats", "microdata", "gazetteer", "dimensions") and value}
    calendar = resource["mtm"].get("concept") == "observation"  # days by state are made of its hours
    return {"repeats": "days", **said} if calendar else said


def without_periods(observations):
    whole, count, shown = observations
    return whole, count, [line.split("\t")[1:] for line in shown]


def without_codes(observations, codes):
    """What a title says of all figures is a dimension more after init."""
    whole, count, shown = observations
    return whole, count, ["\t".join(part for part in line.split("\t") if part not in codes) for line in shown]


def differ(alone, before, packed, after, said):
    """What is another thing after init."""
    if packed is None:
        return ["init proposes nothing"]
    if said.keys() & {"repeats", "microdata", "gazetteer"}:
        return [] if packed["outcome"] in ("ok", "ok-with-notes") else [f"outcome {packed['outcome']}, though {said}"]
    if "dateMeans" in said and before[0] and after[0]:
        before, after = without_periods(before), without_periods(after)
    if "dimensions" in said and before[0] and after[0]:
        codes = set(said["dimensions"].values())
        before, after = without_codes(before, codes), without_codes(after, codes)
    wrong = [f"{key}: {alone[key]}, after init {packed[key]}" for key in ("outcome", "rows", "sums") if alone[key] != packed[key]]
    if not wrong and alone["outcome"] in ("ok", "ok-with-notes") and before != after:
        first = [(a, b) for a, b in zip(before[2], after[2]) if a != b][:1]
        wrong.append(f"observations: {before[1]}, after init {after[1]}; {first}")
    return wrong


def main():
    build = pathlib.Path(os.environ.get("MTM_BUILD", ROOT / "build"))
    wanted = os.environ.get("MTM_CASE", "")
    names, places, wrong = [], [], []
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        for name, file, data in cases(folder):
            if wanted in name:
                place = folder / str(len(places)) / pathlib.Path(file).name
                place.parent.mkdir()
                place.write_bytes(data)
                names.append(name)
                places.append(place)
        asked = "".join(f"{place}\n" for place in places)
        run = subprocess.run([build / "tests/golden/after_init"], input=asked.encode(), stdout=subprocess.PIPE, timeout=900)
        answers = Answers(run.stdout)
        for name, place in zip(names, places):
            try:
                found = differ(*answers.both(), proved(place))
            except (ValueError, AssertionError):
                found = [f"no answer; the program that asks ended with {run.returncode}"]
            if found:
                wrong.append("\n  ".join([name] + found))
            if found and found[0].startswith("no answer"):
                break
    finally:
        shutil.rmtree(folder)
    print("\n".join(wrong))
    print(f"{len(names)} files, {len(wrong)} differ after init")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
