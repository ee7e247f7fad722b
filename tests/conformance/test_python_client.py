"""The official Python client (PyPI `pixelvault`) against our server, with nothing changed but its base URL."""
import asyncio
import base64
import pathlib
import time

import pixelvault
import pytest
import requests
from pixelvault import AsyncPixelVault, PixelVault, PixelVaultError

SAMPLES = pathlib.Path(__file__).parents[1] / "samples"
PICTURE = SAMPLES / "alpha.png"
# What newer versions of the client can do; older ones only send the same fields by hand.
HAS_GENERATE = hasattr(pixelvault.client._Images, "generate")


def numbered_picture(number: int) -> bytes:
    """The picture with a comment of its own, so that each is another image."""
    return (SAMPLES / "drawing.svg").read_bytes() + f"<!-- {number} -->".encode()


@pytest.fixture
def registration(server):
    with PixelVault(base_url=server.base) as anonymous:
        return anonymous.register(f"client-{time.time_ns()}@example.com", "secure-pass")


@pytest.fixture
def client(server, registration):
    key = registration["default_project"]["api_keys"]["live"]
    with PixelVault(api_key=key, base_url=server.base) as one:
        yield one


def refused(call, *arguments, **named) -> PixelVaultError:
    with pytest.raises(PixelVaultError) as failure:
        call(*arguments, **named)
    return failure.value


def test_registering_gives_a_first_key_once(registration):
    assert registration["default_project"]["api_keys"]["live"].startswith("pv_live_")
    assert registration["account_id"].startswith("acct_")


def test_a_path_bytes_and_an_open_file_are_uploaded_and_delivered(client):
    by_path = client.images.upload(str(PICTURE))
    by_bytes = client.images.upload((SAMPLES / "photo.avif").read_bytes())
    with open(SAMPLES / "animated.gif", "rb") as file:
        by_file = client.images.upload(file)
    assert by_path["filename"] == "alpha.png"
    assert (by_path["mime_type"], by_bytes["mime_type"], by_file["mime_type"]) == (
        "image/png",
        "image/avif",
        "image/gif",
    )
    assert requests.get(by_path["url"]).content == PICTURE.read_bytes()


def test_folder_expiry_and_filename_are_kept(client):
    image = client.images.upload(PICTURE, folder="a/b", expires_in=3600, filename="name.png")
    assert image["folder"] == "a/b"
    assert image["filename"] == "name.png"
    assert image["expires_at"]
    assert client.images.get(image["id"])["folder"] == "a/b"


def test_a_private_image_is_seen_only_through_signed_links(client):
    image = client.images.upload(PICTURE, visibility="private", sign_expires_in=120)
    assert requests.get(image["url"]).content == PICTURE.read_bytes()
    link = client.images.sign_url(image["id"], expires_in=60)
    assert 0 < link["expires"] - time.time() <= 61
    assert requests.get(link["url"] + "&w=400").content == PICTURE.read_bytes()
    assert requests.get(link["url"].replace("token=", "token=x")).status_code == 403


def test_a_batch_goes_into_one_collection_and_a_bad_file_does_not_lose_the_others(client):
    images = [{"data": base64.b64encode(numbered_picture(i)).decode(), "filename": f"{i}.svg"} for i in range(5)]
    images.insert(2, {"data": base64.b64encode(b"no picture").decode(), "filename": "bad.svg"})
    answer = client.images.upload_batch({"name": "Trip 2026"}, images)
    assert [result["status"] for result in answer["results"]] == [201, 201, 415, 201, 201, 201]
    assert {image["folder"] for image in answer["images"]} == {"Trip 2026"}
    assert answer["created"] == 5 and answer["failed"] == 1


def test_list_all_walks_250_images_over_all_pages(client):
    for start in range(0, 250, 50):
        batch = [{"data": base64.b64encode(numbered_picture(start + i)).decode()} for i in range(50)]
        assert client.images.upload_batch({"name": "many"}, batch)["created"] == 50
    ids = [image["id"] for image in client.images.list_all(per_page=60)]
    assert len(ids) == len(set(ids)) == 250
    assert ids == sorted(ids, reverse=True)
    assert client.images.list(page=3, per_page=100)["meta"]["total"] == 250


def test_delete_may_be_repeated_and_the_image_is_gone(client):
    image = client.images.upload(PICTURE)
    client.images.delete(image["id"])
    client.images.delete(image["id"])
    assert requests.get(image["url"]).status_code == 410
    assert refused(client.images.get, image["id"]).code == "image_not_found"


def test_usage_has_what_the_client_reads(client):
    before = client.usage.get()
    image = client.images.upload(PICTURE)
    after = client.usage.get()
    assert after["plan"] == "free"
    assert after["usage"]["uploads"] == before["usage"]["uploads"] + 1
    assert after["usage"]["storage_bytes"] == image["size"]
    assert after["remaining"]["uploads"] == after["limits"]["uploads_per_month"] - after["usage"]["uploads"]
    assert after["limits"]["bandwidth_bytes_per_month"] > 0
    assert after["resets_at"] > after["period"]["start"]


def test_keys_are_made_listed_and_revoked(client, server):
    made = client.keys.create(label="ci", environment="test")
    assert made["api_key"].startswith("pv_test_")
    assert made["type"] == "secret" and made["label"] == "ci"
    listed = {key["id"]: key for key in client.keys.list()}
    assert listed[made["id"]]["current"] is False
    assert listed[made["id"]]["key_prefix"] == made["api_key"][:12]
    assert [key for key in listed.values() if key["current"]]
    with PixelVault(api_key=made["api_key"], base_url=server.base) as test_client:
        assert test_client.images.upload(PICTURE)["expires_at"]
        client.keys.revoke(made["id"])
        time.sleep(1.1)
        assert refused(test_client.usage.get).status == 401


def test_a_key_cannot_revoke_itself(client):
    own = next(key for key in client.keys.list() if key["current"])
    assert refused(client.keys.revoke, own["id"]).code == "forbidden"


def test_errors_carry_their_codes(client, server):
    assert refused(client.images.upload, b"not a picture").code == "unsupported_media_type"
    assert refused(client.images.upload, bytes(6_000_000)).status == 413
    with PixelVault(api_key="pv_live_nonsense", base_url=server.base) as stranger:
        assert refused(stranger.usage.get).code == "unauthorized"


def test_what_needs_a_foreign_model_is_not_supported(client, server):
    if HAS_GENERATE:
        assert refused(client.images.generate, "a robot").code == "not_supported"
    key = client._cfg.api_key
    answer = requests.post(
        f"{server.base}/v1/images/generate", json={"prompt": "a robot"}, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 501
    assert answer.json()["error"]["code"] == "not_supported"
    assert refused(client.device_login_start, "you@example.com").code == "not_supported"


def test_the_asynchronous_client_does_the_same(server, registration):
    async def scenario():
        key = registration["default_project"]["api_keys"]["live"]
        async with AsyncPixelVault(api_key=key, base_url=server.base) as client:
            image = await client.images.upload(str(PICTURE))
            listed = [one["id"] async for one in client.images.list_all()]
            await client.images.delete(image["id"])
            return image["id"], listed, (await client.usage.get())["plan"]

    identifier, listed, plan = asyncio.run(scenario())
    assert listed == [identifier]
    assert plan == "free"
