"""Reports: results in sections, with findings, limitations and bibliography, ready to render."""

from __future__ import annotations

import json
import os
from typing import Any, Iterator

from . import _mtm
from ._handle import Handle
from ._values import LANGUAGES, PathLike, language_number, optional_period, path_text

_VIEWS = {"report": 0, "indicator": 1, "lineage": 2, "page": 3}


def _all(getter: Any, handle: Any) -> "Iterator[dict[str, Any]]":
    """What a getter gives for 0, 1, 2 and so on, until it gives nothing."""
    number = 0
    while (found := getter(handle, number)) is not None:
        yield found
        number += 1


METHODS = ("suppression", "rounding")


def protection(threshold: "int | None", ledger: "PathLike | None", method: str, p_percent: "int | None",
               dominance: "int | None") -> "dict[str, Any]":
    """How confidential figures are protected, as mtm_report_options."""
    if method not in METHODS:
        raise ValueError(f"method: expected one of {', '.join(METHODS)}, not {method!r}")
    return {"threshold": threshold, "ledger": None if ledger is None else path_text(ledger),
            "method": METHODS.index(method), "p_percent": p_percent, "dominance": dominance}


class Report(Handle):
    """A report in one language. Frozen; the same report gives the same bytes."""

    __slots__ = ("language",)
    language: str

    @classmethod
    def _of(cls, results: Any, language: str, threshold: "int | None", ledger: "PathLike | None" = None,
            method: str = "suppression", p_percent: "int | None" = None, dominance: "int | None" = None) -> "Report":
        number = language_number(language)
        options = {"language": number, **protection(threshold, ledger, method, p_percent, dominance)}
        report = cls(_mtm.mtm_report_new(results, options), results)
        report.language = LANGUAGES[number]
        return report

    def render(self, form: str, *, view: str = "report", indicator: "str | None" = None, width: int = 0,
               colour: bool = False) -> Any:
        """The report as a str, or as bytes where the format is no text ("xlsx", "ods", "docx", "pptx").

        Args:
            form: the format's name.
            view: "report", "page" (one page of HTML), or "indicator" or "lineage" of one `indicator`.
            indicator: its id.
            width, colour: of the text format: columns (0 means 80), terminal colours.
        """
        data = bytes(_mtm.mtm_buffer_data(self._text(form, view, indicator, width, colour)))
        is_binary = _mtm.mtm_format_properties(_mtm.mtm_format_read(form)) & _mtm.MTM_FORMAT_BINARY
        return data if is_binary else data.decode("utf-8")

    def _text(self, form: str, view: str, indicator: "str | None", width: int, colour: bool) -> Any:
        if view not in _VIEWS:
            raise ValueError(f"view: expected one of {', '.join(_VIEWS)}, not {view!r}")
        return _mtm.mtm_report_render(self._handle, _mtm.mtm_format_read(form), {
            "view": _VIEWS[view], "indicator": indicator, "width": width, "colour": int(colour)})

    def to_text(self, width: int = 0, colour: bool = False) -> str:
        """Plain text for a terminal."""
        return str(self.render("text", width=width, colour=colour))

    def to_html(self) -> str:
        """One self-contained page without script."""
        return str(self.render("html"))

    def to_markdown(self) -> str:
        """CommonMark with tables."""
        return str(self.render("markdown"))

    def to_json(self) -> str:
        """The contract of docs/report-json.md."""
        return str(self.render("json"))

    def to_dict(self) -> "dict[str, Any]":
        """The same as a dict; numbers stay decimal text."""
        return dict(json.loads(self.to_json()))

    def to_csv(self) -> str:
        """One row a number."""
        return str(self.render("csv"))

    def save(self, path: PathLike, form: "str | None" = None) -> None:
        """Writes the report to a file that appears whole or not at all; the ending says in which form."""
        name = path_text(path)
        form = form or os.path.splitext(name)[1].lstrip(".").lower() or "text"
        _mtm.mtm_buffer_save(self._text(form, "report", None, 0, False), name)

    def finding(self, indicator: str) -> "str | None":
        """The finding of an indicator: one sentence; None when the report has no such indicator."""
        found = _mtm.mtm_report_finding(self._handle, indicator)
        return None if found is None else str(found)

    @property
    def limitations(self) -> "list[dict[str, Any]]":
        """The limits of the data that the report states: kind, indicator, text."""
        return [{key: found[key] for key in ("kind", "indicator", "text")} for found in
                _all(_mtm.mtm_report_limitation, self._handle)]

    @property
    def bibliography(self) -> "list[dict[str, Any]]":
        """Every source used: publisher, title, address, licence, accessed, text, release, on_request, methodology_public."""
        return [{**found, "release": optional_period(found["release"])} for found in
                _all(_mtm.mtm_report_reference, self._handle)]

    def plots(self) -> "list[Any]":
        """A matplotlib figure for each indicator with a breakdown or a series."""
        from ._plot import plot_report

        return plot_report(self)

    def __repr__(self) -> str:
        return f"<Report in {self.language}>"

    def _repr_html_(self) -> str:
        from html import escape

        return (f'<iframe srcdoc="{escape(self.to_html(), quote=True)}" title="Report" '
                'style="width:100%;height:40em;border:1px solid #ccc"></iframe>')

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return self.to_text()
