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
    axes.legend(frameon=False, fontsize=8, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    drawing.tight_layout()
    drawing.savefig(file, metadata={"Date": None})
    plt.close(drawing)
