"""Foreign web servers for imports: what they answer is written down by the tests, byte by byte if need be."""
import contextlib
import http.server
import ssl
import subprocess
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.requests.append((self.path, dict(self.headers)))
        self.close_connection = True
        path = self.path.partition("?")[0]
        self.server.answers.get(path, status(404))(self)

    def log_message(self, *_):
        pass


def answer(body: bytes, code: int = 200, **fields: str):
    """A whole answer; a field `X_Y` is the header X-Y, and None leaves one out."""

    def send(handler):
        handler.send_response(code)
        for name, value in ({"Content_Length": str(len(body))} | fields).items():
            if value is not None:
                handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        with contextlib.suppress(OSError):  # the other side may have seen enough
            handler.wfile.write(body)

    return send


def status(code: int):
    return answer(b"{}", code)


def redirect(location: str, code: int = 302):
    return answer(b"", code, Location=location)


def chunked(body: bytes, size: int = 1000):
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    framed = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    return answer(framed, Content_Length=None, Transfer_Encoding="chunked")


@contextlib.contextmanager
def foreign_server(answers: dict | None = None, certificate=None):
    """Serves `answers` (path -> function of the handler) on localhost; with TLS when there is a certificate."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.answers, server.requests = dict(answers or {}), []
        server.handle_error = lambda *_: None  # a client that refuses a certificate is expected
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "https" if certificate else "http"
        server.place = f"localhost:{server.server_port}"
        server.base = f"{scheme}://{server.place}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def make_certificate(folder, name: str):
    """A file with a key and its own certificate for the DNS name, which can be trusted as an authority."""
    path = folder / f"{name}.pem"
    key = folder / f"{name}.key"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-days", "2"]
    subprocess.run([*command, "-keyout", key, "-out", path], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path
