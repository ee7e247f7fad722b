"""The most memory that a server has while 200 clients upload 20 MB each at once, every upload durable."""
import generators
import workplace
from ingest import PixelVault
from measured_server import variants


def measure(options, folder, flags):
    with PixelVault(options.build / "pixelvault", folder, *flags) as server:
        idle = server.memory_mb()
        uploads = {"clients": options.uploads, "count": options.uploads, "seconds": 500, "warm_up": 0}
        done = generators.upload(options.build, server.target, options.megabytes * 1_000_000, **uploads)
        assert done["total"] == options.uploads, f"only {done['total']} uploads succeeded"
        peak = server.memory_mb("VmHWM")
    rate = options.uploads * options.megabytes / done["window_s"]
    sizes = {"uploads": options.uploads, "megabytes": options.megabytes}
    return {"idle_mb": idle, "peak_mb": peak, "mb_per_second": rate, "p99_ms": done["p99_ms"]} | sizes


def main():
    options = workplace.arguments(__doc__, uploads=200, megabytes=20).parse_args()
    result = {}
    for name, flags in variants(options.build / "pixelvault").items():
        with workplace.scratch(options.folder) as folder:
            result[name] = measure(options, folder, flags)
    columns = ("", "idle MB", "peak MB", "MB/s", "p99 ms", "uploads", "MB each")
    workplace.print_table(columns, [(name, *each.values()) for name, each in result.items()])
    workplace.write_result(options, "memory", result)


if __name__ == "__main__":
    main()
