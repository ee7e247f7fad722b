"""The short form for CI: PixelVault beside nginx and beside the bare loop, as ratios of one run with wide margins.

Fails, and says which margin, when a change has made delivery or ingest much dearer. Ratios, because a machine that
is slow or busy slows down both sides; wide, because one that other programs share does not do so evenly.
"""
import sys

import delivery
import figures
import ingest
import workplace

# What is held: a direction, the margin, and why it stands there.
MARGINS = {
    "delivery, CPU a request of tuned nginx, 4 KB": (
        "at most",
        1.5,
        "the goal is 0.85; a look into the database or an open() for every request costs more than this",
    ),
    "delivery, CPU a request of tuned nginx, 150 KB": (
        "at most",
        1.8,
        "the goal is 1.0; a copy through the process costs several times as much (sendfile lost)",
    ),
    "ingest, uploads/s of the bare loop, 100 KB, 32 clients": (
        "at least",
        0.35,
        "the goal is 0.7; a sync an upload instead of one a batch is about 0.2",
    ),
}
SIZES = [4096, 153_600]
ROUNDS = 5
INGEST_ROUNDS = 3


def delivery_ratios(options, folder):
    with delivery.contenders(options.build, folder, SIZES, packaged=False) as (servers, paths):
        for size in SIZES:
            rounds = delivery.alternate(servers, paths[size], connections=32, seconds=1, rounds=ROUNDS)
            yield delivery.summary(rounds)["against"][delivery.TUNED]["cpu_us"]["median"]


def ingest_ratio(options):
    """Against the segment with rows, whichever store the server has by itself."""

    def start(folder, wrapper):
        folder.mkdir()
        return ingest.PixelVault(options.build / "pixelvault", folder, wrapper=wrapper)

    options.seconds, options.rounds = 2.5, INGEST_ROUNDS
    contenders = {"ours": ingest.Contender(start), ingest.LIMIT: ingest.BareLoop("segment-rows")}
    rounds = ingest.measure_cell(options, contenders, 100_000, 32)
    rates = [figures.of(rounds[name], "per_second") for name in contenders]
    return figures.paired(*rates)["median"]


def verdicts(measured):
    """A row a margin: name, measured, margin, and whether it holds."""
    for name, value in measured.items():
        direction, margin, reason = MARGINS[name]
        holds = value <= margin if direction == "at most" else value >= margin
        yield name, value, f"{direction} {margin}", "holds" if holds else "BROKEN", reason


def main():
    options = workplace.arguments(__doc__).parse_args()
    with workplace.scratch(options.folder) as folder:
        ratios = [*delivery_ratios(options, folder), ingest_ratio(options)]
    rows = list(verdicts(dict(zip(MARGINS, ratios))))
    workplace.print_table(("ratio", "measured", "margin", ""), [row[:4] for row in rows])
    broken = [row for row in rows if row[3] == "BROKEN"]
    for name, value, margin, _, reason in broken:
        print(f"guard: {name}: {value:.2f} is not {margin}; {reason}")
    if broken:
        print("guard: delivery or ingest became much dearer, or the machine was too busy to tell; run it again alone")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
