"""Forms by hand, for what client libraries would not send."""
import requests

from client import Client

FORM = "multipart/form-data; boundary=XX"


def multipart(*parts: bytes, boundary: bytes = b"XX") -> bytes:
    """Parts are whole: headers, empty line, content."""
    return b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def text_part(name: str, value: str) -> bytes:
    return f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode()


def file_part(content: bytes, disposition: str = 'form-data; name="file"; filename="a.png"', *fields: str) -> bytes:
    return "\r\n".join([f"Content-Disposition: {disposition}", *fields, "", ""]).encode() + content


def post_multipart(client: Client, body, content_type: str = FORM) -> requests.Response:
    """`body` is bytes, or an iterator of them that is sent in chunks."""
    return client.call("POST", "/v1/images", data=body, headers={"Content-Type": content_type})
