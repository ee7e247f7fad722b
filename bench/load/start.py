"""How long a server takes from exec to its first 200 of /readyz: empty, and with many pictures, which were really
uploaded; after it was told to stop, and after it was killed. The files are in the page cache."""
import statistics

import generators
import workplace
from ingest import PixelVault
from measured_server import Server, variants

PICTURE_BYTES = 4096


def start_times(options, data, flags, killed):
    times = []
    for _ in range(options.starts):
        server = Server(options.build / "pixelvault", data, *flags)
        times.append(server.start_ms)
        server.kill() if killed else server.stop()
    return {"median_ms": statistics.median(times), "max_ms": max(times)}


def fill(options, folder, flags):
    with PixelVault(options.build / "pixelvault", folder, *flags) as server:
        bounds = {"clients": 32, "count": options.images, "seconds": 900, "warm_up": 0}
        done = generators.upload(options.build, server.target, PICTURE_BYTES, **bounds)
        assert done["total"] == options.images, f"only {done['total']} uploads succeeded"


def measure(options, folder, flags):
    data = folder / "data"
    data.mkdir()
    times = {"empty": start_times(options, data, flags, killed=False)}
    fill(options, folder, flags)
    times[f"{options.images:,} images"] = start_times(options, data, flags, killed=False)
    times[f"{options.images:,} images, after kill -9"] = start_times(options, data, flags, killed=True)
    return times


def main():
    options = workplace.arguments(__doc__, images=50_000, starts=9).parse_args()
    result = {}
    for name, flags in variants(options.build / "pixelvault").items():
        with workplace.scratch(options.folder) as folder:
            result[name] = measure(options, folder, flags)
    rows = [(f"{name}: {state}", *each.values()) for name, states in result.items() for state, each in states.items()]
    workplace.print_table(("", "median ms", "max ms"), rows)
    workplace.write_result(options, "start", result)


if __name__ == "__main__":
    main()
