"""A pandas frame as the bytes of a CSV file: every digit of its numbers, and periods by their meaning."""

from __future__ import annotations

from typing import Any

from ._values import Period


def _by_meaning(column: Any) -> Any:
    """A column of pandas Periods as SDMX text: a month stays a month, whatever its frequency is printed like."""
    names = {one: str(Period(one)) for one in column.dropna().unique()}
    return column.map(names)


def frame_csv(frame: Any) -> bytes:
    import pandas

    periods = [name for name in frame.columns if isinstance(frame[name].dtype, pandas.PeriodDtype)]
    if periods:
        frame = frame.assign(**{name: _by_meaning(frame[name]) for name in periods})
    return bytes(frame.to_csv(index=False, date_format="%Y-%m-%d").encode("utf-8"))
