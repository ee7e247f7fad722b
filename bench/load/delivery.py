"""Delivery beside nginx: the same files, the same fields, in short alternating rounds; CPU a request, rate, latency."""
import collections
import contextlib
import sys

import figures
import generators
import nginx
import workplace
from measured_server import Server

TUNED, PACKAGED = "nginx, tuned", "nginx, as packaged"
SIZES = [4096, 30_720, 153_600, 1_048_576]


def put_pictures(build, server, sizes):
    """Path of one picture of each size, and its bytes."""
    key, _ = server.register()
    target = ["--port", server.port, "--path", "/v1/images", "--header", f"Authorization: Bearer {key}"]
    for size in sizes:
        generators.upload(build, target, size, clients=1, seconds=10, count=1, warm_up=0)
    listed = server.call("GET", f"/v1/images?per_page={len(sizes)}", key=key)["data"]
    paths = {image["size"]: "/" + image["url"].split("/", 3)[3] for image in listed}
    return {size: paths[size] for size in sizes}


def copy_pictures(server, paths, root):
    """The same files for nginx; gives the fields of our answer."""
    fields = []
    for path in paths.values():
        status, fields, content = server.get(path)
        assert status == 200
        file = root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return fields.items()


@contextlib.contextmanager
def contenders(build, folder, sizes, packaged=True, flags=()):
    """Name of each server and (port, pid), and the paths of the pictures that all of them deliver."""
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(Server(build / "pixelvault", folder / "data", *flags))
        paths = put_pictures(build, ours, sizes)
        root = folder / "root"
        fields = copy_pictures(ours, paths, root)
        servers = {"PixelVault": ours}
        servers[TUNED] = stack.enter_context(nginx.Nginx(folder / "tuned", nginx.TUNED, root, fields))
        if packaged:
            servers[PACKAGED] = stack.enter_context(nginx.Nginx(folder / "packaged", nginx.PACKAGED, root, fields))
        check_equal(servers, paths.values())
        yield servers, paths


def check_equal(servers, paths):
    """What is compared must be the same work."""
    for path in paths:
        bodies = {server.get(path)[2] for server in servers.values()}
        assert len(bodies) == 1 and b"" not in bodies, f"{path}: the servers deliver different bytes"


def measure(server, path, connections, seconds):
    before = server.cpu_seconds()
    result = generators.download(f"http://127.0.0.1:{server.port}{path}", connections, seconds)
    used = server.cpu_seconds() - before
    return result | {"cpu_us": used * 1e6 / result["requests"]}


def alternate(servers, path, connections, seconds, rounds):
    """Each server in every round, in an order that turns; the first round warms up and is dropped."""
    results = collections.defaultdict(list)
    names = list(servers)
    for number in range(rounds + 1):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            result = measure(servers[name], path, connections, seconds if number else 1)
            if number:
                results[name].append(result)
    return dict(results)


def summary(rounds):
    """Medians of each server, and ours against each nginx."""
    against = {}
    for name in rounds:
        if name != "PixelVault":
            ratios = ("cpu_us", "per_second", "p50_ms", "p99_ms")
            against[name] = {
                each: figures.paired(figures.of(rounds["PixelVault"], each), figures.of(rounds[name], each))
                for each in ratios
            }
    return {"medians": {name: figures.medians(each) for name, each in rounds.items()}, "against": against}


def table_rows(cells):
    for cell in cells:
        against = cell["against"][TUNED]
        for name, median in cell["medians"].items():
            ratio = against["cpu_us"]["median"] if name == "PixelVault" else ""
            yield (
                f"{cell['bytes']:,} bytes, {cell['connections']} connections",
                name,
                median["per_second"],
                median["cpu_us"],
                ratio,
                median["p50_ms"],
                median["p99_ms"],
            )


def main():
    parser = workplace.arguments(__doc__, sizes=SIZES, connections=[32, 256], seconds=2, rounds=9, store="")
    options = parser.parse_args()
    flags = ["--blobs", options.store] if options.store else []
    cells = []
    with workplace.scratch(options.folder) as folder:
        with contenders(options.build, folder, options.sizes, flags=flags) as (servers, paths):
            header_bytes = {name: header_size(server, paths[options.sizes[0]]) for name, server in servers.items()}
            for connections in options.connections:
                for size in options.sizes:
                    rounds = alternate(servers, paths[size], connections, options.seconds, options.rounds)
                    cells.append({"bytes": size, "connections": connections, "rounds": rounds, **summary(rounds)})
                    print(f"{size:,} bytes, {connections} connections: done", file=sys.stderr)
    columns = ("", "server", "requests/s", "CPU us", "CPU ours/tuned", "p50 ms", "p99 ms")
    workplace.print_table(columns, table_rows(cells))
    result = {"cells": cells, "header_bytes": header_bytes}
    workplace.write_result(options, "delivery", result, nginx=nginx.version(), wrk=wrk_version())


def header_size(server, path):
    return sum(len(name) + len(value) + 4 for name, value in server.get(path)[1].items())


def wrk_version():
    return workplace.output_of("dpkg-query", "-W", "-f", "${Version}", "wrk")


if __name__ == "__main__":
    main()
