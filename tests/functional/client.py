"""What a client of the API says, and what it may rely on in every answer."""
import requests

from server import Server


class Client:
    """Calls with one project's key: a new one's, unless there is a registration already."""

    def __init__(self, server: Server, registration: dict | None = None):
        registration = registration or server.register()
        self.base = server.base
        self.key = registration["api_key"]
        self.project = registration["data"]["default_project"]["id"]
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.key}"

    def call(self, method: str, path: str, **arguments) -> requests.Response:
        return self.session.request(method, self.base + path, timeout=60, **arguments)

    def get(self, path: str, **arguments) -> requests.Response:
        return self.call("GET", path, **arguments)

    def post_file(self, content: bytes, filename: str = "picture", **fields: str) -> requests.Response:
        return self.call("POST", "/v1/images", files={"file": (filename, content)}, data=fields)

    def post_raw(self, content, content_type="application/octet-stream", **options: str) -> requests.Response:
        return self.call("POST", "/v1/images", data=content, params=options, headers={"Content-Type": content_type})

    def upload(self, content: bytes, filename: str = "picture", **fields: str) -> dict:
        """The `data` of an upload that must work."""
        answer = self.post_file(content, filename, **fields)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    def listed(self) -> list[dict]:
        """Every image of the project, over all pages."""
        images, cursor = [], None
        while True:
            page = self.get("/v1/images", params={"per_page": 100} | ({"cursor": cursor} if cursor else {})).json()
            images += page["data"]
            cursor = page["meta"]["next_cursor"]
            if not cursor:
                return images


def path_of(image: dict) -> str:
    """Where an image is delivered, whatever port its server has by now."""
    return "/" + "/".join(image["url"].rsplit("/", 2)[1:])


def problem(answer, status: int, code: str) -> dict:
    """The error object of an answer that must be this problem, in the form that every problem has."""
    assert answer.status_code == status, f"{answer.status_code} {answer.text}"
    assert answer.headers["Content-Type"].startswith("application/json")
    body = answer.json()
    assert set(body) == {"error"}
    error = body["error"]
    assert error["code"] == code, error
    assert error["message"].strip()
    assert error["request_id"] == answer.headers["X-Request-Id"]
    return error
