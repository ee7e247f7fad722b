"""Durable uploads over HTTP: PixelVault, the bare loops of the same disk, and peers, all in one run.

Every contender has a fresh folder and the machine to itself; in each round all of them take their turn.
"""
import functools
import sys

import durability
import figures
import generators
import peer_programs
import peers
import workplace
from measured_server import Server, variants

LIMIT = "bare loop: segment and rows"
DESIGNS = {"bare loop: a file a blob": "file", "bare loop: segment": "segment", LIMIT: "segment-rows"}
# What one measurement writes at most.
MOST_BYTES = 3_000_000_000


class BareLoop:
    def __init__(self, design):
        self.design = design

    def measure(self, options, folder, size, clients):
        count = MOST_BYTES // size
        return generators.bare_loop(options.build, folder, self.design, size, clients, options.seconds, count)


class PixelVault(Server):
    """With an account, and the uploader's options that reach it."""

    def __init__(self, binary, folder, *flags, wrapper=()):
        super().__init__(binary, folder / "data", *flags, wrapper=wrapper)
        key, _ = self.register()
        self.target = ["--port", self.port, "--path", "/v1/images", "--header", f"Authorization: Bearer {key}"]


class Contender:
    """A server over HTTP; `start(folder, wrapper)` gives it running."""

    def __init__(self, start):
        self.start = start

    def measure(self, options, folder, size, clients):
        server = self.start(folder / "server", ())
        try:
            before = server.cpu_seconds()
            count = MOST_BYTES // size
            result = generators.upload(options.build, server.target, size, clients, options.seconds, count)
            used = server.cpu_seconds() - before
        finally:
            server.stop()
        # The client's own CPU is kept beside the server's.
        client = result.pop("cpu_us_per_upload")
        return result | {"client_cpu_us": client, "cpu_us_per_upload": used * 1e6 / result["total"]}


def ours(options):
    """PixelVault with each of its stores."""

    def starter(flags):
        def start(folder, wrapper):
            folder.mkdir(exist_ok=True)
            return PixelVault(options.build / "pixelvault", folder, *flags, wrapper=wrapper)

        return start

    return {name: Contender(starter(flags)) for name, flags in variants(options.build / "pixelvault").items()}


def available_peers(options):
    """The peers that can be built here and take an upload; the others are named on standard error."""
    found = {}
    for peer in (peers.ALL[name] for name in options.peers):
        try:
            peer.program()
            with workplace.scratch(options.folder) as folder:
                try_one(options, peer(folder / "server"))
            found[peer.name] = Contender(peer)
        except (peer_programs.Unavailable, RuntimeError, OSError) as why:
            print(f"{peer.name} is left out: {why}", file=sys.stderr)
    return found


def try_one(options, server):
    """One upload, so that a peer that refuses them is known before the long run."""
    try:
        generators.upload(options.build, server.target, 20_000, clients=1, seconds=20, count=1, warm_up=0)
    finally:
        server.stop()


def observe_all(options, contenders):
    """What each server syncs an upload; empty where strace cannot trace."""
    if not durability.strace_works():
        return {}
    observed = {}
    for name, contender in contenders.items():
        with workplace.scratch(options.folder) as folder:
            observed[name] = durability.observe(
                options.build, functools.partial(contender.start, folder / "server"), folder
            )
    return observed


def measure_cell(options, contenders, size, clients):
    rounds = {name: [] for name in contenders}
    names = list(contenders)
    for number in range(options.rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            with workplace.scratch(options.folder) as folder:
                rounds[name].append(contenders[name].measure(options, folder, size, clients))
    print(f"{size:,} bytes, {clients} clients: done", file=sys.stderr)
    return rounds


def summary(rounds, names, durable_peers):
    """Medians, and each server of ours against the limit of the disk and against the best peer that is as durable."""
    medians = {name: figures.medians(each) for name, each in rounds.items()}
    best = max(durable_peers, key=lambda name: medians[name]["per_second"], default=None)
    against = {}
    for name in names:
        against[name] = {
            "rate to limit": figures.paired(
                figures.of(rounds[name], "per_second"), figures.of(rounds[LIMIT], "per_second")
            ),
            "p50 to limit": figures.paired(figures.of(rounds[name], "p50_ms"), figures.of(rounds[LIMIT], "p50_ms")),
        }
        if best:
            against[name]["rate to best peer"] = figures.paired(
                figures.of(rounds[name], "per_second"), figures.of(rounds[best], "per_second")
            )
    return {"medians": medians, "against": against, "best_peer": best}


def table_rows(cells):
    for cell in cells:
        for name, median in cell["medians"].items():
            ratio = cell["against"].get(name, {}).get("rate to limit")
            yield (
                f"{cell['bytes']:,} bytes, {cell['clients']} clients",
                name,
                median["per_second"],
                median["p50_ms"],
                median["p99_ms"],
                median["cpu_us_per_upload"],
                ratio["median"] if ratio else "",
            )


def main():
    parser = workplace.arguments(__doc__, sizes=[20_000, 100_000, 1_000_000], clients=[1, 8, 32], seconds=5.0, rounds=3)
    parser.add_argument("--peers", nargs="*", choices=peers.ALL, default=list(peers.ALL), help="default: all")
    options = parser.parse_args()
    servers = ours(options)
    beside = available_peers(options)
    contenders = {name: BareLoop(design) for name, design in DESIGNS.items()} | servers | beside
    observed = observe_all(options, servers | beside)
    # Where nothing could be traced, no peer counts as equal.
    durable_peers = [name for name in beside if observed.get(name, {}).get("durable")]
    cells = []
    for size in options.sizes:
        for clients in options.clients:
            rounds = measure_cell(options, contenders, size, clients)
            found = summary(rounds, servers, durable_peers)
            cells.append({"bytes": size, "clients": clients, "rounds": rounds, **found})
    columns = ("", "contender", "uploads/s", "p50 ms", "p99 ms", "CPU us", "rate/limit")
    workplace.print_table(columns, table_rows(cells))
    for name, seen in observed.items():
        print(f"{name}: an upload is {'durable' if seen['durable'] else 'NOT durable'} when it is answered: {seen}")
    measured = [peer for peer in peers.ALL.values() if peer.name in beside]
    settings = {peer.name: peer.setting for peer in measured}
    versions = {peer.name: peer.version() for peer in measured}
    result = {"cells": cells, "durability": observed, "settings": settings}
    workplace.write_result(options, "ingest", result, **versions)


if __name__ == "__main__":
    main()
