"""The programs that make load: ours for uploads, the bare loops without a server, and wrk for downloads."""
import json
import re
import subprocess
import sys

WRK_UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


def run_json(*command):
    """What the program printed. Failed uploads are counted, and told; a run without any other is no result."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command[0]}: {done.stderr.strip()}")
    result = json.loads(done.stdout)
    failed = result.pop("errors")
    first = result.pop("first_error")
    if failed:
        print(f"uploads failed: {failed}; the first: {first[:600]}", file=sys.stderr)
    if result["total"] == 0:
        raise RuntimeError("no upload succeeded")
    return result | {"failed": sum(failed.values())}


def upload(build, target, size, clients, seconds, count, warm_up=0.5):
    """`target` are the uploader's options that say where to and how; `count` bounds what a run writes."""
    bounds = ["--seconds", seconds, "--count", count, "--warm-up", warm_up]
    return run_json(build / "bench/bench_uploader", *target, "--bytes", size, "--clients", clients, *bounds)


def bare_loop(build, folder, design, size, clients, seconds, count, warm_up=0.5):
    bounds = ["--seconds", seconds, "--count", count, "--warm-up", warm_up]
    where = ["--folder", folder, "--design", design]
    return run_json(build / "bench/bench_bare_loop", *where, "--bytes", size, "--clients", clients, *bounds)


def download(url, connections, seconds):
    """wrk over keep-alive connections."""
    command = ["wrk", "-t", "2", "-c", str(connections), "-d", f"{seconds}s", "--latency", "--timeout", "10s", url]
    return parse_wrk(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def parse_wrk(text):
    """wrk's own report as numbers; a run with errors is no result."""
    wrong = re.search(r"(Non-2xx.*|Socket errors:.*)", text)
    # A timeout of none and a read error of none are printed together with others.
    if wrong and re.search(r"[1-9]", wrong[1].replace("2xx", "").replace("3xx", "")):
        raise RuntimeError(f"wrk: {wrong[1]}")
    return {
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
        "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "p50_ms": _wrk_ms(re.search(r"\s50%\s+([\d.]+)(\w+)", text)),
        "p99_ms": _wrk_ms(re.search(r"\s99%\s+([\d.]+)(\w+)", text)),
    }


def _wrk_ms(match):
    return float(match[1]) * WRK_UNITS[match[2]]
