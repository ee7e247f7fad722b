"""How soon a deleted picture is gone: from DELETE sent to the first 410, asked again and again over another connection.

A picture that was once said to be gone must never come back; this is checked with every one.
"""
import itertools
import threading
import time

import figures
import generators
import workplace
from ingest import PixelVault
from measured_server import variants

AFTER = 5  # requests behind the first 410, which must be 410 too


class Watcher(threading.Thread):
    """Asks for a picture until it is gone, and a little longer."""

    def __init__(self, server, path):
        super().__init__()
        self.connection = server.connection()
        self.path = path
        self.gone_at = None
        self.seen = []
        self.asking = threading.Event()

    def ask(self):
        self.connection.request("GET", self.path)
        answer = self.connection.getresponse()
        answer.read()
        self.seen.append(answer.status)
        return answer.status

    def run(self):
        while self.ask() == 200:
            self.asking.set()
        self.gone_at = time.perf_counter()
        for _ in range(AFTER):
            self.ask()
        self.connection.close()


def delete(server, connection, key, image):
    """Milliseconds from the request to its own answer, and to the first 410."""
    watcher = Watcher(server, "/" + image["url"].split("/", 3)[3])
    watcher.start()
    watcher.asking.wait(10)
    begin = time.perf_counter()
    connection.request("DELETE", f"/v1/images/{image['id']}", headers={"Authorization": f"Bearer {key}"})
    answer = connection.getresponse()
    answer.read()
    answered = time.perf_counter()
    assert answer.status in (200, 204), answer.status
    watcher.join(30)
    told = [status for status, _ in itertools.groupby(watcher.seen)]
    assert told == [200, 410], f"a deleted picture was answered with {told}"
    return (answered - begin) * 1000, (watcher.gone_at - begin) * 1000


def measure(options, folder, flags):
    with PixelVault(options.build / "pixelvault", folder, *flags) as server:
        bounds = {"clients": 8, "count": options.images, "seconds": 60, "warm_up": 0}
        generators.upload(options.build, server.target, 30_720, **bounds)
        key = server.target[-1].rpartition(" ")[2]
        connection = server.connection()
        listed = server.call("GET", f"/v1/images?per_page={options.images}", key=key)["data"]
        assert len(listed) == options.images
        times = [delete(server, connection, key, image) for image in listed]
    answers, gone = zip(*times)
    percentiles = {"p50_ms": 50, "p99_ms": 99, "max_ms": 100}
    return {
        "answer": {name: figures.percentile(answers, percent) for name, percent in percentiles.items()},
        "gone": {name: figures.percentile(gone, percent) for name, percent in percentiles.items()},
    }


def main():
    options = workplace.arguments(__doc__, images=100).parse_args()
    result = {}
    for name, flags in variants(options.build / "pixelvault").items():
        with workplace.scratch(options.folder) as folder:
            result[name] = measure(options, folder, flags)
    rows = [
        (f"{name}: {what}", *each.values())
        for name, whole in result.items()
        for what, each in (("DELETE answered", whole["answer"]), ("first 410", whole["gone"]))
    ]
    workplace.print_table(("", "p50 ms", "p99 ms", "max ms"), rows)
    workplace.write_result(options, "delete", result)


if __name__ == "__main__":
    main()
