"""What every class that stands for an object of the library has in common."""

from __future__ import annotations

import os
import threading
from contextlib import ExitStack, contextmanager
from typing import Any, Iterator


class Turn:
    """Lets one call at a time use what may change: other threads wait, and what a call calls back is refused.

    The library runs without the interpreter's lock, so nothing else keeps two calls apart.
    """

    __slots__ = ("_lock", "_holder")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._holder: "tuple[int, int] | None" = None

    def __enter__(self) -> None:
        holder, me = self._holder, (os.getpid(), threading.get_ident())
        if holder is not None and (holder == me or holder[0] != me[0]):  # a fork has the lock, but not the thread that holds it
            raise RuntimeError("in use by a call that has not ended")
        self._lock.acquire()
        self._holder = me

    def __exit__(self, *failure: Any) -> None:
        self._holder = None
        self._lock.release()


@contextmanager
def turns(*wanted: Turn) -> "Iterator[None]":
    """Several at once, in an order that is the same for all."""
    with ExitStack() as stack:
        for turn in sorted(set(wanted), key=id):
            stack.enter_context(turn)
        yield


class Users:
    """Counts the calls that use what must not change meanwhile."""

    __slots__ = ("n",)

    def __init__(self) -> None:
        self.n = 0

    def __enter__(self) -> None:
        self.n += 1

    def __exit__(self, *failure: Any) -> None:
        self.n -= 1

    def refuse_change(self) -> None:
        """While there are any."""
        if self.n > 0:
            raise RuntimeError("in use by a call that has not ended")


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
