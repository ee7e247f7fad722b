"""POST /v1/images with {"url"}: images fetched from the web, and what is never fetched."""
import gzip
import hashlib
import time

import pytest

from client import Client, path_of, problem
from foreign_server import answer, chunked, foreign_server, make_certificate, redirect, status
from pictures import JPEG, MEGABYTE, PNG, png_of_size, unique_png


@pytest.fixture(scope="module")
def web():
    with foreign_server() as server:
        yield server


@pytest.fixture(scope="module")
def server(web, tmp_path_factory):
    from server import Server

    running = Server(tmp_path_factory.mktemp("server"), "--import-allow", web.place).start()
    yield running
    running.stop()


def post_url(client, url, headers={}, **options):
    return client.call("POST", "/v1/images", json={"url": url} | options, headers=headers)


def failure(client, url) -> str:
    """The message with which an import fails."""
    error = problem(post_url(client, url), 422, "import_failed")
    assert error["param"] == "url"
    assert client.listed() == []
    return error["message"]


def test_an_image_is_imported_with_every_option(client, web):
    web.answers["/pics/my cat.png"] = web.answers["/pics/my%20cat.png"] = answer(PNG)
    options = {"folder": "cats", "metadata": {"k": "v"}, "expires_in": 3600}
    reply = post_url(client, f"{web.base}/pics/my%20cat.png?size=1", **options)
    assert reply.status_code == 201, reply.text
    image = reply.json()["data"]
    assert (image["mime_type"], image["size"], image["filename"]) == ("image/png", len(PNG), "my cat.png")
    assert (image["folder"], image["metadata"]) == ("cats", {"k": "v"})
    assert image["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert client.call("GET", path_of(image)).content == PNG


def test_the_request_is_modest(client, web):
    web.answers["/modest"] = answer(PNG)
    assert post_url(client, f"{web.base}/modest").status_code == 201
    path, headers = web.requests[-1]
    assert path == "/modest"
    assert headers["Accept"] == "image/*" and headers["Accept-Encoding"] == "identity"
    assert headers["User-Agent"].startswith("PixelVault")
    assert not {"Authorization", "Cookie", "Referer", "X-Forwarded-For"} & set(headers)


def test_a_private_import_has_a_signed_link(client, web):
    web.answers["/private"] = answer(PNG)
    image = post_url(client, f"{web.base}/private", visibility="private").json()["data"]
    assert "/cp/i/" in image["url"] and image["signed_expires"]


def test_a_chunked_answer_is_whole(client, web):
    web.answers["/chunked"] = chunked(JPEG)
    assert post_url(client, f"{web.base}/chunked").json()["data"]["size"] == len(JPEG)


def test_an_answer_without_a_length_is_whole(client, web):
    web.answers["/close"] = answer(JPEG, Content_Length=None)
    assert post_url(client, f"{web.base}/close").json()["data"]["size"] == len(JPEG)


@pytest.mark.parametrize("size", [5 * MEGABYTE, 5 * MEGABYTE + 1])
@pytest.mark.parametrize("framing", [answer, chunked])
def test_the_plan_limits_the_size(client, web, size, framing):
    web.answers["/large"] = framing(png_of_size(size))
    reply = post_url(client, f"{web.base}/large")
    if size == 5 * MEGABYTE:
        assert reply.status_code == 201, reply.text
    else:
        assert problem(reply, 413, "file_too_large")["limit"] == 5 * MEGABYTE
        assert client.listed() == []


def test_a_declared_size_is_refused_at_once(client, web):
    web.answers["/huge"] = answer(PNG, Content_Length=str(10**12))
    error = problem(post_url(client, f"{web.base}/huge"), 413, "file_too_large")
    assert error["actual"] == 10**12


def test_a_cut_answer_is_no_image(client, web):
    web.answers["/cut"] = answer(PNG[:-100], Content_Length=str(len(PNG)))
    assert "broke" in failure(client, f"{web.base}/cut")


def test_an_answer_that_is_compressed_is_refused(client, web):
    web.answers["/gzip"] = answer(gzip.compress(PNG), Content_Encoding="gzip")
    assert "Content-Encoding" in failure(client, f"{web.base}/gzip")


@pytest.mark.parametrize("code", [204, 206, 304, 403, 404, 500])
def test_another_status_is_told(client, web, code):
    web.answers["/status"] = status(code)
    assert str(code) in failure(client, f"{web.base}/status")


def test_what_is_no_picture_is_refused_as_an_upload(client, web):
    web.answers["/page"] = answer(b"<!DOCTYPE html><html></html>", Content_Type="image/png")
    problem(post_url(client, f"{web.base}/page"), 415, "unsupported_media_type")


def test_three_redirects_are_followed_and_four_are_not(client, web):
    for number in range(4):
        web.answers[f"/hop{number}"] = redirect(f"hop{number + 1}")
    web.answers["/hop4"] = answer(PNG)
    assert post_url(client, f"{web.base}/hop1").status_code == 201
    problem(post_url(client, f"{web.base}/hop0"), 422, "import_failed")
    web.answers["/loop"] = redirect("/loop")
    assert "more than 3" in problem(post_url(client, f"{web.base}/loop"), 422, "import_failed")["message"]


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "https://[::1]/", "http://localhost/",
     "http://[::ffff:10.0.0.1]/"],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_directly_and_behind_a_redirect(client, web, target):
    assert "not public" in failure(client, target)
    web.answers["/inwards"] = redirect(target)
    assert "not public" in failure(client, f"{web.base}/inwards")


def test_only_the_ports_of_the_web_are_fetched_from(client, web, server):
    assert "80 and 443" in failure(client, f"{server.base}/healthz")
    web.answers["/port"] = redirect(f"{server.base}/healthz")
    assert "80 and 443" in failure(client, f"{web.base}/port")


@pytest.mark.parametrize(
    "url",
    ["", "cat.png", "ftp://example.com/cat.png", "file:///etc/passwd", "http://user:word@example.com/",
     "http://2130706433/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.1/", "http://example.com:0/",
     "http://exa mple.com/", "http://example.com/\r\nX: y", "http://" + "a" * 5000],
)  # fmt: skip
def test_a_malformed_url_is_a_bad_request(client, url):
    assert problem(post_url(client, url), 400, "invalid_request")["param"] == "url"


def test_a_request_without_a_url_says_so(client):
    assert problem(client.call("POST", "/v1/images", json={}), 400, "invalid_request")["param"] == "url"


def test_a_retry_with_its_key_is_answered_again(client, web):
    web.answers["/retry"] = answer(unique_png())
    key = {"Idempotency-Key": "import-1"}
    first = post_url(client, f"{web.base}/retry", key)
    second = post_url(client, f"{web.base}/retry", key)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json()["id"] == second.json()["id"]
    web.answers["/retry"] = answer(unique_png())
    problem(post_url(client, f"{web.base}/retry", key), 422, "idempotency_key_reused")


def test_a_name_must_be_proved_by_a_trusted_certificate(start, tmp_path):
    good = make_certificate(tmp_path, "localhost")
    stranger = make_certificate(tmp_path, "other.test")
    with foreign_server({"/x": answer(PNG)}, good) as web, foreign_server({"/x": answer(PNG)}, stranger) as wrong:
        places = f"{web.place},{wrong.place}"
        trusting = Client(start("--import-allow", places, "--import-ca-file", str(good)))
        assert post_url(trusting, f"{web.base}/x").status_code == 201
        assert "TLS" in problem(post_url(trusting, f"{wrong.base}/x"), 422, "import_failed")["message"]
        misled = Client(start("--import-allow", places, "--import-ca-file", str(stranger)))
        assert "mismatch" in failure(misled, f"{wrong.base}/x")
        assert "TLS" in failure(misled, f"{web.base}/x")
        assert not wrong.requests


def test_https_is_never_left_for_http(start, tmp_path):
    certificate = make_certificate(tmp_path, "localhost")
    with foreign_server({"/x": answer(PNG)}) as plain, foreign_server({}, certificate) as secure:
        secure.answers["/down"] = redirect(f"{plain.base}/x")
        plain.answers["/up"] = redirect(f"{secure.base}/x")
        secure.answers["/x"] = answer(PNG)
        places = f"{plain.place},{secure.place}"
        client = Client(start("--import-allow", places, "--import-ca-file", str(certificate)))
        assert "https to http" in failure(client, f"{secure.base}/down")
        assert post_url(client, f"{plain.base}/up").status_code == 201


def test_a_server_that_is_slow_to_answer_is_waited_for(client, web):
    def wait(handler):
        time.sleep(1)
        answer(unique_png())(handler)

    web.answers["/slow"] = wait
    assert post_url(client, f"{web.base}/slow").status_code == 201


def test_imports_can_be_switched_off(start, web):
    client = Client(start("--import", "off", "--import-allow", web.place))
    asked = len(web.requests)
    assert problem(post_url(client, f"{web.base}/x"), 501, "not_supported")["param"] == "url"
    assert len(web.requests) == asked
