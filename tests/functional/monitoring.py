"""The operator's listener of a server, and what its page of metrics says."""
import http.client
import re

from wire import Answer

SAMPLE = re.compile(r"^(\w+)(?:\{(.*)\})? (\S+)$")


def ask_admin(server, path: str, method: str = "GET") -> Answer:
    """What the operator's listener answers; its address is in what the start has printed. Not by `requests`, which holds
    every answer against the contract of the public one."""
    port = re.search(r"Metrics at http://127\.0\.0\.1:(\d+)/metrics", server.output())[1]
    connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read())
    finally:
        connection.close()


def read_page(server) -> str:
    answer = ask_admin(server, "/metrics")
    assert answer.status_code == 200
    return answer.text


def samples(page: str) -> dict[str, float]:
    """Every series with its labels as written, and its value."""
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in page.splitlines() if line[:1] != "#"}


def families(page: str) -> dict[str, str]:
    """Every metric with its type."""
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", page, re.MULTILINE))


def total(page: str, name: str, **labels: str) -> float:
    """The sum of the series of a name that have these labels."""
    wanted = [f'{label}="{value}"' for label, value in labels.items()]
    found = [
        float(match[3])
        for match in map(SAMPLE.match, page.splitlines())
        if match and match[1] == name and all(label in (match[2] or "").split(",") for label in wanted)
    ]
    assert found, (name, labels)
    return sum(found)
