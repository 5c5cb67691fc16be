"""Code lists, and what a label stands for."""

from __future__ import annotations

from typing import Any, Iterator

from . import _mtm
from ._values import language_number

_FOUND = ("none", "code", "total", "group", "other", "unknown", "ambiguous")


class Match:
    """What a label turned out to be in one list.

    Attributes:
        list: id of the code list.
        found: ``"none"``, ``"code"``, ``"total"``, ``"group"``, ``"other"``, ``"unknown"`` or ``"ambiguous"``.
        codes: the code, or the candidates of an ambiguous label.
        note: what a reader should know, such as letters of two alphabets in one word; or None.
    """

    __slots__ = ("list", "found", "codes", "note")

    def __init__(self, codelist: str, match: "dict[str, Any]") -> None:
        self.list = codelist
        self.found: str = _FOUND[match["kind"]]
        self.codes: list[str] = match["codes"]
        self.note: str | None = match["note"]

    @property
    def code(self) -> "str | None":
        """The one code, or None."""
        return self.codes[0] if self.found in ("code", "group") else None

    def __repr__(self) -> str:
        return f"Match(list={self.list!r}, found={self.found!r}, codes={self.codes!r})"


class CodeList:
    """A list of codes with their names. Lives for ever.

    >>> sex = CodeList("sex")
    >>> sex.codes
    ['M', 'F']
    >>> sex.label("F", "ru")
    'Женщины'
    >>> sex.match("жен").code
    'F'
    """

    __slots__ = ("_handle", "_index")

    def __init__(self, name: str) -> None:
        self._handle = _mtm.mtm_codelist_find(name)
        self._index = {_mtm.mtm_codelist_code(self._handle, i): i
                       for i in range(_mtm.mtm_codelist_count(self._handle))}

    @property
    def id(self) -> str:
        """The list's id."""
        return str(_mtm.mtm_codelist_get(self._handle, 0)["id"])

    def title(self, language: str = "en") -> str:
        """The list's title in "en", "ru" or "kk"."""
        return str(_mtm.mtm_codelist_get(self._handle, language_number(language))["title"])

    @property
    def source(self) -> str:
        """Where codes and names come from."""
        return str(_mtm.mtm_codelist_get(self._handle, 0)["source"])

    @property
    def codes(self) -> "list[str]":
        """The codes in the list's own order."""
        return list(self._index)

    def label(self, code: str, language: str = "en") -> str:
        """The short name of a code."""
        return str(_mtm.mtm_codelist_label(self._handle, self._index[code], language_number(language)))

    def match(self, text: str) -> Match:
        """Looks a label up, exactly after normalisation; nothing is guessed from similarity."""
        return Match(self.id, _mtm.mtm_codelist_match(self._handle, text))

    def __len__(self) -> int:
        return len(self._index)

    def __iter__(self) -> "Iterator[str]":
        return iter(self._index)

    def __contains__(self, code: object) -> bool:
        return code in self._index

    def __repr__(self) -> str:
        return f"<CodeList {self.id}: {len(self)} codes>"


def codelists() -> "list[CodeList]":
    """All code lists."""
    lists = []
    while (handle := _mtm.mtm_codelist_at(len(lists))) is not None:
        lists.append(CodeList(_mtm.mtm_codelist_get(handle, 0)["id"]))
    return lists


def codes(text: str, list: "str | None" = None) -> "list[Match]":  # noqa: A002  (the word of all three languages)
    """What a label stands for: in one list, or in every list that knows it.

    >>> codes("Қырғызстан", "country")
    [Match(list='country', found='code', codes=['KGZ'])]
    """
    if list is not None:
        return [CodeList(list).match(text)]
    return [match for match in (each.match(text) for each in codelists()) if match.found != "none"]
