"""Exceptions. Each also derives from the built-in one a Python programmer would expect."""

from __future__ import annotations

from . import _mtm


class MtmError(Exception):
    """What went wrong, and where.

    Attributes:
        status: name of the library's status, such as ``"MTM_ERROR_VALUE"``.
        code: number of the diagnostic (``12`` for ``MTM-E012``), or None.
        path: the file, indicator or argument concerned, or None.
        line, column: where in the file, from 1, or None.
        message: what was found, what was expected, how to fix it.
    """

    def __init__(self, message: str, status: str = "", code: int | None = None, path: str | None = None,
                 line: int | None = None, column: int | None = None) -> None:
        self.message, self.status, self.code = message, status, code
        self.path, self.line, self.column = path, line, column
        super().__init__(self._describe())

    def _describe(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        tag = f"error[MTM-E{self.code:03d}]: " if self.code else ""
        return f"{place}: {tag}{self.message}" if place else f"{tag}{self.message}"


class InputError(MtmError, ValueError):
    """An argument, a description or the data is not what it should be."""


class NotFoundError(MtmError, FileNotFoundError, LookupError):
    """A file, indicator, code list or dimension of that name does not exist."""

    __str__ = Exception.__str__


class FileError(MtmError, OSError):
    """The system refused to open, read or write, or a path leads where it may not."""

    __str__ = Exception.__str__


class LimitError(InputError):
    """A limit, named in the message, was passed."""


class OutOfMemoryError(MtmError, MemoryError):
    """An allocation failed."""


class CancelledError(MtmError):
    """The progress callback returned False."""


class UnsupportedError(MtmError, NotImplementedError):
    """This build lacks the part the call needs."""


class DisclosureError(MtmError, PermissionError):
    """The output would disclose a small cell; nothing was written."""

    __str__ = Exception.__str__


_CLASSES: dict[str, type[MtmError]] = {
    "MTM_ERROR_MEMORY": OutOfMemoryError, "MTM_ERROR_IO": FileError, "MTM_ERROR_PATH": FileError,
    "MTM_ERROR_NOT_FOUND": NotFoundError, "MTM_ERROR_LIMIT": LimitError, "MTM_ERROR_CANCELLED": CancelledError,
    "MTM_ERROR_UNSUPPORTED": UnsupportedError, "MTM_ERROR_DISCLOSURE": DisclosureError,
}


def _make(status: int, code: int, subject: str, line: int, column: int, message: str) -> MtmError:
    name = _mtm.mtm_status_name(status)
    kind = _CLASSES.get(name, InputError)
    return kind(message, name, code or None, subject or None, line or None, column or None)


_mtm.mtm_py_set_errors(_make)
