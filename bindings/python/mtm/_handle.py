"""What every class that stands for an object of the library has in common."""

from __future__ import annotations

from typing import Any


class Handle:
    """Holds a capsule, and what the capsule's object is lent by."""

    __slots__ = ("_handle", "_owner")

    def __init__(self, handle: Any, owner: Any = None) -> None:
        self._handle = handle
        self._owner = owner

    def __copy__(self) -> "Handle":
        return self  # frozen: a copy would be the same

    def __deepcopy__(self, memo: Any) -> "Handle":
        return self.__copy__()

    def __reduce__(self) -> Any:
        raise TypeError(f"{type(self).__name__} cannot be pickled; keep the data it was made from")
