"""GET and HEAD of permanent URLs (contract §5): headers, validators, ranges."""
import email.utils
import hashlib

import pytest
import requests

from client import Client, path_of, problem
from pictures import BY_EXTENSION, PNG, unique_svg

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
EARLY = "Sun, 06 Nov 1994 08:49:37 GMT"
LATE = "Fri, 31 Dec 2100 23:59:59 GMT"


@pytest.fixture(scope="module")
def owner(server):
    return Client(server)


@pytest.fixture(scope="module")
def image(owner):
    return owner.upload(PNG, 'ünï "c".png')


@pytest.fixture(scope="module")
def url(image):
    return image["url"]


@pytest.mark.parametrize("sample", BY_EXTENSION.values(), ids=lambda sample: sample.extension)
def test_the_answer_carries_what_browsers_and_caches_need(owner, sample):
    data = owner.upload(sample.content)
    answer = requests.get(data["url"])
    assert answer.status_code == 200
    assert answer.content == sample.content
    headers = answer.headers
    assert headers["Content-Type"] == sample.mime_type
    assert headers["Content-Length"] == str(len(sample.content))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Content-Disposition"].startswith("inline;")
    assert headers["ETag"].startswith('"') and headers["ETag"].endswith('"'), "strong"
    assert hashlib.sha256(sample.content).hexdigest()[:16] in headers["ETag"]
    assert email.utils.parsedate_to_datetime(headers["Last-Modified"]).tzinfo
    assert headers["X-Request-Id"]
    for tag in ("Surrogate-Key", "Cache-Tag"):
        assert data["id"] in headers[tag] and owner.project in headers[tag]
    assert headers.get("Content-Security-Policy") == (SVG_POLICY if sample.extension == "svg" else None)


def test_the_filename_is_encoded(url):
    disposition = requests.get(url).headers["Content-Disposition"]
    assert disposition.endswith("; filename*=UTF-8''%C3%BCn%C3%AF%20%22c%22.png")


def test_head_says_the_same_without_a_body(url):
    get, head = requests.get(url), requests.head(url)
    assert head.status_code == 200
    assert head.content == b""
    changing = {"X-Request-Id", "Date"}
    assert {n: v for n, v in head.headers.items() if n not in changing} == {
        n: v for n, v in get.headers.items() if n not in changing
    }


def test_a_connection_goes_on_after_head_and_304(url):
    session = requests.Session()
    etag = session.head(url).headers["ETag"]
    for _ in range(3):
        assert session.get(url, headers={"If-None-Match": etag}).status_code == 304
        assert session.head(url).status_code == 200
        assert session.get(url).content == PNG


@pytest.mark.parametrize("form", ["{0}", "W/{0}", '"other", {0}', "*", '"a" , W/{0},"b"'])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_if_none_match_gives_304(url, form, method):
    etag = requests.head(url).headers["ETag"]
    answer = requests.request(method, url, headers={"If-None-Match": form.format(etag)})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["ETag"] == etag
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Last-Modified"]


@pytest.mark.parametrize(
    "headers, status",
    [
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": LATE}, 200),  # the entity tag decides
        ({"If-Modified-Since": EARLY}, 200),
        ({"If-Modified-Since": LATE}, 304),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Match": "*"}, 200),
        ({"If-Match": '"other"'}, 412),
        ({"If-Unmodified-Since": EARLY}, 412),
        ({"If-Unmodified-Since": LATE}, 200),
    ],
)
def test_conditions_follow_rfc_9110(url, headers, status):
    assert requests.get(url, headers=headers).status_code == status


def test_its_own_last_modified_gives_304(url):
    modified = requests.head(url).headers["Last-Modified"]
    assert requests.get(url, headers={"If-Modified-Since": modified}).status_code == 304


SIZE = len(PNG)


@pytest.mark.parametrize(
    "value, first, last",
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-10", SIZE - 10, SIZE - 1),
        (f"bytes=10-{SIZE * 2}", 10, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
    ],
)
def test_a_range_is_cut_out(url, value, first, last):
    answer = requests.get(url, headers={"Range": value})
    assert answer.status_code == 206
    assert answer.content == PNG[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{SIZE}"
    assert answer.headers["Content-Length"] == str(last - first + 1)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["ETag"]


@pytest.mark.parametrize("value", ["bytes=0-9,20-29", "lines=0-9", "bytes=9-0", "bytes=x-", "bytes", "bytes=-"])
def test_other_ranges_give_the_whole_image(url, value):
    answer = requests.get(url, headers={"Range": value})
    assert answer.status_code == 200
    assert answer.content == PNG


@pytest.mark.parametrize("value", [f"bytes={SIZE}-", f"bytes={SIZE * 3}-{SIZE * 4}", "bytes=-0"])
def test_a_range_past_the_end_gives_416(url, value):
    answer = requests.get(url, headers={"Range": value})
    problem(answer, 416, "range_not_satisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"
    assert answer.headers["Cache-Control"] == "no-store"


def test_if_range_decides_whether_the_range_counts(url):
    head = requests.head(url).headers
    for value, status in [(head["ETag"], 206), ('"other"', 200), ("W/" + head["ETag"], 200), (EARLY, 200)]:
        answer = requests.get(url, headers={"Range": "bytes=0-9", "If-Range": value})
        assert answer.status_code == status, value
        assert answer.content == (PNG[:10] if status == 206 else PNG)


def test_query_parameters_change_nothing(url):
    assert requests.get(url + "?w=100&token=x").content == PNG


@pytest.mark.parametrize(
    "change, code",
    [
        (lambda url: url.replace(".png", ".jpg"), "image_not_found"),
        (lambda url: url.replace(".png", ".PNG"), "image_not_found"),
        (lambda url: url.removesuffix(".png"), "image_not_found"),
        (lambda url: url + ".png", "image_not_found"),
        (lambda url: url[:-5] + ("0" if url[-5] != "0" else "1") + ".png", "image_not_found"),
        (lambda url: url.replace("/img_", "/key_"), "image_not_found"),
        (lambda url: url.replace("/img_", "/IMG_"), "image_not_found"),
        (lambda url: url + "/", "not_found"),  # no address of an image at all
        (lambda url: url.replace("/proj_", "//proj_"), "not_found"),
    ],
)
def test_other_addresses_are_404(url, change, code):
    answer = requests.get(change(url))
    problem(answer, 404, code)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_wrong_extension_is_image_not_found(url):
    problem(requests.get(url.replace(".png", ".gif")), 404, "image_not_found")


def test_an_image_is_only_found_under_its_own_project(server, image, owner, url):
    other = Client(server)
    problem(requests.get(url.replace(owner.project, other.project)), 404, "image_not_found")


def test_a_deleted_image_is_gone(owner):
    data = owner.upload(unique_svg())
    assert requests.get(data["url"]).status_code == 200
    assert owner.call("DELETE", f"/v1/images/{data['id']}").status_code == 200
    for headers in ({}, {"Range": "bytes=0-0"}, {"If-None-Match": "*"}):
        answer = requests.get(data["url"], headers=headers)
        problem(answer, 410, "image_deleted")
        assert answer.headers["Cache-Control"] == "no-store"
    head = requests.head(data["url"])
    assert (head.status_code, head.content) == (410, b"")
    problem(requests.get(data["url"].replace(".svg", ".png")), 404, "image_not_found")


def test_delivery_needs_no_key_and_minds_none(url):
    assert requests.get(url, headers={"Authorization": "Bearer pv_live_wrong"}).content == PNG


def test_writing_to_a_delivery_url_is_405(url):
    answer = requests.put(url, data=b"x")
    problem(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}


def test_images_outlive_a_restart(start):
    running = start()
    client = Client(running)
    data = client.upload(PNG)
    running.stop()
    running.start()
    assert requests.get(running.base + path_of(data)).content == PNG
    answer = requests.get(f"{running.base}/v1/images/{data['id']}", headers={"Authorization": f"Bearer {client.key}"})
    assert answer.json()["data"]["sha256"] == data["sha256"]
