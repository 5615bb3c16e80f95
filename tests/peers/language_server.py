"""A client of a language server: it speaks JSON-RPC over standard input and output, as an editor does."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

PATIENCE = 60
"""Seconds after which a server that does not answer is taken to hang."""


class LanguageServer:
    """A language server with a workspace, from its start to its end.

    In: the command that starts it, the folder of the workspace, and its settings as an editor's file of settings
    has them (`{"yaml.hover": true}`).
    """

    def __init__(self, command: list[str], root: Path, settings: Mapping[str, Any]) -> None:
        self.root, self.settings = root, settings
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._next = 0
        self._versions: dict[str, int] = {}
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
        )
        self._input: BinaryIO = self._process.stdin  # type: ignore[assignment]
        threading.Thread(target=self._listen, args=(self._process.stdout,), daemon=True).start()

    def __enter__(self) -> Self:
        workspace = {"configuration": True, "workspaceFolders": True}
        document = {
            "completion": {
                "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}
            },
            "hover": {"contentFormat": ["markdown"]},
            "publishDiagnostics": {},
        }
        folder = {"uri": self.root.as_uri(), "name": self.root.name}
        self.request(
            "initialize",
            processId=None,
            rootUri=folder["uri"],
            workspaceFolders=[folder],
            capabilities={"workspace": workspace, "textDocument": document},
        )
        self.notify("initialized")
        self.notify("workspace/didChangeConfiguration", settings=self._section(""))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self.request("shutdown")
                self.notify("exit")
                self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()

    # --- what an editor does ------------------------------------------------------------

    def show(self, name: str, text: str) -> None:
        """Open a file, or change what is shown of it; the content need not be that on the disk."""
        uri = self._uri(name)
        self._diagnostics.pop(uri, None)
        version = self._versions[uri] = self._versions.get(uri, 0) + 1
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
            self.notify("textDocument/didOpen", textDocument=document)
        else:
            changed = {"uri": uri, "version": version}
            self.notify(
                "textDocument/didChange", textDocument=changed, contentChanges=[{"text": text}]
            )

    def problems(self, name: str) -> list[tuple[int, str]]:
        """What is marked in a file as it was last shown: lines (from 1) and messages, in the order of the lines."""
        while (found := self._diagnostics.get(self._uri(name))) is None:
            self._receive()
        return sorted(
            (problem["range"]["start"]["line"] + 1, problem["message"]) for problem in found
        )

    def completions(self, name: str, line: int, column: int) -> list[dict[str, Any]]:
        """What is offered at a place (both from 0) of an open file."""
        found = self.request("textDocument/completion", **self._place(name, line, column))
        return found["items"] if isinstance(found, dict) else found or []

    def hover(self, name: str, line: int, column: int) -> str:
        """What is shown for a place (both from 0) of an open file."""
        found = self.request("textDocument/hover", **self._place(name, line, column))
        return found["contents"]["value"] if found else ""

    # --- the wire -------------------------------------------------------------------------

    def request(self, method: str, **parameters: Any) -> Any:
        """Ask, and wait for the answer. Raises `RuntimeError` with what the server says against it."""
        self._next += 1
        number = self._next
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"]["message"])
                return message.get("result")

    def notify(self, method: str, **parameters: Any) -> None:
        """Tell something that has no answer."""
        self._send({"method": method, "params": parameters})

    def _uri(self, name: str) -> str:
        return (self.root / name).as_uri()

    def _place(self, name: str, line: int, column: int) -> dict[str, Any]:
        return {
            "textDocument": {"uri": self._uri(name)},
            "position": {"line": line, "character": column},
        }

    def _section(self, name: str) -> Any:
        """The settings below a name as a tree; of a language (`[yaml]`), as they are."""
        if name in self.settings:
            return self.settings[name]
        tree: dict[str, Any] = {}
        for key, value in self.settings.items():
            *parents, last = [key] if key.startswith("[") else key.split(".")
            inner = tree
            for parent in parents:
                inner = inner.setdefault(parent, {})
            inner[last] = value
        return tree.get(name, {}) if name else tree

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._input.flush()

    def _listen(self, output: BinaryIO) -> None:
        """Read messages until the server ends (runs in a thread of its own)."""
        while True:
            length = 0
            while line := output.readline().strip():
                key, _, value = line.partition(b":")
                if key.lower() == b"content-length":
                    length = int(value)
            if not length:
                self._inbox.put(None)
                return
            self._inbox.put(json.loads(output.read(length)))

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server tells of files is noted, what it asks is answered."""
        try:
            message = self._inbox.get(timeout=PATIENCE)
        except queue.Empty:
            raise TimeoutError(f"the language server said nothing for {PATIENCE} seconds") from None
        if message is None:
            raise RuntimeError("the language server has ended")
        method, parameters = message.get("method"), message.get("params")
        if method == "textDocument/publishDiagnostics":
            self._diagnostics[parameters["uri"]] = parameters["diagnostics"]
        elif method == "workspace/configuration":
            answer = [self._section(item.get("section", "")) for item in parameters["items"]]
            self._send({"id": message["id"], "result": answer})
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message
