"""Private images and their signed links (contract §5)."""
import re
import time

import pytest
import requests

from client import Client, problem
from pictures import JPEG, PNG, unique_png

DAY = 86_400


@pytest.fixture
def image(client):
    return client.upload(PNG, "secret.png", visibility="private")


def split(url: str) -> tuple[str, str, int]:
    """Path with base, token and end of a link."""
    base, token, expires = re.fullmatch(r"([^?]+)\?token=([\w.~-]+)&expires=(\d+)", url).groups()
    return base, token, int(expires)


def delivered(url: str) -> requests.Response:
    return requests.get(url, timeout=30)


def test_the_answer_holds_a_link_that_works_for_a_week(client, image):
    base, _, expires = split(image["url"])
    assert base == f"{client.base}/{client.project}/cp/i/{image['id']}.png"
    assert image["visibility"] == "private"
    assert image["signed_expires"] == expires
    assert abs(expires - time.time() - 7 * DAY) < 60
    answer = delivered(image["url"])
    assert (answer.status_code, answer.content) == (200, PNG)


@pytest.mark.parametrize("lifetime", [60, 3600, 30 * DAY])
def test_an_upload_may_choose_the_life_of_its_link(client, lifetime):
    data = client.upload(PNG, visibility="private", sign_expires_in=str(lifetime))
    assert abs(data["signed_expires"] - time.time() - lifetime) < 60
    answer = delivered(data["url"])
    kind, age = answer.headers["Cache-Control"].split(", max-age=")
    assert kind == "private"
    assert lifetime - 60 < int(age) <= lifetime


def test_lists_and_looks_give_links_of_an_hour(client, image):
    for data in (client.get(f"/v1/images/{image['id']}").json()["data"], client.listed()[0]):
        assert abs(data["signed_expires"] - time.time() - 3600) < 60
        assert delivered(data["url"]).status_code == 200
        assert {k: v for k, v in data.items() if k not in ("url", "signed_expires")} == {
            k: v for k, v in image.items() if k not in ("url", "signed_expires")
        }


@pytest.mark.parametrize("expires_in", [None, 60, 30 * DAY])
def test_a_link_is_made_on_demand(client, image, expires_in):
    arguments = {} if expires_in is None else {"json": {"expires_in": expires_in}}
    answer = client.call("POST", f"/v1/images/{image['id']}/sign-url", **arguments)
    assert answer.status_code == 200, answer.text
    data = answer.json()["data"]
    assert data["signed_expires"] == data["expires"] == split(data["url"])[2]
    assert abs(data["expires"] - time.time() - (expires_in or 3600)) < 60
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", data["expires_at"])
    assert delivered(data["url"]).status_code == 200


@pytest.mark.parametrize("expires_in", [59, 30 * DAY + 1, -1, "soon", 60.5])
def test_a_wrong_lifetime_of_a_link_is_named(client, image, expires_in):
    answer = client.call("POST", f"/v1/images/{image['id']}/sign-url", json={"expires_in": expires_in})
    assert problem(answer, 400, "invalid_request")["param"] == "expires_in"


def test_a_public_image_needs_no_link(client):
    data = client.upload(PNG)
    problem(client.call("POST", f"/v1/images/{data['id']}/sign-url"), 400, "invalid_request")


def test_other_parameters_are_not_covered(image):
    base, token, expires = split(image["url"])
    for query in (f"w=100&token={token}&expires={expires}", f"expires={expires}&token={token}&fm=webp"):
        assert delivered(f"{base}?{query}").content == PNG


def tampered(image: dict) -> dict[str, str]:
    base, token, expires = split(image["url"])
    flipped = token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]
    return {
        "no query": base,
        "no token": f"{base}?expires={expires}",
        "no end": f"{base}?token={token}",
        "another token": f"{base}?token={flipped}&expires={expires}",
        "a cut token": f"{base}?token={token[:-1]}&expires={expires}",
        "a longer token": f"{base}?token={token}A&expires={expires}",
        "an empty token": f"{base}?token=&expires={expires}",
        "no key id": f"{base}?token={token.partition('.')[2]}&expires={expires}",
        "a later end": f"{base}?token={token}&expires={expires + 1}",
        "an earlier end": f"{base}?token={token}&expires={expires - 1}",
        "a long gone end": f"{base}?token={token}&expires=1",
        "an end with a zero": f"{base}?token={token}&expires=0{expires}",
        "an end with a plus": f"{base}?token={token}&expires=%2B{expires}",
        "an end beyond numbers": f"{base}?token={token}&expires=99999999999999999999",
        "no number": f"{base}?token={token}&expires=never",
        "two tokens": f"{base}?token={token}&token={token}&expires={expires}",
        "two ends": f"{base}?token={token}&expires={expires}&expires={expires + DAY}",
    }


def test_a_tampered_link_is_refused(image):
    for what, url in tampered(image).items():
        answer = delivered(url)
        assert answer.status_code == 403, what
        problem(answer, 403, "invalid_signature")
        assert answer.headers["Cache-Control"] == "no-store"
        assert requests.head(url).status_code == 403, what


def test_the_link_of_one_image_opens_no_other(server, client, image):
    other = client.upload(unique_png(), visibility="private")
    stranger = Client(server).upload(PNG, visibility="private")
    query = image["url"].partition("?")[2]
    for foreign in (other, stranger):
        problem(delivered(split(foreign["url"])[0] + "?" + query), 403, "invalid_signature")


def test_an_image_that_never_was_looks_like_one_without_a_link(client, image):
    base, token, expires = split(image["url"])
    nobody = base.replace(image["id"], "img_01h455vb4pex5vsknk084sn02q")
    problem(delivered(f"{nobody}?token={token}&expires={expires}"), 403, "invalid_signature")


def test_a_private_image_is_not_at_its_public_place(client, image):
    problem(delivered(f"{client.base}/{client.project}/{image['id']}.png"), 404, "image_not_found")
    query = image["url"].partition("?")[2]
    problem(delivered(f"{client.base}/{client.project}/{image['id']}.png?{query}"), 404, "image_not_found")


def test_a_link_with_another_extension_is_404(image):
    problem(delivered(image["url"].replace(".png?", ".jpg?")), 404, "image_not_found")


def test_a_deleted_private_image_is_gone_for_its_links(client, image):
    client.call("DELETE", f"/v1/images/{image['id']}")
    problem(delivered(image["url"]), 410, "image_deleted")


def test_a_private_image_has_ranges_and_conditions_too(image):
    part = requests.get(image["url"], headers={"Range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, PNG[10:20])
    etag = part.headers["ETag"]
    same = requests.get(image["url"], headers={"If-None-Match": etag})
    assert same.status_code == 304
    assert same.headers["Cache-Control"].startswith("private, max-age=")
    head = requests.head(image["url"])
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(PNG)))


def test_links_work_on_after_a_restart(start):
    server = start()
    registration = server.register()
    data = Client(server, registration).upload(JPEG, visibility="private")
    server.stop()
    server.start()
    assert delivered(server.base + "/" + data["url"].split("/", 3)[3]).content == JPEG
    again = Client(server, registration).post_file(JPEG, visibility="private")
    assert again.status_code == 200
    assert again.json()["data"]["signed_expires"] == data["signed_expires"]


@pytest.mark.parametrize("field", [{}, {"visibility": "public"}])
def test_a_public_upload_has_no_link_to_choose(client, field):
    answer = client.post_file(PNG, sign_expires_in="3600", **field)
    assert problem(answer, 400, "invalid_request")["param"] == "sign_expires_in"
    assert client.listed() == []
