"""The goals of the project as ratios of one run, and whether the raw results reach them. Pure."""
import dataclasses

TUNED = "nginx, tuned"


@dataclasses.dataclass
class Goal:
    what: str
    direction: str  # "at most" or "at least"
    goal: float
    measured: float | None  # None: not measured

    @property
    def verdict(self):
        if self.measured is None:
            return "not measured"
        reached = self.measured <= self.goal if self.direction == "at most" else self.measured >= self.goal
        return "reached" if reached else "**not reached**"


DELIVERY_CPU = {4096: 0.85, 30_720: 0.90, 153_600: 1.0, 1_048_576: 0.70}


def worst(values, direction):
    """The value that decides; None when nothing was measured."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    return max(known) if direction == "at most" else min(known)


def delivery(result):
    cells = result["cells"] if result else []

    def ratio(figure, direction, **wanted):
        found = [cell for cell in cells if all(cell[name] == value for name, value in wanted.items())]
        return worst([cell["against"][TUNED][figure]["median"] for cell in found], direction)

    for size, goal in DELIVERY_CPU.items():
        what = f"delivery, CPU a request of tuned nginx, {size // 1024:,} KB"
        yield Goal(what, "at most", goal, ratio("cpu_us", "at most", bytes=size))
    what = "delivery, requests/s of tuned nginx, at every size and connection count"
    yield Goal(what, "at least", 1.0, ratio("per_second", "at least"))
    yield Goal("delivery, p99 of tuned nginx, the same", "at most", 1.0, ratio("p99_ms", "at most"))


def ingest(result):
    cells = result["cells"] if result else []
    names = sorted({name for cell in cells for name in cell["against"]}) or ["PixelVault"]

    def ratio(name, figure, direction, **wanted):
        found = [cell for cell in cells if all(cell[key] in values for key, values in wanted.items())]
        ratios = [cell["against"][name].get(figure) for cell in found]
        return worst([each["median"] if each else None for each in ratios], direction)

    for name in names:
        where = {"bytes": [100_000], "clients": [32]}
        what = f"{name}: uploads/s of the bare loop, 100 KB, 32 clients"
        yield Goal(what, "at least", 0.7, ratio(name, "rate to limit", "at least", **where))
        what = f"{name}: uploads/s of the best peer that is as durable, 8 and 32 clients"
        yield Goal(what, "at least", 2.0, ratio(name, "rate to best peer", "at least", clients=[8, 32]))
        where = {"bytes": [100_000], "clients": [1]}
        what = f"{name}: p50 of the bare loop, 100 KB, 1 client"
        yield Goal(what, "at most", 1.5, ratio(name, "p50 to limit", "at most", **where))


def memory(result):
    for name, each in (result or {"PixelVault": None}).items():
        whole = each and each["uploads"] >= 200 and each["megabytes"] >= 20
        measured = each["peak_mb"] if whole else None
        yield Goal(f"{name}: MB resident under 200 uploads of 20 MB", "at most", 200, measured)


def lists(result):
    whole = result and result["images"]["many"] >= 1000 * result["images"]["few"] >= 10_000_000
    ratios = list(result["ratios"].values()) if whole else []
    yield Goal("list page at 10 million images, of one at 10 thousand", "at most", 2.0, worst(ratios, "at most"))


def all_goals(files):
    """`files` has the raw files by their kind; a kind may be absent, and one that measured less reaches nothing."""
    kinds = {"delivery": delivery, "ingest": ingest, "memory": memory, "lists": lists}
    return [goal for kind, goals in kinds.items() for goal in goals(files.get(kind, {}).get("result"))]
