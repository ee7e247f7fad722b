"""The tables of docs/performance.md as Markdown, from the raw results. Pure."""
import goals

TUNED = goals.TUNED
ABSENT = "Not measured yet."


def markdown(header, rows):
    """A column whose cells are all numbers stands to the right."""
    columns = [[str(row[i]) for row in rows] for i in range(len(header))]
    sides = ["---:" if all(cell[:1].isdigit() or not cell for cell in column) else "---" for column in columns]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in [header, sides, *rows])


def number(value, digits=0):
    return f"{value:,.{digits}f}"


def milliseconds(value):
    return number(value, 2 if value < 10 else 0)


def size(count):
    return f"{count // 1024:,} KB" if count % 1024 == 0 else f"{count / 1000:,.0f} KB"


def goal_table(files):
    rows = [
        (
            goal.what,
            f"{goal.direction} {goal.goal:g}",
            "" if goal.measured is None else f"{goal.measured:.2f}",
            goal.verdict,
        )
        for goal in goals.all_goals(files)
    ]
    return markdown(["ratio or figure", "goal", "measured", ""], rows)


def machine_table(files):
    """Every result says what it was measured on; they need not have been one day's."""
    rows = []
    for kind, file in sorted(files.items()):
        machine = file["machine"]
        kernel = f"{machine['kernel']}, {machine['file_system']}"
        versions = ", ".join(f"{name} {version}" for name, version in file["versions"].items())
        cpu = f"{machine['cores']} cores {machine['cpu']}, {machine['memory_gb']} GB"
        rows.append((kind, machine["date"][:10], f"`{machine['commit']}`", cpu, kernel, versions))
    return markdown(["result", "date", "commit", "machine", "kernel, file system", "beside"], rows)


def delivery_table(result):
    header = [
        "size, connections",
        "server",
        "requests/s",
        "CPU µs",
        "p50 ms",
        "p99 ms",
        "ours of its: CPU",
        "requests/s",
        "p99",
    ]
    rows = []
    for cell in result["cells"]:
        for name, median in cell["medians"].items():
            against = cell["against"].get(name)
            ratios = [spread(against[figure]) for figure in ("cpu_us", "per_second", "p99_ms")] if against else [""] * 3
            rows.append(
                (
                    f"{size(cell['bytes'])}, {cell['connections']}",
                    name,
                    number(median["per_second"]),
                    number(median["cpu_us"], 1),
                    milliseconds(median["p50_ms"]),
                    milliseconds(median["p99_ms"]),
                    *ratios,
                )
            )
    return markdown(header, rows)


def spread(ratio):
    """The median, and the quartiles of the rounds."""
    return f"{ratio['median']:.2f} ({ratio['low']:.2f}–{ratio['high']:.2f})"


def ingest_table(result):
    header = ["size, clients", "what", "uploads/s", "p50 ms", "p99 ms", "CPU µs", "of the limit"]
    rows = []
    for cell in result["cells"]:
        for name, median in cell["medians"].items():
            against = cell["against"].get(name)
            rows.append(
                (
                    f"{size(cell['bytes'])}, {cell['clients']}",
                    name,
                    number(median["per_second"]),
                    milliseconds(median["p50_ms"]),
                    milliseconds(median["p99_ms"]),
                    number(median["cpu_us_per_upload"]),
                    spread(against["rate to limit"]) if against else "",
                )
            )
    return markdown(header, rows)


def durability_table(result):
    header = ["server", "setting", "syncs of files", "of folders", "new names", "what an answer promises"]
    promises = {
        (True, True): "bytes and name survive a power cut",
        (True, False): "the bytes are synced, **their name is not**",
    }
    rows = [
        (
            name,
            result["settings"].get(name, "as shipped"),
            number(seen["file_syncs"], 1),
            number(seen["folder_syncs"], 1),
            number(seen["names"], 1),
            promises.get((seen["bytes_synced"], seen["names_synced"]), "**nothing**"),
        )
        for name, seen in result["durability"].items()
    ]
    return markdown(header, rows)


def memory_table(result):
    rows = [
        (
            name,
            number(each["idle_mb"]),
            number(each["peak_mb"]),
            number(each["mb_per_second"]),
            f"{each['uploads']} of {each['megabytes']}",
        )
        for name, each in result.items()
    ]
    return markdown(["server", "idle MB", "most MB", "MB/s uploaded", "uploads of MB"], rows)


def start_table(result):
    rows = [
        (f"{name}, {state}", number(each["median_ms"]), number(each["max_ms"]))
        for name, states in result.items()
        for state, each in states.items()
    ]
    return markdown(["data folder", "median ms", "most ms"], rows)


def lists_table(result):
    few, many = (f"ms at {result['images'][which]:,}" for which in ("few", "many"))
    rows = [
        (page, number(result["few"][page], 2), number(result["many"][page], 2), number(ratio, 2))
        for page, ratio in result["ratios"].items()
    ]
    return markdown(["page", few, many, "ratio"], rows)


def delete_table(result):
    rows = [
        (f"{name}, {what}", *(number(each[figure], 1) for figure in ("p50_ms", "p99_ms", "max_ms")))
        for name, whole in result.items()
        for what, each in (("DELETE answered", whole["answer"]), ("first 410", whole["gone"]))
    ]
    return markdown(["from DELETE sent to", "p50 ms", "p99 ms", "most ms"], rows)


# Name of a table: the raw file that it is made from, and how.
OF_ONE_RESULT = {
    "delivery": ("delivery", delivery_table),
    "ingest": ("ingest", ingest_table),
    "durability": ("ingest", durability_table),
    "memory": ("memory", memory_table),
    "start": ("start", start_table),
    "lists": ("lists", lists_table),
    "delete": ("delete", delete_table),
}


# Behind a table, drawn from the same result by charts.py.
CHARTS = {
    "delivery": ["delivery-cpu", "delivery-rate"],
    "ingest": ["ingest-rate"],
}


def with_charts(name, table):
    links = [f"![{chart.replace('-', ', ')}](charts/{chart}.svg)" for chart in CHARTS.get(name, [])]
    return "\n\n".join([table, *links])


def all_tables(files):
    """`files` has the raw results by their kind; a table of a kind that is absent says so."""
    tables = {"goals": goal_table(files), "machine": machine_table(files) if files else ABSENT}
    for name, (kind, make) in OF_ONE_RESULT.items():
        tables[name] = with_charts(name, make(files[kind]["result"])) if kind in files else ABSENT
    return tables
