#!/usr/bin/env python3
"""The two calls and one of each error, with httpx.  upload_httpx.py PICTURE   (PIXELVAULT_URL: the server)"""
import hashlib
import os
import pathlib
import sys
import uuid

import httpx

BASE = os.environ.get("PIXELVAULT_URL", "http://127.0.0.1:8080")


def register(email):
    return httpx.post(f"{BASE}/v1/auth/register", json={"email": email})


def upload(key, files, **fields):
    return httpx.post(f"{BASE}/v1/images", headers={"Authorization": f"Bearer {key}"}, files=files, data=fields)


def show(answer):
    """Every error has a status, a stable code, and a sentence that says what to do."""
    print(answer.status_code, answer.json()["error"]["code"])


picture = pathlib.Path(sys.argv[1]).read_bytes()

# Register, once. The key is shown in this answer only.
email = f"httpx-{uuid.uuid4()}@example.com"
key = register(email).json()["api_key"]

# Upload. A retry of this very call is safe: it gives the same image again.
url = upload(key, {"file": ("picture", picture)}).json()["url"]
assert httpx.get(url).content == picture
print("uploaded", hashlib.sha256(picture).hexdigest())

show(register(email))
show(upload("wrong", {"file": ("half.png", picture[:64])}))
show(upload(key, {"folder": (None, "holiday")}))
show(upload(key, {"file": ("picture", picture)}, folder="../etc"))
show(httpx.get(f"{BASE}/v1/images/img_00000000000000000000000000", headers={"Authorization": f"Bearer {key}"}))
show(upload(key, {"file": ("large.png", bytes(6_000_000))}))
show(upload(key, {"file": ("notes.txt", b"not a picture\n")}))
show(upload(key, {"file": ("half.png", picture[:64])}))
