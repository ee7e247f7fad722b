"""The charts of docs/performance.md as SVG, from the raw results. The same results give the same bytes."""
import re

import matplotlib

import tables

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "pixelvault", "font.size": 9, "axes.spines.top": False})
matplotlib.rcParams["axes.spines.right"] = False

import matplotlib.pyplot as plot  # noqa: E402 (after the choice of the backend)

# Ours stand out, the limits of the disk are gray, others are what they are.
OURS = ["#1f6feb", "#54aeff"]
LIMITS = ["#d0d7de", "#afb8c1", "#6e7781"]
OTHERS = ["#2da44e", "#bf8700", "#cf222e"]


def save(figure, path):
    figure.tight_layout(rect=(0, 0.12, 1, 1))  # the legend stands below
    figure.savefig(path, format="svg", metadata={"Date": None})
    plot.close(figure)
    # Matplotlib ends lines with spaces.
    path.write_text("\n".join(line.rstrip() for line in path.read_text().splitlines()) + "\n")


def colours(names):
    """One for each name, by what it is."""
    palettes = {"PixelVault": iter(OURS), "bare loop": iter(LIMITS)}
    others = iter(OTHERS)
    return [next(palettes.get(re.split("[,:]", name)[0], others)) for name in names]


def grouped_bars(axes, groups, series):
    """`series` has a value a group for each name."""
    width = 0.8 / len(series)
    for i, ((name, values), colour) in enumerate(zip(series.items(), colours(series))):
        places = [group + (i - (len(series) - 1) / 2) * width for group in range(len(groups))]
        axes.bar(places, values, width, label=name, color=colour)
    axes.set_xticks(range(len(groups)), groups)
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)


def one_row(parts, title, label, values, path):
    """A diagram a part, side by side; `values(part)` gives its groups and series."""
    figure, all_axes = plot.subplots(1, len(parts), figsize=(max(4.5 * len(parts), 9), 3.6), squeeze=False)
    for axes, part in zip(all_axes[0], parts):
        grouped_bars(axes, *values(part))
        axes.set_title(title(part))
    all_axes[0][0].set_ylabel(label)
    names, labels = all_axes[0][0].get_legend_handles_labels()
    figure.legend(names, labels, loc="lower center", ncols=4, frameon=False, fontsize=8)
    save(figure, path)


def series_of(cells, figure):
    names = list(cells[0]["medians"])
    return {name: [cell["medians"][name][figure] for cell in cells] for name in names}


def delivery(result, folder):
    connections = sorted({cell["connections"] for cell in result["cells"]})

    def values(figure):
        def of_connections(count):
            cells = [cell for cell in result["cells"] if cell["connections"] == count]
            return [tables.size(cell["bytes"]) for cell in cells], series_of(cells, figure)

        return of_connections

    title = "{} connections".format
    one_row(connections, title, "CPU µs a request", values("cpu_us"), folder / "delivery-cpu.svg")
    one_row(connections, title, "requests/s", values("per_second"), folder / "delivery-rate.svg")


def ingest(result, folder):
    sizes = sorted({cell["bytes"] for cell in result["cells"]})

    def values(size):
        cells = [cell for cell in result["cells"] if cell["bytes"] == size]
        return ["1 client" if cell["clients"] == 1 else f"{cell['clients']} clients" for cell in cells], series_of(
            cells, "per_second"
        )

    one_row(sizes, tables.size, "durable uploads/s", values, folder / "ingest-rate.svg")


def draw_all(files, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for kind, draw in {"delivery": delivery, "ingest": ingest}.items():
        if kind in files:
            draw(files[kind]["result"], folder)
