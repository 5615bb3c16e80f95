"""A server such as hosts of static sites run: text is compressed, and what never changes may be kept."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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

    def do_GET(self) -> None:
        """Send a file, a folder's page, or the page for errors."""
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


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a site as long as its address is needed."""
    handler = type("HostOf", (Host,), {"folder": folder})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{SUB_PATH}"
    finally:
        server.shutdown()
