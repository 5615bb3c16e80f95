"""A server such as hosts of static sites run: text is compressed, and what never changes may be kept."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from tests.conftest import SUB_PATH

TEXT = ("text/", "application/json", "application/javascript", "application/xml", "image/svg")
LASTING = re.compile(r"\.[0-9a-f]{8,}\.|\.png$")
KEEP, ASK = "public, max-age=31536000, immutable", "public, max-age=600"


def compressed(path: Path) -> bytes:
    """A file as `gzip -6` makes it."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Host(http.server.BaseHTTPRequestHandler):
    """Serves a folder below a sub-path."""

    protocol_version = "HTTP/1.1"
    folder: Path
    down = False

    def do_GET(self) -> None:
        """Send a file, a folder's page, or the page for errors; nothing at all while the host is down."""
        if self.down:
            self.close_connection = True
            return
        path = self.path.partition("?")[0]
        file = (
            self.folder / path.removeprefix(SUB_PATH)
            if path.startswith(SUB_PATH)
            else self.folder / "missing"
        )
        file = file / "index.html" if path.endswith("/") else file
        found = file.is_file() and ".." not in path
        file = file if found else self.folder / "404.html"
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        squeeze = kind.startswith(TEXT) and "gzip" in self.headers.get("Accept-Encoding", "")
        body = compressed(file) if squeeze else file.read_bytes()
        self.send_response(200 if found else 404)
        self.send_header(
            "Content-Type", f"{kind}; charset=utf-8" if kind.startswith(TEXT) else kind
        )
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", KEEP if LASTING.search(file.name) else ASK)
        self.send_header("Last-Modified", formatdate(file.stat().st_mtime, usegmt=True))
        if squeeze:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@dataclass
class Hosted:
    """A site that is served: its address, and a switch that takes it off the network."""

    url: str
    handler: type[Host]

    def fall_silent(self) -> None:
        """From now on no request is answered."""
        self.handler.down = True


@contextmanager
def hosted(folder: Path) -> Iterator[Hosted]:
    """A site, served as long as it is needed."""
    handler = type("HostOf", (Host,), {"folder": folder})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Hosted(f"http://127.0.0.1:{server.server_port}{SUB_PATH}", handler)
    finally:
        server.shutdown()
