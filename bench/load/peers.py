"""The peers as processes to be measured: started in a folder, ready, with the uploader's options that reach them.

Each is set to the most durable it offers; what that is worth, durability.py reads off its system calls. A peer has a
`program` that is built or found (or raises why not), a `target`, `cpu_seconds()` of its processes, and `stop()`.
"""
import http.client
import os
import secrets
import subprocess

import ceph
import peer_programs
import processes
import s3
from measured_server import free_port, wait_until

KEY, SECRET, REGION = "GK" + "0b" * 12, "5e" * 32, "bench"
GARAGE_CONFIGURATION = """
metadata_dir = "{folder}/meta"
data_dir = "{folder}/data"
db_engine = "lmdb"
metadata_fsync = true
data_fsync = true
compression_level = "none"
replication_factor = 1
rpc_bind_addr = "127.0.0.1:{rpc}"
rpc_secret = "{secret}"
[s3_api]
s3_region = "{region}"
api_bind_addr = "127.0.0.1:{port}"
root_domain = ".s3.localhost"
"""


def target(port):
    """Signed PUTs into the bucket."""
    credentials = ["--s3-key", KEY, "--s3-secret", SECRET, "--s3-region", REGION]
    return ["--port", port, "--path", "/bench", "--shape", "put", *credentials]


def answers(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path)
    return connection.getresponse().status


class OneProcess:
    def __init__(self, command, wrapper, **environment):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*wrapper, *command], env=os.environ | environment, **quiet)

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process.pid)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class MinIO(OneProcess):
    name = "MinIO"
    setting = "one drive, as shipped (it has no setting for syncs)"
    program = staticmethod(peer_programs.minio)

    def __init__(self, folder, wrapper=()):
        port = free_port()
        folder.mkdir(parents=True)
        command = [str(self.program()), "server", "--quiet", "--address", f"127.0.0.1:{port}", str(folder)]
        credentials = {"MINIO_ROOT_USER": KEY, "MINIO_ROOT_PASSWORD": SECRET, "MINIO_REGION": REGION}
        super().__init__(command, wrapper, MINIO_BROWSER="off", MINIO_UPDATE="off", **credentials)
        # It says that it is ready while it still refuses writes; the cluster's health tells the truth.
        wait_until(lambda: answers(port, "/minio/health/cluster") == 200, self.process)
        s3.create_bucket(port, "bench", KEY, SECRET, REGION)
        self.target = target(port)

    @staticmethod
    def version():
        return peer_programs.MINIO[1]


class Garage(OneProcess):
    name = "Garage"
    setting = "one node, metadata_fsync and data_fsync on, no compression"
    program = staticmethod(peer_programs.garage)

    def __init__(self, folder, wrapper=()):
        port = free_port()
        folder.mkdir(parents=True)
        self.file = folder / "garage.toml"
        ports = {"port": port, "rpc": free_port()}
        self.file.write_text(
            GARAGE_CONFIGURATION.format(folder=folder, secret=secrets.token_hex(32), region=REGION, **ports)
        )
        super().__init__([str(self.program()), "-c", str(self.file), "server"], wrapper)
        wait_until(lambda: answers(port, "/") in (200, 403), self.process)
        self.set_up()
        self.target = target(port)

    @staticmethod
    def version():
        return peer_programs.GARAGE

    def administer(self, *arguments):
        command = [str(self.program()), "-c", str(self.file), *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"garage {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def set_up(self):
        """One node that has the whole layout, a bucket, and a key that may write to it."""
        node = self.administer("node", "id", "-q").partition("@")[0]
        self.administer("layout", "assign", "-z", "one", "-c", "100G", node)
        self.administer("layout", "apply", "--version", "1")
        self.administer("key", "import", KEY, SECRET, "--yes")
        self.administer("bucket", "create", "bench")
        self.administer("bucket", "allow", "--read", "--write", "--owner", "bench", "--key", KEY)


class CephGateway:
    name = "Ceph RGW"
    setting = "one OSD, BlueStore in a file, one copy"
    program = staticmethod(ceph.program)
    version = staticmethod(ceph.version)

    def __init__(self, folder, wrapper=()):
        self.cluster = ceph.Cluster(folder, KEY, SECRET, wrapper)
        s3.create_bucket(self.cluster.port, "bench", KEY, SECRET, REGION)
        self.target = target(self.cluster.port)

    def cpu_seconds(self):
        return sum(processes.cpu_seconds(process.pid) for process in self.cluster.running)

    def stop(self):
        self.cluster.stop()


ALL = {"minio": MinIO, "garage": Garage, "ceph": CephGateway}
