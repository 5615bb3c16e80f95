"""Repository links: where a file is edited or begun, where a mistake is reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

LONGEST = 6000
"""The longest address that hosts and browsers take without complaint."""


@dataclass(frozen=True)
class _Host:
    """How a host builds addresses: of folders, of the form for a new file, and its two fields."""

    folder: str
    new: str = ""
    name: str = "filename"
    text: str = "value"


_HOSTS = {
    "edit/": _Host("tree/", "new/"),  # GitHub
    "-/edit/": _Host("-/tree/", "-/new/", "file_name", "content"),  # GitLab
    "_edit/": _Host("src/branch/", "_new/"),  # Gitea, Forgejo
    "src/": _Host("src/"),  # Bitbucket, which has no form for a new file
}
"""Hosts by the beginning of their addresses for editing."""


@dataclass(frozen=True)
class Repository:
    """A repository as `mkdocs.yml` names it.

    Attributes:
        url: `repo_url`.
        edit: `edit_uri`, which leads to the folder `docs/`: `edit/main/docs/` on GitHub, `-/edit/…`
            on GitLab, `_edit/…` on Codeberg and other hosts with Gitea or Forgejo, `src/…` on
            Bitbucket.
    """

    url: str
    edit: str

    @staticmethod
    def of(repo_url: str | None, edit_uri: str | None) -> Repository | None:
        """Take what is configured; `None` where `edit_uri` does not lead to `docs/`."""
        if not repo_url or not edit_uri or not edit_uri.rstrip("/").endswith("docs"):
            return None
        host, edit = urlsplit(repo_url).hostname or "", edit_uri.lstrip("/")
        if edit.startswith("edit/"):  # the form of GitHub, which MkDocs also gives to others
            edit = ("-/" if "gitlab" in host else "_" if host == "codeberg.org" else "") + edit
        return Repository(repo_url.rstrip("/") + "/", edit)

    @property
    def _root(self) -> str:
        return self.edit.rstrip("/").removesuffix("docs")

    def edit_file(self, path: str) -> str:
        """Where a file of the repository is edited: `edit_file("data/resolutions/2-4.yml")`."""
        address = urljoin(self.url, self._root + quote(path))
        if self._kind == "src/":
            branch = self.edit.split("/")[1]
            return _with_query(address, {"mode": "edit", "spa": "0", "at": branch})
        return address

    @property
    def _kind(self) -> str:
        return next((kind for kind in _HOSTS if self.edit.startswith(kind)), "")

    def folder(self, path: str) -> str | None:
        """Where the files of a folder are listed; `None` where the host is not known."""
        host = _HOSTS.get(self._kind)
        return self._address(host.folder, path) if host else None

    def new_file(self, path: str, text: str) -> str | None:
        """Where a file is begun, prefilled with a text; `None` where the host has no such form.

        A text that is too long for an address is left out.
        """
        folder, _, name = path.rpartition("/")
        host = _HOSTS.get(self._kind)
        if not host or not host.new:
            return None
        form = self._address(host.new, folder)
        filled = _with_query(form, {host.name: name, host.text: text})
        return filled if len(filled) <= LONGEST else _with_query(form, {host.name: name})

    def report_mistake(self, page: str, title: str) -> str | None:
        """Where a mistake in a page is reported, prefilled with the address of the page.

        Bitbucket has no such form for everyone.
        """
        form, values = "issues/new", {"title": title, "body": page}
        if urlsplit(self.url).hostname == "github.com":
            values = {"template": "mistake.yml", "title": title, "page": page}
        elif self._kind == "-/edit/":
            form, values = "-/issues/new", {"issue[title]": title, "issue[description]": page}
        return None if self._kind == "src/" else _with_query(self.url + form, values)

    def _address(self, kind: str, path: str) -> str:
        """Make an address like that of editing, of another kind."""
        return self.url + kind + self._root.removeprefix(self._kind) + quote(path)


def _with_query(address: str, values: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(values, quote_via=quote)}"
