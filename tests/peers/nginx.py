"""nginx on this machine with the very configuration of `hosting/`: for tests."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.processes import free_port

CONF = Path(__file__).parents[2] / "hosting" / "nginx.conf"
PUBLISH = CONF.with_name("publish.sh")

PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
"""Where programs are; Debian has nginx where only root looks."""

AROUND = """\
{user}daemon off; worker_processes {workers}; pid {here}/pid; error_log {here}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c; uwsgi_temp_path {here}/d;
  scgi_temp_path {here}/e;
  include {here}/tracker.conf;
}}
"""


class NoServerError(Exception):
    """nginx is missing, or does not start; the text says why."""


def program() -> str:
    """Where nginx is."""
    found = shutil.which("nginx", path=PATH)
    if not found:
        raise NoServerError("nginx is needed: as root on Debian, apt-get install nginx-light")
    return found


def local(text: str, folder: Path, port: int, path: str) -> str:
    """The configuration of `hosting/` without TLS, on a port of this machine.

    In: the folder in which `site` and `before` lie, and the path of the address for which the site was built.
    """
    maps, _, secure = text.split("\nserver {")
    secure = re.sub(r" *(ssl_|listen \[).*\n", "", secure).replace(
        "listen 443 ssl http2", f"listen 127.0.0.1:{port}"
    )
    whole = f"{maps}\nserver {{{secure}".replace(
        "/srv/tracker/site/redirects", f"/srv/tracker/site{path}redirects"
    )
    return whole.replace("/srv/tracker", str(folder))


def command(here: Path, conf: str, workers: int = 1) -> list[str]:
    """What starts nginx with a configuration of the tracker. In: a folder for its own files."""
    user = "user root; " if os.geteuid() == 0 else ""
    (here / "tracker.conf").write_text(conf, encoding="utf-8")
    (here / "nginx.conf").write_text(
        AROUND.format(here=here, user=user, workers=workers), encoding="utf-8"
    )
    return [program(), "-c", str(here / "nginx.conf"), "-p", str(here)]


@contextmanager
def running(folder: Path, here: Path, path: str = "/", workers: int = 1) -> Iterator[str]:
    """nginx, as long as it is needed. In: as above. Out: the address of the site."""
    port = free_port()
    conf = local(CONF.read_text("utf-8"), folder, port, path)
    process = subprocess.Popen(command(here, conf, workers), stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(250):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise NoServerError(process.stderr.read())  # type: ignore[union-attr]
            time.sleep(0.02)
        else:
            raise NoServerError("nginx does not answer")
        yield f"http://127.0.0.1:{port}{path}"
    finally:
        process.terminate()
        process.wait()


def publish(site: Path, folder: Path) -> None:
    """Put a site into a folder as on a server."""
    subprocess.run(["sh", str(PUBLISH), str(site), str(folder)], check=True)
