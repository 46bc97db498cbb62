"""Pictures of figures, as SVG that reads well on light and dark paper."""

from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402  (the backend is chosen first)


def growth(figures: dict[int, dict[str, float]], names: dict[str, str], what: str, file: Path) -> None:
    """How each named figure (milliseconds) grows with the size, on two logarithmic axes."""
    sizes = sorted(figures)
    drawing, axes = plt.subplots(figsize=(9, 4.2))
    for key, label in names.items():
        shown = [(size, figures[size][key]) for size in sizes if key in figures[size]]
        axes.plot([size for size, _ in shown], [ms for _, ms in shown], marker="o", label=label)
    axes.set(xscale="log", yscale="log", xlabel=what, ylabel="CPU, ms")
    axes.grid(True, which="major", alpha=0.25)
    _keep(drawing, axes, file)


def bars(groups: list[str], heights: dict[str, list[float]], what: str, file: Path) -> None:
    """A bar for each name in each group."""
    drawing, axes = plt.subplots(figsize=(9, 4.2))
    wide = 0.8 / len(heights)
    for place, (label, values) in enumerate(heights.items()):
        axes.bar([at + place * wide for at in range(len(groups))], values, wide, label=label)
    axes.set(ylabel=what, yscale="log")
    axes.set_xticks([at + 0.4 - wide / 2 for at in range(len(groups))], groups)
    axes.grid(True, axis="y", which="major", alpha=0.25)
    _keep(drawing, axes, file)


def lines(series: dict[str, list[tuple[float, float]]], across: str, up: str, file: Path) -> None:
    """A line for each name, on two logarithmic axes."""
    drawing, axes = plt.subplots(figsize=(9, 4.2))
    for label, points in series.items():
        axes.plot([x for x, _ in points], [y for _, y in points], marker="o", label=label)
    axes.set(xscale="log", yscale="log", xlabel=across, ylabel=up)
    axes.grid(True, which="major", alpha=0.25)
    _keep(drawing, axes, file)


def _keep(drawing, axes, file):
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    drawing.tight_layout()
    drawing.savefig(file, metadata={"Date": None})
    plt.close(drawing)
