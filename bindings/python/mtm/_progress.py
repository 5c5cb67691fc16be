"""What ``progress=`` may be: None, a callable of (done, total), or True for a bar."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, Iterator

from ._values import Progress


@contextmanager
def progress_callback(progress: Progress, what: str) -> "Iterator[Callable[[int, int], Any] | None]":
    """Gives the callable for the library, and closes the bar it may have drawn."""
    if progress is None or progress is False:
        yield None
    elif progress is not True:
        yield progress
    else:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            yield None
            return
        with tqdm(desc=what, unit="B", unit_scale=True, unit_divisor=1024, leave=False) as bar:
            def update(done: int, total: int) -> None:
                bar.total = total or None
                bar.update(done - bar.n)

            yield update
