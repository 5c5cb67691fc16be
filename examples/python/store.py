"""A store of releases: what was known on a day, and what a later release changed."""

import pathlib
import tempfile

import mtm

folder = pathlib.Path(tempfile.mkdtemp())
DESCRIPTION = """{"mtm": {"country": "KAZ", "period": "2024-Q2"}, "resources": [{"name": "entries", "path": "entries.csv",
  "mtm": {"concept": "border-crossings", "unit": "movements"}}]}"""


def release(name, **quarters):
    """A data package as an agency sends it."""
    package = folder / name
    package.mkdir()
    rows = [f"{quarter[1:].replace('_', '-')},IN,{value}" for quarter, value in quarters.items()]
    (package / "entries.csv").write_text("period,direction,value\n" + "\n".join(rows) + "\n")
    (package / "datapackage.json").write_text(DESCRIPTION)
    return package


store = mtm.Store(folder / "store", create=True)
store.add(release("first", y2024_Q1=2975788, y2024_Q2=4001714), source="border-service", released="2024-07-15")
store.add(release("revised", y2024_Q2=4010002), source="border-service", released="2024-10-15", note="late posts")
for one in store:
    print(one.source, one.released, one.n_files, one.note or "-")
for day in ("2024-09-30", "2024-12-31"):
    print(day, store.package(as_of=day).compute("arrivals", period="2024-Q2").value)
for one in store.package().revisions("arrivals", periods="2024-Q2"):
    print(one["period"], one["release"], one["value"], one["revision"])
print(mtm.Store.verify(store.path))
