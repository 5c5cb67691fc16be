"""What a case is: files, and what checking them must find.

Cases are written from docs/*.md, never from what the program answers. The sign ▸ in a text stands where the first
diagnostic must point; it is taken out before the text becomes a file. Codes are the names of lib/base/diagnostic.h
without their beginning, after "error" or "note".
"""

import dataclasses
import json

MARK = "▸"
HEADER = "period\tcountry\tpersons\n"


@dataclasses.dataclass
class Case:
    name: str
    files: dict                  # path -> bytes; a callable is called with the path instead
    outcome: str                 # "ok", "ok-with-notes", "rejected-rows", "error"; several, with |, where either is right
    rows: tuple = None           # in, accepted, rejected, not data
    sums: dict = None            # column -> exact text; a text stands for the only value column
    first: str = None            # "error NUMBER_AMBIGUOUS", "note PERIOD"; of several, with |
    line: int = None
    column: int = None
    missing: int = None
    found: str = None            # what the first diagnostic must quote
    says: str = None             # what the first diagnostic must say somewhere
    resource: dict = None
    guess: bool = False
    path: str = None             # what is checked; None: the only file
    observations: list = None    # of the dataset: [period, codes, value, status, line]
    total: str = None            # the sum of all value columns
    accepted: int = None         # accepted rows, where the others are not told
    group: str = ""


CASES = []
GROUP = [""]


def group(name):
    """The cases that follow are about this."""
    GROUP[0] = name


def place_of(text):
    """The text without its mark, and the line and column of the mark; line breaks as an editor counts them."""
    at = text.find(MARK)
    if at < 0:
        return text, None, None
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return text.replace(MARK, "", 1), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def check(name, data, outcome, rows=None, sums=None, first=None, encoding="utf-8", file="t.csv", **more):
    """One case of one file. Text is encoded; bytes are taken as they are."""
    if isinstance(data, str):
        data, line, column = place_of(data)
        more.setdefault("line", line)
        more.setdefault("column", column)
        data = data.encode(encoding)
    add(Case(name, {file: data}, outcome, rows, sums, first, path=file, **more))


def package(name, descriptor, files, outcome, rows=None, sums=None, first=None, **more):
    """One case of a folder with a datapackage.json."""
    if not isinstance(descriptor, (str, bytes)):
        descriptor = json.dumps(descriptor, ensure_ascii=False)
    if isinstance(descriptor, str):
        descriptor = descriptor.encode()
    contents = {"datapackage.json": descriptor}
    for path, data in files.items():
        if isinstance(data, str):
            data, line, column = place_of(data)
            if line:
                more["line"], more["column"] = line, column
            data = data.encode()
        contents[path] = data
    add(Case(name, contents, outcome, rows, sums, first, path="", **more))


def add(case):
    case.group = GROUP[0]
    case.name = f"{case.group}: {case.name}"
    if any(other.name == case.name for other in CASES):
        raise ValueError(f"two cases are called {case.name}")
    CASES.append(case)


def resource(fields=None, **mtm):
    """A resource of three columns: period, country, persons, the last with properties of its own."""
    value = {"name": "persons", "mtm": {"role": "value"}}
    for key, given in (fields or {}).items():
        if key in ("groupChar", "decimalChar", "bareNumber", "missingValues"):
            value[key] = given
        else:
            value["mtm"][key] = given
    described = {"name": "t", "path": "t.csv",
                 "schema": {"fields": [{"name": "period", "mtm": {"role": "period"}},
                                       {"name": "country", "mtm": {"role": "dimension", "dimension": "citizenship"}},
                                       value]},
                 "mtm": {"concept": "migration", "kind": "flow", "unit": "persons", "multiplier": 3}}
    described["mtm"].update(mtm)
    return described
