"""nginx over a folder of files, on a free port: tuned for delivering them, or as Debian packages it."""
import http.client
import os
import pathlib
import shutil
import subprocess

import processes
from measured_server import free_port, wait_until

# What would go to system folders goes beside the configuration.
OWN_FOLDERS = "".join(f"  {kind}_temp_path temp;\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))

TUNED = """
worker_processes 2;
worker_rlimit_nofile 16384;
events {{ worker_connections 4096; multi_accept on; }}
http {{
{own}
  include /etc/nginx/mime.types;
  sendfile on; tcp_nopush on; tcp_nodelay on;
  access_log off; server_tokens off;
  keepalive_requests 1000000000; keepalive_timeout 75s;
  open_file_cache max=10000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
  server {{ listen 127.0.0.1:{port} backlog=4096 reuseport; root {root};
{headers}  }}
}}
"""

# /etc/nginx/nginx.conf and its default site, with other paths.
PACKAGED = """
worker_processes auto;
events {{ worker_connections 768; }}
http {{
{own}
  sendfile on; tcp_nopush on; types_hash_max_size 2048;
  include /etc/nginx/mime.types; default_type application/octet-stream;
  access_log access.log; gzip on;
  server {{ listen 127.0.0.1:{port} default_server; root {root}; index index.html;
    location / {{ try_files $uri $uri/ =404; }}
{headers}  }}
}}
"""

# Fields that nginx sends by itself, and those that say something about one answer only.
NGINX_SENDS = {
    "server",
    "date",
    "content-type",
    "content-length",
    "connection",
    "last-modified",
    "etag",
    "accept-ranges",
}


def version():
    done = subprocess.run([program(), "-v"], capture_output=True, text=True)
    return done.stderr.strip().rpartition("/")[2]


def program():
    found = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    if not found:
        raise RuntimeError("nginx is missing: run scripts/setup bench")
    return found


def header_lines(fields):
    """add_header for what we send and nginx does not, so that both answers carry the same."""
    added = [(name, value.replace('"', r"\"")) for name, value in fields if name.lower() not in NGINX_SENDS]
    return "".join(f'    add_header {name} "{value}";\n' for name, value in added)


class Nginx:
    def __init__(self, folder, configuration, root, fields=()):
        folder = pathlib.Path(folder)
        (folder / "temp").mkdir(parents=True)
        self.port = free_port()
        # Workers of a server that root starts must be able to read the folder.
        begin = "daemon off;\npid nginx.pid;\nerror_log error.log;\n" + ("user root;\n" if os.getuid() == 0 else "")
        text = configuration.format(own=OWN_FOLDERS, port=self.port, root=root, headers=header_lines(fields))
        (folder / "nginx.conf").write_text(begin + text)
        command = [program(), "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"]
        self.process = subprocess.Popen(command)
        wait_until(self.answers, self.process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process.pid)

    def answers(self):
        self.get("/")
        return True

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()
