"""Where a benchmark works, what its command line has in common with the others, and where its raw result goes."""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
RESULTS = ROOT / "bench/results"


def arguments(description, **defaults):
    """A parser with the options that every benchmark has."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", help="folder of the build")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build/bench", help="on the disk to measure")
    parser.add_argument("--out", type=pathlib.Path, help="raw result (default: bench/results/KIND.json)")
    for name, value in defaults.items():
        option = "--" + name.replace("_", "-")
        if isinstance(value, list):
            parser.add_argument(option, type=type(value[0]), nargs="+", default=value, help=f"default: {value}")
        else:
            parser.add_argument(option, type=type(value), default=value, help=f"default: {value}")
    return parser


@contextlib.contextmanager
def scratch(folder):
    """A folder that is gone afterwards, with what it left on the disk's queue."""
    folder.mkdir(parents=True, exist_ok=True)
    path = pathlib.Path(tempfile.mkdtemp(dir=folder))
    try:
        yield path
    finally:
        shutil.rmtree(path)
        os.sync()


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def machine(folder):
    """What the figures depend on; nothing that names the machine."""
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())
    changed = output_of("git", "status", "--porcelain", "--untracked-files=no", "--", "src", "bench/load")
    return {
        "date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "commit": output_of("git", "rev-parse", "--short=12", "HEAD") + (" and changes" if changed else ""),
        "cpu": model[1] if model else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(int(memory[1]) / 1024 / 1024),
        "kernel": platform.release(),
        "file_system": output_of("stat", "-f", "-c", "%T", str(folder)),
    }


def write_result(options, kind, result, **versions):
    """The raw file: the machine, the options that were measured with, and everything that came out."""
    path = options.out or RESULTS / f"{kind}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    chosen = {name: value for name, value in vars(options).items() if not isinstance(value, pathlib.Path)}
    content = {
        "kind": kind,
        "machine": machine(options.folder),
        "versions": versions,
        "options": {name: value for name, value in chosen.items() if value is not None},
        "result": result,
    }
    path.write_text(json.dumps(content, indent=1) + "\n")
    print(f"raw result: {os.path.relpath(path)}")


def printed(cell):
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,.2f}"


def print_table(header, rows):
    """Text columns; numbers to the right."""
    cells = [header, *([printed(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    for row in cells:
        print("  ".join(cell.ljust(widths[i]) if i == 0 else cell.rjust(widths[i]) for i, cell in enumerate(row)))
    print()
