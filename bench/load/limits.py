"""What a server costs when it does little or much at once: start, idle, idle connections, large uploads.

Prints a table; exits 1 when a figure is over its limit.
"""
import resource
import statistics
import sys
import time

import generators
import workplace
from ingest import PixelVault
from measured_server import Server

STARTS = 7
IDLE_CONNECTIONS = 10_000
IDLE_SOURCES = 4  # loopback addresses that they come from
UPLOADS = 64
UPLOAD_MB = 50


def start_ms(binary, folder):
    def once(number):
        with Server(binary, folder / str(number)) as server:
            return server.start_ms

    return statistics.median(once(number) for number in range(STARTS))


def idle_connections_rss(server):
    connections = [server.connection(f"127.0.0.{2 + i % IDLE_SOURCES}") for i in range(IDLE_CONNECTIONS)]
    for connection in connections:
        connection.request("GET", "/healthz")
    for connection in connections:
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, "a connection was not answered"
    time.sleep(0.5)
    rss = server.memory_mb()
    for connection in connections:
        connection.close()
    return rss


def parallel_uploads(build, server):
    """The highest memory while pictures of 50 MB are uploaded at once, and MB a second."""
    bounds = {"clients": UPLOADS, "count": UPLOADS, "seconds": 500, "warm_up": 0}
    done = generators.upload(build, server.target, UPLOAD_MB * 1_000_000, **bounds)
    assert done["total"] == UPLOADS, f"only {done['total']} uploads succeeded"
    return server.memory_mb("VmHWM"), UPLOADS * UPLOAD_MB / done["window_s"]


def main():
    options = workplace.arguments(__doc__).parse_args()
    binary = options.build / "pixelvault"
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with workplace.scratch(options.folder) as folder:
        rows = [(f"start to ready, ms (median of {STARTS})", start_ms(binary, folder), 200)]
        with Server(binary, folder / "idle") as server:
            rows.append(("idle, MB resident", server.memory_mb(), 40))
            name = f"{IDLE_CONNECTIONS} idle keep-alive connections, MB resident"
            rows.append((name, idle_connections_rss(server), 100))
        with PixelVault(binary, folder) as server:
            peak, rate = parallel_uploads(options.build, server)
            rows.append((f"{UPLOADS} uploads of {UPLOAD_MB} MB at once, highest MB resident", peak, 150))
    marked = [(*row, "" if row[1] < row[2] else "OVER") for row in rows]
    workplace.print_table(("figure", "measured", "limit", ""), marked)
    print(f"the same uploads: {rate:.1f} MB a second, each durable")
    return any(measured >= limit for _, measured, limit in rows)


if __name__ == "__main__":
    sys.exit(main())
