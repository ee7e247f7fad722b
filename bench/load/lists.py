"""Measures lists of a project with very many images: the first page, one in the middle by cursor, the last one.

    lists.py BINARY [IMAGES]    default 1,000,000; prints medians and how far they are apart

The images are rows without bytes, written into the database while the server is stopped. The load goes to a server of its
own on 127.0.0.1 and ends by itself.
"""
import base64
import http.client
import json
import pathlib
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 101
PER_PAGE = 20
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


class Server:
    def __init__(self, binary, folder):
        command = [binary, "serve", "--data", folder, "--listen", "127.0.0.1:0", "--log-level", "warn"]
        self.process = subprocess.Popen([*command, "--rate-limit-requests", "off"], stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+),", self.process.stdout.readline()).group(1))
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def call(self, method, path, key="", body=None):
        self.connection.request(method, path, body, {"Authorization": f"Bearer {key}"})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status in (200, 201), content
        return json.loads(content)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)


def image_id(number: int) -> str:
    """The TypeID whose 128 bits count up: a sorted list of ids."""
    bits = (0x019AA0000000 << 80) | (0x7 << 76) | (0b10 << 62) | number
    return "img_" + "".join(ALPHABET[bits >> shift & 31] for shift in range(125, -1, -5))


def fill(database: pathlib.Path, project: str, images: int) -> None:
    """Copies of the project's one image, each with an id of its own, and the counters that belong to them."""
    with sqlite3.connect(database) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(images)")]
        row = connection.execute("SELECT * FROM images WHERE project_id = ?", (project,)).fetchone()
        place = columns.index("id")
        rows = ((*row[:place], image_id(n), *row[place + 1 :]) for n in range(images))
        marks = ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO images ({', '.join(columns)}) VALUES ({marks})", rows)
        connection.execute("UPDATE image_totals SET images = images + ? WHERE project_id = ?", (images, project))


def cursor_after(project: str, image: str) -> str:
    """What the server gives as next_cursor behind this image."""
    return base64.urlsafe_b64encode(f"{project}/live/{image}".encode()).decode().rstrip("=")


def median_ms(call) -> float:
    call()
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def measure(server, key, project, images):
    middle, last = (cursor_after(project, image_id(n)) for n in (images // 2, PER_PAGE))
    pages = {
        "first page": f"per_page={PER_PAGE}",
        "in the middle, by cursor": f"per_page={PER_PAGE}&cursor={middle}",
        "last page, by cursor": f"per_page={PER_PAGE}&cursor={last}",
        "last page, by number": f"per_page={PER_PAGE}&page={images // PER_PAGE}",
    }
    for name, query in pages.items():
        answer = server.call("GET", f"/v1/images?{query}", key)
        assert len(answer["data"]) == PER_PAGE, name
        assert answer["meta"]["total"] == images + 1, answer["meta"]
        yield name, median_ms(lambda: server.call("GET", f"/v1/images?{query}", key))


def main(binary, images="1000000"):
    images = int(images)
    folder = tempfile.mkdtemp(prefix="pixelvault-bench-")
    try:
        server = Server(binary, folder)
        account = server.call("POST", "/v1/auth/register", body=b'{"email":"bench@example.com"}')
        key, project = account["api_key"], account["data"]["default_project"]["id"]
        picture = pathlib.Path(__file__).parents[2] / "tests/samples/drawing.svg"
        server.call("POST", "/v1/images", key, picture.read_bytes())
        server.stop()
        fill(pathlib.Path(folder) / "pixelvault.db", project, images)
        server = Server(binary, folder)
        rows = list(measure(server, key, project, images))
        server.stop()
    finally:
        shutil.rmtree(folder)
    fastest = min(ms for _, ms in rows)
    print(f"{images:,} images, {PER_PAGE} a page, medians of {ROUNDS}")
    for name, ms in rows:
        print(f"{name:<28} {ms:>8.2f} ms  {ms / fastest:>6.2f} x")
    by_cursor = [ms for name, ms in rows if "number" not in name]
    return max(by_cursor) > 2 * min(by_cursor)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
