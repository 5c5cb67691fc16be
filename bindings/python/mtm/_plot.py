"""Charts with matplotlib, where it is present."""

from __future__ import annotations

from typing import Any

_NEED = "plotting needs matplotlib: pip install matplotlib"


def _pyplot() -> Any:
    try:
        import matplotlib.pyplot as pyplot
    except ImportError as error:
        raise ImportError(_NEED) from error
    return pyplot


def _bars(ax: Any, names: "list[str]", values: "list[float]", title: str, unit: str) -> Any:
    places = range(len(names))
    ax.barh(list(places), values, color="#0033a0")
    ax.set_yticks(list(places))
    ax.set_yticklabels(names)
    ax.invert_yaxis()
    ax.set_title(title)
    ax.set_xlabel(unit)
    return ax


def _line(ax: Any, names: "list[str]", values: "list[float]", title: str, unit: str) -> Any:
    ax.plot(range(len(names)), values, color="#0033a0", marker="o")
    step = max(1, len(names) // 10)
    ax.set_xticks(range(0, len(names), step))
    ax.set_xticklabels(names[::step], rotation=45, ha="right")
    ax.set_title(title)
    ax.set_ylabel(unit)
    return ax


def plot_result(result: Any, language: str, ax: Any) -> Any:
    if ax is None:
        _, ax = _pyplot().subplots(layout="constrained")
    rows = [row for row in result.rows(language) if row.value is not None]
    if rows:
        return _bars(ax, [row.label for row in rows], [float(row.value) for row in rows], result.title(language),
                     result.unit)
    points = result.series
    if not points:
        raise ValueError(f"{result.id}: there is no breakdown and no series to draw")
    return _line(ax, [str(point.period) for point in points], [float(point.value) for point in points],
                 result.title(language), result.unit)


def plot_report(report: Any) -> "list[Any]":
    pyplot = _pyplot()
    figures = []
    for section in report.to_dict()["sections"]:
        for indicator in section["indicators"]:
            rows = [row for row in (indicator.get("breakdown") or {}).get("rows", []) if row.get("value") is not None]
            if not rows:
                continue
            figure, ax = pyplot.subplots(layout="constrained")
            _bars(ax, [row["label"] for row in rows], [float(row["value"]) for row in rows], indicator["title"],
                  indicator["unit"])
            figures.append(figure)
    return figures
