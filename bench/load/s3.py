"""Makes a bucket: one signed request (AWS Signature Version 4), so that a store can be uploaded to."""
import datetime
import hashlib
import hmac
import http.client

EMPTY = hashlib.sha256(b"").hexdigest()


def sign(secret, words):
    key = ("AWS4" + secret).encode()
    for word in words:
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return key.hex()


def create_bucket(port, bucket, key, secret, region):
    time = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    fields = {"host": f"127.0.0.1:{port}", "x-amz-content-sha256": EMPTY, "x-amz-date": time}
    signed = ";".join(fields)
    lines = [f"{name}:{value}" for name, value in fields.items()]
    request = "\n".join(["PUT", f"/{bucket}", "", *lines, "", signed, EMPTY])
    scope = [time[:8], region, "s3", "aws4_request"]
    hashed = hashlib.sha256(request.encode()).hexdigest()
    signature = sign(secret, [*scope, f"AWS4-HMAC-SHA256\n{time}\n{'/'.join(scope)}\n{hashed}"])
    credential = f"Credential={key}/{'/'.join(scope)}, SignedHeaders={signed}, Signature={signature}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("PUT", f"/{bucket}", headers=fields | {"Authorization": f"AWS4-HMAC-SHA256 {credential}"})
    answer = connection.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"bucket: {answer.status} {answer.read()[:300]}")
