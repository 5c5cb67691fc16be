"""Checks: everything a file or package has wrong, and proposals for describing it."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, Sequence, Union

from . import _mtm
from ._handle import Handle
from ._progress import progress_callback
from ._source import source_of
from ._values import PathLike, Period, Progress, path_text

_OUTCOMES = ("ok", "ok-with-notes", "rejected-rows", "error")
_ROWS = ("in", "accepted", "rejected", "not_data")


class Diagnostic(NamedTuple):
    """Something a file has wrong, or a note about what was repaired or assumed."""

    severity: str
    code: str
    path: str
    line: "int | None"
    column: "int | None"
    found: str
    expected: str
    hint: str
    record: str

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        found = f'"{self.found}": ' if self.found else ""
        return f"{place}: {self.severity}[{self.code}]: {found}expected {self.expected}"


class Check(Handle):
    """What reading a file or package found. Frozen.

    >>> found = check(b"period,citizenship,value\\n2024-Q2,UZB,10\\n2024-Q2,CHN,5 apples\\n", name="crossings.csv")
    >>> found.outcome, found.rows
    ('rejected-rows', {'in': 3, 'accepted': 1, 'rejected': 1, 'not_data': 1})
    >>> found.diagnostics[0].line, found.diagnostics[0].column
    (3, 13)
    """

    __slots__ = ()

    @property
    def outcome(self) -> str:
        """"ok", "ok-with-notes", "rejected-rows" or "error"."""
        return _OUTCOMES[_mtm.mtm_check_outcome(self._handle)]

    @property
    def rows(self) -> "dict[str, int]":
        """The balance of rows: in = accepted + rejected + not_data."""
        return {name: int(_mtm.mtm_check_rows(self._handle, i)) for i, name in enumerate(_ROWS)}

    @property
    def diagnostics(self) -> "list[Diagnostic]":
        """Errors and notes, in the order of file and line."""
        found = (_mtm.mtm_check_at(self._handle, i) for i in range(_mtm.mtm_check_count(self._handle)))
        return [Diagnostic("error" if d["error"] else "note", f"MTM-{'E' if d['error'] else 'N'}{d['code']:03d}",
                           d["path"], d["line"] or None, d["column"] or None, d["found"], d["expected"], d["hint"],
                           d["record"]) for d in found]

    def render(self, form: str = "text", *, width: int = 0, colour: bool = False) -> str:
        """As "text" for a person, as a page "html", as "json" (docs/check-json.md), or the refused rows as "csv"."""
        text = _mtm.mtm_check_render(self._handle, _mtm.mtm_format_read(form), {"width": width, "colour": int(colour)})
        return bytes(_mtm.mtm_buffer_data(text)).decode("utf-8")

    def to_json(self) -> str:
        """The contract of docs/check-json.md."""
        return self.render("json")

    def to_dict(self) -> "dict[str, Any]":
        """The same as a dict."""
        return dict(json.loads(self.to_json()))

    def __bool__(self) -> bool:
        return self.outcome in _OUTCOMES[:2]

    def __repr__(self) -> str:
        rows = self.rows
        return (f"<Check {self.outcome}: {rows['in']} rows in, {rows['accepted']} accepted, {rows['rejected']} rejected, "
                f"{rows['not_data']} not data>")

    def __str__(self) -> str:
        return self.render("text")


def check(source: Any, *, name: str = "data", allow_guess: bool = False,
          resource: "str | None" = None, as_of: Any = None, progress: Progress = None, **limits: int) -> Check:
    """Reads a file, a whole package (its folder or `datapackage.json`) or bytes, and keeps everything it finds.

    Args:
        source: a path, the bytes of a file, an open binary file, or anything with the Arrow PyCapsule interface.
        name: what diagnostics call what has no path.
        allow_guess: lets a guessed encoding be used, with a note.
        resource: JSON of a data package's resource; None infers.
        as_of: of a store of releases, only what had been released by this day.
        progress: a callable of (done, total), or True for a bar.
        **limits: max_field, max_record, max_columns, max_expansion; show_rows, how many rows "text" and "html" show.
    """
    with progress_callback(progress, "check") as callback:
        options = {"allow_guess": int(allow_guess), "resource": resource, "progress": callback,
                   "as_of": None if as_of is None else Period(as_of)._days, **limits}
        return Check(_mtm.mtm_check_read(source_of(source, name), options))


def describe(paths: "Union[PathLike, Sequence[PathLike]]", *, allow_guess: bool = False) -> "dict[str, Any]":
    """Proposes a `datapackage.json` for files, as a dict to be edited by a person."""
    names = [path_text(path) for path in paths] if isinstance(paths, (list, tuple)) else [path_text(paths)]  # type: ignore[arg-type]
    text = _mtm.mtm_package_describe(names, {"allow_guess": int(allow_guess)})
    return dict(json.loads(bytes(_mtm.mtm_buffer_data(text))))
