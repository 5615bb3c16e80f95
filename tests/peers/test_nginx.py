"""The rules for nginx in nginx's own hands."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros import hostrules
from tests.unit.test_permalinks import REMOVED, URL

pytestmark = pytest.mark.peers

CONF = """\
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d;
  scgi_temp_path {folder}/e;
  include {folder}/redirects.nginx.conf;
  server {{
    listen 127.0.0.1:{port};
    if ($tracker_successor) {{ return 301 $scheme://$http_host$tracker_successor; }}
    if ($tracker_gone) {{ return 410; }}
    location / {{ return 204; }}
  }}
}}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """nginx with the rules of a small organ that gave an address up."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert nginx, "nginx is needed: as root on Debian, apt-get install nginx-light"
    folder = tmp_path_factory.mktemp("nginx")
    for name, text in hostrules.files({"en": REMOVED.view().at(URL)}):
        (folder / name).write_text(text)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=port))
    process = subprocess.Popen([nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.PIPE)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        assert process.poll() is None, process.stderr.read()  # type: ignore[union-attr]
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        """Follow nothing."""


def ask(address: str) -> tuple[int, str | None]:
    """The status and where the answer leads."""
    try:
        with urllib.request.build_opener(_Stay).open(address) as answer:
            return answer.status, None
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("Location")


@pytest.mark.parametrize("old", ["/lakes/1/1/", "/LAKES/1/1/"])
def test_a_further_address_leads_to_the_page(server: str, old: str) -> None:
    assert ask(server + old) == (301, f"{server}/lakes/resolutions/1-1/")


def test_what_is_gone_is_told_and_what_is_there_is_left_alone(server: str) -> None:
    assert ask(f"{server}/lakes/resolutions/1-2/") == (410, None)
    assert ask(f"{server}/lakes/resolutions/1-1/") == (204, None)
    assert ask(f"{server}/lakes/1/2/") == (301, f"{server}/lakes/resolutions/1-2/")


def test_the_file_has_no_regular_expressions_or_variables_of_the_data(tmp_path: Path) -> None:
    text = dict(hostrules.files({"en": REMOVED.view().at(URL)}))["redirects.nginx.conf"]
    rules = [line for line in text.splitlines() if line.startswith("    ")]
    assert rules and not [line for line in rules if "$" in line or line.strip().startswith("~")]
