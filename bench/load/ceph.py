"""Ceph's S3 gateway as a peer: a monitor, one OSD with BlueStore in a file, and the gateway, all of Debian's packages,
without authentication between them and on 127.0.0.1 only."""
import http.client
import shutil
import subprocess
import time
import uuid

import peer_programs
from measured_server import free_port, wait_until

PROGRAMS = ["ceph-mon", "ceph-osd", "radosgw", "radosgw-admin", "ceph", "monmaptool"]
# A new map waits for paxos_propose_interval, which makes the start slow; secure messages need authentication.
CONFIGURATION = """
[global]
fsid = {fsid}
mon_host = [v2:127.0.0.1:{monitor}/0]
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_ipv6 = false
ms_bind_msgr1 = false
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_mon_client_mode = crc
ms_client_mode = crc
paxos_propose_interval = 0.02
paxos_min_wait = 0.01
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_data_avail_crit = 0
osd_objectstore = bluestore
bluestore_block_size = 12884901888
osd_memory_target = 1073741824
mon_data = {folder}/mon
osd_data = {folder}/osd
run_dir = {folder}/run
admin_socket = {folder}/run/$name.asok
crash_dir = {folder}/run
keyring = {folder}/keyring
log_file = {folder}/log/$name.log
mon_cluster_log_file = {folder}/log/cluster.log
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:{port} tcp_nodelay=1
rgw_thread_pool_size = 64
rgw_verify_ssl = false
"""


def program():
    """The name of the gateway, when all programs of it are there."""
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        raise peer_programs.Unavailable(f"{', '.join(missing)} missing: run scripts/setup peers")
    return "radosgw"


def version():
    package = ["dpkg-query", "-W", "-f", "${Version}", "radosgw"]
    return subprocess.run(package, capture_output=True, text=True).stdout


class Cluster:
    """Runs until it is stopped; `wrapper` is a command to run the OSD under, which is what stores."""

    def __init__(self, folder, key, secret, wrapper=()):
        self.folder = folder
        self.port = free_port()
        self.running = []
        for name in ("mon", "osd", "run", "log"):
            (folder / name).mkdir(parents=True)
        (folder / "keyring").touch()
        self.fsid = str(uuid.uuid4())
        self.monitor = free_port()
        ports = {"monitor": self.monitor, "port": self.port}
        (folder / "ceph.conf").write_text(CONFIGURATION.format(folder=folder, fsid=self.fsid, **ports))
        try:
            self.start_monitor()
            self.start_osd(wrapper)
            gateway = self.spawn("radosgw", "-f", "-n", "client.rgw")
            wait_until(self.answers, gateway)
            names = ["--uid=bench", "--display-name=bench", f"--access-key={key}", f"--secret-key={secret}"]
            self.run("radosgw-admin", "-n", "client.rgw", "user", "create", *names)
        except Exception:
            self.stop()
            raise

    def command(self, name, *arguments):
        return [name, "-c", str(self.folder / "ceph.conf"), *arguments]

    def run(self, name, *arguments):
        done = subprocess.run(self.command(name, *arguments), capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"{name}: {done.stderr[-500:]}")
        return done.stdout.strip()

    def spawn(self, name, *arguments, wrapper=()):
        with open(self.folder / "log" / f"{name}.out", "wb") as log:
            process = subprocess.Popen([*wrapper, *self.command(name, *arguments)], stdout=log, stderr=log)
        self.running.append(process)
        return process

    def start_monitor(self):
        monmap = str(self.folder / "monmap")
        address = f"[v2:127.0.0.1:{self.monitor}/0]"
        command = ["monmaptool", "--create", "--addv", "a", address, "--fsid", self.fsid, monmap]
        subprocess.run(command, check=True, capture_output=True)
        self.run("ceph-mon", "--mkfs", "-i", "a", "--monmap", monmap)
        self.spawn("ceph-mon", "-f", "-i", "a")

    def start_osd(self, wrapper):
        name = str(uuid.uuid4())
        number = self.run("ceph", "--connect-timeout", "20", "osd", "new", name)  # waits for the monitor
        self.run("ceph-osd", "-i", number, "--mkfs", "--osd-uuid", name)
        self.spawn("ceph-osd", "-f", "-i", number, wrapper=wrapper)

    def answers(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        connection.request("GET", "/")
        return connection.getresponse().status == 200

    def stop(self):
        """The gateway first, then what it needs."""
        for process in reversed(self.running):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
