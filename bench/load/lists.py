"""Lists of a project with very many images beside those of one with few: the first page, one in the middle by cursor,
the last one by cursor, and the last one by its number.

The images are rows without bytes, written into the database with the server's own schema while it is stopped.
"""
import base64
import json
import sqlite3
import statistics
import time

import workplace
from measured_server import Server

PER_PAGE = 20
# Rows of one transaction: the write-ahead log holds them all.
BATCH = 200_000
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PICTURE = workplace.ROOT / "tests/samples/drawing.svg"


def image_id(number):
    """The TypeID whose 128 bits count up: a sorted list of ids."""
    bits = (0x019AA0000000 << 80) | (0x7 << 76) | (0b10 << 62) | number
    return "img_" + "".join(ALPHABET[bits >> shift & 31] for shift in range(125, -1, -5))


def fill(database, project, numbers):
    """Copies of the project's one real image, each with an id of its own, and the counters that belong to them."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")  # a database to be thrown away
    columns = [row[1] for row in connection.execute("PRAGMA table_info(images)")]
    # The newest id is the real image's: those that count up are of an earlier time.
    newest = "SELECT * FROM images WHERE project_id = ? ORDER BY id DESC LIMIT 1"
    row = connection.execute(newest, (project,)).fetchone()
    place = columns.index("id")
    insert = f"INSERT INTO images ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for begin in range(numbers.start, numbers.stop, BATCH):
        batch = range(begin, min(begin + BATCH, numbers.stop))
        connection.execute("BEGIN")
        connection.executemany(insert, ((*row[:place], image_id(n), *row[place + 1 :]) for n in batch))
        connection.execute("COMMIT")
    counters = "UPDATE image_totals SET images = images + ? WHERE project_id = ?"
    connection.execute(counters, (len(numbers), project))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def cursor_after(project, image):
    """What the server gives as next_cursor behind this image."""
    return base64.urlsafe_b64encode(f"{project}/live/{image}".encode()).decode().rstrip("=")


def median_ms(call, rounds):
    call()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        call()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def pages(project, images):
    middle, last = (cursor_after(project, image_id(n)) for n in (images // 2, PER_PAGE))
    return {
        "first page": f"per_page={PER_PAGE}",
        "in the middle, by cursor": f"per_page={PER_PAGE}&cursor={middle}",
        "last page, by cursor": f"per_page={PER_PAGE}&cursor={last}",
        "last page, by number": f"per_page={PER_PAGE}&page={images // PER_PAGE}",
    }


class Lister:
    """Asks for pages over one keep-alive connection."""

    def __init__(self, server, key):
        self.connection = server.connection()
        self.headers = {"Authorization": f"Bearer {key}"}

    def page(self, query):
        self.connection.request("GET", f"/v1/images?{query}", headers=self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == 200, content
        return json.loads(content)


def measure(options, data, key, project, images):
    """Median milliseconds of each page."""
    with Server(options.build / "pixelvault", data) as server:
        lister = Lister(server, key)
        times = {}
        for name, query in pages(project, images).items():
            answer = lister.page(query)
            assert len(answer["data"]) == PER_PAGE, name
            assert answer["meta"]["total"] == images + 1, answer["meta"]
            # The page by number may take a second; its median needs fewer rounds.
            rounds = options.rounds if "number" not in name else 5
            times[name] = median_ms(lambda: lister.page(query), rounds)
        return times


def prepare(options, data):
    with Server(options.build / "pixelvault", data) as server:
        key, project = server.register()
        server.call("POST", "/v1/images", PICTURE.read_bytes(), key)
    return key, project


def main():
    options = workplace.arguments(__doc__, few=10_000, many=10_000_000, rounds=101).parse_args()
    result = {}
    with workplace.scratch(options.folder) as folder:
        key, project = prepare(options, folder / "data")
        done = 0
        for images in (options.few, options.many):
            fill(folder / "data/pixelvault.db", project, range(done, images))
            done = images
            result[f"{images}"] = measure(options, folder / "data", key, project, images)
    few, many = result.values()
    ratios = {name: many[name] / few[name] for name in few}
    rows = [(name, few[name], many[name], ratios[name]) for name in few]
    columns = ("", f"{options.few:,} images, ms", f"{options.many:,} images, ms", "ratio")
    workplace.print_table(columns, rows)
    images = {"few": options.few, "many": options.many}
    workplace.write_result(options, "lists", {"images": images, "few": few, "many": many, "ratios": ratios})


if __name__ == "__main__":
    main()
